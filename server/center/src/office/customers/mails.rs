//! Mails about an access that the shop has given.

use model::{CompanyId, CustomerNumber, Email, ErrorCode, Locale, MailId, UserId};

use super::people::Company;
use crate::access::{self, Actor, Operation};
use crate::accounts::links::{self, Purpose};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::shop;
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, OFFICE_ACCESS};
use crate::users::{Inviter, lock_person, mail_invitation_of};
use crate::{Center, Error};

/// Where somebody has access.
#[derive(Clone, Copy, Debug)]
pub(in crate::office) enum Place {
    /// In this company
    Company(CompanyId),
    /// As a business user
    Business,
}

impl Place {
    pub(super) const fn company(self) -> Option<CompanyId> {
        match self {
            Self::Company(company) => Some(company),
            Self::Business => None,
        }
    }

    /// Where the people of this customer act, and who of them this is, locked.
    ///
    /// # Errors
    /// `NotFound` when the person is none of the customer's.
    pub(super) async fn of(tx: &mut Tx, number: &str, user: UserId) -> Result<Self, Error> {
        let number = CustomerNumber::parse(number).map_err(|_| ErrorCode::NotFound)?;
        if let Some(company) = Company::of(tx, &number).await? {
            lock_person(tx, company.id, user).await?;
            return Ok(Self::Company(company.id));
        }
        let sql = "UPDATE users SET locale = locale WHERE id = $1
             AND EXISTS (SELECT 1 FROM business_users b WHERE b.customer_key = $2 AND b.user_id = users.id)";
        if tx.execute(sql, args![user, number.key()]).await? == 0 {
            return Err(ErrorCode::NotFound.into());
        }
        Ok(Self::Business)
    }
}

/// Mails somebody who has access that there is one: an invitation, or where to sign in with the login that
/// the person has.
///
/// # Errors
/// `NotFound`, `WrongState` without access, `TooManyRequests`, `OfficeForbidden`, [`Error::Store`]
pub async fn mail_access(center: &Center, actor: &Actor, number: &str, user: UserId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeCustomersMail)?;
    throttle::spend(center, OFFICE_ACCESS, &who.staff.to_string()).await?;
    let mut tx = center.db().write().await?;
    let place = Place::of(&mut tx, number, user).await?;
    let sql = match place {
        Place::Company(_) => {
            "SELECT 1 AS n FROM members m JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.company_id = $2 AND m.deactivated_at IS NULL AND c.active"
        }
        Place::Business => {
            "SELECT 1 AS n FROM business_users WHERE user_id = $1 AND $2 IS NULL AND deactivated_at IS NULL"
        }
    };
    if tx.optional(sql, args![user, place.company()]).await?.is_none() {
        return Err(ErrorCode::WrongState.into());
    }
    mail_access_in(center, &mut tx, place, user).await?;
    let entry = Entry::by(actor, Event::AccessMailed).company(place.company()).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// As [`mail_access`], in a unit of work.
pub(in crate::office) async fn mail_access_in(
    center: &Center,
    tx: &mut Tx,
    place: Place,
    user: UserId,
) -> Result<MailId, StoreError> {
    let sql = match place {
        Place::Company(_) => {
            "SELECT u.email, u.name, COALESCE(m.locale, u.locale) AS locale, m.accepted_at IS NOT NULL AS accepted, c.name AS customer_name, c.customer_number
             FROM members m JOIN users u ON u.id = m.user_id JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.company_id = $2"
        }
        Place::Business => {
            "SELECT u.email, u.name, u.locale, u.password_hash IS NOT NULL AS accepted, b.customer_name, b.customer_number
             FROM business_users b JOIN users u ON u.id = b.user_id WHERE b.user_id = $1 AND $2 IS NULL"
        }
    };
    let row = tx.one(sql, args![user, place.company()]).await?;
    let (email, locale): (Email, Locale) = (row.get("email")?, row.get("locale")?);
    let (name, customer_name, customer_number): (String, String, String) =
        (row.get("name")?, row.get("customer_name")?, row.get("customer_number")?);
    let accepted: bool = row.get("accepted")?;
    if let (Place::Company(company), false) = (place, accepted) {
        let inviter = Inviter::shop(center, tx, company).await?;
        return mail_invitation_of(center, tx, &inviter, user).await;
    }
    // Business users have none.
    let roles = match place {
        Place::Company(company) => mail::roles_fact(tx, company, user).await?,
        Place::Business => String::new(),
    };
    let kind = if accepted { MailKind::AccessAdded } else { MailKind::AccountCreated };
    let mut mail = Mail::new(kind, email.clone(), locale)
        .fact("name", name)
        .fact("login", email.as_str())
        .fact("company", customer_name)
        .fact("customer_number", customer_number)
        .fact("roles", roles)
        .about(user, place.company());
    if !accepted {
        let shop = shop::read_in(center, tx).await?;
        mail = mail
            .fact("created_by_name", shop.name)
            .fact("created_by_email", shop.contact)
            .fact("budget_order", "")
            .fact("budget_month", "");
        mail.link = Some(links::request(center, tx, Purpose::Invitation, user, None, &email).await?);
    }
    mail::enqueue(center, tx, mail).await
}
