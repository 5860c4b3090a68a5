//! Lets tests fail the n-th use of the database. No part of release builds.

use std::cell::Cell;

use super::StoreError;

/// What fails.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The n-th use of the database, counted from 1: taking a connection, a statement, a commit.
    /// It is not done.
    Use(u32),
    /// The n-th commit, counted from 1. It is done, but its answer is lost.
    Answer(u32),
}

struct Plan {
    fault: Fault,
    uses: Cell<u32>,
    commits: Cell<u32>,
    struck: Cell<bool>,
}

tokio::task_local! {
    static PLAN: Plan;
}

/// Does the work with this fault. The second answer is whether it came that far. What the work
/// leaves to other tasks is not failed.
pub async fn failing<T>(fault: Fault, work: impl Future<Output = T>) -> (T, bool) {
    let plan = Plan { fault, uses: Cell::new(0), commits: Cell::new(0), struck: Cell::new(false) };
    PLAN.scope(plan, async {
        let answer = work.await;
        (answer, PLAN.with(|plan| plan.struck.get()))
    })
    .await
}

/// Counts a use of the database.
pub(super) fn used() -> Result<(), StoreError> {
    count(|plan| &plan.uses, |fault| if let Fault::Use(n) = fault { Some(n) } else { None })
}

/// Counts a commit that was done.
pub(super) fn committed() -> Result<(), StoreError> {
    count(|plan| &plan.commits, |fault| if let Fault::Answer(n) = fault { Some(n) } else { None })
}

fn count(
    counter: impl Fn(&Plan) -> &Cell<u32>,
    failing: impl Fn(Fault) -> Option<u32>,
) -> Result<(), StoreError> {
    let strikes = PLAN.try_with(|plan| {
        let counter = counter(plan);
        counter.set(counter.get() + 1);
        let strikes = failing(plan.fault) == Some(counter.get());
        plan.struck.set(plan.struck.get() || strikes);
        strikes
    });
    match strikes {
        Ok(true) => Err(sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into()).into()),
        // Nobody asked for a fault.
        Ok(false) | Err(_) => Ok(()),
    }
}
