//! Companies and users in the Back Office, views of the portal, and what is kept of a person.

use center::access::{Actor, Operation, authorize, table};
use center::activity::{self, Doer};
use center::audit::Event;
use center::office::users as office;
use center::{Error, accounts, users};
use model::{
    ActivityQuery, ErrorCode, FieldIssue, PeopleList, PeoplePage, PeopleQuery, ProfileInput, Role, StaffRole,
    UserId, UserStatus,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

/// The right in the Back Office that is missing.
fn lacks<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::OfficeLacks(_)))
}

async fn found(portal: &Portal, staff: &Actor, list: PeopleList, q: &str) -> Vec<String> {
    let query = PeopleQuery { list, q: q.to_owned(), ..PeopleQuery::default() };
    match office::list(&portal.center, staff, &query).await.unwrap() {
        PeoplePage::Companies(page) => page.rows.into_iter().map(|row| row.name).collect(),
        PeoplePage::People(page) => page.rows.into_iter().map(|row| row.email).collect(),
    }
}

#[tokio::test]
async fn staff_find_companies_and_people_by_the_beginning_of_a_word() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Zoë Özgür", KIM, &[Role::Buyer]).await;
        portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Auditor).await;
        assert_eq!(found(portal, &staff, PeopleList::Companies, "bau").await, ["Bau-Partner GmbH"]);
        assert_eq!(found(portal, &staff, PeopleList::Companies, "gmb").await, ["Bau-Partner GmbH"]);
        assert_eq!(found(portal, &staff, PeopleList::Companies, "104020").await, ["Bau-Partner GmbH"]);
        assert!(found(portal, &staff, PeopleList::Companies, "artner").await.is_empty());
        assert_eq!(found(portal, &staff, PeopleList::All, "").await, [KIM, MARTA, RITA]);
        assert_eq!(found(portal, &staff, PeopleList::All, "ozg").await, [KIM]);
        assert_eq!(found(portal, &staff, PeopleList::All, "Lind").await, [MARTA]);
        assert_eq!(found(portal, &staff, PeopleList::All, "MARTA.").await, [MARTA]);
        assert_eq!(found(portal, &staff, PeopleList::All, "%").await, Vec::<String>::new());
        assert_eq!(found(portal, &staff, PeopleList::Business, "kern").await, [RITA]);
        assert!(found(portal, &staff, PeopleList::Business, "marta").await.is_empty());
        // Users of the portal, and who lacks the right, see none of it.
        let query = PeopleQuery::default();
        let user = office::list(&portal.center, &bau.chief, &query).await;
        assert_eq!(refused(user), ErrorCode::Unauthenticated);
        let editor = portal.staff(StaffRole::Editor).await;
        assert!(lacks(office::list(&portal.center, &editor, &query).await));
    })
    .await;
}

#[tokio::test]
async fn pages_of_people_follow_one_another_both_ways() {
    both(async |portal| {
        let company = portal.company_named("77").await;
        for n in 0..60 {
            let email = format!("u{n:02}@many.example");
            portal.person(company, "Many", &email, &[Role::MainContact]).await;
        }
        let staff = portal.staff(StaffRole::Service).await;
        let page = async |after: Option<String>, before: Option<String>| {
            let query = PeopleQuery { list: PeopleList::All, after, before, ..PeopleQuery::default() };
            match office::list(&portal.center, &staff, &query).await.unwrap() {
                PeoplePage::People(page) => page,
                PeoplePage::Companies(_) => panic!("the wrong list"),
            }
        };
        let first = page(None, None).await;
        assert_eq!((first.rows.len(), first.total.n, first.before.is_none()), (25, 60, true));
        let second = page(first.after.clone(), None).await;
        let third = page(second.after.clone(), None).await;
        assert_eq!((third.rows.len(), third.after.is_none()), (10, true));
        assert_eq!(page(None, third.before).await.rows, second.rows);
        assert_eq!(page(None, second.before).await.rows, first.rows);
        let users = office::company(&portal.center, &staff, company, None, None).await.unwrap().users;
        let after = users.after.unwrap().parse().ok();
        let next = office::company(&portal.center, &staff, company, after, None).await.unwrap().users;
        assert!(next.rows.iter().all(|row| !users.rows.contains(row)));
        assert_eq!(next.rows.len(), 25);
    })
    .await;
}

#[tokio::test]
async fn staff_switch_users_off_and_on_as_a_main_contact_would_and_the_company_sees_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        portal.enter(KIM).await;
        let staff = portal.staff(StaffRole::Service).await;
        let auditor = portal.staff(StaffRole::Auditor).await;
        let center = &portal.center;
        assert!(lacks(office::deactivate(center, &auditor, kim, Some(bau.company), false).await));
        office::deactivate(center, &staff, kim, Some(bau.company), false).await.unwrap();
        let again = office::deactivate(center, &staff, kim, Some(bau.company), false).await;
        assert_eq!(refused(again), ErrorCode::WrongState);
        assert_eq!(refused(portal.sign_in(&anybody(), KIM, PASSWORD).await), ErrorCode::Deactivated);
        let mail = portal.mails().await;
        assert!(one(&mail, "deactivated").text.contains("Nordholz & Söhne has deactivated"));
        office::activate(center, &staff, kim, Some(bau.company)).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("reactivated", KIM)]);
        office::end_sessions(center, &staff, kim).await.unwrap();
        office::send_password_link(center, &staff, kim).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("password_reset", KIM)]);
        let (_, page) = activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let told: Vec<_> = page.rows.iter().take(4).map(|row| (row.event.unwrap(), row.by.clone())).collect();
        let shop = || Doer::Staff("Nordholz & Söhne".to_owned());
        assert_eq!(
            told,
            [
                (Event::PasswordLinkSent, shop()),
                (Event::SessionsEnded, shop()),
                (Event::UserActivatedAgain, shop()),
                (Event::UserDeactivated, shop()),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_company_is_left_without_main_contact_only_on_purpose() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let last = office::deactivate(center, &staff, bau.marta, Some(bau.company), false).await;
        assert_eq!(refused(last), ErrorCode::LastMainContact);
        assert!(!refused_erasure_is_possible(portal, bau.marta).await);
        office::deactivate(center, &staff, bau.marta, Some(bau.company), true).await.unwrap();
        let page = office::company(center, &staff, bau.company, None, None).await.unwrap();
        assert!(page.active && !page.managed);
        // Known to the invariants as wanted; and it ends with the main contact coming back.
        assert!(portal.breaches().await.is_empty());
        office::activate(center, &staff, bau.marta, Some(bau.company)).await.unwrap();
        let left = "SELECT count(*) AS n FROM companies WHERE left_alone_at IS NOT NULL";
        assert_eq!(portal.count(left, vec![]).await, 0);
    })
    .await;
}

/// Whether the last main contact could be erased.
async fn refused_erasure_is_possible(portal: &Portal, user: UserId) -> bool {
    let administrator = portal.staff(StaffRole::Administrator).await;
    office::erase(&portal.center, &administrator, user, MARTA, "").await.is_ok()
}

#[tokio::test]
async fn closing_a_company_ends_everything_of_it_at_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let token = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        users::request(center, &bau.chief, &input("Nora Neu", "nora@bau-partner.example", &[Role::Buyer]))
            .await
            .unwrap();
        let invitation = one(&portal.mails().await, "account_created").token();
        office::send_password_link(center, &staff, kim).await.unwrap();
        office::close_company(center, &staff, bau.company).await.unwrap();
        assert_eq!(refused(office::close_company(center, &staff, bau.company).await), ErrorCode::WrongState);
        assert!(portal.holding(&token).await.is_none());
        assert_eq!(refused(portal.sign_in(&anybody(), KIM, PASSWORD).await), ErrorCode::Deactivated);
        assert!(portal.mails().await.is_empty());
        let used = accounts::set_password(center, &anybody(), &invitation, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(used), ErrorCode::LinkInvalid);
        let open = "SELECT count(*) AS n FROM sessions";
        assert_eq!(portal.count(open, vec![]).await, 0);
        let view = office::view_as(center, &staff, kim, Some(bau.company), "Why", false).await;
        assert_eq!(refused(view), ErrorCode::WrongState);
        office::open_company(center, &staff, bau.company).await.unwrap();
        portal.enter(KIM).await;
        let events = portal.events().await;
        assert!(
            events.contains(&"company_closed".to_owned()) && events.contains(&"company_reopened".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn business_users_are_switched_off_and_on_too() {
    both(async |portal| {
        let rita = portal.business_user(RITA).await;
        let staff = portal.staff(StaffRole::Service).await;
        let token = portal.sign_in(&anybody(), RITA, PASSWORD).await.unwrap();
        office::deactivate(&portal.center, &staff, rita, None, false).await.unwrap();
        assert!(portal.holding(&token).await.is_none());
        assert_eq!(addressed(&portal.mails().await), [("deactivated", RITA)]);
        let page = office::person(&portal.center, &staff, rita).await.unwrap();
        assert_eq!(page.places[0].status, UserStatus::Deactivated);
        office::activate(&portal.center, &staff, rita, None).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("reactivated", RITA)]);
        portal.enter(RITA).await;
    })
    .await;
}

async fn view(portal: &Portal, staff: &Actor, bau: &Bau, user: UserId, acts: bool) -> Actor {
    let company = Some(bau.company);
    let token = office::view_as(&portal.center, staff, user, company, "A question about roles", acts).await;
    portal.holding(&token.unwrap().text()).await.unwrap()
}

#[tokio::test]
async fn a_view_reads_what_the_user_reads_and_changes_nothing() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let viewer = view(portal, &staff, &bau, bau.marta, false).await;
        let seen = users::get(center, &viewer, kim).await.unwrap();
        assert_eq!(seen.row.name, "Kim Brand");
        let before = portal.events().await.len();
        let closed = ErrorCode::ViewRefuses { acts: false };
        assert_eq!(refused(users::deactivate(center, &viewer, kim).await), closed);
        assert_eq!(refused(users::send_password_link(center, &viewer, kim).await), closed);
        assert_eq!(refused(users::export(center, &viewer, &model::UsersQuery::default()).await), closed);
        let profile = accounts::edit_profile(center, &viewer, &ProfileInput::default()).await;
        assert_eq!(refused(profile), closed);
        assert_eq!(refused(accounts::choose_language(center, &viewer, model::Locale::De).await), closed);
        assert_eq!(portal.events().await.len(), before);
        // It is nobody in the Back Office.
        let inside = office::list(center, &viewer, &PeopleQuery::default()).await;
        assert_eq!(refused(inside), ErrorCode::Unauthenticated);
        // It does not look like one of the user's browsers, nor like the user being here.
        let own = portal.enter(MARTA).await;
        let listed = accounts::sessions::list(center, &own).await.unwrap();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed.iter().filter(|row| row.current).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_acts_in_a_view_does_it_as_staff_and_never_touches_how_anybody_gets_in() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let viewer = view(portal, &staff, &bau, bau.marta, true).await;
        let closed = ErrorCode::ViewRefuses { acts: true };
        let credentials = [
            refused(
                accounts::change_password(center, &viewer, PASSWORD, NEW_PASSWORD, NEW_PASSWORD)
                    .await
                    .map(|_| ()),
            ),
            refused(accounts::change_email(center, &viewer, "x@y.example", PASSWORD).await),
            refused(accounts::confirm_password(center, &viewer, PASSWORD).await),
            refused(accounts::sessions::revoke_others(center, &viewer).await),
            refused(
                users::edit(center, &viewer, kim, 1, &input("Kim Brand", "k2@y.example", &[Role::Buyer]))
                    .await,
            ),
            // Wants a password that only the user knows.
            refused(
                users::request(center, &viewer, &input("New", "n@y.example", &[Role::MainContact])).await,
            ),
        ];
        assert!(credentials.iter().all(|code| *code == closed), "{credentials:?}");
        users::edit(center, &viewer, kim, 1, &input("Kim Brandt", KIM, &[Role::Buyer])).await.unwrap();
        let (_, page) = activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let row = &page.rows[0];
        assert_eq!(
            (row.event, &row.by),
            (Some(Event::UserUpdated), &Doer::Staff("Nordholz & Söhne".to_owned()))
        );
        let behalf =
            row.changes.iter().find(|change| change.fact == center::audit::Fact::OnBehalfOf).unwrap();
        assert_eq!(behalf.to, Some(activity::Told::Text("Marta Lind".to_owned())));
        let kinds = portal.rows("SELECT actor_kind FROM audit WHERE event = 'user_updated'", vec![]).await;
        assert_eq!(kinds[0].get::<String>("actor_kind").unwrap(), "staff");
    })
    .await;
}

#[tokio::test]
async fn nothing_but_what_is_named_is_open_to_a_view() {
    both(async |portal| {
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Service).await;
        let viewer = view(portal, &staff, &bau, bau.marta, true).await;
        for operation in [
            Operation::ChangePassword,
            Operation::ConfirmPassword,
            Operation::ChangeEmail,
            Operation::CancelEmailChange,
            Operation::RevokeSession,
            Operation::RevokeOtherSessions,
            Operation::SetPassword,
            Operation::ConfirmEmail,
            Operation::SignIn,
            Operation::UsersExport,
            Operation::ActivityExport,
        ] {
            let closed = authorize(&viewer, operation);
            assert!(matches!(refused(closed), ErrorCode::ViewRefuses { .. }), "{operation:?}");
        }
        let office = table().iter().filter(|spec| spec.path.starts_with("/api/office/"));
        assert!(office.clone().count() > 5);
        for spec in office {
            let open = center::access::within_view(&viewer, spec);
            assert!(open.is_err(), "{}", spec.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_view_is_announced_and_its_end_is_told_however_it_ends() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let staff = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let company = Some(bau.company);
        let no_reason = office::view_as(center, &staff, kim, company, " \n ", false).await.map(|_| ());
        assert_eq!(issue(no_reason), ("reason".to_owned(), FieldIssue::Required));
        let auditor = portal.staff(StaffRole::Auditor).await;
        assert!(lacks(office::view_as(center, &auditor, kim, company, "Why", false).await));

        // By the button.
        let viewer = view(portal, &staff, &bau, kim, false).await;
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("view_began", MARTA)]);
        assert!(mails[0].text.contains("Kim Brand") && mails[0].text.contains("A question about roles"));
        assert_eq!(office::end_view(center, &viewer).await.unwrap(), kim);
        let ended = async || {
            let sql = "SELECT count(*) AS n FROM audit WHERE event = 'view_ended' AND company_id IS NOT NULL";
            portal.count(sql, vec![]).await
        };
        assert_eq!(ended().await, 1);
        assert_eq!(refused(office::end_view(center, &bau.chief).await), ErrorCode::WrongState);

        // By another one of the same person, and by its time.
        let token = office::view_as(center, &staff, kim, company, "Why", false).await.unwrap().text();
        let later = office::view_as(center, &staff, bau.marta, company, "Why", false).await.unwrap().text();
        assert!(portal.holding(&token).await.is_none());
        assert_eq!(ended().await, 2);
        portal.clock.advance(29 * MINUTE);
        assert!(portal.holding(&later).await.is_some());
        portal.clock.advance(MINUTE);
        assert!(portal.holding(&later).await.is_none());
        center::jobs::settle(center).await.unwrap();
        assert_eq!(ended().await, 3);

        // When the staff signs out, is switched off, or may not any more.
        let token = office::view_as(center, &staff, kim, company, "Why", false).await.unwrap().text();
        center::office::sessions::sign_out(center, &staff).await.unwrap();
        assert!(portal.holding(&token).await.is_none());
        assert_eq!(ended().await, 4);
        for off in [
            "UPDATE staff SET role = 'auditor' WHERE role = 'service'",
            "UPDATE staff SET deactivated_at = 1",
        ] {
            portal.execute("UPDATE staff SET role = 'service', deactivated_at = NULL", vec![]).await;
            let token = office::view_as(center, &staff, kim, company, "Why", false).await.unwrap().text();
            assert!(portal.holding(&token).await.is_some());
            portal.execute(off, vec![]).await;
            assert!(portal.holding(&token).await.is_none());
        }

        // When the user is switched off.
        portal.execute("UPDATE staff SET role = 'service', deactivated_at = NULL", vec![]).await;
        portal.clock.advance(MINUTE);
        center::jobs::settle(center).await.unwrap();
        let before = ended().await;
        office::view_as(center, &staff, kim, company, "Why", false).await.unwrap();
        let administrator = portal.staff(StaffRole::Administrator).await;
        office::deactivate(center, &administrator, kim, company, false).await.unwrap();
        center::jobs::settle(center).await.unwrap();
        assert!(ended().await > before);
        let quiet = portal.with_settings(|settings| settings.view_as_mail = false);
        portal.mails().await;
        office::view_as(&quiet, &staff, bau.marta, company, "Why", false).await.unwrap();
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_of_a_person_is_handed_out_without_secrets() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        portal.enter(KIM).await;
        let administrator = portal.staff(StaffRole::Administrator).await;
        let service = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        assert!(lacks(office::export(center, &service, kim).await));
        office::send_password_link(center, &administrator, kim).await.unwrap();
        portal.mails().await;
        let text = office::export(center, &administrator, kim).await.unwrap();
        let data: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(data["person"]["email"], KIM);
        assert_eq!(data["memberships"][0]["company"], "Bau-Partner GmbH");
        assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
        assert_eq!(data["links"][0]["purpose"], "reset");
        assert_eq!(data["mails"][0]["kind"], "password_reset");
        assert_eq!(data["done_to_the_person"][0]["event"], "password_link_sent");
        assert!(!text.contains("argon2") && !text.contains("hash\""));
        assert_eq!(portal.events().await.last().unwrap(), "person_exported");
        portal.clock.advance(6 * MINUTE);
        let Actor::Staff(mut late) = administrator else { panic!("no staff") };
        late.password_checked_at = portal.center.now() - 6 * MINUTE;
        let late = Actor::Staff(late);
        assert_eq!(refused(office::export(center, &late, kim).await), ErrorCode::ReauthRequired);
        let wrong = center::office::confirm_password(center, &late, "wrong").await;
        assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong));
        // A wrong one makes the next wait.
        portal.clock.advance(2 * SECOND);
        center::office::confirm_password(center, &late, PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_erased_person_is_a_pseudonym_and_the_trail_tells_no_values() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        users::edit(center, &bau.chief, kim, 1, &input("Kim Brandt", KIM, &[Role::Buyer])).await.unwrap();
        let token = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        let administrator = portal.staff(StaffRole::Administrator).await;
        office::send_password_link(center, &administrator, kim).await.unwrap();
        let typo = office::erase(center, &administrator, kim, "kim@", "").await;
        assert_eq!(issue(typo), ("typed".to_owned(), FieldIssue::TypedOtherwise));
        office::erase(center, &administrator, kim, KIM, "").await.unwrap();
        assert_eq!(refused(office::erase(center, &administrator, kim, KIM, "").await), ErrorCode::WrongState);
        assert!(portal.holding(&token).await.is_none());
        assert!(portal.mails().await.is_empty());
        assert_eq!(refused(portal.sign_in(&anybody(), KIM, PASSWORD).await), ErrorCode::SignInFailed);
        for table in ["users", "members"] {
            let sql = match table {
                "users" => "SELECT count(*) AS n FROM users WHERE name LIKE 'Kim%' OR email LIKE 'kim%'",
                _ => "SELECT count(*) AS n FROM members WHERE name LIKE 'Kim%' OR email LIKE 'kim%' OR name_key LIKE 'kim%'",
            };
            assert_eq!(portal.count(sql, vec![]).await, 0, "{table}");
        }
        let mails = "SELECT count(*) AS n FROM outbox WHERE recipient LIKE 'kim%' OR data LIKE '%Kim%'";
        assert_eq!(portal.count(mails, vec![]).await, 0);
        let (_, page) = activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        assert!(!format!("{page:?}").contains("Kim"), "{page:?}");
        let edited = page.rows.iter().find(|row| row.event == Some(Event::UserUpdated)).unwrap();
        assert_eq!(edited.changes[0].to, Some(activity::Told::Erased));
        // Nobody brings the person back, and the address is free.
        assert_eq!(refused(users::activate(center, &bau.chief, kim).await), ErrorCode::NotFound);
        let back = office::activate(center, &administrator, kim, Some(bau.company)).await;
        assert_eq!(refused(back), ErrorCode::WrongState);
        users::request(center, &bau.chief, &input("Kim Brand", KIM, &[Role::Buyer])).await.unwrap();
        assert!(office::person(center, &administrator, kim).await.unwrap().erased);
    })
    .await;
}
