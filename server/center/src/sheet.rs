//! Tables for spreadsheet programs: CSV after RFC 4180, with a byte order mark, and without cells
//! that such a program would calculate.

/// A table that is being written, row by row.
#[derive(Debug)]
pub struct Sheet(String);

impl Sheet {
    /// Begins with the heads of the columns.
    pub fn new<const N: usize>(heads: [&str; N]) -> Self {
        // Without the mark some programs take UTF-8 for the country's old encoding.
        let mut sheet = Self("\u{feff}".to_owned());
        sheet.row(heads);
        sheet
    }

    /// Appends a row.
    pub fn row<const N: usize>(&mut self, cells: [&str; N]) {
        for (index, cell) in cells.into_iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.0.push('"');
            if begins_formula(cell) {
                self.0.push('\'');
            }
            self.0.push_str(&cell.replace('\0', "").replace('"', "\"\""));
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    /// The whole file.
    pub fn text(self) -> String {
        self.0
    }
}

/// Whether a spreadsheet program would take the cell for a formula: by its first sign, of normal
/// or of full width.
fn begins_formula(cell: &str) -> bool {
    matches!(
        cell.chars().next(),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠' | '−')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_quoted_and_marked() {
        let mut sheet = Sheet::new(["Name", "Note"]);
        sheet.row(["Zoë \"Zo\" Özgür", "a,b\nc"]);
        assert_eq!(sheet.text(), "\u{feff}\"Name\",\"Note\"\r\n\"Zoë \"\"Zo\"\" Özgür\",\"a,b\nc\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in
            ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠x"]
        {
            let mut sheet = Sheet::new(["A"]);
            sheet.row([cell]);
            let text = sheet.text();
            let written = text.split("\r\n\"").nth(1).unwrap();
            assert!(written.starts_with('\''), "{cell:?}: {written:?}");
        }
        let mut sheet = Sheet::new(["A"]);
        sheet.row(["a=1"]);
        assert!(sheet.text().ends_with("\"a=1\"\r\n"));
    }
}
