use serde::{Deserialize, Serialize};

use crate::{ActivityRow, Day, Page};

/// Who does what the trail tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DoerKind {
    /// Users of the portal
    User,
    /// The merchant's staff
    Staff,
    /// The portal itself, and whoever was not signed in yet: by a password, a link or a code.
    System,
}

impl DoerKind {
    /// All, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::User, Self::Staff, Self::System];

    /// The value in addresses and in the trail.
    pub const fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    /// Reads a value from an address.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// What a filter looks for or, with a hyphen before it, leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Without the hyphen; empty for no filter.
    pub text: String,
    /// Everything but this.
    pub without: bool,
}

impl Sought {
    /// The longest text, in characters.
    pub const MAX: usize = 100;

    /// Reads a value from an address: `bau`, `-bau`.
    pub fn read(value: &str) -> Self {
        let value = value.trim();
        let (text, without) = value.strip_prefix('-').map_or((value, false), |text| (text, true));
        let text: String = text.trim().chars().take(Self::MAX).collect();
        Self { without: without && !text.is_empty(), text }
    }

    /// The value in addresses; `None` for no filter.
    pub fn key(&self) -> Option<String> {
        let hyphen = if self.without { "-" } else { "" };
        (!self.text.is_empty()).then(|| [hyphen, &self.text].concat())
    }
}

/// What the whole trail is asked for, as it stands in the page's address. Anything the address has wrong counts as
/// not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only entries of this kind or event, by its key; empty for all.
    pub event: String,
    /// No entries of this kind or event.
    pub without: String,
    /// Done by whom: a [`DoerKind`].
    pub by: Sought,
    /// In which company: customer number, or the beginning of a word of the name.
    pub company: Sought,
    /// Done by or to whom: email, or the beginning of a word of the name.
    pub person: Sought,
    /// From this day on, in the shop's time zone.
    pub from: Option<Day>,
    /// Up to this day, which is included.
    pub to: Option<Day>,
    /// The page of older entries that begins after this one.
    pub after: Option<String>,
    /// The page of newer entries that ends before this one.
    pub before: Option<String>,
}

impl AuditQuery {
    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        let key = |name: &str| text(name).filter(|key| key.len() <= Sought::MAX).unwrap_or_default();
        let sought = |name: &str| Sought::read(&text(name).unwrap_or_default());
        let by = sought("by");
        Self {
            event: key("event"),
            without: key("without"),
            by: if DoerKind::from_key(&by.text).is_some() { by } else { Sought::default() },
            company: sought("company"),
            person: sought("person"),
            from: text("from").and_then(|d| Day::parse(&d)),
            to: text("to").and_then(|d| Day::parse(&d)),
            after: text("after"),
            before: text("before"),
        }
    }

    /// The parameters of the address, only those that are given.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let day = |day: &Option<Day>| day.as_ref().map(ToString::to_string);
        let all = [
            ("event", given(&self.event)),
            ("without", given(&self.without)),
            ("by", self.by.key()),
            ("company", self.company.key()),
            ("person", self.person.key()),
            ("from", day(&self.from)),
            ("to", day(&self.to)),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

/// An event that entries can be filtered by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    /// The value in addresses
    pub key: String,
    /// In words
    pub words: String,
}

/// The page *Audit*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries, the latest first.
    pub entries: Page<ActivityRow>,
    /// The events that the trail has, for the filter.
    pub events: Vec<AuditEvent>,
    /// More companies or people fit what was typed than are looked for.
    pub too_many: bool,
}

/// How far a check of the chain has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainCheck {
    /// Nobody has checked yet.
    Never,
    /// Up to this entry everything is in order; there are more to check.
    Going {
        /// The last entry in order
        entry: i64,
        /// When it was checked, in words.
        when: String,
    },
    /// Everything was in order.
    Whole {
        /// The last entry that there was
        entry: i64,
        /// When it was checked, in words.
        when: String,
    },
    /// Not in order.
    Broken {
        /// The entry that is missing or was changed.
        entry: i64,
        /// When it was found, in words.
        when: String,
    },
}

/// The entries that were cut away from the beginning of the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainCut {
    /// The last one that is gone
    pub entry: i64,
    /// Its hash, from which the chain goes on.
    pub hash: String,
    /// When, in words.
    pub when: String,
}

/// The page *Chain and retention*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainPage {
    /// The last entry; 0 when there is none.
    pub last: i64,
    /// Its hash
    pub hash: String,
    /// What is gone, if anything is.
    pub cut: Option<ChainCut>,
    /// The last check
    pub check: ChainCheck,
    /// Years for which entries are kept; `None` is without end.
    pub years: Option<u32>,
    /// When a choice that was made lately begins to count, in words; `None` when it does.
    pub counts_from: Option<String>,
    /// The reader may choose how long entries are kept.
    pub can_choose: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let query = AuditQuery {
            event: "company_closed".into(),
            without: "signing_in".into(),
            by: Sought { text: "staff".into(), without: true },
            company: Sought { text: "10402-0".into(), without: false },
            person: Sought { text: "kim@bau.example".into(), without: true },
            from: Day::parse("2026-11-01"),
            to: Day::parse("2026-11-22"),
            after: Some("c".into()),
            before: None,
        };
        let pairs = query.pairs();
        assert!(pairs.contains(&("by", "-staff".to_owned())));
        let read = AuditQuery::read(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
        assert_eq!(read, query);
    }

    #[test]
    fn what_an_address_has_wrong_counts_as_not_given() {
        let query = AuditQuery::read(|name| Some(if name == "by" { "-nobody" } else { " - " }.into()));
        assert_eq!((query.by.key(), query.company.key(), query.person.key()), (None, None, None));
        assert_eq!((query.from, query.to), (None, None));
        let long = AuditQuery::read(|name| (name == "person").then(|| "-".to_owned() + &"ä".repeat(200)));
        assert_eq!((long.person.text.chars().count(), long.person.without), (Sought::MAX, true));
    }
}
