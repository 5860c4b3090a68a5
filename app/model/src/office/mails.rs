//! Mails that wait, were sent or were given up, as the Back Office shows them.

use serde::{Deserialize, Serialize};

use crate::{CompanyId, Day, MailId, Page, ResultId, StaffId, UserId};

/// The longest note of an address whose mails come back, in characters.
pub const BOUNCE_NOTE_MAX: usize = 300;

/// How a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// Was not tried yet.
    Waiting,
    /// Is being sent at this moment.
    Sending,
    /// Could not be sent, and is tried again.
    Failed,
    /// The mail server took it.
    Sent,
    /// Was given up.
    Dead,
    /// Was not sent, because its reason was gone or its time over.
    Dropped,
}

impl MailState {
    /// All, in the order of the filter.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Sending, Self::Failed, Self::Sent, Self::Dead, Self::Dropped];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Dropped => "dropped",
        }
    }

    /// Reads a value from an address.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// What the list is asked for, as it stands in the page's address; the latest mails come first. Anything the
/// address has wrong counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailsQuery {
    /// Beginning of the recipient's address, of a word of the company's name, or of its customer number.
    pub q: String,
    /// Only mails that stand so.
    pub state: Option<MailState>,
    /// Only mails of this kind: the name of one, or empty.
    pub kind: String,
    /// Only mails to addresses that a note says send them back.
    pub bounces: bool,
    /// Asked for from this day on, in the shop's time zone.
    pub from: Option<Day>,
    /// Asked for up to this day, which is included.
    pub to: Option<Day>,
    /// The page of older mails that begins after this one.
    pub after: Option<String>,
    /// The page of newer mails that ends before this one.
    pub before: Option<String>,
}

impl MailsQuery {
    /// The longest search text, in characters.
    pub const MAX_Q: usize = 100;

    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            q: text("q").unwrap_or_default().trim().chars().take(Self::MAX_Q).collect(),
            state: text("state").and_then(|key| MailState::from_key(&key)),
            kind: text("kind").unwrap_or_default(),
            bounces: text("bounces").is_some_and(|value| value == "yes"),
            from: text("from").and_then(|day| Day::parse(&day)),
            to: text("to").and_then(|day| Day::parse(&day)),
            after: text("after"),
            before: text("before"),
        }
    }

    /// The parameters of the address, only those that are given.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let day = |day: &Option<Day>| day.as_ref().map(ToString::to_string);
        let all = [
            ("q", given(&self.q)),
            ("state", self.state.map(|state| state.key().to_owned())),
            ("kind", given(&self.kind)),
            ("bounces", self.bounces.then(|| "yes".to_owned())),
            ("from", day(&self.from)),
            ("to", day(&self.to)),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailsPage {
    /// Its mails, the latest first.
    pub mails: Page<MailRow>,
    /// The kinds that the list can be narrowed to: key and words.
    pub kinds: Vec<(String, String)>,
    /// Whether the reader may send mails again.
    pub can_manage: bool,
}

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// Which
    pub id: MailId,
    /// What mail it is, in words.
    pub name: String,
    /// To whom
    pub recipient: String,
    /// The company or customer that it is about; may be empty.
    pub company: String,
    /// How it stands
    pub state: MailState,
    /// Why it stands so, in words; may be empty.
    pub reason: String,
    /// When it was asked for, in words.
    pub when: String,
    /// Mails to this address come back.
    pub bounces: bool,
}

/// Where what a mail says comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailContent {
    /// As it was sent, secrets masked.
    AsSent,
    /// It was not sent: as it would be written now, secrets masked.
    AsItWould,
    /// It is not kept any more, or can't be written.
    Gone,
}

/// What can be done with a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAgain {
    /// It can be sent again, as a fresh mail.
    Resend,
    /// It was given up and can be taken up again.
    Retry,
    /// Neither, for this reason, in words.
    No(String),
}

/// What was noted of an address whose mails come back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BounceNote {
    /// What was said about it
    pub note: String,
    /// Who noted it
    pub who: String,
    /// When, in words.
    pub when: String,
}

/// The page of one mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRecord {
    /// Which
    pub id: MailId,
    /// What mail it is, in words.
    pub name: String,
    /// To whom
    pub recipient: String,
    /// In which language, by its own name.
    pub language: String,
    /// Its subject, where what it said is known.
    pub subject: String,
    /// Where what it says comes from.
    pub content: MailContent,
    /// How it stands
    pub state: MailState,
    /// Why it stands so, in words; may be empty.
    pub reason: String,
    /// How often sending it was tried.
    pub attempts: u32,
    /// When it was asked for, in words.
    pub asked: String,
    /// When it was sent, in words; empty if it was not.
    pub sent: String,
    /// When it is tried next, in words; empty if it is not.
    pub next: String,
    /// The company that it is about
    pub company: Option<(CompanyId, String)>,
    /// The user that it is about
    pub person: Option<(UserId, String)>,
    /// The colleague that it is about
    pub colleague: Option<(StaffId, String)>,
    /// The mail that it repeats, while that is kept.
    pub repeats: Option<MailId>,
    /// The latest mail that repeats it
    pub repeated: Option<MailId>,
    /// What was noted of the address
    pub bounce: Option<BounceNote>,
    /// What can be done with it
    pub again: MailAgain,
    /// Whether the reader may do that.
    pub can_manage: bool,
}

/// What came of taking several mails up again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailsResult {
    /// Which
    pub id: ResultId,
    /// How many, in words.
    pub summary: String,
    /// None was left alone.
    pub all_done: bool,
    /// A row for each
    pub lines: Vec<MailLine>,
}

/// What came of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    /// Which; `None` when there is none.
    pub mail: Option<MailId>,
    /// What mail it is, in words.
    pub name: String,
    /// To whom
    pub recipient: String,
    /// Whether it was taken up.
    pub good: bool,
    /// Why not, in words.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_nonsense_counts_as_not_given() {
        let query = MailsQuery {
            q: "ann".to_owned(),
            state: Some(MailState::Dead),
            kind: "password_reset".to_owned(),
            bounces: true,
            from: Day::parse("2026-11-01"),
            to: Day::parse("2026-11-30"),
            after: Some("x".to_owned()),
            before: None,
        };
        let pairs = query.pairs();
        let read = MailsQuery::read(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
        assert_eq!(read, query);
        let wrong = MailsQuery::read(|k| (k != "q" && k != "kind").then(|| "nothing".to_owned()));
        assert_eq!((wrong.state, wrong.bounces, wrong.from), (None, false, None));
        for state in MailState::ALL {
            assert_eq!(MailState::from_key(state.key()), Some(state));
        }
    }
}
