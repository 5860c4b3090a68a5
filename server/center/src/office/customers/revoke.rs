use model::{ErrorCode, FieldIssue, UserId};

use super::give::has_main_contact;
use super::mails::Place;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::office::users::end_all_of;
use crate::store::{StoreError, Tx, args};
use crate::users::end_access;
use crate::{Center, Error};

/// Takes a person's access back; sessions, links and queued mails of it end in the same transaction. Access
/// of the last main contact is only taken back by whoever says that it is `meant`, because then nobody would
/// manage the company's people: the company is closed, and nobody of it can sign in until the shop gives a
/// main contact access again. Answers whether it was closed.
///
/// # Errors
/// The field `meant`, `NotFound`, `WrongState` without access, `OfficeForbidden`, [`Error::Store`]
pub async fn revoke(
    center: &Center,
    actor: &Actor,
    number: &str,
    user: UserId,
    meant: bool,
) -> Result<bool, Error> {
    access::office(actor, Operation::OfficeCustomersRevoke)?;
    let mut tx = center.db().write().await?;
    let place = Place::of(&mut tx, number, user).await?;
    let told = person(&mut tx, place, user).await?;
    let closed = match place {
        Place::Company(company) => {
            end_access(center, &mut tx, company, &[user]).await?;
            let closes = !has_main_contact(&mut tx, company).await?;
            if closes && !meant {
                return Err(Error::field("meant", FieldIssue::ClosesCompany));
            }
            if closes {
                let sql = "UPDATE companies SET active = FALSE WHERE id = $1";
                tx.execute(sql, args![company]).await?;
                end_all_of(center, &mut tx, company).await?;
            }
            closes
        }
        Place::Business => {
            end_business_access(center, &mut tx, user).await?;
            false
        }
    };
    if let Some(mail) = told {
        mail::enqueue(center, &mut tx, mail).await?;
    }
    let entry = Entry::by(actor, Event::AccessTaken).company(place.company()).subject(user);
    audit::append(center, &mut tx, entry).await?;
    if closed {
        let entry = Entry::by(actor, Event::CompanyClosed).company(place.company());
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(closed)
}

/// What the person is told, if the person could sign in.
async fn person(tx: &mut Tx, place: Place, user: UserId) -> Result<Option<Mail>, Error> {
    let sql = match place {
        Place::Company(_) => {
            "SELECT u.email, u.name, COALESCE(m.locale, u.locale) AS locale, c.name AS customer_name, m.accepted_at IS NOT NULL AS accepted
             FROM members m JOIN users u ON u.id = m.user_id JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.company_id = $2 AND m.deactivated_at IS NULL AND c.active"
        }
        Place::Business => {
            "SELECT u.email, u.name, u.locale, b.customer_name, u.password_hash IS NOT NULL AS accepted
             FROM business_users b JOIN users u ON u.id = b.user_id
             WHERE b.user_id = $1 AND $2 IS NULL AND b.deactivated_at IS NULL"
        }
    };
    let row = tx.optional(sql, args![user, place.company()]).await?.ok_or(ErrorCode::WrongState)?;
    if !row.get::<bool>("accepted")? {
        return Ok(None);
    }
    let mail = Mail::new(MailKind::Deactivated, row.get("email")?, row.get("locale")?)
        .fact("name", row.get::<String>("name")?)
        .fact("company", row.get::<String>("customer_name")?)
        .fact("by_name", "")
        .about(user, place.company());
    Ok(Some(mail))
}

/// Ends what a business user could do as one; what the login opens elsewhere goes on.
async fn end_business_access(center: &Center, tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let now = center.now();
    let sql = "UPDATE business_users SET deactivated_at = $2 WHERE user_id = $1";
    tx.execute(sql, args![user, now]).await?;
    tx.execute("DELETE FROM sessions WHERE user_id = $1 AND company_id IS NULL", args![user]).await?;
    let sql = "UPDATE links SET revoked_at = $2
         WHERE user_id = $1 AND company_id IS NULL AND consumed_at IS NULL AND revoked_at IS NULL";
    tx.execute(sql, args![user, now]).await?;
    let sql = "UPDATE outbox SET state = 'cancelled', reason = 'access taken back'
         WHERE state = 'pending' AND user_id = $1 AND company_id IS NULL";
    tx.execute(sql, args![user]).await?;
    Ok(())
}
