//! What is open to a user whose company asks for a second step that is not set up yet.

use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use center::access::{Kind, Needs, table};
use model::{AppError, ErrorCode};
use tower::ServiceExt;

use super::rights::{World, request_for_nothing};

/// Setting it up, and acting for another company instead.
const OPEN: [&str; 6] = [
    "page.profile.second_step",
    "accounts.my_second_step",
    "accounts.begin_second_step",
    "accounts.set_up_second_step",
    "accounts.keep_recovery_codes",
    "accounts.switch_company",
];

#[tokio::test]
async fn until_it_is_set_up_nothing_else_opens() {
    let world = World::new().await;
    let sql = "UPDATE companies SET second_step_required = TRUE WHERE id = $1";
    world.sql(sql, vec![world.company_a.into()]).await;
    let cookie = world.actor_named("main contact").await;
    for spec in table().iter().filter(|spec| matches!(spec.needs, Needs::SignedIn | Needs::Right(..))) {
        let request = request_for_nothing(&world, spec, &cookie).await;
        let asked = request.uri().to_string();
        let response = world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = to_bytes(body, 10_000_000).await.unwrap();
        let refused = serde_json::from_slice::<AppError>(&body).map(|error| error.code);
        if OPEN.contains(&spec.name) {
            assert!(!to.starts_with("/profile/second-step?"), "{}", spec.name);
            assert_ne!(refused.ok(), Some(ErrorCode::SecondStepRequired), "{}", spec.name);
            continue;
        }
        match spec.kind {
            Kind::Function => {
                assert_eq!(parts.status, StatusCode::UNAUTHORIZED, "{}", spec.name);
                assert_eq!(refused.unwrap(), ErrorCode::SecondStepRequired, "{}", spec.name);
            }
            Kind::Page => {
                let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
                let expected = if asked == "/" {
                    "/profile/second-step".to_owned()
                } else {
                    format!("/profile/second-step?next={next}")
                };
                assert_eq!(
                    (parts.status, to.as_str()),
                    (StatusCode::SEE_OTHER, expected.as_str()),
                    "{}",
                    spec.name
                );
            }
            // A browser is led on by the start page, or by the page that the file belongs to.
            Kind::Route => {
                assert_eq!(parts.status, StatusCode::SEE_OTHER, "{}", spec.name);
                assert!(to == "/" || to.starts_with("/profile/second-step?"), "{} leads to {to}", spec.name);
            }
        }
    }
    // Another company does not ask for it.
    let other = world.actor_named("other company's main contact").await;
    let users = table().iter().find(|spec| spec.name == "page.users").unwrap();
    let response =
        world.router.clone().oneshot(request_for_nothing(&world, users, &other).await).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn without_a_password_there_is_no_second_step() {
    let world = World::new().await;
    let page = table().iter().find(|spec| spec.name == "page.second_step").unwrap();
    let response = world.router.clone().oneshot(request_for_nothing(&world, page, "").await).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body(), 1_000_000).await.unwrap();
    let body = String::from_utf8_lossy(&body);
    assert!(body.contains("Sign in again") && !body.contains("name=\"code\""), "{body}");
    let signed_in = world.actor_named("buyer").await;
    let response =
        world.router.clone().oneshot(request_for_nothing(&world, page, &signed_in).await).await.unwrap();
    assert_eq!(response.headers()[LOCATION], "/");
}
