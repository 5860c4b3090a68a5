use core::fmt;

use serde::{Deserialize, Serialize};

use crate::FieldIssue;

/// How a person is addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Salutation {
    /// No salutation: the neutral choice.
    #[default]
    None,
    /// Ms
    Ms,
    /// Mr
    Mr,
}

impl Salutation {
    /// All choices, in the order of the form.
    pub const ALL: [Self; 3] = [Self::None, Self::Ms, Self::Mr];

    /// The form's and the database's value.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Ms => "ms",
            Self::Mr => "mr",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// Checks a single-line text: trimmed, inner runs of spaces folded, no control characters
/// or line separators, `1..=max` characters.
///
/// # Errors
/// The [`FieldIssue`] to show beside the field.
pub fn single_line(text: &str, max: usize) -> Result<String, FieldIssue> {
    if text.len() > max * 4 + 64 {
        return Err(FieldIssue::TooLong { max });
    }
    if text.chars().any(is_forbidden) {
        return Err(FieldIssue::NotOneLine);
    }
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.chars().count() {
        0 => Err(FieldIssue::Required),
        n if n > max => Err(FieldIssue::TooLong { max }),
        _ => Ok(folded),
    }
}

/// Checks a text of several lines: trimmed, line ends written as `\n`, never more than one empty line
/// in a row, at most `max` characters. It may be empty. What could break a header or turn the
/// reading direction becomes a space.
///
/// # Errors
/// The [`FieldIssue`] to show beside the field.
pub fn several_lines(text: &str, max: usize) -> Result<String, FieldIssue> {
    if text.len() > max * 8 + 64 {
        return Err(FieldIssue::TooLong { max });
    }
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n') {
        let line: String = line.chars().map(|c| if is_forbidden(c) { ' ' } else { c }).collect();
        let line = line.trim();
        if !line.is_empty() || lines.last().is_some_and(|before| !before.is_empty()) {
            lines.push(line.to_owned());
        }
    }
    if lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let text = lines.join("\n");
    if text.chars().count() > max { Err(FieldIssue::TooLong { max }) } else { Ok(text) }
}

/// Control characters, line separators, and the marks that turn the reading direction:
/// they break mail headers or let a name pretend to be another.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A person's full name, 1–50 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

impl PersonName {
    /// The longest name, in characters.
    pub const MAX: usize = 50;

    /// Reads what a person typed.
    ///
    /// # Errors
    /// The [`FieldIssue`] to show beside the field.
    pub fn parse(text: &str) -> Result<Self, FieldIssue> {
        single_line(text, Self::MAX).map(Self)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PersonName {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a name of 1 to 50 characters")
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_of_fifty() {
        assert_eq!(PersonName::parse("  Zoë   O'Brien ").unwrap().as_str(), "Zoë O'Brien");
        assert_eq!(PersonName::parse(" "), Err(FieldIssue::Required));
        assert_eq!(PersonName::parse(&"ä".repeat(50)).unwrap().as_str().chars().count(), 50);
        assert_eq!(PersonName::parse(&"ä".repeat(51)), Err(FieldIssue::TooLong { max: 50 }));
        for bad in ["a\nb", "a\u{2028}b", "a\0", "a\u{202e}b"] {
            assert_eq!(PersonName::parse(bad), Err(FieldIssue::NotOneLine), "{bad:?}");
        }
    }

    #[test]
    fn texts_of_several_lines_are_tidied() {
        let tidy = |text: &str| several_lines(text, 40);
        assert_eq!(tidy("").unwrap(), "");
        assert_eq!(tidy(" \r\n \n").unwrap(), "");
        assert_eq!(tidy("\nOne\r\n\r\n\r\n two \rthree\u{2028}four\n").unwrap(), "One\n\ntwo\nthree\nfour");
        assert_eq!(tidy("a\u{202e}b\0c\td").unwrap(), "a b c d");
        assert_eq!(tidy(&"ä".repeat(40)).unwrap().chars().count(), 40);
        // A line end counts once, however the browser sends it.
        assert!(tidy(&format!("{}\r\n{}", "x".repeat(20), "y".repeat(19))).is_ok());
        assert_eq!(tidy(&"ä".repeat(41)), Err(FieldIssue::TooLong { max: 40 }));
        assert_eq!(tidy(&" ".repeat(1_000)), Err(FieldIssue::TooLong { max: 40 }));
    }
}
