//! Lists without entries, and lists that are not there yet.

use super::{Drawing, Scene};
use leptos::prelude::*;

/// Why there is nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was made yet: explains, and offers the first step.
    FirstUse,
    /// The filter matches nothing: names it, and offers to clear it.
    NoMatch,
    /// All done for now.
    Nothing,
    /// The source does not answer; this is not the same as nothing.
    Unavailable,
}

/// Says why a list is empty, with at most one action.
#[component]
pub fn EmptyState(
    /// Why there is nothing.
    kind: Empty,
    /// The sentence.
    #[prop(into)]
    title: String,
    /// What it means, if the sentence does not say it.
    #[prop(optional, into)]
    text: Option<String>,
    /// The one action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let scene = match kind {
        Empty::FirstUse => Scene::Papers,
        Empty::NoMatch => Scene::Lens,
        Empty::Nothing => Scene::Cup,
        Empty::Unavailable => Scene::Plug,
    };
    view! {
        <div class="empty">
            <Drawing of=scene/>
            <h2>{title}</h2>
            {text.map(|text| view! { <p>{text}</p> }.into_any())}
            {children.map(|children| view! { <div class="row">{children()}</div> }.into_any())}
        </div>
    }
    .into_any()
}

/// The shape of a table that is being read. Shows only after a moment.
#[component]
pub fn SkeletonTable(
    /// How many rows.
    #[prop(default = 8)]
    rows: usize,
    /// How many columns.
    #[prop(default = 4)]
    columns: usize,
    /// What is being read, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let row = || {
        let cells =
            (0..columns).map(|_| view! { <td><span class="skel"></span></td> }.into_any()).collect_view();
        view! { <tr>{cells}</tr> }.into_any()
    };
    view! {
        <div class="skels" role="status" aria-busy="true">
            <span class="vh">{label}</span>
            <table class="tbl" aria-hidden="true"><tbody>{(0..rows).map(|_| row()).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

/// The shape of text that is being read. Shows only after a moment.
#[component]
pub fn SkeletonText(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// What is being read, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let line = |i: usize| {
        view! { <span class=if i + 1 == lines { "skel skel-short" } else { "skel" }></span> }.into_any()
    };
    view! {
        <div class="skels" role="status" aria-busy="true">
            <span class="vh">{label}</span>
            <div class="stack" aria-hidden="true">{(0..lines).map(line).collect_view()}</div>
        </div>
    }
    .into_any()
}
