use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{MailRow, MailState, MailsPage, MailsQuery};

use super::{path, state_badge};
use crate::api::office::mails::OfficeMailList;
use crate::form::{Form, PostForm, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::{Text, day_text, mail_state_text, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::ui::{
    At, Badge, BulkBar, Button, Card, Cell, Chip, Chips, Choice, Column, EmailText, Empty, EmptyState,
    ErrorSummary, FilterBar, FilterDate, FilterSearch, FilterSelect, HeadCell, Hint, LinkButton, PageHead,
    PageTitle, Pager, SelectCell, Status, Table, TextLink,
};

const PATH: &str = "/office/mail";

/// What the page's address asks for.
#[derive(Clone, Copy)]
struct Asked(Memo<MailsQuery>);

/// Outbox and archive.
#[component]
pub fn OfficeMail() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| MailsQuery::read(|name| q.get(name))));
    provide_context(Asked(asked));
    let first = asked.get_untracked();
    let page = use_data(String::new, move || OfficeMailList::of(&first));
    view! { <OfficeFrame><Loaded data=page render=living/></OfficeFrame> }
}

/// The list's address for a query.
fn address(query: &MailsQuery) -> String {
    crate::address::address(PATH, &query.pairs())
}

/// The page once its first rows are there. Later ones replace them in place, so that the filters keep what is
/// being typed.
fn living(first: MailsPage) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let can_manage = first.can_manage;
    let Following { page, shown, failure } = follow(asked, first, OfficeMailList::of);
    let many = use_form("/api/office/mail_retry_many");
    let all = use_form("/api/office/mail_retry_all");
    let summary = Signal::derive(move || page.with(|page| count_text(t, page)));
    let active = Signal::derive(move || page.with(|page| shown.with(|query| chips(t, query, &page.kinds))));
    let kinds = page.with_untracked(|page| page.kinds.clone());
    let retry_all = move || {
        can_manage.then(|| {
            view! {
                <PostForm form=all><Button busy=all.busy()>{t.mails_retry_all()}</Button></PostForm>
            }
        })
    };
    view! {
        <PageTitle text=t.mails() error=many.failed()/>
        <ErrorSummary errors=chosen(t, many)/>
        <ErrorSummary errors=chosen(t, all)/>
        <ErrorSummary errors=failure/>
        <PageHead title=t.mails() lead=t.mails_lead() actions=move || retry_all/>
        <Card flush=true>
            <Filters query=shown.get_untracked() kinds/>
            <Chips summary=summary chips=active clear=PATH/>
            {move || page.with(|page| rows(t, page, &shown.get_untracked(), many))}
        </Card>
    }
    .into_any()
}

/// What was wrong with taking mails up again.
fn chosen(t: Text, form: Form) -> Signal<Vec<(String, String)>> {
    let (errors, refusal) = (form.errors(), form.refusal());
    Signal::derive(move || {
        let none = refusal.with(|error| error.as_ref().is_some_and(|error| error.issue("mails").is_some()));
        if none { vec![(String::new(), t.mails_choose().to_owned())] } else { errors.get() }
    })
}

#[component]
fn Filters(query: MailsQuery, kinds: Vec<(String, String)>) -> impl IntoView {
    let t = use_text();
    let mut states = vec![Choice::new("", t.mails_any_state())];
    states.extend(MailState::ALL.map(|state| Choice::new(state.key(), mail_state_text(t, state))));
    let mut names = vec![Choice::new("", t.mails_any_kind())];
    names.extend(kinds.into_iter().map(|(key, words)| Choice::new(key, words)));
    let addresses = vec![Choice::new("", t.mails_any_address()), Choice::new("yes", t.mails_bouncing())];
    let state = query.state.map(MailState::key).unwrap_or_default();
    let day = |day: Option<model::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <FilterBar action=PATH label=t.mails_filter()>
            <FilterSearch label=t.mails_search() placeholder=t.mails_search() value=query.q/>
            <FilterSelect name="state" label=t.status() options=states value=state/>
            <FilterSelect name="kind" label=t.col_mail() options=names value=query.kind/>
            <FilterSelect name="bounces" label=t.mail_address() options=addresses value=if query.bounces { "yes" } else { "" }/>
            <FilterDate name="from" label=t.day_from() value=day(query.from)/>
            <FilterDate name="to" label=t.to_day() value=day(query.to)/>
        </FilterBar>
    }
    .into_any()
}

fn rows(t: Text, page: &MailsPage, query: &MailsQuery, many: Form) -> AnyView {
    let mails = page.mails.clone();
    if mails.rows.is_empty() {
        return view! {
            <EmptyState kind=Empty::NoMatch title=t.mails_none() text=t.mails_none_text()>
                <LinkButton href=PATH>{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let turned = |after, before| address(&MailsQuery { after, before, ..query.clone() });
    let previous = mails.before.clone().map(|mail| turned(None, Some(mail)));
    let next = mails.after.clone().map(|mail| turned(Some(mail), None));
    let summary = count_text(t, page);
    // Only what was given up can be taken up again.
    let dead: Vec<_> =
        mails.rows.iter().filter(|row| row.state == MailState::Dead).map(|row| row.id).collect();
    let ticks = page.can_manage && !dead.is_empty();
    let columns = [
        ticks.then(|| Column::new(t.select_page()).ticks_all("all", "mails")),
        Some(Column::new(t.col_mail())),
        Some(Column::new(t.mails_col_recipient())),
        Some(Column::new(t.mails_col_company())),
        Some(Column::new(t.status())),
        Some(Column::new(t.mails_col_asked())),
    ];
    let lines = mails.rows.into_iter().map(|row| mail(t, row, ticks)).collect_view();
    let table = view! {
        <Table caption=t.mails_table() columns=columns.into_iter().flatten().collect() cards=true first=true>{lines}</Table>
    };
    let table = if ticks {
        let on_page =
            dead.into_iter().map(|id| view! { <input type="hidden" name="on_page" value=id.to_string()/> });
        view! {
            <PostForm form=many>
                {on_page.collect_view()}
                <BulkBar><Button busy=many.busy()>{t.mails_retry()}</Button></BulkBar>
                {table}
            </PostForm>
        }
        .into_any()
    } else {
        table.into_any()
    };
    view! {
        {table}
        <Pager summary=summary previous next/>
    }
    .into_any()
}

fn mail(t: Text, row: MailRow, ticks: bool) -> AnyView {
    let select = ticks.then(|| {
        if row.state == MailState::Dead {
            let label = t.mails_select(&row.name, &row.recipient);
            view! { <SelectCell name="mails" value=row.id.to_string() label=label/> }.into_any()
        } else {
            view! { <Cell at=At::Select/> }.into_any()
        }
    });
    let bounces = row.bounces.then(|| view! { " " <Badge status=Status::Bad>{t.mail_bounces()}</Badge> });
    let reason = (!row.reason.is_empty()).then(|| view! { <Hint><bdi>{row.reason}</bdi></Hint> });
    view! {
        <tr>
            {select}
            <HeadCell><TextLink href=path(row.id) external=true>{row.name}</TextLink></HeadCell>
            <Cell label=t.mails_col_recipient()><EmailText address=row.recipient/>{bounces}</Cell>
            <Cell label=t.mails_col_company()>{row.company}</Cell>
            <Cell>{state_badge(t, row.state)}{reason}</Cell>
            <Cell label=t.mails_col_asked()>{row.when}</Cell>
        </tr>
    }
    .into_any()
}

fn count_text(t: Text, page: &MailsPage) -> String {
    let count = page.mails.total;
    if count.n == 1 && !count.more { t.mails_one().to_owned() } else { t.mails_count(count.to_string()) }
}

fn chips(t: Text, query: &MailsQuery, kinds: &[(String, String)]) -> Vec<Chip> {
    let without = |change: fn(&mut MailsQuery)| {
        let mut query = MailsQuery { after: None, before: None, ..query.clone() };
        change(&mut query);
        address(&query)
    };
    let mut chips = Vec::new();
    if !query.q.is_empty() {
        chips.push(Chip::new(t.chip_search(&query.q), without(|q| q.q.clear())));
    }
    if let Some(state) = query.state {
        chips.push(Chip::new(t.chip_status(mail_state_text(t, state)), without(|q| q.state = None)));
    }
    if let Some((_, words)) = kinds.iter().find(|(key, _)| *key == query.kind) {
        chips.push(Chip::new(t.chip_kind(words), without(|q| q.kind.clear())));
    }
    if query.bounces {
        chips.push(Chip::new(t.mails_bouncing(), without(|q| q.bounces = false)));
    }
    if let Some(day) = &query.from {
        chips.push(Chip::new(t.chip_from(&day_text(t, day)), without(|q| q.from = None)));
    }
    if let Some(day) = &query.to {
        chips.push(Chip::new(t.chip_to(&day_text(t, day)), without(|q| q.to = None)));
    }
    chips
}
