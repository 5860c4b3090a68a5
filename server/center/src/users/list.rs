use model::{CustomerNumber, NumberError, Page, RoleRef, SortKey, UserCounts, UserId, UsersPage, UsersQuery};

use super::contacts::without_access;
use super::name_key;
use super::review;
use super::roles::{RoleBook, roles_of};
use super::row::{COLUMNS, Reader, can_manage, count_of, counts, where_status};
use crate::access::{self, Actor, Operation};
use crate::store::{Conn, Row, Sql, StoreError, args, like_anywhere, like_prefix};
use crate::{Center, Error};

/// Rows of a page.
const ROWS: usize = 25;
/// Contacts shown under the shop users.
const FIRST_CONTACTS: usize = 5;

/// The page *Users management*: shop users by the query, and the first ERP contacts without access.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &UsersQuery) -> Result<UsersPage, Error> {
    let held = access::in_company(actor, Operation::UsersList)?;
    let (contacts, differences) = without_access(center, &held).await?;
    let reader = Reader::new(center, held);
    let mut conn = center.db().read().await?;

    let cursor = match query.after.as_ref().or(query.before.as_ref()) {
        Some(cursor) => position(&mut conn, held.company.0, query.sort, cursor).await?,
        None => None,
    };
    let from_start = cursor.is_none();
    // A cursor that stands nowhere counts as not given, in either direction.
    let backwards = !from_start && query.after.is_none();
    // Reading towards the start turns the order round, and the rows back again afterwards.
    let descending = query.descending != backwards;
    let sql = filtered(Sql::new(COLUMNS), held.company.0, query, center.now());
    let mut found = rows_from(&mut conn, sql, (query.sort, descending), cursor, ROWS + 1).await?;
    let beyond = found.len() > ROWS;
    found.truncate(ROWS);
    if backwards {
        found.reverse();
    }

    let ids = found.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let roles = roles_of(&mut conn, &book, held.company, &ids).await?;
    let rows = found
        .iter()
        .zip(roles)
        .map(|(row, roles)| reader.user_row(row, book.labels(&roles)))
        .collect::<Result<Vec<_>, _>>()?;
    let (more_before, more_after) = if backwards { (beyond, true) } else { (!from_start, beyond) };
    let edge = |row: Option<&model::UserRow>, more: bool| row.filter(|_| more).map(|row| row.id.to_string());
    let (before, after) = (edge(rows.first(), more_before), edge(rows.last(), more_after));

    let counts = counts(&mut conn, held.company, contacts.as_ref().map_or(0, Vec::len), center.now()).await?;
    let counts = UserCounts { differences, ..counts };
    let total = if query.is_filtered() {
        let counted = Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM members m");
        count_of(&mut conn, filtered(counted, held.company.0, query, center.now())).await?
    } else {
        counts.all
    };
    Ok(UsersPage {
        company: held.member.company_name.clone(),
        users: Page { rows, total, before, after },
        counts,
        contacts: super::contacts::block(contacts, FIRST_CONTACTS),
        own_roles: book.own_labels(),
        review: review::waiting(center, &mut conn, &held).await?,
        can_manage: can_manage(held.member),
    })
}

/// Rows of `members m` in this order (by what, descending), behind this place in it.
pub(super) async fn rows_from(
    conn: &mut Conn,
    mut sql: Sql,
    order: (SortKey, bool),
    place: Option<(Value, UserId)>,
    most: usize,
) -> Result<Vec<Row>, StoreError> {
    if let Some((value, user)) = place {
        sql = sql.push(match order {
            (SortKey::Name, false) => " AND (m.name_key, m.user_id) > (",
            (SortKey::Name, true) => " AND (m.name_key, m.user_id) < (",
            (SortKey::Email, false) => " AND (m.email, m.user_id) > (",
            (SortKey::Email, true) => " AND (m.email, m.user_id) < (",
            (SortKey::LastSeen, false) => " AND (m.last_seen_at, m.user_id) > (",
            (SortKey::LastSeen, true) => " AND (m.last_seen_at, m.user_id) < (",
        });
        sql = match value {
            Value::Text(text) => sql.bind(text),
            Value::Time(at) => sql.bind(at),
        };
        sql = sql.push(", ").bind(user).push(")");
    }
    sql = sql.push(match order {
        (SortKey::Name, false) => " ORDER BY m.name_key, m.user_id",
        (SortKey::Name, true) => " ORDER BY m.name_key DESC, m.user_id DESC",
        (SortKey::Email, false) => " ORDER BY m.email, m.user_id",
        (SortKey::Email, true) => " ORDER BY m.email DESC, m.user_id DESC",
        (SortKey::LastSeen, false) => " ORDER BY m.last_seen_at, m.user_id",
        (SortKey::LastSeen, true) => " ORDER BY m.last_seen_at DESC, m.user_id DESC",
    });
    let (text, values) = sql.push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX)).build();
    conn.all(text, values).await
}

/// Narrows `members m` to one company and what the query asks for.
pub(super) fn filtered(sql: Sql, company: uuid::Uuid, query: &UsersQuery, now: i64) -> Sql {
    let sql = sql.push(" WHERE m.company_id = ").bind(company);
    let sql = sql.when(query.status, |sql, status| where_status(sql, status, now));
    let sql = sql.when(query.role, |sql, role| match role {
        RoleRef::BuiltIn(role) => sql
            .push(" AND EXISTS (SELECT 1 FROM member_roles r WHERE r.company_id = m.company_id AND r.user_id = m.user_id AND r.role = ")
            .bind(role)
            .push(")"),
        RoleRef::Own(role) => sql
            .push(" AND EXISTS (SELECT 1 FROM member_company_roles r WHERE r.company_id = m.company_id AND r.user_id = m.user_id AND r.role_id = ")
            .bind(role)
            .push(")"),
    });
    sql.when(Some(query.q.as_str()).filter(|q| !q.is_empty()), |sql, q| {
        let sql = sql
            .push(" AND (m.name_key LIKE ")
            .bind(like_anywhere(&name_key(q)))
            .push(" ESCAPE '\\' OR m.email LIKE ")
            .bind(like_prefix(&q.to_ascii_lowercase()))
            .push(" ESCAPE '\\'");
        let number: Result<CustomerNumber, NumberError> = CustomerNumber::parse(q);
        sql.when(number.ok(), |sql, number| {
            sql.push(" OR m.contact_key LIKE ").bind(like_prefix(&number.key())).push(" ESCAPE '\\'")
        })
        .push(")")
    })
}

/// What a row is sorted by.
pub(super) enum Value {
    Text(String),
    Time(i64),
}

/// Where in the order the cursor's row stands. A cursor is a user's id and only means
/// something within the company, so a foreign one stands nowhere.
pub(super) async fn position(
    conn: &mut Conn,
    company: uuid::Uuid,
    sort: SortKey,
    cursor: &str,
) -> Result<Option<(Value, UserId)>, StoreError> {
    let Ok(user) = cursor.parse::<UserId>() else { return Ok(None) };
    let sql = "SELECT name_key, email, last_seen_at FROM members WHERE company_id = $1 AND user_id = $2";
    let read = |row: Row| -> Result<_, StoreError> {
        let value = match sort {
            SortKey::Name => Value::Text(row.get("name_key")?),
            SortKey::Email => Value::Text(row.get("email")?),
            SortKey::LastSeen => Value::Time(row.get("last_seen_at")?),
        };
        Ok((value, user))
    };
    conn.optional(sql, args![company, user]).await?.map(read).transpose()
}
