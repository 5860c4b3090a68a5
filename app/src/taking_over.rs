//! Until a page is alive it is the browser's: the router listens long before it can go anywhere, and would
//! swallow what is clicked while a part of the program is on its way, or can't be fetched at all.

use std::cell::Cell;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

thread_local! {
    static ALIVE: Cell<bool> = const { Cell::new(false) };
}

/// Before anything else listens: clicks do what they do without script.
pub fn begin() {
    let closure = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        if !ALIVE.get() {
            event.stop_immediate_propagation();
        }
    });
    // A listener that cannot be added leaves the page as it is without script.
    _ = document().add_event_listener_with_callback_and_bool("click", closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

/// The page is alive.
pub fn end() {
    ALIVE.set(true);
}
