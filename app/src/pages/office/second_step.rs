use leptos::prelude::*;
use model::{AppError, ErrorCode, SecondStepPage};

use super::passkey::{Ask, AskDevice, use_devices};
use crate::api::office::entry::OfficeSecondStepPage;
use crate::form::use_form;
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::pages::second_step::{app_secret, code_form, code_sheet, codes_to_keep, next};
use crate::ui::{Actions, ErrorSummary, LinkButton, Look, PageTitle, WizardCard};

/// The second step of signing in to the Back Office: the code of an app, setting that app up, or the
/// codes that are to be kept once it is.
#[component]
pub fn OfficeSecondStep() -> impl IntoView {
    let page = use_data(String::new, || OfficeSecondStepPage {});
    view! {
        <PlainFrame>
            <Loaded data=page render=shown refused=done_already/>
        </PlainFrame>
    }
}

/// Nothing is left to do here.
fn done_already(error: &AppError) -> Option<AnyView> {
    let t = use_text();
    (error.code == ErrorCode::WrongState).then(|| {
        view! {
            <PageTitle text=t.second_step_title()/>
            <WizardCard title=t.second_step_title()>
                <Actions><LinkButton href="/office" look=Look::Primary>{t.second_step_go_on()}</LinkButton></Actions>
            </WizardCard>
        }
        .into_any()
    })
}

fn shown(page: SecondStepPage) -> AnyView {
    match page {
        SecondStepPage::Code { passkey } => code(passkey),
        SecondStepPage::SetUp { size, path, secret } => set_up(size, path, secret),
        SecondStepPage::Keep { codes } => keep(codes),
    }
}

/// A code, or a passkey where the person has one and the browser can ask for it.
fn code(passkey: bool) -> AnyView {
    let t = use_text();
    let instead = passkey.then(|| {
        let (there, next) = (use_devices(), next());
        let ask = move || {
            let ask = Ask::Sign(next.clone());
            there.get().then(|| view! { <AskDevice ask words=t.passkey_use()/> })
        };
        ask.into_any()
    });
    code_sheet("/api/office/second_step", None, instead)
}

fn set_up(size: u32, path: String, secret: String) -> AnyView {
    let t = use_text();
    let form = use_form("/api/office/second_step");
    view! {
        <PageTitle text=t.second_step_set_up_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.second_step_set_up_title() lead=t.second_step_set_up_lead()>
            {app_secret(size, path, secret)}
            {code_form(form, t.second_step_set_up(), ().into_any())}
        </WizardCard>
    }
    .into_any()
}

fn keep(codes: Vec<String>) -> AnyView {
    let t = use_text();
    let form = use_form("/api/office/keep_codes");
    view! {
        <PageTitle text=t.keep_codes_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.keep_codes_title() lead=t.keep_codes_lead()>{codes_to_keep(form, codes)}</WizardCard>
    }
    .into_any()
}
