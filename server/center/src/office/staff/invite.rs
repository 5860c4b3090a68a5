use model::{FieldIssue, LinkId, StaffId, StaffInput};

use super::change::{Colleague, not_oneself};
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::office::{links, typed_lately};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, STAFF_LINKS};
use crate::{Center, Error};

/// Invites a colleague: records the person and mails a link to set a password.
///
/// # Errors
/// The fields to correct, `ReauthRequired`, `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn invite(center: &Center, actor: &Actor, input: &StaffInput) -> Result<StaffId, Error> {
    let who = access::office(actor, Operation::OfficeStaffInvite)?;
    let form = input.check()?;
    typed_lately(center, who)?;
    throttle::spend(center, STAFF_LINKS, &who.staff.to_string()).await?;
    let (staff, locale) = (StaffId(center.new_id()), who.client.locale);
    let mut tx = center.db().write().await?;
    let made = tx
        .execute(
            "INSERT INTO staff (id, email, name, role, locale, created_at, invited_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING",
            args![staff, &form.email, &form.name, form.role, locale, center.now(), who.staff],
        )
        .await?;
    if made == 0 {
        return Err(Error::field("email", FieldIssue::EmailTaken));
    }
    let colleague = Colleague { name: form.name.to_string(), email: form.email, locale, accepted: false };
    mail_link(center, &mut tx, who, staff, &colleague).await?;
    let entry = Entry::by(actor, Event::StaffInvited)
        .about_staff(staff)
        .fact(Fact::Email, colleague.email.as_str())
        .fact(Fact::StaffRole, form.role.key());
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(staff)
}

/// Sends a colleague a link: the invitation once more, or one to set a new password. Earlier ones can't be
/// used any more.
///
/// # Errors
/// `NotFound`, `Yourself`, `Conflict` for who is switched off, `ReauthRequired`, `TooManyRequests`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn send_link(center: &Center, actor: &Actor, staff: StaffId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeStaffSendLink)?;
    not_oneself(who, staff)?;
    typed_lately(center, who)?;
    throttle::spend(center, STAFF_LINKS, &who.staff.to_string()).await?;
    let mut tx = center.db().write().await?;
    let colleague = Colleague::lock(&mut tx, staff).await?;
    mail_link(center, &mut tx, who, staff, &colleague).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::StaffLinkSent).about_staff(staff)).await?;
    Ok(tx.commit().await?)
}

async fn mail_link(
    center: &Center,
    tx: &mut Tx,
    who: &StaffSignedIn,
    staff: StaffId,
    colleague: &Colleague,
) -> Result<(), StoreError> {
    let link = links::request(center, tx, staff, None).await?;
    let kind = if colleague.accepted { MailKind::StaffPasswordLink } else { MailKind::StaffInvitation };
    let mail =
        Mail { link: Some(LinkId(link)), ..Mail::new(kind, colleague.email.clone(), colleague.locale) }
            .fact("name", colleague.name.clone())
            .fact("login", colleague.email.as_str())
            .fact("by_name", who.name.clone())
            .about_staff(staff);
    mail::enqueue(center, tx, mail).await?;
    Ok(())
}
