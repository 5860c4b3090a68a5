//! Who may do what in *Users management*, and that a stranger's user looks like none.

use center::access::Actor;
use center::users::{BulkInput, MatchingInput};
use center::{Error, users};
use model::{ErrorCode, Permission, ResultId, Role, UserId, UserInput, UsersQuery};

use crate::support::*;

fn anna() -> UserInput {
    input("Anna", "anna.berger@bau-partner.example", &[Role::Viewer])
}

/// Every operation on this user, by its name, with what came of it.
async fn operations(portal: &Portal, actor: &Actor, user: UserId) -> Vec<(&'static str, Result<(), Error>)> {
    let center = &portal.center;
    vec![
        ("get", users::get(center, actor, user).await.map(drop)),
        ("edit", users::edit(center, actor, user, 1, &anna()).await.map(drop)),
        ("deactivate", users::deactivate(center, actor, user).await),
        ("activate", users::activate(center, actor, user).await),
        ("resend_invitation", users::resend_invitation(center, actor, user).await),
        ("revoke_invitation", users::revoke_invitation(center, actor, user).await),
        ("send_password_link", users::send_password_link(center, actor, user).await),
        ("change_role", users::change_role(center, actor, user, Role::Viewer.into(), true).await),
    ]
}

/// Every operation that names no user.
async fn general(portal: &Portal, actor: &Actor) -> Vec<(&'static str, Result<(), Error>)> {
    let center = &portal.center;
    vec![
        ("list", users::list(center, actor, &UsersQuery::default()).await.map(drop)),
        ("contacts", users::contacts(center, actor).await.map(drop)),
        ("invitations", users::invitations(center, actor).await.map(drop)),
        ("new_form", users::new_form(center, actor).await.map(drop)),
        ("contact_form", users::contact_form(center, actor, "KT-2").await.map(drop)),
        ("request", users::request(center, actor, &anna()).await.map(drop)),
        ("add_contact", users::add_contact(center, actor, "KT-2", &anna()).await.map(drop)),
        ("bulk", users::bulk(center, actor, &BulkInput::default()).await.map(drop)),
        ("import_form", users::import_form(actor).map(drop)),
        ("check_import", users::check_import(center, actor, "").await.map(drop)),
        ("add_imported", users::add_imported(center, actor, ResultId(center.new_id())).await),
        ("result", users::result(center, actor, ResultId(center.new_id())).await.map(drop)),
        ("rows_left", users::rows_left(center, actor, ResultId(center.new_id())).await.map(drop)),
        ("matching_form", users::matching_form(center, actor, &UsersQuery::default()).await.map(drop)),
        ("start_matching", users::start_matching(center, actor, &MatchingInput::default()).await.map(drop)),
        ("go_on_matching", users::go_on_matching(center, actor, ResultId(center.new_id())).await),
        ("export", users::export(center, actor, &UsersQuery::default()).await.map(drop)),
    ]
}

/// Rows that an operation could have written.
async fn rows(portal: &Portal) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT count(*) AS n FROM users",
        "SELECT count(*) AS n FROM links",
        "SELECT count(*) AS n FROM outbox",
        "SELECT count(*) AS n FROM audit",
        "SELECT count(*) AS n FROM members WHERE deactivated_at IS NOT NULL",
        "SELECT CAST(sum(version) AS BIGINT) AS n FROM members",
    ] {
        counts.push(portal.count(sql, vec![]).await);
    }
    counts
}

#[tokio::test]
async fn nobody_without_the_right_gets_anything_done() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ines = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let invited = users::request(&portal.center, &bau.chief, &ines).await.unwrap();
        portal.business_user(RITA).await;
        let mut actors = vec![("anonymous", anybody(), None)];
        for role in [Role::Buyer, Role::Approver, Role::Accountant, Role::Viewer] {
            let email = format!("{}@bau-partner.example", role.key());
            portal.person(bau.company, role.key(), &email, &[role]).await;
            actors.push((role.key(), portal.enter(&email).await, Some(true)));
        }
        actors.push(("business user", portal.enter(RITA).await, Some(false)));
        let before = rows(portal).await;
        for (name, actor, in_company) in &actors {
            let mut answers = general(portal, actor).await;
            for user in [bau.marta, invited, UserId(portal.center.new_id())] {
                answers.extend(operations(portal, actor, user).await);
            }
            for (operation, answer) in answers {
                match (in_company, answer) {
                    (None, Err(Error::Refused(e))) if e.code == ErrorCode::Unauthenticated => {}
                    (Some(true), Err(Error::Lacks(Permission::UsersView | Permission::UsersManage))) => {}
                    (Some(false), Err(Error::Refused(e)))
                        if e.code == ErrorCode::Forbidden { missing: None, granted_by: vec![] } => {}
                    (_, answer) => panic!("{name} at {operation}: {answer:?}"),
                }
            }
        }
        assert_eq!(rows(portal).await, before);
        // The refusal names the right and who can grant it.
        let lacks = users::list(&portal.center, &actors[1].1, &UsersQuery::default()).await.map(drop);
        let told = center::access::explain(&portal.center, &actors[1].1, lacks.unwrap_err()).await;
        let expected = ErrorCode::Forbidden {
            missing: Some(Permission::UsersView),
            granted_by: vec!["Marta Lind".to_owned()],
        };
        assert_eq!(told.code, expected);
    })
    .await;
}

#[tokio::test]
async fn who_may_only_look_changes_nothing() {
    both(async |portal| {
        let bau = portal.bau().await;
        let mut looking = who(&bau.chief).clone();
        let center::access::Place::Company(member) = &mut looking.place else { panic!() };
        member.grants = [(Permission::UsersView, model::Scope::Company)].into_iter().collect();
        let looking = Actor::User(Box::new(looking));
        let page = users::list(&portal.center, &looking, &UsersQuery::default()).await.unwrap();
        assert!(!page.can_manage);
        let mut answers = general(portal, &looking).await;
        answers.extend(operations(portal, &looking, bau.marta).await);
        for (operation, answer) in answers {
            let reads = matches!(operation, "list" | "contacts" | "invitations" | "get" | "export");
            let refused = matches!(answer, Err(Error::Lacks(Permission::UsersManage)));
            assert_eq!((answer.is_ok(), refused), (reads, !reads), "{operation}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_s_user_answers_exactly_like_none() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        let rita = portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let buyer = portal.person(other, "Paul", "paul@solo.example", &[Role::Buyer]).await;
        let chief = portal.enter(RITA).await;
        let ines = input("Ines", "ines@solo.example", &[Role::Buyer]);
        let invited = users::request(&portal.center, &chief, &ines).await.unwrap();
        let off = portal.person(other, "Off", "off@solo.example", &[Role::Buyer]).await;
        users::deactivate(&portal.center, &chief, off).await.unwrap();
        let business = portal.business_user("solo@business.example").await;
        let before = rows(portal).await;
        for user in [rita, buyer, invited, off, business, UserId(portal.center.new_id())] {
            for (operation, answer) in operations(portal, &bau.chief, user).await {
                let Err(Error::Refused(refusal)) = answer else { panic!("{operation}: {answer:?}") };
                assert_eq!(refusal, ErrorCode::NotFound.into(), "{operation}");
            }
        }
        assert_eq!(rows(portal).await, before);
    })
    .await;
}
