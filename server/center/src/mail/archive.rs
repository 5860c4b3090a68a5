//! What mails said when they were sent. Secrets are masked before anything is kept: reading the archive gives
//! nobody an account.

use model::MailId;

use super::render::Rendered;
use crate::Instant;
use crate::store::{Conn, StoreError, Tx, args};

/// Keeps what a mail said. Not if its person was erased while it was under way: then it has another recipient.
pub(super) async fn keep(
    tx: &mut Tx,
    id: MailId,
    recipient: &str,
    said: &Rendered,
    now: Instant,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO mail_bodies (mail_id, subject, html, body, kept_at)
         SELECT o.id, $2, $3, $4, $5 FROM outbox o WHERE o.id = $1 AND o.recipient = $6
         ON CONFLICT (mail_id) DO NOTHING",
        args![id, said.subject.as_str(), said.html.as_str(), said.text.as_str(), now, recipient],
    )
    .await?;
    Ok(())
}

/// What a mail said, if that is still kept.
pub(crate) async fn archived(conn: &mut Conn, id: MailId) -> Result<Option<Rendered>, StoreError> {
    let sql = "SELECT subject, html, body FROM mail_bodies WHERE mail_id = $1";
    let row = conn.optional(sql, args![id]).await?;
    row.map(|row| {
        Ok(Rendered { subject: row.get("subject")?, html: row.get("html")?, text: row.get("body")? })
    })
    .transpose()
}
