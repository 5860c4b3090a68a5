//! Imports into the embedded ERP, in the reader's words.

use center::erp::FileReport;
use center::office::erp::Found;
use model::{ErpFileLine, ErpImportPage};

use crate::i18n::{Text, row_error};

/// The page of an import.
pub(crate) fn page(t: Text, found: Found) -> ErpImportPage {
    let report = found.report.unwrap_or_default();
    ErpImportPage {
        line: found.line,
        fault: found.fault,
        files: report.files.iter().map(file).collect(),
        errors: report.errors.iter().map(|error| row_error(t, error)).collect(),
        progress: found.progress,
        waits: found.waits,
        open: found.open,
        can_manage: found.can_manage,
        kept_until: found.kept_until,
    }
}

fn file(report: &FileReport) -> ErpFileLine {
    ErpFileLine {
        name: report.file.name().to_owned(),
        rows: report.rows,
        inserted: report.inserted,
        changed: report.changed,
        unchanged: report.unchanged,
        removed: report.removed,
        errors: report.errors,
    }
}
