//! Takes the reports that browsers make when something on a page breaks the content policy.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::routing::post;
use serde::Deserialize;

/// Largest body taken; a longer one is not read.
const BYTES: usize = 16 * 1024;
/// Reports of one body that are looked at.
const REPORTS: usize = 10;

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    body: Violation,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Violation {
    effective_directive: String,
    #[serde(rename = "blockedURL")]
    blocked: String,
}

/// `/csp-report`. It changes nothing but a counter, so it asks nothing of who sends.
pub(super) fn routes() -> Router {
    Router::new().route("/csp-report", post(take))
}

async fn take(body: Body) -> StatusCode {
    let Ok(bytes) = to_bytes(body, BYTES).await else { return StatusCode::PAYLOAD_TOO_LARGE };
    let Ok(reports) = serde_json::from_slice::<Vec<Report>>(&bytes) else { return StatusCode::BAD_REQUEST };
    for report in reports.into_iter().take(REPORTS) {
        metrics::counter!("csp_reports_total").increment(1);
        tracing::warn!(
            event = "csp_violation",
            directive = cut(&report.body.effective_directive, 40),
            blocked = cut(origin(&report.body.blocked), 80),
        );
    }
    StatusCode::NO_CONTENT
}

/// Scheme and host: the rest of an address may hold something private.
fn origin(address: &str) -> &str {
    match address.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            &address[..scheme.len() + 3 + host.len()]
        }
        None => address.split(['/', '?', '#']).next().unwrap_or_default(),
    }
}

fn cut(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scheme_and_host_of_an_address_are_kept() {
        assert_eq!(origin("https://evil.example/x?token=1"), "https://evil.example");
        assert_eq!(origin("inline"), "inline");
        assert_eq!(origin("data:text/html"), "data:text");
        assert_eq!(cut("ä".repeat(50).as_str(), 40).chars().count(), 40);
    }
}
