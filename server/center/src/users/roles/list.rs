use std::collections::HashMap;

use model::{
    CompanyId, ErrorCode, Grants, Permission, Role, RoleId, RolePage, RoleRef, RoleRow, Scope, SideList,
    UserCounts,
};

use super::RoleBook;
use crate::access::{self, Actor, Operation};
use crate::store::{Conn, StoreError, args};
use crate::users::contacts::WithoutAccess;
use crate::users::row::{can_manage, counts};
use crate::{Center, Error};

/// The page *Roles*: the built-in ones and the company's own, with how many users have them. Who may not
/// see the users is not told the numbers on the tabs.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor) -> Result<SideList<Vec<RoleRow>>, Error> {
    let held = access::in_company(actor, Operation::RolesList)?;
    let tabs = held.member.grants.allow(Permission::UsersView, Scope::Company);
    let contacts = if tabs { WithoutAccess::of(center, &held).await? } else { WithoutAccess::default() };
    let mut conn = center.db().read().await?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let users = users_by_role(&mut conn, held.company).await?;
    let row = |role: RoleRef| RoleRow {
        label: book.label(role),
        grants: book.grants_of(role),
        users: users.get(&role).copied().unwrap_or_default(),
    };
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: if tabs {
            let counts = counts(&mut conn, held.company, contacts.count(), center.now()).await?;
            UserCounts { differences: contacts.differences, ..counts }
        } else {
            UserCounts::default()
        },
        list: book.all().into_iter().map(row).collect(),
        can_manage: can_manage(held.member),
    })
}

/// The page of one role; with an empty `role` that of a new one, which starts with what the role `copy`
/// allows as far as this person may give it.
///
/// # Errors
/// `NotFound` when the company has no such role.
pub async fn form(center: &Center, actor: &Actor, role: &str, copy: &str) -> Result<RolePage, Error> {
    let held = access::in_company(actor, Operation::RolesForm)?;
    let most = held.member.grants.clone();
    let mut conn = center.db().read().await?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let known = |key: &str| -> Result<RoleRef, Error> {
        let role = RoleRef::from_key(key).filter(|role| book.all().contains(role));
        role.ok_or_else(|| ErrorCode::NotFound.into())
    };
    if role.is_empty() {
        let grants =
            if copy.is_empty() { Grants::default() } else { book.grants_of(known(copy)?).within(&most) };
        let (role, own_name) = (None, String::new());
        return Ok(RolePage { role, version: 0, own_name, grants, most, users: 0, editable: true });
    }
    let role = known(role)?;
    let grants = book.grants_of(role);
    let own = match role {
        RoleRef::BuiltIn(_) => None,
        RoleRef::Own(id) => book.find(id),
    };
    Ok(RolePage {
        role: Some(role),
        version: own.map_or(0, |own| own.version),
        own_name: book.label(role).own_name,
        editable: own.is_some() && most.cover(&grants),
        grants,
        most,
        users: users_by_role(&mut conn, held.company).await?.get(&role).copied().unwrap_or_default(),
    })
}

/// How many users have each role, whatever their status. Roles that nobody has are not there.
async fn users_by_role(conn: &mut Conn, company: CompanyId) -> Result<HashMap<RoleRef, u32>, StoreError> {
    let mut users = HashMap::new();
    let sql = "SELECT role, count(*) AS n FROM member_roles WHERE company_id = $1 GROUP BY role";
    for row in conn.all(sql, args![company]).await? {
        let role = RoleRef::BuiltIn(row.get::<Role>("role")?);
        users.insert(role, u32::try_from(row.get::<i64>("n")?).unwrap_or(u32::MAX));
    }
    let sql =
        "SELECT role_id, count(*) AS n FROM member_company_roles WHERE company_id = $1 GROUP BY role_id";
    for row in conn.all(sql, args![company]).await? {
        let role = RoleRef::Own(row.get::<RoleId>("role_id")?);
        users.insert(role, u32::try_from(row.get::<i64>("n")?).unwrap_or(u32::MAX));
    }
    Ok(users)
}
