//! What is wrong with a form, above everything else.

use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// Lists what is wrong, each with a link to its field, in the same words as beside the field.
/// Takes the focus when it appears. Shows nothing when nothing is wrong.
#[component]
pub fn ErrorSummary(
    /// Per error: the field's id, or an empty text for errors of no field; and the words.
    #[prop(into)]
    errors: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let t = use_text();
    let node = NodeRef::<html::Div>::new();
    // `autofocus` does this on a page from the host; here it appears in a living page.
    Effect::new(move |_| {
        let list = errors.get();
        if let (Some(summary), false) = (node.get(), list.is_empty()) {
            request_animation_frame(move || {
                _ = summary.focus();
            });
        }
    });
    move || {
        let list = errors.get();
        (!list.is_empty()).then(|| {
            let items = list.into_iter().map(|(id, words)| {
                if id.is_empty() {
                    view! { <li>{words}</li> }.into_any()
                } else {
                    view! { <li><a href=format!("#{id}")>{words}</a></li> }.into_any()
                }
            });
            view! {
                <div
                    class="summary"
                    data-summary
                    node_ref=node
                    role="group"
                    aria-labelledby="error-summary-title"
                    tabindex="-1"
                    autofocus
                >
                    <div role="alert">
                        <h2 id="error-summary-title">{t.there_is_a_problem()}</h2>
                        <ul>{items.collect_view()}</ul>
                    </div>
                </div>
            }
            .into_any()
        })
    }
}
