//! The log of who did what.

use crate::i18n::use_text;
use leptos::{children::ViewFnOnce, prelude::*};

/// Entries of the log, the latest first.
#[component]
pub fn AuditList(
    /// [`AuditRow`]s.
    children: Children,
) -> impl IntoView {
    view! { <ol class="audit">{children()}</ol> }.into_any()
}

/// A value that is different from before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditChange {
    /// What it is: "Roles".
    pub what: String,
    /// The value before, if there was one.
    pub from: Option<String>,
    /// The value after, if there is one.
    pub to: Option<String>,
}

/// One entry of the log.
#[component]
pub fn AuditRow(
    /// When, formatted.
    #[prop(into)]
    when: String,
    /// When, as RFC 3339.
    #[prop(optional, into)]
    at: Option<String>,
    /// Who did it.
    #[prop(into)]
    who: String,
    /// The page of who did it.
    #[prop(optional_no_strip)]
    who_page: Option<String>,
    /// On whose behalf, where staff acted for somebody.
    #[prop(optional, into)]
    on_behalf: MaybeProp<String>,
    /// What is different now.
    #[prop(optional)]
    changes: Vec<AuditChange>,
    /// Where it was done, with a link.
    #[prop(optional_no_strip)]
    place: Option<AnyView>,
    /// Where from: address and country.
    #[prop(optional, into)]
    origin: MaybeProp<String>,
    /// The way to take it back, if there is one.
    #[prop(optional, into)]
    undo: Option<ViewFnOnce>,
    /// What was done: a sentence with links.
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let changes = changes.into_iter().map(|AuditChange { what, from, to }| {
        let arrow = from.as_ref().map(|_| {
            view! {
                <span class="vh">" " {t.changed_to()} " "</span>
                <span aria-hidden="true">"→"</span>
            }
            .into_any()
        });
        view! {
            <div class="audit-change">
                <span>{what} ": "</span>
                {from.map(|text| view! { <s>{text}</s> }.into_any())}
                {arrow}
                {to.map(|text| view! { <span>{text}</span> }.into_any())}
            </div>
        }
        .into_any()
    });
    let who = match who_page {
        Some(href) => view! { <a class="audit-who" href=href>{who}</a> }.into_any(),
        None => view! { <span class="audit-who">{who}</span> }.into_any(),
    };
    view! {
        <li>
            <time datetime=at>{when}</time>
            <div>
                {who}
                {on_behalf.get_untracked().map(|name| view! { <span>" " {t.on_behalf_of()} " " {name}</span> }.into_any())}
                " "
                {children()}
                {changes.collect_view()}
                {place.map(|place| view! { <div class="audit-origin">{place}</div> }.into_any())}
                {origin.get_untracked().map(|text| view! { <div class="audit-origin"><bdi>{text}</bdi></div> }.into_any())}
            </div>
            {undo.map(|undo| view! { <div class="row">{undo.run()}</div> }.into_any())}
        </li>
    }
    .into_any()
}
