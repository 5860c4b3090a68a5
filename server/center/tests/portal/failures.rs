//! The first, second, … use of the database or question to the ERP fails, until there is none left to
//! fail. Each time either everything was done or nothing, and trying again works.

use std::collections::BTreeMap;

use center::activation::{self, Outcome, You};
use center::mail::SendError;
use center::office::{audit, mails};
use center::store::Row;
use center::store::faults::{Fault, failing};
use center::{Error, accounts, jobs, users};
use model::{ActivationStep, AuditQuery, CustomerNumber, Email, Role, StaffRole, UserId};
use sqlx::AssertSqlSafe;
use tokio::sync::OnceCell;

use crate::support::*;

/// Counters of attempts: an attempt counts whatever comes of it.
const ATTEMPTS: [&str; 3] = ["attempts", "tried_accounts", "known_networks"];
/// Steps of an activation keep what was typed, and count the tries of a code, before the account is made.
const STEPS: &str = "activations";

async fn ask(portal: &Portal, sql: String) -> Vec<Row> {
    portal.center.db().read().await.unwrap().all(AssertSqlSafe(sql), vec![]).await.unwrap()
}

async fn names(portal: &Portal, sql: String) -> Vec<String> {
    ask(portal, sql).await.iter().map(|row| row.get("n").unwrap()).collect()
}

/// What asks for every row of every table but those of attempts, as text.
async fn question(portal: &Portal) -> String {
    let tables = if portal.is_sqlite() {
        "SELECT name AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    } else {
        "SELECT CAST(tablename AS text) AS n FROM pg_tables WHERE schemaname = 'public'"
    };
    let mut parts = Vec::new();
    for table in names(portal, tables.to_owned()).await {
        if ATTEMPTS.contains(&table.as_str()) {
            continue;
        }
        let row = if portal.is_sqlite() {
            let columns =
                format!("SELECT 'quote(\"' || name || '\")' AS n FROM pragma_table_info('{table}')");
            names(portal, columns).await.join(" || ' ' || ")
        } else {
            format!("CAST({table} AS text)")
        };
        parts.push(format!("SELECT '{table}' AS t, {row} AS n FROM {table}"));
    }
    parts.join(" UNION ALL ") + " ORDER BY 1, 2"
}

/// Every row of every table that has any, but those of attempts, as text.
pub(super) async fn contents(portal: &Portal) -> BTreeMap<String, Vec<String>> {
    // The tables are the same throughout.
    static QUESTIONS: [OnceCell<String>; 2] = [OnceCell::const_new(), OnceCell::const_new()];
    let question = QUESTIONS[usize::from(portal.is_sqlite())].get_or_init(|| question(portal)).await;
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for row in ask(portal, question.clone()).await {
        found.entry(row.get("t").unwrap()).or_default().push(row.get("n").unwrap());
    }
    found
}

/// As [`contents`], without the steps of activations.
async fn results(portal: &Portal) -> BTreeMap<String, Vec<String>> {
    let mut found = contents(portal).await;
    found.remove(STEPS);
    found
}

/// As if much time had passed since the last attempt.
pub(super) async fn forget_attempts(portal: &Portal) {
    portal.execute("DELETE FROM attempts", vec![]).await;
    portal.execute("UPDATE activations SET code_attempts = 0", vec![]).await;
}

/// Fails the first, second, … use of the database. Each time nothing was done; the last time, when
/// none is left to fail, everything. Answers what came of that.
pub(super) async fn nothing_by_halves<T>(
    portal: &Portal,
    what: &str,
    seen: impl AsyncFn(&Portal) -> BTreeMap<String, Vec<String>>,
    act: impl AsyncFn() -> Result<T, Error>,
) -> T {
    for n in 1.. {
        forget_attempts(portal).await;
        let before = seen(portal).await;
        let (answer, struck) = Box::pin(failing(Fault::Use(n), act())).await;
        if !struck {
            assert!(n > 4, "{what}: only {n} uses");
            return answer.unwrap();
        }
        match answer {
            Err(Error::Store(error)) => assert!(error.is_unavailable()),
            Err(other) => panic!("{what}, use {n}: {other}"),
            Ok(_) => panic!("{what}, use {n}: as if it had not failed"),
        }
        assert_eq!(before, seen(portal).await, "{what}, use {n}");
    }
    unreachable!()
}

/// How many rows each table has.
async fn sizes(portal: &Portal) -> BTreeMap<String, usize> {
    results(portal).await.into_iter().map(|(table, rows)| (table, rows.len())).collect()
}

/// Loses the answer of the first, second, … commit; `act` gets a subject of its own each time. It has
/// left as much as one that succeeded, or nothing.
async fn whole_or_nothing<T>(portal: &Portal, what: &str, act: impl AsyncFn(usize) -> Result<T, Error>) {
    let grown = async |fault: Fault, subject: usize| {
        forget_attempts(portal).await;
        let before = sizes(portal).await;
        let (answer, struck) = Box::pin(failing(fault, act(subject))).await;
        let after = sizes(portal).await;
        assert!(before.keys().all(|table| after.contains_key(table)), "{what} empties a table");
        let grown: Vec<_> = after
            .into_iter()
            .map(|(table, rows)| {
                let more = rows - before.get(&table).copied().unwrap_or_default();
                (table, more)
            })
            .filter(|(_, more)| *more > 0)
            .collect();
        (answer, struck, grown)
    };
    let (answer, _, whole) = grown(Fault::Answer(u32::MAX), 0).await;
    assert!(answer.is_ok() && !whole.is_empty(), "{what}");
    let mut lost = 0;
    for n in 1.. {
        let (answer, struck, left) = grown(Fault::Answer(n), n as usize).await;
        assert_eq!(answer.is_err(), struck, "{what}, commit {n}");
        assert!(left.is_empty() || left == whole, "{what}, commit {n}: {left:?}, not {whole:?}");
        assert_eq!(portal.breaches().await, Vec::<String>::new(), "{what}, commit {n}");
        if !struck {
            break;
        }
        lost += usize::from(!left.is_empty());
    }
    assert_eq!(lost, 1, "{what}: one commit does it");
}

/// A customer of its own for each subject, with its administrator.
fn customer(portal: &Portal, subject: usize) -> (String, String) {
    let (number, email) = (format!("70-{subject}"), format!("chief{subject}@seventy.example"));
    let mut known = portal.erp.get(BAU);
    known.customer.number = CustomerNumber::parse(&number).unwrap();
    known.customer.administrator = Some(Email::parse(&email).unwrap());
    portal.erp.add(known);
    (number, email)
}

const FORM: You<'static> =
    You { salutation: "ms", first_name: "Marta", last_name: "Lind", password: PASSWORD, repeat: PASSWORD };

/// The browser's secret after the first step.
fn begun(answer: Outcome) -> String {
    match answer {
        Outcome::Next(ActivationStep::You, Some(browser)) => browser.text(),
        Outcome::Next(step, _) => panic!("at {step:?}"),
        Outcome::Done(..) | Outcome::Joined { .. } => panic!("the account is made"),
    }
}

async fn start(portal: &Portal, (number, email): &(String, String)) -> Result<Outcome, Error> {
    activation::start(&portal.center, &anybody(), number, BAU_INVOICE, email).await
}

#[tokio::test]
async fn an_activation_is_done_wholly_or_not_at_all() {
    both(async |portal| {
        let facts = customer(portal, 0);
        let browser =
            begun(nothing_by_halves(portal, "start", contents, async || start(portal, &facts).await).await);
        let center = &portal.center;
        nothing_by_halves(portal, "you", contents, async || {
            activation::you(center, &anybody(), &browser, FORM).await
        })
        .await;
        let code = one(&portal.mails().await, "activation_code").code();
        let entered = nothing_by_halves(portal, "confirm", results, async || {
            activation::confirm(center, &anybody(), &browser, &code).await
        })
        .await;
        let Outcome::Done(session, _) = entered else { panic!() };
        assert!(portal.holding(&session.text()).await.is_some());
        assert_eq!(addressed(&portal.mails().await), [("account_activated", facts.1.as_str())]);

        // The login there is gets a further company, and its browser switches to it.
        let second = (customer(portal, 1).0, facts.1);
        portal.erp.name_administrator(&second.0, &second.1);
        let browser = begun(start(portal, &second).await.unwrap());
        activation::you(center, &anybody(), &browser, FORM).await.unwrap();
        let code = one(&portal.mails().await, "activation_code").code();
        let joined = nothing_by_halves(portal, "join", results, async || {
            activation::confirm(center, &anybody(), &browser, &code).await
        })
        .await;
        assert!(matches!(joined, Outcome::Joined { .. }));
        let actor = portal.holding(&session.text()).await.unwrap();
        let choices = accounts::choices(center, who(&actor)).await.unwrap();
        let other = choices.into_iter().find(|choice| !choice.current).unwrap().place;
        nothing_by_halves(portal, "switch", contents, async || {
            accounts::switch_company(center, &actor, other).await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_activation_whose_answer_is_lost_is_done_wholly() {
    both_with(Variant { one_step: true, embedded: false }, async |portal| {
        let mut browsers = Vec::new();
        for subject in 0..8 {
            browsers.push(begun(start(portal, &customer(portal, subject)).await.unwrap()));
        }
        whole_or_nothing(portal, "you", async |subject| {
            activation::you(&portal.center, &anybody(), &browsers[subject], FORM).await
        })
        .await;
        // Whoever tries again hears that the account is there, or gets it now.
        for browser in &browsers {
            match activation::you(&portal.center, &anybody(), browser, FORM).await {
                Ok(_) => {}
                Err(error) => assert_eq!(error.code(), Some(&model::ErrorCode::LinkInvalid)),
            }
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 8);
    })
    .await;
}

#[tokio::test]
async fn users_are_made_changed_and_switched_off_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let ines = nothing_by_halves(portal, "request", contents, async || {
            users::request(center, chief, &form).await
        })
        .await;
        let form = input("Anna", "anna@bau-partner.example", &[Role::Viewer, Role::Approver]);
        let anna = nothing_by_halves(portal, "add", contents, async || {
            users::add_contact(center, chief, "KT-2", &form).await
        })
        .await;
        let mails = portal.mails().await;
        let to = [
            ("account_created", "anna@bau-partner.example"),
            ("account_created", "ines@bau-partner.example"),
        ];
        assert_eq!(addressed(&mails), to);
        let link = mails.iter().find(|mail| mail.to.starts_with("anna")).unwrap().token();
        nothing_by_halves(portal, "accept", contents, async || {
            accounts::set_password(center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await
        })
        .await;

        // Of an invited one the address changes at once, of one who accepted when it is confirmed.
        for (user, email) in [(ines, "i.moreau@bau-partner.example"), (anna, "a.berger@bau-partner.example")]
        {
            let version = users::get(center, chief, user).await.unwrap().version;
            let form = input("Another Name", email, &[Role::Accountant]);
            nothing_by_halves(portal, "edit", contents, async || {
                users::edit(center, chief, user, version, &form).await
            })
            .await;
            assert_eq!(users::get(center, chief, user).await.unwrap().row.roles, [Role::Accountant]);
        }
        let mails = portal.mails().await;
        let link = one(&mails, "email_change_confirm").token();
        nothing_by_halves(portal, "confirm an address", contents, async || {
            accounts::confirm_email(center, &anybody(), &link).await
        })
        .await;
        for user in [ines, anna] {
            nothing_by_halves(portal, "deactivate", contents, async || {
                users::deactivate(center, chief, user).await
            })
            .await;
            nothing_by_halves(portal, "activate", contents, async || {
                users::activate(center, chief, user).await
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn users_whose_answer_is_lost_are_made_changed_and_switched_off_wholly() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        portal.erp.change(BAU, |known| {
            known.contacts.extend((0..8).map(|i| contact(&format!("L-{i}"), "Contact", None, false)));
        });
        let email = |kind: &str, subject: usize| format!("{kind}{subject}@bau-partner.example");
        whole_or_nothing(portal, "request", async |subject| {
            users::request(center, chief, &input("New", &email("new", subject), &[Role::Buyer])).await
        })
        .await;
        whole_or_nothing(portal, "add", async |subject| {
            let form = input("Contact", &email("contact", subject), &[Role::Buyer]);
            users::add_contact(center, chief, &format!("L-{subject}"), &form).await
        })
        .await;
        let mut people: Vec<UserId> = Vec::new();
        for subject in 0..8 {
            people.push(portal.person(bau.company, "Kim", &email("kim", subject), &[Role::Buyer]).await);
        }
        whole_or_nothing(portal, "edit", async |subject| {
            let form = input("Kim Brand", &email("brand", subject), &[Role::Buyer, Role::Viewer]);
            users::edit(center, chief, people[subject], 1, &form).await
        })
        .await;
        whole_or_nothing(portal, "deactivate", async |subject| {
            users::deactivate(center, chief, people[subject]).await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_second_step_is_set_up_done_and_taken_back_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let actor = portal.enter("kim@bau-partner.example").await;
        accounts::begin_second_step(center, &actor).await.unwrap();
        let page = accounts::my_second_step(center, &actor).await.unwrap();
        let model::MySecondStep::SetUp { secret, .. } = page else { panic!("{page:?}") };
        let first = code(center, &secret, 0);
        let token = nothing_by_halves(portal, "set up", contents, async || {
            accounts::set_up_second_step(center, &actor, &first).await
        })
        .await;
        let actor = portal.holding(&token.text()).await.unwrap();
        nothing_by_halves(portal, "new codes", contents, async || {
            accounts::new_recovery_codes(center, &actor).await
        })
        .await;
        portal.clock.advance(PERIOD);
        let entered = nothing_by_halves(portal, "first step", contents, async || {
            accounts::sign_in(center, &anybody(), "kim@bau-partner.example", PASSWORD, "").await
        })
        .await;
        let (waiting, next) = (entered.token.text(), code(center, &secret, 0));
        let token = nothing_by_halves(portal, "second step", contents, async || {
            accounts::second_step(center, &anybody(), &waiting, &next).await
        })
        .await;
        assert!(portal.holding(&token.text()).await.is_some());
        nothing_by_halves(portal, "take back", contents, async || {
            users::reset_second_step(center, chief, kim).await
        })
        .await;
        nothing_by_halves(portal, "require", contents, async || {
            users::require_second_step(center, chief, true).await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_erp_that_falls_silent_on_the_way_leaves_nothing_half_done() {
    both_with(Variant { one_step: true, embedded: false }, async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let form = input("Anna", "anna@bau-partner.example", &[Role::Viewer]);
        for n in 1.. {
            let before = contents(portal).await;
            portal.erp.be_silent_at(n);
            let answer = users::add_contact(center, chief, "KT-2", &form).await;
            if !portal.erp.was_silent() {
                answer.unwrap();
                break;
            }
            assert!(matches!(answer, Err(Error::Erp(_))), "question {n}: {answer:?}");
            assert_eq!(before, contents(portal).await, "question {n}");
        }
        portal.erp.be_silent_at(0);
        for n in 1.. {
            forget_attempts(portal).await;
            let facts = customer(portal, n as usize);
            portal.erp.be_silent_at(n);
            let answer = start(portal, &facts).await.unwrap();
            if !portal.erp.was_silent() {
                begun(answer);
                break;
            }
            // It goes on by mail when the ERP answers again.
            assert!(matches!(answer, Outcome::Next(ActivationStep::Parked, Some(_))), "question {n}");
            portal.erp.be_silent_at(0);
            assert_eq!(one(&portal.settled_mails().await, "activation_resumed").to, facts.1);
        }
        portal.erp.be_silent_at(0);
        let facts = customer(portal, 100);
        let browser = begun(start(portal, &facts).await.unwrap());
        for n in 1.. {
            let before = results(portal).await;
            portal.erp.be_silent_at(n);
            let answer = activation::you(center, &anybody(), &browser, FORM).await;
            if !portal.erp.was_silent() {
                assert!(matches!(answer.unwrap(), Outcome::Done(..)));
                break;
            }
            assert!(matches!(answer, Err(Error::Erp(_))), "question {n}");
            assert_eq!(before, results(portal).await, "question {n}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_fails_on_the_way_loses_and_repeats_no_mail() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        portal.erp.change(BAU, |known| {
            known.contacts.extend((0..40).map(|i| contact(&format!("L-{i}"), "Contact", None, false)));
        });
        let mut subject = 0;
        for error in
            [SendError::Deferred("451 later".to_owned()), SendError::Unavailable("421 busy".to_owned())]
        {
            for n in 1.. {
                subject += 1;
                forget_attempts(portal).await;
                let email = |kind: &str| format!("{kind}{subject}@bau-partner.example");
                let activating = customer(portal, subject);
                let browser = begun(start(portal, &activating).await.unwrap());
                activation::you(center, &anybody(), &browser, FORM).await.unwrap();
                let form = input("Contact", &email("contact"), &[Role::Buyer]);
                users::add_contact(center, chief, &format!("L-{subject}"), &form).await.unwrap();
                users::request(center, chief, &input("New", &email("new"), &[Role::Buyer])).await.unwrap();
                let kim = portal.person(bau.company, "Kim", &email("kim"), &[Role::Buyer]).await;
                let form = input("Kim", &email("brand"), &[Role::Buyer]);
                users::edit(center, chief, kim, 1, &form).await.unwrap();
                let left = portal.person(bau.company, "Lea", &email("lea"), &[Role::Buyer]).await;
                users::deactivate(center, chief, left).await.unwrap();

                portal.mail_fails_at(n, error.clone());
                let mut arrived = portal.mails().await;
                let struck = portal.mail_has_failed();
                // Twice, for a server that was away is tried with one mail first.
                for _ in 0..2 {
                    portal.clock.advance(2 * MINUTE);
                    arrived.extend(portal.mails().await);
                }
                let (contact, new, kim, brand) =
                    (email("contact"), email("new"), email("kim"), email("brand"));
                let mut due = [
                    ("account_created", contact.as_str()),
                    ("account_created", &new),
                    ("activation_code", &activating.1),
                    ("deactivated", &email("lea")),
                    ("email_change_confirm", &brand),
                    ("email_change_notice", &kim),
                ];
                due.sort_unstable();
                assert_eq!(addressed(&arrived), due, "{error}, try {n}");
                if !struck {
                    assert!(n > 6, "each mail has failed once");
                    break;
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_mail_survives_a_database_that_fails_while_it_is_sent() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let mut arrived = Vec::new();
        for n in 1.. {
            let (sent, struck) = Box::pin(failing(Fault::Use(n), portal.send())).await;
            assert_eq!(sent.is_err(), struck, "use {n}");
            // Beyond the lease of a worker that did not come back.
            portal.clock.advance(3 * MINUTE);
            assert_eq!(portal.breaches().await, Vec::<String>::new(), "use {n}");
            if !struck {
                break;
            }
        }
        arrived.extend(portal.mails().await);
        assert!(arrived.iter().all(|mail| mail.to == "ines@bau-partner.example"), "{arrived:?}");
        let link = arrived.last().unwrap().token();
        accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let sent = "SELECT count(*) AS n FROM outbox WHERE state = 'sent'";
        assert_eq!(portal.count(sent, vec![]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn mails_are_sent_again_and_taken_up_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, staff) = (&portal.center, portal.staff(StaffRole::Service).await);
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(center, &bau.chief, &form).await.unwrap();
        portal.mails().await;
        let mail = portal.rows("SELECT id FROM outbox", vec![]).await[0].get("id").unwrap();
        let fresh = nothing_by_halves(portal, "send again", contents, async || {
            mails::resend(center, &staff, mail).await
        })
        .await;
        portal
            .execute("UPDATE outbox SET state = 'dead', reason = 'refused' WHERE state = 'pending'", vec![])
            .await;
        nothing_by_halves(portal, "retry", contents, async || mails::retry(center, &staff, fresh).await)
            .await;
        nothing_by_halves(portal, "note", contents, async || {
            mails::note_bounce(center, &staff, mail, "552 mailbox full").await
        })
        .await;
        nothing_by_halves(portal, "forget", contents, async || {
            mails::forget_bounce(center, &staff, mail).await
        })
        .await;
        assert_eq!(addressed(&portal.mails().await), [("account_created", "ines@bau-partner.example")]);
    })
    .await;
}

#[tokio::test]
async fn the_trail_is_checked_exported_and_cut_wholly_or_not_at_all() {
    both(async |portal| {
        portal.bau().await;
        portal.enter(MARTA).await;
        let center = &portal.center;
        let staff = portal.staff(StaffRole::Administrator).await;
        nothing_by_halves(portal, "check", contents, async || audit::check_chain(center, &staff, true).await)
            .await;
        nothing_by_halves(portal, "export", contents, async || {
            audit::export(center, &staff, &AuditQuery::default()).await
        })
        .await;
        nothing_by_halves(portal, "retention", contents, async || {
            audit::set_retention(center, &staff, "1", "").await
        })
        .await;
        portal.clock.advance(3 * 366 * DAY);
        jobs::sweep(center).await.unwrap();
        portal.enter(MARTA).await;
        portal.clock.advance(3 * 366 * DAY);
        // What else the sweeper clears away goes first, in a transaction of its own.
        let of_the_trail = async |portal: &Portal| {
            let mut found = contents(portal).await;
            found.retain(|table, _| table.starts_with("audit"));
            found
        };
        nothing_by_halves(portal, "cut", of_the_trail, async || Ok(jobs::sweep(center).await?)).await;
    })
    .await;
}
