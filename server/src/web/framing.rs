//! Refuses requests that are ambiguous, meant for another host, or of a method we never serve.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ALLOW, HOST, TRANSFER_ENCODING};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Edge;
use super::refusal::Refusal;
use crate::config::is_loopback_host;

/// Lets well-formed requests for this host pass.
pub async fn well_formed(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        let mut response = Refusal::MethodNotAllowed.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        return response;
    }
    // A body of stated length leaves no room for two readings of where it ends.
    if request.headers().contains_key(TRANSFER_ENCODING) {
        return Refusal::LengthRequired.into_response();
    }
    // Balancers ask for health by bare address; the answer is the same for all.
    if !request.uri().path().starts_with("/health/") {
        match host(&request) {
            None => return Refusal::BadRequest.into_response(),
            Some(host) if !served(&edge, host) => return Refusal::Misdirected.into_response(),
            Some(_) => {}
        }
    }
    next.run(request).await
}

/// The one host that the request names.
fn host(request: &Request) -> Option<&str> {
    let mut named = request.headers().get_all(HOST).iter();
    let header = match (named.next(), named.next()) {
        (Some(one), None) => Some(one.to_str().ok()?),
        (Some(_), Some(_)) => return None,
        (None, _) => None,
    };
    match (request.uri().authority().map(|a| a.as_str()), header) {
        (Some(target), Some(header)) => target.eq_ignore_ascii_case(header).then_some(header),
        (target, header) => target.or(header),
    }
}

fn served(edge: &Edge, host: &str) -> bool {
    host.eq_ignore_ascii_case(edge.public.authority())
        || (edge.public.is_loopback() && is_loopback_host(host))
}
