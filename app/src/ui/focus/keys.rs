//! Shortcuts. They are on where the page has the list of places that they lead to, and do nothing
//! while somebody types or something else is open.

use super::{element_of, find, find_all, focus_still, on};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

/// How long a letter may come after `g`, in milliseconds.
const AFTER_G: f64 = 1_500.0;
const TYPING: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

thread_local! {
    /// When `g` was pressed, if that was the last key.
    static G: Cell<Option<f64>> = const { Cell::new(None) };
}

pub(super) fn start() {
    on("keydown", false, on_key);
    on("input", false, on_input);
    on("click", true, on_click);
}

fn palette() -> Option<HtmlDialogElement> {
    find("#palette").and_then(|dialog| dialog.dyn_into().ok())
}

fn on_key(event: Event) {
    let (Some(palette), Some(key)) = (palette(), event.dyn_ref::<KeyboardEvent>()) else { return };
    let after_g = G.take().is_some_and(|at| key.time_stamp() - at < AFTER_G);
    let target = element_of(&event);
    let within = |selector| target.as_ref().is_some_and(|t| t.closest(selector).ok().flatten().is_some());
    let pressed = key.key();
    if palette.open() {
        if pressed == "Enter" && within("#palette input") {
            event.prevent_default();
            if let Some(link) = find("#palette [data-enter] a") {
                link.click();
            }
        }
        return;
    }
    let command = key.ctrl_key() || key.meta_key();
    if event.default_prevented()
        || key.is_composing()
        || key.alt_key()
        || within(TYPING)
        || find("dialog[open], :popover-open").is_some()
    {
        return;
    }
    let done = match (command, after_g, pressed.as_str()) {
        (true, _, "k") | (false, _, "?") => open(&palette),
        (false, _, "/") => find("main [type=search]").map(|field| focus_still(&field)),
        (false, true, letter) => find_all("#palette [data-key]")
            .into_iter()
            .find(|link| link.get_attribute("data-key").as_deref() == Some(letter))
            .map(|link| link.click()),
        (false, false, "g") => {
            G.set(Some(key.time_stamp()));
            None
        }
        _ => None,
    };
    if done.is_some() {
        event.prevent_default();
    }
}

fn open(palette: &HtmlDialogElement) -> Option<()> {
    let field: HtmlInputElement = find("#palette input")?.dyn_into().ok()?;
    field.set_value("");
    filter("");
    palette.show_modal().ok()
}

/// Leaves the places whose name has this text; Enter leads to the first.
fn filter(text: &str) {
    let text = text.trim().to_lowercase();
    let mut first = true;
    for link in find_all("#palette a") {
        let name = link.first_element_child().and_then(|name| name.text_content()).unwrap_or_default();
        let fits = name.to_lowercase().contains(&text);
        if let Some(item) = link.parent_element().and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
            item.set_hidden(!fits);
            _ = item.toggle_attribute_with_force("data-enter", fits && first);
        }
        first &= !fits;
    }
    if let Some(nothing) = find("#palette [role=status] > *") {
        nothing.set_hidden(!first);
    }
}

fn on_input(event: Event) {
    let field = element_of(&event).filter(|field| field.matches("#palette input").unwrap_or_default());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        filter(&field.value());
    }
}

/// A place that is on show already is not opened anew, so the dialog closes by itself.
fn on_click(event: Event) {
    let inside = element_of(&event).and_then(|target| target.closest("#palette a").ok().flatten());
    if let (Some(_), Some(palette)) = (inside, palette()) {
        palette.close();
    }
}
