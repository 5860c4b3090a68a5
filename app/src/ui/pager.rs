//! The way through a long list.

use crate::i18n::use_text;
use leptos::prelude::*;

/// Links to the page before and after, and where one is, in words. Pages have no numbers:
/// entries come and go while one reads.
#[component]
pub fn Pager(
    /// What is shown: "Showing 1–25 of 312".
    #[prop(into)]
    summary: String,
    /// The page before, if there is one.
    previous: Option<String>,
    /// The page after, if there is one.
    next: Option<String>,
) -> impl IntoView {
    let t = use_text();
    view! {
        <div class="pager">
            <span>{summary}</span>
            <nav aria-label=t.list_pages()>
                <div class="row">
                    {link(previous, "prev", t.previous_page())}
                    {link(next, "next", t.next_page())}
                </div>
            </nav>
        </div>
    }
    .into_any()
}

/// A link; where it would lead nowhere, the same words that say so.
fn link(href: Option<String>, rel: &'static str, words: &'static str) -> AnyView {
    match href {
        Some(href) => view! { <a class="btn btn-secondary" rel=rel href=href>{words}</a> }.into_any(),
        None => {
            view! { <a class="btn btn-secondary" role="link" aria-disabled="true">{words}</a> }.into_any()
        }
    }
}
