use std::collections::HashSet;

use model::{
    ContactNumber, ContactPage, ContactRow, ContactsBlock, Count, CustomerNumber, ErrorCode, Role, RoleRef,
    SideList, UserCounts, UserId,
};

use super::differences;
use super::form::{Start, form};
use super::roles::{RoleBook, roles_of};
use super::row::{Reader, can_manage, counts};
use crate::access::{self, Actor, Held, Operation};
use crate::erp::{ErpContact, ErpError};
use crate::store::{Row, Sql, StoreError, args};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// The ERP contacts of the company that are not users yet.
#[derive(Default)]
pub(super) struct WithoutAccess {
    /// `None` when the ERP does not answer and nobody knows what it said last.
    contacts: Option<Vec<ErpContact>>,
    /// When the ERP named them, while it does not answer.
    as_of: Option<Instant>,
    /// How many differences from the ERP wait.
    pub(super) differences: Count,
}

impl WithoutAccess {
    pub(super) async fn of(center: &Center, held: &Held<'_>) -> Result<Self, Error> {
        let now = all(center, held).await?;
        let differences = match &now {
            Some(contacts) => differences::count(center, held, contacts).await?,
            None => Count::default(),
        };
        let (contacts, as_of) = match now {
            Some(contacts) => (Some(contacts), None),
            None => match center.last_contacts(&customer_number(held)?) {
                Some((seen, contacts)) => (Some(contacts), Some(seen)),
                None => (None, None),
            },
        };
        let contacts = match contacts {
            Some(contacts) if !contacts.is_empty() => {
                let taken = taken(center, held, &contacts).await?;
                Some(contacts.into_iter().filter(|contact| !taken.has(contact)).collect())
            }
            none => none,
        };
        Ok(Self { contacts, as_of, differences })
    }

    /// How many they are, as far as is known.
    pub(super) fn count(&self) -> usize {
        self.contacts.as_ref().map_or(0, Vec::len)
    }

    /// The list as pages show it.
    pub(super) fn block(self, times: &Times, most: usize) -> ContactsBlock {
        let Some(contacts) = self.contacts else { return ContactsBlock::Unavailable };
        let rows = contacts.into_iter().take(most).map(|contact| ContactRow {
            contact_number: contact.number.to_string(),
            name: contact.name,
            email: contact.email.map(|email| email.to_string()),
        });
        match self.as_of {
            None => ContactsBlock::Fresh(rows.collect()),
            Some(seen) => ContactsBlock::Stale { as_of: times.moment(seen), rows: rows.collect() },
        }
    }
}

/// How many contacts are not users yet, of those that the ERP named, now or last.
pub(super) async fn without_access(
    center: &Center,
    held: &Held<'_>,
    now: Option<&[ErpContact]>,
) -> Result<usize, Error> {
    let last = match now {
        Some(_) => None,
        None => center.last_contacts(&customer_number(held)?).map(|(_, contacts)| contacts),
    };
    let contacts = now.or(last.as_deref()).unwrap_or_default();
    let taken = taken(center, held, contacts).await?;
    Ok(contacts.iter().filter(|contact| !taken.has(contact)).count())
}

/// The ERP contacts of the company; `None` when the ERP does not answer.
pub(super) async fn all(center: &Center, held: &Held<'_>) -> Result<Option<Vec<ErpContact>>, Error> {
    match center.erp().contacts(&customer_number(held)?).await {
        Ok(contacts) => Ok(Some(contacts)),
        Err(ErpError::Unavailable(reason)) => {
            tracing::warn!(event = "erp_unavailable", %reason);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Contact numbers and addresses of the company's users, as far as contacts could have them.
pub(super) struct Taken {
    keys: HashSet<String>,
    emails: HashSet<String>,
}

impl Taken {
    /// Whether the contact is a user already.
    pub(super) fn has(&self, contact: &ErpContact) -> bool {
        self.has_number(contact)
            || contact.email.as_ref().is_some_and(|email| self.emails.contains(email.as_str()))
    }

    /// Whether a user has this address.
    pub(super) fn has_email(&self, email: &str) -> bool {
        self.emails.contains(email)
    }

    /// Whether a user stands under the contact with this key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether a user stands under this contact.
    pub(super) fn has_number(&self, contact: &ErpContact) -> bool {
        self.has_key(&contact.number.key())
    }
}

/// Which of these contacts are users already. Only their numbers and addresses are looked up: a company may
/// have far more users than contacts.
pub(super) async fn taken(
    center: &Center,
    held: &Held<'_>,
    contacts: &[ErpContact],
) -> Result<Taken, StoreError> {
    let keys = contacts.iter().map(|contact| contact.number.key());
    let emails = contacts.iter().filter_map(|contact| Some(contact.email.as_ref()?.to_string()));
    let sql = Sql::new("SELECT contact_key, email FROM members WHERE company_id = ").bind(held.company);
    let sql = list(sql.push(" AND contact_key IN ("), keys);
    let sql =
        sql.push(") UNION ALL SELECT contact_key, email FROM members WHERE company_id = ").bind(held.company);
    let (text, values) = list(sql.push(" AND email IN ("), emails).push(")").build();
    found(&center.db().read().await?.all(text, values).await?)
}

/// What all users of the company have.
pub(super) async fn all_taken(center: &Center, held: &Held<'_>) -> Result<Taken, StoreError> {
    let sql = "SELECT contact_key, email FROM members WHERE company_id = $1";
    found(&center.db().read().await?.all(sql, args![held.company]).await?)
}

fn list(sql: Sql, values: impl Iterator<Item = String>) -> Sql {
    // NULL is in no list, but makes an empty one possible.
    values.fold(sql.push("NULL"), |sql, value| sql.push(", ").bind(value))
}

fn found(rows: &[Row]) -> Result<Taken, StoreError> {
    let mut keys = HashSet::new();
    let mut emails = HashSet::new();
    for row in rows {
        keys.extend(row.get::<Option<String>>("contact_key")?);
        emails.insert(row.get::<String>("email")?);
    }
    Ok(Taken { keys, emails })
}

pub(super) fn customer_number(held: &Held<'_>) -> Result<CustomerNumber, Error> {
    CustomerNumber::parse(&held.member.customer_number)
        .map_err(|_| Error::Fault("a stored customer number is damaged".to_owned()))
}

/// The page *ERP contacts*.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn contacts(center: &Center, actor: &Actor) -> Result<SideList<ContactsBlock>, Error> {
    let held = access::in_company(actor, Operation::UsersContacts)?;
    let found = WithoutAccess::of(center, &held).await?;
    let reader = Reader::new(center, held);
    let mut conn = center.db().read().await?;
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: UserCounts {
            differences: found.differences,
            ..counts(&mut conn, held.company, found.count(), center.now()).await?
        },
        list: found.block(reader.times(), crate::erp::MAX_CONTACTS),
        can_manage: can_manage(held.member),
    })
}

/// The form *Add user from ERP*, prefilled.
///
/// # Errors
/// `NotFound` when the customer has no such contact or it is a user already, `ErpUnavailable`.
pub async fn contact_form(center: &Center, actor: &Actor, number: &str) -> Result<ContactPage, Error> {
    let held = access::in_company(actor, Operation::UsersContactForm)?;
    let contact = free_contact(center, &held, number).await?;
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    let last = last_choice(center, &held, &book).await?;
    let start = Start {
        salutation: contact.salutation,
        name: contact.name,
        email: contact.email.map(|email| email.to_string()).unwrap_or_default(),
        roles: last,
        ..Start::default()
    };
    Ok(ContactPage {
        customer_number: held.member.customer_number.clone(),
        contact_number: contact.number.to_string(),
        form: form(&held, &book, &start),
    })
}

/// The contact from the ERP, if it can still be added.
pub(super) async fn free_contact(
    center: &Center,
    held: &Held<'_>,
    number: &str,
) -> Result<ErpContact, Error> {
    let number = ContactNumber::parse(number).map_err(|_| ErrorCode::NotFound)?;
    let contact = center.erp().contact(&customer_number(held)?, &number).await?.ok_or(ErrorCode::NotFound)?;
    let sql = "SELECT 1 AS n FROM members WHERE company_id = $1 AND contact_key = $2";
    let mut conn = center.db().read().await?;
    if conn.optional(sql, args![held.company, contact.number.key()]).await?.is_some() {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(contact)
}

/// The roles that this person gave last, so that adding several alike needs no typing.
pub(super) async fn last_choice(
    center: &Center,
    held: &Held<'_>,
    book: &RoleBook,
) -> Result<Vec<RoleRef>, StoreError> {
    let mut conn = center.db().read().await?;
    let sql = "SELECT user_id FROM members WHERE company_id = $1 AND invited_by = $2 ORDER BY invited_at DESC LIMIT 1";
    let last = conn.optional(sql, args![held.company, held.user]).await?;
    let last = last.map(|row| row.get::<UserId>("user_id")).transpose()?;
    let roles = match last {
        Some(user) => roles_of(&mut conn, book, held.company, &[user]).await?.pop().unwrap_or_default(),
        None => Vec::new(),
    };
    Ok(if roles.is_empty() { vec![Role::Buyer.into()] } else { roles })
}
