//! Addresses of customers, and what came of giving many of them access, in the reader's words.

#[cfg(feature = "ssr")]
use center::office::customers::{GiveRow, GiveState, Outcome};
#[cfg(feature = "ssr")]
use model::{AccessLine, AccessResult, AppError, ErrorCode, FieldIssue};

#[cfg(feature = "ssr")]
use crate::i18n::{Text, error_text, field_text};

/// The path of a customer's page. Numbers may have signs that mean something in an address.
pub(crate) fn path(number: &str) -> String {
    // The encoding of a value is that of a part of a path too.
    let encoded = crate::address::address("", &[("n", number.to_owned())]);
    format!("/office/customers/{}", encoded.trim_start_matches("?n="))
}

/// The page of a result.
#[cfg(feature = "ssr")]
pub(crate) fn result(t: Text, outcome: Outcome<GiveRow>) -> AccessResult {
    let count = |is: fn(&GiveState) -> bool| outcome.rows.iter().filter(|row| is(&row.state)).count();
    let given = count(|state| matches!(state, GiveState::Given(_)));
    let ready = count(|state| *state == GiveState::Ready);
    let kept = count(|state| matches!(state, GiveState::Kept(_)));
    let parts = [
        (given, t.access_sum_given(given)),
        (ready, t.access_sum_ready(ready)),
        (kept, t.access_sum_kept(kept)),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    AccessResult {
        id: outcome.id,
        summary: parts.collect::<Vec<_>>().join(", "),
        all_done: kept == 0,
        ready,
        working: outcome.working,
        lines: outcome.rows.iter().map(|row| line(t, row)).collect(),
    }
}

#[cfg(feature = "ssr")]
fn line(t: Text, row: &GiveRow) -> AccessLine {
    let (good, mark, reason) = match &row.state {
        GiveState::Ready => (true, t.access_mark_ready(), String::new()),
        GiveState::Given(true) => (true, t.access_mark_given(), t.access_reused().to_owned()),
        GiveState::Given(false) => (true, t.access_mark_given(), String::new()),
        GiveState::Kept(error) => (false, t.access_mark_kept(), problem(t, error)),
    };
    let unknown = matches!(&row.state, GiveState::Kept(error) if error.issue("customer") == Some(FieldIssue::CustomerUnknown));
    AccessLine {
        line: row.line,
        customer: row.customer.clone(),
        person: row.person.clone(),
        href: if unknown { String::new() } else { path(&row.customer) },
        good,
        mark: mark.to_owned(),
        reason,
    }
}

#[cfg(feature = "ssr")]
fn problem(t: Text, error: &AppError) -> String {
    if error.code != ErrorCode::Invalid {
        return error_text(t, error);
    }
    let told = error.fields.iter().map(|field| match (field.field.as_str(), field.issue) {
        ("emails-0", FieldIssue::Required) => t.access_contact_without_email().to_owned(),
        (name, issue) => field_text(t, name, issue),
    });
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_part_of_the_path() {
        assert_eq!(path("10-4020/1"), "/office/customers/10-4020%2F1");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn rows_are_told_one_by_one() {
        let row = |state| GiveRow {
            line: 2,
            customer: "10-1".to_owned(),
            person: "KT-1".to_owned(),
            role: String::new(),
            state,
        };
        let wrong = |field: &str, issue| {
            AppError::invalid(vec![model::FieldError { field: field.to_owned(), issue }])
        };
        let rows = vec![
            row(GiveState::Ready),
            row(GiveState::Given(true)),
            row(GiveState::Kept(wrong("emails-0", FieldIssue::Required))),
            row(GiveState::Kept(wrong("customer", FieldIssue::CustomerUnknown))),
        ];
        let id = "01970000-0000-7000-8000-000000000001".parse().unwrap();
        let page = result(Text(model::Locale::En), Outcome { id, rows, working: false });
        assert_eq!(page.summary, "1 given access, 1 can be given access, 2 to correct");
        assert!(!page.all_done && page.ready == 1);
        assert!(page.lines[2].reason.contains("no email"));
        assert_eq!(
            (page.lines[2].href.as_str(), page.lines[3].href.as_str()),
            ("/office/customers/10-1", "")
        );
    }
}
