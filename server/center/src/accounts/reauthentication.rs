//! Some changes want a password that was typed lately: whoever finds a screen left open must not
//! be able to take the company over.

use model::{AppError, ErrorCode, FieldError, FieldIssue};

use super::authenticate::check_current;
use crate::access::{self, Actor, Operation, SignedIn};
use crate::clock::MINUTE;
use crate::{Center, Error, Instant};

/// For this long a password counts as typed lately.
const LATELY: Instant = 5 * MINUTE;

/// Whether a password that was typed then has to be typed again.
pub(crate) fn is_late(center: &Center, typed_at: Instant) -> bool {
    center.now() - typed_at > LATELY
}

/// Refuses unless the person typed the password lately, which a view never did. For use cases, after everything else
/// that would refuse and before anything is written.
///
/// # Errors
/// `ReauthRequired`, with the field `current` to fill in
pub(crate) fn typed_lately(center: &Center, who: &SignedIn) -> Result<(), Error> {
    // Nobody but the user knows the password, so that a view can't type it and must not be asked for it.
    access::never_in_a_view(who)?;
    lately(center, who.password_checked_at)
}

/// As [`typed_lately`], for a password that was typed then.
pub(crate) fn lately(center: &Center, typed_at: Instant) -> Result<(), Error> {
    if !is_late(center, typed_at) {
        return Ok(());
    }
    let field = FieldError { field: "current".to_owned(), issue: FieldIssue::PasswordAgain };
    Err(AppError { fields: vec![field], ..AppError::new(ErrorCode::ReauthRequired) }.into())
}

/// The same person, after the form brought the password along because an earlier one was refused
/// by [`typed_lately`]. The right password counts for the session. Who brings none, needs none or
/// is not signed in stays as he is; what he may do is decided by the use case.
///
/// # Errors
/// The field `current` to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn type_again(center: &Center, actor: &Actor, current: &str) -> Result<Actor, Error> {
    match actor {
        Actor::User(who)
            if !current.is_empty() && who.view.is_none() && is_late(center, who.password_checked_at) =>
        {
            check_current(center, who, current).await?;
            let mut who = who.clone();
            who.password_checked_at = center.now();
            Ok(Actor::User(who))
        }
        _ => Ok(actor.clone()),
    }
}

/// Takes the password by itself, for what can't bring it along: a file that is downloaded.
///
/// # Errors
/// The field `current` to correct, `Unauthenticated`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn confirm_password(center: &Center, actor: &Actor, current: &str) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::ConfirmPassword)?;
    check_current(center, who, current).await
}
