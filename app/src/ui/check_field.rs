//! Checkboxes, switches and radio buttons.

use super::{
    Fieldset,
    field::{Choice, error_line, hint_line},
};
use leptos::prelude::*;

/// One yes or no.
#[component]
pub fn CheckField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words beside the box.
    #[prop(into)]
    label: String,
    /// What the form sends when ticked.
    #[prop(default = "true".to_owned(), into)]
    value: String,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
    /// What ticking means.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Cannot be changed; the hint says why.
    #[prop(optional)]
    disabled: bool,
    /// Looks and reads as a switch: for what is on or off, such as a feature.
    #[prop(optional)]
    switch: bool,
    /// The field's id, where a page has the name several times.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = {
        let id = id.clone();
        move || {
            let parts =
                [hint.get().map(|_| format!("{id}-hint")), error.get().map(|_| format!("{id}-error"))];
            let ids: Vec<String> = parts.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="choice">
            <input
                class=if switch { "switch" } else { "check" }
                type="checkbox"
                role=switch.then_some("switch")
                id=id.clone()
                name=name
                value=value
                checked=checked
                disabled=disabled
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            />
            <label for=id.clone()>{label}</label>
            {hint_line(&id, hint)}
            {error_line(&id, error)}
        </div>
    }
    .into_any()
}

/// One of a few values, all in view.
#[component]
pub fn RadioField(
    /// Name of the form value; also the id of the first button.
    #[prop(into)]
    name: String,
    /// The words above the buttons.
    #[prop(into)]
    label: String,
    /// The values on offer.
    options: Vec<Choice>,
    /// The value chosen at first.
    #[prop(optional, into)]
    value: String,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// A sentence that explains the choice.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let buttons = options
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = numbered(&name, index);
            let checked = choice.value == value;
            let described = choice.hint.as_ref().map(|_| format!("{id}-about"));
            view! {
                <div class="choice">
                    <input
                        class="check"
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=choice.value
                        checked=checked
                        aria-describedby=described
                    />
                    <label for=id.clone()>{choice.text}</label>
                    {choice.hint.map(|text| view! { <p class="hint" id=format!("{id}-about")>{text}</p> }.into_any())}
                </div>
            }.into_any()
        })
        .collect_view();
    view! {
        <Fieldset legend=label name=name hint=hint error=error>
            {buttons}
        </Fieldset>
    }
    .into_any()
}

/// The first control of a group has the group's name as its id, so that links to the field
/// find something to focus.
pub(super) fn numbered(name: &str, index: usize) -> String {
    if index == 0 { name.to_owned() } else { format!("{name}-{index}") }
}
