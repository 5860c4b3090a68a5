//! Companies and users, as the Back Office shows them.

use serde::{Deserialize, Serialize};

use crate::{BounceNote, CompanyId, Count, Email, Page, RoleLabel, UserId, UserStatus};

/// The longest reason for a view of the portal, in characters.
pub const VIEW_REASON_MAX: u32 = 300;

/// Which list of the Back Office's users is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeopleList {
    /// Companies with Customer center.
    #[default]
    Companies,
    /// Users of customers without it.
    Business,
    /// Everybody who has an account.
    All,
}

impl PeopleList {
    /// All, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Companies, Self::Business, Self::All];

    /// The value in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Companies => "companies",
            Self::Business => "business",
            Self::All => "all",
        }
    }

    /// Reads a value from an address; anything else is the first list.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|list| list.key() == key).unwrap_or_default()
    }
}

/// What the list is asked for, as it stands in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Which list
    pub list: PeopleList,
    /// Beginning of a word of the name, or of the email or customer number.
    pub q: String,
    /// The page that begins after this row.
    pub after: Option<String>,
    /// The page that ends before this row.
    pub before: Option<String>,
}

impl PeopleQuery {
    /// The longest search text, in characters.
    pub const MAX_Q: usize = 100;

    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let text = |name: &str| get(name).filter(|value| !value.is_empty());
        Self {
            list: PeopleList::from_key(&text("list").unwrap_or_default()),
            q: text("q").unwrap_or_default().trim().chars().take(Self::MAX_Q).collect(),
            after: text("after"),
            before: text("before"),
        }
    }

    /// The parameters of the address, only those that are given.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let list = Some(self.list).filter(|list| *list != PeopleList::default());
        let all = [
            ("list", list.map(|list| list.key().to_owned())),
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value))).collect()
    }
}

/// A page of one of the lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeoplePage {
    /// Companies, by name.
    Companies(Page<OfficeCompanyRow>),
    /// People, by email.
    People(Page<PersonRow>),
}

/// A company in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCompanyRow {
    /// Which
    pub id: CompanyId,
    /// Its name
    pub name: String,
    /// Customer number
    pub number: String,
    /// How many users it has, switched on or off.
    pub users: Count,
    /// Whether anybody can act for it.
    pub active: bool,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Which
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// Where the person acts.
    pub places: Vec<PersonPlace>,
}

/// A company or customer for which a person acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPlace {
    /// The company; `None` for a customer without Customer center.
    pub company: Option<CompanyId>,
    /// Its name
    pub name: String,
    /// Customer number
    pub number: String,
    /// Whether the staff left the company open.
    pub open: bool,
    /// How the person stands there.
    pub status: UserStatus,
    /// The roles there
    pub roles: Vec<RoleLabel>,
    /// When last seen there, in words; empty for never.
    pub last_seen: String,
    /// Nobody else is an active main contact.
    pub last_main_contact: bool,
    /// A customer without company that has Customer center by now, so that the person belongs into it.
    pub moves: bool,
}

/// The page on which two accounts of one person are merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePage {
    /// The account whose page it is
    pub this: MergeAccount,
    /// What merging does; `None` while no other account is found.
    pub plan: Option<MergePlan>,
}

/// One of two accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeAccount {
    /// Which
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// Whether anybody can sign in with it.
    pub has_password: bool,
    /// Whether signing in with it takes a second step.
    pub second_step: bool,
}

/// What merging two accounts does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePlan {
    /// The account that stays
    pub kept: MergeAccount,
    /// The account that ends
    pub other: MergeAccount,
    /// Companies and customers of the two
    pub places: Vec<MergePlace>,
    /// Why it can't be done.
    pub obstacle: Option<MergeObstacle>,
    /// Stands for exactly this.
    pub seen: String,
}

/// What becomes of a company or customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergePlace {
    /// Its name
    pub name: String,
    /// What becomes of it
    pub outcome: MergeOutcome,
    /// Roles of the account that stays
    pub kept: Vec<RoleLabel>,
    /// Roles of the account that ends
    pub other: Vec<RoleLabel>,
    /// Roles afterwards
    pub roles: Vec<RoleLabel>,
}

/// What becomes of a company or customer when accounts are merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MergeOutcome {
    /// The account that stays has it as before.
    Stays,
    /// It comes from the account that ends.
    Comes,
    /// Both have it: roles come together.
    Joins,
    /// It could not be used, or is not needed beside a company.
    Ends,
}

/// Why two accounts can't be merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MergeObstacle {
    /// It is one account.
    Same,
    /// One of them is erased or merged already.
    Gone,
    /// Only the one that would end has a password.
    KeepTheOther,
    /// Neither has a password: both were only invited.
    NeverUsed,
    /// Only the one that would end has a second step.
    KeepTheSafer,
    /// They are business users of two customers, of which a login has only one.
    TwoCustomers,
    /// A company would be left without a main contact.
    NoMainContact {
        /// Its name
        company: String,
    },
}

/// The page of a code on paper for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePage {
    /// Which person
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// The person can act, so that a code stands for a new password.
    pub resets: bool,
    /// Where the person, who has no password yet, is invited to.
    pub places: Vec<CodePlace>,
    /// The code, right after it was made; nobody sees it a second time.
    pub code: Option<PrintedCode>,
}

/// A company or customer that somebody is invited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePlace {
    /// The company; `None` for a customer without Customer center.
    pub company: Option<CompanyId>,
    /// Its name
    pub name: String,
}

/// A code to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCode {
    /// As people read it
    pub code: String,
    /// Until when it can be used, in words
    pub until: String,
    /// Where it is typed
    pub address: String,
}

/// The page on which a business user is moved into a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovePage {
    /// Which person
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Customer number
    pub number: String,
    /// The customer's name; empty when the ERP has it no more.
    pub customer_name: String,
    /// Where to, or what stands in the way.
    pub into: MoveInto,
}

/// Where a business user can be moved, or what stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoveInto {
    /// Into the customer's company.
    Company {
        /// Its name
        name: String,
        /// The roles that can be given.
        roles: Vec<RoleLabel>,
    },
    /// Into a company that is made for it, as its main contact.
    NewCompany,
    /// There is no company yet, and somebody else makes it.
    OnlyAdministrator {
        /// Who does; `None` when the ERP names nobody.
        email: Option<String>,
    },
    /// The company is closed.
    Closed,
    /// The customer has no Customer center.
    NoCenter,
    /// The person is switched off.
    SwitchedOff,
}

/// The page of one company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeCompanyPage {
    /// Which
    pub id: CompanyId,
    /// Its name
    pub name: String,
    /// Customer number
    pub number: String,
    /// The part of its own sign-in address.
    pub slug: String,
    /// Currency code
    pub currency: String,
    /// Time zone, an IANA name.
    pub time_zone: String,
    /// Since when it is there, in words.
    pub created: String,
    /// Whether anybody can act for it.
    pub active: bool,
    /// Whether it has an active main contact.
    pub managed: bool,
    /// Its users, by name.
    pub users: Page<CompanyUserRow>,
    /// Whether the reader may change it.
    pub can_manage: bool,
}

/// A user of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyUserRow {
    /// Which
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// How the user stands
    pub status: UserStatus,
    /// Roles held
    pub roles: Vec<RoleLabel>,
    /// When last seen, in words; empty for never.
    pub last_seen: String,
}

/// The page of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// Which
    pub id: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: Email,
    /// Language, a tag.
    pub language: String,
    /// Since when there is the account, in words.
    pub created: String,
    /// Browsers that the person is signed in with.
    pub sessions: u32,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether a second step of signing in is set up.
    pub second_step: bool,
    /// What was kept of the person was erased.
    pub erased: bool,
    /// The account that this one was merged into, with its name.
    pub merged_into: Option<(UserId, String)>,
    /// Where the person acts.
    pub places: Vec<PersonPlace>,
    /// What was noted of the address, if mails to it come back.
    pub bounce: Option<BounceNote>,
    /// Whether the reader may see mails.
    pub can_see_mails: bool,
    /// Whether the reader may change the person.
    pub can_manage: bool,
    /// Whether the reader may see the portal as the person.
    pub can_view: bool,
    /// Whether the reader may hand out and erase what is kept.
    pub can_privacy: bool,
}

/// Somebody of the staff sees the portal as the viewer, as the banner of every page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewedAs {
    /// Whether changes are allowed.
    pub acts: bool,
    /// When it ends, in words.
    pub until: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_and_nonsense_is_the_first_list() {
        let query = PeopleQuery {
            list: PeopleList::All,
            q: "ann".to_owned(),
            after: Some("x".to_owned()),
            before: None,
        };
        let pairs = query.pairs();
        let read = PeopleQuery::read(|k| pairs.iter().find(|(n, _)| *n == k).map(|(_, v)| v.clone()));
        assert_eq!(read, query);
        let long = PeopleQuery::read(|_| Some("ä".repeat(200)));
        assert_eq!((long.list, long.q.chars().count()), (PeopleList::Companies, PeopleQuery::MAX_Q));
    }
}
