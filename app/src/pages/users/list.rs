use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{
    ContactsBlock, Count, ReviewProgress, Role, RoleLabel, RoleRef, UserStatus, UsersPage, UsersQuery,
};

use super::contacts::{ContactsTable, StaleContacts};
use super::done::UserDone;
use super::table::UsersTable;
use super::tabs::{Shown, UsersHead};
use crate::api::Failure;
use crate::api::users::List;
use crate::form::use_repeats;
use crate::frame::Frame;
use crate::i18n::{Text, error_text, role_label, status_text, use_text};
use crate::live::{renew, use_news};
use crate::load::{Loaded, read, read_by_itself, use_data};
use crate::ui::{
    Banner, Card, Chip, Chips, Choice, Empty, EmptyState, ErrorSummary, FilterBar, FilterSearch,
    FilterSelect, LinkButton, Notice, PageTitle, Pager, Section,
};

/// The shop users, and the first ERP contacts without access.
#[component]
pub fn Users() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // A note such as `done` asks for no other rows, but what it tells of changed them.
    let repeats = use_repeats();
    let asked = Memo::new(move |_| {
        let done = query.with(|q| (q.get("done"), q.get("user")));
        (query.with(|q| UsersQuery::read(|name| q.get(name))), (done, repeats.get()))
    });
    provide_context(Asked(asked));
    let first = asked.get_untracked().0;
    let page = use_data(String::new, move || List::of(&first));
    view! {
        <Frame>
            <PageTitle text=t.nav_users()/>
            <UserDone/>
            <Loaded data=page render=living/>
        </Frame>
    }
}

/// What the page's address asks for, and what was done just before.
#[derive(Clone, Copy)]
struct Asked(Memo<Wanted>);

/// The rows, and the code and user of what was done with how often that was repeated.
type Wanted = (UsersQuery, ((Option<String>, Option<String>), u32));

/// The page once its first rows are there. Later ones replace them in place, so that the
/// filters keep what is being typed, and the rows on show stay until the new ones come.
fn living(first: UsersPage) -> impl IntoView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let page = RwSignal::new(first);
    let shown = RwSignal::new(asked.get_untracked().0);
    let failure = RwSignal::new(Vec::new());
    let news = use_news("/users/live");
    // The news that the rows on show tell of.
    let told = StoredValue::new(0);
    Effect::new(move |before: Option<(Wanted, u32)>| {
        let now = (asked.get(), news.get());
        if let Some(before) = before.filter(|before| *before != now) {
            let (wanted, number) = now.clone();
            let by_itself = before.0 == wanted;
            leptos::task::spawn_local(async move {
                let ask = List::of(&wanted.0);
                let answer = if by_itself { read_by_itself(ask).await } else { read(ask).await };
                if by_itself && answer.is_err() {
                    return;
                }
                let show = move || {
                    if asked.try_get_untracked().as_ref() != Some(&wanted) || told.get_value() > number {
                        return;
                    }
                    told.set_value(number);
                    match answer {
                        Ok(rows) => {
                            failure.set(Vec::new());
                            shown.set(wanted.0);
                            page.set(rows);
                        }
                        Err(Failure(error)) => failure.set(vec![(String::new(), error_text(t, &error))]),
                    }
                };
                if by_itself { renew(Box::new(show)) } else { show() }
            });
        }
        now
    });
    let summary = Signal::derive(move || page.with(|page| count_text(t, page.users.total)));
    let active =
        Signal::derive(move || shown.with(|query| page.with(|page| chips(t, query, &page.own_roles))));
    view! {
        <ErrorSummary errors=failure/>
        {move || page.with(|page| view! {
            <UsersHead
                shown=Shown::Users
                company=page.company.clone()
                counts=page.counts
                can_manage=page.can_manage
                export=export(&shown.get_untracked())
            />
        }.into_any())}
        {move || page.with(|page| page.review.map(|progress| review_due(t, progress)))}
        <Card flush=true>
            <Filters query=shown.get_untracked() own_roles=page.with_untracked(|page| page.own_roles.clone())/>
            <Chips summary=summary chips=active clear="/users"/>
            {move || page.with(|page| rows(t, page, &shown.get_untracked()))}
        </Card>
        {move || page.with(|page| view! {
            <Contacts contacts=page.contacts.clone() can_manage=page.can_manage total=page.counts.contacts/>
        }.into_any())}
    }
    .into_any()
}

/// Says that it is time to review who has access.
fn review_due(t: Text, progress: ReviewProgress) -> AnyView {
    let words = t.review_progress(progress.confirmed, progress.total);
    let action =
        move || view! { <LinkButton href="/users/review">{t.review_access()}</LinkButton> }.into_any();
    view! { <Banner kind=Notice::Warn title=t.overview_review() action=action>{words}</Banner> }.into_any()
}

fn rows(t: Text, page: &UsersPage, query: &UsersQuery) -> AnyView {
    let users = page.users.clone();
    if users.rows.is_empty() {
        return view! {
            <EmptyState kind=Empty::NoMatch title=t.no_match_title() text=t.no_match_text()>
                <LinkButton href="/users">{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let turned =
        |after: Option<String>, before: Option<String>| UsersQuery { after, before, ..query.clone() };
    let previous = users.before.clone().map(|row| address(&turned(None, Some(row))));
    let next = users.after.clone().map(|row| address(&turned(Some(row), None)));
    let summary = count_text(t, users.total);
    view! {
        <UsersTable rows=users.rows query=query.clone() can_manage=page.can_manage own_roles=page.own_roles.clone()/>
        <Pager summary=summary previous next/>
    }
    .into_any()
}

/// The list's address for a query.
pub(super) fn address(query: &UsersQuery) -> String {
    crate::address::address("/users", &query.pairs())
}

/// The address of the whole list as a file.
fn export(query: &UsersQuery) -> String {
    let whole = UsersQuery { after: None, before: None, ..query.clone() };
    crate::address::file("/users/export.csv", whole.pairs())
}

#[component]
fn Filters(query: UsersQuery, own_roles: Vec<RoleLabel>) -> impl IntoView {
    let t = use_text();
    let status = query.status.map(UserStatus::key).unwrap_or_default();
    let role = query.role.map(RoleRef::key).unwrap_or_default();
    let mut statuses = vec![Choice::new("", t.any_status())];
    statuses.extend(UserStatus::ALL.map(|s| Choice::new(s.key(), status_text(t, s))));
    let mut roles = vec![Choice::new("", t.any_role())];
    roles.extend(role_choices(t, &own_roles));
    let sort = query
        .pairs()
        .into_iter()
        .find(|(name, _)| *name == "sort")
        .map(|(_, value)| value)
        .unwrap_or_default();
    view! {
        <FilterBar action="/users" label=t.filter_users()>
            <FilterSearch label=t.search_users() placeholder=t.search_users() value=query.q/>
            <FilterSelect name="status" label=t.status() options=statuses value=status/>
            <FilterSelect name="role" label=t.role() options=roles value=role/>
            <input type="hidden" name="sort" value=sort/>
        </FilterBar>
    }
    .into_any()
}

/// All roles of the company, to choose one.
pub(super) fn role_choices(t: Text, own_roles: &[RoleLabel]) -> impl Iterator<Item = Choice> {
    let all = Role::ALL.into_iter().map(RoleLabel::from).chain(own_roles.iter().cloned());
    all.map(move |label| Choice::new(label.role.key(), role_label(t, &label)))
}

fn chips(t: Text, query: &UsersQuery, own_roles: &[RoleLabel]) -> Vec<Chip> {
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
        chips.push(Chip::new(chip_role(t, role, own_roles), without(|q| q.role = None)));
    }
    chips
}

/// The filter by a role, in words.
pub(super) fn chip_role(t: Text, role: RoleRef, own_roles: &[RoleLabel]) -> String {
    let name = match role {
        RoleRef::BuiltIn(role) => role_label(t, &role.into()),
        RoleRef::Own(_) => own_roles
            .iter()
            .find(|label| label.role == role)
            .map_or_else(|| t.unknown_role().to_owned(), |label| label.own_name.clone()),
    };
    t.chip_role(&name)
}

pub(in crate::pages) fn count_text(t: Text, count: Count) -> String {
    if count.n == 1 { t.one_user().to_owned() } else { t.users_count(count.to_string()) }
}

#[component]
fn Contacts(contacts: ContactsBlock, can_manage: bool, total: u32) -> impl IntoView {
    let t = use_text();
    let all = ("/users/contacts".to_owned(), t.show_all_contacts(total));
    match contacts {
        ContactsBlock::Unavailable => {
            view! { <Banner kind=Notice::Unavailable>{t.contacts_unavailable()}</Banner> }.into_any()
        }
        ContactsBlock::Stale { as_of, rows } => {
            view! { <Section title=t.contacts_table() link=all><StaleContacts as_of rows/></Section> }
                .into_any()
        }
        ContactsBlock::Fresh(rows) if rows.is_empty() => ().into_any(),
        ContactsBlock::Fresh(rows) => view! {
            <Section title=t.contacts_table() lead=t.contacts_lead() link=all>
                <ContactsTable rows can_manage/>
            </Section>
        }
        .into_any(),
    }
}
