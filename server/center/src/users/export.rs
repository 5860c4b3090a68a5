//! The list of shop users as rows of a sheet.

use model::{Money, RoleLabel, SortKey, UserId, UserStatus, UsersQuery};

use super::order::{Place, Value, rows_from};
use super::roles::{RoleBook, roles_of};
use super::row::{COLUMNS, status};
use super::search::Filter;
use crate::access::{self, Actor, Operation};
use crate::accounts::typed_lately;
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{Sql, StoreError};
use crate::throttle::{self, EXPORTS};
use crate::words::utc;
use crate::{Center, Error};

/// Rows read at a time.
const ROWS: usize = 500;

/// A user as a sheet shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// The ERP's number for the person; empty when the ERP doesn't know the person.
    pub contact_number: String,
    /// Status
    pub status: UserStatus,
    /// Roles
    pub roles: Vec<RoleLabel>,
    /// Per order, without currency, as an import reads it; empty for no limit.
    pub budget_order: String,
    /// Per month, without currency, as an import reads it; empty for no limit.
    pub budget_month: String,
    /// When last seen: RFC 3339 in UTC; empty for never.
    pub last_seen: String,
}

/// All shop users by the query, in its order; its cursors don't count. Who exported how many, and of
/// which filter, is written into the audit trail.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, `ReauthRequired`, `TooManyRequests`, [`Error::Store`]
pub async fn export(center: &Center, actor: &Actor, query: &UsersQuery) -> Result<Vec<ExportRow>, Error> {
    let held = access::in_company(actor, Operation::UsersExport)?;
    typed_lately(center, held.who)?;
    throttle::spend(center, EXPORTS, &held.user.to_string()).await?;
    let (currency, locale) = (held.member.currency, held.who.client.locale);
    let input =
        |minor: Option<i64>| minor.map(|minor| Money { minor, currency }.input(locale)).unwrap_or_default();
    let now = center.now();
    let mut found: Vec<(i64, ExportRow)> = Vec::new();
    let mut place: Option<Place> = None;
    let mut conn = center.db().read().await?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let (filter, _) = Filter::of(&mut conn, held.company, query, now).await?;
    loop {
        // Always read by name: nobody's place changes by being seen meanwhile.
        let sql = filter.narrow(Sql::new(COLUMNS));
        let rows = rows_from(&mut conn, sql, (SortKey::Name, false), place, ROWS).await?;
        let ids = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, StoreError>>()?;
        let roles = roles_of(&mut conn, &book, held.company, &ids).await?;
        for (row, roles) in rows.iter().zip(roles) {
            let seen: i64 = row.get("last_seen_at")?;
            let export = ExportRow {
                name: row.get("name")?,
                email: row.get("email")?,
                contact_number: row.get("contact_number")?,
                status: status(row, now)?,
                roles: book.labels(&roles),
                budget_order: input(row.get("budget_order")?),
                budget_month: input(row.get("budget_month")?),
                last_seen: if seen > 0 { utc(seen) } else { String::new() },
            };
            found.push((seen, export));
        }
        let (Some(last), Some(id)) = (rows.last(), ids.last()) else { break };
        if rows.len() < ROWS {
            break;
        }
        place = Some((Value::Text(last.get("name_key")?), *id));
    }
    drop(conn);
    match query.sort {
        SortKey::Name => {}
        SortKey::Email => found.sort_by(|(_, a), (_, b)| a.email.cmp(&b.email)),
        SortKey::LastSeen => found.sort_by_key(|(seen, _)| *seen),
    }
    if query.descending {
        found.reverse();
    }
    let count = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let mut tx = center.db().write().await?;
    let filter: Vec<String> = query
        .pairs()
        .into_iter()
        .filter(|(name, _)| matches!(*name, "q" | "status" | "role"))
        .map(|(name, value)| match query.role.map(|role| book.label(role).own_name) {
            // An id tells nobody which role it was.
            Some(own_name) if name == "role" && !own_name.is_empty() => format!("{name}={own_name}"),
            _ => format!("{name}={value}"),
        })
        .collect();
    let entry = Entry::by(actor, Event::UsersExported).fact(Fact::Entries, count);
    let entry = if filter.is_empty() { entry } else { entry.fact(Fact::Filter, filter.join(" ").as_str()) };
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(found.into_iter().map(|(_, row)| row).collect())
}
