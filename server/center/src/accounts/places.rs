//! Where a person can act: one login may belong to several companies, and to a customer without
//! Customer center.

use std::collections::HashSet;

use model::{CompanyId, Email, PlaceChoice, PlaceId, UserId};

use crate::Center;
use crate::access::SignedIn;
use crate::store::{Conn, Sql, StoreError, Tx, args};
use crate::users::name_key;

/// More places than this are not offered in the frame of the pages.
const OFFERED: i64 = 100;

/// A place where a user can act, or could before it was closed to the user.
pub(super) struct Landing {
    pub(super) company: Option<CompanyId>,
    pub(super) slug: Option<String>,
    pub(super) open: bool,
}

/// Where a user can act, the place visited last first.
pub(super) async fn places(center: &Center, email: &Email) -> Result<Vec<Landing>, StoreError> {
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT m.company_id, c.slug, m.last_seen_at, (m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active) AS open
             FROM users u JOIN members m ON m.user_id = u.id JOIN companies c ON c.id = m.company_id WHERE u.email = $1
             UNION ALL
             SELECT NULL, NULL, b.last_seen_at, b.deactivated_at IS NULL AS open
             FROM users u JOIN business_users b ON b.user_id = u.id WHERE u.email = $1
             ORDER BY 3 DESC",
            args![email],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Landing { company: row.get("company_id")?, slug: row.get("slug")?, open: row.get("open")? })
        })
        .collect()
}

/// The places that the person may switch between, by name, with the one acted for. What is closed to the
/// person is not among them.
///
/// # Errors
/// [`StoreError`]
pub async fn choices(center: &Center, who: &SignedIn) -> Result<Vec<PlaceChoice>, StoreError> {
    let current = who.place_id();
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT c.id AS company_id, c.name FROM members m JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active
             UNION ALL
             SELECT NULL AS company_id, b.customer_name AS name FROM business_users b
             WHERE b.user_id = $1 AND b.deactivated_at IS NULL
             ORDER BY 1 LIMIT $2",
            args![who.user, OFFERED],
        )
        .await?;
    let mut choices = rows
        .iter()
        .map(|row| {
            let place =
                row.get::<Option<CompanyId>>("company_id")?.map_or(PlaceId::Business, PlaceId::Company);
            Ok(PlaceChoice { place, name: row.get("name")?, current: place == current })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    choices.sort_by_cached_key(|choice| name_key(&choice.name));
    Ok(choices)
}

/// The company that a user acts for, where no session says it: the one visited last.
pub(super) async fn company_of(tx: &mut Tx, user: UserId) -> Result<Option<CompanyId>, StoreError> {
    let sql = "SELECT company_id FROM members WHERE user_id = $1 AND deactivated_at IS NULL
         ORDER BY last_seen_at DESC, company_id LIMIT 1";
    tx.optional(sql, args![user]).await?.map(|row| row.get("company_id")).transpose()
}

/// Whether the login belongs to more than this company, open to the person or not. What a company may
/// change of its own users it may not change of such a login: it would reach into another company.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn belongs_elsewhere(
    conn: &mut Conn,
    user: UserId,
    company: CompanyId,
) -> Result<bool, StoreError> {
    let sql =
        "SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM members m WHERE m.user_id = $1 AND m.company_id <> $2)
         OR EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = $1)";
    Ok(conn.optional(sql, args![user, company]).await?.is_some())
}

/// Whether the person can act anywhere else than for this company: then its links and mails that are about
/// the login itself go on.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn acts_elsewhere(
    conn: &mut Conn,
    user: UserId,
    company: CompanyId,
) -> Result<bool, StoreError> {
    Ok(only_acting_here(conn, &[user], company).await?.is_empty())
}

/// Those of these users who can act for nobody else than this company.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn only_acting_here(
    conn: &mut Conn,
    users: &[UserId],
    company: CompanyId,
) -> Result<Vec<UserId>, StoreError> {
    let sql = Sql::new(
        "SELECT m.user_id FROM members m JOIN companies c ON c.id = m.company_id WHERE m.user_id IN ",
    );
    let sql = sql.list(users.iter().copied()).push(" AND m.company_id <> ").bind(company);
    let sql = sql.push(
        " AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active
         UNION SELECT b.user_id FROM business_users b WHERE b.deactivated_at IS NULL AND b.user_id IN ",
    );
    let (text, values) = sql.list(users.iter().copied()).build();
    let rows = conn.all(text, values).await?;
    let elsewhere = rows.iter().map(|row| row.get("user_id")).collect::<Result<HashSet<UserId>, _>>()?;
    Ok(users.iter().copied().filter(|user| !elsewhere.contains(user)).collect())
}

/// The names of all companies and customers that the person acts for or is invited to act for.
pub(crate) async fn names_of(conn: &mut Conn, user: UserId) -> Result<Vec<String>, StoreError> {
    let rows = conn
        .all(
            "SELECT c.name FROM members m JOIN companies c ON c.id = m.company_id WHERE m.user_id = $1
             UNION ALL SELECT customer_name FROM business_users WHERE user_id = $1",
            args![user],
        )
        .await?;
    rows.iter().map(|row| row.get("name")).collect()
}
