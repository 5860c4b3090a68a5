//! Where the keyboard focus goes, in the browser only: after a change of page, on closing a
//! dialog, on links inside the page, after a row is gone, on F6, and by the shortcuts.

mod dialogs;
mod keys;

use super::Announcer;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use std::{cell::RefCell, collections::HashMap, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlDialogElement, HtmlElement};

/// How long a page may take to name itself before its heading is looked for anyway.
const PATIENCE: Duration = Duration::from_millis(800);
/// While its data are not there a page has no heading: how often that is looked for, and how long.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
const LOOKS: u32 = 200;

/// How often it is looked whether new data of the same page took the focus away.
const KEEPING_LOOKS: u32 = 30;

/// What has to be remembered between events.
#[derive(Default)]
struct Memory {
    /// Where the focus was before F6.
    before_toast: Option<HtmlElement>,
    /// Per path: the link that was followed from it, and how far it was scrolled.
    left: HashMap<String, (String, f64)>,
    /// Set by Back and Forward until the page is there.
    going_back: bool,
    /// The row that held the focus last.
    row: u32,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

fn memory<T>(f: impl FnOnce(&mut Memory) -> T) -> T {
    MEMORY.with_borrow_mut(f)
}

/// Listens for the life of the page.
pub(super) fn start(announcer: Announcer) {
    follow_routes(announcer);
    dialogs::start();
    keys::start();
    on("click", true, on_click);
    on("focusin", true, remember_row);
    on("keydown", false, on_key);
    _ = window_event_listener(ev::popstate, |_| memory(|m| m.going_back = true));
}

fn on(name: &'static str, capture: bool, handler: impl FnMut(Event) + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(Event)>::new(handler);
    // A listener that cannot be added leaves the page as it is without script.
    _ = document().add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), capture);
    closure.forget();
}

/// On a change of path, once the new page has its heading: focus to it, title to the polite
/// region. Not on first load, and not when only the query changes.
fn follow_routes(announcer: Announcer) {
    let path = use_location().pathname;
    let waiting = StoredValue::new(false);
    let changes = StoredValue::new(0);
    let arrive = move || {
        if waiting.get_value() {
            waiting.set_value(false);
            let visit = Visit { changes, number: changes.get_value() };
            request_animation_frame(move || arrive_at(announcer, visit, LOOKS));
        }
    };
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            waiting.set_value(true);
            changes.update_value(|count| *count += 1);
            close_popovers();
            set_timeout(arrive, PATIENCE);
        }
        now
    });
    let query = use_location().search;
    Effect::new(move |before: Option<String>| {
        let now = query.get();
        if before.is_some_and(|before| before != now) {
            keep_focus(KEEPING_LOOKS);
        }
        now
    });
    Effect::new(move |first: Option<()>| {
        announcer.shown();
        if first.is_some() {
            arrive();
        }
    });
}

/// After something was done on the page and its data came anew: the focus that went with what they
/// replaced goes on to the row in its place, else to the heading. Nothing tells when they are there,
/// and a button that was switched off loses the focus before they are.
fn keep_focus(looks: u32) {
    if document().active_element().is_none_or(|active| active.tag_name() == "BODY") {
        after_removal();
    }
    if looks > 0 {
        set_timeout(move || keep_focus(looks - 1), LOOK_AGAIN);
    }
}

/// A change of path, and what tells whether it was the last one.
#[derive(Clone, Copy)]
struct Visit {
    changes: StoredValue<u32>,
    number: u32,
}

/// Arrives at the page once it is there, unless somebody has gone on to another meanwhile.
fn arrive_at(announcer: Announcer, visit: Visit, looks: u32) {
    if visit.changes.get_value() != visit.number {
        return;
    }
    if looks > 0 && find("[data-summary], h1[tabindex='-1']").is_none() {
        set_timeout(move || arrive_at(announcer, visit, looks - 1), LOOK_AGAIN);
        return;
    }
    announcer.say(document().title());
    focus_page();
}

fn focus_page() {
    let back =
        memory(|m| std::mem::take(&mut m.going_back).then(|| m.left.remove(&current_path())).flatten());
    if let Some((href, scrolled)) = back
        && let Some(link) =
            find_all("main a").into_iter().find(|link| link.get_attribute("href").as_deref() == Some(&href))
    {
        window().scroll_to_with_x_and_y(0.0, scrolled);
        _ = link.focus();
        return;
    }
    // An error summary has taken the focus already, by itself.
    if find("[data-summary]").is_none()
        && let Some(heading) = find("h1[tabindex='-1']")
    {
        focus_still(&heading);
    }
}

fn close_popovers() {
    for popover in find_all("[popover]:popover-open") {
        _ = popover.hide_popover();
    }
}

fn on_click(event: Event) {
    let Some(target) = element_of(&event) else { return };
    let Ok(Some(link)) = target.closest("a[href]") else { return };
    let href = link.get_attribute("href").unwrap_or_default();
    if let Some(id) = href.strip_prefix('#') {
        if let Some(there) = document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            go_to(&there);
        }
    } else if find("[data-dirty]").is_some() && link.closest("[data-stays]").ok().flatten().is_none() {
        // The router would leave silently; the browser itself asks before it does.
        event.stop_propagation();
    } else if link.closest("main").ok().flatten().is_some() {
        let scrolled = window().scroll_y().unwrap_or_default();
        memory(|m| m.left.insert(current_path(), (href, scrolled)));
        let turns = matches!(link.get_attribute("rel").as_deref(), Some("next" | "prev"));
        if turns && let Some(caption) = find("[data-skip=table] caption") {
            _ = caption.focus();
        }
    }
}

/// A link inside the page: its label comes into view, then the field takes the focus.
fn go_to(there: &HtmlElement) {
    // A field of a question that was answered is asked for again with the question.
    let question = there.closest("dialog:not([open])").ok().flatten();
    if let Some(question) = question.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        _ = question.show_modal();
    }
    let label = (!there.id().is_empty()).then(|| find(&format!("label[for='{}']", there.id()))).flatten();
    label.as_ref().unwrap_or(there).scroll_into_view();
    focus_still(there);
}

fn remember_row(event: Event) {
    let row = element_of(&event).and_then(|e| e.closest("tbody tr").ok().flatten());
    if let Some(row) = row.and_then(|row| row.dyn_into::<web_sys::HtmlTableRowElement>().ok()) {
        // The head is one row; the first of the body has the index 1.
        memory(|m| m.row = u32::try_from(row.row_index() - 1).unwrap_or_default());
    }
}

/// After a row is gone: the link of the row in its place, else the heading.
pub(super) fn after_removal() {
    request_animation_frame(|| {
        if document().active_element().is_some_and(|a| a.tag_name() != "BODY") {
            return;
        }
        let row = memory(|m| m.row) as usize;
        let rows = find_all("tbody tr");
        let next = rows.get(row).or(rows.last()).and_then(|row| row.query_selector("a").ok().flatten());
        let there =
            next.and_then(|link| link.dyn_into::<HtmlElement>().ok()).or_else(|| find("h1[tabindex='-1']"));
        if let Some(there) = there {
            _ = there.focus();
        }
    });
}

/// F6 goes to the toast and back.
fn on_key(event: Event) {
    if text_of(&event, "key").as_deref() != Some("F6") {
        return;
    }
    let active = document().active_element().and_then(|a| a.dyn_into::<HtmlElement>().ok());
    if active.as_ref().is_some_and(|a| a.closest("[data-toast]").ok().flatten().is_some()) {
        if let Some(before) = memory(|m| m.before_toast.take()) {
            event.prevent_default();
            _ = before.focus();
        }
    } else if let Some(button) = find("[data-toast]:not([hidden]) button") {
        event.prevent_default();
        memory(|m| m.before_toast = active);
        _ = button.focus();
    }
}

/// Gives the focus without moving the page.
pub(crate) fn focus_still(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    _ = element.focus_with_options(&options);
}

fn current_path() -> String {
    window().location().pathname().unwrap_or_default()
}

fn element_of(event: &Event) -> Option<Element> {
    event.target().and_then(|t| t.dyn_into().ok())
}

fn text_of(event: &Event, property: &str) -> Option<String> {
    js_sys::Reflect::get(event, &JsValue::from_str(property)).ok().and_then(|v| v.as_string())
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten().and_then(|e| e.dyn_into().ok())
}

fn find_all(selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = document().query_selector_all(selector) else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.get(i)?.dyn_into().ok()).collect()
}
