use model::{AuditQuery, Count, Page};

use super::parts::{Search, kinds};
use crate::access::{self, Actor, Operation};
use crate::activity::pages::{self, ENTRIES, Place};
use crate::activity::{COLUMNS, Happening, Reader};
use crate::audit::Event;
use crate::audit::chain::hex;
use crate::store::{Conn, Sql, StoreError, args};
use crate::{Center, Error};

/// Entries of the whole trail, before they are put into words.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The entries, the latest first.
    pub entries: Page<Happening>,
    /// The events that the trail has.
    pub events: Vec<Event>,
    /// More companies or people fit what was typed than are looked for.
    pub too_many: bool,
}

/// No part is counted further than this.
const COUNTED: i64 = 1_001;

/// The page *Audit*: everything that was done, by the query. A search that leaves out companies or people stops
/// after a stretch of the trail and goes on with its next page.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &AuditQuery) -> Result<Listed, Error> {
    let who = access::office(actor, Operation::OfficeAuditList)?;
    let reader = Reader::of_office(center, who);
    let mut conn = center.db().read().await?;
    let present = kinds(&mut conn).await?;
    let mut events: Vec<Event> = present.iter().filter_map(|(event, _)| Event::from_key(event)).collect();
    events.dedup();
    let search = Search::of(&mut conn, query, reader.times(), &present).await?;
    let too_many = search.too_many;
    if search.is_empty() {
        let entries = Page { rows: Vec::new(), total: Count::default(), before: None, after: None };
        return Ok(Listed { entries, events, too_many });
    }
    let (after, before) = (query.after.as_deref(), query.before.as_deref());
    let edge = match after.or(before).and_then(pages::hash) {
        Some(hash) => conn.optional("SELECT seq FROM audit WHERE hash = $1", args![hash]).await?,
        None => None,
    };
    let place = Place::beside(edge.map(|row| row.get("seq")).transpose()?, after.is_some());
    let stop = search.stop(place.edge.unwrap_or_else(|| search.newest() + 1), place.newer);
    let within = |sql: Sql| {
        place.within(sql).when(stop, |sql, stop| {
            sql.push(if place.newer { " AND a.seq < " } else { " AND a.seq > " }).bind(stop)
        })
    };
    let entries =
        search.push(Sql::new(COLUMNS).push(" WHERE a.seq IN ("), |part| place.ordered(within(part)));
    let count_stop = search.stop(search.newest() + 1, false);
    let counted = search.push(Sql::new("SELECT count(*) AS n FROM (SELECT seq FROM ("), |part| {
        let part = part.when(count_stop, |sql, stop| sql.push(" AND a.seq > ").bind(stop));
        part.push(" LIMIT ").bind(COUNTED)
    });
    let mut page = pages::page(&mut conn, place, entries.push(")"), counted.push(") AS parts")).await?;
    page.total.more |= count_stop.is_some();
    if let Some(stop) = stop.filter(|_| page.rows.len() < ENTRIES) {
        let cursor = cursor(&mut conn, if place.newer { stop - 1 } else { stop + 1 }).await?;
        if place.newer {
            page.before = cursor;
        } else {
            page.after = cursor;
        }
    }
    let Page { rows, total, before, after } = page;
    let rows = rows.into_iter().map(|found| reader.read(found)).collect();
    Ok(Listed { entries: Page { rows, total, before, after }, events, too_many })
}

/// The place in addresses of the entry of this number.
async fn cursor(conn: &mut Conn, seq: i64) -> Result<Option<String>, StoreError> {
    let row = conn.optional("SELECT hash FROM audit WHERE seq = $1", args![seq]).await?;
    row.map(|row| Ok(hex(&row.get::<[u8; 32]>("hash")?))).transpose()
}
