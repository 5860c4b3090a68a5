use std::time::Duration;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget, HtmlElement, NodeList};

use crate::ui::focus_still;

/// What new rows would take away: an open menu, a question, a refusal with its reason, a password
/// that is being typed.
const IN_USE: &str = ":popover-open, dialog[open], [data-summary], [name=current]";
/// How soon it is looked again whether that is over.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
const ROWS: &str = "tbody tr";
const CONTROLS: &str = "a, button, input";

/// Counts what comes until the page is left. A browser that can't listen has none.
pub(super) fn listen(path: &str, news: RwSignal<u32>) {
    let Some(source) = open(path) else { return };
    let told = Closure::<dyn FnMut()>::new(move || {
        news.try_update(|count| *count += 1);
    });
    // A listener that can't be added hears nothing, and the page stays as it was read.
    _ = source.add_event_listener_with_callback("message", told.as_ref().unchecked_ref());
    let open = SendWrapper::new((source, told));
    on_cleanup(move || {
        let (source, _told) = &*open;
        let close = Reflect::get(source, &"close".into()).ok();
        let close: Option<Function> = close.and_then(|close| close.dyn_into().ok());
        if let Some(close) = close {
            // The connection ends with the page at the latest.
            _ = close.call0(source);
        }
    });
}

fn open(path: &str) -> Option<EventTarget> {
    let class = Reflect::get(&js_sys::global(), &"EventSource".into()).ok()?;
    Reflect::construct(class.dyn_ref::<Function>()?, &Array::of1(&path.into())).ok()?.dyn_into().ok()
}

pub(super) fn renew(show: Box<dyn FnOnce()>) {
    let in_use = document().query_selector(IN_USE).is_ok_and(|found| found.is_some());
    // What a form that is on its way is answered has to find its place on the page.
    if in_use || crate::send::is_under_way() {
        set_timeout(move || renew(show), LOOK_AGAIN);
        return;
    }
    let focus = Focus::now();
    let held = is_focused();
    show();
    // The rows are there once what they changed has been worked off.
    set_timeout(
        move || {
            match focus {
                Some(focus) => focus.give_back(),
                // What is around the rows came anew, too.
                None if held && !is_focused() => to(heading()),
                None => {}
            }
        },
        Duration::ZERO,
    );
}

/// Whether anything on the page has the focus.
fn is_focused() -> bool {
    document().active_element().is_some_and(|active| active.tag_name() != "BODY")
}

fn heading() -> Option<HtmlElement> {
    document().query_selector("h1[tabindex='-1']").ok()??.dyn_into().ok()
}

fn to(element: Option<HtmlElement>) {
    if let Some(element) = element {
        focus_still(&element);
    }
}

fn all<T: JsCast>(found: Result<NodeList, wasm_bindgen::JsValue>) -> Vec<T> {
    let Ok(found) = found else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok()).collect()
}

fn rows() -> Vec<Element> {
    all(document().query_selector_all(ROWS))
}

/// What a row is about: where its first link leads.
fn subject(row: &Element) -> Option<String> {
    row.query_selector("a").ok()??.get_attribute("href")
}

/// Where in which row the focus is.
struct Focus {
    subject: Option<String>,
    row: usize,
    control: usize,
}

impl Focus {
    fn now() -> Option<Self> {
        let active = document().active_element()?;
        let row = active.closest(ROWS).ok()??;
        let controls: Vec<Element> = all(row.query_selector_all(CONTROLS));
        Some(Self {
            subject: subject(&row),
            control: controls.iter().position(|control| *control == active)?,
            row: rows().iter().position(|other| *other == row)?,
        })
    }

    /// To the same control of the same row; if that is gone to the link of the one in its place,
    /// else to the heading.
    fn give_back(self) {
        let rows = rows();
        let there = match rows.iter().find(|row| subject(row) == self.subject) {
            Some(row) => all(row.query_selector_all(CONTROLS)).into_iter().nth(self.control),
            None => {
                let instead = rows.get(self.row).or(rows.last());
                let link = instead.and_then(|row| row.query_selector("a").ok().flatten());
                link.and_then(|link| link.dyn_into().ok()).or_else(heading)
            }
        };
        to(there);
    }
}
