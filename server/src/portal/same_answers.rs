//! Whoever asks about an account, a customer or an address that may or may not be there gets the
//! same answer, byte for byte, but for ids and what was typed.

use std::fmt::Write as _;

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, REFERER, SET_COOKIE};
use axum::http::{Request, Response};
use tower::ServiceExt;
use uuid::Uuid;

use super::rights::World;

const PASSWORD: &str = "drei Hasen im Lagerregal";

/// Everything that an answer shows, with placeholders for what was typed and for ids and secrets.
async fn shown(response: Response<Body>, typed: &[&str]) -> String {
    let mut text = response.status().to_string();
    let mut headers: Vec<String> = response
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort();
    for header in headers {
        write!(text, "\n{header}").unwrap();
    }
    let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
    write!(text, "\n\n{}", String::from_utf8_lossy(&body)).unwrap();
    for typed in typed {
        let encoded: String = form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        text = text.replace(typed, "TYPED").replace(&encoded, "TYPED");
    }
    // Data of the page that are ready at the same moment share a script, whoever asks.
    without_ids(&text.replace("</script><script nonce=\"\">", ""))
}

/// Runs of at least 32 hexadecimal digits and hyphens are ids, tokens and keys of drafts.
fn without_ids(text: &str) -> String {
    let mut kept = String::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() || c == '-' {
            run.push(c);
            continue;
        }
        kept.push_str(if run.len() >= 32 { "ID" } else { &run });
        run.clear();
        kept.push(c);
    }
    kept
}

async fn ask(world: &World, request: Request<Body>) -> Response<Body> {
    world.router.clone().oneshot(request).await.unwrap()
}

/// A form sent by a program and by a browser without JavaScript, with the page that it then shows.
async fn answers(
    world: &World,
    page: &str,
    path: &str,
    fields: &[(&str, &str)],
    cookie: &str,
) -> Vec<String> {
    world.sql("DELETE FROM attempts", vec![]).await;
    world.sql("DELETE FROM tried_accounts", vec![]).await;
    let typed: Vec<&str> = fields
        .iter()
        .filter(|(name, _)| *name != "password")
        .map(|(_, value)| *value)
        .filter(|v| v.len() > 3)
        .collect();
    let mut all = Vec::new();
    for accept in ["application/json", "text/html"] {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(COOKIE, cookie)
            .header(ACCEPT, accept)
            .header(REFERER, format!("http://localhost:3000{page}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = ask(world, request.body(Body::from(body)).unwrap()).await;
        let to = answer.headers().get(LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let cookies: Vec<String> = answer.headers().get_all(SET_COOKIE).iter().map(first).collect();
        all.push(shown(answer, &typed).await);
        if let Some(to) = to {
            let cookies = format!("{cookie}; {}", cookies.join("; "));
            let request = Request::get(to).header(ACCEPT, "text/html").header(COOKIE, cookies);
            all.push(shown(ask(world, request.body(Body::empty()).unwrap()).await, &typed).await);
        }
    }
    all
}

fn first(cookie: &axum::http::HeaderValue) -> String {
    cookie.to_str().unwrap().split(';').next().unwrap().to_owned()
}

/// All of them have to be the same.
fn assert_same(answers: &[(String, Vec<String>)]) {
    let (first, expected) = &answers[0];
    assert!(expected.len() >= 2, "{expected:?}");
    for (who, found) in answers {
        assert_eq!(expected, found, "{who}, not as {first}");
    }
}

/// Who may have an account, by name; the last two have none.
async fn people(world: &World) -> Vec<(String, String)> {
    let address = |id: Uuid| format!("u{id}@portal.example");
    let hash = world.center.passwords().hash(PASSWORD.to_owned()).await.unwrap();
    let active = world.member(world.company_a, &["buyer"], true, false).await;
    let foreign = world.member(world.company_b, &["main_contact"], true, false).await;
    let off = world.member(world.company_a, &["buyer"], true, true).await;
    world.actor_named("business user").await;
    world.sql("UPDATE users SET password_hash = $1", vec![hash.into()]).await;
    let invited = world.member(world.company_a, &["buyer"], false, false).await;
    let business: String = {
        let sql = "SELECT u.email AS n FROM users u JOIN business_users b ON b.user_id = u.id";
        world.center.db().read().await.unwrap().value(sql, Vec::new()).await.unwrap()
    };
    let named = |name: &str, email: String| (name.to_owned(), email);
    vec![
        named("active", address(active)),
        named("another company's", address(foreign)),
        named("deactivated", address(off)),
        named("invited", address(invited)),
        named("business", business),
        named("unknown", address(Uuid::from_u128(7))),
        named("no account", "somebody@nowhere.example".to_owned()),
    ]
}

#[tokio::test]
async fn signing_in_and_forgetting_tell_nothing_of_an_account() {
    let world = World::new().await;
    let (mut entering, mut forgetting, mut coming) = (Vec::new(), Vec::new(), Vec::new());
    for (who, email) in people(&world).await {
        let fields = [("email", email.as_str()), ("password", "a wrong password")];
        entering.push((who.clone(), answers(&world, "/sign-in", "/api/accounts/sign_in", &fields, "").await));
        let fields = [("email", email.as_str())];
        let path = "/api/accounts/forgot_password";
        forgetting.push((who.clone(), answers(&world, "/forgot-password", path, &fields, "").await));
        let fields = [("email", email.as_str()), ("code", "K3QXM-9TPDA")];
        coming.push((who, answers(&world, "/code", "/api/accounts/use_code", &fields, "").await));
    }
    assert_same(&entering);
    assert!(entering[0].1[0].starts_with("401"), "{:?}", entering[0].1);
    assert_same(&forgetting);
    assert!(forgetting[0].1[0].starts_with("200"), "{:?}", forgetting[0].1);
    assert_same(&coming);
    assert!(coming[0].1[0].starts_with("422"), "{:?}", coming[0].1);
}

/// Customers to activate: A with an administrator, C without Customer center and with a main contact.
async fn activation_world() -> World {
    let world = World::new().await;
    world
        .sql(
            "UPDATE erp_customers SET administrator_email = 'chief@a.example' WHERE customer_key = 'A'",
            vec![],
        )
        .await;
    world
        .sql(
            "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
             VALUES ('C', 'C', 'C', 'EUR', 'en', FALSE)",
            vec![],
        )
        .await;
    world
        .sql(
            "INSERT INTO erp_contacts (customer_key, contact_key, contact_number, salutation, name, email, is_main, is_company)
             VALUES ('C', 'KT1', 'KT1', 'none', 'Main', 'main@c.example', TRUE, FALSE),
                    ('C', 'KT2', 'KT2', 'none', 'Other', 'other@c.example', FALSE, FALSE)",
            vec![],
        )
        .await;
    world
        .sql(
            "INSERT INTO erp_invoices (customer_key, invoice_key, invoice_number, date, currency, total_minor)
             VALUES ('A', 'INA', 'INA', '2026-01-01', 'EUR', 1), ('C', 'INC', 'INC', '2026-01-01', 'EUR', 1)",
            vec![],
        )
        .await;
    world
}

#[tokio::test]
async fn facts_that_match_nothing_tell_not_which_one_is_wrong() {
    let world = activation_world().await;
    let mut found = Vec::new();
    for (what, customer, invoice, email) in [
        ("nothing fits", "Z99", "IN-9", "somebody@nowhere.example"),
        ("customer known", "A", "IN-9", "somebody@nowhere.example"),
        ("customer and address known", "A", "IN-9", "chief@a.example"),
        ("another customer's invoice", "A", "INC", "chief@a.example"),
        ("no such customer", "Z99", "INA", "chief@a.example"),
        ("not the main contact", "C", "INC", "other@c.example"),
        ("nobody's address", "C", "INC", "somebody@nowhere.example"),
    ] {
        let fields = [("customer_number", customer), ("invoice_number", invoice), ("email", email)];
        let found_here = answers(&world, "/activate", "/api/activation/start", &fields, "").await;
        // The form comes back with what was typed, and short words are no placeholders.
        let plain = |text: &String| {
            [customer, invoice].iter().fold(text.clone(), |text, typed| {
                let text = text.replace(&format!("value=\"{typed}\""), "value=\"TYPED\"");
                text.replace(&format!("\\\"{typed}\\\""), "\\\"TYPED\\\"")
            })
        };
        found.push((what.to_owned(), found_here.iter().map(plain).collect()));
    }
    assert_same(&found);
    assert!(found[0].1[0].starts_with("422"), "{:?}", found[0].1);
}

/// Until the mailed code is typed an activation goes the same way whether or not the address has a login
/// somewhere else in the shop.
#[tokio::test]
async fn activating_tells_nothing_of_a_login_elsewhere() {
    let world = activation_world().await;
    let elsewhere = ["another company's", "business", "unknown", "no account"];
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (who, email) in people(&world).await {
        if !elsewhere.contains(&who.as_str()) {
            continue;
        }
        let sql = "UPDATE erp_customers SET administrator_email = $1 WHERE customer_key = 'A'";
        world.sql(sql, vec![email.as_str().into()]).await;
        let fields = [("customer_number", "A"), ("invoice_number", "INA"), ("email", email.as_str())];
        let path = "/api/activation/start";
        first.push((who.clone(), answers(&world, "/activate", path, &fields, "").await));

        let facts = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let begun = ask(&world, request.body(Body::from(facts)).unwrap()).await;
        let cookie = first_cookie(&begun);
        let password = "a green kettle sings";
        let fields = [
            ("salutation", "none"),
            ("first_name", "Nora"),
            ("last_name", "Neu"),
            ("password", password),
            ("repeat", password),
        ];
        let path = "/api/activation/you";
        let found = answers(&world, "/activate/you", path, &fields, &cookie).await;
        // Its page names the address, in which an id may stand.
        let shown = without_ids(&email);
        let shown = shown.trim_end();
        let found = found.into_iter().map(|text| text.replace(shown, "TYPED")).collect();
        second.push((who, found));
    }
    assert_eq!(first.len(), 4);
    assert_same(&first);
    assert!(first[0].1[0].contains("/activate/you"), "{:?}", first[0].1);
    assert_same(&second);
    assert!(second[0].1[0].contains("/activate/code"), "{:?}", second[0].1);
}

fn first_cookie(response: &Response<Body>) -> String {
    first(response.headers().get(SET_COOKIE).unwrap())
}

#[tokio::test]
async fn asking_for_access_and_inviting_tell_nothing_of_whose_an_address_is() {
    let world = activation_world().await;
    let people = people(&world).await;
    let mut asking = Vec::new();
    for (who, email) in &people {
        world.sql("DELETE FROM attempts", vec![]).await;
        let facts = "customer_number=A&invoice_number=INA&email=me%40nearby.example";
        let request = Request::post("/api/activation/start")
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let begun = ask(&world, request.body(Body::from(facts)).unwrap()).await;
        let cookie = first(begun.headers().get(SET_COOKIE).unwrap());
        let fields = [("name", "Nora Neu"), ("email", email.as_str()), ("message", "")];
        let path = "/api/activation/request_access";
        asking.push((who.clone(), answers(&world, "/activate/result", path, &fields, &cookie).await));
    }
    assert_same(&asking);
    assert!(asking[0].1[0].starts_with("200"), "{:?}", asking[0].1);

    let chief = world.actor_named("main contact").await;
    let mut inviting = Vec::new();
    for (who, email) in people.iter().take(5) {
        let fields =
            [("salutation", "none"), ("name", "Nora Neu"), ("email", email.as_str()), ("roles", "buyer")];
        inviting
            .push((who.clone(), answers(&world, "/users/new", "/api/users/request", &fields, &chief).await));
    }
    assert_same(&inviting);
    assert!(inviting[0].1[0].starts_with("422"), "{:?}", inviting[0].1);
}
