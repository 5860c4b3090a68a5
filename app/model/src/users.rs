use serde::{Deserialize, Serialize};

use crate::{ReviewProgress, RoleLabel, RoleRef, UserId};

/// The one status of a user, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Can sign in.
    Active,
    /// Has a link to set the password.
    Invited,
    /// The link ended before it was used.
    InvitationExpired,
    /// Switched off.
    Deactivated,
    /// Guessed at too often; opens by itself.
    Locked,
}

impl UserStatus {
    /// All, in the order of the filter.
    pub const ALL: [Self; 5] =
        [Self::Active, Self::Invited, Self::InvitationExpired, Self::Deactivated, Self::Locked];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::InvitationExpired => "expired",
            Self::Deactivated => "deactivated",
            Self::Locked => "locked",
        }
    }

    /// Reads a value from an address.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.key() == key)
    }
}

/// By what the list of users is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortKey {
    /// By name
    #[default]
    Name,
    /// By email
    Email,
    /// By the last time seen
    LastSeen,
}

impl SortKey {
    /// All, in the order of the columns.
    pub const ALL: [Self; 3] = [Self::Name, Self::Email, Self::LastSeen];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::LastSeen => "last_seen",
        }
    }
}

/// What a list of users is asked for, as it stands in the page's address. Anything the
/// address has wrong counts as not given, so that a mangled link still shows a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersQuery {
    /// Part of the name, or the beginning of the email or contact number.
    pub q: String,
    /// Only this status.
    pub status: Option<UserStatus>,
    /// Only this role.
    pub role: Option<RoleRef>,
    /// Sort
    pub sort: SortKey,
    /// From the end of the alphabet, or the latest first.
    pub descending: bool,
    /// The page after this row.
    pub after: Option<String>,
    /// The page before this row.
    pub before: Option<String>,
}

impl UsersQuery {
    /// The longest search text, in characters.
    pub const MAX_Q: usize = 100;

    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").unwrap_or_default();
        let (key, descending) = match sort.strip_prefix('-') {
            Some(key) => (key, true),
            None => (sort.as_str(), false),
        };
        Self {
            q: get("q").unwrap_or_default().trim().chars().take(Self::MAX_Q).collect(),
            status: get("status").and_then(|s| UserStatus::from_key(&s)),
            role: get("role").and_then(|r| RoleRef::from_key(&r)),
            sort: SortKey::ALL.into_iter().find(|s| s.key() == key).unwrap_or_default(),
            descending,
            after: get("after").filter(|c| !c.is_empty()),
            before: get("before").filter(|c| !c.is_empty()),
        }
    }

    /// The parameters of the address, only those that are not the default.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.q.is_empty() {
            pairs.push(("q", self.q.clone()));
        }
        if let Some(status) = self.status {
            pairs.push(("status", status.key().to_owned()));
        }
        if let Some(role) = self.role {
            pairs.push(("role", role.key()));
        }
        if self.sort != SortKey::default() || self.descending {
            pairs.push(("sort", format!("{}{}", if self.descending { "-" } else { "" }, self.sort.key())));
        }
        if let Some(after) = &self.after {
            pairs.push(("after", after.clone()));
        }
        if let Some(before) = &self.before {
            pairs.push(("before", before.clone()));
        }
        pairs
    }

    /// Whether anything narrows the list.
    pub const fn is_filtered(&self) -> bool {
        !self.q.is_empty() || self.status.is_some() || self.role.is_some()
    }
}

/// A number of rows, counted up to a limit so that no list waits for a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The rows counted
    pub n: u32,
    /// There are more.
    pub more: bool,
}

impl core::fmt::Display for Count {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}{}", self.n, if self.more { "+" } else { "" })
    }
}

/// One page of a list, with the cursors of its neighbours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: Count,
    /// Cursor of the previous page.
    pub before: Option<String>,
    /// Cursor of the next page.
    pub after: Option<String>,
}

/// Limits on what a person orders, written for people; `None` is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budgets {
    /// Per order, gross with shipping.
    pub per_order: Option<String>,
    /// Per calendar month in the company's time zone.
    pub per_month: Option<String>,
}

/// A row of *Shop users*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Id
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// The ERP's number for the person; empty when the ERP doesn't know the person.
    pub contact_number: String,
    /// Status
    pub status: UserStatus,
    /// Roles
    pub roles: Vec<RoleLabel>,
    /// Budgets
    pub budgets: Budgets,
    /// In words; empty for never.
    pub last_seen: String,
    /// The person looking.
    pub you: bool,
}

/// A row of *ERP contacts*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    /// The ERP's number for the person.
    pub contact_number: String,
    /// Full name
    pub name: String,
    /// May be missing in the ERP.
    pub email: Option<String>,
}

/// The list of ERP contacts, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactsBlock {
    /// The ERP answered: those who are not users yet.
    Fresh(Vec<ContactRow>),
    /// The ERP does not answer: those whom it named last.
    Stale {
        /// When it did, in words.
        as_of: String,
        /// Those who are not users yet.
        rows: Vec<ContactRow>,
    },
    /// The ERP does not answer, and it is not known what it said last.
    Unavailable,
}

/// A row of *Invitations*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The invited user.
    pub user: UserId,
    /// Full name
    pub name: String,
    /// Where it went.
    pub email: String,
    /// Who invited.
    pub invited_by: String,
    /// When it was sent, in words; empty while it waits in the outbox.
    pub sent: String,
    /// When it ends or ended, in words; empty while it waits in the outbox.
    pub expires: String,
    /// It ended.
    pub expired: bool,
}

/// How many users of each kind a company has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserCounts {
    /// All
    pub all: Count,
    /// Who can sign in
    pub active: Count,
    /// Invitations open and ended
    pub invitations: Count,
    /// Open requests for access
    pub requests: Count,
    /// ERP contacts that are not users yet; 0 when the ERP does not answer.
    pub contacts: u32,
    /// Differences from the ERP that wait; 0 when the ERP does not answer, and for who may not change users.
    pub differences: Count,
}

/// The page *Users management*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersPage {
    /// The company's name.
    pub company: String,
    /// The shop users.
    pub users: Page<UserRow>,
    /// The numbers on the tabs and cards
    pub counts: UserCounts,
    /// Contacts that are not users yet; the first few.
    pub contacts: ContactsBlock,
    /// The roles that the company made itself, by name.
    pub own_roles: Vec<RoleLabel>,
    /// How far a review of access is that is due; none when none is, and for who may not do it.
    pub review: Option<ReviewProgress>,
    /// Whether the person looking may change users.
    pub can_manage: bool,
}

/// The pages *ERP contacts*, *Access requests* and *Invitations*: one of the lists beside the shop users.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideList<T> {
    /// The company's name.
    pub company: String,
    /// The numbers on the tabs
    pub counts: UserCounts,
    /// The list
    pub list: T,
    /// Whether the person looking may change users.
    pub can_manage: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn an_address_reads_back_as_it_was_written() {
        let query = UsersQuery {
            q: "an".into(),
            status: Some(UserStatus::Invited),
            role: Some(Role::Buyer.into()),
            sort: SortKey::LastSeen,
            descending: true,
            after: Some("c".into()),
            before: None,
        };
        let pairs = query.pairs();
        let read = UsersQuery::read(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
        assert_eq!(read, query);
        assert_eq!(UsersQuery::read(|_| Some("nonsense".into())).status, None);
    }
}
