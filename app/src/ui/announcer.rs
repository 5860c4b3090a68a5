//! What screen readers are told, and the two live regions that tell it.

use leptos::prelude::*;

/// Speaks to screen readers. One announcement per action of the user.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    polite: RwSignal<String>,
    assertive: RwSignal<String>,
    /// How often a page was rendered, and the title of the last one.
    #[cfg(not(feature = "ssr"))]
    shown: RwSignal<(u32, String)>,
}

impl Announcer {
    fn new() -> Self {
        Self {
            polite: RwSignal::new(String::new()),
            assertive: RwSignal::new(String::new()),
            #[cfg(not(feature = "ssr"))]
            shown: RwSignal::new((0, String::new())),
        }
    }

    /// Says something when the reader pauses: "21 users", "Customer updated".
    pub fn say(self, text: impl Into<String>) {
        self.polite.set(fresh(&self.polite.get_untracked(), text.into()));
    }

    /// Says at once that something failed.
    pub fn alarm(self, text: impl Into<String>) {
        self.assertive.set(fresh(&self.assertive.get_untracked(), text.into()));
    }

    /// To be called after a row was removed from a list: if the focus went with it, it goes
    /// to the next row's link, else to the heading.
    pub fn row_removed(self) {
        #[cfg(feature = "hydrate")]
        super::focus::after_removal();
    }

    /// A page was rendered under this title.
    #[cfg(not(feature = "ssr"))]
    pub(super) fn page_shown(self, title: String) {
        self.shown.update(|(count, shown)| {
            *count += 1;
            *shown = title;
        });
    }

    #[cfg(feature = "hydrate")]
    pub(super) fn shown(self) -> (u32, String) {
        self.shown.get()
    }
}

/// A text that differs from the one before it: readers stay silent when nothing changes.
fn fresh(before: &str, mut text: String) -> String {
    if before == text {
        text.push('\u{a0}');
    }
    text
}

/// Provides the [`Announcer`] as context. Called once, at the root.
pub fn provide_announcer() {
    provide_context(Announcer::new());
}

/// The [`Announcer`] of the page; one that nobody hears where none is provided.
pub fn use_announcer() -> Announcer {
    use_context().unwrap_or_else(Announcer::new)
}

/// The two live regions, and in the browser everything about focus: after a change of page
/// the new heading takes it, after a dialog its opener, and so on (see `focus.rs`).
/// Stands once, inside the router and outside the routes.
#[component]
pub fn RouteAnnouncer() -> impl IntoView {
    let announcer = use_announcer();
    #[cfg(feature = "hydrate")]
    super::focus::start(announcer);
    view! {
        <div class="vh" role="status">{move || announcer.polite.get()}</div>
        <div class="vh" role="alert">{move || announcer.assertive.get()}</div>
    }
}

#[cfg(test)]
mod tests {
    use super::fresh;

    #[test]
    fn the_same_words_twice_are_still_a_change() {
        let first = fresh("", "Saved".into());
        let second = fresh(&first, "Saved".into());
        assert_ne!(first, second);
        assert_ne!(second, fresh(&second, "Saved".into()));
    }
}
