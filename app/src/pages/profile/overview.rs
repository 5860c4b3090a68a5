use leptos::prelude::*;
use model::{PlaceChoice, ProfilePage, ProfileView};

use super::fields::ProfileFields;
use crate::api::accounts::ProfileForm;
use crate::form::{Form, PostForm, errors_of, use_form};
use crate::frame::{Appearance, DoneNotice, Frame, SwitchForm, use_viewer};
use crate::i18n::{Text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, EmailText, ErrorSummary, Fact, Facts, Hint, LinkButton, Narrow, Notice,
    PageHead, PageTitle, SaveBar, Section, Stack, Tag, Tags, use_announcer,
};

/// The forms of the page. They outlive the data that is shown, so that a refusal stays.
#[derive(Clone, Copy)]
struct ProfileForms {
    /// Saves the profile
    edit: Form,
    /// Gives up a change of the address
    cancel: Form,
}

/// The own data, and the ways to change it.
#[component]
pub fn Profile() -> impl IntoView {
    let t = use_text();
    let page = use_data(String::new, || ProfileForm {});
    let forms = ProfileForms {
        edit: use_form("/api/accounts/edit_profile"),
        cancel: use_form("/api/accounts/cancel_email_change"),
    };
    provide_context(forms);
    let announcer = use_announcer();
    forms.cancel.on_accepted(move || {
        page.refetch();
        announcer.say(t.done_email_cancelled());
        // The button goes with the address that waited.
        announcer.row_removed();
    });
    view! {
        <Frame>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: ProfilePage) -> AnyView {
    let t = use_text();
    let ProfileForms { edit, cancel } = expect_context();
    let failed = Signal::derive(move || edit.failed().get() || cancel.failed().get());
    let profile = page.profile.clone();
    view! {
        <PageTitle text=t.nav_profile() error=failed/>
        <ErrorSummary errors=errors_of(vec![edit, cancel])/>
        <DoneNotice words=done_words/>
        <PageHead title=t.nav_profile() lead=t.profile_lead()/>
        {waiting(t, &profile, cancel)}
        <Section title=t.profile_person()>
            <Narrow>
                <PostForm form=edit>
                    <Stack>
                        <ProfileFields form=edit page/>
                        <SaveBar discard="/profile" busy=edit.busy() failed=edit.failed()/>
                    </Stack>
                </PostForm>
            </Narrow>
        </Section>
        {place(t, &profile)}
        {signing_in(t, profile)}
        <Section title=t.appearance()>
            <Actions><Appearance/></Actions>
        </Section>
    }
    .into_any()
}

/// The note that a new address waits for its confirmation.
fn waiting(t: Text, profile: &ProfileView, cancel: Form) -> AnyView {
    let Some(new) = &profile.pending_email else { return ().into_any() };
    let text = t.email_waits_text(new, &profile.email);
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
    .into_any()
}

/// For whom the person acts, and as what.
fn place(t: Text, profile: &ProfileView) -> AnyView {
    let member = use_viewer().user.is_some_and(|user| user.in_company);
    let term = if member { t.profile_company() } else { t.profile_customer() };
    let roles: Vec<String> = if member {
        profile.roles.iter().map(|role| role_label(t, role)).collect()
    } else {
        vec![t.profile_business_user().to_owned()]
    };
    let belongs_to = profile.belongs_to.clone();
    let others = companies(t);
    view! {
        <Section title=t.profile_belongs()>
            <Card>
                <Stack>
                    <Facts>
                        <Fact term=term>{belongs_to}</Fact>
                        <Fact term=t.profile_roles()><Tags list=roles/></Fact>
                    </Facts>
                    {member.then(|| view! { <Hint>{t.profile_managed()}</Hint> }.into_any())}
                </Stack>
            </Card>
        </Section>
        {others}
    }
    .into_any()
}

/// All companies of a person who has several, with the ways to switch.
fn companies(t: Text) -> Option<AnyView> {
    let user = use_viewer().user.filter(|user| !user.places.is_empty())?;
    let SwitchForm(form) = use_context()?;
    let rows = user.places.into_iter().map(|PlaceChoice { place, name, current }| {
        let what = if current {
            view! { <Tag>{t.profile_acting()}</Tag> }.into_any()
        } else {
            view! { <Button name="place" value=place.to_string() about=name.clone()>{t.switch_company()}</Button> }
                .into_any()
        };
        view! { <Fact term=name>{what}</Fact> }.into_any()
    });
    let rows = rows.collect_view();
    Some(
        view! {
            <Section title=t.profile_companies() lead=t.switch_company_hint()>
                <Card><PostForm form><Facts>{rows}</Facts></PostForm></Card>
            </Section>
        }
        .into_any(),
    )
}

fn signing_in(t: Text, profile: ProfileView) -> AnyView {
    let changed = if profile.password_changed.is_empty() {
        t.profile_password_never().to_owned()
    } else {
        profile.password_changed
    };
    let second_step = if profile.second_step { t.two_step_is_on() } else { t.two_step_is_off() };
    view! {
        <Section title=t.profile_signing_in()>
            <Card>
                <Stack>
                    <Facts>
                        <Fact term=t.email()><EmailText address=profile.email/></Fact>
                        <Fact term=t.profile_password_changed()>{changed}</Fact>
                        <Fact term=t.two_step()>{second_step}</Fact>
                    </Facts>
                    <Actions>
                        <LinkButton href="/profile/email">{t.change_email()}</LinkButton>
                        <LinkButton href="/profile/password">{t.change_password()}</LinkButton>
                        <LinkButton href="/profile/second-step">{t.two_step()}</LinkButton>
                        <LinkButton href="/profile/sessions">{t.show_sessions()}</LinkButton>
                        <LinkButton href="/profile/activity">{t.show_my_activity()}</LinkButton>
                    </Actions>
                </Stack>
            </Card>
        </Section>
    }
    .into_any()
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "profile_saved" => Some(t.done_profile_saved()),
        "password_changed" => Some(t.done_password_changed()),
        "email_requested" => Some(t.done_email_requested()),
        "email_cancelled" => Some(t.done_email_cancelled()),
        _ => None,
    }
}
