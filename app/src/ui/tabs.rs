//! Tabs that are pages.

use leptos::prelude::*;

/// One tab: a link to a view of the page.
#[derive(Clone, Debug)]
pub struct Tab {
    text: String,
    href: String,
    count: Option<usize>,
    current: bool,
}

impl Tab {
    /// A tab with its words and its address.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), count: None, current: false }
    }

    /// How many entries the view has.
    #[must_use]
    pub fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// Whether this is the view on screen.
    #[must_use]
    pub fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// The views of a page, as links.
#[component]
pub fn Tabs(
    /// What the views are of, for screen readers.
    #[prop(into)]
    label: String,
    /// The views.
    tabs: Vec<Tab>,
    /// Each is loaded as a page of its own.
    #[prop(optional)]
    external: bool,
    /// What is typed on the page stays, whichever view is chosen.
    #[prop(optional)]
    stays: bool,
) -> impl IntoView {
    let links = tabs.into_iter().map(|Tab { text, href, count, current }| {
        view! {
            <a href=href rel=external.then_some("external") aria-current=current.then_some("page")>
                {text}
                {count.map(|count| view! { " " <span class="count">{count}</span> }.into_any())}
            </a>
        }
        .into_any()
    });
    view! { <nav class="tabs" aria-label=label data-stays=stays.then_some("")>{links.collect_view()}</nav> }
        .into_any()
}
