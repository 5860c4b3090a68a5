//! Accepts connections and speaks HTTP/1.1 on them, within bounds. TLS and HTTP/2 end at the
//! proxy in front.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower::Service;

use super::shutdown::{DRAIN, Shutdown};
use super::timed_io::{Pace, Patience, TimedIo};
use crate::config::Network;

/// Bounds of the connections.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Open at once.
    pub connections: usize,
    /// Open at once from one address.
    pub per_address: usize,
    /// Whose connections are not counted by address: proxies speak for many.
    pub uncounted: Vec<Network>,
    /// From the first moment to the end of a request's headers.
    pub head_time: Duration,
    /// Between two requests. Longer than a proxy keeps an idle connection, so that it never
    /// sends a request into one that is just being closed.
    pub idle_time: Duration,
    /// For a client that stopped reading.
    pub stalled_time: Duration,
    /// Size of a request's headers, in bytes.
    pub head_bytes: usize,
    /// How long requests under way may go on once nothing new is accepted.
    pub drain_time: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            connections: 4_096,
            per_address: 256,
            uncounted: Vec::new(),
            head_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            stalled_time: Duration::from_secs(30),
            head_bytes: 16 * 1024,
            drain_time: DRAIN,
        }
    }
}

/// Serves until the host closes, then lets requests under way end, for `drain_time` at most.
pub async fn serve(listener: TcpListener, app: Router, rules: Rules, shutdown: Shutdown) {
    let places = Arc::new(Semaphore::new(rules.connections));
    let addresses = Arc::new(Addresses::default());
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.closing() => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = admit(&places, &addresses, &rules, peer) else { continue };
                connections.spawn(connection(stream, peer, app.clone(), &rules, &graceful, place));
            }
            Err(error) => {
                // Out of file descriptors, most likely: others have to close first.
                tracing::error!(event = "sys_listener", %error, "cannot accept");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(rules.drain_time, graceful.shutdown()).await.is_err() {
        tracing::warn!(event = "sys_shutdown", "requests still under way are broken off");
    }
    connections.shutdown().await;
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    rules: &Rules,
    graceful: &GracefulShutdown,
    place: Place,
) -> impl Future<Output = ()> + use<> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "answers may be delayed");
    }
    let pace = Pace::new();
    let patience = Patience { head: rules.head_time, idle: rules.idle_time, stalled: rules.stalled_time };
    let io = TokioIo::new(TimedIo::new(stream, pace.clone(), patience));
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        pace.busy();
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = app.clone().call(request);
        let pace = pace.clone();
        async move {
            let answer = answer.await;
            pace.idle();
            answer
        }
    });
    let http = http1::Builder::new()
        // A second bound behind that of the stream. It also makes the library listen as soon as a
        // connection goes idle, without which the stream could not watch the time.
        .timer(TokioTimer::new())
        .header_read_timeout(rules.idle_time + rules.head_time)
        .max_header_size(rules.head_bytes)
        // The buffer also bounds a header that never ends.
        .max_buf_size(rules.head_bytes.max(8 * 1024))
        .serve_connection(io, service);
    let http = graceful.watch(http);
    async move {
        let _place = place;
        if let Err(error) = http.await {
            tracing::debug!(%error, "a connection broke off");
        }
    }
}

/// A connection's place among all and among those of its address.
struct Place {
    _all: OwnedSemaphorePermit,
    _address: Option<AddressPlace>,
}

fn admit(
    places: &Arc<Semaphore>,
    addresses: &Arc<Addresses>,
    rules: &Rules,
    peer: SocketAddr,
) -> Option<Place> {
    let refused = |reason: &'static str| {
        metrics::counter!("http_connections_refused_total", "reason" => reason).increment(1);
        tracing::debug!(reason, "a connection is refused");
        None
    };
    let Ok(all) = Arc::clone(places).try_acquire_owned() else { return refused("all") };
    let ip = peer.ip().to_canonical();
    if rules.uncounted.iter().any(|network| network.contains(ip)) {
        return Some(Place { _all: all, _address: None });
    }
    match AddressPlace::take(addresses, ip, rules.per_address) {
        Some(address) => Some(Place { _all: all, _address: Some(address) }),
        None => refused("address"),
    }
}

/// Open connections by address.
#[derive(Default)]
struct Addresses(Mutex<HashMap<IpAddr, usize>>);

struct AddressPlace {
    addresses: Arc<Addresses>,
    ip: IpAddr,
}

impl AddressPlace {
    fn take(addresses: &Arc<Addresses>, ip: IpAddr, most: usize) -> Option<Self> {
        let mut open = addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(ip).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Self { addresses: Arc::clone(addresses), ip })
    }
}

impl Drop for AddressPlace {
    fn drop(&mut self) {
        let mut open = self.addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.ip) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.ip);
            }
        }
    }
}
