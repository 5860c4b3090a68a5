use std::mem;

use model::{ERP_UPLOAD_MAX, ErpImportId, ErpImportState};

use super::{imports, open};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::{ImportFile, header_of};
use crate::store::args;
use crate::{Center, Error};

/// Files are stored in parts of so many bytes, so that none is ever held as a whole.
const PART: usize = 1024 * 1024;
/// So many imports keep their files at a time; the oldest lose theirs.
const MOST_KEPT: i64 = 5;

/// Files on their way.
pub struct Upload<'a> {
    center: &'a Center,
    actor: &'a Actor,
    id: ErpImportId,
    /// Bytes of each file, in the order of [`ImportFile::ALL`].
    bytes: [usize; 3],
    parts: [i64; 3],
    waiting: Vec<u8>,
    /// The file that `waiting` belongs to.
    at: Option<ImportFile>,
    complete: bool,
}

/// What came of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Received {
    /// They are there.
    All(ErpImportId),
    /// There was none.
    Nothing,
    /// Together they are larger than is taken.
    TooLarge,
}

/// Begins to take the files of an import.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `WrongState` where the ERP takes no imports, [`Error::Store`]
pub async fn receive<'a>(center: &'a Center, actor: &'a Actor) -> Result<Upload<'a>, Error> {
    let who = access::office(actor, Operation::OfficeErpUpload)?;
    open(center)?;
    let id = ErpImportId(center.new_id());
    let mut tx = center.db().write().await?;
    let sql = "INSERT INTO erp_imports (id, staff_id, state, created_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, args![id, who.staff, ErpImportState::Arriving, center.now()]).await?;
    tx.commit().await?;
    Ok(Upload {
        center,
        actor,
        id,
        bytes: [0; 3],
        parts: [0; 3],
        waiting: Vec::new(),
        at: None,
        complete: false,
    })
}

impl Upload<'_> {
    /// Its files name all contacts and invoices of their customers.
    pub const fn complete(&mut self) {
        self.complete = true;
    }

    /// Takes the next bytes of a file. Answers whether there is still room.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub async fn take(&mut self, file: ImportFile, bytes: &[u8]) -> Result<bool, Error> {
        if self.at != Some(file) {
            self.store().await?;
            self.at = Some(file);
        }
        if self.bytes.iter().sum::<usize>() + bytes.len() > ERP_UPLOAD_MAX {
            return Ok(false);
        }
        self.bytes[file as usize] += bytes.len();
        for piece in bytes.chunks(PART) {
            self.waiting.extend_from_slice(piece);
            if self.waiting.len() >= PART {
                self.store().await?;
            }
        }
        Ok(true)
    }

    async fn store(&mut self) -> Result<(), Error> {
        let Some(file) = self.at.filter(|_| !self.waiting.is_empty()) else { return Ok(()) };
        let (part, content) = (self.parts[file as usize], mem::take(&mut self.waiting));
        self.parts[file as usize] += 1;
        let mut tx = self.center.db().write().await?;
        let sql = "INSERT INTO erp_import_parts (import_id, file, part, content) VALUES ($1, $2, $3, $4)";
        tx.execute(sql, args![self.id, file.key(), part, content]).await?;
        Ok(tx.commit().await?)
    }

    /// All files are there. One that was not sent has no rows.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub async fn finish(mut self) -> Result<Received, Error> {
        if self.bytes.iter().all(|bytes| *bytes == 0) {
            self.give_up().await?;
            return Ok(Received::Nothing);
        }
        for file in ImportFile::ALL {
            if self.bytes[file as usize] == 0 {
                self.take(file, header_of(file).as_bytes()).await?;
            }
        }
        self.store().await?;
        let mut tx = self.center.db().write().await?;
        let bytes = self.bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX));
        tx.execute(
            "UPDATE erp_imports SET state = $2, customers = $3, contacts = $4, invoices = $5, complete = $6 WHERE id = $1",
            args![self.id, ErpImportState::Arrived, bytes[0], bytes[1], bytes[2], self.complete],
        )
        .await?;
        imports::keep_latest(self.center, &mut tx, MOST_KEPT).await?;
        let entry = Entry::by(self.actor, Event::ErpFilesUploaded)
            .fact(Fact::ErpImport, self.id.to_string().as_str());
        audit::append(self.center, &mut tx, entry).await?;
        tx.commit().await?;
        Ok(Received::All(self.id))
    }

    /// Forgets what has come so far.
    ///
    /// # Errors
    /// [`Error::Store`]
    pub async fn give_up(self) -> Result<(), Error> {
        let mut tx = self.center.db().write().await?;
        tx.execute("DELETE FROM erp_import_parts WHERE import_id = $1", args![self.id]).await?;
        tx.execute("DELETE FROM erp_imports WHERE id = $1", args![self.id]).await?;
        Ok(tx.commit().await?)
    }
}
