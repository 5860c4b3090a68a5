//! Views of the portal at the host: what they can't do, and that their cookie opens nothing in the Back Office.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, SET_COOKIE};
use center::access::{Kind, Needs, table};
use center::store::Value;
use tower::ServiceExt;
use uuid::Uuid;

use super::rights::World;

struct Answer {
    status: u16,
    body: String,
    cookies: Vec<String>,
}

async fn send(world: &World, request: Request<Body>) -> Answer {
    let response = world.router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let cookies = response.headers().get_all(SET_COOKIE).iter();
    let cookies = cookies.map(|value| value.to_str().unwrap().to_owned()).collect();
    let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    Answer { status, body: String::from_utf8_lossy(&body).into_owned(), cookies }
}

async fn post(world: &World, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    let request = Request::post(path)
        .header(COOKIE, cookie)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(world, request.body(Body::from(form.finish())).unwrap()).await
}

async fn get(world: &World, path: &str, cookie: &str) -> Answer {
    let request = Request::get(path).header(COOKIE, cookie).header(ACCEPT, "text/html");
    send(world, request.body(Body::empty()).unwrap()).await
}

async fn count(world: &World, sql: &'static str, values: Vec<Value>) -> i64 {
    world.center.db().read().await.unwrap().value(sql, values).await.unwrap()
}

/// Begins a view of a main contact of company A; its cookie, and who is viewed.
async fn view(world: &World, acts: &str) -> (String, Uuid) {
    let office = world.staff("service", true).await;
    let viewed = world.member(world.company_a, &["main_contact"], true, false).await;
    let (person, company) = (viewed.to_string(), world.company_a.to_string());
    let fields = [("person", person.as_str()), ("company", &company), ("reason", "A call"), ("acts", acts)];
    let begun = post(world, "/api/office/users_view_as", &office, &fields).await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    let cookie = begun.cookies.iter().find(|cookie| cookie.starts_with("cc_session=")).unwrap();
    (cookie.split(';').next().unwrap().to_owned(), viewed)
}

#[tokio::test]
async fn a_view_for_reading_is_refused_every_function_that_does_something() {
    let world = World::new().await;
    let (cookie, _) = view(&world, "").await;
    let page = get(&world, "/users", &cookie).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("You see the portal as Somebody") && page.body.contains("/api/accounts/end_view")
    );
    let entries = count(&world, "SELECT count(*) AS n FROM audit", vec![]).await;
    let mut refused = 0;
    for spec in
        table().iter().filter(|spec| spec.kind == Kind::Function && !spec.path.starts_with("/api/office/"))
    {
        if spec.name == "accounts.end_view" || spec.name == "accounts.sign_out" {
            continue;
        }
        let answer = post(&world, spec.path, &cookie, &[]).await;
        if answer.body.contains("view_refuses") {
            assert_eq!(answer.status, 403, "{}", spec.name);
            refused += 1;
        }
    }
    assert!(refused > 40, "{refused}");
    // What was let through has only read.
    assert_eq!(count(&world, "SELECT count(*) AS n FROM audit", vec![]).await, entries);
    let plain = "SELECT count(*) AS n FROM users WHERE locale <> 'en' OR password_hash IS NOT NULL";
    assert_eq!(count(&world, plain, vec![]).await, 0);
}

#[tokio::test]
async fn a_view_that_acts_is_refused_what_somebody_gets_in_with() {
    let world = World::new().await;
    let (cookie, _) = view(&world, "true").await;
    let colleague = world.member(world.company_a, &["buyer"], true, false).await.to_string();
    for path in [
        "/api/accounts/change_password",
        "/api/accounts/confirm_password",
        "/api/accounts/change_email",
        "/api/accounts/revoke_session",
        "/api/accounts/revoke_other_sessions",
        "/api/accounts/set_password",
        "/api/accounts/confirm_email",
        "/api/accounts/sign_in",
    ] {
        let answer = post(&world, path, &cookie, &[]).await;
        assert!(answer.status == 403 && answer.body.contains("view_refuses"), "{path} {}", answer.body);
    }
    let off = post(&world, "/api/users/deactivate", &cookie, &[("user", &colleague)]).await;
    assert_eq!(off.status, 200, "{}", off.body);
    let by_staff =
        "SELECT count(*) AS n FROM audit WHERE event = 'user_deactivated' AND actor_kind = 'staff'";
    assert_eq!(count(&world, by_staff, vec![]).await, 1);
}

#[tokio::test]
async fn the_cookie_of_a_view_opens_nothing_in_the_back_office() {
    let world = World::new().await;
    let (cookie, viewed) = view(&world, "true").await;
    let as_office = cookie.replace("cc_session=", "cc_office=");
    for cookie in [&cookie, &as_office] {
        for spec in table().iter().filter(|spec| spec.path.starts_with("/api/office/")) {
            if spec.needs != Needs::Anyone {
                let (person, company) = (viewed.to_string(), world.company_a.to_string());
                let known =
                    ["person", "session", "staff", "result", "id"].map(|name| (name, person.as_str()));
                let known = known.into_iter().chain([("company", company.as_str())]);
                let fields: Vec<_> = known.filter(|(name, _)| spec.args.contains(name)).collect();
                let answer = post(&world, spec.path, cookie, &fields).await;
                // What names nothing that there could be is not looked for.
                assert!(matches!(answer.status, 401 | 404), "{} {}", spec.name, answer.body);
            }
        }
        let page = get(&world, &format!("/office/users/{viewed}"), cookie).await;
        assert_eq!(page.status, 303);
        let data = get(&world, &format!("/office/users/{viewed}/data.json"), cookie).await;
        assert_eq!(data.status, 303);
    }
}

#[tokio::test]
async fn a_view_ends_by_its_button() {
    let world = World::new().await;
    let (cookie, viewed) = view(&world, "").await;
    let ended = post(&world, "/api/accounts/end_view", &cookie, &[]).await;
    assert_eq!(ended.status, 200);
    assert!(ended.body.contains(&format!("/office/users/{viewed}")));
    assert!(ended.cookies.iter().any(|cookie| cookie.starts_with("cc_session=;")));
    assert_eq!(get(&world, "/users", &cookie).await.status, 303);
}
