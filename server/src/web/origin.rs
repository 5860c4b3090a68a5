//! Refuses requests that another site made a browser send.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderName, ORIGIN, REFERER};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Edge;
use super::refusal::Refusal;
use crate::config::is_loopback_host;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Paths that other programs may post to because they bring a proof of their own. None yet.
const EXEMPT: &[&str] = &[];

/// Lets a request that may change something pass only when our own pages sent it. A Referer of
/// another site is taken away from all requests: handlers send people back to it.
pub async fn own_only(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !EXEMPT.contains(&request.uri().path()) && !is_own(&edge, request.headers()) {
        tracing::warn!(event = "authz_fail", reason = "cross_site");
        return Refusal::CrossSite.into_response();
    }
    if !referer_is_own(&edge, request.headers()) {
        request.headers_mut().remove(REFERER);
    }
    next.run(request).await
}

/// Whether no other site made a browser ask for something that only our own pages read. A browser
/// that does not say where the request comes from sends no cookie along from elsewhere either.
pub(crate) fn reads_own(headers: &HeaderMap) -> bool {
    match only(headers, FETCH_SITE) {
        Named::Once(site) => site == "same-origin",
        Named::Never => true,
        Named::Unclear => false,
    }
}

/// A browser's word on where the request comes from. Both headers can't be set by scripts.
fn is_own(edge: &Edge, headers: &HeaderMap) -> bool {
    match (only(headers, FETCH_SITE), only(headers, ORIGIN)) {
        (Named::Once(site), _) => site == "same-origin",
        (Named::Never, Named::Once(origin)) => origin_is_own(edge, headers, origin),
        _ => false,
    }
}

/// Whether an origin is ours: the public one or, on a portal of this computer only, the very name
/// that was used to reach it.
fn origin_is_own(edge: &Edge, headers: &HeaderMap, origin: &str) -> bool {
    if origin == edge.public.origin() {
        return true;
    }
    let Named::Once(host) = only(headers, HOST) else { return false };
    edge.public.is_loopback() && is_loopback_host(host) && origin.strip_prefix("http://") == Some(host)
}

fn referer_is_own(edge: &Edge, headers: &HeaderMap) -> bool {
    let Named::Once(referer) = only(headers, REFERER) else { return false };
    let Some((scheme, rest)) = referer.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // A backslash or a user name would make readers disagree on where the host ends.
    let plain = !referer.contains('\\') && !authority.contains('@');
    plain && origin_is_own(edge, headers, &format!("{scheme}://{authority}"))
}

enum Named<'a> {
    Never,
    Once(&'a str),
    Unclear,
}

fn only(headers: &HeaderMap, name: HeaderName) -> Named<'_> {
    let mut values = headers.get_all(name).iter().map(HeaderValue::to_str);
    match (values.next(), values.next()) {
        (None, _) => Named::Never,
        (Some(Ok(value)), None) => Named::Once(value),
        _ => Named::Unclear,
    }
}
