use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ErpCallRow, ErpCalls, ErpCallsQuery, ErpOperation, ErpOutcome};

use super::{ErpTop, Shown};
use crate::api::office::erp::OfficeErpCalls;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, erp_operation_text, erp_outcome_text, took_text, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::ui::{
    Badge, Card, Cell, Chip, Chips, Choice, Column, Empty, EmptyState, ErrorSummary, FilterBar, FilterSelect,
    HeadCell, LinkButton, Pager, Status, Table, TimeText,
};

const PATH: &str = "/office/erp/requests";

/// What the page's address asks for.
#[derive(Clone, Copy)]
struct Asked(Memo<ErpCallsQuery>);

/// What the ERP was asked.
#[component]
pub fn OfficeErpRequests() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| ErpCallsQuery::read(|name| q.get(name))));
    provide_context(Asked(asked));
    let first = asked.get_untracked();
    let page = use_data(String::new, move || OfficeErpCalls::of(&first));
    view! { <OfficeFrame><Loaded data=page render=living/></OfficeFrame> }
}

/// The page once its first rows are there. Later ones replace them in place, so that the filters keep the focus.
fn living(first: ErpCalls) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let Following { page, shown, failure } = follow(asked, first, OfficeErpCalls::of);
    let summary = Signal::derive(move || page.with(|page| count_text(t, page)));
    let active = Signal::derive(move || shown.with(|query| chips(t, query)));
    view! {
        <ErrorSummary errors=failure/>
        <ErpTop shown=Shown::Requests lead=t.erp_calls_lead()/>
        <Card flush=true>
            <Filters query=shown.get_untracked()/>
            <Chips summary=summary chips=active clear=PATH/>
            {move || page.with(|page| rows(t, page, &shown.get_untracked()))}
        </Card>
    }
    .into_any()
}

#[component]
fn Filters(query: ErpCallsQuery) -> impl IntoView {
    let t = use_text();
    let mut operations = vec![Choice::new("", t.erp_any_operation())];
    operations
        .extend(ErpOperation::ALL.iter().map(|one| Choice::new(one.key(), erp_operation_text(t, *one))));
    let mut outcomes = vec![Choice::new("", t.erp_any_outcome())];
    outcomes.extend(ErpOutcome::ALL.iter().map(|one| Choice::new(one.key(), erp_outcome_text(t, *one))));
    view! {
        <FilterBar action=PATH label=t.erp_calls_filter()>
            <FilterSelect
                name="operation"
                label=t.erp_col_operation()
                options=operations
                value=query.operation.map_or("", ErpOperation::key)
            />
            <FilterSelect
                name="outcome"
                label=t.erp_col_outcome()
                options=outcomes
                value=query.outcome.map_or("", ErpOutcome::key)
            />
        </FilterBar>
    }
    .into_any()
}

fn rows(t: Text, page: &ErpCalls, query: &ErpCallsQuery) -> AnyView {
    if page.rows.is_empty() {
        return view! {
            <EmptyState kind=Empty::NoMatch title=t.erp_calls_none() text=t.erp_calls_none_text()>
                <LinkButton href=PATH>{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let turned = |after: Option<String>, before: Option<String>| {
        address(&ErpCallsQuery { after, before, ..query.clone() })
    };
    let previous = page.before.clone().map(|row| turned(None, Some(row)));
    let next = page.after.clone().map(|row| turned(Some(row), None));
    let columns = vec![
        Column::new(t.erp_col_when()),
        Column::new(t.erp_col_operation()),
        Column::new(t.erp_col_outcome()),
        Column::new(t.erp_col_took()).number(),
    ];
    let rows = page.rows.iter().cloned().map(|row| call(t, row)).collect_view();
    view! {
        <Table caption=t.erp_calls_table() columns=columns cards=true first=true>{rows}</Table>
        <Pager summary=count_text(t, page) previous next/>
    }
    .into_any()
}

fn call(t: Text, row: ErpCallRow) -> AnyView {
    let shape = match row.outcome {
        ErpOutcome::Answered => Status::Good,
        ErpOutcome::Unavailable | ErpOutcome::Failed => Status::Bad,
    };
    let entries = row.entries.map(|n| if n == 1 { t.erp_entries_one().to_owned() } else { t.erp_entries(n) });
    view! {
        <tr>
            <HeadCell><TimeText text=row.when at=row.at/></HeadCell>
            <Cell label=t.erp_col_operation()>{erp_operation_text(t, row.operation)}</Cell>
            <Cell><Badge status=shape>{erp_outcome_text(t, row.outcome)}</Badge> " " {entries}</Cell>
            <Cell label=t.erp_col_took() number=true>{took_text(t, row.took)}</Cell>
        </tr>
    }
    .into_any()
}

fn address(query: &ErpCallsQuery) -> String {
    crate::address::address(PATH, &query.pairs())
}

fn count_text(t: Text, page: &ErpCalls) -> String {
    if page.total.n == 1 && !page.total.more {
        t.erp_calls_one().to_owned()
    } else {
        t.erp_calls_count(page.total.to_string())
    }
}

fn chips(t: Text, query: &ErpCallsQuery) -> Vec<Chip> {
    let all = ErpCallsQuery { after: None, before: None, ..query.clone() };
    let operation = query.operation.map(|operation| {
        Chip::new(
            erp_operation_text(t, operation),
            address(&ErpCallsQuery { operation: None, ..all.clone() }),
        )
    });
    let outcome = query.outcome.map(|outcome| {
        Chip::new(erp_outcome_text(t, outcome), address(&ErpCallsQuery { outcome: None, ..all.clone() }))
    });
    operation.into_iter().chain(outcome).collect()
}
