//! The second step of signing in: users switch it on and off, companies ask for it, colleagues and the shop take
//! it back from who lost it.

use center::access::Actor;
use center::office::users as office;
use center::{Error, accounts, users};
use model::{ColleagueStep, ErrorCode, FieldIssue, MySecondStep, PlaceId, Role, StaffRole, UsersQuery};
use totp_rs::Secret;

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

/// The password alone; what waits for the second step.
async fn half(portal: &Portal, email: &str) -> String {
    let entered = accounts::sign_in(&portal.center, &anybody(), email, PASSWORD, "").await.unwrap();
    assert!(entered.second_step);
    entered.token.text()
}

async fn try_code(portal: &Portal, code: &str) -> Result<String, Error> {
    let waiting = half(portal, MARTA).await;
    accounts::second_step(&portal.center, &anybody(), &waiting, code).await.map(|token| token.text())
}

fn wrong_code<T>(result: Result<T, Error>) {
    assert_eq!(issue(result), ("code".to_owned(), FieldIssue::SecondStepWrong));
}

/// As if the password had been typed long ago.
fn late(actor: &Actor) -> Actor {
    let mut who = who(actor).clone();
    who.password_checked_at -= 6 * MINUTE;
    Actor::User(Box::new(who))
}

async fn waiting(portal: &Portal) -> i64 {
    portal.count("SELECT count(*) AS n FROM pending_sign_ins", vec![]).await
}

#[tokio::test]
async fn it_is_switched_on_by_the_first_code_and_ends_what_the_password_alone_began() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let elsewhere = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let mine = async |actor: &Actor| accounts::my_second_step(center, actor).await.unwrap();
        assert_eq!(mine(&bau.chief).await, MySecondStep::Off { required_by: Vec::new() });
        let early = accounts::set_up_second_step(center, &bau.chief, "000000").await.map(drop);
        assert_eq!(refused(early), ErrorCode::WrongState);
        let begin = accounts::begin_second_step(center, &late(&bau.chief)).await;
        assert_eq!(refused(begin), ErrorCode::ReauthRequired);

        accounts::begin_second_step(center, &bau.chief).await.unwrap();
        let MySecondStep::SetUp { secret, path, .. } = mine(&bau.chief).await else { panic!() };
        assert!(path.starts_with("M4 4"));
        // The other browser has nothing of it.
        let other = portal.holding(&elsewhere).await.unwrap();
        assert_eq!(mine(&other).await, MySecondStep::Off { required_by: Vec::new() });
        wrong_code(accounts::set_up_second_step(center, &bau.chief, "000000").await.map(drop));
        let right = code(center, &secret, 0);
        let left_open = accounts::set_up_second_step(center, &late(&bau.chief), &right).await.map(drop);
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);
        let token = accounts::set_up_second_step(center, &bau.chief, &right).await.unwrap().text();

        assert!(portal.holding(&elsewhere).await.is_none());
        let again = accounts::set_up_second_step(center, &bau.chief, &right).await.map(drop);
        assert_eq!(refused(again), ErrorCode::Unauthenticated, "the token before is dead");
        let actor = portal.holding(&token).await.unwrap();
        let MySecondStep::Keep { codes } = mine(&actor).await else { panic!() };
        assert_eq!(codes.len(), 10);
        accounts::keep_recovery_codes(center, &actor).await.unwrap();
        let MySecondStep::On { codes_left: 10, required_by, .. } = mine(&actor).await else { panic!() };
        assert_eq!(required_by, Vec::<String>::new());
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("second_step_on", MARTA)]);
        assert_eq!(portal.events().await.last().unwrap(), "second_step_set_up");

        // The database has neither the secret nor the codes in clear.
        let rows =
            portal.rows("SELECT totp_sealed FROM users WHERE totp_set_up_at IS NOT NULL", vec![]).await;
        let sealed: Vec<u8> = rows[0].get("totp_sealed").unwrap();
        let bytes = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        assert!(!sealed.windows(20).any(|window| window == bytes.as_bytes()));
        let kept =
            "SELECT count(*) AS n FROM sessions WHERE totp_sealed IS NOT NULL OR codes_sealed IS NOT NULL";
        assert_eq!(portal.count(kept, vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_password_alone_opens_the_second_step_and_nothing_else() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let steps = portal.two_steps(&bau.chief).await;
        accounts::sessions::sign_out(center, &steps.actor).await.unwrap();
        portal.execute("DELETE FROM known_networks", vec![]).await;
        portal.clock.advance(PERIOD);
        for slug in ["", "bau-partner-gmbh"] {
            let before = portal.events().await.len();
            let entered = accounts::sign_in(center, &anybody(), MARTA, PASSWORD, slug).await.unwrap();
            assert!(entered.second_step);
            let waiting = entered.token.text();
            assert!(portal.holding(&waiting).await.is_none(), "it is no session");
            assert_eq!(portal.count("SELECT count(*) AS n FROM sessions", vec![]).await, 0);
            assert!(accounts::second_step_page(center, &anybody(), &waiting).await.unwrap());
            assert_eq!(portal.events().await.len(), before);
            assert_eq!(portal.count("SELECT count(*) AS n FROM known_networks", vec![]).await, 0);
            let right = code(center, &steps.secret, 0);
            let token = accounts::second_step(center, &anybody(), &waiting, &right).await.unwrap().text();
            assert_ne!(token, waiting);
            let actor = portal.holding(&token).await.unwrap();
            assert_eq!(who(&actor).company(), Some(bau.company));
            assert_eq!(portal.events().await.last().unwrap(), "authn_login_success");
            // It is used up.
            assert!(!accounts::second_step_page(center, &anybody(), &waiting).await.unwrap());
            let again = accounts::second_step(center, &anybody(), &waiting, &right).await.map(drop);
            assert_eq!(refused(again), ErrorCode::Unauthenticated);
            accounts::sessions::sign_out(center, &actor).await.unwrap();
            portal.execute("DELETE FROM known_networks", vec![]).await;
            portal.clock.advance(PERIOD);
        }
        for nonsense in ["", "0", &"0".repeat(64)] {
            let nobody = accounts::second_step(center, &anybody(), nonsense, "000000").await.map(drop);
            assert_eq!(refused(nobody), ErrorCode::Unauthenticated);
        }
        // Whoever signs in takes the place of who was signed in in this browser, also with one step done.
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let browser = portal.enter(KIM).await;
        accounts::sign_in(center, &browser, MARTA, PASSWORD, "").await.unwrap();
        let sql = "SELECT count(*) AS n FROM sessions WHERE user_id = $1";
        assert_eq!(portal.count(sql, vec![kim.into()]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn codes_work_once_and_are_guessed_five_times_at_most() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let TwoSteps { secret, codes, .. } = portal.two_steps(&bau.chief).await;
        let at = |later| code(center, &secret, later);
        wrong_code(try_code(portal, &at(0)).await);
        wrong_code(try_code(portal, &at(-1)).await);
        wrong_code(try_code(portal, &at(2)).await);
        try_code(portal, &at(1)).await.unwrap();
        wrong_code(try_code(portal, &at(1)).await);
        // The counter holds the wrong ones only.
        portal.clock.advance(15 * MINUTE);
        try_code(portal, &codes[3].to_lowercase().replace('-', " ")).await.unwrap();
        let events = portal.events().await;
        assert_eq!(events[events.len() - 2..], ["recovery_code_used", "authn_login_success"]);
        wrong_code(try_code(portal, &codes[3]).await);
        wrong_code(try_code(portal, &codes[3].replacen('3', "4", 1)).await);
        for _ in 0..3 {
            wrong_code(try_code(portal, "000000").await);
        }
        for right in [at(0), codes[4].clone()] {
            assert!(is_limited(try_code(portal, &right).await));
        }
        portal.clock.advance(15 * MINUTE);
        try_code(portal, &at(0)).await.unwrap();
        assert!(waiting(portal).await <= 5);
    })
    .await;
}

#[tokio::test]
async fn of_several_that_use_one_code_at_once_one_gets_in() {
    both(async |portal| {
        let bau = portal.bau().await;
        let TwoSteps { secret, codes, .. } = portal.two_steps(&bau.chief).await;
        portal.clock.advance(PERIOD);
        for proof in [code(&portal.center, &secret, 0), codes[0].clone()] {
            let mut tasks = Vec::new();
            for _ in 0..4 {
                let (center, proof, waiting) =
                    (portal.center.clone(), proof.clone(), half(portal, MARTA).await);
                tasks.push(async move {
                    accounts::second_step(&center, &anybody(), &waiting, &proof).await.is_ok()
                });
            }
            let done = portal.together(tasks).await;
            assert_eq!(done.iter().filter(|ok| **ok).count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_password_never_skips_it_and_ends_what_waits() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let steps = portal.two_steps(&bau.chief).await;
        portal.clock.advance(PERIOD);
        let before = half(portal, MARTA).await;
        accounts::forgot_password(center, &anybody(), MARTA).await.unwrap();
        let link = one(&portal.settled_mails().await, "password_reset").token();
        accounts::set_password(center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let right = code(center, &steps.secret, 0);
        let late = accounts::second_step(center, &anybody(), &before, &right).await.map(drop);
        assert_eq!(refused(late), ErrorCode::Unauthenticated);
        let entered = accounts::sign_in(center, &anybody(), MARTA, NEW_PASSWORD, "").await.unwrap();
        assert!(entered.second_step);
        let token = entered.token.text();
        accounts::second_step(center, &anybody(), &token, &right).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_waits_ends_with_its_time_and_with_whatever_ends_sessions() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let steps = portal.two_steps(&portal.enter(KIM).await).await;
        portal.clock.advance(PERIOD);
        let token = half(portal, KIM).await;
        portal.clock.advance(10 * MINUTE);
        assert!(!accounts::second_step_page(center, &anybody(), &token).await.unwrap());
        center::jobs::sweep(center).await.unwrap();
        assert_eq!(waiting(portal).await, 0);

        let staff = portal.staff(StaffRole::Administrator).await;
        let token = half(portal, KIM).await;
        office::end_sessions(center, &staff, kim).await.unwrap();
        let right = code(center, &steps.secret, 0);
        let ended = accounts::second_step(center, &anybody(), &token, &right).await.map(drop);
        assert_eq!(refused(ended), ErrorCode::Unauthenticated);

        let token = half(portal, KIM).await;
        users::deactivate(center, &portal.enter(MARTA).await, kim).await.unwrap();
        let off = accounts::second_step(center, &anybody(), &token, &right).await.map(drop);
        assert_eq!(refused(off), ErrorCode::Unauthenticated);
        let closed = accounts::sign_in(center, &anybody(), KIM, PASSWORD, "").await.map(drop);
        assert_eq!(refused(closed), ErrorCode::Deactivated);
    })
    .await;
}

#[tokio::test]
async fn who_has_it_makes_new_codes_and_switches_it_off_by_the_password() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        for nothing in [
            accounts::new_recovery_codes(center, &bau.chief).await,
            accounts::end_second_step(center, &bau.chief).await,
        ] {
            assert_eq!(refused(nothing), ErrorCode::WrongState);
        }
        let TwoSteps { codes, actor, .. } = portal.two_steps(&bau.chief).await;
        for asked in [
            accounts::new_recovery_codes(center, &late(&actor)).await,
            accounts::end_second_step(center, &late(&actor)).await,
        ] {
            assert_eq!(refused(asked), ErrorCode::ReauthRequired);
        }
        accounts::new_recovery_codes(center, &actor).await.unwrap();
        let MySecondStep::Keep { codes: fresh } = accounts::my_second_step(center, &actor).await.unwrap()
        else {
            panic!()
        };
        accounts::keep_recovery_codes(center, &actor).await.unwrap();
        wrong_code(try_code(portal, &codes[0]).await);
        let token = try_code(portal, &fresh[0]).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        let MySecondStep::On { codes_left: 9, .. } = accounts::my_second_step(center, &actor).await.unwrap()
        else {
            panic!()
        };
        portal.mails().await;

        half(portal, MARTA).await;
        accounts::end_second_step(center, &actor).await.unwrap();
        assert_eq!(waiting(portal).await, 0);
        let entered = accounts::sign_in(center, &anybody(), MARTA, PASSWORD, "").await.unwrap();
        assert!(!entered.second_step);
        assert_eq!(addressed(&portal.mails().await), [("second_step_off", MARTA)]);
        assert!(portal.events().await.contains(&"second_step_ended".to_owned()));
        let again = portal.holding(&entered.token.text()).await.unwrap();
        assert_eq!(
            accounts::my_second_step(center, &again).await.unwrap(),
            MySecondStep::Off { required_by: Vec::new() }
        );
    })
    .await;
}

#[tokio::test]
async fn a_company_asks_for_it_and_nothing_else_opens_until_it_is_there() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let other = portal.company_named("30-1").await;
        portal.person(other, "Otto", "otto@other.example", &[Role::MainContact]).await;
        portal.joins(kim, other, &[Role::Viewer]).await;
        let sql = "UPDATE members SET last_seen_at = 5 WHERE company_id = $1 AND user_id = $2";
        portal.execute(sql, vec![bau.company.into(), kim.into()]).await;
        let token = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        let buyer = portal.holding(&token).await.unwrap();
        assert_eq!(who(&buyer).company(), Some(bau.company));
        let lacking = users::require_second_step(center, &buyer, true).await;
        assert!(matches!(lacking, Err(Error::Lacks(_))));
        let chief = late(&bau.chief);
        let left_open = users::require_second_step(center, &chief, true).await;
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);
        let settings = users::settings(center, &bau.chief).await.unwrap();
        assert_eq!((settings.second_step_required, settings.without.n, settings.you_too), (false, 2, true));
        users::require_second_step(center, &bau.chief, true).await.unwrap();
        let after = portal.events().await;
        assert_eq!(after.last().unwrap(), "company_sign_in_changed");
        // Saying it again changes nothing, and leaves no trace.
        let again =
            portal.holding(&portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap()).await.unwrap();
        let asked = users::require_second_step(center, &again, true).await;
        assert_eq!(refused(asked), ErrorCode::SecondStepRequired, "who decided it has none either");

        // With the next request, in the session that there is.
        let buyer = portal.holding(&token).await.unwrap();
        for closed in [
            accounts::profile(center, &buyer).await.map(drop),
            accounts::sessions::list(center, &buyer).await.map(drop),
            users::list(center, &buyer, &UsersQuery::default()).await.map(drop),
            accounts::change_password(center, &buyer, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await.map(drop),
        ] {
            assert_eq!(refused(closed), ErrorCode::SecondStepRequired);
        }
        // For another company that does not ask for it the person may act.
        let to = accounts::switch_company(center, &buyer, PlaceId::Company(other)).await.unwrap();
        let there = portal.holding(&to.text()).await.unwrap();
        accounts::profile(center, &there).await.unwrap();
        let back = accounts::switch_company(center, &there, PlaceId::Company(bau.company)).await.unwrap();
        let buyer = portal.holding(&back.text()).await.unwrap();
        let page = accounts::my_second_step(center, &buyer).await.unwrap();
        assert_eq!(page, MySecondStep::Off { required_by: vec!["Bau-Partner GmbH".to_owned()] });
        // Somebody of the staff who looks can't set it up and is not asked for it.
        let staff = portal.staff(StaffRole::Administrator).await;
        let view = office::view_as(center, &staff, kim, Some(bau.company), "Why", true).await.unwrap();
        let viewer = portal.holding(&view.text()).await.unwrap();
        accounts::profile(center, &viewer).await.unwrap();
        let begin = accounts::begin_second_step(center, &viewer).await;
        assert_eq!(refused(begin), ErrorCode::ViewRefuses { acts: true });

        let TwoSteps { actor, .. } = portal.two_steps(&buyer).await;
        accounts::profile(center, &actor).await.unwrap();
        let off = accounts::end_second_step(center, &actor).await;
        assert_eq!(refused(off), ErrorCode::WrongState, "the company asks for it");

        let chief = portal.two_steps(&again).await.actor;
        let before = portal.events().await.len();
        users::require_second_step(center, &chief, true).await.unwrap();
        assert_eq!(portal.events().await.len(), before);
        users::require_second_step(center, &chief, false).await.unwrap();
        accounts::end_second_step(center, &actor).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_colleague_who_lost_it_gets_in_again_by_a_main_contact() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let other = portal.company_named("30-1").await;
        let foreign = portal.person(other, "Otto", "otto@other.example", &[Role::MainContact]).await;
        let step = async |user| users::get(center, &bau.chief, user).await.unwrap().second_step;
        assert_eq!(step(kim).await, ColleagueStep::Off);
        let none = users::reset_second_step(center, &bau.chief, kim).await;
        assert_eq!(refused(none), ErrorCode::WrongState);
        let TwoSteps { actor, codes, .. } = portal.two_steps(&portal.enter(KIM).await).await;
        portal.mails().await;
        assert_eq!(step(kim).await, ColleagueStep::On);
        let lacking = users::reset_second_step(center, &actor, bau.marta).await;
        assert!(matches!(lacking, Err(Error::Lacks(_))));
        for (user, code) in [(bau.marta, ErrorCode::Yourself), (foreign, ErrorCode::NotFound)] {
            assert_eq!(refused(users::reset_second_step(center, &bau.chief, user).await), code);
        }
        let left_open = users::reset_second_step(center, &late(&bau.chief), kim).await;
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);

        // A login of several companies is not this one's to weaken.
        portal.joins(kim, other, &[Role::Buyer]).await;
        assert_eq!(step(kim).await, ColleagueStep::OfOthersToo);
        let others = users::reset_second_step(center, &bau.chief, kim).await;
        assert_eq!(issue(others), ("user".to_owned(), FieldIssue::OnlyTheUser));
        for sql in [
            "DELETE FROM member_roles WHERE company_id = $1 AND user_id = $2",
            "DELETE FROM members WHERE company_id = $1 AND user_id = $2",
        ] {
            portal.execute(sql, vec![other.into(), kim.into()]).await;
        }

        let waiting = half(portal, KIM).await;
        users::reset_second_step(center, &bau.chief, kim).await.unwrap();
        let gone = accounts::second_step(center, &anybody(), &waiting, &codes[0]).await.map(drop);
        assert_eq!(refused(gone), ErrorCode::Unauthenticated);
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM sessions WHERE user_id = $1", vec![kim.into()]).await,
            0
        );
        let mails = portal.mails().await;
        let mail = one(&mails, "second_step_reset");
        assert!(mail.to == KIM && mail.text.contains("Marta Lind has taken back"), "{}", mail.text);
        assert_eq!(portal.events().await.last().unwrap(), "second_step_reset");
        assert_eq!(step(kim).await, ColleagueStep::Off);
        let entered = accounts::sign_in(center, &anybody(), KIM, PASSWORD, "").await.unwrap();
        assert!(!entered.second_step);
    })
    .await;
}

#[tokio::test]
async fn the_shop_takes_it_back_exports_and_erases_it() {
    both(async |portal| {
        let (center, bau) = (&portal.center, portal.bau().await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let steps = portal.two_steps(&portal.enter(KIM).await).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let auditor = portal.staff(StaffRole::Auditor).await;
        assert!(matches!(office::reset_second_step(center, &auditor, kim).await, Err(Error::OfficeLacks(_))));
        let text = office::export(center, &administrator, kim).await.unwrap();
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert!(data["person"]["totp_set_up_at"].is_string());
        assert_eq!(data["recovery_codes"].as_array().unwrap().len(), 10);
        assert!(!text.contains("argon2") && !text.contains("sealed"));
        portal.mails().await;

        let Actor::Staff(mut person) = administrator.clone() else { panic!("no staff") };
        person.password_checked_at -= 6 * MINUTE;
        let left_open = office::reset_second_step(center, &Actor::Staff(person), kim).await;
        assert_eq!(refused(left_open), ErrorCode::ReauthRequired);
        assert!(office::person(center, &administrator, kim).await.unwrap().second_step);
        office::reset_second_step(center, &administrator, kim).await.unwrap();
        assert!(!office::person(center, &administrator, kim).await.unwrap().second_step);
        let again = office::reset_second_step(center, &administrator, kim).await;
        assert_eq!(refused(again), ErrorCode::WrongState);
        let mails = portal.mails().await;
        assert!(one(&mails, "second_step_reset").text.contains("Nordholz & Söhne has taken back"));
        assert_eq!(portal.events().await.last().unwrap(), "second_step_reset");
        let old = who(&steps.actor).session;
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM sessions WHERE id = $1", vec![old.into()]).await,
            0
        );

        portal.two_steps(&portal.enter(KIM).await).await;
        half(portal, KIM).await;
        office::erase(center, &administrator, kim, KIM, "").await.unwrap();
        assert_eq!(waiting(portal).await, 0);
        assert_eq!(portal.count("SELECT count(*) AS n FROM recovery_codes", vec![]).await, 0);
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM users WHERE totp_sealed IS NOT NULL", vec![]).await,
            0
        );
    })
    .await;
}

#[tokio::test]
async fn business_users_have_it_too() {
    both(async |portal| {
        let center = &portal.center;
        portal.business_user(RITA).await;
        let steps = portal.two_steps(&portal.enter(RITA).await).await;
        portal.clock.advance(PERIOD);
        let token = half(portal, RITA).await;
        let right = code(center, &steps.secret, 0);
        let token = accounts::second_step(center, &anybody(), &token, &right).await.unwrap().text();
        assert_eq!(who(&portal.holding(&token).await.unwrap()).company(), None);
    })
    .await;
}
