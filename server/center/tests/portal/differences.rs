//! Differences between the ERP's contacts and the shop users: found, taken over in either direction,
//! left as they are, and never decided about on values that were not seen.

use std::sync::Arc;

use center::access::Actor;
use center::erp::MAX_CONTACTS;
use center::users::{self, DifferencesQuery, TakenOver};
use center::{Error, accounts};
use model::{
    CompanyId, DifferenceKind as Kind, DifferenceName, DifferenceRow, DifferencesBlock, ErrorCode,
    FieldIssue, Role, UserId,
};

use crate::support::*;

const ANNA: &str = "anna.berger@bau-partner.example";
const KIM: &str = "kim@bau-partner.example";

async fn ask(portal: &Portal, actor: &Actor, query: DifferencesQuery) -> DifferencesBlock {
    users::differences(&portal.center, actor, &query).await.unwrap().list
}

fn rows(block: DifferencesBlock) -> Vec<DifferenceRow> {
    match block {
        DifferencesBlock::Fresh { rows, .. } => rows,
        DifferencesBlock::Unavailable => panic!("the ERP did not answer"),
    }
}

async fn open(portal: &Portal, actor: &Actor) -> Vec<DifferenceRow> {
    rows(ask(portal, actor, DifferencesQuery::default()).await)
}

async fn ignored(portal: &Portal, actor: &Actor) -> Vec<DifferenceRow> {
    rows(ask(portal, actor, DifferencesQuery { ignored: true, ..DifferencesQuery::default() }).await)
}

/// Name, kind and both sides of each.
fn told(rows: &[DifferenceRow]) -> Vec<(&str, Kind, &str, &str)> {
    rows.iter().map(|r| (r.name.as_str(), r.kind, r.shop.as_str(), r.erp.as_str())).collect()
}

/// The difference of this kind as the page names it.
async fn named(portal: &Portal, actor: &Actor, user: UserId, kind: Kind) -> DifferenceName {
    let rows = open(portal, actor).await;
    let row = rows.iter().find(|row| row.user == user && row.kind == kind);
    row.unwrap_or_else(|| panic!("no {kind:?} among {rows:?}")).difference.parse().unwrap()
}

async fn stands_under(portal: &Portal, user: UserId, key: &str, number: &str) {
    let sql = "UPDATE members SET contact_key = $2, contact_number = $3 WHERE user_id = $1";
    portal.execute(sql, vec![user.into(), key.into(), number.into()]).await;
}

/// Anna stands under her contact and agrees with it.
async fn anna(portal: &Portal, company: CompanyId, roles: &[Role]) -> UserId {
    let anna = portal.person(company, "Anna Berger", ANNA, roles).await;
    stands_under(portal, anna, "KT2", "KT-2").await;
    anna
}

fn rename(portal: &Portal, number: usize, name: &str) {
    portal.erp.change(BAU, |known| known.contacts[number].name = name.to_owned());
}

fn readdress(portal: &Portal, number: usize, email: Option<&str>) {
    portal.erp.change(BAU, |known| {
        known.contacts[number].email = email.map(|email| model::Email::parse(email).unwrap());
    });
}

async fn take(portal: &Portal, actor: &Actor, name: &DifferenceName) -> Result<TakenOver, Error> {
    users::take_difference(&portal.center, actor, name).await
}

#[tokio::test]
async fn every_kind_is_listed_by_name() {
    both(async |portal| {
        let bau = portal.bau().await;
        let zoe = portal.person(bau.company, "Zoë Özgür", "zoe@bau-partner.example", &[Role::Buyer]).await;
        stands_under(portal, zoe, "KT3", "KT-3").await;
        let gone = portal.person(bau.company, "Gerd Weg", "gerd@bau-partner.example", &[Role::Buyer]).await;
        stands_under(portal, gone, "KT77", "KT-77").await;
        portal.person(bau.company, "Anna B.", ANNA, &[Role::Buyer]).await;
        portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        // Nobody waits for who can't get in.
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        let sql = "UPDATE members SET deactivated_at = 1 WHERE user_id = $1";
        portal.execute(sql, vec![off.into()]).await;
        let rows = open(portal, &bau.chief).await;
        assert_eq!(
            told(&rows),
            [
                ("Anna B.", Kind::Unlinked, "", "KT-2 · Anna Berger"),
                ("Gerd Weg", Kind::Gone, "KT-77", ""),
                ("Kim Brand", Kind::NoContact, KIM, ""),
                ("Marta Lind", Kind::Name, "Marta Lind", "Marta Sofie Lind"),
                ("Zoë Özgür", Kind::EmailMissing, "zoe@bau-partner.example", ""),
            ]
        );
        let ways: Vec<_> = rows.iter().map(|row| (row.take, row.tell)).collect();
        assert_eq!(ways, [(true, false), (true, false), (false, false), (true, true), (false, true)]);
        let page =
            users::differences(&portal.center, &bau.chief, &DifferencesQuery::default()).await.unwrap();
        assert_eq!((page.counts.differences.n, page.counts.contacts), (5, 0));
        let list = users::list(&portal.center, &bau.chief, &model::UsersQuery::default()).await.unwrap();
        assert_eq!(list.counts.differences.n, 5);
        portal.erp.set_read_only(true);
        assert!(open(portal, &bau.chief).await.iter().all(|row| !row.tell));
    })
    .await;
}

#[tokio::test]
async fn a_name_is_taken_over_or_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let anna = anna(portal, bau.company, &[Role::Buyer]).await;
        rename(portal, 1, "Anna Berger-Lund");
        let name = named(portal, &bau.chief, anna, Kind::Name).await;
        assert_eq!(take(portal, &bau.chief, &name).await.unwrap(), TakenOver::Saved);
        let found = users::get(&portal.center, &bau.chief, anna).await.unwrap();
        assert_eq!(
            (found.row.name.as_str(), found.row.roles),
            ("Anna Berger-Lund", vec![Role::Buyer.into()])
        );
        assert_eq!(portal.events().await.last().unwrap(), "difference_taken");
        assert_eq!(refused(take(portal, &bau.chief, &name).await), ErrorCode::DifferenceChanged);
        // The other way round, for the own account.
        let own = named(portal, &bau.chief, bau.marta, Kind::Name).await;
        users::tell_difference(&portal.center, &bau.chief, &own).await.unwrap();
        assert_eq!(portal.erp.get(BAU).contacts[0].name, "Marta Lind");
        assert_eq!(portal.events().await.last().unwrap(), "difference_told");
        assert_eq!(told(&open(portal, &bau.chief).await), []);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_name_that_the_shop_can_t_hold_is_not_taken() {
    both(async |portal| {
        let bau = portal.bau().await;
        rename(portal, 0, &"M".repeat(51));
        let row = open(portal, &bau.chief).await.remove(0);
        assert!(!row.take && row.tell);
        let name = row.difference.parse().unwrap();
        let (field, issue) = issue(take(portal, &bau.chief, &name).await);
        assert_eq!((field.as_str(), issue), ("name", FieldIssue::TooLong { max: 50 }));
    })
    .await;
}

#[tokio::test]
async fn a_new_email_waits_for_its_owner_and_the_old_address_is_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let anna = anna(portal, bau.company, &[Role::Buyer]).await;
        readdress(portal, 1, Some("a.berger@bau-partner.example"));
        let name = named(portal, &bau.chief, anna, Kind::Email).await;
        assert_eq!(take(portal, &bau.chief, &name).await.unwrap(), TakenOver::EmailWaits);
        let mails = portal.mails().await;
        assert_eq!(
            addressed(&mails),
            [("email_change_confirm", "a.berger@bau-partner.example"), ("email_change_notice", ANNA),]
        );
        // Nothing is overwritten; the row says that it waits.
        let row = open(portal, &bau.chief).await.into_iter().find(|row| row.user == anna).unwrap();
        assert_eq!((row.email.as_str(), row.waits, row.take), (ANNA, true, false));
        let link = one(&mails, "email_change_confirm").token();
        accounts::confirm_email(&portal.center, &anybody(), &link).await.unwrap();
        assert!(!open(portal, &bau.chief).await.iter().any(|row| row.user == anna));
    })
    .await;
}

#[tokio::test]
async fn an_invited_user_s_email_moves_at_once_with_the_invitation() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Anna Berger", ANNA, &[Role::Buyer]);
        let anna = users::add_contact(&portal.center, &bau.chief, "KT-2", &form).await.unwrap();
        portal.mails().await;
        readdress(portal, 1, Some("a.berger@bau-partner.example"));
        let name = named(portal, &bau.chief, anna, Kind::Email).await;
        assert_eq!(take(portal, &bau.chief, &name).await.unwrap(), TakenOver::Saved);
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("account_created", "a.berger@bau-partner.example")]);
    })
    .await;
}

#[tokio::test]
async fn emails_have_the_guards_of_an_edit() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        stands_under(portal, kim, "KT3", "KT-3").await;
        let anna = anna(portal, bau.company, &[Role::MainContact]).await;
        // The own address is changed in the profile.
        readdress(portal, 0, Some("m.lind@bau-partner.example"));
        let own = named(portal, &bau.chief, bau.marta, Kind::Email).await;
        assert_eq!(refused(take(portal, &bau.chief, &own).await), ErrorCode::Yourself);
        assert!(
            open(portal, &bau.chief)
                .await
                .iter()
                .all(|row| row.user != bau.marta || row.kind != Kind::Email || !row.take)
        );
        // An address that another shop user has.
        readdress(portal, 2, Some(MARTA));
        let taken = named(portal, &bau.chief, kim, Kind::Email).await;
        assert_eq!(
            issue(take(portal, &bau.chief, &taken).await),
            ("email".to_owned(), FieldIssue::EmailTaken)
        );
        // That of a main contact wants the password, in either direction.
        readdress(portal, 1, Some("a.berger@bau-partner.example"));
        let name = named(portal, &bau.chief, anna, Kind::Email).await;
        portal.clock.advance(6 * MINUTE);
        let late = take(portal, &bau.chief, &name).await;
        assert!(matches!(refused(late), ErrorCode::ReauthRequired));
        let late = users::tell_difference(&portal.center, &bau.chief, &name).await;
        assert!(matches!(refused(late), ErrorCode::ReauthRequired));
        let typed = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        users::tell_difference(&portal.center, &typed, &name).await.unwrap();
        assert_eq!(portal.erp.get(BAU).contacts[1].email.as_ref().unwrap().as_str(), ANNA);
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_missing_email_is_told_to_an_erp_that_takes_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let zoe = portal.person(bau.company, "Zoë Özgür", "zoe@bau-partner.example", &[Role::Buyer]).await;
        stands_under(portal, zoe, "KT3", "KT-3").await;
        let name = named(portal, &bau.chief, zoe, Kind::EmailMissing).await;
        assert_eq!(refused(take(portal, &bau.chief, &name).await), ErrorCode::WrongState);
        portal.erp.set_read_only(true);
        let told = users::tell_difference(&portal.center, &bau.chief, &name).await;
        assert_eq!(refused(told), ErrorCode::WrongState);
        portal.erp.set_read_only(false);
        users::tell_difference(&portal.center, &bau.chief, &name).await.unwrap();
        let email = portal.erp.get(BAU).contacts[2].email.clone().unwrap();
        assert_eq!(email.as_str(), "zoe@bau-partner.example");
    })
    .await;
}

#[tokio::test]
async fn the_embedded_erp_takes_changes() {
    both_with(Variant { embedded: true, ..Variant::default() }, async |portal| {
        let company = portal.company(BAU).await;
        portal
            .execute(
                "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
                 SELECT customer_key, customer_number, name, 'EUR', 'en', $1 FROM companies",
                vec![true.into()],
            )
            .await;
        let sql = "INSERT INTO erp_contacts (customer_key, contact_key, contact_number, salutation, name, is_main, is_company)
             SELECT customer_key, 'KT1', 'KT-1', 'ms', 'Marta Sofie Lind', $1, $2 FROM companies";
        portal.execute(sql, vec![true.into(), false.into()]).await;
        let marta = portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        stands_under(portal, marta, "KT1", "KT-1").await;
        let chief = portal.enter(MARTA).await;
        for kind in [Kind::Name, Kind::EmailMissing] {
            let name = named(portal, &chief, marta, kind).await;
            users::tell_difference(&portal.center, &chief, &name).await.unwrap();
        }
        assert_eq!(told(&open(portal, &chief).await), []);
        let rows = portal.rows("SELECT name, email FROM erp_contacts", vec![]).await;
        assert_eq!(rows[0].get::<String>("name").unwrap(), "Marta Lind");
        assert_eq!(rows[0].get::<String>("email").unwrap(), MARTA);
    })
    .await;
}

#[tokio::test]
async fn a_user_is_put_under_the_contact_with_the_same_email() {
    both(async |portal| {
        let bau = portal.bau().await;
        let anna = portal.person(bau.company, "Anna Berger", ANNA, &[Role::Buyer]).await;
        let name = named(portal, &bau.chief, anna, Kind::Unlinked).await;
        let told = users::tell_difference(&portal.center, &bau.chief, &name).await;
        assert_eq!(refused(told), ErrorCode::WrongState);
        // Of several who do it at once one does.
        let tasks = (0..4).map(|_| {
            let (center, chief, name) = (Arc::clone(&portal.center), bau.chief.clone(), name.clone());
            async move { users::take_difference(&center, &chief, &name).await }
        });
        let done = portal.together(tasks.collect()).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        for late in done.into_iter().filter(Result::is_err) {
            assert_eq!(refused(late), ErrorCode::DifferenceChanged);
        }
        let row = users::get(&portal.center, &bau.chief, anna).await.unwrap().row;
        assert_eq!(row.contact_number, "KT-2");
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "difference_taken").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn leavers_are_switched_off_with_all_guards() {
    both(async |portal| {
        let bau = portal.bau().await;
        let anna = anna(portal, bau.company, &[Role::Buyer]).await;
        portal.erp.change(BAU, |known| known.contacts.clear());
        let own = named(portal, &bau.chief, bau.marta, Kind::Gone).await;
        assert_eq!(refused(take(portal, &bau.chief, &own).await), ErrorCode::Yourself);
        let name = named(portal, &bau.chief, anna, Kind::Gone).await;
        // Back again in between: nobody is switched off for what was true before.
        portal
            .erp
            .change(BAU, |known| known.contacts.push(contact("KT-2", "Anna Berger", Some(ANNA), false)));
        assert_eq!(refused(take(portal, &bau.chief, &name).await), ErrorCode::DifferenceChanged);
        portal.erp.change(BAU, |known| known.contacts.clear());
        let session = portal.sign_in(&anybody(), ANNA, PASSWORD).await.unwrap();
        assert_eq!(take(portal, &bau.chief, &name).await.unwrap(), TakenOver::Deactivated);
        assert!(portal.holding(&session).await.is_none());
        assert_eq!(portal.events().await.last().unwrap(), "user_deactivated");
        assert_eq!(one(&portal.mails().await, "deactivated").to, ANNA);
        // Who is off is no difference any more.
        assert!(open(portal, &bau.chief).await.iter().all(|row| row.user != anna));
        assert_eq!(refused(take(portal, &bau.chief, &name).await), ErrorCode::DifferenceChanged);
    })
    .await;
}

#[tokio::test]
async fn an_ignored_difference_comes_back_with_other_values() {
    both(async |portal| {
        let bau = portal.bau().await;
        let name = named(portal, &bau.chief, bau.marta, Kind::Name).await;
        for _ in 0..2 {
            users::ignore_difference(&portal.center, &bau.chief, &name).await.unwrap();
        }
        let noted = portal.events().await;
        assert_eq!(noted.iter().filter(|event| *event == "difference_ignored").count(), 1);
        assert_eq!(told(&open(portal, &bau.chief).await), []);
        assert_eq!(ignored(portal, &bau.chief).await.len(), 1);
        let list = users::list(&portal.center, &bau.chief, &model::UsersQuery::default()).await.unwrap();
        assert_eq!(list.counts.differences.n, 0);
        rename(portal, 0, "Marta S. Lind");
        assert_eq!(open(portal, &bau.chief).await.len(), 1);
        assert!(ignored(portal, &bau.chief).await.is_empty());
        // The stale form decides nothing.
        let late = users::ignore_difference(&portal.center, &bau.chief, &name).await;
        assert_eq!(refused(late), ErrorCode::DifferenceChanged);
        let name = named(portal, &bau.chief, bau.marta, Kind::Name).await;
        users::ignore_difference(&portal.center, &bau.chief, &name).await.unwrap();
        users::recall_difference(&portal.center, &bau.chief, &name).await.unwrap();
        assert_eq!(portal.events().await.last().unwrap(), "difference_recalled");
        assert_eq!(open(portal, &bau.chief).await.len(), 1);
        let late = users::recall_difference(&portal.center, &bau.chief, &name).await;
        assert_eq!(refused(late), ErrorCode::DifferenceChanged);
    })
    .await;
}

#[tokio::test]
async fn an_erp_that_does_not_answer_leaves_everything_as_it_is() {
    both(async |portal| {
        let bau = portal.bau().await;
        let name = named(portal, &bau.chief, bau.marta, Kind::Name).await;
        portal.erp.set_down(true);
        assert_eq!(ask(portal, &bau.chief, DifferencesQuery::default()).await, DifferencesBlock::Unavailable);
        let list = users::list(&portal.center, &bau.chief, &model::UsersQuery::default()).await.unwrap();
        assert_eq!(list.counts.differences.n, 0);
        for answer in [
            take(portal, &bau.chief, &name).await.map(|_| ()),
            users::tell_difference(&portal.center, &bau.chief, &name).await,
            users::ignore_difference(&portal.center, &bau.chief, &name).await,
        ] {
            assert!(matches!(answer, Err(Error::Erp(_))), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn other_companies_users_look_like_unknown_ones() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        let rita = portal.person(other, "Rita", RITA, &[Role::MainContact]).await;
        let rita_chief = portal.enter(RITA).await;
        let real = named(portal, &rita_chief, rita, Kind::Unlinked).await;
        let random = DifferenceName { user: UserId(portal.center.new_id()), ..real.clone() };
        users::ignore_difference(&portal.center, &rita_chief, &real).await.unwrap();
        for name in [&real, &random] {
            let center = &portal.center;
            for answer in [
                users::take_difference(center, &bau.chief, name).await.map(|_| ()),
                users::tell_difference(center, &bau.chief, name).await,
                users::ignore_difference(center, &bau.chief, name).await,
                users::recall_difference(center, &bau.chief, name).await,
            ] {
                assert_eq!(refused(answer), ErrorCode::NotFound);
            }
        }
        // Who may only look at users sees no differences.
        portal.person(bau.company, "Kim Brand", KIM, &[Role::Viewer]).await;
        let kim = portal.enter(KIM).await;
        let asked = users::differences(&portal.center, &kim, &DifferencesQuery::default()).await;
        assert!(matches!(asked, Err(Error::Lacks(_))));
    })
    .await;
}

#[tokio::test]
async fn pages_lead_on_and_back() {
    both(async |portal| {
        let bau = portal.bau().await;
        for n in 0..60 {
            let email = format!("p{n}@bau-partner.example");
            portal.person(bau.company, &format!("Person {n:02}"), &email, &[Role::Buyer]).await;
        }
        let names = |rows: &[DifferenceRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        let mut seen = Vec::new();
        let mut firsts = Vec::new();
        let mut query = DifferencesQuery::default();
        let mut last_before = None;
        loop {
            let DifferencesBlock::Fresh { rows, before, after, .. } =
                ask(portal, &bau.chief, query.clone()).await
            else {
                panic!()
            };
            assert_eq!(before.is_some(), !firsts.is_empty());
            firsts.push(rows[0].name.clone());
            seen.extend(names(&rows));
            last_before = before.or(last_before);
            match after {
                Some(after) => query = DifferencesQuery { after, ..DifferencesQuery::default() },
                None => break,
            }
        }
        assert_eq!((seen.len(), firsts.len()), (61, 3));
        assert!(seen.is_sorted());
        let back = DifferencesQuery { before: last_before.unwrap(), ..DifferencesQuery::default() };
        let DifferencesBlock::Fresh { rows, before, after, .. } = ask(portal, &bau.chief, back).await else {
            panic!()
        };
        assert_eq!(names(&rows), seen[25..50]);
        assert!(before.is_some() && after.is_some());
        // A place that nothing is behind any more shows the first page.
        let end = rows.last().unwrap().user;
        portal
            .execute(
                "UPDATE members SET deactivated_at = 1 WHERE name_key > (SELECT name_key FROM members WHERE user_id = $1)",
                vec![end.into()],
            )
            .await;
        let query = DifferencesQuery { after: end.to_string(), ..DifferencesQuery::default() };
        let DifferencesBlock::Fresh { rows, before, .. } = ask(portal, &bau.chief, query).await else {
            panic!()
        };
        assert_eq!((rows.len(), before), (25, None));
    })
    .await;
}

#[tokio::test]
async fn contacts_beyond_the_end_of_the_list_are_asked_for() {
    both(async |portal| {
        let bau = portal.bau().await;
        let late = portal.person(bau.company, "Zara", "zara@bau-partner.example", &[Role::Buyer]).await;
        stands_under(portal, late, "ZZ1", "ZZ-1").await;
        portal.erp.change(BAU, |known| {
            for n in known.contacts.len()..MAX_CONTACTS {
                known.contacts.push(contact(&format!("F{n}"), "Filler", None, false));
            }
            known.contacts.push(contact("ZZ-1", "Zara", Some("zara@bau-partner.example"), false));
        });
        assert!(open(portal, &bau.chief).await.iter().all(|row| row.user != late));
        portal.erp.change(BAU, |known| _ = known.contacts.pop());
        let name = named(portal, &bau.chief, late, Kind::Gone).await;
        assert_eq!(take(portal, &bau.chief, &name).await.unwrap(), TakenOver::Deactivated);
    })
    .await;
}
