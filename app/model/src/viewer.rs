use serde::{Deserialize, Serialize};

use crate::{Feature, FeaturesOff, Grants, Locale, OfficeViewer, PlaceChoice, Theme, ViewedAs};

/// What the shell of every page knows about the person looking at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Viewer {
    /// The merchant's name.
    pub shop: String,
    /// How to reach the merchant, as one line.
    pub shop_contact: String,
    /// The merchant's postal address, as one line; empty where nobody entered one.
    pub shop_address: String,
    /// Where the merchant's logo is to be had, if there is one.
    pub logo: Option<String>,
    /// Hue of the merchant's brand in degrees, if one was chosen.
    pub brand_hue: Option<u16>,
    /// What is switched off for whoever looks. A courtesy to hide what would be refused.
    pub off: FeaturesOff,
    /// The feature that the page asked for belongs to, when it is off: the page says so instead.
    pub closed: Option<Feature>,
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
    /// Stands for this person there; forms and questions of the page send it along.
    pub acting: String,
    /// The places to choose from, with this one; empty for who has only one.
    pub places: Vec<PlaceChoice>,
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
    /// Where its logo is to be had, if there is one.
    pub logo: Option<String>,
}
