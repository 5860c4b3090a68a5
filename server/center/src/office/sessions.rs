//! Browsers that staff are signed in with. They end sooner than those of users, and until the second
//! step is done they open nothing but that step.

use model::{ErrorCode, SessionId, StaffId};

use super::users::close_views_of;
use crate::access::{self, Actor, Client, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event};
use crate::clock::{HOUR, MINUTE};
use crate::store::{StoreError, Tx, args};
use crate::{Center, Error, Instant, Token};

/// A session ends after this long without a request.
pub(crate) const IDLE: Instant = 15 * MINUTE;
/// A session ends after this long in any case.
const ABSOLUTE: Instant = 8 * HOUR;
/// How long there is for the second step.
const SECOND_STEP: Instant = 10 * MINUTE;
/// How many sessions one person may have; the oldest goes when there are more.
const MOST: i64 = 5;
/// The last use is written at most this often, so that reading pages stays reading.
const TOUCH_EVERY: Instant = MINUTE;

/// Who holds this token. `None` when it is unknown, idle or too old, or when the person has been
/// switched off since.
///
/// # Errors
/// [`StoreError`]
pub async fn resolve(
    center: &Center,
    token: &str,
    client: &Client,
) -> Result<Option<StaffSignedIn>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let now = center.now();
    let sql = "SELECT s.id, s.last_seen_at, s.password_checked_at, s.verified_at IS NOT NULL AS verified,
                p.id AS staff_id, p.name, p.email, p.role
         FROM staff_sessions s JOIN staff p ON p.id = s.staff_id
         WHERE s.token_hash = $1 AND s.last_seen_at > $2 AND s.ends_at > $3 AND p.deactivated_at IS NULL";
    let found = center.db().read().await?.optional(sql, args![token.hash(), now - IDLE, now]).await?;
    let Some(row) = found else { return Ok(None) };
    let who = StaffSignedIn {
        staff: row.get("staff_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        role: row.get("role")?,
        session: row.get("id")?,
        password_checked_at: row.get("password_checked_at")?,
        verified: row.get("verified")?,
        client: client.clone(),
    };
    if row.get::<Instant>("last_seen_at")? + TOUCH_EVERY <= now {
        let mut tx = center.db().write().await?;
        tx.execute("UPDATE staff SET last_seen_at = $2 WHERE id = $1", args![who.staff, now]).await?;
        tx.execute("UPDATE staff_sessions SET last_seen_at = $2 WHERE id = $1", args![who.session, now])
            .await?;
        tx.commit().await?;
    }
    Ok(Some(who))
}

/// Begins a session, with the second step done or not, in place of the one that it `replaces`. The row
/// of the person is locked, so that this and switching off follow one another.
///
/// # Errors
/// `SignInFailed` when the person was switched off in between, `Unauthenticated` when the session of the
/// first step has ended; [`Error::Store`]
pub(super) async fn begin(
    center: &Center,
    tx: &mut Tx,
    staff: StaffId,
    client: &Client,
    verified: bool,
    replaces: Option<SessionId>,
) -> Result<(Token, SessionId), Error> {
    let now = center.now();
    let sql = "UPDATE staff SET last_seen_at = $2 WHERE id = $1 AND deactivated_at IS NULL";
    if tx.execute(sql, args![staff, now]).await? == 0 {
        return Err(ErrorCode::SignInFailed.into());
    }
    if let Some(old) = replaces {
        let gone = tx.execute("DELETE FROM staff_sessions WHERE id = $1", args![old]).await? == 0;
        // What ends all sessions holds the person's row too: nothing of the first step outlives it.
        if gone && verified {
            return Err(ErrorCode::Unauthenticated.into());
        }
    }
    let (token, session) = (Token::new(center.entropy()), SessionId(center.new_id()));
    let ends = now + if verified { ABSOLUTE } else { SECOND_STEP };
    tx.execute(
        "INSERT INTO staff_sessions (id, token_hash, staff_id, created_at, last_seen_at, ends_at, password_checked_at, verified_at, address, device)
         VALUES ($1, $2, $3, $4, $4, $5, $4, $6, $7, $8)",
        args![
            session,
            token.hash(),
            staff,
            now,
            ends,
            verified.then_some(now),
            client.address.to_string(),
            &client.device
        ],
    )
    .await?;
    tx.execute(
        "DELETE FROM staff_sessions WHERE staff_id = $1 AND id <> $2 AND id NOT IN
             (SELECT id FROM staff_sessions WHERE staff_id = $1 AND id <> $2 ORDER BY created_at DESC, id DESC LIMIT $3)",
        args![staff, session, MOST - 1],
    )
    .await?;
    Ok((token, session))
}

/// Ends all sessions of a person.
pub(crate) async fn end_all(tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM staff_sessions WHERE staff_id = $1", args![staff]).await?;
    // Views end too. The trail is told by the job that looks for views without a session.
    tx.execute(
        "DELETE FROM sessions WHERE view_id IN (SELECT id FROM views WHERE staff_id = $1 AND ended_at IS NULL)",
        args![staff],
    )
    .await?;
    Ok(())
}

/// Ends all sessions of a person but this one.
pub(super) async fn end_others(tx: &mut Tx, staff: StaffId, keep: SessionId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM staff_sessions WHERE staff_id = $1 AND id <> $2", args![staff, keep]).await?;
    Ok(())
}

/// Ends the session in use. Signing out while signed out is no error.
///
/// # Errors
/// [`Error::Store`]
pub async fn sign_out(center: &Center, actor: &Actor) -> Result<(), Error> {
    access::authorize(actor, Operation::OfficeSignOut)?;
    if let Some(who) = actor.staff() {
        let mut tx = center.db().write().await?;
        close_views_of(center, &mut tx, who.staff).await?;
        tx.execute("DELETE FROM staff_sessions WHERE id = $1", args![who.session]).await?;
        audit::append(center, &mut tx, Entry::by(actor, Event::StaffSessionEnded).about_staff(who.staff))
            .await?;
        tx.commit().await?;
    }
    Ok(())
}
