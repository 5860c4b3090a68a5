use std::sync::Arc;

use app::host::Cookie;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::access::{Operation, authorize};
use center::accounts::links::{Purpose, inspect};

use super::Portal;
use super::pages::see_other;
use crate::web::refusal::Refusal;

/// A link from a mail. The token moves into a cookie, so that it stands in no address that is
/// kept, logged or passed on; nothing is used up, because mail scanners open links too.
pub(super) async fn follow(
    State(portal): State<Arc<Portal>>,
    Path(token): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    if authorize(&host.actor, Operation::FollowLink).is_err() {
        // Switched off: the page says so, and the link is good again once it is on.
        return quietly(portal.answer(see_other("/set-password"), &host.reply));
    }
    let link = match inspect(&portal.center, &token).await {
        Ok(link) => link,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let page = match link.as_ref().map(|link| link.purpose) {
        Some(Purpose::EmailChange) => "/confirm-email",
        // A link that can't be used leads to the page that says so.
        Some(Purpose::Invitation | Purpose::Reset) | None => "/set-password",
    };
    if link.is_some() {
        host.reply.set(Cookie::Link, token);
    } else {
        host.reply.clear(Cookie::Link);
    }
    quietly(portal.answer(see_other(page), &host.reply))
}

/// A link with which somebody of the staff sets a password.
pub(super) async fn follow_office(
    State(portal): State<Arc<Portal>>,
    Path(token): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    match center::office::follow_link(&portal.center, &host.actor, &token).await {
        // A link that can't be used leads to the page that says so.
        Ok(None) => host.reply.clear(Cookie::Link),
        Ok(Some(_)) => host.reply.set(Cookie::Link, token),
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    }
    quietly(portal.answer(see_other("/office/set-password"), &host.reply))
}

/// The link that goes on with an activation which waited for the ERP.
pub(super) async fn resume(
    State(portal): State<Arc<Portal>>,
    Path(token): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    match center::activation::resume(&portal.center, &host.actor, &token).await {
        Ok(()) => {
            host.reply.set(Cookie::Activation, token);
            quietly(portal.answer(see_other("/activate/you"), &host.reply))
        }
        Err(center::Error::Refused(_)) => quietly(see_other("/activate")),
        Err(error) => {
            tracing::error!(event = "sys_fault", %error);
            Refusal::Busy.into_response()
        }
    }
}

/// The address with the token is told to nobody.
fn quietly(mut response: Response) -> Response {
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
