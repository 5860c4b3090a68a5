use model::{AccessBox, AccessPage, CompanyId, CustomerAccess, Role};

use super::people::{Company, LISTED, Person, access_of, business_users, logins, members};
use super::record::status_of;
use super::{customer, head, known_by_nobody};
use crate::access::{self, Actor, Operation};
use crate::erp::{ErpContact, ErpCustomer};
use crate::office::times;
use crate::store::{Conn, StoreError, args};
use crate::users::RoleBook;
use crate::{Center, Error};

/// The most people whom one page offers to give access.
const OFFERED: usize = 100;

/// The page *Access* of a customer: who has it, and whom it can be given.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `OfficeForbidden`, `ErpUnavailable`, [`Error::Store`]
pub async fn access_page(center: &Center, actor: &Actor, number: &str) -> Result<AccessPage, Error> {
    let who = access::office(actor, Operation::OfficeCustomersAccess)?;
    let customer = customer(center, number).await?;
    let contacts = center.erp().contacts(&customer.number).await?;
    let mut conn = center.db().read().await?;
    let key = customer.number.key();
    let access = access_of(&mut conn, std::slice::from_ref(&key)).await?;
    let company = Company::of(&mut conn, &customer.number).await?;
    let book = match &company {
        Some(company) => Some(RoleBook::of(&mut conn, company.id).await?),
        None => None,
    };
    let people = match (&company, &book) {
        (Some(company), Some(book)) => members(&mut conn, company.id, book, center.now()).await?,
        _ => business_users(&mut conn, &customer.number, center.now()).await?,
    };
    let is_main = |person: &Person| person.has_access() && person.roles.contains(&Role::MainContact.into());
    let mains = match &company {
        Some(company) => main_contacts(&mut conn, company.id).await?,
        None => 0,
    };
    let managed = mains > 0;
    let many = i64::try_from(people.len()) == Ok(LISTED);
    let boxes = boxes(&mut conn, &customer, contacts, &people, managed).await?;
    let roles = if customer.customer_center || company.is_some() {
        let own = book.as_ref().map(RoleBook::own_labels).unwrap_or_default();
        Role::ALL.into_iter().map(Into::into).chain(own).collect()
    } else {
        Vec::new()
    };
    let times = times(center, who);
    // Nobody of a closed company has access, whatever their rows say.
    let open = company.as_ref().is_none_or(|company| company.active);
    let people = people.into_iter().filter(|person| open && person.has_access()).map(|person| {
        let last = mains == 1 && is_main(&person);
        person.told(book.as_ref(), &times, last)
    });
    Ok(AccessPage {
        people: people.collect(),
        head: head(who, &customer),
        customer_center: customer.customer_center || company.is_some(),
        access: access.get(&key).copied().unwrap_or(CustomerAccess::No),
        cut: many || boxes.len() >= OFFERED,
        boxes,
        roles,
    })
}

/// How many main contacts of the company have access or are invited, of all its people.
async fn main_contacts(conn: &mut Conn, company: CompanyId) -> Result<i64, StoreError> {
    conn.value(
        "SELECT count(*) AS n FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
         WHERE r.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL",
        args![company, Role::MainContact],
    )
    .await
}

/// Whoever can be given access: contacts without it, first those who would manage the customer's people. Of a customer
/// of whom the ERP knows nobody, whom the staff name.
async fn boxes(
    conn: &mut Conn,
    customer: &ErpCustomer,
    contacts: Vec<ErpContact>,
    people: &[Person],
    managed: bool,
) -> Result<Vec<AccessBox>, Error> {
    let without = |contact: &ErpContact| {
        status_of(people, contact).is_none_or(|status| status == model::UserStatus::Deactivated)
    };
    let administrator = customer.administrator.as_ref();
    let administers =
        |contact: &ErpContact| administrator.is_some() && contact.email.as_ref() == administrator;
    let known = contacts.iter().any(administers)
        || people.iter().any(|person| Some(&person.email) == administrator && person.has_access());
    let mut offered: Vec<ErpContact> = contacts.into_iter().filter(without).collect();
    // By name, but whoever would manage the others first.
    offered.sort_by_key(|contact| (!administers(contact), !contact.is_main));
    offered.truncate(OFFERED);
    let emails: Vec<_> = offered.iter().filter_map(|c| c.email.as_ref()).chain(administrator).collect();
    let logins = logins(conn, &emails).await?;
    let first = |manages: bool| if manages { Role::MainContact } else { Role::Buyer }.key().to_owned();
    let mut boxes: Vec<AccessBox> = Vec::new();
    if let Some(email) = administrator.filter(|_| !known) {
        boxes.push(AccessBox {
            contact_number: String::new(),
            name: String::new(),
            email: email.to_string(),
            ticked: !managed,
            role: first(true),
            has_login: logins.contains(email),
        });
    }
    if known_by_nobody(customer, &offered) && people.iter().all(|person| !person.has_access()) {
        boxes.push(AccessBox {
            contact_number: String::new(),
            name: String::new(),
            email: String::new(),
            ticked: true,
            role: first(true),
            has_login: false,
        });
    }
    for contact in offered {
        // Somebody has to manage the others: the administrator, else the ERP's main contact.
        let manages = administers(&contact) || (administrator.is_none() && contact.is_main);
        boxes.push(AccessBox {
            contact_number: contact.number.to_string(),
            ticked: manages && !managed && boxes.iter().all(|other| !other.ticked),
            role: first(manages && !managed),
            has_login: contact.email.as_ref().is_some_and(|email| logins.contains(email)),
            name: contact.name,
            email: contact.email.map(|email| email.to_string()).unwrap_or_default(),
        });
    }
    Ok(boxes)
}
