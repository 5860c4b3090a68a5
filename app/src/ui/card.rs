//! Sheets of paper, and the figures on them.

use leptos::prelude::*;

/// A white sheet.
#[component]
pub fn Card(
    /// A heading on the sheet.
    #[prop(optional, into)]
    title: Option<String>,
    /// Without padding: for tables and lists, which bring their own.
    #[prop(optional)]
    flush: bool,
    /// The sheet's content.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=if flush { "card" } else { "card card-pad" }>
            {title.map(|title| view! { <h2>{title}</h2> }.into_any())}
            {children()}
        </div>
    }
    .into_any()
}

/// One figure of an overview.
#[derive(Clone, Debug)]
pub struct StatCard {
    label: String,
    figure: String,
    context: Option<String>,
    href: Option<String>,
}

impl StatCard {
    /// A label and its figure, formatted.
    pub fn new(label: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { label: label.into(), figure: figure.into(), context: None, href: None }
    }

    /// What the figure is to be compared with: "of € 60 000".
    #[must_use]
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// The list behind the figure.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// Figures beside each other, each leading to its list.
#[component]
pub fn Stats(
    /// The figures.
    cards: Vec<StatCard>,
) -> impl IntoView {
    let cards = cards.into_iter().map(|StatCard { label, figure, context, href }| {
        let label = match href {
            Some(href) => view! { <a href=href>{label}</a> }.into_any(),
            None => label.into_any(),
        };
        view! {
            <div class="card stat">
                <dt>{label}</dt>
                <dd><bdi>{figure}</bdi> {context.map(|c| view! { " " <small>{c}</small> }.into_any())}</dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="stats">{cards.collect_view()}</dl> }.into_any()
}
