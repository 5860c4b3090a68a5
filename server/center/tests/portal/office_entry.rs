//! Getting into the Back Office: password, second step, recovery codes, links.

use center::access::Actor;
use center::office::{self, sessions};
use center::{Error, accounts};
use model::{ErrorCode, FieldIssue, Role, SecondStepPage, StaffRole};
use totp_rs::Secret;

use crate::support::*;

const ADA: &str = "ada@nordholz.example";
const WRONG: &str = "drei Hasen im Lagerregal ";

/// Somebody of the staff, with [`PASSWORD`].
async fn recorded(portal: &Portal, email: &str, role: StaffRole) {
    let token = office::create(&portal.center, email, "Ada Shop", role.key()).await.unwrap().text();
    office::set_password(&portal.center, &anybody(), &token, PASSWORD, PASSWORD).await.unwrap();
}

async fn first_step(portal: &Portal, email: &str, password: &str) -> Result<String, Error> {
    office::sign_in(&portal.center, &anybody(), email, password).await.map(|entered| entered.token.text())
}

/// Who did the first step.
async fn half(portal: &Portal) -> (Actor, String) {
    let token = first_step(portal, ADA, PASSWORD).await.unwrap();
    (portal.staff_holding(&token).await.unwrap(), token)
}

/// Sets the app up; answers its secret, the recovery codes, and who is signed in now.
async fn set_up(portal: &Portal) -> (String, Vec<String>, Actor) {
    recorded(portal, ADA, StaffRole::Administrator).await;
    let (actor, _) = half(portal).await;
    let page = office::second_step_page(&portal.center, &actor).await.unwrap();
    let SecondStepPage::SetUp { secret, .. } = page else { panic!("{page:?}") };
    let passed =
        office::second_step(&portal.center, &actor, &code(&portal.center, &secret, 0)).await.unwrap();
    assert!(passed.codes_to_keep);
    let actor = portal.staff_holding(&passed.token.text()).await.unwrap();
    let page = office::second_step_page(&portal.center, &actor).await.unwrap();
    let SecondStepPage::Keep { codes } = page else { panic!("{page:?}") };
    office::keep_codes(&portal.center, &actor).await.unwrap();
    (secret, codes, actor)
}

async fn try_code(portal: &Portal, code: &str) -> Result<office::Passed, Error> {
    let (actor, _) = half(portal).await;
    office::second_step(&portal.center, &actor, code).await
}

fn wrong_code<T>(result: Result<T, Error>) {
    assert_eq!(issue(result), ("code".to_owned(), FieldIssue::SecondStepWrong));
}

#[tokio::test]
async fn accounts_that_can_t_be_signed_in_to_answer_alike() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", "kim@nordholz.example", &[Role::Buyer]).await;
        recorded(portal, ADA, StaffRole::Service).await;
        recorded(portal, "off@nordholz.example", StaffRole::Service).await;
        let off = "UPDATE staff SET deactivated_at = 1 WHERE email = 'off@nordholz.example'";
        portal.execute(off, vec![]).await;
        office::create(&portal.center, "invited@nordholz.example", "Ines", "editor").await.unwrap();
        for (email, password) in [
            ("nobody@nordholz.example", PASSWORD),
            ("no address", PASSWORD),
            ("", ""),
            (ADA, WRONG),
            (ADA, ""),
            ("off@nordholz.example", PASSWORD),
            ("invited@nordholz.example", PASSWORD),
            ("invited@nordholz.example", ""),
            // A user of the portal is nobody here.
            ("kim@nordholz.example", PASSWORD),
        ] {
            assert_eq!(
                refused(first_step(portal, email, password).await),
                ErrorCode::SignInFailed,
                "{email}"
            );
        }
        // And nobody of the staff is a user of the portal.
        assert_eq!(refused(portal.sign_in(&anybody(), ADA, PASSWORD).await), ErrorCode::SignInFailed);
        assert_eq!(portal.count("SELECT count(*) AS n FROM staff_sessions", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down_and_says_no_more() {
    both(async |portal| {
        recorded(portal, ADA, StaffRole::Service).await;
        for n in 1..=20 {
            portal.clock.advance(10 * SECOND);
            let from = at(&format!("198.51.{n}.1"));
            let failed = office::sign_in(&portal.center, &from, ADA, WRONG).await;
            assert_eq!(refused(failed), ErrorCode::SignInFailed, "{n}");
        }
        portal.clock.advance(10 * SECOND);
        let elsewhere = office::sign_in(&portal.center, &at("203.0.113.1"), ADA, PASSWORD).await;
        assert_eq!(refused(elsewhere), ErrorCode::SignInFailed);
        // A user with the same address is not in the way of it.
        let bau = portal.bau().await;
        portal.person(bau.company, "Ada", ADA, &[Role::Buyer]).await;
        portal.sign_in(&anybody(), ADA, PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_password_alone_opens_the_second_step_and_nothing_else() {
    both(async |portal| {
        let (secret, ..) = set_up(portal).await;
        portal.clock.advance(PERIOD);
        let (actor, token) = half(portal).await;
        let keeps = office::keep_codes(&portal.center, &actor).await;
        assert_eq!(refused(keeps), ErrorCode::SecondStepRequired);
        for of_users in [
            accounts::profile(&portal.center, &actor).await.map(drop),
            center::users::list(&portal.center, &actor, &model::UsersQuery::default()).await.map(drop),
        ] {
            assert_eq!(refused(of_users), ErrorCode::Unauthenticated);
        }
        let page = office::second_step_page(&portal.center, &actor).await.unwrap();
        assert_eq!(page, SecondStepPage::Code { passkey: false });
        let passed =
            office::second_step(&portal.center, &actor, &code(&portal.center, &secret, 0)).await.unwrap();
        assert!(!passed.codes_to_keep);
        // The session got another secret; the old one is worth nothing.
        assert_ne!(passed.token.text(), token);
        assert!(portal.staff_holding(&token).await.is_none());
        let whole = portal.staff_holding(&passed.token.text()).await.unwrap();
        assert!(whole.staff().unwrap().verified);
        let again = office::second_step(&portal.center, &whole, "000000").await;
        assert_eq!(refused(again), ErrorCode::WrongState);
    })
    .await;
}

#[tokio::test]
async fn the_first_code_sets_the_app_up_and_recovery_codes_are_shown_until_they_are_kept() {
    both(async |portal| {
        recorded(portal, ADA, StaffRole::Administrator).await;
        let secret_of = async |actor: &Actor| match office::second_step_page(&portal.center, actor).await {
            Ok(SecondStepPage::SetUp { secret, .. }) => secret,
            other => panic!("{other:?}"),
        };
        let (first, _) = half(portal).await;
        let abandoned = secret_of(&first).await;
        assert_eq!(secret_of(&first).await, abandoned);
        // Whoever comes back without having set it up gets another one.
        let (actor, _) = half(portal).await;
        let secret = secret_of(&actor).await;
        assert_ne!(secret, abandoned);
        wrong_code(office::second_step(&portal.center, &actor, &code(&portal.center, &abandoned, 0)).await);
        let passed =
            office::second_step(&portal.center, &actor, &code(&portal.center, &secret, 0)).await.unwrap();
        let actor = portal.staff_holding(&passed.token.text()).await.unwrap();
        for _ in 0..2 {
            let page = office::second_step_page(&portal.center, &actor).await.unwrap();
            assert!(matches!(&page, SecondStepPage::Keep { codes } if codes.len() == 10), "{page:?}");
        }
        office::keep_codes(&portal.center, &actor).await.unwrap();
        let gone = office::second_step_page(&portal.center, &actor).await;
        assert_eq!(refused(gone), ErrorCode::WrongState);
        // The database has neither the secret nor the codes in clear.
        let rows = portal.rows("SELECT totp_sealed FROM staff", vec![]).await;
        let sealed: Vec<u8> = rows[0].get("totp_sealed").unwrap();
        let bytes = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        assert!(!sealed.windows(20).any(|window| window == bytes.as_bytes()));
        let events = portal.events().await;
        assert_eq!(events[events.len() - 2..], ["staff_second_step_set_up", "staff_authn_login_success"]);
    })
    .await;
}

#[tokio::test]
async fn a_code_works_once_and_so_do_those_of_earlier_periods() {
    both(async |portal| {
        let (secret, ..) = set_up(portal).await;
        let at = |later| code(&portal.center, &secret, later);
        // The one that set the app up, and the one before it.
        wrong_code(try_code(portal, &at(0)).await);
        wrong_code(try_code(portal, &at(-1)).await);
        // A clock that is ahead by one period is accepted, but not by two.
        wrong_code(try_code(portal, &at(2)).await);
        try_code(portal, &at(1)).await.unwrap();
        wrong_code(try_code(portal, &at(1)).await);
        // The present one is older than the one that was used.
        wrong_code(try_code(portal, &at(0)).await);
    })
    .await;
}

#[tokio::test]
async fn of_several_that_use_one_code_at_once_one_gets_in() {
    both(async |portal| {
        let (secret, ..) = set_up(portal).await;
        portal.clock.advance(PERIOD);
        let code = code(&portal.center, &secret, 0);
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let ((actor, _), center, code) = (half(portal).await, portal.center.clone(), code.clone());
            tasks.push(async move { office::second_step(&center, &actor, &code).await.is_ok() });
        }
        let done = portal.together(tasks).await;
        assert_eq!(done.iter().filter(|ok| **ok).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_works_once_and_leaves_a_trace() {
    both(async |portal| {
        let (_, codes, _) = set_up(portal).await;
        let typed = codes[3].to_lowercase().replace('-', " ");
        try_code(portal, &typed).await.unwrap();
        assert!(portal.events().await.contains(&"staff_recovery_code_used".to_owned()));
        wrong_code(try_code(portal, &codes[3]).await);
        let other = codes[3].replacen('3', "4", 1);
        wrong_code(try_code(portal, &other).await);
        try_code(portal, &codes[4]).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn codes_are_guessed_five_times_at_most() {
    both(async |portal| {
        let (secret, codes, _) = set_up(portal).await;
        portal.clock.advance(PERIOD);
        for _ in 0..5 {
            wrong_code(try_code(portal, "000000").await);
        }
        for right in [code(&portal.center, &secret, 0), codes[0].clone()] {
            assert!(is_limited(try_code(portal, &right).await));
        }
        portal.clock.advance(15 * MINUTE);
        try_code(portal, &code(&portal.center, &secret, 0)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_link_sets_the_password_once_and_ends_what_the_old_one_opened() {
    both(async |portal| {
        let link = office::create(&portal.center, ADA, "Ada Shop", "administrator").await.unwrap().text();
        let found = office::link(&portal.center, &anybody(), &link).await.unwrap();
        assert_eq!((found.name.as_str(), found.email.as_str()), ("Ada Shop", ADA));
        let weak = office::set_password(&portal.center, &anybody(), &link, "adashop1", "adashop1").await;
        assert!(matches!(weak, Err(Error::Refused(_))));
        office::set_password(&portal.center, &anybody(), &link, PASSWORD, PASSWORD).await.unwrap();
        let again = office::set_password(&portal.center, &anybody(), &link, PASSWORD, PASSWORD).await;
        assert_eq!(refused(again), ErrorCode::LinkInvalid);
        assert!(office::follow_link(&portal.center, &anybody(), &link).await.unwrap().is_none());
        // It is recorded once.
        assert!(office::create(&portal.center, ADA, "Ada Shop", "editor").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_link_is_good_for_three_days_and_for_nobody_who_is_switched_off() {
    both(async |portal| {
        let old = office::create(&portal.center, ADA, "Ada Shop", "editor").await.unwrap().text();
        portal.clock.advance(72 * HOUR - SECOND);
        assert!(office::follow_link(&portal.center, &anybody(), &old).await.unwrap().is_some());
        portal.clock.advance(SECOND);
        for token in [old.as_str(), "", "0", &"0".repeat(64)] {
            assert!(office::follow_link(&portal.center, &anybody(), token).await.unwrap().is_none());
            assert_eq!(
                refused(office::link(&portal.center, &anybody(), token).await),
                ErrorCode::LinkInvalid
            );
            let set = office::set_password(&portal.center, &anybody(), token, PASSWORD, PASSWORD).await;
            assert_eq!(refused(set), ErrorCode::LinkInvalid);
        }
    })
    .await;
}

#[tokio::test]
async fn sessions_end_idle_and_in_any_case() {
    both(async |portal| {
        let (secret, ..) = set_up(portal).await;
        portal.clock.advance(PERIOD);
        let token = try_code(portal, &code(&portal.center, &secret, 0)).await.unwrap().token.text();
        for _ in 0..34 {
            portal.clock.advance(14 * MINUTE);
            assert!(portal.staff_holding(&token).await.is_some());
        }
        // 7 h 56 min after it began.
        portal.clock.advance(4 * MINUTE);
        assert!(portal.staff_holding(&token).await.is_none());

        let token = try_code(portal, &code(&portal.center, &secret, 0)).await.unwrap().token.text();
        portal.clock.advance(15 * MINUTE - SECOND);
        assert!(portal.staff_holding(&token).await.is_some());
        portal.clock.advance(15 * MINUTE);
        assert!(portal.staff_holding(&token).await.is_none());

        // For the second step there are ten minutes, whatever is done meanwhile.
        let (_, token) = half(portal).await;
        portal.clock.advance(9 * MINUTE);
        assert!(portal.staff_holding(&token).await.is_some());
        portal.clock.advance(MINUTE);
        assert!(portal.staff_holding(&token).await.is_none());
        center::jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM staff_sessions", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_ends_sessions_also_ends_a_second_step_under_way() {
    both(async |portal| {
        let (secret, codes, actor) = set_up(portal).await;
        portal.clock.advance(PERIOD);
        for proof in [code(&portal.center, &secret, 0), codes[0].clone()] {
            let (half, token) = half(portal).await;
            sessions::sign_out(&portal.center, &half).await.unwrap();
            assert!(portal.staff_holding(&token).await.is_none());
            let late = office::second_step(&portal.center, &half, &proof).await;
            assert_eq!(refused(late), ErrorCode::Unauthenticated);
        }
        sessions::sign_out(&portal.center, &actor).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM staff_sessions", vec![]).await, 0);
    })
    .await;
}
