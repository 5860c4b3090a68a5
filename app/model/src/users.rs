use serde::{Deserialize, Serialize};

use crate::{
    ColleagueStep, Currency, Email, FieldError, FieldIssue, Grants, Money, MoneyError, PersonName,
    ReviewProgress, RoleLabel, RoleRef, Salutation, UserId,
};

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
    /// The ERP does not answer.
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

/// A role as a form offers it to the person filling it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormRole {
    /// The role
    pub label: RoleLabel,
    /// What it allows
    pub grants: Grants,
    /// Whether it is ticked.
    pub held: bool,
    /// Why it can't be changed, if it can't.
    pub fixed: Option<FixedRole>,
}

/// Why a role can't be ticked or unticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixedRole {
    /// The person giving it lacks a right in it.
    Lacking,
    /// Own roles are changed by somebody else.
    Own,
    /// The company needs a main contact.
    LastMainContact,
}

/// What the forms Edit, Add from ERP and Request start with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserFormPage {
    /// How to address the person.
    pub salutation: Salutation,
    /// Full name
    pub name: String,
    /// Login; empty when the ERP has none.
    pub email: String,
    /// Roles on offer
    pub roles: Vec<FormRole>,
    /// As an input field shows it.
    pub budget_order: String,
    /// As an input field shows it.
    pub budget_month: String,
    /// Currency sign of the budgets.
    pub currency: String,
    /// Whether the person filling it in may set budgets.
    pub budgets_editable: bool,
}

/// The page of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserDetail {
    /// Row of the list
    pub row: UserRow,
    /// The form
    pub form: UserFormPage,
    /// A new address that waits for its confirmation.
    pub pending_email: Option<String>,
    /// Changes with every edit; sent back so that nobody overwrites another's edit unseen.
    pub version: i64,
    /// When the account was made and by whom, in words.
    pub created: String,
    /// Whether the person looking may change this user.
    pub can_manage: bool,
    /// How the user's second step of signing in stands.
    pub second_step: ColleagueStep,
}

/// The form *Add user from ERP*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    /// As the ERP writes it.
    pub customer_number: String,
    /// As the ERP writes it.
    pub contact_number: String,
    /// The form, prefilled.
    pub form: UserFormPage,
}

/// A user form as it was sent: nothing is believed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserInput {
    /// Key of the salutation
    pub salutation: String,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// Keys of the roles
    pub roles: Vec<String>,
    /// Budgets
    pub budgets: BudgetInput,
}

/// Budgets as they were sent. Empty and 0 are no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BudgetInput {
    /// Per order
    pub order: String,
    /// Per month
    pub month: String,
}

/// A user form that passed its checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidUser {
    /// How to address the person.
    pub salutation: Salutation,
    /// Full name
    pub name: PersonName,
    /// Login
    pub email: Email,
    /// At least one, each once. Whether the company has its own ones is left to the host.
    pub roles: Vec<RoleRef>,
    /// Minor units of the company's currency; `None` is no limit.
    pub budget_order: Option<i64>,
    /// Minor units of the company's currency; `None` is no limit.
    pub budget_month: Option<i64>,
}

impl UserInput {
    /// Checks every field at once.
    ///
    /// # Errors
    /// All fields that need correcting, in the order of the form.
    pub fn check(&self, currency: Currency) -> Result<ValidUser, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, issue| errors.push(FieldError { field: field.to_owned(), issue });

        let salutation = Salutation::from_key(&self.salutation);
        if salutation.is_none() {
            let missing = self.salutation.is_empty();
            note("salutation", if missing { FieldIssue::Required } else { FieldIssue::UnknownChoice });
        }
        let name = PersonName::parse(&self.name).map_err(|issue| note("name", issue)).ok();
        let email = Email::parse(&self.email).map_err(|e| note("email", e.into())).ok();
        let mut roles = Vec::new();
        for key in self.roles.iter().take(64) {
            match RoleRef::from_key(key) {
                Some(role) if !roles.contains(&role) => roles.push(role),
                Some(_) => {}
                None => {
                    note("roles", FieldIssue::UnknownChoice);
                    break;
                }
            }
        }
        if self.roles.is_empty() {
            note("roles", FieldIssue::RoleRequired);
        }
        let budget_order = budget(&self.budgets.order, currency).map_err(|e| note("budget_order", e)).ok();
        let budget_month = budget(&self.budgets.month, currency).map_err(|e| note("budget_month", e)).ok();

        match (salutation, name, email, budget_order, budget_month) {
            (Some(salutation), Some(name), Some(email), Some(budget_order), Some(budget_month))
                if errors.is_empty() =>
            {
                Ok(ValidUser { salutation, name, email, roles, budget_order, budget_month })
            }
            _ => Err(errors),
        }
    }
}

fn budget(text: &str, currency: Currency) -> Result<Option<i64>, FieldIssue> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match Money::parse(text, currency) {
        Ok(money) => Ok(Some(money.minor).filter(|minor| *minor > 0)),
        Err(MoneyError::Malformed) => Err(FieldIssue::AmountMalformed),
        Err(MoneyError::Negative) => Err(FieldIssue::AmountNegative),
        Err(MoneyError::TooLarge) => Err(FieldIssue::AmountTooLarge),
    }
}

impl From<crate::EmailError> for FieldIssue {
    fn from(error: crate::EmailError) -> Self {
        match error {
            crate::EmailError::Empty => Self::Required,
            crate::EmailError::Malformed => Self::EmailMalformed,
        }
    }
}

impl From<crate::NumberError> for FieldIssue {
    fn from(error: crate::NumberError) -> Self {
        match error {
            crate::NumberError::Empty => Self::Required,
            crate::NumberError::Malformed => Self::NumberMalformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn input() -> UserInput {
        UserInput {
            salutation: "none".into(),
            name: "Ines Moreau".into(),
            email: "ines@northwind.example".into(),
            roles: vec!["buyer".into()],
            budgets: BudgetInput { order: String::new(), month: "0".into() },
        }
    }

    #[test]
    fn empty_and_zero_budgets_are_no_limit() {
        let user = input().check(Currency::EUR).unwrap();
        assert_eq!((user.budget_order, user.budget_month), (None, None));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let bad = UserInput {
            salutation: "dr".into(),
            name: " ".into(),
            email: "ines".into(),
            roles: vec![],
            budgets: BudgetInput { order: "lots".into(), month: "-5".into() },
        };
        let errors = bad.check(Currency::EUR).unwrap_err();
        let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.issue)).collect();
        assert_eq!(
            found,
            [
                ("salutation", FieldIssue::UnknownChoice),
                ("name", FieldIssue::Required),
                ("email", FieldIssue::EmailMalformed),
                ("roles", FieldIssue::RoleRequired),
                ("budget_order", FieldIssue::AmountMalformed),
                ("budget_month", FieldIssue::AmountNegative),
            ]
        );
    }

    #[test]
    fn unknown_roles_are_refused_and_doubles_fold() {
        let mut form = input();
        form.roles = vec!["buyer".into(), "buyer".into()];
        assert_eq!(form.check(Currency::EUR).unwrap().roles, [Role::Buyer]);
        form.roles = vec!["buyer".into(), "owner".into()];
        assert_eq!(form.check(Currency::EUR).unwrap_err()[0].issue, FieldIssue::UnknownChoice);
    }

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
