use core::fmt;

use serde::{Deserialize, Serialize};

use super::ImportProblem;
use super::problem::{ColumnName, known_column_if_any};

/// One of the three files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFile {
    /// Companies and sole traders
    Customers,
    /// People at them
    Contacts,
    /// What they were invoiced
    Invoices,
}

impl ImportFile {
    /// All three, in the order in which they are read.
    pub const ALL: [Self; 3] = [Self::Customers, Self::Contacts, Self::Invoices];

    /// The name of its field in a form, and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Contacts => "contacts",
            Self::Invoices => "invoices",
        }
    }

    /// Reads such a name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.key() == key)
    }

    /// The name in the folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers.csv",
            Self::Contacts => "contacts.csv",
            Self::Invoices => "invoices.csv",
        }
    }
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportProgress {
    /// The file being read
    pub file: ImportFile,
    /// Rows of this file so far, its header not counted.
    pub rows: u64,
    /// Bytes of all files so far
    pub bytes: u64,
    /// Bytes of all files, as they were when the import began.
    pub total_bytes: u64,
}

/// What one file held. While the whole import has no error,
/// `rows = inserted + changed + unchanged`; from the first error on nothing is compared any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// The file
    pub file: ImportFile,
    /// Rows, the header not counted
    pub rows: u64,
    /// Records that were not known
    pub inserted: u64,
    /// Records that differed
    pub changed: u64,
    /// Records that were the same
    pub unchanged: u64,
    /// Records that are taken away, because a complete file no longer names them
    #[serde(default)]
    pub removed: u64,
    /// Errors; a row can have several.
    pub errors: u64,
}

/// What an import did, or in a dry run would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Customers, contacts, invoices, in this order
    pub files: Vec<FileReport>,
    /// The first [`ImportReport::MAX_LISTED`] errors, by file and line
    pub errors: Vec<RowError>,
    /// All errors, listed or not
    pub error_count: u64,
    /// Whether the records are in the database now: no error and no dry run.
    pub written: bool,
}

impl ImportReport {
    /// The most errors that are listed.
    pub const MAX_LISTED: usize = 100;

    pub(super) fn begin(&mut self, file: ImportFile) {
        self.files.push(FileReport {
            file,
            rows: 0,
            inserted: 0,
            changed: 0,
            unchanged: 0,
            removed: 0,
            errors: 0,
        });
    }

    /// Adds to the file begun last.
    pub(super) fn count(&mut self, rows: u64, inserted: u64, changed: u64, unchanged: u64) {
        if let Some(file) = self.files.last_mut() {
            file.rows += rows;
            file.inserted += inserted;
            file.changed += changed;
            file.unchanged += unchanged;
        }
    }

    /// Whether the file begun last has none.
    pub(super) fn no_rows(&self) -> bool {
        self.files.last().is_none_or(|file| file.rows == 0)
    }

    /// Adds records taken away to the file begun last.
    pub(super) fn remove(&mut self, removed: u64) {
        if let Some(file) = self.files.last_mut() {
            file.removed += removed;
        }
    }

    /// Adds errors of the file begun last: `count` in all, of which some or all are listed.
    pub(super) fn refuse(&mut self, count: u64, mut listed: Vec<RowError>) {
        if let Some(file) = self.files.last_mut() {
            file.errors += count;
        }
        self.error_count += count;
        listed.sort_by_key(|error| error.line);
        listed.truncate(Self::MAX_LISTED.saturating_sub(self.errors.len()));
        self.errors.append(&mut listed);
    }
}

/// What is wrong with a row. Written out it says where, what, and how to correct it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// The file
    pub file: ImportFile,
    /// Line in the file where the row begins; the header is line 1.
    pub line: u64,
    /// Column; `None` when the row as a whole is wrong.
    #[serde(deserialize_with = "known_column_if_any")]
    pub column: Option<ColumnName>,
    /// What is wrong
    pub problem: ImportProblem,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}", self.file.name(), self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}. {}.", self.problem, self.problem.fix())
    }
}
