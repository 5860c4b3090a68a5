//! The numbers that operators watch, on a listener of their own.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::trace::Class;

/// A number that is asked for only when the metrics are read, such as how many mails wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Gauge {
    /// Its name, such as `outbox_mails`.
    pub name: &'static str,
    /// What it is counted by, such as the state of the mails.
    pub label: (&'static str, String),
    /// Its value
    pub value: f64,
}

/// Answers such numbers.
pub type Gauges = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Vec<Gauge>> + Send>> + Send + Sync>;

const REQUESTS: &str = "http_requests_total";
const SECONDS: &str = "http_request_seconds";
/// Upper bounds of the histogram, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting. Until then, and when it fails, nothing is counted and nothing else suffers.
pub fn start() -> Option<PrometheusHandle> {
    RECORDER.get_or_init(install).clone()
}

fn install() -> Option<PrometheusHandle> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(SECONDS.to_owned()), &BUCKETS)
        .map_err(|error| tracing::error!(event = "sys_metrics", %error))
        .ok()?
        .build_recorder();
    let handle = recorder.handle();
    metrics::set_global_recorder(recorder)
        .map_err(|error| tracing::error!(event = "sys_metrics", %error))
        .ok()?;
    metrics::describe_counter!(REQUESTS, "Requests by method, kind of address and status");
    metrics::describe_histogram!(SECONDS, metrics::Unit::Seconds, "Time to answer by kind of address");
    metrics::describe_counter!(
        "csp_reports_total",
        "Reports of browsers that something broke the content policy"
    );
    metrics::describe_counter!("http_connections_refused_total", "Connections closed at once, by reason");
    Some(handle)
}

pub(super) fn count_request(method: &'static str, class: Class, status: u16, took: Duration) {
    metrics::counter!(REQUESTS, "method" => method, "class" => class.name(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!(SECONDS, "class" => class.name()).record(took);
}

/// The method's name; one word for all that are never served, so that nobody can invent series.
pub(super) fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// The routes of the second listener: `/metrics`.
pub fn routes(handle: PrometheusHandle, gauges: Gauges) -> Router {
    Router::new().route("/metrics", get(read)).with_state(Arc::new((handle, gauges)))
}

async fn read(State(state): State<Arc<(PrometheusHandle, Gauges)>>) -> Response {
    let (handle, gauges) = state.as_ref();
    for gauge in gauges().await {
        let (label, of) = gauge.label;
        metrics::gauge!(gauge.name, label => of).set(gauge.value);
    }
    handle.run_upkeep();
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render()).into_response()
}
