//! How the trail is searched: as parts, each of which one index has in the trail's order, so that a page of them
//! costs the same whatever the trail's size.

use model::{ActivityKind, AuditQuery, CompanyId, DoerKind};
use uuid::Uuid;

use crate::Instant;
use crate::audit::{Event, chain};
use crate::office::users::{find_companies, find_people, later_word};
use crate::store::{Conn, Sql, StoreError, args, like_prefix};
use crate::words::Times;

/// At most so many companies, users and staff that fit what was typed are looked for.
const FOUND: usize = 20;
/// Entries that are looked through at once where something is left out that no index leaves out.
const STRETCH: i64 = 100_000;
/// Nodes' clocks differ: entries this far apart in the trail may stand in another order than their times.
const DISORDER: i64 = 1_000;

/// A kind of entry that the trail has: event and who did it, by their keys.
pub(super) type Kind = (String, String);

/// The kinds of entries that the trail has, by looking up one after the other.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn kinds(conn: &mut Conn) -> Result<Vec<Kind>, StoreError> {
    // Subqueries with a limit are looked up each by itself; neither database makes one pass over the trail of them.
    let sql = "WITH RECURSIVE events (event) AS (
            SELECT (SELECT min(event) FROM audit)
            UNION ALL
            SELECT (SELECT min(a.event) FROM audit a WHERE a.event > e.event) FROM events e WHERE e.event IS NOT NULL)
        SELECT e.event, d.kind FROM events e
        CROSS JOIN (SELECT 'staff' AS kind UNION ALL SELECT 'system' UNION ALL SELECT 'user') AS d
        WHERE (SELECT a.seq FROM audit a WHERE a.event = e.event AND a.actor_kind = d.kind ORDER BY a.seq LIMIT 1) IS NOT NULL
        ORDER BY e.event, d.kind";
    let rows = conn.all(sql, args![]).await?;
    rows.iter().map(|row| Ok((row.get("event")?, row.get("kind")?))).collect()
}

/// Whether an event is what a filter names: itself or its kind. `None` for a filter that names nothing known.
fn names(filter: &str, event: &str) -> Option<bool> {
    if let Some(kind) = ActivityKind::from_key(filter) {
        return Some(Event::from_key(event).is_some_and(|event| event.kind() == kind));
    }
    Event::from_key(filter).map(|filter| filter.key() == event)
}

fn wanted(query: &AuditQuery, (event, kind): &Kind) -> bool {
    let by = DoerKind::from_key(&query.by.text);
    names(&query.event, event).unwrap_or(true)
        && !names(&query.without, event).unwrap_or(false)
        && by.is_none_or(|by| (by.key() == kind) != query.by.without)
}

/// Ids that a filter looks for or leaves out.
#[derive(Default)]
struct Ids {
    only: Option<Vec<Uuid>>,
    without: Vec<Uuid>,
}

impl Ids {
    fn of(ids: Vec<Uuid>, without: bool) -> Self {
        if without { Self { only: None, without: ids } } else { Self { only: Some(ids), ..Self::default() } }
    }
}

/// Which index a part is read along.
enum Along {
    /// The trail itself
    Trail,
    Kind(Kind),
    Company(Uuid),
    Actor(Uuid),
    Subject(Uuid),
}

/// What the trail is asked for, with everything looked up.
pub(super) struct Search {
    along: Vec<Along>,
    /// An entry can stand in several parts.
    overlap: bool,
    /// The kinds of entries that fit, unless all do or they are what is read along.
    kinds: Option<Vec<Kind>>,
    companies: Ids,
    people: Ids,
    /// Numbers between which entries can fit.
    from: i64,
    to: i64,
    times: [Option<Instant>; 2],
    /// More companies or people fit what was typed than are looked for.
    pub too_many: bool,
}

impl Search {
    /// Looks up what the query names. `present` are the kinds of entries that the trail has.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(super) async fn of(
        conn: &mut Conn,
        query: &AuditQuery,
        times: &Times,
        present: &[Kind],
    ) -> Result<Self, StoreError> {
        let mut too_many = false;
        let most = i64::try_from(FOUND + 1).unwrap_or(i64::MAX);
        let mut first = |mut ids: Vec<Uuid>| {
            too_many |= ids.len() > FOUND;
            ids.truncate(FOUND);
            ids
        };
        let mut companies = Ids::default();
        if !query.company.text.is_empty() {
            let found = find_companies(conn, &query.company.text, most).await?;
            companies =
                Ids::of(first(found.into_iter().map(|CompanyId(id)| id).collect()), query.company.without);
        }
        let mut people = Ids::default();
        if !query.person.text.is_empty() {
            let found = find_people(conn, &query.person.text, most).await?;
            let mut ids = first(found.into_iter().map(|user| user.0).collect());
            ids.extend(first(staff(conn, &query.person.text, most).await?));
            people = Ids::of(ids, query.person.without);
        }
        let days = [(&query.from, false), (&query.to, true)];
        let times = days.map(|(day, after)| day.as_ref().and_then(|day| times.midnight(day, after)));
        let fit: Vec<Kind> = present.iter().filter(|kind| wanted(query, kind)).cloned().collect();
        let all = fit.len() == present.len();
        let (mut along, mut overlap, mut kinds) = (vec![Along::Trail], false, (!all).then_some(fit));
        if let Some(ids) = &people.only {
            // Who did something to oneself stands in both.
            overlap = true;
            along = ids.iter().flat_map(|id| [Along::Actor(*id), Along::Subject(*id)]).collect();
        } else if let Some(ids) = &companies.only {
            along = ids.iter().copied().map(Along::Company).collect();
        } else if let Some(fit) = kinds.take() {
            along = fit.into_iter().map(Along::Kind).collect();
        }
        let (from, to) = bounds(conn, times).await?;
        Ok(Self { along, overlap, kinds, companies, people, from, to, times, too_many })
    }

    /// Whether nothing can fit.
    pub(super) fn is_empty(&self) -> bool {
        self.along.is_empty() || self.kinds.as_ref().is_some_and(Vec::is_empty) || self.from > self.to
    }

    /// Where a search has to stop that leaves out what no index leaves out: it may have to pass over much before it
    /// finds anything. `edge` is where it begins, `newer` its direction.
    pub(super) fn stop(&self, edge: i64, newer: bool) -> Option<i64> {
        if self.companies.without.is_empty() && self.people.without.is_empty() {
            return None;
        }
        let stop = if newer { edge + STRETCH } else { edge - STRETCH };
        (self.from < stop && stop < self.to).then_some(stop)
    }

    /// The end at which a search for the newest begins.
    pub(super) const fn newest(&self) -> i64 {
        self.to
    }

    /// Appends a query for the numbers of the entries that fit. `end` narrows and limits each part.
    pub(super) fn push(&self, mut sql: Sql, end: impl Fn(Sql) -> Sql) -> Sql {
        for (index, along) in self.along.iter().enumerate() {
            let union = if self.overlap { " UNION " } else { " UNION ALL " };
            sql = sql.push(if index == 0 { "" } else { union });
            sql = sql.push("SELECT seq FROM (SELECT a.seq FROM audit a WHERE ");
            sql = match along {
                Along::Trail => sql.push("a.seq > 0"),
                Along::Kind((event, kind)) => {
                    let sql = sql.push("a.event = ").bind(event.as_str()).push(" AND a.actor_kind = ");
                    sql.bind(kind.as_str())
                }
                Along::Company(id) => sql.push("a.company_id = ").bind(*id),
                Along::Actor(id) => sql.push("a.actor_id = ").bind(*id),
                Along::Subject(id) => sql.push("a.subject_id = ").bind(*id),
            };
            sql = end(self.narrowed(sql)).push(") AS part");
        }
        sql
    }

    /// The conditions that the index does not answer.
    fn narrowed(&self, sql: Sql) -> Sql {
        let [from, to] = self.times;
        let sql = sql
            .when(from, |sql, at| sql.push(" AND a.at >= ").bind(at).push(" AND a.seq >= ").bind(self.from));
        let mut sql =
            sql.when(to, |sql, at| sql.push(" AND a.at < ").bind(at).push(" AND a.seq <= ").bind(self.to));
        if let Some(kinds) = &self.kinds {
            sql = sql.push(" AND (a.event, a.actor_kind) IN (VALUES ");
            for (index, (event, kind)) in kinds.iter().enumerate() {
                sql = sql.push(if index == 0 { "(" } else { ", (" }).bind(event.as_str()).push(", ");
                sql = sql.bind(kind.as_str()).push(")");
            }
            sql = sql.push(")");
        }
        if let Some(ids) = self.companies.only.as_ref().filter(|_| self.people.only.is_some()) {
            sql = listed(sql.push(" AND a.company_id IN ("), ids);
        }
        if !self.companies.without.is_empty() {
            let without = &self.companies.without;
            sql = listed(sql.push(" AND (a.company_id IS NULL OR a.company_id NOT IN ("), without).push(")");
        }
        if !self.people.without.is_empty() {
            let without = &self.people.without;
            sql = listed(sql.push(" AND (a.actor_id IS NULL OR a.actor_id NOT IN ("), without);
            sql = listed(sql.push(") AND (a.subject_id IS NULL OR a.subject_id NOT IN ("), without).push(")");
        }
        sql
    }
}

/// A list of ids, with the bracket that ends it.
fn listed(sql: Sql, ids: &[Uuid]) -> Sql {
    let listed = ids
        .iter()
        .enumerate()
        .fold(sql, |sql, (index, id)| sql.push(if index == 0 { "" } else { ", " }).bind(*id));
    // No id is in an empty list, which neither database writes like that.
    if ids.is_empty() { listed.push("NULL)") } else { listed.push(")") }
}

/// The staff whom this finds.
async fn staff(conn: &mut Conn, q: &str, most: i64) -> Result<Vec<Uuid>, StoreError> {
    let plain = q.to_lowercase();
    let sql = "SELECT id FROM staff WHERE email = $1 OR lower(name) LIKE $2 ESCAPE '\\' OR lower(name) LIKE $3 ESCAPE '\\'
         ORDER BY id LIMIT $4";
    let values = args![q.to_ascii_lowercase(), like_prefix(&plain), later_word(&plain), most];
    conn.all(sql, values).await?.iter().map(|row| row.get("id")).collect()
}

/// The numbers between which entries of these times stand, with room for clocks that differ.
async fn bounds(conn: &mut Conn, [from, to]: [Option<Instant>; 2]) -> Result<(i64, i64), StoreError> {
    let mut bounds = (chain::beginning(conn).await?.link.seq + 1, chain::end(conn).await?.seq);
    if let Some(from) = from {
        let sql = "SELECT seq FROM audit WHERE at >= $1 ORDER BY at, seq LIMIT 1";
        let row = conn.optional(sql, args![from]).await?;
        let first = row.map(|row| row.get::<i64>("seq")).transpose()?;
        bounds.0 = first.map_or(i64::MAX, |seq| bounds.0.max(seq - DISORDER));
    }
    if let Some(to) = to {
        let sql = "SELECT seq FROM audit WHERE at < $1 ORDER BY at DESC, seq DESC LIMIT 1";
        let row = conn.optional(sql, args![to]).await?;
        let last = row.map(|row| row.get::<i64>("seq")).transpose()?;
        bounds.1 = last.map_or(i64::MIN, |seq| bounds.1.min(seq + DISORDER));
    }
    Ok(bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(without: Vec<Uuid>) -> Search {
        Search {
            along: vec![Along::Trail],
            overlap: false,
            kinds: None,
            companies: Ids::of(without, true),
            people: Ids::default(),
            from: 1,
            to: 1_000_000,
            times: [None; 2],
            too_many: false,
        }
    }

    #[test]
    fn what_no_index_leaves_out_is_looked_for_a_stretch_at_a_time() {
        let searched = search(vec![Uuid::nil()]);
        assert_eq!(searched.stop(1_000_001, false), Some(900_001));
        assert_eq!(searched.stop(900_002, false), Some(800_002));
        assert_eq!(searched.stop(100_000, false), None);
        assert_eq!(searched.stop(500_000, true), Some(600_000));
        assert_eq!(searched.stop(950_000, true), None);
        assert_eq!(search(Vec::new()).stop(1_000_001, false), None);
    }

    #[test]
    fn filters_name_events_and_kinds() {
        assert_eq!(names("people", "user_created"), Some(true));
        assert_eq!(names("people", "shop_changed"), Some(false));
        assert_eq!(names("user_created", "user_created"), Some(true));
        assert_eq!(names("user_created", "user_updated"), Some(false));
        // What a newer version has written is of no kind that this one knows.
        assert_eq!(names("people", "from_the_future"), Some(false));
        assert_eq!(names("nonsense", "user_created"), None);
    }
}
