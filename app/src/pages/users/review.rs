use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Count, Page, PastReview, ReviewPage, ReviewProgress, ReviewRow, SideList, UserStatus};

use super::done::UserDone;
use super::list::count_text;
use super::table::{budget_lines, shape};
use super::tabs::{Shown, UsersHead};
use crate::address::address;
use crate::api::review::Review;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form, use_form_of};
use crate::frame::{Frame, SendAgain};
use crate::i18n::{Text, role_label, status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, At, Badge, Banner, Button, Card, Cell, Column, Empty, EmptyState, ErrorSummary, HeadCell, Hint,
    LinkButton, Look, Menu, MenuButton, MenuLink, MenuRule, Notice, PageTitle, Pager, PersonCell, Section,
    Stack, Status, Table, Tags, TimeText,
};

const PAGE: &str = "/users/review";

/// The form that the buttons of rows send.
const ONE_USER: &str = "review-one";

/// Every enabled user with what the user may do, to be confirmed, changed or switched off.
#[component]
pub fn UsersReview() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before, to whom, has changed the list as well.
    let key = move || query.with(|q| q.to_query_string());
    let ask = move || {
        let given = |name| query.with_untracked(|q| q.get(name)).unwrap_or_default();
        Review { after: given("after"), before: given("before"), open: given("open") }
    };
    let page = use_data(key, ask);
    on_repeat(move || page.refetch());
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_review(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<ReviewPage>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let about = company.clone();
    let ReviewPage { progress, due, day, users, open, past } = list;
    let form = use_form_of("/api/users/confirm_access", &["/api/users/deactivate_reviewed"]);
    let finish = use_form("/api/users/finish_review");
    view! {
        <UsersHead shown=Shown::Review company counts can_manage/>
        <ErrorSummary errors=errors_of(vec![form, finish])/>
        <SendAgain form/>
        <Stack>
            {state(t, progress, due, &day)}
            {finishing(t, progress, finish)}
            {list_of(t, users, open, form)}
        </Stack>
        {past_reviews(t, past)}
        <Section title=t.users_settings() lead=t.users_settings_lead(&about)>
            <Actions><LinkButton href="/users/settings">{t.users_settings()}</LinkButton></Actions>
        </Section>
    }
    .into_any()
}

/// How far the review is, and when it is due.
fn state(t: Text, progress: ReviewProgress, due: bool, day: &str) -> AnyView {
    let (kind, title) = match (due, day.is_empty()) {
        (true, _) => (Notice::Warn, t.review_due(day)),
        (false, true) => (Notice::Info, t.review_never_due().to_owned()),
        (false, false) => (Notice::Info, t.review_next(day)),
    };
    let words = t.review_progress(progress.confirmed, progress.total);
    view! { <Banner kind=kind title=title>{words}</Banner> }.into_any()
}

/// The button at the end, once everybody is confirmed.
fn finishing(t: Text, progress: ReviewProgress, form: Form) -> AnyView {
    if progress.confirmed < progress.total {
        return ().into_any();
    }
    view! {
        <PostForm form>
            <Actions><Button look=Look::Primary busy=form.busy()>{t.finish_review()}</Button></Actions>
        </PostForm>
    }
    .into_any()
}

/// The address of the list.
fn list_address(open: bool, place: Option<(&'static str, String)>) -> String {
    let mut pairs = Vec::new();
    if open {
        pairs.push(("open", "true".to_owned()));
    }
    pairs.extend(place);
    address(PAGE, &pairs)
}

fn list_of(t: Text, users: Page<ReviewRow>, open: bool, form: Form) -> AnyView {
    let Page { rows, total, before, after } = users;
    let (words, other) = if open { (t.review_show_all(), false) } else { (t.review_show_open(), true) };
    let waiting: Vec<_> =
        rows.iter().filter(|row| row.confirmed.is_empty()).map(|row| row.shown.clone()).collect();
    let all = (!waiting.is_empty()).then(|| {
        let shown = waiting
            .into_iter()
            .map(|shown| view! { <input type="hidden" name="shown" value=shown/> }.into_any());
        view! {
            <PostForm form>
                <input type="hidden" name="back" value=list_address(open, None)/>
                {shown.collect_view()}
                <Button busy=form.busy()>{t.confirm_all_shown()}</Button>
            </PostForm>
        }
        .into_any()
    });
    let body = if rows.is_empty() {
        view! { <EmptyState kind=Empty::Nothing title=t.review_all_confirmed()/> }.into_any()
    } else {
        let pages = Pages { total, before, after, open };
        table(t, rows, pages, form)
    };
    view! {
        <Actions>{all}<LinkButton href=list_address(other, None) look=Look::Quiet>{words}</LinkButton></Actions>
        <Card flush=true>{body}</Card>
    }
    .into_any()
}

/// Where the list leads on.
struct Pages {
    total: Count,
    before: Option<String>,
    after: Option<String>,
    open: bool,
}

fn table(t: Text, rows: Vec<ReviewRow>, pages: Pages, form: Form) -> AnyView {
    let columns = vec![
        Column::new(t.col_user()),
        Column::new(t.status()),
        Column::new(t.col_roles()),
        Column::new(t.col_budgets()),
        Column::new(t.col_last_seen()).number(),
        Column::new(t.col_review()),
        Column::hidden(t.col_actions()).at(At::Menu),
    ];
    let Pages { total, before, after, open } = pages;
    let previous = before.map(|user| list_address(open, Some(("before", user))));
    let next = after.map(|user| list_address(open, Some(("after", user))));
    let rows = rows.into_iter().map(|row| user(t, row)).collect_view();
    view! {
        <PostForm form id=ONE_USER>
            <input type="hidden" name="back" value=list_address(open, None)/>
        </PostForm>
        <Table caption=t.review_table() columns=columns cards=true first=true>{rows}</Table>
        <Pager summary=count_text(t, total) previous next/>
    }
    .into_any()
}

fn user(t: Text, row: ReviewRow) -> AnyView {
    let ReviewRow { user, shown, confirmed } = row;
    let href = format!("/users/{}", user.id);
    let number = (!user.contact_number.is_empty()).then(|| user.contact_number.clone());
    let roles: Vec<String> = user.roles.iter().map(|role| role_label(t, role)).collect();
    let seen = if user.last_seen.is_empty() { t.never_seen().to_owned() } else { user.last_seen.clone() };
    let status: UserStatus = user.status;
    let budgets = budget_lines(t, &user);
    let decided = if confirmed.is_empty() {
        let about = user.name.clone();
        view! { <Button form=ONE_USER name="shown" value=shown about=about>{t.confirm_access()}</Button> }
            .into_any()
    } else {
        view! { <Badge status=Status::Good>{t.access_confirmed()}</Badge><Hint>{confirmed}</Hint> }.into_any()
    };
    let deactivate = (!user.you).then(|| {
        let id = user.id.to_string();
        view! {
            <MenuRule/>
            <MenuButton form=ONE_USER name="user" value=id formaction="/api/users/deactivate_reviewed" danger=true>{t.deactivate()}</MenuButton>
        }.into_any()
    });
    let edit = href.clone();
    let menu = view! {
        <Menu id=format!("menu-{}", user.id) label=t.actions_for(&user.name)>
            <MenuLink href=edit>{t.edit_user()}</MenuLink>
            {deactivate}
        </Menu>
    };
    view! {
        <tr>
            <PersonCell name=user.name.clone() href=href number=number email=user.email.clone() you=user.you/>
            <Cell><Badge status=shape(status)>{status_text(t, status)}</Badge></Cell>
            <Cell><Tags list=roles/></Cell>
            <Cell>{budgets}</Cell>
            <Cell label=t.col_last_seen() number=true><TimeText text=seen/></Cell>
            <Cell>{decided}</Cell>
            <Cell at=At::Menu>{menu}</Cell>
        </tr>
    }
    .into_any()
}

fn past_reviews(t: Text, past: Vec<PastReview>) -> AnyView {
    if past.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        Column::new(t.col_finished()),
        Column::new(t.col_finished_by()),
        Column::new(t.tab_users()).number(),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let rows = past.into_iter().map(move |review| {
        let href = format!("/users/review/{}/evidence.csv", review.id);
        let about = review.finished.clone();
        view! {
            <tr>
                <HeadCell><TimeText text=review.finished/></HeadCell>
                <Cell label=t.col_finished_by()>{review.by}</Cell>
                <Cell label=t.tab_users() number=true>{review.users}</Cell>
                <Cell at=At::Action><LinkButton href=href external=true about=about>{t.export_csv()}</LinkButton></Cell>
            </tr>
        }
        .into_any()
    });
    view! {
        <Section title=t.past_reviews()>
            <Card flush=true>
                <Table caption=t.past_reviews() columns=columns cards=true>{rows.collect_view()}</Table>
            </Card>
        </Section>
    }
    .into_any()
}
