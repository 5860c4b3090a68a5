//! A code on paper that somebody of the shop handed over.

use leptos::prelude::*;

use crate::form::{PostForm, use_form};
use crate::frame::{PlainFrame, use_viewer};
use crate::i18n::use_text;
use crate::ui::{Button, ErrorSummary, Look, PageTitle, Stack, TextField, TextLink, WizardAfter, WizardCard};

/// Takes login and code, and leads on to choosing a password.
#[component]
pub fn UseCode() -> impl IntoView {
    view! { <PlainFrame><CodeForm/></PlainFrame> }
}

#[component]
fn CodeForm() -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/accounts/use_code");
    let lead = t.code_lead(&use_viewer().shop);
    view! {
        <PageTitle text=t.code_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.code_title() lead=lead>
            <PostForm form>
                <Stack>
                    <TextField
                        name="email"
                        label=t.email()
                        kind="email"
                        autocomplete="username"
                        value=form.value("email", "")
                        error=form.error("email")
                    />
                    <TextField
                        name="code"
                        label=t.code_label()
                        hint=t.code_hint()
                        autocomplete="one-time-code"
                        value=""
                        error=form.error("code")
                    />
                    <Button look=Look::Primary wide=true busy=form.busy()>{t.code_do()}</Button>
                </Stack>
            </PostForm>
        </WizardCard>
        <WizardAfter><TextLink href="/sign-in">{t.back_to_sign_in()}</TextLink></WizardAfter>
    }
    .into_any()
}
