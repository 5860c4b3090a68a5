//! Facts, and what happened.

use crate::i18n::use_text;
use leptos::prelude::*;

/// Facts of a detail page, one below the other.
#[component]
pub fn Facts(
    /// [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }.into_any()
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    term: String,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! { <div><dt>{term}</dt><dd>{children()}</dd></div> }.into_any()
}

/// Where on the way a moment lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Before us.
    Next,
}

/// One event on the way of an order.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// Where on the way it lies.
    pub moment: Moment,
    /// What happened or will: "Shipment 1 delivered".
    pub text: String,
    /// When, formatted; may be empty.
    pub when: String,
    /// When, as RFC 3339.
    pub at: Option<String>,
    /// By whom, if it was a person.
    pub who: Option<String>,
}

/// The way of an order, from first to last.
#[component]
pub fn Timeline(
    /// The events in their order.
    items: Vec<TimelineItem>,
) -> impl IntoView {
    let t = use_text();
    let items = items.into_iter().map(|item| {
        let (state, words) = match item.moment {
            Moment::Done => ("done", t.step_done()),
            Moment::Now => ("now", t.moment_now()),
            Moment::Next => ("next", t.moment_next()),
        };
        view! {
            <li data-s=state>
                {item.text} <span class="vh">" – " {words}</span>
                <small>
                    <time datetime=item.at>{item.when}</time>
                    {item.who.map(|who| view! { " · " {who} }.into_any())}
                </small>
            </li>
        }
        .into_any()
    });
    view! { <ol class="timeline">{items.collect_view()}</ol> }.into_any()
}
