//! New users: requested, added from the ERP, invited again, taken back.

use std::sync::Arc;

use center::access::{Actor, Place};
use center::accounts::links;
use center::{Error, accounts, users};
use model::{
    BudgetInput, ErrorCode, FieldIssue, Grants, Permission, Role, Salutation, Scope, UserInput, UserStatus,
};

use crate::support::*;

const INES: &str = "ines.moreau@bau-partner.example";

fn ines() -> UserInput {
    UserInput {
        budgets: BudgetInput { order: "1,500.00".to_owned(), month: "0".to_owned() },
        ..input("Ines Moreau", INES, &[Role::Buyer, Role::Accountant])
    }
}

/// The same person with these rights and no others, as own roles of a company may give them.
fn with_rights(actor: &Actor, rights: &[Permission]) -> Actor {
    let mut who = who(actor).clone();
    let Place::Company(member) = &mut who.place else { panic!() };
    member.grants = rights.iter().map(|right| (*right, Scope::Company)).collect::<Grants>();
    Actor::User(Box::new(who))
}

#[tokio::test]
async fn a_requested_user_is_invited_with_everything_needed_but_a_password() {
    both(async |portal| {
        let bau = portal.bau().await;
        let user = users::request(&portal.center, &bau.chief, &ines()).await.unwrap();
        let found = users::get(&portal.center, &bau.chief, user).await.unwrap();
        assert_eq!((found.row.name.as_str(), found.row.email.as_str()), ("Ines Moreau", INES));
        assert_eq!((found.row.status, found.row.contact_number.as_str()), (UserStatus::Invited, ""));
        assert_eq!(found.row.roles, [Role::Buyer, Role::Accountant]);
        assert_eq!(found.row.budgets.per_order.as_deref(), Some("€1,500.00"));
        assert_eq!(found.row.budgets.per_month, None, "0 is no limit");
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_created", INES)]);
        for part in [
            "Nordholz & Söhne",
            "/sign-in",
            INES,
            "Marta Lind",
            MARTA,
            "Buyer",
            "Accountant",
            "1,500.00",
            BAU,
        ] {
            assert!(mails[0].text.contains(part), "{part} in {}", mails[0].text);
        }
        assert_eq!(portal.events().await.last().unwrap(), "user_created");
        let sql = "SELECT count(*) AS n FROM users WHERE id = $1 AND password_hash IS NULL";
        assert_eq!(portal.count(sql, vec![user.into()]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_kept() {
    both(async |portal| {
        let bau = portal.bau().await;
        let bad = UserInput {
            salutation: "dr".into(),
            name: "x".repeat(51),
            email: "ines".into(),
            roles: vec![],
            budgets: BudgetInput { order: "lots".into(), month: "-5".into() },
        };
        let found = issues(users::request(&portal.center, &bau.chief, &bad).await);
        let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["salutation", "name", "email", "roles", "budget_order", "budget_month"]);
        assert!(found.contains(&("roles".to_owned(), FieldIssue::RoleRequired)));
        let unknown = UserInput { roles: vec!["owner".into()], ..ines() };
        assert_eq!(
            issue(users::request(&portal.center, &bau.chief, &unknown).await).1,
            FieldIssue::UnknownChoice
        );
        assert_eq!(portal.count("SELECT count(*) AS n FROM users", vec![]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_added_with_the_numbers_of_the_erp() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = users::contact_form(&portal.center, &bau.chief, "kt 2").await.unwrap();
        assert_eq!((form.customer_number.as_str(), form.contact_number.as_str()), (BAU, "KT-2"));
        assert_eq!((form.form.name.as_str(), form.form.salutation), ("Anna Berger", Salutation::Ms));
        assert_eq!(form.form.email, "anna.berger@bau-partner.example");
        let input = input("Anna Berger-Kohl", "anna@bau-partner.example", &[Role::Viewer]);
        let user = users::add_contact(&portal.center, &bau.chief, "kt2", &input).await.unwrap();
        let row = users::get(&portal.center, &bau.chief, user).await.unwrap().row;
        assert_eq!((row.name.as_str(), row.contact_number.as_str()), ("Anna Berger-Kohl", "KT-2"));
        assert_eq!(addressed(&portal.mails().await), [("account_created", "anna@bau-partner.example")]);
        // The roles given last are proposed for the next one.
        let form = users::contact_form(&portal.center, &bau.chief, "KT-3").await.unwrap().form;
        let held: Vec<_> = form.roles.iter().filter(|r| r.held).map(|r| r.label.role).collect();
        assert_eq!(held, [Role::Viewer]);
    })
    .await;
}

#[tokio::test]
async fn a_contact_without_an_address_needs_one() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = users::contact_form(&portal.center, &bau.chief, "KT-3").await.unwrap();
        assert_eq!(form.form.email, "");
        let add = async |email| {
            users::add_contact(&portal.center, &bau.chief, "KT-3", &input("Zoë Özgür", email, &[Role::Buyer]))
                .await
        };
        assert_eq!(issue(add("").await), ("email".to_owned(), FieldIssue::Required));
        add("zoe@bau-partner.example").await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_contact_is_added_once_and_only_one_s_own() {
    both(async |portal| {
        let bau = portal.bau().await;
        let add = async |number, email| {
            users::add_contact(&portal.center, &bau.chief, number, &input("Anna", email, &[Role::Buyer]))
                .await
        };
        add("KT-2", "anna@bau-partner.example").await.unwrap();
        assert_eq!(refused(add("KT-2", "anna2@bau-partner.example").await), ErrorCode::NotFound);
        // A contact of another customer, one that nobody has, and no number at all.
        for number in ["KT-9", "KT-99", "", "<b>"] {
            assert_eq!(refused(add(number, "x@bau-partner.example").await), ErrorCode::NotFound, "{number}");
            let form = users::contact_form(&portal.center, &bau.chief, number).await;
            assert_eq!(refused(form), ErrorCode::NotFound, "{number}");
        }
        portal.erp.set_down(true);
        assert!(matches!(add("KT-3", "zoe@bau-partner.example").await, Err(Error::Erp(_))));
        assert!(matches!(users::contact_form(&portal.center, &bau.chief, "KT-3").await, Err(Error::Erp(_))));
        assert_eq!(portal.count("SELECT count(*) AS n FROM users", vec![]).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_contact_added_ten_times_at_once_is_added_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let tasks = (0..10).map(|i| {
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            let form = input("Anna", &format!("anna{i}@bau-partner.example"), &[Role::Buyer]);
            async move { users::add_contact(&center, &chief, "KT-2", &form).await }
        });
        let (done, late): (Vec<_>, Vec<_>) =
            portal.together(tasks.collect()).await.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        for answer in late {
            assert_eq!(refused(answer), ErrorCode::NotFound);
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM users", vec![]).await, 2);
        assert_eq!(portal.mails().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_taken_address_gets_one_answer_whoever_has_it_ten_times_an_hour() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        let off = portal.person(other, "Off", "off@solo.example", &[Role::Buyer]).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        portal.execute("UPDATE members SET deactivated_at = 1 WHERE user_id = $1", vec![off.into()]).await;
        portal.business_user("paul.kern@solo.example").await;
        let ask = async |email| {
            users::request(&portal.center, &bau.chief, &input("Ines", email, &[Role::Buyer])).await
        };
        let taken = [MARTA, RITA, "off@solo.example", "paul.kern@solo.example", "RITA.KERN@SOLO.EXAMPLE"];
        for email in taken.iter().cycle().take(9) {
            assert_eq!(issue(ask(email).await), ("email".to_owned(), FieldIssue::EmailTaken));
        }
        let add =
            users::add_contact(&portal.center, &bau.chief, "KT-2", &input("Anna", RITA, &[Role::Buyer]))
                .await;
        assert_eq!(issue(add).1, FieldIssue::EmailTaken);
        assert!(is_limited(ask(RITA).await));
        ask(INES).await.unwrap();
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        let again = users::request(&portal.center, &chief, &input("Ines", RITA, &[Role::Buyer])).await;
        assert_eq!(issue(again).1, FieldIssue::EmailTaken);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_address_requested_ten_times_at_once_is_invited_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let tasks = (0..10).map(|_| {
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            async move { users::request(&center, &chief, &ines()).await }
        });
        let (done, late): (Vec<_>, Vec<_>) =
            portal.together(tasks.collect()).await.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        for answer in late {
            assert_eq!(issue(answer).1, FieldIssue::EmailTaken);
        }
        assert_eq!(portal.mails().await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_grants_what_he_lacks() {
    both(async |portal| {
        let bau = portal.bau().await;
        let manager = with_rights(
            &bau.chief,
            &[
                Permission::UsersView,
                Permission::UsersManage,
                Permission::CatalogView,
                Permission::OrdersView,
            ],
        );
        let ask = async |roles: &[Role], order: &str| {
            let form = UserInput {
                budgets: BudgetInput { order: order.to_owned(), month: String::new() },
                ..input("Ines", INES, roles)
            };
            users::request(&portal.center, &manager, &form).await
        };
        assert_eq!(refused(ask(&[Role::MainContact], "").await), lacking(Permission::RolesManage));
        assert_eq!(
            refused(ask(&[Role::Viewer, Role::Accountant], "").await),
            lacking(Permission::InvoicesView)
        );
        assert!(matches!(ask(&[Role::Viewer], "10").await, Err(Error::Lacks(Permission::BudgetsManage))));
        ask(&[Role::Viewer], "0").await.unwrap();
        let form = users::contact_form(&portal.center, &manager, "KT-2").await.unwrap().form;
        assert!(!form.budgets_editable);
        let open: Vec<_> = form.roles.iter().filter(|r| r.fixed.is_none()).map(|r| r.label.role).collect();
        assert_eq!(open, [Role::Viewer]);
        assert_eq!(
            users::new_form(&portal.center, &manager).await.unwrap().roles,
            form.roles
                .iter()
                .map(|r| model::FormRole { held: r.label == Role::Buyer, ..r.clone() })
                .collect::<Vec<_>>()
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_sends_or_takes_back_an_invitation_to_rights_that_he_lacks() {
    both(async |portal| {
        let bau = portal.bau().await;
        let viewing =
            [Permission::UsersView, Permission::UsersManage, Permission::CatalogView, Permission::OrdersView];
        let manager = with_rights(&bau.chief, &viewing);
        let buyer = users::request(&portal.center, &bau.chief, &ines()).await.unwrap();
        let form = input("Vera", "vera@bau-partner.example", &[Role::Viewer]);
        let viewer = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        portal.mails().await;
        let resent = users::resend_invitation(&portal.center, &manager, buyer).await;
        assert_eq!(refused(resent), lacking(Permission::PricesView));
        let revoked = users::revoke_invitation(&portal.center, &manager, buyer).await;
        assert_eq!(refused(revoked), lacking(Permission::PricesView));
        assert!(portal.mails().await.is_empty());
        users::resend_invitation(&portal.center, &manager, viewer).await.unwrap();
        users::revoke_invitation(&portal.center, &manager, viewer).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_invitation_sent_again_kills_the_old_link() {
    both(async |portal| {
        let bau = portal.bau().await;
        let user = users::request(&portal.center, &bau.chief, &ines()).await.unwrap();
        let old = one(&portal.mails().await, "account_created").token();
        users::resend_invitation(&portal.center, &bau.chief, user).await.unwrap();
        assert!(
            links::inspect(&portal.center, &old).await.unwrap().is_none(),
            "even before the new one is sent"
        );
        // A second click: the mail that still waits does not go out.
        users::resend_invitation(&portal.center, &bau.chief, user).await.unwrap();
        let new = one(&portal.mails().await, "account_created").token();
        assert!(links::inspect(&portal.center, &old).await.unwrap().is_none());
        portal.clock.advance(3 * DAY);
        assert!(links::inspect(&portal.center, &new).await.unwrap().is_none());
        let chief = portal.enter(MARTA).await;
        users::resend_invitation(&portal.center, &chief, user).await.unwrap();
        let third = one(&portal.mails().await, "account_created").token();
        accounts::set_password(&portal.center, &anybody(), &third, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        assert_eq!(
            refused(users::resend_invitation(&portal.center, &chief, user).await),
            ErrorCode::WrongState
        );
        assert_eq!(
            refused(users::revoke_invitation(&portal.center, &chief, user).await),
            ErrorCode::WrongState
        );
    })
    .await;
}

#[tokio::test]
async fn a_revoked_invitation_opens_nothing_until_a_new_one_is_sent() {
    both(async |portal| {
        let bau = portal.bau().await;
        let user = users::request(&portal.center, &bau.chief, &ines()).await.unwrap();
        let old = one(&portal.mails().await, "account_created").token();
        users::resend_invitation(&portal.center, &bau.chief, user).await.unwrap();
        users::revoke_invitation(&portal.center, &bau.chief, user).await.unwrap();
        assert!(portal.mails().await.is_empty(), "the waiting mail is cancelled");
        let late = accounts::set_password(&portal.center, &anybody(), &old, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(late), ErrorCode::LinkInvalid);
        let status = async || users::get(&portal.center, &bau.chief, user).await.unwrap().row.status;
        assert_eq!(status().await, UserStatus::Deactivated);
        assert_eq!(
            refused(users::revoke_invitation(&portal.center, &bau.chief, user).await),
            ErrorCode::WrongState
        );
        assert_eq!(
            refused(users::resend_invitation(&portal.center, &bau.chief, user).await),
            ErrorCode::WrongState
        );
        users::activate(&portal.center, &bau.chief, user).await.unwrap();
        assert_eq!(status().await, UserStatus::Invited);
        let new = one(&portal.mails().await, "account_created").token();
        accounts::set_password(&portal.center, &anybody(), &new, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn two_hundred_invitations_an_hour_are_enough() {
    both(async |portal| {
        let bau = portal.bau().await;
        let user = users::request(&portal.center, &bau.chief, &ines()).await.unwrap();
        let sql = "UPDATE attempts SET count = 200 WHERE bucket = 'users.invitations'";
        assert_eq!(portal.execute(sql, vec![]).await, 1);
        assert!(is_limited(users::resend_invitation(&portal.center, &bau.chief, user).await));
        assert!(is_limited(users::send_password_link(&portal.center, &bau.chief, user).await));
        let form = input("Kim", "kim@bau-partner.example", &[Role::Buyer]);
        assert!(is_limited(users::request(&portal.center, &bau.chief, &form).await));
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        users::resend_invitation(&portal.center, &chief, user).await.unwrap();
    })
    .await;
}
