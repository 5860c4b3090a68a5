use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{StaffList, StaffRow};

use super::{done_words, shape};
use crate::api::office::staff::OfficeStaffList;
use crate::form::on_repeat;
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, staff_role_name, staff_status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Badge, Card, Cell, Column, Hint, LinkButton, Look, PageHead, PageTitle, PersonCell, Table, TimeText,
};

/// Who of the staff there is.
#[component]
pub fn OfficeStaff() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before has changed the list.
    let page = use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || OfficeStaffList {});
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <OfficeFrame>
            <PageTitle text=t.office_staff()/>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(list: StaffList) -> AnyView {
    let t = use_text();
    let can_manage = list.can_manage;
    let actions = move || {
        can_manage.then(|| {
            view! { <LinkButton href="/office/staff/new" look=Look::Primary>{t.staff_invite()}</LinkButton> }
        })
    };
    let columns = vec![
        Column::new(t.col_user()),
        Column::new(t.role()),
        Column::new(t.status()),
        Column::new(t.col_second_step()),
        Column::new(t.col_last_seen()).number(),
    ];
    let rows = list.rows.into_iter().map(|row| person(t, row)).collect_view();
    view! {
        <PageHead title=t.office_staff() lead=t.staff_lead() actions=actions/>
        <Card flush=true>
            <Table caption=t.staff_table() columns=columns cards=true first=true>{rows}</Table>
        </Card>
        {list.more.then(|| view! { <Hint>{t.staff_more()}</Hint> })}
    }
    .into_any()
}

fn person(t: Text, row: StaffRow) -> impl IntoView {
    let second = if row.second_step { t.staff_second_step_yes() } else { t.staff_second_step_no() };
    let seen = if row.last_seen.is_empty() { t.staff_never_seen().to_owned() } else { row.last_seen };
    view! {
        <tr>
            <PersonCell name=row.name href=format!("/office/staff/{}", row.id) email=row.email you=row.you/>
            <Cell label=t.role()>{staff_role_name(t, row.role)}</Cell>
            <Cell><Badge status=shape(row.status)>{staff_status_text(t, row.status)}</Badge></Cell>
            <Cell label=t.col_second_step()>{second}</Cell>
            <Cell label=t.col_last_seen() number=true><TimeText text=seen/></Cell>
        </tr>
    }
}
