//! Activating an account.

use leptos::prelude::*;
use model::{ActivationView, Go};

use super::Failure;

/// This browser's activation, if it has one under way.
///
/// # Errors
/// None but faults
#[server(endpoint = "activation/get")]
pub async fn get() -> Result<Option<ActivationView>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::activation::view(&r.center, &r.actor, &r.activation).await).await?)
}

/// Step one: the three facts.
///
/// # Errors
/// The fields, `NoMatch`, `TooManyRequests`
#[server(endpoint = "activation/start")]
pub async fn start(
    #[server(default)] customer_number: String,
    #[server(default)] invoice_number: String,
    #[server(default)] email: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let outcome =
            center::activation::start(&r.center, &r.actor, &customer_number, &invoice_number, &email).await?;
        Ok(follow(r, outcome))
    })
    .await?)
}

/// Step two: the person and the password.
///
/// # Errors
/// The fields, `LinkInvalid`, `TooManyRequests`
#[server(endpoint = "activation/you")]
pub async fn you(
    #[server(default)] salutation: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] password: String,
    #[server(default)] repeat: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let form = center::activation::You {
            salutation: &salutation,
            first_name: &first_name,
            last_name: &last_name,
            password: &password,
            repeat: &repeat,
        };
        let outcome = center::activation::you(&r.center, &r.actor, &r.activation, form).await?;
        Ok(follow(r, outcome))
    })
    .await?)
}

/// Another code.
///
/// # Errors
/// `LinkInvalid`, `TooManyRequests`
#[server(endpoint = "activation/resend_code")]
pub async fn resend_code() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::activation::resend_code(&r.center, &r.actor, &r.activation).await?;
        Ok(Go::to("/activate/code?done=code_sent"))
    })
    .await?)
}

/// Step three: the code.
///
/// # Errors
/// The field `code`, `CodeExpired`, `LinkInvalid`
#[server(endpoint = "activation/confirm")]
pub async fn confirm(#[server(default)] code: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let outcome = center::activation::confirm(&r.center, &r.actor, &r.activation, &code).await?;
        Ok(follow(r, outcome))
    })
    .await?)
}

/// Asks the company's main contacts for access.
///
/// # Errors
/// The fields, `LinkInvalid`, `WrongState`, `TooManyRequests`
#[server(endpoint = "activation/request_access")]
pub async fn request_access(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] message: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let form = center::activation::Asking { name: &name, email: &email, message: &message };
        let told = center::activation::request_access(&r.center, &r.actor, &r.activation, form).await?;
        let done = if told { "access_requested" } else { "access_requested_early" };
        Ok(Go::to(format!("/activate/result?done={done}")))
    })
    .await?)
}

/// Mails the person's invitation again.
///
/// # Errors
/// `LinkInvalid`, `TooManyRequests`
#[server(endpoint = "activation/resend_invitation")]
pub async fn resend_invitation() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::activation::resend_invitation(&r.center, &r.actor, &r.activation).await?;
        Ok(Go::to("/activate/result?done=invitation_sent"))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn follow(request: &crate::host::Request, outcome: center::activation::Outcome) -> Go {
    use crate::host::Cookie;
    use center::activation::Outcome;
    use model::ActivationStep;
    match outcome {
        Outcome::Next(step, token) => {
            if let Some(token) = token {
                request.reply.set(Cookie::Activation, token.text());
            }
            Go::to(match step {
                ActivationStep::Company => "/activate",
                ActivationStep::You => "/activate/you",
                ActivationStep::Code => "/activate/code",
                ActivationStep::Parked
                | ActivationStep::Ineligible
                | ActivationStep::AlreadyActive
                | ActivationStep::Invited => "/activate/result",
            })
        }
        Outcome::Done(token, company) => {
            request.reply.set(Cookie::Session, token.text());
            request.reply.clear(Cookie::Activation);
            Go::anew(if company { "/users?done=company_activated" } else { "/?done=business_activated" })
        }
        Outcome::Joined { slug } => {
            request.reply.clear(Cookie::Session);
            request.reply.clear(Cookie::Activation);
            // Signing in there leads to the new place.
            let at = slug.map_or_else(|| "/sign-in".to_owned(), |slug| format!("/c/{slug}"));
            Go::anew(format!("{at}?done=company_joined"))
        }
    }
}
