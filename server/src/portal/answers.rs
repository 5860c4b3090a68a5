//! What programs and browsers without JavaScript are answered when something is not done: status,
//! headers, and the form as it comes back.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, REFERER, RETRY_AFTER, SET_COOKIE};
use axum::http::{Request, Response, StatusCode};
use axum::response::IntoResponse;
use model::{AppError, ErrorCode, FieldIssue};
use tower::ServiceExt;
use uuid::Uuid;

use super::pages::set_status;
use super::rights::World;
use crate::web::refusal::Refusal;

const PASSWORD: &str = "drei Hasen im Lagerregal";
/// A main contact of company A, in the list of the rights test.
const CHIEF: usize = 1;

/// The page that forms are sent from.
const LIST: &str = "/users?q=s";

/// A form as a page sends it: with JSON by its script, without by the browser.
async fn post(
    world: &World,
    path: &str,
    fields: &[(&str, &str)],
    cookie: &str,
    json: bool,
) -> Response<Body> {
    post_from(world, LIST, path, fields, cookie, json).await
}

/// As [`post`], from this page.
async fn post_from(
    world: &World,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
    cookie: &str,
    json: bool,
) -> Response<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path)
        .header(COOKIE, cookie)
        .header(ACCEPT, if json { "application/json" } else { "text/html" })
        .header(REFERER, format!("http://localhost:3000{page}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    world.router.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn error(response: Response<Body>) -> AppError {
    serde_json::from_str(&text(response).await).unwrap()
}

fn header(response: &Response<Body>, name: axum::http::HeaderName) -> &str {
    response.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

/// Keeps the hasher busy until it is dropped: each task takes the next free place.
fn occupied(world: &World) -> tokio::task::JoinSet<()> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let center = Arc::clone(&world.center);
        tasks.spawn(async move {
            loop {
                let _ = center.passwords().verify("x".to_owned(), None).await;
                tokio::task::yield_now().await;
            }
        });
    }
    tasks
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_busy_hasher_says_when_to_try_again() {
    let world = World::new().await;
    let busy = occupied(&world);
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let mut seen = Vec::new();
    for json in [true, false] {
        // A place may become free at the very moment; then the password is judged.
        for _ in 0..20 {
            let fields = [("email", "nobody@portal.example"), ("password", "x")];
            let response = post(&world, "/api/accounts/sign_in", &fields, "", json).await;
            if response.status() == StatusCode::SERVICE_UNAVAILABLE {
                assert_eq!(header(&response, RETRY_AFTER), "2");
                seen.push(json);
                if json {
                    assert_eq!(error(response).await.code, ErrorCode::Busy);
                } else {
                    // The outer layer writes the page of it.
                    assert_eq!(response.extensions().get(), Some(&Refusal::Busy));
                }
                break;
            }
        }
    }
    drop(busy);
    assert_eq!(seen, [true, false]);
}

#[test]
fn a_page_that_can_t_be_shown_now_says_when_to_try_again() {
    for (code, status, retry_after) in [
        (ErrorCode::Busy, 503, "2"),
        (ErrorCode::TooManyRequests { retry_after: 417 }, 429, "417"),
        (ErrorCode::NotFound, 404, ""),
        (ErrorCode::Internal, 500, ""),
    ] {
        let mut response = "page".into_response();
        set_status(&mut response, &code.into());
        assert_eq!((response.status().as_u16(), header(&response, RETRY_AFTER)), (status, retry_after));
    }
}

#[tokio::test]
async fn a_function_of_another_version_is_told_from_what_is_not_there() {
    let world = World::new().await;
    for json in [true, false] {
        let response = post(&world, "/api/users/of_yesterday", &[], "", json).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.extensions().get(), Some(&Refusal::UnknownFunction));
    }
    let chief = world.actor(CHIEF).await;
    let fields = [("user", "0197-unknown")];
    let unknown = post(&world, "/api/users/get", &fields, &chief, true).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(error(unknown).await.code, ErrorCode::NotFound);
    let field_of_yesterday = post(&world, "/api/users/get", &[("person", "1")], &chief, true).await;
    assert_eq!(field_of_yesterday.status(), StatusCode::BAD_REQUEST);
    assert_eq!(field_of_yesterday.extensions().get(), Some(&Refusal::BadRequest));
}

/// A main contact whose password was typed long ago, and another one to change.
async fn late_chief(world: &World) -> (String, Uuid) {
    let cookie = world.actor(CHIEF).await;
    let other = world.member(world.company_a, &["main_contact"], true, false).await;
    let hash = world.center.passwords().hash(PASSWORD.to_owned()).await.unwrap();
    world.sql("UPDATE users SET password_hash = $1", vec![hash.into()]).await;
    world.sql("UPDATE sessions SET password_checked_at = 0", vec![]).await;
    (cookie, other)
}

async fn count(world: &World, sql: &'static str) -> i64 {
    world.center.db().read().await.unwrap().value(sql, Vec::new()).await.unwrap()
}

const OFF: &str = "SELECT count(*) AS n FROM members WHERE deactivated_at IS NOT NULL";

#[tokio::test]
async fn a_program_is_told_that_the_password_is_needed_again() {
    let world = World::new().await;
    let (cookie, other) = late_chief(&world).await;
    let other = other.to_string();
    let late = post(&world, "/api/users/deactivate", &[("user", &other)], &cookie, true).await;
    assert_eq!(late.status(), StatusCode::FORBIDDEN);
    let refusal = error(late).await;
    assert_eq!(refusal.code, ErrorCode::ReauthRequired);
    assert_eq!(refusal.issue("current"), Some(FieldIssue::PasswordAgain));
    assert_eq!(count(&world, OFF).await, 0);
    let fields = [("user", other.as_str()), ("current", PASSWORD)];
    let done = post(&world, "/api/users/deactivate", &fields, &cookie, true).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(count(&world, OFF).await, 1);
    // It counts for the session.
    let done = post(&world, "/api/users/activate", &[("user", &other)], &cookie, true).await;
    assert_eq!(done.status(), StatusCode::OK);
}

/// Sends a form without JavaScript that is refused; answers the page that it comes back to.
async fn comes_back(world: &World, path: &str, fields: &[(&str, &str)], cookie: &str) -> String {
    comes_back_to(world, LIST, path, fields, cookie).await
}

/// As [`comes_back`], to this page.
async fn comes_back_to(
    world: &World,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
    cookie: &str,
) -> String {
    let refused = post_from(world, page, path, fields, cookie, false).await;
    assert_eq!(refused.status(), StatusCode::SEE_OTHER);
    let to = header(&refused, LOCATION).to_owned();
    let sign = if page.contains('?') { '&' } else { '?' };
    assert!(to.starts_with(&format!("{page}{sign}draft=")), "{to}");
    let owner = header(&refused, SET_COOKIE).split(';').next().unwrap();
    let request = Request::get(&to).header(COOKIE, format!("{cookie}; {owner}")).header(ACCEPT, "text/html");
    let page = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    text(page).await
}

#[tokio::test]
async fn without_javascript_the_password_is_asked_for_in_place_and_never_kept() {
    let world = World::new().await;
    let (cookie, other) = late_chief(&world).await;
    let other = other.to_string();
    let fields = [("user", other.as_str()), ("back", "/users?q=s")];
    let page = comes_back(&world, "/api/users/deactivate", &fields, &cookie).await;
    assert!(page.contains("Type your password again"), "{page}");
    assert!(page.contains("name=\"current\"") && page.contains("formaction=\"/api/users/deactivate\""));
    assert!(page.contains(&format!("type=\"hidden\" name=\"user\" value=\"{other}\"")), "{page}");
    assert_eq!(count(&world, OFF).await, 0);

    let wrong = "a very wrong password";
    let fields = [("user", other.as_str()), ("back", "/users?q=s"), ("current", wrong)];
    let page = comes_back(&world, "/api/users/deactivate", &fields, &cookie).await;
    assert!(page.contains("Enter your current password") && page.contains("name=\"current\""));
    assert!(!page.contains(wrong));
    let kept = "SELECT count(*) AS n FROM drafts WHERE data LIKE '%very wrong%' OR data LIKE '%Hasen%'";
    assert_eq!(count(&world, kept).await, 0);
    assert_eq!(count(&world, "SELECT count(*) AS n FROM drafts").await, 2);
    assert_eq!(count(&world, OFF).await, 0);
    world.sql("UPDATE attempts SET paused_until = 0", vec![]).await;

    let fields = [("user", other.as_str()), ("back", "/users?q=s"), ("current", PASSWORD)];
    let done = post(&world, "/api/users/deactivate", &fields, &cookie, false).await;
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    assert!(header(&done, LOCATION).starts_with("/users?q=s&done=deactivated&user="));
    assert_eq!(count(&world, OFF).await, 1);
}

#[tokio::test]
async fn other_refusals_of_a_row_come_back_too() {
    let world = World::new().await;
    let (cookie, other) = late_chief(&world).await;
    let other = other.to_string();
    // He is on already.
    let fields = [("user", other.as_str()), ("back", "/users?q=s")];
    let page = comes_back(&world, "/api/users/activate", &fields, &cookie).await;
    assert!(page.contains("This was done already."), "{page}");
    assert!(!page.contains("name=\"current\""));
}

#[tokio::test]
async fn without_javascript_it_is_shown_who_would_lose_what_and_then_confirmed() {
    let world = World::new().await;
    let cookie = world.actor(CHIEF).await;
    let role = world.role(world.company_a).await;
    let member = world.member(world.company_a, &["buyer"], true, false).await;
    let sql = "INSERT INTO member_company_roles (company_id, user_id, role_id) VALUES ($1, $2, $3)";
    world.sql(sql, vec![world.company_a.into(), member.into(), role.into()]).await;
    let at = format!("/users/roles/{role}");
    let role = role.to_string();
    let mut fields = vec![
        ("role", role.as_str()),
        ("version", "1"),
        ("role_name", "Team"),
        ("rights", "prices.view=company"),
    ];
    let page = comes_back_to(&world, &at, "/api/roles/edit", &fields, &cookie).await;
    // A buyer still sees own orders.
    let loss = "1 user would keep this right for own things only: see orders – Somebody";
    assert!(page.contains(loss), "{page}");
    assert!(page.contains("value=\"Team\""), "{page}");
    assert!(page.contains("value=\"prices.view=company\" selected"), "{page}");
    let shown = page.split_once("name=\"shown\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let unchanged = "SELECT count(*) AS n FROM company_roles WHERE version = 1";
    assert_eq!(count(&world, unchanged).await, 1);
    fields.push(("shown", &shown));
    let done = post_from(&world, &at, "/api/roles/edit", &fields, &cookie, false).await;
    assert_eq!(header(&done, LOCATION), format!("{at}?done=role_saved"));
    assert_eq!(count(&world, unchanged).await, 0);

    // Somebody has it, so it stays; the page leads to who that is.
    let fields = [("role", role.as_str()), ("version", "2")];
    let page = comes_back_to(&world, &at, "/api/roles/delete", &fields, &cookie).await;
    assert!(
        page.contains("1 user has this role.") && page.contains(&format!("/users?role={role}")),
        "{page}"
    );
}
