//! The one place that judges a password, for signing in and for whatever asks for it again.

use model::{ErrorCode, FieldIssue, PASSWORD_MAX_BYTES};
use uuid::Uuid;

use super::guesses::{Attempt, Realm};
use super::sessions;
use crate::access::{Client, SignedIn};
use crate::store::{StoreError, args};
use crate::{Center, Error, Instant};

/// What came of a typed password.
pub(crate) enum Verdict {
    /// It is this account's.
    Right {
        /// Whose it is
        id: Uuid,
        /// The stored hash is below today's policy.
        weak: bool,
        /// When this password was set, in µs; 0 when that is not known.
        set_at: Instant,
    },
    /// It is wrong, or there is no such account, or it has no password.
    Wrong,
    /// It was not judged, because of a limit or a pause after wrong ones.
    NotJudged {
        /// Seconds to wait.
        retry_after: u32,
    },
}

/// Judges a password. Whatever comes of it took one verification; what is not to be judged is
/// compared with nothing.
///
/// # Errors
/// `TooManyRequests` for the address, whatever the account; [`Error::Busy`], [`Error::Store`]
pub(crate) async fn authenticate(
    center: &Center,
    client: &Client,
    realm: Realm,
    account: &str,
    password: &str,
) -> Result<Verdict, Error> {
    let attempt = Attempt::count(center, client, realm, account).await?;
    let found = lookup(center, realm, account).await?;
    let stored = match attempt.closed_for() {
        None => found.as_ref().and_then(|found| found.password_hash.clone()),
        Some(_) => None,
    };
    let too_long = password.len() > PASSWORD_MAX_BYTES;
    let secret = if too_long { String::new() } else { password.to_owned() };
    let judged = center.passwords().verify(secret, stored).await;
    let (fits, weak) = match judged {
        Ok(judged) => judged,
        Err(error) => {
            attempt.dropped(center).await?;
            return Err(error);
        }
    };
    if let Some(found) = found.filter(|_| fits && !too_long) {
        attempt.right(center).await?;
        return Ok(Verdict::Right { id: found.id, weak, set_at: found.set_at });
    }
    attempt.failed(center).await?;
    tracing::info!(event = "authn_login_fail", limited = attempt.closed_for().is_some());
    Ok(attempt.closed_for().map_or(Verdict::Wrong, |retry_after| Verdict::NotJudged { retry_after }))
}

struct Found {
    id: Uuid,
    password_hash: Option<String>,
    set_at: Instant,
}

async fn lookup(center: &Center, realm: Realm, account: &str) -> Result<Option<Found>, StoreError> {
    let sql = match realm {
        Realm::Portal => {
            "SELECT id, password_hash, COALESCE(password_changed_at, 0) AS set_at FROM users WHERE email = $1"
        }
        Realm::Office => {
            "SELECT id, password_hash, password_changed_at AS set_at FROM staff WHERE email = $1 AND deactivated_at IS NULL"
        }
    };
    let row = center.db().read().await?.optional(sql, args![account]).await?;
    row.map(|row| {
        Ok(Found { id: row.get("id")?, password_hash: row.get("password_hash")?, set_at: row.get("set_at")? })
    })
    .transpose()
}

/// Checks the password of the person signed in, under the same limits as signing in. The right
/// one counts for the session: it was typed just now.
///
/// # Errors
/// The field `current` to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub(super) async fn check_current(center: &Center, who: &SignedIn, current: &str) -> Result<(), Error> {
    if current.is_empty() {
        return Err(Error::field("current", FieldIssue::Required));
    }
    match authenticate(center, &who.client, Realm::Portal, who.email.as_str(), current).await? {
        Verdict::Right { id, .. } if id == who.user.0 => Ok(sessions::renew(center, who.session).await?),
        Verdict::Right { .. } | Verdict::Wrong => Err(Error::field("current", FieldIssue::PasswordWrong)),
        // Nobody has to be kept in the dark: whoever asks holds a session of this very account.
        Verdict::NotJudged { retry_after } => Err(ErrorCode::TooManyRequests { retry_after }.into()),
    }
}
