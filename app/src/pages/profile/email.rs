use leptos::prelude::*;
use model::ProfileView;

use super::{parent, use_profile};
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Actions, Banner, Button, ErrorSummary, LinkButton, Look, Narrow, Notice, PageHead, PageTitle,
    PasswordField, ReadOnlyField, Stack, TextField,
};

/// Asks for a new login address.
#[component]
pub fn ProfileEmail() -> impl IntoView {
    let profile = use_profile();
    view! {
        <Frame>
            <Loaded data=profile render=|profile: ProfileView| view! { <ChangeEmail profile/> }/>
        </Frame>
    }
}

#[component]
fn ChangeEmail(profile: ProfileView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/accounts/change_email");
    let waiting = profile.pending_email.map(|new| {
        let text = t.email_waits_text(&new, &profile.email);
        view! { <Banner kind=Notice::Info title=t.email_waits_title()>{text}</Banner> }.into_any()
    });
    view! {
        <PageTitle text=t.change_email() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead title=t.change_email() lead=t.change_email_lead() parent=parent(t)/>
        {waiting}
        <Narrow>
            <PostForm form>
                <Stack>
                    <ReadOnlyField id="current_email" label=t.current_email() value=profile.email/>
                    <TextField
                        name="email"
                        label=t.new_email()
                        kind="email"
                        autocomplete="email"
                        value=form.value("email", "")
                        error=form.error("email")
                    />
                    <PasswordField
                        name="current"
                        label=t.current_password()
                        hint=t.current_password_hint()
                        autocomplete="current-password"
                        error=form.error("current")
                    />
                    <Actions>
                        <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.send_link()}</Button>
                        <LinkButton href="/profile" look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
