use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// A file with everything that answers about it need.
pub(super) struct File {
    content_type: HeaderValue,
    cache: HeaderValue,
    plain: Form,
    brotli: Option<Form>,
    gzip: Option<Form>,
}

struct Form {
    bytes: Bytes,
    etag: HeaderValue,
}

impl Form {
    fn new(bytes: Bytes) -> Self {
        let digest = Sha256::digest(&bytes);
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let etag = HeaderValue::try_from(format!("\"{hex}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { bytes, etag }
    }
}

impl File {
    pub(super) fn new(path: &str, bytes: Bytes) -> Self {
        let cache = if has_hash(path) {
            "public, max-age=31536000, immutable"
        } else if path.starts_with("fonts/") {
            "public, max-age=2592000"
        } else if path.starts_with("pkg/") {
            "public, no-cache"
        } else {
            "public, max-age=86400"
        };
        Self {
            content_type: HeaderValue::from_static(content_type(path)),
            cache: HeaderValue::from_static(cache),
            plain: Form::new(bytes),
            brotli: None,
            gzip: None,
        }
    }

    /// A file that a developer is changing.
    pub(super) fn changing(path: &str, bytes: Bytes) -> Self {
        Self { cache: HeaderValue::from_static("no-cache"), ..Self::new(path, bytes) }
    }

    /// Adds a compressed form, unless it is no gain or, from a build that broke off, nothing at all.
    pub(super) fn add(&mut self, encoding: &str, bytes: Bytes) {
        if bytes.is_empty() || bytes.len() >= self.plain.bytes.len() {
            return;
        }
        match encoding {
            "br" => self.brotli = Some(Form::new(bytes)),
            _ => self.gzip = Some(Form::new(bytes)),
        }
    }

    /// The content as it is.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.plain.bytes
    }

    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let brotli = self.brotli.as_ref().filter(|_| accepts(request, "br")).map(|form| (form, Some("br")));
        let gzip =
            || self.gzip.as_ref().filter(|_| accepts(request, "gzip")).map(|form| (form, Some("gzip")));
        let (form, encoding) = brotli.or_else(gzip).unwrap_or((&self.plain, None));
        let mut headers = HeaderMap::new();
        headers.insert(CACHE_CONTROL, self.cache.clone());
        headers.insert(ETAG, form.etag.clone());
        if self.brotli.is_some() || self.gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_known(request, &form.etag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(CONTENT_TYPE, self.content_type.clone());
        headers.insert(CONTENT_LENGTH, HeaderValue::from(form.bytes.len()));
        if let Some(encoding) = encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (headers, Body::from(form.bytes.clone())).into_response()
    }
}

/// Whether this is how the build writes a file's hash: MD5 in base64 for addresses.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 22 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// `pkg/name.HASH.js`
fn has_hash(path: &str) -> bool {
    path.starts_with("pkg/") && path.rsplit('.').nth(1).is_some_and(is_hash)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn words(request: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    request
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// Whether the client understands an encoding and has not refused it.
pub(in crate::web) fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    words(request, ACCEPT_ENCODING).any(|word| {
        let mut pieces = word.split(';').map(str::trim);
        let named = pieces.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused =
            pieces.any(|p| p.strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0)));
        named && !refused
    })
}

fn is_known(request: &HeaderMap, etag: &HeaderValue) -> bool {
    words(request, IF_NONE_MATCH).any(|word| {
        let tag = word.strip_prefix("W/").unwrap_or(word);
        tag == "*" || tag.as_bytes() == etag.as_bytes()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(has_hash("pkg/customer-center.AbCdEfGhIjKlMnOpQrStU_.wasm"));
        assert!(!has_hash("pkg/customer-center.wasm"));
        assert!(!has_hash("pkg/customer-center.AbCdEfGhIjKlMnOpQrStU.wasm"));
        assert!(!has_hash("x.AbCdEfGhIjKlMnOpQrStU_.wasm"));
    }

    #[test]
    fn an_encoding_is_accepted_by_name_and_weight() {
        let with =
            |text: &'static str| HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(text))]);
        assert!(accepts(&with("gzip, deflate, br, zstd"), "br"));
        assert!(accepts(&with("gzip;q=0.5"), "gzip"));
        assert!(!accepts(&with("gzip, br;q=0"), "br"));
        assert!(!accepts(&with("brotli"), "br"));
        assert!(!accepts(&HeaderMap::new(), "br"));
    }
}
