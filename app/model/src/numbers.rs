use core::fmt;
use core::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is no customer, invoice or contact number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("empty")]
    Empty,
    /// Longer than 40 characters, or with signs that no number has.
    #[error("not a number of the ERP")]
    Malformed,
}

/// Spaces and hyphens are ignored and letters have no case, as people copy numbers from paper.
fn key(text: &str) -> String {
    text.chars().filter(|c| !is_ignored(*c)).flat_map(char::to_uppercase).collect()
}

const fn is_ignored(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}'..='\u{2015}' | '\t')
}

macro_rules! numbers {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        ///
        /// Kept as written; compared by [`key`](Self::key), which ignores spaces, hyphens and case.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads what a person typed or the ERP says.
            ///
            /// # Errors
            /// [`NumberError`] when it is empty, longer than 40 characters, or has signs
            /// other than letters, digits, `.`, `/`, `_`, spaces and hyphens.
            pub fn parse(text: &str) -> Result<Self, NumberError> {
                let text = text.trim();
                if text.chars().all(is_ignored) {
                    return Err(NumberError::Empty);
                }
                let fits = text.chars().count() <= 40
                    && text.chars().all(|c| c.is_ascii_alphanumeric() || is_ignored(c) || matches!(c, '.' | '/' | '_'));
                if fits { Ok(Self(text.to_owned())) } else { Err(NumberError::Malformed) }
            }

            /// As the ERP or the person wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// What two spellings of one number have in common.
            pub fn key(&self) -> String {
                key(&self.0)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.key() == other.key()
            }
        }
        impl Eq for $name {}
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.key().hash(state);
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl TryFrom<String> for $name {
            type Error = NumberError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    )* };
}

numbers! {
    /// The number of a customer record in the ERP.
    CustomerNumber;
    /// The number of an invoice in the ERP.
    InvoiceNumber;
    /// The number of a person at an ERP customer.
    ContactNumber;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        let paper = CustomerNumber::parse(" 10 4020–000609 ").unwrap();
        assert_eq!(paper, CustomerNumber::parse("10-4020-000609").unwrap());
        assert_eq!(CustomerNumber::parse("aw-00000012").unwrap().key(), "AW00000012");
    }

    #[test]
    fn refuses_empty_long_and_odd() {
        assert_eq!(InvoiceNumber::parse(" - ").unwrap_err(), NumberError::Empty);
        assert_eq!(InvoiceNumber::parse(&"1".repeat(41)).unwrap_err(), NumberError::Malformed);
        for bad in ["1;2", "<b>", "1\n2", "Ⅳ1", "'--"] {
            assert_eq!(InvoiceNumber::parse(bad).unwrap_err(), NumberError::Malformed, "{bad:?}");
        }
    }
}
