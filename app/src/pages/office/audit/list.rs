use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ActivityKind, AuditEvent, AuditPage, AuditQuery, DoerKind, Sought};

use crate::address;
use crate::api::office::audit::OfficeAuditList;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, doer_kind_text, kind_text, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::pages::activity::list::{Entries, count_text, day_chips};
use crate::ui::{
    Banner, Card, Chip, Chips, Choice, Empty, EmptyState, ErrorSummary, FilterBar, FilterDate, FilterSearch,
    FilterSelect, Hidden, Hint, LinkButton, Notice, PageHead, PageTitle, Pager, Stack, TextLink,
};

/// What the page's address asks for.
#[derive(Clone, Copy)]
struct Asked(Memo<AuditQuery>);

/// Everything that was done, in all companies and by the staff.
#[component]
pub fn OfficeAudit() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| AuditQuery::read(|name| q.get(name))));
    provide_context(Asked(asked));
    let first = asked.get_untracked();
    let page = use_data(String::new, move || OfficeAuditList::of(&first));
    view! { <OfficeFrame><Loaded data=page render=living/></OfficeFrame> }
}

/// The list's address for a query.
fn list_address(query: &AuditQuery) -> String {
    address::address("/office/audit", &query.pairs())
}

/// The query without its place in the list.
fn from_start(query: &AuditQuery) -> AuditQuery {
    AuditQuery { after: None, before: None, ..query.clone() }
}

/// The page once its first entries are there.
fn living(first: AuditPage) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let events = first.events.clone();
    let Following { page, shown, failure } = follow(asked, first, OfficeAuditList::of);
    let summary = Signal::derive(move || page.with(|page| count_text(t, page.entries.total)));
    let active = Signal::derive(move || page.with(|page| shown.with(|query| chips(t, query, &page.events))));
    let actions = move || {
        let pairs = shown.with(from_start).pairs();
        let json = address::address("/office/audit.json", &pairs);
        let csv = address::address("/office/audit.csv", &pairs);
        view! {
            <LinkButton href="/office/audit/chain">{t.audit_chain()}</LinkButton>
            <LinkButton href=json external=true>{t.export_json()}</LinkButton>
            <LinkButton href=csv external=true>{t.export_csv()}</LinkButton>
        }
    };
    let too_many = move || {
        let text = t.audit_too_many();
        page.with(|page| page.too_many).then(|| view! { <Banner kind=Notice::Warn>{text}</Banner> })
    };
    view! {
        <PageTitle text=t.audit()/>
        <ErrorSummary errors=failure/>
        <PageHead title=t.audit() lead=t.audit_lead() actions=move || actions/>
        {too_many}
        <Stack>
            <Card flush=true>
                <Filters query=shown.get_untracked() events/>
                <Chips summary=summary chips=active clear="/office/audit"/>
                {move || page.with(|page| entries(t, page, &shown.get_untracked()))}
            </Card>
            <Hint>{t.audit_filter_hint()}</Hint>
            <Hint>{t.export_hint()}</Hint>
        </Stack>
    }
    .into_any()
}

fn entries(t: Text, page: &AuditPage, query: &AuditQuery) -> AnyView {
    let entries = page.entries.clone();
    let turned = |after, before| list_address(&AuditQuery { after, before, ..query.clone() });
    let previous = entries.before.map(|cursor| turned(None, Some(cursor)));
    let next = entries.after.map(|cursor| turned(Some(cursor), None));
    let list = if entries.rows.is_empty() {
        // A search that leaves something out looks through a part of the trail at a time.
        let text = if next.is_some() || previous.is_some() { t.audit_none_here() } else { t.no_entry_text() };
        view! {
            <EmptyState kind=Empty::NoMatch title=t.no_entry_title() text=text>
                <LinkButton href="/office/audit">{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any()
    } else {
        let query = from_start(query);
        let narrow = Callback::new(move |(event, about): (String, String)| beside(t, &query, event, about));
        view! { <Entries rows=entries.rows narrow/> }.into_any()
    };
    view! {
        {list}
        <Pager summary=count_text(t, entries.total) previous next/>
    }
    .into_any()
}

/// Links from an entry to the list with only, and without, entries of its event.
fn beside(t: Text, query: &AuditQuery, event: String, about: String) -> AnyView {
    let only = list_address(&AuditQuery { event: event.clone(), ..query.clone() });
    let without = list_address(&AuditQuery { without: event, ..query.clone() });
    let other = about.clone();
    view! {
        <TextLink href=only>{t.audit_only_these()}<Hidden>": " {about}</Hidden></TextLink>
        <TextLink href=without>{t.audit_none_of_these()}<Hidden>": " {other}</Hidden></TextLink>
    }
    .into_any()
}

#[component]
fn Filters(query: AuditQuery, events: Vec<AuditEvent>) -> impl IntoView {
    let t = use_text();
    let events_of = |nothing: &str| {
        let mut choices = vec![Choice::new("", nothing)];
        choices.extend(ActivityKind::ALL.map(|kind| Choice::new(kind.key(), kind_text(t, kind))));
        choices.extend(events.iter().map(|event| Choice::new(event.key.as_str(), event.words.as_str())));
        choices
    };
    let (only, without) = (events_of(t.audit_any_event()), events_of(t.audit_without_none()));
    let mut doers = vec![Choice::new("", t.audit_by_anybody())];
    for without in [false, true] {
        for kind in DoerKind::ALL {
            let by = Sought { text: kind.key().to_owned(), without };
            doers.extend(by.key().zip(doer_kind_text(t, &by)).map(|(key, words)| Choice::new(key, words)));
        }
    }
    let value = |sought: &Sought| sought.key().unwrap_or_default();
    let day = |day: Option<model::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <FilterBar action="/office/audit" label=t.audit_filter()>
            <FilterSearch
                name="person"
                label=t.audit_person()
                placeholder=t.audit_person()
                value=value(&query.person)
            />
            <FilterSearch
                name="company"
                label=t.audit_company()
                placeholder=t.audit_company()
                value=value(&query.company)
            />
            <FilterSelect name="event" label=t.audit_event() options=only value=query.event/>
            <FilterSelect name="without" label=t.audit_without() options=without value=query.without/>
            <FilterSelect name="by" label=t.audit_by() options=doers value=value(&query.by)/>
            <FilterDate name="from" label=t.day_from() value=day(query.from)/>
            <FilterDate name="to" label=t.to_day() value=day(query.to)/>
        </FilterBar>
    }
    .into_any()
}

fn chips(t: Text, query: &AuditQuery, events: &[AuditEvent]) -> Vec<Chip> {
    let without = |change: fn(&mut AuditQuery)| {
        let mut query = from_start(query);
        change(&mut query);
        list_address(&query)
    };
    // One that the trail does not have stands as it is.
    let words = |key: &str| match ActivityKind::from_key(key) {
        Some(kind) => kind_text(t, kind).to_owned(),
        None => events
            .iter()
            .find(|event| event.key == key)
            .map_or_else(|| key.to_owned(), |event| event.words.clone()),
    };
    let mut chips = Vec::new();
    if !query.person.text.is_empty() {
        let text = &query.person.text;
        let words = if query.person.without { t.audit_chip_no_person(text) } else { t.chip_person(text) };
        chips.push(Chip::new(words, without(|q| q.person = Sought::default())));
    }
    if !query.company.text.is_empty() {
        let text = &query.company.text;
        let words =
            if query.company.without { t.audit_chip_no_company(text) } else { t.audit_chip_company(text) };
        chips.push(Chip::new(words, without(|q| q.company = Sought::default())));
    }
    if !query.event.is_empty() {
        chips.push(Chip::new(t.audit_chip_only(&words(&query.event)), without(|q| q.event.clear())));
    }
    if !query.without.is_empty() {
        chips.push(Chip::new(t.audit_chip_without(&words(&query.without)), without(|q| q.without.clear())));
    }
    if let Some(words) = doer_kind_text(t, &query.by) {
        chips.push(Chip::new(words, without(|q| q.by = Sought::default())));
    }
    let (no_from, no_to) = (without(|q| q.from = None), without(|q| q.to = None));
    chips.extend(day_chips(t, [(&query.from, no_from), (&query.to, no_to)]));
    chips
}
