use serde::{Deserialize, Serialize};

use crate::{Locale, ResultId, RoleLabel};

/// The most users that one request may name, and the most rows of an import.
pub const MANY_MAX: usize = 200;

/// The longest text of an import, in characters. Sent as a form, such a text in Latin letters
/// stays below the 64 KiB of a request even if every sign of it has to be escaped.
pub const IMPORT_MAX_CHARS: usize = 20_000;

/// What can be done to several users at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAction {
    /// Switches users on.
    Activate,
    /// Switches users off.
    Deactivate,
    /// Sends invitations again.
    ResendInvitation,
    /// Takes invitations back.
    RevokeInvitation,
    /// Gives a role to users.
    AddRole,
    /// Takes a role from users.
    RemoveRole,
}

impl BulkAction {
    /// All, in no particular order.
    pub const ALL: [Self; 6] = [
        Self::Activate,
        Self::Deactivate,
        Self::ResendInvitation,
        Self::RevokeInvitation,
        Self::AddRole,
        Self::RemoveRole,
    ];

    /// The form's value.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Activate => "activate",
            Self::Deactivate => "deactivate",
            Self::ResendInvitation => "resend_invitation",
            Self::RevokeInvitation => "revoke_invitation",
            Self::AddRole => "add_role",
            Self::RemoveRole => "remove_role",
        }
    }

    /// Reads a form's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.key() == key)
    }
}

/// A column of the sheets that users are imported from and exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserColumn {
    /// Full name
    Name,
    /// Login
    Email,
    /// How to address the person.
    Salutation,
    /// One or more roles
    Roles,
    /// Budget per order
    BudgetOrder,
    /// Budget per month
    BudgetMonth,
    /// The ERP's number for the person
    ContactNumber,
}

impl UserColumn {
    /// All, in the order of the sheets. Their place here is also `self as usize`.
    pub const ALL: [Self; 7] = [
        Self::Name,
        Self::Email,
        Self::Salutation,
        Self::Roles,
        Self::BudgetOrder,
        Self::BudgetMonth,
        Self::ContactNumber,
    ];

    /// Whether an import can't do without it.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Name | Self::Email | Self::Roles)
    }

    /// The field of a user form that holds the same.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Salutation => "salutation",
            Self::Roles => "roles",
            Self::BudgetOrder => "budget_order",
            Self::BudgetMonth => "budget_month",
            Self::ContactNumber => "contact_number",
        }
    }

    /// The column's name at the head of a sheet in this language.
    pub const fn name(self, locale: Locale) -> &'static str {
        match (locale, self) {
            (Locale::En, _) => self.key(),
            (Locale::De, Self::Name) => "name",
            (Locale::De, Self::Email) => "e-mail",
            (Locale::De, Self::Salutation) => "anrede",
            (Locale::De, Self::Roles) => "rollen",
            (Locale::De, Self::BudgetOrder) => "budget_bestellung",
            (Locale::De, Self::BudgetMonth) => "budget_monat",
            (Locale::De, Self::ContactNumber) => "kontaktnummer",
        }
    }
}

/// The page *Import users*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPage {
    /// Whether the person looking may set budgets.
    pub budgets_editable: bool,
}

/// The page *All matching users*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchingPage {
    /// How many the filter finds.
    pub count: u32,
    /// The roles that the company made itself, by name.
    pub own_roles: Vec<RoleLabel>,
}

/// What came of many at once, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPage {
    /// Id
    pub id: ResultId,
    /// The heading
    pub title: String,
    /// "3 deactivated, 1 kept"
    pub summary: String,
    /// Nothing was kept and nothing needs correcting.
    pub all_done: bool,
    /// One line for each user or row.
    pub lines: Vec<ResultLine>,
    /// The lines are rows of an import.
    pub import: bool,
    /// Rows of an import that wait for being added.
    pub ready: usize,
    /// These rows are being added at this moment.
    pub adding: bool,
    /// Rows to correct, as the text of a sheet; empty when there are none.
    pub rest: String,
    /// How far it is, of what is done step by step: those done, and those meant; none when it is done.
    pub waits: Option<(u32, u32)>,
    /// More users were kept than there are lines; the file has them all.
    pub more: u32,
    /// Those that were kept can be saved as a file.
    pub file: bool,
    /// Where to go on.
    pub back: String,
}

/// What came of one user or row, in the reader's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// Line of the import; 0 for what is none.
    pub line: u64,
    /// The user's or the row's name.
    pub name: String,
    /// The user's or the row's email; may be empty.
    pub email: String,
    /// The user's page; empty when there is none.
    pub href: String,
    /// Done, or can be done.
    pub good: bool,
    /// "Deactivated", "Kept"
    pub mark: String,
    /// Why it was kept, or what to correct; may be empty.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_at_their_place() {
        for (place, column) in UserColumn::ALL.into_iter().enumerate() {
            assert_eq!(column as usize, place);
        }
    }

    #[test]
    fn actions_read_back() {
        for action in BulkAction::ALL {
            assert_eq!(BulkAction::from_key(action.key()), Some(action));
        }
        assert_eq!(BulkAction::from_key("erase"), None);
    }
}
