use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{BulkAction, InvitationRow, SideList};

use super::done::UserDone;
use super::many::{ManyForm, act};
use super::tabs::{Shown, UsersHead};
use crate::api::users::Invitations;
use crate::form::{PostForm, errors_of, on_repeat, use_form, use_form_of};
use crate::frame::{Frame, SendAgain};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    At, Badge, Button, Card, Cell, Column, Dialog, Empty, EmptyState, ErrorSummary, Look, Menu, MenuButton,
    MenuRule, PageTitle, PersonCell, SelectCell, Status, Table, TimeText,
};

/// Invitations that wait or have ended.
#[component]
pub fn UsersInvitations() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before, to whom: it has changed the list.
    let key = move || {
        let given = |name| query.with(|q| q.get(name)).unwrap_or_default();
        given("done") + &given("user")
    };
    let page = use_data(key, || Invitations {});
    on_repeat(move || page.refetch());
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_invitations(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<Vec<InvitationRow>>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let list = if list.is_empty() {
        view! { <Card><EmptyState kind=Empty::Nothing title=t.no_invitations() text=t.no_invitations_text()/></Card> }.into_any()
    } else {
        view! { <InvitationsTable rows=list can_manage/> }.into_any()
    };
    view! { <UsersHead shown=Shown::Invitations company counts can_manage/> {list} }.into_any()
}

const PAGE: &str = "/users/invitations";

/// The form that the entries of menus send, beside the one for the ticked rows.
const ONE_INVITATION: &str = "one-invitation";

/// The question before several invitations are taken back.
const REVOKE: &str = "revoke-invitations";

#[component]
fn InvitationsTable(rows: Vec<InvitationRow>, can_manage: bool) -> impl IntoView {
    let t = use_text();
    let one = use_form_of("/api/users/resend_invitation", &["/api/users/revoke_invitation"]);
    let many = use_form("/api/users/bulk");
    let select = can_manage.then(|| Column::new(t.select_page()).ticks_all("all", "users"));
    let columns = select.into_iter().chain([
        Column::new(t.col_user()),
        Column::new(t.status()),
        Column::new(t.col_invited_by()),
        Column::new(t.col_sent()).number(),
        Column::new(t.col_expires()).number(),
        Column::hidden(t.col_actions()).at(At::Menu),
    ]);
    let on_page = rows.iter().map(|row| row.user).collect();
    let rows = rows.into_iter().map(|row| invitation(t, row, can_manage)).collect_view();
    let table = view! { <Table caption=t.invitations_table() columns=columns.collect() cards=true first=true>{rows}</Table> };
    if !can_manage {
        return view! { <Card flush=true>{table}</Card> }.into_any();
    }
    let actions = view! {
        {act(BulkAction::ResendInvitation, t.resend_invitations())}
        <Button opens=REVOKE>{t.revoke_ask()}</Button>
    };
    let confirmed = move || {
        view! { <Button look=Look::Danger name="action" value=BulkAction::RevokeInvitation.key()>{t.revoke_invitations()}</Button> }.into_any()
    };
    view! {
        <ErrorSummary errors=errors_of(vec![one, many])/>
        <SendAgain form=one/>
        <SendAgain form=many/>
        <Card flush=true>
            <PostForm form=one id=ONE_INVITATION>
                <input type="hidden" name="back" value=PAGE/>
            </PostForm>
            <ManyForm form=many on_page back=PAGE actions=actions.into_any()>
                {table}
                <Dialog id=REVOKE title=t.revoke_title() keep=t.revoke_keep() actions=confirmed>{t.revoke_text()}</Dialog>
            </ManyForm>
        </Card>
    }
    .into_any()
}

fn invitation(t: Text, row: InvitationRow, can_manage: bool) -> impl IntoView {
    let id = row.user.to_string();
    let (status, words) =
        if row.expired { (Status::Bad, t.status_expired()) } else { (Status::Waiting, t.status_invited()) };
    let sent = if row.sent.is_empty() { t.waiting_to_send().to_owned() } else { row.sent };
    let href = format!("/users/{id}");
    let menu = can_manage.then(|| {
        let (resend, revoke) = (id.clone(), id.clone());
        view! {
            <Menu id=format!("menu-{id}") label=t.actions_for(&row.name)>
                <MenuButton form=ONE_INVITATION name="user" value=resend formaction="/api/users/resend_invitation">{t.resend_invitation()}</MenuButton>
                <MenuRule/>
                <MenuButton form=ONE_INVITATION name="user" value=revoke formaction="/api/users/revoke_invitation" danger=true>{t.revoke_invitation()}</MenuButton>
            </Menu>
        }.into_any()
    });
    let select = can_manage.then(|| {
        view! { <SelectCell name="users" value=id.clone() label=t.select_user(&row.name)/> }.into_any()
    });
    view! {
        <tr>
            {select}
            <PersonCell name=row.name.clone() href=href email=row.email/>
            <Cell><Badge status=status>{words}</Badge></Cell>
            <Cell label=t.col_invited_by()>{row.invited_by}</Cell>
            <Cell label=t.col_sent() number=true><TimeText text=sent/></Cell>
            <Cell label=t.col_expires() number=true><TimeText text=row.expires/></Cell>
            <Cell at=At::Menu>{menu}</Cell>
        </tr>
    }
}
