//! Files in the reader's language: CSV for spreadsheet programs, and what programs read.

use center::activity::{Export, Happening};
use center::audit::Event;
use center::erp::ImportReport;
use center::spreadsheet::Sheet;
use center::users::{ActionLine, Decision, Evidence, ExportRow, ImportRow, RowState};
use model::{ActivityChange, ActivityRow, Role, RoleLabel, UserColumn};
use serde_json::{Value, json};

use crate::i18n::{Text, role_label, role_name, row_error, sentence, status_text, told_roles};
use crate::results::{kept_text, row_problem};

/// The shop users of an export.
pub fn users(t: Text, rows: &[ExportRow]) -> String {
    let mut sheet = Sheet::new(t.0);
    let head = |column: UserColumn| column.name(t.0);
    sheet.row([
        head(UserColumn::Name),
        head(UserColumn::Email),
        head(UserColumn::ContactNumber),
        t.sheet_status(),
        head(UserColumn::Roles),
        head(UserColumn::BudgetOrder),
        head(UserColumn::BudgetMonth),
        t.sheet_last_seen(),
    ]);
    for row in rows {
        sheet.row([
            row.name.as_str(),
            &row.email,
            &row.contact_number,
            status_text(t, row.status),
            &role_names(t, &row.roles),
            &row.budget_order,
            &row.budget_month,
            &row.last_seen,
        ]);
    }
    sheet.finish()
}

/// What was done, as an export holds it. `of_all`: in several companies.
pub fn activity(t: Text, export: Export, of_all: bool) -> String {
    let mut sheet = Sheet::new(t.0);
    let time = t.export_time(&export.zone);
    let place = [t.export_company(), t.customer_number()];
    let place: &[&str] = if of_all { &place } else { &[] };
    let head = [time.as_str(), t.export_who(), t.export_what(), t.export_changes(), t.export_network()];
    sheet.row(head.into_iter().chain(place.iter().copied()).chain([t.export_event()]));
    for happening in export.rows {
        let time = happening.sortable.clone();
        let (event, what, row) = told(t, happening);
        let changes: Vec<String> = row.changes.iter().map(|change| change_line(t, change)).collect();
        let changes = changes.join("; ");
        let (name, number) = row.place.map(|place| (place.name, place.number)).unwrap_or_default();
        let place = [name.as_str(), number.as_str()];
        let place: &[&str] = if of_all { &place } else { &[] };
        let cells = [time.as_str(), &row.who, &what, &changes, &row.network];
        sheet.row(cells.into_iter().chain(place.iter().copied()).chain([event]));
    }
    sheet.finish()
}

/// As [`activity`], for programs: JSON with times in UTC and the events by their names.
pub fn activity_json(t: Text, export: Export) -> String {
    let complete = !export.more;
    let entries = export.rows.into_iter().map(|happening| {
        let at = happening.at.clone();
        let (event, what, row) = told(t, happening);
        let mut entry = json!({
            "at": at, "event": event, "who": row.who, "what": what, "changes": row.changes, "network": row.network,
        });
        if let Some(place) = row.place {
            entry["company"] = json!({ "name": place.name, "customer_number": place.number });
        }
        entry
    });
    let entries: Vec<Value> = entries.collect();
    json!({ "complete": complete, "entries": entries }).to_string()
}

/// An entry: its event, what was done, and the rest.
fn told(t: Text, happening: Happening) -> (&'static str, String, ActivityRow) {
    let event = happening.event.map(Event::key).unwrap_or_default();
    let mut row = sentence(t, happening);
    let person = row.person.take().map(|person| person.name).unwrap_or_default();
    let what = [row.before.as_str(), &person, &row.after].concat();
    (event, what, row)
}

fn change_line(t: Text, change: &ActivityChange) -> String {
    let ActivityChange { what, from, to } = change;
    let to = to.as_deref().unwrap_or_else(|| t.nothing());
    match from {
        Some(from) => format!("{what}: {from} → {to}"),
        None => format!("{what}: {to}"),
    }
}

/// A finished access review: who decided what about whom, and what each was allowed then.
pub fn evidence(t: Text, evidence: &Evidence) -> String {
    let mut sheet = Sheet::new(t.0);
    let head = |column: UserColumn| column.name(t.0);
    sheet.row([
        head(UserColumn::Name),
        head(UserColumn::Email),
        t.sheet_decision(),
        head(UserColumn::Roles),
        head(UserColumn::BudgetOrder),
        head(UserColumn::BudgetMonth),
        t.sheet_currency(),
        t.sheet_last_seen(),
        t.sheet_reviewed_by(),
        t.sheet_reviewed_at(),
        t.sheet_finished_by(),
        t.sheet_finished_at(),
    ]);
    let currency = evidence.currency.code();
    for row in &evidence.rows {
        sheet.row([
            row.name.as_str(),
            &row.email,
            match row.decision {
                Decision::Confirmed => t.access_confirmed(),
                Decision::Deactivated => t.status_deactivated(),
            },
            &told_roles(t, &row.roles).join(" | "),
            &row.budget_order,
            &row.budget_month,
            currency,
            &row.last_seen,
            &row.decided_by,
            &row.decided_at,
            &evidence.finished_by,
            &evidence.finished_at,
        ]);
    }
    sheet.finish()
}

/// Rows of an import that were kept back, each with what is wrong with it. Corrected, they can be
/// imported as they are.
pub fn rows_to_correct<'a>(t: Text, rows: impl IntoIterator<Item = &'a ImportRow>) -> String {
    let mut sheet = Sheet::new(t.0);
    sheet.row(UserColumn::ALL.iter().map(|column| column.name(t.0)).chain([t.sheet_problem()]));
    for row in rows {
        if let RowState::Kept(error) = &row.state {
            let problem = row_problem(t, error);
            sheet.row(row.cells.iter().map(String::as_str).chain([problem.as_str()]));
        }
    }
    sheet.finish()
}

/// Users to whom nothing was done, each with the reason.
pub fn kept_users(t: Text, lines: &[ActionLine]) -> String {
    let mut sheet = Sheet::new(t.0);
    sheet.row([UserColumn::Name.name(t.0), UserColumn::Email.name(t.0), t.sheet_problem()]);
    for line in lines {
        let name = if line.user.is_some() { &line.name } else { t.unknown_user() };
        sheet.row([name, &line.email, line.kept.map(|kept| kept_text(t, kept)).unwrap_or_default()]);
    }
    sheet.finish()
}

/// What is wrong in the files of an import into the embedded ERP.
pub fn import_errors(t: Text, report: &ImportReport) -> String {
    let mut sheet = Sheet::new(t.0);
    let heads =
        [t.erp_col_file(), t.erp_col_line(), t.erp_col_column(), t.erp_col_problem(), t.erp_col_fix()];
    sheet.row(heads);
    for error in &report.errors {
        let error = row_error(t, error);
        sheet.row([error.file.as_str(), &error.line.to_string(), &error.column, &error.problem, &error.fix]);
    }
    sheet.finish()
}

/// Two rows that show how an import is written.
pub fn sample(t: Text) -> String {
    let mut sheet = Sheet::new(t.0);
    sheet.row(UserColumn::ALL.iter().map(|column| column.name(t.0)));
    let both = role_names(t, &[Role::Buyer, Role::Approver].map(RoleLabel::from));
    sheet.row(["Otto Lund", t.sample_email(), t.salutation_mr(), &both, "500", "2000", ""]);
    sheet.row([
        "Ines Moreau",
        t.sample_second_email(),
        t.salutation_ms(),
        role_name(t, Role::Accountant),
        "",
        "",
        "",
    ]);
    sheet.finish()
}

fn role_names(t: Text, roles: &[RoleLabel]) -> String {
    roles.iter().map(|role| role_label(t, role)).collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use center::users::{EvidenceRow, read_roles};
    use model::{AppError, Currency, FieldError, FieldIssue, Locale, UserStatus};

    #[test]
    fn an_import_knows_every_role_by_the_name_that_pages_show() {
        for locale in Locale::ALL {
            let keys: Vec<_> = Role::ALL.iter().map(|role| role.key()).collect();
            assert_eq!(read_roles(&role_names(Text(locale), &Role::ALL.map(RoleLabel::from)), &[]), keys);
        }
    }

    #[test]
    fn an_export_is_text_to_every_program() {
        let row = ExportRow {
            name: "=HYPERLINK(\"http://evil.example\")".into(),
            email: "ines@northwind.example".into(),
            contact_number: "KT-1".into(),
            status: UserStatus::Active,
            roles: vec![Role::Buyer.into(), Role::Approver.into()],
            budget_order: "1500,50".into(),
            budget_month: String::new(),
            last_seen: "2026-11-22T09:12:00Z".into(),
        };
        let text = users(Text(Locale::De), &[row]);
        assert_eq!(
            text,
            "\u{feff}\"name\";\"e-mail\";\"kontaktnummer\";\"status\";\"rollen\";\"budget_bestellung\";\"budget_monat\";\"zuletzt_gesehen\"\r\n\
             \"'=HYPERLINK(\"\"http://evil.example\"\")\";\"ines@northwind.example\";\"KT-1\";\"Aktiv\";\"Einkauf | Freigabe\";\"1500,50\";\"\";\"2026-11-22T09:12:00Z\"\r\n"
        );
    }

    #[test]
    fn evidence_is_text_to_every_program() {
        let row = EvidenceRow {
            name: "+Ines".into(),
            email: "ines@northwind.example".into(),
            decision: Decision::Deactivated,
            roles: vec![Role::Buyer.into(), Role::Approver.into()],
            budget_order: "500".into(),
            budget_month: String::new(),
            last_seen: String::new(),
            decided_by: "@Marta".into(),
            decided_at: "2026-11-22T09:12:00Z".into(),
        };
        let evidence = Evidence {
            currency: Currency::EUR,
            finished_by: "=Marta".into(),
            finished_at: "2026-11-22T09:13:00Z".into(),
            rows: vec![row],
        };
        let text = super::evidence(Text(Locale::En), &evidence);
        assert_eq!(
            text.lines().nth(1).unwrap(),
            "\"'+Ines\",\"ines@northwind.example\",\"Deactivated\",\"Buyer | Approver\",\"500\",\"\",\"EUR\",\"\",\"'@Marta\",\"2026-11-22T09:12:00Z\",\"'=Marta\",\"2026-11-22T09:13:00Z\""
        );
    }

    #[test]
    fn rows_to_correct_say_what_is_wrong() {
        let issues = [("email", FieldIssue::EmailMalformed), ("roles", FieldIssue::UnknownChoice)];
        let fields = issues.map(|(field, issue)| FieldError { field: field.to_owned(), issue });
        let row = |state| ImportRow {
            line: 2,
            cells: ["Ines", "ines", "", "boss", "", "", ""].map(str::to_owned),
            state,
        };
        let rows = [row(RowState::Ready), row(RowState::Kept(AppError::invalid(fields.to_vec())))];
        let text = rows_to_correct(Text(Locale::En), &rows);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("\"Ines\",\"ines\",\"\",\"boss\",\"\",\"\",\"\",\"email: Enter an email address like name@example.com; roles: Use one or more of: Buyer, "), "{text}");
    }
}
