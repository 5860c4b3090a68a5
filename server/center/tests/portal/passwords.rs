//! Links that set a password, and changing it while signed in.

use std::sync::Arc;

use center::access::Actor;
use center::accounts::{self, links, sessions};
use center::{Error, users};
use model::{ErrorCode, FieldIssue, PasswordIssue, Role, UserStatus};

use crate::support::*;

async fn forgot(portal: &Portal, email: &str) -> Result<(), Error> {
    accounts::forgot_password(&portal.center, &anybody(), email).await
}

/// A fresh link to set a new password, as it was mailed.
async fn reset_link(portal: &Portal, email: &str) -> String {
    forgot(portal, email).await.unwrap();
    one(&portal.settled_mails().await, "password_reset").token()
}

async fn set(portal: &Portal, link: &str, password: &str) -> Result<(), Error> {
    accounts::set_password(&portal.center, &anybody(), link, password, password).await.map(|_| ())
}

/// An invited colleague and the link that was mailed.
async fn invitation(portal: &Portal, chief: &Actor, email: &str) -> (model::UserId, String) {
    let form = input("Ines Moreau", email, &[Role::Buyer]);
    let user = users::request(&portal.center, chief, &form).await.unwrap();
    (user, one(&portal.mails().await, "account_created").token())
}

const INES: &str = "ines.moreau@bau-partner.example";

#[tokio::test]
async fn a_reset_link_sets_a_new_password_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let session = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let link = reset_link(portal, " Marta.Lind@bau-partner.example").await;
        // Opening it, as mail scanners do, uses nothing up.
        for _ in 0..3 {
            let found = links::inspect(&portal.center, &link).await.unwrap().unwrap();
            assert_eq!((found.user, found.purpose), (bau.marta, links::Purpose::Reset));
        }
        set(portal, &link, NEW_PASSWORD).await.unwrap();
        assert!(links::inspect(&portal.center, &link).await.unwrap().is_none());
        assert_eq!(refused(set(portal, &link, PASSWORD).await), ErrorCode::LinkInvalid);
        assert!(portal.holding(&session).await.is_none(), "sessions end");
        assert_eq!(refused(portal.sign_in(&anybody(), MARTA, PASSWORD).await), ErrorCode::SignInFailed);
        // The second wrong one from this network.
        portal.clock.advance(3 * SECOND);
        assert!(portal.sign_in(&anybody(), MARTA, NEW_PASSWORD).await.is_ok());
        assert_eq!(addressed(&portal.mails().await), [("password_changed", MARTA)]);
        assert!(portal.events().await.contains(&"authn_password_reset".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_ends_after_half_an_hour_and_by_the_next_one() {
    both(async |portal| {
        portal.bau().await;
        let first = reset_link(portal, MARTA).await;
        let second = reset_link(portal, MARTA).await;
        assert_eq!(refused(set(portal, &first, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        portal.clock.advance(30 * MINUTE);
        assert!(links::inspect(&portal.center, &second).await.unwrap().is_none());
        assert_eq!(refused(set(portal, &second, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        let third = reset_link(portal, MARTA).await;
        portal.clock.advance(30 * MINUTE - SECOND);
        set(portal, &third, NEW_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_people_who_can_act_are_mailed_a_reset_link() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        portal
            .execute("UPDATE members SET deactivated_at = 1 WHERE email = 'off@bau-partner.example'", vec![])
            .await;
        invitation(portal, &bau.chief, INES).await;
        portal.business_user(RITA).await;
        for email in [INES, "off@bau-partner.example", "nobody@bau-partner.example", RITA] {
            forgot(portal, email).await.unwrap();
        }
        assert_eq!(addressed(&portal.settled_mails().await), [("password_reset", RITA)]);
        assert_eq!(issue(forgot(portal, "marta").await).1, FieldIssue::EmailMalformed);
        assert_eq!(portal.count("SELECT count(*) AS n FROM reset_requests", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn three_reset_mails_an_hour_go_to_an_address_and_the_answer_stays_the_same() {
    both(async |portal| {
        portal.bau().await;
        for i in 0..5 {
            forgot(portal, MARTA).await.unwrap();
            assert_eq!(portal.settled_mails().await.len(), usize::from(i < 3));
        }
        portal.clock.advance(HOUR);
        reset_link(portal, MARTA).await;
    })
    .await;
}

#[tokio::test]
async fn twenty_requests_from_an_address_stop_it() {
    both(async |portal| {
        for i in 0..20 {
            forgot(portal, &format!("person{i}@bau-partner.example")).await.unwrap();
        }
        assert!(is_limited(forgot(portal, MARTA).await));
        accounts::forgot_password(&portal.center, &at("203.0.113.1"), MARTA).await.unwrap();
        portal.clock.advance(HOUR);
        forgot(portal, MARTA).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_accepted_by_setting_a_password() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (user, link) = invitation(portal, &bau.chief, INES).await;
        let found = links::inspect(&portal.center, &link).await.unwrap().unwrap();
        assert_eq!(
            (found.user, found.company, found.name.as_str()),
            (user, Some(bau.company), "Ines Moreau")
        );
        portal.clock.advance(3 * DAY - SECOND);
        set(portal, &link, NEW_PASSWORD).await.unwrap();
        let chief = portal.enter(MARTA).await;
        let status = users::get(&portal.center, &chief, user).await.unwrap().row.status;
        assert_eq!(status, UserStatus::Active);
        let sql = "SELECT count(*) AS n FROM sessions WHERE user_id = $1";
        assert_eq!(portal.count(sql, vec![user.into()]).await, 0, "it does not sign in");
        assert!(portal.sign_in(&anybody(), INES, NEW_PASSWORD).await.is_ok());
        assert_eq!(refused(set(portal, &link, PASSWORD).await), ErrorCode::LinkInvalid);
        assert!(portal.events().await.contains(&"user_accepted_invitation".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_after_three_days() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (user, link) = invitation(portal, &bau.chief, INES).await;
        portal.clock.advance(3 * DAY);
        assert_eq!(refused(set(portal, &link, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        let chief = portal.enter(MARTA).await;
        let status = users::get(&portal.center, &chief, user).await.unwrap().row.status;
        assert_eq!(status, UserStatus::InvitationExpired);
    })
    .await;
}

#[tokio::test]
async fn a_link_does_only_what_it_is_for_and_trying_otherwise_uses_nothing_up() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (_, invited) = invitation(portal, &bau.chief, INES).await;
        let reset = reset_link(portal, MARTA).await;
        accounts::change_email(&portal.center, &bau.chief, "m.lind@bau-partner.example", PASSWORD)
            .await
            .unwrap();
        let change = one(&portal.mails().await, "email_change_confirm").token();
        for link in [&invited, &reset] {
            let confirmed = accounts::confirm_email(&portal.center, &anybody(), link).await;
            assert_eq!(refused(confirmed), ErrorCode::LinkInvalid);
        }
        assert_eq!(refused(set(portal, &change, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        for stranger in ["", "nonsense", &"0".repeat(64), &reset[1..]] {
            assert_eq!(refused(set(portal, stranger, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        }
        // A session's secret is no link either.
        let session = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        assert_eq!(refused(set(portal, &session, NEW_PASSWORD).await), ErrorCode::LinkInvalid);
        assert!(portal.holding(&reset).await.is_none());
        set(portal, &invited, NEW_PASSWORD).await.unwrap();
        set(portal, &reset, NEW_PASSWORD).await.unwrap();
        accounts::confirm_email(&portal.center, &anybody(), &change).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn altered_links_open_nothing() {
    both(async |portal| {
        portal.bau().await;
        let link = reset_link(portal, MARTA).await;
        for i in 0..64 {
            for digit in ['0', '7', 'f', 'F', 'g'] {
                let altered: String =
                    link.chars().enumerate().map(|(at, c)| if at == i { digit } else { c }).collect();
                assert!(altered == link || links::inspect(&portal.center, &altered).await.unwrap().is_none());
            }
        }
        assert!(links::inspect(&portal.center, &link).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_refused_password_leaves_the_link_usable() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (_, link) = invitation(portal, &bau.chief, INES).await;
        for (password, expected) in [
            ("short", PasswordIssue::TooShort),
            ("Password1234", PasswordIssue::Common),
            ("ines.moreau-84", PasswordIssue::Context),
            ("Bau-Partner-2026", PasswordIssue::Context),
        ] {
            let found = issue(set(portal, &link, password).await);
            assert_eq!(found, ("password".to_owned(), FieldIssue::Password(expected)), "{password}");
        }
        let differ = accounts::set_password(&portal.center, &anybody(), &link, PASSWORD, NEW_PASSWORD).await;
        assert_eq!(issue(differ), ("repeat".to_owned(), FieldIssue::PasswordsDiffer));
        set(portal, &link, PASSWORD).await.unwrap();
        // The company's name is no better where a password was forgotten.
        let link = reset_link(portal, MARTA).await;
        let found = issue(set(portal, &link, "Bau-Partner-2026").await);
        assert_eq!(found, ("password".to_owned(), FieldIssue::Password(PasswordIssue::Context)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn accepting_while_the_invitation_is_revoked_ends_one_way_or_the_other() {
    both(async |portal| {
        let bau = portal.bau().await;
        for i in 0..25 {
            let (user, link) = invitation(portal, &bau.chief, &format!("ines{i}@bau-partner.example")).await;
            let (a, b, chief) = (Arc::clone(&portal.center), Arc::clone(&portal.center), bau.chief.clone());
            let accept = tokio::spawn(async move {
                accounts::set_password(&a, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await
            });
            // About when the password has been hashed.
            tokio::time::sleep(std::time::Duration::from_millis(20 + i)).await;
            let revoked = users::revoke_invitation(&b, &chief, user).await;
            let accepted = accept.await.unwrap();
            let status = users::get(&portal.center, &bau.chief, user).await.unwrap().row.status;
            match (accepted.is_ok(), revoked.is_ok()) {
                (true, false) => {
                    assert_eq!(refused(revoked), ErrorCode::WrongState);
                    assert_eq!(status, UserStatus::Active);
                }
                (false, true) => {
                    assert_eq!(refused(accepted), ErrorCode::LinkInvalid);
                    assert_eq!(status, UserStatus::Deactivated);
                }
                both => panic!("{both:?}: {accepted:?} {revoked:?}"),
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn setting_a_password_while_being_switched_off_never_fails_on_the_database() {
    both(async |portal| {
        let bau = portal.bau().await;
        for i in 0..20 {
            let email = format!("kim{i}@bau-partner.example");
            let user = portal.person(bau.company, "Kim", &email, &[Role::Buyer]).await;
            let session = portal.sign_in(&anybody(), &email, PASSWORD).await.unwrap();
            let actor = portal.holding(&session).await.unwrap();
            let link = reset_link(portal, &email).await;
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            let setting = tokio::spawn(async move {
                if i % 2 == 0 {
                    accounts::set_password(&center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD)
                        .await
                        .map(drop)
                } else {
                    accounts::change_password(&center, &actor, PASSWORD, NEW_PASSWORD, NEW_PASSWORD)
                        .await
                        .map(drop)
                }
            });
            // About when the password has been judged and hashed.
            tokio::time::sleep(std::time::Duration::from_millis((1 + i % 2) * (20 + i))).await;
            users::deactivate(&portal.center, &chief, user).await.unwrap();
            if let Err(error) = setting.await.unwrap() {
                let expected = if i % 2 == 0 { ErrorCode::LinkInvalid } else { ErrorCode::Deactivated };
                assert_eq!(error.code(), Some(&expected), "{error}");
            }
            let sql = "SELECT count(*) AS n FROM sessions WHERE user_id = $1";
            assert_eq!(portal.count(sql, vec![user.into()]).await, 0);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_nodes_that_settle_at_once_mail_one_link() {
    both(async |portal| {
        portal.bau().await;
        for _ in 0..10 {
            portal.clock.advance(HOUR);
            forgot(portal, MARTA).await.unwrap();
            let tasks = (0..4).map(|_| {
                let center = Arc::clone(&portal.center);
                async move { center::jobs::settle(&center).await }
            });
            for settled in portal.together(tasks.collect()).await {
                settled.unwrap();
            }
            assert_eq!(addressed(&portal.mails().await), [("password_reset", MARTA)]);
        }
    })
    .await;
}

#[tokio::test]
async fn changing_the_password_needs_the_present_one_and_ends_the_other_sessions() {
    both(async |portal| {
        portal.bau().await;
        let mine = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let other = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let reset = reset_link(portal, MARTA).await;
        let actor = portal.holding(&mine).await.unwrap();
        let change = async |current, password, repeat| {
            accounts::change_password(&portal.center, &actor, current, password, repeat).await
        };
        assert_eq!(
            issue(change("", NEW_PASSWORD, NEW_PASSWORD).await),
            ("current".to_owned(), FieldIssue::Required)
        );
        let wrong = issue(change(NEW_PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await);
        assert_eq!(wrong, ("current".to_owned(), FieldIssue::PasswordWrong));
        portal.clock.advance(SECOND);
        assert_eq!(issue(change(PASSWORD, "short", "short").await).0, "password");
        assert_eq!(issue(change(PASSWORD, NEW_PASSWORD, PASSWORD).await).0, "repeat");
        assert!(portal.holding(&other).await.is_some(), "nothing has changed so far");

        let token = change(PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await.unwrap().text();
        assert!(portal.holding(&token).await.is_some());
        assert!(portal.holding(&mine).await.is_none() && portal.holding(&other).await.is_none());
        assert_eq!(refused(set(portal, &reset, PASSWORD).await), ErrorCode::LinkInvalid);
        assert_eq!(refused(portal.sign_in(&anybody(), MARTA, PASSWORD).await), ErrorCode::SignInFailed);
        // The second wrong one from this network.
        portal.clock.advance(3 * SECOND);
        assert!(portal.sign_in(&anybody(), MARTA, NEW_PASSWORD).await.is_ok());
        assert_eq!(addressed(&portal.mails().await), [("password_changed", MARTA)]);
        let unknown =
            accounts::change_password(&portal.center, &anybody(), PASSWORD, PASSWORD, PASSWORD).await;
        assert_eq!(refused(unknown), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn the_present_password_can_t_be_guessed_at_length() {
    both(async |portal| {
        let bau = portal.bau().await;
        let change = async |current| {
            accounts::change_password(&portal.center, &bau.chief, current, NEW_PASSWORD, NEW_PASSWORD).await
        };
        assert_eq!(issue(change("a wrong password").await).1, FieldIssue::PasswordWrong);
        // Nothing is judged during the pause that follows.
        assert_eq!(refused(change(PASSWORD).await), ErrorCode::TooManyRequests { retry_after: 1 });
        for _ in 0..8 {
            portal.clock.advance(10 * SECOND);
            assert_eq!(issue(change("a wrong password").await).1, FieldIssue::PasswordWrong);
        }
        portal.clock.advance(10 * SECOND);
        assert!(is_limited(change(PASSWORD).await));
        let email =
            accounts::change_email(&portal.center, &bau.chief, "m@bau-partner.example", PASSWORD).await;
        assert!(is_limited(email));
        portal.clock.advance(15 * MINUTE);
        change(PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_business_user_changes_the_password_too() {
    both(async |portal| {
        portal.business_user(RITA).await;
        let rita = portal.enter(RITA).await;
        let changed =
            accounts::change_password(&portal.center, &rita, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await;
        let actor = portal.holding(&changed.unwrap().text()).await.unwrap();
        assert_eq!(sessions::list(&portal.center, &actor).await.unwrap().len(), 1);
        assert_eq!(addressed(&portal.mails().await), [("password_changed", RITA)]);
        let link = reset_link(portal, RITA).await;
        set(portal, &link, PASSWORD).await.unwrap();
        portal.enter(RITA).await;
    })
    .await;
}
