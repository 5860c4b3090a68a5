use core::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An email address in its one canonical form: trimmed, lower case, ASCII.
///
/// Only ASCII is accepted, so that look-alike letters can't make two addresses that
/// fold to one; an international domain is written in its `xn--` form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is no email address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EmailError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Not of the form name@example.com.
    #[error("not an email address")]
    Malformed,
}

impl Email {
    /// The longest address accepted, in bytes (RFC 5321, 4.5.3.1.3).
    pub const MAX_LEN: usize = 254;

    /// Reads what a person typed.
    ///
    /// # Errors
    /// [`EmailError`] when it is empty or not of the form name@example.com.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        if text.len() > Self::MAX_LEN || !text.is_ascii() {
            return Err(EmailError::Malformed);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        let local_ok = (1..=64).contains(&local.len())
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b))
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let domain_ok = domain.contains('.')
            && domain.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            });
        if local_ok && domain_ok { Ok(Self(text.to_ascii_lowercase())) } else { Err(EmailError::Malformed) }
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accepts_and_canonicalises() {
        assert_eq!(
            Email::parse("  Anna.Berger+x@Bau-Partner.Example ").unwrap().as_str(),
            "anna.berger+x@bau-partner.example"
        );
    }

    #[test]
    fn refuses_what_could_break_a_header_or_fold() {
        for bad in [
            "",
            " ",
            "a",
            "a@b",
            "a@@b.c",
            "a b@c.de",
            "a@b.c\r\nBcc: x@y.z",
            "ä@b.de",
            "a@mıke.org",
            "a@-b.de",
            ".a@b.de",
            "a..b@c.de",
            "a@b..de",
            "<a@b.de>",
            "\"a b\"@c.de",
            "a@b.de,c@d.ef",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
        assert!(Email::parse(&format!("{}@b.de", "a".repeat(1_000_000))).is_err());
    }

    proptest! {
        #[test]
        fn parsing_is_stable(text in "\\PC{0,40}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
            }
        }
    }
}
