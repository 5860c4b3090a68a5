use core::fmt;
use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::column_named;

/// The format's own name for a column. Under its own name, since what was kept of an import is no place to
/// borrow it from.
pub(super) type ColumnName = &'static str;

/// Reads such a name.
fn known_column<'de, D: Deserializer<'de>>(from: D) -> Result<ColumnName, D::Error> {
    let name = String::deserialize(from)?;
    column_named(&name).ok_or_else(|| D::Error::custom("no column of the format"))
}

/// Reads such a name, or that there is none.
pub(super) fn known_column_if_any<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<ColumnName>, D::Error> {
    let name = Option::<String>::deserialize(from)?;
    name.map(|name| column_named(&name).ok_or_else(|| D::Error::custom("no column of the format")))
        .transpose()
}

/// What can be wrong in a file: a closed set, so that it can be put into any language.
/// Texts from the file are cut to [`ImportProblem::SHOWN`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportProblem {
    /// Not even a header.
    NoHeader,
    /// The columns are separated by this sign, not by commas.
    Separator(char),
    /// A column is missing.
    MissingColumn(#[serde(deserialize_with = "known_column")] ColumnName),
    /// A column is not one of the format's.
    UnknownColumn(String),
    /// A column is there twice.
    ColumnTwice(#[serde(deserialize_with = "known_column")] ColumnName),
    /// All columns are there, in another order.
    ColumnOrder {
        /// What belongs there
        #[serde(deserialize_with = "known_column")]
        expected: ColumnName,
        /// What is there
        #[serde(deserialize_with = "known_column")]
        found: ColumnName,
    },
    /// The row is longer than the reader takes.
    RowTooLong,
    /// The row has more or fewer fields than there are columns.
    FieldCount {
        /// Fields of the row
        found: usize,
        /// Columns of the file
        expected: usize,
    },
    /// The field is not UTF-8.
    NotUtf8,
    /// The field has a line break, another control character or a mark that turns the reading direction.
    ControlCharacter,
    /// The field is empty.
    Required,
    /// The text is too long.
    TooLong {
        /// The longest allowed, in characters
        max: usize,
    },
    /// Not a customer, contact or invoice number.
    Number(String),
    /// Not an email address.
    Email(String),
    /// The customer has a Customer center but no administrator's email.
    AdministratorMissing,
    /// The customer has an administrator's email but no Customer center.
    AdministratorUnexpected,
    /// Not a language of the portal.
    Language(String),
    /// Not a currency code.
    Currency(String),
    /// Not a country code.
    Country(String),
    /// Neither `yes` nor `no`.
    Flag(String),
    /// Not a salutation.
    Salutation(String),
    /// Not a date, or not a day of the calendar.
    Date(String),
    /// Not an amount of the currency.
    Amount {
        /// What is there
        text: String,
        /// Decimals of the currency
        decimals: u32,
    },
    /// An amount larger than the portal can hold.
    AmountTooLarge,
    /// What only one row of the file may have is in an earlier row too.
    Duplicate {
        /// What both rows have, as it is compared
        value: String,
        /// Line of the first of the two
        first_line: u64,
    },
    /// The customer is neither in `customers.csv` nor in the database.
    UnknownCustomer(String),
}

impl ImportProblem {
    /// The most characters of a field that are shown.
    pub const SHOWN: usize = 40;

    /// How to correct it: a sentence in English without its full stop.
    pub fn fix(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NoHeader => "Begin the file with a line that names the columns",
            Self::Separator(_) => "Separate them with commas",
            Self::MissingColumn(_) => "Add it, also when all its fields are empty",
            Self::UnknownColumn(_) => "Remove it or correct its name",
            Self::ColumnTwice(_) => "Remove one of the two",
            Self::ColumnOrder { .. } => "Put the columns in the order of the import format",
            Self::RowTooLong => "Look for a double quote that is not closed",
            Self::FieldCount { .. } => "Put fields that contain commas in double quotes and close each quote",
            Self::NotUtf8 => "Save the file as UTF-8",
            Self::ControlCharacter => "Remove it and look for a double quote that is not closed",
            Self::Required => "Fill it in",
            Self::TooLong { .. } => "Shorten it",
            Self::Number(_) => "Use at most 40 letters A to Z, digits, spaces and the signs - . / _",
            Self::Email(_) => "Write it as name@example.com, without letters such as ä",
            Self::AdministratorMissing => "Fill in the email, or set customer_center to no",
            Self::AdministratorUnexpected => "Leave the email empty, or set customer_center to yes",
            Self::Language(_) => "Write en or de",
            Self::Currency(_) => "Write the three capital letters of ISO 4217, such as EUR",
            Self::Country(_) => "Write the two capital letters of ISO 3166, such as DE, or leave it empty",
            Self::Flag(_) => "Write yes or no",
            Self::Salutation(_) => "Write ms or mr, or leave it empty",
            Self::Date(_) => "Write it as year-month-day, such as 2026-01-31",
            Self::Amount { decimals, .. } => {
                return Cow::Owned(match decimals {
                    0 => "Write digits only, such as 1234".to_owned(),
                    n => {
                        format!("Write digits and a decimal point with at most {n} decimals, such as 1234.50")
                    }
                });
            }
            Self::AmountTooLarge => "Check the amount",
            Self::Duplicate { .. } => "Keep it in one of the two lines only",
            Self::UnknownCustomer(_) => "Add the customer or correct the number",
        })
    }
}

/// What is wrong: a sentence in English without its full stop. Texts from the file are quoted and
/// escaped, so that they can neither break out of the sentence nor steer a terminal.
impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeader => f.write_str("the file is empty"),
            Self::Separator(sign) => write!(f, "the columns are separated by {sign:?}"),
            Self::MissingColumn(column) => write!(f, "the column {column} is missing"),
            Self::UnknownColumn(column) => write!(f, "there is no column {column:?}"),
            Self::ColumnTwice(column) => write!(f, "the column {column} is there twice"),
            Self::ColumnOrder { expected, found } => write!(f, "{found} is where {expected} belongs"),
            Self::RowTooLong => f.write_str("the row is longer than 64 kB"),
            Self::FieldCount { found: 1, expected } => write!(f, "the row has 1 field, not {expected}"),
            Self::FieldCount { found, expected } => write!(f, "the row has {found} fields, not {expected}"),
            Self::NotUtf8 => f.write_str("the text is not UTF-8"),
            Self::ControlCharacter => f.write_str("the text has a line break or another control character"),
            Self::Required => f.write_str("the field is empty"),
            Self::TooLong { max } => write!(f, "the text has more than {max} characters"),
            Self::Number(text) => write!(f, "{text:?} is not a number of an ERP"),
            Self::Email(text) => write!(f, "{text:?} is not an email address"),
            Self::AdministratorMissing => {
                f.write_str("a customer with Customer center needs its administrator")
            }
            Self::AdministratorUnexpected => {
                f.write_str("a customer without Customer center has no administrator")
            }
            Self::Language(text) => write!(f, "{text:?} is not a language of the portal"),
            Self::Currency(text) => write!(f, "{text:?} is not a currency"),
            Self::Country(text) => write!(f, "{text:?} is not a country"),
            Self::Flag(text) => write!(f, "{text:?} is neither yes nor no"),
            Self::Salutation(text) => write!(f, "{text:?} is not a salutation"),
            Self::Date(text) => write!(f, "{text:?} is not a date"),
            Self::Amount { text, .. } => write!(f, "{text:?} is not an amount"),
            Self::AmountTooLarge => f.write_str("the amount is too large"),
            Self::Duplicate { value, first_line } => write!(f, "{value:?} is in line {first_line} already"),
            Self::UnknownCustomer(number) => {
                write!(f, "the customer {number:?} is neither in customers.csv nor imported before")
            }
        }
    }
}

/// A text from the file, cut for showing.
pub(super) fn shown(text: &str) -> String {
    let mut chars = text.chars();
    let mut cut: String = chars.by_ref().take(ImportProblem::SHOWN).collect();
    if chars.next().is_some() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_from_the_file_are_cut_and_harmless() {
        assert_eq!(shown(&"ä".repeat(40)), "ä".repeat(40));
        assert_eq!(shown(&"ä".repeat(41)), format!("{}…", "ä".repeat(40)));
        assert_eq!(
            ImportProblem::Flag("\u{1b}[2J\"\u{202e}".to_owned()).to_string(),
            r#""\u{1b}[2J\"\u{202e}" is neither yes nor no"#
        );
    }
}
