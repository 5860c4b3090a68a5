//! How long entries are kept, and the cut that ends them. Entries go from the beginning of the chain only, as a
//! whole part, and leave a seal from which the rest can still be followed.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::chain::{self, Link};
use super::{Entry, Event, Fact, append};
use crate::clock::DAY;
use crate::store::{Conn, StoreError, args};
use crate::{Center, Instant};

/// The shortest and the longest time that can be chosen, in years.
pub(crate) const YEARS: core::ops::RangeInclusive<u32> = 1..=30;
/// A choice counts after this, so that colleagues who read of it can take it back before anything is gone.
const GRACE: Instant = 7 * DAY;
/// Entries that are cut away in one transaction.
const STEP: i64 = 2_000;
/// Such steps in one run of the sweeper; the next one goes on.
const STEPS: usize = 50;

/// How long entries are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retention {
    /// `None` is without end.
    pub years: Option<u32>,
    /// When that was chosen.
    pub set_at: Instant,
}

impl Retention {
    /// When the choice begins to count.
    pub(crate) const fn counts_from(&self) -> Instant {
        self.set_at + GRACE
    }

    /// The midnight (UTC) from which on entries are kept; `None` while all are. It moves once a day, so that the
    /// trail tells of one cut a day.
    fn kept_from(&self, now: Instant) -> Option<Instant> {
        let years = self.years.filter(|_| now >= self.counts_from())?;
        let today = Timestamp::from_microsecond(now).ok()?.to_zoned(TimeZone::UTC);
        let day = today.checked_sub(i64::from(years).years()).ok()?.start_of_day().ok()?;
        Some(day.timestamp().as_microsecond())
    }
}

/// What is chosen.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn retention(conn: &mut Conn) -> Result<Retention, StoreError> {
    let row = conn.one("SELECT years, set_at FROM audit_retention WHERE id = 1", args![]).await?;
    let years: Option<i64> = row.get("years")?;
    Ok(Retention { years: years.and_then(|years| u32::try_from(years).ok()), set_at: row.get("set_at")? })
}

/// Cuts away what is kept no longer. A chain that is not in order is left as it is: what is wrong with it must not
/// vanish.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn cut(center: &Center) -> Result<(), StoreError> {
    for _ in 0..STEPS {
        if !cut_part(center).await? {
            break;
        }
    }
    Ok(())
}

/// One step; whether there may be more.
async fn cut_part(center: &Center) -> Result<bool, StoreError> {
    let now = center.now();
    let mut tx = center.db().write().await?;
    let Some(kept_from) = retention(&mut tx).await?.kept_from(now) else { return Ok(false) };
    let seal = chain::beginning(&mut tx).await?;
    // The end stays, whatever its age: the next entry goes on from it.
    let most = STEP.min(chain::end(&mut tx).await?.seq - 1 - seal.link.seq);
    if most <= 0 {
        return Ok(false);
    }
    let part = chain::follow(&mut tx, seal.link, most, |at| at < kept_from).await?;
    if let Some(broken) = part.broken {
        tracing::error!(event = "audit_broken", %broken, "nothing of the audit trail is cut away");
        return Ok(false);
    }
    if part.entries == 0 {
        return Ok(false);
    }
    let Link { seq, hash } = part.last;
    let sql =
        "UPDATE audit_seal SET seq = $1, hash = $2, kept_from = $3, cut_at = $4 WHERE id = 1 AND seq = $5";
    if tx.execute(sql, args![seq, hash, kept_from, now, seal.link.seq]).await? == 0 {
        // Another node did it.
        return Ok(false);
    }
    tx.execute("DELETE FROM audit WHERE seq <= $1", args![seq]).await?;
    let entry = Entry::system(Event::AuditCut)
        .fact(Fact::Entries, part.entries)
        .fact(Fact::TrailEntry, seq)
        .fact(Fact::TrailHash, part.last.hex().as_str());
    append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(part.entries == STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn micros(text: &str) -> Instant {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    #[test]
    fn a_choice_counts_after_a_week_and_from_midnight() {
        let set_at = micros("2026-02-22T10:00:00Z");
        let kept = |years, now| Retention { years, set_at }.kept_from(micros(now));
        assert_eq!(kept(Some(1), "2026-03-01T09:59:59Z"), None);
        assert_eq!(kept(Some(1), "2026-03-01T10:00:00Z"), Some(micros("2025-03-01T00:00:00Z")));
        // There is no such day two years before.
        assert_eq!(kept(Some(2), "2028-02-29T12:00:00Z"), Some(micros("2026-02-28T00:00:00Z")));
        assert_eq!(kept(None, "2030-01-01T00:00:00Z"), None);
    }

    #[test]
    fn a_year_is_never_shorter_than_the_database_wants() {
        for now in ["2027-01-01T00:00:00Z", "2028-02-29T23:59:59Z", "2029-03-01T00:00:00Z"] {
            let kept = Retention { years: Some(1), set_at: 0 }.kept_from(micros(now)).unwrap();
            assert!(micros(now) - kept >= 365 * DAY, "{now}");
        }
    }
}
