//! One line in the log per request, and its numbers. Never a query, a cookie or a body: a path is
//! named by the pattern that it matched, so that no id or token of it is written down either.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
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

/// Writes the line and counts.
pub async fn record(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = metrics::method_name(request.method());
    let path = request.uri().path();
    let class = Class::of(path);
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    // A server function's path is a name we chose, if it is one at all.
    let route = match center::access::table().iter().find(|spec| spec.path == path) {
        Some(spec) => spec.path.to_owned(),
        None => route,
    };
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
