//! One thing after the other: activation and other ways of several pages.

use crate::i18n::use_text;
use leptos::{children::ViewFnOnce, prelude::*};

/// The pages of a way, and which one is on screen.
#[component]
pub fn Steps(
    /// What the way leads to, for screen readers.
    #[prop(into)]
    label: String,
    /// The names of the pages.
    steps: Vec<String>,
    /// The page on screen, from 0.
    current: usize,
) -> impl IntoView {
    let t = use_text();
    let items = steps.into_iter().enumerate().map(|(index, name)| {
        let done = index < current;
        view! {
            <li data-done=done aria-current=(index == current).then_some("step")>
                {name}
                {done.then(|| view! { <span class="vh">" – " {t.step_done()}</span> }.into_any())}
            </li>
        }
        .into_any()
    });
    view! { <ol class="steps" aria-label=label>{items.collect_view()}</ol> }.into_any()
}

/// A sheet that asks for one thing, with a picture beside it where that helps.
#[component]
pub fn WizardCard(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A sentence below it.
    #[prop(optional, into)]
    lead: Option<String>,
    /// The picture and its caption.
    #[prop(optional, into)]
    picture: Option<ViewFnOnce>,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="wizard">
            <div class="wizard-sheet">
                <div class="stack">
                    <div>
                        <h1 tabindex="-1">{title}</h1>
                        {lead.map(|lead| view! { <p class="lead">{lead}</p> }.into_any())}
                    </div>
                    {children()}
                </div>
                {picture.map(|picture| view! { <div class="wizard-picture">{picture.run()}</div> }.into_any())}
            </div>
        </div>
    }
    .into_any()
}

/// A line below a [`WizardCard`]: the other way in, such as "No account yet? Activate it".
#[component]
pub fn WizardAfter(
    /// The line.
    children: Children,
) -> impl IntoView {
    view! { <p class="plain-after">{children()}</p> }
}
