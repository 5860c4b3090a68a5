use model::{Page, UserId};

use super::entry::{COLUMNS, Happening, Reader};
use super::pages::{self, Place};
use crate::access::{self, Actor, Operation};
use crate::store::{Sql, args};
use crate::{Center, Error};

/// The page *My activity*: what the person did, and what was done to the person's account.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn mine(
    center: &Center,
    actor: &Actor,
    after: Option<&str>,
    before: Option<&str>,
) -> Result<Page<Happening>, Error> {
    let who = access::signed_in(actor, Operation::ActivityMine)?;
    let reader = Reader::new(center, who, true);
    let mut conn = center.db().read().await?;
    let edge = match after.or(before).and_then(pages::hash) {
        Some(hash) => {
            let sql = "SELECT seq FROM audit WHERE hash = $1 AND (actor_id = $2 OR subject_id = $2)";
            conn.optional(sql, args![hash, who.user]).await?
        }
        None => None,
    };
    let place = Place::beside(edge.map(|row| row.get("seq")).transpose()?, after.is_some());
    // Each half is read along an index of its own, no further than the page needs it.
    let entries =
        both(Sql::new(COLUMNS).push(" WHERE a.seq IN ("), who.user, |half| place.ordered(place.within(half)));
    let counted =
        both(Sql::new("SELECT count(*) AS n FROM ("), who.user, |half| half.push(" LIMIT ").bind(COUNTED));
    let Page { rows, total, before, after } =
        pages::page(&mut conn, place, entries.push(")"), counted).await?;
    Ok(Page { rows: rows.into_iter().map(|found| reader.read(found)).collect(), total, before, after })
}

/// No half is counted further than this.
const COUNTED: i64 = 1_001;

/// The entries of somebody as the actor and as the subject, each once.
fn both(sql: Sql, user: UserId, within: impl Fn(Sql) -> Sql) -> Sql {
    let half = sql.push("SELECT seq FROM (SELECT a.seq FROM audit a WHERE a.actor_id = ").bind(user);
    let half =
        within(half).push(") AS did UNION SELECT seq FROM (SELECT a.seq FROM audit a WHERE a.subject_id = ");
    within(half.bind(user)).push(") AS about")
}
