use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::form::use_repeats;
use crate::i18n::{Text, use_text};
use crate::ui::{Banner, Notice, Toast, use_announcer};

/// What was done just before, as the page's address says: a code, never a text.
pub(crate) fn use_done() -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|q| q.get("done")))
}

/// Tells screen readers what was done, each time, also when it is the same as before: the page
/// stays, so that nothing else says it. `words` as in [`DoneNotice`]. Only in the browser.
pub(crate) fn say_done(words: fn(Text, &str) -> Option<&'static str>) {
    let t = use_text();
    let done = use_done();
    let repeats = use_repeats();
    let announcer = use_announcer();
    Effect::new(move |before: Option<()>| {
        repeats.track();
        let said = done.get().and_then(|code| words(t, &code));
        if let (Some(text), Some(())) = (said, before) {
            announcer.say(text);
        }
    });
}

/// The note that something was done. `words` knows the codes of its page.
#[component]
pub(crate) fn DoneNotice(
    /// The words for a code; none for codes of other pages.
    words: fn(Text, &str) -> Option<&'static str>,
    /// What takes it back, if it can be taken back.
    #[prop(optional, into)]
    undo: Option<Callback<String, Option<AnyView>>>,
) -> impl IntoView {
    let t = use_text();
    let done = use_done();
    move || {
        done.get().and_then(|code| {
            let text = words(t, &code)?;
            let action = undo.and_then(|undo| undo.run(code));
            Some(match action {
                Some(action) => view! { <Toast action>{text}</Toast> }.into_any(),
                None => view! { <Banner kind=Notice::Ok>{text}</Banner> }.into_any(),
            })
        })
    }
}
