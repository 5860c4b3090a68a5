//! Health for balancers: bare statuses, no words.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use tokio::time::Instant;

use super::Edge;
use super::refusal::Bare;

/// How long an answer of the database is believed.
const BELIEVED: Duration = Duration::from_secs(1);
/// How long the database may take to answer.
const PROBE_TIME: Duration = Duration::from_millis(2_500);

/// `/health/live`: the process answers. `/health/ready`: it can work and is not going down.
pub(super) fn routes(edge: &Arc<Edge>) -> Router {
    let state = Arc::new(Ready {
        edge: Arc::clone(edge),
        last: Mutex::new(None),
        asking: tokio::sync::Mutex::new(()),
    });
    Router::new()
        .route("/health/live", get(async || answer(true)))
        .route("/health/ready", get(ready))
        .with_state(state)
}

struct Ready {
    edge: Arc<Edge>,
    last: Mutex<Option<(Instant, bool)>>,
    // One question at a time: a slow database is not helped by many.
    asking: tokio::sync::Mutex<()>,
}

impl Ready {
    fn believed(&self) -> Option<bool> {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.filter(|(at, _)| at.elapsed() < BELIEVED).map(|(_, answer)| answer)
    }

    async fn ask(&self) -> bool {
        if let Some(answer) = self.believed() {
            return answer;
        }
        let _one = self.asking.lock().await;
        if let Some(answer) = self.believed() {
            return answer;
        }
        let answer = match tokio::time::timeout(PROBE_TIME, (self.edge.probe)()).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::error!(event = "sys_database", error, "not ready");
                false
            }
            Err(_) => {
                tracing::error!(
                    event = "sys_database",
                    "not ready: the database took more than {PROBE_TIME:?}"
                );
                false
            }
        };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), answer));
        answer
    }
}

async fn ready(State(state): State<Arc<Ready>>) -> (StatusCode, Extension<Bare>) {
    answer(!state.edge.shutdown.is_draining() && state.ask().await)
}

const fn answer(good: bool) -> (StatusCode, Extension<Bare>) {
    (if good { StatusCode::NO_CONTENT } else { StatusCode::SERVICE_UNAVAILABLE }, Extension(Bare))
}
