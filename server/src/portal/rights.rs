//! Every operation of the rights table, asked by every kind of actor for own, foreign and random
//! ids. What comes out is the matrix of `docs/rights-matrix.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use app::Files;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use center::access::{Kind, Needs, Spec, table};
use center::erp::EmbeddedErp;
use center::store::{Db, Value};
use center::{Center, Parts, Seal, Settings, SystemClock, SystemEntropy, Token};
use model::Locale;
use tower::ServiceExt;
use uuid::Uuid;

use super::{Portal, addresses, routes};

#[path = "../../center/tests/migrated/mod.rs"]
mod migrated;

/// Who asks: the name in the matrix, the company, the roles.
const ACTORS: [(&str, Option<&str>, &[&str]); 14] = [
    ("anonymous", None, &[]),
    ("main contact", Some("A"), &["main_contact"]),
    ("approver", Some("A"), &["approver"]),
    ("buyer", Some("A"), &["buyer"]),
    ("accountant", Some("A"), &["accountant"]),
    ("viewer", Some("A"), &["viewer"]),
    ("other company's main contact", Some("B"), &["main_contact"]),
    ("business user", None, &[]),
    ("deactivated", Some("A"), &["main_contact"]),
    ("staff: administrator", None, &["administrator"]),
    ("staff: service", None, &["service"]),
    ("staff: editor", None, &["editor"]),
    ("staff: auditor", None, &["auditor"]),
    ("staff: password only", None, &["administrator"]),
];

pub(super) struct World {
    pub(super) center: Arc<Center>,
    pub(super) router: Router,
    pub(super) company_a: Uuid,
    pub(super) company_b: Uuid,
    /// Where the database is, if it is a file.
    folder: Option<tempfile::TempDir>,
}

impl World {
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut world = Self::on(&migrated::sqlite(folder.path()).await).await;
        world.folder = Some(folder);
        world
    }

    /// In an empty database.
    async fn on(url: &str) -> Self {
        let db = Db::open(url).await.unwrap();
        let settings = Settings {
            shop_name: "Shop".into(),
            shop_contact: "shop@shop.example".into(),
            public_url: "http://localhost:3000".into(),
            confirm_email: true,
            time_zone: "UTC".into(),
            locale: Locale::En,
            access_review_days: 90,
            view_as_mail: true,
            mail_dir: None,
            inbox: false,
        };
        let center = Center::new(Parts {
            db: db.clone(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            erp: Arc::new(EmbeddedErp::new(db)),
            settings,
            seal: Seal::new("the key of this test"),
        });
        let center = Arc::new(center.unwrap());
        let files = Files {
            js: "/j".into(),
            parts_js: "/p".into(),
            parts: Arc::default(),
            wasm: "/w".into(),
            css: "/c".into(),
            font: "/f".into(),
            reload_port: None,
        };
        let router = routes(&Portal::new(Arc::clone(&center), files, "http://localhost:3000"));
        let (company_a, company_b) = (center.new_id(), center.new_id());
        let world = Self { center, router, company_a, company_b, folder: None };
        for (id, name) in [(company_a, "A"), (company_b, "B")] {
            world
                .sql(
                    "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
                     VALUES ($1, $1, $1, 'EUR', 'en', TRUE)",
                    vec![name.into()],
                )
                .await;
            world
                .sql(
                    "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
                     VALUES ($1, $2, $2, $2, lower($2), 'EUR', 'UTC', 0)",
                    vec![id.into(), name.into()],
                )
                .await;
            world
                .sql(
                    "INSERT INTO erp_contacts (customer_key, contact_key, contact_number, salutation, name, email, is_main, is_company)
                     VALUES ($1, 'KT' || $1, 'KT' || $1, 'none', 'Contact', lower($1) || '@contact.example', FALSE, FALSE)",
                    vec![name.into()],
                )
                .await;
        }
        world
    }

    pub(super) async fn sql(&self, text: &'static str, values: Vec<Value>) {
        let mut tx = self.center.db().write().await.unwrap();
        tx.execute(text, values).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A new member, `accepted` or still invited, switched on or off.
    pub(super) async fn member(&self, company: Uuid, roles: &[&str], accepted: bool, off: bool) -> Uuid {
        let id = self.center.new_id();
        let now = self.center.now();
        self.sql(
            "INSERT INTO users (id, email, salutation, name, locale, password_hash, created_at)
             VALUES ($1, $2, 'none', 'Somebody', 'en', NULL, 0)",
            vec![id.into(), format!("u{id}@portal.example").into()],
        )
        .await;
        self.sql(
            "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, deactivated_at, created_at)
             VALUES ($1, $2, 'Somebody', 'somebody', $3, $4, $5, 0)",
            vec![
                company.into(),
                id.into(),
                format!("u{id}@portal.example").into(),
                accepted.then_some(now).into(),
                off.then_some(now).into(),
            ],
        )
        .await;
        for role in roles {
            self.sql(
                "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)",
                vec![company.into(), id.into(), (*role).into()],
            )
            .await;
        }
        id
    }

    /// An open request for access to this company.
    async fn access_request(&self, company: Uuid) -> Uuid {
        let id = self.center.new_id();
        let now = self.center.now();
        self.sql(
            "INSERT INTO access_requests (id, company_id, name, email, locale, created_at, ends_at)
             VALUES ($1, $2, 'Nora Neu', $3, 'en', $4, $5)",
            vec![
                id.into(),
                company.into(),
                format!("asks-{id}@portal.example").into(),
                now.into(),
                (now + 600_000_000).into(),
            ],
        )
        .await;
        id
    }

    /// What came of an import of nobody, of whom this cookie signs in; nothing for who is in no company.
    async fn result_of(&self, cookie: &str) -> Uuid {
        let id = self.center.new_id();
        let token = Token::parse(cookie.strip_prefix("cc_session=").unwrap_or_default());
        let hash = token.map(|token| token.hash()).unwrap_or_default();
        self.sql(
            "INSERT INTO bulk_results (id, company_id, user_id, data, ends_at)
             SELECT $1, company_id, user_id, $3, ends_at FROM sessions
             WHERE token_hash = $2 AND company_id IS NOT NULL",
            vec![id.into(), hash.into(), r#"{"import":[]}"#.into()],
        )
        .await;
        id
    }

    /// A finished review of this company.
    async fn review(&self, company: Uuid) -> Uuid {
        let (id, reviewer) =
            (self.center.new_id(), self.member(company, &["main_contact"], true, false).await);
        self.sql(
            "INSERT INTO access_reviews (id, company_id, begun_at, finished_at, finished_by, finished_by_name)
             VALUES ($1, $2, 0, 1, $3, 'Somebody')",
            vec![id.into(), company.into(), reviewer.into()],
        )
        .await;
        id
    }

    /// A role of this company.
    pub(super) async fn role(&self, company: Uuid) -> Uuid {
        let id = self.center.new_id();
        self.sql(
            "INSERT INTO company_roles (company_id, id, name, name_key, rights, created_at)
             VALUES ($1, $2, $3, $3, 'orders.view=company', 0)",
            vec![company.into(), id.into(), format!("role {id}").into()],
        )
        .await;
        id
    }

    /// Somebody of the kind with this name.
    pub(super) async fn actor_named(&self, name: &str) -> String {
        self.actor(ACTORS.iter().position(|(n, ..)| *n == name).unwrap()).await
    }

    /// Somebody of this kind with a fresh session; the cookie to send.
    pub(super) async fn actor(&self, index: usize) -> String {
        let (name, company, roles) = ACTORS[index];
        if name == "anonymous" {
            return String::new();
        }
        if name.starts_with("staff") {
            return self.staff(roles[0], name != "staff: password only").await;
        }
        let company = company.map(|c| if c == "A" { self.company_a } else { self.company_b });
        let user = match company {
            Some(company) => self.member(company, roles, true, name == "deactivated").await,
            None => {
                let id = self.center.new_id();
                self.sql(
                    "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, 'none', 'Business', 'en', 0)",
                    vec![id.into(), format!("b{id}@portal.example").into()],
                )
                .await;
                self.sql(
                    "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, created_at)
                     VALUES ($1, 'C', 'C', 'C', 'EUR', 0)",
                    vec![id.into()],
                )
                .await;
                id
            }
        };
        let token = Token::new(&SystemEntropy);
        let now = self.center.now();
        self.sql(
            "INSERT INTO sessions (id, token_hash, user_id, company_id, created_at, last_seen_at, ends_at, password_checked_at, address, device)
             VALUES ($1, $2, $3, $4, $5, $5, $6, $5, '', '')",
            vec![
                self.center.new_id().into(),
                token.hash().into(),
                user.into(),
                company.into(),
                now.into(),
                (now + 60_000_000).into(),
            ],
        )
        .await;
        format!("cc_session={}", token.text())
    }

    /// Somebody of the staff with a fresh session, who did the second step or not; the cookie to send.
    pub(super) async fn staff(&self, role: &'static str, verified: bool) -> String {
        let (id, now) = (self.center.new_id(), self.center.now());
        self.sql(
            "INSERT INTO staff (id, email, name, role, locale, created_at) VALUES ($1, $2, 'Staff', $3, 'en', 0)",
            vec![id.into(), format!("s{id}@shop.example").into(), role.into()],
        )
        .await;
        let token = Token::new(&SystemEntropy);
        self.sql(
            "INSERT INTO staff_sessions (id, token_hash, staff_id, created_at, last_seen_at, ends_at, password_checked_at, verified_at, address, device)
             VALUES ($1, $2, $3, $4, $4, $5, $4, $6, '', '')",
            vec![
                self.center.new_id().into(),
                token.hash().into(),
                id.into(),
                now.into(),
                (now + 60_000_000).into(),
                verified.then_some(now).into(),
            ],
        )
        .await;
        format!("cc_office={}", token.text())
    }

    pub(super) async fn ask(&self, request: Request<Body>) -> (u16, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        // It ends when nobody reads it any more.
        if response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
            return (status, String::new());
        }
        let body = to_bytes(response.into_body(), 10_000_000).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

/// Which id an operation is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Whose {
    Own,
    Foreign,
    Random,
}

/// Whether the operation names a thing by its id.
fn takes_id(spec: &Spec) -> bool {
    // To staff all companies are their own.
    if super::request::of_office(spec.path) {
        return false;
    }
    names_request(spec)
        || names_role(spec)
        || names_place(spec)
        || names_result(spec)
        || names_review(spec)
        || names_contact(spec)
        || spec
            .args
            .iter()
            .any(|arg| matches!(*arg, "user" | "users[]" | "session" | "difference" | "shown[]"))
        || spec.path == "/users/{id}"
}

/// Whether that thing is what came of something done to many.
fn names_result(spec: &Spec) -> bool {
    spec.args.contains(&"result") || spec.path.starts_with("/users/results/{id}")
}

/// Whether that thing is a review of access.
fn names_review(spec: &Spec) -> bool {
    spec.path.starts_with("/users/review/{id}")
}

/// Whether that thing is a contact of the ERP.
fn names_contact(spec: &Spec) -> bool {
    spec.args.contains(&"contact_number") || spec.path.contains("{number}")
}

/// Whether that thing is a request for access.
fn names_request(spec: &Spec) -> bool {
    spec.args.contains(&"request") || spec.path.starts_with("/users/requests/{id}")
}

/// Whether that thing is a role of the company.
fn names_role(spec: &Spec) -> bool {
    matches!(spec.name, "page.users.role" | "roles.form" | "roles.edit" | "roles.delete")
}

/// Whether that thing is a company that the person may act for.
fn names_place(spec: &Spec) -> bool {
    spec.args.contains(&"place")
}

/// A request for what nobody has, with all of its fields.
pub(super) async fn request_for_nothing(world: &World, spec: &Spec, cookie: &str) -> Request<Body> {
    request(world, spec, cookie, Whose::Random).await
}

pub(super) async fn request(world: &World, spec: &Spec, cookie: &str, whose: Whose) -> Request<Body> {
    let invited = matches!(spec.name, "users.resend_invitation" | "users.revoke_invitation");
    let off = spec.name == "users.activate";
    let id = match whose {
        Whose::Own if names_request(spec) => world.access_request(world.company_a).await,
        Whose::Foreign if names_request(spec) => world.access_request(world.company_b).await,
        Whose::Own if names_place(spec) => world.company_a,
        Whose::Foreign if names_place(spec) => world.company_b,
        Whose::Own if names_role(spec) => world.role(world.company_a).await,
        Whose::Foreign if names_role(spec) => world.role(world.company_b).await,
        Whose::Own if names_result(spec) => world.result_of(cookie).await,
        Whose::Foreign if names_result(spec) => {
            world.result_of(&world.actor_named("other company's main contact").await).await
        }
        Whose::Own if names_review(spec) => world.review(world.company_a).await,
        Whose::Foreign if names_review(spec) => world.review(world.company_b).await,
        Whose::Own => world.member(world.company_a, &["buyer"], !invited, off).await,
        Whose::Foreign => world.member(world.company_b, &["buyer"], !invited, off).await,
        Whose::Random => Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0000_0001),
    };
    let contact = match whose {
        Whose::Own => "KTA",
        Whose::Foreign => "KTB",
        Whose::Random => "KTX",
    };
    let path = spec
        .path
        .replace("{id}", &id.to_string())
        .replace("{number}", if super::request::of_office(spec.path) { "A" } else { contact })
        .replace("{slug}", "a");
    let path = path.replace("{kind}", "password_changed").replace("{locale}", "en").replace("{version}", "1");
    let path = path.replace("{token}", &"0".repeat(64));
    let request = Request::builder().uri(path).method(spec.method).header(COOKIE, cookie);
    if spec.kind != Kind::Function {
        return request.header(ACCEPT, "text/html").body(Body::empty()).unwrap();
    }
    let value = |arg: &str| match arg {
        "user" | "session" | "request" | "place" | "person" | "kept" | "other" => id.to_string(),
        "company" if super::request::of_office(spec.path) => world.company_a.to_string(),
        "reason" if super::request::of_office(spec.path) => "A question".to_owned(),
        "role" if names_role(spec) => id.to_string(),
        "role_name" => format!("Team {}", world.center.new_id()),
        "rights[]" => "orders.view=company".to_owned(),
        "version" => "1".to_owned(),
        "salutation" => "none".to_owned(),
        "name" | "first_name" | "last_name" => "Nora Neu".to_owned(),
        "email" => format!("new-{}@portal.example", world.center.new_id()),
        "roles[]" => "buyer".to_owned(),
        "users[]" | "result" | "staff" | "mail" | "mails[]" | "import" => id.to_string(),
        "note" => "552 mailbox full".to_owned(),
        "shown[]" => format!("{id}.1"),
        "difference" => format!("{id}.no_contact.00"),
        "action" => "deactivate".to_owned(),
        "mail_kind" => "password_changed".to_owned(),
        "mail_locale" => "en".to_owned(),
        "revision" => "0".to_owned(),
        "csv" => format!("name,email,roles\nNora Neu,new-{}@portal.example,buyer", world.center.new_id()),
        "contact_number" => contact.to_owned(),
        "company" if super::request::of_office(spec.path) => world.company_a.to_string(),
        "slug" if super::request::of_office(spec.path) => format!("s-{}", &id.simple().to_string()[20..]),
        "hue" => "25".to_owned(),
        "shop_name" => "Shop".to_owned(),
        "time_zone" if super::request::of_office(spec.path) => "UTC".to_owned(),
        "locale" if super::request::of_office(spec.path) => "en".to_owned(),
        "customer" => "A".to_owned(),
        "contacts[]" => "KTA".to_owned(),
        "names[]" => "Contact".to_owned(),
        "emails[]" => format!("new-{}@portal.example", world.center.new_id()),
        "boxes[]" => "0".to_owned(),
        _ => String::new(),
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    for arg in spec.args {
        form.append_pair(arg, &value(arg));
    }
    let request =
        request.header(ACCEPT, "application/json").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(form.finish())).unwrap()
}

/// The address asked for stands in some answers (sign-in comes back to it); it says nothing. Nor does what
/// stands for the person asking, who is another one each time, or is made anew: 32 hexadecimal digits.
fn without_id(body: &str, path: &str) -> String {
    let body = body.replace(path, "").replace(path.rsplit('/').next().unwrap_or_default(), "");
    let mut kept = String::new();
    let mut run = String::new();
    for c in body.chars().chain(['\n']) {
        if c.is_ascii_hexdigit() || c == '-' {
            run.push(c);
            continue;
        }
        if run.chars().filter(|c| *c != '-').count() != 32 {
            kept.push_str(&run);
        }
        run.clear();
        kept.push(c);
    }
    kept
}

#[tokio::test]
async fn the_matrix_is_as_checked_in_and_foreign_ids_look_like_random_ones() {
    the_matrix_is_as_checked_in(&World::new().await).await;
}

#[tokio::test]
async fn the_matrix_is_the_same_on_postgres() {
    let Some(server) = migrated::OnServer::new().await else { return };
    let world = World::on(&server.url).await;
    the_matrix_is_as_checked_in(&world).await;
    drop(world);
    server.discard().await;
}

async fn the_matrix_is_as_checked_in(world: &World) {
    let _ = any_spawner::Executor::init_tokio();
    let mut text = String::from(
        "# Who may do what\n\nWritten by a test that asks every operation as every kind of actor. 200 done or shown; 303 led on \
         (to sign-in, or from a link); 401 signed out; 403 refused for lack of a right; 404 not there, or not for this person; \
         409, 410, 422 allowed, but the input of the test does not fit. Two numbers: for an own id, and for another \
         company's. The test also makes sure that another company's id is answered exactly like a random one.\n\n| operation | needs |",
    );
    for (name, ..) in ACTORS {
        write!(text, " {name} |").unwrap();
    }
    text.push_str("\n|---|---|");
    text.push_str(&"---|".repeat(ACTORS.len()));
    text.push('\n');
    for spec in table().iter().filter(|spec| !spec.name.starts_with("health.")) {
        let needs = match spec.needs {
            Needs::Anyone => "–".to_owned(),
            Needs::SignedIn => "session".to_owned(),
            Needs::Right(permission, _) => permission.key().to_owned(),
            Needs::SecondStep => "first step of staff".to_owned(),
            Needs::Staff => "staff".to_owned(),
            Needs::Office(right) => right.key().to_owned(),
        };
        write!(text, "| `{}` {} | {needs} |", spec.method, spec.path).unwrap();
        for (index, (actor, company, _)) in ACTORS.iter().enumerate() {
            let mut seen = Vec::new();
            let kinds: &[Whose] =
                if takes_id(spec) { &[Whose::Own, Whose::Foreign, Whose::Random] } else { &[Whose::Own] };
            for whose in kinds {
                let cookie = world.actor(index).await;
                let asked = request(world, spec, &cookie, *whose).await;
                let path = asked.uri().path().to_owned();
                let (status, body) = world.ask(asked).await;
                seen.push((status, without_id(&body, &path)));
            }
            match seen.as_slice() {
                [(own, _), foreign, random] => {
                    // The other company's main contact asks for its own company's id in the second place.
                    if *company != Some("B") {
                        assert_eq!(foreign, random, "{} as {actor}", spec.name);
                    }
                    write!(text, " {own} {} |", foreign.0).unwrap();
                }
                [(own, _), ..] => write!(text, " {own} |").unwrap(),
                [] => {}
            }
        }
        text.push('\n');
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rights-matrix.md");
    if std::env::var_os("UPDATE_RIGHTS_MATRIX").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == text,
        "the matrix has changed: look at the difference with UPDATE_RIGHTS_MATRIX=1 and git diff"
    );
}

#[test]
fn every_address_that_the_host_answers_itself_is_in_the_table_and_the_table_names_no_other() {
    // Below `/api` are the server functions, each of which is in the table.
    let answered: BTreeSet<&str> =
        addresses().into_iter().map(|(path, _)| path).filter(|path| *path != "/api/{*function}").collect();
    let listed: BTreeSet<&str> = table()
        .iter()
        .filter(|spec| spec.kind == Kind::Route && !spec.name.starts_with("health."))
        .map(|spec| spec.path)
        .collect();
    assert_eq!(answered, listed);
}

#[test]
fn every_server_function_is_in_the_table_and_the_table_names_no_other() {
    let registered: BTreeSet<String> =
        server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let listed: BTreeSet<String> =
        table().iter().filter(|spec| spec.kind == Kind::Function).map(|spec| spec.path.to_owned()).collect();
    assert_eq!(registered, listed);
}
