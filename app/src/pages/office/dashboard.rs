use leptos::prelude::*;

use crate::frame::{OfficeFrame, use_viewer};
use crate::i18n::use_text;
use crate::ui::{PageHead, PageTitle};

/// The start page of the Back Office.
#[component]
pub fn Office() -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let name = viewer.office.map(|staff| staff.name).unwrap_or_default();
    view! {
        <OfficeFrame>
            <PageTitle text=t.office_dashboard()/>
            <PageHead title=t.office_welcome(&name) lead=t.office_lead(&viewer.shop)/>
        </OfficeFrame>
    }
}
