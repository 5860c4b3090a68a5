use model::{ErrorCode, FieldIssue};

use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::accounts::{Realm, Verdict, authenticate, is_late, lately};
use crate::store::args;
use crate::{Center, Error};

/// Refuses unless the person of the staff typed the password lately. For use cases, after everything else
/// that would refuse and before anything is written.
///
/// # Errors
/// `ReauthRequired`, with the field `current` to fill in
pub(crate) fn typed_lately(center: &Center, who: &StaffSignedIn) -> Result<(), Error> {
    lately(center, who.password_checked_at)
}

/// The same person, after the form brought the password along because an earlier one was refused by
/// [`typed_lately`]. Who brings none, needs none or has not done both steps stays as he is; what he may do
/// is decided by the use case.
///
/// # Errors
/// The field `current` to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn type_again(center: &Center, actor: &Actor, current: &str) -> Result<Actor, Error> {
    match actor {
        Actor::Staff(who)
            if who.verified && !current.is_empty() && is_late(center, who.password_checked_at) =>
        {
            check_current(center, who, current).await?;
            let mut who = who.clone();
            who.password_checked_at = center.now();
            Ok(Actor::Staff(who))
        }
        _ => Ok(actor.clone()),
    }
}

/// Takes the password by itself, for what can't bring it along: a file that is downloaded.
///
/// # Errors
/// The field `current` to correct, `Unauthenticated`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn confirm_password(center: &Center, actor: &Actor, current: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeConfirmPassword)?;
    check_current(center, who, current).await
}

/// Checks the password of the person signed in, under the same limits as signing in. The right one counts
/// for the session: it was typed just now.
///
/// # Errors
/// The field `current` to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub(super) async fn check_current(center: &Center, who: &StaffSignedIn, current: &str) -> Result<(), Error> {
    if current.is_empty() {
        return Err(Error::field("current", FieldIssue::Required));
    }
    match authenticate(center, &who.client, Realm::Office, who.email.as_str(), current).await? {
        Verdict::Right { id, .. } if id == who.staff.0 => {
            let mut tx = center.db().write().await?;
            let sql = "UPDATE staff_sessions SET password_checked_at = $2 WHERE id = $1";
            tx.execute(sql, args![who.session, center.now()]).await?;
            Ok(tx.commit().await?)
        }
        Verdict::Right { .. } | Verdict::Wrong => Err(Error::field("current", FieldIssue::PasswordWrong)),
        // Nobody has to be kept in the dark: whoever asks holds a session of this very account.
        Verdict::NotJudged { retry_after } => Err(ErrorCode::TooManyRequests { retry_after }.into()),
    }
}
