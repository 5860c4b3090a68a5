//! The field for a password, and the line that rates a new one.

use super::{
    Glyph, Icon,
    field::Frame,
    text_field::{follow, mirror},
};
use crate::i18n::use_text;
use leptos::prelude::*;

/// A field for a password. Pasting and password managers work; once the page is alive, the
/// password can be shown.
#[component]
pub fn PasswordField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// "current-password" or "new-password".
    autocomplete: &'static str,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What a good password is.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Takes the focus when the page appears.
    #[prop(optional)]
    autofocus: bool,
    /// Follows what is typed.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
    /// What stands below the field, such as [`Strength`].
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let t = use_text();
    let frame = Frame { id: name.clone(), label, optional: false, hint, error };
    let node = mirror(live);
    let shown = RwSignal::new(false);
    // Without script the button could do nothing, so it appears only when the page is alive.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let id = name.clone();
    let reveal = move || {
        alive.get().then(|| {
            view! {
                <button
                    type="button"
                    class="btn btn-quiet btn-icon"
                    aria-controls=id.clone()
                    aria-label=move || if shown.get() { t.hide_password() } else { t.show_password() }
                    on:click=move |_| shown.update(|s| *s = !*s)
                >
                    {move || {
                        let icon = if shown.get() { Icon::EyeOff } else { Icon::Eye };
                        view! { <Glyph icon=icon/> }
                    }}
                </button>
            }
            .into_any()
        })
    };
    let control = view! {
        <div class="reveal">
            <input
                class="input"
                node_ref=node
                id=name.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                autofocus=autofocus
                aria-describedby=frame.described_by()
                aria-invalid=frame.invalid()
                on:input=move |event| follow(live, &event)
            />
            {reveal}
        </div>
    };
    frame.around(control.into_any(), children.map(|children| children()).into_any())
}

/// Rates a new password while it is typed: a bar, and the same in words.
#[component]
pub fn Strength(
    /// From 0, too easy to guess, to 4, very strong.
    #[prop(into)]
    score: Signal<u8>,
    /// The rating in words; empty while nothing is typed.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let width = move || if text.get().is_empty() { 0 } else { (u32::from(score.get().min(4)) + 1) * 20 };
    let state = move || match score.get() {
        0 | 1 => "bad",
        2 => "warn",
        _ => "ok",
    };
    view! {
        <div class="strength" data-s=state>
            <svg class="strength-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="strength-on" width=width height="6"></rect>
            </svg>
            <span aria-live="polite">{move || text.get()}</span>
        </div>
    }
    .into_any()
}
