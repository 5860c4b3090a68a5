//! The chain as it stands: where its kept part begins, where it ends, and whether every entry follows the one
//! before it.

use core::fmt;

use model::CompanyId;
use uuid::Uuid;

use super::{Event, Fact, link_hash, read};
use crate::Instant;
use crate::store::{Conn, StoreError, args};

/// An entry of the chain and its hash, from which the next one goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub seq: i64,
    pub hash: [u8; 32],
}

impl Link {
    /// The hash as people compare it: 64 hexadecimal digits.
    pub(crate) fn hex(&self) -> String {
        hex(&self.hash)
    }
}

/// A hash as 64 hexadecimal digits.
pub(crate) fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is wrong with the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// The entry of this number is not there.
    Missing(i64),
    /// The entry of this number is not as it was written.
    Changed(i64),
}

impl Broken {
    pub(crate) const fn seq(self) -> i64 {
        match self {
            Self::Missing(seq) | Self::Changed(seq) => seq,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(seq) => write!(f, "the audit trail misses entry {seq}"),
            Self::Changed(seq) => write!(f, "the audit trail was changed at entry {seq}"),
        }
    }
}

/// A part of the chain that was followed.
pub(crate) struct Followed {
    /// The last entry that was in order; where it began when there was none.
    pub last: Link,
    /// So many were in order.
    pub entries: i64,
    /// What ended it before the chain or the part did.
    pub broken: Option<Broken>,
}

/// Where the kept part of the chain begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SealedAt {
    /// The last entry that was cut away; none has the number 0.
    pub link: Link,
    /// When it was cut
    pub cut_at: Instant,
}

/// The beginning of the kept part.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn beginning(conn: &mut Conn) -> Result<SealedAt, StoreError> {
    let row = conn.one("SELECT seq, hash, cut_at FROM audit_seal WHERE id = 1", args![]).await?;
    Ok(SealedAt { link: Link { seq: row.get("seq")?, hash: row.get("hash")? }, cut_at: row.get("cut_at")? })
}

/// The end of the chain.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn end(conn: &mut Conn) -> Result<Link, StoreError> {
    let row = conn.one("SELECT seq, hash FROM audit_head WHERE id = 1", args![]).await?;
    Ok(Link { seq: row.get("seq")?, hash: row.get("hash")? })
}

/// Follows at most so many entries from one on, as long as their times are `wanted`.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn follow(
    conn: &mut Conn,
    from: Link,
    most: i64,
    wanted: impl Fn(Instant) -> bool,
) -> Result<Followed, StoreError> {
    let mut followed = Followed { last: from, entries: 0, broken: None };
    let rows = conn
        .all(
            "SELECT seq, at, event, actor_kind, actor_id, company_id, subject_id, data, hash FROM audit
             WHERE seq > $1 ORDER BY seq LIMIT $2",
            args![from.seq, most],
        )
        .await?;
    for row in rows {
        let (seq, at): (i64, Instant) = (row.get("seq")?, row.get("at")?);
        if !wanted(at) {
            break;
        }
        let next = followed.last.seq + 1;
        if seq != next {
            followed.broken = Some(Broken::Missing(next));
            break;
        }
        let ids = [
            row.get::<Option<Uuid>>("actor_id")?,
            row.get::<Option<CompanyId>>("company_id")?.map(|c| c.0),
            row.get::<Option<Uuid>>("subject_id")?,
        ];
        let (event, kind, data): (String, String, String) =
            (row.get("event")?, row.get("actor_kind")?, row.get("data")?);
        let hash = link_hash(&followed.last.hash, seq, at, &event, &kind, ids, &data);
        if row.get::<[u8; 32]>("hash")? != hash {
            followed.broken = Some(Broken::Changed(seq));
            break;
        }
        followed.last = Link { seq, hash };
        followed.entries += 1;
    }
    Ok(followed)
}

/// Whether the trail itself tells of the seal: the last cut that it has is this one.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn tells_of(conn: &mut Conn, seal: &SealedAt) -> Result<bool, StoreError> {
    let sql = "SELECT data FROM audit WHERE event = $1 AND actor_kind = 'system' ORDER BY seq DESC LIMIT 1";
    let Some(row) = conn.optional(sql, args![Event::AuditCut.key()]).await? else {
        return Ok(seal.link.seq == 0);
    };
    let (changes, _) = read(&row.get::<String>("data")?);
    let value = |fact: Fact| changes.iter().find(|c| c.fact == fact).and_then(|c| c.after.clone());
    let seq = value(Fact::TrailEntry).and_then(|value| value.number());
    let hash = value(Fact::TrailHash);
    let hash = hash.as_ref().and_then(|value| value.text());
    Ok(seq == Some(seal.link.seq) && hash == Some(seal.link.hex().as_str()))
}
