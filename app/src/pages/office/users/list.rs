use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{OfficeCompanyRow, Page, PeopleList, PeoplePage, PeopleQuery, PersonRow, UserStatus};

use super::status_badge;
use crate::address;
use crate::api::office::users::OfficeUsersList;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, people_list_name, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::ui::{
    At, Badge, Card, Cell, Chip, Chips, Column, Empty, EmptyState, ErrorSummary, FilterBar, FilterSearch,
    HeadCell, LinkButton, PageHead, PageTitle, Pager, PersonCell, Status, Tab, Table, Tabs,
};

/// What the page's address asks for.
#[derive(Clone, Copy)]
struct Asked(Memo<PeopleQuery>);

/// Companies, business users, everybody: three lists with one search.
#[component]
pub fn OfficeUsers() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| PeopleQuery::read(|name| q.get(name))));
    provide_context(Asked(asked));
    let first = asked.get_untracked();
    let page = use_data(String::new, move || OfficeUsersList::of(&first));
    view! {
        <OfficeFrame>
            <PageTitle text=t.office_users()/>
            <Loaded data=page render=living/>
        </OfficeFrame>
    }
}

fn list_address(query: &PeopleQuery) -> String {
    address::address("/office/users", &query.pairs())
}

/// The page once its first rows are there.
fn living(first: PeoplePage) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let Following { page, shown, failure } = follow(asked, first, OfficeUsersList::of);
    let summary = Signal::derive(move || page.with(|page| summary(t, page)));
    let chips = Signal::derive(move || {
        shown.with(|query| {
            let without = PeopleQuery { list: query.list, ..PeopleQuery::default() };
            let chip = || Chip::new(t.chip_search(&query.q), list_address(&without));
            if query.q.is_empty() { Vec::new() } else { vec![chip()] }
        })
    });
    view! {
        <ErrorSummary errors=failure/>
        <PageHead title=t.office_users() lead=t.office_users_lead()/>
        {move || shown.with(|query| tabs(t, query))}
        <Card flush=true>
            {move || search(t, &shown.get())}
            <Chips summary=summary chips=chips/>
            {move || page.with(|page| rows(t, page, &shown.get_untracked()))}
        </Card>
    }
    .into_any()
}

fn tabs(t: Text, query: &PeopleQuery) -> AnyView {
    let tabs = PeopleList::ALL.map(|list| {
        let there = PeopleQuery { list, q: query.q.clone(), ..PeopleQuery::default() };
        Tab::new(people_list_name(t, list), list_address(&there)).current(list == query.list)
    });
    view! { <Tabs label=t.office_user_lists() tabs=tabs.into()/> }.into_any()
}

fn search(t: Text, query: &PeopleQuery) -> AnyView {
    let words = match query.list {
        PeopleList::Companies => t.people_search_companies(),
        PeopleList::Business | PeopleList::All => t.people_search_users(),
    };
    let list = (query.list != PeopleList::default()).then(|| query.list.key());
    let searched = query.q.clone();
    view! {
        <FilterBar action="/office/users" label=t.people_filter()>
            <FilterSearch label=words placeholder=words value=searched/>
            {list.map(|list| view! { <input type="hidden" name="list" value=list/> })}
        </FilterBar>
    }
    .into_any()
}

fn summary(t: Text, page: &PeoplePage) -> String {
    match page {
        PeoplePage::Companies(page) if page.total.n == 1 => t.one_company().to_owned(),
        PeoplePage::Companies(page) => t.companies_count(page.total.to_string()),
        PeoplePage::People(page) if page.total.n == 1 => t.one_user().to_owned(),
        PeoplePage::People(page) => t.users_count(page.total.to_string()),
    }
}

fn rows(t: Text, page: &PeoplePage, query: &PeopleQuery) -> AnyView {
    let (table, before, after) = match page {
        PeoplePage::Companies(Page { rows, .. }) if rows.is_empty() => return nothing(t),
        PeoplePage::People(Page { rows, .. }) if rows.is_empty() => return nothing(t),
        PeoplePage::Companies(page) => (companies(t, &page.rows), &page.before, &page.after),
        PeoplePage::People(page) => (people(t, &page.rows), &page.before, &page.after),
    };
    let turned = |after, before| list_address(&PeopleQuery { after, before, ..query.clone() });
    let previous = before.clone().map(|row| turned(None, Some(row)));
    let next = after.clone().map(|row| turned(Some(row), None));
    view! {
        {table}
        <Pager summary=summary(t, page) previous next/>
    }
    .into_any()
}

fn nothing(t: Text) -> AnyView {
    view! {
        <EmptyState kind=Empty::NoMatch title=t.people_none() text=t.people_none_text()>
            <LinkButton href="/office/users">{t.clear_filters()}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

/// Whether anybody can act for a company.
pub(super) fn open_badge(t: Text, open: bool) -> AnyView {
    if open {
        view! { <Badge status=Status::Good>{t.company_open()}</Badge> }.into_any()
    } else {
        view! { <Badge status=Status::Off>{t.company_closed()}</Badge> }.into_any()
    }
}

fn companies(t: Text, rows: &[OfficeCompanyRow]) -> AnyView {
    let columns = vec![
        Column::new(t.people_companies()).at(At::Person),
        Column::new(t.customer_number()),
        Column::new(t.col_users()).number(),
        Column::new(t.status()),
    ];
    let rows = rows.iter().cloned().map(|row| {
        view! {
            <tr>
                <HeadCell><a href=format!("/office/companies/{}", row.id)>{row.name}</a></HeadCell>
                <Cell label=t.customer_number()>{row.number}</Cell>
                <Cell label=t.col_users() number=true>{row.users.to_string()}</Cell>
                <Cell>{open_badge(t, row.active)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t.people_companies() columns=columns cards=true first=true>{rows}</Table> }
        .into_any()
}

fn people(t: Text, rows: &[PersonRow]) -> AnyView {
    let columns =
        vec![Column::new(t.col_user()).at(At::Person), Column::new(t.col_places()), Column::new(t.status())];
    let rows = rows.iter().cloned().map(|row| {
        let places: Vec<String> = row.places.iter().map(|place| place.name.clone()).collect();
        let places = if places.is_empty() { t.no_place().to_owned() } else { places.join(", ") };
        // The best of how the person stands anywhere.
        let best =
            [UserStatus::Active, UserStatus::Locked, UserStatus::Invited, UserStatus::InvitationExpired];
        let status = best.into_iter().find(|status| row.places.iter().any(|place| place.status == *status));
        let status = status.unwrap_or(UserStatus::Deactivated);
        let moves = row.places.iter().any(|place| place.moves);
        let moves = moves.then(|| view! { " " <Badge status=Status::Waiting>{t.place_moves()}</Badge> });
        view! {
            <tr>
                <PersonCell name=row.name href=format!("/office/users/{}", row.id) email=row.email/>
                <Cell label=t.col_places()>{places} {moves}</Cell>
                <Cell>{status_badge(status)}</Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t.people_all() columns=columns cards=true first=true>{rows}</Table> }.into_any()
}
