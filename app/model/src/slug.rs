use std::fmt;

use crate::FieldIssue;

/// The last part of a company's own sign-in address: lower-case letters of English, digits, and single
/// hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

/// Parts that could be mistaken for the portal itself.
const RESERVED: [&str; 17] = [
    "activate",
    "admin",
    "administrator",
    "api",
    "brand",
    "customer-center",
    "health",
    "help",
    "login",
    "office",
    "portal",
    "security",
    "shop",
    "sign-in",
    "signin",
    "support",
    "users",
];

impl Slug {
    /// The shortest, in characters.
    pub const MIN: usize = 3;
    /// The longest, in characters.
    pub const MAX: usize = 40;

    /// Reads a form's value.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, FieldIssue> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldIssue::Required);
        }
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let hyphens = text.starts_with('-') || text.ends_with('-') || text.contains("--");
        if !plain || hyphens || !(Self::MIN..=Self::MAX).contains(&text.len()) {
            return Err(FieldIssue::SlugMalformed);
        }
        if RESERVED.contains(&text) {
            return Err(FieldIssue::SlugTaken);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain_and_none_of_the_portal() {
        for good in ["abc", "a-1", "bike-store-2", " trimmed ", &"a".repeat(40)] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["ab", "Abc", "a_b", "-ab", "ab-", "a--b", "größe", "a/b", "a b", "a.b", "а-b-c", &"a".repeat(41)]
        {
            assert_eq!(Slug::parse(bad), Err(FieldIssue::SlugMalformed), "{bad}");
        }
        assert_eq!(Slug::parse(" "), Err(FieldIssue::Required));
        assert_eq!(Slug::parse("office"), Err(FieldIssue::SlugTaken));
    }
}
