use serde::{Deserialize, Serialize};

use crate::{CompanyId, Feature, FieldError, FieldIssue, Locale, ZoneChoice, brand_hue, single_line};

/// A feature and whether it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureRow {
    /// Which
    pub feature: Feature,
    /// Whether it is on: for the shop, or for the company that the page is about.
    pub on: bool,
    /// Whether it is off for the whole shop, whatever the company's switch says.
    pub shop_off: bool,
}

/// A company, as lists of its switches and its address show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanySwitches {
    /// Id
    pub id: CompanyId,
    /// Name
    pub name: String,
    /// Customer number
    pub number: String,
    /// The last part of its sign-in address
    pub slug: String,
    /// What is off for it alone.
    pub off: Vec<Feature>,
}

/// *Enable features*, for the shop or for one company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeaturesPage {
    /// The company, if it is about one.
    pub company: Option<CompanySwitches>,
    /// The switches
    pub features: Vec<FeatureRow>,
    /// What is off, as the form sends it back, so that nobody undoes what somebody else did meanwhile.
    pub before: String,
    /// Companies to switch apart: those found, else those with something off. Only on the shop's page.
    pub companies: Vec<CompanySwitches>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// *Company information*: what staff see and change of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopPage {
    /// The address where customers sign in.
    pub sign_in_url: String,
    /// The merchant's name
    pub name: String,
    /// How to reach the merchant, in one line
    pub contact: String,
    /// Postal address, in one line
    pub address: String,
    /// Language of mails to people who never chose one
    pub locale: Locale,
    /// Time zone of new companies, an IANA name
    pub time_zone: String,
    /// The time zones on offer
    pub zones: Vec<ZoneChoice>,
    /// Hue of the brand in degrees
    pub hue: u16,
    /// Where the logo is to be had, if there is one.
    pub logo: Option<String>,
    /// Told back by the forms, so that nobody undoes what somebody else did meanwhile.
    pub version: i64,
}

/// Data of the shop as they were sent: nothing is believed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShopInput {
    /// The merchant's name
    pub name: String,
    /// How to reach the merchant
    pub contact: String,
    /// Postal address
    pub address: String,
    /// Tag of the language
    pub locale: String,
    /// IANA name
    pub time_zone: String,
}

/// Data of the shop that passed their checks. Whether there is such a time zone is left to the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidShop {
    /// The merchant's name
    pub name: String,
    /// How to reach the merchant; may be empty.
    pub contact: String,
    /// Postal address; may be empty.
    pub address: String,
    /// Language of mails to people who never chose one.
    pub locale: Locale,
    /// As it was sent
    pub time_zone: String,
}

impl ShopInput {
    /// The longest name, in characters.
    pub const NAME_MAX: u32 = 60;
    /// The longest contact or address, in characters.
    pub const LINE_MAX: u32 = 200;
    /// The longest name of a time zone, in bytes.
    const ZONE_MAX: usize = 64;

    /// Checks every field at once.
    ///
    /// # Errors
    /// All fields that need correcting, in the order of the form.
    pub fn check(&self) -> Result<ValidShop, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, issue| errors.push(FieldError { field: field.to_owned(), issue });
        let mut line = |field: &str, text: &str, max: u32, needed: bool| match single_line(text, max as usize)
        {
            Err(FieldIssue::Required) if !needed => String::new(),
            Err(issue) => {
                note(field, issue);
                String::new()
            }
            Ok(line) => line,
        };
        let name = line("shop_name", &self.name, Self::NAME_MAX, true);
        let contact = line("contact", &self.contact, Self::LINE_MAX, false);
        let address = line("address", &self.address, Self::LINE_MAX, false);
        let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == self.locale);
        if locale.is_none() {
            note("locale", FieldIssue::UnknownChoice);
        }
        if self.time_zone.is_empty() || self.time_zone.len() > Self::ZONE_MAX {
            note("time_zone", FieldIssue::UnknownChoice);
        }
        match locale {
            Some(locale) if errors.is_empty() => {
                Ok(ValidShop { name, contact, address, locale, time_zone: self.time_zone.clone() })
            }
            _ => Err(errors),
        }
    }
}

/// Reads the hue of a form.
///
/// # Errors
/// The field `hue` to correct.
pub fn checked_hue(text: &str) -> Result<u16, FieldError> {
    brand_hue(text).ok_or_else(|| FieldError { field: "hue".to_owned(), issue: FieldIssue::HueMalformed })
}

/// A company's own sign-in address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressPage {
    /// The company
    pub company: CompanySwitches,
    /// The address up to its last part.
    pub base: String,
    /// Last parts of addresses that it had before, the latest first; they lead to it.
    pub former: Vec<String>,
    /// Where the company's logo is to be had, if there is one.
    pub logo: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fields_are_checked_at_once() {
        let good = ShopInput {
            name: " Nord  holz ".into(),
            locale: "de".into(),
            time_zone: "Europe/Berlin".into(),
            ..ShopInput::default()
        };
        let valid = good.check().unwrap();
        assert_eq!(
            (valid.name.as_str(), valid.contact.as_str(), valid.locale),
            ("Nord holz", "", Locale::De)
        );
        let bad = ShopInput {
            contact: "two\nlines".into(),
            address: "x".repeat(201),
            locale: "fr".into(),
            ..ShopInput::default()
        };
        let fields: Vec<_> = bad.check().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, ["shop_name", "contact", "address", "locale", "time_zone"]);
    }
}
