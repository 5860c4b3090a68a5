//! The native select.

use super::field::{Choice, Frame};
use leptos::prelude::*;

/// A field that offers a few values; native, so that phones show their own list.
#[component]
pub fn SelectField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The values on offer; for up to about 15.
    options: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// A sentence that explains the field.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The browser's token for filling in.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// The field's id, where a page has the name several times.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let frame = Frame { id: id.unwrap_or_else(|| name.clone()), label, optional, hint, error };
    let control = view! {
        <select
            class="input"
            id=frame.id.clone()
            name=name
            autocomplete=autocomplete
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        >
            {options_of(options, &value)}
        </select>
    };
    frame.around(control.into_any(), ().into_any())
}

pub(super) fn options_of(options: Vec<Choice>, value: &str) -> impl IntoView + use<> {
    options
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! { <option value=choice.value selected=selected>{choice.text}</option> }.into_any()
        })
        .collect_view()
}
