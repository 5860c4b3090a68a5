use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ActivityKind, ActivityPage, ActivityQuery, KindFilter};

use super::list::{Entries, count_text, day_chips};
use crate::address;
use crate::api::activity::Company;
use crate::form::{Form, PostForm, use_form};
use crate::frame::{DoneNotice, Frame, SendAgain, say_done};
use crate::i18n::{Text, kind_filter_text, kind_text, use_text};
use crate::load::{Following, Loaded, follow, use_data};
use crate::ui::{
    Card, Chip, Chips, Choice, Empty, EmptyState, ErrorSummary, FilterBar, FilterDate, FilterSearch,
    FilterSelect, Hint, LinkButton, PageHead, PageTitle, Pager, Stack,
};

/// What the page's address asks for, and what was done just before.
type Address = (ActivityQuery, Option<String>, Option<String>);

#[derive(Clone, Copy)]
struct Asked(Memo<Address>);

/// Everything that was done in the company.
#[component]
pub fn CompanyActivity() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| (ActivityQuery::read(|name| q.get(name)), q.get("done"), q.get("user")))
    });
    provide_context(Asked(asked));
    say_done(done_words);
    let first = asked.get_untracked().0;
    let page = use_data(String::new, move || Company::of(&first));
    view! {
        <Frame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=living/>
        </Frame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "activated").then(|| t.done_activated())
}

/// The list's address for a query.
fn list_address(query: &ActivityQuery) -> String {
    address::address("/company/activity", &query.pairs())
}

/// The query without its place in the list.
fn from_start(query: &ActivityQuery) -> ActivityQuery {
    ActivityQuery { after: None, before: None, ..query.clone() }
}

/// The page once its first entries are there.
fn living(first: ActivityPage) -> AnyView {
    let t = use_text();
    let asked = expect_context::<Asked>().0;
    let lead = t.activity_lead(&first.company);
    let Following { page, shown, failure } = follow(asked, first, |asked: &Address| Company::of(&asked.0));
    let undo = use_form("/api/users/activate");
    let summary = Signal::derive(move || page.with(|page| count_text(t, page.entries.total)));
    let active = Signal::derive(move || shown.with(|(query, ..)| chips(t, query)));
    let export = move || {
        let pairs = shown.with(|(query, ..)| from_start(query)).pairs();
        let (json, csv) = (
            address::file("/company/activity.json", pairs.clone()),
            address::file("/company/activity.csv", pairs),
        );
        view! {
            <LinkButton href=json external=true>{t.export_json()}</LinkButton>
            <LinkButton href=csv external=true>{t.export_csv()}</LinkButton>
        }
        .into_any()
    };
    view! {
        <PageTitle text=t.nav_activity() error=undo.failed()/>
        <ErrorSummary errors=undo.errors()/>
        <ErrorSummary errors=failure/>
        <SendAgain form=undo/>
        <PageHead title=t.nav_activity() lead=lead actions=move || export/>
        <Stack>
            <Card flush=true>
                <Filters query=shown.get_untracked().0/>
                <Chips summary=summary chips=active clear="/company/activity"/>
                {move || page.with(|page| entries(t, page, &shown.get_untracked().0, undo))}
            </Card>
            <Hint>{t.export_hint()}</Hint>
        </Stack>
    }
    .into_any()
}

fn entries(t: Text, page: &ActivityPage, query: &ActivityQuery, undo: Form) -> AnyView {
    let entries = page.entries.clone();
    if entries.rows.is_empty() {
        return view! {
            <EmptyState kind=Empty::NoMatch title=t.no_entry_title() text=t.no_entry_text()>
                <LinkButton href="/company/activity">{t.clear_filters()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    let turned = |after, before| list_address(&ActivityQuery { after, before, ..query.clone() });
    let previous = entries.before.map(|cursor| turned(None, Some(cursor)));
    let next = entries.after.map(|cursor| turned(Some(cursor), None));
    let back = list_address(query);
    view! {
        <PostForm form=undo>
            <input type="hidden" name="back" value=back/>
            <Entries rows=entries.rows/>
        </PostForm>
        <Pager summary=count_text(t, entries.total) previous next/>
    }
    .into_any()
}

#[component]
fn Filters(query: ActivityQuery) -> impl IntoView {
    let t = use_text();
    let mut kinds = vec![Choice::new("", t.any_kind())];
    kinds.extend(ActivityKind::ALL.map(|kind| Choice::new(kind.key(), kind_text(t, kind))));
    // Signing in is most of what happens, and rarely what one looks for.
    let others = KindFilter { kind: ActivityKind::SigningIn, without: true };
    let asked = query.kind.filter(|filter| filter.without && *filter != others);
    for filter in [Some(others), asked].into_iter().flatten() {
        kinds.push(Choice::new(filter.key(), kind_filter_text(t, filter)));
    }
    let kind = query.kind.map(KindFilter::key).unwrap_or_default();
    let day = |day: Option<model::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <FilterBar action="/company/activity" label=t.activity_filter()>
            <FilterSearch
                name="person"
                label=t.activity_person()
                placeholder=t.activity_person()
                value=query.person
            />
            <FilterSelect name="kind" label=t.activity_kind() options=kinds value=kind/>
            <FilterDate name="from" label=t.day_from() value=day(query.from)/>
            <FilterDate name="to" label=t.to_day() value=day(query.to)/>
        </FilterBar>
    }
    .into_any()
}

fn chips(t: Text, query: &ActivityQuery) -> Vec<Chip> {
    let without = |change: fn(&mut ActivityQuery)| {
        let mut query = from_start(query);
        change(&mut query);
        list_address(&query)
    };
    let mut chips = Vec::new();
    if !query.person.is_empty() {
        chips.push(Chip::new(t.chip_person(&query.person), without(|q| q.person.clear())));
    }
    if let Some(filter) = query.kind {
        chips.push(Chip::new(t.chip_kind(&kind_filter_text(t, filter)), without(|q| q.kind = None)));
    }
    let (no_from, no_to) = (without(|q| q.from = None), without(|q| q.to = None));
    chips.extend(day_chips(t, [(&query.from, no_from), (&query.to, no_to)]));
    chips
}
