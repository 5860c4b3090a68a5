//! Pages and answers of functions leave as a whole, and compressed.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use brotli::CompressorWriter;
use http_body_util::BodyExt;

use super::assets::accepts;
use super::refusal::Refusal;

/// Below this many bytes compressing gains nothing.
const SMALL: usize = 1_024;
/// A page of 60 kB takes a millisecond and shrinks to a seventh.
const QUALITY: u32 = 4;
const WINDOW_BITS: u32 = 18;

/// Renders a page to its end before it is sent. Its memory is freed even if the client has gone or
/// asked for the headers only, and a failure half-way is an error page, not half a page.
pub async fn whole(request: Request, next: Next) -> Response {
    let compress = accepts(request.headers(), "br");
    let response = next.run(request).await;
    if !is_text(response.headers()) || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let page = match body.collect().await {
        Ok(page) => page.to_bytes(),
        Err(error) => {
            tracing::error!(event = "sys_fault", %error, "a page broke off");
            return Refusal::Internal.into_response();
        }
    };
    parts.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    let smaller = if compress { compressed(&page) } else { None };
    let page = match smaller {
        Some(smaller) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
            smaller
        }
        None => page,
    };
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(page.len()));
    Response::from_parts(parts, Body::from(page))
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    kind.starts_with(b"text/html") || kind.starts_with(b"application/json")
}

fn compressed(page: &Bytes) -> Option<Bytes> {
    if page.len() < SMALL {
        return None;
    }
    let mut writer =
        CompressorWriter::new(Vec::with_capacity(page.len() / 4), 16 * 1024, QUALITY, WINDOW_BITS);
    // Writing to memory does not fail; if it did, the page would leave as it is.
    writer.write_all(page).ok()?;
    Some(Bytes::from(writer.into_inner()))
}
