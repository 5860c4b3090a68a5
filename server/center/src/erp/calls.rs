//! How the ERP does: what was asked of it is noted in memory, so that no question waits for it or fails by it, and
//! written down together every few seconds, by every node for itself.

use std::collections::BTreeMap;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{ErpOperation, ErpOutcome};

use crate::clock::{HOUR, MINUTE};
use crate::entropy::new_id;
use crate::store::{Backend, Sql, StoreError, args};
use crate::{Center, Instant};

/// Of the questions between two writings so many of each kind, answered and unanswered, are listed. All of them
/// are counted.
const LISTED: usize = 250;
/// An ERP that nobody has asked anything for so long is looked after.
const QUIET: Instant = MINUTE;
/// Rows per statement.
const ROWS: usize = 50;

/// A question, and how it was answered.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) at: Instant,
    pub(super) operation: ErpOperation,
    pub(super) outcome: ErpOutcome,
    /// In microseconds
    pub(super) took: i64,
    /// Of the answer, if there was one
    pub(super) entries: Option<i64>,
}

/// Whether the ERP answers, and since when as far as this node knows.
#[derive(Clone, Copy, Debug)]
struct Seen {
    reachable: bool,
    since: Instant,
    at: Instant,
}

#[derive(Default)]
struct Waiting {
    /// By hour, whether they were answered, and how long that took at most.
    counts: BTreeMap<(Instant, bool, i64), i64>,
    answered: Vec<Call>,
    unanswered: Vec<Call>,
    seen: Option<Seen>,
    /// When the ERP was asked last, also when that is stored already.
    asked_at: Option<Instant>,
}

/// What was noted and is not stored yet.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Waiting>);

impl Calls {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, call: Call) {
        let answered = call.outcome == ErpOutcome::Answered;
        let mut waiting = self.waiting();
        see(&mut waiting, call.at, answered);
        *waiting.counts.entry((hour(call.at), answered, up_to(call.took))).or_default() += 1;
        let list = if answered { &mut waiting.answered } else { &mut waiting.unanswered };
        if list.len() < LISTED {
            list.push(call);
        }
    }

    pub(super) fn seen(&self, at: Instant, reachable: bool) {
        see(&mut self.waiting(), at, reachable);
    }

    fn is_quiet(&self, now: Instant) -> bool {
        self.waiting().asked_at.is_none_or(|at| at + QUIET <= now)
    }

    fn take(&self) -> Waiting {
        let mut waiting = self.waiting();
        let asked_at = waiting.asked_at;
        mem::replace(&mut waiting, Waiting { asked_at, ..Waiting::default() })
    }

    /// What could not be stored waits on.
    fn put_back(&self, earlier: Waiting) {
        let mut waiting = self.waiting();
        for (key, count) in earlier.counts {
            *waiting.counts.entry(key).or_default() += count;
        }
        let Waiting { answered, unanswered, .. } = &mut *waiting;
        for (list, mut before) in [(answered, earlier.answered), (unanswered, earlier.unanswered)] {
            before.append(list);
            before.truncate(LISTED);
            *list = before;
        }
        waiting.seen = match (earlier.seen, waiting.seen) {
            (Some(before), Some(now)) if before.reachable == now.reachable => {
                Some(Seen { since: before.since, ..now })
            }
            (before, now) => now.or(before),
        };
    }
}

fn see(waiting: &mut Waiting, at: Instant, reachable: bool) {
    let since = waiting.seen.filter(|seen| seen.reachable == reachable).map_or(at, |seen| seen.since);
    waiting.seen = Some(Seen { reachable, since, at });
    waiting.asked_at = Some(at);
}

/// The beginning of the hour, in UTC.
pub(crate) const fn hour(at: Instant) -> Instant {
    at - at.rem_euclid(HOUR)
}

/// What times are counted by: each counts for the first of these that it does not exceed, in microseconds.
const UP_TO: [i64; 17] = [
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000,
    2_000_000, 5_000_000, 10_000_000, 60_000_000,
];

fn up_to(took: i64) -> i64 {
    UP_TO.into_iter().find(|bound| took <= *bound).unwrap_or(UP_TO[UP_TO.len() - 1])
}

/// Looks after the ERP when nobody has asked it anything lately, and writes down what was noted.
///
/// # Errors
/// [`StoreError`]; then it waits for the next time.
pub(crate) async fn write_down(center: &Center) -> Result<(), StoreError> {
    let calls = center.erp_calls();
    if calls.is_quiet(center.now()) {
        center.look_after_erp().await;
    }
    // The one writer of SQLite is taken for as long as an import goes on.
    if center.db().backend() == Backend::Sqlite && center.erp_import().running().is_some() {
        return Ok(());
    }
    let waiting = calls.take();
    let stored = store(center, &waiting).await;
    if stored.is_err() {
        calls.put_back(waiting);
    }
    stored
}

async fn store(center: &Center, waiting: &Waiting) -> Result<(), StoreError> {
    let Some(seen) = waiting.seen else { return Ok(()) };
    let mut tx = center.db().write().await?;
    tx.execute(
        "UPDATE erp_state SET since = CASE WHEN reachable = $1 THEN since ELSE $2 END, seen_at = $3, reachable = $1 WHERE id = 1",
        args![seen.reachable, seen.since, seen.at],
    )
    .await?;
    // In the same order on all nodes, so that none waits for another that waits for it.
    let counts: Vec<_> = waiting.counts.iter().collect();
    for counts in counts.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO erp_hours (hour, answered, up_to, calls) VALUES ");
        for (place, ((hour, answered, up_to), calls)) in counts.iter().enumerate() {
            sql = sql.push(if place == 0 { "(" } else { ", (" });
            sql = sql
                .bind(*hour)
                .push(", ")
                .bind(*answered)
                .push(", ")
                .bind(*up_to)
                .push(", ")
                .bind(**calls)
                .push(")");
        }
        let conflict =
            " ON CONFLICT (hour, answered, up_to) DO UPDATE SET calls = erp_hours.calls + excluded.calls";
        let (text, values) = sql.push(conflict).build();
        tx.execute(text, values).await?;
    }
    let listed: Vec<_> = waiting.answered.iter().chain(&waiting.unanswered).collect();
    for listed in listed.chunks(ROWS) {
        let mut sql = Sql::new("INSERT INTO erp_calls (id, at, operation, outcome, took, entries) VALUES ");
        for (place, call) in listed.iter().enumerate() {
            sql = sql.push(if place == 0 { "(" } else { ", (" });
            sql = sql.bind(new_id(call.at, center.entropy())).push(", ").bind(call.at);
            sql = sql.push(", ").bind(call.operation.key()).push(", ").bind(call.outcome.key());
            sql = sql.push(", ").bind(call.took).push(", ").bind(call.entries).push(")");
        }
        let (text, values) = sql.build();
        tx.execute(text, values).await?;
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(at: Instant, outcome: ErpOutcome, took: i64) -> Call {
        Call { at, operation: ErpOperation::Customer, outcome, took, entries: None }
    }

    #[test]
    fn times_count_for_the_next_bound() {
        for (took, bound) in
            [(0, 100), (100, 100), (101, 200), (60_000_000, 60_000_000), (i64::MAX, 60_000_000)]
        {
            assert_eq!(up_to(took), bound, "{took}");
        }
    }

    #[test]
    fn all_are_counted_and_failures_are_listed_however_many_answers_there_are() {
        let calls = Calls::default();
        for at in 0..1_000 {
            calls.note(call(at, ErpOutcome::Answered, 50));
        }
        calls.note(call(1_000, ErpOutcome::Unavailable, 7));
        let waiting = calls.take();
        assert_eq!(waiting.counts, BTreeMap::from([((0, false, 100), 1), ((0, true, 100), 1_000)]));
        assert_eq!((waiting.answered.len(), waiting.unanswered.len()), (LISTED, 1));
        let seen = waiting.seen.unwrap();
        assert_eq!((seen.reachable, seen.since, seen.at), (false, 1_000, 1_000));
        assert!(calls.take().seen.is_none());
    }

    #[test]
    fn what_could_not_be_stored_waits_on() {
        let calls = Calls::default();
        calls.note(call(1, ErpOutcome::Unavailable, 7));
        let first = calls.take();
        calls.note(call(2, ErpOutcome::Unavailable, 7));
        calls.put_back(first);
        let waiting = calls.take();
        assert_eq!(waiting.counts, BTreeMap::from([((0, false, 100), 2)]));
        assert_eq!(waiting.unanswered.iter().map(|call| call.at).collect::<Vec<_>>(), [1, 2]);
        let seen = waiting.seen.unwrap();
        assert_eq!((seen.since, seen.at), (1, 2));
    }

    #[test]
    fn an_erp_that_is_asked_is_not_looked_after() {
        let calls = Calls::default();
        assert!(calls.is_quiet(0));
        calls.note(call(0, ErpOutcome::Answered, 1));
        calls.take();
        assert!(!calls.is_quiet(QUIET - 1));
        assert!(calls.is_quiet(QUIET));
    }
}
