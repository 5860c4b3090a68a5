//! Secrets that people carry over by hand or by camera.

use leptos::prelude::*;

/// A QR code.
#[component]
pub fn QrCode(
    /// Side in modules, with the margin.
    size: u32,
    /// The dark modules as a path.
    #[prop(into)]
    path: String,
    /// What it holds, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
            <path d=path/>
        </svg>
    }
    .into_any()
}

/// Letters and digits that are copied one by one.
#[component]
pub fn CodeText(
    /// The letters and digits.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <code class="code-text">{text}</code> }
}

/// Several of them.
#[component]
pub fn CodeList(
    /// Each as it is.
    codes: Vec<String>,
) -> impl IntoView {
    let items = codes.into_iter().map(|text| view! { <li><CodeText text/></li> }.into_any()).collect_view();
    view! { <ul class="code-list">{items}</ul> }.into_any()
}
