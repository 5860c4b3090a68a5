//! *Customers*: the ERP's customer records, and the access that the shop gives them (product reference, §9).

mod access_page;
mod give;
mod list;
mod mails;
mod many;
mod people;
mod record;
mod revoke;
mod sheet;

pub use access_page::access_page;
pub use give::{Given, give};
pub use list::list;
pub use mails::mail_access;
pub use many::{GiveRow, GiveState, check_all, check_sheet, give_many, many, result};
pub use record::{invoices, record};
pub use revoke::revoke;

pub use super::results::Outcome;
pub(super) use mails::{Place, mail_access_in};

use model::{CustomerHead, CustomerNumber, ErrorCode, OfficeRight};

use crate::access::StaffSignedIn;
use crate::erp::{ErpContact, ErpCustomer};
use crate::{Center, Error};

/// The ERP's customer with this number, as somebody typed it.
async fn customer(center: &Center, number: &str) -> Result<ErpCustomer, Error> {
    let number = CustomerNumber::parse(number).map_err(|_| ErrorCode::NotFound)?;
    center.erp().customer(&number).await?.ok_or_else(|| ErrorCode::NotFound.into())
}

/// Whether the ERP knows no person of the customer, so that the staff say who it is.
fn known_by_nobody(customer: &ErpCustomer, contacts: &[ErpContact]) -> bool {
    contacts.is_empty() && customer.administrator.is_none()
}

fn head(who: &StaffSignedIn, customer: &ErpCustomer) -> CustomerHead {
    CustomerHead {
        number: customer.number.to_string(),
        name: customer.name.clone(),
        can_manage: who.role.allows(OfficeRight::AccessManage),
    }
}
