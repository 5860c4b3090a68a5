//! The whole trail in the Back Office: what it shows whom, how it is searched, checked and cut.

use center::access::Actor;
use center::activity::{Doer, Record};
use center::audit::Event;
use center::office::audit as office;
use center::{Error, accounts, jobs, users};
use model::{AuditQuery, ChainCheck, Day, ErrorCode, FieldIssue, Role, Sought, StaffRole};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

async fn listed(portal: &Portal, staff: &Actor, query: &AuditQuery) -> office::Listed {
    office::list(&portal.center, staff, query).await.unwrap()
}

/// The events of a list that fits on a page, the latest first.
async fn events(portal: &Portal, staff: &Actor, query: &AuditQuery) -> Vec<Event> {
    let entries = listed(portal, staff, query).await.entries;
    assert_eq!((entries.total.n as usize, entries.total.more), (entries.rows.len(), false));
    entries.rows.into_iter().map(|row| row.event.unwrap()).collect()
}

fn only(text: &str) -> Sought {
    Sought { text: text.to_owned(), without: false }
}

fn without(text: &str) -> Sought {
    Sought { text: text.to_owned(), without: true }
}

/// Two companies, a member of staff, and something that each of them did.
async fn history(portal: &Portal) -> (Bau, Actor) {
    let bau = portal.bau().await;
    let center = &portal.center;
    let solo = portal.company(SOLO).await;
    portal.person(solo, "Rita Kern", RITA, &[Role::MainContact]).await;
    let rita = portal.enter(RITA).await;
    users::request(center, &rita, &input("Ines", "ines@solo.example", &[Role::Buyer])).await.unwrap();
    let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
    let service = portal.staff(StaffRole::Service).await;
    center::office::users::deactivate(center, &service, kim, Some(bau.company), false).await.unwrap();
    (bau, portal.staff(StaffRole::Auditor).await)
}

#[tokio::test]
async fn the_staff_read_what_was_done_by_whom_and_at_which_company() {
    both(async |portal| {
        let (bau, auditor) = history(portal).await;
        let found = listed(portal, &auditor, &AuditQuery::default()).await;
        let told: Vec<_> = found.entries.rows.iter().map(|row| row.event.unwrap()).collect();
        assert_eq!(told, [Event::UserDeactivated, Event::UserCreated, Event::SignedIn, Event::SignedIn]);
        assert_eq!(found.events, [Event::SignedIn, Event::UserCreated, Event::UserDeactivated]);
        let row = &found.entries.rows[0];
        assert_eq!(row.by, Doer::Person("Petra service".to_owned()));
        assert!(matches!(row.by_page, Some(Record::Staff(_))));
        assert!(matches!(&row.whom, Some((name, Some(Record::OfficeUser(_)))) if name == "Kim"));
        let company = row.company.as_ref().unwrap();
        assert_eq!((company.id, company.name.as_str()), (bau.company, "Bau-Partner GmbH"));
        // Signing in was done by the person.
        let first = &found.entries.rows[3];
        assert_eq!(first.by, Doer::Person("Marta Lind".to_owned()));
        assert_eq!((first.by_page, &first.whom), (Some(Record::OfficeUser(bau.marta)), &None));
        // What a job did for somebody, the portal did.
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        portal.settled_mails().await;
        let found = listed(portal, &auditor, &AuditQuery::default()).await;
        let row = &found.entries.rows[0];
        assert_eq!((row.event, &row.by), (Some(Event::PasswordLinkSent), &Doer::Portal));
        assert_eq!(row.whom, Some(("Marta Lind".to_owned(), Some(Record::OfficeUser(bau.marta)))));
        // The company reads of neither the other one nor of who it was of the staff.
        let (_, own) =
            center::activity::company(&portal.center, &bau.chief, &Default::default()).await.unwrap();
        let told: Vec<_> =
            own.rows.iter().map(|row| (row.event.unwrap(), row.by_page, row.company.clone())).collect();
        assert_eq!(told, [(Event::UserDeactivated, None, None), (Event::SignedIn, None, None)]);
        assert_eq!(own.rows[0].by, Doer::Staff("Nordholz & Söhne".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn filters_look_for_and_leave_out() {
    both(async |portal| {
        use Event::{SignedIn, UserCreated, UserDeactivated};
        let (_, auditor) = history(portal).await;
        let all = AuditQuery::default;
        let of = async |query: AuditQuery| events(portal, &auditor, &query).await;
        assert_eq!(of(AuditQuery { event: "signing_in".into(), ..all() }).await, [SignedIn, SignedIn]);
        assert_eq!(of(AuditQuery { event: "user_deactivated".into(), ..all() }).await, [UserDeactivated]);
        assert_eq!(
            of(AuditQuery { without: "signing_in".into(), ..all() }).await,
            [UserDeactivated, UserCreated]
        );
        let people = AuditQuery { event: "people".into(), without: "user_created".into(), ..all() };
        assert_eq!(of(people).await, [UserDeactivated]);
        // What is known but never happened, and what is not known.
        assert_eq!(of(AuditQuery { event: "company_closed".into(), ..all() }).await.len(), 0);
        assert_eq!(of(AuditQuery { event: "nonsense".into(), without: "x".into(), ..all() }).await.len(), 4);
        assert_eq!(of(AuditQuery { by: only("staff"), ..all() }).await, [UserDeactivated]);
        assert_eq!(of(AuditQuery { by: without("staff"), ..all() }).await, [UserCreated, SignedIn, SignedIn]);
        // Who signs in is not signed in yet.
        assert_eq!(of(AuditQuery { by: only("system"), ..all() }).await, [SignedIn, SignedIn]);
        assert_eq!(of(AuditQuery { by: only("user"), ..all() }).await, [UserCreated]);
        assert_eq!(of(AuditQuery { company: only("bau"), ..all() }).await, [UserDeactivated, SignedIn]);
        assert_eq!(of(AuditQuery { company: only(SOLO), ..all() }).await, [UserCreated, SignedIn]);
        assert_eq!(of(AuditQuery { company: without("bau"), ..all() }).await, [UserCreated, SignedIn]);
        assert_eq!(of(AuditQuery { company: only("nobody"), ..all() }).await.len(), 0);
        assert_eq!(of(AuditQuery { company: without("nobody"), ..all() }).await.len(), 4);
        // By whom and to whom.
        assert_eq!(of(AuditQuery { person: only(KIM), ..all() }).await, [UserDeactivated]);
        assert_eq!(of(AuditQuery { person: only("petra"), ..all() }).await, [UserDeactivated]);
        assert_eq!(of(AuditQuery { person: only("rita"), ..all() }).await, [UserCreated, SignedIn]);
        assert_eq!(of(AuditQuery { person: without("rita"), ..all() }).await, [UserDeactivated, SignedIn]);
        // Several at once.
        let both = AuditQuery { person: only("rita"), company: only("bau"), ..all() };
        assert_eq!(of(both).await.len(), 0);
        let both = AuditQuery { person: only("rita"), company: only(SOLO), event: "people".into(), ..all() };
        assert_eq!(of(both).await, [UserCreated]);
        let staff = AuditQuery { company: only("bau"), by: only("staff"), ..all() };
        assert_eq!(of(staff).await, [UserDeactivated]);
        // The tests' clock begins on the 21st of November 2026 in UTC, the shop is an hour ahead.
        let day = |text| Day::parse(text);
        assert_eq!(of(AuditQuery { from: day("2026-11-21"), to: day("2026-11-21"), ..all() }).await.len(), 4);
        assert_eq!(of(AuditQuery { to: day("2026-11-20"), ..all() }).await.len(), 0);
        assert_eq!(of(AuditQuery { from: day("2026-11-22"), ..all() }).await.len(), 0);
        let day = AuditQuery { from: day("2026-11-21"), by: only("staff"), ..all() };
        assert_eq!(of(day).await, [UserDeactivated]);
    })
    .await;
}

#[tokio::test]
async fn more_people_than_are_looked_for_are_told() {
    both(async |portal| {
        let company = portal.company_named("77").await;
        for n in 0..21 {
            portal.person(company, "Many", &format!("u{n:02}@many.example"), &[Role::MainContact]).await;
        }
        portal.enter("u03@many.example").await;
        let auditor = portal.staff(StaffRole::Auditor).await;
        let many = AuditQuery { person: only("many"), ..AuditQuery::default() };
        assert!(listed(portal, &auditor, &many).await.too_many);
        let one = AuditQuery { person: only("u03@many.example"), ..AuditQuery::default() };
        let found = listed(portal, &auditor, &one).await;
        assert_eq!((found.too_many, found.entries.rows.len()), (false, 1));
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_both_ways() {
    both(async |portal| {
        portal.bau().await;
        for _ in 0..59 {
            portal.enter(MARTA).await;
        }
        let auditor = portal.staff(StaffRole::Auditor).await;
        let queries = [
            AuditQuery::default(),
            AuditQuery { event: "signing_in".into(), ..AuditQuery::default() },
            AuditQuery { company: only("bau"), ..AuditQuery::default() },
            AuditQuery { person: only(MARTA), without: "changes".into(), ..AuditQuery::default() },
            AuditQuery { person: without("nobody"), ..AuditQuery::default() },
        ];
        for query in queries {
            let page = async |after: Option<String>, before: Option<String>| {
                listed(portal, &auditor, &AuditQuery { after, before, ..query.clone() }).await.entries
            };
            let first = page(None, None).await;
            assert_eq!(
                (first.rows.len(), first.total.n, first.before.is_none()),
                (25, 60, true),
                "{query:?}"
            );
            let second = page(first.after.clone(), None).await;
            let third = page(second.after.clone(), None).await;
            assert_eq!((third.rows.len(), third.after.is_none()), (10, true), "{query:?}");
            assert_eq!(page(None, third.before).await.rows, second.rows);
            assert_eq!(page(None, second.before).await.rows, first.rows);
            // A place that is none counts as not given.
            assert_eq!(page(Some("00".repeat(32)), None).await.rows, first.rows);
        }
    })
    .await;
}

#[tokio::test]
async fn only_those_with_the_right_read_check_and_choose() {
    both(async |portal| {
        let (bau, auditor) = history(portal).await;
        let center = &portal.center;
        let query = AuditQuery::default();
        for actor in [&anybody(), &bau.chief] {
            assert_eq!(refused(office::list(center, actor, &query).await), ErrorCode::Unauthenticated);
            assert_eq!(refused(office::chain(center, actor).await), ErrorCode::Unauthenticated);
            assert_eq!(refused(office::check_chain(center, actor, true).await), ErrorCode::Unauthenticated);
            assert_eq!(refused(office::export(center, actor, &query).await), ErrorCode::Unauthenticated);
            assert_eq!(
                refused(office::set_retention(center, actor, "1", "").await),
                ErrorCode::Unauthenticated
            );
        }
        let lacks = |result: Result<(), Error>| matches!(result, Err(Error::OfficeLacks(_)));
        for role in [StaffRole::Service, StaffRole::Editor] {
            let staff = portal.staff(role).await;
            assert!(lacks(office::list(center, &staff, &query).await.map(drop)));
            assert!(lacks(office::chain(center, &staff).await.map(drop)));
            assert!(lacks(office::check_chain(center, &staff, false).await));
            assert!(lacks(office::export_json(center, &staff, &query).await.map(drop)));
        }
        assert!(lacks(office::set_retention(center, &auditor, "1", "").await));
        assert!(!office::chain(center, &auditor).await.unwrap().can_choose);
    })
    .await;
}

#[tokio::test]
async fn an_export_holds_what_the_filters_leave_and_is_told_of() {
    both(async |portal| {
        let (_, auditor) = history(portal).await;
        let center = &portal.center;
        let query =
            AuditQuery { company: only("bau"), without: "signing_in".into(), ..AuditQuery::default() };
        let export = office::export(center, &auditor, &query).await.unwrap();
        let told: Vec<_> = export.rows.iter().map(|row| row.event.unwrap()).collect();
        assert_eq!((told, export.more), (vec![Event::UserDeactivated], false));
        assert_eq!(export.rows[0].company.as_ref().unwrap().name, "Bau-Partner GmbH");
        let nothing = AuditQuery { company: only("nobody"), ..AuditQuery::default() };
        assert_eq!(office::export_json(center, &auditor, &nothing).await.unwrap().rows.len(), 0);
        let data =
            portal.rows("SELECT data FROM audit WHERE event = 'audit_exported' ORDER BY seq", vec![]).await;
        let data: serde_json::Value = serde_json::from_str(&data[0].get::<String>("data").unwrap()).unwrap();
        assert_eq!(data["after"]["entries"], 1);
        assert_eq!(data["after"]["filter"], "without=signing_in, company=bau");
        portal.clock.advance(10 * MINUTE);
        assert_eq!(refused(office::export(center, &auditor, &query).await), ErrorCode::ReauthRequired);
    })
    .await;
}

#[tokio::test]
async fn the_chain_is_checked_on_demand() {
    both(async |portal| {
        let (_, auditor) = history(portal).await;
        let center = &portal.center;
        let check = async || office::chain(center, &auditor).await.unwrap().check;
        assert_eq!(check().await, ChainCheck::Never);
        office::check_chain(center, &auditor, false).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Whole { entry: 4, .. }));
        // It goes on with what was written since, the check itself among it.
        portal.enter(MARTA).await;
        office::check_chain(center, &auditor, false).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Whole { entry: 6, .. }));
        let told = portal.events().await;
        assert_eq!(told.iter().filter(|event| *event == "audit_checked").count(), 2);
        // A change before that is seen by a check from the beginning.
        let triggers = if portal.is_sqlite() {
            ["DROP TRIGGER audit_is_append_only_update", "DROP TRIGGER audit_is_append_only_delete"].as_slice()
        } else {
            ["ALTER TABLE audit DISABLE TRIGGER USER"].as_slice()
        };
        for sql in triggers {
            portal.execute(sql, vec![]).await;
        }
        portal.execute("UPDATE audit SET at = at + 1 WHERE seq = 2", vec![]).await;
        office::check_chain(center, &auditor, false).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Whole { .. }));
        office::check_chain(center, &auditor, true).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Broken { entry: 2, .. }));
        assert_eq!(portal.events().await.last().unwrap(), "audit_broken");
        portal.execute("UPDATE audit SET at = at - 1 WHERE seq = 2", vec![]).await;
        office::check_chain(center, &auditor, false).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Whole { .. }));
        // Its end, too.
        portal.execute("CREATE TABLE kept AS SELECT * FROM audit WHERE seq >= 9", vec![]).await;
        portal.execute("DELETE FROM audit WHERE seq >= 9", vec![]).await;
        office::check_chain(center, &auditor, true).await.unwrap();
        assert!(matches!(check().await, ChainCheck::Broken { entry: 9, .. }));
        portal.execute("DELETE FROM audit WHERE seq >= 9", vec![]).await;
        portal.execute("INSERT INTO audit SELECT * FROM kept", vec![]).await;
        let head = "UPDATE audit_head SET seq = (SELECT max(seq) FROM audit), hash = (SELECT hash FROM audit ORDER BY seq DESC LIMIT 1)";
        portal.execute(head, vec![]).await;
    })
    .await;
}

#[tokio::test]
async fn entries_are_kept_as_long_as_was_chosen() {
    both(async |portal| {
        let center = &portal.center;
        portal.bau().await;
        for _ in 0..3 {
            portal.enter(MARTA).await;
        }
        let chief = portal.staff(StaffRole::Administrator).await;
        for bad in ["0", "31", "-1", "x", "1.5"] {
            let answer = office::set_retention(center, &chief, bad, "").await;
            assert_eq!(issue(answer), ("years".to_owned(), FieldIssue::UnknownChoice));
        }
        assert_eq!(refused(office::set_retention(center, &chief, "2", "3").await), ErrorCode::Conflict);
        // Nothing goes as long as nothing was chosen.
        portal.clock.advance(4 * 366 * DAY);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await.len(), 4);
        let late = office::set_retention(center, &chief, "2", "").await;
        assert_eq!(refused(late), ErrorCode::ReauthRequired);
        let chief = portal.staff(StaffRole::Administrator).await;
        office::set_retention(center, &chief, "2", "").await.unwrap();
        let page = office::chain(center, &chief).await.unwrap();
        assert_eq!((page.years, page.counts_from.is_some(), page.cut.is_none()), (Some(2), true, true));
        // Nor in the week after.
        portal.clock.advance(7 * DAY - 1);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await.len(), 5);
        portal.clock.advance(1);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await, ["audit_retention_changed", "audit_cut"]);
        assert_eq!(portal.breaches().await, Vec::<String>::new());
        let chief = portal.staff(StaffRole::Administrator).await;
        let page = office::chain(center, &chief).await.unwrap();
        assert_eq!((page.cut.unwrap().entry, page.last, page.counts_from), (4, 6, None));
        office::check_chain(center, &chief, true).await.unwrap();
        let check = office::chain(center, &chief).await.unwrap().check;
        assert!(matches!(check, ChainCheck::Whole { entry: 6, .. }));
        // The list begins behind the cut, and nothing more goes.
        assert_eq!(listed(portal, &chief, &AuditQuery::default()).await.entries.rows.len(), 3);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await.len(), 3);
        // Not even the last entry, when nobody comes for years.
        portal.clock.advance(10 * 366 * DAY);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await, ["audit_checked", "audit_cut"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_but_the_retention_moves_the_seal() {
    both(async |portal| {
        let center = &portal.center;
        portal.bau().await;
        for _ in 0..3 {
            portal.enter(MARTA).await;
        }
        let year = 366 * DAY;
        let seal = "UPDATE audit_seal SET seq = $1, hash = (SELECT hash FROM audit WHERE seq = $1), kept_from = $2, cut_at = $3";
        let try_seal = async |seq: i64, kept_from: i64, cut_at: i64| {
            let mut tx = center.db().write().await.unwrap();
            let values = vec![seq.into(), kept_from.into(), cut_at.into()];
            tx.execute(seal, values).await.map(drop).map_err(|error| error.to_string())
        };
        let now = center.now();
        // Nobody chose that anything goes.
        assert!(try_seal(2, now + year, now + 2 * year).await.is_err());
        let chief = portal.staff(StaffRole::Administrator).await;
        office::set_retention(center, &chief, "1", "").await.unwrap();
        assert!(try_seal(2, now + 1, now + 1 + year).await.is_ok());
        for (seq, kept_from, cut_at) in [
            // younger than a year
            (2, now + 1, now + 100 * DAY),
            // to be kept
            (2, now, now + year),
            // the end
            (5, now + 1, now + year),
            // not there
            (9, now + 1, now + year),
            // backwards
            (0, now + 1, now + year),
        ] {
            let told = try_seal(seq, kept_from, cut_at).await.unwrap_err();
            assert!(told.contains("seal") || told.contains("null") || told.contains("NULL"), "{seq}: {told}");
        }
        for sql in ["DELETE FROM audit_seal", "DELETE FROM audit WHERE seq = 1"] {
            let mut tx = center.db().write().await.unwrap();
            assert!(tx.execute(sql, vec![]).await.is_err(), "{sql}");
        }
        // A seal that fits, but of which the trail does not tell, is seen.
        let mut tx = center.db().write().await.unwrap();
        let values = vec![2_i64.into(), (now + 1).into(), (now + 1 + year).into()];
        tx.execute("CREATE TABLE kept AS SELECT * FROM audit WHERE seq <= 2", vec![]).await.unwrap();
        tx.execute(seal, values).await.unwrap();
        tx.execute("DELETE FROM audit WHERE seq <= 2", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let breaches = portal.breaches().await;
        assert!(breaches.len() == 1 && breaches[0].contains("something else"), "{breaches:?}");
        // As it was.
        let back = if portal.is_sqlite() {
            ["DROP TRIGGER audit_seal_moves_on", "UPDATE audit_seal SET seq = 0, hash = zeroblob(32)"]
        } else {
            [
                "ALTER TABLE audit_seal DISABLE TRIGGER USER",
                "UPDATE audit_seal SET seq = 0, hash = decode(repeat('00', 32), 'hex')",
            ]
        };
        for sql in back {
            portal.execute(sql, vec![]).await;
        }
        let breaches = portal.breaches().await;
        assert!(breaches.len() == 1 && breaches[0].contains("misses entry 1"), "{breaches:?}");
        portal.execute("INSERT INTO audit SELECT * FROM kept", vec![]).await;
    })
    .await;
}

#[tokio::test]
async fn a_chain_that_is_not_in_order_is_not_cut() {
    both(async |portal| {
        let center = &portal.center;
        portal.bau().await;
        for _ in 0..3 {
            portal.enter(MARTA).await;
        }
        let chief = portal.staff(StaffRole::Administrator).await;
        office::set_retention(center, &chief, "1", "").await.unwrap();
        let trigger = if portal.is_sqlite() {
            "DROP TRIGGER audit_is_append_only_update"
        } else {
            "ALTER TABLE audit DISABLE TRIGGER USER"
        };
        portal.execute(trigger, vec![]).await;
        portal.execute("UPDATE audit SET at = at + 1 WHERE seq = 3", vec![]).await;
        portal.clock.advance(3 * 366 * DAY);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.events().await.len(), 5);
        portal.execute("UPDATE audit SET at = at - 1 WHERE seq = 3", vec![]).await;
    })
    .await;
}
