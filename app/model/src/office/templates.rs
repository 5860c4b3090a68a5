use serde::{Deserialize, Serialize};

use crate::{FieldError, FieldIssue, Locale, single_line};

/// The longest subject or line beside it, in characters.
pub const SUBJECT_MAX: usize = 200;
/// The longest HTML source, in bytes. Mailboxes cut mails off soon after.
pub const HTML_MAX: usize = 100 * 1024;
/// The longest plain text, in bytes.
pub const TEXT_MAX: usize = 40 * 1024;
/// The longest footer, in characters.
pub const FOOTER_MAX: usize = 600;

/// What a mail of the portal is written from, as people edit it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateSource {
    /// One line
    pub subject: String,
    /// What a mailbox shows beside the subject; one line, may be empty.
    pub preheader: String,
    /// What stands in the mail's layout
    pub html: String,
    /// The same for readers of plain text; made of the HTML when it is empty.
    pub text: String,
}

impl TemplateSource {
    /// The source with its line ends as they are stored, if it is not too long.
    ///
    /// # Errors
    /// The fields to correct.
    pub fn check(&self) -> Result<Self, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let mut note = |field: &str, issue| wrong.push(FieldError { field: field.to_owned(), issue });
        let mut line = |field: &str, text: &str| match single_line(text, SUBJECT_MAX) {
            Ok(line) => line,
            Err(FieldIssue::Required) => String::new(),
            Err(issue) => {
                note(field, issue);
                String::new()
            }
        };
        let (subject, preheader) = (line("subject", &self.subject), line("preheader", &self.preheader));
        for (field, text, max) in [("html", &self.html, HTML_MAX), ("text", &self.text, TEXT_MAX)] {
            if text.len() > max {
                note(field, FieldIssue::TooLong { max });
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Self { subject, preheader, html: stored(&self.html), text: stored(&self.text) })
    }
}

/// Line ends as they are stored, without signs that nobody sees.
fn stored(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let unseen = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.replace(unseen, " ")
}

/// How a mail stands in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// The portal's own wording is used.
    Standard,
    /// A published template is used.
    Customised,
    /// A published template would be used, but it lacks something, so that the standard one is.
    Broken,
}

/// A mail in one language, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Which mail, as addresses name it.
    pub kind: String,
    /// Which mail, in words.
    pub name: String,
    /// In which language
    pub locale: Locale,
    /// How it stands
    pub state: TemplateState,
    /// The published version in use
    pub in_use: Option<i64>,
    /// Whether a draft waits to be published.
    pub draft: bool,
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplatePart {
    /// The subject
    Subject,
    /// What stands beside the subject
    Preheader,
    /// The HTML source
    Html,
    /// The plain text
    Text,
}

impl TemplatePart {
    /// The name of its field.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Preheader => "preheader",
            Self::Html => "html",
            Self::Text => "text",
        }
    }
}

/// What may be wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateFault {
    /// Nothing is there.
    Empty,
    /// A name that this mail does not have.
    UnknownVariable(String),
    /// A variable that has to be there is not.
    MissingVariable(String),
    /// A variable at a place where it can't stand.
    MisplacedVariable(String),
    /// A tag that does not end.
    UnclosedTag(String),
    /// An end without a beginning.
    StrayEnd(String),
    /// A tag that mails can't have; it is left out.
    ForbiddenTag(String),
    /// An attribute that mails can't have; it is left out.
    ForbiddenAttribute(String),
    /// An address that links can't have; it is left out.
    ForbiddenAddress(String),
    /// A picture from elsewhere; it is left out.
    RemoteImage,
    /// A line that mail servers may break.
    LongLine,
    /// Signs of a template language, which mean nothing here and are shown as they are.
    Literal(String),
    /// A link to another host than the portal's; only to be known.
    ForeignLink(String),
}

impl TemplateFault {
    /// Whether nothing with it is published.
    pub const fn refuses(&self) -> bool {
        matches!(
            self,
            Self::Empty | Self::UnknownVariable(_) | Self::MissingVariable(_) | Self::MisplacedVariable(_)
        )
    }
}

/// What was found in a template, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFinding {
    /// In which part
    pub part: TemplatePart,
    /// In which line, counted from 1; `None` when it is about the whole part.
    pub line: Option<u32>,
    /// What
    pub fault: TemplateFault,
}

/// A variable that a template may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVariable {
    /// Its name between the braces
    pub name: String,
    /// What stands for it in a mail, in words.
    pub words: String,
    /// Whether nothing is published without it.
    pub required: bool,
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVersion {
    /// Counted from 1
    pub version: i64,
    /// Who published it
    pub who: String,
    /// When, in words
    pub when: String,
}

/// The editor of a mail in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePage {
    /// How it stands
    pub row: TemplateRow,
    /// Rises with each change.
    pub revision: i64,
    /// The draft; without one what is in use, and else what the portal's wording begins with.
    pub source: TemplateSource,
    /// What it may name
    pub variables: Vec<TemplateVariable>,
    /// What was found in it
    pub findings: Vec<TemplateFinding>,
    /// The latest published versions, the newest first.
    pub versions: Vec<TemplateVersion>,
    /// Where test mails go
    pub own_email: String,
}

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// What became of it
    pub change: DiffChange,
    /// The line
    pub text: String,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiffChange {
    /// The same in both
    Same,
    /// Only in the published version
    Removed,
    /// Only in the editor
    Added,
}

/// A published version beside what is in the editor now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateVersionPage {
    /// How the template stands
    pub row: TemplateRow,
    /// Rises with each change.
    pub revision: i64,
    /// The version
    pub version: TemplateVersion,
    /// From the version to what is in the editor, part by part.
    pub parts: Vec<(TemplatePart, Vec<DiffLine>)>,
}

/// Of whom the preview tells: fixed, made up records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateSample {
    /// As most are
    #[default]
    Usual,
    /// Long names
    Long,
    /// A company with roles of its own, and with what is optional left out.
    Sparse,
}

impl TemplateSample {
    /// All, in the order of the select.
    pub const ALL: [Self; 3] = [Self::Usual, Self::Long, Self::Sparse];

    /// The name in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Long => "long",
            Self::Sparse => "sparse",
        }
    }

    /// Reads a name; any other is the usual one.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|sample| sample.key() == key).unwrap_or_default()
    }
}

/// From whom mails come and how they end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPreferences {
    /// The name beside the sender's address; empty for the shop's.
    pub sender_name: String,
    /// Where answers go; empty for the sender's address.
    pub reply_to: String,
    /// Below each mail in English
    pub footer_en: String,
    /// Below each mail in German
    pub footer_de: String,
}

/// The page of these preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPreferencesPage {
    /// As they stand
    pub preferences: MailPreferences,
    /// Rises with each change.
    pub revision: i64,
    /// The shop's name
    pub shop: String,
    /// Every mail in every language that has a published version.
    pub published: Vec<TemplateRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_stored_in_one_spelling_and_within_bounds() {
        let source = TemplateSource {
            subject: " Your  account ".to_owned(),
            preheader: String::new(),
            html: "<p>a</p>\r\n<p>\u{202e}b\0</p>\u{2028}".to_owned(),
            text: "a\rb".to_owned(),
        };
        let stored = source.check().unwrap();
        assert_eq!(stored.subject, "Your account");
        assert_eq!((stored.html.as_str(), stored.text.as_str()), ("<p>a</p>\n<p> b </p>\n", "a\nb"));
        let wrong = TemplateSource {
            subject: "a\r\nBcc: b".to_owned(),
            preheader: "x".repeat(SUBJECT_MAX + 1),
            html: "x".repeat(HTML_MAX + 1),
            text: "x".repeat(TEXT_MAX + 1),
        };
        let fields: Vec<_> = wrong.check().unwrap_err().into_iter().map(|f| f.field).collect();
        assert_eq!(fields, ["subject", "preheader", "html", "text"]);
    }
}
