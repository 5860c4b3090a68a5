use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AccessInvitation, AccessPage, AccessPerson, CustomerAccess};

use super::give::GiveForm;
use super::{CustomerTop, Shown, use_number};
use crate::api::office::customers::OfficeCustomersAccess;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, role_label, status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, At, Badge, Banner, Button, Card, Cell, CheckField, Column, Dialog, Empty, EmptyState,
    ErrorSummary, Hint, Look, Notice, PersonCell, Section, Table, Tags,
};

/// *Access* of a customer: who has it, and giving it.
#[component]
pub fn OfficeCustomerAccess() -> impl IntoView {
    let number = use_number();
    let query = use_query_map();
    // What was done just before has changed the page.
    let key = move || number.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || OfficeCustomersAccess { customer: number.get_untracked() });
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
    Some(match code {
        "given" => t.access_done_given(),
        "given_reused" => t.access_done_given_reused(),
        "given_silent" => t.access_done_given_silent(),
        "given_reused_silent" => t.access_done_given_reused_silent(),
        "revoked" => t.access_done_revoked(),
        "closed" => t.access_done_closed(),
        "mailed" => t.access_done_mailed(),
        _ => return None,
    })
}

fn shown(page: AccessPage) -> AnyView {
    let t = use_text();
    let give = use_form("/api/office/customers_give");
    let revoke = use_form("/api/office/customers_revoke");
    let mail = use_form("/api/office/customers_mail");
    let closed = (page.access == CustomerAccess::Closed)
        .then(|| view! { <Banner kind=Notice::Warn>{t.access_closed()}</Banner> });
    let business =
        (!page.customer_center).then(|| view! { <Banner kind=Notice::Info>{t.access_business()}</Banner> });
    let cut = page.cut.then(|| view! { <Banner kind=Notice::Info>{t.access_cut()}</Banner> });
    let number = page.head.number.clone();
    let people = if page.people.is_empty() {
        view! { <Card><EmptyState kind=Empty::Nothing title=t.access_people_none()/></Card> }.into_any()
    } else {
        view! { <People people=page.people number=number.clone() revoke mail/> }.into_any()
    };
    let left = if page.boxes.is_empty() {
        view! { <Card><EmptyState kind=Empty::Nothing title=t.access_nobody_left()/></Card> }.into_any()
    } else {
        view! { <GiveForm form=give number boxes=page.boxes roles=page.roles/> }.into_any()
    };
    view! {
        <CustomerTop head=page.head shown=Shown::Access error=give.failed()/>
        <ErrorSummary errors=errors_of(vec![give, revoke, mail])/>
        {closed}
        {business}
        {cut}
        <Section title=t.access_give_title() lead=t.access_give_lead().to_owned()>{left}</Section>
        <Section title=t.access_people()>{people}</Section>
    }
    .into_any()
}

#[component]
fn People(people: Vec<AccessPerson>, number: String, revoke: Form, mail: Form) -> impl IntoView {
    let t = use_text();
    let columns = vec![
        Column::new(t.col_user()),
        Column::new(t.status()),
        Column::new(t.col_roles()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let dialogs = people.iter().map(|person| dialog(t, person, &number, revoke)).collect_view();
    let rows = people.into_iter().map(|person| row(t, person)).collect_view();
    view! {
        <Card flush=true>
            <PostForm form=mail>
                <input type="hidden" name="customer" value=number.clone()/>
                <Table caption=t.access_people() columns=columns cards=true>{rows}</Table>
            </PostForm>
        </Card>
        {dialogs}
    }
    .into_any()
}

fn dialog_id(person: &AccessPerson) -> String {
    format!("revoke-{}", person.user)
}

fn row(t: Text, person: AccessPerson) -> AnyView {
    let roles: Vec<String> = person.roles.iter().map(|role| role_label(t, role)).collect();
    let waits = matches!(person.status, model::UserStatus::Invited | model::UserStatus::InvitationExpired);
    let invitation = waits.then(|| {
        let words = match &person.invitation {
            AccessInvitation::None => t.access_not_invited().to_owned(),
            AccessInvitation::Waits => t.access_invitation_waits().to_owned(),
            AccessInvitation::Until(when) => t.access_invitation(when),
        };
        view! { <Hint>{words}</Hint> }
    });
    let last = person.last.then(|| view! { <Hint>{t.access_last()}</Hint> });
    let dialog = dialog_id(&person);
    view! {
        <tr>
            <PersonCell name=person.name.clone() email=person.email/>
            <Cell><Badge status=crate::pages::users_status(person.status)>{status_text(t, person.status)}</Badge>{invitation}</Cell>
            <Cell><Tags list=roles/>{last}</Cell>
            <Cell at=At::Action>
                <Actions>
                    <Button name="user" value=person.user.to_string() about=person.name.clone()>{t.access_mail()}</Button>
                    <Button opens=dialog look=Look::Quiet about=person.name>{t.access_revoke_open()}</Button>
                </Actions>
            </Cell>
        </tr>
    }
    .into_any()
}

/// The question before an access is taken back, outside of the table's form.
fn dialog(t: Text, person: &AccessPerson, number: &str, form: Form) -> AnyView {
    let (id, user) = (dialog_id(person), person.user.to_string());
    let form_id = format!("{id}-form");
    let of = form_id.clone();
    let meant = person.last.then(|| {
        view! { <CheckField name="meant" label=t.access_meant() error=form.error("meant")/> }
    });
    let (customer, value) = (number.to_owned(), user.clone());
    view! {
        <Dialog
            id=id
            title=t.access_revoke_title(&person.name)
            keep=t.access_revoke_keep()
            bare=true
            actions=move || view! { <Button look=Look::Danger form=of>{t.access_revoke()}</Button> }
        >
            <PostForm form id=form_id>
                <input type="hidden" name="customer" value=customer/>
                <input type="hidden" name="user" value=value/>
                <Hint>{t.access_revoke_text()}</Hint>
                {meant}
            </PostForm>
        </Dialog>
    }
    .into_any()
}
