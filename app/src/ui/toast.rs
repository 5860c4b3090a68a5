use leptos::prelude::*;

use super::{Glyph, Icon, IconButton, LivingOnly, use_announcer};
use crate::i18n::use_text;

/// What was done just now, with what takes it back. Without script it is a banner; with it, it lies at hand
/// wherever the page is scrolled to. It has no time limit: it stays until it is closed, something
/// else was done, or the page is left.
#[component]
pub fn Toast(
    /// The button, mostly *Undo*
    action: AnyView,
    /// Noun and past verb: "User deactivated"
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let announcer = use_announcer();
    let closed = RwSignal::new(false);
    let close = move |_| {
        closed.set(true);
        announcer.row_removed();
    };
    view! {
        <div class="banner banner-ok toast" data-toast="" hidden=move || closed.get()>
            <Glyph icon=Icon::Check/>
            <div class="banner-text">{children()}</div>
            <div class="banner-act">
                {action}
                <LivingOnly><IconButton icon=Icon::Close label=t.close_note() on:click=close/></LivingOnly>
            </div>
        </div>
    }
    .into_any()
}
