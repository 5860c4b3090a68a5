//! What is wrong in a file of an import. The English words are those of the command line, which has no other.

use center::erp::{ImportProblem as Problem, RowError};
use model::{ErpRowError, Locale};

use crate::i18n::Text;

/// An error in the reader's language.
pub fn row_error(t: Text, error: &RowError) -> ErpRowError {
    let (problem, fix) = match t.0 {
        Locale::En => (error.problem.to_string(), error.problem.fix().into_owned()),
        Locale::De => german(&error.problem),
    };
    ErpRowError {
        file: error.file.name().to_owned(),
        line: error.line,
        column: error.column.unwrap_or_default().to_owned(),
        problem: capital(&problem),
        fix,
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// What is wrong, and how to correct it.
fn german(problem: &Problem) -> (String, String) {
    let (what, fix) = match problem {
        Problem::NoHeader => {
            ("Die Datei ist leer".to_owned(), "Beginnen Sie die Datei mit einer Zeile, die die Spalten nennt")
        }
        Problem::Separator(sign) => {
            (format!("Die Spalten sind durch {sign:?} getrennt"), "Trennen Sie sie durch Kommas")
        }
        Problem::MissingColumn(column) => {
            (format!("Die Spalte {column} fehlt"), "Ergänzen Sie sie, auch wenn alle ihre Felder leer sind")
        }
        Problem::UnknownColumn(column) => (
            format!("Eine Spalte {column:?} gibt es nicht"),
            "Entfernen Sie sie oder berichtigen Sie ihren Namen",
        ),
        Problem::ColumnTwice(column) => {
            (format!("Die Spalte {column} kommt zweimal vor"), "Entfernen Sie eine der beiden")
        }
        Problem::ColumnOrder { expected, found } => (
            format!("{found} steht dort, wo {expected} hingehört"),
            "Bringen Sie die Spalten in die Reihenfolge des Importformats",
        ),
        Problem::RowTooLong => (
            "Die Zeile ist länger als 64 kB".to_owned(),
            "Suchen Sie nach einem Anführungszeichen, das nicht geschlossen ist",
        ),
        Problem::FieldCount { found, expected } => {
            let fields = if *found == 1 { "1 Feld".to_owned() } else { format!("{found} Felder") };
            (
                format!("Die Zeile hat {fields}, nicht {expected}"),
                "Setzen Sie Felder mit Kommas in Anführungszeichen und schließen Sie jedes davon",
            )
        }
        Problem::NotUtf8 => ("Der Text ist nicht UTF-8".to_owned(), "Speichern Sie die Datei als UTF-8"),
        Problem::ControlCharacter => (
            "Der Text hat einen Zeilenumbruch oder ein anderes Steuerzeichen".to_owned(),
            "Entfernen Sie es und suchen Sie nach einem Anführungszeichen, das nicht geschlossen ist",
        ),
        Problem::Required => ("Das Feld ist leer".to_owned(), "Füllen Sie es aus"),
        Problem::TooLong { max } => (format!("Der Text hat mehr als {max} Zeichen"), "Kürzen Sie ihn"),
        Problem::Number(text) => (
            format!("{text:?} ist keine Nummer eines ERP"),
            "Verwenden Sie höchstens 40 Buchstaben A bis Z, Ziffern, Leerzeichen und die Zeichen - . / _",
        ),
        Problem::Email(text) => (
            format!("{text:?} ist keine E-Mail-Adresse"),
            "Schreiben Sie sie in der Form name@example.com, ohne Buchstaben wie ä",
        ),
        Problem::AdministratorMissing => (
            "Ein Kunde mit Customer Center braucht dessen Administrator".to_owned(),
            "Geben Sie die E-Mail-Adresse an, oder setzen Sie customer_center auf no",
        ),
        Problem::AdministratorUnexpected => (
            "Ein Kunde ohne Customer Center hat keinen Administrator".to_owned(),
            "Lassen Sie die E-Mail-Adresse leer, oder setzen Sie customer_center auf yes",
        ),
        Problem::Language(text) => {
            (format!("{text:?} ist keine Sprache des Portals"), "Schreiben Sie en oder de")
        }
        Problem::Currency(text) => (
            format!("{text:?} ist keine Währung"),
            "Schreiben Sie die drei Großbuchstaben nach ISO 4217, etwa EUR",
        ),
        Problem::Country(text) => (
            format!("{text:?} ist kein Land"),
            "Schreiben Sie die zwei Großbuchstaben nach ISO 3166, etwa DE, oder lassen Sie das Feld leer",
        ),
        Problem::Flag(text) => (format!("{text:?} ist weder yes noch no"), "Schreiben Sie yes oder no"),
        Problem::Salutation(text) => {
            (format!("{text:?} ist keine Anrede"), "Schreiben Sie ms oder mr, oder lassen Sie das Feld leer")
        }
        Problem::Date(text) => {
            (format!("{text:?} ist kein Datum"), "Schreiben Sie es als Jahr-Monat-Tag, etwa 2026-01-31")
        }
        Problem::Amount { text, decimals } => {
            let fix = match decimals {
                0 => "Schreiben Sie nur Ziffern, etwa 1234".to_owned(),
                n => format!(
                    "Schreiben Sie Ziffern und einen Dezimalpunkt mit höchstens {n} Nachkommastellen, etwa 1234.50"
                ),
            };
            return (format!("{text:?} ist kein Betrag"), fix);
        }
        Problem::AmountTooLarge => ("Der Betrag ist zu groß".to_owned(), "Prüfen Sie den Betrag"),
        Problem::Duplicate { value, first_line } => (
            format!("{value:?} steht schon in Zeile {first_line}"),
            "Behalten Sie es nur in einer der beiden Zeilen",
        ),
        Problem::UnknownCustomer(number) => (
            format!("Der Kunde {number:?} steht weder in customers.csv, noch wurde er früher importiert"),
            "Ergänzen Sie den Kunden oder berichtigen Sie die Nummer",
        ),
    };
    (what, fix.to_owned())
}

#[cfg(test)]
mod tests {
    use center::erp::ImportFile;

    use super::*;

    #[test]
    fn an_error_says_where_what_and_how_to_correct_it() {
        let error = RowError {
            file: ImportFile::Contacts,
            line: 7,
            column: Some("is_main"),
            problem: Problem::Flag("maybe".to_owned()),
        };
        let english = row_error(Text(Locale::En), &error);
        assert_eq!(
            (english.file.as_str(), english.line, english.column.as_str()),
            ("contacts.csv", 7, "is_main")
        );
        assert_eq!(
            (english.problem.as_str(), english.fix.as_str()),
            ("\"maybe\" is neither yes nor no", "Write yes or no")
        );
        let whole =
            RowError { column: None, problem: Problem::FieldCount { found: 1, expected: 8 }, ..error };
        let german = row_error(Text(Locale::De), &whole);
        assert_eq!((german.column.as_str(), german.problem.as_str()), ("", "Die Zeile hat 1 Feld, nicht 8"));
        assert_eq!(row_error(Text(Locale::En), &whole).problem, "The row has 1 field, not 8");
    }
}
