//! One line in the log per request, and its numbers. Never a query, a cookie or a body: a path is
//! named by the pattern that it matched, so that no id or token of it is written down either.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use center::access;
use model::RequestId;
use tokio::time::Instant;
use tracing::Instrument;

use super::metrics;

/// What kind of address was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A page
    Page,
    /// A server function
    Function,
    /// A file of the site
    Asset,
    /// Health
    Health,
}

impl Class {
    /// By the path's first part.
    pub fn of(path: &str) -> Self {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        match first {
            "api" => Self::Function,
            "pkg" | "fonts" | "favicon.ico" | "favicon.svg" => Self::Asset,
            "health" => Self::Health,
            _ => Self::Page,
        }
    }

    /// Its name in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Function => "function",
            Self::Asset => "asset",
            Self::Health => "health",
        }
    }
}

/// The pattern that a path matched. A server function's path is a name we chose, if it is one at
/// all; pages share one route and are found in the rights table.
fn route(path: &str, matched: Option<&MatchedPath>) -> String {
    let known = access::table().iter().find(|spec| spec.path == path).or_else(|| access::page_for_path(path));
    match known {
        Some(spec) => spec.path.to_owned(),
        None => matched.map_or("-", MatchedPath::as_str).to_owned(),
    }
}

/// Writes the line and counts.
pub async fn record(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = metrics::method_name(request.method());
    let path = request.uri().path();
    let class = Class::of(path);
    let route = route(path, request.extensions().get::<MatchedPath>());
    let id = request.extensions().get::<RequestId>().map(RequestId::to_string).unwrap_or_default();
    let span = tracing::info_span!("request", id);
    let response = next.run(request).instrument(span.clone()).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    metrics::count_request(method, class, status, took);
    span.in_scope(|| {
        let ms = took.as_micros() as f64 / 1000.0;
        match class {
            Class::Health => tracing::debug!(target: "http", method, route, status, ms, "request"),
            _ => tracing::info!(target: "http", method, route, status, ms, "request"),
        }
    });
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_path_that_somebody_chose_is_named() {
        assert_eq!(route("/users/0197f3c2", None), "/users/{id}");
        assert_eq!(route("/api/users/list", None), "/api/users/list");
        assert_eq!(route("/api/users/list/secret", None), "-");
        assert_eq!(route("/set-password-secret", None), "-");
    }
}
