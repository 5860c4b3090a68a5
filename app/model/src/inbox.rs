use serde::{Deserialize, Serialize};

/// A row of the demo's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    /// Names the mail
    pub id: String,
    /// To whom
    pub to: String,
    /// Subject
    pub subject: String,
    /// When, in words
    pub sent: String,
}

/// A mail of the demo's inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxMail {
    /// To whom
    pub to: String,
    /// Subject
    pub subject: String,
    /// When, in words
    pub sent: String,
    /// The plain text
    pub text: String,
}
