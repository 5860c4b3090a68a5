use leptos::prelude::*;
use model::{ContactRow, ContactsBlock, SideList};

use super::done::UserDone;
use super::tabs::{Shown, UsersHead};
use crate::api::users::Contacts;
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    At, Banner, Card, Cell, Column, EmailText, Empty, EmptyState, HeadCell, Hint, LinkButton, Notice,
    PageTitle, Table,
};

/// All ERP contacts that are not users yet.
#[component]
pub fn UsersContacts() -> impl IntoView {
    let t = use_text();
    let page = use_data(String::new, || Contacts {});
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_contacts(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<ContactsBlock>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let list = match list {
        ContactsBlock::Stale { as_of, rows } => view! { <StaleContacts as_of rows first=true/> }.into_any(),
        ContactsBlock::Unavailable => {
            view! { <Banner kind=Notice::Unavailable>{t.contacts_unavailable()}</Banner> }.into_any()
        }
        ContactsBlock::Fresh(rows) if rows.is_empty() => {
            view! { <Card><EmptyState kind=Empty::Nothing title=t.no_contacts_left()/></Card> }.into_any()
        }
        ContactsBlock::Fresh(rows) => view! { <ContactsTable rows can_manage first=true/> }.into_any(),
    };
    view! { <UsersHead shown=Shown::Contacts company counts can_manage/> {list} }.into_any()
}

/// ERP contacts as they were named before the ERP ceased to answer. Adding one asks it, so that has to wait.
#[component]
pub(super) fn StaleContacts(
    as_of: String,
    rows: Vec<ContactRow>,
    /// The main table of its page
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let t = use_text();
    let table = (!rows.is_empty()).then(|| view! { <ContactsTable rows can_manage=false first/> });
    view! {
        <Banner kind=Notice::Unavailable>{t.contacts_as_of(&as_of)}</Banner>
        {table}
    }
    .into_any()
}

/// ERP contacts, each with its way into the shop.
#[component]
pub(super) fn ContactsTable(
    rows: Vec<ContactRow>,
    can_manage: bool,
    /// The main table of its page
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let t = use_text();
    let columns = vec![
        Column::new(t.col_name()),
        Column::new(t.col_contact_number()).number(),
        Column::new(t.col_email()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let rows = rows.into_iter().map(move |row| {
        let href = format!("/users/contacts/{}", row.contact_number.replace(' ', "%20").replace('/', "%2F"));
        let email = match row.email {
            Some(email) => view! { <EmailText address=email/> }.into_any(),
            None => view! { <Hint>{t.no_email_in_erp()}</Hint> }.into_any(),
        };
        let add = can_manage.then(|| {
            view! { <LinkButton href=href about=row.name.clone()>{t.add_to_shop()}</LinkButton> }.into_any()
        });
        view! {
            <tr>
                <HeadCell>{row.name.clone()}</HeadCell>
                <Cell label=t.col_contact_number() number=true><bdi>{row.contact_number}</bdi></Cell>
                <Cell>{email}</Cell>
                <Cell at=At::Action>{add}</Cell>
            </tr>
        }
        .into_any()
    });
    view! {
        <Card flush=true>
            <Table caption=t.contacts_table() columns=columns cards=true first=first>{rows.collect_view()}</Table>
        </Card>
    }
    .into_any()
}
