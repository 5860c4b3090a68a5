use serde::{Deserialize, Serialize};

use crate::{CompanyBrand, RoleLabel, Salutation, SessionId};

/// What the sign-in page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPage {
    /// The company, at its own address.
    pub company: Option<CompanyBrand>,
}

/// A person's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// How to address the person.
    pub salutation: Salutation,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// A new address that waits for its confirmation.
    pub pending_email: Option<String>,
    /// Company, or the customer number of a business user.
    pub belongs_to: String,
    /// The roles held; a business user has none.
    pub roles: Vec<RoleLabel>,
    /// When the password was last changed, in words.
    pub password_changed: String,
    /// Whether a second step of signing in is set up.
    pub second_step: bool,
}

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Id
    pub id: SessionId,
    /// Browser and system, as far as the browser tells.
    pub device: String,
    /// Network address
    pub address: String,
    /// The company or customer that it acts for.
    pub acts_for: String,
    /// When it began, in words.
    pub started: String,
    /// When it was last used, in words.
    pub last_seen: String,
    /// The one asking.
    pub current: bool,
}
