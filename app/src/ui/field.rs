//! What all fields share: label, hint and error around a control, and their connection.

use crate::i18n::use_text;
use leptos::prelude::*;

/// One of several values to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value that the form sends.
    pub value: String,
    /// What people read.
    pub text: String,
    /// A sentence below the text; shown beside radio buttons only.
    pub hint: Option<String>,
}

impl Choice {
    /// A value and its words.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None }
    }

    /// The same with a sentence that explains it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The words around one control.
pub(super) struct Frame {
    pub id: String,
    pub label: String,
    pub optional: bool,
    pub hint: MaybeProp<String>,
    pub error: MaybeProp<String>,
}

impl Frame {
    /// The ids of hint and error, for the control's `aria-describedby`.
    pub fn described_by(&self) -> impl Fn() -> Option<String> + Send + Sync + Clone + 'static {
        let (id, hint, error) = (self.id.clone(), self.hint, self.error);
        move || described_by(&id, hint.get().is_some(), error.get().is_some())
    }

    /// For the control's `aria-invalid`.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + Clone + 'static {
        let error = self.error;
        move || error.get().map(|_| "true")
    }

    /// Label, hint and error above the control, and what follows it.
    pub fn around(self, control: AnyView, after: AnyView) -> AnyView {
        let Self { id, label, optional, hint, error } = self;
        let t = use_text();
        view! {
            <div class="field" data-invalid=move || error.get().is_some()>
                <label for=id.clone()>
                    {label}
                    {optional.then(|| view! { " " <span class="hint">{t.optional_mark()}</span> }.into_any())}
                </label>
                {hint_line(&id, hint)}
                {error_line(&id, error)}
                {control}
                {after}
            </div>
        }
        .into_any()
    }
}

fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (true, true) => Some(format!("{id}-hint {id}-error")),
    }
}

pub(super) fn hint_line(id: &str, hint: MaybeProp<String>) -> AnyView {
    let id = format!("{id}-hint");
    (move || hint.get().map(|text| view! { <p class="hint" id=id.clone()>{text}</p> }.into_any())).into_any()
}

pub(super) fn error_line(id: &str, error: MaybeProp<String>) -> AnyView {
    let id = format!("{id}-error");
    let prefix = use_text().error_prefix();
    (move || {
        error.get().map(|text| {
            view! { <p class="err" id=id.clone()><span class="vh">{prefix}</span>{text}</p> }.into_any()
        })
    })
    .into_any()
}

/// Several controls under one heading, such as radio buttons.
#[component]
pub fn Fieldset(
    /// The heading.
    #[prop(into)]
    legend: String,
    /// The name of its values; hint and error get their ids from it.
    #[prop(into)]
    name: String,
    /// A sentence that explains it.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// The controls.
    children: Children,
) -> impl IntoView {
    let described = {
        let name = name.clone();
        move || described_by(&name, hint.get().is_some(), error.get().is_some())
    };
    view! {
        <fieldset class="group" data-invalid=move || error.get().is_some() aria-describedby=described>
            <legend class="legend">{legend}</legend>
            {hint_line(&name, hint)}
            {error_line(&name, error)}
            {children()}
        </fieldset>
    }
    .into_any()
}
