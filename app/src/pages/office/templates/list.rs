use leptos::prelude::*;
use model::TemplateRow;

use super::{MailTabs, StateMarks, address_of, may_manage, title_of};
use crate::api::office::templates::OfficeTemplatesList;
use crate::frame::OfficeFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{At, Card, Cell, Column, HeadCell, LinkButton, PageHead, PageTitle, Table};

/// Every mail in every language, and how it stands.
#[component]
pub fn OfficeTemplates() -> impl IntoView {
    let t = use_text();
    let page = use_data(String::new, || OfficeTemplatesList {});
    view! {
        <OfficeFrame>
            <PageTitle text=t.templates()/>
            <PageHead title=t.templates() lead=t.templates_lead()/>
            <MailTabs preferences=false/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(rows: Vec<TemplateRow>) -> impl IntoView {
    let t = use_text();
    let columns = vec![
        Column::new(t.col_mail()),
        Column::new(t.language()),
        Column::new(t.col_state()),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let open = if may_manage() { t.edit_template() } else { t.show_template() };
    let rows = rows.into_iter().map(move |row| {
        // The editor's frame needs a policy that comes with its own document.
        let (address, about, name) = (address_of(&row), title_of(&row), row.name.clone());
        let language = row.locale.own_name();
        view! {
            <tr>
                <HeadCell>{name}</HeadCell>
                <Cell label=t.language()>{language}</Cell>
                <Cell label=t.col_state()><StateMarks row/></Cell>
                <Cell at=At::Action><LinkButton href=address external=true about=about>{open}</LinkButton></Cell>
            </tr>
        }
    });
    view! {
        <Card flush=true>
            <Table caption=t.templates_table() columns=columns cards=true first=true>{rows.collect_view()}</Table>
        </Card>
    }
    .into_any()
}
