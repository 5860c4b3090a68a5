//! The choice of company.

use super::{Glyph, Icon};
use crate::i18n::use_text;
use leptos::prelude::*;

/// The company acted for, as the button of a menu with the others. Works without script.
#[component]
pub fn Switcher(
    /// The name of the company acted for.
    #[prop(into)]
    current: String,
    /// The others, as entries of a menu.
    children: Children,
) -> impl IntoView {
    let t = use_text();
    view! {
        <div class="switcher">
            <button type="button" class="btn btn-secondary" popovertarget="companies">
                <span><span class="vh">{t.switch_company()} ": "</span>{current}</span>
                <Glyph icon=Icon::Down/>
            </button>
            <div class="menu" popover="auto" id="companies">{children()}</div>
        </div>
    }
    .into_any()
}
