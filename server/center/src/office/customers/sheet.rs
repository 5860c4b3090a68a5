//! The text of a sheet as rows: customer number, contact number or email, role.

use model::{AppError, FieldError, FieldIssue, IMPORT_MAX_CHARS, MANY_MAX};

use super::many::{GiveRow, GiveState};
use crate::Error;
use crate::erp::Records;
use crate::spreadsheet::unmarked;
use crate::users::{cell, separator};

/// Reads a sheet, whose first row may be the names of the columns. Rows with more cells than columns are kept
/// back at once; everything else in a row is for others to judge.
///
/// # Errors
/// The field `csv`
pub(super) fn read(text: &str) -> Result<Vec<GiveRow>, Error> {
    let refused = |issue| Error::field("csv", issue);
    let text = unmarked(text).replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(refused(FieldIssue::Required));
    }
    if text.chars().count() > IMPORT_MAX_CHARS {
        return Err(refused(FieldIssue::TooLong { max: IMPORT_MAX_CHARS }));
    }
    let mut records = Records::separated(text.as_bytes(), separator(&text));
    let mut rows = Vec::new();
    while let Some(record) = records.next().map_err(|error| Error::Fault(error.to_string()))? {
        let mut cells: Vec<String> = record.fields().map(cell).collect();
        while cells.len() > 3 && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let beyond = record.too_long || cells.len() > 3;
        cells.resize(3, String::new());
        if cells.iter().all(String::is_empty) || (rows.is_empty() && is_head(&cells[0])) {
            continue;
        }
        let too_many = || {
            let field = "row".to_owned();
            AppError::invalid(vec![FieldError { field, issue: FieldIssue::CellsTooMany }])
        };
        let state = if beyond { GiveState::Kept(too_many()) } else { GiveState::Ready };
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        rows.push(GiveRow { line: record.line, customer: next(), person: next(), role: next(), state });
        if rows.len() > MANY_MAX {
            return Err(refused(FieldIssue::TooMany { max: MANY_MAX }));
        }
    }
    if rows.is_empty() { Err(refused(FieldIssue::RowsMissing)) } else { Ok(rows) }
}

/// Whether the cell is the name of the first column.
fn is_head(cell: &str) -> bool {
    let letters: String = cell.chars().filter(|c| c.is_alphabetic()).collect();
    matches!(letters.to_lowercase().as_str(), "customernumber" | "customer" | "kundennummer" | "kunde")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, String, String, String)> {
        let rows = read(text).unwrap();
        rows.into_iter().map(|row| (row.line, row.customer, row.person, row.role)).collect()
    }

    #[test]
    fn heads_empty_rows_and_separators_are_understood() {
        let row =
            |line, cells: [&str; 3]| (line, cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned());
        assert_eq!(
            rows("customer_number;contact;role\n10-1;KT-1;buyer\n\n;;\n10-2;a@b.example;;\n"),
            [row(2, ["10-1", "KT-1", "buyer"]), row(5, ["10-2", "a@b.example", ""])]
        );
        assert_eq!(rows("10-1\tKT-1"), [row(1, ["10-1", "KT-1", ""])]);
    }

    #[test]
    fn what_is_no_sheet_is_refused() {
        for text in ["", " \n", "customer_number,contact,role\n"] {
            assert!(read(text).is_err(), "{text:?}");
        }
        assert!(read(&"1,2\n".repeat(MANY_MAX + 1)).is_err());
        let beyond = read("1,2,3,4").unwrap();
        assert!(matches!(beyond[0].state, GiveState::Kept(_)));
    }
}
