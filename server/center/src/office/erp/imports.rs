use model::{
    ErpImportFault, ErpImportId, ErpImportLine, ErpImportState, ErpImportsPage, ErpProgress, ErrorCode,
    OfficeRight,
};

use super::{KEPT, dead_before, is_open};
use crate::access::{self, Actor, Operation};
use crate::clock::{DAY, HOUR};
use crate::erp::{ImportFile, ImportReport};
use crate::office::times;
use crate::store::{Backend, Conn, Row, Sql, StoreError, Tx, args};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// So many imports are listed.
const LISTED: i64 = 20;
/// Imports are told of so long.
const TOLD: Instant = 90 * DAY;
/// Files arrive within this time, or not at all.
const ARRIVING: Instant = HOUR;

/// An import with all that is known of it. What was found in its files is left to be put into words.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its line
    pub line: ErpImportLine,
    /// Why it did not come to its end the last time.
    pub fault: Option<ErpImportFault>,
    /// What the last check or import found.
    pub report: Option<ImportReport>,
    /// How far it is, while it runs.
    pub progress: Option<ErpProgress>,
    /// Another import runs.
    pub waits: bool,
    /// The ERP is one that takes imports.
    pub open: bool,
    /// Whether the reader may import.
    pub can_manage: bool,
    /// Until when its files are kept, in words; empty once they are gone.
    pub kept_until: String,
}

const COLUMNS: &str =
    "SELECT i.id, i.state, i.fault, i.created_at, i.ended_at, i.report, i.at_file, i.at_rows, i.at_bytes,
     i.customers + i.contacts + i.invoices AS bytes, s.name AS by_name
     FROM erp_imports i LEFT JOIN staff s ON s.id = i.staff_id";

/// *Import*: the latest imports.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn imports(center: &Center, actor: &Actor) -> Result<ErpImportsPage, Error> {
    let who = access::office(actor, Operation::OfficeErpImports)?;
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let running = running(center, &mut conn).await?;
    let (sql, values) =
        Sql::new(COLUMNS).push(" WHERE i.state <> 'arriving' ORDER BY i.id DESC LIMIT ").bind(LISTED).build();
    let rows = conn.all(sql, values).await?;
    let imports = rows.iter().map(|row| line(row, running, &times)).collect::<Result<_, _>>()?;
    Ok(ErpImportsPage {
        imports,
        open: is_open(center),
        can_manage: who.role.allows(OfficeRight::ErpManage),
        holds_up: center.db().backend() == Backend::Sqlite,
    })
}

/// An import.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn import(center: &Center, actor: &Actor, id: ErpImportId) -> Result<Found, Error> {
    let who = access::office(actor, Operation::OfficeErpImport)?;
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let running = running(center, &mut conn).await?;
    let (sql, values) = Sql::new(COLUMNS).push(" WHERE i.state <> 'arriving' AND i.id = ").bind(id).build();
    let row = conn.optional(sql, values).await?.ok_or(ErrorCode::NotFound)?;
    let line = line(&row, running, &times)?;
    let keeps =
        !matches!(line.state, ErpImportState::Refused | ErpImportState::Done | ErpImportState::Discarded);
    Ok(Found {
        fault: row.get::<Option<String>>("fault")?.as_deref().and_then(ErpImportFault::from_key),
        report: report(&row)?,
        progress: (running == Some(id)).then(|| progress(center, id, &row)).transpose()?,
        waits: running.is_some_and(|other| other != id),
        open: is_open(center),
        can_manage: who.role.allows(OfficeRight::ErpManage),
        kept_until: if keeps {
            times.moment(row.get::<Instant>("created_at")? + KEPT)
        } else {
            String::new()
        },
        line,
    })
}

/// What is wrong in the files of an import, for a file of its own.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn errors(center: &Center, actor: &Actor, id: ErpImportId) -> Result<ImportReport, Error> {
    access::office(actor, Operation::OfficeErpErrors)?;
    let sql = "SELECT report FROM erp_imports WHERE id = $1 AND report IS NOT NULL";
    let row = center.db().read().await?.optional(sql, args![id]).await?.ok_or(ErrorCode::NotFound)?;
    Ok(report(&row)?.unwrap_or_default())
}

/// The import that runs, on whatever node.
pub(super) async fn running(center: &Center, conn: &mut Conn) -> Result<Option<ErpImportId>, StoreError> {
    if let Some((id, _)) = center.erp_import().running() {
        return Ok(Some(id));
    }
    let sql = "SELECT import_id FROM erp_state WHERE id = 1 AND import_id IS NOT NULL AND import_beat > $1";
    let row = conn.optional(sql, args![dead_before(center)]).await?;
    row.map(|row| row.get("import_id")).transpose()
}

/// How far it is: this node knows best, of the others the database.
fn progress(center: &Center, id: ErpImportId, row: &Row) -> Result<ErpProgress, StoreError> {
    let percent = |bytes: u64, total: u64| (bytes * 100).checked_div(total).unwrap_or_default().min(100);
    if let Some((_, at)) = center.erp_import().running().filter(|(running, _)| *running == id) {
        let percent = percent(at.bytes, at.total_bytes);
        return Ok(ErpProgress { file: at.file.name().to_owned(), rows: at.rows, percent });
    }
    let file = row.get::<Option<String>>("at_file")?.as_deref().and_then(ImportFile::from_key);
    let (rows, bytes, total) =
        (row.get::<i64>("at_rows")?, row.get::<i64>("at_bytes")?, row.get::<i64>("bytes")?);
    Ok(ErpProgress {
        file: file.unwrap_or(ImportFile::Customers).name().to_owned(),
        rows: rows.unsigned_abs(),
        percent: percent(bytes.unsigned_abs(), total.unsigned_abs()),
    })
}

fn line(row: &Row, running: Option<ErpImportId>, times: &Times) -> Result<ErpImportLine, StoreError> {
    let (id, stored): (ErpImportId, ErpImportState) = (row.get("id")?, row.get("state")?);
    let under_way = matches!(stored, ErpImportState::Checking | ErpImportState::Importing);
    let report = report(row)?.unwrap_or_default();
    let ended: Option<Instant> = row.get("ended_at")?;
    Ok(ErpImportLine {
        id,
        when: times.moment(row.get("created_at")?),
        ended: ended.map(|at| times.moment(at)).unwrap_or_default(),
        by: row.get::<Option<String>>("by_name")?.unwrap_or_default(),
        state: if under_way && running != Some(id) { ErpImportState::Interrupted } else { stored },
        records: report.files.iter().map(|file| file.inserted + file.changed + file.removed).sum(),
        errors: report.error_count,
    })
}

fn report(row: &Row) -> Result<Option<ImportReport>, StoreError> {
    let text: Option<String> = row.get("report")?;
    let read =
        |text: String| serde_json::from_str(&text).map_err(|_| StoreError::Column("report".to_owned()));
    text.map(read).transpose()
}

/// What was found, as it is kept.
pub(super) fn written(report: &ImportReport) -> String {
    // Numbers and texts always have a form in JSON.
    serde_json::to_string(report).unwrap_or_default()
}

/// The last import that was written.
pub(super) async fn last_written(
    conn: &mut Conn,
    times: &Times,
) -> Result<Option<ErpImportLine>, StoreError> {
    let (sql, values) =
        Sql::new(COLUMNS).push(" WHERE i.state = 'done' ORDER BY i.ended_at DESC LIMIT 1").build();
    let row = conn.optional(sql, values).await?;
    row.map(|row| line(&row, None, times)).transpose()
}

/// Throws away the files of an import that is not under way.
pub(super) async fn throw_away(tx: &mut Tx, id: ErpImportId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM erp_import_parts WHERE import_id = $1", args![id]).await?;
    let sql = "UPDATE erp_imports SET state = $2, fault = NULL WHERE id = $1";
    tx.execute(sql, args![id, ErpImportState::Discarded]).await?;
    Ok(())
}

/// Only the latest imports keep their files, and one that is under way.
pub(super) async fn keep_latest(center: &Center, tx: &mut Tx, most: i64) -> Result<(), StoreError> {
    let running = running(center, tx).await?;
    let sql = "SELECT id FROM erp_imports WHERE state IN ('arrived', 'checking', 'checked', 'importing')
         ORDER BY id DESC LIMIT 100 OFFSET $1";
    for row in tx.all(sql, args![most]).await? {
        let id: ErpImportId = row.get("id")?;
        if running != Some(id) {
            throw_away(tx, id).await?;
        }
    }
    Ok(())
}

/// Throws away the files that nobody has imported in time, and forgets imports of long ago.
pub(crate) async fn sweep(center: &Center, tx: &mut Tx) -> Result<(), StoreError> {
    let now = center.now();
    let running = running(center, tx).await?;
    let sql = "SELECT id, state FROM erp_imports WHERE (state IN ('arrived', 'checking', 'checked', 'importing') AND created_at <= $1)
             OR (state = 'arriving' AND created_at <= $2)";
    for row in tx.all(sql, args![now - KEPT, now - ARRIVING]).await? {
        let id: ErpImportId = row.get("id")?;
        if running != Some(id) {
            throw_away(tx, id).await?;
        }
    }
    let sql = "DELETE FROM erp_imports WHERE created_at <= $1 AND NOT EXISTS
         (SELECT 1 FROM erp_import_parts p WHERE p.import_id = erp_imports.id)
         AND id NOT IN (SELECT id FROM erp_imports WHERE state = 'done' ORDER BY ended_at DESC LIMIT 1)";
    tx.execute(sql, args![now - TOLD]).await?;
    Ok(())
}
