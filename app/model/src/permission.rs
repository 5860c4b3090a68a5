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

impl Scope {
    /// The name in forms and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Company => "company",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Own, Self::Company].into_iter().find(|scope| scope.key() == key)
    }
}

macro_rules! permissions {
    ($( $(#[$doc:meta])* $name:ident = $key:literal; )*) => {
        /// What a person in a company may do: a closed set (product reference, §3).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Permission { $( $(#[$doc])* #[serde(rename = $key)] $name, )* }

        impl Permission {
            /// All permissions, in the order in which roles list them.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the rights table, in forms, in logs and in the matrix.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// Reads a form's or the database's value.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|permission| permission.key() == key)
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

/// The permissions a person holds, each once and with its widest scope, in the order in which roles
/// list them. Roles add up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants(Vec<(Permission, Scope)>);

impl Grants {
    /// Adds a permission; the wider scope wins.
    pub fn add(&mut self, permission: Permission, scope: Scope) {
        match self.0.binary_search_by_key(&permission, |(p, _)| *p) {
            Ok(place) => self.0[place].1 = self.0[place].1.max(scope),
            Err(place) => self.0.insert(place, (permission, scope)),
        }
    }

    /// Whether the permission is held at this scope or a wider one.
    pub fn allow(&self, permission: Permission, scope: Scope) -> bool {
        self.reach(permission) >= Some(scope)
    }

    /// How far the permission reaches; `None` when it is not held.
    pub fn reach(&self, permission: Permission) -> Option<Scope> {
        self.0.iter().find(|(p, _)| *p == permission).map(|(_, scope)| *scope)
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether they let a person change what others may do: users or roles.
    pub fn administer(&self) -> bool {
        self.allow(Permission::UsersManage, Scope::Company)
            || self.allow(Permission::RolesManage, Scope::Company)
    }

    /// The same, but for this permission.
    #[must_use]
    pub fn with(&self, permission: Permission, scope: Option<Scope>) -> Self {
        let others = self.iter().filter(|(p, _)| *p != permission);
        others.chain(scope.map(|scope| (permission, scope))).collect()
    }

    /// As much of them as `most` allows.
    #[must_use]
    pub fn within(&self, most: &Self) -> Self {
        self.iter().filter_map(|(p, scope)| Some((p, most.reach(p)?.min(scope)))).collect()
    }

    /// Each as forms and the database write it: `orders.view=company`.
    pub fn keys(&self) -> Vec<String> {
        self.iter().map(|(permission, scope)| right_key(permission, scope)).collect()
    }

    /// Reads what [`Grants::keys`] wrote. What only another version knows is left out.
    pub fn read<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        keys.into_iter().filter_map(right_from_key).collect()
    }

    /// Whether everything in `other` is held too.
    pub fn cover(&self, other: &Self) -> bool {
        self.lacking(other).is_none()
    }

    /// The first permission in `other` that is not held, or not so far.
    pub fn lacking(&self, other: &Self) -> Option<Permission> {
        other.0.iter().find(|(p, scope)| !self.allow(*p, *scope)).map(|(p, _)| *p)
    }

    /// The permissions with their scopes, in the order in which roles list them.
    pub fn iter(&self) -> impl Iterator<Item = (Permission, Scope)> + '_ {
        self.0.iter().copied()
    }
}

/// A permission with its scope, as forms and the database write it: `orders.view=company`.
pub fn right_key(permission: Permission, scope: Scope) -> String {
    [permission.key(), "=", scope.key()].concat()
}

/// Reads what [`right_key`] wrote.
pub fn right_from_key(key: &str) -> Option<(Permission, Scope)> {
    let (permission, scope) = key.split_once('=')?;
    Some((Permission::from_key(permission)?, Scope::from_key(scope)?))
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
    fn rights_are_written_in_one_order_and_read_back() {
        let grants: Grants = [(Permission::OrdersView, Scope::Company), (Permission::UsersView, Scope::Own)]
            .into_iter()
            .collect();
        assert_eq!(grants.keys(), ["users.view=own", "orders.view=company"]);
        assert_eq!(Grants::read(grants.keys().iter().map(String::as_str)), grants);
        assert!(Grants::read(["orders.view", "orders.view=all", "boats.sail=own", ""]).is_empty());
    }

    #[test]
    fn nothing_reaches_beyond_what_one_holds() {
        let held = Role::Buyer.grants();
        let copied = Role::MainContact.grants().within(&held);
        assert_eq!(copied, held);
        assert!(!copied.administer() && Role::MainContact.grants().administer());
        assert!(Role::ALL.iter().all(|role| role.grants().administer() == (*role == Role::MainContact)));
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
