//! Questions that have to be answered first.

use super::{Button, Look};
use leptos::{children::ViewFnOnce, prelude::*};

/// A question with its consequences. Opened by a [`Button`] with `opens` or by a
/// [`MenuOpen`](super::MenuOpen), without script; the safe answer has the focus.
#[component]
pub fn Dialog(
    /// The dialog's id, one of a kind on its page.
    #[prop(into)]
    id: String,
    /// The question.
    #[prop(into)]
    title: String,
    /// The safe answer, which only closes the dialog: "Keep active".
    #[prop(into)]
    keep: String,
    /// The other answer: a form with its button, or a button that names its form.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// A full-height sheet at the end of the line, for quick edits from a list.
    #[prop(optional)]
    drawer: bool,
    /// Holds fields or a list instead of a text that is read out when it opens.
    #[prop(optional)]
    bare: bool,
    /// What follows from the answers.
    children: Children,
) -> impl IntoView {
    let (title_id, about_id) = (format!("{id}-title"), format!("{id}-about"));
    let foot = view! {
        <div class="dialog-foot">
            <Button closes=id.clone() autofocus=true>{keep}</Button>
            {actions.map(ViewFnOnce::run)}
        </div>
    };
    view! {
        <dialog
            class=if drawer { "dialog drawer" } else { "dialog" }
            id=id
            aria-labelledby=title_id.clone()
            aria-describedby=(!bare).then(|| about_id.clone())
        >
            <div class="dialog-body">
                <h2 id=title_id.clone()>{title}</h2>
                <div id=about_id.clone()>{children()}</div>
            </div>
            {foot}
        </dialog>
    }
    .into_any()
}

/// A button that opens a [`Dialog`]; its words end in "…" because a question follows.
#[component]
pub fn DialogButton(
    /// The dialog's id.
    #[prop(into)]
    dialog: String,
    /// The button's weight.
    #[prop(default = Look::Secondary)]
    look: Look,
    /// Verb, noun and "…".
    children: Children,
) -> impl IntoView {
    view! { <Button opens=dialog look=look>{children()}</Button> }
}
