//! Signing in: who gets in, what the others are told, and how guessing is slowed down.

use std::sync::Arc;

use argon2::password_hash::CustomizedPasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use center::access::{Actor, Place};
use center::accounts::{self, sessions};
use center::{Error, users};
use model::{ErrorCode, Role, UserStatus, UsersQuery};

use crate::support::*;

const WRONG: &str = "drei Hasen im Lagerregal ";
/// As long as a pause after a wrong password can be.
const PAUSE: center::Instant = 10 * SECOND;

async fn failed(portal: &Portal, from: &str, email: &str) {
    assert_eq!(refused(portal.sign_in(&at(from), email, WRONG).await), ErrorCode::SignInFailed);
}

#[tokio::test]
async fn email_and_password_open_a_session() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.clock.advance(HOUR);
        let token = portal.sign_in(&anybody(), " Marta.Lind@BAU-partner.example ", PASSWORD).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        let me = who(&actor);
        assert_eq!(
            (me.user, me.email.as_str(), me.password_checked_at),
            (bau.marta, MARTA, portal.center.now())
        );
        let Place::Company(member) = &me.place else { panic!() };
        assert_eq!(member.company, bau.company);
        assert_eq!(member.roles, [Role::MainContact]);
        let seen = portal.count("SELECT last_seen_at AS n FROM members", vec![]).await;
        assert_eq!(seen, portal.center.now());
        assert_eq!(portal.events().await, ["authn_login_success", "authn_login_success"]);
        // Only the hash of the secret is stored.
        let rows =
            portal.rows("SELECT token_hash FROM sessions WHERE id = $1", vec![me.session.into()]).await;
        let stored: Vec<u8> = rows[0].get("token_hash").unwrap();
        assert_ne!(stored.iter().map(|b| format!("{b:02x}")).collect::<String>(), token);
    })
    .await;
}

#[tokio::test]
async fn accounts_that_can_t_be_signed_in_to_answer_alike() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        portal
            .execute("UPDATE members SET deactivated_at = 1 WHERE email = 'off@bau-partner.example'", vec![])
            .await;
        let form = input("Invited", "invited@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let mut answers = Vec::new();
        for (email, password) in [
            ("nobody@bau-partner.example", PASSWORD),
            (MARTA, WRONG),
            (MARTA, ""),
            (MARTA, &PASSWORD.to_uppercase()),
            (MARTA, &"x".repeat(5_000_000)),
            ("invited@bau-partner.example", PASSWORD),
            ("invited@bau-partner.example", ""),
            ("off@bau-partner.example", WRONG),
            ("no address", PASSWORD),
            ("", ""),
            ("' OR 1=1 --", PASSWORD),
        ] {
            let Err(Error::Refused(refusal)) = portal.sign_in(&anybody(), email, password).await else {
                panic!("{email}")
            };
            answers.push(refusal);
            portal.clock.advance(PAUSE);
        }
        assert!(answers.iter().all(|answer| *answer == ErrorCode::SignInFailed.into()), "{answers:?}");
        // Only who knows the password learns that the account is switched off.
        let off = portal.sign_in(&anybody(), "off@bau-partner.example", PASSWORD).await;
        assert_eq!(refused(off), ErrorCode::Deactivated);
        assert_eq!(portal.count("SELECT count(*) AS n FROM sessions", vec![]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_company_s_own_address_lets_in_its_own_people_alone() {
    both(async |portal| {
        portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let enter = async |email, slug| {
            accounts::sign_in(&portal.center, &anybody(), email, PASSWORD, slug).await.map(|e| e.company)
        };
        assert!(enter(MARTA, "bau-partner-gmbh").await.unwrap().is_some());
        assert_eq!(enter(RITA, "solo-handel").await.unwrap(), Some(other));
        assert_eq!(refused(enter(MARTA, "solo-handel").await), ErrorCode::SignInFailed);
        assert_eq!(refused(enter(MARTA, "no-such-company").await), ErrorCode::SignInFailed);
        portal.business_user("paul.kern@solo.example").await;
        assert_eq!(enter("paul.kern@solo.example", "").await.unwrap(), None);
        assert_eq!(refused(enter("paul.kern@solo.example", "solo-handel").await), ErrorCode::SignInFailed);

        let page = accounts::sign_in_page(&portal.center, &anybody(), "solo-handel").await.unwrap();
        assert_eq!(page.company.unwrap().name, "Solo Handel");
        let missing = accounts::sign_in_page(&portal.center, &anybody(), "no-such-company").await;
        assert_eq!(refused(missing), ErrorCode::NotFound);
        assert!(accounts::sign_in_page(&portal.center, &anybody(), "").await.unwrap().company.is_none());
    })
    .await;
}

#[tokio::test]
async fn ten_wrong_passwords_from_a_network_stop_the_right_one_there() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        for i in 0..10 {
            failed(portal, &format!("198.51.100.{i}"), MARTA).await;
            portal.clock.advance(PAUSE);
        }
        // The same answer as to a wrong password, and from the whole network.
        let stopped = portal.sign_in(&at("198.51.100.200"), MARTA, PASSWORD).await;
        assert_eq!(refused(stopped), ErrorCode::SignInFailed);
        assert!(portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await.is_ok());
        // A restart forgets nothing.
        let restarted = portal.restarted();
        let stopped = accounts::sign_in(&restarted, &at("198.51.100.1"), MARTA, PASSWORD, "").await;
        assert_eq!(refused(stopped.map(|_| ())), ErrorCode::SignInFailed);
        portal.clock.advance(15 * MINUTE);
        assert!(portal.sign_in(&at("198.51.100.1"), MARTA, PASSWORD).await.is_ok());
        // And it engages again.
        for _ in 0..10 {
            failed(portal, "198.51.100.1", MARTA).await;
            portal.clock.advance(PAUSE);
        }
        let stopped = portal.sign_in(&at("198.51.100.1"), MARTA, PASSWORD).await;
        assert_eq!(refused(stopped), ErrorCode::SignInFailed);
    })
    .await;
}

#[tokio::test]
async fn the_pauses_after_wrong_passwords_grow() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        for (wrong, pause) in
            [(1, SECOND), (2, 3 * SECOND), (3, 5 * SECOND), (4, 10 * SECOND), (5, 10 * SECOND)]
        {
            let from = format!("198.51.{wrong}.1");
            for i in 0..wrong {
                portal.clock.advance(if i == 0 { 0 } else { PAUSE });
                failed(portal, &from, MARTA).await;
            }
            portal.clock.advance(pause - 1);
            // The same answer as to a wrong password, from the whole network.
            let early = portal.sign_in(&at(&format!("198.51.{wrong}.2")), MARTA, PASSWORD).await;
            assert_eq!(refused(early), ErrorCode::SignInFailed, "{wrong}");
            portal.clock.advance(1);
            portal.sign_in(&at(&from), MARTA, PASSWORD).await.unwrap();
            // The account's other guesses are over.
            portal.clock.advance(15 * MINUTE);
        }
    })
    .await;
}

#[tokio::test]
async fn trying_during_a_pause_does_not_prolong_it_and_survives_a_restart() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        failed(portal, "198.51.100.1", MARTA).await;
        for _ in 0..4 {
            portal.clock.advance(SECOND / 5);
            let early =
                accounts::sign_in(&portal.restarted(), &at("198.51.100.1"), MARTA, PASSWORD, "").await;
            assert_eq!(refused(early), ErrorCode::SignInFailed);
        }
        // Elsewhere there is none.
        portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await.unwrap();
        portal.clock.advance(SECOND / 5);
        portal.sign_in(&at("198.51.100.1"), MARTA, PASSWORD).await.unwrap();
        // An account that does not exist has its pauses too.
        failed(portal, "198.51.100.9", "nobody@bau-partner.example").await;
        let sql = "SELECT count(*) AS n FROM attempts WHERE paused_until = $1";
        let until = portal.center.now() + SECOND;
        assert_eq!(portal.count(sql, vec![until.into()]).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_signs_in() {
    both(async |portal| {
        portal.bau().await;
        let click = |_| {
            let center = Arc::clone(&portal.center);
            async move { accounts::sign_in(&center, &anybody(), MARTA, PASSWORD, "").await.map(|_| ()) }
        };
        for answer in portal.together((0..4).map(click).collect()).await {
            answer.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_tries_twenty_accounts_and_no_more() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let from = "198.51.100.7";
        for i in 0..19 {
            portal.clock.advance(SECOND);
            failed(portal, from, &format!("person{i}@bau-partner.example")).await;
        }
        failed(portal, from, MARTA).await;
        // Whether or not there is such an account; and one that was tried before gets its usual answer.
        for email in ["kim@bau-partner.example", "nobody@bau-partner.example"] {
            assert!(is_limited(portal.sign_in(&at(from), email, PASSWORD).await), "{email}");
        }
        failed(portal, from, "person3@bau-partner.example").await;
        portal.sign_in(&at("203.0.113.1"), "kim@bau-partner.example", PASSWORD).await.unwrap();
        // Who gets in was no guess, and makes room for one more.
        portal.clock.advance(SECOND);
        portal.sign_in(&at(from), MARTA, PASSWORD).await.unwrap();
        portal.sign_in(&at(from), "kim@bau-partner.example", PASSWORD).await.unwrap();
        failed(portal, from, "nobody@bau-partner.example").await;
        let late = portal.sign_in(&at(from), "kim@bau-partner.example", PASSWORD).await;
        let ErrorCode::TooManyRequests { retry_after } = refused(late) else { panic!() };
        // Until the first of them was tried a quarter of an hour ago.
        portal.clock.advance(center::Instant::from(retry_after) * SECOND);
        portal.sign_in(&at(from), "kim@bau-partner.example", PASSWORD).await.unwrap();
        assert!(retry_after < 15 * 60, "{retry_after}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn accounts_tried_at_once_all_count() {
    both(async |portal| {
        let guess = |i: usize| {
            let center = Arc::clone(&portal.center);
            async move {
                let email = format!("person{i}@bau-partner.example");
                accounts::sign_in(&center, &at("198.51.100.7"), &email, WRONG, "").await.map(|_| ())
            }
        };
        let answers = portal.together((0..30).map(guess).collect()).await;
        let limited = answers.into_iter().filter(|answer| {
            matches!(answer, Err(Error::Refused(e)) if matches!(e.code, ErrorCode::TooManyRequests { .. }))
        });
        assert_eq!(limited.count(), 10);
    })
    .await;
}

#[tokio::test]
async fn a_whole_ipv6_network_is_one_address() {
    both(async |portal| {
        for i in 0..50 {
            failed(portal, &format!("2001:db8:1:2::{i:x}"), &format!("person{}@bau-partner.example", i % 5))
                .await;
        }
        assert!(is_limited(portal.sign_in(&at("2001:db8:1:2:ffff::1"), MARTA, PASSWORD).await));
        failed(portal, "2001:db8:1:3::1", MARTA).await;
    })
    .await;
}

/// Keeps the hasher busy until it is dropped: each task takes the next free place.
fn occupied(portal: &Portal) -> tokio::task::JoinSet<()> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let center = Arc::clone(&portal.center);
        tasks.spawn(async move {
            loop {
                let _ = center.passwords().verify("x".to_owned(), None).await;
                tokio::task::yield_now().await;
            }
        });
    }
    tasks
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_nobody_could_judge_does_not_count() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        let mut busy = occupied(portal);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let mut refusals = 0;
        for _ in 0..15 {
            match portal.sign_in(&anybody(), MARTA, PASSWORD).await {
                Err(Error::Busy) => refusals += 1,
                other => drop(other.unwrap()),
            }
        }
        busy.shutdown().await;
        assert!(refusals > 0);
        assert_eq!(portal.count("SELECT CAST(sum(count) AS BIGINT) AS n FROM attempts", vec![]).await, 0);
        portal.enter(MARTA).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_password_that_is_changed_meanwhile_opens_nothing() {
    both(async |portal| {
        let bau = portal.bau().await;
        // So that signing in waits between finding the password and judging it.
        let mut waiting = tokio::task::JoinSet::new();
        for _ in 0..24 {
            let center = Arc::clone(&portal.center);
            waiting.spawn(async move { center.passwords().verify("x".to_owned(), None).await });
        }
        let center = Arc::clone(&portal.center);
        let entering = tokio::spawn(async move {
            accounts::sign_in(&center, &at("198.51.100.1"), MARTA, PASSWORD, "").await.map(|_| ())
        });
        let sql = "SELECT count(*) AS n FROM attempts WHERE subject = '198.51.100.1'";
        while portal.count(sql, vec![]).await == 0 {
            tokio::task::yield_now().await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        portal.clock.advance(SECOND);
        let sql = "UPDATE users SET password_changed_at = $2 WHERE id = $1";
        portal.execute(sql, vec![bau.marta.into(), portal.center.now().into()]).await;
        assert_eq!(refused(entering.await.unwrap()), ErrorCode::SignInFailed);
        let sql = "SELECT count(*) AS n FROM sessions WHERE address = '198.51.100.1'";
        assert_eq!(portal.count(sql, vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn guesses_from_a_known_network_are_written_down_as_all_others() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        assert!(portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await.is_ok());
        let written = async || {
            let sql = "SELECT CAST(sum(count) AS BIGINT) AS n FROM attempts WHERE bucket = 'sign_in.account'";
            portal.count(sql, vec![]).await
        };
        let before = written().await;
        failed(portal, "203.0.113.1", MARTA).await;
        assert_eq!(written().await, before + 1);
        failed(portal, "10.0.0.1", "nobody@bau-partner.example").await;
        assert_eq!(written().await, before + 2);
    })
    .await;
}

#[tokio::test]
async fn guesses_from_everywhere_do_not_shut_out_a_known_network() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        assert!(portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await.is_ok());
        for i in 0..21 {
            failed(portal, &format!("10.0.{i}.1"), MARTA).await;
        }
        let stranger = portal.sign_in(&at("10.1.0.1"), MARTA, PASSWORD).await;
        assert_eq!(refused(stranger), ErrorCode::SignInFailed);
        let token = portal.sign_in(&at("203.0.113.99"), MARTA, PASSWORD).await.unwrap();
        // The administrators see that somebody guesses.
        let actor = portal.holding(&token).await.unwrap();
        let status = async |actor: &Actor| {
            users::list(&portal.center, actor, &UsersQuery::default()).await.unwrap().users.rows[0].status
        };
        assert_eq!(status(&actor).await, UserStatus::Locked);
        portal.clock.advance(15 * MINUTE + SECOND);
        assert_eq!(status(&actor).await, UserStatus::Active);
        assert!(portal.sign_in(&at("10.1.0.1"), MARTA, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_network_is_forgotten_after_thirty_days() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        assert!(portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await.is_ok());
        portal.clock.advance(30 * DAY);
        for i in 0..20 {
            failed(portal, &format!("10.0.{i}.1"), MARTA).await;
        }
        let stopped = portal.sign_in(&at("203.0.113.1"), MARTA, PASSWORD).await;
        assert_eq!(refused(stopped), ErrorCode::SignInFailed);
    })
    .await;
}

#[tokio::test]
async fn fifty_wrong_passwords_from_an_address_stop_it_whatever_the_account() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        for i in 0..50 {
            failed(portal, "198.51.100.7", &format!("person{}@bau-partner.example", i % 5)).await;
        }
        assert!(is_limited(portal.sign_in(&at("198.51.100.7"), MARTA, PASSWORD).await));
        assert!(is_limited(portal.sign_in(&at("198.51.100.7"), "x@y.example", PASSWORD).await));
        let tried = portal.sign_in(&at("198.51.100.7"), "person1@bau-partner.example", PASSWORD).await;
        assert!(is_limited(tried));
        assert!(portal.sign_in(&at("198.51.100.8"), MARTA, PASSWORD).await.is_ok());
        portal.clock.advance(15 * MINUTE);
        assert!(portal.sign_in(&at("198.51.100.7"), MARTA, PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn right_passwords_do_not_count() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        for _ in 0..55 {
            assert!(portal.sign_in(&anybody(), MARTA, PASSWORD).await.is_ok());
        }
        assert_eq!(portal.count("SELECT CAST(sum(count) AS BIGINT) AS n FROM attempts", vec![]).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_guesses_all_count() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        let guess = |i: usize| {
            let center = Arc::clone(&portal.center);
            let password = if i == 29 { PASSWORD } else { WRONG };
            async move { accounts::sign_in(&center, &anybody(), MARTA, password, "").await.map(|_| i) }
        };
        // Twenty wrong ones first, then the rest with the right one among them.
        portal.together((0..20).map(guess).collect()).await;
        for answer in portal.together((20..30).map(guess).collect()).await {
            assert_eq!(refused(answer), ErrorCode::SignInFailed);
        }
        let sql = "SELECT count AS n FROM attempts WHERE bucket = 'sign_in.account_network'";
        assert_eq!(portal.count(sql, vec![]).await, 30);
    })
    .await;
}

fn weak_hash(password: &str) -> String {
    Argon2::default()
        .hash_password_customized(
            password.as_bytes(),
            b"some salt of 16b",
            Some(Algorithm::Argon2id.ident().as_str()),
            Some(Version::V0x13.into()),
            Params::new(8_192, 1, 1, None).unwrap(),
        )
        .unwrap()
        .to_string()
}

#[tokio::test]
async fn a_hash_below_the_policy_is_made_anew_by_signing_in() {
    both(async |portal| {
        let bau = portal.bau().await;
        let stored = async || {
            let rows =
                portal.rows("SELECT password_hash FROM users WHERE id = $1", vec![bau.marta.into()]).await;
            rows[0].get::<String>("password_hash").unwrap()
        };
        portal
            .execute(
                "UPDATE users SET password_hash = $2 WHERE id = $1",
                vec![bau.marta.into(), weak_hash(PASSWORD).into()],
            )
            .await;
        failed(portal, "192.0.2.10", MARTA).await;
        portal.clock.advance(PAUSE);
        assert_eq!(stored().await, weak_hash(PASSWORD));
        portal.enter(MARTA).await;
        let strong = stored().await;
        assert!(strong.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{strong}");
        portal.enter(MARTA).await;
        assert_eq!(stored().await, strong);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_is_switched_off_while_signing_in_gets_no_session() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        for _ in 0..15 {
            // Making the hash anew keeps the sign-in busy between its look-up and its end.
            portal
                .execute(
                    "UPDATE users SET password_hash = $2 WHERE id = $1",
                    vec![kim.into(), weak_hash(PASSWORD).into()],
                )
                .await;
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            let entering = {
                let center = Arc::clone(&portal.center);
                tokio::spawn(async move {
                    accounts::sign_in(&center, &anybody(), "kim@bau-partner.example", PASSWORD, "")
                        .await
                        .map(|e| e.token.text())
                })
            };
            // About when the password has been judged.
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
            users::deactivate(&center, &chief, kim).await.unwrap();
            let answer = entering.await.unwrap();
            assert!(
                matches!(&answer, Ok(_) | Err(Error::Refused(_))),
                "{:?}",
                answer.err().map(|e| e.to_string())
            );
            let left =
                portal.count("SELECT count(*) AS n FROM sessions WHERE user_id = $1", vec![kim.into()]).await;
            assert_eq!(left, 0, "a session of somebody who is switched off");
            users::activate(&center, &chief, kim).await.unwrap();
            if let Ok(token) = answer {
                assert!(portal.holding(&token).await.is_none(), "switching on revived a session");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn signing_in_again_replaces_the_session_in_use() {
    both(async |portal| {
        portal.bau().await;
        let old = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let actor = portal.holding(&old).await.unwrap();
        let new = portal.sign_in(&actor, MARTA, PASSWORD).await.unwrap();
        assert!(portal.holding(&old).await.is_none());
        assert!(portal.holding(&new).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session_and_may_be_repeated() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        sessions::sign_out(&portal.center, &actor).await.unwrap();
        assert!(portal.holding(&token).await.is_none());
        sessions::sign_out(&portal.center, &anybody()).await.unwrap();
        assert_eq!(portal.events().await.last().unwrap(), "session_ended");
    })
    .await;
}
