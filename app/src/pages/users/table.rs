use leptos::prelude::*;
use model::{RoleLabel, SortKey, UserRow, UserStatus, UsersQuery};

use super::list::address;
use super::many::ManyUsers;
use crate::form::{Form, PostForm, errors_of, use_form, use_form_of};
use crate::frame::SendAgain;
use crate::i18n::{Text, role_label, status_text, use_text};
use crate::ui::{
    At, Badge, Cell, Column, ErrorSummary, Menu, MenuButton, MenuLink, MenuRule, MoneyText, Order,
    PersonCell, SelectCell, Stack, Status, Table, Tags, TimeText,
};

/// The form around what can be done to users: the buttons name the user and the server function.
fn use_row_form() -> Form {
    let further = [
        "/api/users/activate",
        "/api/users/resend_invitation",
        "/api/users/revoke_invitation",
        "/api/users/send_password_link",
    ];
    use_form_of("/api/users/deactivate", &further)
}

/// The form that the entries of menus send. It stands beside the one for the ticked rows: neither
/// sends what belongs to the other.
const ONE_USER: &str = "one-user";

/// The shop users, each row with its menu.
#[component]
pub(super) fn UsersTable(
    rows: Vec<UserRow>,
    query: UsersQuery,
    can_manage: bool,
    /// The roles that the company made itself.
    own_roles: Vec<RoleLabel>,
) -> impl IntoView {
    let t = use_text();
    // One form for the menus of all rows: their buttons name the user and the server function.
    let one = use_row_form();
    let many = use_form("/api/users/bulk");
    let back = address(&query);
    let caption = match query.sort {
        SortKey::Name => t.users_table_by_name(),
        SortKey::Email => t.users_table_by_email(),
        SortKey::LastSeen => t.users_table_by_seen(),
    };
    let select = can_manage.then(|| Column::new(t.select_page()).ticks_all("all", "users"));
    let columns = select.into_iter().chain([
        sortable(Column::new(t.col_user()), &query, SortKey::Name),
        Column::new(t.status()),
        Column::new(t.col_roles()),
        Column::new(t.col_budgets()),
        sortable(Column::new(t.col_last_seen()).number(), &query, SortKey::LastSeen),
        Column::hidden(t.col_actions()).at(At::Menu),
    ]);
    let on_page: Vec<_> = rows.iter().map(|row| row.id).collect();
    let rows = rows.into_iter().map(|row| user_row(t, row, can_manage)).collect_view();
    let table =
        view! { <Table caption=caption columns=columns.collect() cards=true first=true>{rows}</Table> };
    if !can_manage {
        return table.into_any();
    }
    let same = back.clone();
    view! {
        <ErrorSummary errors=errors_of(vec![one, many])/>
        <SendAgain form=one/>
        <SendAgain form=many/>
        <PostForm form=one id=ONE_USER>
            <input type="hidden" name="back" value=same/>
        </PostForm>
        <ManyUsers form=many on_page back all=matching(&query) own_roles>{table}</ManyUsers>
    }
    .into_any()
}

/// The page of everybody whom the list finds.
fn matching(query: &UsersQuery) -> String {
    crate::address::address("/users/matching", &query.pairs())
}

/// The column's head links to the list sorted by it, or turned round if it is already.
fn sortable(column: Column, query: &UsersQuery, key: SortKey) -> Column {
    let sorted = query.sort == key;
    let descending = if sorted { !query.descending } else { key == SortKey::LastSeen };
    let href = address(&UsersQuery { sort: key, descending, after: None, before: None, ..query.clone() });
    match (sorted, query.descending) {
        (false, _) => column.sortable(href),
        (true, false) => column.sorted(href, Order::Ascending),
        (true, true) => column.sorted(href, Order::Descending),
    }
}

fn user_row(t: Text, row: UserRow, can_manage: bool) -> impl IntoView {
    let href = format!("/users/{}", row.id);
    let number = (!row.contact_number.is_empty()).then(|| row.contact_number.clone());
    let roles: Vec<String> = row.roles.iter().map(|role| role_label(t, role)).collect();
    let seen = if row.last_seen.is_empty() { t.never_seen().to_owned() } else { row.last_seen.clone() };
    let status = row.status;
    let budgets = budget_lines(t, &row);
    let menu = user_menu(t, &row, can_manage);
    let select = can_manage.then(|| {
        view! { <SelectCell name="users" value=row.id.to_string() label=t.select_user(&row.name)/> }
            .into_any()
    });
    view! {
        <tr>
            {select}
            <PersonCell name=row.name.clone() href=href number=number email=row.email.clone() you=row.you/>
            <Cell><Badge status=shape(status)>{status_text(t, status)}</Badge></Cell>
            <Cell><Tags list=roles/></Cell>
            <Cell>{budgets}</Cell>
            <Cell label=t.col_last_seen() number=true><TimeText text=seen/></Cell>
            <Cell at=At::Menu>{menu}</Cell>
        </tr>
    }
}

/// A status' shape.
pub(crate) const fn shape(status: UserStatus) -> Status {
    match status {
        UserStatus::Active => Status::Good,
        UserStatus::Invited => Status::Waiting,
        UserStatus::InvitationExpired => Status::Bad,
        UserStatus::Deactivated => Status::Off,
        UserStatus::Locked => Status::Locked,
    }
}

pub(super) fn budget_lines(t: Text, row: &UserRow) -> AnyView {
    let month = row.budgets.per_month.as_deref().map(|amount| t.budget_month(amount));
    let order = row.budgets.per_order.as_deref().map(|amount| t.budget_order(amount));
    if month.is_none() && order.is_none() {
        return t.no_limit_set().into_any();
    }
    let lines = [month, order]
        .into_iter()
        .flatten()
        .map(|line| view! { <div><MoneyText text=line/></div> }.into_any())
        .collect_view();
    lines.into_any()
}

fn user_menu(t: Text, row: &UserRow, can_manage: bool) -> AnyView {
    let menu = format!("menu-{}", row.id);
    let href = format!("/users/{}", row.id);
    if !can_manage {
        return ().into_any();
    }
    let actions = status_actions(t, row);
    view! {
        <Menu id=menu label=t.actions_for(&row.name)>
            <MenuLink href=href>{t.edit_user()}</MenuLink>
            {actions}
        </Menu>
    }
    .into_any()
}

/// What can be done to a user as it stands, as buttons of the form [`ONE_USER`].
fn status_actions(t: Text, row: &UserRow) -> AnyView {
    let id = row.id.to_string();
    let same = id.clone();
    match row.status {
        UserStatus::Invited | UserStatus::InvitationExpired => view! {
            <MenuButton form=ONE_USER name="user" value=same formaction="/api/users/resend_invitation">{t.resend_invitation()}</MenuButton>
            <MenuRule/>
            <MenuButton form=ONE_USER name="user" value=id formaction="/api/users/revoke_invitation" danger=true>{t.revoke_invitation()}</MenuButton>
        }
        .into_any(),
        UserStatus::Deactivated => {
            view! { <MenuButton form=ONE_USER name="user" value=id formaction="/api/users/activate">{t.activate()}</MenuButton> }.into_any()
        }
        UserStatus::Active | UserStatus::Locked => {
            let deactivate = (!row.you).then(|| {
                view! {
                    <MenuRule/>
                    <MenuButton form=ONE_USER name="user" value=same formaction="/api/users/deactivate" danger=true>{t.deactivate()}</MenuButton>
                }.into_any()
            });
            view! {
                <MenuButton form=ONE_USER name="user" value=id formaction="/api/users/send_password_link">{t.send_password_link()}</MenuButton>
                {deactivate}
            }
            .into_any()
        }
    }
}

/// The same actions as a menu on the user's own page.
#[component]
pub(super) fn UserActions(row: UserRow) -> impl IntoView {
    let t = use_text();
    let form = use_row_form();
    let back = format!("/users/{}", row.id);
    let actions = status_actions(t, &row);
    view! {
        <Stack>
            <ErrorSummary errors=form.errors()/>
            <SendAgain form/>
            <PostForm form id=ONE_USER>
                <input type="hidden" name="back" value=back/>
                <Menu id="user-actions" label=t.actions_for(&row.name)>{actions}</Menu>
            </PostForm>
        </Stack>
    }
    .into_any()
}
