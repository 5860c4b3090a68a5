use model::{Details, ErrorCode, TemplateSource};

use super::{Stored, Which};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::own::{lint, plain, sanitise, take_over};
use crate::mail::{self, Mail};
use crate::store::{Tx, args};
use crate::throttle::{self, TRIAL_MAILS};
use crate::{Center, Error};

use super::samples::facts;

/// What a form of the editor holds.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Which template
    pub which: Which,
    /// The revision that was edited
    pub revision: i64,
    /// As it was typed
    pub source: TemplateSource,
}

impl Edited {
    fn checked(&self) -> Result<Self, Error> {
        Ok(Self { source: self.source.check()?, ..self.clone() })
    }
}

/// Keeps what was typed as the draft. It may be as broken as it likes.
///
/// # Errors
/// The fields, `Conflict`; as [`super::list`]
pub async fn save(center: &Center, actor: &Actor, edited: &Edited) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateSave)?;
    keep(center, actor, &edited.checked()?).await
}

/// As [`save`], with the names of the other system written as ours.
///
/// # Errors
/// As [`save`]
pub async fn import(center: &Center, actor: &Actor, edited: &Edited) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateImport)?;
    let mut edited = edited.checked()?;
    let source = &mut edited.source;
    for part in [&mut source.subject, &mut source.preheader, &mut source.html, &mut source.text] {
        *part = take_over(part);
    }
    keep(center, actor, &edited).await
}

/// As [`save`], with the plain text made of the HTML.
///
/// # Errors
/// As [`save`]
pub async fn make_text(center: &Center, actor: &Actor, edited: &Edited) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateText)?;
    let mut edited = edited.checked()?;
    edited.source.text = plain(&sanitise(&edited.source.html));
    keep(center, actor, &edited).await
}

async fn keep(center: &Center, actor: &Actor, edited: &Edited) -> Result<(), Error> {
    let mut tx = center.db().write().await?;
    write_draft(center, &mut tx, actor, edited).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes the draft and the trail.
pub(super) async fn write_draft(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    edited: &Edited,
) -> Result<(), Error> {
    touch(tx, edited.which, edited.revision).await?;
    let source = &edited.source;
    tx.execute(
        "UPDATE mail_templates SET subject = $3, preheader = $4, html = $5, body = $6 WHERE kind = $1 AND locale = $2",
        args![
            edited.which.kind.key(),
            edited.which.locale,
            &source.subject,
            &source.preheader,
            &source.html,
            &source.text
        ],
    )
    .await?;
    note(center, tx, actor, edited.which, Event::TemplateSaved, None).await
}

/// Takes the row and raises its revision, unless somebody else did since it was read.
async fn touch(tx: &mut Tx, which: Which, revision: i64) -> Result<(), Error> {
    let (kind, locale) = (which.kind.key(), which.locale);
    let sql = "INSERT INTO mail_templates (kind, locale, revision) VALUES ($1, $2, 0) ON CONFLICT (kind, locale) DO NOTHING";
    tx.execute(sql, args![kind, locale]).await?;
    let sql =
        "UPDATE mail_templates SET revision = revision + 1 WHERE kind = $1 AND locale = $2 AND revision = $3";
    if tx.execute(sql, args![kind, locale, revision]).await? == 0 {
        return Err(ErrorCode::Conflict.into());
    }
    Ok(())
}

async fn note(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    which: Which,
    event: Event,
    version: Option<i64>,
) -> Result<(), Error> {
    let mut entry = Entry::by(actor, event).fact(Fact::Template, which.name().as_str());
    if let Some(version) = version {
        entry = entry.fact(Fact::TemplateVersion, version);
    }
    audit::append(center, tx, entry).await?;
    Ok(())
}

/// Publishes what was typed as a new version; from now on mails are written with it.
///
/// # Errors
/// The fields, `TemplateRefused` with what is wrong, `Conflict`; as [`super::list`]
pub async fn publish(center: &Center, actor: &Actor, edited: &Edited) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeTemplatePublish)?;
    let Edited { which, revision, mut source } = edited.checked()?;
    let findings = lint(which.kind, &source);
    if findings.iter().any(|finding| finding.fault.refuses()) {
        return Err(ErrorCode::TemplateRefused { findings: Details::new(&findings) }.into());
    }
    source.html = sanitise(&source.html);
    let (kind, locale) = (which.kind.key(), which.locale);
    let mut tx = center.db().write().await?;
    touch(&mut tx, which, revision).await?;
    let sql = "UPDATE mail_templates SET latest = latest + 1, in_use = latest + 1, subject = NULL, preheader = NULL,
             html = NULL, body = NULL
         WHERE kind = $1 AND locale = $2 RETURNING latest";
    let version: i64 = tx.one(sql, args![kind, locale]).await?.get("latest")?;
    tx.execute(
        "INSERT INTO mail_template_versions (kind, locale, version, subject, preheader, html, body, published_by, published_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            kind,
            locale,
            version,
            source.subject,
            source.preheader,
            source.html,
            source.text,
            who.staff,
            center.now()
        ],
    )
    .await?;
    note(center, &mut tx, actor, which, Event::TemplatePublished, Some(version)).await?;
    tx.commit().await?;
    Ok(())
}

/// Goes back to the portal's own wording. Versions and draft stay.
///
/// # Errors
/// `Conflict`, `WrongState`; as [`super::list`]
pub async fn standard(center: &Center, actor: &Actor, which: Which, revision: i64) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateStandard)?;
    let mut tx = center.db().write().await?;
    touch(&mut tx, which, revision).await?;
    let sql =
        "UPDATE mail_templates SET in_use = NULL WHERE kind = $1 AND locale = $2 AND in_use IS NOT NULL";
    if tx.execute(sql, args![which.kind.key(), which.locale]).await? == 0 {
        return Err(ErrorCode::WrongState.into());
    }
    note(center, &mut tx, actor, which, Event::TemplateStandard, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Throws the draft away.
///
/// # Errors
/// `Conflict`, `WrongState`; as [`super::list`]
pub async fn discard(center: &Center, actor: &Actor, which: Which, revision: i64) -> Result<(), Error> {
    access::office(actor, Operation::OfficeTemplateDiscard)?;
    let mut tx = center.db().write().await?;
    if Stored::find(&mut tx, which).await?.draft.is_none() {
        return Err(ErrorCode::WrongState.into());
    }
    touch(&mut tx, which, revision).await?;
    let sql = "UPDATE mail_templates SET subject = NULL, preheader = NULL, html = NULL, body = NULL WHERE kind = $1 AND locale = $2";
    tx.execute(sql, args![which.kind.key(), which.locale]).await?;
    note(center, &mut tx, actor, which, Event::TemplateDiscarded, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Mails what was typed, about a made up record, to the person who asks and to nobody else, and keeps it as the
/// draft.
///
/// # Errors
/// The fields, `TemplateRefused` when it can't be written, `Conflict`, `TooManyRequests`; as [`super::list`]
pub async fn test(center: &Center, actor: &Actor, edited: &Edited, sample: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeTemplateTest)?;
    let edited = edited.checked()?;
    let Edited { which, source, .. } = &edited;
    let which = *which;
    let findings = lint(which.kind, source);
    if findings.iter().any(|finding| finding.fault.refuses()) {
        return Err(ErrorCode::TemplateRefused { findings: Details::new(&findings) }.into());
    }
    throttle::spend(center, TRIAL_MAILS, &who.staff.to_string()).await?;
    let mut letter = Mail::new(which.kind, who.email.clone(), which.locale).about_staff(who.staff);
    letter.data = facts(which.kind, which.locale, model::TemplateSample::from_key(sample));
    let trial = serde_json::to_string(source).map_err(|e| Error::Fault(e.to_string()))?;
    let mut tx = center.db().write().await?;
    write_draft(center, &mut tx, actor, &edited).await?;
    let id = mail::enqueue(center, &mut tx, letter).await?;
    tx.execute("UPDATE outbox SET trial = $2 WHERE id = $1", args![id, trial]).await?;
    note(center, &mut tx, actor, which, Event::TemplateTested, None).await?;
    tx.commit().await?;
    Ok(())
}
