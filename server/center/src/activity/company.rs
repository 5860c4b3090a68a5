use std::collections::HashMap;

use model::{ActivityQuery, Page, Permission, Scope, UserId};

use super::entry::{COLUMNS, Found, Happening, Reader};
use super::pages::{self, Place};
use crate::access::{self, Actor, Held, Operation};
use crate::audit::Event;
use crate::store::{Conn, Sql, StoreError, args, like_anywhere, like_prefix};
use crate::users::{RoleBook, name_key, roles_of};
use crate::words::Times;
use crate::{Center, Error};

/// The page *Activity* of the company: everything that was done in it.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn company(
    center: &Center,
    actor: &Actor,
    query: &ActivityQuery,
) -> Result<(String, Page<Happening>), Error> {
    let held = access::in_company(actor, Operation::ActivityCompany)?;
    let reader = Reader::new(center, held.who, false);
    let mut conn = center.db().read().await?;
    let (after, before) = (query.after.as_deref(), query.before.as_deref());
    // A hash means something only within the company, so a foreign one stands nowhere.
    let edge = match after.or(before).and_then(pages::hash) {
        Some(hash) => {
            let sql = "SELECT seq FROM audit WHERE hash = $1 AND company_id = $2";
            conn.optional(sql, args![hash, held.company]).await?
        }
        None => None,
    };
    let place = Place::beside(edge.map(|row| row.get("seq")).transpose()?, after.is_some());
    let entries = place.within(filtered(Sql::new(COLUMNS), &held, query, reader.times()));
    let counted =
        filtered(Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM audit a"), &held, query, reader.times());
    let Page { rows, total, before, after } = pages::page(&mut conn, place, entries, counted).await?;
    let undoable = undoable(&mut conn, &held, &rows).await?;
    let rows = rows
        .into_iter()
        .map(|found| {
            let undo = found.subject.filter(|user| undoable.get(user) == Some(&found.seq));
            Happening { undo, ..reader.read(found) }
        })
        .collect();
    Ok((held.member.company_name.clone(), Page { rows, total, before, after }))
}

/// The company's entries by the query, without its place.
pub(super) fn filtered(sql: Sql, held: &Held<'_>, query: &ActivityQuery, times: &Times) -> Sql {
    let sql = sql.push(" WHERE a.company_id = ").bind(held.company);
    let from = query.from.as_ref().and_then(|day| times.midnight(day, false));
    let to = query.to.as_ref().and_then(|day| times.midnight(day, true));
    let sql = sql
        .when(from, |sql, at| sql.push(" AND a.at >= ").bind(at))
        .when(to, |sql, at| sql.push(" AND a.at < ").bind(at))
        .when(query.kind, |sql, filter| {
            let sql = sql.push(if filter.without { " AND a.event NOT IN (" } else { " AND a.event IN (" });
            let events = Event::ALL.iter().filter(|event| event.kind() == filter.kind);
            let listed = events.enumerate().fold(sql, |sql, (index, event)| {
                sql.push(if index == 0 { "" } else { ", " }).bind(event.key())
            });
            listed.push(")")
        });
    sql.when(Some(query.person.as_str()).filter(|p| !p.is_empty()), |sql, person| {
        let somebody = |sql: Sql| {
            sql.push(" IN (SELECT m.user_id FROM members m WHERE m.company_id = ")
                .bind(held.company)
                .push(" AND (m.name_key LIKE ")
                .bind(like_anywhere(&name_key(person)))
                .push(" ESCAPE '\\' OR m.email LIKE ")
                .bind(like_prefix(&person.to_ascii_lowercase()))
                .push(" ESCAPE '\\'))")
        };
        somebody(somebody(sql.push(" AND (a.actor_id")).push(" OR a.subject_id")).push(")")
    })
}

/// The users who are off and whom this person may activate again, with the entry that switched
/// them off last.
async fn undoable(
    conn: &mut Conn,
    held: &Held<'_>,
    rows: &[Found],
) -> Result<HashMap<UserId, i64>, StoreError> {
    let off = |found: &&Found| matches!(found.event, Some(Event::UserDeactivated | Event::InvitationRevoked));
    let mut users: Vec<UserId> = rows.iter().filter(off).filter_map(|found| found.subject).collect();
    users.sort_unstable();
    users.dedup();
    if users.is_empty() || !held.member.grants.allow(Permission::UsersManage, Scope::Company) {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(
        "SELECT m.user_id, (SELECT max(a.seq) FROM audit a WHERE a.subject_id = m.user_id AND a.company_id = m.company_id
             AND a.event IN (",
    )
    .bind(Event::UserDeactivated.key())
    .push(", ")
    .bind(Event::InvitationRevoked.key())
    .push(")) AS latest FROM members m WHERE m.deactivated_at IS NOT NULL AND m.company_id = ")
    .bind(held.company)
    .push(" AND m.user_id IN (");
    for (index, user) in users.iter().enumerate() {
        sql = sql.push(if index == 0 { "" } else { ", " }).bind(*user);
    }
    let (text, values) = sql.push(")").build();
    let mut latest = HashMap::new();
    for row in conn.all(text, values).await? {
        if let Some(seq) = row.get::<Option<i64>>("latest")? {
            latest.insert(row.get::<UserId>("user_id")?, seq);
        }
    }
    let users: Vec<UserId> = latest.keys().copied().collect();
    let book = RoleBook::of(conn, held.company).await?;
    let roles = roles_of(conn, &book, held.company, &users).await?;
    for (user, roles) in users.into_iter().zip(roles) {
        if !held.member.grants.cover(&book.grants(&roles)) {
            latest.remove(&user);
        }
    }
    Ok(latest)
}
