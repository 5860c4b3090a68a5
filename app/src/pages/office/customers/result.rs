use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{AccessLine, AccessResult};

use crate::api::office::customers::OfficeCustomersResult as Ask;
use crate::form::{PostForm, on_repeat, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, Cell, CheckField, Column, ErrorSummary, HeadCell, Hint, Look,
    Notice, PageHead, PageTitle, Stack, Status, Table, TextLink,
};

/// What came of giving many access, or what would come of it.
#[component]
pub fn OfficeCustomersResult() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    // Rows that were done just before are others now.
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || Ask { result: id.get_untracked() });
    on_repeat(move || page.refetch());
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: AccessResult) -> AnyView {
    let t = use_text();
    let form = use_form("/api/office/customers_give_many");
    let kind = match (page.all_done, page.ready) {
        (false, _) => Notice::Warn,
        (true, 0) => Notice::Ok,
        (true, _) => Notice::Info,
    };
    let working = page.working.then(|| view! { <Banner kind=Notice::Info>{t.access_working()}</Banner> });
    let ready = (page.ready > 0 && !page.working).then(|| {
        let words = if page.ready == 1 { t.access_give_one().to_owned() } else { t.access_give_n(page.ready) };
        view! {
            <PostForm form>
                <Stack>
                    <input type="hidden" name="result" value=page.id.to_string()/>
                    <CheckField name="notify" label=t.access_notify() hint=t.access_notify_hint() checked=form.ticked("notify", "true", true)/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy() busy_label=t.access_giving()>{words}</Button>
                    </Actions>
                </Stack>
            </PostForm>
        }
    });
    let sheet = page.lines.iter().any(|line| line.line > 0);
    let columns = [
        Some(Column::new(t.customers_col())),
        sheet.then(|| Column::new(t.access_col_line()).number()),
        Some(Column::new(t.access_col_person())),
        Some(Column::new(t.col_result())),
    ];
    let rows = page.lines.into_iter().map(|line| row(t, line, sheet)).collect_view();
    view! {
        <PageTitle text=t.access_result_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead title=t.access_result_title() parent=("/office/customers".to_owned(), t.customers().to_owned())/>
        <Stack>
            <Banner kind=kind title=page.summary/>
            {working}
            {ready}
            <Card flush=true>
                <Table caption=t.access_result_lines() columns=columns.into_iter().flatten().collect() cards=true first=true>{rows}</Table>
            </Card>
        </Stack>
    }
    .into_any()
}

fn row(t: Text, line: AccessLine, sheet: bool) -> AnyView {
    let status = if line.good { Status::Good } else { Status::Bad };
    let number =
        sheet.then(|| view! { <Cell label=t.access_col_line() number=true>{line.line.to_string()}</Cell> });
    let customer = if line.href.is_empty() {
        view! { <bdi>{line.customer}</bdi> }.into_any()
    } else {
        view! { <TextLink href=line.href>{line.customer}</TextLink> }.into_any()
    };
    let reason = (!line.reason.is_empty()).then(|| view! { <Hint>{line.reason}</Hint> });
    view! {
        <tr>
            <HeadCell>{customer}</HeadCell>
            {number}
            <Cell label=t.access_col_person()><bdi>{line.person}</bdi></Cell>
            <Cell><Badge status=status>{line.mark}</Badge>{reason}</Cell>
        </tr>
    }
    .into_any()
}
