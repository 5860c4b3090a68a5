//! No other site can make a browser change anything.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something unexpected happens"
)]

mod portal;

use axum::body::Body;
use portal::{ask, portal, with};

#[tokio::test]
async fn only_our_own_pages_may_post() {
    let portal = portal();
    let own = "https://portal.example";
    let cases: [(&[(&str, &str)], u16); 17] = [
        (&[("sec-fetch-site", "same-origin")], 200),
        (&[("sec-fetch-site", "same-origin"), ("origin", own)], 200),
        (&[("origin", own)], 200),
        (&[], 403),
        (&[("sec-fetch-site", "same-site")], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "none")], 403),
        (&[("sec-fetch-site", "")], 403),
        // The browser's word counts more than an origin that may be wrong.
        (&[("sec-fetch-site", "cross-site"), ("origin", own)], 403),
        (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], 403),
        (&[("origin", "https://evil.example")], 403),
        (&[("origin", "http://portal.example")], 403),
        (&[("origin", "https://portal.example.evil.example")], 403),
        (&[("origin", "https://portal.example:8443")], 403),
        (&[("origin", "null")], 403),
        (&[("origin", own), ("origin", "https://evil.example")], 403),
        (&[("referer", "https://portal.example/page")], 403),
    ];
    for (headers, status) in cases {
        let mut request = ask("POST", "/page");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = portal.send(request.body(Body::from("a=b")).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{headers:?}");
    }
}

#[tokio::test]
async fn reading_needs_no_origin() {
    let portal = portal();
    for site in ["cross-site", "none", "same-site"] {
        let request = ask("GET", "/page").header("sec-fetch-site", site).body(Body::empty()).unwrap();
        assert_eq!(portal.send(request).await.status, 200);
    }
}

#[tokio::test]
async fn a_foreign_referer_never_reaches_a_handler() {
    let portal = portal();
    for (referer, kept) in [
        ("https://portal.example/users?q=x", true),
        ("https://portal.example", true),
        ("https://evil.example/", false),
        ("http://portal.example/", false),
        ("https://portal.example.evil.example/", false),
        ("https://portal.example@evil.example/", false),
        ("https://portal.example:1/", false),
        ("https://evil.example\\@portal.example/", false),
        ("//portal.example/", false),
        ("javascript:alert(1)", false),
        ("", false),
    ] {
        let request = ask("GET", "/referer").header("referer", referer).body(Body::empty()).unwrap();
        let answer = portal.send(request).await;
        assert_eq!(answer.text, if kept { referer } else { "" }, "{referer}");
    }
}

#[tokio::test]
async fn on_this_computer_any_of_its_names_is_the_origin_it_was_reached_by() {
    let portal = with("http://127.0.0.1:3000", |_| {});
    for (host, origin, status) in [
        ("localhost:3000", "http://localhost:3000", 200),
        ("127.0.0.1:3000", "http://127.0.0.1:3000", 200),
        ("localhost:3000", "http://127.0.0.1:3000", 200),
        ("localhost:3000", "http://localhost:4000", 403),
        ("localhost:3000", "https://localhost:3000", 403),
        ("localhost:3000", "http://evil.example", 403),
    ] {
        let mut request = ask("POST", "/page").header("origin", origin).body(Body::from("x")).unwrap();
        request.headers_mut().insert("host", host.parse().unwrap());
        assert_eq!(portal.send(request).await.status, status, "{host} {origin}");
    }
}
