//! Texts of *ERP*.

use model::{ErpAdapter, ErpFigures, ErpImportFault, ErpImportState, ErpOperation, ErpOutcome, Locale};

use crate::i18n::Text;

texts! {
    erp: "ERP", "ERP";
    erp_lead: "Whether the ERP answers, how fast, and what was imported.",
        "Ob das ERP antwortet, wie schnell, und was importiert wurde.";
    erp_tabs: "ERP", "ERP";
    erp_tab_status: "Status", "Status";
    erp_tab_requests: "Requests", "Anfragen";
    erp_tab_imports: "Import", "Import";

    erp_which: "Connected to", "Verbunden mit";
    erp_embedded: "Embedded ERP: the portal’s own tables, filled by imports", "Eingebautes ERP: eigene Tabellen des Portals, gefüllt durch Importe";
    erp_maintenance: "No ERP: set to maintenance", "Kein ERP: auf Wartung gestellt";
    erp_state: "State", "Stand";
    erp_answers: "Answers", "Antwortet";
    erp_silent: "Does not answer", "Antwortet nicht";
    erp_never_asked: "Not asked yet", "Noch nicht gefragt";
    erp_since(when: &str): "since {when}", "seit {when}";
    erp_seen: "Last asked", "Zuletzt gefragt";
    erp_last_import: "Last import", "Letzter Import";
    erp_no_import: "Nothing was imported yet", "Noch nichts importiert";
    erp_down_title: "The ERP does not answer", "Das ERP antwortet nicht";
    erp_down_text: "The portal goes on without it: contacts, customers and invoices can’t be shown, and activations wait until it answers.",
        "Das Portal läuft ohne es weiter: Kontakte, Kunden und Rechnungen können nicht gezeigt werden, und Aktivierungen warten, bis es antwortet.";
    erp_day: "The last 24 hours", "Die letzten 24 Stunden";
    erp_day_lead: "What the portal asked on behalf of people. Each node adds what it asked every few seconds.",
        "Was das Portal im Auftrag von Personen gefragt hat. Jeder Knoten trägt alle paar Sekunden bei, was er gefragt hat.";
    erp_chart_calls: "Requests", "Anfragen";
    erp_chart_unanswered: "Unanswered", "Unbeantwortet";
    erp_chart_slow: "Response time", "Antwortzeit";
    erp_chart_open: "Figures", "Zahlen";
    erp_hour: "Hour", "Stunde";
    erp_slow_head: "95 of 100 within, in microseconds", "95 von 100 innerhalb, in Mikrosekunden";
    erp_calls_n(n: u64): "{n} in 24 hours", "{n} in 24 Stunden";
    erp_unanswered_n(n: u64, share: &str): "{n} of all, {share}", "{n} von allen, {share}";
    erp_times(slow: &str, median: &str): "95 of 100 within {slow}, half within {median}", "95 von 100 innerhalb {slow}, die Hälfte innerhalb {median}";
    erp_no_times: "No answers yet", "Noch keine Antworten";

    erp_calls_lead: "Each request to the ERP: what for, how long, what came of it. What it was about and what was answered is never recorded. Kept for seven days, at most 10,000; under load only part of them is listed, and all are counted.",
        "Jede Anfrage an das ERP: wozu, wie lange, was herauskam. Worum es ging und was geantwortet wurde, wird nie festgehalten. Sieben Tage lang aufbewahrt, höchstens 10.000; unter Last ist nur ein Teil aufgeführt, gezählt sind alle.";
    erp_calls_table: "Requests to the ERP, the latest first", "Anfragen an das ERP, die neuesten zuerst";
    erp_calls_filter: "Filter requests", "Anfragen filtern";
    erp_calls_none: "No requests", "Keine Anfragen";
    erp_calls_none_text: "Nothing was asked that fits.", "Es wurde nichts gefragt, was passt.";
    erp_calls_count(n: String): "{n} requests", "{n} Anfragen";
    erp_calls_one: "1 request", "1 Anfrage";
    erp_col_when: "Time", "Zeit";
    erp_col_operation: "Request", "Anfrage";
    erp_col_outcome: "Result", "Ergebnis";
    erp_col_took: "Duration", "Dauer";
    erp_any_operation: "Any request", "Jede Anfrage";
    erp_any_outcome: "Any result", "Jedes Ergebnis";
    erp_op_customer: "Look up a customer", "Kunden nachschlagen";
    erp_op_has_invoice: "Check an invoice number", "Rechnungsnummer prüfen";
    erp_op_contacts: "List contacts", "Kontakte auflisten";
    erp_op_contact: "Look up a contact", "Kontakt nachschlagen";
    erp_op_invoices: "List invoices", "Rechnungen auflisten";
    erp_op_find: "Search customers", "Kunden suchen";
    erp_op_count: "Count customers", "Kunden zählen";
    erp_op_change: "Write a contact", "Kontakt schreiben";
    erp_answered: "Answered", "Beantwortet";
    erp_unavailable: "Not available", "Nicht erreichbar";
    erp_failed: "Failed", "Fehlgeschlagen";
    erp_entries_one: "1 entry", "1 Eintrag";
    erp_entries(n: u64): "{n} entries", "{n} Einträge";

    erp_imports_lead: "Customers, contacts and invoices from three CSV files. The files are checked first; then all of them are written, or nothing.",
        "Kunden, Kontakte und Rechnungen aus drei CSV-Dateien. Zuerst werden die Dateien geprüft; dann werden alle geschrieben oder nichts.";
    erp_upload_title: "Upload files", "Dateien hochladen";
    erp_upload_hint(mb: usize): "At most {mb} MB together. A file that is left out changes nothing; records that the files don’t mention stay as they are, unless they are complete. Larger ones are imported by the command line.",
        "Zusammen höchstens {mb} MB. Eine weggelassene Datei ändert nichts; Datensätze, die in den Dateien nicht vorkommen, bleiben, wie sie sind, sofern die Dateien nicht vollständig sind. Größere werden über die Kommandozeile importiert.";
    erp_complete: "The files are complete", "Die Dateien sind vollständig";
    erp_complete_hint: "Contacts and invoices that they no longer name are taken away, of the customers in customers.csv.",
        "Kontakte und Rechnungen, die nicht mehr darin stehen, werden entfernt, bei den Kunden in customers.csv.";
    erp_upload: "Upload and check", "Hochladen und prüfen";
    erp_upload_closed: "This ERP takes no imports.", "Dieses ERP nimmt keine Importe.";
    erp_holds_up: "While files are checked or written, the portal saves nothing else: sign-ins and changes wait, and after five seconds are refused as busy. Import large files at quiet times.",
        "Während Dateien geprüft oder geschrieben werden, speichert das Portal nichts anderes: Anmeldungen und Änderungen warten und werden nach fünf Sekunden als überlastet abgelehnt. Importieren Sie große Dateien zu ruhigen Zeiten.";
    erp_upload_nothing: "Choose at least one file.", "Wählen Sie mindestens eine Datei.";
    erp_upload_too_large(mb: usize): "The files are larger than {mb} MB together. Nothing was kept of them.",
        "Die Dateien sind zusammen größer als {mb} MB. Nichts davon wurde behalten.";
    erp_imports_title: "Imports", "Importe";
    erp_imports_table: "Imports, the latest first", "Importe, die neuesten zuerst";
    erp_imports_none: "Nothing was imported yet", "Noch nichts importiert";
    erp_col_import: "Import", "Import";
    erp_col_by: "By", "Von";
    erp_col_state: "State", "Stand";
    erp_col_records: "New or changed", "Neu oder geändert";
    erp_command_line: "Command line", "Kommandozeile";
    erp_import_by(when: &str, by: &str): "{when} · {by}", "{when} · {by}";
    erp_import_title: "ERP import", "ERP-Import";

    erp_arriving: "Arriving", "Kommt an";
    erp_arrived: "Not checked", "Nicht geprüft";
    erp_checking: "Being checked", "Wird geprüft";
    erp_refused: "Has errors", "Hat Fehler";
    erp_checked: "Ready to import", "Bereit zum Import";
    erp_importing: "Being imported", "Wird importiert";
    erp_interrupted: "Interrupted", "Abgebrochen";
    erp_done: "Imported", "Importiert";
    erp_discarded: "Discarded", "Verworfen";

    erp_text_arrived: "The files are here and have not been checked.", "Die Dateien sind da und noch nicht geprüft.";
    erp_text_checking: "The files are being checked. You can leave this page.", "Die Dateien werden geprüft. Sie können diese Seite verlassen.";
    erp_text_refused: "Nothing was written. Correct the files and upload them again.", "Nichts wurde geschrieben. Korrigieren Sie die Dateien und laden Sie sie noch einmal hoch.";
    erp_text_checked: "No errors. Nothing was written yet.", "Keine Fehler. Noch wurde nichts geschrieben.";
    erp_text_importing: "The files are being written. You can leave this page.", "Die Dateien werden geschrieben. Sie können diese Seite verlassen.";
    erp_text_interrupted: "What was under way broke off, perhaps because the portal was restarted. Nothing was written.",
        "Was im Gang war, brach ab, vielleicht durch einen Neustart des Portals. Nichts wurde geschrieben.";
    erp_text_done: "All rows are written.", "Alle Zeilen sind geschrieben.";
    erp_text_discarded: "The files are deleted. Nothing was written.", "Die Dateien sind gelöscht. Nichts wurde geschrieben.";
    erp_fault_busy: "Another import was being written. Nothing was written of this one.", "Ein anderer Import wurde gerade geschrieben. Von diesem wurde nichts geschrieben.";
    erp_fault_failed: "It broke off by a fault that stands in the log. Nothing was written.", "Er brach durch einen Fehler ab, der im Log steht. Nichts wurde geschrieben.";
    erp_waits: "Another import is under way. Load this page again when it has ended.", "Ein anderer Import ist im Gang. Laden Sie diese Seite neu, wenn er beendet ist.";
    erp_kept(when: &str): "The files are kept until {when}.", "Die Dateien werden bis {when} aufbewahrt.";
    erp_check: "Check files", "Dateien prüfen";
    erp_write(n: u64): "Import {n} records", "{n} Datensätze importieren";
    erp_write_none: "Import", "Importieren";
    erp_discard: "Discard files", "Dateien verwerfen";
    erp_look_again: "Refresh", "Aktualisieren";
    erp_progress: "Progress", "Fortschritt";
    erp_progress_text(percent: u64, file: &str, rows: u64): "{percent}%: {file}, row {rows}", "{percent} %: {file}, Zeile {rows}";
    erp_files_table: "What the files hold", "Was die Dateien enthalten";
    erp_col_file: "File", "Datei";
    erp_col_rows: "Rows", "Zeilen";
    erp_col_inserted: "New", "Neu";
    erp_col_changed: "Changed", "Geändert";
    erp_col_unchanged: "Unchanged", "Unverändert";
    erp_col_removed: "Removed", "Entfernt";
    erp_col_errors: "Errors", "Fehler";
    erp_errors_title: "Errors", "Fehler";
    erp_errors_table: "Errors by file and line", "Fehler nach Datei und Zeile";
    erp_errors_some(shown: usize, all: u64): "The first {shown} of {all}.", "Die ersten {shown} von {all}.";
    erp_errors_save: "Download as CSV", "Als CSV herunterladen";
    erp_col_line: "Line", "Zeile";
    erp_col_column: "Column", "Spalte";
    erp_col_problem: "What is wrong", "Was falsch ist";
    erp_col_fix: "What to do", "Was zu tun ist";
}

/// The name of the ERP.
pub const fn erp_name(t: Text, adapter: ErpAdapter) -> &'static str {
    match adapter {
        ErpAdapter::Embedded => t.erp_embedded(),
        ErpAdapter::Maintenance => t.erp_maintenance(),
    }
}

/// What the ERP is asked.
pub const fn erp_operation_text(t: Text, operation: ErpOperation) -> &'static str {
    match operation {
        ErpOperation::Customer => t.erp_op_customer(),
        ErpOperation::HasInvoice => t.erp_op_has_invoice(),
        ErpOperation::Contacts => t.erp_op_contacts(),
        ErpOperation::Contact => t.erp_op_contact(),
        ErpOperation::Invoices => t.erp_op_invoices(),
        ErpOperation::FindCustomers => t.erp_op_find(),
        ErpOperation::CountCustomers => t.erp_op_count(),
        ErpOperation::ChangeContact => t.erp_op_change(),
    }
}

/// What came of asking.
pub const fn erp_outcome_text(t: Text, outcome: ErpOutcome) -> &'static str {
    match outcome {
        ErpOutcome::Answered => t.erp_answered(),
        ErpOutcome::Unavailable => t.erp_unavailable(),
        ErpOutcome::Failed => t.erp_failed(),
    }
}

/// Where an import stands, in a word.
pub const fn erp_import_state(t: Text, state: ErpImportState) -> &'static str {
    match state {
        ErpImportState::Arriving => t.erp_arriving(),
        ErpImportState::Arrived => t.erp_arrived(),
        ErpImportState::Checking => t.erp_checking(),
        ErpImportState::Refused => t.erp_refused(),
        ErpImportState::Checked => t.erp_checked(),
        ErpImportState::Importing => t.erp_importing(),
        ErpImportState::Interrupted => t.erp_interrupted(),
        ErpImportState::Done => t.erp_done(),
        ErpImportState::Discarded => t.erp_discarded(),
    }
}

/// The same in a sentence.
pub const fn erp_import_text(t: Text, state: ErpImportState, fault: Option<ErpImportFault>) -> &'static str {
    match (state, fault) {
        (_, Some(ErpImportFault::Busy)) => t.erp_fault_busy(),
        (_, Some(ErpImportFault::Failed)) => t.erp_fault_failed(),
        (ErpImportState::Arriving | ErpImportState::Arrived, _) => t.erp_text_arrived(),
        (ErpImportState::Checking, _) => t.erp_text_checking(),
        (ErpImportState::Refused, _) => t.erp_text_refused(),
        (ErpImportState::Checked, _) => t.erp_text_checked(),
        (ErpImportState::Importing, _) => t.erp_text_importing(),
        (ErpImportState::Interrupted, _) => t.erp_text_interrupted(),
        (ErpImportState::Done, _) => t.erp_text_done(),
        (ErpImportState::Discarded, _) => t.erp_text_discarded(),
    }
}

/// Microseconds, as people read them: `0.4 ms`, `12 ms`, `1.5 s`.
pub fn took_text(t: Text, micros: u64) -> String {
    let (tenths, unit) =
        if micros < 1_000_000 { (micros.div_ceil(100), "ms") } else { (micros / 100_000, "s") };
    let tenth = tenths % 10;
    if tenth == 0 || tenths >= 100 {
        return format!("{} {unit}", tenths / 10);
    }
    format!("{}{}{tenth} {unit}", tenths / 10, point(t))
}

/// The share of questions that went unanswered: `0.3%`, `0,3 %`.
pub fn unanswered_share(t: Text, figures: &ErpFigures) -> String {
    let tenths = (figures.unanswered * 1_000).div_ceil(figures.calls.max(1));
    let blank = match t.0 {
        Locale::En => "",
        Locale::De => " ",
    };
    format!("{}{}{}{blank}%", tenths / 10, point(t), tenths % 10)
}

const fn point(t: Text) -> char {
    match t.0 {
        Locale::En => '.',
        Locale::De => ',',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_shares_are_short() {
        let (en, de) = (Text(Locale::En), Text(Locale::De));
        for (micros, text) in [
            (0, "0 ms"),
            (1, "0.1 ms"),
            (400, "0.4 ms"),
            (1_000, "1 ms"),
            (12_345, "12 ms"),
            (1_500_000, "1.5 s"),
            (60_000_000, "60 s"),
        ] {
            assert_eq!(took_text(en, micros), text, "{micros}");
        }
        assert_eq!(took_text(de, 1_500), "1,5 ms");
        let figures = |calls, unanswered| ErpFigures { calls, unanswered, ..ErpFigures::default() };
        assert_eq!(unanswered_share(en, &figures(0, 0)), "0.0%");
        assert_eq!(unanswered_share(en, &figures(3_000, 1)), "0.1%");
        assert_eq!(unanswered_share(de, &figures(3, 3)), "100,0 %");
    }
}
