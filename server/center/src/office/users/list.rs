use model::{
    CompanyId, Count, CustomerNumber, NumberError, OfficeCompanyRow, Page, PeopleList, PeoplePage,
    PeopleQuery, PersonRow, UserId,
};

use super::moving::mark;
use super::person::places_of;
use super::{ROWS, paged};
use crate::access::{self, Actor, Operation};
use crate::office::times;
use crate::store::{Conn, Row, Sql, StoreError, args, like_prefix};
use crate::users::{count_of, name_key};
use crate::{Center, Error};

/// Companies, business users or everybody, by the query.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &PeopleQuery) -> Result<PeoplePage, Error> {
    let who = access::office(actor, Operation::OfficeUsersList)?;
    let mut conn = center.db().read().await?;
    if query.list == PeopleList::Companies {
        return Ok(PeoplePage::Companies(companies(&mut conn, query).await?));
    }
    let sql = "SELECT u.id, u.email, u.name FROM users u WHERE u.erased_at IS NULL AND u.merged_into IS NULL";
    let counted = "SELECT count(*) AS n FROM (SELECT 1 FROM users u WHERE u.erased_at IS NULL AND u.merged_into IS NULL";
    let edge: Option<String> =
        match query.after.as_ref().or(query.before.as_ref()).map(|id| id.parse::<UserId>()) {
            Some(Ok(user)) => {
                let row = conn.optional("SELECT email FROM users WHERE id = $1", args![user]).await?;
                row.map(|row| row.get("email")).transpose()?
            }
            _ => None,
        };
    let (from_start, backwards) = (edge.is_none(), edge.is_some() && query.after.is_none());
    let sql = people(Sql::new(sql), query).when(edge, |sql, edge| {
        sql.push(if backwards { " AND u.email < " } else { " AND u.email > " }).bind(edge)
    });
    let sql = sql.push(if backwards { " ORDER BY u.email DESC" } else { " ORDER BY u.email" });
    let rows = read(&mut conn, sql).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, name, email): (UserId, String, String) =
            (row.get("id")?, row.get("name")?, row.get("email")?);
        found.push(PersonRow { id, name, email, places: Vec::new() });
    }
    let (mut rows, before, after) = paged(found, from_start, backwards, |row| row.id.to_string());
    let times = times(center, who);
    for row in &mut rows {
        row.places = places_of(&mut conn, &times, center.now(), row.id).await?;
    }
    let total = count_of(&mut conn, people(Sql::new(counted), query)).await?;
    drop(conn);
    if query.list == PeopleList::Business {
        mark(center, rows.iter_mut().flat_map(|row| &mut row.places)).await?;
    }
    Ok(PeoplePage::People(Page { rows, total, before, after }))
}

/// One row more than a page has.
async fn read(conn: &mut Conn, sql: Sql) -> Result<Vec<Row>, StoreError> {
    let (text, values) = sql.push(" LIMIT ").bind(i64::try_from(ROWS + 1).unwrap_or(i64::MAX)).build();
    conn.all(text, values).await
}

/// The users whom this finds: the one of this email, else those of whom a word begins so, at most so many.
///
/// # Errors
/// [`StoreError`]
pub(in crate::office) async fn find_people(
    conn: &mut Conn,
    q: &str,
    most: i64,
) -> Result<Vec<UserId>, StoreError> {
    let exact = conn.optional("SELECT id FROM users WHERE email = $1", args![q.to_ascii_lowercase()]).await?;
    if let Some(row) = exact {
        return Ok(vec![row.get("id")?]);
    }
    let query = PeopleQuery { list: PeopleList::All, q: q.to_owned(), ..PeopleQuery::default() };
    let sql = people(Sql::new("SELECT u.id FROM users u WHERE u.erased_at IS NULL"), &query);
    let (text, values) = sql.push(" ORDER BY u.email LIMIT ").bind(most).build();
    conn.all(text, values).await?.iter().map(|row| row.get("id")).collect()
}

/// The companies that this finds: the one of this customer number, else those that begin so, at most so many.
///
/// # Errors
/// [`StoreError`]
pub(in crate::office) async fn find_companies(
    conn: &mut Conn,
    q: &str,
    most: i64,
) -> Result<Vec<CompanyId>, StoreError> {
    if let Ok(number) = CustomerNumber::parse(q) {
        let sql = "SELECT id FROM companies WHERE customer_key = $1";
        if let Some(row) = conn.optional(sql, args![number.key()]).await? {
            return Ok(vec![row.get("id")?]);
        }
    }
    let sql = named(Sql::new("SELECT c.id FROM companies c WHERE "), q);
    let (text, values) = sql.push(" ORDER BY c.name, c.id LIMIT ").bind(most).build();
    conn.all(text, values).await?.iter().map(|row| row.get("id")).collect()
}

/// The beginning of a later word.
pub(in crate::office) fn later_word(text: &str) -> String {
    ["% ", &like_prefix(text)].concat()
}

/// Narrows `users u` to what the query asks for.
fn people(sql: Sql, query: &PeopleQuery) -> Sql {
    let sql = if query.list == PeopleList::Business {
        sql.push(" AND EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = u.id)")
    } else {
        sql
    };
    sql.when(Some(query.q.as_str()).filter(|q| !q.is_empty()), |sql, q| {
        let (key, plain) = (name_key(q), q.to_lowercase());
        sql.push(" AND (u.email LIKE ")
            .bind(like_prefix(&q.to_ascii_lowercase()))
            .push(" ESCAPE '\\' OR lower(u.name) LIKE ")
            .bind(like_prefix(&plain))
            .push(" ESCAPE '\\' OR lower(u.name) LIKE ")
            .bind(later_word(&plain))
            .push(" ESCAPE '\\' OR EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id AND (m.name_key LIKE ")
            .bind(like_prefix(&key))
            .push(" ESCAPE '\\' OR m.name_key LIKE ")
            .bind(later_word(&key))
            .push(" ESCAPE '\\')))")
    })
}

async fn companies(conn: &mut Conn, query: &PeopleQuery) -> Result<Page<OfficeCompanyRow>, StoreError> {
    let edge = match query.after.as_ref().or(query.before.as_ref()).map(|id| id.parse::<CompanyId>()) {
        Some(Ok(company)) => {
            let row = conn.optional("SELECT name FROM companies WHERE id = $1", args![company]).await?;
            row.map(|row| Ok::<_, StoreError>((row.get::<String>("name")?, company))).transpose()?
        }
        _ => None,
    };
    let (from_start, backwards) = (edge.is_none(), edge.is_some() && query.after.is_none());
    let sql = Sql::new(
        "SELECT c.id, c.name, c.customer_number, c.active, (SELECT count(*) FROM (SELECT 1 FROM members m
             WHERE m.company_id = c.id LIMIT 1001) AS counted) AS users FROM companies c WHERE ",
    );
    let sql = named(sql, &query.q).when(edge, |sql, (name, company)| {
        let sql = sql.push(if backwards { " AND (c.name, c.id) < (" } else { " AND (c.name, c.id) > (" });
        sql.bind(name).push(", ").bind(company).push(")")
    });
    let order = if backwards { " ORDER BY c.name DESC, c.id DESC" } else { " ORDER BY c.name, c.id" };
    let mut found = Vec::new();
    for row in read(conn, sql.push(order)).await? {
        let users: i64 = row.get("users")?;
        found.push(OfficeCompanyRow {
            id: row.get("id")?,
            name: row.get("name")?,
            number: row.get("customer_number")?,
            users: Count { n: u32::try_from(users.min(1_000)).unwrap_or_default(), more: users > 1_000 },
            active: row.get("active")?,
        });
    }
    let (rows, before, after) = paged(found, from_start, backwards, |row| row.id.to_string());
    let counted = Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM companies c WHERE ");
    let total = count_of(conn, named(counted, &query.q)).await?;
    Ok(Page { rows, total, before, after })
}

/// Narrows `companies c` by name and customer number.
pub(in crate::office) fn named(sql: Sql, text: &str) -> Sql {
    let q = text.to_lowercase();
    let sql = sql.push("(lower(c.name) LIKE ").bind(like_prefix(&q)).push(" ESCAPE '\\'");
    let sql = sql.push(" OR lower(c.name) LIKE ").bind(later_word(&q)).push(" ESCAPE '\\'");
    let number: Result<CustomerNumber, NumberError> = CustomerNumber::parse(text);
    sql.when(number.ok(), |sql, number| {
        sql.push(" OR c.customer_key LIKE ").bind(like_prefix(&number.key())).push(" ESCAPE '\\'")
    })
    .push(")")
}
