use leptos::prelude::*;
use model::ProfileView;

use super::{parent, use_profile};
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::pages::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::ui::{
    Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, PasswordField, Stack,
};

/// Changes the own password.
#[component]
pub fn ProfilePassword() -> impl IntoView {
    let profile = use_profile();
    view! {
        <Frame>
            <Loaded data=profile render=|profile: ProfileView| view! { <ChangePassword profile/> }/>
        </Frame>
    }
}

#[component]
fn ChangePassword(profile: ProfileView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/accounts/change_password");
    let context = vec![profile.name, local_part(&profile.email), profile.belongs_to];
    view! {
        <PageTitle text=t.change_password() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead title=t.change_password() lead=t.change_password_lead() parent=parent(t)/>
        <Narrow>
            <PostForm form>
                <Stack>
                    <LoginOfPassword login=profile.email/>
                    <PasswordField
                        name="current"
                        label=t.current_password()
                        autocomplete="current-password"
                        error=form.error("current")
                    />
                    <NewPassword form label=t.new_password() context=context/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.change_password()}</Button>
                        <LinkButton href="/profile" look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
