//! Moving a business user into the company of its customer, once the ERP says that the customer has
//! Customer center.

use std::collections::HashMap;

use model::{
    CompanyId, ContactNumber, CustomerNumber, Email, ErrorCode, FieldIssue, Locale, MoveInto, MovePage,
    PersonPlace, Role, RoleRef, UserId,
};

use crate::access::{self, Actor, Operation};
use crate::activation::{administrator, leave_business, open_company};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::{ErpContact, ErpCustomer, ErpError};
use crate::mail::{self, Mail, MailKind};
use crate::office::joining::{Joined, Joining};
use crate::store::{Conn, Row, StoreError, Tx, args};
use crate::throttle::{self, OFFICE_ACCESS};
use crate::users::{Inviter, RoleBook, mail_invitation_of, main_contacts};
use crate::{Center, Error, Instant};

/// Marks the places whose customer has Customer center by now. An ERP that does not answer marks none.
///
/// # Errors
/// [`Error::Store`]
pub(super) async fn mark(
    center: &Center,
    places: impl Iterator<Item = &mut PersonPlace>,
) -> Result<(), Error> {
    let mut known: HashMap<String, bool> = HashMap::new();
    for place in places.filter(|place| place.company.is_none()) {
        let Ok(number) = CustomerNumber::parse(&place.number) else { continue };
        place.moves = match known.get(&place.number) {
            Some(moves) => *moves,
            None => match center.erp().customer(&number).await {
                Ok(customer) => customer.is_some_and(|customer| customer.customer_center),
                Err(ErpError::Unavailable(_)) => return Ok(()),
                Err(error) => return Err(error.into()),
            },
        };
        known.insert(place.number.clone(), place.moves);
    }
    Ok(())
}

/// A business user as the portal has it.
struct Business {
    name: String,
    email: Email,
    locale: Locale,
    has_password: bool,
    number: CustomerNumber,
    contact: String,
    last_seen: Instant,
    off: bool,
}

impl Business {
    async fn of(conn: &mut Conn, user: UserId) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT u.name, u.email, u.locale, u.password_hash IS NOT NULL AS has_password, b.customer_number,
                 b.contact_number, b.last_seen_at, b.deactivated_at IS NOT NULL AS off
             FROM business_users b JOIN users u ON u.id = b.user_id WHERE b.user_id = $1";
        let read = |row: &Row| -> Result<_, StoreError> {
            Ok(Self {
                name: row.get("name")?,
                email: row.get("email")?,
                locale: row.get("locale")?,
                has_password: row.get("has_password")?,
                number: row.get("customer_number")?,
                contact: row.get("contact_number")?,
                last_seen: row.get("last_seen_at")?,
                off: row.get("off")?,
            })
        };
        conn.optional(sql, args![user]).await?.as_ref().map(read).transpose()
    }

    /// The person in the ERP: by the number that the portal keeps, else by the address.
    fn contact<'a>(&self, contacts: &'a [ErpContact]) -> Option<&'a ErpContact> {
        let number = ContactNumber::parse(&self.contact).ok();
        contacts
            .iter()
            .find(|contact| Some(&contact.number) == number.as_ref())
            .or_else(|| contacts.iter().find(|contact| contact.email.as_ref() == Some(&self.email)))
    }
}

/// The company of a customer.
struct Company {
    id: CompanyId,
    name: String,
    active: bool,
}

impl Company {
    async fn of(conn: &mut Conn, number: &CustomerNumber) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, name, active FROM companies WHERE customer_key = $1";
        let row = conn.optional(sql, args![number.key()]).await?;
        row.map(|row| Ok(Self { id: row.get("id")?, name: row.get("name")?, active: row.get("active")? }))
            .transpose()
    }
}

/// The page *Move into the company*: where the person would come, or what stands in the way.
///
/// # Errors
/// `NotFound` when the person is no business user, `ErpUnavailable`, `Unauthenticated`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn move_page(center: &Center, actor: &Actor, user: UserId) -> Result<MovePage, Error> {
    access::office(actor, Operation::OfficeUsersMovePage)?;
    let found = Business::of(&mut center.db().read().await?, user).await?.ok_or(ErrorCode::NotFound)?;
    let customer = center.erp().customer(&found.number).await?;
    let contacts = center.erp().contacts(&found.number).await?;
    let mut conn = center.db().read().await?;
    let company = Company::of(&mut conn, &found.number).await?;
    let into = match (&customer, company) {
        _ if found.off => MoveInto::SwitchedOff,
        (Some(customer), company) if customer.customer_center => match company {
            Some(company) if !company.active => MoveInto::Closed,
            Some(company) => {
                let book = RoleBook::of(&mut conn, company.id).await?;
                MoveInto::Company { name: company.name, roles: book.labels(&book.all()) }
            }
            None => match administrator(customer, &contacts) {
                Some(email) if *email == found.email => MoveInto::NewCompany,
                email => MoveInto::OnlyAdministrator { email: email.map(Email::to_string) },
            },
        },
        _ => MoveInto::NoCenter,
    };
    let customer_name = customer.map(|customer| customer.name).unwrap_or_default();
    Ok(MovePage { id: user, name: found.name, number: found.number.to_string(), customer_name, into })
}

/// Moves a business user into the company of its customer with these roles. Where there is no company yet,
/// whom the ERP names as its administrator makes it, as the main contact. What the person has as a business
/// user ends with its sessions; the login, its password and what it did stay. The person and the company's
/// main contacts are told. `number`: the customer that the form was shown for.
///
/// # Errors
/// The field `roles`, `NotFound`, `Conflict` when the person belongs to another customer by now, `WrongState`
/// when it can't be done (see [`MoveInto`]), `TooManyRequests`, `ErpUnavailable`, [`Error::OfficeLacks`],
/// [`Error::Store`]
pub async fn move_into_company(
    center: &Center,
    actor: &Actor,
    user: UserId,
    number: &str,
    roles: &[RoleRef],
) -> Result<CompanyId, Error> {
    let who = access::office(actor, Operation::OfficeUsersMove)?;
    let number = CustomerNumber::parse(number).map_err(|_| ErrorCode::NotFound)?;
    throttle::spend(center, OFFICE_ACCESS, &who.staff.to_string()).await?;
    let customer = center.erp().customer(&number).await?.ok_or(ErrorCode::WrongState)?;
    let contacts = center.erp().contacts(&number).await?;
    if !customer.customer_center {
        return Err(ErrorCode::WrongState.into());
    }
    let mut tx = center.db().write().await?;
    // The company before the person, as everywhere.
    let (company, made) = company_of(center, &mut tx, actor, user, &customer, &contacts).await?;
    tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![user]).await?;
    let found = Business::of(&mut tx, user).await?.ok_or(ErrorCode::NotFound)?;
    if found.number != number {
        return Err(ErrorCode::Conflict.into());
    }
    if found.off {
        return Err(ErrorCode::WrongState.into());
    }
    let book = RoleBook::of(&mut tx, company).await?;
    let roles = if made { vec![RoleRef::BuiltIn(Role::MainContact)] } else { book.ordered(roles) };
    if roles.is_empty() {
        return Err(Error::field("roles", FieldIssue::RoleRequired));
    }
    let contact = found.contact(&contacts);
    let joining =
        Joining { user, name: &found.name, email: &found.email, has_password: found.has_password, contact };
    // Who is a user of the company already only stops being a business user beside it, with the roles there.
    let joined = joining.join(center, &mut tx, company, &roles, true).await?;
    let sql =
        "UPDATE members SET last_seen_at = $3 WHERE company_id = $1 AND user_id = $2 AND last_seen_at < $3";
    tx.execute(sql, args![company, user, found.last_seen]).await?;
    leave_business(center, &mut tx, &number, user).await?;
    if made {
        let entry = Entry::by(actor, Event::CompanyCreated)
            .company(Some(company))
            .fact(Fact::Customer, customer.number.as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    let mut entry = Entry::by(actor, Event::UserMoved)
        .company(Some(company))
        .subject(user)
        .fact(Fact::Customer, customer.number.as_str());
    if joined == Joined::Done {
        entry = entry
            .fact(Fact::Roles, book.labels(&roles))
            .fact(Fact::Contact, contact.map(|contact| contact.number.as_str()));
    }
    audit::append(center, &mut tx, entry).await?;
    tell(center, &mut tx, company, user, &found, &customer).await?;
    tx.commit().await?;
    Ok(company)
}

/// The company to move into, locked, and whether it was made just now.
async fn company_of(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    user: UserId,
    customer: &ErpCustomer,
    contacts: &[ErpContact],
) -> Result<(CompanyId, bool), Error> {
    match Company::of(tx, &customer.number).await? {
        Some(company) if !company.active => return Err(ErrorCode::WrongState.into()),
        Some(_) => {}
        None => {
            let row = tx.optional("SELECT email FROM users WHERE id = $1", args![user]).await?;
            let email: Email = row.ok_or(ErrorCode::NotFound)?.get("email")?;
            if administrator(customer, contacts) != Some(&email) {
                return Err(ErrorCode::WrongState.into());
            }
        }
    }
    let joined = open_company(center, actor, tx, customer).await?;
    Ok((joined.id, joined.is_new))
}

/// Mails the person, and the company's other main contacts.
async fn tell(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    user: UserId,
    found: &Business,
    customer: &ErpCustomer,
) -> Result<(), StoreError> {
    let inviter = Inviter::shop(center, tx, company).await?;
    let sql =
        "SELECT accepted_at IS NOT NULL AS accepted FROM members WHERE company_id = $1 AND user_id = $2";
    if tx.one(sql, args![company, user]).await?.get::<bool>("accepted")? {
        let roles = mail::roles_fact(tx, company, user).await?;
        let mail = Mail::new(MailKind::MovedToCompany, found.email.clone(), found.locale)
            .fact("name", found.name.as_str())
            .fact("company", inviter.company_name.as_str())
            .fact("customer_number", customer.number.as_str())
            .fact("login", found.email.as_str())
            .fact("roles", roles)
            .about(user, Some(company));
        mail::enqueue(center, tx, mail).await?;
    } else {
        mail_invitation_of(center, tx, &inviter, user).await?;
    }
    for contact in main_contacts(tx, company).await?.into_iter().filter(|contact| contact.user != user) {
        let mail = Mail::new(MailKind::ColleagueMoved, contact.email, contact.locale)
            .fact("name", contact.name)
            .fact("new_name", found.name.as_str())
            .fact("new_email", found.email.as_str())
            .fact("company", inviter.company_name.as_str())
            .about(contact.user, Some(company));
        mail::enqueue(center, tx, mail).await?;
    }
    Ok(())
}
