//! A finished review as rows of a sheet.

use model::{Currency, ErrorCode, Money, ReviewId};

use crate::access::{self, Actor, Operation};
use crate::accounts::typed_lately;
use crate::activity::ToldRole;
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{StoreError, args};
use crate::throttle::{self, EXPORTS};
use crate::words::utc;
use crate::{Center, Error};

/// What was decided about a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Keeps the access.
    Confirmed,
    /// Was switched off.
    Deactivated,
}

/// A user of a finished review, as the user was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// What was decided
    pub decision: Decision,
    /// Roles held
    pub roles: Vec<ToldRole>,
    /// Per order, without currency; empty for no limit.
    pub budget_order: String,
    /// Per month, without currency; empty for no limit.
    pub budget_month: String,
    /// When last seen: RFC 3339 in UTC; empty for never.
    pub last_seen: String,
    /// Who decided
    pub decided_by: String,
    /// When: RFC 3339 in UTC.
    pub decided_at: String,
}

/// A finished review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Currency of the budgets
    pub currency: Currency,
    /// Who finished it
    pub finished_by: String,
    /// When: RFC 3339 in UTC.
    pub finished_at: String,
    /// One for each user, by name.
    pub rows: Vec<EvidenceRow>,
}

/// A finished review of the company. Who exported it is written into the audit trail.
///
/// # Errors
/// `NotFound` when the company has no such finished review; `Unauthenticated`, `Forbidden`,
/// `ReauthRequired`, `TooManyRequests`, [`Error::Store`]
pub async fn review_evidence(center: &Center, actor: &Actor, id: ReviewId) -> Result<Evidence, Error> {
    let held = access::in_company(actor, Operation::UsersReviewEvidence)?;
    typed_lately(center, held.who)?;
    throttle::spend(center, EXPORTS, &held.user.to_string()).await?;
    let (currency, locale) = (held.member.currency, held.who.client.locale);
    let input =
        |minor: Option<i64>| minor.map(|minor| Money { minor, currency }.input(locale)).unwrap_or_default();
    let mut conn = center.db().read().await?;
    let review = conn
        .optional(
            "SELECT finished_at, finished_by_name FROM access_reviews
             WHERE company_id = $1 AND id = $2 AND finished_at IS NOT NULL",
            args![held.company, id],
        )
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let found = conn
        .all(
            "SELECT name, email, decision, roles, budget_order, budget_month, last_seen_at, decided_by_name, decided_at
             FROM access_review_entries WHERE review_id = $1 AND company_id = $2",
            args![id, held.company],
        )
        .await?;
    drop(conn);
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        let seen: i64 = row.get("last_seen_at")?;
        rows.push(EvidenceRow {
            name: row.get("name")?,
            email: row.get("email")?,
            decision: match row.get::<String>("decision")?.as_str() {
                "confirmed" => Decision::Confirmed,
                "deactivated" => Decision::Deactivated,
                _ => return Err(StoreError::Column("decision".to_owned()).into()),
            },
            roles: row.get::<String>("roles")?.split(',').filter_map(ToldRole::read).collect(),
            budget_order: input(row.get("budget_order")?),
            budget_month: input(row.get("budget_month")?),
            last_seen: if seen > 0 { utc(seen) } else { String::new() },
            decided_by: row.get("decided_by_name")?,
            decided_at: utc(row.get("decided_at")?),
        });
    }
    rows.sort_by_cached_key(|row| (crate::users::name_key(&row.name), row.email.clone()));
    let entries = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut tx = center.db().write().await?;
    let entry = Entry::by(actor, Event::AccessReviewExported).fact(Fact::Entries, entries);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(Evidence {
        currency,
        finished_by: review.get("finished_by_name")?,
        finished_at: utc(review.get("finished_at")?),
        rows,
    })
}
