use model::{CompanyId, CompanyUserRow, ErrorCode, OfficeCompanyPage, OfficeRight, Page, Role, UserId};

use super::{ROWS, paged, times};
use crate::access::{self, Actor, Operation};
use crate::store::{Row, Sql, args};
use crate::users::{RoleBook, count_of, roles_of, status};
use crate::{Center, Error};

/// The page of one company, with its users by name.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn company(
    center: &Center,
    actor: &Actor,
    company: CompanyId,
    after: Option<UserId>,
    before: Option<UserId>,
) -> Result<OfficeCompanyPage, Error> {
    let who = access::office(actor, Operation::OfficeUsersCompany)?;
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let head = conn
        .optional(
            "SELECT name, customer_number, slug, currency, time_zone, created_at, active,
                 EXISTS (SELECT 1 FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
                     WHERE r.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL) AS managed
             FROM companies WHERE id = $1",
            args![company, Role::MainContact],
        )
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let edge = match after.or(before) {
        Some(user) => {
            let sql = "SELECT name_key FROM members WHERE company_id = $1 AND user_id = $2";
            let row = conn.optional(sql, args![company, user]).await?;
            row.map(|row| row.get::<String>("name_key")).transpose()?.map(|key| (key, user))
        }
        None => None,
    };
    let (from_start, backwards) = (edge.is_none(), edge.is_some() && after.is_none());
    let sql = Sql::new(
        "SELECT m.user_id, m.name, m.email, m.deactivated_at, m.accepted_at, m.invitation_ends_at, m.locked_until,
             m.last_seen_at FROM members m WHERE m.company_id = ",
    );
    let sql = sql.bind(company).when(edge, |sql, (key, user)| {
        let sql = sql.push(if backwards {
            " AND (m.name_key, m.user_id) < ("
        } else {
            " AND (m.name_key, m.user_id) > ("
        });
        sql.bind(key).push(", ").bind(user).push(")")
    });
    let sql = sql.push(if backwards {
        " ORDER BY m.name_key DESC, m.user_id DESC"
    } else {
        " ORDER BY m.name_key, m.user_id"
    });
    let (text, values) = sql.push(" LIMIT ").bind(i64::try_from(ROWS + 1).unwrap_or(i64::MAX)).build();
    let found = conn.all(text, values).await?;
    let id = |row: &Row| row.get::<UserId>("user_id");
    let ids = found.iter().map(id).collect::<Result<Vec<_>, _>>()?;
    let book = RoleBook::of(&mut conn, company).await?;
    let roles = roles_of(&mut conn, &book, company, &ids).await?;
    let mut rows = Vec::with_capacity(found.len());
    for (row, roles) in found.iter().zip(roles) {
        rows.push(CompanyUserRow {
            id: id(row)?,
            name: row.get("name")?,
            email: row.get("email")?,
            status: status(row, center.now())?,
            roles: book.labels(&roles),
            last_seen: times.seen(row.get("last_seen_at")?),
        });
    }
    let (rows, before, after) = paged(rows, from_start, backwards, |row| row.id.to_string());
    let counted =
        Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM members m WHERE m.company_id = ").bind(company);
    let total = count_of(&mut conn, counted).await?;
    Ok(OfficeCompanyPage {
        id: company,
        name: head.get("name")?,
        number: head.get("customer_number")?,
        slug: head.get("slug")?,
        currency: head.get("currency")?,
        time_zone: head.get("time_zone")?,
        created: times.date(head.get("created_at")?),
        active: head.get("active")?,
        managed: head.get("managed")?,
        users: Page { rows, total, before, after },
        can_manage: who.role.allows(OfficeRight::UsersManage),
    })
}
