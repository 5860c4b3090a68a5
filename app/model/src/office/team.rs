use serde::{Deserialize, Serialize};

use super::StaffRole;
use crate::{Email, FieldError, FieldIssue, PasskeyId, PersonName, SessionRow, StaffId};

/// Where somebody of the staff stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffStatus {
    /// Has no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Was switched off.
    Deactivated,
}

/// One person in the list of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    /// Id
    pub id: StaffId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// What the person is.
    pub role: StaffRole,
    /// Whether the person can sign in.
    pub status: StaffStatus,
    /// Whether an app for the second step is set up.
    pub second_step: bool,
    /// When the person was there last, in words; empty for never.
    pub last_seen: String,
    /// The one asking.
    pub you: bool,
}

/// The list of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffList {
    /// By name
    pub rows: Vec<StaffRow>,
    /// There are more than the list holds.
    pub more: bool,
    /// Whether the asker may change who is there. A courtesy to hide what would be refused.
    pub can_manage: bool,
}

/// One person of the staff, on a page of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffDetail {
    /// As in the list
    pub row: StaffRow,
    /// When the person was recorded, in words.
    pub created: String,
    /// Who invited the person; empty when the command line did.
    pub invited_by: String,
    /// Until when a link to set the password can be used, in words; empty when there is none.
    pub link_ends: String,
    /// A mail with a link waits to be sent.
    pub link_waits: bool,
    /// Whether the asker may change something about this person.
    pub can_manage: bool,
}

/// The own page in the Back Office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeMe {
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// What the person is.
    pub role: StaffRole,
    /// Recovery codes that were not used.
    pub codes_left: u32,
    /// The person's passkeys, the first one first; `None` where the portal is reached by a number, which devices
    /// don't take.
    pub passkeys: Option<Vec<PasskeyRow>>,
    /// Browsers that the person is signed in with.
    pub sessions: Vec<SessionRow>,
}

/// The longest name of a passkey, in characters.
pub const PASSKEY_NAME_MAX: usize = 50;

/// A passkey of the person who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyRow {
    /// Which
    pub id: PasskeyId,
    /// As the person called it.
    pub name: String,
    /// The host that it was made for, if that is not the one of the portal any more: it can't be used.
    pub elsewhere: String,
    /// When it was added, in words.
    pub added: String,
    /// When it was used last, in words; empty for never.
    pub last_used: String,
}

/// A passkey that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyOffer {
    /// As the person called it.
    pub name: String,
    /// What the device is asked, as JSON for the browser.
    pub options: String,
}

/// A filled-in form for a new person of the staff.
#[derive(Clone, Debug, Default)]
pub struct StaffInput {
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// A role's key
    pub role: String,
}

/// A new person of the staff, checked.
#[derive(Clone, Debug)]
pub struct ValidStaff {
    /// Full name
    pub name: PersonName,
    /// Login
    pub email: Email,
    /// What the person will be.
    pub role: StaffRole,
}

impl StaffInput {
    /// Finds everything that is wrong with the fields at once.
    ///
    /// # Errors
    /// The fields `name`, `email` and `role`.
    pub fn check(&self) -> Result<ValidStaff, Vec<FieldError>> {
        let name = PersonName::parse(&self.name);
        let email = Email::parse(&self.email).map_err(FieldIssue::from);
        let role = StaffRole::from_key(&self.role).ok_or(FieldIssue::UnknownChoice);
        let wrong = |field: &str, issue: Option<&FieldIssue>| {
            issue.map(|issue| FieldError { field: field.to_owned(), issue: *issue })
        };
        match (name, email, role) {
            (Ok(name), Ok(email), Ok(role)) => Ok(ValidStaff { name, email, role }),
            (name, email, role) => Err([
                wrong("name", name.as_ref().err()),
                wrong("email", email.as_ref().err()),
                wrong("role", role.as_ref().err()),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }
}
