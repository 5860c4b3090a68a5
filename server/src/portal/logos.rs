//! The shop's logo: taken from staff, and shown to everybody.

use std::sync::Arc;

use app::host::Request as HostRequest;
use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Path, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::Error;
use center::access::{Operation, authorize, explain};
use model::ErrorCode;

use super::Portal;
use super::pages::{see_other, to_second_step, to_sign_in};
use crate::web::refusal::Refusal;

/// The page that the form stands on.
const PAGE: &str = "/office/shop";

/// A logo under the hash of its content, which is why browsers may keep it for good.
pub(super) async fn show(
    State(portal): State<Arc<Portal>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    match center::shop::logo(&portal.center, &host.actor, &name).await {
        Ok(png) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("image/png")),
                (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
                (CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
            ];
            (headers, png).into_response()
        }
        Err(Error::Refused(_)) => Refusal::NotFound.into_response(),
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            Refusal::Busy.into_response()
        }
    }
}

/// Takes a picture from the form of the page. It needs no script, and the picture is no field that a
/// server function could read.
pub(super) async fn upload(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(host) = portal.request(&parts).await else { return Refusal::Busy.into_response() };
    // Of whoever may not do it nothing is read.
    let done = match authorize(&host.actor, Operation::OfficeLogoUpload) {
        Err(error) => Err(error),
        Ok(()) => {
            let Some(file) = picture(Request::from_parts(parts.clone(), body)).await else {
                return Refusal::BadRequest.into_response();
            };
            center::office::shop::upload_logo(&portal.center, &host.actor, file).await
        }
    };
    let response = match done {
        Ok(()) => see_other("/office/shop?done=logo_saved"),
        Err(error) => portal.refuse_logo(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}

/// The one field of the form.
async fn picture(request: Request<Body>) -> Option<Vec<u8>> {
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let mut found = None;
    while let Some(field) = form.next_field().await.ok()? {
        if field.name() != Some("logo") || found.is_some() {
            return None;
        }
        found = Some(field.bytes().await.ok()?.to_vec());
    }
    found
}

impl Portal {
    /// Back to the page, which says what is wrong. Programs get it as an answer.
    async fn refuse_logo(&self, host: &HostRequest, parts: &Parts, error: Error) -> Response {
        let html =
            parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
        if !html {
            return super::downloads::refused(host, parts, error).await;
        }
        let mut refused = explain(&host.center, &host.actor, error).await;
        refused.request_id.clone_from(&host.id);
        match refused.code {
            ErrorCode::Unauthenticated => to_sign_in(PAGE),
            ErrorCode::SecondStepRequired => to_second_step(PAGE),
            ErrorCode::OfficeForbidden { .. } => Refusal::Forbidden.into_response(),
            ErrorCode::Busy => Refusal::Busy.into_response(),
            _ => {
                let spec = Operation::OfficeLogoUpload.spec();
                self.show_again(host, parts, spec, Vec::new(), refused, PAGE).await
            }
        }
    }
}
