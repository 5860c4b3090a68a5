//! Signing in and out, passwords, the own profile.

use leptos::prelude::*;
use model::{Go, ProfilePage, ProfileView, SessionRow};
use serde::{Deserialize, Serialize};

use super::Failure;

/// What a sign-in page shows.
///
/// # Errors
/// `NotFound` when no company has this address.
#[server(endpoint = "accounts/sign_in_page")]
pub async fn sign_in_page(#[server(default)] slug: String) -> Result<model::SignInPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::sign_in_page(&r.center, &r.actor, &slug).await).await?)
}

/// Signs in.
///
/// # Errors
/// `SignInFailed`, `Deactivated`, `TooManyRequests`
#[server(endpoint = "accounts/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] slug: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let entered = center::accounts::sign_in(&r.center, &r.actor, &email, &password, &slug).await?;
        if entered.second_step {
            // A session that this browser had has ended.
            r.reply.clear(Cookie::Session);
            r.reply.set(Cookie::SignIn, entered.token.text());
            let next = [("next", next)].into_iter().filter(|(_, next)| !next.is_empty()).collect::<Vec<_>>();
            return Ok(Go::anew(crate::address::address("/sign-in/second-step", &next)));
        }
        r.reply.set(Cookie::Session, entered.token.text());
        Ok(Go::anew(super::viewer::back_or(&next, "/")))
    })
    .await?)
}

/// Signs out.
///
/// # Errors
/// None but faults
#[server(endpoint = "accounts/sign_out")]
pub async fn sign_out() -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        center::accounts::sessions::sign_out(&r.center, &r.actor).await?;
        r.reply.clear(Cookie::Session);
        Ok(Go::anew("/sign-in?done=signed_out"))
    })
    .await?)
}

/// Acts for another of the person's companies.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "accounts/switch_company")]
pub async fn switch_company(#[server(default)] place: String) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    use model::ErrorCode;
    Ok(submit(async |r| {
        center::access::authorize(&r.actor, center::access::Operation::SwitchCompany)?;
        let place = place.parse().map_err(|_| ErrorCode::NotFound)?;
        let token = center::accounts::switch_company(&r.center, &r.actor, place).await?;
        r.reply.set(Cookie::Session, token.text());
        // Nothing of the company before stays in the browser.
        Ok(Go::anew("/"))
    })
    .await?)
}

/// Asks for a link to set a new password.
///
/// # Errors
/// The field `email`, `TooManyRequests`
#[server(endpoint = "accounts/forgot_password")]
pub async fn forgot_password(#[server(default)] email: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::forgot_password(&r.center, &r.actor, &email).await?;
        Ok(Go::to("/forgot-password?done=requested"))
    })
    .await?)
}

/// Changes a code on paper for the link that it stands for.
///
/// # Errors
/// The fields `email` and `code`, `TooManyRequests`
#[server(endpoint = "accounts/use_code")]
pub async fn use_code(
    #[server(default)] email: String,
    #[server(default)] code: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let token = center::accounts::use_code(&r.center, &r.actor, &email, &code).await?;
        r.reply.set(Cookie::Link, token.text());
        Ok(Go::to("/set-password"))
    })
    .await?)
}

/// What a mailed link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// `invitation`, `reset` or `email_change`
    pub purpose: String,
    /// Whose it is
    pub name: String,
    /// The login, or the new address that is to be confirmed.
    pub email: String,
    /// The company that an invitation opens, where the login has a password, which stays as it is.
    pub joins: Option<String>,
}

/// What the link that this browser followed is good for.
///
/// # Errors
/// `LinkInvalid`
#[server(endpoint = "accounts/link")]
pub async fn link() -> Result<LinkView, Failure> {
    use crate::host::run;
    use center::access::{Operation, authorize};
    use model::ErrorCode;
    Ok(run(async |r| {
        authorize(&r.actor, Operation::LinkState)?;
        let link =
            center::accounts::links::inspect(&r.center, &r.link).await?.ok_or(ErrorCode::LinkInvalid)?;
        let joins = link.has_password && link.purpose == center::accounts::links::Purpose::Invitation;
        Ok(LinkView {
            joins: joins.then_some(link.company_name),
            purpose: link.purpose.key().to_owned(),
            name: link.name,
            email: link.email.to_string(),
        })
    })
    .await?)
}

/// Sets the password by the link that this browser followed, or accepts the invitation of a login that
/// has one.
///
/// # Errors
/// `LinkInvalid`, the fields `password` and `repeat`
#[server(endpoint = "accounts/set_password")]
pub async fn set_password(
    #[server(default)] password: String,
    #[server(default)] repeat: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let used = center::accounts::set_password(&r.center, &r.actor, &r.link, &password, &repeat).await?;
        r.reply.clear(Cookie::Link);
        Ok(match used {
            center::accounts::Used::PasswordSet => {
                r.reply.clear(Cookie::Session);
                Go::anew("/sign-in?done=password_set")
            }
            center::accounts::Used::Accepted => Go::anew("/sign-in?done=company_joined"),
        })
    })
    .await?)
}

/// Confirms a new address by the link that this browser followed.
///
/// # Errors
/// `LinkInvalid`
#[server(endpoint = "accounts/confirm_email")]
pub async fn confirm_email() -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        center::accounts::confirm_email(&r.center, &r.actor, &r.link).await?;
        r.reply.clear(Cookie::Link);
        r.reply.clear(Cookie::Session);
        Ok(Go::anew("/sign-in?done=email_changed"))
    })
    .await?)
}

/// The own data.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/profile")]
pub async fn profile() -> Result<ProfileView, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::profile(&r.center, &r.actor).await).await?)
}

/// The page *Profile*.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/profile_form")]
pub async fn profile_form() -> Result<ProfilePage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::profile_form(&r.center, &r.actor).await).await?)
}

/// Saves the own profile.
///
/// # Errors
/// The fields
#[server(endpoint = "accounts/edit_profile")]
pub async fn edit_profile(
    #[server(default)] salutation: String,
    #[server(default)] name: String,
    #[server(default)] locale: String,
    #[server(default)] time_zone: String,
    #[server(default)] notices: Vec<String>,
    #[server(default)] shortcuts: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    let input = model::ProfileInput { salutation, name, locale, time_zone, notices, shortcuts };
    Ok(submit(async |r| {
        center::accounts::edit_profile(&r.center, &r.actor, &input).await?;
        // After signing out the pages of this browser stay in the language chosen.
        r.reply.set(Cookie::Locale, input.locale.clone());
        // The frame shows name and language too.
        Ok(Go::anew("/profile?done=profile_saved"))
    })
    .await?)
}

/// Changes the own password.
///
/// # Errors
/// The fields `current`, `password` and `repeat`
#[server(endpoint = "accounts/change_password")]
pub async fn change_password(
    #[server(default)] current: String,
    #[server(default)] password: String,
    #[server(default)] repeat: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let token =
            center::accounts::change_password(&r.center, &r.actor, &current, &password, &repeat).await?;
        r.reply.set(Cookie::Session, token.text());
        Ok(Go::to("/profile?done=password_changed"))
    })
    .await?)
}

/// Ends the view of the portal that this session belongs to.
///
/// # Errors
/// `WrongState` when it is the session of a user
#[server(endpoint = "accounts/end_view")]
pub async fn end_view() -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let viewed = center::office::users::end_view(&r.center, &r.actor).await?;
        r.reply.clear(Cookie::Session);
        Ok(Go::anew(format!("/office/users/{viewed}?done=view_ended")))
    })
    .await?)
}

/// The addresses of files that are handed out only to who typed the password lately.
#[cfg(feature = "ssr")]
const GUARDED_FILES: [&str; 3] = ["/users/export.csv", "/company/activity.csv", "/company/activity.json"];

/// Takes the password again, then leads to the file that wanted it.
///
/// # Errors
/// The field `current`
#[server(endpoint = "accounts/confirm_password")]
pub async fn confirm_password(
    #[server(default)] current: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::confirm_password(&r.center, &r.actor, &current).await?;
        let path = next.split('?').next().unwrap_or_default();
        let review = path.strip_prefix("/users/review/").and_then(|rest| rest.strip_suffix("/evidence.csv"));
        let guarded = GUARDED_FILES.contains(&path) || review.is_some_and(|id| !id.contains('/'));
        let known = model::is_local_path(&next) && guarded;
        Ok(Go::anew(if known { next.as_str() } else { "/" }))
    })
    .await?)
}

/// Asks for a new login address.
///
/// # Errors
/// The fields `email` and `current`
#[server(endpoint = "accounts/change_email")]
pub async fn change_email(
    #[server(default)] email: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::change_email(&r.center, &r.actor, &email, &current).await?;
        Ok(Go::to("/profile?done=email_requested"))
    })
    .await?)
}

/// Gives up a change of the address.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/cancel_email_change")]
pub async fn cancel_email_change() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::cancel_email_change(&r.center, &r.actor).await?;
        Ok(Go::to("/profile?done=email_cancelled"))
    })
    .await?)
}

/// The browsers that the person is signed in with.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/sessions")]
pub async fn sessions() -> Result<Vec<SessionRow>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::accounts::sessions::list(&r.center, &r.actor).await).await?)
}

/// Ends one of the person's sessions.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "accounts/revoke_session")]
pub async fn revoke_session(#[server(default)] session: String) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::ErrorCode;
    Ok(submit(async |r| {
        let id = session.parse().map_err(|_| ErrorCode::NotFound)?;
        center::accounts::sessions::revoke(&r.center, &r.actor, id).await?;
        Ok(Go::to("/profile/sessions?done=session_revoked"))
    })
    .await?)
}

/// Ends all of the person's sessions but this one.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "accounts/revoke_other_sessions")]
pub async fn revoke_other_sessions() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::accounts::sessions::revoke_others(&r.center, &r.actor).await?;
        Ok(Go::to("/profile/sessions?done=sessions_revoked"))
    })
    .await?)
}
