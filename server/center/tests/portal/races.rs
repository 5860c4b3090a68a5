//! Many at once, round after round, in one process and, on Postgres, in two. `CC_TEST_ROUNDS` says
//! how many rounds; without it they are few.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use center::access::Actor;
use center::accounts::{self, links, sessions};
use center::activation::{self, Outcome, You};
use center::erp::ErpCustomer;
use center::store::Value;
use center::{Center, Error, users};
use model::{ActivationStep, CustomerNumber, Email, ErrorCode, Role, UserId};

use crate::support::*;

const ONE_STEP: Variant = Variant { one_step: true, embedded: false };
const CROWD: usize = 50;
/// Tells a second process which database to work on.
const NODE: &str = "CC_TEST_NODE";

/// What one of many does. Every text is one word, so that it can be told to another process.
#[derive(Clone)]
enum Act {
    /// Finishes the activation of this browser.
    Activate(String),
    /// Uses this link to set a password.
    SetPassword(String),
    /// Whoever has this session switches this user off.
    Deactivate(String, UserId),
    /// Whoever has this session takes the role of a main contact from this user.
    Demote(String, UserId, String),
}

impl Act {
    fn words(&self) -> String {
        match self {
            Self::Activate(browser) => format!("activate {browser}"),
            Self::SetPassword(link) => format!("set-password {link}"),
            Self::Deactivate(session, user) => format!("deactivate {session} {user}"),
            Self::Demote(session, user, email) => format!("demote {session} {user} {email}"),
        }
    }

    fn read(words: &str) -> Self {
        let words: Vec<&str> = words.split(' ').collect();
        let text = |i: usize| words[i].to_owned();
        match words[0] {
            "activate" => Self::Activate(text(1)),
            "set-password" => Self::SetPassword(text(1)),
            "deactivate" => Self::Deactivate(text(1), words[2].parse().unwrap()),
            "demote" => Self::Demote(text(1), words[2].parse().unwrap(), text(3)),
            other => panic!("{other}"),
        }
    }

    /// Whether it was done; anything but being late fails the test.
    async fn once(&self, center: &Center) -> Result<bool, Error> {
        let (answer, late) = match self {
            Self::Activate(browser) => {
                let form = You {
                    salutation: "ms",
                    first_name: "Marta",
                    last_name: "Lind",
                    password: PASSWORD,
                    repeat: PASSWORD,
                };
                match activation::you(center, &anybody(), browser, form).await {
                    Ok(Outcome::Next(ActivationStep::AlreadyActive, None)) => return Ok(false),
                    Ok(Outcome::Next(step, _)) => panic!("at {step:?}"),
                    other => (other.map(drop), ErrorCode::LinkInvalid),
                }
            }
            Self::SetPassword(link) => {
                let answer = accounts::set_password(center, &anybody(), link, PASSWORD, PASSWORD).await;
                (answer.map(drop), ErrorCode::LinkInvalid)
            }
            Self::Deactivate(session, user) => {
                let Some(me) = holder(center, session).await? else { return Ok(false) };
                (users::deactivate(center, &me, *user).await, ErrorCode::LastMainContact)
            }
            Self::Demote(session, user, email) => {
                let Some(me) = holder(center, session).await? else { return Ok(false) };
                let form = input("Chief", email, &[Role::Buyer]);
                let answer = users::edit(center, &me, *user, 1, &form).await.map(drop);
                (answer, ErrorCode::LastMainContact)
            }
        };
        match answer {
            Ok(()) => Ok(true),
            Err(error) if error.code() == Some(&late) => Ok(false),
            // Whoever was demoted in between has no right to it any more.
            Err(Error::Lacks(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// As [`Act::once`], again and again while the portal is busy.
    async fn patiently(&self, center: &Center) -> bool {
        loop {
            match self.once(center).await {
                Ok(done) => return done,
                Err(error) if is_busy(&error) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => panic!("{}: {error}", self.words()),
            }
        }
    }
}

fn is_busy(error: &Error) -> bool {
    matches!(error, Error::Busy) || matches!(error, Error::Store(error) if error.is_unavailable())
}

/// Whoever has this session; nobody when it has ended.
async fn holder(center: &Center, session: &str) -> Result<Option<Actor>, Error> {
    let found = sessions::resolve(center, session, anybody().client()).await?;
    Ok(found.map(|who| Actor::User(Box::new(who))))
}

/// All at once in this process; answers how many were done.
async fn at_once(portal: &Portal, acts: Vec<Act>) -> usize {
    let tasks = acts.into_iter().map(|act| {
        let center = Arc::clone(&portal.center);
        async move { act.patiently(&center).await }
    });
    portal.together(tasks.collect()).await.into_iter().filter(|done| *done).count()
}

/// A second process of this program on the same database.
struct Node {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Node {
    fn start(portal: &Portal) -> Self {
        let arguments = ["races::a_second_process", "--exact", "--nocapture"];
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .env(NODE, &portal.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = process.stdin.take().unwrap();
        let from = BufReader::new(process.stdout.take().unwrap());
        let mut node = Self { process, to, from };
        node.hear("ready");
        node
    }

    fn tell(&mut self, words: &str) {
        writeln!(self.to, "{words}").unwrap();
    }

    /// Waits for a line that begins with this word; answers what follows it.
    fn hear(&mut self, word: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the second process ended");
            if let Some(rest) = line.strip_prefix(word) {
                return rest.trim().to_owned();
            }
        }
    }
}

/// Who does what is done at once.
enum Racers {
    This,
    Two(Box<[Node; 2]>),
}

impl Racers {
    /// All at once; answers how many were done.
    async fn race(&mut self, portal: &Portal, round: usize, acts: Vec<Act>) -> usize {
        let Self::Two(nodes) = self else { return at_once(portal, acts).await };
        for (i, act) in acts.iter().enumerate() {
            nodes[i % 2].tell(&act.words());
        }
        for node in nodes.iter_mut() {
            node.tell(&format!("go {round}"));
        }
        nodes.iter_mut().map(|node| node.hear("done").parse::<usize>().unwrap()).sum()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_second_process() {
    // The other tests start it as a process of its own; by itself it has nothing to do.
    let Ok(url) = std::env::var(NODE) else { return };
    let portal = Portal::open(&url, tempfile::tempdir().unwrap(), ONE_STEP).await;
    println!("\nready");
    let mut acts = Vec::new();
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        if let Some(round) = line.strip_prefix("go ") {
            know(&portal, round.parse().unwrap());
            println!("done {}", at_once(&portal, std::mem::take(&mut acts)).await);
        } else {
            acts.push(Act::read(&line));
        }
    }
}

/// Runs a race on SQLite in one process, on Postgres in one and in two.
async fn race(usual: usize, test: impl AsyncFn(&Portal, usize, &mut Racers)) {
    both_with(ONE_STEP, async |portal| {
        let rounds = rounds(usual);
        for round in 0..rounds {
            test(portal, round, &mut Racers::This).await;
        }
        if !portal.is_sqlite() {
            let mut racers = Racers::Two(Box::new([Node::start(portal), Node::start(portal)]));
            for round in rounds..2 * rounds {
                test(portal, round, &mut racers).await;
            }
        }
    })
    .await;
}

fn customer_of(round: usize) -> (String, String) {
    (format!("60-{round}"), format!("chief{round}@round.example"))
}

/// The ERP knows the customer of this round.
fn know(portal: &Portal, round: usize) {
    let (number, administrator) = customer_of(round);
    let bau = portal.erp.get(BAU);
    portal.erp.add(Known {
        customer: ErpCustomer {
            number: CustomerNumber::parse(&number).unwrap(),
            name: format!("Round {round}"),
            administrator: Some(Email::parse(&administrator).unwrap()),
            ..bau.customer
        },
        contacts: vec![],
        invoices: bau.invoices,
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_activations_at_once_make_one_company_with_one_main_contact() {
    race(1, async |portal, round, racers| {
        know(portal, round);
        let (number, email) = customer_of(round);
        let mut acts = Vec::new();
        for _ in 0..CROWD {
            let begun = activation::start(&portal.center, &anybody(), &number, BAU_INVOICE, &email).await;
            let Ok(Outcome::Next(ActivationStep::You, Some(browser))) = begun else { panic!() };
            acts.push(Act::Activate(browser.text()));
        }
        let done = racers.race(portal, round, acts).await;
        assert_eq!(done, 1, "round {round}");
        for table in [
            "SELECT count(*) AS n FROM companies WHERE customer_number = $1 AND $2 = $2",
            "SELECT count(*) AS n FROM members WHERE email = $2 AND $1 = $1",
            "SELECT count(*) AS n FROM users WHERE email = $2 AND $1 = $1",
            "SELECT count(*) AS n FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = $2 AND $1 = $1",
            "SELECT count(*) AS n FROM outbox WHERE kind = 'account_activated' AND recipient = $2 AND $1 = $1",
        ] {
            let values = vec![number.as_str().into(), email.as_str().into()];
            assert_eq!(portal.count(table, values).await, 1, "round {round}: {table}");
        }
        let events = portal.events().await;
        assert_eq!(events.len(), 2 * (round + 1));
        assert_eq!(events[2 * round..], ["company_created", "user_activated"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_used_fifty_times_at_once_works_once() {
    race(1, async |portal, round, racers| {
        let company = portal.company_named(&format!("link-{round}")).await;
        let chief = format!("chief{round}@link.example");
        let new = format!("new{round}@link.example");
        portal.person(company, "Chief", &chief, &[Role::MainContact]).await;
        let actor = portal.enter(&chief).await;
        portal.clock.advance(SECOND);
        users::request(&portal.center, &actor, &input("New", &new, &[Role::Buyer])).await.unwrap();
        accounts::forgot_password(&portal.center, &anybody(), &chief).await.unwrap();
        let mails = portal.settled_mails().await;
        for kind in ["account_created", "password_reset"] {
            let link = one(&mails, kind).token();
            let acts = vec![Act::SetPassword(link.clone()); CROWD];
            let done = racers.race(portal, round, acts).await;
            assert_eq!(done, 1, "round {round}: {kind}");
            assert!(links::inspect(&portal.center, &link).await.unwrap().is_none());
        }
        // The addresses of one browser would run out of links to ask for.
        portal.clock.advance(HOUR);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_main_contacts_who_remove_each_other_one_stays() {
    race(12, async |portal, round, racers| {
        let company = portal.company_named(&format!("two-{round}")).await;
        let mut chiefs = Vec::new();
        for name in ["a", "b"] {
            let email = format!("{name}{round}@two.example");
            let user = portal.person(company, "Chief", &email, &[Role::MainContact]).await;
            let session = portal.sign_in(&anybody(), &email, PASSWORD).await.unwrap();
            chiefs.push((user, email, session));
        }
        let act = |me: usize, off: bool| {
            let ((other, email, _), (_, _, session)) = (chiefs[1 - me].clone(), chiefs[me].clone());
            if off { Act::Deactivate(session, other) } else { Act::Demote(session, other, email) }
        };
        let acts = vec![act(0, round % 4 < 2), act(1, round % 2 == 0)];
        let done = racers.race(portal, round, acts).await;
        assert_eq!(done, 1, "round {round}");
        let sql = "SELECT count(*) AS n FROM members m JOIN member_roles r ON r.user_id = m.user_id
             WHERE m.company_id = $1 AND r.role = 'main_contact' AND m.deactivated_at IS NULL";
        assert_eq!(portal.count(sql, vec![company.into()]).await, 1, "round {round}");
        assert_eq!(portal.breaches().await, Vec::<String>::new(), "round {round}");
    })
    .await;
}

/// Asks for an address in the profile, again and again while the portal is busy. Whether it was
/// asked for.
async fn ask_for(center: Arc<Center>, me: Actor, email: String) -> bool {
    loop {
        match accounts::change_email(&center, &me, &email, PASSWORD).await {
            Ok(()) => return true,
            Err(error) if is_busy(&error) => tokio::time::sleep(Duration::from_millis(20)).await,
            // The old address is gone already.
            Err(Error::Refused(_)) => return false,
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn changes_of_an_address_at_once_confirm_only_the_one_whose_link_was_used() {
    both(async |portal| {
        let bau = portal.bau().await;
        for round in 0..rounds(3) {
            let old = format!("kim{round}@bau-partner.example");
            let kim = portal.person(bau.company, "Kim", &old, &[Role::Buyer]).await;
            let sessions = [portal.enter(&old).await, portal.enter(&old).await];
            let asking = |part: &str, n: usize| {
                (0..n)
                    .map(|i| {
                        let email = format!("kim{round}-{part}{i}@new.example");
                        ask_for(Arc::clone(&portal.center), sessions[i % 2].clone(), email)
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(portal.together(asking("a", 5)).await, [true; 5]);
            let live = "SELECT count(*) AS n FROM links WHERE user_id = $1 AND purpose = 'email_change'
                 AND consumed_at IS NULL AND revoked_at IS NULL";
            assert_eq!(portal.count(live, vec![kim.into()]).await, 1, "each ends the one before");

            let mails = portal.mails().await;
            let confirm = one(&mails, "email_change_confirm").clone();
            // While its link is used, others are asked for.
            let others: Vec<_> = asking("b", 3).into_iter().map(|asked| tokio::spawn(asked)).collect();
            let uses = (0..3).map(|_| {
                let (center, link) = (Arc::clone(&portal.center), confirm.token());
                async move { accounts::confirm_email(&center, &anybody(), &link).await }
            });
            let used = portal.together(uses.collect()).await.into_iter().filter(Result::is_ok).count();
            for other in others {
                other.await.unwrap();
            }
            assert!(used <= 1);
            let values = |email: &str| -> Vec<Value> { vec![kim.into(), email.into()] };
            let has = "SELECT count(*) AS n FROM users WHERE id = $1 AND email = $2";
            let expected = if used == 1 { confirm.to.as_str() } else { old.as_str() };
            assert_eq!(portal.count(has, values(expected)).await, 1, "round {round}");

            // What was asked for meanwhile counts once its own link is used.
            let mails = portal.mails().await;
            if let Some(mail) = mails.iter().find(|mail| mail.kind == "email_change_confirm") {
                accounts::confirm_email(&portal.center, &anybody(), &mail.token()).await.unwrap();
                assert_eq!(portal.count(has, values(&mail.to)).await, 1, "round {round}");
            }
            portal.clock.advance(HOUR);
        }
    })
    .await;
}
