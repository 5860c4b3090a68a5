//! Cells of the CSV files that people open in a spreadsheet program and bring back from it.
//!
//! Such a program takes some cells for formulas and runs them. A cell that could be one gets an
//! apostrophe in front, which makes it text; [`plain`] takes it away again. The same is done behind
//! every sign that some program takes for the end of a cell.

use model::Locale;

/// Marks UTF-8 for programs that otherwise guess.
const MARK: char = '\u{feff}';

/// A CSV file under construction: UTF-8, all cells in quotes, lines ending with CR and LF.
#[derive(Debug)]
pub struct Sheet {
    text: String,
    separator: char,
}

impl Sheet {
    /// An empty one. Programs set to German expect a semicolon between the cells.
    pub fn new(locale: Locale) -> Self {
        let separator = match locale {
            Locale::En => ',',
            Locale::De => ';',
        };
        Self { text: MARK.to_string(), separator }
    }

    /// Appends a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(self.separator);
            }
            self.text.push('"');
            self.text.push_str(&safe(cell).replace('"', "\"\""));
            self.text.push('"');
        }
        self.text.push_str("\r\n");
    }

    /// The whole text, beginning with the mark of UTF-8.
    pub fn finish(self) -> String {
        self.text
    }
}

/// The text of a sheet without the mark at its beginning.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// The cell as no program takes it for a formula.
pub fn safe(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for (at, sign) in cell.char_indices() {
        if begins && could_be_formula(&cell[at..]) {
            out.push('\'');
        }
        out.push(sign);
        begins = ends_cell(sign);
    }
    out
}

/// The cell as it was before [`safe`].
pub fn plain(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut begins = true;
    for (at, sign) in cell.char_indices() {
        let added = begins && sign == '\'' && could_be_formula(&cell[at + 1..]);
        if !added {
            out.push(sign);
        }
        begins = ends_cell(sign);
    }
    out
}

/// Signs that some program takes for the end of a cell.
const fn ends_cell(sign: char) -> bool {
    matches!(sign, ',' | ';' | '|' | '\t' | '\r' | '\n')
}

/// Whether a cell that begins like this could be taken for a formula, also by a program that
/// takes away spaces and quotes first, or what an earlier [`safe`] put in front.
fn could_be_formula(rest: &str) -> bool {
    let begins =
        |sign| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0');
    rest.trim_start_matches([' ', '"', '\'']).starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// How a program set to this separator reads a sheet.
    fn read(text: &str, separator: u8) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(unmarked(text).as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn formulas_become_text() {
        for bad in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0", "＝1", " =1", "'=1", "\"=1", "a;=1",
            "a, -1",
        ] {
            let safe = safe(bad);
            assert_ne!(safe, bad);
            assert_eq!(plain(&safe), bad);
        }
        for good in [
            "",
            "Zoë O'Brien",
            "'quoted'",
            "a=b",
            "ines+x@northwind.example",
            "2026-11-22T10:00:00Z",
            "1500.50",
        ] {
            assert_eq!(safe(good), good);
            assert_eq!(plain(good), good);
        }
    }

    #[test]
    fn a_sheet_is_as_its_readers_expect_it() {
        let mut sheet = Sheet::new(Locale::De);
        sheet.row(["name", "rollen"]);
        sheet.row(["Otto \"O\" Lund", "Einkauf | Freigabe"]);
        assert_eq!(
            sheet.finish(),
            "\u{feff}\"name\";\"rollen\"\r\n\"Otto \"\"O\"\" Lund\";\"Einkauf | Freigabe\"\r\n"
        );
    }

    proptest! {
        #[test]
        fn every_cell_reads_back(cell in "(\\PC|[=+@'\",; \t\r\n\u{0}-]){0,20}") {
            prop_assert_eq!(plain(&safe(&cell)), cell);
        }

        #[test]
        fn no_program_sees_a_formula(
            cells in prop::collection::vec("([a-z=+@'\",;|1 \t\r\n\u{0}＝-]){0,12}", 1..5),
            german in any::<bool>(),
        ) {
            let mut sheet = Sheet::new(if german { Locale::De } else { Locale::En });
            sheet.row(cells.iter().map(String::as_str));
            let text = sheet.finish();
            for separator in *b",;\t|" {
                for cell in read(&text, separator).into_iter().flatten() {
                    let first = cell.trim_start_matches([' ', '"']).chars().next();
                    prop_assert!(!matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '\0')), "{:?} in {:?}", cell, text);
                }
            }
        }

        #[test]
        fn the_rows_read_back(rows in prop::collection::vec(prop::collection::vec("[a-z=+@'\",;\r\n-]{0,8}", 3), 1..5)) {
            let mut sheet = Sheet::new(Locale::En);
            for row in &rows {
                sheet.row(row.iter().map(String::as_str));
            }
            let found: Vec<Vec<String>> =
                read(&sheet.finish(), b',').iter().map(|row| row.iter().map(|c| plain(c)).collect()).collect();
            prop_assert_eq!(found, rows);
        }
    }
}
