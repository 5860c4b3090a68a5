//! The ERP in the Back Office: how it does, what it was asked, and imports into the embedded one.

use std::sync::Arc;
use std::time::Duration;

use center::access::Actor;
use center::erp::{ImportFile, ImportProblem, Maintenance};
use center::office::customers;
use center::office::erp::{self as office, Found, Received, Work};
use center::{Center, Parts, Seal, SystemEntropy, jobs};
use model::{
    CustomerNumber, ErpCallsQuery, ErpImportFault, ErpImportId, ErpImportState, ErpOperation, ErpOutcome,
    ErrorCode, OfficeRight, StaffRole,
};

use crate::support::*;

const CUSTOMERS: &str = "customer_number,name,currency,language,customer_center,administrator_email,street,\
                         postal_code,city,country,phone\n";
const CONTACTS: &str = "customer_number,contact_number,salutation,name,email,phone,is_main,is_company\n";
const INVOICES: &str = "customer_number,invoice_number,date,currency,total\n";

const EMBEDDED: Variant = Variant { one_step: false, embedded: true };

/// Two customers, a contact and an invoice.
fn good() -> [String; 3] {
    [
        format!(
            "{CUSTOMERS}10-1,Bau Müller,EUR,de,yes,anna@mueller.example,,,,,\n10-2,Corner Shop,USD,en,no,,,,,,\n"
        ),
        format!("{CONTACTS}10-1,KT-1,ms,Anna Müller,anna@mueller.example,,yes,no\n"),
        format!("{INVOICES}10-1,RE-7,2026-02-28,EUR,1234.50\n"),
    ]
}

/// Sends these files, as a form does.
async fn upload(portal: &Portal, actor: &Actor, files: &[String; 3]) -> ErpImportId {
    let mut upload = office::receive(&portal.center, actor).await.unwrap();
    for (file, text) in ImportFile::ALL.into_iter().zip(files) {
        for piece in text.as_bytes().chunks(7_000) {
            assert!(upload.take(file, piece).await.unwrap());
        }
    }
    match upload.finish().await.unwrap() {
        Received::All(id) => id,
        other => panic!("the files were not kept: {other:?}"),
    }
}

/// The import once nothing is under way any more.
async fn at_rest(portal: &Portal, actor: &Actor, id: ErpImportId) -> Found {
    for _ in 0..3_000 {
        let found = office::import(&portal.center, actor, id).await.unwrap();
        if found.progress.is_none() {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the import does not end");
}

async fn worked(portal: &Portal, actor: &Actor, id: ErpImportId, work: Work) -> Found {
    office::begin(&portal.center, actor, id, work).await.unwrap();
    at_rest(portal, actor, id).await
}

async fn customers_known(portal: &Portal) -> i64 {
    portal.count("SELECT count(*) AS n FROM erp_customers", vec![]).await
}

async fn parts(portal: &Portal) -> i64 {
    portal.count("SELECT count(*) AS n FROM erp_import_parts", vec![]).await
}

#[tokio::test]
async fn files_are_checked_and_then_written_as_a_whole() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let id = upload(portal, &staff, &good()).await;
        let checked = worked(portal, &staff, id, Work::Check).await;
        assert_eq!(checked.line.state, ErpImportState::Checked);
        assert_eq!((checked.line.records, checked.line.errors), (4, 0));
        assert_eq!(customers_known(portal).await, 0, "nothing is written yet");
        assert!(!checked.kept_until.is_empty() && checked.can_manage && checked.open);

        let written = worked(portal, &staff, id, Work::Write).await;
        assert_eq!(written.line.state, ErpImportState::Done);
        assert_eq!(written.line.by, "Petra administrator");
        let report = written.report.unwrap();
        assert!(report.written);
        assert_eq!(report.files.iter().map(|file| file.inserted).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!((customers_known(portal).await, parts(portal).await), (2, 0));
        let found = center::erp::CustomerQuery { text: "müll".into(), most: 5, ..Default::default() };
        let found = portal.center.erp().customer_search().unwrap().find_customers(&found).await.unwrap();
        assert_eq!(found.len(), 1, "the import keeps what customers are found by");

        portal.clock.advance(MINUTE);
        let again = upload(portal, &staff, &good()).await;
        let unchanged = worked(portal, &staff, again, Work::Check).await;
        assert_eq!((unchanged.line.state, unchanged.line.records), (ErpImportState::Checked, 0));
        assert_eq!(
            portal.events().await,
            [
                "erp_files_uploaded",
                "erp_import_checked",
                "erp_imported",
                "erp_files_uploaded",
                "erp_import_checked"
            ]
        );
        let status = office::status(&portal.center, &staff).await.unwrap();
        assert_eq!(status.last_import.unwrap().id, id);
        let list = office::imports(&portal.center, &staff).await.unwrap();
        assert_eq!(list.imports.iter().map(|line| line.id).collect::<Vec<_>>(), [again, id]);
        assert_eq!(list.holds_up, portal.is_sqlite());
        // What is done is done once.
        for work in [Work::Check, Work::Write] {
            assert_eq!(refused(office::begin(&portal.center, &staff, id, work).await), ErrorCode::WrongState);
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_rows_are_told_and_nothing_of_their_files_is_kept() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let mut files = good();
        files[1] += "10-9,KT-2,ms,Nobody,,,maybe,no\n10-1,KT-3,sir,Somebody,not an address,,no,no\n";
        let id = upload(portal, &staff, &files).await;
        let refused_import = worked(portal, &staff, id, Work::Check).await;
        assert_eq!(refused_import.line.state, ErpImportState::Refused);
        let errors = office::errors(&portal.center, &staff, id).await.unwrap().errors;
        let told: Vec<_> = errors
            .iter()
            .map(|error| (error.file.name(), error.line, error.column.unwrap_or_default()))
            .collect();
        assert_eq!(
            told,
            [
                ("contacts.csv", 3, "is_main"),
                ("contacts.csv", 3, "customer_number"),
                ("contacts.csv", 4, "salutation"),
                ("contacts.csv", 4, "email"),
            ]
        );
        assert_eq!(errors[0].problem, ImportProblem::Flag("maybe".to_owned()));
        assert_eq!(refused_import.line.errors, 4);
        assert_eq!((customers_known(portal).await, parts(portal).await), (0, 0));
        assert_eq!(
            refused(office::begin(&portal.center, &staff, id, Work::Write).await),
            ErrorCode::WrongState
        );
        // A file with another header says so.
        files = good();
        files[0] = "number;name\n1;A\n".to_owned();
        let id = upload(portal, &staff, &files).await;
        worked(portal, &staff, id, Work::Check).await;
        let errors = office::errors(&portal.center, &staff, id).await.unwrap().errors;
        assert_eq!(errors[0].problem, ImportProblem::Separator(';'));
    })
    .await;
}

#[tokio::test]
async fn large_files_come_in_parts_and_a_lost_one_spoils_the_whole() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let long = "x".repeat(100);
        let rows = (0..4_000).map(|n| format!("{n},{long},EUR,de,no,,{long},1,{long},DE,\n"));
        let files = [format!("{CUSTOMERS}{}", rows.collect::<String>()), String::new(), String::new()];
        assert!(files[0].len() > 1024 * 1024);
        let id = upload(portal, &staff, &files).await;
        assert_eq!(parts(portal).await, 4, "two of the one that was sent, one header of each other");
        let checked = worked(portal, &staff, id, Work::Check).await;
        assert_eq!((checked.line.state, checked.line.records), (ErpImportState::Checked, 4_000));
        let report = checked.report.unwrap();
        assert_eq!(report.files.iter().map(|file| file.rows).collect::<Vec<_>>(), [4_000, 0, 0]);

        portal.execute("DELETE FROM erp_import_parts WHERE file = 'customers' AND part = 1", vec![]).await;
        let broken = worked(portal, &staff, id, Work::Write).await;
        assert_eq!(
            (broken.line.state, broken.fault),
            (ErpImportState::Checked, Some(ErpImportFault::Failed))
        );
        assert_eq!(customers_known(portal).await, 0);
        assert!(portal.events().await.contains(&"erp_import_failed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn one_import_is_under_way_on_all_nodes_together() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let (id, other) = (upload(portal, &staff, &good()).await, upload(portal, &staff, &good()).await);
        // As another node leaves it while it works.
        let works = "UPDATE erp_state SET import_id = $1, import_beat = $2";
        portal.execute(works, vec![other.into(), portal.center.now().into()]).await;
        portal.execute("UPDATE erp_imports SET state = 'importing', at_file = 'contacts', at_rows = 5, at_bytes = 100 WHERE id = $1", vec![other.into()]).await;
        if portal.is_sqlite() {
            // There is no other node: that one has ended.
            let found = office::import(&portal.center, &staff, other).await.unwrap();
            assert_eq!(found.line.state, ErpImportState::Interrupted);
        } else {
            assert_eq!(
                refused(office::begin(&portal.center, &staff, id, Work::Check).await),
                ErrorCode::WrongState
            );
            assert_eq!(refused(office::discard(&portal.center, &staff, other).await), ErrorCode::WrongState);
            let found = office::import(&portal.center, &staff, other).await.unwrap();
            let progress = found.progress.unwrap();
            assert_eq!((progress.file.as_str(), progress.rows), ("contacts.csv", 5));
            assert!(progress.percent > 0 && progress.percent < 100);
            assert!(office::import(&portal.center, &staff, id).await.unwrap().waits);
            portal.clock.advance(MINUTE);
            let found = office::import(&portal.center, &staff, other).await.unwrap();
            assert_eq!(found.line.state, ErpImportState::Interrupted, "that node gave no sign of life");
        }
        assert_eq!(worked(portal, &staff, id, Work::Check).await.line.state, ErpImportState::Checked);
        assert_eq!(worked(portal, &staff, other, Work::Check).await.line.state, ErpImportState::Checked);
        office::discard(&portal.center, &staff, other).await.unwrap();
        let found = office::import(&portal.center, &staff, other).await.unwrap();
        assert_eq!((found.line.state, found.kept_until.as_str()), (ErpImportState::Discarded, ""));
        assert_eq!(refused(office::discard(&portal.center, &staff, other).await), ErrorCode::WrongState);
        // Of several at once one begins.
        let begun: Vec<_> = (0..4)
            .map(|_| {
                let (center, staff) = (Arc::clone(&portal.center), staff.clone());
                async move { office::begin(&center, &staff, id, Work::Write).await.is_ok() }
            })
            .collect();
        let begun = portal.together(begun).await;
        assert_eq!(begun.iter().filter(|begun| **begun).count(), 1, "{begun:?}");
        assert_eq!(at_rest(portal, &staff, id).await.line.state, ErpImportState::Done);
    })
    .await;
}

#[tokio::test]
async fn files_that_nobody_imports_go() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let mut ids = Vec::new();
        for _ in 0..6 {
            portal.clock.advance(SECOND);
            ids.push(upload(portal, &staff, &good()).await);
        }
        let state = async |id| office::import(&portal.center, &staff, id).await.unwrap().line.state;
        assert_eq!(state(ids[0]).await, ErpImportState::Discarded, "the oldest of many");
        assert_eq!(state(ids[1]).await, ErpImportState::Arrived);
        // One that never came as a whole.
        let mut half = office::receive(&portal.center, &staff).await.unwrap();
        let much = vec![b'x'; 2_000_000];
        half.take(ImportFile::Customers, &much).await.unwrap();
        drop(half);
        portal.clock.advance(23 * HOUR);
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(
            portal.count("SELECT count(*) AS n FROM erp_imports WHERE state = 'arriving'", vec![]).await,
            0
        );
        assert_eq!(state(ids[1]).await, ErpImportState::Arrived);
        portal.clock.advance(HOUR);
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(state(ids[5]).await, ErpImportState::Discarded);
        assert_eq!(parts(portal).await, 0);
        portal.clock.advance(91 * DAY);
        jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM erp_imports", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn nothing_and_too_much_is_not_taken() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let nothing = office::receive(&portal.center, &staff).await.unwrap();
        assert_eq!(nothing.finish().await.unwrap(), Received::Nothing);
        let mut large = office::receive(&portal.center, &staff).await.unwrap();
        let piece = vec![b'x'; 8 * 1024 * 1024];
        let mut taken = 0;
        while large.take(ImportFile::Invoices, &piece).await.unwrap() {
            taken += piece.len();
        }
        assert_eq!(taken, model::ERP_UPLOAD_MAX);
        large.give_up().await.unwrap();
        assert_eq!((parts(portal).await, portal.events().await.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_erp_that_takes_no_imports_refuses_them() {
    both_with(EMBEDDED, async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let id = upload(portal, &staff, &good()).await;
        let parts = Parts {
            db: portal.center.db().clone(),
            clock: Arc::clone(&portal.clock) as _,
            entropy: Arc::new(SystemEntropy),
            erp: Arc::new(Maintenance),
            settings: portal.center.settings().clone(),
            seal: Seal::new("the key of this test"),
        };
        let center = Arc::new(Center::new(parts).unwrap());
        assert_eq!(refused(office::receive(&center, &staff).await.map(|_| ())), ErrorCode::WrongState);
        assert_eq!(refused(office::begin(&center, &staff, id, Work::Check).await), ErrorCode::WrongState);
        assert!(!office::imports(&center, &staff).await.unwrap().open);
        jobs::watch(&center).await.unwrap();
        let status = office::status(&center, &staff).await.unwrap();
        assert_eq!((status.adapter, status.reachable), (model::ErpAdapter::Maintenance, Some(false)));
        assert_eq!(status.day.calls, 0, "looking after it is nobody's question");
        // Its files can still be thrown away.
        office::discard(&center, &staff, id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_erp_was_asked_is_told_without_what_it_was_about() {
    both(async |portal| {
        let (center, staff) = (&portal.center, portal.staff(StaffRole::Auditor).await);
        let page = office::status(center, &staff).await.unwrap();
        assert_eq!((page.reachable, page.day.calls, page.hours.len()), (None, 0, 24));
        let service = portal.staff(StaffRole::Service).await;
        customers::record(center, &service, BAU).await.unwrap();
        assert_eq!(refused(customers::record(center, &service, "99-99").await), ErrorCode::NotFound);
        portal.erp.set_down(true);
        customers::record(center, &service, BAU).await.unwrap_err();
        jobs::watch(center).await.unwrap();

        let page = office::status(center, &staff).await.unwrap();
        assert_eq!(page.reachable, Some(false));
        assert_eq!((page.day.calls, page.day.unanswered), (4, 1));
        assert_eq!(page.hours.last().unwrap().calls, 4);
        assert!(page.day.median > 0 && page.day.median <= page.day.slow);
        let calls = office::calls(center, &staff, &ErpCallsQuery::default()).await.unwrap();
        let mut told: Vec<_> =
            calls.rows.iter().map(|row| (row.operation.key(), row.outcome, row.entries)).collect();
        told.sort_by_key(|(operation, _, entries)| (*operation, *entries));
        assert_eq!(
            told,
            [
                ("contacts", ErpOutcome::Answered, Some(3)),
                ("customer", ErpOutcome::Unavailable, None),
                ("customer", ErpOutcome::Answered, Some(0)),
                ("customer", ErpOutcome::Answered, Some(1)),
            ]
        );
        let query = ErpCallsQuery { outcome: Some(ErpOutcome::Unavailable), ..ErpCallsQuery::default() };
        assert_eq!(office::calls(center, &staff, &query).await.unwrap().rows.len(), 1);
        let query = ErpCallsQuery { operation: Some(ErpOperation::Contacts), ..ErpCallsQuery::default() };
        assert_eq!(office::calls(center, &staff, &query).await.unwrap().total.n, 1);

        // Since when it is silent stays, however often that is noted; then it answers again.
        let since = portal.count("SELECT since AS n FROM erp_state", vec![]).await;
        portal.clock.advance(2 * MINUTE);
        jobs::watch(center).await.unwrap();
        assert_eq!(portal.count("SELECT since AS n FROM erp_state", vec![]).await, since);
        assert_eq!(portal.count("SELECT seen_at AS n FROM erp_state", vec![]).await, center.now());
        portal.erp.set_down(false);
        portal.clock.advance(MINUTE);
        jobs::watch(center).await.unwrap();
        let page = office::status(center, &staff).await.unwrap();
        assert_eq!((page.reachable, page.day.calls), (Some(true), 4));
        assert_eq!(portal.count("SELECT since AS n FROM erp_state", vec![]).await, center.now());
    })
    .await;
}

#[tokio::test]
async fn the_request_log_is_turned_page_by_page_and_bounded() {
    both(async |portal| {
        let (center, staff) = (&portal.center, portal.staff(StaffRole::Service).await);
        let number = CustomerNumber::parse(BAU).unwrap();
        for _ in 0..60 {
            portal.clock.advance(SECOND);
            center.erp().customer(&number).await.unwrap();
        }
        jobs::watch(center).await.unwrap();
        let first = office::calls(center, &staff, &ErpCallsQuery::default()).await.unwrap();
        assert_eq!((first.rows.len(), first.total.n, first.before), (25, 60, None));
        let next = ErpCallsQuery { after: first.after.clone(), ..ErpCallsQuery::default() };
        let second = office::calls(center, &staff, &next).await.unwrap();
        assert!(second.rows[0].at < first.rows[24].at);
        let back = ErpCallsQuery { before: second.before, ..ErpCallsQuery::default() };
        assert_eq!(office::calls(center, &staff, &back).await.unwrap().rows, first.rows);
        // Under load some are listed and all are counted.
        for _ in 0..700 {
            center.erp().customer(&number).await.unwrap();
        }
        jobs::watch(center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM erp_calls", vec![]).await, 60 + 250);
        assert_eq!(office::status(center, &staff).await.unwrap().day.calls, 760);
        portal.clock.advance(8 * DAY);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM erp_calls", vec![]).await, 0);
        assert!(portal.count("SELECT count(*) AS n FROM erp_hours", vec![]).await > 0);
        portal.clock.advance(24 * DAY);
        jobs::sweep(center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM erp_hours", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn noting_what_was_asked_fails_nobody() {
    both(async |portal| {
        let (center, staff) = (&portal.center, portal.staff(StaffRole::Service).await);
        center.erp().customer(&CustomerNumber::parse(BAU).unwrap()).await.unwrap();
        portal.execute("ALTER TABLE erp_calls RENAME TO erp_calls_away", vec![]).await;
        jobs::watch(center).await.unwrap_err();
        customers::record(center, &staff, BAU).await.unwrap();
        portal.execute("ALTER TABLE erp_calls_away RENAME TO erp_calls", vec![]).await;
        jobs::watch(center).await.unwrap();
        assert_eq!(
            office::status(center, &staff).await.unwrap().day.calls,
            3,
            "what could not be stored waited"
        );
    })
    .await;
}

#[tokio::test]
async fn service_and_auditor_read_and_administrators_import() {
    both_with(EMBEDDED, async |portal| {
        let center = &portal.center;
        let office_actor = portal.staff(StaffRole::Administrator).await;
        let id = upload(portal, &office_actor, &good()).await;
        let lacks = |error: center::Error| match error {
            center::Error::OfficeLacks(right) => right,
            other => panic!("not for lack of a right: {other}"),
        };
        for role in [StaffRole::Service, StaffRole::Auditor] {
            let reader = portal.staff(role).await;
            office::status(center, &reader).await.unwrap();
            office::calls(center, &reader, &ErpCallsQuery::default()).await.unwrap();
            assert!(!office::imports(center, &reader).await.unwrap().can_manage);
            assert!(!office::import(center, &reader, id).await.unwrap().can_manage);
            let manage = OfficeRight::ErpManage;
            assert_eq!(lacks(office::receive(center, &reader).await.map(|_| ()).unwrap_err()), manage);
            assert_eq!(lacks(office::begin(center, &reader, id, Work::Check).await.unwrap_err()), manage);
            assert_eq!(lacks(office::begin(center, &reader, id, Work::Write).await.unwrap_err()), manage);
            assert_eq!(lacks(office::discard(center, &reader, id).await.unwrap_err()), manage);
        }
        let editor = portal.staff(StaffRole::Editor).await;
        let view = OfficeRight::ErpView;
        assert_eq!(lacks(office::status(center, &editor).await.unwrap_err()), view);
        assert_eq!(lacks(office::calls(center, &editor, &ErpCallsQuery::default()).await.unwrap_err()), view);
        assert_eq!(lacks(office::import(center, &editor, id).await.unwrap_err()), view);
        assert_eq!(lacks(office::errors(center, &editor, id).await.unwrap_err()), view);
        assert_eq!(refused(office::status(center, &anybody()).await), ErrorCode::Unauthenticated);
        let nowhere = ErpImportId(center.new_id());
        assert_eq!(
            refused(office::begin(center, &office_actor, nowhere, Work::Check).await),
            ErrorCode::NotFound
        );
        assert_eq!(refused(office::import(center, &office_actor, nowhere).await), ErrorCode::NotFound);
    })
    .await;
}
