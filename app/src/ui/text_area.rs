//! The field for several lines of text.

use super::{field::Frame, text_field::follow};
use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// A field for several lines of text.
///
/// The framework writes the children of a `<textarea>` unescaped on the host; this component
/// is the only place that uses the element.
#[component]
pub fn TextArea(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The first value.
    #[prop(optional, into)]
    value: String,
    /// Lines in view at first.
    #[prop(default = 4)]
    rows: u16,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// A sentence that explains the field.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// Greatest number of characters; more can be typed, and how many are too many is said.
    #[prop(optional)]
    limit: Option<u32>,
    /// For source text: fixed width, no wrapping.
    #[prop(optional)]
    code: bool,
    /// The field's id, where a page has the name several times.
    #[prop(optional, into)]
    id: Option<String>,
    /// Follows what is typed.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
) -> impl IntoView {
    let frame = Frame { id: id.unwrap_or_else(|| name.clone()), label, optional, hint, error };
    let node = NodeRef::<html::Textarea>::new();
    let length = RwSignal::new(count(&value));
    Effect::new(move |_| {
        if let Some(area) = node.get() {
            let typed = area.value();
            length.set(count(&typed));
            if let Some(live) = live {
                live.set(typed);
            }
        }
    });
    let control = view! {
        <textarea
            class=if code { "input area area-code" } else { "input area" }
            node_ref=node
            id=frame.id.clone()
            name=name
            rows=rows
            spellcheck=code.then_some("false")
            dir=code.then_some("ltr")
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
            on:input=move |event| {
                length.set(count(&event_target_value(&event)));
                follow(live, &event);
            }
            inner_html=content(&value)
        ></textarea>
    };
    let foot = limit.map(|limit| view! { <p class="hint field-foot" aria-live="polite">{move || remaining(length.get(), limit)}</p> }.into_any());
    frame.around(control.into_any(), foot.into_any())
}

/// What counts as a character here counts as one for the host, too.
fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Words about the limit when it is near; silence before that.
fn remaining(length: u32, limit: u32) -> String {
    let t = use_text();
    match limit.checked_sub(length) {
        None => t.characters_over(length - limit),
        Some(left) if left <= (limit / 5).max(20) => t.characters_left(left),
        Some(_) => String::new(),
    }
}

/// The value as markup: entities, because it is written as it stands; and a line break more
/// in front, because parsers drop the first one of a textarea.
fn content(value: &str) -> String {
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if cfg!(feature = "ssr") && escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn render(value: &'static str) -> String {
        Owner::new().with(|| view! { <TextArea name="note" label="Note" value=value/> }.to_html())
    }

    #[test]
    fn a_value_cannot_leave_its_element() {
        let html = render("</textarea><script>alert('&amp;')</script>");
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert('&amp;amp;')&lt;/script&gt;</textarea>"),
            "{html}"
        );
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn a_first_line_break_survives_the_parser() {
        assert!(render("\nsecond line").contains(">\n\nsecond line</textarea>"));
    }

    #[test]
    fn the_limit_is_spoken_of_only_when_near() {
        Owner::new().with(|| {
            assert_eq!(remaining(10, 500), "");
            assert_eq!(remaining(495, 500), "Characters left: 5");
            assert_eq!(remaining(503, 500), "Characters too many: 3");
        });
    }
}
