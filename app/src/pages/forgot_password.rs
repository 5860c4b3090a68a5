//! Asking for a link to set a new password.

use leptos::prelude::*;

use crate::form::{Form, PostForm, use_form};
use crate::frame::{PlainFrame, use_done};
use crate::i18n::use_text;
use crate::ui::{
    Actions, Button, Drawing, ErrorSummary, Hint, LinkButton, Look, PageTitle, Scene, Stack, TextField,
    TextLink, WizardAfter, WizardCard, use_announcer,
};

/// Asks for the address; once it was sent, says the same whether or not there is an account.
#[component]
pub fn ForgotPassword() -> impl IntoView {
    let form = use_form("/api/accounts/forgot_password");
    // The button that had the focus goes with the form: the heading takes it.
    let announcer = use_announcer();
    form.on_accepted(move || announcer.row_removed());
    let done = use_done();
    let sent = Memo::new(move |_| done.with(|code| code.as_deref() == Some("requested")));
    view! {
        <PlainFrame>
            {move || if sent.get() { view! { <Sent/> }.into_any() } else { view! { <Ask form/> }.into_any() }}
        </PlainFrame>
    }
}

#[component]
fn Ask(form: Form) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.forgot_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.forgot_title() lead=t.forgot_lead()>
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
                    <Button look=Look::Primary wide=true busy=form.busy() busy_label=t.sending()>{t.send_link()}</Button>
                </Stack>
            </PostForm>
        </WizardCard>
        <WizardAfter><TextLink href="/sign-in">{t.back_to_sign_in()}</TextLink></WizardAfter>
    }
    .into_any()
}

#[component]
fn Sent() -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.forgot_sent_title()/>
        <WizardCard title=t.forgot_sent_title() lead=t.forgot_sent_text()>
            <Drawing of=Scene::Letter/>
            <Hint>{t.forgot_sent_hint()}</Hint>
            <Actions>
                <LinkButton href="/sign-in">{t.back_to_sign_in()}</LinkButton>
                <LinkButton href="/forgot-password" look=Look::Quiet>{t.use_another_address()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}
