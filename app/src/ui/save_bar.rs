//! The bar that saves a form.

use super::{Button, LinkButton, Look};
use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// The end of a form that edits something: discard and save. Once something was changed the
/// bar stays in view and says so, and the browser asks before the page is left.
#[component]
pub fn SaveBar(
    /// Where "Discard" leads: the same page, read anew.
    #[prop(into)]
    discard: String,
    /// Set while saving is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Set when the last attempt failed: the changes are unsaved again.
    #[prop(optional, into)]
    failed: Signal<bool>,
    /// What the button says; "Save" if not given.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let t = use_text();
    let dirty = RwSignal::new(false);
    Effect::new(move |_| {
        if failed.get() {
            dirty.set(true);
        }
    });
    let node = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    watch(node, dirty);
    view! {
        <div class="savebar" node_ref=node data-dirty=move || dirty.get()>
            <span role="status">{move || if dirty.get() { t.unsaved_changes() } else { "" }}</span>
            <LinkButton href=discard look=Look::Quiet external=true>{t.discard_changes()}</LinkButton>
            <Button look=Look::Primary busy=busy>{label.unwrap_or_else(|| t.save_changes().to_owned())}</Button>
        </div>
    }
    .into_any()
}

/// In a form with buttons of its own: the browser asks before the page is left with changes that were not sent.
#[component]
pub fn UnsavedGuard() -> impl IntoView {
    let dirty = RwSignal::new(false);
    let node = NodeRef::<html::Div>::new();
    #[cfg(feature = "hydrate")]
    watch(node, dirty);
    view! { <div node_ref=node data-dirty=move || dirty.get() hidden></div> }.into_any()
}

/// Follows the form around the bar: typing makes it dirty, sending it clean.
#[cfg(feature = "hydrate")]
fn watch(node: NodeRef<html::Div>, dirty: RwSignal<bool>) {
    use leptos::{ev, leptos_dom::helpers::window_event_listener};
    use wasm_bindgen::JsCast;

    let own_form = move || node.get_untracked().and_then(|bar| bar.closest("form").ok().flatten());
    let inside = move |event: &web_sys::Event| {
        let target = event.target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
        own_form().is_some_and(|form| form.contains(target.as_ref()))
    };
    let handles = [
        window_event_listener(ev::input, move |event| {
            if inside(&event) && !dirty.get_untracked() {
                dirty.set(true);
                request_animation_frame(uncover);
            }
        }),
        window_event_listener(ev::submit, move |event| {
            if inside(&event) {
                dirty.set(false);
            }
        }),
        window_event_listener(ev::beforeunload, move |event| {
            if dirty.get_untracked() {
                event.prevent_default();
            }
        }),
    ];
    on_cleanup(move || {
        for handle in handles {
            handle.remove();
        }
    });
}

/// The bar has just come into view; it must not cover the field that is being typed in.
#[cfg(feature = "hydrate")]
fn uncover() {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    if let Some(field) = document().active_element() {
        field.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
