//! Two accounts of one person, merged by the staff.

use center::access::Actor;
use center::activity;
use center::audit::Event;
use center::office::{customers, users as office};
use center::{Error, users};
use model::{
    AccessInput, ActivityQuery, CompanyId, ErrorCode, MergeObstacle, MergeOutcome, MergePlan, PeopleList,
    PeoplePage, PeopleQuery, Role, RoleRef, StaffRole, UserId, UserStatus, UsersQuery,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";
const KIM_TOO: &str = "kim.brand@bau-partner.example";

async fn plan(portal: &Portal, staff: &Actor, kept: UserId, other: &str) -> MergePlan {
    office::merge_page(&portal.center, staff, kept, other, false).await.unwrap().plan.unwrap()
}

async fn merged(portal: &Portal, staff: &Actor, plan: &MergePlan) -> Result<(), Error> {
    office::merge(&portal.center, staff, plan.kept.id, plan.other.id, &plan.seen).await
}

/// The built-in roles of a person in a company.
async fn roles(portal: &Portal, staff: &Actor, user: UserId, company: CompanyId) -> Vec<RoleRef> {
    let page = office::person(&portal.center, staff, user).await.unwrap();
    let place = page.places.into_iter().find(|place| place.company == Some(company)).unwrap();
    place.roles.iter().map(|label| label.role).collect()
}

#[tokio::test]
async fn what_the_other_one_opened_is_the_kept_one_s_and_the_other_one_ends() {
    both(async |portal| {
        let bau = portal.bau().await;
        let second = portal.company_named("30-1").await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let other = portal.person(second, "Kim Brand", KIM_TOO, &[Role::MainContact]).await;
        let session = portal.sign_in(&anybody(), KIM_TOO, PASSWORD).await.unwrap();
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let page =
            office::merge_page(center, &staff, kim, "nobody@bau-partner.example", false).await.unwrap();
        assert!(page.plan.is_none());
        let plan = plan(portal, &staff, kim, KIM_TOO).await;
        assert_eq!(plan.obstacle, None);
        let outcomes: Vec<_> = plan.places.iter().map(|place| place.outcome).collect();
        assert!(outcomes.contains(&MergeOutcome::Stays) && outcomes.contains(&MergeOutcome::Comes));
        let auditor = portal.staff(StaffRole::Auditor).await;
        assert!(matches!(merged(portal, &auditor, &plan).await, Err(Error::OfficeLacks(_))));
        merged(portal, &staff, &plan).await.unwrap();
        let mails = portal.mails().await;
        let mut told = addressed(&mails);
        told.sort_unstable();
        assert_eq!(told, [("accounts_merged", KIM_TOO), ("accounts_merged", KIM)]);
        assert!(portal.holding(&session).await.is_none());
        assert!(portal.sign_in(&anybody(), KIM_TOO, PASSWORD).await.is_err());
        assert_eq!(roles(portal, &staff, kim, second).await, [Role::MainContact]);
        assert_eq!(roles(portal, &staff, kim, bau.company).await, [Role::Buyer]);
        assert_eq!(
            refused(office::activate(center, &staff, other, Some(second)).await),
            ErrorCode::WrongState
        );
        let page = office::person(center, &staff, other).await.unwrap();
        assert_eq!(page.merged_into, Some((kim, "Kim Brand".to_owned())));
        assert!(page.places.is_empty() && !page.can_manage && !page.can_view && !page.has_password);
        let query = PeopleQuery { list: PeopleList::All, q: "kim".to_owned(), ..PeopleQuery::default() };
        let PeoplePage::People(list) = office::list(center, &staff, &query).await.unwrap() else {
            panic!("the wrong list")
        };
        assert_eq!(list.rows.len(), 1);
        // Once only, and nothing comes back.
        let gone = office::merge_page(center, &staff, other, KIM, false).await.unwrap().plan.unwrap();
        assert_eq!(gone.obstacle, Some(MergeObstacle::Gone));
        assert_eq!(refused(merged(portal, &staff, &gone).await), ErrorCode::WrongState);
        assert_eq!(portal.events().await.iter().filter(|event| *event == "users_merged").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn where_both_act_roles_come_together_with_the_stricter_budgets() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let other = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::Buyer]).await;
        portal.execute("UPDATE members SET budget_order = 500 WHERE user_id = $1", vec![other.into()]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let plan = plan(portal, &staff, kim, KIM_TOO).await;
        let place = &plan.places[0];
        assert_eq!((place.outcome, place.roles.len()), (MergeOutcome::Joins, 2));
        merged(portal, &staff, &plan).await.unwrap();
        assert_eq!(roles(portal, &staff, kim, bau.company).await, [Role::Buyer, Role::Viewer]);
        let rows = portal.rows("SELECT budget_order FROM members WHERE user_id = $1", vec![kim.into()]).await;
        assert_eq!(rows[0].get::<Option<i64>>("budget_order").unwrap(), Some(500));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_could_not_use_gives_no_right() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let off = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::Accountant]).await;
        let staff = portal.staff(StaffRole::Service).await;
        office::deactivate(&portal.center, &staff, off, Some(bau.company), false).await.unwrap();
        let off = plan(portal, &staff, kim, KIM_TOO).await;
        assert_eq!(off.places[0].outcome, MergeOutcome::Stays);
        merged(portal, &staff, &off).await.unwrap();
        let invited = input("Kim Brand", "kim3@bau-partner.example", &[Role::Approver]);
        users::request(&portal.center, &bau.chief, &invited).await.unwrap();
        let invited = plan(portal, &staff, kim, "kim3@bau-partner.example").await;
        merged(portal, &staff, &invited).await.unwrap();
        assert_eq!(roles(portal, &staff, kim, bau.company).await, [Role::Viewer]);
    })
    .await;
}

#[tokio::test]
async fn something_that_changed_since_it_was_shown_and_obstacles_are_refused() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let other = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::Buyer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let shown = plan(portal, &staff, kim, KIM_TOO).await;
        office::deactivate(&portal.center, &staff, other, Some(bau.company), false).await.unwrap();
        assert_eq!(refused(merged(portal, &staff, &shown).await), ErrorCode::Conflict);
        let same = plan(portal, &staff, kim, KIM).await;
        assert_eq!(same.obstacle, Some(MergeObstacle::Same));
        assert_eq!(refused(merged(portal, &staff, &same).await), ErrorCode::WrongState);
        let nora = input("Nora Neu", "nora@bau-partner.example", &[Role::Buyer]);
        let nora = users::request(&portal.center, &bau.chief, &nora).await.unwrap();
        assert_eq!(plan(portal, &staff, nora, KIM).await.obstacle, Some(MergeObstacle::KeepTheOther));
        portal.clock.advance(30 * MINUTE);
        let late = plan(portal, &staff, kim, KIM_TOO).await;
        assert_eq!(refused(merged(portal, &staff, &late).await), ErrorCode::ReauthRequired);
    })
    .await;
}

#[tokio::test]
async fn a_business_user_comes_along_and_is_none_beside_a_membership() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let rita = portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        let comes = plan(portal, &staff, kim, RITA).await;
        assert!(comes.places.iter().any(|place| place.outcome == MergeOutcome::Comes));
        merged(portal, &staff, &comes).await.unwrap();
        assert_eq!(office::person(&portal.center, &staff, kim).await.unwrap().places.len(), 2);
        assert!(portal.holding(&portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap()).await.is_some());
        assert_eq!(portal.events().await.iter().filter(|event| *event == "users_merged").count(), 1);
        // The address is free: somebody else may have it.
        let input = AccessInput {
            ticked: true,
            contact_number: "KT-9".to_owned(),
            name: String::new(),
            email: RITA.to_owned(),
            role: String::new(),
        };
        let again = customers::give(&portal.center, &staff, SOLO, false, &[input]).await.unwrap();
        assert_ne!(again.users, [rita]);
    })
    .await;
}

#[tokio::test]
async fn the_company_has_one_of_them_with_contact_language_and_what_was_seen() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let other = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::Buyer]).await;
        portal
            .execute(
                "UPDATE members SET contact_key = 'KT2', contact_number = 'KT-2', last_seen_at = 7 WHERE user_id = $1",
                vec![other.into()],
            )
            .await;
        let staff = portal.staff(StaffRole::Service).await;
        let plan = plan(portal, &staff, kim, KIM_TOO).await;
        merged(portal, &staff, &plan).await.unwrap();
        let list = users::list(center, &bau.chief, &UsersQuery::default()).await.unwrap();
        let kims: Vec<_> = list.users.rows.iter().filter(|row| row.name == "Kim Brand").collect();
        assert_eq!(kims.len(), 1);
        assert_eq!((kims[0].id, kims[0].contact_number.as_str()), (kim, "KT-2"));
        let seen = "SELECT last_seen_at AS n FROM members WHERE user_id = $1";
        assert_eq!(portal.count(seen, vec![kim.into()]).await, 7);
        let (_, page) = activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let told = page.rows.iter().find(|row| row.event == Some(Event::UsersMerged)).unwrap();
        assert_eq!(told.whom.as_ref().map(|(name, page)| (name.as_str(), page.is_some())), Some(("Kim Brand", true)));
        assert_eq!(told.changes.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_decided_stays_named_and_nobody_brings_the_account_back() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let other = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::MainContact]).await;
        portal
            .execute(
                "INSERT INTO access_requests (id, company_id, name, email, locale, created_at, ends_at, decided_at, decision, decided_by)
                 VALUES ($1, $2, 'Nora', 'nora@bau-partner.example', 'en', 1, 2, 1, 'declined', $3)",
                vec![center.new_id().into(), bau.company.into(), other.into()],
            )
            .await;
        let staff = portal.staff(StaffRole::Service).await;
        let plan = plan(portal, &staff, kim, KIM_TOO).await;
        merged(portal, &staff, &plan).await.unwrap();
        let page = office::person(center, &staff, other).await.unwrap();
        assert_eq!(page.places.len(), 1);
        assert_eq!(page.places[0].status, UserStatus::Deactivated);
        assert_eq!(refused(users::activate(center, &bau.chief, other).await), ErrorCode::NotFound);
        let again = users::edit(center, &bau.chief, other, 2, &input("Kim Brand", KIM_TOO, &[Role::Buyer])).await;
        assert_eq!(refused(again), ErrorCode::NotFound);
        let on = office::activate(center, &staff, other, Some(bau.company)).await;
        assert_eq!(refused(on), ErrorCode::WrongState);
        assert_eq!(refused(office::code_page(center, &staff, other).await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_comes_along_as_an_invitation() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let second = portal.company_named("30-1").await;
        portal.person(second, "Lena Roth", "lena@zweite.example", &[Role::MainContact]).await;
        let lena = portal.enter("lena@zweite.example").await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        users::request(center, &lena, &input("Kim Brand", KIM_TOO, &[Role::Approver])).await.unwrap();
        let earlier = one(&portal.mails().await, "account_created").token();
        let staff = portal.staff(StaffRole::Service).await;
        let plan = plan(portal, &staff, kim, KIM_TOO).await;
        assert!(plan.places.iter().any(|place| place.outcome == MergeOutcome::Comes));
        merged(portal, &staff, &plan).await.unwrap();
        let mails = portal.mails().await;
        let mut told = addressed(&mails);
        told.sort_unstable();
        assert_eq!(told, [("account_created", KIM), ("accounts_merged", KIM_TOO), ("accounts_merged", KIM)]);
        assert!(center::accounts::links::inspect(center, &earlier).await.unwrap().is_none());
        let link = center::accounts::links::inspect(center, &one(&mails, "account_created").token()).await;
        assert_eq!(link.unwrap().map(|link| (link.user, link.company)), Some((kim, Some(second))));
        let page = office::person(center, &staff, kim).await.unwrap();
        let place = page.places.iter().find(|place| place.company == Some(second)).unwrap();
        assert_eq!(place.status, UserStatus::Invited);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_left_without_main_contact_protected_less_or_of_two_customers() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let staff = portal.staff(StaffRole::Service).await;
        // Neither was ever used.
        for email in [KIM, KIM_TOO] {
            users::request(center, &bau.chief, &input("Kim Brand", email, &[Role::Buyer])).await.unwrap();
        }
        let rows = portal.rows("SELECT id FROM users WHERE email = $1", vec![KIM.into()]).await;
        let invited: UserId = rows[0].get("id").unwrap();
        assert_eq!(plan(portal, &staff, invited, KIM_TOO).await.obstacle, Some(MergeObstacle::NeverUsed));
        // The only main contact of the company is the invitation that would end.
        let second = portal.company_named("30-1").await;
        let paul = portal.person(second, "Paul Kern", "paul@zweite.example", &[Role::Buyer]).await;
        let only = portal.person(second, "Paul Kern", "kern@zweite.example", &[Role::MainContact]).await;
        portal.execute("UPDATE members SET accepted_at = NULL WHERE user_id = $1", vec![only.into()]).await;
        let alone = plan(portal, &staff, paul, "kern@zweite.example").await;
        assert_eq!(alone.obstacle, Some(MergeObstacle::NoMainContact { company: "30-1".to_owned() }));
        assert_eq!(refused(merged(portal, &staff, &alone).await), ErrorCode::WrongState);
        // Only the one that would end has a second step.
        let marta_too = portal.person(bau.company, "Marta Lind", "lind@bau-partner.example", &[Role::Buyer]).await;
        portal.two_steps(&bau.chief).await;
        assert_eq!(
            plan(portal, &staff, marta_too, MARTA).await.obstacle,
            Some(MergeObstacle::KeepTheSafer)
        );
        assert_eq!(
            plan(portal, &staff, bau.marta, "lind@bau-partner.example").await.obstacle,
            None
        );
        // Business users of two customers, until one of them is switched off.
        let rita = portal.business_user(RITA).await;
        let other = portal.business_user("kern@andere.example").await;
        portal
            .execute(
                "UPDATE business_users SET customer_key = '208', customer_number = '20-8', customer_name = 'Andere'
                 WHERE user_id = $1",
                vec![other.into()],
            )
            .await;
        let two = plan(portal, &staff, rita, "kern@andere.example").await;
        assert_eq!(two.obstacle, Some(MergeObstacle::TwoCustomers));
        office::deactivate(center, &staff, rita, None, false).await.unwrap();
        let one = plan(portal, &staff, rita, "kern@andere.example").await;
        merged(portal, &staff, &one).await.unwrap();
        let page = office::person(center, &staff, rita).await.unwrap();
        assert_eq!((page.places.len(), page.places[0].name.as_str()), (1, "Andere"));
        assert_eq!(page.places[0].status, UserStatus::Active);
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_is_erased_with_what_was_merged_into_the_account() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let mut gone = Vec::new();
        // One after the other, the first into the second.
        let first = portal.person(bau.company, "Kim Brand", "kim1@bau-partner.example", &[Role::Buyer]).await;
        let second = portal.person(bau.company, "Kim Brand", KIM_TOO, &[Role::Buyer]).await;
        for (kept, email) in [(second, "kim1@bau-partner.example"), (kim, KIM_TOO)] {
            let plan = plan(portal, &staff, kept, email).await;
            merged(portal, &staff, &plan).await.unwrap();
            gone.push(plan.other.id);
        }
        assert_eq!(gone, [first, second]);
        for account in &gone {
            let page = office::person(center, &staff, *account).await.unwrap();
            assert_eq!(page.merged_into.map(|(kept, _)| kept), Some(kim));
            let login = page.email.to_string();
            let alone = office::erase(center, &staff, *account, &login, "").await;
            assert_eq!(refused(alone), ErrorCode::WrongState);
        }
        let file = office::export(center, &staff, kim).await.unwrap();
        assert!(gone.iter().all(|account| file.contains(&account.to_string())));
        office::erase(center, &staff, kim, KIM, "").await.unwrap();
        let left = "SELECT count(*) AS n FROM users WHERE name LIKE 'Kim%' OR email LIKE 'kim%'";
        assert_eq!(portal.count(left, vec![]).await, 0);
        let mails = "SELECT count(*) AS n FROM outbox WHERE recipient LIKE 'kim%' OR data LIKE '%Kim%'";
        assert_eq!(portal.count(mails, vec![]).await, 0);
        let (_, page) = activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let told = format!("{page:?}");
        assert!(!told.contains("Kim") && !told.contains("kim"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn of_two_that_merge_each_way_one_does_and_no_session_outlives_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        for round in 0..rounds(3) {
            let (one, two) = (format!("a{round}@bau-partner.example"), format!("b{round}@bau-partner.example"));
            let a = portal.person(bau.company, "Kim Brand", &one, &[Role::Viewer]).await;
            let b = portal.person(bau.company, "Kim Brand", &two, &[Role::Buyer]).await;
            let ways = [plan(portal, &staff, a, &two).await, plan(portal, &staff, b, &one).await];
            let merges = ways.map(|plan| {
                let (center, staff) = (portal.center.clone(), staff.clone());
                tokio::spawn(async move {
                    office::merge(&center, &staff, plan.kept.id, plan.other.id, &plan.seen).await
                })
            });
            let visits = [one, two].map(|email| {
                let center = portal.center.clone();
                tokio::spawn(async move {
                    center::accounts::sign_in(&center, &anybody(), &email, PASSWORD, "").await.map(drop)
                })
            });
            let mut done = 0;
            for merge in merges {
                match merge.await.unwrap() {
                    Ok(()) => done += 1,
                    late => {
                        let code = refused(late);
                        assert!(matches!(code, ErrorCode::Conflict | ErrorCode::WrongState), "{code:?}");
                    }
                }
            }
            assert_eq!(done, 1);
            for visit in visits {
                drop(visit.await.unwrap());
            }
            let sessions = "SELECT count(*) AS n FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.merged_into IS NOT NULL";
            assert_eq!(portal.count(sessions, vec![]).await, 0);
        }
    })
    .await;
}
