use model::ActivityQuery;

use super::company::filtered;
use super::entry::{COLUMNS, Found, Happening, Reader, name_behalves};
use crate::access::{self, Actor, Operation};
use crate::accounts::typed_lately;
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{Sql, StoreError};
use crate::throttle::{self, EXPORTS};
use crate::{Center, Error};

/// An export holds at most this many entries, the latest.
const MOST: usize = 10_000;
/// So many are read at once.
pub(crate) const AT_ONCE: i64 = 500;

/// Activity as it leaves the portal.
#[derive(Clone, Debug)]
pub struct Export {
    /// The entries, the latest first.
    pub rows: Vec<Happening>,
    /// There are older ones, which it does not hold.
    pub more: bool,
    /// The time zone of its times, an IANA name.
    pub zone: String,
    /// Today, for the file's name: `2026-11-22`.
    pub day: String,
}

/// The company's activity by the query, whatever page it names: at most the latest 10,000
/// entries. The export is an entry of the trail itself.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, `ReauthRequired`, `TooManyRequests`, [`Error::Store`]
pub async fn export(center: &Center, actor: &Actor, query: &ActivityQuery) -> Result<Export, Error> {
    let held = access::in_company(actor, Operation::ActivityExport)?;
    typed_lately(center, held.who)?;
    throttle::spend(center, EXPORTS, &held.user.to_string()).await?;
    let reader = Reader::new(center, held.who, false);
    let gathered = gather(center, &reader, |edge| {
        let sql = filtered(Sql::new(COLUMNS), &held, query, reader.times());
        sql.when(edge, |sql, edge: i64| sql.push(" AND a.seq < ").bind(edge))
    });
    let gathered = gathered.await?;
    let mut tx = center.db().write().await?;
    let entry = Entry::by(actor, Event::ActivityExported).fact(Fact::Entries, gathered.count());
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(gathered.export(center, &reader))
}

/// The latest entries that an export holds.
pub(crate) struct Gathered {
    rows: Vec<Happening>,
    more: bool,
}

impl Gathered {
    /// How many there are.
    pub(crate) fn count(&self) -> i64 {
        i64::try_from(self.rows.len()).unwrap_or(i64::MAX)
    }

    /// They as an export for this reader.
    pub(crate) fn export(self, center: &Center, reader: &Reader<'_>) -> Export {
        let today = reader.times().sortable(center.now());
        let day = today.split(' ').next().unwrap_or_default().to_owned();
        Export { rows: self.rows, more: self.more, zone: reader.times().zone(), day }
    }
}

/// Reads entries part by part, the latest first. `read` finds those before an entry.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn gather(
    center: &Center,
    reader: &Reader<'_>,
    read: impl Fn(Option<i64>) -> Sql,
) -> Result<Gathered, StoreError> {
    let (mut rows, mut more) = (Vec::new(), false);
    let mut edge = None;
    while !more {
        let (text, values) = read(edge).push(" ORDER BY a.seq DESC LIMIT ").bind(AT_ONCE).build();
        let mut conn = center.db().read().await?;
        let found = conn.all(text, values).await?;
        let mut found = found.iter().map(Found::of).collect::<Result<Vec<_>, StoreError>>()?;
        name_behalves(&mut conn, &mut found).await?;
        drop(conn);
        let Some(last) = found.last() else { break };
        edge = Some(last.seq);
        more = found.len() > MOST - rows.len();
        rows.extend(found.into_iter().map(|found| reader.read(found)).take(MOST - rows.len()));
    }
    Ok(Gathered { rows, more })
}
