use serde::{Deserialize, Serialize};

use crate::{Grants, Permission, Scope};

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
