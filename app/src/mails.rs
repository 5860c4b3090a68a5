//! Mails of the archive in the reader's words.

use center::mail::MailKind;
use center::office::customers::Outcome;
use center::office::mails::{Again, Found, FoundMail, Record, Retried};
use model::{MailAgain, MailLine, MailRecord, MailRow, MailsPage, MailsResult};

use crate::i18n::{Text, mail_name, mail_reason_text, obstacle_text};

fn name(t: Text, kind: Option<MailKind>, trial: bool) -> String {
    let name = kind.map_or(t.mail_unknown(), |kind| mail_name(t, kind));
    if trial { t.mail_trial(name) } else { name.to_owned() }
}

/// The list.
pub(crate) fn page(t: Text, found: Found) -> MailsPage {
    let row = |mail: FoundMail| MailRow {
        id: mail.id,
        name: name(t, mail.kind, mail.trial),
        recipient: mail.recipient,
        company: mail.company,
        state: mail.state,
        reason: mail_reason_text(t, &mail.reason),
        when: mail.when,
        bounces: mail.bounces,
    };
    let mut kinds: Vec<_> = MailKind::ALL
        .into_iter()
        .map(|kind| (kind.key().to_owned(), mail_name(t, kind).to_owned()))
        .collect();
    kinds.sort_by(|a, b| a.1.cmp(&b.1));
    let mails = model::Page {
        rows: found.mails.rows.into_iter().map(row).collect(),
        total: found.mails.total,
        before: found.mails.before,
        after: found.mails.after,
    };
    MailsPage { mails, kinds, can_manage: found.can_manage }
}

/// One mail.
pub(crate) fn record(t: Text, mail: Record) -> MailRecord {
    MailRecord {
        id: mail.id,
        name: name(t, mail.kind, mail.trial),
        recipient: mail.recipient,
        language: mail.locale.own_name().to_owned(),
        subject: mail.subject,
        content: mail.content,
        state: mail.state,
        reason: mail_reason_text(t, &mail.reason),
        attempts: mail.attempts,
        asked: mail.asked,
        sent: mail.sent,
        next: mail.next,
        company: mail.company,
        person: mail.person,
        colleague: mail.colleague,
        repeats: mail.repeats,
        repeated: mail.repeated,
        bounce: mail.bounce,
        again: match mail.again {
            Again::Resend => MailAgain::Resend,
            Again::Retry => MailAgain::Retry,
            Again::No(obstacle) => MailAgain::No(obstacle_text(t, obstacle).to_owned()),
        },
        can_manage: mail.can_manage,
    }
}

/// What came of several.
pub(crate) fn result(t: Text, outcome: Outcome<Retried>) -> MailsResult {
    let kept = outcome.rows.iter().filter(|row| row.kept.is_some()).count();
    let taken = outcome.rows.len() - kept;
    let parts = [(taken, t.mails_sum_taken(taken)), (kept, t.mails_sum_kept(kept))];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    let line = |row: Retried| MailLine {
        mail: row.mail,
        name: name(t, MailKind::from_key(&row.kind), false),
        recipient: row.recipient,
        good: row.kept.is_none(),
        reason: row.kept.map(|obstacle| obstacle_text(t, obstacle).to_owned()).unwrap_or_default(),
    };
    MailsResult {
        id: outcome.id,
        summary: parts.collect::<Vec<_>>().join(", "),
        all_done: kept == 0,
        lines: outcome.rows.into_iter().map(line).collect(),
    }
}
