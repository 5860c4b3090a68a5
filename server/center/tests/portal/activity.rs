//! *Activity* of a company and *My activity*: what the trail tells, to whom, and what of it can be
//! taken back.

use center::access::Actor;
use center::activity::{self, Doer, Happening, Record, Told, ToldChange};
use center::audit::{Event, Fact};
use center::{Error, accounts, users};
use model::{
    ActivityKind, ActivityQuery, CompanyId, Day, ErrorCode, KindFilter, Page, Permission, Role, UserId,
};
use sha2::{Digest, Sha256};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

async fn page(portal: &Portal, actor: &Actor, query: &ActivityQuery) -> Page<Happening> {
    activity::company(&portal.center, actor, query).await.unwrap().1
}

async fn events(portal: &Portal, actor: &Actor, query: &ActivityQuery) -> Vec<Event> {
    let page = page(portal, actor, query).await;
    assert_eq!(page.total.n as usize, page.rows.len());
    page.rows.into_iter().map(|row| row.event.unwrap()).collect()
}

fn text(words: &str) -> Option<Told> {
    Some(Told::Text(words.to_owned()))
}

fn changed(fact: Fact, from: Option<Told>, to: Option<Told>) -> ToldChange {
    ToldChange { fact, from, to }
}

#[tokio::test]
async fn the_list_tells_who_did_what_to_whom_from_where_and_what_is_different() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        portal.clock.advance(MINUTE);
        let mut form = input("Kim Brand", KIM, &[Role::Buyer, Role::Approver]);
        form.budgets.month = "2000.50".to_owned();
        users::edit(&portal.center, &bau.chief, kim, 1, &form).await.unwrap();
        let (company, page) =
            activity::company(&portal.center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        assert_eq!(company, "Bau-Partner GmbH");
        let [edited, entered] = page.rows.as_slice() else { panic!("{page:?}") };
        assert_eq!(edited.event, Some(Event::PermissionsChanged));
        assert_eq!(edited.by, Doer::Person("Marta Lind".to_owned()));
        assert_eq!(edited.whom, Some(("Kim Brand".to_owned(), Some(Record::User(kim)))));
        let (buyer, both) = (vec![Role::Buyer.into()], vec![Role::Buyer.into(), Role::Approver.into()]);
        assert_eq!(
            edited.changes,
            [
                changed(Fact::Name, text("Kim"), text("Kim Brand")),
                changed(Fact::Roles, Some(Told::Roles(buyer)), Some(Told::Roles(both))),
                changed(
                    Fact::BudgetMonth,
                    Some(Told::Limit(None)),
                    Some(Told::Limit(Some("€2,000.50".to_owned())))
                ),
            ]
        );
        // The network, never the address.
        assert_eq!(edited.network, "192.0.2.0/24");
        // The tests' clock begins on the 21st of November 2026 at 22:26:40 UTC.
        assert_eq!(edited.at, "2026-11-21T22:27:40Z");
        assert_eq!((edited.when.as_str(), edited.sortable.as_str()), ("today, 23:27", "2026-11-21 23:27:40"));
        assert!(!edited.whom_you);
        // Signing in was done by the person, not by the portal.
        assert_eq!(entered.event, Some(Event::SignedIn));
        assert_eq!((&entered.by, &entered.whom), (&Doer::Person("Marta Lind".to_owned()), &None));
    })
    .await;
}

#[tokio::test]
async fn what_somebody_does_without_a_session_stands_in_the_company_too() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let center = &portal.center;
        accounts::forgot_password(center, &anybody(), KIM).await.unwrap();
        let link = one(&portal.settled_mails().await, "password_reset").token();
        accounts::set_password(center, &at("198.51.100.7"), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let token = portal.sign_in(&anybody(), KIM, NEW_PASSWORD).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        accounts::change_email(center, &actor, "kim2@bau-partner.example", NEW_PASSWORD).await.unwrap();
        let link = one(&portal.mails().await, "email_change_confirm").token();
        accounts::confirm_email(center, &anybody(), &link).await.unwrap();
        let rows = page(portal, &bau.chief, &ActivityQuery::default()).await.rows;
        let told: Vec<_> = rows.iter().map(|row| row.event.unwrap()).collect();
        assert_eq!(
            told,
            [
                Event::EmailChanged,
                Event::EmailChangeRequested,
                Event::SignedIn,
                Event::PasswordReset,
                Event::SignedIn
            ]
        );
        assert!(rows[..4].iter().all(|row| row.by == Doer::Person("Kim".to_owned()) && row.whom.is_none()));
        let email = changed(Fact::Email, text(KIM), text("kim2@bau-partner.example"));
        assert_eq!(rows[0].changes, [email]);
        assert_eq!(rows[1].changes, [changed(Fact::NewEmail, None, text("kim2@bau-partner.example"))]);
        assert_eq!(rows[3].network, "198.51.100.0/24");
    })
    .await;
}

/// An entry as versions before wrote it.
async fn append_as_before(
    portal: &Portal,
    event: &str,
    actor: Option<UserId>,
    company: Option<CompanyId>,
    subject: Option<UserId>,
    data: &str,
) {
    let head = &portal.rows("SELECT seq, hash FROM audit_head", vec![]).await[0];
    let seq = head.get::<i64>("seq").unwrap() + 1;
    let before: [u8; 32] = head.get("hash").unwrap();
    let now = portal.center.now();
    let kind = if actor.is_some() { "user" } else { "system" };
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(seq.to_be_bytes());
    hasher.update(now.to_be_bytes());
    for text in [event, kind, data] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    for id in [actor.map(|a| a.0), company.map(|c| c.0), subject.map(|s| s.0)] {
        hasher.update(id.unwrap_or_default().as_bytes());
    }
    let hash: [u8; 32] = hasher.finalize().into();
    portal
        .execute(
            "INSERT INTO audit (seq, at, event, actor_kind, actor_id, company_id, subject_id, data, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            vec![
                seq.into(),
                now.into(),
                event.into(),
                kind.into(),
                actor.into(),
                company.into(),
                subject.into(),
                data.into(),
                hash.into(),
            ],
        )
        .await;
    portal.execute("UPDATE audit_head SET seq = $1, hash = $2", vec![seq.into(), hash.into()]).await;
}

#[tokio::test]
async fn entries_of_earlier_versions_stay_in_the_chain_and_are_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let (marta, company) = (Some(bau.marta), Some(bau.company));
        let created = r#"{"budget_month":null,"budget_order":50000,"contact":"KT-7","email":"kim@bau-partner.example","name":"Kim","roles":["buyer"]}"#;
        append_as_before(portal, "user_created", marta, company, Some(kim), created).await;
        let edited = r#"{"after":{"budget_month":null,"budget_order":50000,"email":"kim@bau-partner.example","name":"Kim","roles":["viewer"],"salutation":"none"},"before":{"budget_month":null,"budget_order":null,"email":"kim@bau-partner.example","name":"Kim","roles":["buyer"],"salutation":"none"}}"#;
        append_as_before(portal, "privilege_permissions_changed", marta, company, Some(kim), edited).await;
        append_as_before(portal, "user_deactivated", marta, company, Some(kim), "{}").await;
        append_as_before(portal, "from_the_future", marta, company, Some(kim), r#"{"what":{"ever":1}}"#).await;
        // New entries go on in the same chain.
        portal.enter(MARTA).await;
        assert_eq!(portal.breaches().await, Vec::<String>::new());
        let rows = page(portal, &bau.chief, &ActivityQuery::default()).await.rows;
        let told: Vec<_> = rows.iter().map(|row| row.event).collect();
        assert_eq!(
            told,
            [
                Some(Event::SignedIn),
                None,
                Some(Event::UserDeactivated),
                Some(Event::PermissionsChanged),
                Some(Event::UserCreated),
                Some(Event::SignedIn)
            ]
        );
        assert_eq!((rows[1].changes.len(), rows[1].network.as_str()), (0, ""));
        let order = |from: Option<Told>| changed(Fact::BudgetOrder, from, Some(Told::Limit(Some("€500.00".into()))));
        assert_eq!(
            rows[3].changes,
            [
                changed(
                    Fact::Roles,
                    Some(Told::Roles(vec![Role::Buyer.into()])),
                    Some(Told::Roles(vec![Role::Viewer.into()]))
                ),
                order(Some(Told::Limit(None))),
            ]
        );
        assert_eq!(
            rows[4].changes,
            [
                changed(Fact::Name, None, text("Kim")),
                changed(Fact::Email, None, text(KIM)),
                changed(Fact::Roles, None, Some(Told::Roles(vec![Role::Buyer.into()]))),
                order(None),
                changed(Fact::Contact, None, text("KT-7")),
            ]
        );
        if portal.is_sqlite() {
            // A copy of such a database holds together too.
            let copy = portal.folder().join("copy.sqlite");
            let url = format!("sqlite:{}", portal.folder().join("portal.sqlite").display());
            center::backup::backup(&url, &copy).await.unwrap();
            let restored = portal.on(&format!("sqlite:{}", copy.display())).await;
            assert_eq!(center::verify::verify(&restored).await.unwrap(), Vec::<String>::new());
            restored.close().await;
        }
    })
    .await;
}

/// A company in which something of every kind was done, on three days.
async fn three_days(portal: &Portal) -> (Bau, UserId) {
    let bau = portal.bau().await;
    let kim = portal.person(bau.company, "Kim Özgür", KIM, &[Role::Buyer]).await;
    portal.clock.advance(DAY);
    let chief = portal.enter(MARTA).await;
    users::deactivate(&portal.center, &chief, kim).await.unwrap();
    users::activate(&portal.center, &chief, kim).await.unwrap();
    portal.clock.advance(DAY);
    let chief = portal.enter(MARTA).await;
    users::edit(&portal.center, &chief, kim, 3, &input("Kim Özgür", KIM, &[Role::Viewer])).await.unwrap();
    activity::export(&portal.center, &chief, &ActivityQuery::default()).await.unwrap();
    (Bau { chief, ..bau }, kim)
}

#[tokio::test]
async fn filters_leave_what_fits() {
    both(async |portal| {
        let (bau, _) = three_days(portal).await;
        let found = async |query: ActivityQuery| events(portal, &bau.chief, &query).await;
        let all = found(ActivityQuery::default()).await;
        assert_eq!(
            all,
            [
                Event::ActivityExported,
                Event::PermissionsChanged,
                Event::SignedIn,
                Event::UserActivatedAgain,
                Event::UserDeactivated,
                Event::SignedIn,
                Event::SignedIn
            ]
        );
        let of = async |kind, without| {
            found(ActivityQuery { kind: Some(KindFilter { kind, without }), ..ActivityQuery::default() })
                .await
        };
        assert_eq!(of(ActivityKind::Company, false).await, [Event::ActivityExported]);
        assert_eq!(of(ActivityKind::Changes, false).await, [Event::PermissionsChanged]);
        assert_eq!(
            of(ActivityKind::People, false).await,
            [Event::UserActivatedAgain, Event::UserDeactivated]
        );
        assert_eq!(of(ActivityKind::SigningIn, false).await, [Event::SignedIn; 3]);
        for kind in ActivityKind::ALL {
            let (only, others) = (of(kind, false).await, of(kind, true).await);
            assert_eq!(only.len() + others.len(), all.len());
            assert!(others.iter().all(|event| event.kind() != kind));
        }

        let by = async |person: &str| {
            found(ActivityQuery { person: person.to_owned(), ..ActivityQuery::default() }).await.len()
        };
        // Whoever did it or to whom it was done, by part of the name or the beginning of the address.
        assert_eq!((by("ozgur").await, by("KIM").await, by("marta.l").await), (3, 3, 7));
        assert_eq!(
            (by("%").await, by("_").await, by("' OR 1=1 --").await, by("bau-partner").await),
            (0, 0, 0, 0)
        );

        let day = |text: &str| Day::parse(text);
        let between = async |from: Option<Day>, to: Option<Day>| {
            found(ActivityQuery { from, to, ..ActivityQuery::default() }).await.len()
        };
        // The clock stands at 23:26 in Berlin on the 21st, the 22nd and the 23rd.
        assert_eq!(between(day("2026-11-21"), day("2026-11-21")).await, 1);
        assert_eq!(between(day("2026-11-22"), None).await, 6);
        assert_eq!(between(None, day("2026-11-22")).await, 4);
        assert_eq!(between(day("2026-11-24"), None).await, 0);
        assert_eq!(between(day("2026-11-23"), day("2026-11-21")).await, 0);
        // In Tokyo it is eight hours later, the next day.
        let mut input = model::ProfileInput {
            salutation: "none".into(),
            name: "Marta Lind".into(),
            locale: "en".into(),
            time_zone: "Asia/Tokyo".into(),
            notices: vec!["further_administrator".into()],
            shortcuts: "true".into(),
        };
        accounts::edit_profile(&portal.center, &bau.chief, &input).await.unwrap();
        let chief = portal.enter(MARTA).await;
        let query =
            ActivityQuery { from: day("2026-11-22"), to: day("2026-11-22"), ..ActivityQuery::default() };
        assert_eq!(events(portal, &chief, &query).await.len(), 1);
        input.time_zone = String::new();
        accounts::edit_profile(&portal.center, &chief, &input).await.unwrap();

        let all_at_once = ActivityQuery {
            person: "kim".into(),
            kind: Some(KindFilter { kind: ActivityKind::People, without: false }),
            from: day("2026-11-22"),
            to: day("2026-11-22"),
            ..ActivityQuery::default()
        };
        assert_eq!(found(all_at_once).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_and_back_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        // All at the same moment: nothing but their place in the trail sets them apart.
        for _ in 0..30 {
            users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
            users::activate(&portal.center, &bau.chief, kim).await.unwrap();
        }
        for personal in [false, true] {
            let turn = async |after: Option<String>, before: Option<String>| {
                if personal {
                    return activity::mine(&portal.center, &bau.chief, after.as_deref(), before.as_deref())
                        .await
                        .unwrap();
                }
                page(portal, &bau.chief, &ActivityQuery { after, before, ..ActivityQuery::default() }).await
            };
            let mut forwards = vec![turn(None, None).await];
            while let Some(after) = forwards.last().unwrap().after.clone() {
                forwards.push(turn(Some(after), None).await);
            }
            assert_eq!(forwards.iter().map(|p| p.rows.len()).collect::<Vec<_>>(), [25, 25, 11]);
            assert!(forwards.iter().all(|page| page.total.n == 61));
            assert_eq!(forwards[0].before, None);
            let told: Vec<_> = forwards.iter().flat_map(|p| &p.rows).map(|row| row.event.unwrap()).collect();
            for (index, event) in told[..60].iter().enumerate() {
                let expected =
                    if index % 2 == 0 { Event::UserActivatedAgain } else { Event::UserDeactivated };
                assert_eq!(*event, expected, "{index}");
            }
            assert_eq!(told[60], Event::SignedIn);
            let back = turn(None, forwards[2].before.clone()).await;
            assert_eq!(back, forwards[1]);
            let first = turn(None, back.before).await;
            assert_eq!(first, forwards[0]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_not_there_counts_as_not_given() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let rita = portal.enter(RITA).await;
        for _ in 0..26 {
            portal.clock.advance(SECOND);
            portal.enter(RITA).await;
        }
        let foreign = page(portal, &rita, &ActivityQuery::default()).await.after.unwrap();
        let first = page(portal, &bau.chief, &ActivityQuery::default()).await;
        let mine = activity::mine(&portal.center, &bau.chief, None, None).await.unwrap();
        for cursor in [foreign, "0".repeat(64), String::new(), "é".repeat(32), "2".to_owned()] {
            for (after, before) in [(Some(cursor.clone()), None), (None, Some(cursor.clone()))] {
                let query = ActivityQuery {
                    after: after.clone(),
                    before: before.clone(),
                    ..ActivityQuery::default()
                };
                assert_eq!(page(portal, &bau.chief, &query).await, first);
                let found =
                    activity::mine(&portal.center, &bau.chief, after.as_deref(), before.as_deref()).await;
                assert_eq!(found.unwrap(), mine);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_company_sees_its_own_part_and_only_who_may_sees_it() {
    both(async |portal| {
        let (_, kim) = three_days(portal).await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let rita = portal.enter(RITA).await;
        assert_eq!(events(portal, &rita, &ActivityQuery::default()).await, [Event::SignedIn]);
        // Somebody else's people look like nobody.
        for person in ["Kim", KIM, "Marta", "nobody"] {
            let query = ActivityQuery { person: person.to_owned(), ..ActivityQuery::default() };
            assert_eq!(events(portal, &rita, &query).await, [], "{person}");
        }
        let rows = activity::export(&portal.center, &rita, &ActivityQuery::default()).await.unwrap().rows;
        assert_eq!(rows.len(), 1);

        let before = portal.count("SELECT count(*) AS n FROM audit", vec![]).await;
        let query = ActivityQuery::default();
        let ask = async |actor: &Actor| {
            let listed = activity::company(&portal.center, actor, &query).await.map(drop);
            let exported = activity::export(&portal.center, actor, &query).await.map(drop);
            [listed, exported]
        };
        for answer in ask(&anybody()).await {
            assert_eq!(refused(answer), ErrorCode::Unauthenticated);
        }
        portal.business_user("solo@business.example").await;
        let business = portal.enter("solo@business.example").await;
        for answer in ask(&business).await {
            assert_eq!(refused(answer), ErrorCode::Forbidden { missing: None, granted_by: vec![] });
        }
        let buyer = portal.enter(KIM).await;
        for answer in ask(&buyer).await {
            assert!(matches!(answer, Err(Error::Lacks(Permission::AuditView))));
        }
        let signed_in = 2;
        assert_eq!(portal.count("SELECT count(*) AS n FROM audit", vec![]).await, before + signed_in);
        // Rights are read with every request.
        let sql = "UPDATE member_roles SET role = 'main_contact' WHERE user_id = $1";
        portal.execute(sql, vec![kim.into()]).await;
        let token = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        let promoted = portal.holding(&token).await.unwrap();
        assert!(!events(portal, &promoted, &ActivityQuery::default()).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn undo_is_offered_while_it_is_possible_and_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let ines =
            users::request(center, &bau.chief, &input("Ines", "ines@bau-partner.example", &[Role::Buyer]))
                .await
                .unwrap();
        let offered = async |actor: &Actor| {
            let rows = page(portal, actor, &ActivityQuery::default()).await.rows;
            rows.into_iter()
                .filter_map(|row| row.undo.map(|user| (row.event.unwrap(), user)))
                .collect::<Vec<_>>()
        };
        users::deactivate(center, &bau.chief, kim).await.unwrap();
        users::activate(center, &bau.chief, kim).await.unwrap();
        assert_eq!(offered(&bau.chief).await, []);
        users::deactivate(center, &bau.chief, kim).await.unwrap();
        users::revoke_invitation(center, &bau.chief, ines).await.unwrap();
        // The latest of several only.
        let both = [(Event::InvitationRevoked, ines), (Event::UserDeactivated, kim)];
        assert_eq!(offered(&bau.chief).await, both);

        // Not to those who would be refused.
        let mut looking = who(&bau.chief).clone();
        let center::access::Place::Company(member) = &mut looking.place else { panic!() };
        member.grants = [(Permission::AuditView, model::Scope::Company)].into_iter().collect();
        assert_eq!(offered(&Actor::User(Box::new(looking.clone()))).await, []);
        let center::access::Place::Company(member) = &mut looking.place else { panic!() };
        member.grants.add(Permission::UsersManage, model::Scope::Company);
        assert_eq!(offered(&Actor::User(Box::new(looking.clone()))).await, [], "lacks a right of theirs");
        // Who may not open users gets no links to them.
        let rows = page(portal, &Actor::User(Box::new(looking)), &ActivityQuery::default()).await.rows;
        assert!(rows.iter().filter_map(|row| row.whom.as_ref()).all(|(_, page)| page.is_none()));

        users::activate(center, &bau.chief, kim).await.unwrap();
        users::activate(center, &bau.chief, ines).await.unwrap();
        assert_eq!(offered(&bau.chief).await, []);
    })
    .await;
}

#[tokio::test]
async fn my_activity_is_what_i_did_and_what_was_done_to_me() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let center = &portal.center;
        users::edit(center, &bau.chief, kim, 1, &input("Kim", KIM, &[Role::Viewer])).await.unwrap();
        let marta = portal.enter(MARTA).await;
        let kim = portal.enter(KIM).await;
        let told = async |actor: &Actor| {
            let page = activity::mine(center, actor, None, None).await.unwrap();
            assert_eq!(page.total.n as usize, page.rows.len());
            let rows = page.rows.into_iter();
            rows.map(|row| (row.event.unwrap(), row.by, row.whom_you)).collect::<Vec<_>>()
        };
        assert_eq!(
            told(&kim).await,
            [
                (Event::SignedIn, Doer::You, false),
                (Event::PermissionsChanged, Doer::Person("Marta Lind".to_owned()), true)
            ]
        );
        assert_eq!(
            told(&marta).await,
            [
                (Event::SignedIn, Doer::You, false),
                (Event::PermissionsChanged, Doer::You, false),
                (Event::SignedIn, Doer::You, false)
            ]
        );
        // Who may not open users gets no links to them, and undoing is for the company's list.
        let page = activity::mine(center, &marta, None, None).await.unwrap();
        assert!(page.rows.iter().all(|row| row.undo.is_none()));
        assert!(page.rows[1].whom.as_ref().is_some_and(|(_, page)| page.is_some()));
        portal.business_user(RITA).await;
        let business = portal.enter(RITA).await;
        assert_eq!(told(&business).await, [(Event::SignedIn, Doer::You, false)]);
        assert_eq!(refused(activity::mine(center, &anybody(), None, None).await), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn an_export_holds_every_entry_that_fits_and_is_one_itself() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "=HYPERLINK(\"x\")", KIM, &[Role::Buyer]).await;
        for _ in 0..20 {
            users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
            users::activate(&portal.center, &bau.chief, kim).await.unwrap();
        }
        let people = KindFilter { kind: ActivityKind::People, without: false };
        let query =
            ActivityQuery { kind: Some(people), after: Some("0".repeat(64)), ..ActivityQuery::default() };
        let export = activity::export(&portal.center, &bau.chief, &query).await.unwrap();
        assert_eq!(export.rows.len(), 40);
        assert_eq!((export.zone.as_str(), export.day.as_str()), ("Europe/Berlin", "2026-11-21"));
        assert!(export.rows.iter().all(|row| row.undo.is_none()));
        let first = &page(portal, &bau.chief, &ActivityQuery::default()).await.rows[0];
        assert_eq!(first.event, Some(Event::ActivityExported));
        assert_eq!(first.changes, [changed(Fact::Entries, None, text("40"))]);
        for _ in 0..19 {
            activity::export(&portal.center, &bau.chief, &query).await.unwrap();
        }
        assert!(is_limited(activity::export(&portal.center, &bau.chief, &query).await));
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        activity::export(&portal.center, &chief, &query).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_export_reads_on_over_many_entries() {
    both(async |portal| {
        let bau = portal.bau().await;
        // The chain is not looked at when entries are read; it is mended again below.
        for _ in 0..11 {
            let sql = "INSERT INTO audit (seq, at, event, actor_kind, company_id, data, hash)
                 SELECT seq + (SELECT max(seq) FROM audit), at, event, actor_kind, company_id, data, hash FROM audit";
            portal.execute(sql, vec![]).await;
        }
        portal.execute("UPDATE audit_head SET seq = 2048", vec![]).await;
        let export = activity::export(&portal.center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        assert_eq!(export.rows.len(), 2_048);
        let shown = page(portal, &bau.chief, &ActivityQuery::default()).await;
        assert_eq!((shown.total.n, shown.total.more), (1_000, true));
        for sql in if portal.is_sqlite() {
            ["DROP TRIGGER audit_is_append_only_delete", "DROP TRIGGER audit_is_append_only_update"].as_slice()
        } else {
            ["ALTER TABLE audit DISABLE TRIGGER USER"].as_slice()
        } {
            portal.execute(sql, vec![]).await;
        }
        portal.execute("DELETE FROM audit WHERE seq > 1", vec![]).await;
        let sql = "UPDATE audit_head SET seq = 1, hash = (SELECT hash FROM audit WHERE seq = 1)";
        portal.execute(sql, vec![]).await;
    })
    .await;
}
