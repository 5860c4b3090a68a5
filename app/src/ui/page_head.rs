//! The head of a page.

use leptos::{children::ViewFnOnce, prelude::*};

/// The page's heading, with what belongs to it: the way up, a sentence, facts and buttons.
/// The heading takes the focus after a change of page.
#[component]
pub fn PageHead(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence below the heading.
    #[prop(optional, into)]
    lead: MaybeProp<String>,
    /// The page above this one: address and words.
    #[prop(optional, into)]
    parent: Option<(String, String)>,
    /// Badges and short facts below the heading.
    #[prop(optional, into)]
    meta: Option<ViewFnOnce>,
    /// The page's buttons, the primary one last.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
) -> impl IntoView {
    view! {
        <div class="page-head">
            <div>
                {parent.map(|(href, words)| view! { <p class="parent"><a href=href>{words}</a></p> }.into_any())}
                <h1 tabindex="-1">{move || title.get()}</h1>
                {move || lead.get().map(|text| view! { <p>{text}</p> }.into_any())}
                {meta.map(|meta| view! { <div class="meta">{meta.run()}</div> }.into_any())}
            </div>
            {actions.map(|actions| view! { <div class="row">{actions.run()}</div> }.into_any())}
        </div>
    }
    .into_any()
}
