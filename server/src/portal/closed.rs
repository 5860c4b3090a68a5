//! What people get from the host while something is switched off, and what else staff decide about the shop.

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION};
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

use super::rights::World;

type Answer = (StatusCode, HeaderMap, Vec<u8>);

async fn ask(world: &World, request: Request<Body>) -> Answer {
    let response = world.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, 1_000_000).await.unwrap().to_vec())
}

async fn get(world: &World, path: &str, cookie: &str, accept: &str) -> Answer {
    let request = Request::get(path).header(COOKIE, cookie).header(ACCEPT, accept);
    ask(world, request.body(Body::empty()).unwrap()).await
}

async fn post(world: &World, path: &str, cookie: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header(COOKIE, cookie)
        .header(ACCEPT, "application/json")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(world, request.body(Body::from(body.to_owned())).unwrap()).await
}

fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body).into_owned()
}

async fn switch(world: &World, off: &'static str) {
    world.sql("UPDATE shop SET features_off = $1", vec![off.into()]).await;
}

#[tokio::test]
async fn without_customer_access_every_page_says_so_and_how_to_reach_the_shop() {
    let world = World::new().await;
    let chief = world.actor_named("main contact").await;
    let office = world.actor_named("staff: administrator").await;
    assert_eq!(get(&world, "/users", &chief, "text/html").await.0, StatusCode::OK);
    switch(&world, "customer_access").await;
    for cookie in [chief.as_str(), ""] {
        for path in
            ["/", "/users", "/profile", "/sign-in", "/c/a", "/forgot-password", "/activate", "/set-password"]
        {
            let (status, _, body) = get(&world, path, cookie, "text/html").await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
            let page = text(&body);
            assert!(
                page.contains("This is switched off") && page.contains("shop@shop.example"),
                "{path}: {page}"
            );
        }
        let (status, _, body) = post(&world, "/api/users/list", cookie, "").await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(text(&body).contains(r#""feature_off":{"feature":"customer_access"}"#), "{}", text(&body));
        let (status, _, body) = get(&world, "/users/export.csv", cookie, "*/*").await;
        assert_eq!((status, text(&body).contains("customer_access")), (StatusCode::FORBIDDEN, true));
        assert_ne!(get(&world, "/users/live", cookie, "text/event-stream").await.0, StatusCode::OK);
    }
    assert_eq!(get(&world, "/office/features", &office, "text/html").await.0, StatusCode::OK);
    assert_eq!(get(&world, "/office/sign-in", "", "text/html").await.0, StatusCode::OK);
    switch(&world, "").await;
    assert_eq!(get(&world, "/users", &chief, "text/html").await.0, StatusCode::OK, "the session stayed");
}

#[tokio::test]
async fn one_company_is_closed_and_the_other_is_not() {
    let world = World::new().await;
    let here = world.actor_named("main contact").await;
    let there = world.actor_named("other company's main contact").await;
    let sql = "UPDATE companies SET features_off = 'customer_access' WHERE id = $1";
    world.sql(sql, vec![world.company_a.into()]).await;
    assert_eq!(get(&world, "/users", &here, "text/html").await.0, StatusCode::FORBIDDEN);
    assert_eq!(get(&world, "/users", &there, "text/html").await.0, StatusCode::OK);
    assert_eq!(get(&world, "/sign-in", "", "text/html").await.0, StatusCode::OK);
    let (status, _, page) = get(&world, "/c/a", "", "text/html").await;
    assert_eq!((status, text(&page).contains("This is switched off")), (StatusCode::FORBIDDEN, true));
}

#[tokio::test]
async fn without_self_activation_nothing_leads_there() {
    let world = World::new().await;
    let links =
        async || text(&get(&world, "/sign-in", "", "text/html").await.2).contains("href=\"/activate\"");
    assert!(links().await);
    switch(&world, "self_activation").await;
    assert!(!links().await);
    for path in ["/activate", "/activate/you", "/activate/result"] {
        assert_eq!(get(&world, path, "", "text/html").await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(post(&world, "/api/activation/start", "", "").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn former_addresses_of_companies_lead_on() {
    let world = World::new().await;
    let sql = "INSERT INTO former_slugs (slug, company_id, until) VALUES ('before', $1, 0)";
    world.sql(sql, vec![world.company_a.into()]).await;
    let (status, headers, _) = get(&world, "/c/before", "", "text/html").await;
    assert_eq!((status, headers[LOCATION].to_str().unwrap()), (StatusCode::SEE_OTHER, "/c/a"));
    assert_eq!(get(&world, "/c/a", "", "text/html").await.0, StatusCode::OK);
    assert_eq!(get(&world, "/c/never", "", "text/html").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn pages_show_the_shop_as_staff_set_it_up() {
    let world = World::new().await;
    let page = async || text(&get(&world, "/sign-in", "", "text/html").await.2);
    assert!(!page().await.contains("--brand-h"));
    let sql = "UPDATE shop SET name = 'Tools & <Co>', brand_hue = 25, logo = $1";
    world.sql(sql, vec!["ab".repeat(32).into()]).await;
    let shown = page().await;
    assert!(shown.contains(":root{--brand-h:25}</style>"), "{shown}");
    assert!(shown.contains(&format!("src=\"/brand/{}.png\"", "ab".repeat(32))), "{shown}");
    assert!(shown.contains("Tools &amp; &lt;Co") && !shown.contains("<Co>"), "{shown}");
}

/// A picture in the form of the page.
fn form(content: &[u8]) -> Vec<u8> {
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"../../l.png\"\r\nContent-Type: image/png\r\n\r\n"
            .to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    body
}

/// The same in the form of a company's page.
fn form_of(company: &str, content: &[u8]) -> Vec<u8> {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"company\"\r\n\r\n".to_vec();
    body.extend_from_slice(company.as_bytes());
    body.extend_from_slice(b"\r\n");
    body.extend(form(content));
    body
}

async fn upload(world: &World, cookie: &str, body: Vec<u8>) -> Answer {
    let request = Request::post("/office/shop/logo")
        .header(COOKIE, cookie)
        .header(ACCEPT, "text/html")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x");
    ask(world, request.body(Body::from(body)).unwrap()).await
}

/// A black pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00,
    0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8, 0x0f, 0x00, 0x01,
    0x04, 0x01, 0x00, 0x5f, 0xe5, 0xc3, 0x4b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];

#[tokio::test]
async fn staff_upload_a_logo_that_everybody_sees() {
    let world = World::new().await;
    let admin = world.actor_named("staff: administrator").await;
    let auditor = world.actor_named("staff: auditor").await;
    let (status, headers, body) = upload(&world, &admin, form(PIXEL)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}", text(&body));
    assert_eq!(headers[LOCATION], "/office/shop?done=logo_saved");
    let path = center::shop::read(&world.center).await.unwrap().logo_path().unwrap();
    let (status, headers, png) = get(&world, &path, "", "image/*").await;
    assert_eq!((status, headers[CONTENT_TYPE].to_str().unwrap()), (StatusCode::OK, "image/png"));
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
    assert!(png.starts_with(b"\x89PNG"));

    let svg = upload(&world, &admin, form(b"<svg xmlns='http://www.w3.org/2000/svg'/>")).await;
    assert!(svg.1[LOCATION].to_str().unwrap().starts_with("/office/shop?draft="), "{:?}", svg.1);
    let sign_in = upload(&world, "", form(PIXEL)).await;
    assert_eq!(sign_in.1[LOCATION], "/office/sign-in?next=%2Foffice%2Fshop");
    assert_eq!(upload(&world, &auditor, form(PIXEL)).await.0, StatusCode::FORBIDDEN);
    let chief = world.actor_named("main contact").await;
    assert_eq!(upload(&world, &chief, form(PIXEL)).await.0, StatusCode::SEE_OTHER, "led to sign in");
    assert_eq!(upload(&world, &admin, b"nonsense".to_vec()).await.0, StatusCode::BAD_REQUEST);
    let still = center::shop::read(&world.center).await.unwrap().logo_path();
    assert_eq!(still.as_deref(), Some(path.as_str()));
    assert_eq!(get(&world, "/brand/x.png", "", "image/*").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_company_s_logo_stands_at_its_own_address() {
    let world = World::new().await;
    let admin = world.actor_named("staff: administrator").await;
    let sign_in = async |slug: &str| text(&get(&world, &format!("/c/{slug}"), "", "text/html").await.2);
    assert!(!sign_in("a").await.contains("/brand/"));
    let page = format!("/office/companies/{}/address", world.company_a);
    let (status, headers, body) = upload(&world, &admin, form_of(&world.company_a.to_string(), PIXEL)).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{}", text(&body));
    assert_eq!(headers[LOCATION], format!("{page}?done=logo_saved"));
    let shown = sign_in("a").await;
    let path = shown.split("src=\"").find_map(|part| part.strip_prefix("/brand/")).unwrap();
    let path = format!("/brand/{}", path.split('"').next().unwrap());
    assert!(shown.contains("alt=\"Logo of "), "{shown}");
    assert!(!sign_in("b").await.contains("/brand/"), "another company has none");
    assert!(!text(&get(&world, "/sign-in", "", "text/html").await.2).contains("/brand/"), "nor has the shop");
    assert!(text(&get(&world, &page, &admin, "text/html").await.2).contains(&path));
    let (status, headers, _) = get(&world, &path, "", "image/*").await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));

    // Refused, it leads back to the page that it came from.
    let from = format!("{}{page}", world.center.settings().public_url);
    let request = Request::post("/office/shop/logo")
        .header(COOKIE, &admin)
        .header(ACCEPT, "text/html")
        .header("referer", from)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x");
    let body = Body::from(form_of(&world.company_a.to_string(), b"<svg/>"));
    let (_, headers, _) = ask(&world, request.body(body).unwrap()).await;
    assert!(headers[LOCATION].to_str().unwrap().starts_with(&format!("{page}?draft=")), "{headers:?}");
    for nobodys in ["x", ""] {
        let refused = upload(&world, &admin, form_of(nobodys, PIXEL)).await;
        assert_eq!(refused.0, StatusCode::BAD_REQUEST, "{nobodys}");
    }
    let auditor = world.actor_named("staff: auditor").await;
    let forbidden = upload(&world, &auditor, form_of(&world.company_a.to_string(), PIXEL)).await;
    assert_eq!(forbidden.0, StatusCode::FORBIDDEN);
}
