//! The demo's inbox.

use leptos::prelude::*;
use model::{InboxMail, InboxRow};

use super::Failure;

/// The mails that the portal would have sent.
///
/// # Errors
/// `NotFound` outside of the demo
#[server(endpoint = "inbox/list")]
pub async fn list() -> Result<Vec<InboxRow>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::mail::inbox(&r.center, &r.actor).await).await?)
}

/// One of them
///
/// # Errors
/// `NotFound`
#[server(endpoint = "inbox/get")]
pub async fn get(#[server(default)] mail: String) -> Result<InboxMail, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::mail::inbox_mail(&r.center, &r.actor, &mail).await).await?)
}
