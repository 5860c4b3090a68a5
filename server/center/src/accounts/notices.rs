//! Mails that a person may do without. What was declined stands in the database; every other
//! mail of this kind is sent.

use model::{Notice, UserId};

use crate::store::{Conn, StoreError, Tx, args};

/// Whether a person wants such mails. To be asked before one is put into the outbox.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn wants(conn: &mut Conn, user: UserId, notice: Notice) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n FROM declined_notices WHERE user_id = $1 AND notice = $2";
    Ok(conn.optional(sql, args![user, notice.key()]).await?.is_none())
}

/// The mails that a person has declined, in the order of the form.
pub(super) async fn declined(conn: &mut Conn, user: UserId) -> Result<Vec<Notice>, StoreError> {
    let rows = conn.all("SELECT notice FROM declined_notices WHERE user_id = $1", args![user]).await?;
    let keys = rows.iter().map(|row| row.get("notice")).collect::<Result<Vec<String>, _>>()?;
    Ok(Notice::ALL.into_iter().filter(|notice| keys.iter().any(|key| key == notice.key())).collect())
}

/// Notes whether a person wants such mails.
pub(super) async fn choose(
    tx: &mut Tx,
    user: UserId,
    notice: Notice,
    wanted: bool,
) -> Result<(), StoreError> {
    let sql = if wanted {
        "DELETE FROM declined_notices WHERE user_id = $1 AND notice = $2"
    } else {
        "INSERT INTO declined_notices (user_id, notice) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    };
    tx.execute(sql, args![user, notice.key()]).await?;
    Ok(())
}
