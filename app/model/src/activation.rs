use serde::{Deserialize, Serialize};

use crate::Salutation;

/// Where an activation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivationStep {
    /// Customer number, invoice number and email are asked for.
    Company,
    /// Name and password are asked for.
    You,
    /// The mailed code is asked for.
    Code,
    /// The ERP was down; the details are kept and the rest follows by mail.
    Parked,
    /// The numbers are right, but the company's administrator has to add this person.
    Ineligible,
    /// The person has an account.
    AlreadyActive,
    /// The person has an account that waits for accepting an invitation.
    Invited,
}

/// What the pages of an activation show. Holds only what this browser typed, and facts about
/// the person that the ERP told after all three details matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationView {
    /// The step to show.
    pub step: ActivationStep,
    /// As typed.
    pub customer_number: String,
    /// As typed.
    pub invoice_number: String,
    /// As typed.
    pub email: String,
    /// Prefilled from the ERP, or as typed.
    pub salutation: Salutation,
    /// Prefilled from the ERP, or as typed.
    pub first_name: String,
    /// Prefilled from the ERP, or as typed.
    pub last_name: String,
    /// From the ERP, read-only.
    pub contact_number: String,
    /// From the ERP, read-only.
    pub company_name: String,
    /// Whether a code is mailed before the account is made.
    pub confirm_email: bool,
    /// The browser is signed in with the login of this address: neither name nor password is asked for.
    pub own_login: bool,
    /// Who has to be asked, in step [`ActivationStep::Ineligible`].
    pub eligibility: Option<Eligibility>,
}

/// Whom to ask for access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// The company's administrator.
    pub administrator_email: String,
    /// Whether access can be asked for here.
    pub asking: AskingForAccess,
}

/// Who gets a request for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AskingForAccess {
    /// The company's main contacts.
    Open,
    /// The same, once somebody has activated the company.
    Early,
    /// Nobody: the shop has switched the company off.
    Nobody,
    /// Nobody: asking is switched off.
    Off,
}
