use model::{CompanyId, Role, RoleId, RoleRef, UserId};

use super::RoleBook;
use crate::store::{Conn, Sql, StoreError, Tx, args};

/// Gives roles to a user who does not have them yet.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn give(
    tx: &mut Tx,
    company: CompanyId,
    user: UserId,
    roles: &[RoleRef],
) -> Result<(), StoreError> {
    for role in roles {
        match role {
            RoleRef::BuiltIn(role) => {
                let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
                tx.execute(sql, args![company, user, *role]).await?
            }
            RoleRef::Own(role) => {
                let sql =
                    "INSERT INTO member_company_roles (company_id, user_id, role_id) VALUES ($1, $2, $3)";
                tx.execute(sql, args![company, user, *role]).await?
            }
        };
    }
    Ok(())
}

/// Puts these roles in place of those that a user has.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn replace(
    tx: &mut Tx,
    company: CompanyId,
    user: UserId,
    roles: &[RoleRef],
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM member_roles WHERE company_id = $1 AND user_id = $2",
        "DELETE FROM member_company_roles WHERE company_id = $1 AND user_id = $2",
    ] {
        tx.execute(sql, args![company, user]).await?;
    }
    give(tx, company, user, roles).await
}

/// The roles of these users, in the order in which people choose them.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn roles_of(
    conn: &mut Conn,
    book: &RoleBook,
    company: CompanyId,
    users: &[UserId],
) -> Result<Vec<Vec<RoleRef>>, StoreError> {
    if users.is_empty() {
        return Ok(Vec::new());
    }
    let of_users = |select: &'static str| {
        let sql = Sql::new(select).bind(company).push(" AND user_id IN (");
        let listed = users.iter().enumerate();
        let sql = listed.fold(sql, |sql, (i, user)| sql.push(if i == 0 { "" } else { ", " }).bind(*user));
        sql.push(")").build()
    };
    let mut roles = vec![Vec::new(); users.len()];
    let mut note = |user: UserId, role: RoleRef| {
        if let Some(place) = users.iter().position(|u| *u == user) {
            roles[place].push(role);
        }
    };
    let (text, values) = of_users("SELECT user_id, role FROM member_roles WHERE company_id = ");
    for row in conn.all(text, values).await? {
        note(row.get("user_id")?, row.get::<Role>("role")?.into());
    }
    if !book.own().is_empty() {
        let (text, values) =
            of_users("SELECT user_id, role_id FROM member_company_roles WHERE company_id = ");
        for row in conn.all(text, values).await? {
            note(row.get("user_id")?, RoleRef::Own(row.get::<RoleId>("role_id")?));
        }
    }
    Ok(roles.into_iter().map(|roles| book.ordered(&roles)).collect())
}
