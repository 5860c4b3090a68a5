use model::{AppError, ErrorCode, FieldError, FieldIssue};

use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::accounts::{Realm, Verdict, authenticate};
use crate::clock::MINUTE;
use crate::store::args;
use crate::{Center, Error, Instant};

/// For this long a password counts as typed lately.
const LATELY: Instant = 5 * MINUTE;

/// Refuses unless the person of the staff typed the password lately. For use cases, after everything else
/// that would refuse and before anything is written.
///
/// # Errors
/// `ReauthRequired`, with the field `current` to fill in
pub(super) fn typed_lately(center: &Center, who: &StaffSignedIn) -> Result<(), Error> {
    if center.now() - who.password_checked_at <= LATELY {
        return Ok(());
    }
    let field = FieldError { field: "current".to_owned(), issue: FieldIssue::PasswordAgain };
    Err(AppError { fields: vec![field], ..AppError::new(ErrorCode::ReauthRequired) }.into())
}

/// Takes the password of the person of the staff again, under the same limits as signing in. The right one
/// counts for the session.
///
/// # Errors
/// The field `current` to correct, `Unauthenticated`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn confirm_password(center: &Center, actor: &Actor, current: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeConfirmPassword)?;
    check(center, who, current).await
}

/// As [`confirm_password`], for a form that brings the password along.
pub(super) async fn check(center: &Center, who: &StaffSignedIn, current: &str) -> Result<(), Error> {
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
        // Whoever asks holds a session of this very account.
        Verdict::NotJudged { retry_after } => Err(ErrorCode::TooManyRequests { retry_after }.into()),
    }
}
