//! How far something is that takes its time.

use leptos::prelude::*;

/// A bar that fills, and the same in words.
#[component]
pub fn Progress(
    /// What is under way, for screen readers.
    #[prop(into)]
    label: String,
    /// How much of it is done, in percent.
    #[prop(into)]
    percent: Signal<u64>,
    /// The same in words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <div class="progress">
            <progress max="100" value=move || percent.get().to_string() aria-label=label></progress>
            <span>{move || text.get()}</span>
        </div>
    }
    .into_any()
}
