use std::sync::{Mutex, MutexGuard, PoisonError};

use model::ErpImportId;

use super::{ImportFile, ImportProgress};

/// The import that this node carries out, and how far it is. It stands in memory because SQLite, while an import
/// is written, takes no other writes.
#[derive(Default)]
pub(crate) struct Running(Mutex<Option<(ErpImportId, ImportProgress)>>);

impl Running {
    fn now(&self) -> MutexGuard<'_, Option<(ErpImportId, ImportProgress)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The import, if there is one.
    pub(crate) fn running(&self) -> Option<(ErpImportId, ImportProgress)> {
        *self.now()
    }

    /// Takes the place for an import of so many bytes; answers whether it was free.
    pub(crate) fn begin(&self, id: ErpImportId, total_bytes: u64) -> bool {
        let mut now = self.now();
        let free = now.is_none();
        if free {
            let progress = ImportProgress { file: ImportFile::Customers, rows: 0, bytes: 0, total_bytes };
            *now = Some((id, progress));
        }
        free
    }

    /// It is so far.
    pub(crate) fn advance(&self, progress: ImportProgress) {
        if let Some((_, at)) = &mut *self.now() {
            *at = progress;
        }
    }

    /// It has ended.
    pub(crate) fn end(&self) {
        self.now().take();
    }
}
