//! Editing users, switching them off and on, and what nobody may do to a company.

use center::access::{Actor, Place};
use center::users::{self, Edited};
use center::{Error, accounts};
use model::{
    BudgetInput, CompanyId, ErrorCode, FieldIssue, Grants, Permission, Role, Salutation, Scope, UserId,
    UserInput, UserStatus,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

async fn version(portal: &Portal, chief: &Actor, user: UserId) -> i64 {
    users::get(&portal.center, chief, user).await.unwrap().version
}

async fn edit(portal: &Portal, chief: &Actor, user: UserId, form: &UserInput) -> Result<Edited, Error> {
    let version = version(portal, chief, user).await;
    users::edit(&portal.center, chief, user, version, form).await
}

async fn status(portal: &Portal, chief: &Actor, user: UserId) -> UserStatus {
    users::get(&portal.center, chief, user).await.unwrap().row.status
}

async fn kim(portal: &Portal, company: CompanyId) -> UserId {
    portal.person(company, "Kim Brand", KIM, &[Role::Buyer]).await
}

#[tokio::test]
async fn an_edit_saves_every_field() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        let form = UserInput {
            salutation: "mr".into(),
            budgets: BudgetInput { order: "500".into(), month: "2000.50".into() },
            ..input("Kim Ångström", KIM, &[Role::Approver, Role::Viewer])
        };
        assert_eq!(edit(portal, &bau.chief, kim, &form).await.unwrap(), Edited::Saved);
        let found = users::get(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!((found.row.name.as_str(), found.form.salutation), ("Kim Ångström", Salutation::Mr));
        assert_eq!(found.row.roles, [Role::Approver, Role::Viewer]);
        assert_eq!((found.form.budget_order.as_str(), found.form.budget_month.as_str()), ("500", "2000.50"));
        assert!(portal.mails().await.is_empty());
        assert_eq!(portal.events().await.last().unwrap(), "privilege_permissions_changed");
        // Found by the new name.
        let query = model::UsersQuery { q: "angstrom".into(), ..model::UsersQuery::default() };
        let page = users::list(&portal.center, &bau.chief, &query).await.unwrap();
        assert_eq!(page.users.rows.len(), 1);
        let form = UserInput { budgets: BudgetInput::default(), ..form };
        edit(portal, &bau.chief, kim, &form).await.unwrap();
        let found = users::get(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(found.row.budgets, model::Budgets::default());
        assert_eq!(portal.events().await.last().unwrap(), "user_updated");
    })
    .await;
}

#[tokio::test]
async fn nobody_overwrites_an_edit_that_was_not_seen() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        let seen = version(portal, &bau.chief, kim).await;
        edit(portal, &bau.chief, kim, &input("Kim First", KIM, &[Role::Buyer])).await.unwrap();
        let late =
            users::edit(&portal.center, &bau.chief, kim, seen, &input("Kim Second", KIM, &[Role::Buyer]))
                .await;
        assert_eq!(refused(late), ErrorCode::Conflict);
        let name = users::get(&portal.center, &bau.chief, kim).await.unwrap().row.name;
        assert_eq!(name, "Kim First");
        let seen = version(portal, &bau.chief, kim).await;
        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        let late =
            users::edit(&portal.center, &bau.chief, kim, seen, &input("Kim", KIM, &[Role::Buyer])).await;
        assert_eq!(refused(late), ErrorCode::Conflict);
    })
    .await;
}

#[tokio::test]
async fn the_own_roles_are_changed_by_somebody_else() {
    both(async |portal| {
        let bau = portal.bau().await;
        let fewer = edit(portal, &bau.chief, bau.marta, &input("Marta Lind", MARTA, &[Role::Buyer])).await;
        assert_eq!(refused(fewer), ErrorCode::Yourself);
        let more = edit(
            portal,
            &bau.chief,
            bau.marta,
            &input("Marta Lind", MARTA, &[Role::Buyer, Role::MainContact]),
        )
        .await;
        assert_eq!(refused(more), ErrorCode::Yourself);
        edit(portal, &bau.chief, bau.marta, &input("Marta Lind-Berg", MARTA, &[Role::MainContact]))
            .await
            .unwrap();
        // The own address is changed in the profile, which asks for the password.
        let moved = input("Marta Lind", "m.lind@bau-partner.example", &[Role::MainContact]);
        assert_eq!(refused(edit(portal, &bau.chief, bau.marta, &moved).await), ErrorCode::Yourself);
        assert!(portal.mails().await.is_empty());
        let form = users::get(&portal.center, &bau.chief, bau.marta).await.unwrap().form;
        assert!(form.roles.iter().all(|r| r.fixed == Some(model::FixedRole::Own)));
        assert_eq!(
            refused(users::deactivate(&portal.center, &bau.chief, bau.marta).await),
            ErrorCode::Yourself
        );
    })
    .await;
}

/// The same person with these rights and no others, as own roles of a company may give them.
fn with_rights(actor: &Actor, rights: &[Permission]) -> Actor {
    let mut who = who(actor).clone();
    let Place::Company(member) = &mut who.place else { panic!() };
    member.grants = rights.iter().map(|right| (*right, Scope::Company)).collect::<Grants>();
    Actor::User(Box::new(who))
}

#[tokio::test]
async fn the_last_main_contact_is_neither_demoted_nor_switched_off() {
    both(async |portal| {
        let bau = portal.bau().await;
        kim(portal, bau.company).await;
        // Somebody else with all rights, as an own role may give them.
        let kim = with_rights(&portal.enter(KIM).await, Permission::ALL);
        let demote = input("Marta Lind", MARTA, &[Role::Buyer]);
        assert_eq!(refused(edit(portal, &kim, bau.marta, &demote).await), ErrorCode::LastMainContact);
        assert_eq!(
            refused(users::deactivate(&portal.center, &kim, bau.marta).await),
            ErrorCode::LastMainContact
        );
        // Neither an invited nor a deactivated one can take over.
        let invited = input("Ines", "ines@bau-partner.example", &[Role::MainContact]);
        users::request(&portal.center, &kim, &invited).await.unwrap();
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::MainContact]).await;
        portal.execute("UPDATE members SET deactivated_at = 1 WHERE user_id = $1", vec![off.into()]).await;
        assert_eq!(refused(edit(portal, &kim, bau.marta, &demote).await), ErrorCode::LastMainContact);
        assert_eq!(
            refused(users::deactivate(&portal.center, &kim, bau.marta).await),
            ErrorCode::LastMainContact
        );
        let form = users::get(&portal.center, &kim, bau.marta).await.unwrap().form;
        let main = form.roles.iter().find(|r| r.label == Role::MainContact).unwrap();
        assert_eq!(main.fixed, Some(model::FixedRole::LastMainContact));
        users::activate(&portal.center, &kim, off).await.unwrap();
        edit(portal, &kim, bau.marta, &demote).await.unwrap();
        assert_eq!(refused(users::deactivate(&portal.center, &kim, off).await), ErrorCode::LastMainContact);
    })
    .await;
}

#[tokio::test]
async fn nobody_touches_rights_that_he_lacks() {
    both(async |portal| {
        let bau = portal.bau().await;
        let second =
            portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        let kim = kim(portal, bau.company).await;
        let viewer = portal.person(bau.company, "Vera", "vera@bau-partner.example", &[Role::Viewer]).await;
        let manager = with_rights(
            &bau.chief,
            &[
                Permission::UsersView,
                Permission::UsersManage,
                Permission::CatalogView,
                Permission::OrdersView,
            ],
        );
        let renamed = input("Renamed", "second@bau-partner.example", &[Role::MainContact]);
        assert_eq!(refused(edit(portal, &manager, second, &renamed).await), lacking(Permission::RolesManage));
        for (user, right) in [(second, Permission::RolesManage), (kim, Permission::PricesView)] {
            assert_eq!(refused(users::deactivate(&portal.center, &manager, user).await), lacking(right));
            assert_eq!(refused(users::activate(&portal.center, &manager, user).await), lacking(right));
            let sent = users::send_password_link(&portal.center, &manager, user).await;
            assert_eq!(refused(sent), lacking(right));
        }
        let raise = input("Vera", "vera@bau-partner.example", &[Role::Viewer, Role::MainContact]);
        assert_eq!(refused(edit(portal, &manager, viewer, &raise).await), lacking(Permission::RolesManage));
        let budgets = UserInput {
            budgets: BudgetInput { order: "10".into(), month: String::new() },
            ..input("Vera", "vera@bau-partner.example", &[Role::Viewer])
        };
        let set = edit(portal, &manager, viewer, &budgets).await;
        assert!(matches!(set, Err(Error::Lacks(Permission::BudgetsManage))));
        // Budgets that stay as they are are no change.
        edit(portal, &bau.chief, viewer, &budgets).await.unwrap();
        edit(portal, &manager, viewer, &UserInput { name: "Vera V.".into(), ..budgets }).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_new_address_of_an_active_user_waits_for_its_confirmation() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        let form = input("Kim B.", "kim.brand@bau-partner.example", &[Role::Buyer]);
        assert_eq!(edit(portal, &bau.chief, kim, &form).await.unwrap(), Edited::EmailWaits);
        let found = users::get(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!((found.row.name.as_str(), found.row.email.as_str()), ("Kim B.", KIM));
        assert_eq!(found.pending_email.as_deref(), Some("kim.brand@bau-partner.example"));
        portal.enter(KIM).await;
        let mails = portal.mails().await;
        assert_eq!(
            addressed(&mails),
            [("email_change_confirm", "kim.brand@bau-partner.example"), ("email_change_notice", KIM)]
        );
        let link = one(&mails, "email_change_confirm").token();
        accounts::confirm_email(&portal.center, &anybody(), &link).await.unwrap();
        portal.enter("kim.brand@bau-partner.example").await;
        let found = users::get(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!((found.row.email.as_str(), found.pending_email), ("kim.brand@bau-partner.example", None));
    })
    .await;
}

#[tokio::test]
async fn a_new_address_of_an_invited_user_gets_a_new_invitation() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Ines", "inse@bau-partner.example", &[Role::Buyer]);
        let user = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let old = one(&portal.mails().await, "account_created").token();
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        assert_eq!(edit(portal, &bau.chief, user, &form).await.unwrap(), Edited::Saved);
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_created", "ines@bau-partner.example")]);
        let late = accounts::set_password(&portal.center, &anybody(), &old, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(late), ErrorCode::LinkInvalid);
        accounts::set_password(&portal.center, &anybody(), &mails[0].token(), NEW_PASSWORD, NEW_PASSWORD)
            .await
            .unwrap();
        let entered = portal.sign_in(&anybody(), "ines@bau-partner.example", NEW_PASSWORD).await;
        assert!(entered.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_address_of_somebody_switched_off_stays() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        portal.mails().await;
        let moved = input("Kim Brand", "kim.brand@bau-partner.example", &[Role::Buyer]);
        let refusal = issue(edit(portal, &bau.chief, kim, &moved).await);
        assert_eq!(refusal, ("email".to_owned(), FieldIssue::UserDeactivated));
        assert!(portal.mails().await.is_empty());
        edit(portal, &bau.chief, kim, &input("Kim B.", KIM, &[Role::Buyer])).await.unwrap();
        // Who never accepted an invitation has no way in that could be moved.
        let form = input("Ines", "inse@bau-partner.example", &[Role::Buyer]);
        let invited = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        users::revoke_invitation(&portal.center, &bau.chief, invited).await.unwrap();
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        edit(portal, &bau.chief, invited, &form).await.unwrap();
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_edit_to_a_taken_address_is_refused_and_rationed() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        portal.business_user(RITA).await;
        let form = input("Renamed", RITA, &[Role::Buyer]);
        for _ in 0..10 {
            assert_eq!(
                issue(edit(portal, &bau.chief, kim, &form).await),
                ("email".to_owned(), FieldIssue::EmailTaken)
            );
        }
        assert!(is_limited(edit(portal, &bau.chief, kim, &form).await));
        let found = users::get(&portal.center, &bau.chief, kim).await.unwrap().row;
        assert_eq!((found.name.as_str(), found.email.as_str()), ("Kim Brand", KIM));
    })
    .await;
}

#[tokio::test]
async fn switching_off_ends_sessions_links_and_waiting_mails_at_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        let mut sessions = Vec::new();
        for _ in 0..5 {
            sessions.push(portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap());
        }
        users::send_password_link(&portal.center, &bau.chief, kim).await.unwrap();
        let reset = one(&portal.mails().await, "password_reset").token();
        let actor = portal.holding(&sessions[0]).await.unwrap();
        accounts::change_email(&portal.center, &actor, "kim2@bau-partner.example", PASSWORD).await.unwrap();
        let change = one(&portal.mails().await, "email_change_confirm").token();
        accounts::forgot_password(&portal.center, &anybody(), KIM).await.unwrap();
        center::jobs::settle(&portal.center).await.unwrap();

        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(status(portal, &bau.chief, kim).await, UserStatus::Deactivated);
        for session in &sessions {
            assert!(portal.holding(session).await.is_none());
        }
        assert_eq!(addressed(&portal.mails().await), [("deactivated", KIM)], "and no link");
        let set =
            accounts::set_password(&portal.center, &anybody(), &reset, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(set), ErrorCode::LinkInvalid);
        let confirmed = accounts::confirm_email(&portal.center, &anybody(), &change).await;
        assert_eq!(refused(confirmed), ErrorCode::LinkInvalid);
        assert_eq!(refused(portal.sign_in(&anybody(), KIM, PASSWORD).await), ErrorCode::Deactivated);
        assert_eq!(refused(users::deactivate(&portal.center, &bau.chief, kim).await), ErrorCode::WrongState);
        let link = users::send_password_link(&portal.center, &bau.chief, kim).await;
        assert_eq!(refused(link), ErrorCode::WrongState);

        users::activate(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("reactivated", KIM)]);
        for session in &sessions {
            assert!(portal.holding(session).await.is_none(), "switching on revives no session");
        }
        let set =
            accounts::set_password(&portal.center, &anybody(), &reset, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(set), ErrorCode::LinkInvalid);
        portal.enter(KIM).await;
        assert_eq!(refused(users::activate(&portal.center, &bau.chief, kim).await), ErrorCode::WrongState);
    })
    .await;
}

#[tokio::test]
async fn an_invited_user_is_switched_off_without_a_word_and_on_with_a_new_invitation() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let user = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        users::deactivate(&portal.center, &bau.chief, user).await.unwrap();
        assert!(portal.mails().await.is_empty());
        users::activate(&portal.center, &bau.chief, user).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("account_created", "ines@bau-partner.example")]);
        assert_eq!(status(portal, &bau.chief, user).await, UserStatus::Invited);
    })
    .await;
}

#[tokio::test]
async fn a_password_link_goes_to_active_users_alone() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = kim(portal, bau.company).await;
        users::send_password_link(&portal.center, &bau.chief, kim).await.unwrap();
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("password_reset", KIM)]);
        let link = mails[0].token();
        accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let invited = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let sent = users::send_password_link(&portal.center, &bau.chief, invited).await;
        assert_eq!(refused(sent), ErrorCode::WrongState);
    })
    .await;
}
