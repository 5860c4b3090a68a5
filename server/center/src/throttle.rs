//! Counters of attempts. They stand in the database, raised before the work is done, so that
//! neither a restart nor a second node forgets them and parallel attempts all count.

use model::ErrorCode;

use crate::clock::{HOUR, MINUTE, SECOND};
use crate::store::{StoreError, Tx, args};
use crate::{Center, Error, Instant};

/// How often something may be tried within a window.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Name of the counter
    pub bucket: &'static str,
    /// Attempts allowed in a window
    pub allowed: i64,
    /// Length of the window, in µs
    pub window: Instant,
}

/// Wrong passwords for one account from one network.
pub const SIGN_IN_ACCOUNT_NETWORK: Limit =
    Limit { bucket: "sign_in.account_network", allowed: 10, window: 15 * MINUTE };
/// Wrong passwords for one account from all networks it never signed in from.
pub const SIGN_IN_ACCOUNT: Limit = Limit { bucket: "sign_in.account", allowed: 20, window: 15 * MINUTE };
/// Wrong passwords from one address.
pub const SIGN_IN_ADDRESS: Limit = Limit { bucket: "sign_in.address", allowed: 50, window: 15 * MINUTE };
/// Different accounts that one address tries without getting in.
pub const SIGN_IN_ACCOUNTS: Limit = Limit { bucket: "sign_in.accounts", allowed: 20, window: 15 * MINUTE };
/// Mails with a link to reset the password, per address.
pub const RESET_MAIL: Limit = Limit { bucket: "reset.mail", allowed: 3, window: HOUR };
/// Requests for such mails from one address.
pub const RESET_ADDRESS: Limit = Limit { bucket: "reset.address", allowed: 20, window: HOUR };
/// Activations that matched nothing, from one address.
pub const ACTIVATION_ADDRESS: Limit = Limit { bucket: "activation.address", allowed: 5, window: 15 * MINUTE };
/// Activations that matched nothing, for one customer number.
pub const ACTIVATION_CUSTOMER: Limit = Limit { bucket: "activation.customer", allowed: 10, window: HOUR };
/// Codes mailed for one customer number in an hour.
pub const CODES_HOUR: Limit = Limit { bucket: "activation.codes_hour", allowed: 3, window: HOUR };
/// Codes mailed for one customer number in a day.
pub const CODES_DAY: Limit = Limit { bucket: "activation.codes_day", allowed: 10, window: 24 * HOUR };
/// Requests for access from one address.
pub const ACCESS_ADDRESS: Limit = Limit { bucket: "access.address", allowed: 3, window: HOUR };
/// Requests for access to one customer.
pub const ACCESS_CUSTOMER: Limit = Limit { bucket: "access.customer", allowed: 10, window: 24 * HOUR };
/// Requests for access to one customer that are kept for one mailbox.
pub const ACCESS_MAILBOX: Limit = Limit { bucket: "access.mailbox", allowed: 3, window: 24 * HOUR };
/// Invitations asked for again from one address.
pub const INVITE_AGAIN_ADDRESS: Limit = Limit { bucket: "invite_again.address", allowed: 10, window: HOUR };
/// Invitations mailed again to one mailbox because somebody asked for it there.
pub const INVITE_AGAIN_MAILBOX: Limit = Limit { bucket: "invite_again.mailbox", allowed: 3, window: HOUR };
/// Refusals "email already used", per user.
pub const EMAIL_TAKEN: Limit = Limit { bucket: "users.email_taken", allowed: 10, window: HOUR };
/// Invitations and password links sent by one user.
pub const INVITATIONS: Limit = Limit { bucket: "users.invitations", allowed: 200, window: HOUR };
/// Invitations and password links sent, and codes made, by one person of the staff.
pub const STAFF_LINKS: Limit = Limit { bucket: "office.staff_links", allowed: 50, window: HOUR };
/// Codes of the second step, for one user.
pub const SECOND_STEP: Limit = Limit { bucket: "sign_in.second_step", allowed: 5, window: 15 * MINUTE };
/// Times that one user makes recovery codes.
pub const RECOVERY_CODES: Limit = Limit { bucket: "accounts.recovery_codes", allowed: 10, window: HOUR };
/// Codes on paper that are typed, from one address. The right one gives its try back.
pub const HANDOVER_ADDRESS: Limit = Limit { bucket: "handover.address", allowed: 20, window: HOUR };
/// Codes on paper that are typed for one login.
pub const HANDOVER_MAILBOX: Limit = Limit { bucket: "handover.mailbox", allowed: 10, window: HOUR };
/// Codes of the second step, for one person of the staff.
pub const STAFF_SECOND_STEP: Limit = Limit { bucket: "office.second_step", allowed: 5, window: 15 * MINUTE };
/// Test mails of templates that one person of the staff sends to themselves.
pub const TRIAL_MAILS: Limit = Limit { bucket: "office.trial_mails", allowed: 60, window: HOUR };
/// People whom one of the staff gives access, or mails about it.
pub const OFFICE_ACCESS: Limit = Limit { bucket: "office.access", allowed: 1_000, window: HOUR };
/// Mails that one of the staff sends again or takes up again.
pub const MAILS_AGAIN: Limit = Limit { bucket: "office.mails_again", allowed: 1_000, window: HOUR };
/// Forms of ended sessions that are kept, from one address.
pub const ENDED_SESSIONS: Limit = Limit { bucket: "drafts.ended_sessions", allowed: 60, window: HOUR };
/// Exports of activity and users by one user.
pub const EXPORTS: Limit = Limit { bucket: "exports", allowed: 20, window: HOUR };

/// What counting an attempt found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Attempts within the window, this one included
    pub count: i64,
    /// Seconds until the window ends
    pub retry_after: u32,
    /// Until when nothing is judged, in µs; in the past when there is no pause.
    pub paused_until: Instant,
}

/// Counts an attempt in a unit of work; the counter stays locked until it ends.
pub(crate) async fn count_in(
    tx: &mut Tx,
    now: Instant,
    limit: Limit,
    subject: &str,
) -> Result<Counted, StoreError> {
    let row = tx
        .one(
            "INSERT INTO attempts (bucket, subject, started_at, count) VALUES ($1, $2, $3, 1)
             ON CONFLICT (bucket, subject) DO UPDATE SET
                 count = CASE WHEN attempts.started_at <= $4 THEN 1 ELSE attempts.count + 1 END,
                 failures = CASE WHEN attempts.started_at <= $4 THEN 0 ELSE attempts.failures END,
                 started_at = CASE WHEN attempts.started_at <= $4 THEN $3 ELSE attempts.started_at END
             RETURNING count, started_at, paused_until",
            args![limit.bucket, subject, now, now - limit.window],
        )
        .await?;
    let started: Instant = row.get("started_at")?;
    Ok(Counted {
        count: row.get("count")?,
        retry_after: seconds(started + limit.window - now),
        paused_until: row.get("paused_until")?,
    })
}

/// Whole seconds that cover this time, at least one.
pub(crate) fn seconds(time: Instant) -> u32 {
    u32::try_from(time.max(0) / SECOND + 1).unwrap_or(u32::MAX)
}

/// Counts an attempt and answers the count within the window, this one included, and the seconds
/// until the window ends. Committed by itself: what follows may fail, the attempt was made.
///
/// # Errors
/// [`StoreError`]
pub async fn count(center: &Center, limit: Limit, subject: &str) -> Result<(i64, u32), StoreError> {
    let mut tx = center.db().write().await?;
    let counted = count_in(&mut tx, center.now(), limit, subject).await?;
    tx.commit().await?;
    Ok((counted.count, counted.retry_after))
}

/// Counts an attempt and refuses it above the limit.
///
/// # Errors
/// `TooManyRequests` with the seconds to wait, or [`StoreError`].
pub async fn spend(center: &Center, limit: Limit, subject: &str) -> Result<(), Error> {
    let (count, retry_after) = count(center, limit, subject).await?;
    if count > limit.allowed { Err(exceeded(limit, retry_after)) } else { Ok(()) }
}

/// As [`spend`], in the unit of work that the attempt belongs to: one that leaves no trace was none.
pub(crate) async fn spend_in(tx: &mut Tx, now: Instant, limit: Limit, subject: &str) -> Result<(), Error> {
    let Counted { count, retry_after, .. } = count_in(tx, now, limit, subject).await?;
    if count > limit.allowed { Err(exceeded(limit, retry_after)) } else { Ok(()) }
}

/// The refusal of an attempt above the limit.
pub(crate) fn exceeded(limit: Limit, retry_after: u32) -> Error {
    tracing::warn!(event = "excess_rate_limit_exceeded", bucket = limit.bucket);
    ErrorCode::TooManyRequests { retry_after }.into()
}

/// Takes one attempt back, because it turned out to be right, in the unit of work that rests on it.
pub(crate) async fn give_back_in(tx: &mut Tx, limit: Limit, subject: &str) -> Result<(), StoreError> {
    let sql = "UPDATE attempts SET count = count - 1 WHERE bucket = $1 AND subject = $2 AND count > 0";
    tx.execute(sql, args![limit.bucket, subject]).await?;
    Ok(())
}
