//! Fills the embedded ERP from three CSV files: `customers.csv`, `contacts.csv`, `invoices.csv`.
//!
//! A thread reads and checks the rows and hands them over in batches; the batches are written in
//! one transaction that is kept only when no row of any file was wrong. Neither side ever holds
//! more than a few batches, so memory does not grow with the files.

mod contacts;
mod customers;
mod fields;
mod header;
mod invoices;
mod problem;
mod reader;
mod records;
mod report;
mod running;
mod source;
mod write;

use thiserror::Error;
use tokio::sync::mpsc;

use crate::store::{Backend, Conn, StoreError};
use fields::Fields;
use reader::{Batch, Row, read_file};
use write::Writer;

pub use problem::ImportProblem;
pub(crate) use records::Records;
pub use report::{FileReport, ImportFile, ImportProgress, ImportReport, RowError};
pub(crate) use running::Running;
pub(crate) use source::ImportInput;
pub use source::ImportSource;

/// Batches that wait between the reading thread and the database.
const WAITING_BATCHES: usize = 2;

/// How to import.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Check and count everything, write nothing.
    pub dry_run: bool,
    /// The files name all contacts and invoices of the customers in them: those that they no longer name are
    /// taken away. A file without rows takes nothing away, and no customer is ever taken away.
    pub complete: bool,
}

/// Why an import could not be carried out. Wrong rows are no such reason: they are in
/// [`ImportReport::errors`].
#[derive(Debug, Error)]
pub enum ImportError {
    /// A file is missing or can't be read.
    #[error("cannot read {file}: {reason}")]
    File {
        /// Path of the file
        file: String,
        /// What the system says
        reason: std::io::Error,
    },
    /// Another import holds the tables.
    #[error("another import is running; start this one again when it has ended")]
    Busy,
    /// The database refused or is not reachable.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread ended before its file did.
    #[error("reading {0} was interrupted")]
    Interrupted(&'static str),
}

/// One of the three files: what it holds and where that goes.
struct Kind {
    file: ImportFile,
    /// Columns of the file, in order.
    columns: &'static [&'static str],
    table: &'static str,
    /// Columns of the table that identify a row.
    keys: &'static [&'static str],
    /// The other columns of the table. [`Row::values`] holds those of `keys`, then these.
    facts: &'static [&'static str],
    /// Its records belong to a customer, whose key is the first of `keys`.
    of_customer: bool,
    /// Reads a row from its fields.
    read: fn(&mut Fields<'_>) -> Row,
}

/// Customers first: the other two refer to them.
static KINDS: [&Kind; 3] = [&customers::KIND, &contacts::KIND, &invoices::KIND];

/// Imports the three files into the embedded ERP: new records are inserted, known ones changed
/// where they differ, and records that the files don't mention stay as they are, unless the files are
/// complete. One wrong row
/// anywhere and nothing may be kept: whoever holds the transaction commits it only when there is
/// no error and this is no dry run. The inputs are
/// customers, contacts and invoices, in this order.
///
/// `progress` is called after every few hundred rows.
///
/// # Errors
/// [`ImportError`]; then nothing of the transaction may be kept.
pub(crate) async fn import_into(
    conn: &mut Conn,
    backend: Backend,
    inputs: Vec<ImportInput>,
    options: ImportOptions,
    mut progress: impl FnMut(ImportProgress) + Send,
) -> Result<ImportReport, ImportError> {
    let total_bytes = inputs.iter().map(|input| input.bytes).sum();
    let mut read_bytes = 0;
    let mut writer = Writer::begin(conn, backend, options.complete).await.map_err(busy)?;
    let mut report = ImportReport::default();
    // Without the customers every contact and invoice would be reported as belonging to none.
    let mut customers_read = true;
    for (kind, input) in KINDS.into_iter().zip(inputs) {
        let bytes = input.bytes;
        let mut rows = 0;
        report.begin(kind.file);
        let (mut batches, reading) = read_in_background(kind, input);
        while let Some(batch) = batches.recv().await {
            rows += batch.count;
            progress(ImportProgress { file: kind.file, rows, bytes: read_bytes + batch.bytes, total_bytes });
            writer.take(kind, batch, customers_read, &mut report).await?;
        }
        let rows_read = reading.await.map_err(|_| ImportError::Interrupted(kind.file.name()))??;
        writer.take_away(kind, &mut report).await?;
        customers_read &= rows_read || kind.file != ImportFile::Customers;
        read_bytes += bytes;
    }
    if report.error_count == 0 && !options.dry_run {
        writer.end().await?;
    }
    Ok(report)
}

/// The first line of a file that has no rows.
pub(crate) fn header_of(file: ImportFile) -> String {
    let columns =
        KINDS.into_iter().filter(|kind| kind.file == file).flat_map(|kind| kind.columns.iter().copied());
    columns.collect::<Vec<_>>().join(",") + "\n"
}

/// The format's name for a column, for reading what was kept of an import.
pub(super) fn column_named(name: &str) -> Option<&'static str> {
    KINDS.into_iter().flat_map(|kind| kind.columns.iter().copied()).find(|column| *column == name)
}

type Reading = tokio::task::JoinHandle<Result<bool, ImportError>>;

fn read_in_background(kind: &'static Kind, input: ImportInput) -> (mpsc::Receiver<Batch>, Reading) {
    let (sender, batches) = mpsc::channel(WAITING_BATCHES);
    let reading = tokio::task::spawn_blocking(move || {
        let ImportInput { reader, name, .. } = input;
        read_file(kind, reader, |batch| sender.blocking_send(batch).is_ok())
            .map_err(|reason| ImportError::File { file: name, reason })
    });
    (batches, reading)
}

/// Waiting for another import ends in a time-out of the pool (SQLite) or of the lock (Postgres).
pub(crate) fn busy(error: StoreError) -> ImportError {
    const LOCK_NOT_AVAILABLE: &str = "55P03";
    match &error {
        StoreError::Database(sqlx::Error::PoolTimedOut) => ImportError::Busy,
        StoreError::Database(sqlx::Error::Database(e)) if e.code().as_deref() == Some(LOCK_NOT_AVAILABLE) => {
            ImportError::Busy
        }
        _ => ImportError::Store(error),
    }
}
