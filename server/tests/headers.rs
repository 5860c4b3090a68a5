//! Every answer carries the complete set of headers, whatever its status.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

mod portal;

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use axum::body::Body;
use portal::{Answer, HASH, ask, portal, with};

fn assert_complete(answer: &Answer, what: &str) {
    for (name, part) in [
        ("content-security-policy", "default-src 'none'; script-src 'nonce-"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=()"),
        ("cache-control", ""),
        ("x-request-id", "-4"),
    ] {
        let value = answer.header(name);
        assert!(!value.is_empty() && value.contains(part), "{what}: {name} is “{value}”");
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{what}: {name}");
    }
    if !answer.text.is_empty() {
        assert!(!answer.header("content-type").is_empty(), "{what}: a body without a type");
    }
    assert!(!answer.headers.contains_key("server"), "{what}");
}

#[tokio::test]
async fn every_status_has_all_headers() {
    let portal = portal();
    let long = "x".repeat(70_000);
    let cases = [
        (200, ask("GET", "/page").body(Body::empty())),
        (200, ask("HEAD", "/page").body(Body::empty())),
        (200, ask("GET", "/file").body(Body::empty())),
        (200, ask("GET", &format!("/pkg/customer-center.{HASH}.js")).body(Body::empty())),
        (404, ask("GET", "/nothing").body(Body::empty())),
        (404, ask("GET", "/pkg/nothing.js").body(Body::empty())),
        (404, ask("GET", "/orders/x.css").body(Body::empty())),
        (405, ask("PUT", "/page").body(Body::empty())),
        (405, ask("TRACE", "/page").body(Body::empty())),
        (405, ask("POST", "/file").header("sec-fetch-site", "same-origin").body(Body::empty())),
        (403, ask("POST", "/page").body(Body::empty())),
        (413, ask("POST", "/page").header("sec-fetch-site", "same-origin").body(Body::from(long))),
        (411, ask("POST", "/page").header("transfer-encoding", "chunked").body(Body::from("x"))),
        (500, ask("GET", "/panic").body(Body::empty())),
        (500, ask("GET", "/fails").body(Body::empty())),
        (204, ask("GET", "/health/live").body(Body::empty())),
        (204, ask("GET", "/health/ready").body(Body::empty())),
    ];
    for (status, request) in cases {
        let request = request.unwrap();
        let what = format!("{} {}", request.method(), request.uri());
        let answer = portal.send(request).await;
        assert_eq!(answer.status, status, "{what}");
        assert_complete(&answer, &what);
        if !what.contains("/pkg/customer") {
            assert_eq!(answer.header("cache-control"), "no-store", "{what}");
        }
    }
    let mut wrong = ask("GET", "/page").body(Body::empty()).unwrap();
    wrong.headers_mut().insert("host", "evil.example".parse().unwrap());
    let answer = portal.send(wrong).await;
    assert_eq!(answer.status, 421);
    assert_complete(&answer, "another host");
}

#[tokio::test]
async fn each_answer_has_its_own_nonce_and_the_page_knows_it() {
    let portal = portal();
    let mut nonces = HashSet::new();
    for _ in 0..100 {
        let answer = portal.get("/page").await;
        let nonce = answer.text.trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
        assert_eq!(nonce.len(), 24);
        assert!(
            answer
                .header("content-security-policy")
                .contains(&format!("script-src 'nonce-{nonce}' 'strict-dynamic'"))
        );
        assert!(
            answer.header("content-security-policy").contains(&format!("style-src 'self' 'nonce-{nonce}'"))
        );
        assert!(nonces.insert(nonce));
    }
}

#[tokio::test]
async fn the_policy_never_allows_inline_code() {
    let policy = portal().get("/page").await.header("content-security-policy").to_owned();
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{policy}");
    assert_eq!(policy.matches("unsafe-").count(), 1, "only wasm may be compiled: {policy}");
    assert!(!policy.contains("ws:"), "{policy}");
}

#[tokio::test]
async fn an_answer_may_be_stricter_but_not_about_sniffing() {
    let answer = portal().get("/own-headers").await;
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("cache-control"), "private, max-age=60");
    assert_eq!(answer.header("content-security-policy"), "sandbox");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn http_on_this_computer_has_no_hsts() {
    let portal = with("http://127.0.0.1:3000", |_| {});
    for host in ["127.0.0.1:3000", "localhost:4000", "[::1]:3000"] {
        let mut request = ask("GET", "/page").body(Body::empty()).unwrap();
        request.headers_mut().insert("host", host.parse().unwrap());
        let answer = portal.send(request).await;
        assert_eq!(answer.status, 200, "{host}");
        assert!(!answer.headers.contains_key("strict-transport-security"));
    }
    for host in ["portal.example", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
        let mut request = ask("GET", "/page").body(Body::empty()).unwrap();
        request.headers_mut().insert("host", host.parse().unwrap());
        assert_eq!(portal.send(request).await.status, 421, "{host}");
    }
}

#[tokio::test]
async fn a_request_names_one_host() {
    let portal = portal();
    let mut none = ask("GET", "/page").body(Body::empty()).unwrap();
    none.headers_mut().remove("host");
    assert_eq!(portal.send(none).await.status, 400);
    let mut two = ask("GET", "/page").body(Body::empty()).unwrap();
    two.headers_mut().append("host", "portal.example".parse().unwrap());
    assert_eq!(portal.send(two).await.status, 400);
    let differing = ask("GET", "https://evil.example/page").body(Body::empty()).unwrap();
    assert_eq!(portal.send(differing).await.status, 400);
    // Balancers ask by address.
    let mut health = ask("GET", "/health/live").body(Body::empty()).unwrap();
    health.headers_mut().insert("host", "10.0.0.7:3000".parse().unwrap());
    assert_eq!(portal.send(health).await.status, 204);
}

#[tokio::test]
async fn refusals_speak_the_callers_language_and_form() {
    let portal = portal();
    let german =
        ask("GET", "/nothing").header("accept-language", "de-AT, en;q=0.5").body(Body::empty()).unwrap();
    let answer = portal.send(german).await;
    assert!(answer.text.contains("<html lang=\"de\">") && answer.text.contains("Seite nicht gefunden"));
    assert!(answer.text.contains(answer.header("x-request-id")));

    let mut program = ask("GET", "/panic").body(Body::empty()).unwrap();
    program.headers_mut().insert("accept", "application/json".parse().unwrap());
    let answer = portal.send(program).await;
    assert_eq!(answer.header("content-type"), "application/json");
    let error: model::AppError = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(error.code, model::ErrorCode::Internal);
    assert_eq!(error.request_id, answer.header("x-request-id"));
    assert!(!answer.text.contains("secret detail"));
}

#[tokio::test]
async fn a_method_that_is_never_served_is_told_which_are() {
    let portal = portal();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
        let answer = portal.send(ask(method, "/page").body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD, POST"), "{method}");
    }
}

#[tokio::test]
async fn ready_follows_the_database_and_the_shutdown_and_says_nothing_more() {
    let portal = portal();
    assert_eq!(portal.get("/health/ready").await.status, 204);
    portal.database.store(false, Ordering::Relaxed);
    assert_eq!(portal.get("/health/ready").await.status, 204, "believed for a second");
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    let down = portal.get("/health/ready").await;
    assert_eq!((down.status.as_u16(), down.text.as_str()), (503, ""));
    assert_eq!(portal.get("/health/live").await.status, 204);
    portal.database.store(true, Ordering::Relaxed);
    tokio::time::sleep(std::time::Duration::from_millis(1_050)).await;
    assert_eq!(portal.get("/health/ready").await.status, 204);
    portal.edge.shutdown.begin(std::time::Duration::ZERO).await;
    assert_eq!(portal.get("/health/ready").await.status, 503);
    assert_eq!(portal.get("/metrics").await.status, 404);
}
