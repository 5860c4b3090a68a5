use std::time::Duration;

use model::{
    DiffChange, DiffLine, ErrorCode, Locale, TemplatePart, TemplateSource, TemplateVersion,
    TemplateVersionPage,
};
use similar::{ChangeTag, TextDiff};

use super::change::{Edited, write_draft};
use super::read::shown;
use super::{Stored, Which};
use crate::access::{self, Actor, Operation};
use crate::mail::template;
use crate::store::{Conn, Row, StoreError, args};
use crate::words::Times;
use crate::{Center, Error};

/// The versions that the editor lists.
const LISTED: i64 = 50;
/// How long a comparison may look for the shortest way.
const PATIENCE: Duration = Duration::from_millis(100);

/// A published version.
pub(super) async fn find(
    conn: &mut Conn,
    which: Which,
    version: i64,
) -> Result<Option<TemplateSource>, StoreError> {
    let sql = "SELECT subject, preheader, html, body FROM mail_template_versions WHERE kind = $1 AND locale = $2 AND version = $3";
    let row = conn.optional(sql, args![which.kind.key(), which.locale, version]).await?;
    row.map(|row| template(&row)).transpose()
}

/// The latest versions, the newest first.
pub(super) async fn latest(
    center: &Center,
    conn: &mut Conn,
    which: Which,
    locale: Locale,
) -> Result<Vec<TemplateVersion>, StoreError> {
    let sql = "SELECT v.version, v.published_at, s.name FROM mail_template_versions v JOIN staff s ON s.id = v.published_by
         WHERE v.kind = $1 AND v.locale = $2 ORDER BY v.version DESC LIMIT $3";
    let rows = conn.all(sql, args![which.kind.key(), which.locale, LISTED]).await?;
    rows.iter().map(|row| told(center, row, locale)).collect()
}

fn told(center: &Center, row: &Row, locale: Locale) -> Result<TemplateVersion, StoreError> {
    let times = Times::at(center.now(), &center.settings().time_zone, locale);
    Ok(TemplateVersion {
        version: row.get("version")?,
        who: row.get("name")?,
        when: times.moment(row.get("published_at")?),
    })
}

/// A published version beside what is in the editor now.
///
/// # Errors
/// `NotFound`; as [`super::list`]
pub async fn version(
    center: &Center,
    actor: &Actor,
    which: Which,
    version: i64,
) -> Result<TemplateVersionPage, Error> {
    let who = access::office(actor, Operation::OfficeTemplateVersion)?;
    let mut conn = center.db().read().await?;
    let sql = "SELECT v.version, v.published_at, s.name FROM mail_template_versions v JOIN staff s ON s.id = v.published_by
         WHERE v.kind = $1 AND v.locale = $2 AND v.version = $3";
    let row = conn.optional(sql, args![which.kind.key(), which.locale, version]).await?;
    let (Some(row), Some(old)) = (row, find(&mut conn, which, version).await?) else {
        return Err(ErrorCode::NotFound.into());
    };
    let stored = Stored::find(&mut conn, which).await?;
    let new = shown(&stored, which);
    let parts = [
        (TemplatePart::Subject, &old.subject, &new.subject),
        (TemplatePart::Preheader, &old.preheader, &new.preheader),
        (TemplatePart::Html, &old.html, &new.html),
        (TemplatePart::Text, &old.text, &new.text),
    ];
    let differing = parts.into_iter().filter(|(_, old, new)| old != new);
    Ok(TemplateVersionPage {
        row: stored.row(which),
        revision: stored.revision,
        version: told(center, &row, who.client.locale)?,
        parts: differing.map(|(part, old, new)| (part, compared(old, new))).collect(),
    })
}

fn compared(old: &str, new: &str) -> Vec<DiffLine> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let line = |change: similar::Change<&str>| DiffLine {
        change: match change.tag() {
            ChangeTag::Equal => DiffChange::Same,
            ChangeTag::Delete => DiffChange::Removed,
            ChangeTag::Insert => DiffChange::Added,
        },
        text: change.value().trim_end_matches('\n').to_owned(),
    };
    diff.iter_all_changes().map(line).collect()
}

/// Makes a published version the draft.
///
/// # Errors
/// `NotFound`, `Conflict`; as [`super::list`]
pub async fn restore(
    center: &Center,
    actor: &Actor,
    which: Which,
    revision: i64,
    version: i64,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateRestore)?;
    let mut tx = center.db().write().await?;
    let source = find(&mut tx, which, version).await?.ok_or(ErrorCode::NotFound)?;
    write_draft(center, &mut tx, actor, &Edited { which, revision, source }).await?;
    tx.commit().await?;
    Ok(())
}
