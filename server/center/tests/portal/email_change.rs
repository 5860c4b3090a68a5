//! Changing the login address: asked for, confirmed by the new address, told to both.

use std::sync::Arc;

use center::access::Actor;
use center::{Error, accounts, users};
use model::{ErrorCode, FieldIssue, Role, UsersQuery};

use crate::support::*;

const NEW: &str = "m.lind@bau-partner.example";

async fn change(portal: &Portal, actor: &Actor, email: &str) -> Result<(), Error> {
    accounts::change_email(&portal.center, actor, email, PASSWORD).await
}

async fn confirm(portal: &Portal, link: &str) -> Result<(), Error> {
    accounts::confirm_email(&portal.center, &anybody(), link).await
}

/// Asks for a new address; answers the link that was mailed to it.
async fn asked(portal: &Portal, actor: &Actor, email: &str) -> String {
    change(portal, actor, email).await.unwrap();
    let mails = portal.mails().await;
    let confirm = one(&mails, "email_change_confirm");
    assert_eq!(confirm.to, email);
    confirm.token()
}

#[tokio::test]
async fn a_new_address_counts_once_it_was_confirmed_and_both_are_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let session = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        let reset = one(&portal.settled_mails().await, "password_reset").token();
        change(portal, &bau.chief, " M.Lind@Bau-Partner.example ").await.unwrap();
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("email_change_confirm", NEW), ("email_change_notice", MARTA)]);
        assert!(one(&mails, "email_change_notice").text.contains(NEW));
        let pending = accounts::profile(&portal.center, &bau.chief).await.unwrap().pending_email;
        assert_eq!(pending.as_deref(), Some(NEW));
        assert!(portal.sign_in(&anybody(), MARTA, PASSWORD).await.is_ok());
        assert_eq!(refused(portal.sign_in(&anybody(), NEW, PASSWORD).await), ErrorCode::SignInFailed);
        portal.clock.advance(SECOND);

        let link = one(&mails, "email_change_confirm").token();
        confirm(portal, &link).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("email_changed", NEW), ("email_changed", MARTA)]);
        assert!(portal.holding(&session).await.is_none(), "sessions end");
        assert_eq!(refused(portal.sign_in(&anybody(), MARTA, PASSWORD).await), ErrorCode::SignInFailed);
        let chief = portal.enter(NEW).await;
        let page = users::list(&portal.center, &chief, &UsersQuery::default()).await.unwrap();
        assert_eq!(page.users.rows[0].email, NEW);
        assert_eq!(accounts::profile(&portal.center, &chief).await.unwrap().pending_email, None);
        assert_eq!(refused(confirm(portal, &link).await), ErrorCode::LinkInvalid);
        let stale =
            accounts::set_password(&portal.center, &anybody(), &reset, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(stale), ErrorCode::LinkInvalid, "a link mailed to the old address");
        assert!(portal.events().await.contains(&"user_email_changed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn addresses_that_are_wrong_taken_or_the_same_are_refused() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.business_user(RITA).await;
        let found = async |email| issue(change(portal, &bau.chief, email).await);
        assert_eq!(found("").await, ("email".to_owned(), FieldIssue::Required));
        assert_eq!(found("a@b").await, ("email".to_owned(), FieldIssue::EmailMalformed));
        assert_eq!(
            found("MARTA.Lind@bau-partner.example").await,
            ("email".to_owned(), FieldIssue::Unchanged)
        );
        assert_eq!(found("Rita.Kern@solo.example").await, ("email".to_owned(), FieldIssue::EmailTaken));
        let wrong = accounts::change_email(&portal.center, &bau.chief, RITA, "a wrong password").await;
        assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong), "first the password");
        assert_eq!(refused(change(portal, &anybody(), NEW).await), ErrorCode::Unauthenticated);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn ten_taken_addresses_an_hour_can_be_found_out() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.business_user(RITA).await;
        for _ in 0..10 {
            assert_eq!(issue(change(portal, &bau.chief, RITA).await).1, FieldIssue::EmailTaken);
        }
        assert!(is_limited(change(portal, &bau.chief, RITA).await));
        change(portal, &bau.chief, NEW).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_change_ends_after_a_day_by_the_next_one_and_by_giving_it_up() {
    both(async |portal| {
        let bau = portal.bau().await;
        let first = asked(portal, &bau.chief, NEW).await;
        let second = asked(portal, &bau.chief, "lind@bau-partner.example").await;
        assert_eq!(refused(confirm(portal, &first).await), ErrorCode::LinkInvalid);
        accounts::cancel_email_change(&portal.center, &bau.chief).await.unwrap();
        assert_eq!(refused(confirm(portal, &second).await), ErrorCode::LinkInvalid);
        assert_eq!(accounts::profile(&portal.center, &bau.chief).await.unwrap().pending_email, None);
        let third = asked(portal, &bau.chief, NEW).await;
        portal.clock.advance(DAY);
        assert_eq!(refused(confirm(portal, &third).await), ErrorCode::LinkInvalid);
        let chief = portal.enter(MARTA).await;
        assert_eq!(accounts::profile(&portal.center, &chief).await.unwrap().pending_email, None);
        let fourth = asked(portal, &chief, NEW).await;
        portal.clock.advance(DAY - SECOND);
        confirm(portal, &fourth).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn giving_a_change_up_stops_the_mail_that_still_waits() {
    both(async |portal| {
        let bau = portal.bau().await;
        change(portal, &bau.chief, NEW).await.unwrap();
        accounts::cancel_email_change(&portal.center, &bau.chief).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("email_change_notice", MARTA)]);
    })
    .await;
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_can_t_be_confirmed() {
    both(async |portal| {
        let bau = portal.bau().await;
        let link = asked(portal, &bau.chief, NEW).await;
        portal.person(bau.company, "Mona Lind", NEW, &[Role::Buyer]).await;
        assert_eq!(refused(confirm(portal, &link).await), ErrorCode::LinkInvalid);
        portal.enter(MARTA).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_who_confirm_one_address_at_once_one_gets_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let mut links = Vec::new();
        for i in 0..8 {
            let email = format!("kim{i}@bau-partner.example");
            portal.person(bau.company, "Kim", &email, &[Role::Buyer]).await;
            let actor = portal.enter(&email).await;
            links.push(asked(portal, &actor, NEW).await);
        }
        let tasks = links.iter().flat_map(|link| [link.clone(), link.clone()]).map(|link| {
            let center = Arc::clone(&portal.center);
            async move { accounts::confirm_email(&center, &anybody(), &link).await }
        });
        let answers = portal.together(tasks.collect()).await;
        let (done, late): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        for answer in late {
            assert_eq!(refused(answer), ErrorCode::LinkInvalid);
        }
        assert_eq!(portal.mails().await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn confirming_while_being_switched_off_never_fails_on_the_database() {
    both(async |portal| {
        let bau = portal.bau().await;
        for i in 0..15 {
            let email = format!("kim{i}@bau-partner.example");
            let kim = portal.person(bau.company, "Kim", &email, &[Role::Buyer]).await;
            let actor = portal.enter(&email).await;
            let link = asked(portal, &actor, &format!("kim{i}@new.example")).await;
            let (a, b, chief) = (Arc::clone(&portal.center), Arc::clone(&portal.center), bau.chief.clone());
            let confirming =
                tokio::spawn(async move { accounts::confirm_email(&a, &anybody(), &link).await });
            users::deactivate(&b, &chief, kim).await.unwrap();
            if let Err(error) = confirming.await.unwrap() {
                assert_eq!(error.code(), Some(&ErrorCode::LinkInvalid), "{error}");
            }
            let sql = "SELECT count(*) AS n FROM sessions WHERE user_id = $1";
            assert_eq!(portal.count(sql, vec![kim.into()]).await, 0);
        }
    })
    .await;
}
