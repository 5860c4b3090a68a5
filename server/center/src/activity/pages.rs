//! Pages of entries: where one begins, and what lies before and after it.

use model::Page;

use super::entry::{Found, name_behalves};
use crate::store::{Conn, Sql, StoreError};
use crate::users::count_of;

/// Entries of a page.
pub(crate) const ENTRIES: usize = 25;

/// From where and in which direction a page is read.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The entry at the edge; `None` for the newest.
    pub edge: Option<i64>,
    /// Towards the newest.
    pub newer: bool,
}

impl Place {
    /// After or before the entry that an address names. `edge` is its place among the entries that
    /// the reader may see; one that is not there counts as not given.
    pub(crate) const fn beside(edge: Option<i64>, after: bool) -> Self {
        Self { edge, newer: edge.is_some() && !after }
    }

    /// The condition on `a.seq`.
    pub(crate) fn within(self, sql: Sql) -> Sql {
        sql.when(self.edge, |sql, edge| {
            sql.push(if self.newer { " AND a.seq > " } else { " AND a.seq < " }).bind(edge)
        })
    }

    /// The order and the number of entries to read: one more than a page has, to see whether
    /// there are more.
    pub(crate) fn ordered(self, sql: Sql) -> Sql {
        sql.push(if self.newer { " ORDER BY a.seq LIMIT " } else { " ORDER BY a.seq DESC LIMIT " })
            .bind(i64::try_from(ENTRIES + 1).unwrap_or(i64::MAX))
    }
}

/// The hash of an entry, as it stands in an address.
pub(crate) fn hash(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}

/// Reads a page of entries, the latest first. `counted` finds all of them.
pub(crate) async fn page(
    conn: &mut Conn,
    place: Place,
    entries: Sql,
    counted: Sql,
) -> Result<Page<Found>, StoreError> {
    let (text, values) = place.ordered(entries).build();
    let mut rows =
        conn.all(text, values).await?.iter().map(Found::of).collect::<Result<Vec<_>, StoreError>>()?;
    let beyond = rows.len() > ENTRIES;
    rows.truncate(ENTRIES);
    if place.newer {
        rows.reverse();
    }
    name_behalves(conn, &mut rows).await?;
    let (newer, older) = if place.newer { (beyond, true) } else { (place.edge.is_some(), beyond) };
    let cursor = |row: Option<&Found>, more: bool| row.filter(|_| more).map(Found::cursor);
    let (before, after) = (cursor(rows.first(), newer), cursor(rows.last(), older));
    Ok(Page { rows, total: count_of(conn, counted).await?, before, after })
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn only_whole_hashes_are_places() {
        let text = "0f".repeat(32);
        assert_eq!(hash(&text), Some([15; 32]));
        for bad in
            ["", "0f", &text[1..], &format!("{text}0"), &"g".repeat(64), &"+f".repeat(32), &"é".repeat(32)]
        {
            assert_eq!(hash(bad), None, "{bad}");
        }
    }
}
