//! Codes that the staff hand over in person, for people whose mailbox can't be used: typed with the login,
//! one stands for a mailed link.

use model::{Email, FieldIssue, LinkId, UserId};

use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::clock::{HOUR, MINUTE};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, HANDOVER_ADDRESS, HANDOVER_MAILBOX};
use crate::{Center, Error, Instant, Token, paper};

/// A code can be used this long.
pub(crate) const LIFE: Instant = HOUR;
/// Whoever has typed it has this long to choose a password.
const CHOOSING: Instant = 30 * MINUTE;
/// Wrong tries that a code survives.
const TRIES: i64 = 5;

/// Changes a code for the token of the link that it stands for, once. Whether the login is unknown, has no
/// code or another one can't be told from the answer, nor from its time.
///
/// # Errors
/// The fields `email` and `code`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn use_code(center: &Center, actor: &Actor, email: &str, code: &str) -> Result<Token, Error> {
    access::authorize(actor, Operation::UseCode)?;
    let email = Email::parse(email).map_err(|e| Error::field("email", e.into()))?;
    let wrong = || Error::field("code", FieldIssue::HandoverWrong);
    if code.trim().is_empty() {
        return Err(Error::field("code", FieldIssue::Required));
    }
    throttle::spend(center, HANDOVER_ADDRESS, &actor.client().source()).await?;
    throttle::spend(center, HANDOVER_MAILBOX, email.as_str()).await?;
    let now = center.now();
    // The try counts before it is judged.
    let mut tx = center.db().write().await?;
    let found = tx
        .optional(
            "UPDATE handover_codes SET attempts = attempts + 1 WHERE ends_at > $2 AND attempts < $3 AND link_id IN
                 (SELECT l.id FROM links l JOIN users u ON u.id = l.user_id
                  WHERE u.email = $1 AND l.consumed_at IS NULL AND l.revoked_at IS NULL)
             RETURNING link_id, code_hash",
            args![&email, now, TRIES],
        )
        .await?;
    tx.commit().await?;
    let stored = found.as_ref().map(|row| row.get::<String>("code_hash")).transpose()?;
    let typed = paper::signs(code).map(|signs| signs.to_string()).unwrap_or_default();
    let (fits, _) = center.passwords().verify(typed, stored).await?;
    let Some(link) = found.filter(|_| fits).map(|row| row.get::<LinkId>("link_id")).transpose()? else {
        return Err(wrong());
    };
    let token = Token::new(center.entropy());
    let mut tx = center.db().write().await?;
    // Of several at once exactly one gets it.
    if tx.execute("DELETE FROM handover_codes WHERE link_id = $1", args![link]).await? == 0 {
        return Err(wrong());
    }
    let sql = "UPDATE links SET ends_at = $2 WHERE id = $1 AND consumed_at IS NULL AND revoked_at IS NULL
         RETURNING user_id, company_id";
    let row = tx.optional(sql, args![link, now + CHOOSING]).await?.ok_or_else(wrong)?;
    let sql = "INSERT INTO link_tokens (token_hash, link_id, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, args![token.hash(), link, now]).await?;
    let entry = Entry::from_browser(actor.client(), Event::HandoverCodeUsed)
        .company(row.get("company_id")?)
        .subject(row.get("user_id")?);
    audit::append(center, &mut tx, entry).await?;
    throttle::give_back_in(&mut tx, HANDOVER_ADDRESS, &actor.client().source()).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends the codes of a user.
pub(crate) async fn end_codes(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let sql = "DELETE FROM handover_codes WHERE link_id IN (SELECT id FROM links WHERE user_id = $1)";
    tx.execute(sql, args![user]).await?;
    Ok(())
}
