//! One person in two companies with two tabs: what was loaded for one company is neither sent to nor shown of the
//! other.

use app::ACTING_HEADER;
use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use center::access::Actor;
use center::accounts::sessions;
use center::throttle::ENDED_SESSIONS;
use model::{AppError, ErrorCode};
use tower::ServiceExt;
use uuid::Uuid;

use super::rights::World;

const LIST: &str = "/users";

async fn ask(world: &World, request: Request<Body>) -> Response<Body> {
    world.router.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn post(
    world: &World,
    path: &str,
    fields: &[(&str, &str)],
    cookie: &str,
    accept: &str,
    acting: Option<&str>,
) -> Response<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut request = Request::post(path)
        .header(COOKIE, cookie)
        .header(ACCEPT, accept)
        .header(REFERER, format!("http://localhost:3000{LIST}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(acting) = acting {
        request = request.header(ACTING_HEADER, acting);
    }
    ask(world, request.body(Body::from(body)).unwrap()).await
}

async fn page(world: &World, path: &str, cookie: &str) -> (StatusCode, String) {
    let request = Request::get(path).header(COOKIE, cookie).header(ACCEPT, "text/html");
    let response = ask(world, request.body(Body::empty()).unwrap()).await;
    (response.status(), text(response).await)
}

async fn head(world: &World, path: &str, cookie: &str) -> (StatusCode, HeaderMap) {
    let request = Request::get(path).header(COOKIE, cookie).header(ACCEPT, "text/html");
    let response = ask(world, request.body(Body::empty()).unwrap()).await;
    (response.status(), response.headers().clone())
}

fn set_cookie(response: &Response<Body>, name: &str) -> String {
    let cookies = response.headers().get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    let found = cookies.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with(name));
    found.unwrap().to_owned()
}

/// The value that stands for whom a page was loaded, as its forms send it.
fn acting_of(page: &str) -> String {
    let found = page.split_once("name=\"acting\" value=\"").unwrap().1;
    found.split('"').next().unwrap().to_owned()
}

/// A main contact of both companies, signed in for A.
async fn of_both(world: &World) -> (String, Uuid) {
    let cookie = world.actor_named("main contact").await;
    let token = cookie.trim_start_matches("cc_session=");
    let client = Actor::Anonymous(center::access::Client {
        address: "192.0.2.1".parse().unwrap(),
        device: String::new(),
        locale: model::Locale::En,
        theme: model::Theme::System,
        shop: std::sync::Arc::new(center::shop::Shop::configured(world.center.settings())),
        off: model::FeaturesOff::default(),
    });
    let who = sessions::resolve(&world.center, token, client.client()).await.unwrap().unwrap();
    world
        .sql(
            "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, created_at)
             SELECT $1, id, name, 'somebody', email, 1, 0 FROM users WHERE id = $2",
            vec![world.company_b.into(), who.user.into()],
        )
        .await;
    world
        .sql(
            "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, 'main_contact')",
            vec![world.company_b.into(), who.user.into()],
        )
        .await;
    (cookie, who.user.0)
}

#[tokio::test]
async fn a_page_of_one_company_does_nothing_to_and_shows_nothing_of_another() {
    let world = World::new().await;
    let (old, _) = of_both(&world).await;
    let (status, list) = page(&world, LIST, &old).await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("id=\"companies\"") && list.contains(&world.company_b.to_string()), "{list}");
    let acting = acting_of(&list);

    let to = world.company_b.to_string();
    let switched =
        post(&world, "/api/accounts/switch_company", &[("place", &to)], &old, "text/html", None).await;
    assert_eq!(switched.status(), StatusCode::SEE_OTHER);
    assert_eq!(switched.headers()[LOCATION], "/");
    let new = set_cookie(&switched, "cc_session");
    assert_eq!(page(&world, LIST, &old).await.0, StatusCode::SEE_OTHER, "the old token is dead");
    let (_, list) = page(&world, LIST, &new).await;
    assert_ne!(acting_of(&list), acting);

    // The other tab still shows company A.
    let form = [
        ("acting", acting.as_str()),
        ("salutation", "none"),
        ("name", "Nora Neu"),
        ("email", "nora@a.example"),
        ("roles", "buyer"),
    ];
    let json = "application/json";
    for asked in [
        post(&world, "/api/users/request", &form, &new, json, None).await,
        post(&world, "/api/users/request", &form[1..], &new, json, Some(&acting)).await,
        post(&world, "/api/users/list", &[], &new, json, Some(&acting)).await,
    ] {
        assert_eq!(asked.status(), StatusCode::CONFLICT);
        let refused: AppError = serde_json::from_str(&text(asked).await).unwrap();
        assert_eq!(refused.code, ErrorCode::ActsElsewhere);
    }
    let plain = post(&world, "/api/users/request", &form, &new, "text/html", None).await;
    assert_eq!(plain.headers()[LOCATION], "/?done=acts_elsewhere");
    assert!(page(&world, "/?done=acts_elsewhere", &new).await.1.contains("Nothing was done."));
    for file in ["/users/export.csv", "/company/activity.csv", "/company/activity.json"] {
        let (status, headers) = head(&world, &format!("{file}?acting={acting}"), &new).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{file}");
        assert_eq!(headers[LOCATION], "/?done=acts_elsewhere", "{file}");
    }
    let (status, _) = head(&world, &format!("/users/export.csv?acting={}", acting_of(&list)), &new).await;
    assert_eq!(status, StatusCode::OK);
    let sql = "SELECT count(*) AS n FROM users WHERE email = 'nora@a.example'";
    let made: i64 = world.center.db().read().await.unwrap().value(sql, Vec::new()).await.unwrap();
    assert_eq!(made, 0);

    // A page of the company acted for goes on, and so does signing out from whichever.
    let now = acting_of(&list);
    let asked = post(&world, "/api/users/list", &[], &new, json, Some(&now)).await;
    assert_eq!(asked.status(), StatusCode::OK);
    let out = post(&world, "/api/accounts/sign_out", &[("acting", &acting)], &new, json, Some(&acting)).await;
    assert_eq!(out.status(), StatusCode::OK);
    assert_eq!(out.headers()["clear-site-data"], "\"cache\", \"storage\"");
}

#[tokio::test]
async fn a_form_that_was_refused_for_one_company_does_not_come_back_for_another() {
    let world = World::new().await;
    let (cookie, _) = of_both(&world).await;
    let form = [("salutation", "none"), ("name", "Nora Neu"), ("email", "nonsense"), ("roles", "buyer")];
    let refused = post(&world, "/api/users/request", &form, &cookie, "text/html", None).await;
    let to = refused.headers()[LOCATION].to_str().unwrap().replace(LIST, "/users/new");
    let owner = set_cookie(&refused, "cc_form");
    let shown = page(&world, &to, &format!("{cookie}; {owner}")).await.1;
    assert!(shown.contains("Nora Neu"), "{shown}");

    let place = world.company_b.to_string();
    let fields = [("place", place.as_str())];
    let switched = post(&world, "/api/accounts/switch_company", &fields, &cookie, "text/html", None).await;
    let new = set_cookie(&switched, "cc_session");
    let shown = page(&world, &to, &format!("{new}; {owner}")).await.1;
    assert!(!shown.contains("Nora Neu") && !shown.contains("nonsense"), "{shown}");
}

#[tokio::test]
async fn what_is_sent_after_the_session_ended_is_shown_to_who_signs_in_again() {
    let world = World::new().await;
    let (cookie, _) = of_both(&world).await;
    let acting = acting_of(&page(&world, LIST, &cookie).await.1);
    let form = [
        ("acting", acting.as_str()),
        ("salutation", "none"),
        ("name", "Nora Neu"),
        ("email", "nora@a.example"),
        ("roles", "buyer"),
    ];
    let ended = "cc_session=".to_owned() + &"0".repeat(64);
    let sent = post(&world, "/api/users/request", &form, &ended, "text/html", None).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let owner = set_cookie(&sent, "cc_form");
    let to = sent.headers()[LOCATION].to_str().unwrap().to_owned();
    let (sign_in, next) = to.split_once("?next=").unwrap();
    assert_eq!(sign_in, "/sign-in");
    let next: String =
        form_urlencoded::parse(format!("next={next}").as_bytes()).next().unwrap().1.into_owned();
    let (list, draft) = next.split_once("?draft=").unwrap();
    assert_eq!(list, LIST);
    let back = format!("/users/new?draft={draft}");

    let shown = page(&world, &back, &format!("{cookie}; {owner}")).await.1;
    assert!(shown.contains("Nora Neu") && shown.contains("your session had ended"), "{shown}");
    // Nobody else in this browser sees it, nor the same person for another company.
    let place = world.company_b.to_string();
    let fields = [("place", place.as_str())];
    let switched = post(&world, "/api/accounts/switch_company", &fields, &cookie, "text/html", None).await;
    let elsewhere = set_cookie(&switched, "cc_session");
    let other = world.actor_named("main contact").await;
    for cookie in [elsewhere, other, String::new()] {
        let shown = page(&world, &back, &format!("{cookie}; {owner}")).await.1;
        assert!(!shown.contains("Nora Neu"), "{shown}");
    }
    let sql = "SELECT count(*) AS n FROM users WHERE email = 'nora@a.example'";
    let made: i64 = world.center.db().read().await.unwrap().value(sql, Vec::new()).await.unwrap();
    assert_eq!(made, 0);
    // A form that says nothing of for whom it was loaded, or nonsense, is kept for nobody.
    let nothing_kept = format!("/sign-in?next={}", LIST.replace('/', "%2F"));
    let mut nonsense = form;
    nonsense[0].1 = "nonsense";
    for form in [&form[1..], &nonsense] {
        let sent = post(&world, "/api/users/request", form, &ended, "text/html", None).await;
        assert_eq!(sent.headers()[LOCATION], nothing_kept);
    }
    // Nor are more kept from one address than somebody types.
    for sent in 2..=ENDED_SESSIONS.allowed + 1 {
        let answer = post(&world, "/api/users/request", &form, &ended, "text/html", None).await;
        let kept = answer.headers()[LOCATION] != nothing_kept;
        assert_eq!(kept, sent <= ENDED_SESSIONS.allowed, "{sent}");
    }
}

#[tokio::test]
async fn a_form_that_comes_back_keeps_the_version_that_it_was_typed_for() {
    let world = World::new().await;
    let (cookie, _) = of_both(&world).await;
    let user = world.member(world.company_a, &["viewer"], true, false).await.to_string();
    let form = [
        ("user", user.as_str()),
        ("version", "7"),
        ("salutation", "none"),
        ("name", ""),
        ("email", "v@a.example"),
        ("roles", "viewer"),
    ];
    let refused = post(&world, "/api/users/edit", &form, &cookie, "text/html", None).await;
    let to = refused.headers()[LOCATION].to_str().unwrap().replace(LIST, &format!("/users/{user}"));
    let owner = set_cookie(&refused, "cc_form");
    let shown = page(&world, &to, &format!("{cookie}; {owner}")).await.1;
    assert!(shown.contains("name=\"version\" value=\"7\""), "{shown}");
}

#[tokio::test]
async fn who_has_one_company_is_offered_no_switch() {
    let world = World::new().await;
    let chief = world.actor_named("main contact").await;
    assert!(!page(&world, LIST, &chief).await.1.contains("id=\"companies\""));
    assert!(!page(&world, "/profile", &chief).await.1.contains("switch_company"));
}
