use model::{Email, ErrorCode, FieldIssue, Locale, UserId};

use super::authenticate::check_current;
use super::links::{self, Purpose};
use super::places;
use super::sessions;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, EMAIL_TAKEN};
use crate::{Center, Error};

/// Asks for a new login address. It counts once the link mailed to it was used; the old
/// address is told at once.
///
/// # Errors
/// The fields `email` and `current` to correct, `TooManyRequests`, `Deactivated`, [`Error::Store`]
pub async fn change_email(center: &Center, actor: &Actor, email: &str, current: &str) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::ChangeEmail)?;
    let email = Email::parse(email).map_err(|e| Error::field("email", e.into()))?;
    if email == who.email {
        return Err(Error::field("email", FieldIssue::Unchanged));
    }
    check_current(center, who, current).await?;
    refuse_taken(center, who.user, &email).await?;
    let mut tx = center.db().write().await?;
    // Several changes asked for at once follow one another, so that each ends the one before; and
    // who was switched off meanwhile asks for none.
    tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![who.user]).await?;
    sessions::arrive(center, &mut tx, who.user, who.company()).await?;
    request_change(center, &mut tx, who.user, &who.email, &email, &who.name, who.locale).await?;
    let entry =
        Entry::by(actor, Event::EmailChangeRequested).subject(who.user).fact(Fact::NewEmail, email.as_str());
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Refuses an address that a shop user has: the same words whoever it is.
pub(crate) async fn refuse_taken(center: &Center, asker: UserId, email: &Email) -> Result<(), Error> {
    let sql = "SELECT 1 AS n FROM users WHERE email = $1";
    let taken = center.db().read().await?.optional(sql, args![email]).await?.is_some();
    if taken {
        throttle::spend(center, EMAIL_TAKEN, &asker.to_string()).await?;
        return Err(Error::field("email", FieldIssue::EmailTaken));
    }
    Ok(())
}

/// Puts both mails of an email change into the outbox.
pub(crate) async fn request_change(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    old: &Email,
    new: &Email,
    name: &str,
    locale: Locale,
) -> Result<(), StoreError> {
    let link = links::request(center, tx, Purpose::EmailChange, user, None, new).await?;
    let mut confirm = Mail::new(MailKind::EmailChangeConfirm, new.clone(), locale)
        .fact("name", name)
        .fact("new_email", new.as_str())
        .about(user, None);
    confirm.link = Some(link);
    mail::enqueue(center, tx, confirm).await?;
    let notice = Mail::new(MailKind::EmailChangeNotice, old.clone(), locale)
        .fact("name", name)
        .fact("new_email", new.as_str())
        .about(user, None);
    mail::enqueue(center, tx, notice).await?;
    Ok(())
}

/// Gives up a change that was asked for.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn cancel_email_change(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::CancelEmailChange)?;
    let mut tx = center.db().write().await?;
    links::revoke(center, &mut tx, who.user, None, Some(Purpose::EmailChange)).await?;
    let entry = Entry::by(actor, Event::EmailChangeCancelled).subject(who.user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes the new address over, by the link that was mailed to it. All sessions end and both
/// addresses are told.
///
/// # Errors
/// `LinkInvalid`, also when the address was taken meanwhile; [`Error::Store`]
pub async fn confirm_email(center: &Center, actor: &Actor, link_token: &str) -> Result<(), Error> {
    access::authorize(actor, Operation::ConfirmEmail)?;
    let link = links::inspect(center, link_token)
        .await?
        .filter(|link| link.purpose == Purpose::EmailChange)
        .ok_or(ErrorCode::LinkInvalid)?;
    // The person's rows before the link, as everywhere, so that no two wait for each other. Nothing
    // of it is kept unless the link can be used up.
    let mut tx = center.db().write().await?;
    let row = tx.one("SELECT email, locale FROM users WHERE id = $1", args![link.user]).await?;
    let (old, locale): (Email, Locale) = (row.get("email")?, row.get("locale")?);
    // The address comes from the link's row: the one that the link was mailed to.
    let changed =
        tx.execute("UPDATE users SET email = $2 WHERE id = $1", args![link.user, &link.email]).await;
    match changed {
        Err(error) if error.is_unique_violation() => return Err(ErrorCode::LinkInvalid.into()),
        other => other?,
    };
    tx.execute("UPDATE members SET email = $2 WHERE user_id = $1", args![link.user, &link.email]).await?;
    sessions::end_all(&mut tx, link.user, None).await?;
    links::consume(center, &mut tx, link_token).await?.ok_or(ErrorCode::LinkInvalid)?;
    links::revoke(center, &mut tx, link.user, None, Some(Purpose::Reset)).await?;
    for recipient in [&old, &link.email] {
        let mail = Mail::new(MailKind::EmailChanged, recipient.clone(), locale)
            .fact("name", link.name.as_str())
            .fact("old_email", old.as_str())
            .fact("new_email", link.email.as_str())
            .about(link.user, None);
        mail::enqueue(center, &mut tx, mail).await?;
    }
    let entry = Entry::from_browser(actor.client(), Event::EmailChanged)
        .company(places::company_of(&mut tx, link.user).await?)
        .subject(link.user)
        .change(Fact::Email, old.as_str(), link.email.as_str());
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
