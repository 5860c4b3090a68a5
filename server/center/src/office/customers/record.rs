use model::{
    ContactNumber, CustomerAccess, CustomerContact, CustomerInvoice, CustomerInvoices, CustomerRecord,
    UserStatus,
};

use super::people::{Company, Person, access_of, business_users, members};
use super::{customer, head};
use crate::access::{self, Actor, Operation};
use crate::erp::ErpContact;
use crate::users::RoleBook;
use crate::{Center, Error};

/// A customer's own page: what the ERP knows of it and its people, and how it stands in the portal.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, `OfficeForbidden`, `ErpUnavailable`, [`Error::Store`]
pub async fn record(center: &Center, actor: &Actor, number: &str) -> Result<CustomerRecord, Error> {
    let who = access::office(actor, Operation::OfficeCustomersGet)?;
    let customer = customer(center, number).await?;
    let contacts = center.erp().contacts(&customer.number).await?;
    let mut conn = center.db().read().await?;
    let key = customer.number.key();
    let access = access_of(&mut conn, std::slice::from_ref(&key)).await?;
    let company = Company::of(&mut conn, &customer.number).await?;
    let people = match &company {
        Some(company) => {
            let book = RoleBook::of(&mut conn, company.id).await?;
            members(&mut conn, company.id, &book, center.now()).await?
        }
        None => business_users(&mut conn, &customer.number, center.now()).await?,
    };
    let contact = |contact: ErpContact| CustomerContact {
        number: contact.number.to_string(),
        status: status_of(&people, &contact),
        name: contact.name,
        email: contact.email.map(|email| email.to_string()).unwrap_or_default(),
        is_main: contact.is_main,
    };
    Ok(CustomerRecord {
        contacts: contacts.into_iter().map(contact).collect(),
        head: head(who, &customer),
        customer_center: customer.customer_center,
        administrator: customer.administrator.map(|email| email.to_string()).unwrap_or_default(),
        currency: customer.currency.code().to_owned(),
        language: customer.locale.own_name().to_owned(),
        access: access.get(&key).copied().unwrap_or(CustomerAccess::No),
        company: company.as_ref().map(|company| company.id),
        sign_in: company.map(|company| format!("/c/{}", company.slug)).unwrap_or_default(),
        people: people.iter().filter(|person| person.has_access()).count(),
    })
}

/// The status of the contact among the people who have access or had it.
pub(super) fn status_of(people: &[Person], contact: &ErpContact) -> Option<UserStatus> {
    let is = |person: &&Person| {
        ContactNumber::parse(&person.contact_number).is_ok_and(|number| number == contact.number)
            || contact.email.as_ref() == Some(&person.email)
    };
    // Somebody with access may stand beside somebody who had it under the same number before.
    people.iter().filter(is).map(|person| person.status).min_by_key(|s| *s == UserStatus::Deactivated)
}

/// A customer's invoices in the ERP, the latest first.
///
/// # Errors
/// As [`record`].
pub async fn invoices(center: &Center, actor: &Actor, number: &str) -> Result<CustomerInvoices, Error> {
    let who = access::office(actor, Operation::OfficeCustomersInvoices)?;
    let customer = customer(center, number).await?;
    let invoices = center.erp().invoices(&customer.number).await?;
    let invoices = invoices.into_iter().map(|invoice| CustomerInvoice {
        number: invoice.number.to_string(),
        date: invoice.date,
        total: invoice.total.format(who.client.locale),
    });
    Ok(CustomerInvoices { head: head(who, &customer), invoices: invoices.collect() })
}
