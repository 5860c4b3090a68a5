//! What came of giving many access: for the person who did it, for an hour.

use model::{ErrorCode, ResultId};

use super::many::GiveRow;
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
pub struct Outcome {
    /// Its id
    pub id: ResultId,
    /// Its rows
    pub rows: Vec<GiveRow>,
    /// They are being worked on at this moment.
    pub working: bool,
}

pub(super) async fn save(center: &Center, who: &StaffSignedIn, rows: &[GiveRow]) -> Result<ResultId, Error> {
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

pub(super) async fn load(center: &Center, who: &StaffSignedIn, id: ResultId) -> Result<Outcome, Error> {
    let now = center.now();
    let sql = "SELECT data, taken_at FROM office_results WHERE id = $1 AND staff_id = $2 AND ends_at > $3";
    let row = center.db().read().await?.optional(sql, args![id, who.staff, now]).await?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    let taken: Option<Instant> = row.get("taken_at")?;
    let rows = read(&row.get::<String>("data")?)?;
    Ok(Outcome { id, rows, working: taken.is_some_and(|at| at > now - LEASE) })
}

/// Rows that this request, and no other, may work on.
pub(super) struct Taken {
    pub(super) rows: Vec<GiveRow>,
    id: ResultId,
    at: Instant,
}

/// Takes the rows of a result; `None` when another request is working on them.
pub(super) async fn take(center: &Center, who: &StaffSignedIn, id: ResultId) -> Result<Option<Taken>, Error> {
    let at = center.now();
    let mut tx = center.db().write().await?;
    let sql = "UPDATE office_results SET taken_at = $3 WHERE id = $1 AND staff_id = $2 AND ends_at > $3
         AND (taken_at IS NULL OR taken_at <= $4) RETURNING data";
    let Some(row) = tx.optional(sql, args![id, who.staff, at, at - LEASE]).await? else {
        drop(tx);
        load(center, who, id).await?;
        return Ok(None);
    };
    let rows = read(&row.get::<String>("data")?)?;
    tx.commit().await?;
    Ok(Some(Taken { rows, id, at }))
}

/// Keeps what came of the rows, and lets go of them.
pub(super) async fn finish(center: &Center, taken: Taken) -> Result<(), Error> {
    let Taken { rows, id, at } = taken;
    let mut tx = center.db().write().await?;
    let sql =
        "UPDATE office_results SET data = $3, taken_at = NULL, ends_at = $4 WHERE id = $1 AND taken_at = $2";
    tx.execute(sql, args![id, at, text(&rows)?, center.now() + HOUR]).await?;
    Ok(tx.commit().await?)
}

fn text(rows: &[GiveRow]) -> Result<String, Error> {
    serde_json::to_string(rows).map_err(|error| Error::Fault(error.to_string()))
}

fn read(text: &str) -> Result<Vec<GiveRow>, Error> {
    serde_json::from_str(text).map_err(|_| Error::Fault("a stored result is damaged".to_owned()))
}
