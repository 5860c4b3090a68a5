//! Orders of the list of users, and places in them that a page begins at.

use model::{SortKey, UserId};

use crate::store::{Conn, Row, Sql, StoreError, args};

/// A place in the order of a list: behind the row of this user, who is sorted by that.
pub(super) type Place = (Value, UserId);

/// What a row is sorted by.
pub(super) enum Value {
    Text(String),
    Time(i64),
}

/// Rows of `members m` in this order (by what, descending), behind this place in it.
pub(super) async fn rows_from(
    conn: &mut Conn,
    sql: Sql,
    order: (SortKey, bool),
    place: Option<Place>,
    most: usize,
) -> Result<Vec<Row>, StoreError> {
    all(conn, limited(behind(sql, order, place.as_ref()), order, most)).await
}

/// All rows of a statement.
pub(super) async fn all(conn: &mut Conn, sql: Sql) -> Result<Vec<Row>, StoreError> {
    let (text, values) = sql.build();
    conn.all(text, values).await
}

/// Only rows behind this place.
pub(super) fn behind(sql: Sql, order: (SortKey, bool), place: Option<&Place>) -> Sql {
    let Some((value, user)) = place else { return sql };
    let sql = sql.push(match order {
        (SortKey::Name, false) => " AND (m.name_key, m.user_id) > (",
        (SortKey::Name, true) => " AND (m.name_key, m.user_id) < (",
        (SortKey::Email, false) => " AND (m.email, m.user_id) > (",
        (SortKey::Email, true) => " AND (m.email, m.user_id) < (",
        (SortKey::LastSeen, false) => " AND (m.last_seen_at, m.user_id) > (",
        (SortKey::LastSeen, true) => " AND (m.last_seen_at, m.user_id) < (",
    });
    let sql = match value {
        Value::Text(text) => sql.bind(text),
        Value::Time(at) => sql.bind(*at),
    };
    sql.push(", ").bind(*user).push(")")
}

/// In this order.
pub(super) fn sorted(sql: Sql, order: (SortKey, bool)) -> Sql {
    sql.push(match order {
        (SortKey::Name, false) => " ORDER BY m.name_key, m.user_id",
        (SortKey::Name, true) => " ORDER BY m.name_key DESC, m.user_id DESC",
        (SortKey::Email, false) => " ORDER BY m.email, m.user_id",
        (SortKey::Email, true) => " ORDER BY m.email DESC, m.user_id DESC",
        (SortKey::LastSeen, false) => " ORDER BY m.last_seen_at, m.user_id",
        (SortKey::LastSeen, true) => " ORDER BY m.last_seen_at DESC, m.user_id DESC",
    })
}

/// The first of them in this order.
pub(super) fn limited(sql: Sql, order: (SortKey, bool), most: usize) -> Sql {
    sorted(sql, order).push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX))
}

/// Where in the order the cursor's row stands. A cursor is a user's id and only means
/// something within the company, so a foreign one stands nowhere.
pub(super) async fn position(
    conn: &mut Conn,
    company: uuid::Uuid,
    sort: SortKey,
    cursor: &str,
) -> Result<Option<Place>, StoreError> {
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
