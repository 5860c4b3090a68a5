use serde::{Deserialize, Serialize};

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// What the person made or is.
    Own,
    /// Everything of the company.
    Company,
}

macro_rules! permissions {
    ($( $(#[$doc:meta])* $name:ident = $key:literal; )*) => {
        /// What a person in a company may do: a closed set (product reference, §3).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission { $( $(#[$doc])* #[serde(rename = $key)] $name, )* }

        impl Permission {
            /// All permissions, in the order in which roles list them.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the rights table, in logs and in the matrix.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }
        }
    };
}

permissions! {
    /// See the company's users.
    UsersView = "users.view";
    /// Add, edit, activate and deactivate users.
    UsersManage = "users.manage";
    /// Make and change the company's own roles.
    RolesManage = "roles.manage";
    /// Set budgets.
    BudgetsManage = "budgets.manage";
    /// See the catalog.
    CatalogView = "catalog.view";
    /// See prices.
    PricesView = "prices.view";
    /// Place orders.
    OrdersPlace = "orders.place";
    /// See orders.
    OrdersView = "orders.view";
    /// Approve orders.
    OrdersApprove = "orders.approve";
    /// See invoices.
    InvoicesView = "invoices.view";
    /// Pay invoices.
    InvoicesPay = "invoices.pay";
    /// See the statement of account.
    StatementView = "statement.view";
    /// Change the company's own data.
    CompanyManage = "company.manage";
    /// See the company's audit trail.
    AuditView = "audit.view";
}

/// The permissions a person holds, each with its widest scope. Roles add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants(Vec<(Permission, Scope)>);

impl Grants {
    /// Adds a permission; the wider scope wins.
    pub fn add(&mut self, permission: Permission, scope: Scope) {
        match self.0.iter_mut().find(|(p, _)| *p == permission) {
            Some((_, held)) => *held = (*held).max(scope),
            None => self.0.push((permission, scope)),
        }
    }

    /// Whether the permission is held at this scope or a wider one.
    pub fn allow(&self, permission: Permission, scope: Scope) -> bool {
        self.0.iter().any(|(p, held)| *p == permission && *held >= scope)
    }

    /// Whether everything in `other` is held too.
    pub fn cover(&self, other: &Self) -> bool {
        other.0.iter().all(|(p, scope)| self.allow(*p, *scope))
    }

    /// The permissions with their scopes, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (Permission, Scope)> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<(Permission, Scope)> for Grants {
    fn from_iter<T: IntoIterator<Item = (Permission, Scope)>>(iter: T) -> Self {
        let mut grants = Self::default();
        for (permission, scope) in iter {
            grants.add(permission, scope);
        }
        grants
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;
    use proptest::prelude::*;

    #[test]
    fn scopes_widen_but_never_narrow() {
        let mut grants = Grants::default();
        grants.add(Permission::OrdersView, Scope::Company);
        grants.add(Permission::OrdersView, Scope::Own);
        assert!(grants.allow(Permission::OrdersView, Scope::Company));
        assert!(!Role::Buyer.grants().allow(Permission::OrdersView, Scope::Company));
    }

    #[test]
    fn the_main_contact_may_do_everything_in_the_company() {
        for permission in Permission::ALL {
            assert!(Role::MainContact.grants().allow(*permission, Scope::Company), "{permission:?}");
        }
    }

    proptest! {
        #[test]
        fn roles_only_ever_add(picks in proptest::collection::vec(0..Role::ALL.len(), 0..6)) {
            let roles: Vec<Role> = picks.iter().map(|i| Role::ALL[*i]).collect();
            let together = Role::together(&roles);
            for role in &roles {
                prop_assert!(together.cover(&role.grants()));
            }
            prop_assert!(Role::MainContact.grants().cover(&together));
        }
    }
}
