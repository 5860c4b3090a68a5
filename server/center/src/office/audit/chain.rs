use model::{ChainCheck, ChainCut, ChainPage, ErrorCode, FieldIssue, OfficeRight};

use crate::access::{self, Actor, Operation};
use crate::audit::chain::{self, Followed, Link};
use crate::audit::retention::{YEARS, retention};
use crate::audit::{self, Entry, Event, Fact, FactValue};
use crate::office::{times, typed_lately};
use crate::store::{Conn, StoreError, args};
use crate::{Center, Error, Instant};

/// Entries that are read at once.
const AT_ONCE: i64 = 1_000;
/// Entries that one step of a check follows; the next one goes on.
const STEP: i64 = 50_000;

/// How far the last check has come.
struct Checked {
    last: Link,
    at: Instant,
    /// It had come to the end.
    finished: bool,
    broken: Option<i64>,
}

async fn checked(conn: &mut Conn) -> Result<Checked, StoreError> {
    let row =
        conn.one("SELECT seq, hash, at, finished, broken FROM audit_check WHERE id = 1", args![]).await?;
    Ok(Checked {
        last: Link { seq: row.get("seq")?, hash: row.get("hash")? },
        at: row.get("at")?,
        finished: row.get("finished")?,
        broken: row.get("broken")?,
    })
}

/// The page *Chain and retention*.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn chain(center: &Center, actor: &Actor) -> Result<ChainPage, Error> {
    let who = access::office(actor, Operation::OfficeAuditChain)?;
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let seal = chain::beginning(&mut conn).await?;
    let end = chain::end(&mut conn).await?;
    let checked = checked(&mut conn).await?;
    let chosen = retention(&mut conn).await?;
    let (entry, when) = (checked.last.seq, times.full(checked.at));
    let check = match checked {
        Checked { at: 0, .. } => ChainCheck::Never,
        Checked { broken: Some(entry), .. } => ChainCheck::Broken { entry, when },
        Checked { finished: true, .. } => ChainCheck::Whole { entry, when },
        Checked { .. } => ChainCheck::Going { entry, when },
    };
    let waits = chosen.years.is_some() && center.now() < chosen.counts_from();
    Ok(ChainPage {
        last: end.seq,
        hash: end.hex(),
        cut: (seal.link.seq > 0).then(|| ChainCut {
            entry: seal.link.seq,
            hash: seal.link.hex(),
            when: times.full(seal.cut_at),
        }),
        check,
        years: chosen.years,
        counts_from: waits.then(|| times.full(chosen.counts_from())),
        can_choose: who.role.allows(OfficeRight::ShopManage),
    })
}

/// Checks a part of the chain: from where the last check has come, or `anew` from its beginning. A check that has
/// come to the end, or has found something wrong, is an entry of the trail.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `Conflict` when entries were cut away meanwhile, [`Error::Store`]
pub async fn check_chain(center: &Center, actor: &Actor, anew: bool) -> Result<(), Error> {
    access::office(actor, Operation::OfficeAuditCheck)?;
    let mut conn = center.db().read().await?;
    let seal = chain::beginning(&mut conn).await?;
    let end = chain::end(&mut conn).await?;
    let before = checked(&mut conn).await?;
    let on = !anew && before.broken.is_none() && before.last.seq > seal.link.seq;
    let mut last = if on { before.last } else { seal.link };
    let mut broken = None;
    let stop = last.seq.saturating_add(STEP);
    while broken.is_none() && last.seq < end.seq.min(stop) {
        let most = AT_ONCE.min(end.seq.min(stop) - last.seq);
        let Followed { last: reached, entries, broken: found } =
            chain::follow(&mut conn, last, most, |_| true).await?;
        broken = found.map(chain::Broken::seq);
        if entries == 0 && broken.is_none() {
            // It ends before its end.
            broken = Some(last.seq + 1);
        }
        last = reached;
    }
    let finished = broken.is_none() && last.seq == end.seq;
    if finished && last.hash != end.hash {
        broken = Some(end.seq);
    }
    if finished && broken.is_none() && !chain::tells_of(&mut conn, &seal).await? {
        broken = Some(seal.link.seq);
    }
    if broken.is_some() && chain::beginning(&mut conn).await?.link != seal.link {
        // What was missing was cut away meanwhile.
        return Err(ErrorCode::Conflict.into());
    }
    drop(conn);
    let mut tx = center.db().write().await?;
    let sql = "UPDATE audit_check SET seq = $1, hash = $2, at = $3, finished = $4, broken = $5 WHERE id = 1";
    let whole = finished && broken.is_none();
    tx.execute(sql, args![last.seq, last.hash, center.now(), whole, broken]).await?;
    if let Some(seq) = broken {
        tracing::error!(event = "audit_broken", entry = seq, "the audit trail is not in order");
        let entry = Entry::by(actor, Event::AuditBroken).fact(Fact::TrailEntry, seq);
        audit::append(center, &mut tx, entry).await?;
    } else if finished {
        let entry = Entry::by(actor, Event::AuditChecked)
            .fact(Fact::TrailEntry, last.seq)
            .fact(Fact::TrailHash, last.hex().as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Chooses for how many years entries are kept; empty is without end. `before` is what the page showed. It counts
/// after a week, so that colleagues can take it back before anything is gone.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], the field `years` to correct, `ReauthRequired`, `Conflict` when
/// somebody else chose meanwhile, [`Error::Store`]
pub async fn set_retention(center: &Center, actor: &Actor, years: &str, before: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeAuditRetention)?;
    let years = match years {
        "" => None,
        years => match years.parse() {
            Ok(years) if YEARS.contains(&years) => Some(years),
            _ => return Err(Error::field("years", FieldIssue::UnknownChoice)),
        },
    };
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    // The write comes first: its lock makes this and what somebody else chooses follow one another.
    tx.execute("UPDATE audit_retention SET years = years WHERE id = 1", args![]).await?;
    let was = retention(&mut tx).await?;
    if was.years.map(|years| years.to_string()).unwrap_or_default() != before {
        return Err(ErrorCode::Conflict.into());
    }
    let value = |years: Option<u32>| FactValue::from(years.map(i64::from));
    let entry = Entry::by(actor, Event::AuditRetentionChanged).change(
        Fact::KeptYears,
        value(was.years),
        value(years),
    );
    if entry.tells_nothing() {
        return Ok(());
    }
    let sql = "UPDATE audit_retention SET years = $1, set_at = $2 WHERE id = 1";
    tx.execute(sql, args![years.map(i64::from), center.now()]).await?;
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
