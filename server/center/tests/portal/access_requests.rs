//! Requests for access: somebody without an account asks, the main contacts decide.

use std::sync::Arc;

use center::access::{Actor, Client};
use center::activation::{self, Asking, Outcome};
use center::{Error, accounts, jobs, users};
use model::{
    AccessRequestId, AccessRequestRow, ActivationStep, AskingContact, AskingForAccess, ErrorCode, FieldIssue,
    Locale, Permission, Role, Salutation, UserStatus,
};

use crate::support::*;

/// Known to the ERP as KT-2.
const ANNA: &str = "anna.berger@bau-partner.example";
/// Known to nobody.
const KIM: &str = "kim.novak@elsewhere.example";

/// A browser that has proven the numbers of [`BAU`] with an address that is not the administrator's.
async fn browser(portal: &Portal) -> String {
    begun(portal, ANNA).await.1
}

async fn begun(portal: &Portal, email: &str) -> (ActivationStep, String) {
    match activation::start(&portal.center, &anybody(), BAU, BAU_INVOICE, email).await.unwrap() {
        Outcome::Next(step, Some(token)) => (step, token.text()),
        _ => panic!("no activation is under way"),
    }
}

async fn ask_at(
    portal: &Portal,
    from: &Actor,
    browser: &str,
    [name, email, message]: [&str; 3],
) -> Result<(), Error> {
    activation::request_access(&portal.center, from, browser, Asking { name, email, message }).await.map(drop)
}

/// As often as wanted: each time from another address.
async fn ask(portal: &Portal, browser: &str, asked: [&str; 3]) {
    let sql = "SELECT count(*) AS n FROM attempts WHERE bucket = 'access.address'";
    let n = portal.count(sql, vec![]).await;
    ask_at(portal, &at(&format!("203.0.113.{n}")), browser, asked).await.unwrap();
}

async fn open(portal: &Portal, actor: &Actor) -> Vec<AccessRequestRow> {
    let page = users::access_requests(&portal.center, actor).await.unwrap();
    assert_eq!(page.counts.requests.n as usize, page.list.len());
    page.list
}

/// The only open request, by this person.
async fn asked(portal: &Portal, chief: &Actor, name: &str, email: &str) -> AccessRequestId {
    ask(portal, &browser(portal).await, [name, email, ""]).await;
    open(portal, chief).await.into_iter().find(|row| row.email == email).unwrap().id
}

#[tokio::test]
async fn who_asks_is_granted_access_as_the_contact_that_the_erp_knows() {
    both(async |portal| {
        let bau = portal.bau().await;
        let browser = browser(portal).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert_eq!(view.eligibility.unwrap().asking, AskingForAccess::Open);
        ask(
            portal,
            &browser,
            ["  Anna  B. ", " Anna.Berger@bau-partner.example", "Hello Marta\r\n\r\n\r\nAnna"],
        )
        .await;
        let rows = open(portal, &bau.chief).await;
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((row.name.as_str(), row.email.as_str(), row.user), ("Anna B.", ANNA, None));
        assert_eq!(row.message, "Hello Marta\n\nAnna");
        assert!(row.asked.starts_with("today"), "{}", row.asked);
        let known = AskingContact::Known { name: "Anna Berger".to_owned(), number: "KT-2".to_owned() };
        assert_eq!(row.contact, known);
        // The main contact is told, with everything but a line break.
        let mails = portal.settled_mails().await;
        assert_eq!(addressed(&mails), [("access_requested", MARTA)]);
        for part in ["Anna B.", ANNA, "Hello Marta  Anna", "Bau-Partner GmbH", "/users/requests"] {
            assert!(mails[0].text.contains(part), "{part} in {}", mails[0].text);
        }

        let page = users::access_request(&portal.center, &bau.chief, row.id).await.unwrap();
        assert_eq!((page.customer_number.as_str(), page.contact_number.as_str()), (BAU, "KT-2"));
        assert_eq!((page.form.name.as_str(), page.form.email.as_str()), ("Anna Berger", ANNA));
        assert_eq!(page.form.salutation, Salutation::Ms);
        assert!(page.form.roles.iter().any(|offer| offer.label == Role::Buyer && offer.held));
        let form = input("Anna Berger", ANNA, &[Role::Buyer]);
        let user = users::grant_access(&portal.center, &bau.chief, row.id, &form).await.unwrap();
        let found = users::get(&portal.center, &bau.chief, user).await.unwrap().row;
        assert_eq!((found.status, found.contact_number.as_str()), (UserStatus::Invited, "KT-2"));
        assert!(open(portal, &bau.chief).await.is_empty());
        let mails = portal.settled_mails().await;
        assert_eq!(addressed(&mails), [("account_created", ANNA)]);
        let link = mails[0].token();
        accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();

        let row = &portal
            .rows("SELECT decision, decided_at, decided_by, user_id FROM access_requests", vec![])
            .await[0];
        assert_eq!(row.get::<String>("decision").unwrap(), "granted");
        assert_eq!(row.get::<i64>("decided_at").unwrap(), portal.center.now());
        assert_eq!(row.get::<model::UserId>("decided_by").unwrap(), bau.marta);
        assert_eq!(row.get::<model::UserId>("user_id").unwrap(), user);
        let events = portal.events().await;
        let expected = ["access_requested", "user_created", "access_granted", "user_accepted_invitation"];
        assert_eq!(events[events.len() - 4..], expected);
    })
    .await;
}

#[tokio::test]
async fn making_who_asks_a_main_contact_wants_the_password_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = asked(portal, &bau.chief, "Kim Novak", KIM).await;
        portal.clock.advance(5 * MINUTE + 1);
        let main = input("Kim Novak", KIM, &[Role::MainContact]);
        let late = users::grant_access(&portal.center, &bau.chief, id, &main).await;
        assert_eq!(refused(late), ErrorCode::ReauthRequired);
        assert_eq!(open(portal, &bau.chief).await.len(), 1, "the request stays open");
        let fresh = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        users::grant_access(&portal.center, &fresh, id, &main).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_unknown_to_the_erp_is_added_by_what_was_typed() {
    both(async |portal| {
        let bau = portal.bau().await;
        let german = Actor::Anonymous(Client { locale: Locale::De, ..anybody().client().clone() });
        ask_at(portal, &german, &browser(portal).await, ["Kim Novák", KIM, ""]).await.unwrap();
        let row = open(portal, &bau.chief).await.remove(0);
        assert_eq!((row.contact, row.message.as_str()), (AskingContact::Unknown, ""));
        let page = users::access_request(&portal.center, &bau.chief, row.id).await.unwrap();
        assert_eq!((page.form.name.as_str(), page.form.email.as_str()), ("Kim Novák", KIM));
        assert_eq!((page.form.salutation, page.contact_number.as_str()), (Salutation::None, ""));
        portal.mails().await;
        // The main contact knows the address at work.
        let form = input("Kim Novák", "kim@bau-partner.example", &[Role::Viewer]);
        let user = users::grant_access(&portal.center, &bau.chief, row.id, &form).await.unwrap();
        let found = users::get(&portal.center, &bau.chief, user).await.unwrap().row;
        assert_eq!((found.email.as_str(), found.contact_number.as_str()), ("kim@bau-partner.example", ""));
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_created", "kim@bau-partner.example")]);
        assert!(
            mails[0].text.contains("Passwort festlegen"),
            "in the language of who asked: {}",
            mails[0].text
        );
    })
    .await;
}

#[tokio::test]
async fn who_is_declined_is_told_why_in_his_language() {
    both(async |portal| {
        let bau = portal.bau().await;
        let german = Actor::Anonymous(Client { locale: Locale::De, ..anybody().client().clone() });
        ask_at(portal, &german, &browser(portal).await, ["Kim Novák", KIM, "Hallo"]).await.unwrap();
        let id = open(portal, &bau.chief).await[0].id;
        portal.settled_mails().await;
        let decline =
            async |reason: &str| users::decline_access(&portal.center, &bau.chief, id, reason).await;
        let long = issue(decline(&"x".repeat(301)).await);
        assert_eq!(long, ("reason".to_owned(), FieldIssue::TooLong { max: 300 }));
        decline(" Wir kennen\r\nSie nicht. ").await.unwrap();
        assert!(open(portal, &bau.chief).await.is_empty());
        let mails = portal.settled_mails().await;
        assert_eq!(addressed(&mails), [("access_declined", KIM)]);
        for part in ["Guten Tag Kim Novák", "Bau-Partner GmbH", "Grund: Wir kennen Sie nicht."] {
            assert!(mails[0].text.contains(part), "{part} in {}", mails[0].text);
        }
        assert!(!mails[0].text.contains("Marta"), "who decided is nobody's business: {}", mails[0].text);
        assert_eq!(portal.events().await.last().unwrap(), "access_declined");
        assert_eq!(refused(decline("").await), ErrorCode::AlreadyDecided);
        let form = input("Kim", KIM, &[Role::Buyer]);
        let late = users::grant_access(&portal.center, &bau.chief, id, &form).await;
        assert_eq!(refused(late), ErrorCode::AlreadyDecided);
        let late = users::access_request(&portal.center, &bau.chief, id).await;
        assert_eq!(refused(late), ErrorCode::AlreadyDecided);
        // Who was declined may ask again.
        let again = asked(portal, &bau.chief, "Kim Novák", KIM).await;
        assert_ne!(again, id);
        users::decline_access(&portal.center, &bau.chief, again, "").await.unwrap();
        assert!(!one(&portal.mails().await, "access_declined").text.contains("Reason"));
    })
    .await;
}

#[tokio::test]
async fn the_answer_is_one_whoever_asks_and_asking_again_changes_the_open_request() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Buyer", "kim@bau-partner.example", &[Role::Buyer]).await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let browser = browser(portal).await;
        for email in [ANNA, "kim@bau-partner.example", RITA, MARTA] {
            ask(portal, &browser, ["First", email, "one"]).await;
            assert_eq!(portal.settled_mails().await.len(), usize::from(email != MARTA), "{email}");
            portal.clock.advance(MINUTE);
            ask(portal, &browser, ["Second", email, "two"]).await;
            assert!(portal.settled_mails().await.is_empty(), "{email}: nobody is told again");
        }
        let rows = open(portal, &bau.chief).await;
        let emails: Vec<_> = rows.iter().map(|row| row.email.as_str()).collect();
        assert_eq!(emails, [ANNA, "kim@bau-partner.example", RITA, MARTA]);
        for row in &rows {
            assert_eq!((row.name.as_str(), row.message.as_str()), ("Second", "two"));
        }
        // The company sees who is its own user, and of the other company nothing.
        let users: Vec<_> = rows.iter().map(|row| row.user).collect();
        assert_eq!(users, [None, Some(kim), None, Some(bau.marta)]);
        assert_eq!(portal.count("SELECT count(*) AS n FROM access_requests", vec![]).await, 4);
        let rita = portal.enter(RITA).await;
        assert!(open(portal, &rita).await.is_empty());
        let asked = portal.events().await.into_iter().filter(|event| event == "access_requested").count();
        assert_eq!(asked, 8);
    })
    .await;
}

#[tokio::test]
async fn only_a_browser_that_was_sent_to_the_administrator_can_ask() {
    both(async |portal| {
        let facts = ["Anna", ANNA, ""];
        let early = browser(portal).await;
        let bau = portal.bau().await;
        portal.erp.name_administrator(BAU, "new.chief@bau-partner.example");
        let (step, eligible) = begun(portal, "new.chief@bau-partner.example").await;
        assert_eq!(step, ActivationStep::You);
        for stranger in ["", "nonsense", &"0".repeat(64), &early[1..], &eligible] {
            let answer = ask_at(portal, &anybody(), stranger, facts).await;
            assert_eq!(refused(answer), ErrorCode::LinkInvalid, "{stranger}");
        }
        assert!(open(portal, &bau.chief).await.is_empty());
        ask(portal, &early, facts).await;
        portal.clock.advance(2 * HOUR);
        assert_eq!(refused(ask_at(portal, &anybody(), &early, facts).await), ErrorCode::LinkInvalid);
        // A company that is switched off has nobody to ask.
        let (_, late) = begun(portal, ANNA).await;
        portal.execute("UPDATE companies SET active = $1", vec![false.into()]).await;
        let view = activation::view(&portal.center, &anybody(), &late).await.unwrap().unwrap();
        assert_eq!(view.eligibility.unwrap().asking, AskingForAccess::Nobody);
        assert_eq!(refused(ask_at(portal, &anybody(), &late, facts).await), ErrorCode::WrongState);
        portal.execute("UPDATE companies SET active = $1", vec![true.into()]).await;
    })
    .await;
}

#[tokio::test]
async fn who_asks_before_the_company_is_activated_is_listed_once_it_is() {
    both(async |portal| {
        let browser = browser(portal).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert_eq!(view.eligibility.unwrap().asking, AskingForAccess::Early);
        ask(portal, &browser, ["Anna", ANNA, "Hello"]).await;
        ask(portal, &browser, ["Anna B.", ANNA, "Hello again"]).await;
        ask(portal, &browser, ["Kim", KIM, ""]).await;
        // Becomes a user before anybody decides; then there is nothing to decide.
        ask(portal, &browser, ["Marta", MARTA, ""]).await;
        let wrong = refused(ask_at(portal, &anybody(), &browser, ["", "kim", ""]).await);
        assert_eq!(wrong, ErrorCode::Invalid);
        assert!(portal.settled_mails().await.is_empty());

        let bau = portal.bau().await;
        portal.mails().await;
        portal.clock.advance(SECOND);
        // Asked before the company knew of the first one: that one is listed, once.
        ask(portal, &browser, ["Anna Berger", ANNA, "Again"]).await;
        assert_eq!(addressed(&portal.settled_mails().await), [("access_requested", MARTA); 2]);
        let listed: Vec<_> =
            open(portal, &bau.chief).await.into_iter().map(|row| (row.name, row.email)).collect();
        let both =
            [("Kim", KIM), ("Anna Berger", ANNA)].map(|(name, email)| (name.to_owned(), email.to_owned()));
        assert_eq!(listed, both);
        assert_eq!(portal.count("SELECT count(*) AS n FROM early_access_requests", vec![]).await, 0);
        assert!(portal.settled_mails().await.is_empty());
        // Four were noted as they were asked, and Kim's once more for the company.
        let noted = portal.events().await.into_iter().filter(|event| event == "access_requested").count();
        assert_eq!(noted, 6);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_waited_for_the_company_is_open_for_thirty_days_from_then() {
    both(async |portal| {
        ask(portal, &browser(portal).await, ["Anna", ANNA, ""]).await;
        portal.clock.advance(30 * DAY - MINUTE);
        let bau = portal.bau().await;
        jobs::settle(&portal.center).await.unwrap();
        portal.clock.advance(29 * DAY);
        let chief = portal.enter(MARTA).await;
        assert_eq!(open(portal, &chief).await.len(), 1, "{:?}", bau.company);
    })
    .await;
}

#[tokio::test]
async fn a_request_to_a_company_that_nobody_activates_ends_after_thirty_days() {
    both(async |portal| {
        ask(portal, &browser(portal).await, ["Anna", ANNA, ""]).await;
        portal.clock.advance(30 * DAY);
        let bau = portal.bau().await;
        jobs::settle(&portal.center).await.unwrap();
        assert!(open(portal, &bau.chief).await.is_empty());
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM early_access_requests", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_counted() {
    both(async |portal| {
        portal.bau().await;
        let browser = browser(portal).await;
        for _ in 0..5 {
            let long = "ä".repeat(501);
            let found = issues(ask_at(portal, &anybody(), &browser, ["a\u{202e}b", "anna", &long]).await);
            let expected = [
                ("name".to_owned(), FieldIssue::NotOneLine),
                ("email".to_owned(), FieldIssue::EmailMalformed),
                ("message".to_owned(), FieldIssue::TooLong { max: 500 }),
            ];
            assert_eq!(found, expected);
            let found = issues(ask_at(portal, &anybody(), &browser, ["", "", ""]).await);
            assert_eq!(found.len(), 2);
        }
        let sql = "SELECT count(*) AS n FROM attempts WHERE bucket LIKE 'access.%'";
        assert_eq!(portal.count(sql, vec![]).await, 0);
        ask(portal, &browser, ["Anna", ANNA, &"ä\r\n".repeat(250)]).await;
    })
    .await;
}

#[tokio::test]
async fn hostile_texts_stay_texts() {
    both(async |portal| {
        let bau = portal.bau().await;
        let message = "<script>alert(1)</script>{{ 7*191 }}\r\nBcc: x@evil.example\0\u{202e}\u{2028}end";
        ask(portal, &browser(portal).await, ["<b>{{ shop }}</b>", ANNA, message]).await;
        let row = open(portal, &bau.chief).await.remove(0);
        assert_eq!(row.message, "<script>alert(1)</script>{{ 7*191 }}\nBcc: x@evil.example\nend");
        let mail = one(&portal.settled_mails().await, "access_requested").clone();
        assert!(
            mail.text.contains("<b>{{ shop }}</b>") && mail.text.contains("{{ 7*191 }} Bcc:"),
            "{}",
            mail.text
        );
        assert!(!mail.text.contains("1337") && !mail.text.contains("\nBcc"), "{}", mail.text);
    })
    .await;
}

#[tokio::test]
async fn an_address_asks_three_times_an_hour_and_a_customer_is_asked_ten_times_a_day() {
    both(async |portal| {
        let bau = portal.bau().await;
        let browser = browser(portal).await;
        let from = async |address: &str, n: usize| {
            let email = format!("p{n}@bau-partner.example");
            ask_at(portal, &at(address), &browser, ["Person", &email, ""]).await
        };
        for n in 0..3 {
            from("203.0.113.1", n).await.unwrap();
        }
        assert!(is_limited(from("203.0.113.1", 3).await));
        for n in 3..10 {
            from(&format!("203.0.113.{n}"), n).await.unwrap();
        }
        assert!(is_limited(from("203.0.113.99", 10).await));
        assert_eq!(open(portal, &bau.chief).await.len(), 10);
        portal.clock.advance(DAY);
        let chief = portal.enter(MARTA).await;
        asked(portal, &chief, "Person", "p10@bau-partner.example").await;
    })
    .await;
}

#[tokio::test]
async fn one_mailbox_is_asked_for_three_times_a_day_and_the_answer_stays_the_same() {
    both(async |portal| {
        let bau = portal.bau().await;
        let browser = browser(portal).await;
        for n in 1..=5 {
            ask(portal, &browser, ["Anna", ANNA, &n.to_string()]).await;
        }
        assert_eq!(open(portal, &bau.chief).await[0].message, "3");
        ask(portal, &browser, ["Kim", KIM, ""]).await;
        assert_eq!(open(portal, &bau.chief).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_flood_of_requests_does_not_flood_the_mailboxes() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Jo Lind", "jo@bau-partner.example", &[Role::MainContact]).await;
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::MainContact]).await;
        users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        portal.person(bau.company, "Buyer", "buyer@bau-partner.example", &[Role::Buyer]).await;
        portal.mails().await;
        let browser = browser(portal).await;
        for n in 0..8 {
            ask(portal, &browser, ["Person", &format!("p{n}@else.example"), ""]).await;
        }
        assert_eq!(open(portal, &bau.chief).await.len(), 8, "the list shows all of them at once");
        let mut told = Vec::new();
        for _ in 0..4 {
            for _ in 0..3 {
                told.push(portal.settled_mails().await.len());
            }
            portal.clock.advance(HOUR);
        }
        // Two active main contacts, three requests an hour; none is lost.
        assert_eq!(told, [6, 0, 0, 6, 0, 0, 4, 0, 0, 0, 0, 0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_decided_first_is_told_to_nobody() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = asked(portal, &bau.chief, "Kim", KIM).await;
        users::decline_access(&portal.center, &bau.chief, id, "").await.unwrap();
        assert_eq!(addressed(&portal.settled_mails().await), [("access_declined", KIM)]);
    })
    .await;
}

#[tokio::test]
async fn a_request_ends_after_thirty_days() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = asked(portal, &bau.chief, "Kim", KIM).await;
        portal.settled_mails().await;
        portal.clock.advance(30 * DAY - SECOND);
        let chief = portal.enter(MARTA).await;
        assert_eq!(open(portal, &chief).await.len(), 1);
        portal.clock.advance(SECOND);
        // Whether or not it was cleared away already.
        for _ in 0..2 {
            assert!(open(portal, &chief).await.is_empty());
            let late = users::decline_access(&portal.center, &chief, id, "").await;
            assert_eq!(refused(late), ErrorCode::AlreadyDecided);
            let form = input("Kim", KIM, &[Role::Buyer]);
            let late = users::grant_access(&portal.center, &chief, id, &form).await;
            assert_eq!(refused(late), ErrorCode::AlreadyDecided);
            jobs::sweep(&portal.center).await.unwrap();
            assert_eq!(portal.breaches().await, Vec::<String>::new());
        }
        let row = &portal.rows("SELECT decision FROM access_requests", vec![]).await[0];
        assert_eq!(row.get::<String>("decision").unwrap(), "expired");
        assert!(portal.settled_mails().await.is_empty());
        portal.clock.advance(30 * DAY);
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM access_requests", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_has_ended_begins_anew_and_one_that_is_repeated_lasts() {
    both(async |portal| {
        let bau = portal.bau().await;
        asked(portal, &bau.chief, "Kim", KIM).await;
        portal.settled_mails().await;
        portal.clock.advance(20 * DAY);
        ask(portal, &browser(portal).await, ["Kim", KIM, "still here"]).await;
        assert!(portal.settled_mails().await.is_empty());
        portal.clock.advance(20 * DAY);
        let chief = portal.enter(MARTA).await;
        assert_eq!(open(portal, &chief).await.len(), 1, "thirty days from the last time");
        portal.clock.advance(20 * DAY);
        let chief = portal.enter(MARTA).await;
        assert!(open(portal, &chief).await.is_empty());
        ask(portal, &browser(portal).await, ["Kim", KIM, "again"]).await;
        let rows = open(portal, &chief).await;
        assert!(rows[0].asked.starts_with("today") && rows[0].message == "again", "{rows:?}");
        assert_eq!(addressed(&portal.settled_mails().await), [("access_requested", MARTA)]);
    })
    .await;
}

#[tokio::test]
async fn a_taken_address_is_refused_as_everywhere_and_the_request_can_be_declined() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = asked(portal, &bau.chief, "Rita", RITA).await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let grant = async |email| {
            let form = input("Rita", email, &[Role::Buyer]);
            users::grant_access(&portal.center, &bau.chief, id, &form).await
        };
        assert_eq!(issue(grant(RITA).await), ("email".to_owned(), FieldIssue::EmailTaken));
        assert_eq!(issue(grant("").await), ("email".to_owned(), FieldIssue::Required));
        assert_eq!(open(portal, &bau.chief).await.len(), 1, "it stays open");
        users::decline_access(&portal.center, &bau.chief, id, "").await.unwrap();

        let id = asked(portal, &bau.chief, "Kim", KIM).await;
        let form = input("Kim", KIM, &[Role::Buyer]);
        let kim = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        // Whoever is added another way has been granted what was asked for.
        assert!(open(portal, &bau.chief).await.is_empty());
        let late = users::grant_access(&portal.center, &bau.chief, id, &form).await;
        assert_eq!(refused(late), ErrorCode::AlreadyDecided);
        let sql = "SELECT count(*) AS n FROM access_requests WHERE user_id = $1 AND decision = 'granted'";
        assert_eq!(portal.count(sql, vec![kim.into()]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_contact_that_somebody_stands_under_is_not_given_twice() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Anna B.", "anna@bau-partner.example", &[Role::Buyer]);
        users::add_contact(&portal.center, &bau.chief, "KT-2", &form).await.unwrap();
        let id = asked(portal, &bau.chief, "Anna", ANNA).await;
        let page = users::access_request(&portal.center, &bau.chief, id).await.unwrap();
        assert_eq!((page.contact_number.as_str(), page.form.name.as_str()), ("", "Anna"));
        let form = input("Anna", ANNA, &[Role::Buyer]);
        let user = users::grant_access(&portal.center, &bau.chief, id, &form).await.unwrap();
        let row = users::get(&portal.center, &bau.chief, user).await.unwrap().row;
        assert_eq!(row.contact_number, "");
    })
    .await;
}

#[tokio::test]
async fn access_is_asked_for_and_granted_while_the_erp_is_down() {
    both(async |portal| {
        let bau = portal.bau().await;
        let browser = browser(portal).await;
        ask(portal, &browser, ["Anna", ANNA, ""]).await;
        portal.erp.set_down(true);
        portal.clock.advance(SECOND);
        ask(portal, &browser, ["Kim", KIM, ""]).await;
        let rows = open(portal, &bau.chief).await;
        let known = AskingContact::Known { name: "Anna Berger".to_owned(), number: "KT-2".to_owned() };
        assert_eq!((&rows[0].contact, &rows[1].contact), (&known, &AskingContact::Unavailable));
        let form = input("Anna", ANNA, &[Role::Buyer]);
        users::grant_access(&portal.center, &bau.chief, rows[0].id, &form).await.unwrap();
        portal.erp.set_down(false);
        assert_eq!(open(portal, &bau.chief).await[0].contact, AskingContact::Unknown);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_decide_at_once_one_does() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Jo Lind", "jo@bau-partner.example", &[Role::MainContact]).await;
        let jo = portal.enter("jo@bau-partner.example").await;
        for round in 0..4 {
            let email = format!("kim{round}@else.example");
            let id = asked(portal, &bau.chief, "Kim", &email).await;
            portal.settled_mails().await;
            let tasks = (0..8).map(|i| {
                let center = Arc::clone(&portal.center);
                let chief = if i % 2 == 0 { bau.chief.clone() } else { jo.clone() };
                let form = input("Kim", &email, &[Role::Buyer]);
                async move {
                    if i < 4 {
                        users::grant_access(&center, &chief, id, &form).await.map(|_| "account_created")
                    } else {
                        users::decline_access(&center, &chief, id, "").await.map(|()| "access_declined")
                    }
                }
            });
            let (done, late): (Vec<_>, Vec<_>) =
                portal.together(tasks.collect()).await.into_iter().partition(Result::is_ok);
            assert_eq!(done.len(), 1);
            for answer in late {
                assert_eq!(refused(answer), ErrorCode::AlreadyDecided);
            }
            let told = *done[0].as_ref().unwrap();
            assert_eq!(addressed(&portal.mails().await), [(told, email.as_str())]);
            assert_eq!(portal.breaches().await, Vec::<String>::new());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_asked_for_many_times_at_once_has_one_request_and_one_mail() {
    both(async |portal| {
        let bau = portal.bau().await;
        let browser = browser(portal).await;
        let tasks = (0..8).map(|n| {
            let (center, browser) = (Arc::clone(&portal.center), browser.clone());
            async move {
                let form = Asking { name: "Kim", email: KIM, message: "" };
                activation::request_access(&center, &at(&format!("203.0.113.{n}")), &browser, form).await
            }
        });
        for answer in portal.together(tasks.collect()).await {
            answer.unwrap();
        }
        assert_eq!(open(portal, &bau.chief).await.len(), 1);
        let tasks = (0..4).map(|_| {
            let center = Arc::clone(&portal.center);
            async move { jobs::settle(&center).await }
        });
        let told: usize = portal.together(tasks.collect()).await.into_iter().map(Result::unwrap).sum();
        assert_eq!(told, 1);
        assert_eq!(addressed(&portal.mails().await), [("access_requested", MARTA)]);
    })
    .await;
}

#[tokio::test]
async fn who_may_not_manage_users_decides_nothing_and_another_company_s_request_is_none() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = asked(portal, &bau.chief, "Kim", KIM).await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        portal.person(bau.company, "Buyer", "buyer@bau-partner.example", &[Role::Buyer]).await;
        portal.business_user("solo@business.example").await;
        let form = input("Kim", KIM, &[Role::Buyer]);
        let answers = async |actor: &Actor, id| {
            let center = &portal.center;
            [
                users::access_request(center, actor, id).await.map(drop),
                users::grant_access(center, actor, id, &form).await.map(drop),
                users::decline_access(center, actor, id, "").await,
            ]
        };
        let rita = portal.enter(RITA).await;
        let none = AccessRequestId(portal.center.new_id());
        for (actor, id) in [(&rita, id), (&rita, none), (&bau.chief, none)] {
            for answer in answers(actor, id).await {
                assert_eq!(refused(answer), ErrorCode::NotFound);
            }
        }
        let buyer = portal.enter("buyer@bau-partner.example").await;
        for answer in answers(&buyer, id).await {
            assert!(matches!(answer, Err(Error::Lacks(Permission::UsersManage))));
        }
        let list = users::access_requests(&portal.center, &buyer).await;
        assert!(matches!(list, Err(Error::Lacks(Permission::UsersView))));
        for actor in [anybody(), portal.enter("solo@business.example").await] {
            for answer in answers(&actor, id).await {
                let code = refused(answer);
                assert!(matches!(
                    code,
                    ErrorCode::Unauthenticated | ErrorCode::Forbidden { missing: None, .. }
                ));
            }
            assert!(users::access_requests(&portal.center, &actor).await.is_err());
        }
        assert_eq!(open(portal, &bau.chief).await.len(), 1);

        // Who was a main contact until a moment ago is none any more.
        portal.person(bau.company, "Jo Lind", "jo@bau-partner.example", &[Role::MainContact]).await;
        let session = portal.sign_in(&anybody(), "jo@bau-partner.example", PASSWORD).await.unwrap();
        let jo = who(&portal.holding(&session).await.unwrap()).user;
        users::deactivate(&portal.center, &bau.chief, jo).await.unwrap();
        assert!(portal.holding(&session).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn decisions_that_do_not_fit_are_seen() {
    both(async |portal| {
        let bau = portal.bau().await;
        asked(portal, &bau.chief, "Kim", KIM).await;
        for sql in [
            "UPDATE access_requests SET decided_at = created_at",
            "UPDATE access_requests SET decision = 'declined'",
            "UPDATE access_requests SET decided_at = created_at, decision = 'granted'",
            "UPDATE access_requests SET decided_at = created_at, decision = 'declined'",
            "UPDATE access_requests SET ends_at = created_at",
        ] {
            let kept =
                portal.rows("SELECT ends_at FROM access_requests", vec![]).await[0].get::<i64>("ends_at");
            portal.execute(sql, vec![]).await;
            let breaches = portal.breaches().await;
            assert!(breaches.len() == 1 && breaches[0].contains("does not fit"), "{sql}: {breaches:?}");
            portal
                .execute(
                    "UPDATE access_requests SET decided_at = NULL, decision = NULL, ends_at = $1",
                    vec![kept.unwrap().into()],
                )
                .await;
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_is_invited_already_gets_the_invitation_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ines = "ines.moreau@bau-partner.example";
        let form = input("Ines Moreau", ines, &[Role::MainContact]);
        let user = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let old = one(&portal.mails().await, "account_created").token();
        portal.erp.name_administrator(BAU, ines);
        let (step, browser) = begun(portal, ines).await;
        assert_eq!(step, ActivationStep::AlreadyActive);
        let stands =
            async || activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap().step;
        let again = async || activation::resend_invitation(&portal.center, &anybody(), &browser).await;
        assert_eq!(stands().await, ActivationStep::Invited);
        again().await.unwrap();
        let mail = one(&portal.mails().await, "account_created").clone();
        assert_eq!(mail.to, ines);
        assert!(mail.text.contains("Marta Lind") && mail.text.contains(MARTA), "{}", mail.text);
        assert_eq!(portal.events().await.last().unwrap(), "invitation_resent");
        let late = accounts::set_password(&portal.center, &anybody(), &old, PASSWORD, PASSWORD).await;
        assert_eq!(refused(late), ErrorCode::LinkInvalid);
        // Three an hour are mailed; the answer stays the same.
        for n in 2..=5 {
            again().await.unwrap();
            assert_eq!(portal.mails().await.len(), usize::from(n <= 3), "{n}");
        }
        portal.clock.advance(HOUR);

        let chief = portal.enter(MARTA).await;
        users::revoke_invitation(&portal.center, &chief, user).await.unwrap();
        assert_eq!(stands().await, ActivationStep::AlreadyActive);
        again().await.unwrap();
        assert!(portal.mails().await.is_empty(), "what was taken back is not sent again");
        users::activate(&portal.center, &chief, user).await.unwrap();
        assert_eq!(stands().await, ActivationStep::Invited);
        let link = one(&portal.mails().await, "account_created").token();
        accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        assert_eq!(stands().await, ActivationStep::AlreadyActive);
        again().await.unwrap();
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_sent_again_only_to_a_browser_that_has_proven_the_numbers() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Anna Berger", ANNA, &[Role::MainContact]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        portal.mails().await;
        let ineligible = browser(portal).await;
        for stranger in ["", "nonsense", &"0".repeat(64), &ineligible] {
            let answer = activation::resend_invitation(&portal.center, &anybody(), stranger).await;
            assert_eq!(refused(answer), ErrorCode::LinkInvalid, "{stranger}");
        }
        // One address asks ten times an hour.
        portal.erp.name_administrator(BAU, ANNA);
        let (_, invited) = begun(portal, ANNA).await;
        for _ in 0..10 {
            activation::resend_invitation(&portal.center, &anybody(), &invited).await.unwrap();
        }
        assert!(is_limited(activation::resend_invitation(&portal.center, &anybody(), &invited).await));
        // The last of three is the one that counts: it has taken the others back before they left.
        assert_eq!(addressed(&portal.mails().await), [("account_created", ANNA)]);
    })
    .await;
}
