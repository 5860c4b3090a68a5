//! Everything between the network and the application: connections, limits, headers, the
//! refusal of foreign requests, static files, health. [`layers`] puts it around the application.

pub mod assets;
pub mod client;
mod edge;
pub mod framing;
pub mod headers;
pub mod health;
pub mod limits;
pub mod listener;
pub mod metrics;
pub mod origin;
mod page;
pub mod refusal;
mod reports;
pub mod router;
pub mod shutdown;
mod timed_io;
pub mod trace;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;

pub use edge::{Edge, Probe};

/// Puts the host's layers around the application's routes, together with static files and health.
///
/// From the outside in: headers, log line and numbers, panics, the client's address, framing and
/// Host, and then, for the application only: foreign requests, room, time, size of the body,
/// and the page as a whole.
pub fn layers(app: Router, edge: &Arc<Edge>) -> Router {
    let app = app
        .layer(from_fn(page::whole))
        .layer(from_fn_with_state(Arc::clone(edge), limits::whole_body))
        .layer(from_fn_with_state(Arc::clone(edge), limits::in_time))
        .layer(from_fn_with_state(Arc::clone(edge), limits::with_room))
        .layer(from_fn_with_state(Arc::clone(edge), origin::own_only));
    app.merge(edge.assets.routes())
        .merge(health::routes(edge))
        .merge(reports::routes())
        .layer(from_fn_with_state(Arc::clone(edge), framing::well_formed))
        .layer(from_fn_with_state(Arc::clone(edge), client::resolve))
        .layer(CatchPanicLayer::custom(refusal::after_panic))
        .layer(from_fn(trace::record))
        .layer(from_fn_with_state(Arc::clone(edge), headers::complete))
}
