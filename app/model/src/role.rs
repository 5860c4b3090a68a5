use serde::{Deserialize, Serialize};

use crate::{Grants, Permission, RoleId, Scope};

/// A built-in role of a company (product reference, §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the company: everything in it.
    MainContact,
    /// Approves orders, sees the company's orders.
    Approver,
    /// Orders within the budget, sees own orders.
    Buyer,
    /// Sees and pays invoices, sees the statement.
    Accountant,
    /// Reads the company's orders.
    Viewer,
}

impl Role {
    /// All built-in roles, in the order in which people choose them.
    pub const ALL: [Self; 5] =
        [Self::Buyer, Self::Approver, Self::Accountant, Self::Viewer, Self::MainContact];

    /// The name in forms and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::MainContact => "main_contact",
            Self::Approver => "approver",
            Self::Buyer => "buyer",
            Self::Accountant => "accountant",
            Self::Viewer => "viewer",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.key() == key)
    }

    /// What the role lets a person do.
    pub fn grants(self) -> Grants {
        use Permission as P;
        use Scope::{Company, Own};
        let list: &[(Permission, Scope)] = match self {
            Self::MainContact => return P::ALL.iter().map(|p| (*p, Company)).collect(),
            Self::Approver => &[
                (P::CatalogView, Company),
                (P::PricesView, Company),
                (P::OrdersView, Company),
                (P::OrdersApprove, Company),
            ],
            Self::Buyer => &[
                (P::CatalogView, Company),
                (P::PricesView, Company),
                (P::OrdersPlace, Own),
                (P::OrdersView, Own),
            ],
            Self::Accountant => {
                &[(P::InvoicesView, Company), (P::InvoicesPay, Company), (P::StatementView, Company)]
            }
            Self::Viewer => &[(P::CatalogView, Company), (P::OrdersView, Company)],
        };
        list.iter().copied().collect()
    }

    /// What several roles let a person do together.
    pub fn together(roles: &[Self]) -> Grants {
        roles.iter().flat_map(|r| r.grants().iter().collect::<Vec<_>>()).collect()
    }
}

/// A role that a user can have: a built-in one, or one that the company made itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum RoleRef {
    /// Built in
    BuiltIn(Role),
    /// The company's own
    Own(RoleId),
}

impl RoleRef {
    /// The value in forms and addresses.
    pub fn key(self) -> String {
        match self {
            Self::BuiltIn(role) => role.key().to_owned(),
            Self::Own(id) => id.to_string(),
        }
    }

    /// Reads a value of a form or address. Whether the company has such a role is another question.
    pub fn from_key(key: &str) -> Option<Self> {
        let own = || key.parse::<RoleId>().ok().filter(|id| id.to_string() == key).map(Self::Own);
        Role::from_key(key).map(Self::BuiltIn).or_else(own)
    }
}

impl From<Role> for RoleRef {
    fn from(role: Role) -> Self {
        Self::BuiltIn(role)
    }
}

impl From<RoleRef> for String {
    fn from(role: RoleRef) -> Self {
        role.key()
    }
}

impl TryFrom<String> for RoleRef {
    type Error = &'static str;

    fn try_from(key: String) -> Result<Self, Self::Error> {
        Self::from_key(&key).ok_or("no role")
    }
}

impl PartialEq<Role> for RoleRef {
    fn eq(&self, other: &Role) -> bool {
        *self == Self::BuiltIn(*other)
    }
}

/// A role as lists name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleLabel {
    /// The role
    pub role: RoleRef,
    /// Its name if it is the company's own; empty for a built-in one, which is named by the reader's language.
    pub own_name: String,
}

impl From<Role> for RoleLabel {
    fn from(role: Role) -> Self {
        Self { role: role.into(), own_name: String::new() }
    }
}

impl PartialEq<Role> for RoleLabel {
    fn eq(&self, other: &Role) -> bool {
        self.role == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_reads_back_by_its_key_and_in_one_spelling_only() {
        let own = RoleRef::Own("01970000-0000-7000-8000-00000000000a".parse().unwrap());
        for role in Role::ALL.map(RoleRef::from).into_iter().chain([own]) {
            assert_eq!(RoleRef::from_key(&role.key()), Some(role));
            assert_eq!(RoleRef::try_from(String::from(role)), Ok(role));
        }
        for key in
            ["", "owner", "Buyer", "01970000-0000-7000-8000-00000000000A", "0197000000007000800000000000000a"]
        {
            assert_eq!(RoleRef::from_key(key), None, "{key}");
        }
    }
}
