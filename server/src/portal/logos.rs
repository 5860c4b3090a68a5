//! Logos of the shop and of companies: taken from staff, and shown to everybody.

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
use model::{CompanyId, ErrorCode};

use super::Portal;
use super::pages::{see_other, to_second_step, to_sign_in};
use super::request::of_office;
use crate::web::refusal::Refusal;

/// The page of the shop's logo, and where to go back to from nowhere.
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
            let Some(sent) = sent(Request::from_parts(parts.clone(), body)).await else {
                return Refusal::BadRequest.into_response();
            };
            let uploaded =
                center::office::shop::upload_logo(&portal.center, &host.actor, sent.company, sent.picture);
            uploaded.await.map(|()| sent.company)
        }
    };
    let response = match done {
        Ok(None) => see_other(&format!("{PAGE}?done=logo_saved")),
        Ok(Some(company)) => see_other(&format!("/office/companies/{company}/address?done=logo_saved")),
        Err(error) => portal.refuse_logo(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}

/// The form as it was sent.
struct Sent {
    /// Whose logo it is; none for the shop's.
    company: Option<CompanyId>,
    picture: Vec<u8>,
}

/// Reads the form: the picture, and before it the company, if it is one's. Nothing else.
async fn sent(request: Request<Body>) -> Option<Sent> {
    let mut form = Multipart::from_request(request, &()).await.ok()?;
    let (mut company, mut picture) = (None, None);
    while let Some(field) = form.next_field().await.ok()? {
        match field.name() {
            Some("company") if company.is_none() => company = Some(field.text().await.ok()?.parse().ok()?),
            Some("logo") if picture.is_none() => picture = Some(field.bytes().await.ok()?.to_vec()),
            _ => return None,
        }
    }
    Some(Sent { company, picture: picture? })
}

impl Portal {
    /// Back to the page, which says what is wrong. Programs get it as an answer.
    async fn refuse_logo(&self, host: &HostRequest, parts: &Parts, error: Error) -> Response {
        let html =
            parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
        if !html {
            return super::downloads::refused(host, parts, error).await;
        }
        let from = self.page_of(parts);
        let page = if of_office(&from) { from.as_str() } else { PAGE };
        let mut refused = explain(&host.center, &host.actor, error).await;
        refused.request_id.clone_from(&host.id);
        match refused.code {
            ErrorCode::Unauthenticated => to_sign_in(page),
            ErrorCode::SecondStepRequired => to_second_step(page),
            ErrorCode::OfficeForbidden { .. } => Refusal::Forbidden.into_response(),
            ErrorCode::Busy => Refusal::Busy.into_response(),
            _ => {
                let spec = Operation::OfficeLogoUpload.spec();
                self.show_again(host, parts, spec, Vec::new(), refused, page).await
            }
        }
    }
}
