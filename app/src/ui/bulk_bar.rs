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

/// Where a form keeps the values of its ticked rows.
#[cfg(feature = "hydrate")]
const TICKED: &str = "data-ticked";

/// Keeps count of the ticked rows, and the box in the table's head in step with them. Rows that are drawn anew keep
/// their boxes, with the ticks of whoever stood there: those go to where their rows are now.
#[cfg(feature = "hydrate")]
fn count(node: NodeRef<html::Div>, ticked: RwSignal<usize>) {
    use leptos::{ev, leptos_dom::helpers::window_event_listener};
    use wasm_bindgen::JsCast;
    use web_sys::{EventTarget, HtmlInputElement};

    let form = move || node.get_untracked().and_then(|bar| bar.closest("form").ok().flatten());
    let recount = move |changed: Option<EventTarget>| {
        let Some(form) = form() else { return };
        let Ok(rows) = form.query_selector_all("tbody [type=checkbox]") else { return };
        let rows: Vec<HtmlInputElement> =
            (0..rows.length()).filter_map(|i| rows.item(i)?.dyn_into().ok()).collect();
        let head = form.query_selector("thead [type=checkbox]").ok().flatten();
        let head = head.and_then(|head| head.dyn_into::<HtmlInputElement>().ok());
        let all = |head: &HtmlInputElement| rows.iter().for_each(|row| row.set_checked(head.checked()));
        match (changed, form.get_attribute(TICKED), &head) {
            (None, Some(before), _) => {
                let before: Vec<&str> = before.split(' ').collect();
                rows.iter().for_each(|row| row.set_checked(before.contains(&row.value().as_str())));
            }
            // Ticked before the page came alive.
            (None, None, Some(head)) if head.checked() => all(head),
            (Some(changed), _, Some(head)) if &changed == head.as_ref() => all(head),
            _ => {}
        }
        let now: Vec<String> = rows.iter().filter(|row| row.checked()).map(HtmlInputElement::value).collect();
        if let Some(head) = head {
            head.set_checked(!now.is_empty() && now.len() == rows.len());
        }
        // It can only fail for a name that is none.
        _ = form.set_attribute(TICKED, &now.join(" "));
        ticked.set(now.len());
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            recount(None);
        }
    });
    let changes = window_event_listener(ev::change, move |event| recount(event.target()));
    let resets = window_event_listener(ev::reset, move |event| {
        if let Some(form) = form().filter(|form| event.target().is_some_and(|reset| &reset == form.as_ref()))
        {
            _ = form.remove_attribute(TICKED);
            ticked.set(0);
        }
    });
    on_cleanup(move || {
        changes.remove();
        resets.remove();
    });
}
