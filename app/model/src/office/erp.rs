use serde::{Deserialize, Serialize};

use crate::{ErpImportId, Page};

/// Which ERP the portal asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErpAdapter {
    /// The portal's own tables, filled by imports.
    Embedded,
    /// None: every question goes unanswered.
    Maintenance,
}

macro_rules! keyed {
    ($(#[$doc:meta])* $enum:ident { $( $(#[$inner:meta])* $name:ident = $key:literal, )* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $enum { $( $(#[$inner])* #[serde(rename = $key)] $name, )* }

        impl $enum {
            /// All of them.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the database and in addresses.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// Reads such a name.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

keyed! {
    /// What the ERP can be asked: the port's questions, and its one change.
    ErpOperation {
        /// A customer by its number
        Customer = "customer",
        /// Whether an invoice is a customer's
        HasInvoice = "has_invoice",
        /// The people at a customer
        Contacts = "contacts",
        /// One person at a customer
        Contact = "contact",
        /// A customer's invoices
        Invoices = "invoices",
        /// Customers by what was typed
        FindCustomers = "find_customers",
        /// How many these are
        CountCustomers = "count_customers",
        /// Name and email of a contact written into the ERP
        ChangeContact = "change_contact",
    }
}

keyed! {
    /// What came of asking.
    ErpOutcome {
        /// It answered, be it that there is nothing.
        Answered = "answered",
        /// It does not answer.
        Unavailable = "unavailable",
        /// Its tables could not be read or written.
        Failed = "failed",
    }
}

keyed! {
    /// Where an import stands.
    ErpImportState {
        /// Its files are on their way.
        Arriving = "arriving",
        /// Its files are there; nobody has looked at them.
        Arrived = "arrived",
        /// Its files are being checked.
        Checking = "checking",
        /// Something in its files is wrong. Nothing was written.
        Refused = "refused",
        /// Its files are right, and can be written.
        Checked = "checked",
        /// Its files are being written.
        Importing = "importing",
        /// What was being done broke off. Nothing was written.
        Interrupted = "interrupted",
        /// All of it is written.
        Done = "done",
        /// Its files were thrown away.
        Discarded = "discarded",
    }
}

keyed! {
    /// Why an import did not come to its end.
    ErpImportFault {
        /// Something else holds the tables.
        Busy = "busy",
        /// The database failed, or the files could not be read.
        Failed = "failed",
    }
}

/// How long questions took and how many went unanswered, in an hour or in a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpFigures {
    /// When it begins, in words; empty for the day.
    pub label: String,
    /// Questions
    pub calls: u64,
    /// Those that went unanswered
    pub unanswered: u64,
    /// Half of the others took at most so many microseconds; 0 without any.
    pub median: u64,
    /// Of a hundred of them ninety-five took at most so many.
    pub slow: u64,
}

/// *ERP*: how it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpStatus {
    /// Which it is
    pub adapter: ErpAdapter,
    /// Whether it answered when it was asked last; `None` when it never was.
    pub reachable: Option<bool>,
    /// Since when that is so, in words
    pub since: String,
    /// When it was asked last, in words
    pub seen: String,
    /// The last 24 hours, each by itself
    pub hours: Vec<ErpFigures>,
    /// The same together
    pub day: ErpFigures,
    /// The last import that was written
    pub last_import: Option<ErpImportLine>,
}

/// What the request log is asked for, as it stands in the page's address. Anything the address has wrong counts
/// as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpCallsQuery {
    /// Only such questions.
    pub operation: Option<ErpOperation>,
    /// Only those with this outcome.
    pub outcome: Option<ErpOutcome>,
    /// The page after this row.
    pub after: Option<String>,
    /// The page before this row.
    pub before: Option<String>,
}

impl ErpCallsQuery {
    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        // A place is an id.
        let place = |name| get(name).filter(|id| !id.is_empty() && id.len() <= 36);
        Self {
            operation: get("operation").as_deref().and_then(ErpOperation::from_key),
            outcome: get("outcome").as_deref().and_then(ErpOutcome::from_key),
            after: place("after"),
            before: place("before"),
        }
    }

    /// The parameters of the address, only those that are not the default.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("operation", self.operation.map(|operation| operation.key().to_owned())),
            ("outcome", self.outcome.map(|outcome| outcome.key().to_owned())),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// A row of the request log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpCallRow {
    /// The row's place in the list
    pub id: String,
    /// When, as RFC 3339
    pub at: String,
    /// When, in words
    pub when: String,
    /// What was asked
    pub operation: ErpOperation,
    /// What came of it
    pub outcome: ErpOutcome,
    /// How long it took, in microseconds
    pub took: u64,
    /// How many entries the answer had; `None` without an answer.
    pub entries: Option<u64>,
}

/// The request log.
pub type ErpCalls = Page<ErpCallRow>;

/// An import in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpImportLine {
    /// Id
    pub id: ErpImportId,
    /// When it began, in words
    pub when: String,
    /// When it ended, in words; empty before.
    pub ended: String,
    /// Who did it; empty for the command line.
    pub by: String,
    /// Where it stands
    pub state: ErpImportState,
    /// New, changed and removed records that it wrote, or would write.
    pub records: u64,
    /// What is wrong in its files.
    pub errors: u64,
}

/// *Import*: what was imported, and room for more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpImportsPage {
    /// The latest first
    pub imports: Vec<ErpImportLine>,
    /// The ERP is one that takes imports.
    pub open: bool,
    /// Whether the reader may import.
    pub can_manage: bool,
    /// While an import is written, nothing else is: the database has one writer.
    pub holds_up: bool,
}

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpFileLine {
    /// Its name
    pub name: String,
    /// Its rows, without the header
    pub rows: u64,
    /// Records that were not known
    pub inserted: u64,
    /// Records that differed
    pub changed: u64,
    /// Records that were the same
    pub unchanged: u64,
    /// Records that it no longer names, and that are taken away
    pub removed: u64,
    /// What is wrong in it
    pub errors: u64,
}

/// Something that is wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpRowError {
    /// The file's name
    pub file: String,
    /// The line where the row begins
    pub line: u64,
    /// The column; empty for the row as a whole.
    pub column: String,
    /// What is wrong
    pub problem: String,
    /// How to correct it
    pub fix: String,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpProgress {
    /// The file's name
    pub file: String,
    /// Its rows so far
    pub rows: u64,
    /// How much of all files was read, in percent
    pub percent: u64,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErpImportPage {
    /// Its line
    pub line: ErpImportLine,
    /// Why it did not come to its end the last time.
    pub fault: Option<ErpImportFault>,
    /// What was found in its files; empty before a check.
    pub files: Vec<ErpFileLine>,
    /// The first things that are wrong; [`ErpImportLine::errors`] says how many there are.
    pub errors: Vec<ErpRowError>,
    /// How far it is, while it runs.
    pub progress: Option<ErpProgress>,
    /// Another import runs, so that this one has to wait.
    pub waits: bool,
    /// The ERP is one that takes imports.
    pub open: bool,
    /// Whether the reader may import.
    pub can_manage: bool,
    /// Until when its files are kept, in words; empty once they are gone.
    pub kept_until: String,
}

/// The most that the files of an import may have together, in bytes.
pub const ERP_UPLOAD_MAX: usize = 32 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_nonsense_is_not_given() {
        let query = ErpCallsQuery {
            operation: Some(ErpOperation::FindCustomers),
            outcome: Some(ErpOutcome::Unavailable),
            after: Some("0197".to_owned()),
            before: None,
        };
        let pairs = query.pairs();
        let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone());
        assert_eq!(ErpCallsQuery::read(get), query);
        let nonsense = ErpCallsQuery::read(|_| Some("x".repeat(40)));
        assert_eq!(nonsense, ErpCallsQuery::default());
    }
}
