//! Access for many customers at once: first checked, then given. A row is done by the use case for one
//! customer, in its own transaction; what is wrong with one keeps no other from being done.

use model::{AccessInput, AppError, CustomersQuery, ErrorCode, FieldIssue, MANY_MAX, ResultId, Role};
use serde::{Deserialize, Serialize};

use super::give::{check, give_to};
use super::sheet;
use super::{customer, people};
use crate::access::{self, Actor, Operation, StaffSignedIn, explain};
use crate::erp::{CustomerQuery, ErpContact, ErpCustomer};
use crate::office::results::{self, Outcome};
use crate::users::read_roles;
use crate::{Center, Error};

/// Somebody of a customer who is to have access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GiveRow {
    /// Line of the sheet where it begins, counted from 1; 0 without a sheet.
    pub line: u64,
    /// Customer number as it was typed.
    pub customer: String,
    /// Contact number or email as it was typed.
    pub person: String,
    /// Role as it was typed; empty for the usual one.
    pub role: String,
    /// What came of it so far.
    pub state: GiveState,
}

/// What came of a row so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiveState {
    /// Can be given access.
    Ready,
    /// Has access now; `true` with the login that there was.
    Given(bool),
    /// Can't be given access, or was refused.
    Kept(AppError),
}

/// The page *Access for many*.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
pub fn many(actor: &Actor) -> Result<(), Error> {
    access::office(actor, Operation::OfficeCustomersMany).map(|_| ())
}

/// Takes the first 200 customers with Customer center, an administrator's email and nobody with access, whom
/// the text finds, each with its administrator as main contact.
///
/// # Errors
/// The field `all` when there are none, or the ERP can't be searched; `ErpUnavailable`, [`Error::Store`]
pub async fn check_all(center: &Center, actor: &Actor, text: &str) -> Result<ResultId, Error> {
    let who = access::office(actor, Operation::OfficeCustomersCheckAll)?;
    let none = || Error::field("all", FieldIssue::RowsMissing);
    let search = center.erp().customer_search().ok_or_else(none)?;
    let query = CustomerQuery {
        text: text.chars().take(CustomersQuery::MAX_Q).collect(),
        customer_center: Some(true),
        access: Some(false),
        company: None,
        place: None,
        most: MANY_MAX,
    };
    let found = search.find_customers(&query).await?;
    let keys: Vec<String> = found.iter().map(|customer| customer.number.key()).collect();
    // Closed companies were closed by somebody: they are opened one by one.
    let known = people::access_of(&mut center.db().read().await?, &keys).await?;
    let row = |customer: ErpCustomer| {
        Some(GiveRow {
            line: 0,
            customer: customer.number.to_string(),
            person: customer.administrator?.to_string(),
            role: Role::MainContact.key().to_owned(),
            state: GiveState::Ready,
        })
    };
    let rows = found.into_iter().filter(|customer| !known.contains_key(&customer.number.key()));
    let rows: Vec<GiveRow> = rows.filter_map(row).collect();
    if rows.is_empty() {
        return Err(none());
    }
    results::save(center, who, &rows).await
}

/// Looks what would come of each row of a sheet. Nobody is given access.
///
/// # Errors
/// The field `csv` when the text is no such sheet, [`Error::Store`]
pub async fn check_sheet(center: &Center, actor: &Actor, text: &str) -> Result<ResultId, Error> {
    let who = access::office(actor, Operation::OfficeCustomersCheckSheet)?;
    let mut rows = sheet::read(text)?;
    for row in rows.iter_mut().filter(|row| row.state == GiveState::Ready) {
        match judge(center, row).await {
            // From now on the role that it is, also where the usual one was meant.
            Ok(role) => row.role = role,
            Err(error) => row.state = GiveState::Kept(explain(center, actor, error).await),
        }
    }
    results::save(center, who, &rows).await
}

/// The key of the role that the row would give.
async fn judge(center: &Center, row: &GiveRow) -> Result<String, Error> {
    let (customer, contacts) = known(center, row).await?;
    let input = input(&customer, &contacts, row);
    check(center, &customer, &contacts, std::slice::from_ref(&input)).await?;
    Ok(input.role)
}

/// The row's customer and its people.
async fn known(center: &Center, row: &GiveRow) -> Result<(ErpCustomer, Vec<ErpContact>), Error> {
    let customer = customer(center, &row.customer).await.map_err(|error| match error.code() {
        Some(ErrorCode::NotFound) => Error::field("customer", FieldIssue::CustomerUnknown),
        _ => error,
    })?;
    let contacts = center.erp().contacts(&customer.number).await?;
    Ok((customer, contacts))
}

/// The row as a filled-in box.
fn input(customer: &ErpCustomer, contacts: &[ErpContact], row: &GiveRow) -> AccessInput {
    let person = row.person.trim();
    let is = |contact: &&ErpContact| {
        contact.email.as_ref().is_some_and(|email| email.as_str().eq_ignore_ascii_case(person))
            || model::ContactNumber::parse(person).is_ok_and(|number| number == contact.number)
    };
    let contact = contacts.iter().find(is);
    let email = match contact {
        Some(contact) => contact.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        None => person.to_owned(),
    };
    let administers = customer.administrator.as_ref().is_some_and(|a| a.as_str() == email);
    let usual = if administers { Role::MainContact } else { Role::Buyer }.key().to_owned();
    let mut named = read_roles(&row.role, &[]);
    AccessInput {
        ticked: true,
        contact_number: contact.map(|contact| contact.number.to_string()).unwrap_or_default(),
        // An administrator who is no contact has no name in the ERP.
        name: email.split('@').next().unwrap_or_default().to_owned(),
        email,
        role: match named.len() {
            0 => usual,
            1 => named.remove(0),
            _ => row.role.clone(),
        },
    }
}

/// Gives access to the rows that can be given it. Asked again it does nothing more.
///
/// # Errors
/// `NotFound` when there is no such result, it has ended, or somebody else's; [`Error::Store`]
pub async fn give_many(center: &Center, actor: &Actor, result: ResultId, notify: bool) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeCustomersGiveMany)?;
    // Somebody who is doing it leaves nothing to do.
    let Some(mut taken) = results::take::<GiveRow>(center, who, result).await? else { return Ok(()) };
    let mut order: Vec<usize> = (0..taken.rows.len()).collect();
    // A company has its main contact before anybody else.
    order.sort_by_key(|at| {
        !read_roles(&taken.rows[*at].role, &[]).iter().any(|key| key == Role::MainContact.key())
    });
    for at in order {
        let row = &mut taken.rows[at];
        if row.state == GiveState::Ready {
            row.state = match one(center, actor, who, row, notify).await {
                Ok(reused) => GiveState::Given(reused),
                Err(error) => GiveState::Kept(explain(center, actor, error).await),
            };
        }
    }
    results::finish(center, taken).await
}

async fn one(
    center: &Center,
    actor: &Actor,
    who: &StaffSignedIn,
    row: &GiveRow,
    notify: bool,
) -> Result<bool, Error> {
    let (customer, contacts) = known(center, row).await?;
    let input = input(&customer, &contacts, row);
    let given = give_to(center, actor, who, customer.number.as_str(), notify, &[input]).await?;
    Ok(given.reused > 0)
}

/// A result of this person.
///
/// # Errors
/// `NotFound` when there is none, it has ended, or somebody else did it.
pub async fn result(center: &Center, actor: &Actor, id: ResultId) -> Result<Outcome<GiveRow>, Error> {
    let who = access::office(actor, Operation::OfficeCustomersResult)?;
    results::load(center, who, id).await
}
