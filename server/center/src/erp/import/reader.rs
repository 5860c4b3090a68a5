use std::io::{self, Read};
use std::mem;

use model::CustomerNumber;

use super::fields::Fields;
use super::records::{Record, Records};
use super::{ImportFile, ImportProblem, ImportReport, Kind, RowError, customers, header};
use crate::store::Value;

/// Rows per batch.
const BATCH: usize = 512;

/// A row that was read, as far as it could be.
pub(super) struct Row {
    /// The customer that it refers to.
    pub(super) customer: Option<CustomerNumber>,
    /// What no other row of the file may have.
    pub(super) claims: Vec<Claim>,
    /// What to store; `None` when something in the row is wrong.
    pub(super) values: Option<Vec<Value>>,
}

/// Something that only one row of a file may have.
pub(super) struct Claim {
    /// Column that holds it
    pub(super) column: &'static str,
    /// The column and the value as it is compared, alike for two rows only when they collide.
    pub(super) key: String,
}

impl Claim {
    /// Unique in the whole file.
    pub(super) fn new(column: &'static str, value: &str) -> Self {
        Self { column, key: format!("{column} {value}") }
    }

    /// Unique among the rows of one customer.
    pub(super) fn within(column: &'static str, customer_key: &str, value: &str) -> Self {
        Self { column, key: format!("{column} {customer_key} {value}") }
    }

    /// The value alone; neither numbers as they are compared nor emails have spaces.
    pub(super) fn value(&self) -> &str {
        self.key.rsplit(' ').next().unwrap_or_default()
    }
}

/// Rows on their way to the database.
#[derive(Default)]
pub(super) struct Batch {
    /// Rows with their lines
    pub(super) rows: Vec<(u64, Row)>,
    /// Rows, including those that could not be read at all
    pub(super) count: u64,
    /// What is wrong with them: all of it until as many were sent as are ever listed.
    pub(super) errors: Vec<RowError>,
    /// How much is wrong with them
    pub(super) error_count: u64,
    /// Bytes of the file up to here
    pub(super) bytes: u64,
}

/// Reads and checks a file and delivers it in batches, until `deliver` answers that nobody
/// listens any more. Answers whether the header let the rows be read.
///
/// # Errors
/// Those of the file.
pub(super) fn read_file(
    kind: &Kind,
    input: impl Read,
    mut deliver: impl FnMut(Batch) -> bool,
) -> io::Result<bool> {
    let mut records = Records::new(input);
    let mut errors = Errors { file: kind.file, left: ImportReport::MAX_LISTED };
    let mut batch = Batch::default();
    let (line, problems) = match records.next()? {
        Some(record) => (record.line, header::check(&record, kind.columns)),
        None => (1, vec![ImportProblem::NoHeader]),
    };
    if !problems.is_empty() {
        errors.add(&mut batch, line, problems.into_iter().map(|problem| (None, problem)));
        batch.bytes = records.bytes();
        deliver(batch);
        return Ok(false);
    }
    while let Some(record) = records.next()? {
        batch.count += 1;
        read_row(kind, &record, &mut batch, &mut errors);
        if batch.count == BATCH as u64 {
            batch.bytes = records.bytes();
            if !deliver(mem::take(&mut batch)) {
                return Ok(true);
            }
        }
    }
    batch.bytes = records.bytes();
    deliver(batch);
    Ok(true)
}

fn read_row(kind: &Kind, record: &Record<'_>, batch: &mut Batch, errors: &mut Errors) {
    if record.too_long {
        errors.add(batch, record.line, [(None, ImportProblem::RowTooLong)]);
        return;
    }
    if record.count != kind.columns.len() {
        let problem = ImportProblem::FieldCount { found: record.count, expected: kind.columns.len() };
        errors.add(batch, record.line, [(None, problem)]);
        batch.rows.extend(customer_of_broken_row(kind, record).map(|row| (record.line, row)));
        return;
    }
    let mut fields = Fields::new(record.fields().collect(), kind.columns);
    let row = (kind.read)(&mut fields);
    let notes = fields.notes.into_iter().map(|(column, problem)| (Some(column), problem));
    errors.add(batch, record.line, notes);
    batch.rows.push((record.line, row));
}

/// A customer whose row has too many or too few fields is still known by its number. Otherwise
/// each of its contacts and invoices would be reported as belonging to nobody.
fn customer_of_broken_row(kind: &Kind, record: &Record<'_>) -> Option<Row> {
    if kind.file != ImportFile::Customers {
        return None;
    }
    let number = Fields::new(vec![record.fields().next()?], kind.columns).number(CustomerNumber::parse)?;
    Some(Row { customer: None, claims: vec![Claim::new(customers::NUMBER, &number.key())], values: None })
}

/// Lists errors up to the limit and counts the others, so that a file in which every row is
/// wrong does not fill the memory.
struct Errors {
    file: ImportFile,
    left: usize,
}

impl Errors {
    fn add(
        &mut self,
        batch: &mut Batch,
        line: u64,
        problems: impl IntoIterator<Item = (Option<&'static str>, ImportProblem)>,
    ) {
        for (column, problem) in problems {
            batch.error_count += 1;
            if self.left > 0 {
                self.left -= 1;
                batch.errors.push(RowError { file: self.file, line, column, problem });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::KINDS;
    use super::*;
    use proptest::prelude::*;

    /// Rows and errors of a file.
    fn read(kind: &Kind, text: &[u8]) -> (usize, Vec<RowError>) {
        let (mut rows, mut errors) = (0, Vec::new());
        read_file(kind, text, |batch| {
            assert!(batch.count <= BATCH as u64 && batch.rows.len() <= BATCH);
            rows += batch.rows.iter().filter(|(_, row)| row.values.is_some()).count();
            errors.extend(batch.errors);
            true
        })
        .unwrap();
        (rows, errors)
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            for kind in KINDS {
                read(kind, &bytes);
            }
        }

        #[test]
        fn arbitrary_rows_never_panic(rows in "([-A-Z0-9a-z@.,\"\r\n \t\u{0}-\u{ff}üß\u{202e}]{0,30}[,\"\r\n]){0,30}") {
            for kind in KINDS {
                read(kind, format!("{}\n{rows}", kind.columns.join(",")).as_bytes());
            }
        }

        #[test]
        fn a_row_is_stored_or_refused(fields in prop::collection::vec("yes|no|EUR|en|DE|a@b\\.de|2024-01-01|1\\.5|[a-z\u{7f}]{0,3}", 11)) {
            for kind in KINDS {
                let row = fields[..kind.columns.len()].join(",");
                let (rows, errors) = read(kind, format!("{}\n{row}\n", kind.columns.join(",")).as_bytes());
                prop_assert_eq!(rows == 0, !errors.is_empty());
            }
        }
    }

    #[test]
    fn values_match_the_columns_of_the_tables() {
        for (kind, row) in KINDS.into_iter().zip([
            "1,A,EUR,de,no,,,,,,",
            "1,2,ms,A,a@b.de,,yes,no",
            "1,2,2024-01-01,EUR,1.50",
        ]) {
            let mut values = 0;
            read_file(kind, format!("{}\n{row}\n", kind.columns.join(",")).as_bytes(), |batch| {
                values = batch.rows.iter().filter_map(|(_, row)| row.values.as_ref()).map(Vec::len).sum();
                true
            })
            .unwrap();
            assert_eq!(values, kind.keys.len() + kind.facts.len(), "{}", kind.table);
        }
    }

    #[test]
    fn reading_ends_when_nobody_listens() {
        let text = format!("{}\n{}", KINDS[2].columns.join(","), "1,2,2024-01-01,EUR,1\n".repeat(5 * BATCH));
        let mut batches = 0;
        read_file(KINDS[2], text.as_bytes(), |_| {
            batches += 1;
            batches < 2
        })
        .unwrap();
        assert_eq!(batches, 2);
    }
}
