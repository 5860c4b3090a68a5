use model::{MailId, MailState};

use super::stored::Stored;
use crate::access::{self, Actor, Operation};
use crate::mail::{self, Rendered, TRIAL, Wording, archived, logo, masked_inset, seen, wording};
use crate::store::Conn;
use crate::{Center, Error, shop};

/// What the mail said or, if it was not sent, what it would say now. Secrets are masked in both. `None` when it
/// is not kept any more, or can't be written.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn said(center: &Center, actor: &Actor, id: MailId) -> Result<Option<Rendered>, Error> {
    let who = access::office(actor, Operation::OfficeMailBody)?;
    let mut conn = center.db().read().await?;
    let mail = Stored::find(&mut conn, who, id, center.now()).await?.ok_or(model::ErrorCode::NotFound)?;
    let said = words(center, &mut conn, &mail).await?;
    let logo = logo(&mut conn).await?;
    Ok(said.map(|said| seen(said, logo.as_ref())))
}

pub(super) async fn words(
    center: &Center,
    conn: &mut Conn,
    mail: &Stored,
) -> Result<Option<Rendered>, Error> {
    if mail.state == MailState::Sent {
        return Ok(archived(conn, mail.id).await?);
    }
    let Some(kind) = mail.kind else { return Ok(None) };
    let settings = shop::read_in(center, conn).await?.over(center.settings());
    let mut wording = wording(conn, kind, mail.locale).await?;
    if let Some(trial) = &mail.trial {
        let Ok(own) = serde_json::from_str(trial) else { return Ok(None) };
        wording = Wording { own, ..wording };
    }
    let templates = mail::templates()?;
    let write = |wording: &Wording| {
        templates.write(kind, mail.locale, &mail.facts, &settings, masked_inset(kind), wording)
    };
    let written = match write(&wording) {
        // As when it is sent: a broken template gives way.
        Err(_) if mail.trial.is_none() && wording.own.is_some() => write(&Wording { own: None, ..wording }),
        written => written,
    };
    Ok(written.ok().map(|mut said| {
        if mail.trial.is_some() {
            said.subject.insert_str(0, TRIAL);
        }
        said
    }))
}
