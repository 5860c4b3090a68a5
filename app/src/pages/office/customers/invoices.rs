use leptos::prelude::*;
use model::CustomerInvoices;

use super::{CustomerTop, Shown, use_number};
use crate::api::office::customers::OfficeCustomersInvoices;
use crate::frame::OfficeFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{Card, Cell, Column, Empty, EmptyState, HeadCell, MoneyText, Table, TimeText};

/// A customer's invoices.
#[component]
pub fn OfficeCustomerInvoices() -> impl IntoView {
    let number = use_number();
    let page =
        use_data(move || number.get(), move || OfficeCustomersInvoices { customer: number.get_untracked() });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: CustomerInvoices) -> AnyView {
    let t = use_text();
    let list = if page.invoices.is_empty() {
        view! { <EmptyState kind=Empty::Nothing title=t.customer_invoices_none() text=t.customer_invoices_none_text()/> }
            .into_any()
    } else {
        let columns = vec![
            Column::new(t.customer_invoice()),
            Column::new(t.customer_invoice_date()),
            Column::new(t.customer_invoice_total()).number(),
        ];
        let rows = page
            .invoices
            .into_iter()
            .map(|invoice| {
                view! {
                    <tr>
                        <HeadCell><bdi>{invoice.number}</bdi></HeadCell>
                        <Cell label=t.customer_invoice_date()><TimeText text=invoice.date/></Cell>
                        <Cell label=t.customer_invoice_total() number=true><MoneyText text=invoice.total/></Cell>
                    </tr>
                }
            })
            .collect_view();
        view! { <Table caption=t.customer_invoices_table() columns=columns cards=true first=true>{rows}</Table> }
            .into_any()
    };
    view! {
        <CustomerTop head=page.head shown=Shown::Invoices/>
        <Card flush=true>{list}</Card>
    }
    .into_any()
}
