//! Fields for one line of text.

use super::field::{Choice, Frame};
use leptos::{html, prelude::*};

/// A field for one line of text. Its value is the first one only: what people type stays in
/// the field, also while the page comes alive.
#[component]
pub fn TextField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The first value.
    #[prop(optional, into)]
    value: String,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// A sentence that explains the field.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// The input's type: "text", "email", "tel", "search", "date", "number".
    #[prop(default = "text")]
    kind: &'static str,
    /// The browser's token for filling in, such as "email"; "off" for data of other people.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// The keyboard to show: "numeric", "decimal", "email".
    #[prop(optional, into)]
    inputmode: Option<String>,
    /// Greatest number of characters.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// Marks the field as optional.
    #[prop(optional)]
    optional: bool,
    /// Shown but not to be changed; its value is sent.
    #[prop(optional)]
    readonly: bool,
    /// Takes the focus when the page appears.
    #[prop(optional)]
    autofocus: bool,
    /// The field's id, where a page has the name several times.
    #[prop(optional, into)]
    id: Option<String>,
    /// Suggestions for the field.
    #[prop(optional)]
    list: Vec<Choice>,
    /// Follows what is typed.
    #[prop(optional, into)]
    live: Option<RwSignal<String>>,
) -> impl IntoView {
    let frame = Frame { id: id.unwrap_or_else(|| name.clone()), label, optional, hint, error };
    let list_id = (!list.is_empty()).then(|| format!("{}-list", frame.id));
    let node = mirror(live);
    let control = view! {
        <input
            class="input"
            node_ref=node
            id=frame.id.clone()
            name=name
            type=kind
            value=value
            autocomplete=autocomplete
            inputmode=inputmode
            maxlength=maxlength
            readonly=readonly
            autofocus=autofocus
            list=list_id.clone()
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
            on:input=move |event| follow(live, &event)
        />
    };
    let suggestions = list_id.map(|id| {
        let options = list
            .into_iter()
            .map(|choice| view! { <option value=choice.value>{choice.text}</option> }.into_any());
        view! { <datalist id=id>{options.collect_view()}</datalist> }.into_any()
    });
    frame.around(control.into_any(), suggestions.into_any())
}

/// A fact that the form shows and does not change; it is not sent.
#[component]
pub fn ReadOnlyField(
    /// The field's id; nothing is sent under it.
    #[prop(into)]
    id: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The fact.
    #[prop(into)]
    value: String,
    /// Where it comes from.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
) -> impl IntoView {
    let frame = Frame { id, label, optional: false, hint, error: MaybeProp::default() };
    let control = view! {
        <input class="input" id=frame.id.clone() type="text" value=value readonly aria-describedby=frame.described_by()/>
    };
    frame.around(control.into_any(), ().into_any())
}

/// The field for the six digits of a mail or an authenticator: one field, so that pasting works.
#[component]
pub fn CodeField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// Where the code is to be found.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Takes the focus when the page appears.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let frame = Frame { id: name.clone(), label, optional: false, hint, error };
    let control = view! {
        <input
            class="input code"
            id=name.clone()
            name=name
            type="text"
            inputmode="numeric"
            autocomplete="one-time-code"
            // Codes are often pasted with a space or a hyphen in the middle.
            maxlength="12"
            autofocus=autofocus
            spellcheck="false"
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    frame.around(control.into_any(), ().into_any())
}

/// Hands on what is typed.
pub(super) fn follow(live: Option<RwSignal<String>>, event: &web_sys::Event) {
    if let Some(live) = live {
        live.set(event_target_value(event));
    }
}

/// A reference to the input whose content, typed before the page came alive, is handed on.
pub(super) fn mirror(live: Option<RwSignal<String>>) -> NodeRef<html::Input> {
    let node = NodeRef::<html::Input>::new();
    if let Some(live) = live {
        Effect::new(move |_| {
            if let Some(input) = node.get() {
                live.set(input.value());
            }
        });
    }
    node
}
