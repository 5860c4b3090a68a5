//! One request takes no more than its share, and all together no more than there is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

mod portal;

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use portal::{ask, portal, with};
use server::web::limits::{BODY_BYTES, HANDLER_TIME, Room, UPLOAD_TIME};

fn post(path: &str, body: Body) -> axum::extract::Request {
    ask("POST", path).header("sec-fetch-site", "same-origin").body(body).unwrap()
}

#[tokio::test]
async fn a_body_passes_up_to_its_bound() {
    let portal = portal();
    let bytes = |n: usize| Body::from(vec![b'x'; n]);
    assert_eq!(portal.send(post("/page", bytes(BODY_BYTES))).await.text, BODY_BYTES.to_string());
    assert_eq!(portal.send(post("/page", bytes(BODY_BYTES + 1))).await.status, 413);
    assert_eq!(portal.send(post("/import", bytes(BODY_BYTES + 1))).await.status, 200, "a named exception");
    assert_eq!(portal.send(post("/import", bytes(128 * 1024 + 1))).await.status, 413);
}

#[tokio::test]
async fn an_upload_is_handed_on_while_it_arrives() {
    let bytes = 40 * BODY_BYTES;
    assert_eq!(portal().send(post("/upload", Body::from(vec![b'x'; bytes]))).await.text, bytes.to_string());
    let from_elsewhere = ask("POST", "/upload").header("sec-fetch-site", "cross-site").body(Body::from("x"));
    assert_eq!(portal().send(from_elsewhere.unwrap()).await.status, 403);
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_does_not_come_is_given_up() {
    let silent = http_body_util::StreamBody::new(Silent);
    let started = tokio::time::Instant::now();
    assert_eq!(portal().send(post("/upload", Body::new(silent))).await.status, 503);
    assert_eq!(started.elapsed().as_secs(), UPLOAD_TIME.as_secs());
}

#[tokio::test]
async fn a_stated_length_is_refused_before_the_body_is_read() {
    let mut request = post("/page", Body::from_stream(NeverEnding));
    request.headers_mut().insert("content-length", (BODY_BYTES + 1).into());
    let answer = tokio::time::timeout(Duration::from_secs(1), portal().send(request)).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.header("connection")), (413, "close"));
}

#[tokio::test]
async fn an_endless_body_is_cut_at_its_bound() {
    let answer = tokio::time::timeout(
        Duration::from_secs(1),
        portal().send(post("/page", Body::from_stream(NeverEnding))),
    )
    .await;
    assert_eq!(answer.unwrap().status, 413);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_ends_the_request() {
    let silent = http_body_util::StreamBody::new(Silent);
    assert_eq!(portal().send(post("/page", Body::new(silent))).await.status, 408);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_does_not_come_is_given_up() {
    let started = tokio::time::Instant::now();
    let answer = portal().get("/never").await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "2"));
    assert_eq!(started.elapsed(), HANDLER_TIME);
}

#[tokio::test(start_paused = true)]
async fn the_surplus_is_refused_at_once_and_health_and_files_are_not() {
    let portal = with("https://portal.example", |edge| edge.room = Room::new(2, 2));
    let get = |path: &'static str| {
        let router = portal.router.clone();
        tokio::spawn(async move {
            use tower::ServiceExt;
            let started = tokio::time::Instant::now();
            let status =
                router.oneshot(ask("GET", path).body(Body::empty()).unwrap()).await.unwrap().status();
            (status, started.elapsed())
        })
    };
    let running: Vec<_> = (0..6).map(|_| get("/slow")).collect();
    tokio::task::yield_now().await;
    assert_eq!(get("/health/live").await.unwrap().0, StatusCode::NO_CONTENT);
    assert_eq!(get("/favicon.svg").await.unwrap().0, StatusCode::OK);
    let mut statuses = Vec::new();
    for task in running {
        let (status, took) = task.await.unwrap();
        assert!(took < Duration::from_secs(1));
        statuses.push(status.as_u16());
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 200, 200, 503, 503], "two run, two wait, two are refused");
}

#[tokio::test]
async fn pages_are_compressed_for_who_understands_it() {
    let portal = portal();
    let plain = portal.get("/long").await;
    assert_eq!((plain.header("content-encoding"), plain.header("content-length")), ("", "10000"));
    assert_eq!(plain.header("vary"), "accept-encoding");
    let small = portal
        .send(ask("GET", "/long").header("accept-encoding", "gzip, br").body(Body::empty()).unwrap())
        .await;
    assert_eq!((small.status.as_u16(), small.header("content-encoding")), (200, "br"));
    assert!(small.header("content-length").parse::<usize>().unwrap() < 200);
    let head = portal.send(ask("HEAD", "/long").body(Body::empty()).unwrap()).await;
    assert_eq!((head.header("content-length"), head.text.as_str()), ("10000", ""));
    let short =
        portal.send(ask("GET", "/page").header("accept-encoding", "br").body(Body::empty()).unwrap()).await;
    assert_eq!(short.header("content-encoding"), "");
}

struct NeverEnding;

impl futures_core::Stream for NeverEnding {
    type Item = Result<Vec<u8>, std::io::Error>;
    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(Some(Ok(vec![0; 4096])))
    }
}

struct Silent;

impl futures_core::Stream for Silent {
    type Item = Result<hyper::body::Frame<axum::body::Bytes>, std::io::Error>;
    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Pending
    }
}
