use model::{Page, UserId};

use super::entry::{COLUMNS, Happening, Reader};
use super::pages::{self, Place};
use crate::access::{self, Actor, Operation, SignedIn};
use crate::audit::Event;
use crate::store::{Sql, args};
use crate::{Center, Error};

/// What concerns the login itself, in whatever company it was done.
const OF_THE_LOGIN: [Event; 16] = [
    Event::SignedIn,
    Event::SessionEnded,
    Event::CompanySwitched,
    Event::SessionRevoked,
    Event::OtherSessionsRevoked,
    Event::PasswordChanged,
    Event::PasswordReset,
    Event::SecondStepSetUp,
    Event::SecondStepEnded,
    Event::SecondStepReset,
    Event::RecoveryCodeUsed,
    Event::RecoveryCodesMade,
    Event::EmailChangeRequested,
    Event::EmailChangeCancelled,
    Event::EmailChanged,
    Event::ProfileUpdated,
];

/// The page *My activity*: what the person did, and what was done to the person's account. Of what was done
/// in other companies than the one acted for it shows only what concerns the login itself.
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
    let entries = both(Sql::new(COLUMNS).push(" WHERE a.seq IN ("), who.user, |half| {
        place.ordered(place.within(concerning(half, who)))
    });
    let counted = both(Sql::new("SELECT count(*) AS n FROM ("), who.user, |half| {
        concerning(half, who).push(" LIMIT ").bind(COUNTED)
    });
    let Page { rows, total, before, after } =
        pages::page(&mut conn, place, entries.push(")"), counted).await?;
    Ok(Page { rows: rows.into_iter().map(|found| reader.read(found)).collect(), total, before, after })
}

/// No half is counted further than this.
const COUNTED: i64 = 1_001;

/// Leaves out what other companies than the one acted for have of their own.
fn concerning(half: Sql, who: &SignedIn) -> Sql {
    let half = half
        .push(" AND (a.company_id IS NULL")
        .when(who.company(), |sql, company| sql.push(" OR a.company_id = ").bind(company))
        .push(" OR a.event IN (");
    let listed = OF_THE_LOGIN
        .iter()
        .enumerate()
        .fold(half, |sql, (index, event)| sql.push(if index == 0 { "" } else { ", " }).bind(event.key()));
    listed.push("))")
}

/// The entries of somebody as the actor and as the subject, each once.
fn both(sql: Sql, user: UserId, within: impl Fn(Sql) -> Sql) -> Sql {
    let half = sql.push("SELECT seq FROM (SELECT a.seq FROM audit a WHERE a.actor_id = ").bind(user);
    let half =
        within(half).push(") AS did UNION SELECT seq FROM (SELECT a.seq FROM audit a WHERE a.subject_id = ");
    within(half.bind(user)).push(") AS about")
}
