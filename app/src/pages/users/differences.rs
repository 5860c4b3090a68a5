use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{DifferenceKind, DifferenceRow, DifferencesBlock, SideList};

use super::done::UserDone;
use super::tabs::{Shown, UsersHead};
use crate::address::address;
use crate::api::differences::Differences;
use crate::form::{Form, PostForm, on_repeat, use_form_of};
use crate::frame::{Frame, SendAgain};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, At, Banner, Button, Card, Cell, Column, Empty, EmptyState, ErrorSummary, Hint, LinkButton, Look,
    Notice, PageTitle, Pager, PersonCell, Stack, Table, TextLink,
};

const PAGE: &str = "/users/differences";

/// What shop and ERP say differently of the users.
#[component]
pub fn UsersDifferences() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before, to whom, has changed the list as well.
    let key = move || query.with(|q| q.to_query_string());
    let ask = move || {
        let given = |name| query.with_untracked(|q| q.get(name)).unwrap_or_default();
        Differences { after: given("after"), before: given("before"), ignored: given("ignored") }
    };
    let page = use_data(key, ask);
    on_repeat(move || page.refetch());
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_differences(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<DifferencesBlock>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let list = match list {
        DifferencesBlock::Unavailable => {
            view! { <Banner kind=Notice::Unavailable>{t.differences_unavailable()}</Banner> }.into_any()
        }
        DifferencesBlock::Fresh { rows, before, after, ignored } => {
            view! { <List rows before after ignored/> }.into_any()
        }
    };
    view! { <UsersHead shown=Shown::Differences company counts can_manage/> {list} }.into_any()
}

/// The address of the list.
fn list_address(ignored: bool, place: Option<(&'static str, String)>) -> String {
    let mut pairs = Vec::new();
    if ignored {
        pairs.push(("ignored", "true".to_owned()));
    }
    pairs.extend(place);
    address(PAGE, &pairs)
}

#[component]
fn List(
    rows: Vec<DifferenceRow>,
    before: Option<String>,
    after: Option<String>,
    ignored: bool,
) -> impl IntoView {
    let t = use_text();
    let further =
        ["/api/users/tell_difference", "/api/users/ignore_difference", "/api/users/recall_difference"];
    // What was refused is said even when nothing is left to list.
    let form = use_form_of("/api/users/take_difference", &further);
    let pages = (before.is_some() || after.is_some()).then(|| {
        let previous = before.map(|user| list_address(ignored, Some(("before", user))));
        let next = after.map(|user| list_address(ignored, Some(("after", user))));
        view! { <Pager summary="" previous next/> }.into_any()
    });
    let body = match (rows.is_empty(), ignored) {
        (true, true) => {
            view! { <EmptyState kind=Empty::Nothing title=t.no_differences_ignored()/> }.into_any()
        }
        (true, false) => {
            view! { <EmptyState kind=Empty::Nothing title=t.no_differences() text=t.no_differences_text()/> }
                .into_any()
        }
        (false, _) => view! { <DifferencesTable rows ignored form/> }.into_any(),
    };
    let (words, other) = if ignored { (t.show_open(), false) } else { (t.show_ignored(), true) };
    view! {
        <ErrorSummary errors=form.errors()/>
        <SendAgain form/>
        <Stack>
            <Card flush=true>{body}{pages}</Card>
            <Hint>{t.differences_hint()}</Hint>
            <Actions><LinkButton href=list_address(other, None) look=Look::Quiet>{words}</LinkButton></Actions>
        </Stack>
    }
    .into_any()
}

#[component]
fn DifferencesTable(rows: Vec<DifferenceRow>, ignored: bool, form: Form) -> impl IntoView {
    let t = use_text();
    let columns = vec![
        Column::new(t.col_user()),
        Column::new(t.col_difference()),
        Column::new(t.col_in_shop()),
        Column::new(t.col_in_erp()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let caption = if ignored { t.differences_ignored_table() } else { t.differences_table() };
    let rows = rows.into_iter().map(|row| difference(t, row, ignored)).collect_view();
    view! {
        <PostForm form>
            <input type="hidden" name="back" value=list_address(ignored, None)/>
            <Table caption=caption columns=columns cards=true first=true>{rows}</Table>
        </PostForm>
    }
    .into_any()
}

fn difference(t: Text, row: DifferenceRow, ignored: bool) -> AnyView {
    let number = (!row.contact_number.is_empty()).then(|| row.contact_number.clone());
    let take = match row.kind {
        DifferenceKind::Gone => t.deactivate(),
        DifferenceKind::Unlinked => t.link_contact(),
        _ => t.take_over(),
    };
    let aside = if row.waits {
        let words = t.pending_email(&row.erp);
        view! { <Hint>{words}</Hint> }.into_any()
    } else if row.you && row.kind == DifferenceKind::Email {
        view! { <TextLink href="/profile/email">{t.own_email_change()}</TextLink> }.into_any()
    } else {
        ().into_any()
    };
    let leave = if ignored {
        act(&row, "/api/users/recall_difference", Look::Quiet, t.recall_difference())
    } else {
        act(&row, "/api/users/ignore_difference", Look::Quiet, t.ignore_difference())
    };
    let take = row.take.then(|| act(&row, "/api/users/take_difference", Look::Secondary, take));
    let tell = row.tell.then(|| act(&row, "/api/users/tell_difference", Look::Secondary, t.write_to_erp()));
    view! {
        <tr>
            <PersonCell name=row.name href=format!("/users/{}", row.user) number=number email=row.email you=row.you/>
            <Cell>{kind_text(t, row.kind)}</Cell>
            <Cell label=t.col_in_shop()>{value(row.shop)}</Cell>
            <Cell label=t.col_in_erp()>{value(row.erp)}</Cell>
            <Cell at=At::Action>{aside}<Actions>{take}{tell}{leave}</Actions></Cell>
        </tr>
    }
    .into_any()
}

/// A button that does something about one difference.
fn act(row: &DifferenceRow, action: &'static str, look: Look, words: &'static str) -> AnyView {
    let (value, about) = (row.difference.clone(), row.name.clone());
    view! { <Button look=look name="difference" value=value formaction=action about=about>{words}</Button> }
        .into_any()
}

/// What one side has.
fn value(text: String) -> AnyView {
    if text.is_empty() { "–".into_any() } else { view! { <bdi>{text}</bdi> }.into_any() }
}

const fn kind_text(t: Text, kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Name => t.difference_name(),
        DifferenceKind::Email => t.difference_email(),
        DifferenceKind::EmailMissing => t.no_email_in_erp(),
        DifferenceKind::Unlinked => t.difference_unlinked(),
        DifferenceKind::NoContact => t.difference_no_contact(),
        DifferenceKind::Gone => t.difference_gone(),
    }
}
