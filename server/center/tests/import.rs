//! The import of ERP data: what it writes, what it refuses, and that a refused one leaves no trace.
//! Runs on SQLite and, when `CC_TEST_POSTGRES_URL` names a server, in fresh databases on Postgres too.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something unexpected happens")]

mod mail_support;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use center::erp::{
    EmbeddedErp, Erp, FileReport, ImportError, ImportFile, ImportOptions, ImportProblem, ImportProgress,
    ImportReport, ImportSource, RowError,
};
use center::office::erp::import_from;
use center::store::{Backend, Db};
use center::{Center, Parts, Seal, SystemClock, SystemEntropy};
use mail_support::migrated::{self, OnServer};
use mail_support::settings;
use model::{ContactNumber, Currency, CustomerNumber, InvoiceNumber, Locale, Salutation};
use proptest::prelude::*;

/// As the command line imports.
async fn import(
    db: &Db,
    source: ImportSource,
    options: ImportOptions,
    progress: impl FnMut(ImportProgress) + Send,
) -> Result<ImportReport, ImportError> {
    let parts = Parts {
        db: db.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        erp: Arc::new(EmbeddedErp::new(db.clone())),
        settings: settings(),
        seal: Seal::new("the key of these tests"),
    };
    import_from(&Center::new(parts).unwrap(), &source, options, progress).await
}

/// Runs the test on every database there is.
async fn on_each_database(test: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&migrated::sqlite(folder.path()).await).await.unwrap();
    test(db.clone()).await;
    db.close().await;
    let Some(database) = OnServer::new().await else { return };
    let db = Db::open(&database.url).await.unwrap();
    test(db.clone()).await;
    db.close().await;
    database.discard().await;
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/import")
}

const CUSTOMERS: &str = "customer_number,name,currency,language,customer_center,administrator_email,street,\
                         postal_code,city,country,phone\n";
const CONTACTS: &str = "customer_number,contact_number,salutation,name,email,phone,is_main,is_company\n";
const INVOICES: &str = "customer_number,invoice_number,date,currency,total\n";

/// The texts of the three files.
#[derive(Clone)]
struct Files {
    customers: Vec<u8>,
    contacts: Vec<u8>,
    invoices: Vec<u8>,
}

impl Files {
    fn good() -> Self {
        Self::of(
            "10-1,Bau Müller,EUR,de,yes,Anna@Mueller.example,\"Weg 1, Hof\",01067,Dresden,DE,0351 1\n\
             10-2,Corner Shop,USD,en,no,,,,,,\n",
            "10-1,KT-1,ms,Anna Müller,anna@mueller.example,0351 2,yes,no\n\
             101,KT2,,Bau Müller,,,no,yes\n\
             10-2,KT3,mr,\"Bob \"\"B\"\" Ray\",bob@corner.example,,yes,no\n",
            "10-1,RE-7,2026-02-28,EUR,1234.50\n10-2,RE-8,2026-03-01,USD,7\n",
        )
    }

    /// Rows below the right headers.
    fn of(customers: &str, contacts: &str, invoices: &str) -> Self {
        Self {
            customers: format!("{CUSTOMERS}{customers}").into(),
            contacts: format!("{CONTACTS}{contacts}").into(),
            invoices: format!("{INVOICES}{invoices}").into(),
        }
    }

    /// With the first occurrence of a text in one file replaced.
    fn with(mut self, file: ImportFile, old: &str, new: &[u8]) -> Self {
        let text = match file {
            ImportFile::Customers => &mut self.customers,
            ImportFile::Contacts => &mut self.contacts,
            ImportFile::Invoices => &mut self.invoices,
        };
        let at = text.windows(old.len()).position(|part| part == old.as_bytes()).unwrap();
        text.splice(at..at + old.len(), new.iter().copied());
        self
    }

    async fn import(&self, db: &Db, dry_run: bool) -> ImportReport {
        self.import_as(db, ImportOptions { dry_run, complete: false }).await
    }

    async fn import_as(&self, db: &Db, options: ImportOptions) -> ImportReport {
        let source = ImportSource::Bytes {
            customers: Cow::Owned(self.customers.clone()),
            contacts: Cow::Owned(self.contacts.clone()),
            invoices: Cow::Owned(self.invoices.clone()),
        };
        import(db, source, options, |_| {}).await.unwrap()
    }
}

/// Rows, inserted, changed, unchanged of each file.
fn counts(report: &ImportReport) -> Vec<(u64, u64, u64, u64)> {
    report.files.iter().map(|f: &FileReport| (f.rows, f.inserted, f.changed, f.unchanged)).collect()
}

/// Everything that the three tables hold.
async fn content(db: &Db) -> Vec<String> {
    let rows = db
        .read()
        .await
        .unwrap()
        .all(
            "SELECT customer_key || '|' || customer_number || '|' || name || '|' || currency || '|' || language
                    || '|' || CASE WHEN customer_center THEN 'yes' ELSE 'no' END
                    || '|' || coalesce(administrator_email, 'none') || '|' || street || '|' || postal_code
                    || '|' || city || '|' || country || '|' || phone AS n FROM erp_customers
             UNION ALL
             SELECT customer_key || '|' || contact_key || '|' || contact_number || '|' || salutation
                    || '|' || name || '|' || coalesce(email, 'none') || '|' || phone
                    || '|' || CASE WHEN is_main THEN 'yes' ELSE 'no' END
                    || '|' || CASE WHEN is_company THEN 'yes' ELSE 'no' END FROM erp_contacts
             UNION ALL
             SELECT customer_key || '|' || invoice_key || '|' || invoice_number || '|' || date || '|' || currency
                    || '|' || CAST(total_minor AS TEXT) FROM erp_invoices",
            Vec::new(),
        )
        .await
        .unwrap();
    let mut lines: Vec<String> = rows.iter().map(|row| row.get("n").unwrap()).collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn the_demo_data_is_imported_and_read_back() {
    on_each_database(async |db| {
        let source = ImportSource::Folder(demo());
        let report = import(&db, source.clone(), ImportOptions::default(), |_| {}).await.unwrap();
        assert_eq!(report.errors, []);
        assert!(report.written);
        assert_eq!(counts(&report), [(439, 439, 0, 0), (544, 544, 0, 0), (32, 32, 0, 0)]);

        let erp = EmbeddedErp::new(db.clone());
        let number = CustomerNumber::parse("10 4020 000609").unwrap();
        let customer = erp.customer(&number).await.unwrap().unwrap();
        assert_eq!((customer.name.as_str(), customer.currency), ("Good Toys", Currency::USD));
        assert_eq!(customer.administrator.unwrap().as_str(), "david16@adventure-works.example");
        assert!(erp.has_invoice(&number, &InvoiceNumber::parse("in 71774").unwrap()).await.unwrap());
        let contacts = erp.contacts(&number).await.unwrap();
        assert!(contacts.len() >= 4);
        assert_eq!(contacts.iter().filter(|contact| contact.is_main).count(), 1);

        let before = content(&db).await;
        let again = import(&db, source, ImportOptions::default(), |_| {}).await.unwrap();
        assert_eq!(counts(&again), [(439, 0, 0, 439), (544, 0, 0, 544), (32, 0, 0, 32)]);
        assert!(again.written);
        assert_eq!(content(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn every_field_arrives() {
    on_each_database(async |db| {
        let report = Files::good().import(&db, false).await;
        assert_eq!(counts(&report), [(2, 2, 0, 0), (3, 3, 0, 0), (2, 2, 0, 0)]);
        let expected = [
            "101|10-1|Bau Müller|EUR|de|yes|anna@mueller.example|Weg 1, Hof|01067|Dresden|DE|0351 1",
            "101|KT1|KT-1|ms|Anna Müller|anna@mueller.example|0351 2|yes|no",
            "101|KT2|KT2|none|Bau Müller|none||no|yes",
            "101|RE7|RE-7|2026-02-28|EUR|123450",
            "102|10-2|Corner Shop|USD|en|no|none|||||",
            "102|KT3|KT3|mr|Bob \"B\" Ray|bob@corner.example||yes|no",
            "102|RE8|RE-8|2026-03-01|USD|700",
        ];
        assert_eq!(content(&db).await, expected);
        let erp = EmbeddedErp::new(db);
        let number = CustomerNumber::parse("10-1").unwrap();
        assert_eq!(erp.customer(&number).await.unwrap().unwrap().locale, Locale::De);
        let contact = erp.contact(&number, &ContactNumber::parse("kt1").unwrap()).await.unwrap().unwrap();
        assert_eq!((contact.salutation, contact.is_main), (Salutation::Ms, true));
        assert_eq!(erp.contact(&number, &ContactNumber::parse("KT2").unwrap()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_import_writes_what_differs_and_keeps_the_rest() {
    on_each_database(async |db| {
        Files::good().import(&db, false).await;
        let changed = Files::good().with(ImportFile::Contacts, "anna@mueller.example", b"").with(
            ImportFile::Invoices,
            "1234.50",
            b"1234.51",
        );
        assert_eq!(counts(&changed.import(&db, false).await), [(2, 0, 0, 2), (3, 0, 1, 2), (2, 0, 1, 1)]);
        let stored = content(&db).await.join("\n");
        assert!(stored.contains("101|KT1|KT-1|ms|Anna Müller|none|0351 2|yes|no"), "{stored}");
        assert!(stored.contains("123451"), "{stored}");

        // Another spelling of a number is the same record with a new face.
        let respelled = changed.with(ImportFile::Customers, "10-1,", b"101,");
        assert_eq!(counts(&respelled.import(&db, false).await)[0], (2, 0, 1, 1));

        // A partial export: contacts of a customer that only the database knows.
        let contacts = "10-2,KT4,ms,New,,,no,no\n10-2,KT3,mr,Bob Ray,bob@corner.example,,yes,no\n";
        let partial = Files::of("", contacts, "");
        assert_eq!(counts(&partial.import(&db, false).await), [(0, 0, 0, 0), (2, 1, 1, 0), (0, 0, 0, 0)]);
        assert_eq!(content(&db).await.len(), 8);
    })
    .await;
}

#[tokio::test]
async fn complete_files_take_away_what_they_no_longer_name() {
    on_each_database(async |db| {
        let complete = |dry_run| ImportOptions { dry_run, complete: true };
        let removed =
            |report: &ImportReport| report.files.iter().map(|file| file.removed).collect::<Vec<_>>();
        Files::good().import(&db, false).await;
        let before = content(&db).await;
        // As they are, nothing is gone.
        assert_eq!(removed(&Files::good().import_as(&db, complete(false)).await), [0, 0, 0]);
        assert_eq!(content(&db).await, before);

        // Anna has left, KT3 has gone over to the other customer, the invoice was cancelled.
        let later = Files::of(
            "10-1,Bau Müller,EUR,de,yes,Anna@Mueller.example,\"Weg 1, Hof\",01067,Dresden,DE,0351 1\n\
             10-2,Corner Shop,USD,en,no,,,,,,\n",
            "101,KT2,,Bau Müller,,,no,yes\n10-1,kt 3,mr,Bob Ray,bob@mueller.example,,no,no\n",
            "10-2,RE-8,2026-03-01,USD,7\n",
        );
        let report = later.import_as(&db, complete(true)).await;
        assert_eq!(removed(&report), [0, 2, 1]);
        assert_eq!(content(&db).await, before, "a dry run only counts");
        assert_eq!(removed(&later.import_as(&db, complete(false)).await), [0, 2, 1]);
        let after = content(&db).await;
        let keys: Vec<_> =
            after.iter().map(|row| row.split('|').take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(keys, ["101 10-1", "101 KT2", "101 KT3", "102 10-2", "102 RE8"]);
        let sql = "SELECT count(*) AS n FROM erp_customer_words WHERE word LIKE $1";
        for (name, found) in [("anna muller%", 0), ("bob ray%", 1)] {
            let n: i64 = db.read().await.unwrap().value(sql, vec![name.into()]).await.unwrap();
            assert_eq!(n.min(1), found, "{name}");
        }

        // Of customers that the files don't name, and by files that were left out, nothing is gone.
        let part = Files::of("10-2,Corner Shop,USD,en,no,,,,,,\n", "", "10-2,RE-9,2026-03-02,USD,7\n");
        assert_eq!(removed(&part.import_as(&db, complete(false)).await), [0, 0, 1]);
        assert_eq!(content(&db).await.len(), 5);
        // A wrong row, and nothing is.
        let wrong =
            Files::of("10-1,Bau Müller,EUR,de,no,,,,,,\n", "10-1,KT2,,Bau Müller,nonsense,,no,yes\n", "");
        let report = wrong.import_as(&db, complete(false)).await;
        assert_eq!((report.error_count, removed(&report)), (1, vec![0, 0, 0]));
        assert_eq!(content(&db).await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_counts_and_writes_nothing() {
    on_each_database(async |db| {
        let report = Files::good().import(&db, true).await;
        assert_eq!(counts(&report), [(2, 2, 0, 0), (3, 3, 0, 0), (2, 2, 0, 0)]);
        assert_eq!((report.written, report.error_count), (false, 0));
        assert_eq!(content(&db).await, Vec::<String>::new());

        Files::good().import(&db, false).await;
        let before = content(&db).await;
        let report = Files::good().with(ImportFile::Customers, "Corner", b"Korner").import(&db, true).await;
        assert_eq!(counts(&report), [(2, 0, 1, 1), (3, 0, 0, 3), (2, 0, 0, 2)]);
        assert_eq!(content(&db).await, before);

        let wrong = Files::good().with(ImportFile::Customers, "EUR", b"eur");
        assert_eq!(wrong.import(&db, true).await, wrong.import(&db, false).await);
    })
    .await;
}

/// A replacement in one file; line, column and problem that it leads to.
type Mistake = (ImportFile, &'static str, &'static [u8], u64, Option<&'static str>, ImportProblem);

fn mistakes() -> Vec<Mistake> {
    use ImportFile::{Contacts, Customers, Invoices};
    use ImportProblem as P;
    let text = str::to_owned;
    let twice = |value: &str| P::Duplicate { value: value.to_owned(), first_line: 2 };
    let amount = |text: &str, decimals| P::Amount { text: text.to_owned(), decimals };
    vec![
        (Customers, "customer_number", b"number", 1, None, P::MissingColumn("customer_number")),
        (Customers, "10-1,", b",", 2, Some("customer_number"), P::Required),
        (Customers, "10-2,", b"10#2,", 3, Some("customer_number"), P::Number(text("10#2"))),
        (Customers, "10-2,", b"1-01,", 3, Some("customer_number"), twice("101")),
        (Customers, "Bau Müller", b"Bau M\xfcller", 2, Some("name"), P::NotUtf8),
        (Customers, "Corner Shop", b" ", 3, Some("name"), P::Required),
        (Customers, "Corner Shop", b"\"Corner\nShop\"", 3, Some("name"), P::ControlCharacter),
        (Customers, "Corner Shop", &[b'x'; 101], 3, Some("name"), P::TooLong { max: 100 }),
        (Customers, "Corner Shop", b"Corner, Shop", 3, None, P::FieldCount { found: 12, expected: 11 }),
        (Customers, "EUR", b"Eur", 2, Some("currency"), P::Currency(text("Eur"))),
        (Customers, "USD,en", b"USD,fr", 3, Some("language"), P::Language(text("fr"))),
        (Customers, "yes", b"YES", 2, Some("customer_center"), P::Flag(text("YES"))),
        (
            Customers,
            "Anna@Mueller.example",
            b"anna@",
            2,
            Some("administrator_email"),
            P::Email(text("anna@")),
        ),
        (Customers, "Anna@Mueller.example", b"", 2, Some("administrator_email"), P::AdministratorMissing),
        (Customers, "no,,", b"no,a@b.de,", 3, Some("administrator_email"), P::AdministratorUnexpected),
        (Customers, "Weg 1, Hof", &[b'x'; 101], 2, Some("street"), P::TooLong { max: 100 }),
        (Customers, "01067", &[b'0'; 21], 2, Some("postal_code"), P::TooLong { max: 20 }),
        (Customers, "DE,0351", b"Deutschland,0351", 2, Some("country"), P::Country(text("Deutschland"))),
        (Customers, "0351 1", &[b'1'; 41], 2, Some("phone"), P::TooLong { max: 40 }),
        (Contacts, "10-2,KT3", b"10-3,KT3", 4, Some("customer_number"), P::UnknownCustomer(text("10-3"))),
        (Contacts, "KT2", b"KT\xc2\xa01", 3, Some("contact_number"), twice("KT1")),
        (Contacts, "ms", b"Ms", 2, Some("salutation"), P::Salutation(text("Ms"))),
        (
            Contacts,
            "Bau Müller,,",
            b"Bau,anna@mueller.example,",
            3,
            Some("email"),
            twice("anna@mueller.example"),
        ),
        (Contacts, "no,yes", b"no,", 3, Some("is_company"), P::Required),
        (Contacts, "no,yes", b"no", 3, None, P::FieldCount { found: 7, expected: 8 }),
        (
            Invoices,
            "invoice_number,date",
            b"date,invoice_number",
            1,
            None,
            P::ColumnOrder { expected: "invoice_number", found: "date" },
        ),
        (Invoices, "10-2,RE", b"10-9,RE", 3, Some("customer_number"), P::UnknownCustomer(text("10-9"))),
        (Invoices, "RE-8", b"re7", 3, Some("invoice_number"), twice("RE7")),
        (Invoices, "2026-02-28", b"2026-02-29", 2, Some("date"), P::Date(text("2026-02-29"))),
        (Invoices, "1234.50", b"\"1234,50\"", 2, Some("total"), amount("1234,50", 2)),
        (Invoices, "USD,7", b"JPY,7.0", 3, Some("total"), amount("7.0", 0)),
        (Invoices, "1234.50", b"10000000000000", 2, Some("total"), P::AmountTooLarge),
    ]
}

#[tokio::test]
async fn each_mistake_is_reported_where_it_is_and_nothing_is_written() {
    on_each_database(async |db| {
        Files::good().with(ImportFile::Customers, "Corner", b"Other").import(&db, false).await;
        let stored = content(&db).await;
        for (file, old, new, line, column, problem) in mistakes() {
            let report = Files::good().with(file, old, new).import(&db, false).await;
            let expected = RowError { file, line, column, problem };
            assert_eq!(report.errors.first(), Some(&expected), "{old:?}: {report:?}");
            assert!(!report.written);
            // The renamed column is both missing and unknown.
            let count =
                if expected.problem == ImportProblem::MissingColumn("customer_number") { 2 } else { 1 };
            assert_eq!(report.error_count, count, "{report:?}");
            assert_eq!(content(&db).await, stored, "{expected}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_says_where_what_and_how_to_correct_it() {
    on_each_database(async |db| {
        let files = Files::good().with(ImportFile::Contacts, "bob@corner.example", b"bob");
        let report = files.import(&db, false).await;
        assert_eq!(
            report.errors[0].to_string(),
            "contacts.csv, line 4, column email: \"bob\" is not an email address. \
             Write it as name@example.com, without letters such as ä."
        );
    })
    .await;
}

#[tokio::test]
async fn one_mistake_is_reported_once() {
    on_each_database(async |db| {
        // Contacts and invoices are not blamed for what is wrong with their customer.
        for wrong in [&b"10-1,Bau,M"[..], b"10-1,"] {
            let files = Files::good().with(ImportFile::Customers, "10-1,Bau Müller", wrong);
            let report = files.import(&db, false).await;
            assert_eq!(report.error_count, 1, "{report:?}");
        }
        let mut files = Files::good();
        files.customers = files.customers.iter().map(|b| if *b == b',' { b';' } else { *b }).collect();
        let report = files.import(&db, false).await;
        assert_eq!(report.error_count, 1);
        assert_eq!(report.errors[0].problem, ImportProblem::Separator(';'));
        files.customers.clear();
        let report = files.import(&db, false).await;
        assert_eq!(report.error_count, 1);
        assert_eq!(report.errors[0].problem, ImportProblem::NoHeader);
    })
    .await;
}

#[tokio::test]
async fn lines_are_right_across_batches_and_the_list_of_errors_is_limited() {
    on_each_database(async |db| {
        let good = |count: u32| -> String {
            (0..count).map(|n| format!("C{n},Customer {n},EUR,de,no,,,,,,\r\n")).collect()
        };
        let more = "\r\nC4,Customer,EUR,de,no,,,,,,\r\n\"C9999\",A,EUR,de,maybe,,,,,,\r\n";
        let report = Files::of(&format!("{}{more}", good(2_000)), "", "").import(&db, false).await;
        let places: Vec<_> = report.errors.iter().map(|e| (e.line, e.problem.clone())).collect();
        let duplicate = ImportProblem::Duplicate { value: "C4".to_owned(), first_line: 6 };
        assert_eq!(places, [(2_003, duplicate), (2_004, ImportProblem::Flag("maybe".to_owned()))]);

        let wrong = good(1_500).replace("EUR", "eur").replace(",de,", ",fr,");
        let report = Files::of(&wrong, "", "10,1,2026-01-01,EUR,1\r\n").import(&db, false).await;
        assert_eq!((report.error_count, report.errors.len()), (3_001, ImportReport::MAX_LISTED));
        assert_eq!((report.errors[99].line, report.errors[99].column), (51, Some("language")));
        let files: Vec<_> = report.files.iter().map(|f| (f.rows, f.errors)).collect();
        assert_eq!(files, [(1_500, 3_000), (0, 0), (1, 1)]);
        assert_eq!(content(&db).await, Vec::<String>::new());

        let report = Files::of(&good(2_000), "", "").import(&db, false).await;
        assert_eq!(counts(&report)[0], (2_000, 2_000, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn an_endless_row_is_one_error() {
    on_each_database(async |db| {
        let mut files = Files::good();
        files.contacts.extend(b"10-2,\"KT4,");
        files.contacts.extend(std::iter::repeat_n(b'x', 300_000));
        let report = files.import(&db, false).await;
        let problem = ImportProblem::RowTooLong;
        assert_eq!(report.errors, [RowError { file: ImportFile::Contacts, line: 5, column: None, problem }]);
    })
    .await;
}

#[tokio::test]
async fn a_missing_file_is_named() {
    on_each_database(async |db| {
        let folder = tempfile::tempdir().unwrap();
        for name in ["customers.csv", "invoices.csv"] {
            std::fs::copy(demo().join(name), folder.path().join(name)).unwrap();
        }
        let source = ImportSource::Folder(folder.path().to_owned());
        let Err(error) = import(&db, source, ImportOptions::default(), |_| {}).await else {
            panic!("imported")
        };
        assert!(error.to_string().contains("contacts.csv"), "{error}");
        assert_eq!(content(&db).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn progress_reaches_the_end() {
    on_each_database(async |db| {
        let mut seen = Vec::new();
        let source = ImportSource::Folder(demo());
        import(&db, source, ImportOptions::default(), |p| seen.push(p)).await.unwrap();
        assert!(seen.is_sorted_by_key(|p| p.bytes));
        let last = seen.last().unwrap();
        assert_eq!((last.file, last.rows, last.bytes), (ImportFile::Invoices, 32, last.total_bytes));
    })
    .await;
}

#[tokio::test]
async fn a_second_import_at_the_same_time_is_told_so() {
    on_each_database(async |db| {
        let mut first = db.write().await.unwrap();
        if db.backend() == Backend::Postgres {
            first.execute("LOCK TABLE erp_customers IN SHARE ROW EXCLUSIVE MODE", Vec::new()).await.unwrap();
        }
        let source = ImportSource::Folder(demo());
        let second = import(&db, source.clone(), ImportOptions::default(), |_| {}).await;
        assert!(matches!(second, Err(ImportError::Busy)), "{second:?}");
        drop(first);
        assert!(import(&db, source, ImportOptions::default(), |_| {}).await.unwrap().written);
    })
    .await;
}

/// What the trail tells, and how many imports the Back Office lists.
async fn told(db: &Db) -> (Vec<(String, String, String)>, i64) {
    let mut conn = db.read().await.unwrap();
    let rows = conn.all("SELECT event, actor_kind, data FROM audit ORDER BY seq", Vec::new()).await.unwrap();
    let text = |row: &center::store::Row, column| row.get::<String>(column).unwrap();
    let entries = rows.iter().map(|row| (text(row, "event"), text(row, "actor_kind"), text(row, "data")));
    let entries = entries.collect();
    (entries, conn.value("SELECT count(*) AS n FROM erp_imports", Vec::new()).await.unwrap())
}

#[tokio::test]
async fn the_trail_tells_what_was_written_and_nothing_else() {
    on_each_database(async |db| {
        Files::good().import(&db, true).await;
        let wrong = Files::good().with(ImportFile::Invoices, "RE-8", b"");
        assert!(wrong.import(&db, false).await.error_count > 0);
        assert_eq!(told(&db).await, (Vec::new(), 0));
        Files::good().import(&db, false).await;
        Files::good().with(ImportFile::Customers, "Corner", b"Korner").import(&db, false).await;
        let (entries, imports) = told(&db).await;
        assert_eq!((entries.len(), imports), (2, 2));
        for ((event, by, data), [new, changed]) in entries.iter().zip([[7, 0], [0, 1]]) {
            assert_eq!((event.as_str(), by.as_str()), ("erp_imported", "system"));
            let counts = [format!("\"records_new\":{new}"), format!("\"records_changed\":{changed}")];
            assert!(counts.iter().all(|count| data.contains(count)), "{data}");
        }
    })
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_files_hold_it_is_all_or_nothing(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        rows in "((10-1|10-2|A)?,(KT1|x|1)?,(ms)?,(A|ü|\")?,(a@b\\.de)?,,(yes|no),(yes|no)\n){0,6}",
        place in 0..4_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let db = Db::open(&migrated::sqlite(folder.path()).await).await.unwrap();
            let mut files = Files::good();
            match place {
                0 => files.customers.extend(&bytes),
                1 => files.contacts = bytes,
                2 => files.invoices.extend(&bytes),
                _ => files = Files { contacts: format!("{CONTACTS}{rows}").into(), ..files },
            }
            let report = files.import(&db, false).await;
            assert_eq!(report.written, report.error_count == 0);
            assert_eq!(report.error_count == 0, report.errors.is_empty());
            let inserted: u64 = report.files.iter().map(|f| f.inserted).sum();
            assert_eq!(content(&db).await.len() as u64, if report.written { inserted } else { 0 });
            for file in &report.files {
                assert!(!report.written || file.rows == file.inserted + file.changed + file.unchanged);
            }
            db.close().await;
        });
    }
}
