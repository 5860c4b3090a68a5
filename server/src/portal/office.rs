//! The Back Office and the portal are two places: what opens one opens nothing of the other, and a
//! password alone opens neither.

use axum::body::to_bytes;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use center::access::{Kind, Needs, Spec, table};
use model::{AppError, ErrorCode};
use tower::ServiceExt;

use super::request::of_office;
use super::rights::{World, request_for_nothing};

/// What a page or function answers: its status, where it leads, what it says.
async fn ask(world: &World, spec: &Spec, cookie: &str) -> (StatusCode, String, String) {
    let request = request_for_nothing(world, spec, cookie).await;
    let response = world.router.clone().oneshot(request).await.unwrap();
    let to = response.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let status = response.status();
    let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    (status, to.unwrap_or_default(), String::from_utf8_lossy(&body).into_owned())
}

fn code(body: &str) -> ErrorCode {
    serde_json::from_str::<AppError>(body).unwrap().code
}

/// Pages and functions of the Back Office that want both steps.
fn closed() -> impl Iterator<Item = &'static Spec> {
    table().iter().filter(|spec| matches!(spec.needs, Needs::Staff | Needs::Office(_)))
}

#[tokio::test]
async fn the_password_alone_leads_to_the_second_step_from_everywhere() {
    let world = World::new().await;
    let cookie = world.staff("administrator", false).await;
    let mut seen = 0;
    for spec in closed() {
        let (status, to, body) = ask(&world, spec, &cookie).await;
        match spec.kind {
            Kind::Page => {
                assert_eq!(status, StatusCode::SEE_OTHER, "{}", spec.path);
                assert!(to.starts_with("/office/second-step"), "{} leads to {to}", spec.path);
                assert!(spec.path == "/office" || to.contains("?next=%2Foffice"), "{to}");
            }
            Kind::Function => {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{}", spec.path);
                assert_eq!(code(&body), ErrorCode::SecondStepRequired, "{}", spec.path);
            }
            Kind::Route => assert!(!status.is_success(), "{} answers {status}", spec.path),
        }
        seen += 1;
    }
    assert!(seen > 1);
}

#[tokio::test]
async fn a_session_of_one_place_opens_nothing_of_the_other() {
    let world = World::new().await;
    let staff = world.staff("administrator", true).await;
    let user = world.actor_named("main contact").await;
    let renamed = |cookie: &str, name: &str| format!("{name}={}", cookie.split_once('=').unwrap().1);
    let at_office = [user.clone(), renamed(&user, "cc_office"), renamed(&staff, "cc_session")];
    let at_portal = [staff.clone(), renamed(&staff, "cc_session"), renamed(&user, "cc_office")];
    for spec in table().iter().filter(|spec| spec.needs != Needs::Anyone && spec.kind != Kind::Route) {
        let of_office = of_office(spec.path);
        for cookie in if of_office { &at_office } else { &at_portal } {
            let (status, to, body) = ask(&world, spec, cookie).await;
            if spec.kind == Kind::Page {
                let sign_in = if of_office { "/office/sign-in" } else { "/sign-in" };
                assert_eq!(status, StatusCode::SEE_OTHER, "{} with {cookie}", spec.path);
                assert!(
                    to == sign_in || to.starts_with(&format!("{sign_in}?")),
                    "{} leads to {to}",
                    spec.path
                );
            } else {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{} with {cookie}", spec.path);
                assert_eq!(code(&body), ErrorCode::Unauthenticated, "{}", spec.path);
            }
        }
    }
}

#[tokio::test]
async fn both_sessions_of_one_browser_stay_apart() {
    let world = World::new().await;
    let both = format!("{}; {}", world.staff("auditor", true).await, world.actor_named("main contact").await);
    let page = |path: &str| table().iter().find(|spec| spec.path == path && spec.kind == Kind::Page).unwrap();
    let (status, _, body) = ask(&world, page("/office"), &both).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Welcome, Staff"), "{body}");
    let (status, _, body) = ask(&world, page("/"), &both).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("Welcome, Somebody"), "{body}");
    // Who is signed in need not sign in, and the other place knows nothing of it.
    let office = world.staff("auditor", true).await;
    let (status, to, _) = ask(&world, page("/office/sign-in"), &office).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/office"));
    let (status, ..) = ask(&world, page("/sign-in"), &office).await;
    assert_eq!(status, StatusCode::OK);
}
