//! Activation, row by row of the product reference's table, and what could go wrong on the way.

use std::sync::Arc;

use center::access::{Actor, Place};
use center::activation::{self, Outcome, You};
use center::{Center, Error, erp::ErpCustomer, jobs};
use model::{ActivationStep, ErrorCode, FieldIssue, PasswordIssue, Role, Salutation};

use crate::support::*;

const ONE_STEP: Variant = Variant { one_step: true, embedded: false };

/// A person's answers to the second step.
fn form(last_name: &str) -> You<'_> {
    You { salutation: "ms", first_name: "Marta", last_name, password: PASSWORD, repeat: PASSWORD }
}

fn step(outcome: Outcome) -> ActivationStep {
    match outcome {
        Outcome::Next(step, _) => step,
        Outcome::Done(..) | Outcome::Joined { .. } => panic!("the account is made"),
    }
}

fn session(outcome: Outcome) -> String {
    match outcome {
        Outcome::Done(token, _) => token.text(),
        Outcome::Joined { .. } => panic!("not signed in"),
        Outcome::Next(step, _) => panic!("at {step:?}"),
    }
}

async fn start(portal: &Portal, facts: [&str; 3]) -> Result<Outcome, Error> {
    start_at(portal, &anybody(), facts).await
}

async fn start_at(
    portal: &Portal,
    from: &Actor,
    [customer, invoice, email]: [&str; 3],
) -> Result<Outcome, Error> {
    activation::start(&portal.center, from, customer, invoice, email).await
}

/// The first step; answers the browser's secret.
async fn begun(portal: &Portal, facts: [&str; 3], expected: ActivationStep) -> String {
    match start(portal, facts).await.unwrap() {
        Outcome::Next(step, Some(token)) if step == expected => token.text(),
        Outcome::Next(step, _) => panic!("at {step:?}"),
        Outcome::Done(..) | Outcome::Joined { .. } => panic!("the account is made"),
    }
}

async fn you(portal: &Portal, browser: &str) -> Result<Outcome, Error> {
    activation::you(&portal.center, &anybody(), browser, form("Lind")).await
}

async fn confirm(portal: &Portal, browser: &str, code: &str) -> Result<Outcome, Error> {
    activation::confirm(&portal.center, &anybody(), browser, code).await
}

/// The second step; answers the mailed code.
async fn code(portal: &Portal, browser: &str) -> String {
    assert_eq!(step(you(portal, browser).await.unwrap()), ActivationStep::Code);
    one(&portal.mails().await, "activation_code").code()
}

/// From the facts to the session.
async fn activated(portal: &Portal, facts: [&str; 3]) -> Actor {
    let browser = begun(portal, facts, ActivationStep::You).await;
    let code = code(portal, &browser).await;
    let token = session(confirm(portal, &browser, &code).await.unwrap());
    portal.holding(&token).await.unwrap()
}

fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

const BAU_FACTS: [&str; 3] = [BAU, BAU_INVOICE, MARTA];
const SOLO_FACTS: [&str; 3] = [SOLO, SOLO_INVOICE, RITA];

async fn people(portal: &Portal) -> i64 {
    portal.count("SELECT count(*) AS n FROM users", vec![]).await
}

#[tokio::test]
async fn details_that_match_nothing_get_one_answer_whatever_is_wrong() {
    both(async |portal| {
        let mut answers = Vec::new();
        for facts in [
            ["99-1", BAU_INVOICE, MARTA],
            [BAU, "RE-1", MARTA],
            [BAU, SOLO_INVOICE, MARTA],
            [SOLO, SOLO_INVOICE, "someone@else.example"],
            // A contact of the customer, but not its main contact.
            [SOLO, SOLO_INVOICE, "paul.kern@solo.example"],
            [SOLO, "S-2", RITA],
        ] {
            portal.clock.advance(HOUR);
            let Err(Error::Refused(refusal)) = start(portal, facts).await else { panic!("{facts:?}") };
            answers.push(refusal);
        }
        assert!(answers.iter().all(|answer| *answer == ErrorCode::NoMatch.into()), "{answers:?}");
        assert_eq!(portal.events().await, vec!["activation_mismatch"; 6]);
        assert_eq!(portal.count("SELECT count(*) AS n FROM activations", vec![]).await, 0);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn fields_are_checked_before_anything_is_counted() {
    both(async |portal| {
        for _ in 0..10 {
            let found = issues(start(portal, ["", "<b>", "marta"]).await);
            let expected = [
                ("customer_number".to_owned(), FieldIssue::Required),
                ("invoice_number".to_owned(), FieldIssue::NumberMalformed),
                ("email".to_owned(), FieldIssue::EmailMalformed),
            ];
            assert_eq!(found, expected);
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM attempts", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_main_contact_of_a_customer_without_customer_center_becomes_a_business_user() {
    both(async |portal| {
        let actor = activated(portal, SOLO_FACTS).await;
        let Place::Business { customer_number, customer_name } = &who(&actor).place else { panic!() };
        assert_eq!((customer_number.as_str(), customer_name.as_str()), (SOLO, "Solo Handel"));
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 0);
        assert_eq!(portal.count("SELECT count(*) AS n FROM members", vec![]).await, 0);
        let row = &portal.rows("SELECT customer_key, contact_number FROM business_users", vec![]).await[0];
        assert_eq!(row.get::<String>("customer_key").unwrap(), "207");
        assert_eq!(row.get::<String>("contact_number").unwrap(), "KT-9");
        assert_eq!(addressed(&portal.mails().await), [("account_activated", RITA)]);
        assert_eq!(portal.events().await, ["user_activated"]);
        assert!(portal.sign_in(&anybody(), RITA, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_administrator_gets_a_company_as_its_main_contact() {
    both(async |portal| {
        let actor = activated(portal, BAU_FACTS).await;
        let Place::Company(member) = &who(&actor).place else { panic!() };
        assert_eq!(member.company_name, "Bau-Partner GmbH");
        assert_eq!(member.customer_number, BAU);
        assert_eq!(member.roles, [Role::MainContact]);
        assert_eq!(who(&actor).name, "Marta Lind");
        let row = &portal.rows("SELECT slug, currency, time_zone FROM companies", vec![]).await[0];
        assert_eq!(row.get::<String>("slug").unwrap(), "bau-partner-gmbh");
        assert_eq!(row.get::<String>("currency").unwrap(), "EUR");
        assert_eq!(row.get::<String>("time_zone").unwrap(), "Europe/Berlin");
        let row = &portal.rows("SELECT contact_key, contact_number FROM members", vec![]).await[0];
        assert_eq!(row.get::<String>("contact_key").unwrap(), "KT1");
        assert_eq!(row.get::<String>("contact_number").unwrap(), "KT-1");
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_activated", MARTA)]);
        assert!(mails[0].text.contains("Bau-Partner GmbH") && mails[0].text.contains(BAU));
        assert!(!mails[0].text.contains(PASSWORD));
        assert_eq!(portal.events().await, ["company_created", "user_activated"]);
        // The finished activation is of no further use.
        assert_eq!(
            portal
                .count("SELECT count(*) AS n FROM activations WHERE password_hash IS NOT NULL", vec![])
                .await,
            0
        );
    })
    .await;
}

#[tokio::test]
async fn a_customer_without_a_named_administrator_is_administered_by_its_main_contact() {
    both(async |portal| {
        portal.erp.change(BAU, |known| known.customer.administrator = None);
        let actor = activated(portal, BAU_FACTS).await;
        assert!(matches!(&who(&actor).place, Place::Company(_)));
        portal.erp.change(BAU, |known| known.contacts.clear());
        assert_eq!(refused(start(portal, [BAU, BAU_INVOICE, "x@y.example"]).await), ErrorCode::NoMatch);
    })
    .await;
}

#[tokio::test]
async fn who_has_an_account_is_told_so_and_gets_no_second_one() {
    both(async |portal| {
        activated(portal, BAU_FACTS).await;
        portal.mails().await;
        let browser = begun(portal, BAU_FACTS, ActivationStep::AlreadyActive).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert_eq!(view.step, ActivationStep::AlreadyActive);
        assert_eq!(refused(you(portal, &browser).await), ErrorCode::LinkInvalid);
        activated(portal, SOLO_FACTS).await;
        begun(portal, SOLO_FACTS, ActivationStep::AlreadyActive).await;
        // Only who knows the invoice learns that there is an account.
        assert_eq!(refused(start(portal, [BAU, "RE-1", MARTA]).await), ErrorCode::NoMatch);
        assert_eq!(people(portal).await, 2);
    })
    .await;
}

#[tokio::test]
async fn an_account_made_in_between_ends_the_other_activation_without_a_second_one() {
    both(async |portal| {
        let first = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let second = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let (first_code, second_code) = (code(portal, &first).await, code(portal, &second).await);
        session(confirm(portal, &first, &first_code).await.unwrap());
        assert_eq!(
            step(confirm(portal, &second, &second_code).await.unwrap()),
            ActivationStep::AlreadyActive
        );
        assert_eq!(people(portal).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_changed_administrator_joins_as_a_further_main_contact_and_the_others_are_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let off =
            portal.person(bau.company, "Old Boss", "old@bau-partner.example", &[Role::MainContact]).await;
        portal.execute("UPDATE members SET deactivated_at = 1 WHERE user_id = $1", vec![off.into()]).await;
        portal.person(bau.company, "Kim Buyer", "kim@bau-partner.example", &[Role::Buyer]).await;
        let anna = "anna.berger@bau-partner.example";
        portal.erp.name_administrator(BAU, anna);
        let actor = activated(portal, [BAU, BAU_INVOICE, anna]).await;
        let Place::Company(member) = &who(&actor).place else { panic!() };
        assert_eq!(member.company, bau.company);
        assert_eq!(member.roles, [Role::MainContact]);
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_activated", anna), ("further_administrator", MARTA)]);
        assert!(one(&mails, "further_administrator").text.contains(anna));
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 1);
        assert!(!portal.events().await.contains(&"company_created".to_owned()));
        // The one before stays a main contact.
        assert!(
            center::users::list(&portal.center, &bau.chief, &model::UsersQuery::default())
                .await
                .unwrap()
                .can_manage
        );
    })
    .await;
}

#[tokio::test]
async fn a_main_contact_who_does_not_want_to_be_told_of_further_ones_is_not() {
    both(async |portal| {
        let bau = portal.bau().await;
        let boss = "boss@bau-partner.example";
        portal.person(bau.company, "Other Boss", boss, &[Role::MainContact]).await;
        let input = model::ProfileInput {
            salutation: "none".to_owned(),
            name: "Marta Lind".to_owned(),
            locale: "en".to_owned(),
            ..model::ProfileInput::default()
        };
        center::accounts::edit_profile(&portal.center, &bau.chief, &input).await.unwrap();
        let anna = "anna.berger@bau-partner.example";
        portal.erp.name_administrator(BAU, anna);
        activated(portal, [BAU, BAU_INVOICE, anna]).await;
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_activated", anna), ("further_administrator", boss)]);
    })
    .await;
}

#[tokio::test]
async fn a_contact_that_a_colleague_stands_under_stays_with_the_colleague() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.erp.change(BAU, |known| {
            known.contacts[0].email = Some(model::Email::parse("new.chief@bau-partner.example").unwrap());
        });
        portal.erp.name_administrator(BAU, "new.chief@bau-partner.example");
        activated(portal, [BAU, BAU_INVOICE, "new.chief@bau-partner.example"]).await;
        let rows = portal.rows("SELECT user_id FROM members WHERE contact_key = 'KT1'", vec![]).await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].get::<model::UserId>("user_id").unwrap(), bau.marta);
    })
    .await;
}

#[tokio::test]
async fn a_colleague_is_sent_to_the_administrator_and_gets_no_account() {
    both(async |portal| {
        let facts = [BAU, BAU_INVOICE, "anna.berger@bau-partner.example"];
        let browser = begun(portal, facts, ActivationStep::Ineligible).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert_eq!(view.step, ActivationStep::Ineligible);
        assert_eq!(view.eligibility.unwrap().administrator_email, MARTA);
        assert_eq!(refused(you(portal, &browser).await), ErrorCode::LinkInvalid);
        assert_eq!(portal.events().await, ["activation_ineligible"]);
        assert_eq!(people(portal).await, 0);
        assert!(portal.mails().await.is_empty());
        // Without the right invoice the address stays unsaid.
        assert_eq!(refused(start(portal, [BAU, "RE-1", facts[2]]).await), ErrorCode::NoMatch);
    })
    .await;
}

#[tokio::test]
async fn numbers_and_addresses_may_be_spelled_as_on_paper() {
    both(async |portal| {
        let facts = [" 10 4020 – 0001 ", "re2026 0815", " Marta.Lind@Bau-Partner.example "];
        let browser = begun(portal, facts, ActivationStep::You).await;
        let code = code(portal, &browser).await;
        let spaced = format!(" {}-{} ", &code[..3], &code[3..]);
        session(confirm(portal, &browser, &spaced).await.unwrap());
        begun(portal, BAU_FACTS, ActivationStep::AlreadyActive).await;
        // The company carries the number as the ERP writes it.
        let row = &portal.rows("SELECT customer_number, customer_key FROM companies", vec![]).await[0];
        assert_eq!(row.get::<String>("customer_number").unwrap(), BAU);
        assert_eq!(row.get::<String>("customer_key").unwrap(), "1040200001");
    })
    .await;
}

#[tokio::test]
async fn the_second_step_is_prefilled_from_the_erp_and_with_nothing_else() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert_eq!(view.step, ActivationStep::You);
        assert_eq!((view.first_name.as_str(), view.last_name.as_str()), ("Marta Sofie", "Lind"));
        assert_eq!(view.salutation, Salutation::Ms);
        assert_eq!((view.contact_number.as_str(), view.company_name.as_str()), ("KT-1", "Bau-Partner GmbH"));
        assert!(view.confirm_email && view.eligibility.is_none());
        for stranger in ["", "nonsense", &format!("{browser}0"), &browser[1..], &"0".repeat(64)] {
            assert!(activation::view(&portal.center, &anybody(), stranger).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn the_second_step_names_every_wrong_field_and_judges_the_password() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let ask = async |salutation, first_name, last_name, password, repeat| {
            let form = You { salutation, first_name, last_name, password, repeat };
            activation::you(&portal.center, &anybody(), &browser, form).await
        };
        let found = issues(ask("dr", " ", "a\nb", "short", "short").await);
        let named: Vec<_> = found.iter().map(|(field, issue)| (field.as_str(), *issue)).collect();
        assert_eq!(
            named,
            [
                ("salutation", FieldIssue::UnknownChoice),
                ("first_name", FieldIssue::Required),
                ("last_name", FieldIssue::NotOneLine),
                ("password", FieldIssue::Password(PasswordIssue::TooShort)),
            ]
        );
        let too_long = "x y".repeat(90);
        let password = async |password| issue(ask("ms", "Marta", "Lind", password, password).await).1;
        assert_eq!(password("").await, FieldIssue::Required);
        assert_eq!(password("Password1234").await, FieldIssue::Password(PasswordIssue::Common));
        assert_eq!(password("Bau-Partner-2026").await, FieldIssue::Password(PasswordIssue::Context));
        assert_eq!(password("Nordholz-2026!").await, FieldIssue::Password(PasswordIssue::Context));
        assert_eq!(password("marta.lind.1984").await, FieldIssue::Password(PasswordIssue::Context));
        assert_eq!(password(&too_long).await, FieldIssue::Password(PasswordIssue::TooLong));
        let differ = issue(ask("ms", "Marta", "Lind", PASSWORD, NEW_PASSWORD).await);
        assert_eq!(differ, ("repeat".to_owned(), FieldIssue::PasswordsDiffer));
        let long = "ä".repeat(30);
        let too_long = issue(ask("ms", &long, &long, PASSWORD, PASSWORD).await);
        assert_eq!(too_long, ("last_name".to_owned(), FieldIssue::TooLong { max: 19 }));
        assert!(portal.mails().await.is_empty());
        // A phrase of 64 characters with an emoji is welcome.
        let phrase = "a green kettle sings 🎶 while seven owls count the winter stars 🌟";
        assert_eq!(step(ask("ms", "Marta", "Lind", phrase, phrase).await.unwrap()), ActivationStep::Code);
    })
    .await;
}

#[tokio::test]
async fn a_code_can_be_tried_five_times() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let code = code(portal, &browser).await;
        for malformed in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(issue(confirm(portal, &browser, malformed).await).0, "code");
        }
        for _ in 0..5 {
            let wrong = issue(confirm(portal, &browser, &another(&code)).await);
            assert_eq!(wrong, ("code".to_owned(), FieldIssue::CodeWrong));
        }
        assert_eq!(refused(confirm(portal, &browser, &code).await), ErrorCode::CodeExpired);
        assert_eq!(people(portal).await, 0);
        activation::resend_code(&portal.center, &anybody(), &browser).await.unwrap();
        let code = one(&portal.mails().await, "activation_code").code();
        session(confirm(portal, &browser, &code).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn parallel_guesses_of_a_code_all_count() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let code = code(portal, &browser).await;
        let guess = |code: String| {
            let (center, browser) = (Arc::clone(&portal.center), browser.clone());
            async move { activation::confirm(&center, &anybody(), &browser, &code).await }
        };
        let answers = portal.together((0..20).map(|_| guess(another(&code))).collect()).await;
        let judged = answers.into_iter().filter(
            |a| matches!(a, Err(Error::Refused(r)) if r.issue("code") == Some(FieldIssue::CodeWrong)),
        );
        assert_eq!(judged.count(), 5);
        assert_eq!(refused(confirm(portal, &browser, &code).await), ErrorCode::CodeExpired);
    })
    .await;
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let first = code(portal, &browser).await;
        portal.clock.advance(10 * MINUTE);
        assert_eq!(refused(confirm(portal, &browser, &first).await), ErrorCode::CodeExpired);
        activation::resend_code(&portal.center, &anybody(), &browser).await.unwrap();
        let second = one(&portal.mails().await, "activation_code").code();
        portal.clock.advance(10 * MINUTE - SECOND);
        session(confirm(portal, &browser, &second).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_new_code_kills_the_old_one_even_before_it_is_sent() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let old = code(portal, &browser).await;
        activation::resend_code(&portal.center, &anybody(), &browser).await.unwrap();
        assert_eq!(refused(confirm(portal, &browser, &old).await), ErrorCode::CodeExpired);
        let new = one(&portal.mails().await, "activation_code").code();
        if new != old {
            assert_eq!(issue(confirm(portal, &browser, &old).await).1, FieldIssue::CodeWrong);
        }
        session(confirm(portal, &browser, &new).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_code_belongs_to_the_browser_that_asked_for_it() {
    both(async |portal| {
        let mine = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let theirs = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let code = code(portal, &mine).await;
        assert_eq!(refused(confirm(portal, &theirs, &code).await), ErrorCode::LinkInvalid);
        self::code(portal, &theirs).await;
        assert_eq!(issue(confirm(portal, &theirs, &code).await).1, FieldIssue::CodeWrong);
        for stranger in ["", &"0".repeat(64), &mine[1..]] {
            assert_eq!(refused(confirm(portal, stranger, &code).await), ErrorCode::LinkInvalid);
        }
        session(confirm(portal, &mine, &code).await.unwrap());
        // And only once.
        assert_eq!(refused(confirm(portal, &mine, &code).await), ErrorCode::LinkInvalid);
    })
    .await;
}

#[tokio::test]
async fn steps_can_be_neither_skipped_nor_repeated() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        assert_eq!(refused(confirm(portal, &browser, "123456").await), ErrorCode::LinkInvalid);
        let resent = activation::resend_code(&portal.center, &anybody(), &browser).await;
        assert_eq!(refused(resent), ErrorCode::LinkInvalid);
        assert_eq!(
            refused(activation::resume(&portal.center, &anybody(), &browser).await),
            ErrorCode::LinkInvalid
        );
        let code = code(portal, &browser).await;
        session(confirm(portal, &browser, &code).await.unwrap());
        assert_eq!(refused(you(portal, &browser).await), ErrorCode::LinkInvalid);
        assert!(activation::view(&portal.center, &anybody(), &browser).await.unwrap().is_none());
        assert_eq!(people(portal).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_activation_ends_after_two_hours() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        portal.clock.advance(2 * HOUR);
        assert_eq!(refused(you(portal, &browser).await), ErrorCode::LinkInvalid);
        assert!(activation::view(&portal.center, &anybody(), &browser).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn without_the_code_the_account_is_made_in_one_step() {
    both_with(ONE_STEP, async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        assert!(!view.confirm_email);
        let token = session(you(portal, &browser).await.unwrap());
        assert!(portal.holding(&token).await.is_some());
        assert_eq!(addressed(&portal.mails().await), [("account_activated", MARTA)]);
    })
    .await;
}

#[tokio::test]
async fn an_activation_replaces_the_session_of_the_browser() {
    both_with(ONE_STEP, async |portal| {
        portal.business_user(RITA).await;
        let old = portal.sign_in(&anybody(), RITA, PASSWORD).await.unwrap();
        let signed_in = portal.holding(&old).await.unwrap();
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let done = activation::you(&portal.center, &signed_in, &browser, form("Lind")).await.unwrap();
        assert_eq!(who(&portal.holding(&session(done)).await.unwrap()).email.as_str(), MARTA);
        assert!(portal.holding(&old).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn what_changed_in_the_erp_since_the_first_step_counts() {
    both(async |portal| {
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let code = code(portal, &browser).await;
        portal.erp.name_administrator(BAU, "somebody.else@bau-partner.example");
        assert_eq!(refused(confirm(portal, &browser, &code).await), ErrorCode::NoMatch);
        portal.erp.set_down(true);
        assert!(matches!(confirm(portal, &browser, &code).await, Err(Error::Erp(_))));
        assert_eq!(people(portal).await, 0);
        // Nothing is lost: the same code makes the account when the ERP is back.
        portal.erp.set_down(false);
        portal.erp.name_administrator(BAU, MARTA);
        session(confirm(portal, &browser, &code).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_parked_activation_goes_on_by_mail_when_the_erp_is_back() {
    both(async |portal| {
        portal.erp.set_down(true);
        let parked = begun(portal, BAU_FACTS, ActivationStep::Parked).await;
        let view = activation::view(&portal.center, &anybody(), &parked).await.unwrap().unwrap();
        assert_eq!((view.step, view.email.as_str()), (ActivationStep::Parked, MARTA));
        assert_eq!(refused(you(portal, &parked).await), ErrorCode::LinkInvalid);
        assert_eq!(jobs::settle(&portal.center).await.unwrap(), 0);
        assert!(portal.mails().await.is_empty());

        portal.clock.advance(3 * DAY);
        portal.erp.set_down(false);
        let mails = portal.settled_mails().await;
        assert_eq!(addressed(&mails), [("activation_resumed", MARTA)]);
        let link = mails[0].token();
        assert!(portal.settled_mails().await.is_empty(), "it goes on once");
        // The browser's old secret proves nothing; the one in the mail proves the mailbox.
        assert!(activation::view(&portal.center, &anybody(), &parked).await.unwrap().is_none());
        portal.clock.advance(3 * DAY - SECOND);
        activation::resume(&portal.center, &anybody(), &link).await.unwrap();
        let view = activation::view(&portal.center, &anybody(), &link).await.unwrap().unwrap();
        assert_eq!((view.step, view.last_name.as_str()), (ActivationStep::You, "Lind"));
        assert!(!view.confirm_email);
        let token = session(you(portal, &link).await.unwrap());
        assert!(portal.holding(&token).await.is_some());
        assert_eq!(addressed(&portal.mails().await), [("account_activated", MARTA)]);
        assert_eq!(
            refused(activation::resume(&portal.center, &anybody(), &link).await),
            ErrorCode::LinkInvalid
        );
    })
    .await;
}

#[tokio::test]
async fn the_link_of_a_resumed_activation_ends_after_three_days() {
    both(async |portal| {
        portal.erp.set_down(true);
        begun(portal, SOLO_FACTS, ActivationStep::Parked).await;
        portal.erp.set_down(false);
        let link = one(&portal.settled_mails().await, "activation_resumed").token();
        portal.clock.advance(3 * DAY);
        assert_eq!(
            refused(activation::resume(&portal.center, &anybody(), &link).await),
            ErrorCode::LinkInvalid
        );
        assert_eq!(refused(you(portal, &link).await), ErrorCode::LinkInvalid);
    })
    .await;
}

#[tokio::test]
async fn parked_details_that_turn_out_wrong_are_mailed_to_nobody() {
    both(async |portal| {
        activated(portal, SOLO_FACTS).await;
        portal.mails().await;
        portal.erp.set_down(true);
        for facts in [
            ["99-1", BAU_INVOICE, MARTA],
            [BAU, "RE-1", MARTA],
            [BAU, BAU_INVOICE, "anna.berger@bau-partner.example"],
            SOLO_FACTS,
        ] {
            begun(portal, facts, ActivationStep::Parked).await;
        }
        portal.erp.set_down(false);
        assert_eq!(jobs::settle(&portal.center).await.unwrap(), 4);
        assert!(portal.mails().await.is_empty());
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM activations WHERE state = 'parked'", vec![]).await,
            0
        );
        assert_eq!(people(portal).await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_the_erp_longer_than_fourteen_days() {
    both(async |portal| {
        portal.erp.set_down(true);
        begun(portal, BAU_FACTS, ActivationStep::Parked).await;
        portal.clock.advance(14 * DAY);
        portal.erp.set_down(false);
        assert!(portal.settled_mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn five_mismatches_from_an_address_stop_it_for_a_quarter_of_an_hour() {
    both(async |portal| {
        for i in 0..5 {
            let number = format!("77-{i}");
            assert_eq!(refused(start(portal, [&number, "1", MARTA]).await), ErrorCode::NoMatch);
        }
        // Right and wrong details get the same answer now.
        assert!(is_limited(start(portal, BAU_FACTS).await));
        assert!(is_limited(start(portal, ["77-9", "1", MARTA]).await));
        assert!(start_at(portal, &at("203.0.113.9"), BAU_FACTS).await.is_ok());
        portal.clock.advance(15 * MINUTE - SECOND);
        assert!(is_limited(start(portal, BAU_FACTS).await));
        portal.clock.advance(SECOND);
        assert!(start(portal, BAU_FACTS).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn ten_mismatches_for_a_customer_stop_it_for_an_hour() {
    both(async |portal| {
        for i in 0..10 {
            let from = at(&format!("198.51.100.{i}"));
            // Being told the administrator counts as a mismatch, too.
            let facts =
                if i % 2 == 0 { [BAU, "RE-1", MARTA] } else { [BAU, BAU_INVOICE, "x@bau-partner.example"] };
            let answer = start_at(portal, &from, facts).await;
            assert!(!matches!(&answer, Err(Error::Refused(r)) if r.code != ErrorCode::NoMatch));
        }
        assert!(is_limited(start_at(portal, &at("203.0.113.1"), BAU_FACTS).await));
        assert!(is_limited(start_at(portal, &at("203.0.113.2"), ["1040200001", "RE-2", MARTA]).await));
        assert!(start_at(portal, &at("203.0.113.3"), SOLO_FACTS).await.is_ok());
        portal.clock.advance(HOUR);
        assert!(start_at(portal, &at("203.0.113.1"), BAU_FACTS).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn right_details_do_not_count_as_mismatches() {
    both(async |portal| {
        for _ in 0..12 {
            begun(portal, BAU_FACTS, ActivationStep::You).await;
        }
        for _ in 0..4 {
            refused(start(portal, ["77-1", "1", MARTA]).await);
        }
        begun(portal, BAU_FACTS, ActivationStep::You).await;
    })
    .await;
}

#[tokio::test]
async fn three_codes_an_hour_and_ten_a_day_are_mailed_for_a_customer() {
    both(async |portal| {
        let mut sent = 0;
        for hour in 0..5 {
            let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
            for _ in 0..4 {
                if you(portal, &browser).await.is_ok() {
                    sent += 1;
                    assert_eq!(portal.mails().await.len(), 1);
                } else {
                    assert!(is_limited(you(portal, &browser).await));
                }
            }
            assert_eq!(sent, (3 * (hour + 1)).min(10), "after hour {hour}");
            portal.clock.advance(HOUR);
        }
    })
    .await;
}

async fn finish(center: Arc<Center>, browser: String) -> Result<Outcome, Error> {
    activation::you(&center, &anybody(), &browser, form("Lind")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_browser_that_sends_twenty_times_gets_one_account() {
    both_with(ONE_STEP, async |portal| {
        for facts in [BAU_FACTS, SOLO_FACTS] {
            let browser = begun(portal, facts, ActivationStep::You).await;
            let tasks = (0..20).map(|_| finish(Arc::clone(&portal.center), browser.clone())).collect();
            let answers = portal.together(tasks).await;
            assert_eq!(answers.iter().filter(|a| matches!(a, Ok(Outcome::Done(..)))).count(), 1);
        }
        assert_eq!(people(portal).await, 2);
        assert_eq!(portal.mails().await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn companies_of_one_name_get_addresses_of_their_own() {
    both_with(ONE_STEP, async |portal| {
        let mut tasks = Vec::new();
        for i in 0..5 {
            let number = format!("50-{i}");
            let email = format!("chief{i}@twin.example");
            let bau = portal.erp.get(BAU);
            portal.erp.add(Known {
                customer: ErpCustomer {
                    number: model::CustomerNumber::parse(&number).unwrap(),
                    name: "Twin & Söhne".to_owned(),
                    administrator: Some(model::Email::parse(&email).unwrap()),
                    ..bau.customer
                },
                contacts: vec![],
                invoices: bau.invoices,
            });
            let browser = begun(portal, [&number, BAU_INVOICE, &email], ActivationStep::You).await;
            tasks.push(finish(Arc::clone(&portal.center), browser));
        }
        for answer in portal.together(tasks).await {
            session(answer.unwrap());
        }
        let rows = portal.rows("SELECT slug FROM companies ORDER BY slug", vec![]).await;
        let slugs: Vec<String> = rows.iter().map(|row| row.get("slug").unwrap()).collect();
        assert_eq!(slugs, ["twin-sohne", "twin-sohne-2", "twin-sohne-3", "twin-sohne-4", "twin-sohne-5"]);
    })
    .await;
}

/// How many connections wait for a lock, on Postgres.
async fn waiting(portal: &Portal) -> i64 {
    let sql = "SELECT count(*) AS n FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    portal.count(sql, vec![]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn activating_and_being_invited_at_once_never_fails_on_the_database() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.erp.name_administrator(BAU, "nora.neu@bau-partner.example");
        let facts = [BAU, BAU_INVOICE, "nora.neu@bau-partner.example"];
        let browser = begun(portal, facts, ActivationStep::You).await;
        let code = code(portal, &browser).await;
        // Both are made to wait for the company, the invitation first. SQLite has one writer anyway.
        let mut holding = portal.center.db().write().await.unwrap();
        holding.execute("UPDATE companies SET version = version + 1", vec![]).await.unwrap();
        let settled = async |n: i64| {
            while !portal.is_sqlite() && waiting(portal).await < n {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
        let inviting = tokio::spawn(async move {
            let form = input("Nora Neu", "nora.neu@bau-partner.example", &[Role::Buyer]);
            center::users::request(&center, &chief, &form).await
        });
        settled(1).await;
        let center = Arc::clone(&portal.center);
        let activating =
            tokio::spawn(async move { activation::confirm(&center, &anybody(), &browser, &code).await });
        settled(2).await;
        drop(holding);
        let (invited, activated) = (inviting.await.unwrap(), activating.await.unwrap());
        match invited {
            Ok(_) => assert_eq!(step(activated.unwrap()), ActivationStep::AlreadyActive),
            refusal => {
                assert_eq!(issue(refusal).1, FieldIssue::EmailTaken);
                session(activated.unwrap());
            }
        }
        assert_eq!(people(portal).await, 2);
    })
    .await;
}

#[tokio::test]
async fn codes_greet_by_the_full_name() {
    both(async |portal| {
        portal.erp.change(BAU, |known| known.contacts[0].name = "Marta S. Lind".to_owned());
        let browser = begun(portal, BAU_FACTS, ActivationStep::You).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        let you = You {
            salutation: "ms",
            first_name: &view.first_name,
            last_name: &view.last_name,
            password: PASSWORD,
            repeat: PASSWORD,
        };
        activation::you(&portal.center, &anybody(), &browser, you).await.unwrap();
        let first = portal.mails().await;
        activation::resend_code(&portal.center, &anybody(), &browser).await.unwrap();
        let second = portal.mails().await;
        for mails in [first, second] {
            let text = &one(&mails, "activation_code").text;
            assert!(text.contains("Hello Marta S. Lind,"), "{text}");
        }
    })
    .await;
}
