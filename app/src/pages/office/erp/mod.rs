//! *ERP*: how it does, what it was asked, and imports.

mod import;
mod imports;
mod requests;
mod status;

pub use import::OfficeErpImport;
pub use imports::OfficeErpImports;
pub use requests::OfficeErpRequests;
pub use status::OfficeErp;

use leptos::prelude::*;
use model::ErpImportState;

use crate::i18n::use_text;
use crate::ui::{PageHead, PageTitle, Status, Tab, Tabs};

const IMPORTS: &str = "/office/erp/imports";

/// The pages of the ERP.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    Status,
    Requests,
    Imports,
}

/// Title, head and tabs of the ERP's pages.
#[component]
fn ErpTop(
    shown: Shown,
    /// A sentence below the heading.
    lead: &'static str,
    /// Something on the page is wrong.
    #[prop(optional)]
    error: bool,
) -> impl IntoView {
    let t = use_text();
    let tab = |which: Shown, words, path| Tab::new(words, path).current(shown == which);
    let tabs = vec![
        tab(Shown::Status, t.erp_tab_status(), "/office/erp"),
        tab(Shown::Requests, t.erp_tab_requests(), "/office/erp/requests"),
        tab(Shown::Imports, t.erp_tab_imports(), IMPORTS),
    ];
    let title = match shown {
        Shown::Status => t.erp().to_owned(),
        Shown::Requests => format!("{} · {}", t.erp_tab_requests(), t.erp()),
        Shown::Imports => format!("{} · {}", t.erp_tab_imports(), t.erp()),
    };
    view! {
        <PageTitle text=title error=error/>
        <PageHead title=t.erp() lead=lead/>
        <Tabs label=t.erp_tabs() tabs=tabs/>
    }
    .into_any()
}

/// The page of an import.
fn import_path(id: model::ErpImportId) -> String {
    format!("{IMPORTS}/{id}")
}

/// The shape of where an import stands.
const fn import_shape(state: ErpImportState) -> Status {
    match state {
        ErpImportState::Arriving | ErpImportState::Checking | ErpImportState::Importing => Status::Running,
        ErpImportState::Arrived | ErpImportState::Checked => Status::Waiting,
        ErpImportState::Refused | ErpImportState::Interrupted => Status::Bad,
        ErpImportState::Done => Status::Good,
        ErpImportState::Discarded => Status::Off,
    }
}
