//! Getting into the Back Office: password, second step, links to set a password.

use leptos::prelude::*;
use model::{Go, SecondStepPage};

use crate::api::Failure;
use crate::api::accounts::LinkView;

/// The first step of signing in.
///
/// # Errors
/// `SignInFailed`, `TooManyRequests`
#[server(endpoint = "office/sign_in")]
pub async fn office_sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let entered = center::office::sign_in(&r.center, &r.actor, &email, &password).await?;
        r.reply.set(Cookie::Office, entered.token.text());
        let page = "/office/second-step";
        Ok(Go::anew(match next.as_str() {
            "" => page.to_owned(),
            next => crate::address::address(page, &[("next", next.to_owned())]),
        }))
    })
    .await?)
}

/// Signs out of the Back Office.
///
/// # Errors
/// None but faults
#[server(endpoint = "office/sign_out")]
pub async fn office_sign_out() -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        center::office::sessions::sign_out(&r.center, &r.actor).await?;
        r.reply.clear(Cookie::Office);
        Ok(Go::anew("/office/sign-in?done=signed_out"))
    })
    .await?)
}

/// What the link that this browser followed is good for.
///
/// # Errors
/// `LinkInvalid`
#[server(endpoint = "office/link")]
pub async fn office_link() -> Result<LinkView, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let link = center::office::link(&r.center, &r.actor, &r.link).await?;
        Ok(LinkView {
            purpose: "office".to_owned(),
            name: link.name,
            email: link.email.to_string(),
            joins: None,
        })
    })
    .await?)
}

/// Sets the password by that link.
///
/// # Errors
/// `LinkInvalid`, the fields `password` and `repeat`
#[server(endpoint = "office/set_password")]
pub async fn office_set_password(
    #[server(default)] password: String,
    #[server(default)] repeat: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        center::office::set_password(&r.center, &r.actor, &r.link, &password, &repeat).await?;
        r.reply.clear(Cookie::Link);
        Ok(Go::anew("/office/sign-in?done=password_set"))
    })
    .await?)
}

/// What the page of the second step shows.
///
/// # Errors
/// `Unauthenticated`, `WrongState` when the step is done
#[server(endpoint = "office/second_step_page")]
pub async fn office_second_step_page() -> Result<SecondStepPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::second_step_page(&r.center, &r.actor).await).await?)
}

/// The second step of signing in.
///
/// # Errors
/// The field `code`, `TooManyRequests`
#[server(endpoint = "office/second_step")]
pub async fn office_second_step(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let passed = center::office::second_step(&r.center, &r.actor, &code).await?;
        r.reply.set(Cookie::Office, passed.token.text());
        if passed.codes_to_keep {
            let page = "/office/second-step";
            return Ok(Go::anew(crate::address::address(page, &[("next", next)])));
        }
        Ok(Go::anew(office_page(&next)))
    })
    .await?)
}

/// Asks the person's passkeys: the question, as JSON for the browser.
///
/// # Errors
/// `WrongState` when there is none
#[server(endpoint = "office/passkey_question")]
pub async fn office_passkey_question() -> Result<String, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::passkey_question(&r.center, &r.actor).await).await?)
}

/// The second step by a passkey.
///
/// # Errors
/// `WrongState`, `TooManyRequests`
#[server(endpoint = "office/passkey_step")]
pub async fn office_passkey_step(
    #[server(default)] answer: String,
    #[server(default)] next: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let passed = center::office::passkey_step(&r.center, &r.actor, &answer).await?;
        r.reply.set(Cookie::Office, passed.token.text());
        Ok(Go::anew(office_page(&next)))
    })
    .await?)
}

/// The recovery codes are kept; they are shown no more.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "office/keep_codes")]
pub async fn office_keep_codes(#[server(default)] next: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::keep_codes(&r.center, &r.actor).await?;
        Ok(Go::anew(office_page(&next)))
    })
    .await?)
}

/// The page to go on to, if it is one of the Back Office.
#[cfg(feature = "ssr")]
fn office_page(next: &str) -> String {
    let page = crate::api::viewer::back_or(next, "/office");
    if page.starts_with("/office") { page } else { "/office".to_owned() }
}
