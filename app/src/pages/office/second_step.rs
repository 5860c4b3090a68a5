use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AppError, ErrorCode, SecondStepPage};

use crate::api::office::entry::OfficeSecondStepPage;
use crate::form::{Form, PostForm, use_form};
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, CodeList, CodeText, ErrorSummary, Hint, LinkButton, Look, PageTitle, QrCode, Stack,
    TextField, WizardCard,
};

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
        SecondStepPage::Code => view! { <EnterCode/> }.into_any(),
        SecondStepPage::SetUp { size, path, secret } => view! { <SetUp size path secret/> }.into_any(),
        SecondStepPage::Keep { codes } => view! { <KeepCodes codes/> }.into_any(),
    }
}

/// Where the way leads on to.
fn next() -> String {
    use_query_map().with_untracked(|q| q.get("next")).unwrap_or_default()
}

#[component]
fn EnterCode() -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/second_step");
    view! {
        <PageTitle text=t.second_step_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.second_step_title() lead=t.second_step_lead()>
            {code_form(form, t.second_step_go_on())}
            <Hint>{t.second_step_recovery()}</Hint>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn SetUp(size: u32, path: String, secret: String) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/second_step");
    view! {
        <PageTitle text=t.second_step_set_up_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.second_step_set_up_title() lead=t.second_step_set_up_lead()>
            <QrCode size path label=t.second_step_picture()/>
            <Hint>{t.second_step_typed()} ": "</Hint>
            <CodeText text=secret/>
            <Hint>{t.second_step_kinds()}</Hint>
            {code_form(form, t.second_step_set_up())}
        </WizardCard>
    }
    .into_any()
}

fn code_form(form: Form, words: &'static str) -> AnyView {
    let t = use_text();
    view! {
        <PostForm form>
            <Stack>
                <input type="hidden" name="next" value=next()/>
                <TextField name="code" label=t.second_step_code() autocomplete="one-time-code" autofocus=true error=form.error("code")/>
                <Button look=Look::Primary wide=true busy=form.busy()>{words}</Button>
            </Stack>
        </PostForm>
    }
    .into_any()
}

#[component]
fn KeepCodes(codes: Vec<String>) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/keep_codes");
    view! {
        <PageTitle text=t.keep_codes_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.keep_codes_title() lead=t.keep_codes_lead()>
            <CodeList codes/>
            <PostForm form>
                <input type="hidden" name="next" value=next()/>
                <Button look=Look::Primary wide=true busy=form.busy()>{t.keep_codes()}</Button>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}
