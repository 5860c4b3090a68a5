//! What came of many at once: for the person who did it, for an hour.

use model::{ErrorCode, ResultId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::access::StaffSignedIn;
use crate::clock::{HOUR, MINUTE};
use crate::store::args;
use crate::{Center, Error, Instant};

/// How many results of one person are there at a time; the oldest goes.
const KEPT: i64 = 20;
/// How long the work on the rows may take before somebody else may go on with it, in µs. Longer than any
/// request lives.
const LEASE: Instant = MINUTE;

/// A result as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome<R> {
    /// Its id
    pub id: ResultId,
    /// Its rows
    pub rows: Vec<R>,
    /// They are being worked on at this moment.
    pub working: bool,
}

pub(super) async fn save<R: Serialize>(
    center: &Center,
    who: &StaffSignedIn,
    rows: &[R],
) -> Result<ResultId, Error> {
    let id = ResultId(center.new_id());
    let mut tx = center.db().write().await?;
    tx.execute(
        "INSERT INTO office_results (id, staff_id, data, ends_at) VALUES ($1, $2, $3, $4)",
        args![id, who.staff, text(rows)?, center.now() + HOUR],
    )
    .await?;
    tx.execute(
        "DELETE FROM office_results WHERE staff_id = $1 AND id NOT IN
             (SELECT id FROM office_results WHERE staff_id = $1 ORDER BY ends_at DESC, id DESC LIMIT $2)",
        args![who.staff, KEPT],
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

pub(super) async fn load<R: DeserializeOwned>(
    center: &Center,
    who: &StaffSignedIn,
    id: ResultId,
) -> Result<Outcome<R>, Error> {
    let now = center.now();
    let sql = "SELECT data, taken_at FROM office_results WHERE id = $1 AND staff_id = $2 AND ends_at > $3";
    let row = center.db().read().await?.optional(sql, args![id, who.staff, now]).await?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    let taken: Option<Instant> = row.get("taken_at")?;
    let rows = read(&row.get::<String>("data")?)?;
    Ok(Outcome { id, rows, working: taken.is_some_and(|at| at > now - LEASE) })
}

/// Rows that this request, and no other, may work on.
pub(super) struct Taken<R> {
    pub(super) rows: Vec<R>,
    id: ResultId,
    at: Instant,
}

/// Takes the rows of a result; `None` when another request is working on them.
pub(super) async fn take<R: DeserializeOwned>(
    center: &Center,
    who: &StaffSignedIn,
    id: ResultId,
) -> Result<Option<Taken<R>>, Error> {
    let at = center.now();
    let mut tx = center.db().write().await?;
    let sql = "UPDATE office_results SET taken_at = $3 WHERE id = $1 AND staff_id = $2 AND ends_at > $3
         AND (taken_at IS NULL OR taken_at <= $4) RETURNING data";
    let Some(row) = tx.optional(sql, args![id, who.staff, at, at - LEASE]).await? else {
        drop(tx);
        load::<R>(center, who, id).await?;
        return Ok(None);
    };
    let rows = read(&row.get::<String>("data")?)?;
    tx.commit().await?;
    Ok(Some(Taken { rows, id, at }))
}

/// Keeps what came of the rows, and lets go of them.
pub(super) async fn finish<R: Serialize>(center: &Center, taken: Taken<R>) -> Result<(), Error> {
    let Taken { rows, id, at } = taken;
    let mut tx = center.db().write().await?;
    let sql =
        "UPDATE office_results SET data = $3, taken_at = NULL, ends_at = $4 WHERE id = $1 AND taken_at = $2";
    tx.execute(sql, args![id, at, text(&rows)?, center.now() + HOUR]).await?;
    Ok(tx.commit().await?)
}

fn text<R: Serialize>(rows: &[R]) -> Result<String, Error> {
    serde_json::to_string(rows).map_err(|error| Error::Fault(error.to_string()))
}

/// One of something else that was done to many is not there.
fn read<R: DeserializeOwned>(text: &str) -> Result<Vec<R>, Error> {
    serde_json::from_str(text).map_err(|_| ErrorCode::NotFound.into())
}
