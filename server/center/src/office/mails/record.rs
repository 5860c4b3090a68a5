use model::{
    BounceNote, CompanyId, ErrorCode, Locale, MailContent, MailId, MailState, OfficeRight, StaffId, UserId,
};

use super::bounce::bounce_of;
use super::obstacle::{self, Obstacle};
use super::said::words;
use super::stored::Stored;
use crate::access::{self, Actor, Operation};
use crate::mail::MailKind;
use crate::office::times;
use crate::store::{Conn, StoreError, args};
use crate::{Center, Error};

/// What can be done with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Sent again as a fresh mail.
    Resend,
    /// Taken up again.
    Retry,
    /// Nothing, for this reason.
    No(Obstacle),
}

/// The page of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Which
    pub id: MailId,
    /// Which mail; `None` for one that this version does not know.
    pub kind: Option<MailKind>,
    /// A test of a template
    pub trial: bool,
    /// To whom
    pub recipient: String,
    /// In which language
    pub locale: Locale,
    /// Its subject, where what it said is known.
    pub subject: String,
    /// Where what it says comes from.
    pub content: MailContent,
    /// How it stands
    pub state: MailState,
    /// Why it stands so; may be empty.
    pub reason: String,
    /// How often sending it was tried.
    pub attempts: u32,
    /// When it was asked for, in words.
    pub asked: String,
    /// When it was sent, in words; empty if it was not.
    pub sent: String,
    /// When it is tried next, in words; empty if it is not.
    pub next: String,
    /// The company that it is about
    pub company: Option<(CompanyId, String)>,
    /// The user that it is about
    pub person: Option<(UserId, String)>,
    /// The colleague that it is about
    pub colleague: Option<(StaffId, String)>,
    /// The mail that it repeats, while that is kept.
    pub repeats: Option<MailId>,
    /// The latest mail that repeats it
    pub repeated: Option<MailId>,
    /// What was noted of the address
    pub bounce: Option<BounceNote>,
    /// What can be done with it
    pub again: Again,
    /// Whether the reader may do that.
    pub can_manage: bool,
}

/// One mail.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn record(center: &Center, actor: &Actor, id: MailId) -> Result<Record, Error> {
    let who = access::office(actor, Operation::OfficeMailGet)?;
    let (now, times) = (center.now(), times(center, who));
    let mut conn = center.db().read().await?;
    let mail = Stored::find(&mut conn, who, id, now).await?.ok_or(ErrorCode::NotFound)?;
    let said = words(center, &mut conn, &mail).await?;
    let content = match (&said, mail.state) {
        (None, _) => MailContent::Gone,
        (Some(_), MailState::Sent) => MailContent::AsSent,
        (Some(_), _) => MailContent::AsItWould,
    };
    let obstacle = match mail.state {
        MailState::Dead => obstacle::of_retrying(center, &mut conn, &mail).await?,
        _ => obstacle::of_resending(center, &mut conn, &mail).await?,
    };
    let again = match (obstacle, mail.state) {
        (Some(obstacle), _) => Again::No(obstacle),
        (None, MailState::Dead) => Again::Retry,
        (None, _) => Again::Resend,
    };
    let waits = matches!(mail.state, MailState::Waiting | MailState::Failed);
    Ok(Record {
        id,
        kind: mail.kind,
        trial: mail.trial.is_some(),
        locale: mail.locale,
        subject: said.map(|said| said.subject).unwrap_or_default(),
        content,
        state: mail.state,
        reason: mail.reason.clone(),
        attempts: u32::try_from(mail.attempts).unwrap_or_default(),
        asked: times.moment(mail.created_at),
        sent: mail.sent_at.map(|at| times.moment(at)).unwrap_or_default(),
        next: if waits { times.moment(mail.not_before.max(now)) } else { String::new() },
        company: name(&mut conn, "SELECT name FROM companies WHERE id = $1", mail.company).await?,
        person: name(&mut conn, "SELECT name FROM users WHERE id = $1", mail.user).await?,
        colleague: name(&mut conn, "SELECT name FROM staff WHERE id = $1", mail.staff).await?,
        repeats: kept(&mut conn, "SELECT id FROM outbox WHERE id = $1", mail.repeats).await?,
        repeated: kept(
            &mut conn,
            "SELECT id FROM outbox WHERE repeats = $1 ORDER BY created_at DESC, id DESC LIMIT 1",
            Some(id),
        )
        .await?,
        bounce: bounce_of(&mut conn, &times, &mail.recipient).await?,
        recipient: mail.recipient,
        again,
        can_manage: who.role.allows(OfficeRight::MailManage),
    })
}

/// Whom an id names.
async fn name<I: Copy>(
    conn: &mut Conn,
    sql: &'static str,
    id: Option<I>,
) -> Result<Option<(I, String)>, StoreError>
where
    crate::store::Value: From<I>,
{
    let Some(id) = id else { return Ok(None) };
    let row = conn.optional(sql, args![id]).await?;
    row.map(|row| Ok((id, row.get("name")?))).transpose()
}

async fn kept(conn: &mut Conn, sql: &'static str, id: Option<MailId>) -> Result<Option<MailId>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    conn.optional(sql, args![id]).await?.map(|row| row.get("id")).transpose()
}
