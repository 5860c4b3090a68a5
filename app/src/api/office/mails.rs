//! Mails that wait, were sent or were given up.
#![allow(
    clippy::too_many_arguments,
    reason = "the fields of a form are the arguments of its server function"
)]

use leptos::prelude::*;
use model::{Go, MailRecord, MailsPage, MailsQuery, MailsResult};

use crate::api::Failure;

/// *Mail*, by what the page's address asks for.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/mail_list")]
pub async fn office_mail_list(
    #[server(default)] q: String,
    #[server(default)] state: String,
    #[server(default)] kind: String,
    #[server(default)] bounces: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<MailsPage, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    let query = MailsQuery::read(|name| {
        Some(match name {
            "q" => q.clone(),
            "state" => state.clone(),
            "kind" => kind.clone(),
            "bounces" => bounces.clone(),
            "from" => from.clone(),
            "to" => to.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| {
        let found = center::office::mails::list(&r.center, &r.actor, &query).await?;
        Ok(crate::mails::page(Text(r.client().locale), found))
    })
    .await?)
}

impl OfficeMailList {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &MailsQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            q: get("q"),
            state: get("state"),
            kind: get("kind"),
            bounces: get("bounces"),
            from: get("from"),
            to: get("to"),
            after: get("after"),
            before: get("before"),
        }
    }
}

/// One mail.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/mail_get")]
pub async fn office_mail_get(#[server(default)] mail: String) -> Result<MailRecord, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    Ok(run(async |r| {
        let record = center::office::mails::record(&r.center, &r.actor, known(&mail)?).await?;
        Ok(crate::mails::record(Text(r.client().locale), record))
    })
    .await?)
}

/// *Send again*: leads to the fresh mail.
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "office/mail_resend")]
pub async fn office_mail_resend(#[server(default)] mail: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeMailResend)?;
        let fresh = center::office::mails::resend(&r.center, &r.actor, known(&mail)?).await?;
        Ok(Go::anew(format!("/office/mail/{fresh}?done=resent")))
    })
    .await?)
}

/// *Retry*
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "office/mail_retry")]
pub async fn office_mail_retry(#[server(default)] mail: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeMailRetry)?;
        let id = known(&mail)?;
        center::office::mails::retry(&r.center, &r.actor, id).await?;
        Ok(Go::anew(format!("/office/mail/{id}?done=retried")))
    })
    .await?)
}

/// *Retry* for the ticked mails. `all` stands for the box that ticks the whole page, whose mails are `on_page`.
///
/// # Errors
/// The field `mails`
#[server(endpoint = "office/mail_retry_many")]
pub async fn office_mail_retry_many(
    #[server(default)] mails: Vec<String>,
    #[server(default)] all: String,
    #[server(default)] on_page: Vec<String>,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let mails = if all.is_empty() { mails } else { on_page };
    Ok(submit(async |r| {
        let result = center::office::mails::retry_many(&r.center, &r.actor, &mails).await?;
        Ok(Go::to(format!("/office/mail/results/{result}")))
    })
    .await?)
}

/// *Retry all that were given up*
///
/// # Errors
/// The field `mails` when there are none.
#[server(endpoint = "office/mail_retry_all")]
pub async fn office_mail_retry_all() -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let result = center::office::mails::retry_all(&r.center, &r.actor).await?;
        Ok(Go::to(format!("/office/mail/results/{result}")))
    })
    .await?)
}

/// What came of several.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/mail_results")]
pub async fn office_mail_results(#[server(default)] result: String) -> Result<MailsResult, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    Ok(run(async |r| {
        let outcome = center::office::mails::result(&r.center, &r.actor, known(&result)?).await?;
        Ok(crate::mails::result(Text(r.client().locale), outcome))
    })
    .await?)
}

/// *Note that it came back*
///
/// # Errors
/// The field `note`, `NotFound`, `WrongState`
#[server(endpoint = "office/mail_bounce")]
pub async fn office_mail_bounce(
    #[server(default)] mail: String,
    #[server(default)] note: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeMailBounce)?;
        let id = known(&mail)?;
        center::office::mails::note_bounce(&r.center, &r.actor, id, &note).await?;
        Ok(Go::anew(format!("/office/mail/{id}?done=noted")))
    })
    .await?)
}

/// *Remove the note*
///
/// # Errors
/// `NotFound`, `WrongState`
#[server(endpoint = "office/mail_bounce_forget")]
pub async fn office_mail_bounce_forget(#[server(default)] mail: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeMailBounceForget)?;
        let id = known(&mail)?;
        center::office::mails::forget_bounce(&r.center, &r.actor, id).await?;
        Ok(Go::anew(format!("/office/mail/{id}?done=forgotten")))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn known<T: std::str::FromStr>(id: &str) -> Result<T, model::ErrorCode> {
    id.parse().map_err(|_| model::ErrorCode::NotFound)
}
