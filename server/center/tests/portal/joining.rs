//! Activations by an address that has a login already, for another company: the login gets a further
//! place and stays as it is.

use std::sync::Arc;

use center::access::{Actor, Client};
use center::activation::{self, Outcome, You};
use center::{Error, accounts, users};
use model::{ActivationStep, Email, ErrorCode, Locale, Role};

use crate::support::*;

const ONE_STEP: Variant = Variant { one_step: true, embedded: false };
const BAU_FACTS: [&str; 3] = [BAU, BAU_INVOICE, KIM];
const KIM: &str = "kim@other.example";

fn form(password: &str) -> You<'_> {
    You { salutation: "mr", first_name: "Joker", last_name: "Typed", password, repeat: password }
}

/// Kim has a login at another company; the ERP names Kim as the administrator of Bau-Partner.
async fn kim(portal: &Portal) -> model::UserId {
    let other = portal.company_named("30-1").await;
    let kim = portal.person(other, "Kim Ost", KIM, &[Role::MainContact]).await;
    portal.erp.name_administrator(BAU, KIM);
    kim
}

async fn begun(portal: &Portal, from: &Actor, facts: [&str; 3]) -> String {
    match activation::start(&portal.center, from, facts[0], facts[1], facts[2]).await.unwrap() {
        Outcome::Next(ActivationStep::You, Some(token)) => token.text(),
        Outcome::Next(step, _) => panic!("at {step:?}"),
        Outcome::Done(..) | Outcome::Joined { .. } => panic!("the account is made"),
    }
}

async fn you(portal: &Portal, from: &Actor, browser: &str) -> Result<Outcome, Error> {
    activation::you(&portal.center, from, browser, form(NEW_PASSWORD)).await
}

/// Both steps after the first; answers what the code leads to.
async fn finished(portal: &Portal, from: &Actor, browser: &str) -> Result<Outcome, Error> {
    let Outcome::Next(ActivationStep::Code, None) = you(portal, from, browser).await.unwrap() else {
        panic!("no code was mailed");
    };
    let code = one(&portal.mails().await, "activation_code").code();
    activation::confirm(&portal.center, from, browser, &code).await
}

fn slug(outcome: Outcome) -> Option<String> {
    match outcome {
        Outcome::Joined { slug } => slug,
        Outcome::Done(..) => panic!("signed in"),
        Outcome::Next(step, _) => panic!("at {step:?}"),
    }
}

fn session(outcome: Outcome) -> String {
    match outcome {
        Outcome::Done(token, _) => token.text(),
        Outcome::Joined { .. } => panic!("not signed in"),
        Outcome::Next(step, _) => panic!("at {step:?}"),
    }
}

#[tokio::test]
async fn a_proven_mailbox_opens_a_further_company_and_leaves_the_login_as_it_is() {
    both(async |portal| {
        let kim = kim(portal).await;
        let browser = begun(portal, &anybody(), BAU_FACTS).await;
        let view = activation::view(&portal.center, &anybody(), &browser).await.unwrap().unwrap();
        // Nothing tells of the login: the name is the ERP's, the password is asked for as of anybody.
        assert_eq!((view.first_name.as_str(), view.own_login), ("", false));
        let joined = slug(finished(portal, &anybody(), &browser).await.unwrap());
        assert_eq!(joined.as_deref(), Some("bau-partner-gmbh"));

        let rows = portal
            .rows(
                "SELECT m.user_id, m.name, u.name AS login FROM members m JOIN companies c ON c.id = m.company_id
                 JOIN users u ON u.id = m.user_id WHERE c.customer_number = $1",
                vec![BAU.into()],
            )
            .await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].get::<model::UserId>("user_id").unwrap(), kim);
        assert_eq!(rows[0].get::<String>("name").unwrap(), "Kim Ost");
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("company_joined", KIM)]);
        assert!(mails[0].text.contains("Bau-Partner GmbH") && mails[0].text.contains("Hello Kim Ost"));
        assert_eq!(portal.events().await, ["company_created", "user_activated"]);
        assert_eq!(portal.count("SELECT count(*) AS n FROM sessions", vec![]).await, 0, "nobody is signed in");

        // The password that was typed is nobody's.
        assert_eq!(refused(portal.sign_in(&anybody(), KIM, NEW_PASSWORD).await), ErrorCode::SignInFailed);
        portal.clock.advance(3 * SECOND);
        let entered =
            accounts::sign_in(&portal.center, &anybody(), KIM, PASSWORD, "bau-partner-gmbh").await.unwrap();
        let actor = portal.holding(&entered.token.text()).await.unwrap();
        assert!(users::list(&portal.center, &actor, &model::UsersQuery::default()).await.unwrap().can_manage);
        // It is done once.
        let again = activation::start(&portal.center, &anybody(), BAU, BAU_INVOICE, KIM).await.unwrap();
        assert!(matches!(again, Outcome::Next(ActivationStep::AlreadyActive, _)));
    })
    .await;
}

#[tokio::test]
async fn without_the_code_the_login_gets_nothing() {
    both(async |portal| {
        kim(portal).await;
        let browser = begun(portal, &anybody(), BAU_FACTS).await;
        you(portal, &anybody(), &browser).await.unwrap();
        let code = one(&portal.mails().await, "activation_code").code();
        let wrong = format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000);
        assert_eq!(issue(activation::confirm(&portal.center, &anybody(), &browser, &wrong).await).0, "code");
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 1);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn where_no_code_is_mailed_one_is_for_a_login_that_there_is() {
    both_with(ONE_STEP, async |portal| {
        kim(portal).await;
        let browser = begun(portal, &anybody(), BAU_FACTS).await;
        slug(finished(portal, &anybody(), &browser).await.unwrap());
        // A stranger to the shop goes the short way.
        portal.erp.name_administrator(SOLO, "new@solo.example");
        let browser = begun(portal, &anybody(), [SOLO, SOLO_INVOICE, "new@solo.example"]).await;
        session(you(portal, &anybody(), &browser).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn who_is_signed_in_types_nothing_and_goes_on_in_the_new_company() {
    both_with(ONE_STEP, async |portal| {
        kim(portal).await;
        let old = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        let actor = portal.holding(&old).await.unwrap();
        portal.clock.advance(10 * MINUTE);
        let browser = begun(portal, &actor, BAU_FACTS).await;
        let view = activation::view(&portal.center, &actor, &browser).await.unwrap().unwrap();
        assert!(view.own_login);
        let empty = You { salutation: "", first_name: "", last_name: "", password: "", repeat: "" };
        let done = activation::you(&portal.center, &actor, &browser, empty).await.unwrap();
        let there = portal.holding(&session(done)).await.unwrap();
        assert!(portal.holding(&old).await.is_none());
        assert_eq!(who(&there).password_checked_at, who(&actor).password_checked_at);
        assert_eq!(addressed(&portal.mails().await), [("company_joined", KIM)]);
        assert!(portal.sign_in(&anybody(), KIM, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_session_of_the_login_needs_the_code_too_where_one_is_mailed() {
    both(async |portal| {
        kim(portal).await;
        let actor = portal.enter(KIM).await;
        let browser = begun(portal, &actor, BAU_FACTS).await;
        let token = session(finished(portal, &actor, &browser).await.unwrap());
        assert!(portal.holding(&token).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn somebody_else_s_session_in_the_browser_ends_and_becomes_nobody_s() {
    both(async |portal| {
        kim(portal).await;
        portal.business_user(RITA).await;
        let rita = portal.sign_in(&anybody(), RITA, PASSWORD).await.unwrap();
        let actor = portal.holding(&rita).await.unwrap();
        let browser = begun(portal, &actor, BAU_FACTS).await;
        assert!(!activation::view(&portal.center, &actor, &browser).await.unwrap().unwrap().own_login);
        slug(finished(portal, &actor, &browser).await.unwrap());
        assert!(portal.holding(&rita).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn who_was_invited_elsewhere_chooses_the_first_password_and_accepts_that_invitation_without_another() {
    both(async |portal| {
        let bau = portal.bau().await;
        let invited = input("Kim Ost", KIM, &[Role::Buyer]);
        let kim = users::request(&portal.center, &bau.chief, &invited).await.unwrap();
        let link = one(&portal.mails().await, "account_created").token();
        portal.erp.name_administrator(SOLO, KIM);
        let browser = begun(portal, &anybody(), [SOLO, SOLO_INVOICE, KIM]).await;
        let token = session(finished(portal, &anybody(), &browser).await.unwrap());
        let actor = portal.holding(&token).await.unwrap();
        assert_eq!((who(&actor).user, who(&actor).name.as_str()), (kim, "Kim Ost"));
        assert!(portal.sign_in(&anybody(), KIM, NEW_PASSWORD).await.is_ok());

        // The invitation opens the company; the password in its form is not looked at.
        let found = accounts::links::inspect(&portal.center, &link).await.unwrap().unwrap();
        assert!(found.has_password);
        let used = accounts::set_password(&portal.center, &anybody(), &link, "", "").await.unwrap();
        assert_eq!(used, accounts::Used::Accepted);
        assert!(portal.holding(&token).await.is_some(), "nothing of the login has changed");
        let again = accounts::set_password(&portal.center, &anybody(), &link, "", "").await;
        assert_eq!(refused(again), ErrorCode::LinkInvalid);
        let entered = accounts::sign_in(&portal.center, &anybody(), KIM, NEW_PASSWORD, "bau-partner-gmbh")
            .await
            .unwrap();
        assert_eq!(entered.company, Some(bau.company));
        assert!(portal.events().await.contains(&"user_accepted_invitation".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_business_user_whose_customer_gets_customer_center_becomes_its_main_contact() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let old = portal.sign_in(&anybody(), RITA, PASSWORD).await.unwrap();
        portal.erp.name_administrator(SOLO, RITA);
        let browser = begun(portal, &anybody(), [SOLO, SOLO_INVOICE, RITA]).await;
        slug(finished(portal, &anybody(), &browser).await.unwrap());
        assert!(portal.holding(&old).await.is_none(), "the place is gone");
        assert_eq!(portal.count("SELECT count(*) AS n FROM business_users", vec![]).await, 0);
        let actor = portal.enter(RITA).await;
        assert_eq!(who(&actor).user, rita);
        assert!(who(&actor).company().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_business_user_of_another_customer_stays_one() {
    both(async |portal| {
        portal.business_user(RITA).await;
        portal.erp.name_administrator(BAU, RITA);
        let browser = begun(portal, &anybody(), [BAU, BAU_INVOICE, RITA]).await;
        slug(finished(portal, &anybody(), &browser).await.unwrap());
        let rita = portal.enter(RITA).await;
        assert!(who(&rita).elsewhere, "is offered the switch");
        let choices = accounts::choices(&portal.center, who(&rita)).await.unwrap();
        let names: Vec<_> = choices.iter().map(|choice| choice.name.as_str()).collect();
        assert_eq!(names, ["Bau-Partner GmbH", "Solo Handel"]);
    })
    .await;
}

#[tokio::test]
async fn a_login_is_business_user_of_one_customer_which_only_the_proven_mailbox_is_told() {
    both(async |portal| {
        portal.business_user(RITA).await;
        let mut second = portal.erp.get(SOLO);
        second.customer.number = model::CustomerNumber::parse("21-8").unwrap();
        second.customer.name = "Duo Handel".to_owned();
        portal.erp.add(second);
        let browser = begun(portal, &anybody(), ["21-8", SOLO_INVOICE, RITA]).await;
        let told = finished(portal, &anybody(), &browser).await.unwrap();
        assert!(matches!(told, Outcome::Next(ActivationStep::AlreadyActive, None)));
        let sql = "SELECT count(*) AS n FROM business_users WHERE customer_name = 'Solo Handel'";
        assert_eq!(portal.count(sql, vec![]).await, 1);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_was_switched_off_does_not_come_back_by_an_activation() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Vera", "vera@bau-partner.example", &[Role::MainContact]).await;
        let vera = portal.enter("vera@bau-partner.example").await;
        users::deactivate(&portal.center, &vera, bau.marta).await.unwrap();
        portal.business_user(RITA).await;
        portal.execute("UPDATE business_users SET deactivated_at = 1", vec![]).await;
        portal.erp.name_administrator(SOLO, RITA);
        for facts in [[BAU, BAU_INVOICE, MARTA], [SOLO, SOLO_INVOICE, RITA]] {
            let told = activation::start(&portal.center, &anybody(), facts[0], facts[1], facts[2]).await;
            assert!(matches!(told.unwrap(), Outcome::Next(ActivationStep::AlreadyActive, _)), "{facts:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_company_keeps_the_language_of_its_activation() {
    both(async |portal| {
        kim(portal).await;
        let Actor::Anonymous(client) = anybody() else { unreachable!() };
        let german = Actor::Anonymous(Client { locale: Locale::De, ..client });
        let browser = begun(portal, &german, BAU_FACTS).await;
        slug(finished(portal, &german, &browser).await.unwrap());
        assert!(portal.mails().await[0].text.contains("Guten Tag Kim Ost"));
        for (slug, locale) in [("bau-partner-gmbh", Locale::De), ("30-1", Locale::En)] {
            let entered = accounts::sign_in(&portal.center, &anybody(), KIM, PASSWORD, slug).await.unwrap();
            let actor = portal.holding(&entered.token.text()).await.unwrap();
            assert_eq!(who(&actor).locale, locale, "{slug}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_main_contacts_there_are_told_of_the_further_one() {
    both(async |portal| {
        portal.bau().await;
        kim(portal).await;
        let browser = begun(portal, &anybody(), BAU_FACTS).await;
        slug(finished(portal, &anybody(), &browser).await.unwrap());
        assert_eq!(
            addressed(&portal.mails().await),
            [("company_joined", KIM), ("further_administrator", MARTA)]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_browsers_that_join_at_once_join_once() {
    both(async |portal| {
        kim(portal).await;
        let mut tasks = Vec::new();
        for _ in 0..3 {
            let browser = begun(portal, &anybody(), BAU_FACTS).await;
            you(portal, &anybody(), &browser).await.unwrap();
            let code = one(&portal.mails().await, "activation_code").code();
            for _ in 0..3 {
                let (center, browser, code) = (Arc::clone(&portal.center), browser.clone(), code.clone());
                tasks.push(async move { activation::confirm(&center, &anybody(), &browser, &code).await });
            }
        }
        let answers = portal.together(tasks).await;
        let joined = answers.iter().filter(|answer| matches!(answer, Ok(Outcome::Joined { .. }))).count();
        assert_eq!(joined, 1);
        let already = |answer: &Result<Outcome, Error>| {
            matches!(answer, Ok(Outcome::Next(ActivationStep::AlreadyActive, _) | Outcome::Joined { .. }))
                || matches!(answer, Err(Error::Refused(refusal)) if refusal.code == ErrorCode::LinkInvalid)
        };
        assert!(answers.iter().all(already));
        let email = Email::parse(KIM).unwrap();
        let sql = "SELECT count(*) AS n FROM members WHERE email = $1";
        assert_eq!(portal.count(sql, vec![(&email).into()]).await, 2);
        assert_eq!(portal.mails().await.len(), 1);
    })
    .await;
}
