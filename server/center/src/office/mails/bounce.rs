use model::{BOUNCE_NOTE_MAX, BounceNote, ErrorCode, MailId, single_line};

use super::again::entry;
use super::stored::Stored;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Event, Fact};
use crate::store::{Conn, StoreError, args};
use crate::words::Times;
use crate::{Center, Error};

/// What was noted of an address.
pub(in crate::office) async fn bounce_of(
    conn: &mut Conn,
    times: &Times,
    address: &str,
) -> Result<Option<BounceNote>, StoreError> {
    let sql = "SELECT n.note, n.noted_at, s.name FROM mail_bounces n JOIN staff s ON s.id = n.noted_by WHERE n.address = $1";
    let row = conn.optional(sql, args![address]).await?;
    row.map(|row| {
        Ok(BounceNote {
            note: row.get("note")?,
            who: row.get("name")?,
            when: times.moment(row.get("noted_at")?),
        })
    })
    .transpose()
}

/// Notes that mails to the address of this mail come back, and what was said about it. Nothing else follows from it.
///
/// # Errors
/// The field `note`, `NotFound`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn note_bounce(center: &Center, actor: &Actor, id: MailId, note: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeMailBounce)?;
    let note = single_line(note, BOUNCE_NOTE_MAX).map_err(|issue| Error::field("note", issue))?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    let mail = Stored::find(&mut tx, who, id, now).await?.ok_or(ErrorCode::NotFound)?;
    if mail.facts.is_empty() {
        // Of an erased person there is nothing to note.
        return Err(ErrorCode::WrongState.into());
    }
    tx.execute(
        "INSERT INTO mail_bounces (address, note, noted_by, noted_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (address) DO UPDATE SET note = excluded.note, noted_by = excluded.noted_by, noted_at = excluded.noted_at",
        args![mail.recipient.as_str(), note.as_str(), who.staff, now],
    )
    .await?;
    let entry = entry(actor, Event::BounceNoted, &mail).fact(Fact::Reason, note.as_str());
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// The address takes mails again.
///
/// # Errors
/// `NotFound`, `WrongState` when nothing was noted, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn forget_bounce(center: &Center, actor: &Actor, id: MailId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeMailBounceForget)?;
    let mut tx = center.db().write().await?;
    let mail = Stored::find(&mut tx, who, id, center.now()).await?.ok_or(ErrorCode::NotFound)?;
    let sql = "DELETE FROM mail_bounces WHERE address = $1";
    if tx.execute(sql, args![mail.recipient.as_str()]).await? == 0 {
        return Err(ErrorCode::WrongState.into());
    }
    audit::append(center, &mut tx, entry(actor, Event::BounceForgotten, &mail)).await?;
    Ok(tx.commit().await?)
}
