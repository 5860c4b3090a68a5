//! The browser's way to the host.

use std::sync::atomic::{AtomicU32, Ordering};

use gloo_net::http::Request;
use model::{AppError, ErrorCode};
use web_sys::UrlSearchParams;

/// Calls a server function with form fields, percent-encoded, and gives back its answer, JSON.
///
/// # Errors
/// The host's refusal; `NotSent` when it can't be reached, `Outdated` when it speaks otherwise.
pub(crate) async fn post(path: &str, fields: String) -> Result<String, AppError> {
    let _under_way = UnderWay::begin();
    let lost = |_| AppError::new(ErrorCode::NotSent);
    let request = Request::post(path)
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded");
    let request = match crate::acting::acting() {
        Some(acting) => request.header(crate::ACTING_HEADER, acting),
        None => request,
    };
    let response = request.body(fields).map_err(lost)?.send().await.map_err(lost)?;
    let text = response.text().await.map_err(lost)?;
    if response.ok() {
        Ok(text)
    } else {
        Err(serde_json::from_str(&text).map_or_else(|_| ErrorCode::Outdated.into(), of_this_version))
    }
}

/// A call until its answer is there, or nobody waits for it any more.
struct UnderWay;

static CALLS: AtomicU32 = AtomicU32::new(0);

impl UnderWay {
    fn begin() -> Self {
        CALLS.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        CALLS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whether an answer is waited for.
#[cfg(feature = "hydrate")]
pub(crate) fn is_under_way() -> bool {
    CALLS.load(Ordering::Relaxed) > 0
}

/// What a page asks is understood by the version of the host that it came with. If it is not,
/// there has been a new one since.
fn of_this_version(mut error: AppError) -> AppError {
    if error.code == ErrorCode::BadRequest {
        error.code = ErrorCode::Outdated;
    }
    error
}

/// As [`post`], with the fields as a JSON object of texts. What a page asks `by_itself` keeps no
/// session alive.
///
/// # Errors
/// As there
pub(crate) async fn ask(path: &str, fields: &str, by_itself: bool) -> Result<String, AppError> {
    let fields = js_sys::JSON::parse(fields).ok();
    let params = fields.and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok());
    let body = params.map(|params| String::from(params.to_string())).unwrap_or_default();
    if by_itself { post(&[path, "?", crate::BY_ITSELF].concat(), body).await } else { post(path, body).await }
}
