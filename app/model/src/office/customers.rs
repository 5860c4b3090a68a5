use serde::{Deserialize, Serialize};

use crate::{CompanyId, Page, ResultId, RoleLabel, UserId, UserStatus};

/// What the list of customers is asked for, as it stands in the page's address. Anything the address has
/// wrong counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomersQuery {
    /// Beginning of a word of number, name, or a contact's name or email.
    pub q: String,
    /// Only with Customer center, or only without.
    pub center: Option<bool>,
    /// Only customers with access, or only without.
    pub access: Option<bool>,
    /// Only customers with an open company in the portal, or only without.
    pub company: Option<bool>,
    /// The page after this row.
    pub after: Option<String>,
    /// The page before this row.
    pub before: Option<String>,
}

impl CustomersQuery {
    /// The longest search text, in characters.
    pub const MAX_Q: usize = 100;

    /// Reads the parameters of an address, given by a look-up.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let choice = |name| match get(name).as_deref() {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        };
        // A place is a customer number's key.
        let place = |name| get(name).filter(|key| !key.is_empty() && key.chars().count() <= 40);
        Self {
            q: get("q").unwrap_or_default().trim().chars().take(Self::MAX_Q).collect(),
            center: choice("center"),
            access: choice("access"),
            company: choice("company"),
            after: place("after"),
            before: place("before"),
        }
    }

    /// The parameters of the address, only those that are not the default.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let choice = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let text = Some(self.q.clone()).filter(|q| !q.is_empty());
        [
            ("q", text),
            ("center", self.center.map(choice)),
            ("access", self.access.map(choice)),
            ("company", self.company.map(choice)),
            ("after", self.after.clone()),
            ("before", self.before.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

/// Whether somebody of a customer can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerAccess {
    /// Nobody has access.
    No,
    /// Somebody has, or is invited.
    Yes,
    /// The customer's company was closed: its last main contact's access was taken back.
    Closed,
}

/// A row of *Customers*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// As the ERP writes it.
    pub number: String,
    /// Company name
    pub name: String,
    /// Whether the customer's people are managed by the customer itself.
    pub customer_center: bool,
    /// Who administers it; empty without Customer center.
    pub administrator: String,
    /// Whether somebody can sign in.
    pub access: CustomerAccess,
}

/// The page *Customers*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomersPage {
    /// The customers
    pub customers: Page<CustomerRow>,
    /// The ERP finds customers by their whole number only.
    pub by_number_only: bool,
    /// Whether the reader may give access.
    pub can_manage: bool,
}

/// What stands at the head of all pages of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerHead {
    /// As the ERP writes it.
    pub number: String,
    /// Company name
    pub name: String,
    /// Whether the reader may give access.
    pub can_manage: bool,
}

/// A customer's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRecord {
    /// Head
    pub head: CustomerHead,
    /// Whether the customer's people are managed by the customer itself.
    pub customer_center: bool,
    /// Who administers it; empty without Customer center.
    pub administrator: String,
    /// Currency of its prices.
    pub currency: String,
    /// Language of its correspondence, by its own name.
    pub language: String,
    /// Whether somebody can sign in.
    pub access: CustomerAccess,
    /// Its company in the portal
    pub company: Option<CompanyId>,
    /// The path of the company's own sign-in page; empty without a company.
    pub sign_in: String,
    /// How many have access or are invited, up to a hundred.
    pub people: usize,
    /// Its people in the ERP, by name.
    pub contacts: Vec<CustomerContact>,
}

/// A person at a customer in the ERP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerContact {
    /// As the ERP writes it.
    pub number: String,
    /// Full name
    pub name: String,
    /// Empty when the ERP has none.
    pub email: String,
    /// Main contact in the ERP.
    pub is_main: bool,
    /// The status in the portal, of who has access or had it.
    pub status: Option<UserStatus>,
}

/// A customer's invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerInvoices {
    /// Head
    pub head: CustomerHead,
    /// The latest first.
    pub invoices: Vec<CustomerInvoice>,
}

/// An invoice, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerInvoice {
    /// As the ERP writes it.
    pub number: String,
    /// The day on it.
    pub date: String,
    /// Gross
    pub total: String,
}

/// The page *Access* of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPage {
    /// Head
    pub head: CustomerHead,
    /// Whether the customer's people are managed by the customer itself.
    pub customer_center: bool,
    /// Whether somebody can sign in.
    pub access: CustomerAccess,
    /// Who has access or is invited, at most a hundred, by name.
    pub people: Vec<AccessPerson>,
    /// Whoever can be given access, at most a hundred.
    pub boxes: Vec<AccessBox>,
    /// There may be more of the one or the other.
    pub cut: bool,
    /// Roles on offer; none for customers without Customer center.
    pub roles: Vec<RoleLabel>,
}

/// Somebody with access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPerson {
    /// Who
    pub user: UserId,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// Status
    pub status: UserStatus,
    /// Roles; none for customers without Customer center.
    pub roles: Vec<RoleLabel>,
    /// The invitation, for who never signed in.
    pub invitation: AccessInvitation,
    /// Taking this person's access back closes the company.
    pub last: bool,
}

/// How far the invitation of somebody with access is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessInvitation {
    /// None was sent.
    None,
    /// It is about to be sent.
    Waits,
    /// When it ends or ended, in words.
    Until(String),
}

/// What *Give access* starts with for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessBox {
    /// The ERP's number for the person; empty for the administrator that the ERP knows by address only.
    pub contact_number: String,
    /// Full name; empty for that administrator.
    pub name: String,
    /// Empty when the ERP has none.
    pub email: String,
    /// Ticked at first.
    pub ticked: bool,
    /// Key of the role chosen at first.
    pub role: String,
    /// The address has a login already, which keeps its password.
    pub has_login: bool,
}

/// *Give access* as it was filled in for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessInput {
    /// Whether this person is to have access.
    pub ticked: bool,
    /// The ERP's number for the person; empty for the administrator that the ERP knows by address only.
    pub contact_number: String,
    /// Full name; only read for that administrator.
    pub name: String,
    /// Login
    pub email: String,
    /// Key of the role; not read for customers without Customer center.
    pub role: String,
}

/// What came of giving many access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessResult {
    /// Id
    pub id: ResultId,
    /// "3 given, 1 to correct"
    pub summary: String,
    /// Nothing needs correcting.
    pub all_done: bool,
    /// Rows that wait for being given access.
    pub ready: usize,
    /// They are being worked on at this moment.
    pub working: bool,
    /// One for each row.
    pub lines: Vec<AccessLine>,
}

/// What came of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLine {
    /// Line of the sheet; 0 without one.
    pub line: u64,
    /// Customer number as it was typed.
    pub customer: String,
    /// Who
    pub person: String,
    /// The customer's page; empty where the customer is not known.
    pub href: String,
    /// Done, or can be done.
    pub good: bool,
    /// "Given", "To correct"
    pub mark: String,
    /// What to correct; may be empty.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_and_ignores_what_is_wrong() {
        let query = CustomersQuery {
            q: "berg".to_owned(),
            center: Some(true),
            access: Some(false),
            company: Some(true),
            after: Some("AW1".to_owned()),
            before: None,
        };
        let pairs = query.pairs();
        let get = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| value.clone());
        assert_eq!(CustomersQuery::read(get), query);
        let odd = CustomersQuery::read(|name| {
            Some(if name == "after" { "1".repeat(41) } else { "maybe".to_owned() })
        });
        assert_eq!((odd.center, odd.access, odd.company, odd.after), (None, None, None, None));
    }
}
