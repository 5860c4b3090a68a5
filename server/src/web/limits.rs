//! Bounds on what one request, and all together, may take.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::Edge;
use super::refusal::Refusal;

/// Largest body of a request, in bytes, unless its path has a larger bound of its own.
pub const BODY_BYTES: usize = 64 * 1024;
/// Time for a body to arrive as a whole.
pub const BODY_TIME: Duration = Duration::from_secs(15);
/// Time for the answer to a request that has arrived.
pub const HANDLER_TIME: Duration = Duration::from_secs(30);
/// Time for a file to arrive that somebody uploads, and for the answer.
pub const UPLOAD_TIME: Duration = Duration::from_secs(600);
/// Requests under way at once.
pub const REQUESTS: usize = 256;
/// Requests that may wait for one of these to end.
pub const QUEUE: usize = 256;
/// How long they wait.
pub const QUEUE_TIME: Duration = Duration::from_millis(800);

/// How much may be under way at once, with a short queue in front.
pub struct Room {
    places: Semaphore,
    waiting: AtomicUsize,
    queue: usize,
}

impl Room {
    /// With this many places and so many that may wait for one.
    pub fn new(places: usize, queue: usize) -> Self {
        Self { places: Semaphore::new(places), waiting: AtomicUsize::new(0), queue }
    }

    async fn enter(&self) -> Option<SemaphorePermit<'_>> {
        if let Ok(place) = self.places.try_acquire() {
            return Some(place);
        }
        let ticket = Ticket::draw(self)?;
        let place = timeout(QUEUE_TIME, self.places.acquire()).await.ok()?.ok();
        drop(ticket);
        place
    }
}

impl Default for Room {
    fn default() -> Self {
        Self::new(REQUESTS, QUEUE)
    }
}

/// A place in the queue, given back also when the client goes away.
struct Ticket<'a>(&'a Room);

impl<'a> Ticket<'a> {
    fn draw(room: &'a Room) -> Option<Self> {
        let ticket = Self(room);
        (room.waiting.fetch_add(1, Ordering::Relaxed) < room.queue).then_some(ticket)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets a request in while there is room, and refuses the surplus at once.
pub async fn with_room(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    match edge.room.enter().await {
        Some(_place) => next.run(request).await,
        None => {
            tracing::warn!(event = "excess_rate_limit_exceeded", bucket = "host.requests");
            Refusal::Busy.into_response()
        }
    }
}

/// Whether this address reads its body by itself.
fn is_upload(edge: &Edge, request: &Request) -> bool {
    edge.uploads.contains(&request.uri().path())
}

/// Gives up on an answer that takes too long.
pub async fn in_time(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let time = if is_upload(&edge, &request) { UPLOAD_TIME } else { HANDLER_TIME };
    timeout(time, next.run(request)).await.unwrap_or_else(|_| {
        tracing::error!(event = "sys_timeout", "the answer took more than {} s", time.as_secs());
        Refusal::Busy.into_response()
    })
}

/// Hands on the body only when it has arrived as a whole, in time and within its bound. Uploads are handed on as
/// they come: what may be large is not gathered before it is known who sends it.
pub async fn whole_body(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() || is_upload(&edge, &request) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let bound =
        edge.larger_bodies.iter().find(|(known, _)| *known == path).map_or(BODY_BYTES, |(_, bytes)| *bytes);
    let stated = request.headers().get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    if stated.is_some_and(|bytes| bytes > bound) {
        return Refusal::TooLarge.into_response();
    }
    let (parts, body) = request.into_parts();
    match timeout(BODY_TIME, gather(body, bound)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(refusal)) => refusal.into_response(),
        Err(_) => Refusal::TooSlow.into_response(),
    }
}

async fn gather(mut body: Body, bound: usize) -> Result<Bytes, Refusal> {
    let mut gathered = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Refusal::BadRequest)?.into_data() else { continue };
        if gathered.len() + data.len() > bound {
            return Err(Refusal::TooLarge);
        }
        gathered.extend_from_slice(&data);
    }
    Ok(gathered.into())
}
