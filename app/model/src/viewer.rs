use serde::{Deserialize, Serialize};

use crate::{Grants, Locale, OfficeViewer, Theme, ViewedAs};

/// What the shell of every page knows about the person looking at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Viewer {
    /// The merchant's name.
    pub shop: String,
    /// How to reach the merchant, as one line.
    pub shop_contact: String,
    /// Language of the page.
    pub locale: Locale,
    /// Light or dark.
    pub theme: Theme,
    /// Whether mails are kept in an inbox page because no mail server is set (demo only).
    pub inbox: bool,
    /// The signed-in user.
    pub user: Option<ViewerUser>,
    /// The signed-in person of the merchant's staff, on pages of the Back Office.
    pub office: Option<OfficeViewer>,
}

/// The signed-in user, as the shell shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViewerUser {
    /// Full name
    pub name: String,
    /// Name of the company or, for a business user, of the customer acted for.
    pub acts_for: String,
    /// Whether that is a company with Customer center.
    pub in_company: bool,
    /// What the person may do there. A courtesy to hide what would be refused.
    pub grants: Grants,
    /// Whether single keys do something.
    pub shortcuts: bool,
    /// Set when somebody of the staff sees the portal as this user.
    pub view: Option<ViewedAs>,
}

/// A company's own sign-in address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyBrand {
    /// The part of the address.
    pub slug: String,
    /// The company's name.
    pub name: String,
}
