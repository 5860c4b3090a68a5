//! What the tests of mail share: a portal on a fresh database with a clock of its own, people in
//! it, and transports that do as they are told.
#![allow(dead_code, reason = "each test file is its own program and uses a part of this")]

#[path = "../migrated/mod.rs"]
pub mod migrated;

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use center::access::{Actor, Client, StaffSignedIn};
use center::erp::EmbeddedErp;
use center::mail::{self, Drained, Mail, MailKind, Outgoing, SendError, Transport, Worker};
use center::shop::Shop;
use center::store::{Db, Row, Value};
use center::{Center, Clock, Instant, Parts, Seal, Settings, SystemEntropy, Token};
use model::{
    ActivationId, CompanyId, Email, FeaturesOff, LinkId, Locale, MailId, SessionId, StaffId, StaffRole,
    Theme, UserId,
};

use migrated::OnServer;

pub const SECOND: Instant = 1_000_000;
pub const MINUTE: Instant = 60 * SECOND;
pub const HOUR: Instant = 60 * MINUTE;
pub const PUBLIC_URL: &str = "https://portal.example:8443";

/// A clock that moves only when told.
pub struct TestClock(AtomicI64);

impl TestClock {
    pub fn advance(&self, by: Instant) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        self.0.load(Ordering::SeqCst)
    }
}

pub struct Portal {
    pub center: Arc<Center>,
    pub clock: Arc<TestClock>,
    _folder: tempfile::TempDir,
}

pub fn settings() -> Settings {
    Settings {
        shop_name: "Nordholz & Söhne".to_owned(),
        shop_contact: "service@nordholz.example, +49 30 901820".to_owned(),
        public_url: PUBLIC_URL.to_owned(),
        confirm_email: true,
        time_zone: "Europe/Berlin".to_owned(),
        locale: Locale::En,
        access_review_days: 90,
        view_as_mail: true,
        mail_dir: None,
        inbox: false,
    }
}

/// A portal on SQLite and, when `CC_TEST_POSTGRES_URL` names a server, one on Postgres.
pub async fn portals() -> Vec<Portal> {
    let folder = tempfile::tempdir().unwrap();
    let mut portals = vec![portal(&migrated::sqlite(folder.path()).await, folder).await];
    if let Some(database) = OnServer::new().await {
        portals.push(portal(&database.url, tempfile::tempdir().unwrap()).await);
    }
    portals
}

async fn portal(url: &str, folder: tempfile::TempDir) -> Portal {
    let db = Db::open(url).await.unwrap();
    let clock = Arc::new(TestClock(AtomicI64::new(1_795_300_000 * SECOND)));
    let erp = Arc::new(EmbeddedErp::new(db.clone()));
    let parts = Parts {
        db,
        clock: Arc::clone(&clock) as _,
        entropy: Arc::new(SystemEntropy),
        erp,
        settings: settings(),
        seal: Seal::new("the key of these tests"),
    };
    Portal { center: Arc::new(Center::new(parts).unwrap()), clock, _folder: folder }
}

impl Portal {
    pub fn worker(&self, transport: Arc<dyn Transport>) -> Arc<Worker> {
        Worker::new(Arc::clone(&self.center), transport, &email("shop@nordholz.example")).unwrap()
    }

    pub async fn execute(&self, sql: &'static str, args: Vec<Value>) -> u64 {
        let mut tx = self.center.db().write().await.unwrap();
        let touched = tx.execute(sql, args).await.unwrap();
        tx.commit().await.unwrap();
        touched
    }

    pub async fn row(&self, sql: &'static str, args: Vec<Value>) -> Row {
        self.center.db().read().await.unwrap().one(sql, args).await.unwrap()
    }

    /// A company with one active main contact.
    pub async fn company(&self) -> (CompanyId, UserId) {
        let company = CompanyId(self.center.new_id());
        let now = self.center.now();
        let number = company.0.simple().to_string();
        self.execute(
            "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
             VALUES ($1, $2, $2, 'Bau-Partner GmbH', $2, 'EUR', 'Europe/Berlin', $3)",
            vec![company.into(), number.into(), now.into()],
        )
        .await;
        let chief = self.member(company, "marta.lind", "main_contact").await;
        self.execute(
            "UPDATE members SET accepted_at = $2 WHERE user_id = $1",
            vec![chief.into(), now.into()],
        )
        .await;
        self.execute("UPDATE users SET password_hash = '$argon2id$x' WHERE id = $1", vec![chief.into()])
            .await;
        (company, chief)
    }

    /// An invited member.
    pub async fn member(&self, company: CompanyId, local_part: &str, role: &'static str) -> UserId {
        let user = self.user(local_part).await;
        self.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, created_at)
             SELECT $1, id, name, 'anna berger', email, created_at FROM users WHERE id = $2",
            vec![company.into(), user.into()],
        )
        .await;
        self.execute(
            "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)",
            vec![company.into(), user.into(), role.into()],
        )
        .await;
        user
    }

    pub async fn user(&self, local_part: &str) -> UserId {
        let user = UserId(self.center.new_id());
        let address = format!("{local_part}.{}@bau-partner.example", &user.0.simple().to_string()[20..]);
        self.execute(
            "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, 'none', 'Anna Berger', 'en', $3)",
            vec![user.into(), address.into(), self.center.now().into()],
        )
        .await;
        user
    }

    pub async fn business_user(&self) -> UserId {
        let user = self.user("solo").await;
        self.execute(
            "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, created_at)
             VALUES ($1, 'C2', 'C2', 'Solo', 'EUR', $2)",
            vec![user.into(), self.center.now().into()],
        )
        .await;
        user
    }

    /// A link as the use cases ask for it.
    pub async fn link(
        &self,
        purpose: &'static str,
        user: UserId,
        company: Option<CompanyId>,
        address: &Email,
    ) -> LinkId {
        let link = LinkId(self.center.new_id());
        self.execute(
            "INSERT INTO links (id, purpose, user_id, company_id, email, requested_at) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![link.into(), purpose.into(), user.into(), company.into(), address.into(), self.center.now().into()],
        )
        .await;
        link
    }

    pub async fn activation(&self, state: &'static str) -> ActivationId {
        let id = self.center.new_id();
        let now = self.center.now();
        self.execute(
            "INSERT INTO activations (id, browser_hash, state, customer_key, customer_number, invoice_number, email, locale,
                 code_attempts, created_at, ends_at) VALUES ($1, $2, $3, 'C1', 'C1', 'I1', 'a@b.example', 'en', 3, $4, $5)",
            vec![id.into(), Token::new(&SystemEntropy).hash().into(), state.into(), now.into(), (now + HOUR).into()],
        )
        .await;
        ActivationId(id)
    }

    pub async fn enqueue(&self, mail: Mail) -> MailId {
        let mut tx = self.center.db().write().await.unwrap();
        let id = mail::enqueue(&self.center, &mut tx, mail).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A notice without secrets and references.
    pub async fn notice(&self, recipient: &str) -> MailId {
        self.enqueue(filled(Mail::new(MailKind::PasswordChanged, email(recipient), Locale::En))).await
    }

    /// An invitation for a fresh member of this company, to an address that names a fault.
    pub async fn invitation(&self, company: CompanyId, fault: &str) -> (MailId, LinkId, UserId) {
        let user = self.member(company, &format!("anna+{fault}"), "buyer").await;
        let link = LinkId(self.center.new_id());
        let address = self.address(user).await;
        let address =
            if fault.is_empty() { address } else { email(&format!("anna+{fault}@bau-partner.example")) };
        self.execute(
            "INSERT INTO links (id, purpose, user_id, company_id, email, requested_at) VALUES ($1, 'invitation', $2, $3, $4, $5)",
            vec![link.into(), user.into(), company.into(), (&address).into(), self.center.now().into()],
        )
        .await;
        let mut mail =
            filled(Mail::new(MailKind::AccountCreated, address, Locale::En)).about(user, Some(company));
        mail.link = Some(link);
        (self.enqueue(mail).await, link, user)
    }

    /// An administrator of the Back Office, signed in with both steps.
    pub async fn administrator(&self) -> Actor {
        let staff = StaffId(self.center.new_id());
        let address = email(&format!("petra.{}@nordholz.example", &staff.0.simple().to_string()[20..]));
        self.execute(
            "INSERT INTO staff (id, email, name, role, locale, created_at) VALUES ($1, $2, 'Petra', 'administrator', 'en', $3)",
            vec![staff.into(), (&address).into(), self.center.now().into()],
        )
        .await;
        Actor::Staff(Box::new(StaffSignedIn {
            staff,
            name: "Petra".to_owned(),
            email: address,
            role: StaffRole::Administrator,
            session: SessionId(self.center.new_id()),
            password_checked_at: self.center.now(),
            verified: true,
            client: Client {
                address: "192.0.2.10".parse().unwrap(),
                device: String::new(),
                locale: Locale::En,
                theme: Theme::System,
                shop: Arc::new(Shop::configured(&settings())),
                off: FeaturesOff::default(),
            },
        }))
    }

    pub async fn address(&self, user: UserId) -> Email {
        self.row("SELECT email FROM users WHERE id = $1", vec![user.into()]).await.get("email").unwrap()
    }

    /// State, reason and attempts of a mail.
    pub async fn state(&self, mail: MailId) -> (String, String, i64) {
        let row =
            self.row("SELECT state, reason, attempts FROM outbox WHERE id = $1", vec![mail.into()]).await;
        (row.get("state").unwrap(), row.get("reason").unwrap(), row.get("attempts").unwrap())
    }

    /// How long until a mail is due.
    pub async fn due_in(&self, mail: MailId) -> Instant {
        let row = self.row("SELECT not_before FROM outbox WHERE id = $1", vec![mail.into()]).await;
        row.get::<i64>("not_before").unwrap() - self.center.now()
    }

    /// What has to hold after every test.
    pub async fn verify(&self) {
        let breaches = center::verify::verify(&self.center).await.unwrap();
        assert!(breaches.is_empty(), "{breaches:?}");
    }
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// Facts that an honest shop sends.
pub fn fact(name: &str) -> &'static str {
    match name {
        "name" => "Anna Berger",
        "company" => "Bau-Partner GmbH & Co. KG",
        "customer_number" => "C10001",
        "login" => "anna.berger@bau-partner.example",
        "roles" => "main_contact,buyer",
        "new_name" => "Jonas Weber",
        "new_email" => "jonas.weber@bau-partner.example",
        "old_email" => "anna@bau-partner.example",
        "asked_name" => "Jonas Weber",
        "asked_email" => "jonas.weber@bau-partner.example",
        "message" => "I order for the site in Bremen. Marta knows me.",
        "confirmed" => "12",
        "total" => "40",
        "reason" => "Ask again once you have started.",
        "created_by_name" | "by_name" => "Marta Lind",
        "created_by_email" => "marta.lind@bau-partner.example",
        "budget_order" => "€ 500.00",
        "budget_month" => "",
        "passkey" => "Laptop",
        "when" => "21 Nov 2026, 09:12",
        "until" => "21 Nov 2026, 09:42",
        "viewed_name" => "Jonas Weber",
        "acts" => "",
        other => panic!("an unknown fact: {other}"),
    }
}

/// The mail with all facts of its kind.
pub fn filled(mail: Mail) -> Mail {
    let kind = mail.kind;
    kind.facts().iter().fold(mail.fact("name", fact("name")), |mail, name| mail.fact(name, fact(name)))
}

/// A mail as a transport got it.
#[derive(Clone, Debug)]
pub struct Got {
    pub message_id: String,
    pub to: String,
    pub text: String,
    pub raw: String,
}

impl Got {
    fn new(mail: &Outgoing) -> Self {
        let raw = String::from_utf8(mail.message.formatted()).unwrap();
        let header = |name: &str| {
            raw.lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
                .unwrap_or_default()
                .to_owned()
        };
        let text = raw
            .split("Content-Type: text/plain")
            .nth(1)
            .and_then(|rest| rest.split("\r\n--").next())
            .unwrap_or_default();
        let text = quoted_printable::decode(text, quoted_printable::ParseMode::Robust).unwrap();
        Self {
            message_id: header("Message-ID"),
            to: header("To"),
            text: String::from_utf8(text).unwrap(),
            raw: raw.clone(),
        }
    }

    /// The token of the link in it.
    pub fn token(&self, path: &str) -> String {
        let start = format!("{PUBLIC_URL}/{path}/");
        let (_, rest) =
            self.text.split_once(&start).unwrap_or_else(|| panic!("no link {start} in {}", self.text));
        rest.chars().take_while(char::is_ascii_hexdigit).collect()
    }
}

/// Takes every mail, or answers as it was told to, in order.
#[derive(Default)]
pub struct Script {
    pub got: Mutex<Vec<Got>>,
    pub answers: Mutex<VecDeque<SendError>>,
}

impl Script {
    pub fn answering(answers: impl IntoIterator<Item = SendError>) -> Arc<Self> {
        Arc::new(Self { got: Mutex::default(), answers: Mutex::new(answers.into_iter().collect()) })
    }

    pub fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, mail: &Outgoing) -> Result<(), SendError> {
        self.got.lock().unwrap().push(Got::new(mail));
        self.answers.lock().unwrap().pop_front().map_or(Ok(()), Err)
    }
}

pub fn sent(sent: usize) -> Drained {
    Drained { sent, ..Drained::default() }
}
