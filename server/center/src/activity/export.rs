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
const AT_ONCE: i64 = 500;

/// A company's activity as it leaves the portal.
#[derive(Clone, Debug)]
pub struct Export {
    /// The entries, the latest first.
    pub rows: Vec<Happening>,
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
    let mut rows = Vec::new();
    let mut edge = None;
    loop {
        let sql = filtered(Sql::new(COLUMNS), &held, query, reader.times());
        let sql = sql.when(edge, |sql, edge: i64| sql.push(" AND a.seq < ").bind(edge));
        let (text, values) = sql.push(" ORDER BY a.seq DESC LIMIT ").bind(AT_ONCE).build();
        let mut conn = center.db().read().await?;
        let found = conn.all(text, values).await?;
        let mut found = found.iter().map(Found::of).collect::<Result<Vec<_>, StoreError>>()?;
        name_behalves(&mut conn, &mut found).await?;
        drop(conn);
        let Some(last) = found.last() else { break };
        edge = Some(last.seq);
        rows.extend(found.into_iter().map(|found| reader.read(found)).take(MOST - rows.len()));
        if rows.len() == MOST {
            break;
        }
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let mut tx = center.db().write().await?;
    let entry = Entry::by(actor, Event::ActivityExported).fact(Fact::Entries, count);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    let today = reader.times().sortable(center.now());
    let day = today.split(' ').next().unwrap_or_default().to_owned();
    Ok(Export { rows, zone: reader.times().zone(), day })
}
