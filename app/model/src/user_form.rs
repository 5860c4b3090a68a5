use serde::{Deserialize, Serialize};

use crate::{
    ColleagueStep, Currency, Email, FieldError, FieldIssue, Grants, Money, MoneyError, PersonName, RoleLabel,
    RoleRef, Salutation, UserRow,
};

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
}
