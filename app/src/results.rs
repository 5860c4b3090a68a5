//! What came of many at once, in the reader's words.

use center::users::{ActionWork, ImportRow, Kept, MatchingWork, Outcome, Progress, RowState, Work};
use model::{
    AppError, BulkAction, ErrorCode, FieldIssue, ResultId, ResultLine, ResultPage, Role, UserColumn,
};

use crate::i18n::{Text, error_text, field_text, role_label, role_name};
use crate::sheets;

/// The page of a result.
pub(crate) fn page(t: Text, outcome: Outcome) -> ResultPage {
    match outcome.work {
        Work::Action(work) => action(t, outcome.id, work),
        Work::Import(rows) => import(t, outcome.id, &rows, outcome.adding),
        Work::Matching(work) => matching(t, outcome.id, work, outcome.progress),
    }
}

fn matching(t: Text, id: ResultId, work: MatchingWork, progress: Progress) -> ResultPage {
    let Progress { done, kept, waiting, lines } = progress;
    let shown = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let MatchingWork { action, role, role_name, back } = work;
    let page = self::action(t, id, ActionWork { action, role, role_name, back, lines });
    let (_, sum, _) = words(t, action, "", done as usize);
    let summary = sums([(done as usize, sum), (kept as usize, t.sum_kept(kept as usize))]);
    ResultPage {
        summary: if summary.is_empty() { t.nothing_done().to_owned() } else { summary },
        waits: (waiting > 0).then_some((done + kept, done + kept + waiting)),
        all_done: kept == 0 && waiting == 0,
        more: kept.saturating_sub(shown),
        file: kept > 0,
        ..page
    }
}

/// The heading, a number of users to whom it was done, and how each of them is marked.
fn words(t: Text, action: BulkAction, role: &str, done: usize) -> (String, String, &'static str) {
    match action {
        BulkAction::Activate => (t.title_activate().to_owned(), t.sum_activated(done), t.mark_activated()),
        BulkAction::Deactivate => {
            (t.title_deactivate().to_owned(), t.sum_deactivated(done), t.mark_deactivated())
        }
        BulkAction::ResendInvitation => (t.title_resend().to_owned(), t.sum_resent(done), t.mark_resent()),
        BulkAction::RevokeInvitation => (t.title_revoke().to_owned(), t.sum_revoked(done), t.mark_revoked()),
        BulkAction::AddRole => (t.title_add_role(role), t.sum_changed(done), t.mark_changed()),
        BulkAction::RemoveRole => (t.title_remove_role(role), t.sum_changed(done), t.mark_changed()),
    }
}

fn action(t: Text, id: ResultId, work: ActionWork) -> ResultPage {
    let role = work.label().map(|label| role_label(t, &label)).unwrap_or_default();
    let done = work.lines.iter().filter(|line| line.kept.is_none()).count();
    let kept = work.lines.len() - done;
    let (title, sum, mark) = words(t, work.action, &role, done);
    let lines = work.lines.into_iter().map(|line| ResultLine {
        line: 0,
        name: if line.user.is_some() { line.name } else { t.unknown_user().to_owned() },
        email: line.email,
        href: line.user.map(|user| format!("/users/{user}")).unwrap_or_default(),
        good: line.kept.is_none(),
        mark: if line.kept.is_none() { mark } else { t.mark_kept() }.to_owned(),
        reason: line.kept.map(|kept| kept_text(t, kept).to_owned()).unwrap_or_default(),
    });
    ResultPage {
        id,
        title,
        summary: sums([(done, sum), (kept, t.sum_kept(kept))]),
        all_done: kept == 0,
        lines: lines.collect(),
        import: false,
        ready: 0,
        adding: false,
        rest: String::new(),
        waits: None,
        more: 0,
        file: false,
        back: work.back,
    }
}

fn import(t: Text, id: ResultId, rows: &[ImportRow], adding: bool) -> ResultPage {
    let count = |is: fn(&RowState) -> bool| rows.iter().filter(|row| is(&row.state)).count();
    let added = count(|state| matches!(state, RowState::Added(_)));
    let ready = count(|state| matches!(state, RowState::Ready));
    let kept = count(|state| matches!(state, RowState::Kept(_)));
    let summary =
        sums([(added, t.sum_added(added)), (ready, t.sum_ready(ready)), (kept, t.sum_correct(kept))]);
    ResultPage {
        id,
        title: t.import_users().to_owned(),
        summary,
        all_done: kept == 0,
        lines: rows.iter().map(|row| row_line(t, row)).collect(),
        import: true,
        ready,
        adding,
        rest: if kept == 0 { String::new() } else { sheets::rows_to_correct(t, rows) },
        waits: None,
        more: 0,
        file: kept > 0,
        back: "/users".to_owned(),
    }
}

fn row_line(t: Text, row: &ImportRow) -> ResultLine {
    let name = row.cell(UserColumn::Name);
    let (good, mark, href, reason) = match &row.state {
        RowState::Ready => (true, t.mark_ready(), String::new(), String::new()),
        RowState::Added(user) => (true, t.mark_added(), format!("/users/{user}"), String::new()),
        RowState::Kept(error) => (false, t.mark_correct(), String::new(), row_problem(t, error)),
    };
    ResultLine {
        line: row.line,
        name: if name.is_empty() { t.nameless_row() } else { name }.to_owned(),
        email: row.cell(UserColumn::Email).to_owned(),
        href,
        good,
        mark: mark.to_owned(),
        reason,
    }
}

/// The parts of a summary that count something.
fn sums<const N: usize>(parts: [(usize, String); N]) -> String {
    parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect::<Vec<_>>().join(", ")
}

/// What to correct in a row: each cell by the name of its column.
pub(crate) fn row_problem(t: Text, error: &AppError) -> String {
    if error.code != ErrorCode::Invalid {
        return error_text(t, error);
    }
    let cells = error.fields.iter().map(|field| {
        let words = cell_text(t, &field.field, field.issue);
        match UserColumn::ALL.into_iter().find(|column| column.key() == field.field) {
            Some(column) => format!("{}: {words}", column.name(t.0)),
            None => words,
        }
    });
    cells.collect::<Vec<_>>().join("; ")
}

/// What to write into a cell. Some fields of a form offer choices that a sheet has to name.
fn cell_text(t: Text, field: &str, issue: FieldIssue) -> String {
    match (field, issue) {
        ("roles", FieldIssue::UnknownChoice | FieldIssue::RoleRequired) => {
            t.cell_roles(&Role::ALL.map(|role| role_name(t, role)).join(", "))
        }
        ("salutation", FieldIssue::UnknownChoice) => t.cell_salutation().to_owned(),
        _ => field_text(t, field, issue),
    }
}

pub(crate) const fn kept_text(t: Text, kept: Kept) -> &'static str {
    match kept {
        Kept::Yourself => t.kept_yourself(),
        Kept::LastMainContact => t.kept_last_main(),
        Kept::GrantLacking => t.kept_grant(),
        Kept::AlreadyActive => t.kept_active(),
        Kept::AlreadyDeactivated => t.kept_deactivated(),
        Kept::NotInvited => t.kept_not_invited(),
        Kept::HasRole => t.kept_has_role(),
        Kept::LacksRole => t.kept_lacks_role(),
        Kept::OnlyRole => t.kept_only_role(),
        Kept::Unknown => t.kept_unknown(),
        Kept::TooMany => t.kept_too_many(),
        Kept::NotDone => t.kept_not_done(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use center::users::ActionLine;
    use model::{Locale, UserId};

    fn id() -> ResultId {
        "01970000-0000-7000-8000-000000000001".parse().unwrap()
    }

    #[test]
    fn an_action_is_told_user_by_user() {
        let user: UserId = "01970000-0000-7000-8000-000000000002".parse().unwrap();
        let line = |user, kept| ActionLine { user, name: "Kim".into(), email: String::new(), kept };
        let work = ActionWork {
            action: BulkAction::Deactivate,
            role: None,
            role_name: String::new(),
            back: "/users?q=k".into(),
            lines: vec![
                line(Some(user), None),
                line(Some(user), Some(Kept::LastMainContact)),
                line(None, Some(Kept::Unknown)),
            ],
        };
        let page = page(
            Text(Locale::En),
            Outcome { id: id(), work: Work::Action(work), adding: false, progress: Progress::default() },
        );
        assert_eq!((page.summary.as_str(), page.all_done), ("1 deactivated, 2 kept", false));
        let told: Vec<_> =
            page.lines.iter().map(|l| (l.name.as_str(), l.mark.as_str(), l.reason.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Kim", "Deactivated", ""),
                ("Kim", "Kept", "Last main contact"),
                ("Unknown user", "Kept", "Not a user of your company")
            ]
        );
        assert_eq!(
            (page.lines[0].href.as_str(), page.lines[2].href.as_str()),
            (&*format!("/users/{user}"), "")
        );
    }

    #[test]
    fn an_import_is_told_row_by_row() {
        let row = |state| ImportRow { line: 2, cells: Default::default(), state };
        let rows = vec![row(RowState::Ready), row(RowState::Kept(ErrorCode::ErpUnavailable.into()))];
        let page = page(
            Text(Locale::De),
            Outcome { id: id(), work: Work::Import(rows), adding: false, progress: Progress::default() },
        );
        assert_eq!(page.summary, "1 können angelegt werden, 1 zu korrigieren");
        assert_eq!((page.ready, page.lines[0].name.as_str()), (1, "Ohne Namen"));
        assert!(page.lines[1].reason.contains("ERP") && page.rest.contains("kontaktnummer"));
    }
}
