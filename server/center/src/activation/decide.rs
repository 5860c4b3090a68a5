use model::{CustomerNumber, Email, InvoiceNumber};

use crate::Center;
use crate::erp::{ErpContact, ErpCustomer, ErpError};
use crate::store::{Conn, StoreError, args};

/// What the three facts amount to. The rows of the product reference's table, but for those
/// that depend on whether the company exists, which only the final transaction can know.
#[derive(Debug)]
pub(super) enum Decision {
    /// The details match nothing.
    NoMatch,
    /// Customer center is on, but somebody else administers it.
    Ineligible { administrator: Email },
    /// This address has an account for this very customer. One elsewhere is told to nobody here: only who
    /// has proven the mailbox gets to know of it.
    AlreadyActive,
    /// Customer center is on and this is its administrator.
    Administrator(Match),
    /// Customer center is off and this is a main contact.
    BusinessUser(Match),
}

/// What the ERP knows about the person and the customer.
#[derive(Debug)]
pub(super) struct Match {
    pub customer: ErpCustomer,
    pub contact: Option<ErpContact>,
}

/// All look-ups run whatever the first one finds, so that answers differ neither in text nor
/// in work.
pub(super) async fn decide(
    center: &Center,
    number: &CustomerNumber,
    invoice: &InvoiceNumber,
    email: &Email,
) -> Result<Decision, DecideError> {
    let erp = center.erp();
    let customer = erp.customer(number).await?;
    let has_invoice = erp.has_invoice(number, invoice).await?;
    let contacts = erp.contacts(number).await?;
    let known = known_here(&mut center.db().read().await?, number, email).await?;

    let Some(customer) = customer.filter(|_| has_invoice) else { return Ok(Decision::NoMatch) };
    if customer.customer_center {
        let Some(administrator) = administrator(&customer, &contacts) else {
            return Ok(Decision::NoMatch);
        };
        if administrator != email {
            return Ok(Decision::Ineligible { administrator: administrator.clone() });
        }
    } else if !main_contacts(&contacts).any(|main| main == email) {
        return Ok(Decision::NoMatch);
    }
    // A business user whose customer gets Customer center becomes its main contact, unless switched off.
    let has_account = known.member
        || known.business == Some(false)
        || (known.business.is_some() && !customer.customer_center);
    if has_account {
        return Ok(Decision::AlreadyActive);
    }
    let contact = contacts.iter().find(|c| c.email.as_ref() == Some(email)).cloned();
    let administrates = customer.customer_center;
    let found = Match { customer, contact };
    Ok(if administrates { Decision::Administrator(found) } else { Decision::BusinessUser(found) })
}

/// Who administers a customer with Customer center. Where nobody is named that is its main contact.
pub(crate) fn administrator<'a>(customer: &'a ErpCustomer, contacts: &'a [ErpContact]) -> Option<&'a Email> {
    customer.administrator.as_ref().or_else(|| main_contacts(contacts).next())
}

fn main_contacts(contacts: &[ErpContact]) -> impl Iterator<Item = &Email> {
    contacts.iter().filter(|contact| contact.is_main).filter_map(|contact| contact.email.as_ref())
}

/// What an address is for a customer already.
struct Known {
    /// A user of the customer's company, active or not.
    member: bool,
    /// A business user of the customer, switched on or off.
    business: Option<bool>,
}

async fn known_here(conn: &mut Conn, number: &CustomerNumber, email: &Email) -> Result<Known, StoreError> {
    let sql = "SELECT m.user_id FROM members m JOIN companies c ON c.id = m.company_id
         WHERE c.customer_key = $1 AND m.email = $2";
    let member = conn.optional(sql, args![number.key(), email]).await?.is_some();
    let sql =
        "SELECT b.deactivated_at IS NULL AS active FROM business_users b JOIN users u ON u.id = b.user_id
         WHERE b.customer_key = $1 AND u.email = $2";
    let business = conn.optional(sql, args![number.key(), email]).await?;
    Ok(Known { member, business: business.map(|row| row.get("active")).transpose()? })
}

/// Why nothing could be decided.
#[derive(Debug, thiserror::Error)]
pub(super) enum DecideError {
    #[error(transparent)]
    Erp(#[from] ErpError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DecideError> for crate::Error {
    fn from(error: DecideError) -> Self {
        match error {
            DecideError::Erp(error) => error.into(),
            DecideError::Store(error) => error.into(),
        }
    }
}
