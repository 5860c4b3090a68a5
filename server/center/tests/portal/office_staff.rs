//! The staff: who is invited, changed and switched off, and the own account in the Back Office.

use center::access::Actor;
use center::office::{self, staff};
use center::{Center, Error};
use model::{
    ErrorCode, FieldIssue, OfficeRight, SecondStepPage, StaffId, StaffInput, StaffRole, StaffStatus,
};

use crate::support::*;

const INES: &str = "ines@nordholz.example";

fn id(actor: &Actor) -> StaffId {
    actor.staff().unwrap().staff
}

fn form(email: &str, role: &str) -> StaffInput {
    StaffInput { name: "Ines Shop".to_owned(), email: email.to_owned(), role: role.to_owned() }
}

/// The same person, who typed the password long ago.
fn late(actor: &Actor) -> Actor {
    let mut who = Box::new(actor.staff().unwrap().clone());
    who.password_checked_at = 0;
    Actor::Staff(who)
}

async fn set_password(portal: &Portal, token: &str) -> Result<(), Error> {
    office::set_password(&portal.center, &anybody(), token, PASSWORD, PASSWORD).await
}

async fn sign_in(portal: &Portal, email: &str) -> Result<String, Error> {
    office::sign_in(&portal.center, &anybody(), email, PASSWORD).await.map(|entered| entered.token.text())
}

async fn email_of(portal: &Portal, actor: &Actor, of: StaffId) -> String {
    staff::get(&portal.center, actor, of).await.unwrap().row.email
}

/// Everything that changes a colleague, by its name.
async fn changes(center: &Center, actor: &Actor, whom: StaffId) -> Vec<(&'static str, Result<(), Error>)> {
    vec![
        ("invite", staff::invite(center, actor, &form("new@nordholz.example", "editor")).await.map(drop)),
        ("send link", staff::send_link(center, actor, whom).await),
        ("set role", staff::set_role(center, actor, whom, "editor").await),
        ("deactivate", staff::deactivate(center, actor, whom).await),
        ("activate", staff::activate(center, actor, whom).await),
        ("reset", staff::reset_second_step(center, actor, whom).await),
    ]
}

#[tokio::test]
async fn a_colleague_is_invited_by_mail_and_gets_in() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let ines = staff::invite(&portal.center, &chief, &form(" Ines@Nordholz.example ", "editor")).await;
        let ines = ines.unwrap();
        let row = staff::get(&portal.center, &chief, ines).await.unwrap();
        assert_eq!((row.row.status, row.row.role), (StaffStatus::Invited, StaffRole::Editor));
        assert!(row.link_waits && row.link_ends.is_empty());
        let mails = portal.mails().await;
        let mail = one(&mails, "staff_invitation");
        assert_eq!(mail.to, INES);
        assert!(mail.text.contains("Petra administrator") && mail.text.contains(INES), "{}", mail.text);
        let row = staff::get(&portal.center, &chief, ines).await.unwrap();
        assert!(!row.link_waits && !row.link_ends.is_empty());
        // The row keeps a hash.
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM staff_links WHERE token_hash IS NULL", vec![]).await,
            0
        );
        assert_eq!(refused(sign_in(portal, INES).await), ErrorCode::SignInFailed);

        // Sent again, the first link is worth nothing.
        staff::send_link(&portal.center, &chief, ines).await.unwrap();
        let again = portal.mails().await;
        let again = one(&again, "staff_invitation").token();
        assert_eq!(refused(set_password(portal, &mail.token()).await), ErrorCode::LinkInvalid);
        // Validity counts from sending.
        portal.clock.advance(72 * HOUR - SECOND);
        set_password(portal, &again).await.unwrap();
        assert_eq!(refused(set_password(portal, &again).await), ErrorCode::LinkInvalid);
        sign_in(portal, INES).await.unwrap();
        let list = staff::list(&portal.center, &chief).await.unwrap();
        let names: Vec<_> = list.rows.iter().map(|row| (row.name.as_str(), row.status, row.you)).collect();
        assert_eq!(
            names,
            [("Ines Shop", StaffStatus::Active, false), ("Petra administrator", StaffStatus::Active, true),]
        );

        // From now on it is a link to set a new password, for a day.
        let chief = portal.staff(StaffRole::Administrator).await;
        staff::send_link(&portal.center, &chief, ines).await.unwrap();
        let mails = portal.mails().await;
        let link = one(&mails, "staff_password_link").token();
        portal.clock.advance(24 * HOUR);
        assert_eq!(refused(set_password(portal, &link).await), ErrorCode::LinkInvalid);
        let events = portal.events().await;
        assert!(
            events.contains(&"staff_invited".to_owned())
                && events.contains(&"staff_password_link_sent".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn invitations_are_checked_and_an_address_is_used_once() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let wrong =
            StaffInput { name: String::new(), email: "x".to_owned(), role: "main_contact".to_owned() };
        assert_eq!(
            issues(staff::invite(&portal.center, &chief, &wrong).await),
            [
                ("name".to_owned(), FieldIssue::Required),
                ("email".to_owned(), FieldIssue::EmailMalformed),
                ("role".to_owned(), FieldIssue::UnknownChoice),
            ]
        );
        let taken = email_of(portal, &chief, id(&chief)).await;
        let again = staff::invite(&portal.center, &chief, &form(&taken, "editor")).await;
        assert_eq!(issue(again), ("email".to_owned(), FieldIssue::EmailTaken));
        assert_eq!(portal.mails().await.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn only_administrators_change_staff_with_a_password_typed_lately_and_never_themselves() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let colleague = portal.staff(StaffRole::Service).await;
        for role in [StaffRole::Service, StaffRole::Editor, StaffRole::Auditor] {
            let who = portal.staff(role).await;
            for (what, done) in changes(&portal.center, &who, id(&colleague)).await {
                assert!(
                    matches!(done, Err(Error::OfficeLacks(OfficeRight::StaffManage))),
                    "{what}: {role:?}"
                );
            }
            let sees = staff::list(&portal.center, &who).await.is_ok();
            assert_eq!(sees, role == StaffRole::Auditor, "{role:?}");
            assert_eq!(staff::get(&portal.center, &who, id(&colleague)).await.is_ok(), sees);
        }
        for (what, done) in changes(&portal.center, &anybody(), id(&colleague)).await {
            assert_eq!(refused(done), ErrorCode::Unauthenticated, "{what}");
        }
        for (what, done) in changes(&portal.center, &late(&chief), id(&colleague)).await {
            assert_eq!(refused(done), ErrorCode::ReauthRequired, "{what}");
        }
        for (what, done) in changes(&portal.center, &chief, id(&chief)).await.into_iter().skip(1) {
            assert_eq!(refused(done), ErrorCode::Yourself, "{what}");
        }
        let nobody = StaffId(portal.center.new_id());
        for (what, done) in changes(&portal.center, &chief, nobody).await.into_iter().skip(1) {
            if what != "invite" {
                assert_eq!(refused(done), ErrorCode::NotFound, "{what}");
            }
        }
        assert_eq!(refused(staff::get(&portal.center, &chief, nobody).await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn the_password_typed_again_counts_for_the_session() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let colleague = portal.staff(StaffRole::Service).await;
        portal.clock.advance(5 * MINUTE + SECOND);
        let lacking = staff::deactivate(&portal.center, &chief, id(&colleague)).await;
        assert_eq!(refused(lacking), ErrorCode::ReauthRequired);
        let wrong = office::type_again(&portal.center, &chief, "a wrong password").await;
        assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong));
        portal.clock.advance(10 * SECOND);
        let again = office::type_again(&portal.center, &chief, PASSWORD).await.unwrap();
        staff::deactivate(&portal.center, &again, id(&colleague)).await.unwrap();
        let kept = "SELECT password_checked_at AS n FROM staff_sessions WHERE staff_id = $1";
        assert_eq!(portal.count(kept, vec![id(&chief).into()]).await, portal.center.now());
        assert_eq!(
            issue(office::confirm_password(&portal.center, &chief, "").await),
            ("current".to_owned(), FieldIssue::Required)
        );
        office::confirm_password(&portal.center, &chief, PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn switching_off_ends_sessions_links_and_mails_at_once() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let ines = staff::invite(&portal.center, &chief, &form(INES, "auditor")).await.unwrap();
        let link = one(&portal.mails().await, "staff_invitation").token();
        set_password(portal, &link).await.unwrap();
        let session = sign_in(portal, INES).await.unwrap();
        staff::send_link(&portal.center, &chief, ines).await.unwrap();
        let open = one(&portal.mails().await, "staff_password_link").token();
        staff::send_link(&portal.center, &chief, ines).await.unwrap();
        staff::deactivate(&portal.center, &chief, ines).await.unwrap();
        assert!(portal.staff_holding(&session).await.is_none());
        assert_eq!(refused(sign_in(portal, INES).await), ErrorCode::SignInFailed);
        assert_eq!(refused(set_password(portal, &open).await), ErrorCode::LinkInvalid);
        assert_eq!(portal.mails().await.len(), 0);
        for done in [
            staff::deactivate(&portal.center, &chief, ines).await,
            staff::send_link(&portal.center, &chief, ines).await,
            staff::set_role(&portal.center, &chief, ines, "editor").await,
            staff::reset_second_step(&portal.center, &chief, ines).await,
        ] {
            assert_eq!(refused(done), ErrorCode::WrongState);
        }
        staff::activate(&portal.center, &chief, ines).await.unwrap();
        assert_eq!(refused(staff::activate(&portal.center, &chief, ines).await), ErrorCode::WrongState);
        assert!(portal.staff_holding(&session).await.is_none());
        portal.clock.advance(10 * SECOND);
        sign_in(portal, INES).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_administrator_is_always_left() {
    both(async |portal| {
        let ada = portal.staff(StaffRole::Administrator).await;
        let ben = portal.staff(StaffRole::Administrator).await;
        // Who was invited only can't manage anything yet.
        staff::invite(&portal.center, &ada, &form(INES, "administrator")).await.unwrap();
        staff::set_role(&portal.center, &ada, id(&ben), "editor").await.unwrap();
        assert_eq!(
            refused(staff::set_role(&portal.center, &ada, id(&ben), "editor").await),
            ErrorCode::WrongState
        );
        // Ben still holds what he asked with; the first is the last one now.
        for done in [
            staff::deactivate(&portal.center, &ben, id(&ada)).await,
            staff::set_role(&portal.center, &ben, id(&ada), "auditor").await,
        ] {
            assert_eq!(refused(done), ErrorCode::LastAdministrator);
        }
        let unknown = staff::set_role(&portal.center, &ada, id(&ben), "owner").await;
        assert_eq!(issue(unknown), ("role".to_owned(), FieldIssue::UnknownChoice));
    })
    .await;
}

#[tokio::test]
async fn of_two_who_switch_each_other_off_one_stays() {
    both(async |portal| {
        for _ in 0..rounds(4) {
            portal.execute("UPDATE staff SET role = 'editor'", vec![]).await;
            let ada = portal.staff(StaffRole::Administrator).await;
            let ben = portal.staff(StaffRole::Administrator).await;
            let mut tasks = Vec::new();
            for (who, whom) in [(&ada, &ben), (&ben, &ada)] {
                let (center, who, whom) = (portal.center.clone(), who.clone(), id(whom));
                tasks.push(async move { staff::deactivate(&center, &who, whom).await });
            }
            let done = portal.together(tasks).await;
            let failed: Vec<_> = done.into_iter().filter(Result::is_err).collect();
            assert_eq!(failed.len(), 1);
            for one in failed {
                assert_eq!(refused(one), ErrorCode::LastAdministrator);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_second_step_that_was_taken_back_is_set_up_anew() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let colleague = portal.staff(StaffRole::Service).await;
        let email = email_of(portal, &chief, id(&colleague)).await;
        office::new_codes(&portal.center, &colleague).await.unwrap();
        staff::reset_second_step(&portal.center, &chief, id(&colleague)).await.unwrap();
        let mails = portal.mails().await;
        let mail = one(&mails, "staff_second_step_reset");
        assert_eq!(mail.to, email);
        assert!(mail.text.contains("Petra administrator"), "{}", mail.text);
        assert_eq!(portal.count("SELECT count(*) AS n FROM staff_recovery_codes", vec![]).await, 0);
        let sessions = "SELECT count(*) AS n FROM staff_sessions WHERE staff_id = $1";
        assert_eq!(portal.count(sessions, vec![id(&colleague).into()]).await, 0);
        assert!(portal.events().await.contains(&"staff_second_step_reset".to_owned()));
        let token = sign_in(portal, &email).await.unwrap();
        let half = portal.staff_holding(&token).await.unwrap();
        let page = office::second_step_page(&portal.center, &half).await.unwrap();
        assert!(matches!(page, SecondStepPage::SetUp { .. }), "{page:?}");
        let again = staff::reset_second_step(&portal.center, &chief, id(&colleague)).await;
        assert_eq!(refused(again), ErrorCode::WrongState);
        assert_eq!(refused(office::new_codes(&portal.center, &colleague).await), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn the_own_page_changes_the_password_and_makes_codes() {
    both(async |portal| {
        let me = portal.staff(StaffRole::Editor).await;
        let page = office::me(&portal.center, &me).await.unwrap();
        assert_eq!((page.codes_left, page.sessions.len(), page.sessions[0].current), (0, 1, true));
        assert_eq!(refused(office::new_codes(&portal.center, &late(&me)).await), ErrorCode::ReauthRequired);
        office::new_codes(&portal.center, &me).await.unwrap();
        assert_eq!(office::me(&portal.center, &me).await.unwrap().codes_left, 10);
        let SecondStepPage::Keep { codes: first } =
            office::second_step_page(&portal.center, &me).await.unwrap()
        else {
            panic!()
        };
        office::new_codes(&portal.center, &me).await.unwrap();
        let SecondStepPage::Keep { codes } = office::second_step_page(&portal.center, &me).await.unwrap()
        else {
            panic!()
        };
        office::keep_codes(&portal.center, &me).await.unwrap();
        let half = portal.staff_holding(&sign_in(portal, &page.email).await.unwrap()).await.unwrap();
        portal.execute("UPDATE staff SET totp_sealed = NULL", vec![]).await;
        assert_ne!(first, codes);

        let wrong = office::change_password(&portal.center, &me, "wrong", NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong));
        portal.clock.advance(10 * SECOND);
        let token = office::change_password(&portal.center, &me, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await;
        let token = token.unwrap().text();
        let me_now = portal.staff_holding(&token).await.unwrap();
        assert!(me_now.staff().unwrap().verified);
        let gone = office::second_step(&portal.center, &half, &codes[0]).await;
        assert!(gone.is_err());
        let mails = portal.mails().await;
        assert_eq!(one(&mails, "staff_password_changed").to, page.email);
        assert_eq!(refused(sign_in(portal, &page.email).await), ErrorCode::SignInFailed);
        assert_eq!(office::me(&portal.center, &me_now).await.unwrap().sessions.len(), 1);
        // The session that asked first is gone, so it changes nothing any more.
        portal.clock.advance(10 * SECOND);
        let late = office::change_password(&portal.center, &me, NEW_PASSWORD, PASSWORD, PASSWORD).await;
        assert_eq!(refused(late), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn one_ends_the_own_sessions_and_nobody_elses() {
    both(async |portal| {
        let me = portal.staff(StaffRole::Editor).await;
        let other = portal.staff(StaffRole::Service).await;
        let sessions = "SELECT count(*) AS n FROM staff_sessions WHERE staff_id = $1";
        let foreign = office::revoke_session(&portal.center, &me, other.staff().unwrap().session).await;
        assert_eq!(refused(foreign), ErrorCode::NotFound);
        let token = sign_in(portal, me.staff().unwrap().email.as_str()).await.unwrap();
        let half = portal.staff_holding(&token).await.unwrap();
        // The password alone is no session that one could see, but it ends with the others.
        assert_eq!(office::me(&portal.center, &me).await.unwrap().sessions.len(), 1);
        assert_eq!(refused(office::me(&portal.center, &half).await), ErrorCode::SecondStepRequired);
        office::revoke_other_sessions(&portal.center, &me).await.unwrap();
        assert_eq!(portal.count(sessions, vec![id(&me).into()]).await, 1);
        assert_eq!(portal.count(sessions, vec![id(&other).into()]).await, 1);
        office::revoke_session(&portal.center, &me, me.staff().unwrap().session).await.unwrap();
        assert_eq!(portal.count(sessions, vec![id(&me).into()]).await, 0);
    })
    .await;
}
