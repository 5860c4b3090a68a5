//! The text of a sheet as rows: columns in any order, cells between commas, semicolons or tabs.

use model::{AppError, FieldError, FieldIssue, IMPORT_MAX_CHARS, MANY_MAX, UserColumn};

use super::words::{Head, read_head};
use super::{ImportRow, RowState};
use crate::Error;
use crate::erp::Records;
use crate::spreadsheet::{plain, unmarked};

/// Signs that may stand between the cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];
/// The most cells of a row that are looked at; [`Records`] keeps a few more.
const CELLS: usize = 60;

/// Reads a sheet of users. Rows with more cells than columns are kept back at once; everything
/// else in a row is for others to judge.
///
/// # Errors
/// The field `csv`, once for each thing that keeps the rows from being read.
pub(super) fn read(text: &str) -> Result<Vec<ImportRow>, Error> {
    let refused = |issues: Vec<FieldIssue>| {
        Error::from(
            issues.into_iter().map(|issue| FieldError { field: "csv".to_owned(), issue }).collect::<Vec<_>>(),
        )
    };
    // Browsers send every line break as two signs; people count it as one.
    let text = unmarked(text).replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(refused(vec![FieldIssue::Required]));
    }
    if text.chars().count() > IMPORT_MAX_CHARS {
        return Err(refused(vec![FieldIssue::TooLong { max: IMPORT_MAX_CHARS }]));
    }
    let mut records = Records::separated(text.as_bytes(), separator(&text));
    let unread = |error: std::io::Error| Error::Fault(error.to_string());
    let heads = match records.next().map_err(unread)? {
        Some(record) if record.too_long || record.count > CELLS => {
            return Err(refused(vec![FieldIssue::ColumnUnknown { place: CELLS + 1 }]));
        }
        Some(record) => record.fields().map(|name| read_head(&cell(name))).collect::<Vec<_>>(),
        None => return Err(refused(vec![FieldIssue::Required])),
    };
    let problems = problems(&heads);
    if !problems.is_empty() {
        return Err(refused(problems));
    }
    let mut rows = Vec::new();
    while let Some(record) = records.next().map_err(unread)? {
        let mut row = ImportRow { line: record.line, cells: Default::default(), state: RowState::Ready };
        let mut beyond = record.too_long || record.count > CELLS;
        for (place, field) in record.fields().enumerate() {
            match heads.get(place) {
                Some(Head::Column(column)) => row.cells[*column as usize] = cell(field),
                Some(Head::Ignored) => {}
                // Programs end rows with empty cells when other parts of the sheet are wider.
                Some(Head::Nameless | Head::Unknown) | None => beyond |= !cell(field).is_empty(),
            }
        }
        if beyond {
            let issue = FieldIssue::CellsTooMany;
            row.state =
                RowState::Kept(AppError::invalid(vec![FieldError { field: "row".to_owned(), issue }]));
        } else if row.cells.iter().all(String::is_empty) {
            continue;
        }
        rows.push(row);
        if rows.len() > MANY_MAX {
            return Err(refused(vec![FieldIssue::TooMany { max: MANY_MAX }]));
        }
    }
    if rows.is_empty() { Err(refused(vec![FieldIssue::RowsMissing])) } else { Ok(rows) }
}

/// The sign that stands most often between the names of the columns.
pub(crate) fn separator(text: &str) -> u8 {
    let mut counts = [0_usize; SEPARATORS.len()];
    let mut quoted = false;
    for sign in text.trim_start().chars() {
        match sign {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(place) = SEPARATORS.iter().position(|s| *s == sign) {
                    counts[place] += 1;
                }
            }
        }
    }
    // Of equal ones the first counts.
    let most = counts.iter().copied().max().unwrap_or_default();
    counts.iter().position(|count| *count == most).map_or(b',', |place| SEPARATORS[place] as u8)
}

/// A cell without the spaces around it and without what protects it from being a formula.
pub(crate) fn cell(field: &[u8]) -> String {
    plain(String::from_utf8_lossy(field).trim())
}

fn problems(heads: &[Head]) -> Vec<FieldIssue> {
    let mut problems = Vec::new();
    for column in UserColumn::ALL {
        match heads.iter().filter(|head| **head == Head::Column(column)).count() {
            0 if column.is_required() => problems.push(FieldIssue::ColumnMissing(column)),
            0 | 1 => {}
            _ => problems.push(FieldIssue::ColumnTwice(column)),
        }
    }
    let unknown = heads.iter().enumerate().filter(|(_, head)| **head == Head::Unknown);
    problems.extend(unknown.map(|(place, _)| FieldIssue::ColumnUnknown { place: place + 1 }));
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spreadsheet::Sheet;
    use model::{ErrorCode, Locale};
    use proptest::prelude::*;

    fn issues(text: &str) -> Vec<FieldIssue> {
        match read(text) {
            Ok(rows) => panic!("it was read: {rows:?}"),
            Err(Error::Refused(error)) => {
                assert_eq!(error.code, ErrorCode::Invalid);
                error.fields.into_iter().map(|f| f.issue).collect()
            }
            Err(error) => panic!("{error}"),
        }
    }

    fn names(text: &str) -> Vec<(u64, String)> {
        let rows = read(text).unwrap();
        rows.into_iter().map(|row| (row.line, row.cell(UserColumn::Name).to_owned())).collect()
    }

    #[test]
    fn columns_are_found_in_any_order_language_and_separator() {
        for text in [
            "name,email,roles\nInes,ines@x.example,buyer\n",
            "\u{feff}E-Mail;Rollen;Name\r\nines@x.example;buyer;Ines\r\n",
            "Roles\tWork email\tFull name\nbuyer\tines@x.example\tInes",
            "\"name\";\"problem\";\"email\";\"roles\"\n\"Ines\";\"a, b, c\";\"ines@x.example\";\"buyer\"",
            "\n\n name , email , roles ,,\n Ines , ines@x.example , buyer ,,\n,,,,\n",
        ] {
            let rows = read(text).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            let cells = [UserColumn::Name, UserColumn::Email, UserColumn::Roles].map(|c| rows[0].cell(c));
            assert_eq!(cells, ["Ines", "ines@x.example", "buyer"], "{text}");
            assert_eq!(rows[0].state, RowState::Ready);
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let text = "name;email;roles\r\n\r\nA;a@x.example;buyer\r\n\"B\r\nB\";b@x.example;buyer\r\nC;c@x.example;buyer";
        assert_eq!(names(text), [(3, "A".to_owned()), (4, "B\nB".to_owned()), (6, "C".to_owned())]);
    }

    #[test]
    fn quotes_and_protected_cells_are_read() {
        let text = "name,email,roles\n\"Lund, \"\"Otto\"\"\",o@x.example,\"buyer; viewer\"\n'=Ada,a@x.example,buyer\n";
        assert_eq!(names(text), [(2, "Lund, \"Otto\"".to_owned()), (3, "=Ada".to_owned())]);
    }

    #[test]
    fn what_keeps_the_rows_from_being_read_is_named() {
        use FieldIssue as I;
        assert_eq!(issues(" \r\n"), [I::Required]);
        assert_eq!(issues("\u{feff}"), [I::Required]);
        assert_eq!(issues("name;email;roles\n"), [I::RowsMissing]);
        assert_eq!(issues("name;email;roles\n;;\n"), [I::RowsMissing]);
        assert_eq!(
            issues("name,name,rolls\nA,a@x.example,buyer"),
            [
                I::ColumnTwice(UserColumn::Name),
                I::ColumnMissing(UserColumn::Email),
                I::ColumnMissing(UserColumn::Roles),
                I::ColumnUnknown { place: 3 }
            ]
        );
        assert_eq!(
            issues("Ines Moreau,ines@x.example,buyer")[0],
            I::ColumnMissing(UserColumn::Name),
            "the names of the columns are missing"
        );
        assert_eq!(issues(&"x".repeat(IMPORT_MAX_CHARS + 1)), [I::TooLong { max: IMPORT_MAX_CHARS }]);
        let rows = "A,a@x.example,buyer\n";
        assert_eq!(read(&format!("name,email,roles\n{}", rows.repeat(MANY_MAX))).unwrap().len(), MANY_MAX);
        let more = format!("name,email,roles\n{}", rows.repeat(MANY_MAX + 1));
        assert_eq!(issues(&more), [I::TooMany { max: MANY_MAX }]);
        assert!(matches!(issues(&",".repeat(200))[..], [I::ColumnUnknown { .. }]));
    }

    #[test]
    fn a_row_with_a_cell_too_many_is_kept_back_alone() {
        let rows = read("name,email,roles\nLund, Otto,o@x.example,buyer\nB,b@x.example,buyer\n").unwrap();
        let RowState::Kept(error) = &rows[0].state else { panic!("{rows:?}") };
        assert_eq!(error.issue("row"), Some(FieldIssue::CellsTooMany));
        assert_eq!(rows[1].state, RowState::Ready);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
            let _ = read(&text);
        }

        #[test]
        fn arbitrary_rows_are_read_or_refused(rows in "([a-zß@=+'\"\u{0}\u{202e} -]{0,12}[,;\t\"\r\n]){0,60}") {
            if let Ok(rows) = read(&format!("name,email,roles,salutation\n{rows}")) {
                prop_assert!((1..=MANY_MAX).contains(&rows.len()));
                prop_assert!(rows.windows(2).all(|pair| pair[0].line < pair[1].line));
            }
        }

        #[test]
        fn what_a_sheet_holds_is_read_back(
            cells in prop::collection::vec("[a-zA-Zäß=+@'\",; -]{1,10}", 7),
            german in any::<bool>(),
        ) {
            let locale = if german { Locale::De } else { Locale::En };
            let cells: Vec<_> = cells.iter().map(|cell| cell.trim()).collect();
            prop_assume!(cells.iter().any(|cell| !cell.is_empty()));
            let mut sheet = Sheet::new(locale);
            sheet.row(UserColumn::ALL.iter().map(|column| column.name(locale)));
            sheet.row(cells.iter().copied());
            let rows = read(&sheet.finish()).unwrap();
            prop_assert_eq!(&rows[0].cells[..], &cells[..]);
        }
    }
}
