//! What could be meant by what is being typed.

use leptos::prelude::*;

/// A list below the cursor of a field, which keeps the focus and names the chosen entry as its
/// `aria-activedescendant`. It lies in an element that is the corner of its place.
#[component]
pub fn Completion(
    /// The list's id
    id: &'static str,
    /// What is offered, for screen readers.
    #[prop(into)]
    label: String,
    /// What would be written, and what it means
    entries: Vec<(String, String)>,
    /// The one that Enter takes
    chosen: usize,
    /// Pixels from the left and from the top
    place: (i32, i32),
    /// Takes the entry that was clicked
    take: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let entries = entries.into_iter().enumerate().map(move |(i, (name, words))| {
        let pressed = move |event: web_sys::MouseEvent| {
            event.prevent_default();
            take(i);
        };
        view! {
            <li id=completion_entry(id, i) role="option" aria-selected=(i == chosen).to_string() on:mousedown=pressed>
                <code>{name}</code>
                " "
                <span class="hint">{words}</span>
            </li>
        }
        .into_any()
    });
    let (left, top) = place;
    view! {
        <ul
            id=id
            class="completion"
            role="listbox"
            aria-label=label
            style:left=format!("{left}px")
            style:top=format!("{top}px")
        >
            {entries.collect_view()}
        </ul>
    }
    .into_any()
}

/// What holds the fields, and is the corner of the list's place.
#[component]
pub fn FieldsAround(
    /// The fields and the list
    children: Children,
) -> impl IntoView {
    view! { <div class="fields-around" data-fields="">{children()}</div> }
}

/// The id of an entry.
pub fn completion_entry(id: &str, entry: usize) -> String {
    format!("{id}-{entry}")
}
