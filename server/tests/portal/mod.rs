//! A host around a few routes of its own, without database and pages.

#![allow(dead_code, reason = "each test file uses its part")]

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT, HOST, REFERER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use center::SystemEntropy;
use http_body_util::BodyExt;
use server::config::{Config, PublicUrl, Sources};
use server::web::assets::Assets;
use server::web::client::ClientAddress;
use server::web::headers::Nonce;
use server::web::limits::Room;
use server::web::shutdown::Shutdown;
use server::web::{Edge, layers};
use tokio::sync::mpsc;
use tower::ServiceExt;

pub const HASH: &str = "AbCdEfGhIjKlMnOpQrStU_";
/// Compressible, as scripts are.
pub const SCRIPT: &str =
    "export default 0; // 0000000000000000000000000000000000000000000000000000000000000000";

pub fn public(url: &str) -> PublicUrl {
    let flags = vec![("public_url".to_owned(), url.to_owned())];
    Config::load(&Sources { flags, ..Sources::default() }).unwrap().public().unwrap().clone()
}

pub fn assets() -> Assets {
    let file = |path: String, text: &'static str| (path, Bytes::from_static(text.as_bytes()));
    Assets::of([
        file(format!("pkg/customer-center.{HASH}.js"), SCRIPT),
        file(format!("pkg/customer-center.{HASH}.js.br"), "brotli"),
        file(format!("pkg/customer-center.{HASH}.js.gz"), "gzip"),
        file(format!("pkg/__wasm_split.{HASH}.js"), SCRIPT),
        file(format!("pkg/__wasm_split_manifest.{HASH}.json"), "{\"users\":[\"split_users\"]}"),
        file(format!("pkg/customer-center.{HASH}.wasm"), "\0asm"),
        file(format!("pkg/customer-center.{HASH}.wasm.br"), "larger than the wasm"),
        file(format!("pkg/customer-center.{HASH}.css"), "a{}"),
        file("fonts/instrument-sans-latin-wght-normal.woff2".to_owned(), "font"),
        file("favicon.svg".to_owned(), "<svg/>"),
    ])
    .unwrap()
}

pub struct Portal {
    pub edge: Arc<Edge>,
    pub router: Router,
    pub database: Arc<AtomicBool>,
}

pub fn portal() -> Portal {
    with("https://portal.example", |_| {})
}

pub fn with(url: &str, change: impl FnOnce(&mut Edge)) -> Portal {
    let database = Arc::new(AtomicBool::new(true));
    let answers = Arc::clone(&database);
    let mut edge = Edge {
        public: public(url),
        proxies: Vec::new(),
        entropy: Arc::new(SystemEntropy),
        assets: assets(),
        probe: Arc::new(move || {
            let good = answers.load(Ordering::Relaxed);
            Box::pin(async move { if good { Ok(()) } else { Err("no database at db.internal".to_owned()) } })
        }),
        shutdown: Shutdown::default(),
        room: Room::default(),
        larger_bodies: &[("/import", 128 * 1024)],
        uploads: &["/upload"],
        reload_port: None,
    };
    change(&mut edge);
    let edge = Arc::new(edge);
    Portal { router: layers(application(), &edge), edge, database }
}

fn application() -> Router {
    Router::new()
        .route("/page", get(page).post(async |body: String| body.len().to_string()))
        .route("/import", post(async |body: String| body.len().to_string()))
        .route("/upload", post(upload))
        .route("/panic", get(panics))
        .route("/fails", get(async || StatusCode::INTERNAL_SERVER_ERROR))
        .route("/own-headers", get(own_headers))
        .route("/referer", get(referer).post(referer))
        .route("/address", get(async |Extension(ClientAddress(ip)): Extension<ClientAddress>| ip.to_string()))
        .route("/slow", get(slow))
        .route("/never", get(never))
        .route("/drips", get(drips))
        .route("/long", get(async || Html("<p>row</p>".repeat(1_000))))
        .route("/file", get(async || Bytes::from_static(b"file")))
}

async fn page(Extension(Nonce(nonce)): Extension<Nonce>) -> Html<String> {
    Html(format!("<p>{nonce}</p>"))
}

/// Counts what comes without ever holding it.
async fn upload(mut body: Body) -> String {
    let mut bytes = 0;
    while let Some(Ok(frame)) = body.frame().await {
        bytes += frame.data_ref().map_or(0, Bytes::len);
    }
    bytes.to_string()
}

async fn panics() -> StatusCode {
    panic!("secret detail")
}

async fn own_headers() -> ([(&'static str, &'static str); 3], &'static str) {
    let own = [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "private, max-age=60"),
        ("content-security-policy", "sandbox"),
    ];
    (own, "own")
}

async fn referer(headers: HeaderMap) -> String {
    headers.get(REFERER).map(|r| r.to_str().unwrap().to_owned()).unwrap_or_default()
}

async fn slow() -> &'static str {
    tokio::time::sleep(Duration::from_millis(300)).await;
    "slow"
}

async fn never() -> &'static str {
    tokio::time::sleep(Duration::from_secs(3_600)).await;
    "never"
}

/// An answer that comes in eight parts over three seconds, as events do.
async fn drips() -> Body {
    let (to, from) = mpsc::channel(1);
    tokio::spawn(async move {
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(400)).await;
            if to.send(Bytes::from_static(b"drip ")).await.is_err() {
                return;
            }
        }
    });
    Body::from_stream(Drips(from))
}

struct Drips(mpsc::Receiver<Bytes>);

impl futures_core::Stream for Drips {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_recv(cx).map(|part| part.map(Ok))
    }
}

impl Portal {
    pub async fn send(&self, request: Request) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        Answer::of(response).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(ask("GET", path).body(Body::empty()).unwrap()).await
    }
}

/// A request as a browser on `https://portal.example` makes it.
pub fn ask(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(HOST, "portal.example").header(ACCEPT, "text/html")
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}
