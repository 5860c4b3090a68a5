//! Brings the pages to life in the browser.

/// Called by the page once the wasm is loaded; done when the page is alive.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    let body = leptos::prelude::document().body();
    if let Some(body) = body {
        leptos::mount::hydrate_from_async(body, app::App).await.forget();
    }
}
