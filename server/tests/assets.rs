//! Files of the site: found, typed, compressed, kept by browsers as long as they may be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

mod portal;

use axum::body::{Body, Bytes};
use portal::{Answer, HASH, SCRIPT, ask, portal};
use server::web::assets::Assets;

async fn script(headers: &[(&str, &str)]) -> Answer {
    let mut request = ask("GET", &format!("/pkg/customer-center.{HASH}.js"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    portal().send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn pages_learn_the_hashed_names() {
    let urls = portal::assets().urls().clone();
    assert_eq!(urls.js, format!("/pkg/customer-center.{HASH}.js"));
    assert_eq!(urls.parts_js, format!("/pkg/__wasm_split.{HASH}.js"));
    assert_eq!(urls.parts["users"], ["/pkg/split_users.wasm"]);
    assert_eq!(urls.wasm, format!("/pkg/customer-center.{HASH}.wasm"));
    assert_eq!(urls.css, format!("/pkg/customer-center.{HASH}.css"));
    assert_eq!(urls.font, "/fonts/instrument-sans-latin-wght-normal.woff2");
}

#[tokio::test]
async fn a_site_without_its_files_is_no_site() {
    let Err(error) = Assets::of([("pkg/customer-center.js".to_owned(), Bytes::new())]) else {
        panic!("accepted")
    };
    assert!(error.to_string().contains("make site"), "{error}");
}

#[tokio::test]
async fn the_smallest_form_that_the_browser_understands_is_sent() {
    for (accept, encoding, body) in [
        ("gzip, deflate, br, zstd", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip", "gzip", "gzip"),
        ("identity", "", SCRIPT),
    ] {
        let answer = script(&[("accept-encoding", accept)]).await;
        assert_eq!(answer.status, 200);
        assert_eq!((answer.header("content-encoding"), answer.text.as_str()), (encoding, body), "{accept}");
        assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(answer.header("content-length"), body.len().to_string());
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
    assert_eq!(script(&[]).await.text, SCRIPT);
}

#[tokio::test]
async fn a_form_that_is_no_gain_is_never_sent() {
    let request = ask("GET", &format!("/pkg/customer-center.{HASH}.wasm")).header("accept-encoding", "br");
    let answer = portal().send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.header("content-encoding"), answer.header("content-type")), ("", "application/wasm"));
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let first = script(&[("accept-encoding", "br")]).await;
    let etag = first.header("etag").to_owned();
    let plain = script(&[]).await.header("etag").to_owned();
    assert_ne!(etag, plain, "each form has its own");
    for known in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let again = script(&[("accept-encoding", "br"), ("if-none-match", &known)]).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{known}");
        assert_eq!(again.header("etag"), etag);
        assert_eq!(again.header("cache-control"), "public, max-age=31536000, immutable");
        assert!(!again.headers.contains_key("content-type"));
    }
    assert_eq!(script(&[("accept-encoding", "br"), ("if-none-match", &plain)]).await.status, 200);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_not_kept() {
    let portal = portal();
    for path in
        ["/pkg/x.js", "/pkg/../Cargo.toml", "/pkg/%2e%2e/Cargo.toml", "/fonts/", "/fonts/x", "/Cargo.toml"]
    {
        let answer = portal.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (404, "no-store"), "{path}");
    }
    assert_eq!(portal.get("/favicon.svg").await.header("content-type"), "image/svg+xml");
}

#[tokio::test]
async fn a_watched_folder_is_read_anew_and_never_left() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
    std::fs::write(folder.path().join("secret"), "secret").unwrap();
    let script = folder.path().join("site/pkg/customer-center.js");
    std::fs::write(&script, "1").unwrap();
    let portal = portal::with("https://portal.example", |edge| {
        edge.assets = Assets::watching(&folder.path().join("site")).unwrap();
    });
    assert_eq!(portal.get("/pkg/customer-center.js").await.text, "1");
    std::fs::write(&script, "2").unwrap();
    let second = portal.get("/pkg/customer-center.js").await;
    assert_eq!((second.text.as_str(), second.header("cache-control")), ("2", "no-cache"));
    for path in ["/pkg/../../secret", "/pkg/..%2f..%2fsecret", "/pkg//etc/passwd"] {
        assert_eq!(portal.get(path).await.status, 404, "{path}");
    }
}
