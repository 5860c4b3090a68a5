use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{ErpFileLine, ErpImportPage, ErpImportState, ErpRowError, ErrorCode};

use super::{IMPORTS, import_path, import_shape};
use crate::api::Failure;
use crate::api::office::erp::OfficeErpImport as Ask;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::{Text, erp_import_state, erp_import_text, use_text};
use crate::load::{Loaded, read_by_itself, use_data};
use crate::ui::{
    Actions, Announcer, Badge, Banner, Button, Card, Cell, Column, ErrorSummary, HeadCell, Hint, LinkButton,
    Look, Notice, PageHead, PageTitle, Progress, Section, Stack, Table, use_announcer,
};

/// How soon an import that runs is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// One import: how far it is, what was found, and what can be done with its files.
#[component]
pub fn OfficeErpImport() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = use_data(move || id.get(), move || Ask { import: id.get_untracked() });
    on_repeat(move || page.refetch());
    view! { <OfficeFrame><Loaded data=page render=living/></OfficeFrame> }
}

/// The page as it was read. While the import runs only its progress is read anew, so that nothing else moves.
fn living(first: ErpImportPage) -> AnyView {
    let t = use_text();
    let by = if first.line.by.is_empty() { t.erp_command_line() } else { first.line.by.as_str() };
    let lead = t.erp_import_by(&first.line.when, by);
    let page = RwSignal::new(first);
    let runs = Memo::new(move |_| page.with(|page| page.progress.is_some()));
    let announcer = use_announcer();
    Effect::new(move |_| follow(page, t, announcer));
    view! {
        <PageHead title=t.erp_import_title() lead=lead parent=(IMPORTS.to_owned(), t.erp_tab_imports().to_owned())/>
        {move || if runs.get() { under_way(page) } else { at_rest(page.get_untracked()) }}
    }
    .into_any()
}

/// Reads it again and again until it has ended. Only in the browser.
fn follow(page: RwSignal<ErpImportPage>, t: Text, announcer: Announcer) {
    if page.try_with_untracked(|page| page.progress.is_some()) != Some(true) {
        return;
    }
    let look = move || {
        leptos::task::spawn_local(async move {
            let Some(import) = page.try_with_untracked(|page| page.line.id.to_string()) else { return };
            match read_by_itself(Ask { import }).await {
                Ok(now) => {
                    if now.progress.is_none() {
                        announcer.say(erp_import_text(t, now.line.state, now.fault));
                    }
                    page.try_set(now);
                }
                Err(Failure(error)) if error.code == ErrorCode::Unauthenticated => return,
                // The host may be busy with the import itself.
                Err(_) => {}
            }
            follow(page, t, announcer);
        });
    };
    set_timeout(look, LOOK_AGAIN);
}

fn under_way(page: RwSignal<ErpImportPage>) -> AnyView {
    let t = use_text();
    let (state, href) = page.with_untracked(|page| (page.line.state, import_path(page.line.id)));
    let progress = move || page.with(|page| page.progress.clone());
    let percent = Signal::derive(move || progress().map_or(100, |at| at.percent));
    let text = Signal::derive(move || {
        progress().map(|at| t.erp_progress_text(at.percent, &at.file, at.rows)).unwrap_or_default()
    });
    view! {
        <PageTitle text=t.erp_import_title()/>
        <Card>
            <Stack>
                <p><Badge status=import_shape(state)>{erp_import_state(t, state)}</Badge></p>
                <p>{erp_import_text(t, state, None)}</p>
                <Progress label=t.erp_progress() percent=percent text=text/>
                <Actions><LinkButton href=href external=true>{t.erp_look_again()}</LinkButton></Actions>
            </Stack>
        </Card>
    }
    .into_any()
}

fn at_rest(page: ErpImportPage) -> AnyView {
    let t = use_text();
    let forms = ["/api/office/erp_check", "/api/office/erp_write", "/api/office/erp_discard"].map(use_form);
    let failed = Signal::derive(move || forms.iter().any(|form| form.failed().get()));
    let state = page.line.state;
    let text = erp_import_text(t, state, page.fault);
    let kind = match state {
        _ if page.fault.is_some() => Notice::Bad,
        ErpImportState::Refused | ErpImportState::Interrupted => Notice::Bad,
        ErpImportState::Done => Notice::Ok,
        _ => Notice::Info,
    };
    let kept = (!page.kept_until.is_empty()).then(|| t.erp_kept(&page.kept_until));
    let kept = kept.map(|words| view! { <Hint>{words}</Hint> }.into_any());
    let files = (!page.files.is_empty()).then(|| files(t, page.files.clone(), state));
    let errors = (!page.errors.is_empty()).then(|| errors(t, &page));
    view! {
        <PageTitle text=t.erp_import_title() error=failed/>
        <ErrorSummary errors=errors_of(forms.to_vec())/>
        <Stack>
            <p><Badge status=import_shape(state)>{erp_import_state(t, state)}</Badge> " " {page.line.ended.clone()}</p>
            <Banner kind=kind>{text}</Banner>
            {ways(t, &page, forms)}
            {kept}
            {files}
        </Stack>
        {errors}
    }
    .into_any()
}

/// What can be done with the files.
fn ways(t: Text, page: &ErpImportPage, [check, write, discard]: [Form; 3]) -> Option<AnyView> {
    let state = page.line.state;
    let checked = state == ErpImportState::Checked;
    let kept = checked || matches!(state, ErpImportState::Arrived | ErpImportState::Interrupted);
    if !page.can_manage || !kept {
        return None;
    }
    let id = page.line.id.to_string();
    let button = |form: Form, look: Look, words: String| {
        let id = id.clone();
        view! {
            <PostForm form>
                <input type="hidden" name="import" value=id/>
                <Button look=look busy=form.busy()>{words}</Button>
            </PostForm>
        }
        .into_any()
    };
    let waits = page.waits.then(|| view! { <Banner kind=Notice::Info>{t.erp_waits()}</Banner> });
    let forward = (!page.waits && page.open).then(|| match (checked, page.line.records) {
        (true, 0) => button(write, Look::Primary, t.erp_write_none().to_owned()),
        (true, n) => button(write, Look::Primary, t.erp_write(n)),
        (false, _) => button(check, Look::Primary, t.erp_check().to_owned()),
    });
    let away = button(discard, Look::Secondary, t.erp_discard().to_owned());
    Some(view! { {waits} <Actions>{away}{forward}</Actions> }.into_any())
}

/// What the files hold. From the first error on nothing is compared with what is there.
fn files(t: Text, files: Vec<ErpFileLine>, state: ErpImportState) -> AnyView {
    let compared = state != ErpImportState::Refused;
    let heads = if compared {
        vec![t.erp_col_inserted(), t.erp_col_changed(), t.erp_col_unchanged(), t.erp_col_removed()]
    } else {
        vec![t.erp_col_errors()]
    };
    let columns = [Column::new(t.erp_col_file()), Column::new(t.erp_col_rows()).number()];
    let columns: Vec<_> =
        columns.into_iter().chain(heads.iter().map(|head| Column::new(*head).number())).collect();
    let row = |file: ErpFileLine| {
        let figures = if compared {
            vec![file.inserted, file.changed, file.unchanged, file.removed]
        } else {
            vec![file.errors]
        };
        let figures = figures.into_iter().zip(&heads).map(|(figure, head)| {
            view! { <Cell label=*head number=true>{figure.to_string()}</Cell> }
        });
        view! {
            <tr>
                <HeadCell>{file.name}</HeadCell>
                <Cell label=t.erp_col_rows() number=true>{file.rows.to_string()}</Cell>
                {figures.collect_view()}
            </tr>
        }
    };
    let rows = files.into_iter().map(row).collect_view();
    view! { <Card flush=true><Table caption=t.erp_files_table() columns=columns cards=true>{rows}</Table></Card> }
        .into_any()
}

fn errors(t: Text, page: &ErpImportPage) -> AnyView {
    let (shown, all) = (page.errors.len(), page.line.errors);
    let some = (shown as u64 != all).then(|| view! { <Hint>{t.erp_errors_some(shown, all)}</Hint> });
    let sheet = format!("{}/errors.csv", import_path(page.line.id));
    let columns = vec![
        Column::new(t.erp_col_file()),
        Column::new(t.erp_col_line()).number(),
        Column::new(t.erp_col_column()),
        Column::new(t.erp_col_problem()),
        Column::new(t.erp_col_fix()),
    ];
    let row = |error: ErpRowError| {
        view! {
            <tr>
                <HeadCell>{error.file}</HeadCell>
                <Cell label=t.erp_col_line() number=true>{error.line.to_string()}</Cell>
                <Cell label=t.erp_col_column()>{error.column}</Cell>
                <Cell label=t.erp_col_problem()>{error.problem}</Cell>
                <Cell label=t.erp_col_fix()>{error.fix}</Cell>
            </tr>
        }
    };
    let rows = page.errors.iter().cloned().map(row).collect_view();
    view! {
        <Section title=t.erp_errors_title()>
            <Stack>
                {some}
                <Actions><LinkButton href=sheet external=true>{t.erp_errors_save()}</LinkButton></Actions>
                <Card flush=true>
                    <Table caption=t.erp_errors_table() columns=columns cards=true first=true>{rows}</Table>
                </Card>
            </Stack>
        </Section>
    }
    .into_any()
}
