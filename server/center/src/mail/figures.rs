use crate::store::{StoreError, args};
use crate::{Center, Instant};

/// How the outbox stands, for operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailFigures {
    /// Mails that wait to be sent or tried again.
    pub waiting: i64,
    /// When the oldest of them was asked for; `None` when none waits.
    pub oldest: Option<Instant>,
    /// Mails that were given up.
    pub dead: i64,
}

/// Counts what stands in the outbox.
///
/// # Errors
/// [`StoreError`]
pub async fn figures(center: &Center) -> Result<MailFigures, StoreError> {
    let mut conn = center.db().read().await?;
    let sql = "SELECT count(*) AS waiting, min(created_at) AS oldest,
             (SELECT count(*) FROM outbox WHERE state = 'dead') AS dead FROM outbox WHERE state = 'pending'";
    let row = conn.one(sql, args![]).await?;
    Ok(MailFigures { waiting: row.get("waiting")?, oldest: row.get("oldest")?, dead: row.get("dead")? })
}
