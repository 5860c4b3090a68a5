//! Brings the pages to life in the browser.

use std::cell::RefCell;
use std::rc::Rc;

use app::taking_over;
use leptos::prelude::{Owner, document};

/// Called by the page once the wasm is loaded; done when the page is alive.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    let Some(body) = document().body() else { return };
    taking_over::begin();
    let context = Rc::new(RefCell::new(None));
    let found = Rc::clone(&context);
    let app = move || {
        found.replace(Owner::current_shared_context());
        app::App()
    };
    leptos::mount::hydrate_from_async(body, app).await.forget();
    // The framework looks for it where it no longer is once it had to wait for a part of the program.
    if let Some(context) = context.take() {
        context.hydration_complete();
    }
    taking_over::end();
}
