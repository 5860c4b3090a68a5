//! Open pages hear that what they show has changed: server-sent events without any data.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::Center;
use center::live::{Listener, Told, listen};
use hyper::body::Frame;
use tokio::sync::mpsc;

use super::Portal;
use super::downloads::refused;
use crate::web::origin::reads_own;
use crate::web::refusal::Refusal;

/// When the listener heard something last, as an event before has named it.
const LAST_EVENT: HeaderName = HeaderName::from_static("last-event-id");
/// What proxies of the nginx family understand: events are handed on as they come.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Tells the page whenever users of the company have changed.
pub(super) async fn users(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    if !reads_own(&parts.headers) {
        tracing::warn!(event = "authz_fail", reason = "cross_site");
        return Refusal::CrossSite.into_response();
    }
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let since = parts.headers.get(LAST_EVENT).and_then(|value| value.to_str().ok()?.parse().ok());
    let response = match listen(&portal.center, &host.actor, since).await {
        Ok(listener) => events(Arc::clone(&portal.center), listener),
        Err(error) => refused(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}

fn events(center: Arc<Center>, listener: Listener) -> Response {
    // One waits while another is sent: a client that reads slowly holds up itself alone.
    let (to, from) = mpsc::channel(1);
    tokio::spawn(tell(center, listener, to));
    let mut response = Response::new(Body::new(Events(from)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store, no-transform"));
    headers.insert(BUFFERING, HeaderValue::from_static("no"));
    response
}

/// Tells until the listener has gone or may hear no more.
async fn tell(center: Arc<Center>, mut listener: Listener, to: mpsc::Sender<Bytes>) {
    let mut told = Told::Nothing;
    // A connection that broke comes back after so many milliseconds.
    let mut before = "retry: 3000\n";
    loop {
        let data = match told {
            Told::Changed => "data: changed\n",
            // The name alone raises no event, but is sent along when the connection comes back.
            Told::Nothing => "",
            Told::Over => return,
        };
        let event = format!("{before}id: {}\n{data}\n", center.now());
        before = "";
        if to.send(event.into()).await.is_err() {
            return;
        }
        told = tokio::select! {
            told = listener.next(&center) => told,
            () = to.closed() => return,
        };
    }
}

/// The events as the body of an answer that ends when no more will come.
struct Events(mpsc::Receiver<Bytes>);

impl HttpBody for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.get_mut().0.poll_recv(cx).map(|event| event.map(|event| Ok(Frame::data(event))))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::header::{ACCEPT, COOKIE};
    use axum::http::{HeaderMap, StatusCode};
    use http_body_util::BodyExt;
    use tokio::time::timeout;
    use tower::ServiceExt;

    use super::super::rights::World;
    use super::*;

    async fn open(world: &World, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get("/users/live").header(ACCEPT, "text/event-stream");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    /// The next event; `None` at the end.
    async fn event(body: &mut Body) -> Option<String> {
        let frame = timeout(Duration::from_secs(10), body.frame()).await.expect("nothing comes")?;
        Some(String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap())
    }

    async fn post(world: &World, path: &str, body: String, cookie: &str) -> (StatusCode, HeaderMap) {
        let request = Request::post(path)
            .header(COOKIE, cookie)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = world.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        (response.status(), response.headers().clone())
    }

    #[tokio::test]
    async fn a_page_hears_of_changes_until_it_is_signed_out() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        let other = world.actor_named("main contact").await;
        let buyer = world.member(world.company_a, &["buyer"], true, false).await;
        let response = open(&world, &[("cookie", &chief), ("sec-fetch-site", "same-origin")]).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[BUFFERING], "no");
        let mut body = response.into_body();
        let first = event(&mut body).await.unwrap();
        assert!(first.starts_with("retry: 3000\nid: ") && first.ends_with("\n\n"), "{first:?}");
        assert!(!first.contains("data"));

        let (status, _) = post(&world, "/api/users/deactivate", format!("user={buyer}"), &other).await;
        assert_eq!(status, StatusCode::OK);
        center::live::look(&world.center).await.unwrap();
        let told = event(&mut body).await.unwrap();
        let id = told.strip_prefix("id: ").unwrap().strip_suffix("\ndata: changed\n\n").unwrap();
        assert!(id.bytes().all(|b| b.is_ascii_digit()), "{told:?}");

        // Nothing of it says who or what.
        let (status, _) = post(&world, "/api/accounts/sign_out", String::new(), &chief).await;
        assert_eq!(status, StatusCode::OK);
        center::live::look(&world.center).await.unwrap();
        assert_eq!(event(&mut body).await, None);
        assert_eq!(open(&world, &[("cookie", &chief)]).await.status(), StatusCode::UNAUTHORIZED);
    }

    #[tokio::test]
    async fn a_connection_that_comes_back_hears_what_it_missed() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        let buyer = world.member(world.company_a, &["buyer"], true, false).await;
        post(&world, "/api/users/deactivate", format!("user={buyer}"), &chief).await;
        let now = world.center.now();
        let hour = 3_600_000_000;
        for (last, missed) in [((now - hour).to_string(), true), ((now + hour).to_string(), false)] {
            let mut body = open(&world, &[("cookie", &chief), ("last-event-id", &last)]).await.into_body();
            event(&mut body).await.unwrap();
            let next = timeout(Duration::from_millis(500), event(&mut body)).await;
            assert_eq!(next.is_ok_and(|told| told.unwrap().contains("data")), missed, "{last}");
        }
    }

    #[tokio::test]
    async fn other_sites_and_other_people_hear_nothing() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        for site in ["cross-site", "same-site", "none"] {
            let response = open(&world, &[("cookie", &chief), ("sec-fetch-site", site)]).await;
            assert_eq!(response.extensions().get(), Some(&Refusal::CrossSite), "{site}");
        }
        assert_eq!(open(&world, &[]).await.status(), StatusCode::UNAUTHORIZED);
        let business = world.actor_named("business user").await;
        assert_eq!(open(&world, &[("cookie", &business)]).await.status(), StatusCode::FORBIDDEN);
    }

    #[tokio::test]
    async fn the_sixth_page_of_a_person_is_not_told_until_another_closes() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        let mut pages = Vec::new();
        for _ in 0..5 {
            pages.push(open(&world, &[("cookie", &chief)]).await);
        }
        let sixth = open(&world, &[("cookie", &chief)]).await;
        assert_eq!(sixth.status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(sixth.headers().contains_key("retry-after"));
        let other = world.actor_named("main contact").await;
        assert_eq!(open(&world, &[("cookie", &other)]).await.status(), StatusCode::OK);
        pages.pop();
        for _ in 0..50 {
            if open(&world, &[("cookie", &chief)]).await.status() == StatusCode::OK {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the place is not given back");
    }

    #[tokio::test]
    async fn all_end_when_the_host_goes_down() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        let mut body = open(&world, &[("cookie", &chief)]).await.into_body();
        event(&mut body).await.unwrap();
        world.center.live().end();
        assert_eq!(event(&mut body).await, None);
        assert_eq!(open(&world, &[("cookie", &chief)]).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn what_a_page_asks_by_itself_keeps_no_session_alive() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        let minutes = 5 * 60_000_000;
        let seen = world.center.now() - minutes;
        world.sql("UPDATE sessions SET last_seen_at = $1", vec![seen.into()]).await;
        let untouched = "SELECT count(*) AS n FROM sessions WHERE last_seen_at = $1";
        let (status, _) = post(&world, "/api/users/list?live", String::new(), &chief).await;
        assert_eq!(status, StatusCode::OK);
        open(&world, &[("cookie", &chief)]).await;
        let count: i64 =
            world.center.db().read().await.unwrap().value(untouched, vec![seen.into()]).await.unwrap();
        assert_eq!(count, 1);
        post(&world, "/api/users/list", String::new(), &chief).await;
        let count: i64 =
            world.center.db().read().await.unwrap().value(untouched, vec![seen.into()]).await.unwrap();
        assert_eq!(count, 0);
    }
}
