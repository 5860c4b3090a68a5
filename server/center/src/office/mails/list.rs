use model::{MailId, MailState, MailsQuery, Page};

use super::stored::{sees_staff, state};
use crate::access::{self, Actor, Operation};
use crate::mail::MailKind;
use crate::office::times;
use crate::office::users::{ROWS, named, paged};
use crate::store::{Sql, args};
use crate::users::count_of;
use crate::words::Times;
use crate::{Center, Error, Instant};

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundMail {
    /// Which
    pub id: MailId,
    /// Which mail; `None` for one that this version does not know.
    pub kind: Option<MailKind>,
    /// To whom
    pub recipient: String,
    /// The company or customer that it is about; may be empty.
    pub company: String,
    /// A test of a template
    pub trial: bool,
    /// How it stands
    pub state: MailState,
    /// Why it stands so; may be empty.
    pub reason: String,
    /// When it was asked for, in words.
    pub when: String,
    /// Mails to this address come back.
    pub bounces: bool,
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its mails, the latest first.
    pub mails: Page<FoundMail>,
    /// Whether the reader may send mails again.
    pub can_manage: bool,
}

/// *Mail*: outbox and archive by the query.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &MailsQuery) -> Result<Found, Error> {
    let who = access::office(actor, Operation::OfficeMailList)?;
    let (now, times) = (center.now(), times(center, who));
    let mut conn = center.db().read().await?;
    let edge = match query.after.as_ref().or(query.before.as_ref()).map(|id| id.parse::<MailId>()) {
        Some(Ok(mail)) => {
            let row = conn.optional("SELECT created_at FROM outbox WHERE id = $1", args![mail]).await?;
            row.map(|row| row.get::<Instant>("created_at")).transpose()?.map(|at| (at, mail))
        }
        _ => None,
    };
    // The latest come first: what comes after is older.
    let (from_start, backwards) = (edge.is_none(), edge.is_some() && query.after.is_none());
    let staff = sees_staff(who);
    let sql = Sql::new(
        "SELECT o.id, o.kind, o.recipient, o.state, o.reason, o.lease_until, o.created_at, o.trial IS NOT NULL AS trial,
             COALESCE(c.name, b.customer_name, '') AS company, n.address IS NOT NULL AS bounces
         FROM outbox o LEFT JOIN companies c ON c.id = o.company_id
         LEFT JOIN business_users b ON b.user_id = o.user_id AND o.company_id IS NULL
         LEFT JOIN mail_bounces n ON n.address = o.recipient WHERE ",
    );
    let sql = narrowed(sql, query, staff, &times, now).when(edge, |sql, (at, mail)| {
        let sql = sql.push(if backwards {
            " AND (o.created_at, o.id) > ("
        } else {
            " AND (o.created_at, o.id) < ("
        });
        sql.bind(at).push(", ").bind(mail).push(")")
    });
    let sql = sql.push(if backwards {
        " ORDER BY o.created_at, o.id LIMIT "
    } else {
        " ORDER BY o.created_at DESC, o.id DESC LIMIT "
    });
    let (text, values) = sql.bind(i64::try_from(ROWS + 1).unwrap_or(i64::MAX)).build();
    let mut found = Vec::new();
    for row in conn.all(text, values).await? {
        found.push(FoundMail {
            id: row.get("id")?,
            kind: MailKind::from_key(&row.get::<String>("kind")?),
            recipient: row.get("recipient")?,
            company: row.get("company")?,
            trial: row.get("trial")?,
            state: state(&row, now)?,
            reason: row.get("reason")?,
            when: times.moment(row.get("created_at")?),
            bounces: row.get("bounces")?,
        });
    }
    let (rows, before, after) = paged(found, from_start, backwards, |row| row.id.to_string());
    let counted = Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM outbox o WHERE ");
    let total = count_of(&mut conn, narrowed(counted, query, staff, &times, now)).await?;
    let can_manage = who.role.allows(model::OfficeRight::MailManage);
    Ok(Found { mails: Page { rows, total, before, after }, can_manage })
}

/// Narrows `outbox o` to what the query asks for and the reader may see.
fn narrowed(sql: Sql, query: &MailsQuery, staff: bool, times: &Times, now: Instant) -> Sql {
    let sql = sql.push(if staff { "1 = 1" } else { "o.staff_id IS NULL" });
    let sql = sql.when(query.state, |sql, state| match state {
        MailState::Waiting => {
            sql.push(" AND o.state = 'pending' AND o.reason = '' AND o.lease_until <= ").bind(now)
        }
        MailState::Failed => {
            sql.push(" AND o.state = 'pending' AND o.reason <> '' AND o.lease_until <= ").bind(now)
        }
        MailState::Sending => sql.push(" AND o.state = 'pending' AND o.lease_until > ").bind(now),
        MailState::Sent => sql.push(" AND o.state = 'sent'"),
        MailState::Dead => sql.push(" AND o.state = 'dead'"),
        MailState::Dropped => sql.push(" AND o.state IN ('cancelled', 'expired')"),
    });
    let from = query.from.as_ref().and_then(|day| times.midnight(day, false));
    let to = query.to.as_ref().and_then(|day| times.midnight(day, true));
    let sql = sql
        .when(MailKind::from_key(&query.kind), |sql, kind| sql.push(" AND o.kind = ").bind(kind.key()))
        .when(from, |sql, at| sql.push(" AND o.created_at >= ").bind(at))
        .when(to, |sql, at| sql.push(" AND o.created_at < ").bind(at));
    let sql = if query.bounces {
        sql.push(" AND EXISTS (SELECT 1 FROM mail_bounces x WHERE x.address = o.recipient)")
    } else {
        sql
    };
    sql.when(Some(query.q.as_str()).filter(|q| !q.is_empty()), |sql, q| {
        let address = q.to_ascii_lowercase();
        // No text that begins with it comes after this one.
        let beyond = [&address, "\u{10ffff}"].concat();
        let sql = sql.push(" AND ((o.recipient >= ").bind(address).push(" AND o.recipient < ").bind(beyond);
        let sql = named(sql.push(") OR o.company_id IN (SELECT c.id FROM companies c WHERE "), q);
        sql.push("))")
    })
}
