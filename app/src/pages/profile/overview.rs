use leptos::prelude::*;
use model::{ProfileView, Role};

use super::use_profile;
use crate::form::{Form, PostForm, use_form};
use crate::frame::{DoneNotice, Frame, Preferences, use_viewer};
use crate::i18n::{Text, role_name, salutation_name, use_text};
use crate::load::Loaded;
use crate::ui::{
    Actions, Banner, Button, Card, EmailText, ErrorSummary, Fact, Facts, Hint, LinkButton, Notice, PageHead,
    PageTitle, Section, Stack, Tags, use_announcer,
};

/// Gives up a change of the address. Outlives the data that is shown, so that a refusal stays.
#[derive(Clone, Copy)]
struct CancelEmailChange(Form);

/// The own data, and the ways to change it.
#[component]
pub fn Profile() -> impl IntoView {
    let t = use_text();
    let profile = use_profile();
    let cancel = use_form("/api/accounts/cancel_email_change");
    provide_context(CancelEmailChange(cancel));
    let announcer = use_announcer();
    cancel.on_accepted(move || {
        profile.refetch();
        announcer.say(t.done_email_cancelled());
        // The button goes with the address that waited.
        announcer.row_removed();
    });
    view! {
        <Frame>
            <Loaded data=profile render=|profile: ProfileView| view! { <ProfilePage profile/> }/>
        </Frame>
    }
}

#[component]
fn ProfilePage(profile: ProfileView) -> impl IntoView {
    let t = use_text();
    let CancelEmailChange(cancel) = expect_context();
    let member = use_viewer().user.is_some_and(|user| user.in_company);
    let place = if member { t.profile_company() } else { t.profile_customer() };
    let roles: Vec<String> = if member {
        profile
            .roles
            .iter()
            .filter_map(|key| Role::from_key(key))
            .map(|role| role_name(t, role).to_owned())
            .collect()
    } else {
        vec![t.profile_business_user().to_owned()]
    };
    let waiting = profile.pending_email.map(|new| {
        let text = t.email_waits_text(&new, &profile.email);
        view! {
            <Banner
                kind=Notice::Info
                title=t.email_waits_title()
                action=move || {
                    view! {
                        <PostForm form=cancel>
                            <Button busy=cancel.busy()>{t.cancel_email_change()}</Button>
                        </PostForm>
                    }
                }
            >
                {text}
            </Banner>
        }
    });
    let changed = if profile.password_changed.is_empty() {
        t.profile_password_never().to_owned()
    } else {
        profile.password_changed
    };
    view! {
        <PageTitle text=t.nav_profile() error=cancel.failed()/>
        <ErrorSummary errors=cancel.errors()/>
        <DoneNotice words=done_words/>
        <PageHead title=t.nav_profile() lead=t.profile_lead()/>
        {waiting}
        <Section title=t.profile_person()>
            <Card>
                <Stack>
                    <Facts>
                        <Fact term=t.salutation()>{salutation_name(t, profile.salutation)}</Fact>
                        <Fact term=t.full_name()>{profile.name}</Fact>
                        <Fact term=place>{profile.belongs_to}</Fact>
                        <Fact term=t.profile_roles()><Tags list=roles/></Fact>
                    </Facts>
                    {member.then(|| view! { <Hint>{t.profile_managed()}</Hint> })}
                </Stack>
            </Card>
        </Section>
        <Section title=t.profile_signing_in()>
            <Card>
                <Stack>
                    <Facts>
                        <Fact term=t.email()><EmailText address=profile.email/></Fact>
                        <Fact term=t.profile_password_changed()>{changed}</Fact>
                    </Facts>
                    <Actions>
                        <LinkButton href="/profile/email">{t.change_email()}</LinkButton>
                        <LinkButton href="/profile/password">{t.change_password()}</LinkButton>
                        <LinkButton href="/profile/sessions">{t.show_sessions()}</LinkButton>
                    </Actions>
                </Stack>
            </Card>
        </Section>
        <Section title=t.profile_look()>
            <Preferences/>
        </Section>
    }
    .into_any()
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "password_changed" => Some(t.done_password_changed()),
        "email_requested" => Some(t.done_email_requested()),
        "email_cancelled" => Some(t.done_email_cancelled()),
        _ => None,
    }
}
