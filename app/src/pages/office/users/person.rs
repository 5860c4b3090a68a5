use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{PersonPage, PersonPlace, UserStatus};

use super::status_badge;
use crate::address::address;
use crate::api::office::users::OfficeUsersPerson;
use crate::form::{Form, PostForm, on_repeat, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, SendAgain, link_to_audit, say_done};
use crate::i18n::{Text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, CheckField, EmailText, ErrorSummary, Fact, Facts, LinkButton, Look,
    Narrow, Notice, PageHead, PageTitle, Section, Stack, Tags, TextLink,
};

/// One person: the account, and where the person acts.
#[component]
pub fn OfficeUser() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    // What was done just before has changed the person.
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || OfficeUsersPerson { person: id.get_untracked() });
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <OfficeFrame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "activated" => Some(t.done_person_activated()),
        "deactivated" => Some(t.done_person_deactivated()),
        "link_sent" => Some(t.done_person_link()),
        "second_step_reset" => Some(t.done_second_step_reset()),
        "signed_out" => Some(t.done_person_signed_out()),
        "erased" => Some(t.done_person_erased()),
        "moved" => Some(t.done_person_moved()),
        "merged" => Some(t.done_person_merged()),
        "view_ended" => Some(t.done_view_ended()),
        _ => None,
    }
}

fn shown(page: PersonPage) -> AnyView {
    view! { <Person page/> }.into_any()
}

#[component]
fn Person(page: PersonPage) -> impl IntoView {
    let t = use_text();
    let form = use_form_of(
        "/api/office/users_deactivate",
        &[
            "/api/office/users_activate",
            "/api/office/users_password_link",
            "/api/office/users_end_sessions",
            "/api/office/users_reset_second_step",
        ],
    );
    let id = page.id.to_string();
    let sessions = match page.sessions {
        0 => t.person_no_browser().to_owned(),
        n => t.person_browsers(n),
    };
    let password = if page.has_password { t.person_password_set() } else { t.person_password_none() };
    let second_step = if page.second_step { t.two_step_is_on() } else { t.two_step_is_off() };
    let login = page.email.to_string();
    let account = (page.can_manage && !page.erased).then(|| {
        let id = id.clone();
        let code = format!("/office/users/{id}/code");
        let merge = format!("/office/users/{id}/merge");
        let link = page.has_password.then(|| {
            view! { <Button formaction="/api/office/users_password_link">{t.person_password_link()}</Button> }
        });
        let reset = page.second_step.then(|| {
            view! {
                <Button look=Look::Danger formaction="/api/office/users_reset_second_step">
                    {t.colleague_step_reset()}
                </Button>
            }
        });
        view! {
            <PostForm form>
                <input type="hidden" name="person" value=id/>
                <Actions>
                    {link}
                    <Button formaction="/api/office/users_end_sessions">{t.person_sign_out()}</Button>
                    {reset}
                    <LinkButton href=code>{t.person_code()}</LinkButton>
                    <LinkButton href=merge>{t.person_merge()}</LinkButton>
                </Actions>
            </PostForm>
        }
    });
    let merged = page.merged_into.clone().map(|(kept, name)| {
        let href = format!("/office/users/{kept}");
        view! { <Banner kind=Notice::Info>{t.person_merged()} " " <TextLink href=href>{name}</TextLink></Banner> }
    });
    let bounce = page.bounce.clone().map(|note| {
        let title = t.mail_bounced(&note.who, &note.when);
        view! { <Banner kind=Notice::Warn title=title><bdi>{note.note}</bdi></Banner> }
    });
    let mails = (page.can_see_mails && !page.erased).then(|| {
        let there = address("/office/mail", &[("q", login.clone())]);
        view! { <TextLink href=there>{t.mails_of_person()}</TextLink> }
    });
    let audit = link_to_audit("person", page.email.as_str());
    let data = page.can_privacy.then(|| privacy(t, &page));
    let rights = Rights { manage: page.can_manage && !page.erased, view: page.can_view && !page.erased };
    let places: Vec<_> = page.places.iter().map(|one| place(t, form, &id, one, rights)).collect();
    view! {
        <Narrow>
            <PageTitle text=format!("{} · {}", page.name, t.office_users()) error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=page.name.clone() parent=("/office/users?list=all".to_owned(), t.office_users().to_owned()) actions=move || audit/>
            <SendAgain form/>
            <Stack>
                {page.erased.then(|| view! { <Banner kind=Notice::Info>{t.person_erased()}</Banner> })}
                {merged}
                {bounce}
                <Card title=t.person_facts()>
                    <Stack>
                        <Facts>
                            <Fact term=t.login()><EmailText address=login/></Fact>
                            <Fact term=t.language()>{page.language.clone()}</Fact>
                            <Fact term=t.person_password()>{password}</Fact>
                            <Fact term=t.two_step()>{second_step}</Fact>
                            <Fact term=t.person_sessions()>{sessions}</Fact>
                            <Fact term=t.person_since()>{page.created.clone()}</Fact>
                        </Facts>
                        {mails}
                        {account}
                    </Stack>
                </Card>
                <Section title=t.person_places()><Stack>{places}</Stack></Section>
                {data}
            </Stack>
        </Narrow>
    }
    .into_any()
}

/// What the reader may do to the person.
#[derive(Clone, Copy)]
struct Rights {
    manage: bool,
    view: bool,
}

fn place(t: Text, form: Form, person: &str, place: &PersonPlace, rights: Rights) -> AnyView {
    let company = place.company.map(|id| id.to_string()).unwrap_or_default();
    let roles: Vec<String> = place.roles.iter().map(|role| role_label(t, role)).collect();
    let name = match place.company {
        Some(id) => {
            let words = place.name.clone();
            view! { <TextLink href=format!("/office/companies/{id}")>{words}</TextLink> }.into_any()
        }
        None => place.name.clone().into_any(),
    };
    let seen = if place.last_seen.is_empty() { t.never_seen().to_owned() } else { place.last_seen.clone() };
    let off = place.status == UserStatus::Deactivated;
    let acts = place.open && matches!(place.status, UserStatus::Active | UserStatus::Locked);
    let view_as = (rights.view && acts).then(|| {
        let href = address(&format!("/office/users/{person}/view"), &[("company", company.clone())]);
        let words = t.person_view(&place.name);
        view! { <LinkButton href=href>{words}</LinkButton> }
    });
    let moves = place.moves.then(|| view! { <Banner kind=Notice::Info>{t.place_moves_text()}</Banner> });
    let move_on = (place.moves && rights.manage && !off).then(|| {
        let words = t.place_move(&place.name);
        view! { <LinkButton href=format!("/office/users/{person}/move")>{words}</LinkButton> }
    });
    let alone = (rights.manage && place.last_main_contact).then(|| {
        let id = format!("alone-{company}");
        view! { <CheckField name="alone" id=id label=t.leave_alone() hint=t.leave_alone_hint()/> }
    });
    let switch = rights.manage.then(|| {
        if off {
            let words = t.person_activate(&place.name);
            view! { <Button formaction="/api/office/users_activate">{words}</Button> }.into_any()
        } else {
            let words = t.person_deactivate(&place.name);
            view! { <Button look=Look::Danger>{words}</Button> }.into_any()
        }
    });
    let (status, number, person) = (place.status, place.number.clone(), person.to_owned());
    view! {
        <Card>
            <PostForm form>
                <input type="hidden" name="person" value=person/>
                <input type="hidden" name="company" value=company/>
                <Stack>
                    <Facts>
                        <Fact term=t.company_facts()>{name}</Fact>
                        <Fact term=t.customer_number()>{number}</Fact>
                        <Fact term=t.status()>{status_badge(status)}</Fact>
                        {(!roles.is_empty()).then(|| view! { <Fact term=t.col_roles()><Tags list=roles/></Fact> })}
                        <Fact term=t.col_last_seen()>{seen}</Fact>
                    </Facts>
                    {moves}
                    {alone}
                    <Actions>{switch} {view_as} {move_on}</Actions>
                </Stack>
            </PostForm>
        </Card>
    }
    .into_any()
}

fn privacy(t: Text, page: &PersonPage) -> AnyView {
    let (file, erase) =
        (format!("/office/users/{}/data.json", page.id), format!("/office/users/{}/erase", page.id));
    // What was merged into another account is erased with that.
    let erase = (!page.erased && page.merged_into.is_none())
        .then(|| view! { <LinkButton href=erase look=Look::Danger>{t.person_erase()}</LinkButton> });
    view! {
        <Section title=t.person_data() lead=t.person_data_lead()>
            <Actions>
                <LinkButton href=file external=true>{t.person_export()}</LinkButton>
                {erase}
            </Actions>
        </Section>
    }
    .into_any()
}
