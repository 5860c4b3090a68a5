//! Codes on paper that the staff hand over in person.

use center::access::Actor;
use center::accounts;
use center::office::{customers, users as office};
use center::{Error, users};
use model::{AccessInput, CompanyId, ErrorCode, FieldIssue, Role, StaffRole, UserId};

use crate::support::*;

const NORA: &str = "nora@bau-partner.example";

/// The code that was made for the person, as it is printed.
async fn made(portal: &Portal, staff: &Actor, user: UserId, company: Option<CompanyId>) -> String {
    office::make_code(&portal.center, staff, user, company).await.unwrap();
    office::code_page(&portal.center, staff, user).await.unwrap().code.unwrap().code
}

async fn typed(portal: &Portal, email: &str, code: &str) -> Result<String, Error> {
    accounts::use_code(&portal.center, &anybody(), email, code).await.map(|token| token.text())
}

fn wrong<T>(result: Result<T, Error>) -> bool {
    issue(result.map(|_| ())) == ("code".to_owned(), FieldIssue::HandoverWrong)
}

async fn chosen(portal: &Portal, token: &str) -> Result<accounts::Used, Error> {
    accounts::set_password(&portal.center, &anybody(), token, NEW_PASSWORD, NEW_PASSWORD).await
}

#[tokio::test]
async fn a_code_sets_a_new_password_once_and_is_shown_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let auditor = portal.staff(StaffRole::Auditor).await;
        let lacking = office::make_code(center, &auditor, bau.marta, None).await;
        assert!(matches!(lacking, Err(Error::OfficeLacks(_))));
        let code = made(portal, &staff, bau.marta, None).await;
        let sheet = office::code_page(center, &staff, bau.marta).await.unwrap();
        assert!(sheet.code.is_none() && sheet.resets);
        // The owner of the address hears of it. Neither code nor hash of it is in what is kept in clear.
        assert_eq!(addressed(&portal.mails().await), [("handover_code_made", MARTA)]);
        let kept = portal.rows("SELECT code_hash FROM handover_codes WHERE sealed IS NULL", vec![]).await;
        assert!(kept[0].get::<String>("code_hash").unwrap().starts_with("$argon2id$"));
        assert!(wrong(typed(portal, "nobody@bau-partner.example", &code).await));
        assert!(wrong(typed(portal, MARTA, "AAAAA-AAAAA").await));
        let token =
            typed(portal, MARTA, &format!(" {} ", code.to_lowercase().replace('-', " "))).await.unwrap();
        assert!(wrong(typed(portal, MARTA, &code).await));
        assert_eq!(chosen(portal, &token).await.unwrap(), accounts::Used::PasswordSet);
        assert_eq!(refused(chosen(portal, &token).await), ErrorCode::LinkInvalid);
        portal.sign_in(&anybody(), MARTA, NEW_PASSWORD).await.unwrap();
        assert!(portal.sign_in(&anybody(), MARTA, PASSWORD).await.is_err());
        let events = portal.events().await;
        for event in ["handover_code_made", "handover_code_used", "authn_password_reset"] {
            assert!(events.contains(&event.to_owned()), "{event}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_stands_for_an_invitation_and_ends_the_mailed_one() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let nora =
            users::request(center, &bau.chief, &input("Nora Neu", NORA, &[Role::Buyer])).await.unwrap();
        let mailed = one(&portal.mails().await, "account_created").token();
        let elsewhere = office::make_code(center, &staff, nora, None).await;
        assert_eq!(refused(elsewhere), ErrorCode::WrongState);
        let page = office::code_page(center, &staff, nora).await.unwrap();
        assert_eq!((page.resets, page.places[0].company), (false, Some(bau.company)));
        let code = made(portal, &staff, nora, Some(bau.company)).await;
        assert!(portal.mails().await.is_empty());
        assert_eq!(refused(chosen(portal, &mailed).await), ErrorCode::LinkInvalid);
        let token = typed(portal, NORA, &code).await.unwrap();
        chosen(portal, &token).await.unwrap();
        portal.sign_in(&anybody(), NORA, NEW_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_business_user_of_the_shop_gets_one_without_any_mail() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let input = AccessInput {
            ticked: true,
            contact_number: "KT-9".to_owned(),
            name: String::new(),
            email: RITA.to_owned(),
            role: String::new(),
        };
        let given = customers::give(&portal.center, &staff, SOLO, false, &[input]).await.unwrap();
        let code = made(portal, &staff, given.users[0], None).await;
        let token = typed(portal, RITA, &code).await.unwrap();
        chosen(portal, &token).await.unwrap();
        portal.sign_in(&anybody(), RITA, NEW_PASSWORD).await.unwrap();
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn codes_end_with_time_tries_a_newer_one_and_the_access() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let nora = portal.person(bau.company, "Nora Neu", NORA, &[Role::Buyer]).await;
        let old = made(portal, &staff, nora, None).await;
        let code = made(portal, &staff, nora, None).await;
        assert!(wrong(typed(portal, NORA, &old).await));
        portal.clock.advance(61 * MINUTE);
        let staff = portal.staff(StaffRole::Administrator).await;
        assert!(wrong(typed(portal, NORA, &code).await));
        let code = made(portal, &staff, nora, None).await;
        for _ in 0..5 {
            assert!(wrong(typed(portal, NORA, "AAAAA-AAAAA").await));
        }
        assert!(wrong(typed(portal, NORA, &code).await));
        let code = made(portal, &staff, nora, None).await;
        office::deactivate(center, &staff, nora, Some(bau.company), false).await.unwrap();
        assert!(wrong(typed(portal, NORA, &code).await));
        assert_eq!(refused(office::make_code(center, &staff, nora, None).await), ErrorCode::WrongState);
        // Whoever goes on trying is refused, known login or not.
        for email in [NORA, "nobody@bau-partner.example"] {
            let mut limited = false;
            for n in 0..12 {
                let from = at(&format!("203.0.{}.{n}", email.len()));
                limited |= is_limited(accounts::use_code(center, &from, email, "AAAAA-AAAAA").await);
            }
            assert!(limited, "{email}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_is_only_made_by_who_typed_the_password_lately_and_only_seen_by_the_same() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let other = portal.staff(StaffRole::Administrator).await;
        let center = &portal.center;
        office::make_code(center, &staff, bau.marta, None).await.unwrap();
        assert!(office::code_page(center, &other, bau.marta).await.unwrap().code.is_none());
        assert!(office::code_page(center, &staff, bau.marta).await.unwrap().code.is_some());
        portal.clock.advance(30 * MINUTE);
        let late = office::make_code(center, &staff, bau.marta, None).await;
        assert_eq!(refused(late), ErrorCode::ReauthRequired);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_who_type_a_code_at_once_one_gets_in() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let code = made(portal, &staff, bau.marta, None).await;
        let tasks = (0..4).map(|_| {
            let (center, code) = (std::sync::Arc::clone(&portal.center), code.clone());
            async move { accounts::use_code(&center, &anybody(), MARTA, &code).await }
        });
        let done = portal.together(tasks.collect()).await;
        assert_eq!(done.iter().filter(|answer| answer.is_ok()).count(), 1);
    })
    .await;
}
