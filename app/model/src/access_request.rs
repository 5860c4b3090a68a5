use serde::{Deserialize, Serialize};

use crate::{AccessRequestId, UserFormPage, UserId};

/// The longest message of a request for access, in characters.
pub const ACCESS_MESSAGE_MAX: u32 = 500;
/// The longest reason for declining one, in characters.
pub const DECLINE_REASON_MAX: u32 = 300;

/// A row of *Access requests*: somebody without an account who asks for one. Name and message are
/// what that person typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequestRow {
    /// Id
    pub id: AccessRequestId,
    /// Full name
    pub name: String,
    /// Where the answer goes.
    pub email: String,
    /// May be empty or have several lines.
    pub message: String,
    /// When it was asked for, in words.
    pub asked: String,
    /// Whether the ERP knows the person.
    pub contact: AskingContact,
    /// The company's user who has this address already.
    pub user: Option<UserId>,
}

/// Whether the ERP knows somebody who asks for access, by the address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskingContact {
    /// A contact of the customer has this address.
    Known {
        /// The contact's name
        name: String,
        /// The contact's number
        number: String,
    },
    /// None has.
    Unknown,
    /// The ERP does not answer.
    Unavailable,
}

/// The pages *Grant access* and *Decline request*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequestPage {
    /// What was asked for
    pub request: AccessRequestRow,
    /// As the ERP writes it.
    pub customer_number: String,
    /// The contact that the user will stand under; empty for none.
    pub contact_number: String,
    /// The form of the new user, prefilled.
    pub form: UserFormPage,
}
