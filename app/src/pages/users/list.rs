use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ContactsBlock, Count, Role, UserStatus, UsersPage, UsersQuery};

use super::contacts::ContactsTable;
use super::done::UserDone;
use super::table::UsersTable;
use super::tabs::{Shown, UsersHead};
use crate::api::users::list;
use crate::frame::Frame;
use crate::i18n::{Text, role_name, status_text, use_text};
use crate::load::Loaded;
use crate::ui::{
    Banner, Card, Chip, Chips, Choice, Empty, EmptyState, FilterBar, FilterSearch, FilterSelect, LinkButton, Notice,
    PageTitle, Pager, Section, StatCard, Stats,
};

/// The shop users, and the first ERP contacts without access.
#[component]
pub fn Users() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // Only what the list is asked for; a note such as `done` changes no data, but what it tells
    // of did, so it counts too.
    let asked = Memo::new(move |_| query.with(|q| (UsersQuery::read(|name| q.get(name)), q.get("done"), q.get("user"))));
    provide_context(Asked(asked));
    let page = Resource::new(
        move || asked.get().0.pairs().into_iter().chain(asked.get().1.map(|done| ("done", done))).collect::<Vec<_>>(),
        |pairs| async move {
            let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default();
            list(get("q"), get("status"), get("role"), get("sort"), get("after"), get("before")).await
        },
    );
    view! {
        <Frame>
            <PageTitle text=t.nav_users()/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

/// What the page's address asks for, for the parts of the page.
#[derive(Clone, Copy)]
pub(super) struct Asked(Memo<(UsersQuery, Option<String>, Option<String>)>);

/// The query of the list on show.
pub(super) fn use_asked() -> UsersQuery {
    expect_context::<Asked>().0.get_untracked().0
}

/// The list's address for a query.
pub(super) fn address(query: &UsersQuery) -> String {
    let pairs = query.pairs();
    if pairs.is_empty() {
        return "/users".to_owned();
    }
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={}", escape(&value))).collect();
    format!("/users?{}", pairs.join("&"))
}

/// Percent-encodes a value for an address.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn shown(page: UsersPage) -> impl IntoView {
    let t = use_text();
    let query = use_asked();
    let stats = vec![
        StatCard::new(t.stat_active(), page.counts.active.to_string()).href("/users?status=active"),
        StatCard::new(t.stat_waiting(), page.counts.invitations.to_string()).href("/users/invitations"),
        StatCard::new(t.stat_contacts(), page.counts.contacts.to_string()).href("/users/contacts"),
    ];
    let UsersPage { company, users, counts, contacts, can_manage } = page;
    let turned = |after: Option<String>, before: Option<String>| UsersQuery { after, before, ..query.clone() };
    let previous = users.before.clone().map(|row| address(&turned(None, Some(row))));
    let next = users.after.clone().map(|row| address(&turned(Some(row), None)));
    let summary = count_text(t, users.total);
    let list = if users.rows.is_empty() {
        view! {
            <EmptyState kind=Empty::NoMatch title=t.no_match_title() text=t.no_match_text()>
                <LinkButton href="/users">{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <UsersTable rows=users.rows query=query.clone() can_manage/> <Pager summary=summary.clone() previous next/> }.into_any()
    };
    view! {
        <UsersHead shown=Shown::Users company counts can_manage/>
        <Stats cards=stats/>
        <Card flush=true>
            <Filters query=query.clone()/>
            <Chips summary=summary chips=chips(t, &query) clear="/users"/>
            {list}
        </Card>
        <Contacts contacts can_manage total=counts.contacts/>
    }
    .into_any()
}

#[component]
fn Filters(query: UsersQuery) -> impl IntoView {
    let t = use_text();
    let status = query.status.map(UserStatus::key).unwrap_or_default();
    let role = query.role.map(Role::key).unwrap_or_default();
    let mut statuses = vec![Choice::new("", t.any_status())];
    statuses.extend(UserStatus::ALL.map(|s| Choice::new(s.key(), status_text(t, s))));
    let mut roles = vec![Choice::new("", t.any_role())];
    roles.extend(Role::ALL.map(|r| Choice::new(r.key(), role_name(t, r))));
    let sort = query.pairs().into_iter().find(|(name, _)| *name == "sort").map(|(_, value)| value);
    view! {
        <FilterBar action="/users" label=t.filter_users()>
            <FilterSearch label=t.search_users() placeholder=t.search_users() value=query.q/>
            <FilterSelect name="status" label=t.status() options=statuses value=status/>
            <FilterSelect name="role" label=t.role() options=roles value=role/>
            {sort.map(|sort| view! { <input type="hidden" name="sort" value=sort/> })}
        </FilterBar>
    }
    .into_any()
}

fn chips(t: Text, query: &UsersQuery) -> Vec<Chip> {
    let without = |change: fn(&mut UsersQuery)| {
        let mut query = UsersQuery { after: None, before: None, ..query.clone() };
        change(&mut query);
        address(&query)
    };
    let mut chips = Vec::new();
    if !query.q.is_empty() {
        chips.push(Chip::new(t.chip_search(&query.q), without(|q| q.q.clear())));
    }
    if let Some(status) = query.status {
        chips.push(Chip::new(t.chip_status(status_text(t, status)), without(|q| q.status = None)));
    }
    if let Some(role) = query.role {
        chips.push(Chip::new(t.chip_role(role_name(t, role)), without(|q| q.role = None)));
    }
    chips
}

fn count_text(t: Text, count: Count) -> String {
    if count.n == 1 { t.one_user().to_owned() } else { t.users_count(count.to_string()) }
}

#[component]
fn Contacts(contacts: ContactsBlock, can_manage: bool, total: u32) -> impl IntoView {
    let t = use_text();
    match contacts {
        ContactsBlock::Unavailable => view! { <Banner kind=Notice::Unavailable>{t.contacts_unavailable()}</Banner> }.into_any(),
        ContactsBlock::Fresh(rows) if rows.is_empty() => ().into_any(),
        ContactsBlock::Fresh(rows) => {
            let all = ("/users/contacts".to_owned(), t.show_all_contacts(total));
            view! {
                <Section title=t.contacts_table() lead=t.contacts_lead() link=all>
                    <ContactsTable rows can_manage/>
                </Section>
            }
            .into_any()
        }
    }
}
