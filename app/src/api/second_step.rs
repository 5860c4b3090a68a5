//! The second step of signing in: doing it, switching it on and off, and what a company decides about it.

use leptos::prelude::*;
use model::{Go, UsersSettings};

use super::Failure;

/// The own page.
#[cfg(feature = "ssr")]
const MINE: &str = "/profile/second-step";

/// Whether a second step of this browser waits.
///
/// # Errors
/// None but faults
#[server(endpoint = "accounts/second_step_page")]
pub async fn second_step_page() -> Result<bool, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::second_step_page(&r.center, &r.actor, &r.sign_in).await).await?)
}

/// The second step of signing in.
///
/// # Errors
/// The field `code`, `TooManyRequests`, `Unauthenticated` when the first step is too long ago
#[server(endpoint = "accounts/second_step")]
pub async fn second_step(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let token = center::accounts::second_step(&r.center, &r.actor, &r.sign_in, &code).await?;
        r.reply.clear(Cookie::SignIn);
        r.reply.set(Cookie::Session, token.text());
        Ok(Go::anew(super::viewer::back_or(&next, "/")))
    })
    .await?)
}

/// The page *Two-step sign-in*.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/my_second_step")]
pub async fn my_second_step() -> Result<model::MySecondStep, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::my_second_step(&r.center, &r.actor).await).await?)
}

/// Begins to set up an app.
///
/// # Errors
/// `WrongState`, `ReauthRequired`
#[server(endpoint = "accounts/begin_second_step")]
pub async fn begin_second_step(
    #[server(default)] current: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        center::accounts::begin_second_step(&r.center, &actor).await?;
        Ok(Go::to(on_the_way(&next)))
    })
    .await?)
}

/// Switches the second step on by the first code of the app.
///
/// # Errors
/// The field `code`, `WrongState`, `ReauthRequired`, `TooManyRequests`
#[server(endpoint = "accounts/set_up_second_step")]
pub async fn set_up_second_step(
    #[server(default)] code: String,
    #[server(default)] current: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        let token = center::accounts::set_up_second_step(&r.center, &actor, &code).await?;
        r.reply.set(Cookie::Session, token.text());
        Ok(Go::anew(on_the_way(&next)))
    })
    .await?)
}

/// The own page, which leads on to where the person wanted to go.
#[cfg(feature = "ssr")]
fn on_the_way(next: &str) -> String {
    let pairs = [("next", next.to_owned())];
    crate::address::address(MINE, if next.is_empty() { &[] } else { &pairs })
}

/// Switches the second step off.
///
/// # Errors
/// `WrongState`, `ReauthRequired`
#[server(endpoint = "accounts/end_second_step")]
pub async fn end_second_step(#[server(default)] current: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        center::accounts::end_second_step(&r.center, &actor).await?;
        Ok(Go::anew(format!("{MINE}?done=second_step_off")))
    })
    .await?)
}

/// Makes new recovery codes, which the page then shows.
///
/// # Errors
/// `WrongState`, `ReauthRequired`, `TooManyRequests`
#[server(endpoint = "accounts/new_recovery_codes")]
pub async fn new_recovery_codes(#[server(default)] current: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        center::accounts::new_recovery_codes(&r.center, &actor).await?;
        Ok(Go::to(MINE))
    })
    .await?)
}

/// The recovery codes are kept; they are shown no more.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/keep_recovery_codes")]
pub async fn keep_recovery_codes(#[server(default)] next: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::keep_recovery_codes(&r.center, &r.actor).await?;
        Ok(Go::anew(super::viewer::back_or(&next, MINE)))
    })
    .await?)
}

/// The page *Settings* of users management.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/settings")]
pub async fn settings() -> Result<UsersSettings, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::settings(&r.center, &r.actor).await).await?)
}

/// Decides whether the company's users need a second step.
///
/// # Errors
/// `ReauthRequired`
#[server(endpoint = "users/require_second_step")]
pub async fn require_second_step(
    #[server(default)] required: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        center::users::require_second_step(&r.center, &actor, required == "true").await?;
        // Who decided it may have to set it up first.
        Ok(Go::anew("/users/settings?done=settings_saved"))
    })
    .await?)
}

/// Takes back a colleague's second step.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `Yourself`, `WrongState`, the field `user`, `ReauthRequired`
#[server(endpoint = "users/reset_second_step")]
pub async fn reset_second_step(
    #[server(default)] user: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::{ErrorCode, UserId};
    Ok(submit(async |r| {
        let user: UserId = user.parse().map_err(|_| ErrorCode::NotFound)?;
        let actor = center::accounts::type_again(&r.center, &r.actor, &current).await?;
        center::users::reset_second_step(&r.center, &actor, user).await?;
        Ok(Go::to(format!("/users/{user}?done=second_step_reset")))
    })
    .await?)
}
