//! Focus around native dialogs.
//!
//! Three traps: an opener inside a row menu is hidden by the time the dialog closes, so the
//! menu's own button stands in for it; with an exit transition the focus is still inside the
//! dialog at the `close` event; and `toggle` events of a menu are merged when it opens and
//! closes quickly, so the opener is taken from the `command` event, which names its source.

use super::{element_of, find, on, text_of};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement};

thread_local! {
    /// The control to focus when the open dialog closes.
    static OPENER: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

pub(super) fn start() {
    on("command", true, remember_opener);
    on("close", true, return_to_opener);
    on("click", true, invoke_where_unknown);
}

fn remember_opener(event: Event) {
    if text_of(&event, "command").as_deref() == Some("show-modal") {
        let source =
            js_sys::Reflect::get(&event, &"source".into()).ok().and_then(|s| s.dyn_into::<Element>().ok());
        OPENER.set(source.and_then(|source| opener_of(&source)));
    }
}

fn opener_of(source: &Element) -> Option<HtmlElement> {
    match source.closest("[popover]").ok().flatten() {
        Some(menu) => find(&format!("[popovertarget='{}']", menu.id())),
        None => source.clone().dyn_into().ok(),
    }
}

fn return_to_opener(event: Event) {
    let opener = OPENER.take();
    let Some(dialog) = element_of(&event) else { return };
    request_animation_frame(move || {
        let lost =
            document().active_element().is_none_or(|a| a.tag_name() == "BODY" || dialog.contains(Some(&a)));
        if lost {
            // What had the focus before may have come anew meanwhile.
            match opener.filter(|opener| opener.is_connected()) {
                Some(opener) => _ = opener.focus(),
                None => super::after_removal(),
            }
        }
    });
}

/// Browsers without invoker commands get the two that dialogs need.
fn invoke_where_unknown(event: Event) {
    let button = element_of(&event).and_then(|e| e.closest("button[commandfor]").ok().flatten());
    let Some(button) = button else { return };
    if js_sys::Reflect::has(&button, &"commandForElement".into()).unwrap_or(true) {
        return;
    }
    let dialog = button.get_attribute("commandfor").and_then(|id| document().get_element_by_id(&id));
    let Some(dialog) = dialog.and_then(|d| d.dyn_into::<HtmlDialogElement>().ok()) else { return };
    match button.get_attribute("command").as_deref() {
        Some("show-modal") => {
            OPENER.set(opener_of(&button));
            _ = dialog.show_modal();
        }
        Some("close") => dialog.close(),
        _ => {}
    }
}
