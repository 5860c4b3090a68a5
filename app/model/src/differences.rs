use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::UserId;

/// How a shop user differs from what the ERP says of the company's contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    /// The contact has another name.
    Name,
    /// The contact has another email.
    Email,
    /// The contact has no email.
    EmailMissing,
    /// The user stands under no contact, but one has the same email.
    Unlinked,
    /// The user stands under no contact.
    NoContact,
    /// The user's contact is gone from the ERP.
    Gone,
}

impl DifferenceKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Email, Self::EmailMissing, Self::Unlinked, Self::NoContact, Self::Gone];

    /// The value in forms and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::EmailMissing => "email_missing",
            Self::Unlinked => "unlinked",
            Self::NoContact => "no_contact",
            Self::Gone => "gone",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Names a difference in a form: whose, which, and what was shown of it, so that nobody decides about
/// values not seen. Written as three parts with points between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceName {
    /// Whose
    pub user: UserId,
    /// Which
    pub kind: DifferenceKind,
    /// Fingerprint of the values shown; never a secret.
    pub seen: String,
}

impl DifferenceName {
    /// The longest fingerprint, in characters.
    const MAX_SEEN: usize = 64;
}

impl fmt::Display for DifferenceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.user, self.kind.key(), self.seen)
    }
}

impl FromStr for DifferenceName {
    type Err = ();

    /// Reads a form's value.
    ///
    /// # Errors
    /// When it is not one.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let (Some(user), Some(kind), Some(seen)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        let fits = seen.len() <= Self::MAX_SEEN && seen.bytes().all(|b| b.is_ascii_hexdigit());
        let user = user.parse().map_err(|_| ())?;
        let kind = DifferenceKind::from_key(kind).ok_or(())?;
        if fits { Ok(Self { user, kind, seen: seen.to_owned() }) } else { Err(()) }
    }
}

/// A row of *Differences*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceRow {
    /// A [`DifferenceName`], as forms send it.
    pub difference: String,
    /// Which
    pub kind: DifferenceKind,
    /// The user
    pub user: UserId,
    /// The user's full name.
    pub name: String,
    /// The user's login.
    pub email: String,
    /// The ERP's number for the person; empty for none.
    pub contact_number: String,
    /// What the shop has; empty for nothing.
    pub shop: String,
    /// What the ERP has; empty for nothing.
    pub erp: String,
    /// Whether the shop can take over what the ERP has.
    pub take: bool,
    /// Whether the ERP can be given what the shop has.
    pub tell: bool,
    /// The address of the ERP was taken over and waits for its owner to confirm it.
    pub waits: bool,
    /// The person looking.
    pub you: bool,
}

/// The list of differences, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferencesBlock {
    /// The ERP answered.
    Fresh {
        /// By name
        rows: Vec<DifferenceRow>,
        /// Cursor of the previous page.
        before: Option<String>,
        /// Cursor of the next page.
        after: Option<String>,
        /// These are the ignored ones.
        ignored: bool,
    },
    /// The ERP does not answer.
    Unavailable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_nothing_else_is_one() {
        let user: UserId = "01970000-0000-7000-8000-000000000001".parse().unwrap();
        for kind in DifferenceKind::ALL {
            let name = DifferenceName { user, kind, seen: "0af3".to_owned() };
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        let long = format!("{user}.name.{}", "a".repeat(65));
        for bad in ["", "name", "x.name.0af3", &format!("{user}.age.0af3"), &format!("{user}.name.?"), &long]
        {
            assert_eq!(bad.parse::<DifferenceName>(), Err(()), "{bad}");
        }
    }
}
