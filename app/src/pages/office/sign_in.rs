use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::form::{PostForm, use_form};
use crate::frame::{DoneNotice, PlainFrame};
use crate::i18n::{Text, use_text};
use crate::ui::{
    Button, ErrorSummary, Hint, Look, PageTitle, PasswordField, Stack, TextField, TextLink, WizardAfter,
    WizardCard,
};

/// The first step of signing in to the Back Office.
#[component]
pub fn OfficeSignIn() -> impl IntoView {
    view! { <PlainFrame><SignInForm/></PlainFrame> }
}

#[component]
fn SignInForm() -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/sign_in");
    let next = use_query_map().with_untracked(|q| q.get("next")).unwrap_or_default();
    view! {
        <PageTitle text=t.office_sign_in_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <DoneNotice words=done_words/>
        <WizardCard title=t.office_sign_in_title() lead=t.office_sign_in_lead()>
            <PostForm form>
                <Stack>
                    <input type="hidden" name="next" value=next/>
                    <TextField name="email" label=t.email() kind="email" autocomplete="username" value=form.value("email", "") error=form.error("email")/>
                    <PasswordField name="password" label=t.password() autocomplete="current-password" error=form.error("password")/>
                    <Button look=Look::Primary wide=true busy=form.busy()>{t.sign_in()}</Button>
                    <Hint>{t.office_password_lost()}</Hint>
                </Stack>
            </PostForm>
        </WizardCard>
        <WizardAfter><TextLink href="/sign-in">{t.office_to_customers()}</TextLink></WizardAfter>
    }
    .into_any()
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "signed_out" => Some(t.done_signed_out()),
        "password_set" => Some(t.done_password_set()),
        _ => None,
    }
}
