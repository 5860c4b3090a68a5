use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Banner, Notice};

/// What was done just before, as the page's address says: a code, never a text.
pub(crate) fn use_done() -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|q| q.get("done")))
}

/// The note that something was done. `words` knows the codes of its page.
#[component]
pub(crate) fn DoneNotice(
    /// The words for a code; none for codes of other pages.
    words: fn(crate::i18n::Text, &str) -> Option<&'static str>,
    /// What takes it back, if it can be taken back.
    #[prop(optional, into)]
    undo: Option<Callback<String, Option<AnyView>>>,
) -> impl IntoView {
    let t = crate::i18n::use_text();
    let done = use_done();
    move || {
        done.get().and_then(|code| {
            let text = words(t, &code)?;
            let action = undo.and_then(|undo| undo.run(code));
            Some(match action {
                Some(action) => {
                    view! { <Banner kind=Notice::Ok action=move || action>{text}</Banner> }.into_any()
                }
                None => view! { <Banner kind=Notice::Ok>{text}</Banner> }.into_any(),
            })
        })
    }
}
