//! Business users whose customer gets Customer center, moved into its company by the staff.

use center::access::Actor;
use center::accounts;
use center::activity::{self, Doer};
use center::audit::Event;
use center::office::{customers, users as office};
use center::{Error, users};
use model::{
    AccessInput, ActivityQuery, ErrorCode, FieldIssue, MoveInto, PeopleList, PeoplePage, PeopleQuery, Role,
    RoleRef, StaffRole, UserId, UserStatus,
};

use crate::support::*;

const PAUL: &str = "paul.kern@solo.example";

async fn into(portal: &Portal, staff: &Actor, user: UserId) -> MoveInto {
    office::move_page(&portal.center, staff, user).await.unwrap().into
}

async fn moved(
    portal: &Portal,
    staff: &Actor,
    user: UserId,
    roles: &[Role],
) -> Result<model::CompanyId, Error> {
    let roles: Vec<RoleRef> = roles.iter().map(|role| (*role).into()).collect();
    office::move_into_company(&portal.center, staff, user, SOLO, &roles).await
}

/// Whether the person's page and the list of business users say that the person can be moved.
async fn marked(portal: &Portal, staff: &Actor, user: UserId) -> (bool, bool) {
    let page = office::person(&portal.center, staff, user).await.unwrap();
    let query = PeopleQuery { list: PeopleList::Business, ..PeopleQuery::default() };
    let PeoplePage::People(list) = office::list(&portal.center, staff, &query).await.unwrap() else {
        panic!("the wrong list")
    };
    let row = list.rows.into_iter().find(|row| row.id == user).unwrap();
    (page.places.iter().any(|place| place.moves), row.places.iter().any(|place| place.moves))
}

#[tokio::test]
async fn the_administrator_s_company_is_made_and_the_person_is_its_main_contact() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        assert_eq!(marked(portal, &staff, rita).await, (false, false));
        assert_eq!(into(portal, &staff, rita).await, MoveInto::NoCenter);
        assert_eq!(refused(moved(portal, &staff, rita, &[]).await), ErrorCode::WrongState);
        portal.erp.name_administrator(SOLO, RITA);
        assert_eq!(marked(portal, &staff, rita).await, (true, true));
        assert_eq!(into(portal, &staff, rita).await, MoveInto::NewCompany);
        let session = portal.sign_in(&anybody(), RITA, PASSWORD).await.unwrap();
        let auditor = portal.staff(StaffRole::Auditor).await;
        assert!(matches!(moved(portal, &auditor, rita, &[]).await, Err(Error::OfficeLacks(_))));
        // She is of another customer.
        portal.erp.name_administrator(BAU, RITA);
        let wrong = office::move_into_company(center, &staff, rita, BAU, &[]).await;
        assert_eq!(refused(wrong), ErrorCode::Conflict);
        let company = moved(portal, &staff, rita, &[]).await.unwrap();
        // Signed out, and in again with the same password as the main contact.
        assert!(portal.holding(&session).await.is_none());
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("moved_to_company", RITA)]);
        assert!(one(&mails, "moved_to_company").text.contains("Main contact"));
        let chief = portal.enter(RITA).await;
        assert_eq!(
            users::list(center, &chief, &model::UsersQuery::default()).await.unwrap().users.rows.len(),
            1
        );
        let page = office::person(center, &staff, rita).await.unwrap();
        assert_eq!(page.places.len(), 1);
        assert_eq!((page.places[0].company, page.places[0].status), (Some(company), UserStatus::Active));
        let (_, page) = activity::company(center, &chief, &ActivityQuery::default()).await.unwrap();
        let told: Vec<_> = page.rows.iter().filter_map(|row| Some((row.event?, row.by.clone()))).collect();
        let shop = || Doer::Staff("Nordholz & Söhne".to_owned());
        assert!(
            told.contains(&(Event::UserMoved, shop())) && told.contains(&(Event::CompanyCreated, shop()))
        );
        // Nobody is moved twice.
        assert_eq!(refused(moved(portal, &staff, rita, &[]).await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn others_come_into_the_company_with_the_roles_chosen_once_it_is_there() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let paul = portal.business_user(PAUL).await;
        let staff = portal.staff(StaffRole::Service).await;
        portal.erp.name_administrator(SOLO, RITA);
        let only = MoveInto::OnlyAdministrator { email: Some(RITA.to_owned()) };
        assert_eq!(into(portal, &staff, paul).await, only);
        assert_eq!(refused(moved(portal, &staff, paul, &[Role::Buyer]).await), ErrorCode::WrongState);
        moved(portal, &staff, rita, &[]).await.unwrap();
        portal.mails().await;
        assert!(
            matches!(into(portal, &staff, paul).await, MoveInto::Company { roles, .. } if roles.len() == 5)
        );
        assert_eq!(
            issue(moved(portal, &staff, paul, &[]).await),
            ("roles".to_owned(), FieldIssue::RoleRequired)
        );
        let company = moved(portal, &staff, paul, &[Role::Buyer, Role::Accountant]).await.unwrap();
        let mails = portal.mails().await;
        let mut told = addressed(&mails);
        told.sort_unstable();
        assert_eq!(told, [("colleague_moved", RITA), ("moved_to_company", PAUL)]);
        let page = office::person(&portal.center, &staff, paul).await.unwrap();
        let roles: Vec<_> = page.places[0].roles.iter().map(|label| label.role).collect();
        assert_eq!(
            (page.places[0].company, roles),
            (Some(company), vec![Role::Buyer.into(), Role::Accountant.into()])
        );
        portal.enter(PAUL).await;
    })
    .await;
}

#[tokio::test]
async fn what_a_person_has_elsewhere_goes_on() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.business_user(RITA).await;
        let rita = portal.business_user(PAUL).await;
        portal.joins(rita, bau.company, &[Role::Viewer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        portal.erp.name_administrator(SOLO, PAUL);
        let elsewhere =
            accounts::sign_in(&portal.center, &anybody(), PAUL, PASSWORD, "bau-partner-gmbh").await;
        let elsewhere = elsewhere.unwrap().token.text();
        assert!(portal.holding(&elsewhere).await.is_some());
        moved(portal, &staff, rita, &[]).await.unwrap();
        assert!(portal.holding(&elsewhere).await.is_some());
        let page = office::person(&portal.center, &staff, rita).await.unwrap();
        assert_eq!(page.places.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_never_accepted_is_invited_by_the_company_and_the_old_link_is_dead() {
    both(async |portal| {
        portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let input = AccessInput {
            ticked: true,
            contact_number: "KT-10".to_owned(),
            name: String::new(),
            email: PAUL.to_owned(),
            role: String::new(),
        };
        let paul = customers::give(center, &staff, SOLO, true, &[input]).await.unwrap().users[0];
        let old = one(&portal.mails().await, "account_created").token();
        portal.erp.name_administrator(SOLO, PAUL);
        moved(portal, &staff, paul, &[]).await.unwrap();
        let used = accounts::set_password(center, &anybody(), &old, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(used), ErrorCode::LinkInvalid);
        let new = one(&portal.mails().await, "account_created").token();
        accounts::set_password(center, &anybody(), &new, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        portal.sign_in(&anybody(), PAUL, NEW_PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_switched_off_a_closed_company_and_a_silent_erp_stand_in_the_way() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let paul = portal.business_user(PAUL).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        portal.erp.name_administrator(SOLO, RITA);
        portal.erp.set_down(true);
        assert_eq!(marked(portal, &staff, rita).await, (false, false));
        assert!(matches!(moved(portal, &staff, rita, &[]).await, Err(Error::Erp(_))));
        portal.erp.set_down(false);
        office::deactivate(center, &staff, rita, None, false).await.unwrap();
        assert_eq!(into(portal, &staff, rita).await, MoveInto::SwitchedOff);
        assert_eq!(refused(moved(portal, &staff, rita, &[]).await), ErrorCode::WrongState);
        office::activate(center, &staff, rita, None).await.unwrap();
        let company = moved(portal, &staff, rita, &[]).await.unwrap();
        office::close_company(center, &staff, company).await.unwrap();
        assert_eq!(into(portal, &staff, paul).await, MoveInto::Closed);
        assert_eq!(refused(moved(portal, &staff, paul, &[Role::Buyer]).await), ErrorCode::WrongState);
    })
    .await;
}

#[tokio::test]
async fn access_given_by_the_company_ends_what_a_business_user_had() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        portal.erp.name_administrator(SOLO, RITA);
        let input = AccessInput {
            ticked: true,
            contact_number: "KT-9".to_owned(),
            name: String::new(),
            email: RITA.to_owned(),
            role: Role::MainContact.key().to_owned(),
        };
        customers::give(&portal.center, &staff, SOLO, false, &[input]).await.unwrap();
        let page = office::person(&portal.center, &staff, rita).await.unwrap();
        assert_eq!(page.places.len(), 1);
        assert!(page.places[0].company.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_several_who_move_a_person_at_once_one_does() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        portal.erp.name_administrator(SOLO, RITA);
        let tasks = (0..4).map(|_| {
            let (center, staff) = (std::sync::Arc::clone(&portal.center), staff.clone());
            async move { office::move_into_company(&center, &staff, rita, SOLO, &[]).await }
        });
        let done = portal.together(tasks.collect()).await;
        assert_eq!(done.iter().filter(|answer| answer.is_ok()).count(), 1);
        assert_eq!(portal.mails().await.len(), 1);
    })
    .await;
}
