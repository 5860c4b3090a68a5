//! A text that people take elsewhere.

use super::{Button, Look, ReadOnlyField, use_announcer};
use leptos::prelude::*;

/// A text to be copied: a field that can be selected and, once the page is alive, a button.
#[component]
pub fn CopyField(
    /// The field's id.
    #[prop(into)]
    id: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The text.
    #[prop(into)]
    value: String,
    /// What it is for.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What the button says.
    #[prop(into)]
    copy: String,
    /// What is said once it is copied.
    #[prop(into)]
    copied: String,
    /// What is said when the browser refuses.
    #[prop(into)]
    failed: String,
) -> impl IntoView {
    let announcer = use_announcer();
    let said = RwSignal::new(String::new());
    // Without script the button could do nothing, so that it is not there.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let text = StoredValue::new(value.clone());
    let words = StoredValue::new((copied, failed));
    let press = Callback::new(move |()| {
        to_clipboard(text.get_value(), move |done| {
            let (copied, failed) = words.get_value();
            let words = if done { copied } else { failed };
            said.set(words.clone());
            announcer.say(words);
        });
    });
    let button = move || {
        alive.get().then(|| {
            let copy = copy.clone();
            view! { <Button look=Look::Secondary plain=true on:click=move |_| press.run(())>{copy}</Button> }
                .into_any()
        })
    };
    view! {
        <div class="stack">
            <ReadOnlyField id label value hint/>
            <div class="row">{button}<span class="hint">{move || said.get()}</span></div>
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
fn to_clipboard(text: String, then: impl FnOnce(bool) + 'static) {
    leptos::task::spawn_local(async move {
        let written = window().navigator().clipboard().write_text(&text);
        then(wasm_bindgen_futures::JsFuture::from(written).await.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn to_clipboard(_: String, _: impl FnOnce(bool) + 'static) {}
