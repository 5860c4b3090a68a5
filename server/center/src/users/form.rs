use model::{FixedRole, FormRole, Money, Permission, Role, RoleRef, Salutation, Scope, UserFormPage};

use super::roles::RoleBook;
use crate::access::{self, Actor, Held, Operation};
use crate::{Center, Error};

/// What a form starts with.
#[derive(Default)]
pub(super) struct Start {
    pub salutation: Salutation,
    pub name: String,
    pub email: String,
    pub roles: Vec<RoleRef>,
    pub budget_order: Option<i64>,
    pub budget_month: Option<i64>,
    /// The form is about the person filling it in.
    pub own: bool,
    /// The company would have no main contact without this user.
    pub last_main_contact: bool,
}

/// The form as this person may fill it in.
pub(super) fn form(held: &Held<'_>, book: &RoleBook, start: &Start) -> UserFormPage {
    let currency = held.member.currency;
    let locale = held.who.client.locale;
    let input =
        |minor: Option<i64>| minor.map(|minor| Money { minor, currency }.input(locale)).unwrap_or_default();
    UserFormPage {
        salutation: start.salutation,
        name: start.name.clone(),
        email: start.email.clone(),
        roles: book.all().into_iter().map(|role| offer(held, book, start, role)).collect(),
        budget_order: input(start.budget_order),
        budget_month: input(start.budget_month),
        currency: currency.symbol().to_owned(),
        budgets_editable: held.member.grants.allow(Permission::BudgetsManage, Scope::Company),
    }
}

/// A role as this person may give it.
fn offer(held: &Held<'_>, book: &RoleBook, start: &Start, role: RoleRef) -> FormRole {
    let grants = book.grants_of(role);
    FormRole {
        label: book.label(role),
        held: start.roles.contains(&role),
        fixed: if start.own {
            Some(FixedRole::Own)
        } else if !held.member.grants.cover(&grants) {
            Some(FixedRole::Lacking)
        } else if role == Role::MainContact && start.last_main_contact {
            Some(FixedRole::LastMainContact)
        } else {
            None
        },
        grants,
    }
}

/// The form *Request new user*, empty.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn new_form(center: &Center, actor: &Actor) -> Result<UserFormPage, Error> {
    let held = access::in_company(actor, Operation::UsersNewForm)?;
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    Ok(form(&held, &book, &Start { roles: vec![Role::Buyer.into()], ..Start::default() }))
}
