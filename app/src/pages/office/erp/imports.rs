use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ERP_UPLOAD_MAX, ErpImportLine, ErpImportsPage};

use super::{ErpTop, Shown, import_path, import_shape};
use crate::api::office::erp::OfficeErpImports as Ask;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, erp_import_state, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, Cell, CheckField, Column, Empty, EmptyState, FileField, HeadCell,
    Hint, Look, Narrow, Notice, Section, Stack, Table, TextLink,
};

/// The most that is taken, in megabytes.
const MEGABYTES: usize = ERP_UPLOAD_MAX / 1024 / 1024;

/// Files to import, and what was imported.
#[component]
pub fn OfficeErpImports() -> impl IntoView {
    let page = use_data(String::new, || Ask {});
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

/// Why files were not kept: a code of the address.
fn refusal(t: Text, code: &str) -> Option<String> {
    match code {
        "nothing" => Some(t.erp_upload_nothing().to_owned()),
        "too_large" => Some(t.erp_upload_too_large(MEGABYTES)),
        _ => None,
    }
}

fn shown(page: ErpImportsPage) -> AnyView {
    let t = use_text();
    let query = use_query_map();
    let refused = query.with_untracked(|q| q.get("refused")).and_then(|code| refusal(t, &code));
    let error = refused.is_some();
    let refused = refused.map(|text| view! { <Banner kind=Notice::Bad>{text}</Banner> });
    let upload = match (page.can_manage, page.open) {
        (false, _) => None,
        (true, false) => {
            Some(view! { <Banner kind=Notice::Unavailable>{t.erp_upload_closed()}</Banner> }.into_any())
        }
        (true, true) => Some(view! { <Upload holds_up=page.holds_up/> }.into_any()),
    };
    view! {
        <ErpTop shown=Shown::Imports lead=t.erp_imports_lead() error=error/>
        {refused}
        {upload}
        <Section title=t.erp_imports_title()>
            <Card flush=true>{list(t, page.imports)}</Card>
        </Section>
    }
    .into_any()
}

/// The files are sent as a plain form, which the browser does by itself.
#[component]
fn Upload(holds_up: bool) -> impl IntoView {
    let t = use_text();
    let file = |name: &'static str, words: &'static str| {
        view! { <FileField name=name label=words accept=".csv,text/csv"/> }
    };
    view! {
        <Section title=t.erp_upload_title()>
            <Narrow>
                <Card>
                    <form method="post" action="/office/erp/upload" enctype="multipart/form-data">
                        <Stack>
                            {file("customers", "customers.csv")}
                            {file("contacts", "contacts.csv")}
                            {file("invoices", "invoices.csv")}
                            <CheckField name="complete" label=t.erp_complete() hint=t.erp_complete_hint()/>
                            <Hint>{t.erp_upload_hint(MEGABYTES)}</Hint>
                            {holds_up.then(|| view! { <Hint>{t.erp_holds_up()}</Hint> })}
                            <Actions><Button look=Look::Primary>{t.erp_upload()}</Button></Actions>
                        </Stack>
                    </form>
                </Card>
            </Narrow>
        </Section>
    }
    .into_any()
}

fn list(t: Text, imports: Vec<ErpImportLine>) -> AnyView {
    if imports.is_empty() {
        return view! { <EmptyState kind=Empty::FirstUse title=t.erp_imports_none()/> }.into_any();
    }
    let columns = vec![
        Column::new(t.erp_col_import()),
        Column::new(t.erp_col_by()),
        Column::new(t.erp_col_state()),
        Column::new(t.erp_col_records()).number(),
        Column::new(t.erp_col_errors()).number(),
    ];
    let row = |line: ErpImportLine| {
        let by = if line.by.is_empty() { t.erp_command_line().to_owned() } else { line.by };
        view! {
            <tr>
                <HeadCell><TextLink href=import_path(line.id)>{line.when}</TextLink></HeadCell>
                <Cell label=t.erp_col_by()>{by}</Cell>
                <Cell><Badge status=import_shape(line.state)>{erp_import_state(t, line.state)}</Badge></Cell>
                <Cell label=t.erp_col_records() number=true>{line.records.to_string()}</Cell>
                <Cell label=t.erp_col_errors() number=true>{line.errors.to_string()}</Cell>
            </tr>
        }
    };
    let rows = imports.into_iter().map(row).collect_view();
    view! { <Table caption=t.erp_imports_table() columns=columns cards=true first=true>{rows}</Table> }
        .into_any()
}
