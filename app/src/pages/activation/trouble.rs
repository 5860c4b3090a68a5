use leptos::prelude::*;
use model::ErrorCode;

use crate::form::{Form, errors_of};
use crate::frame::use_viewer;
use crate::i18n::use_text;
use crate::ui::{Banner, ErrorSummary, LinkButton, Notice};

/// What is wrong with the details of the first step. When they match nothing, one neutral text
/// says so, with where to find them and whom to ask.
#[component]
pub(super) fn DetailsTrouble(form: Form) -> impl IntoView {
    let t = use_text();
    let contact = use_viewer().shop_contact;
    let refusal = form.refusal();
    let no_match =
        Memo::new(move |_| refusal.with(|e| e.as_ref().is_some_and(|e| e.code == ErrorCode::NoMatch)));
    view! {
        <ErrorSummary errors=form.errors()/>
        {move || {
            no_match
                .get()
                .then(|| {
                    let ask = (!contact.is_empty()).then(|| view! { <p>{t.still_no_match(&contact)}</p> });
                    view! {
                        <Banner kind=Notice::Info title=t.where_numbers_title()>
                            <p>{t.where_numbers_text()}</p>
                            {ask}
                        </Banner>
                    }
                })
        }}
    }
    .into_any()
}

/// What is wrong with the forms of a later step. When the activation itself has ended, says
/// that, with the way to begin again.
#[component]
pub(super) fn StepTrouble(forms: Vec<Form>) -> impl IntoView {
    let t = use_text();
    let refusals: Vec<_> = forms.iter().map(|form| form.refusal()).collect();
    let ended = Memo::new(move |_| {
        refusals
            .iter()
            .any(|refusal| refusal.with(|e| e.as_ref().is_some_and(|e| e.code == ErrorCode::LinkInvalid)))
    });
    let all = errors_of(forms);
    let errors = Signal::derive(move || {
        if ended.get() { vec![(String::new(), t.activation_ended().to_owned())] } else { all.get() }
    });
    view! {
        <ErrorSummary errors=errors/>
        {move || {
            ended
                .get()
                .then(|| {
                    view! {
                        <Banner
                            kind=Notice::Info
                            action=move || view! { <LinkButton href="/activate">{t.activation_again()}</LinkButton> }
                        >
                            {t.not_under_way_text()}
                        </Banner>
                    }
                })
        }}
    }
    .into_any()
}
