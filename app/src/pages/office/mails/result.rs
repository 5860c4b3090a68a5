use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{MailLine, MailsResult};

use super::path;
use crate::api::office::mails::OfficeMailResults;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Badge, Banner, Card, Cell, Column, EmailText, HeadCell, Hint, Notice, PageHead, PageTitle, Stack, Status,
    Table, TextLink,
};

/// What came of taking several mails up again.
#[component]
pub fn OfficeMailResult() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = use_data(move || id.get(), move || OfficeMailResults { result: id.get_untracked() });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: MailsResult) -> AnyView {
    let t = use_text();
    let kind = if page.all_done { Notice::Ok } else { Notice::Warn };
    let columns =
        vec![Column::new(t.col_mail()), Column::new(t.mails_col_recipient()), Column::new(t.col_result())];
    let rows = page.lines.into_iter().map(|line| row(t, line)).collect_view();
    view! {
        <PageTitle text=t.mails_result_title()/>
        <PageHead title=t.mails_result_title() parent=("/office/mail?state=dead".to_owned(), t.mails().to_owned())/>
        <Stack>
            <Banner kind=kind title=page.summary/>
            <Card flush=true>
                <Table caption=t.mails_result_lines() columns=columns cards=true first=true>{rows}</Table>
            </Card>
        </Stack>
    }
    .into_any()
}

fn row(t: Text, line: MailLine) -> AnyView {
    let (status, words) =
        if line.good { (Status::Good, t.mails_mark_taken()) } else { (Status::Bad, t.mails_mark_kept()) };
    let name = match line.mail {
        Some(mail) => view! { <TextLink href=path(mail) external=true>{line.name}</TextLink> }.into_any(),
        None => line.name.into_any(),
    };
    let reason = (!line.reason.is_empty()).then(|| view! { <Hint>{line.reason}</Hint> });
    view! {
        <tr>
            <HeadCell>{name}</HeadCell>
            <Cell label=t.mails_col_recipient()><EmailText address=line.recipient/></Cell>
            <Cell><Badge status=status>{words}</Badge>{reason}</Cell>
        </tr>
    }
    .into_any()
}
