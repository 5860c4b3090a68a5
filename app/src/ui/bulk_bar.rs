//! What can be done with several rows at once.

use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// Buttons for the ticked rows, inside the form around a table and above it. It shows by
/// itself while a row is ticked.
#[component]
pub fn BulkBar(
    /// Buttons that send the form.
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

#[cfg(feature = "hydrate")]
fn count(node: NodeRef<html::Div>, ticked: RwSignal<usize>) {
    use leptos::{ev, leptos_dom::helpers::window_event_listener};

    let recount = move || {
        let form = node.get_untracked().and_then(|bar| bar.closest("form").ok().flatten());
        let boxes = form.and_then(|form| form.query_selector_all("tbody [type=checkbox]:checked").ok());
        ticked.set(boxes.map_or(0, |boxes| boxes.length() as usize));
    };
    Effect::new(move |_| {
        if node.get().is_some() {
            recount();
        }
    });
    let handle = window_event_listener(ev::change, move |_| recount());
    on_cleanup(move || handle.remove());
}
