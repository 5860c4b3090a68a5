//! Access review: confirming who may do what in a company.

use leptos::prelude::*;
use model::{Go, ReviewPage, SideList};

use super::Failure;

/// *Access review*: enabled users by name; with `open` only those who are not confirmed.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/review")]
pub async fn review(
    #[server(default)] after: String,
    #[server(default)] before: String,
    #[server(default)] open: String,
) -> Result<SideList<ReviewPage>, Failure> {
    use crate::host::run;
    use center::users::ReviewQuery;
    let query = ReviewQuery { after, before, open: open == "true" };
    Ok(run(async |r| center::users::review(&r.center, &r.actor, &query).await).await?)
}

/// Confirms the users that are shown, or one of them.
///
/// # Errors
/// The field `users`, `NotFound`, `Conflict`
#[server(endpoint = "users/confirm_access")]
pub async fn confirm_access(
    #[server(default)] shown: Vec<String>,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use super::users::noted;
    use crate::host::submit;
    use model::ReviewedUser;
    Ok(submit(async |r| {
        // What names nobody is nobody whom the company has.
        let shown: Vec<ReviewedUser> = shown.iter().filter_map(|shown| shown.parse().ok()).collect();
        let done = center::users::confirm_access(&r.center, &r.actor, &shown).await?;
        Ok(Go::to(noted(&back, if done.changed == 0 { "confirmed" } else { "confirmed_some" })))
    })
    .await?)
}

/// Switches a user off in the course of a review.
///
/// # Errors
/// `NotFound`, `WrongState`, `Yourself`, `LastMainContact`, `GrantLacking`, `ReauthRequired`
#[server(endpoint = "users/deactivate_reviewed")]
pub async fn deactivate_reviewed(
    #[server(default)] user: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use super::users::done;
    use crate::host::submit;
    use center::accounts::type_again;
    use model::ErrorCode;
    Ok(submit(async |r| {
        let user = user.parse().map_err(|_| ErrorCode::NotFound)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::deactivate_reviewed(&r.center, &actor, user).await?;
        Ok(done(&back, "deactivated", user))
    })
    .await?)
}

/// Finishes the review.
///
/// # Errors
/// `ReviewIncomplete`, `WrongState`
#[server(endpoint = "users/finish_review")]
pub async fn finish_review() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::users::finish_review(&r.center, &r.actor).await?;
        Ok(Go::to("/users/review?done=review_finished"))
    })
    .await?)
}
