use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{ResultLine, ResultPage};

use super::import::RowsForm;
use crate::api::many::ShowResult;
use crate::form::{PostForm, errors_of, on_repeat, use_form};
use crate::frame::{Frame, PasswordAgain};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, Cell, Column, ErrorSummary, Hint, LinkButton, Look, Notice,
    PageHead, PageTitle, PersonCell, Section, Stack, Status, Table,
};

/// What came of many at once: of an action on several users, or of the rows of an import.
#[component]
pub fn UsersResult() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    // Rows that were added just before are others now.
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || ShowResult { result: id.get_untracked() });
    on_repeat(move || page.refetch());
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(page: ResultPage) -> impl IntoView {
    let t = use_text();
    let add = use_form("/api/users/add_imported");
    let correct = use_form("/api/users/check_import");
    let go_on = use_form("/api/users/go_on_matching");
    let kind = match (page.all_done, page.ready) {
        (false, _) => Notice::Warn,
        (true, 0) => Notice::Ok,
        (true, _) => Notice::Info,
    };
    let adding =
        page.adding.then(|| view! { <Banner kind=Notice::Info>{t.being_added()}</Banner> }.into_any());
    let ready = (page.ready > 0 && !page.adding).then(|| {
        let words = if page.ready == 1 { t.add_one_user().to_owned() } else { t.add_users(page.ready) };
        view! {
            <PostForm form=add>
                <Stack>
                    <input type="hidden" name="result" value=page.id.to_string()/>
                    <PasswordAgain form=add/>
                    <Actions>
                        <Button look=Look::Primary busy=add.busy() busy_label=t.adding_users()>{words}</Button>
                    </Actions>
                </Stack>
            </PostForm>
        }.into_any()
    });
    let href = format!("/users/results/{}/rows.csv", page.id);
    let file = (page.file && !page.import).then(|| {
        let more = (page.more > 0).then(|| view! { <Hint>{t.more_kept(page.more)}</Hint> }.into_any());
        let href = href.clone();
        view! {
            {more}
            <Actions><LinkButton href=href external=true>{t.download_kept()}</LinkButton></Actions>
        }
        .into_any()
    });
    let waits = page.waits.map(|(done, all)| {
        view! {
            <Banner kind=Notice::Info>{t.waits(done, all)}</Banner>
            <PostForm form=go_on>
                <Stack>
                    <input type="hidden" name="result" value=page.id.to_string()/>
                    <PasswordAgain form=go_on/>
                    <Actions>
                        <Button look=Look::Primary busy=go_on.busy() busy_label=t.going_on()>{t.go_on()}</Button>
                    </Actions>
                </Stack>
            </PostForm>
        }.into_any()
    });
    let lines = (page.import || !page.lines.is_empty())
        .then(|| view! { <Lines lines=page.lines import=page.import/> }.into_any());
    let rest = (!page.rest.is_empty() && !page.adding).then(|| {
        view! {
            <Section title=t.rows_to_correct() lead=t.rows_to_correct_lead().to_owned()>
                <Stack>
                    <RowsForm form=correct value=correct.value("csv", page.rest.clone())/>
                    <Actions><LinkButton href=href external=true>{t.download_rows()}</LinkButton></Actions>
                </Stack>
            </Section>
        }
        .into_any()
    });
    view! {
        <PageTitle text=format!("{} · {}", page.title, t.nav_users()) error=correct.failed()/>
        <ErrorSummary errors=errors_of(vec![add, correct, go_on])/>
        <PageHead title=page.title.clone() parent=(page.back.clone(), t.nav_users().to_owned())/>
        <Stack>
            <Banner kind=kind title=page.summary.clone()/>
            {adding}
            {waits}
            {ready}
            {lines}
            {file}
        </Stack>
        {rest}
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<ResultLine>, import: bool) -> impl IntoView {
    let t = use_text();
    let columns = [
        import.then(|| Column::new(t.col_line()).number()),
        Some(Column::new(t.col_user())),
        Some(Column::new(t.col_result())),
    ];
    let caption = if import { t.result_rows() } else { t.result_lines() };
    let rows = lines.into_iter().map(|line| row(t, line, import)).collect_view();
    view! {
        <Card flush=true>
            <Table caption=caption columns=columns.into_iter().flatten().collect() cards=true first=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn row(t: Text, line: ResultLine, import: bool) -> AnyView {
    let status = if line.good { Status::Good } else { Status::Bad };
    let number = import
        .then(|| view! { <Cell label=t.col_line() number=true>{line.line.to_string()}</Cell> }.into_any());
    let email = (!line.email.is_empty()).then_some(line.email);
    let person = if line.href.is_empty() {
        view! { <PersonCell name=line.name email=email/> }.into_any()
    } else {
        view! { <PersonCell name=line.name href=line.href email=email/> }.into_any()
    };
    let reason = (!line.reason.is_empty()).then(|| view! { <Hint>{line.reason}</Hint> }.into_any());
    view! {
        <tr>
            {number}
            {person}
            <Cell><Badge status=status>{line.mark}</Badge>{reason}</Cell>
        </tr>
    }
    .into_any()
}
