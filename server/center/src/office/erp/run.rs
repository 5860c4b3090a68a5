use std::sync::Arc;

use model::{ErpImportFault, ErpImportId, ErpImportState, ErrorCode};

use super::{dead_before, imports, open};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::{
    ImportError, ImportFile, ImportOptions, ImportProgress, ImportReport, ImportSource, busy, import_into,
};
use crate::store::{Backend, StoreError, Tx, args};
use crate::{Center, Error};

/// What is done with the files of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Everything is checked and counted, nothing is written.
    Check,
    /// They are written, all of them or nothing.
    Write,
}

impl Work {
    const fn under_way(self) -> ErpImportState {
        match self {
            Self::Check => ErpImportState::Checking,
            Self::Write => ErpImportState::Importing,
        }
    }

    /// Where it began.
    const fn before(self) -> ErpImportState {
        match self {
            Self::Check => ErpImportState::Arrived,
            Self::Write => ErpImportState::Checked,
        }
    }
}

/// The place of the one import of this node, free again when it is dropped.
struct Place(Arc<Center>);

impl Place {
    fn take(center: &Arc<Center>, id: ErpImportId, bytes: u64) -> Result<Self, Error> {
        if !center.erp_import().begin(id, bytes) {
            return Err(ErrorCode::WrongState.into());
        }
        Ok(Self(Arc::clone(center)))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.erp_import().end();
    }
}

/// Begins to check or to write the files of an import, and goes on when the request has ended. Only one import is
/// under way, on all nodes together.
///
/// # Errors
/// `NotFound`; `WrongState` when its files are not there or not checked, another import is under way, or the ERP
/// takes none; `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn begin(center: &Arc<Center>, actor: &Actor, id: ErpImportId, work: Work) -> Result<(), Error> {
    let operation = match work {
        Work::Check => Operation::OfficeErpCheck,
        Work::Write => Operation::OfficeErpWrite,
    };
    access::office(actor, operation)?;
    open(center)?;
    let place = Place::take(center, id, 0)?;
    let files = claim(center, id, work).await?;
    let actor = actor.clone();
    tokio::spawn(async move {
        let center = &place.0;
        let done = carry_out(center, &actor, id, work, files).await;
        if let Err(error) = done {
            tracing::error!(event = "erp_import", import = %id.0, %error);
            if let Err(error) = put_down(center, &actor, id, work, &error).await {
                tracing::error!(event = "sys_database", %error);
            }
        }
        drop(place);
    });
    Ok(())
}

/// What is to be read.
struct Files {
    /// Their bytes, in the order of [`ImportFile::ALL`].
    sizes: [u64; 3],
    /// They name all contacts and invoices of their customers.
    complete: bool,
}

/// Takes the place of the one import, whose last holder has ended or is dead.
async fn claim(center: &Center, id: ErpImportId, work: Work) -> Result<Files, Error> {
    let mut tx = center.db().write().await?;
    let sql = "UPDATE erp_state SET import_id = $1, import_beat = $2
         WHERE id = 1 AND (import_id IS NULL OR import_beat <= $3)";
    if tx.execute(sql, args![id, center.now(), dead_before(center)]).await? == 0 {
        return Err(ErrorCode::WrongState.into());
    }
    // Whoever had the place does nothing with these files any more, whatever their state says.
    let sql = match work {
        Work::Check => {
            "UPDATE erp_imports SET state = $2, fault = NULL, at_file = NULL, at_rows = 0, at_bytes = 0
             WHERE id = $1 AND state IN ('arrived', 'checking', 'checked', 'importing') RETURNING customers, contacts, invoices, complete"
        }
        Work::Write => {
            "UPDATE erp_imports SET state = $2, fault = NULL, at_file = NULL, at_rows = 0, at_bytes = 0
             WHERE id = $1 AND state = 'checked' RETURNING customers, contacts, invoices, complete"
        }
    };
    let Some(row) = tx.optional(sql, args![id, work.under_way()]).await? else {
        let known = tx.optional("SELECT 1 AS n FROM erp_imports WHERE id = $1", args![id]).await?.is_some();
        return Err(if known { ErrorCode::WrongState } else { ErrorCode::NotFound }.into());
    };
    let size = |file: ImportFile| row.get::<i64>(file.key()).map(i64::unsigned_abs);
    let [customers, contacts, invoices] = ImportFile::ALL.map(size);
    let files = Files { sizes: [customers?, contacts?, invoices?], complete: row.get("complete")? };
    tx.commit().await?;
    Ok(files)
}

async fn carry_out(
    center: &Center,
    actor: &Actor,
    id: ErpImportId,
    work: Work,
    files: Files,
) -> Result<(), ImportError> {
    let db = center.db();
    let inputs = ImportFile::ALL
        .into_iter()
        .zip(files.sizes)
        .map(|(file, bytes)| super::files::open(db, id, file, bytes));
    let inputs = inputs.collect();
    let options = ImportOptions { dry_run: work == Work::Check, complete: files.complete };
    let mut tx = db.write().await.map_err(busy)?;
    let progress = |at| center.erp_import().advance(at);
    let mut report = import_into(&mut tx, db.backend(), inputs, options, progress).await?;
    if work == Work::Write && report.error_count == 0 {
        report.written = true;
        // What is noted of it stands in its own transaction, so that neither is there without the other.
        end(center, &mut tx, actor, id, ErpImportState::Done, &report).await?;
        return Ok(tx.commit().await?);
    }
    drop(tx);
    let state = if report.error_count == 0 { ErpImportState::Checked } else { ErpImportState::Refused };
    let mut tx = db.write().await?;
    end(center, &mut tx, actor, id, state, &report).await?;
    Ok(tx.commit().await?)
}

async fn end(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    id: ErpImportId,
    state: ErpImportState,
    report: &ImportReport,
) -> Result<(), ImportError> {
    if !give_back(tx, id).await? {
        // Another node took this one for dead.
        return Err(ImportError::Busy);
    }
    let ended = (state != ErpImportState::Checked).then(|| center.now());
    let sql = "UPDATE erp_imports SET state = $2, ended_at = $3, report = $4 WHERE id = $1";
    tx.execute(sql, args![id, state, ended, imports::written(report)]).await?;
    if state != ErpImportState::Checked {
        tx.execute("DELETE FROM erp_import_parts WHERE import_id = $1", args![id]).await?;
    }
    let entry = if state == ErpImportState::Done {
        written(Entry::by(actor, Event::ErpImported), report)
    } else {
        let errors = i64::try_from(report.error_count).unwrap_or(i64::MAX);
        Entry::by(actor, Event::ErpImportChecked).fact(Fact::Errors, errors)
    };
    audit::append(center, tx, entry.fact(Fact::ErpImport, id.to_string().as_str())).await?;
    Ok(())
}

/// With what an import has written.
fn written(entry: Entry, report: &ImportReport) -> Entry {
    let sum = |count: fn(&crate::erp::FileReport) -> u64| {
        i64::try_from(report.files.iter().map(count).sum::<u64>()).unwrap_or(i64::MAX)
    };
    entry
        .fact(Fact::RecordsNew, sum(|file| file.inserted))
        .fact(Fact::RecordsChanged, sum(|file| file.changed))
        .fact(Fact::RecordsRemoved, sum(|file| file.removed))
}

/// Imports files at once, for the command line, where nobody is signed in. List and trail tell of it as of one from
/// the Back Office; a dry run, and files with a wrong row, leave nothing behind.
///
/// # Errors
/// [`ImportError`]; then nothing was written, or, when the connection broke during the commit,
/// it is unknown.
pub async fn import_from(
    center: &Center,
    source: &ImportSource,
    options: ImportOptions,
    progress: impl FnMut(ImportProgress) + Send,
) -> Result<ImportReport, ImportError> {
    let inputs = source.inputs()?;
    let db = center.db();
    let mut tx = db.write().await.map_err(busy)?;
    let mut report = import_into(&mut tx, db.backend(), inputs, options, progress).await?;
    if report.error_count > 0 || options.dry_run {
        return Ok(report);
    }
    report.written = true;
    let (id, now) = (ErpImportId(center.new_id()), center.now());
    tx.execute(
        "INSERT INTO erp_imports (id, state, created_at, ended_at, report) VALUES ($1, $2, $3, $3, $4)",
        args![id, ErpImportState::Done, now, imports::written(&report)],
    )
    .await?;
    let entry = written(Entry::system(Event::ErpImported), &report);
    audit::append(center, &mut tx, entry.fact(Fact::ErpImport, id.to_string().as_str())).await?;
    tx.commit().await?;
    Ok(report)
}

/// Gives the place of the one import back. Answers whether it was this one's.
async fn give_back(tx: &mut Tx, id: ErpImportId) -> Result<bool, StoreError> {
    let sql = "UPDATE erp_state SET import_id = NULL, import_beat = NULL WHERE id = 1 AND import_id = $1";
    Ok(tx.execute(sql, args![id]).await? > 0)
}

/// Notes that it did not come to its end. Its files stay.
async fn put_down(
    center: &Center,
    actor: &Actor,
    id: ErpImportId,
    work: Work,
    error: &ImportError,
) -> Result<(), StoreError> {
    let fault = match error {
        ImportError::Busy => ErpImportFault::Busy,
        _ => ErpImportFault::Failed,
    };
    let mut tx = center.db().write().await?;
    give_back(&mut tx, id).await?;
    // One whose commit was done, but not answered, has come to its end.
    let sql = "UPDATE erp_imports SET state = $2, fault = $3 WHERE id = $1 AND state = $4";
    if tx.execute(sql, args![id, work.before(), fault.key(), work.under_way()]).await? > 0 {
        let entry = Entry::by(actor, Event::ErpImportFailed).fact(Fact::ErpImport, id.to_string().as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await
}

/// Throws the files of an import away.
///
/// # Errors
/// `NotFound`; `WrongState` when it is under way or its files are gone; `Unauthenticated`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn discard(center: &Center, actor: &Actor, id: ErpImportId) -> Result<(), Error> {
    access::office(actor, Operation::OfficeErpDiscard)?;
    let mut tx = center.db().write().await?;
    // Nobody begins meanwhile.
    tx.execute("UPDATE erp_state SET import_beat = import_beat WHERE id = 1", args![]).await?;
    let sql = "SELECT state FROM erp_imports WHERE id = $1";
    let state: ErpImportState =
        tx.optional(sql, args![id]).await?.ok_or(ErrorCode::NotFound)?.get("state")?;
    let ended = matches!(state, ErpImportState::Refused | ErpImportState::Done | ErpImportState::Discarded);
    if ended || imports::running(center, &mut tx).await? == Some(id) {
        return Err(ErrorCode::WrongState.into());
    }
    imports::throw_away(&mut tx, id).await?;
    let entry = Entry::by(actor, Event::ErpFilesDiscarded).fact(Fact::ErpImport, id.to_string().as_str());
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Tells the other nodes that this one lives and how far its import is. SQLite has no other nodes, and while an
/// import is written takes no other writes.
pub(crate) async fn beat(center: &Center) -> Result<(), StoreError> {
    let Some((id, at)) = center.erp_import().running() else { return Ok(()) };
    if center.db().backend() == Backend::Sqlite {
        return Ok(());
    }
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut tx = center.db().write().await?;
    let sql = "UPDATE erp_state SET import_beat = $2 WHERE id = 1 AND import_id = $1";
    if tx.execute(sql, args![id, center.now()]).await? > 0 {
        let sql = "UPDATE erp_imports SET at_file = $2, at_rows = $3, at_bytes = $4 WHERE id = $1";
        tx.execute(sql, args![id, at.file.key(), number(at.rows), number(at.bytes)]).await?;
    }
    tx.commit().await
}
