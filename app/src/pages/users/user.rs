use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{ColleagueStep, Permission, Scope, UserDetail, UserStatus};

use super::done::UserDone;
use super::fields::UserFields;
use super::table::{UserActions, shape};
use crate::address::address;
use crate::api::users;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, Frame, PasswordAgain, say_done, use_viewer};
use crate::i18n::{Text, colleague_step_text, role_label, status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, ErrorSummary, Fact, Facts, Hint, LinkButton, Look, Narrow, Notice,
    PageHead, PageTitle, SaveBar, Section, Stack, Tags, TextLink,
};

/// One user: details, roles and budgets.
#[component]
pub fn UsersUser() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    // What was done just before has changed the user.
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || users::Get { user: id.get_untracked() });
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <Frame>
            <UserDone/>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

/// What only this page does; the rest is told by [`UserDone`].
fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "second_step_reset").then(|| t.done_second_step_reset())
}

fn shown(user: UserDetail) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/edit");
    let reset = use_form("/api/users/reset_second_step");
    let failed = Signal::derive(move || form.failed().get() || reset.failed().get());
    let signing_in = user.can_manage.then(|| second_step(t, &user, reset));
    let row = user.row.clone();
    let meta = {
        let row = row.clone();
        let created = user.created.clone();
        move || {
            let seen = (!row.last_seen.is_empty()).then(|| format!(" {} ·", t.last_seen_at(&row.last_seen)));
            view! { <Badge status=shape(row.status)>{status_text(t, row.status)}</Badge> {seen} " " {t.created_at(&created)} }
        }
    };
    let actions = {
        let row = row.clone();
        let can_manage = user.can_manage;
        let viewer = use_viewer().user;
        let may_see = viewer.is_some_and(|v| v.grants.allow(Permission::AuditView, Scope::Company));
        let history = address("/company/activity", &[("person", row.email.clone())]);
        move || {
            view! {
                {may_see.then(|| view! { <LinkButton href=history look=Look::Quiet>{t.nav_activity()}</LinkButton> }.into_any())}
                {can_manage.then(|| view! { <UserActions row=row.clone()/> }.into_any())}
            }
        }
    };
    let pending = user.pending_email.clone();
    let hint = (!matches!(row.status, UserStatus::Invited | UserStatus::InvitationExpired))
        .then(|| t.email_change_hint().to_owned());
    let body = if user.can_manage {
        view! {
            <PostForm form>
                <Stack>
                    <input type="hidden" name="user" value=row.id.to_string()/>
                    <input type="hidden" name="version" value=form.value("version", user.version.to_string())/>
                    <UserFields form start=user.form.clone() email_hint=hint/>
                    <SaveBar discard=format!("/users/{}", row.id) busy=form.busy()/>
                </Stack>
            </PostForm>
        }
        .into_any()
    } else {
        let roles: Vec<String> = row.roles.iter().map(|role| role_label(t, role)).collect();
        view! {
            <Card>
                <Facts>
                    <Fact term=t.work_email()>{row.email.clone()}</Fact>
                    <Fact term=t.col_roles()><Tags list=roles/></Fact>
                </Facts>
            </Card>
        }
        .into_any()
    };
    view! {
        <Narrow>
            <PageTitle text=format!("{} · {}", row.name, t.nav_users()) error=failed/>
            <ErrorSummary errors=errors_of(vec![form, reset])/>
            <PageHead title=row.name.clone() parent=("/users".to_owned(), t.nav_users().to_owned()) meta=meta actions=actions/>
            {pending.map(|email| view! { <Banner kind=Notice::Info>{t.pending_email(&email)}</Banner> }.into_any())}
            {body}
            {signing_in}
        </Narrow>
    }
    .into_any()
}

/// How the user signs in, and the way back in for who lost both app and codes.
fn second_step(t: Text, user: &UserDetail, form: Form) -> AnyView {
    let id = user.row.id.to_string();
    let more = match user.second_step {
        ColleagueStep::Off => ().into_any(),
        ColleagueStep::OfOthersToo => view! { <Hint>{t.colleague_step_others()}</Hint> }.into_any(),
        ColleagueStep::Own => view! {
            <Hint>{t.colleague_step_own()} " " <TextLink href="/profile/second-step">{t.two_step()}</TextLink></Hint>
        }
        .into_any(),
        ColleagueStep::On => view! {
            <PostForm form>
                <Stack>
                    <input type="hidden" name="user" value=id/>
                    <Hint>{t.colleague_step_reset_hint()}</Hint>
                    <PasswordAgain form/>
                    <Actions>
                        <Button look=Look::Danger busy=form.busy()>{t.colleague_step_reset()}</Button>
                    </Actions>
                </Stack>
            </PostForm>
        }
        .into_any(),
    };
    let state = colleague_step_text(t, user.second_step);
    view! {
        <Section title=t.profile_signing_in()>
            <Card>
                <Stack>
                    <Facts><Fact term=t.two_step()>{state}</Fact></Facts>
                    {more}
                    <Actions><LinkButton href="/users/settings" look=Look::Quiet>{t.users_settings()}</LinkButton></Actions>
                </Stack>
            </Card>
        </Section>
    }
    .into_any()
}
