//! What a server function finds when it runs on the host: who asks, the services, and a place
//! for what goes back beside its answer.

use std::sync::{Arc, Mutex, PoisonError};

use center::access::{Actor, Client, explain};
use center::{Center, Error};
use leptos::prelude::use_context;
use model::{AppError, Draft, ErrorCode, Go};

/// One HTTP request.
#[derive(Clone)]
pub struct Request {
    /// The host's services
    pub center: Arc<Center>,
    /// Who asks
    pub actor: Actor,
    /// Token of a mailed link that this browser followed; empty for none.
    pub link: String,
    /// Secret of this browser's sign-in whose second step is missing; empty for none.
    pub sign_in: String,
    /// Secret of this browser's activation; empty for none.
    pub activation: String,
    /// The refused form to show again.
    pub draft: Option<Draft>,
    /// Finds the request in the log.
    pub id: String,
    /// What goes back beside the answer.
    pub reply: Reply,
}

impl Request {
    /// Where the request comes from.
    pub const fn client(&self) -> &Client {
        self.actor.client()
    }
}

/// Cookies of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session of a user
    Session,
    /// The session of somebody of the staff
    Office,
    /// A sign-in whose second step is missing
    SignIn,
    /// A link that was followed
    Link,
    /// An activation under way
    Activation,
    /// The owner of refused forms
    Form,
    /// The language chosen
    Locale,
    /// Light or dark
    Theme,
}

/// What goes back beside an answer; the host's outer layers turn it into headers.
#[derive(Clone, Default)]
pub struct Reply(Arc<Mutex<ReplyParts>>);

/// The parts of a [`Reply`].
#[derive(Clone, Default)]
pub struct ReplyParts {
    /// Cookies to set; without a value the cookie goes.
    pub cookies: Vec<(Cookie, Option<String>)>,
    /// Why what was asked was not done.
    pub refused: Option<AppError>,
    /// Where a plain form leads.
    pub go: Option<Go>,
}

impl Reply {
    /// Sets a cookie.
    pub fn set(&self, cookie: Cookie, value: String) {
        self.with(|parts| parts.cookies.push((cookie, Some(value))));
    }

    /// Takes a cookie away.
    pub fn clear(&self, cookie: Cookie) {
        self.with(|parts| parts.cookies.push((cookie, None)));
    }

    /// What was gathered.
    pub fn parts(&self) -> ReplyParts {
        self.with(|parts| parts.clone())
    }

    fn with<T>(&self, work: impl FnOnce(&mut ReplyParts) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Runs a use case for the request at hand. A failure is explained, noted for the outer layers
/// and given back.
pub(crate) async fn run<T>(work: impl AsyncFnOnce(&Request) -> Result<T, Error>) -> Result<T, AppError> {
    let Some(request) = use_context::<Request>() else {
        tracing::error!(event = "sys_fault", fault = "a server function ran outside of a request");
        return Err(ErrorCode::Internal.into());
    };
    match work(&request).await {
        Ok(value) => Ok(value),
        Err(error) => {
            let mut refused = explain(&request.center, &request.actor, error).await;
            refused.request_id.clone_from(&request.id);
            request.reply.with(|parts| parts.refused = Some(refused.clone()));
            Err(refused)
        }
    }
}

/// As [`run`], for forms: notes where they lead.
pub(crate) async fn submit(work: impl AsyncFnOnce(&Request) -> Result<Go, Error>) -> Result<Go, AppError> {
    run(async |request| {
        let go = work(request).await?;
        // What was done may have put mails into the outbox; they leave at once.
        request.center.mail_wake().ring();
        request.reply.with(|parts| parts.go = Some(go.clone()));
        Ok(go)
    })
    .await
}
