use std::collections::BTreeMap;

use model::{Email, ErrorCode, MailId, UserId};

use super::obstacle;
use super::stored::Stored;
use crate::access::{self, Actor, Operation};
use crate::accounts::links::{self, Purpose};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::office::customers::{Place, mail_access_in};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, MAILS_AGAIN};
use crate::users::{inviter_of, lock_person, mail_invitation_of};
use crate::{Center, Error};

/// *Send again*: a fresh mail with what holds now and secrets of its own; those of the first one are dead.
///
/// # Errors
/// `NotFound`, `WrongState` when it makes no sense any more, `TooManyRequests`, [`Error::OfficeLacks`],
/// [`Error::Store`]
pub async fn resend(center: &Center, actor: &Actor, id: MailId) -> Result<MailId, Error> {
    let who = access::office(actor, Operation::OfficeMailResend)?;
    throttle::spend(center, MAILS_AGAIN, &who.staff.to_string()).await?;
    let mut tx = center.db().write().await?;
    let mail = Stored::find(&mut tx, who, id, center.now()).await?.ok_or(ErrorCode::NotFound)?;
    lock(&mut tx, &mail).await?;
    if obstacle::of_resending(center, &mut tx, &mail).await?.is_some() {
        return Err(ErrorCode::WrongState.into());
    }
    let fresh = fresh(center, &mut tx, &mail).await?;
    tx.execute("UPDATE outbox SET repeats = $2 WHERE id = $1", args![fresh, id]).await?;
    audit::append(center, &mut tx, entry(actor, Event::MailResent, &mail)).await?;
    tx.commit().await?;
    Ok(fresh)
}

/// Locks whom the mail is about, before anything of theirs is touched, in the order that everybody keeps.
pub(super) async fn lock(tx: &mut Tx, mail: &Stored) -> Result<(), Error> {
    match (mail.user, mail.company) {
        (Some(user), Some(company)) => match lock_person(tx, company, user).await {
            Err(Error::Refused(_)) => Err(ErrorCode::WrongState.into()),
            other => other,
        },
        (Some(user), None) => {
            tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![user]).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// What the trail keeps of a mail.
pub(super) fn entry(actor: &Actor, event: Event, mail: &Stored) -> Entry {
    let entry = Entry::by(actor, event)
        .company(mail.company)
        .fact(Fact::Mail, mail.key.as_str())
        .fact(Fact::Email, mail.recipient.as_str());
    match (mail.user, mail.staff) {
        (Some(user), _) => entry.subject(user),
        (None, Some(staff)) => entry.about_staff(staff),
        (None, None) => entry,
    }
}

async fn fresh(center: &Center, tx: &mut Tx, mail: &Stored) -> Result<MailId, Error> {
    let wrong = || Error::from(ErrorCode::WrongState);
    let kind = mail.kind.ok_or_else(wrong)?;
    let recipient = Email::parse(&mail.recipient).map_err(|_| wrong())?;
    let purpose = match (kind, mail.user) {
        (MailKind::AccountCreated, Some(user)) => return invitation(center, tx, mail, user).await,
        (MailKind::PasswordReset, Some(user)) => Some((Purpose::Reset, user)),
        (MailKind::EmailChangeConfirm, Some(user)) => Some((Purpose::EmailChange, user)),
        _ => None,
    };
    let mut letter = Mail::new(kind, recipient, mail.locale);
    let mut facts = facts(tx, mail).await?;
    let names = std::iter::once("name").chain(kind.facts().iter().copied());
    letter.data = names.filter_map(|name| Some((name, facts.remove(name)?))).collect();
    (letter.user, letter.company, letter.staff) = (mail.user, mail.company, mail.staff);
    letter.activation = mail.activation;
    if let Some((purpose, user)) = purpose {
        letter.link = Some(links::request(center, tx, purpose, user, None, &letter.recipient).await?);
    }
    Ok(mail::enqueue(center, tx, letter).await?)
}

/// In the name of whoever invited.
async fn invitation(center: &Center, tx: &mut Tx, mail: &Stored, user: UserId) -> Result<MailId, Error> {
    let Some(company) = mail.company else {
        return Ok(mail_access_in(center, tx, Place::Business, user).await?);
    };
    let inviter = inviter_of(center, tx, company, user).await?.ok_or(ErrorCode::WrongState)?;
    Ok(mail_invitation_of(center, tx, &inviter, user).await?)
}

/// What the mail is written from, with the roles that the person has now.
pub(super) async fn facts(tx: &mut Tx, mail: &Stored) -> Result<BTreeMap<String, String>, StoreError> {
    let mut facts = mail.facts.clone();
    if let (Some(user), Some(company), true) = (mail.user, mail.company, facts.contains_key("roles")) {
        facts.insert("roles".to_owned(), mail::roles_fact(tx, company, user).await?);
    }
    Ok(facts)
}
