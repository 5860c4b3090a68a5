use leptos::prelude::*;
use model::{ActivationStep, ActivationView};

use super::outcome::where_it_stands;
use super::trouble::StepTrouble;
use super::{ActivationSteps, use_activation};
use crate::form::{PostForm, use_form};
use crate::frame::{DoneNotice, PlainFrame};
use crate::i18n::{Text, use_text};
use crate::load::Loaded;
use crate::ui::{
    Actions, Button, CodeField, Hint, LinkButton, Look, PageTitle, Stack, WizardCard, use_announcer,
};

/// Step three: the six digits that were mailed.
#[component]
pub fn ActivateCode() -> impl IntoView {
    let activation = use_activation();
    view! {
        <PlainFrame wide=true>
            <Loaded data=activation render=page/>
        </PlainFrame>
    }
}

fn page(activation: Option<ActivationView>) -> AnyView {
    match activation {
        Some(view) if view.step == ActivationStep::Code => view! { <CodeForm email=view.email/> }.into_any(),
        other => where_it_stands(other),
    }
}

#[component]
fn CodeForm(email: String) -> impl IntoView {
    let t = use_text();
    let confirm = use_form("/api/activation/confirm");
    let resend = use_form("/api/activation/resend_code");
    let announcer = use_announcer();
    resend.on_accepted(move || {
        confirm.forget_error();
        announcer.say(t.done_code_sent());
    });
    let failed = Signal::derive(move || confirm.failed().get() || resend.failed().get());
    view! {
        <PageTitle text=t.activation_code_title() error=failed/>
        <StepTrouble forms=vec![confirm, resend]/>
        <DoneNotice words=done_words/>
        <ActivationSteps current=2 with_code=true/>
        <WizardCard title=t.activation_code_title() lead=t.activation_code_lead(&email)>
            <PostForm form=confirm>
                <Stack>
                    <CodeField name="code" label=t.activation_code() error=confirm.error("code")/>
                    <Button look=Look::Primary busy=confirm.busy() busy_label=t.activation_busy()>
                        {t.activate_account()}
                    </Button>
                </Stack>
            </PostForm>
            <Hint>{t.activation_code_missing()}</Hint>
            <PostForm form=resend>
                <Actions>
                    <Button busy=resend.busy() busy_label=t.sending()>{t.send_new_code()}</Button>
                    <LinkButton href="/activate/you" look=Look::Quiet>{t.back_to_you()}</LinkButton>
                </Actions>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "code_sent").then(|| t.done_code_sent())
}
