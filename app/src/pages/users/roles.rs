use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{Permission, RoleRef, RoleRow, Scope, SideList};

use super::done::UserDone;
use super::list::address;
use super::tabs::{Shown, UsersHead};
use crate::api::roles::List;
use crate::form::on_repeat;
use crate::frame::{Frame, use_viewer};
use crate::i18n::{Text, rights_text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    At, Card, Cell, Column, HeadCell, LinkButton, Look, PageHead, PageTitle, Table, Tag, TextLink,
};

/// The roles of the company: the built-in ones and its own.
#[component]
pub fn UsersRoles() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    // What was done just before has changed the list.
    let page = use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || List {});
    on_repeat(move || page.refetch());
    view! {
        <Frame>
            <PageTitle text=format!("{} · {}", t.tab_roles(), t.nav_users())/>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: SideList<Vec<RoleRow>>) -> impl IntoView {
    let t = use_text();
    let SideList { company, counts, list, can_manage } = page;
    let sees_users =
        use_viewer().user.is_some_and(|user| user.grants.allow(Permission::UsersView, Scope::Company));
    // Who may not see the users gets no tabs that lead to them.
    let head = if sees_users {
        view! { <UsersHead shown=Shown::Roles company counts can_manage/> }.into_any()
    } else {
        let new = move || {
            view! { <LinkButton href="/users/roles/new" look=Look::Primary>{t.new_role()}</LinkButton> }
                .into_any()
        };
        view! { <PageHead title=t.tab_roles() actions=new/> }.into_any()
    };
    let columns = vec![
        Column::new(t.col_role()),
        Column::new(t.col_allows()),
        Column::new(t.col_users()).number(),
        Column::hidden(t.col_actions()).at(At::Action),
    ];
    let rows = list.into_iter().map(|row| role_row(t, &row, sees_users)).collect_view();
    view! {
        {head}
        <Card flush=true>
            <Table caption=t.roles_table() columns=columns cards=true first=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

fn role_row(t: Text, row: &RoleRow, sees_users: bool) -> AnyView {
    let role = row.label.role;
    let name = role_label(t, &row.label);
    let built_in =
        matches!(role, RoleRef::BuiltIn(_)).then(|| view! { " " <Tag>{t.built_in()}</Tag> }.into_any());
    let all = Permission::ALL.iter().all(|permission| row.grants.allow(*permission, Scope::Company));
    let allows = if all { t.everything().to_owned() } else { rights_text(t, &row.grants).join(", ") };
    let with_it = address(&model::UsersQuery { role: Some(role), ..Default::default() });
    let count = row.users;
    let users = if sees_users && count > 0 {
        view! { <TextLink href=with_it>{count}</TextLink> }.into_any()
    } else {
        count.into_any()
    };
    let copy = crate::address::address("/users/roles/new", &[("copy", role.key())]);
    let about = name.clone();
    view! {
        <tr>
            <HeadCell><TextLink href=format!("/users/roles/{}", role.key())>{name}</TextLink>{built_in}</HeadCell>
            <Cell>{allows}</Cell>
            <Cell label=t.col_users() number=true>{users}</Cell>
            <Cell at=At::Action><LinkButton href=copy about=about>{t.copy_role()}</LinkButton></Cell>
        </tr>
    }
    .into_any()
}
