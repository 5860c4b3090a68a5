use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{Page, UserId};

/// What entries of the activity are about, as its filter offers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivityKind {
    /// Who gets in: invitations, activating and deactivating.
    People,
    /// Roles, budgets and data of people.
    Changes,
    /// Signing in and out, passwords, email addresses.
    SigningIn,
    /// The company as a whole.
    Company,
}

impl ActivityKind {
    /// All, in the order of the filter.
    pub const ALL: [Self; 4] = [Self::People, Self::Changes, Self::SigningIn, Self::Company];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Changes => "changes",
            Self::SigningIn => "signing_in",
            Self::Company => "company",
        }
    }

    /// Reads a value from an address.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
}

/// A filter by kind: only this one or, with a hyphen before it, everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindFilter {
    /// The kind
    pub kind: ActivityKind,
    /// Everything but this kind.
    pub without: bool,
}

impl KindFilter {
    /// Reads a value from an address: `people`, `-signing_in`.
    pub fn from_key(key: &str) -> Option<Self> {
        let (kind, without) = match key.strip_prefix('-') {
            Some(kind) => (kind, true),
            None => (key, false),
        };
        Some(Self { kind: ActivityKind::from_key(kind)?, without })
    }

    /// The value in addresses.
    pub fn key(self) -> String {
        let hyphen = if self.without { "-" } else { "" };
        [hyphen, self.kind.key()].concat()
    }
}

/// A day of the calendar, as date fields write it: `2026-11-22`. From 1970 to 9998.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(String);

impl Day {
    /// Reads a day. `None` for anything else, also for days that no calendar has.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |part: &[u8]| {
            part.iter().try_fold(0_u32, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
            })
        };
        let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        ((1970..=9998).contains(&year) && (1..=days).contains(&day)).then(|| Self(text.to_owned()))
    }

    /// `2026-11-22`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a list of activity is asked for, as it stands in the page's address; the latest entries
/// come first. Anything the address has wrong counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivityQuery {
    /// Who did it or to whom it was done: part of the name, or the beginning of the email.
    pub person: String,
    /// Only these entries, or all but these.
    pub kind: Option<KindFilter>,
    /// From this day on, in the reader's time zone.
    pub from: Option<Day>,
    /// Up to this day, which is included.
    pub to: Option<Day>,
    /// The page of older entries that begins after this one.
    pub after: Option<String>,
    /// The page of newer entries that ends before this one.
    pub before: Option<String>,
}

impl ActivityQuery {
    /// The longest search text, in characters.
    pub const MAX_PERSON: usize = 100;

    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        let person = text("person").unwrap_or_default();
        Self {
            person: person.trim().chars().take(Self::MAX_PERSON).collect(),
            kind: text("kind").and_then(|k| KindFilter::from_key(&k)),
            from: text("from").and_then(|d| Day::parse(&d)),
            to: text("to").and_then(|d| Day::parse(&d)),
            after: text("after"),
            before: text("before"),
        }
    }

    /// The parameters of the address, only those that are given.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let day = |day: &Option<Day>| day.as_ref().map(ToString::to_string);
        let all = [
            ("person", Some(self.person.clone()).filter(|p| !p.is_empty())),
            ("kind", self.kind.map(KindFilter::key)),
            ("from", day(&self.from)),
            ("to", day(&self.to)),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }

    /// Whether anything narrows the list.
    pub const fn is_filtered(&self) -> bool {
        !self.person.is_empty() || self.kind.is_some() || self.from.is_some() || self.to.is_some()
    }
}

/// An entry of the activity, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// When, as RFC 3339.
    pub at: String,
    /// When, in words.
    pub when: String,
    /// Who did it.
    pub who: String,
    /// The path of the page of who did it, if the reader may open it.
    pub who_page: Option<String>,
    /// What was done, up to the person it was done to.
    pub before: String,
    /// To whom it was done, if the sentence names somebody.
    pub person: Option<ActivityPerson>,
    /// The rest of the sentence.
    pub after: String,
    /// What is different now, a line each.
    pub changes: Vec<ActivityChange>,
    /// The network it came from (/24 or /64); empty when nobody asked for it.
    pub network: String,
    /// In which company, where entries of several are listed.
    pub place: Option<ActivityPlace>,
    /// The event by its key, where entries can be filtered by it; else empty.
    pub event: String,
    /// The user whom *Undo* activates again; `None` when it can't be taken back, or not any more.
    pub undo: Option<UserId>,
}

/// Whom a sentence is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPerson {
    /// Full name
    pub name: String,
    /// The path of the person's page, if the reader may open it.
    pub page: Option<String>,
}

/// The company of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPlace {
    /// Its name
    pub name: String,
    /// Its customer number
    pub number: String,
    /// The path of its page
    pub page: String,
}

/// A value that is different from before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityChange {
    /// What it is: "Roles".
    pub what: String,
    /// What it was; `None` when there was none.
    pub from: Option<String>,
    /// What it is now; `None` when there is none.
    pub to: Option<String>,
}

/// The page *Activity* of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// The company's name.
    pub company: String,
    /// The entries, the latest first.
    pub entries: Page<ActivityRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_days() {
        for good in ["2026-11-22", "2024-02-29", "2000-02-29", "1970-01-01", "9998-12-31"] {
            assert_eq!(Day::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "2026-11-2",
            "2026-11-31",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "1969-12-31",
            "9999-01-01",
            "+026-11-22",
            "2026/11/22",
            "2026-11-22T00",
            "２０２６-11-22",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let query = ActivityQuery {
            person: "ann".into(),
            kind: Some(KindFilter { kind: ActivityKind::SigningIn, without: true }),
            from: Day::parse("2026-11-01"),
            to: Day::parse("2026-11-22"),
            after: Some("c".into()),
            before: None,
        };
        let pairs = query.pairs();
        assert!(pairs.contains(&("kind", "-signing_in".to_owned())));
        let read = ActivityQuery::read(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
        assert_eq!(read, query);
        for kind in ActivityKind::ALL {
            assert_eq!(KindFilter::from_key(kind.key()), Some(KindFilter { kind, without: false }));
        }
    }

    #[test]
    fn what_an_address_has_wrong_counts_as_not_given() {
        let query = ActivityQuery::read(|name| Some(if name == "person" { "" } else { "--nonsense" }.into()));
        assert!(!query.is_filtered());
        let long = ActivityQuery::read(|name| (name == "person").then(|| "ä".repeat(200)));
        assert_eq!(long.person.chars().count(), ActivityQuery::MAX_PERSON);
    }
}
