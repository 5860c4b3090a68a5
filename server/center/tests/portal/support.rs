//! A portal on a fresh database with a clock of its own, an ERP that says what a test wants, and a
//! mailbox that everybody's mails land in.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use center::access::{Actor, Client, SignedIn, StaffSignedIn};
use center::accounts::{self, sessions};
use center::erp::{
    ContactWriter, EmbeddedErp, Erp, ErpContact, ErpCustomer, ErpError, ErpInvoice, MAX_CONTACTS,
};
use center::mail::{Drained, Outgoing, SendError, Transport, Worker};
use center::shop::Shop;
use center::store::{Backend, Db, Row, StoreError, Value};
use center::{Center, Clock, Error, Instant, Parts, Seal, Settings, SystemEntropy, Token};
use model::{
    BudgetInput, CompanyId, ContactNumber, Currency, CustomerNumber, Email, ErpAdapter, ErrorCode,
    FeaturesOff, FieldIssue, InvoiceNumber, Locale, Money, MySecondStep, Permission, Role, Salutation,
    SessionId, StaffId, StaffRole, Theme, UserId, UserInput,
};
use tokio::task::JoinSet;
use totp_rs::{Builder, Secret};

use crate::migrated::{self, OnServer};

pub const SECOND: Instant = 1_000_000;
pub const MINUTE: Instant = 60 * SECOND;
pub const HOUR: Instant = 60 * MINUTE;
pub const DAY: Instant = 24 * HOUR;
pub const PUBLIC_URL: &str = "https://portal.example:8443";

/// The password of everybody whom [`Portal::person`] makes.
pub const PASSWORD: &str = "drei Hasen im Lagerregal";
pub const NEW_PASSWORD: &str = "kV7#mQ2x!tRw";

/// With Customer center; Marta Lind administers it.
pub const BAU: &str = "10-4020-0001";
pub const BAU_INVOICE: &str = "RE-2026-0815";
pub const MARTA: &str = "marta.lind@bau-partner.example";
/// Without Customer center; Rita Kern is its main contact.
pub const SOLO: &str = "20-7";
pub const SOLO_INVOICE: &str = "S-1";
pub const RITA: &str = "rita.kern@solo.example";

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

/// A customer as the tests' ERP knows it.
#[derive(Clone)]
pub struct Known {
    pub customer: ErpCustomer,
    pub invoices: Vec<&'static str>,
    pub contacts: Vec<ErpContact>,
}

/// An ERP that says what a test wants.
pub struct FakeErp {
    known: Mutex<Vec<Known>>,
    down: AtomicBool,
    asked: AtomicU32,
    /// Which question goes unanswered, counted from 1; 0 for none.
    silent_at: AtomicU32,
    read_only: AtomicBool,
}

pub fn contact(number: &str, name: &str, email: Option<&str>, is_main: bool) -> ErpContact {
    ErpContact {
        number: ContactNumber::parse(number).unwrap(),
        salutation: Salutation::Ms,
        name: name.to_owned(),
        email: email.map(|e| Email::parse(e).unwrap()),
        is_main,
    }
}

impl FakeErp {
    fn new() -> Self {
        let customer = |number: &str, name: &str, administrator: Option<&str>| ErpCustomer {
            number: CustomerNumber::parse(number).unwrap(),
            name: name.to_owned(),
            currency: Currency::EUR,
            locale: Locale::En,
            customer_center: administrator.is_some(),
            administrator: administrator.map(|a| Email::parse(a).unwrap()),
        };
        let known = vec![
            Known {
                customer: customer(BAU, "Bau-Partner GmbH", Some(MARTA)),
                invoices: vec![BAU_INVOICE],
                contacts: vec![
                    contact("KT-1", "Marta Sofie Lind", Some(MARTA), true),
                    contact("KT-2", "Anna Berger", Some("anna.berger@bau-partner.example"), false),
                    contact("KT-3", "Zoë Özgür", None, false),
                ],
            },
            Known {
                customer: customer(SOLO, "Solo Handel", None),
                invoices: vec![SOLO_INVOICE],
                contacts: vec![
                    contact("KT-9", "Rita Kern", Some(RITA), true),
                    contact("KT-10", "Paul Kern", Some("paul.kern@solo.example"), false),
                ],
            },
        ];
        Self {
            known: Mutex::new(known),
            down: AtomicBool::new(false),
            read_only: AtomicBool::new(false),
            asked: AtomicU32::new(0),
            silent_at: AtomicU32::new(0),
        }
    }

    pub fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }

    /// From now on the n-th question goes unanswered, counted from 1.
    pub fn be_silent_at(&self, n: u32) {
        self.asked.store(0, Ordering::SeqCst);
        self.silent_at.store(n, Ordering::SeqCst);
    }

    /// Whether it came to the question that goes unanswered.
    pub fn was_silent(&self) -> bool {
        self.asked.load(Ordering::SeqCst) >= self.silent_at.load(Ordering::SeqCst)
    }

    /// Whether it takes no changes of contacts.
    pub fn set_read_only(&self, read_only: bool) {
        self.read_only.store(read_only, Ordering::SeqCst);
    }

    /// Changes what is known of a customer.
    pub fn change(&self, number: &str, change: impl FnOnce(&mut Known)) {
        let mut known = self.known.lock().unwrap();
        change(known.iter_mut().find(|k| k.customer.number.as_str() == number).unwrap());
    }

    pub fn name_administrator(&self, number: &str, email: &str) {
        self.change(number, |known| {
            known.customer.customer_center = true;
            known.customer.administrator = Some(Email::parse(email).unwrap());
        });
    }

    pub fn add(&self, known: Known) {
        self.known.lock().unwrap().push(known);
    }

    pub fn get(&self, number: &str) -> Known {
        let known = self.known.lock().unwrap();
        known.iter().find(|k| k.customer.number.as_str() == number).unwrap().clone()
    }

    fn find(&self, number: &CustomerNumber) -> Result<Option<Known>, ErpError> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        if self.down.load(Ordering::SeqCst) || asked == self.silent_at.load(Ordering::SeqCst) {
            return Err(ErpError::Unavailable("told so".to_owned()));
        }
        Ok(self.known.lock().unwrap().iter().find(|k| k.customer.number == *number).cloned())
    }
}

#[async_trait]
impl Erp for FakeErp {
    fn adapter(&self) -> ErpAdapter {
        ErpAdapter::Embedded
    }

    async fn customer(&self, number: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError> {
        Ok(self.find(number)?.map(|k| k.customer))
    }

    async fn has_invoice(
        &self,
        customer: &CustomerNumber,
        invoice: &InvoiceNumber,
    ) -> Result<bool, ErpError> {
        let is_this = |i: &&str| InvoiceNumber::parse(i).unwrap() == *invoice;
        Ok(self.find(customer)?.is_some_and(|k| k.invoices.iter().any(is_this)))
    }

    async fn contacts(&self, customer: &CustomerNumber) -> Result<Vec<ErpContact>, ErpError> {
        let contacts = self.find(customer)?.map(|k| k.contacts).unwrap_or_default();
        Ok(contacts.into_iter().take(MAX_CONTACTS).collect())
    }

    async fn contact(
        &self,
        customer: &CustomerNumber,
        number: &ContactNumber,
    ) -> Result<Option<ErpContact>, ErpError> {
        Ok(self.find(customer)?.and_then(|k| k.contacts.into_iter().find(|c| c.number == *number)))
    }

    async fn invoices(&self, customer: &CustomerNumber) -> Result<Vec<ErpInvoice>, ErpError> {
        let numbers = self.find(customer)?.map(|k| k.invoices).unwrap_or_default();
        let invoice = |number: &&str| ErpInvoice {
            number: InvoiceNumber::parse(number).unwrap(),
            date: "2026-11-02".to_owned(),
            total: Money { minor: 11_900, currency: Currency::EUR },
        };
        Ok(numbers.iter().map(invoice).collect())
    }

    fn contact_writer(&self) -> Option<&dyn ContactWriter> {
        if self.read_only.load(Ordering::SeqCst) { None } else { Some(self) }
    }
}

#[async_trait]
impl ContactWriter for FakeErp {
    async fn change_contact(
        &self,
        customer: &CustomerNumber,
        before: &ErpContact,
        after: &ErpContact,
    ) -> Result<bool, ErpError> {
        self.find(customer)?;
        let mut changed = false;
        self.change(customer.as_str(), |known| {
            if let Some(contact) = known.contacts.iter_mut().find(|c| *c == before) {
                *contact = after.clone();
                changed = true;
            }
        });
        Ok(changed)
    }
}

/// A mail as it arrived.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: String,
    pub to: String,
    pub text: String,
}

impl Letter {
    /// The token of the link in it.
    pub fn token(&self) -> String {
        let links = ["link", "activate/resume", "office/link"].map(|path| format!("{PUBLIC_URL}/{path}/"));
        let rest = links.iter().find_map(|link| self.text.split_once(link.as_str()));
        let rest = rest.unwrap_or_else(|| panic!("no link in {}", self.text)).1;
        rest.chars().take_while(char::is_ascii_hexdigit).collect()
    }

    /// The code in it.
    pub fn code(&self) -> String {
        let is_code = |line: &&str| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit());
        self.text.lines().map(str::trim).find(is_code).unwrap().to_owned()
    }
}

#[derive(Default)]
struct Mailbox {
    arrived: Mutex<Vec<(model::MailId, String)>>,
    /// The tries that are left until one fails, and how it does.
    fails: Mutex<Option<(u32, SendError)>>,
}

#[async_trait]
impl Transport for Mailbox {
    async fn send(&self, mail: &Outgoing) -> Result<(), SendError> {
        let fails = self.fails.lock().unwrap().take();
        match fails {
            Some((1, error)) => return Err(error),
            Some((n, error)) => *self.fails.lock().unwrap() = Some((n - 1, error)),
            None => {}
        }
        let raw = String::from_utf8(mail.message.formatted()).unwrap();
        let part = raw.split("Content-Type: text/plain").nth(1).unwrap();
        let text = part.split("\r\n--").next().unwrap();
        let text = quoted_printable::decode(text, quoted_printable::ParseMode::Robust).unwrap();
        self.arrived.lock().unwrap().push((mail.id, String::from_utf8(text).unwrap()));
        Ok(())
    }
}

/// The one mail of this kind among these.
pub fn one<'a>(mails: &'a [Letter], kind: &str) -> &'a Letter {
    let found: Vec<_> = mails.iter().filter(|mail| mail.kind == kind).collect();
    assert_eq!(found.len(), 1, "mails of kind {kind} among {mails:?}");
    found[0]
}

/// Kinds and recipients, sorted.
pub fn addressed(mails: &[Letter]) -> Vec<(&str, &str)> {
    let mut found: Vec<_> = mails.iter().map(|mail| (mail.kind.as_str(), mail.to.as_str())).collect();
    found.sort_unstable();
    found
}

pub struct Portal {
    pub center: Arc<Center>,
    pub clock: Arc<TestClock>,
    pub erp: Arc<FakeErp>,
    mailbox: Arc<Mailbox>,
    worker: Arc<Worker>,
    folder: tempfile::TempDir,
    /// Where its database is.
    pub url: String,
}

fn seal() -> Seal {
    Seal::new("the key of these tests")
}

fn settings() -> Settings {
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

/// How a portal differs from the usual one.
#[derive(Clone, Copy, Default)]
pub struct Variant {
    /// Activations mail no code.
    pub one_step: bool,
    /// The ERP is the portal's own tables.
    pub embedded: bool,
}

/// How many rounds a race goes: as many as `CC_TEST_ROUNDS` says, or else this many.
pub fn rounds(usual: usize) -> usize {
    std::env::var("CC_TEST_ROUNDS").map_or(usual, |rounds| rounds.parse().unwrap())
}

/// Runs a test on both databases.
pub async fn both(test: impl AsyncFn(&Portal)) {
    both_with(Variant::default(), test).await;
}

/// Runs a test on both databases, on portals that differ from the usual one.
pub async fn both_with(variant: Variant, test: impl AsyncFn(&Portal)) {
    let folder = tempfile::tempdir().unwrap();
    run(&migrated::sqlite(folder.path()).await, folder, variant, &test).await;
    if let Some(database) = OnServer::new().await {
        run(&database.url, tempfile::tempdir().unwrap(), variant, &test).await;
        database.discard().await;
    }
}

async fn run(url: &str, folder: tempfile::TempDir, variant: Variant, test: &impl AsyncFn(&Portal)) {
    let portal = Portal::open(url, folder, variant).await;
    eprintln!("on {:?}", portal.center.db().backend());
    Box::pin(test(&portal)).await;
    assert_eq!(portal.breaches().await, Vec::<String>::new());
    portal.center.close().await;
}

impl Portal {
    pub async fn open(url: &str, folder: tempfile::TempDir, variant: Variant) -> Self {
        let db = Db::open(url).await.unwrap();
        let clock = Arc::new(TestClock(AtomicI64::new(1_795_300_000 * SECOND)));
        let erp = Arc::new(FakeErp::new());
        let parts = Parts {
            db: db.clone(),
            clock: Arc::clone(&clock) as _,
            entropy: Arc::new(SystemEntropy),
            erp: if variant.embedded { Arc::new(EmbeddedErp::new(db)) } else { Arc::clone(&erp) as _ },
            settings: Settings { confirm_email: !variant.one_step, ..settings() },
            seal: seal(),
        };
        let center = Arc::new(Center::new(parts).unwrap());
        let mailbox = Arc::new(Mailbox::default());
        let from = Email::parse("shop@nordholz.example").unwrap();
        let worker = Worker::new(Arc::clone(&center), Arc::clone(&mailbox) as _, &from).unwrap();
        Self { center, clock, erp, mailbox, worker, folder, url: url.to_owned() }
    }

    /// The same portal after a restart: everything that is not in the database is gone.
    pub fn restarted(&self) -> Center {
        let parts = Parts {
            db: self.center.db().clone(),
            clock: Arc::clone(&self.clock) as _,
            entropy: Arc::new(SystemEntropy),
            erp: Arc::clone(&self.erp) as _,
            settings: self.center.settings().clone(),
            seal: seal(),
        };
        Center::new(parts).unwrap()
    }

    /// The same portal with another setting.
    pub fn with_settings(&self, change: impl FnOnce(&mut Settings)) -> Center {
        let mut settings = self.center.settings().clone();
        change(&mut settings);
        let parts = Parts {
            db: self.center.db().clone(),
            clock: Arc::clone(&self.clock) as _,
            entropy: Arc::new(SystemEntropy),
            erp: Arc::clone(&self.erp) as _,
            settings,
            seal: seal(),
        };
        Center::new(parts).unwrap()
    }

    /// The same portal on another database.
    pub async fn on(&self, url: &str) -> Center {
        let parts = Parts {
            db: Db::open(url).await.unwrap(),
            clock: Arc::clone(&self.clock) as _,
            entropy: Arc::new(SystemEntropy),
            erp: Arc::clone(&self.erp) as _,
            settings: self.center.settings().clone(),
            seal: seal(),
        };
        Center::new(parts).unwrap()
    }

    /// Where the embedded database stands, as `portal.sqlite`.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub async fn breaches(&self) -> Vec<String> {
        center::verify::verify(&self.center).await.unwrap()
    }

    pub fn is_sqlite(&self) -> bool {
        self.center.db().backend() == Backend::Sqlite
    }

    pub async fn execute(&self, sql: &'static str, args: Vec<Value>) -> u64 {
        let mut tx = self.center.db().write().await.unwrap();
        let touched = tx.execute(sql, args).await.unwrap();
        tx.commit().await.unwrap();
        touched
    }

    pub async fn rows(&self, sql: &'static str, args: Vec<Value>) -> Vec<Row> {
        self.center.db().read().await.unwrap().all(sql, args).await.unwrap()
    }

    /// The column `n` of the one row.
    pub async fn count(&self, sql: &'static str, args: Vec<Value>) -> i64 {
        self.center.db().read().await.unwrap().value(sql, args).await.unwrap()
    }

    /// The names of all audit events, in order.
    pub async fn events(&self) -> Vec<String> {
        let rows = self.rows("SELECT event FROM audit ORDER BY seq", vec![]).await;
        rows.iter().map(|row| row.get("event").unwrap()).collect()
    }

    /// Sends what waits.
    pub async fn send(&self) -> Result<Drained, StoreError> {
        self.worker.drain_once().await
    }

    /// The n-th try to send from now on fails like this, counted from 1.
    pub fn mail_fails_at(&self, n: u32, error: SendError) {
        *self.mailbox.fails.lock().unwrap() = Some((n, error));
    }

    /// Whether the try that was to fail has failed.
    pub fn mail_has_failed(&self) -> bool {
        self.mailbox.fails.lock().unwrap().is_none()
    }

    /// Sends what waits and answers everything that has arrived since the last time.
    pub async fn mails(&self) -> Vec<Letter> {
        self.send().await.unwrap();
        let got = std::mem::take(&mut *self.mailbox.arrived.lock().unwrap());
        let mut letters = Vec::new();
        for (id, text) in got {
            let rows = self.rows("SELECT kind, recipient FROM outbox WHERE id = $1", vec![id.into()]).await;
            letters.push(Letter {
                kind: rows[0].get("kind").unwrap(),
                to: rows[0].get("recipient").unwrap(),
                text,
            });
        }
        letters
    }

    /// Does what the portal does by itself, then as [`Portal::mails`].
    pub async fn settled_mails(&self) -> Vec<Letter> {
        center::jobs::settle(&self.center).await.unwrap();
        self.mails().await
    }

    /// A company of the ERP's customer with this number, without anybody in it.
    pub async fn company(&self, number: &str) -> CompanyId {
        let id = CompanyId(self.center.new_id());
        let customer = self.erp.get(number).customer;
        let slug = customer.name.to_lowercase().replace(' ', "-");
        self.execute(
            "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
             VALUES ($1, $2, $3, $4, $5, 'EUR', 'Europe/Berlin', $6)",
            vec![
                id.into(),
                customer.number.key().into(),
                number.into(),
                customer.name.into(),
                slug.into(),
                self.center.now().into(),
            ],
        )
        .await;
        id
    }

    /// A company that the ERP need not know.
    pub async fn company_named(&self, number: &str) -> CompanyId {
        let id = CompanyId(self.center.new_id());
        self.execute(
            "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
             VALUES ($1, $2, $2, $2, $2, 'EUR', 'Europe/Berlin', $3)",
            vec![id.into(), number.into(), self.center.now().into()],
        )
        .await;
        id
    }

    /// An active member with [`PASSWORD`].
    pub async fn person(&self, company: CompanyId, name: &str, email: &str, roles: &[Role]) -> UserId {
        let user = UserId(self.center.new_id());
        let now = self.center.now();
        self.execute(
            "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)
             VALUES ($1, $2, 'none', $3, 'en', $4, $5, $5)",
            vec![user.into(), email.into(), name.into(), self.password_hash().await.into(), now.into()],
        )
        .await;
        self.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)",
            vec![company.into(), user.into(), name.into(), name_key(name).into(), email.into(), now.into()],
        )
        .await;
        for role in roles {
            let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
            self.execute(sql, vec![company.into(), user.into(), (*role).into()]).await;
        }
        user
    }

    /// Makes somebody a member of a further company.
    pub async fn joins(&self, user: UserId, company: CompanyId, roles: &[Role]) {
        let rows = self.rows("SELECT name, email FROM users WHERE id = $1", vec![user.into()]).await;
        let (name, email): (String, String) = (rows[0].get("name").unwrap(), rows[0].get("email").unwrap());
        self.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6)",
            vec![
                company.into(),
                user.into(),
                name.clone().into(),
                name_key(&name).into(),
                email.into(),
                self.center.now().into(),
            ],
        )
        .await;
        for role in roles {
            let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
            self.execute(sql, vec![company.into(), user.into(), (*role).into()]).await;
        }
    }

    /// A business user of [`SOLO`] with [`PASSWORD`].
    pub async fn business_user(&self, email: &str) -> UserId {
        let user = UserId(self.center.new_id());
        let now = self.center.now();
        self.execute(
            "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)
             VALUES ($1, $2, 'none', 'Rita Kern', 'en', $3, $4, $4)",
            vec![user.into(), email.into(), self.password_hash().await.into(), now.into()],
        )
        .await;
        self.execute(
            "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, created_at)
             VALUES ($1, '207', '20-7', 'Solo Handel', 'EUR', $2)",
            vec![user.into(), now.into()],
        )
        .await;
        user
    }

    /// [`BAU`] as a company, with Marta Lind signed in as its main contact.
    pub async fn bau(&self) -> Bau {
        let company = self.company(BAU).await;
        let marta = self.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        self.execute(
            "UPDATE members SET contact_key = 'KT1', contact_number = 'KT-1' WHERE user_id = $1",
            vec![marta.into()],
        )
        .await;
        Bau { company, marta, chief: self.enter(MARTA).await }
    }

    /// Somebody of the staff with this role, signed in with both steps.
    pub async fn staff(&self, role: StaffRole) -> Actor {
        let (staff, session) = (StaffId(self.center.new_id()), SessionId(self.center.new_id()));
        let now = self.center.now();
        let email = Email::parse(&format!("{}-{staff}@nordholz.example", role.key())).unwrap();
        let name = format!("Petra {}", role.key());
        self.execute(
            "INSERT INTO staff (id, email, name, role, locale, password_hash, password_changed_at, totp_set_up_at, last_seen_at, created_at)
             VALUES ($1, $2, $3, $4, 'en', $5, $6, $6, $6, $6)",
            vec![
                staff.into(),
                email.as_str().into(),
                name.as_str().into(),
                role.key().into(),
                self.password_hash().await.into(),
                now.into(),
            ],
        )
        .await;
        let token = Token::new(&SystemEntropy);
        self.execute(
            "INSERT INTO staff_sessions (id, token_hash, staff_id, created_at, last_seen_at, ends_at, password_checked_at, verified_at, address, device)
             VALUES ($1, $2, $3, $4, $4, $5, $4, $4, '192.0.2.10', '')",
            vec![session.into(), token.hash().into(), staff.into(), now.into(), (now + 8 * HOUR).into()],
        )
        .await;
        Actor::Staff(Box::new(StaffSignedIn {
            staff,
            name,
            email,
            role,
            session,
            password_checked_at: now,
            verified: true,
            client: anybody().client().clone(),
        }))
    }

    /// Who of the staff holds this session, as for each request.
    pub async fn staff_holding(&self, token: &str) -> Option<Actor> {
        let found = center::office::sessions::resolve(&self.center, token, anybody().client()).await.unwrap();
        found.map(|who| Actor::Staff(Box::new(who)))
    }

    async fn password_hash(&self) -> String {
        // Hashing takes long, and each test needs the same.
        static HASH: OnceLock<String> = OnceLock::new();
        if let Some(hash) = HASH.get() {
            return hash.clone();
        }
        let hash = self.center.passwords().hash(PASSWORD.to_owned()).await.unwrap();
        HASH.get_or_init(|| hash).clone()
    }

    pub async fn sign_in(&self, from: &Actor, email: &str, password: &str) -> Result<String, Error> {
        accounts::sign_in(&self.center, from, email, password, "").await.map(|entered| entered.token.text())
    }

    /// Signs in with [`PASSWORD`].
    pub async fn enter(&self, email: &str) -> Actor {
        let token = self.sign_in(&anybody(), email, PASSWORD).await.unwrap();
        self.holding(&token).await.unwrap()
    }

    /// Switches the second step on; the code that did it is used up.
    pub async fn two_steps(&self, actor: &Actor) -> TwoSteps {
        let center = &self.center;
        accounts::begin_second_step(center, actor).await.unwrap();
        let page = accounts::my_second_step(center, actor).await.unwrap();
        let MySecondStep::SetUp { secret, .. } = page else { panic!("{page:?}") };
        let first = code(center, &secret, 0);
        let token = accounts::set_up_second_step(center, actor, &first).await.unwrap().text();
        let actor = self.holding(&token).await.unwrap();
        let page = accounts::my_second_step(center, &actor).await.unwrap();
        let MySecondStep::Keep { codes } = page else { panic!("{page:?}") };
        accounts::keep_recovery_codes(center, &actor).await.unwrap();
        TwoSteps { secret, codes, actor }
    }

    /// Who holds this session.
    pub async fn holding(&self, token: &str) -> Option<Actor> {
        let found = sessions::resolve(&self.center, token, anybody().client()).await.unwrap();
        found.map(|who| Actor::User(Box::new(who)))
    }

    /// The use cases' answers come from this many at once.
    pub async fn together<T, F>(&self, tasks: Vec<F>) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let start = Arc::new(tokio::sync::Barrier::new(tasks.len()));
        let mut set = JoinSet::new();
        for task in tasks {
            let start = Arc::clone(&start);
            set.spawn(async move {
                start.wait().await;
                task.await
            });
        }
        set.join_all().await
    }
}

/// A company and its main contact.
pub struct Bau {
    pub company: CompanyId,
    pub marta: UserId,
    pub chief: Actor,
}

fn name_key(name: &str) -> String {
    center::users::name_key(name)
}

/// A browser at this address in which nobody is signed in.
pub fn at(address: &str) -> Actor {
    Actor::Anonymous(Client {
        address: address.parse().unwrap(),
        device: "Mozilla/5.0 (X11; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0".to_owned(),
        locale: Locale::En,
        theme: Theme::System,
        shop: Arc::new(Shop::configured(&settings())),
        off: FeaturesOff::default(),
    })
}

/// A browser in which nobody is signed in.
pub fn anybody() -> Actor {
    at("192.0.2.10")
}

pub fn who(actor: &Actor) -> &SignedIn {
    actor.signed_in().unwrap()
}

/// The refusal to touch a right that the person asking lacks, before it leaves the host.
pub const fn lacking(missing: Permission) -> ErrorCode {
    ErrorCode::GrantLacking { missing, granted_by: Vec::new() }
}

/// The refusal that has to come.
pub fn refused<T>(result: Result<T, Error>) -> ErrorCode {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Error::Refused(refusal)) => refusal.code,
        Err(other) => panic!("not a refusal: {other}"),
    }
}

/// What has to be wrong with the only wrong field.
pub fn issue<T>(result: Result<T, Error>) -> (String, FieldIssue) {
    let mut fields = issues(result);
    assert_eq!(fields.len(), 1, "{fields:?}");
    fields.remove(0)
}

/// What has to be wrong with the fields.
pub fn issues<T>(result: Result<T, Error>) -> Vec<(String, FieldIssue)> {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Error::Refused(refusal)) => {
            assert_eq!(refusal.code, ErrorCode::Invalid);
            refusal.fields.into_iter().map(|f| (f.field, f.issue)).collect()
        }
        Err(other) => panic!("not a refusal: {other}"),
    }
}

pub fn is_limited<T>(result: Result<T, Error>) -> bool {
    matches!(refused(result), ErrorCode::TooManyRequests { retry_after } if retry_after > 0)
}

/// How long an app shows a code.
pub const PERIOD: Instant = 30 * SECOND;

/// The code of the app with this secret, `later` periods from now.
pub fn code(center: &Center, secret: &str, later: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let seconds = (center.now() + later * PERIOD) / SECOND;
    Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build()
        .unwrap()
        .generate(seconds.try_into().unwrap())
        .to_string()
}

/// Somebody who switched the second step on.
pub struct TwoSteps {
    /// The secret of the app
    pub secret: String,
    pub codes: Vec<String>,
    /// Who holds the session in which it was done.
    pub actor: Actor,
}

/// A filled-in user form.
pub fn input(name: &str, email: &str, roles: &[Role]) -> UserInput {
    UserInput {
        salutation: "none".to_owned(),
        name: name.to_owned(),
        email: email.to_owned(),
        roles: roles.iter().map(|role| role.key().to_owned()).collect(),
        budgets: BudgetInput::default(),
    }
}
