use model::{AccessRequestId, DECLINE_REASON_MAX, UserId, UserInput, several_lines};

use super::access_requests::OpenRequest;
use super::contacts::all;
use super::guard::lock_company;
use super::invite::invite;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::{Center, Error};

/// *Grant access*: makes an invited user of somebody who asked for access, and closes the request
/// in the same transaction. The invitation, in the language of the person, is the answer.
///
/// # Errors
/// `NotFound`, `AlreadyDecided`, the fields to correct, `GrantLacking`, [`Error::Lacks`],
/// `ReauthRequired` for a main contact, `TooManyRequests`, [`Error::Store`]; the request then stays open.
pub async fn grant_access(
    center: &Center,
    actor: &Actor,
    id: AccessRequestId,
    input: &UserInput,
) -> Result<UserId, Error> {
    let held = access::in_company(actor, Operation::UsersGrantAccess)?;
    let request = OpenRequest::find(&mut center.db().read().await?, held.company, id, center.now()).await?;
    let form = input.check(held.member.currency)?;
    let contacts = all(center, &held).await?;
    let contact = request.contact_to_add(center, &held, contacts).await?;
    invite(center, actor, &held, &form, contact.as_ref(), Some(&request)).await
}

/// *Decline request*: closes it and tells the person, with the reason if one is given.
///
/// # Errors
/// `NotFound`, `AlreadyDecided`, the field `reason` to correct, [`Error::Store`]
pub async fn decline_access(
    center: &Center,
    actor: &Actor,
    id: AccessRequestId,
    reason: &str,
) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersDeclineAccess)?;
    let request = OpenRequest::find(&mut center.db().read().await?, held.company, id, center.now()).await?;
    let reason = several_lines(reason, DECLINE_REASON_MAX as usize).map_err(|e| Error::field("reason", e))?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    request.close(center, &mut tx, &held, "declined").await?;
    let entry = Entry::by(actor, Event::AccessDeclined)
        .fact(Fact::Name, request.name.as_str())
        .fact(Fact::Email, request.email.as_str())
        .fact(Fact::Reason, (!reason.is_empty()).then_some(reason.as_str()));
    let mail = Mail::new(MailKind::AccessDeclined, request.email, request.locale)
        .fact("name", request.name)
        .fact("company", held.member.company_name.as_str())
        .fact("reason", reason);
    mail::enqueue(center, &mut tx, mail).await?;
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
