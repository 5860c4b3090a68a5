use serde::{Deserialize, Serialize};

use crate::{
    FieldError, FieldIssue, Grants, Permission, RoleLabel, RoleRef, Scope, right_from_key, single_line,
};

/// The most roles that a company can make.
pub const OWN_ROLES_MAX: usize = 50;

/// A row of *Roles*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// The role
    pub label: RoleLabel,
    /// What it allows
    pub grants: Grants,
    /// How many users have it, whatever their status.
    pub users: u32,
}

/// The page of one role, or of a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePage {
    /// The role; `None` for a new one.
    pub role: Option<RoleRef>,
    /// Changes with every edit; sent back so that nobody overwrites another's edit unseen.
    pub version: i64,
    /// Its name; empty for a built-in and for a new one.
    pub own_name: String,
    /// What it allows; of a new one, what the copied one allows.
    pub grants: Grants,
    /// What the person looking may put into a role.
    pub most: Grants,
    /// How many users have it, whatever their status.
    pub users: u32,
    /// Whether the person looking may change it.
    pub editable: bool,
}

/// A role's form as it was sent: nothing is believed yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleInput {
    /// Name
    pub name: String,
    /// What it allows, each as [`right_key`](crate::right_key) writes it. A permission without a scope
    /// (`orders.view=`) is one that it does not allow.
    pub rights: Vec<String>,
}

/// A role's form that passed its checks. Whether the name is free is left to the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidRole {
    /// Name
    pub name: String,
    /// What it allows: something.
    pub grants: Grants,
}

impl RoleInput {
    /// The longest name, in characters.
    pub const MAX_NAME: usize = 50;

    /// Signs that part the roles of a cell in sheets of users.
    pub const SEPARATORS: [char; 3] = [';', '|', ','];

    /// Checks every field at once.
    ///
    /// # Errors
    /// All fields that need correcting, in the order of the form.
    pub fn check(&self) -> Result<ValidRole, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, issue| errors.push(FieldError { field: field.to_owned(), issue });
        let name = match single_line(&self.name, Self::MAX_NAME) {
            Ok(name) if name.contains(Self::SEPARATORS) => {
                note("role_name", FieldIssue::RoleNameSeparator);
                String::new()
            }
            Ok(name) => name,
            Err(issue) => {
                note("role_name", issue);
                String::new()
            }
        };
        let sent = self.rights.iter().take(64).filter(|key| !key.ends_with('='));
        let rights: Option<Grants> = sent.map(|key| right_from_key(key)).collect();
        match &rights {
            None => note("rights", FieldIssue::UnknownChoice),
            Some(rights) if rights.is_empty() => note("rights", FieldIssue::RightRequired),
            Some(_) => {}
        }
        match rights {
            Some(grants) if errors.is_empty() => Ok(ValidRole { name, grants }),
            _ => Err(errors),
        }
    }
}

/// A permission that people would lose by a change of their role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RightLoss {
    /// The permission
    pub permission: Permission,
    /// What is left of it; `None` for nothing.
    pub left: Option<Scope>,
    /// How many people lose it.
    pub users: u32,
    /// The first of them by name.
    pub names: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, rights: &[&str]) -> RoleInput {
        RoleInput { name: name.to_owned(), rights: rights.iter().map(|r| (*r).to_owned()).collect() }
    }

    #[test]
    fn a_role_has_a_name_and_a_right() {
        let role = input("  Team   lead ", &["users.view=", "orders.view=own", "orders.view=company"])
            .check()
            .unwrap();
        assert_eq!(
            (role.name.as_str(), role.grants.keys()),
            ("Team lead", vec!["orders.view=company".to_owned()])
        );
        let fields = |input: RoleInput| -> Vec<_> {
            input.check().unwrap_err().into_iter().map(|e| (e.field, e.issue)).collect()
        };
        let (name, rights) = ("role_name".to_owned(), "rights".to_owned());
        assert_eq!(
            fields(input(" ", &["orders.view="])),
            [(name.clone(), FieldIssue::Required), (rights.clone(), FieldIssue::RightRequired)]
        );
        assert_eq!(
            fields(input("A, B", &["orders.view=own"])),
            [(name.clone(), FieldIssue::RoleNameSeparator)]
        );
        assert_eq!(
            fields(input(&"x".repeat(51), &["orders.view=own", ""])),
            [(name, FieldIssue::TooLong { max: 50 }), (rights, FieldIssue::UnknownChoice)]
        );
    }
}
