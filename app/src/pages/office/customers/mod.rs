//! *Customers* and the access that the shop gives them.

mod access;
mod give;
mod invoices;
mod list;
mod many;
mod record;
mod result;

pub use access::OfficeCustomerAccess;
pub use invoices::OfficeCustomerInvoices;
pub use list::OfficeCustomers;
pub use many::OfficeCustomersMany;
pub use record::OfficeCustomer;
pub use result::OfficeCustomersResult;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{CustomerAccess, CustomerHead};

use crate::customers::path;
use crate::i18n::use_text;
use crate::ui::{PageHead, PageTitle, Status, Tab, Tabs};

/// The customer number in the page's address.
fn use_number() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|p| p.get("number").unwrap_or_default()))
}

/// The pages of one customer.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Record,
    Access,
    Invoices,
}

/// Title, head and tabs of a customer's page.
#[component]
fn CustomerTop(
    head: CustomerHead,
    shown: Shown,
    /// A form of the page was refused.
    #[prop(optional, into)]
    error: MaybeProp<bool>,
) -> impl IntoView {
    let t = use_text();
    let page = path(&head.number);
    let mut tabs = vec![Tab::new(t.customer_tab_record(), page.clone()).current(shown == Shown::Record)];
    if head.can_manage {
        let access = Tab::new(t.customer_tab_access(), format!("{page}/access"));
        tabs.push(access.current(shown == Shown::Access));
    }
    let invoices = Tab::new(t.customer_tab_invoices(), format!("{page}/invoices"));
    tabs.push(invoices.current(shown == Shown::Invoices));
    let error = Signal::derive(move || error.get().unwrap_or_default());
    view! {
        <PageTitle text=format!("{} · {}", head.name, t.customers()) error=error/>
        <PageHead title=head.name lead=head.number parent=("/office/customers".to_owned(), t.customers().to_owned())/>
        <Tabs label=t.customer_tabs() tabs=tabs/>
    }
    .into_any()
}

/// The shape of whether somebody of a customer can sign in.
const fn access_shape(access: CustomerAccess) -> Status {
    match access {
        CustomerAccess::Yes => Status::Good,
        CustomerAccess::No => Status::Off,
        CustomerAccess::Closed => Status::Locked,
    }
}
