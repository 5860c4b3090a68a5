use std::sync::Arc;

use app::host::Request as HostRequest;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use center::access::{Needs, Operation, page_for_path, wants_second_step};
use center::store::StoreError;
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use model::{AppError, ErrorCode, Viewer};

use super::Portal;
use super::request::of_office;
use crate::web::headers;
use crate::web::refusal::{RETRY_SECONDS, Refusal};

/// What the sign-in addresses of companies begin with.
const COMPANY_SIGN_IN: &str = "/c/";

/// Renders a page. Who has to sign in first is sent there; what a page may show is decided by
/// the use cases that it asks, and shows in the status.
pub(super) async fn show(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let nonce = parts.extensions.get::<headers::Nonce>().map(|n| n.0.clone()).unwrap_or_default();
    let (host, viewer) = match portal.looking(&parts).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let page = page_for_path(parts.uri.path());
    let asked = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    if let Some(slug) = parts.uri.path().strip_prefix(COMPANY_SIGN_IN) {
        match center::accounts::moved_to(&portal.center, slug).await {
            Ok(None) => {}
            Ok(Some(slug)) => {
                return portal.answer(see_other(&format!("{COMPANY_SIGN_IN}{slug}")), &host.reply);
            }
            Err(error) => {
                tracing::error!(event = "sys_database", %error);
                return Refusal::Busy.into_response();
            }
        }
    }
    // What is switched off says so to everybody, also before signing in.
    let closed = page.and_then(|page| page.closed_by(host.client().off));
    let viewer = Viewer { closed, ..viewer };
    let elsewhere = match page.map(|page| page.needs) {
        _ if closed.is_some() => None,
        Some(Needs::SignedIn | Needs::Right(..)) if host.actor.signed_in().is_none() => {
            Some(to_sign_in(&asked))
        }
        Some(Needs::SignedIn | Needs::Right(..))
            if page.is_some_and(|page| wants_second_step(&host.actor, page)) =>
        {
            Some(led(Operation::PageProfileSecondStep.spec().path, &asked, "/"))
        }
        Some(Needs::SecondStep | Needs::Staff | Needs::Office(_)) => match host.actor.staff() {
            None => Some(to_sign_in(&asked)),
            Some(who) if !who.verified && page.is_some_and(|page| page.needs != Needs::SecondStep) => {
                Some(to_second_step(&asked))
            }
            Some(_) => None,
        },
        _ if matches!(parts.uri.path(), "/sign-in" | "/sign-in/second-step")
            && host.actor.signed_in().is_some() =>
        {
            Some(see_other("/"))
        }
        _ if parts.uri.path() == "/office/sign-in" && host.actor.staff().is_some() => {
            Some(see_other("/office"))
        }
        _ => None,
    };
    if let Some(elsewhere) = elsewhere {
        return portal.answer(elsewhere, &host.reply);
    }
    let lacking = match (page.map(|page| page.needs), host.actor.staff()) {
        (Some(Needs::Office(right)), Some(who)) => !who.role.allows(right),
        _ => false,
    };
    let parts_path = parts.uri.path().to_owned();
    let reply = host.reply.clone();
    let (files, page_nonce) = (portal.files.clone(), nonce.clone());
    let context = move || {
        provide_context(Nonce::from_value(nonce.clone()));
        provide_context(host.clone());
        provide_context(viewer.clone());
    };
    let render =
        leptos_axum::render_app_async_with_context(context, move || app::document(&files, &page_nonce));
    let mut response = render(Request::from_parts(parts, body)).await;
    let framing = [Operation::PageOfficeTemplate, Operation::PageOfficeMailRecord];
    if page.is_some_and(|page| framing.iter().any(|operation| page.path == operation.spec().path)) {
        response.extensions_mut().insert(headers::ShowsFrame);
    }
    if let Some(feature) = closed {
        set_status(&mut response, &ErrorCode::FeatureOff { feature }.into());
        return portal.answer(response, &reply);
    }
    let refused = reply.parts().refused;
    if let Some(refused) = &refused {
        if refused.code == ErrorCode::Unauthenticated {
            return portal.answer(to_sign_in(&asked), &reply);
        }
        set_status(&mut response, refused);
    } else if lacking {
        // Nothing that the page asks for has refused it, so the page itself is.
        response = Refusal::OfficeForbidden.into_response();
    } else if page.is_none() && !(cfg!(feature = "gallery") && parts_path == "/gallery") {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    portal.answer(response, &reply)
}

/// The status of a refusal, and when to try again.
pub(super) fn set_status(response: &mut Response, refused: &AppError) {
    *response.status_mut() =
        StatusCode::from_u16(refused.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = match refused.code {
        ErrorCode::TooManyRequests { retry_after } => Some(retry_after),
        ErrorCode::Busy => Some(RETRY_SECONDS.into()),
        _ => None,
    };
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// To another page of the portal. A path that can't stand in a header leads to the start page.
pub(super) fn see_other(path: &str) -> Response {
    let to = if model::is_local_path(path) { HeaderValue::try_from(path).ok() } else { None };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, to.unwrap_or(HeaderValue::from_static("/")));
    response
}

/// To sign-in, the one of the Back Office from there, and back afterwards.
pub(super) fn to_sign_in(asked: &str) -> Response {
    let path = asked.split('?').next().unwrap_or_default();
    // There is nothing to come back to: both steps are done anew.
    if path == Operation::PageSecondStep.spec().path {
        return see_other("/sign-in?done=too_late");
    }
    if of_office(path) { led("/office/sign-in", asked, "/office") } else { led("/sign-in", asked, "/") }
}

/// To the second step of signing in to the Back Office.
pub(super) fn to_second_step(asked: &str) -> Response {
    led("/office/second-step", asked, "/office")
}

/// To a page that leads back to what was asked for, unless that is where it leads anyway.
fn led(page: &str, asked: &str, start: &str) -> Response {
    if asked == start {
        return see_other(page);
    }
    let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
    see_other(&format!("{page}?next={next}"))
}

impl Portal {
    /// Who looks at a page, with the refused form that it shows again.
    async fn looking(&self, parts: &Parts) -> Result<(HostRequest, Viewer), StoreError> {
        let mut host = self.request(parts).await?;
        host.draft = self.draft(parts, &host.actor).await?;
        let viewer = self.viewer(&host).await?;
        Ok((host, viewer))
    }

    /// Completes an answer with the cookies that were set on the way.
    pub(super) fn answer(&self, mut response: Response, reply: &app::host::Reply) -> Response {
        for (cookie, value) in reply.parts().cookies {
            self.set_cookie(response.headers_mut(), cookie, value.as_deref());
        }
        response
    }
}
