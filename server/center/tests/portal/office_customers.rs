//! The Back Office's customers: looking for them, giving them access and taking it back.

use std::sync::Arc;

use center::access::{Actor, Client};
use center::accounts;
use center::activity::{self, Doer};
use center::audit::Event;
use center::erp::{ImportOptions, ImportSource};
use center::office::customers::{self, GiveState};
use center::office::erp::import_from;
use center::office::users as people;
use center::{Error, shop, users};
use model::{
    AccessInput, AccessInvitation, ActivityQuery, CustomerAccess, CustomersQuery, ErrorCode, FieldIssue,
    OfficeRight, Role, StaffRole, UserId, UserStatus,
};

use crate::matching::crowd;
use crate::support::*;

const ANNA: &str = "anna.berger@bau-partner.example";

fn tick(contact: &str, email: &str, role: Role) -> AccessInput {
    AccessInput {
        ticked: true,
        contact_number: contact.to_owned(),
        name: String::new(),
        email: email.to_owned(),
        role: role.key().to_owned(),
    }
}

fn marta() -> AccessInput {
    tick("KT-1", MARTA, Role::MainContact)
}

async fn give(
    portal: &Portal,
    staff: &Actor,
    number: &str,
    inputs: &[AccessInput],
) -> Result<customers::Given, Error> {
    customers::give(&portal.center, staff, number, true, inputs).await
}

async fn accept(portal: &Portal, letter: &Letter) {
    accounts::set_password(&portal.center, &anybody(), &letter.token(), NEW_PASSWORD, NEW_PASSWORD)
        .await
        .unwrap();
}

async fn revoke(
    portal: &Portal,
    staff: &Actor,
    number: &str,
    user: UserId,
    meant: bool,
) -> Result<bool, Error> {
    customers::revoke(&portal.center, staff, number, user, meant).await
}

#[tokio::test]
async fn giving_access_makes_the_company_and_invites_three_at_once() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let page = customers::access_page(&portal.center, &staff, "10 4020 0001").await.unwrap();
        assert_eq!((page.access, page.people.len(), page.boxes.len()), (CustomerAccess::No, 0, 3));
        let first = &page.boxes[0];
        assert_eq!((first.email.as_str(), first.ticked, first.role.as_str()), (MARTA, true, "main_contact"));
        assert!(page.boxes[1..].iter().all(|other| !other.ticked && other.role == "buyer"));
        assert!(page.boxes.iter().any(|other| other.email.is_empty()));

        // A contact without email has to be given one.
        let zoe = |email: &str| tick("KT-3", email, Role::Viewer);
        let inputs = |email: &str| [marta(), tick("KT-2", ANNA, Role::Buyer), zoe(email)];
        let refused = issue(give(portal, &staff, BAU, &inputs("")).await);
        assert_eq!(refused, ("emails-2".to_owned(), FieldIssue::Required));
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 0);

        let given = give(portal, &staff, BAU, &inputs("zoe@bau-partner.example")).await.unwrap();
        assert_eq!((given.users.len(), given.reused), (3, 0));
        let mails = portal.mails().await;
        assert_eq!(
            addressed(&mails),
            [
                ("account_created", ANNA),
                ("account_created", MARTA),
                ("account_created", "zoe@bau-partner.example")
            ]
        );
        let letter = mails.iter().find(|mail| mail.to == MARTA).unwrap();
        assert!(
            letter.text.contains("Nordholz & Söhne") && letter.text.contains("72 hours"),
            "{}",
            letter.text
        );
        assert!(letter.text.contains("Main contact"));
        accept(portal, letter).await;
        let token = portal.sign_in(&anybody(), MARTA, NEW_PASSWORD).await.unwrap();
        let marta = portal.holding(&token).await.unwrap();

        // The company sees what the shop did, as done by the shop.
        let query = ActivityQuery::default();
        let (_, told) = activity::company(&portal.center, &marta, &query).await.unwrap();
        let shop = Doer::Staff("Nordholz & Söhne".to_owned());
        let by_shop: Vec<_> = told.rows.iter().filter(|row| row.by == shop).collect();
        assert_eq!(by_shop.len(), 4);
        assert_eq!(by_shop.last().unwrap().event, Some(Event::CompanyCreated));
        assert!(by_shop[..3].iter().all(|row| row.event == Some(Event::AccessGiven)));

        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        let people: Vec<_> = page.people.iter().map(|p| (p.email.as_str(), p.status, p.last)).collect();
        assert_eq!(
            people,
            [
                (ANNA, UserStatus::Invited, false),
                (MARTA, UserStatus::Active, true),
                ("zoe@bau-partner.example", UserStatus::Invited, false)
            ]
        );
        assert!(page.boxes.is_empty());
    })
    .await;
}

/// The next request with this session, as the host makes it: with the shop as it is now.
async fn next_of(portal: &Portal, token: &str) -> Actor {
    let now = Arc::new(shop::read(&portal.center).await.unwrap());
    let client = Client { shop: now, ..anybody().client().clone() };
    let found = accounts::sessions::resolve(&portal.center, token, &client).await.unwrap();
    Actor::User(Box::new(found.unwrap()))
}

#[tokio::test]
async fn what_the_shop_did_is_told_by_the_name_that_it_has_now_and_in_the_language_chosen_there() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        portal
            .execute("UPDATE shop SET name = 'Werkzeug & Co', contact = 'help@werkzeug.example'", vec![])
            .await;
        give(portal, &staff, BAU, &[marta(), tick("KT-2", ANNA, Role::Buyer)]).await.unwrap();
        let mails = portal.mails().await;
        for mail in &mails {
            assert!(mail.text.contains("Werkzeug & Co (help@werkzeug.example)"), "{}", mail.text);
            assert!(!mail.text.contains("Nordholz"), "{}", mail.text);
        }
        accept(portal, mails.iter().find(|mail| mail.to == MARTA).unwrap()).await;
        let token = portal.sign_in(&anybody(), MARTA, NEW_PASSWORD).await.unwrap();
        let marta = next_of(portal, &token).await;
        let (_, told) = activity::company(&portal.center, &marta, &ActivityQuery::default()).await.unwrap();
        assert!(told.rows.iter().any(|row| row.by == Doer::Staff("Werkzeug & Co".to_owned())));
        let waiting = users::invitations(&portal.center, &marta).await.unwrap().list;
        assert_eq!(waiting[0].invited_by, "Werkzeug & Co");

        portal.execute("UPDATE members SET locale = 'de'", vec![]).await;
        customers::mail_access(&portal.center, &staff, BAU, who(&marta).user).await.unwrap();
        customers::revoke(&portal.center, &staff, BAU, who(&marta).user, true).await.unwrap();
        for mail in portal.mails().await.iter().filter(|mail| mail.to == MARTA) {
            assert!(mail.text.contains("Guten Tag"), "{}", mail.text);
        }
    })
    .await;
}

#[tokio::test]
async fn a_company_needs_a_main_contact_and_only_the_customer_s_people_get_in() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let wrong = async |inputs: &[AccessInput]| issues(give(portal, &staff, BAU, inputs).await);
        let boxes = |issue| vec![("boxes".to_owned(), issue)];
        assert_eq!(wrong(&[]).await, boxes(FieldIssue::Required));
        let unticked = AccessInput { ticked: false, ..marta() };
        assert_eq!(wrong(std::slice::from_ref(&unticked)).await, boxes(FieldIssue::Required));
        let buyer = tick("KT-2", ANNA, Role::Buyer);
        assert_eq!(wrong(std::slice::from_ref(&buyer)).await, boxes(FieldIssue::MainContactRequired));
        let stranger =
            AccessInput { name: "Eve".to_owned(), ..tick("KT-77", "eve@evil.example", Role::MainContact) };
        assert_eq!(wrong(&[stranger]).await, [("emails-0".to_owned(), FieldIssue::ContactUnknown)]);
        let twice = tick("KT-2", MARTA, Role::Buyer);
        assert_eq!(wrong(&[marta(), twice]).await, [("emails-1".to_owned(), FieldIssue::EmailTaken)]);
        let odd = AccessInput { role: "owner".to_owned(), email: "no address".to_owned(), ..buyer.clone() };
        assert_eq!(wrong(&[unticked, odd]).await.len(), 2);
        assert_eq!(portal.count("SELECT count(*) AS n FROM companies", vec![]).await, 0);
        assert_eq!(portal.count("SELECT count(*) AS n FROM users", vec![]).await, 0);
        assert_eq!(portal.count("SELECT count(*) AS n FROM outbox", vec![]).await, 0);

        give(portal, &staff, BAU, &[marta()]).await.unwrap();
        give(portal, &staff, BAU, &[buyer]).await.unwrap();
        assert_eq!(wrong(&[marta()]).await, [("emails-0".to_owned(), FieldIssue::HasAccess)]);
        let missing = customers::give(&portal.center, &staff, "99-9", true, &[marta()]).await;
        assert_eq!(refused(missing), ErrorCode::NotFound);
        portal.erp.set_down(true);
        assert!(matches!(give(portal, &staff, BAU, &[marta()]).await, Err(Error::Erp(_))));
        portal.erp.set_down(false);
    })
    .await;
}

#[tokio::test]
async fn a_login_that_there_is_keeps_its_password() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let other = portal.company_named("elsewhere").await;
        let user = portal.person(other, "Marta Lind", MARTA, &[Role::MainContact]).await;
        let session = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert!(page.boxes[0].has_login && !page.boxes[1].has_login);

        let given = give(portal, &staff, BAU, &[marta()]).await.unwrap();
        assert_eq!((given.users, given.reused), (vec![user], 1));
        let mails = portal.mails().await;
        let letter = one(&mails, "access_added");
        assert!(
            !letter.text.contains("/link/") && letter.text.contains("Bau-Partner GmbH"),
            "{}",
            letter.text
        );
        // The session goes on, the password is the same, and the new company opens.
        assert!(portal.holding(&session).await.is_some());
        let entered =
            accounts::sign_in(&portal.center, &anybody(), MARTA, PASSWORD, "bau-partner-gmbh").await;
        assert!(portal.holding(entered.unwrap().token.text().as_str()).await.is_some());

        // Taking it back leaves the other company alone.
        revoke(portal, &staff, BAU, user, true).await.unwrap();
        assert!(portal.holding(&session).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn customers_without_customer_center_get_business_users() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let page = customers::access_page(&portal.center, &staff, SOLO).await.unwrap();
        assert!(!page.customer_center && page.roles.is_empty() && page.boxes[0].email == RITA);
        let rita = AccessInput { role: String::new(), ..tick("KT-9", RITA, Role::Buyer) };
        let user = give(portal, &staff, SOLO, std::slice::from_ref(&rita)).await.unwrap().users[0];
        let again = issue(give(portal, &staff, SOLO, std::slice::from_ref(&rita)).await);
        assert_eq!(again, ("emails-0".to_owned(), FieldIssue::HasAccess));
        let mails = portal.mails().await;
        let letter = one(&mails, "account_created");
        assert!(!letter.text.contains("Budget"), "{}", letter.text);
        let page = customers::access_page(&portal.center, &staff, SOLO).await.unwrap();
        assert_eq!(page.people[0].status, UserStatus::Invited);
        let found = people::person(&portal.center, &staff, user).await.unwrap();
        assert_eq!(found.places[0].status, UserStatus::Invited);
        let seen = people::view_as(&portal.center, &staff, user, None, "A question", false).await;
        assert_eq!(refused(seen), ErrorCode::WrongState);
        accept(portal, letter).await;
        let session = portal.sign_in(&anybody(), RITA, NEW_PASSWORD).await.unwrap();

        revoke(portal, &staff, SOLO, user, false).await.unwrap();
        assert!(portal.holding(&session).await.is_none());
        assert_eq!(refused(revoke(portal, &staff, SOLO, user, false).await), ErrorCode::WrongState);
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("deactivated", RITA)]);
        let given = give(portal, &staff, SOLO, &[rita]).await.unwrap();
        assert_eq!((given.users, given.reused), (vec![user], 1));
        assert!(portal.sign_in(&anybody(), RITA, NEW_PASSWORD).await.is_ok());

        // One login is a business user of a single customer.
        portal.erp.add(Known {
            customer: center::erp::ErpCustomer {
                number: model::CustomerNumber::parse("20-8").unwrap(),
                name: "Duo Handel".to_owned(),
                ..portal.erp.get(SOLO).customer
            },
            invoices: Vec::new(),
            contacts: vec![contact("KT-99", "Rita Kern", Some(RITA), true)],
        });
        let taken = issue(give(portal, &staff, "20-8", &[tick("KT-99", RITA, Role::Buyer)]).await);
        assert_eq!(taken, ("emails-0".to_owned(), FieldIssue::EmailTaken));
    })
    .await;
}

#[tokio::test]
async fn of_a_customer_whose_people_the_erp_does_not_know_the_staff_name_somebody() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let number = "20-9";
        let mut nobody = portal.erp.get(SOLO);
        nobody.customer.number = model::CustomerNumber::parse(number).unwrap();
        (nobody.contacts, nobody.invoices) = (Vec::new(), Vec::new());
        portal.erp.add(nobody);
        let page = customers::access_page(&portal.center, &staff, number).await.unwrap();
        assert_eq!((page.boxes.len(), page.boxes[0].ticked, page.boxes[0].email.as_str()), (1, true, ""));
        let named =
            |name: &str, email: &str| AccessInput { name: name.to_owned(), ..tick("", email, Role::Buyer) };
        let missing = issue(give(portal, &staff, number, &[named("", "kai@solo.example")]).await);
        assert_eq!(missing, ("names-0".to_owned(), FieldIssue::Required));
        give(portal, &staff, number, &[named("Kai Solo", "kai@solo.example")]).await.unwrap();
        assert_eq!(addressed(&portal.mails().await), [("account_created", "kai@solo.example")]);
        let page = customers::access_page(&portal.center, &staff, number).await.unwrap();
        assert_eq!((page.people.len(), page.boxes.len()), (1, 0));
        // Whom the ERP knows is not passed over.
        let unknown = issue(give(portal, &staff, SOLO, &[named("Eve", "eve@evil.example")]).await);
        assert_eq!(unknown, ("emails-0".to_owned(), FieldIssue::ContactUnknown));
    })
    .await;
}

#[tokio::test]
async fn main_contacts_count_whom_the_page_does_not_list() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let bau = portal.bau().await;
        portal.person(bau.company, "Abel", "abel@bau-partner.example", &[Role::MainContact]).await;
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert!(!page.cut && page.people.iter().all(|person| !person.last));
        // Marta stands behind all of them.
        crowd(portal, bau.company, 100).await;
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert!(page.cut && page.people.iter().all(|person| person.email != MARTA));
        assert_eq!(
            page.people.iter().find(|person| person.name == "Abel").map(|person| person.last),
            Some(false)
        );
    })
    .await;
}

#[tokio::test]
async fn an_invited_business_user_who_is_revoked_can_t_use_the_link() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let given = give(portal, &staff, SOLO, &[tick("KT-9", RITA, Role::Buyer)]).await.unwrap();
        let mails = portal.mails().await;
        let token = one(&mails, "account_created").token();
        revoke(portal, &staff, SOLO, given.users[0], false).await.unwrap();
        let set =
            accounts::set_password(&portal.center, &anybody(), &token, NEW_PASSWORD, NEW_PASSWORD).await;
        assert_eq!(refused(set), ErrorCode::LinkInvalid);
    })
    .await;
}

#[tokio::test]
async fn without_notification_the_mail_can_be_sent_later() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let given = customers::give(&portal.center, &staff, BAU, false, &[marta()]).await.unwrap();
        assert!(portal.mails().await.is_empty());
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert_eq!(
            (page.people[0].status, &page.people[0].invitation),
            (UserStatus::Invited, &AccessInvitation::None)
        );
        customers::mail_access(&portal.center, &staff, BAU, given.users[0]).await.unwrap();
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert_eq!(page.people[0].invitation, AccessInvitation::Waits);
        let mails = portal.mails().await;
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert!(matches!(page.people[0].invitation, AccessInvitation::Until(_)));
        accept(portal, one(&mails, "account_created")).await;
        customers::mail_access(&portal.center, &staff, BAU, given.users[0]).await.unwrap();
        one(&portal.mails().await, "access_added");

        let stranger = portal.business_user("somebody@solo.example").await;
        let asked = customers::mail_access(&portal.center, &staff, BAU, stranger).await;
        assert_eq!(refused(asked), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn revoking_ends_sessions_and_the_last_main_contact_closes_the_company() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let bau = portal.bau().await;
        let anna = portal.person(bau.company, "Anna Berger", ANNA, &[Role::Buyer]).await;
        let session = portal.sign_in(&anybody(), ANNA, PASSWORD).await.unwrap();
        assert!(!revoke(portal, &staff, BAU, anna, false).await.unwrap());
        assert!(portal.holding(&session).await.is_none());
        assert_eq!(refused(revoke(portal, &staff, BAU, anna, false).await), ErrorCode::WrongState);
        assert_eq!(addressed(&portal.mails().await), [("deactivated", ANNA)]);
        // Access given again is what it was, with the role given now.
        give(portal, &staff, BAU, &[tick("KT-2", ANNA, Role::Viewer)]).await.unwrap();
        let session = portal.sign_in(&anybody(), ANNA, PASSWORD).await.unwrap();
        let held = portal.holding(&session).await.unwrap();

        let refused_ = issue(revoke(portal, &staff, BAU, bau.marta, false).await);
        assert_eq!(refused_, ("meant".to_owned(), FieldIssue::ClosesCompany));
        assert!(activity::mine(&portal.center, &held, None, None).await.is_ok());
        assert!(portal.holding(&session).await.is_some());
        assert!(revoke(portal, &staff, BAU, bau.marta, true).await.unwrap());
        assert!(portal.holding(&session).await.is_none());
        assert!(portal.sign_in(&anybody(), ANNA, PASSWORD).await.is_err());
        let page = customers::access_page(&portal.center, &staff, BAU).await.unwrap();
        assert_eq!((page.access, page.people.len()), (CustomerAccess::Closed, 0));

        // A main contact opens it again, for the others too.
        let closed =
            issue(give(portal, &staff, BAU, &[tick("KT-3", "zoe@bau-partner.example", Role::Buyer)]).await);
        assert_eq!(closed.1, FieldIssue::MainContactRequired);
        assert!(portal.sign_in(&anybody(), ANNA, PASSWORD).await.is_err());
        give(portal, &staff, BAU, &[marta()]).await.unwrap();
        assert!(portal.sign_in(&anybody(), ANNA, PASSWORD).await.is_ok());
        assert!(portal.sign_in(&anybody(), MARTA, PASSWORD).await.is_ok());
        let events = portal.events().await;
        let count = |event: Event| events.iter().filter(|e| *e == event.key()).count();
        assert_eq!((count(Event::CompanyClosed), count(Event::CompanyReopened)), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn two_of_the_staff_at_once_make_one_company_and_one_member() {
    both(async |portal| {
        for _ in 0..rounds(4) {
            let mut tasks = Vec::new();
            for _ in 0..4 {
                let (center, staff) = (portal.center.clone(), portal.staff(StaffRole::Service).await);
                tasks.push(async move {
                    let inputs = [marta(), tick("KT-2", ANNA, Role::Buyer)];
                    customers::give(&center, &staff, BAU, true, &inputs).await
                });
            }
            let results = portal.together(tasks).await;
            let (given, others): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
            assert_eq!(given.len(), 1);
            for other in others {
                assert_eq!(issue(other).1, FieldIssue::HasAccess);
            }
            let count = async |sql| portal.count(sql, vec![]).await;
            assert_eq!(count("SELECT count(*) AS n FROM companies").await, 1);
            assert_eq!(count("SELECT count(*) AS n FROM members").await, 2);
            assert_eq!(count("SELECT count(*) AS n FROM outbox").await, 2);
            for sql in [
                "DELETE FROM member_roles",
                "DELETE FROM links",
                "DELETE FROM outbox",
                "DELETE FROM members",
                "DELETE FROM users",
                "DELETE FROM companies",
            ] {
                portal.execute(sql, vec![]).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn only_who_manages_access_gives_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        for role in StaffRole::ALL {
            let staff = portal.staff(role).await;
            let may = role.allows(OfficeRight::AccessManage);
            let result = give(portal, &staff, BAU, &[tick("KT-2", ANNA, Role::Buyer)]).await;
            let refused = |result: &Result<_, Error>| {
                matches!(result, Err(Error::OfficeLacks(OfficeRight::AccessManage)))
            };
            assert_eq!(refused(&result), !may, "{role:?}");
            let result =
                revoke(portal, &staff, BAU, bau.marta, false).await.map(|_| customers::Given::default());
            assert_eq!(refused(&result), !may, "{role:?}");
        }
        let user = give(portal, &bau.chief, BAU, &[tick("KT-2", ANNA, Role::Buyer)]).await;
        assert_eq!(refused(user), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn many_are_checked_first_and_done_row_by_row() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Service).await;
        let text = "customer;person;role\n10-4020-0001;KT-2;buyer\n10-4020-0001;marta.lind@bau-partner.example;\n\
                    10-4020-0001;KT-3;viewer\n20-7;KT-9;\n99-9;KT-1;\n10-4020-0001;KT-1;owner";
        let id = customers::check_sheet(&portal.center, &staff, text).await.unwrap();
        let states = async |id| {
            let outcome = customers::result(&portal.center, &staff, id).await.unwrap();
            let short = |state: &GiveState| match state {
                GiveState::Ready => "ready".to_owned(),
                GiveState::Given(reused) => format!("given {reused}"),
                GiveState::Kept(error) => format!("{} {:?}", error.fields[0].field, error.fields[0].issue),
            };
            outcome.rows.iter().map(|row| short(&row.state)).collect::<Vec<_>>()
        };
        let kept = ["emails-0 Required", "customer CustomerUnknown", "roles-0 UnknownChoice"];
        assert_eq!(states(id).await, ["ready", "ready", kept[0], "ready", kept[1], kept[2]]);
        assert_eq!(portal.count("SELECT count(*) AS n FROM users", vec![]).await, 0);

        let stranger = portal.staff(StaffRole::Administrator).await;
        let foreign = customers::give_many(&portal.center, &stranger, id, true).await;
        assert_eq!(refused(foreign), ErrorCode::NotFound);
        customers::give_many(&portal.center, &staff, id, true).await.unwrap();
        let done = ["given false", "given false", kept[0], "given false", kept[1], kept[2]];
        assert_eq!(states(id).await, done);
        customers::give_many(&portal.center, &staff, id, true).await.unwrap();
        assert_eq!(states(id).await, done);
        assert_eq!(portal.mails().await.len(), 3);
    })
    .await;
}

/// A portal whose ERP is its own tables, with three customers.
async fn embedded(test: impl AsyncFn(&Portal, &Actor)) {
    both_with(Variant { embedded: true, ..Variant::default() }, async |portal| {
        bring(portal, "Bau-Partner GmbH", "Anna Berger").await;
        let staff = portal.staff(StaffRole::Service).await;
        test(portal, &staff).await;
    })
    .await;
}

async fn bring(portal: &Portal, name: &str, contact: &str) {
    let customers = format!(
        "customer_number,name,currency,language,customer_center,administrator_email,street,postal_code,city,country,phone\n\
         10-4020-0001,{name},EUR,de,yes,marta.lind@bau.example,,,,DE,\n\
         10-4020-0002,Özgür & Söhne,EUR,de,yes,chef@oezguer.example,,,,DE,\n\
         20-7,Solo Handel,EUR,de,no,,,,,DE,\n"
    );
    let contacts = format!(
        "customer_number,contact_number,salutation,name,email,phone,is_main,is_company\n\
         10-4020-0001,KT-1,ms,Marta Lind,marta.lind@bau.example,,yes,no\n\
         10-4020-0001,KT-2,ms,{contact},anna.berger@nordlicht.example,,no,no\n\
         20-7,KT-9,ms,Rita Kern,rita.kern@solo.example,,yes,no\n"
    );
    let invoices = "customer_number,invoice_number,date,currency,total\n20-7,S-1,2026-11-02,EUR,119.00\n\
                    20-7,S-2,2026-11-05,EUR,20.00\n";
    let source = ImportSource::Bytes {
        customers: customers.into_bytes().into(),
        contacts: contacts.into_bytes().into(),
        invoices: invoices.as_bytes().into(),
    };
    let report = import_from(&portal.center, &source, ImportOptions::default(), |_| {}).await.unwrap();
    assert!(report.written, "{:?}", report.errors);
}

async fn found(portal: &Portal, staff: &Actor, query: &CustomersQuery) -> Vec<String> {
    let page = customers::list(&portal.center, staff, query).await.unwrap();
    assert_eq!(page.customers.total.n as usize, page.customers.rows.len());
    page.customers.rows.into_iter().map(|row| row.number).collect()
}

async fn by(portal: &Portal, staff: &Actor, text: &str) -> Vec<String> {
    found(portal, staff, &CustomersQuery { q: text.to_owned(), ..CustomersQuery::default() }).await
}

#[tokio::test]
async fn customers_are_found_by_beginnings_of_words() {
    embedded(async |portal, staff| {
        let first = ["10-4020-0001"];
        for text in [
            "10-4020-0001",
            "1040200001",
            "4020 0001",
            "bau",
            "PARTNER gm",
            "berger",
            "Anna B",
            "nordlicht",
            "anna.berger@nord",
            "marta.lind@bau.example",
            "Lind",
        ] {
            assert_eq!(by(portal, staff, text).await, first, "{text}");
        }
        assert_eq!(by(portal, staff, "ozgur").await, ["10-4020-0002"]);
        assert_eq!(by(portal, staff, "SÖHNE").await, ["10-4020-0002"]);
        assert_eq!(by(portal, staff, "10-4020").await, ["10-4020-0001", "10-4020-0002"]);
        for text in ["artner", "berger anna", "zzz", "partner%", "' OR 1=1"] {
            assert!(by(portal, staff, text).await.is_empty() || text == "partner%", "{text}");
        }
        // Signs alone ask for nothing.
        assert_eq!(by(portal, staff, "%_'").await.len(), 3);

        // What was changed is found by what it is now, and by nothing that it was.
        bring(portal, "Holzwerk AG", "Zoë Adam").await;
        for text in ["bau partner", "berger a", "anna b"] {
            assert_eq!(by(portal, staff, text).await.len(), usize::from(text == "anna b"), "{text}");
        }
        assert_eq!(by(portal, staff, "holzw").await, first);
        assert_eq!(by(portal, staff, "zoe ad").await, first);
        assert_eq!(portal.count("SELECT count(*) AS n FROM erp_unsearched", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn filters_and_pages_of_customers() {
    embedded(async |portal, staff| {
        let query = CustomersQuery::default();
        let only = |center, access| CustomersQuery { center, access, ..query.clone() };
        assert_eq!(found(portal, staff, &only(Some(false), None)).await, ["20-7"]);
        assert_eq!(found(portal, staff, &only(None, Some(true))).await, Vec::<String>::new());
        let rita = tick("KT-9", "rita.kern@solo.example", Role::Buyer);
        let user = give(portal, staff, "20-7", &[rita]).await.unwrap().users[0];
        let chef = AccessInput { name: "Can Özgür".to_owned(), ..tick("", "chef@oezguer.example", Role::MainContact) };
        give(portal, staff, "10-4020-0002", &[chef]).await.unwrap();
        assert_eq!(found(portal, staff, &only(None, Some(true))).await, ["10-4020-0002", "20-7"]);
        assert_eq!(found(portal, staff, &only(Some(true), Some(true))).await, ["10-4020-0002"]);
        assert_eq!(found(portal, staff, &only(None, Some(false))).await, ["10-4020-0001"]);
        let text = CustomersQuery { q: "10".to_owned(), ..only(Some(true), Some(false)) };
        assert_eq!(found(portal, staff, &text).await, ["10-4020-0001"]);
        // A business user has access and makes no company; one that is closed is none.
        let here = |company, text: &str| CustomersQuery { company: Some(company), q: text.to_owned(), ..query.clone() };
        assert_eq!(found(portal, staff, &here(true, "")).await, ["10-4020-0002"]);
        assert_eq!(found(portal, staff, &here(false, "")).await, ["10-4020-0001", "20-7"]);
        assert_eq!(found(portal, staff, &here(false, "10")).await, ["10-4020-0001"]);
        assert_eq!(found(portal, staff, &here(true, "solo")).await, Vec::<String>::new());
        let alone = CustomersQuery { access: Some(true), ..here(false, "") };
        assert_eq!(found(portal, staff, &alone).await, ["20-7"]);
        portal.execute("UPDATE companies SET active = FALSE", vec![]).await;
        assert_eq!(found(portal, staff, &here(true, "")).await, Vec::<String>::new());
        assert_eq!(found(portal, staff, &here(false, "")).await.len(), 3);
        portal.execute("UPDATE companies SET active = TRUE", vec![]).await;
        revoke(portal, staff, "20-7", user, false).await.unwrap();
        assert_eq!(found(portal, staff, &only(None, Some(true))).await, ["10-4020-0002"]);

        // The rest of the administrators at once: nobody is left then.
        let id = customers::check_all(&portal.center, staff, "").await.unwrap();
        let rows = customers::result(&portal.center, staff, id).await.unwrap().rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].person, "marta.lind@bau.example");
        customers::give_many(&portal.center, staff, id, true).await.unwrap();
        let rows = customers::result(&portal.center, staff, id).await.unwrap().rows;
        assert_eq!(rows[0].state, GiveState::Given(false));
        assert_eq!(issue(customers::check_all(&portal.center, staff, "").await).0, "all");

        // Pages.
        for n in 0..60 {
            portal
                .execute(
                    "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
                     VALUES ($1, $1, 'Lager', 'EUR', 'en', FALSE)",
                    vec![format!("9{n:03}").into()],
                )
                .await;
        }
        let mut seen = Vec::new();
        let mut query = CustomersQuery { q: String::new(), ..CustomersQuery::default() };
        let mut pages = Vec::new();
        loop {
            let page = customers::list(&portal.center, staff, &query).await.unwrap();
            seen.extend(page.customers.rows.iter().map(|row| row.number.clone()));
            pages.push(page.customers.clone());
            let Some(after) = page.customers.after else { break };
            query.after = Some(after);
        }
        assert_eq!((seen.len(), pages.len()), (63, 3));
        assert!(pages[0].before.is_none());
        let back = CustomersQuery { before: pages[2].before.clone(), ..CustomersQuery::default() };
        let page = customers::list(&portal.center, staff, &back).await.unwrap();
        assert_eq!(page.customers.rows, pages[1].rows);
    })
    .await;
}

#[tokio::test]
async fn a_record_tells_the_erp_s_facts_and_invoices() {
    embedded(async |portal, staff| {
        let record = customers::record(&portal.center, staff, "10 4020 0001").await.unwrap();
        assert_eq!((record.head.name.as_str(), record.contacts.len()), ("Bau-Partner GmbH", 2));
        assert_eq!((record.people, record.sign_in.as_str()), (0, ""));
        let invoices = customers::invoices(&portal.center, staff, "20-7").await.unwrap().invoices;
        let told: Vec<_> =
            invoices.iter().map(|i| (i.number.as_str(), i.date.as_str(), i.total.as_str())).collect();
        assert_eq!(told, [("S-2", "2026-11-05", "€20.00"), ("S-1", "2026-11-02", "€119.00")]);
        assert_eq!(refused(customers::record(&portal.center, staff, "99").await), ErrorCode::NotFound);
        assert_eq!(refused(customers::record(&portal.center, staff, "<b>").await), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn an_erp_without_search_finds_whole_numbers() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Auditor).await;
        let page = customers::list(&portal.center, &staff, &CustomersQuery::default()).await.unwrap();
        assert!(page.by_number_only && page.customers.rows.is_empty() && !page.can_manage);
        assert_eq!(by(portal, &staff, "1040200001").await, [BAU]);
    })
    .await;
}
