//! The files of an import, read from where they are kept part by part.

use std::io::{self, Cursor, Read};

use model::ErpImportId;
use tokio::sync::mpsc;

use crate::erp::{ImportFile, ImportInput};
use crate::store::{Db, StoreError, args};

/// Parts that wait to be read.
const AHEAD: usize = 2;

/// Opens a file of so many bytes. Its parts are fetched while it is read.
pub(super) fn open(db: &Db, id: ErpImportId, file: ImportFile, bytes: u64) -> ImportInput {
    let (sender, parts) = mpsc::channel(AHEAD);
    let db = db.clone();
    tokio::spawn(async move {
        let mut part = 0_i64;
        loop {
            let found = match read(&db, id, file, part).await {
                Ok(Some(content)) => Ok(content),
                Ok(None) => return,
                Err(error) => Err(io::Error::other(error.to_string())),
            };
            let failed = found.is_err();
            // Nobody reads on once something else has failed.
            if sender.send(found).await.is_err() || failed {
                return;
            }
            part += 1;
        }
    });
    let reader = Box::new(Parts { parts, current: Cursor::new(Vec::new()), left: bytes });
    ImportInput { reader, name: file.name().to_owned(), bytes }
}

async fn read(db: &Db, id: ErpImportId, file: ImportFile, part: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT content FROM erp_import_parts WHERE import_id = $1 AND file = $2 AND part = $3";
    let row = db.read().await?.optional(sql, args![id, file.key(), part]).await?;
    row.map(|row| row.get("content")).transpose()
}

struct Parts {
    parts: mpsc::Receiver<io::Result<Vec<u8>>>,
    current: Cursor<Vec<u8>>,
    left: u64,
}

impl Read for Parts {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.current.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                self.left = self.left.saturating_sub(read as u64);
                return Ok(read);
            }
            match self.parts.blocking_recv() {
                Some(part) => self.current = Cursor::new(part?),
                None if self.left == 0 => return Ok(0),
                // Half a file must not pass for a whole one.
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            }
        }
    }
}
