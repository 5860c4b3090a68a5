//! What can be done with several rows at once.

use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// Buttons for the ticked rows, inside the form around a table and above it. It shows by
/// itself while a row is ticked, or the box in the head that stands for all of them.
#[component]
pub fn BulkBar(
    /// Buttons that send the form, and a [`FilterSelect`](super::FilterSelect) where one of them
    /// needs a choice.
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let node = NodeRef::<html::Div>::new();
    // Without script nobody can count the ticks; the bar says what its buttons act on.
    let ticked = RwSignal::new(0);
    #[cfg(feature = "hydrate")]
    count(node, ticked);
    let words = move || match ticked.get() {
        0 => t.with_selected().to_owned(),
        count => t.rows_selected(count),
    };
    view! {
        <div class="bulk" node_ref=node role="region" aria-label=t.bulk_actions()>
            <span role="status">{words}</span>
            {children()}
        </div>
    }
    .into_any()
}

/// Whom a box stood for when the ticks were counted last.
#[cfg(feature = "hydrate")]
const STOOD_FOR: &str = "data-stood-for";

#[cfg(feature = "hydrate")]
fn stood_for(row: &web_sys::HtmlInputElement) -> String {
    row.get_attribute(STOOD_FOR).unwrap_or_else(|| row.value())
}

#[cfg(feature = "hydrate")]
fn stands_for(row: &web_sys::HtmlInputElement, whom: &str) {
    // It can only fail for a name that is none.
    _ = row.set_attribute(STOOD_FOR, whom);
}

/// Keeps count of the ticked rows, and the box in the table's head in step with them.
#[cfg(feature = "hydrate")]
fn count(node: NodeRef<html::Div>, ticked: RwSignal<usize>) {
    use leptos::{ev, leptos_dom::helpers::window_event_listener};
    use wasm_bindgen::JsCast;
    use web_sys::{EventTarget, HtmlInputElement};

    let recount = move |changed: Option<EventTarget>| {
        let form = node.get_untracked().and_then(|bar| bar.closest("form").ok().flatten());
        let Some(form) = form else { return };
        let Ok(rows) = form.query_selector_all("tbody [type=checkbox]") else { return };
        let rows: Vec<HtmlInputElement> =
            (0..rows.length()).filter_map(|i| rows.item(i)?.dyn_into().ok()).collect();
        let head = form.query_selector("thead [type=checkbox]").ok().flatten();
        let head = head.and_then(|head| head.dyn_into::<HtmlInputElement>().ok());
        // A row that is drawn anew for somebody else keeps its box, with the tick of whom it stood for: ticks go to
        // where their rows are now.
        let ticked_for: Vec<String> = rows.iter().filter(|row| row.checked()).map(stood_for).collect();
        for row in &rows {
            row.set_checked(ticked_for.contains(&row.value()));
            stands_for(row, &row.value());
        }
        if let Some(head) = &head {
            // Ticked before the page came alive, or changed just now.
            let early = || head.checked() && head.get_attribute(STOOD_FOR).is_none();
            if changed.as_ref().map_or_else(early, |changed| changed == head.as_ref()) {
                rows.iter().for_each(|row| row.set_checked(head.checked()));
            }
            stands_for(head, "all");
        }
        let count = rows.iter().filter(|row| row.checked()).count();
        if let Some(head) = head {
            head.set_checked(count > 0 && count == rows.len());
        }
        ticked.set(count);
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            recount(None);
        }
    });
    let handle = window_event_listener(ev::change, move |event| recount(event.target()));
    on_cleanup(move || handle.remove());
}
