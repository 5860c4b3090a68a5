//! Short messages that go away by themselves.

use super::{Icon, IconButton, use_announcer};
use crate::i18n::use_text;
use leptos::prelude::*;
use std::time::Duration;

/// How long a message stays; longer if it offers something to do.
const STAY: Duration = Duration::from_secs(6);
const STAY_WITH_ACTION: Duration = Duration::from_secs(12);
/// How often a message that is being read is asked again whether it may go.
const ASK_AGAIN: Duration = Duration::from_secs(2);
/// More at once nobody reads.
const AT_MOST: usize = 2;

/// What was done, in three words: "User deactivated". Never an error, and never the only
/// place of an action.
#[derive(Clone, Debug)]
pub struct Toast {
    text: String,
    action: Option<(String, Callback<()>)>,
}

impl Toast {
    /// A message.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), action: None }
    }

    /// The same with a button, mostly "Undo".
    #[must_use]
    pub fn with_action(mut self, words: impl Into<String>, run: Callback<()>) -> Self {
        self.action = Some((words.into(), run));
        self
    }
}

/// The messages on screen.
#[derive(Clone, Copy, Debug)]
pub struct ToastShelf {
    shown: RwSignal<Vec<(u32, Toast)>>,
    last: StoredValue<u32>,
    /// Set while the pointer or the focus is on them.
    held: RwSignal<bool>,
}

impl ToastShelf {
    fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), last: StoredValue::new(0), held: RwSignal::new(false) }
    }

    /// Shows a message, and says it to screen readers. For code that runs in the browser.
    pub fn show(self, toast: Toast) {
        self.last.update_value(|id| *id = id.wrapping_add(1));
        let id = self.last.get_value();
        let stay = if toast.action.is_some() { STAY_WITH_ACTION } else { STAY };
        use_announcer().say(toast.text.clone());
        self.shown.update(|shown| {
            shown.push((id, toast));
            let surplus = shown.len().saturating_sub(AT_MOST);
            shown.drain(..surplus);
        });
        self.remove_after(id, stay);
    }

    fn remove_after(self, id: u32, time: Duration) {
        set_timeout(
            move || {
                if self.held.get_untracked() {
                    self.remove_after(id, ASK_AGAIN);
                } else {
                    self.remove(id);
                }
            },
            time,
        );
    }

    fn remove(self, id: u32) {
        self.shown.update(|shown| shown.retain(|(other, _)| *other != id));
    }
}

/// Provides the [`ToastShelf`] as context. Called once, at the root.
pub fn provide_toasts() {
    provide_context(ToastShelf::new());
}

/// The messages on screen; ones that nobody sees where none are provided.
pub fn use_toasts() -> ToastShelf {
    use_context().unwrap_or_else(ToastShelf::new)
}

/// Shows the messages. Stands once, outside the routes. F6 goes there and back.
#[component]
pub fn Toasts() -> impl IntoView {
    let t = use_text();
    let shelf = use_toasts();
    let cards = move || {
        let card = |(id, toast)| {
            view! { <ToastCard toast=toast close=Callback::new(move |()| shelf.remove(id))/> }.into_any()
        };
        shelf.shown.get().into_iter().map(card).collect_view()
    };
    view! {
        <section
            class="toasts"
            data-toasts
            aria-label=t.notifications()
            on:pointerenter=move |_| shelf.held.set(true)
            on:pointerleave=move |_| shelf.held.set(false)
            on:focusin=move |_| shelf.held.set(true)
            on:focusout=move |_| shelf.held.set(false)
        >
            {cards}
        </section>
    }
    .into_any()
}

/// One message.
#[component]
pub fn ToastCard(
    /// The message.
    toast: Toast,
    /// Called when it is to go away.
    close: Callback<()>,
) -> impl IntoView {
    let t = use_text();
    let action = toast.action.map(|(words, run)| {
        let act = move |_| {
            close.run(());
            run.run(());
        };
        view! { <button type="button" class="btn" on:click=act>{words}</button> }.into_any()
    });
    view! {
        <div class="toast">
            <span>{toast.text}</span>
            {action}
            <IconButton icon=Icon::Close label=t.dismiss_notification() on:click=move |_| close.run(())/>
        </div>
    }
    .into_any()
}
