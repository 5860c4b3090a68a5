use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Uri};
use axum::response::{IntoResponse, Response};
use center::Error;
use model::ErrorCode;

use super::Portal;
use super::downloads::{Kind, file, of_its_page, refused};
use super::pages::{show, to_sign_in};
use crate::web::refusal::Refusal;

/// The page whose entries are exported.
const PAGE: &str = "/company/activity";

/// The company's activity as a sheet. Who may not have it is told so by the page.
pub(super) async fn activity(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    export(portal, request, Kind::Csv).await
}

/// The same for programs.
pub(super) async fn activity_json(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    export(portal, request, Kind::Json).await
}

/// The whole trail for the staff, as a sheet.
pub(super) async fn audit(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    export_audit(portal, request, Kind::Csv).await
}

/// The same for programs.
pub(super) async fn audit_json(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    export_audit(portal, request, Kind::Json).await
}

async fn export_audit(portal: Arc<Portal>, request: Request<Body>, kind: Kind) -> Response {
    let (parts, _) = request.into_parts();
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let exported = match kind {
        Kind::Csv => app::api::office::audit::export(&host, looked_up(&parts.uri)).await,
        Kind::Json => app::api::office::audit::export_json(&host, looked_up(&parts.uri)).await,
    };
    let response = match exported {
        Ok((name, content)) => file(&name, kind, content),
        Err(error) => refused(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}

/// Looks the parameters of an address up.
fn looked_up(uri: &Uri) -> impl Fn(&str) -> Option<String> {
    let query = uri.query().unwrap_or_default();
    move |wanted| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    }
}

async fn export(portal: Arc<Portal>, request: Request<Body>, kind: Kind) -> Response {
    let (mut parts, body) = request.into_parts();
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    if host.actor.signed_in().is_none() {
        return portal.answer(to_sign_in(PAGE), &host.reply);
    }
    if let Err(error) = of_its_page(&host, &parts) {
        return portal.answer(refused(&host, &parts, error).await, &host.reply);
    }
    let exported = match kind {
        Kind::Csv => app::api::activity::export(&host, looked_up(&parts.uri)).await,
        Kind::Json => app::api::activity::export_json(&host, looked_up(&parts.uri)).await,
    };
    let error = match exported {
        Ok((name, content)) => return file(&name, kind, content),
        Err(error) => error,
    };
    if error.code() == Some(&ErrorCode::ReauthRequired) {
        return portal.answer(refused(&host, &parts, error).await, &host.reply);
    }
    if let Some(ErrorCode::TooManyRequests { retry_after }) = error.code() {
        return Refusal::TooOften { retry_after: *retry_after }.into_response();
    }
    if matches!(error, Error::Refused(_) | Error::Lacks(_)) {
        parts.uri = Uri::from_static(PAGE);
        return show(State(portal), Request::from_parts(parts, body)).await;
    }
    tracing::error!(event = "sys_fault", %error);
    Refusal::Internal.into_response()
}
