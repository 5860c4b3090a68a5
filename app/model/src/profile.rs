use serde::{Deserialize, Serialize};

use crate::{FieldError, FieldIssue, Locale, Permission, PersonName, ProfileView, Salutation};

/// A mail that a person may do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// A further main contact has activated an account.
    FurtherAdministrator,
    /// Somebody asks for access.
    AccessRequested,
}

impl Notice {
    /// All, in the order of the form.
    pub const ALL: [Self; 2] = [Self::FurtherAdministrator, Self::AccessRequested];

    /// The value in forms and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FurtherAdministrator => "further_administrator",
            Self::AccessRequested => "access_requested",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.key() == key)
    }

    /// The right, in the whole company, of those who get such mails.
    pub const fn meant_for(self) -> Permission {
        match self {
            Self::FurtherAdministrator | Self::AccessRequested => Permission::UsersManage,
        }
    }
}

/// The page *Profile*: the own data, and what can be changed of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfilePage {
    /// The own data
    pub profile: ProfileView,
    /// Language of pages and mails.
    pub locale: Locale,
    /// The time zone chosen, an IANA name; empty for the company's.
    pub time_zone: String,
    /// The company's time zone, else the shop's, in words.
    pub usual_zone: String,
    /// The time zones on offer.
    pub zones: Vec<ZoneChoice>,
    /// The mails that this person may do without.
    pub notices: Vec<NoticeChoice>,
    /// Whether single keys do something.
    pub shortcuts: bool,
}

/// A time zone on offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneChoice {
    /// IANA name
    pub name: String,
    /// The name with today's difference from UTC, for people.
    pub words: String,
}

/// A mail, and whether the person wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeChoice {
    /// Which mail
    pub notice: Notice,
    /// Whether it is sent to this person.
    pub wanted: bool,
}

/// A profile as it was sent: nothing is believed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileInput {
    /// Key of the salutation
    pub salutation: String,
    /// Full name
    pub name: String,
    /// Tag of the language
    pub locale: String,
    /// IANA name; empty for the company's.
    pub time_zone: String,
    /// Keys of the mails wanted
    pub notices: Vec<String>,
    /// `true` for shortcuts on the keyboard; anything else for none.
    pub shortcuts: String,
}

/// A profile that passed its checks. Whether there is such a time zone is left to the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidProfile {
    /// How to address the person.
    pub salutation: Salutation,
    /// Full name
    pub name: PersonName,
    /// Language of pages and mails.
    pub locale: Locale,
    /// As it was sent; `None` for the company's.
    pub time_zone: Option<String>,
    /// The mails wanted
    pub notices: Vec<Notice>,
    /// Whether single keys do something.
    pub shortcuts: bool,
}

impl ProfileInput {
    /// The longest name of a time zone, in bytes.
    pub const MAX_ZONE: usize = 64;

    /// Checks every field at once.
    ///
    /// # Errors
    /// All fields that need correcting, in the order of the form.
    pub fn check(&self) -> Result<ValidProfile, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, issue| errors.push(FieldError { field: field.to_owned(), issue });
        let unknown = |text: &str| {
            if text.is_empty() { FieldIssue::Required } else { FieldIssue::UnknownChoice }
        };
        let salutation = Salutation::from_key(&self.salutation);
        if salutation.is_none() {
            note("salutation", unknown(&self.salutation));
        }
        let name = PersonName::parse(&self.name).map_err(|issue| note("name", issue)).ok();
        let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == self.locale);
        if locale.is_none() {
            note("locale", unknown(&self.locale));
        }
        if self.time_zone.len() > Self::MAX_ZONE {
            note("time_zone", FieldIssue::UnknownChoice);
        }
        let mut notices = Vec::new();
        for key in self.notices.iter().take(64) {
            match Notice::from_key(key) {
                Some(notice) if !notices.contains(&notice) => notices.push(notice),
                Some(_) => {}
                None => {
                    note("notices", FieldIssue::UnknownChoice);
                    break;
                }
            }
        }
        match (salutation, name, locale) {
            (Some(salutation), Some(name), Some(locale)) if errors.is_empty() => Ok(ValidProfile {
                salutation,
                name,
                locale,
                time_zone: Some(self.time_zone.clone()).filter(|zone| !zone.is_empty()),
                notices,
                shortcuts: self.shortcuts == "true",
            }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_told_at_once_in_the_order_of_the_form() {
        let input = ProfileInput {
            salutation: "dr".into(),
            name: " ".into(),
            locale: String::new(),
            time_zone: "Z".repeat(65),
            notices: vec!["further_administrator".into(), "spam".into()],
            shortcuts: "maybe".into(),
        };
        let fields: Vec<_> = input.check().unwrap_err().into_iter().map(|e| (e.field, e.issue)).collect();
        assert_eq!(
            fields,
            [
                ("salutation".to_owned(), FieldIssue::UnknownChoice),
                ("name".to_owned(), FieldIssue::Required),
                ("locale".to_owned(), FieldIssue::Required),
                ("time_zone".to_owned(), FieldIssue::UnknownChoice),
                ("notices".to_owned(), FieldIssue::UnknownChoice),
            ]
        );
    }

    #[test]
    fn an_empty_time_zone_is_the_company_s_and_every_notice_counts_once() {
        let input = ProfileInput {
            salutation: "none".into(),
            name: " Kim  Brand ".into(),
            locale: "de".into(),
            time_zone: String::new(),
            notices: vec![Notice::FurtherAdministrator.key().into(); 3],
            shortcuts: "true".into(),
        };
        let profile = input.check().unwrap();
        assert_eq!(profile.name.as_str(), "Kim Brand");
        assert_eq!((profile.locale, profile.time_zone), (Locale::De, None));
        assert_eq!(profile.notices, [Notice::FurtherAdministrator]);
        assert!(profile.shortcuts);
        assert!(!ProfileInput { shortcuts: String::new(), ..input }.check().unwrap().shortcuts);
        assert_eq!(Notice::from_key("x"), None);
    }
}
