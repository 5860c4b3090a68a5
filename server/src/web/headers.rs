//! The outermost layer: names each request, mints the nonce, and completes the headers of every
//! answer whatever its status, static files and refusals included.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use center::Entropy;
use model::RequestId;
use uuid::Uuid;

use super::Edge;
use super::refusal::{Caller, write_body};

/// The one random value of this answer that marks our own scripts. In the request's extensions;
/// the page has to use this very one.
#[derive(Clone, Debug)]
pub struct Nonce(pub String);

/// The page shows a frame of the portal's own. In the answer's extensions; a page without it shows none.
#[derive(Clone, Copy, Debug)]
pub struct ShowsFrame;

/// The request's name in logs, answers and error pages; in the request's extensions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const REPORTING_ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), \
    fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), \
    payment=(), picture-in-picture=(), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), \
    xr-spatial-tracking=()";

/// Names the request and completes the answer.
pub async fn complete(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let id = request_id(edge.entropy.as_ref());
    let nonce = nonce(edge.entropy.as_ref());
    let caller = Caller::of(request.headers());
    request.extensions_mut().insert(RequestId(id));
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let response = next.run(request).await;
    let mut response = write_body(response, &caller, &id.to_string());
    let frames = response.extensions().get::<ShowsFrame>().is_some();
    fill(response.headers_mut(), &edge, &nonce, id, frames);
    response
}

fn fill(headers: &mut HeaderMap, edge: &Edge, nonce: &str, id: Uuid, frames: bool) {
    let fixed = HeaderValue::from_static;
    // An answer may be stricter or, like a preview in a frame, have a policy of its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(|| policy(nonce, edge.reload_port, frames));
    headers.entry(REFERRER_POLICY).or_insert(fixed("same-origin"));
    headers.entry(CACHE_CONTROL).or_insert(fixed("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(OPENER_POLICY, fixed("same-origin"));
    headers.insert(RESOURCE_POLICY, fixed("same-origin"));
    headers.insert(PERMISSIONS_POLICY, fixed(PERMISSIONS));
    headers.insert(REPORTING_ENDPOINTS, fixed("csp=\"/csp-report\""));
    if edge.public.is_https() {
        headers.insert(STRICT_TRANSPORT_SECURITY, fixed("max-age=31536000; includeSubDomains"));
    }
    if let Ok(value) = HeaderValue::try_from(id.to_string()) {
        headers.insert(REQUEST_ID, value);
    }
}

fn policy(nonce: &str, reload_port: Option<u16>, frames: bool) -> HeaderValue {
    // The developer's reload socket listens on a port of its own.
    let reload =
        reload_port.map(|port| format!(" ws://127.0.0.1:{port} ws://localhost:{port}")).unwrap_or_default();
    let frames = if frames { "frame-src 'self'; " } else { "" };
    let text = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'{reload}; \
         {frames}form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; report-to csp"
    );
    // Made of base64 and fixed ASCII; should it ever not be a header, everything is forbidden.
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// A random identifier (UUID version 4).
fn request_id(entropy: &dyn Entropy) -> Uuid {
    let mut bytes = [0; 16];
    entropy.fill(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// 128 random bits in base64.
fn nonce(entropy: &dyn Entropy) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = [0; 18];
    entropy.fill(bytes.get_mut(..16).unwrap_or_default());
    let mut text = String::with_capacity(24);
    for [a, b, c] in bytes.as_chunks::<3>().0 {
        let bits = u32::from_be_bytes([0, *a, *b, *c]);
        for shift in [18, 12, 6, 0] {
            text.push(char::from(DIGITS[(bits >> shift) as usize & 63]));
        }
    }
    // Sixteen bytes fill 21⅓ of the 24 digits; the rest stands for the two bytes that are padding.
    text.truncate(22);
    text.push_str("==");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(u8);

    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn only_pages_with_a_frame_may_show_one() {
        let text = |frames| policy("n", None, frames).to_str().unwrap().to_owned();
        assert!(text(true).contains("frame-src 'self';"), "{}", text(true));
        assert!(!text(false).contains("frame-src"), "{}", text(false));
    }

    #[test]
    fn nonces_are_sixteen_bytes_in_base64() {
        assert_eq!(nonce(&Fixed(0)), "AAAAAAAAAAAAAAAAAAAAAA==");
        assert_eq!(nonce(&Fixed(0xff)), "/////////////////////w==");
    }
}
