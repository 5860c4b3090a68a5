use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{CustomerRow, CustomersPage, CustomersQuery};

use super::access_shape;
use crate::api::office::customers::OfficeCustomersList;
use crate::customers::path;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, customer_access_text, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::ui::{
    At, Badge, Banner, Card, Cell, Chip, Chips, Choice, Column, EmailText, Empty, EmptyState, ErrorSummary,
    FilterBar, FilterSearch, FilterSelect, HeadCell, Hint, LinkButton, Notice, PageHead, PageTitle, Pager,
    Table, TextLink,
};

/// What the page's address asks for.
#[derive(Clone, Copy)]
struct Asked(Memo<CustomersQuery>);

/// The ERP's customers.
#[component]
pub fn OfficeCustomers() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| CustomersQuery::read(|name| q.get(name))));
    provide_context(Asked(asked));
    let first = asked.get_untracked();
    let page = use_data(String::new, move || OfficeCustomersList::of(&first));
    view! { <OfficeFrame><Loaded data=page render=living/></OfficeFrame> }
}

/// The page once its first rows are there.
fn living(first: CustomersPage) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let (can_manage, by_number_only) = (first.can_manage, first.by_number_only);
    let Following { page, shown, failure } = follow(asked, first, OfficeCustomersList::of);
    let summary = Signal::derive(move || page.with(|page| count_text(t, page)));
    let active = Signal::derive(move || shown.with(|query| chips(t, query)));
    let many = move || {
        let href = move || {
            let searched =
                shown.with(|query| CustomersQuery { q: query.q.clone(), ..CustomersQuery::default() });
            crate::address::address("/office/customers/many", &searched.pairs())
        };
        can_manage
            .then(|| view! { {move || view! { <LinkButton href=href()>{t.customers_many()}</LinkButton> }} })
    };
    let only = by_number_only.then(|| view! { <Banner kind=Notice::Info>{t.customers_by_number()}</Banner> });
    view! {
        <PageTitle text=t.customers()/>
        <ErrorSummary errors=failure/>
        <PageHead title=t.customers() lead=t.customers_lead() actions=move || many/>
        {only}
        <Card flush=true>
            <Filters query=shown.get_untracked()/>
            <Chips summary=summary chips=active clear="/office/customers"/>
            {move || page.with(|page| rows(t, page, &shown.get_untracked()))}
        </Card>
    }
    .into_any()
}

#[component]
fn Filters(query: CustomersQuery) -> impl IntoView {
    let t = use_text();
    let choice = |yes: Option<bool>| yes.map_or("", |yes| if yes { "yes" } else { "no" });
    let centers = vec![
        Choice::new("", t.customers_any_center()),
        Choice::new("yes", t.customers_with_center()),
        Choice::new("no", t.customers_without_center()),
    ];
    let access = vec![
        Choice::new("", t.customers_any_access()),
        Choice::new("yes", t.customers_with_access()),
        Choice::new("no", t.customers_without_access()),
    ];
    let companies = vec![
        Choice::new("", t.customers_any_company()),
        Choice::new("yes", t.customers_with_company()),
        Choice::new("no", t.customers_without_company()),
    ];
    view! {
        <FilterBar action="/office/customers" label=t.customers_filter()>
            <FilterSearch label=t.customers_search() placeholder=t.customers_search() value=query.q/>
            <FilterSelect name="center" label=t.customers_col_center() options=centers value=choice(query.center)/>
            <FilterSelect name="access" label=t.customers_col_access() options=access value=choice(query.access)/>
            <FilterSelect name="company" label=t.customers_company() options=companies value=choice(query.company)/>
        </FilterBar>
    }
    .into_any()
}

fn rows(t: Text, page: &CustomersPage, query: &CustomersQuery) -> AnyView {
    let customers = page.customers.clone();
    if customers.rows.is_empty() {
        return view! {
            <EmptyState kind=Empty::NoMatch title=t.customers_none() text=t.customers_none_text()>
                <LinkButton href="/office/customers">{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let turned = |after: Option<String>, before: Option<String>| {
        address(&CustomersQuery { after, before, ..query.clone() })
    };
    let previous = customers.before.clone().map(|row| turned(None, Some(row)));
    let next = customers.after.clone().map(|row| turned(Some(row), None));
    let can_manage = page.can_manage;
    let columns = vec![
        Column::new(t.customers_col()),
        Column::new(t.customers_col_center()),
        Column::new(t.customers_col_administrator()),
        Column::new(t.customers_col_access()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let summary = count_text(t, page);
    let rows = customers.rows.into_iter().map(|row| customer(t, row, can_manage)).collect_view();
    view! {
        <Table caption=t.customers_table() columns=columns cards=true first=true>{rows}</Table>
        <Pager summary=summary previous next/>
    }
    .into_any()
}

fn customer(t: Text, row: CustomerRow, can_manage: bool) -> AnyView {
    let page = path(&row.number);
    let give = can_manage.then(|| {
        view! { <LinkButton href=format!("{page}/access") about=row.name.clone()>{t.customers_give()}</LinkButton> }
    });
    let administrator =
        (!row.administrator.is_empty()).then(|| view! { <EmailText address=row.administrator/> });
    let center = if row.customer_center { t.customers_center_on() } else { t.customers_center_off() };
    view! {
        <tr>
            <HeadCell><TextLink href=page>{row.name}</TextLink> " " <Hint><bdi>{row.number}</bdi></Hint></HeadCell>
            <Cell label=t.customers_col_center()>{center}</Cell>
            <Cell label=t.customers_col_administrator()>{administrator}</Cell>
            <Cell><Badge status=access_shape(row.access)>{customer_access_text(t, row.access)}</Badge></Cell>
            <Cell at=At::Action>{give}</Cell>
        </tr>
    }
    .into_any()
}

/// The list's address for a query.
fn address(query: &CustomersQuery) -> String {
    crate::address::address("/office/customers", &query.pairs())
}

fn count_text(t: Text, page: &CustomersPage) -> String {
    let count = page.customers.total;
    if count.n == 1 && !count.more {
        t.customers_one().to_owned()
    } else {
        t.customers_count(count.to_string())
    }
}

fn chips(t: Text, query: &CustomersQuery) -> Vec<Chip> {
    let without = |change: fn(&mut CustomersQuery)| {
        let mut query = CustomersQuery { after: None, before: None, ..query.clone() };
        change(&mut query);
        address(&query)
    };
    let mut chips = Vec::new();
    if !query.q.is_empty() {
        chips.push(Chip::new(t.chip_search(&query.q), without(|q| q.q.clear())));
    }
    if let Some(yes) = query.center {
        let words = if yes { t.customers_with_center() } else { t.customers_without_center() };
        chips.push(Chip::new(words, without(|q| q.center = None)));
    }
    if let Some(yes) = query.access {
        let words = if yes { t.customers_with_access() } else { t.customers_without_access() };
        chips.push(Chip::new(words, without(|q| q.access = None)));
    }
    if let Some(yes) = query.company {
        let words = if yes { t.customers_with_company() } else { t.customers_without_company() };
        chips.push(Chip::new(words, without(|q| q.company = None)));
    }
    chips
}
