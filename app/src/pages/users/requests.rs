use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AccessRequestRow, AskingContact, SideList};

use super::done::UserDone;
use super::tabs::{Shown, UsersHead};
use crate::api::users::AccessRequests;
use crate::frame::Frame;
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, At, Card, Cell, Column, EmailText, Empty, EmptyState, Fact, Facts, Hint, LinkButton, Look,
    PageTitle, PersonCell, Table, TextLink, TimeText, TypedText,
};

/// Requests for access that wait for a decision.
#[component]
pub fn UsersRequests() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before has changed the list.
    let page = use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || AccessRequests {});
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_requests(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<Vec<AccessRequestRow>>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let list = if list.is_empty() {
        view! { <Card><EmptyState kind=Empty::Nothing title=t.no_requests() text=t.no_requests_text()/></Card> }.into_any()
    } else {
        view! { <RequestsTable rows=list can_manage/> }.into_any()
    };
    view! { <UsersHead shown=Shown::Requests company counts can_manage/> {list} }.into_any()
}

#[component]
fn RequestsTable(rows: Vec<AccessRequestRow>, can_manage: bool) -> impl IntoView {
    let t = use_text();
    let columns = vec![
        Column::new(t.col_name()),
        Column::new(t.col_asked()),
        Column::new(t.col_message()),
        Column::new(t.col_erp_contact()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let rows = rows.into_iter().map(|row| request(t, row, can_manage)).collect_view();
    view! {
        <Card flush=true>
            <Table caption=t.requests_table() columns=columns cards=true first=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn request(t: Text, row: AccessRequestRow, can_manage: bool) -> impl IntoView {
    let grant = format!("/users/requests/{}", row.id);
    let decline = format!("{grant}/decline");
    let contact = contact(t, &row);
    let message = (!row.message.is_empty()).then(|| view! { <TypedText text=row.message/> }.into_any());
    let (granted, declined) = (row.name.clone(), row.name.clone());
    let actions = can_manage.then(|| {
        // An address is given to one user only, so for who has an account there is nothing to grant.
        let grant = row.user.is_none().then(|| {
            view! { <LinkButton href=grant about=granted>{t.grant_access()}</LinkButton> }.into_any()
        });
        view! {
            <Actions>
                {grant}
                <LinkButton href=decline look=Look::Quiet about=declined>{t.decline_request()}</LinkButton>
            </Actions>
        }
        .into_any()
    });
    view! {
        <tr>
            <PersonCell name=row.name email=row.email/>
            <Cell label=t.col_asked()><TimeText text=row.asked/></Cell>
            <Cell>{message}</Cell>
            <Cell label=t.col_erp_contact()>{contact}</Cell>
            <Cell at=At::Action>{actions}</Cell>
        </tr>
    }
}

/// Whether ERP and shop know the person.
fn contact(t: Text, row: &AccessRequestRow) -> AnyView {
    let known = match &row.contact {
        AskingContact::Known { name, number } => {
            view! { {name.clone()} " " <bdi>{number.clone()}</bdi> }.into_any()
        }
        AskingContact::Unknown => view! { <Hint>{t.erp_contact_unknown()}</Hint> }.into_any(),
        AskingContact::Unavailable => view! { <Hint>{t.erp_contact_unavailable()}</Hint> }.into_any(),
    };
    let user = row.user.map(|user| {
        view! { <div><TextLink href=format!("/users/{user}")>{t.has_account()}</TextLink></div> }.into_any()
    });
    view! { {known} {user} }.into_any()
}

/// Everything that is known of a request, above the forms that decide about it.
#[component]
pub(super) fn RequestFacts(row: AccessRequestRow) -> impl IntoView {
    let t = use_text();
    let contact = contact(t, &row);
    let message = (!row.message.is_empty())
        .then(|| view! { <Fact term=t.col_message()><TypedText text=row.message/></Fact> }.into_any());
    view! {
        <Card>
            <Facts>
                <Fact term=t.col_name()>{row.name}</Fact>
                <Fact term=t.col_email()><EmailText address=row.email/></Fact>
                <Fact term=t.col_asked()><TimeText text=row.asked/></Fact>
                <Fact term=t.col_erp_contact()>{contact}</Fact>
                {message}
            </Facts>
        </Card>
    }
    .into_any()
}
