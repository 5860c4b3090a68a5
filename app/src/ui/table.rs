//! Tables of people, orders and other entries.

use super::{Glyph, Icon};
use crate::i18n::use_text;
use leptos::prelude::*;

/// What a column or cell holds, where that decides its place: on narrow screens each row
/// becomes a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// Anything else.
    #[default]
    Text,
    /// The checkbox; beside the name on a card.
    Select,
    /// The name; the head of a card.
    Person,
    /// The row's menu; in the corner of a card.
    Menu,
    /// The one button of a row; the foot of a card.
    Action,
}

impl At {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Select => Some("c-sel"),
            Self::Person => Some("c-id"),
            Self::Menu => Some("c-act"),
            Self::Action => Some("c-go"),
        }
    }
}

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// From A to Z, from few to many, from old to new.
    Ascending,
    /// The other way.
    Descending,
}

/// The head of one column.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    hidden: bool,
    at: At,
    number: bool,
    href: Option<String>,
    order: Option<Order>,
    ticks: Option<(&'static str, &'static str)>,
}

impl Column {
    /// A column with its heading.
    pub fn new(label: impl Into<String>) -> Self {
        let label = label.into();
        Self { label, hidden: false, at: At::Text, number: false, href: None, order: None, ticks: None }
    }

    /// A column whose heading only screen readers get.
    pub fn hidden(label: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::new(label) }
    }

    /// What the column holds.
    #[must_use]
    pub fn at(mut self, at: At) -> Self {
        self.at = at;
        self
    }

    /// Has a box that stands for those of all rows: its name in the form, and its id. The form also
    /// sends which rows are on the page, for those without script; with it a
    /// [`BulkBar`](super::BulkBar) ticks them.
    #[must_use]
    pub fn ticks_all(mut self, name: &'static str, id: &'static str) -> Self {
        self.ticks = Some((name, id));
        self.at(At::Select)
    }

    /// Figures, aligned at the end.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.number = true;
        self
    }

    /// Can be sorted by: the list sorted so.
    #[must_use]
    pub fn sortable(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Is sorted by: how, and the list sorted the other way.
    #[must_use]
    pub fn sorted(mut self, href: impl Into<String>, order: Order) -> Self {
        self.order = Some(order);
        self.sortable(href)
    }
}

/// A table; its rows are `<tr>` with the cells of this folder.
#[component]
pub fn Table(
    /// What the table shows and how it is sorted, for screen readers.
    #[prop(into)]
    caption: Signal<String>,
    /// The columns.
    columns: Vec<Column>,
    /// On narrow screens each row becomes a card; without it the table scrolls sideways in its
    /// own region.
    #[prop(optional)]
    cards: bool,
    /// The main table of its page: the one that "Skip to table" leads to.
    #[prop(optional)]
    first: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let heads = columns.into_iter().map(head).collect_view();
    view! {
        <div
            class="tbl-wrap"
            id=first.then_some("table")
            data-skip=first.then_some("table")
            // Only a region that scrolls has to be reached by keyboard.
            tabindex=match (cards, first) {
                (false, _) => Some("0"),
                (true, true) => Some("-1"),
                (true, false) => None,
            }
            data-scroll=!cards
            role=(!cards).then_some("region")
            aria-label=move || (!cards).then(|| t.table_scrollable(&caption.get()))
        >
            <table class=if cards { "tbl tbl-cards" } else { "tbl" }>
                <caption tabindex="-1"><span class="vh">{move || caption.get()}</span></caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn head(column: Column) -> AnyView {
    let Column { label, hidden, at, number, href, order, ticks } = column;
    let sort = order.map(|order| match order {
        Order::Ascending => ("ascending", Icon::Up),
        Order::Descending => ("descending", Icon::Down),
    });
    let words = match (hidden, href) {
        _ if let Some((name, id)) = ticks => view! {
            <label class="hit">
                <input class="check" type="checkbox" id=id name=name value="true"/>
                <span class="vh">{label}</span>
            </label>
        }
        .into_any(),
        (true, _) => view! { <span class="vh">{label}</span> }.into_any(),
        (false, None) => label.into_any(),
        (false, Some(href)) => {
            let arrow = sort.map(|(_, icon)| view! { <Glyph icon=icon/> }.into_any());
            view! { <a href=href>{label}{arrow}</a> }.into_any()
        }
    };
    view! {
        <th scope="col" class=class(at, number) aria-sort=sort.map(|(words, _)| words)>
            {words}
        </th>
    }
    .into_any()
}

/// The classes of a cell.
pub(super) fn class(at: At, number: bool) -> Option<&'static str> {
    if number { Some("c-num") } else { at.class() }
}
