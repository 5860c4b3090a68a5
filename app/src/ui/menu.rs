//! The menu of a row or a page.

use super::{Icon, IconButton};
use leptos::prelude::*;

/// A button and the list that it opens: links and buttons, reached with Tab. Works without
/// script; Esc closes it.
#[component]
pub fn Menu(
    /// The list's id, one of a kind on its page.
    #[prop(into)]
    id: String,
    /// What the menu is for, for screen readers: "Actions for Bruno Okafor".
    #[prop(into)]
    label: String,
    /// Entries; what takes something away comes last, after a [`MenuRule`].
    children: Children,
) -> impl IntoView {
    view! {
        <IconButton icon=Icon::Dots label=label menu=id.clone()/>
        <div class="menu" popover="auto" id=id>{children()}</div>
    }
    .into_any()
}

/// An entry that leads to a page.
#[component]
pub fn MenuLink(
    /// The address.
    #[prop(into)]
    href: String,
    /// Set for addresses that the router must not open itself.
    #[prop(optional)]
    external: bool,
    /// Verb and noun.
    children: Children,
) -> impl IntoView {
    view! { <a href=href rel=external.then_some("external")>{children()}</a> }
}

/// An entry that sends the form around the menu.
#[component]
pub fn MenuButton(
    /// Name of the form value that it sends.
    #[prop(optional, into)]
    name: Option<String>,
    /// The form value that it sends.
    #[prop(optional, into)]
    value: Option<String>,
    /// Id of the form to send, where the menu stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Another address to send the form to.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Verb and noun.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=danger.then_some("bad") name=name value=value form=form formaction=formaction>
            {children()}
        </button>
    }
    .into_any()
}

/// An entry that opens a dialog; its words end in "…" because a question follows.
#[component]
pub fn MenuOpen(
    /// The dialog's id.
    #[prop(into)]
    dialog: String,
    /// Takes something away.
    #[prop(optional)]
    danger: bool,
    /// Verb, noun and "…".
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=danger.then_some("bad") commandfor=dialog command="show-modal">
            {children()}
        </button>
    }
    .into_any()
}

/// The line before entries that take something away.
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr/> }
}
