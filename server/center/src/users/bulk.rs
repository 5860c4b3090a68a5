//! Actions on several users at once. Each user is done by the use case for one, in its own
//! transaction and with all its guards; what can't be done to one keeps nobody else from it.

use std::collections::{HashMap, HashSet};

use model::{
    BulkAction, CompanyId, ErrorCode, FieldError, FieldIssue, MANY_MAX, ResultId, RoleRef, UserId,
    is_local_path,
};
use serde::{Deserialize, Serialize};

use super::invite::{resend_invitation, revoke_invitation};
use super::manage::change_role;
use super::results::{ActionLine, ActionWork, Work, save};
use super::roles::{RoleBook, roles_of};
use super::switch::{activate, deactivate};
use crate::access::{self, Actor, Operation, explain};
use crate::accounts::typed_lately;
use crate::store::{Row, Sql, StoreError};
use crate::{Center, Error};

/// Why nothing was done to a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Nobody does this to himself.
    Yourself,
    /// The company would be left without a main contact.
    LastMainContact,
    /// The user has, or would get, a right that the person asking lacks.
    GrantLacking,
    /// Is active already.
    AlreadyActive,
    /// Is deactivated already.
    AlreadyDeactivated,
    /// Waits for no invitation: has accepted it, or is deactivated.
    NotInvited,
    /// Has the role already.
    HasRole,
    /// Does not have the role.
    LacksRole,
    /// The role is the only one, and everybody has at least one.
    OnlyRole,
    /// The company has no such user.
    Unknown,
    /// Too many invitations were sent within the hour.
    TooMany,
    /// The portal could not do it just now.
    NotDone,
}

impl Kept {
    /// All reasons, in no particular order.
    pub(super) const ALL: [Self; 12] = [
        Self::Yourself,
        Self::LastMainContact,
        Self::GrantLacking,
        Self::AlreadyActive,
        Self::AlreadyDeactivated,
        Self::NotInvited,
        Self::HasRole,
        Self::LacksRole,
        Self::OnlyRole,
        Self::Unknown,
        Self::TooMany,
        Self::NotDone,
    ];

    pub(super) fn because(action: BulkAction, refused: &ErrorCode) -> Self {
        match (refused, action) {
            (ErrorCode::Yourself, _) => Self::Yourself,
            (ErrorCode::LastMainContact, _) => Self::LastMainContact,
            (ErrorCode::GrantLacking { .. }, _) => Self::GrantLacking,
            (ErrorCode::NotFound, _) => Self::Unknown,
            (ErrorCode::TooManyRequests { .. }, _) => Self::TooMany,
            (ErrorCode::WrongState, BulkAction::Activate) => Self::AlreadyActive,
            (ErrorCode::WrongState, BulkAction::Deactivate) => Self::AlreadyDeactivated,
            (ErrorCode::WrongState, BulkAction::ResendInvitation | BulkAction::RevokeInvitation) => {
                Self::NotInvited
            }
            (ErrorCode::WrongState, BulkAction::AddRole) => Self::HasRole,
            (ErrorCode::WrongState, BulkAction::RemoveRole) => Self::LacksRole,
            (ErrorCode::Invalid, BulkAction::RemoveRole) => Self::OnlyRole,
            _ => Self::NotDone,
        }
    }
}

/// The form of the ticked rows as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkInput {
    /// Key of the action
    pub action: String,
    /// Key of the role, for actions with one.
    pub role: String,
    /// Ids of the users
    pub users: Vec<String>,
    /// The list that it is done from.
    pub back: String,
}

/// Does one thing to several users. Answers the result, which has one line for each of them.
///
/// # Errors
/// The fields `action`, `users` (none, or more than [`MANY_MAX`]), `bulk_role`; `ReauthRequired` when
/// it would change people who administer users or roles, or make some, before anything is done; [`Error::Store`]
pub async fn bulk(center: &Center, actor: &Actor, input: &BulkInput) -> Result<ResultId, Error> {
    let held = access::in_company(actor, Operation::UsersBulk)?;
    let (action, role) = check(input)?;
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    book.check("bulk_role", role.as_slice())?;
    let mut named = HashSet::new();
    // What is no id is a user that the company does not have.
    let users = input.users.iter().map(|id| id.parse::<UserId>().ok());
    let users: Vec<_> = users.filter(|user| user.is_none_or(|user| named.insert(user))).collect();
    let known = known(center, held.company, &book, &users).await?;
    // Nobody does it to himself, so that asks for nothing.
    let mut others = known.iter().filter(|(user, _)| **user != held.user).map(|(_, known)| known);
    if others.any(|other| changes_administration(&book, action, role, &other.roles)) {
        typed_lately(center, held.who)?;
    }
    let mut lines = Vec::with_capacity(users.len());
    for user in users {
        let found = user.and_then(|user| known.get(&user).map(|known| (user, known)));
        let Some((user, Known { name, email, .. })) = found else {
            let kept = Some(Kept::Unknown);
            lines.push(ActionLine { user: None, name: String::new(), email: String::new(), kept });
            continue;
        };
        let kept = match one(center, actor, action, role, user).await {
            Ok(()) => None,
            Err(error) => Some(Kept::because(action, &explain(center, actor, error).await.code)),
        };
        lines.push(ActionLine { user: Some(user), name: name.clone(), email: email.clone(), kept });
    }
    let back = if is_local_path(&input.back) { input.back.clone() } else { "/users".to_owned() };
    let role_name = role.map(|role| book.label(role).own_name).unwrap_or_default();
    save(center, &held, &Work::Action(ActionWork { action, role, role_name, back, lines })).await
}

fn check(input: &BulkInput) -> Result<(BulkAction, Option<RoleRef>), Error> {
    let field = |field: &str, issue| FieldError { field: field.to_owned(), issue };
    let users = match input.users.len() {
        0 => Some(field("users", FieldIssue::Required)),
        n if n > MANY_MAX => Some(field("users", FieldIssue::TooMany { max: MANY_MAX })),
        _ => None,
    };
    match (users, named(&input.action, &input.role)) {
        (None, named) => named.map_err(|wrong| vec![wrong].into()),
        (Some(users), Ok(_)) => Err(vec![users].into()),
        (Some(users), Err(wrong)) => Err(vec![users, wrong].into()),
    }
}

/// An action and its role by their keys.
///
/// # Errors
/// The fields `action`, `bulk_role`
pub(super) fn checked_action(action: &str, role: &str) -> Result<(BulkAction, Option<RoleRef>), Error> {
    named(action, role).map_err(|wrong| vec![wrong].into())
}

fn named(action: &str, role: &str) -> Result<(BulkAction, Option<RoleRef>), FieldError> {
    let unknown = |field: &str| FieldError { field: field.to_owned(), issue: FieldIssue::UnknownChoice };
    let action = BulkAction::from_key(action).ok_or_else(|| unknown("action"))?;
    if !matches!(action, BulkAction::AddRole | BulkAction::RemoveRole) {
        return Ok((action, None));
    }
    Ok((action, Some(RoleRef::from_key(role).ok_or_else(|| unknown("bulk_role"))?)))
}

/// Whether the action makes, unmakes or switches somebody who administers users or roles, done to somebody
/// with these roles.
fn changes_administration(
    book: &RoleBook,
    action: BulkAction,
    role: Option<RoleRef>,
    roles: &[RoleRef],
) -> bool {
    let has = role.is_some_and(|role| roles.contains(&role));
    match action {
        BulkAction::Activate | BulkAction::Deactivate | BulkAction::RevokeInvitation => {
            book.administer(roles)
        }
        BulkAction::ResendInvitation => false,
        BulkAction::AddRole => !has && book.administer(role.as_slice()),
        BulkAction::RemoveRole => has && book.administer(role.as_slice()),
    }
}

async fn one(
    center: &Center,
    actor: &Actor,
    action: BulkAction,
    role: Option<RoleRef>,
    user: UserId,
) -> Result<(), Error> {
    match (action, role) {
        (BulkAction::Activate, _) => activate(center, actor, user).await,
        (BulkAction::Deactivate, _) => deactivate(center, actor, user).await,
        (BulkAction::ResendInvitation, _) => resend_invitation(center, actor, user).await,
        (BulkAction::RevokeInvitation, _) => revoke_invitation(center, actor, user).await,
        (BulkAction::AddRole, Some(role)) => change_role(center, actor, user, role, true).await,
        (BulkAction::RemoveRole, Some(role)) => change_role(center, actor, user, role, false).await,
        (BulkAction::AddRole | BulkAction::RemoveRole, None) => {
            Err(Error::field("bulk_role", FieldIssue::UnknownChoice))
        }
    }
}

/// A user of the company.
struct Known {
    name: String,
    email: String,
    roles: Vec<RoleRef>,
}

/// Those of these users whom the company has.
async fn known(
    center: &Center,
    company: CompanyId,
    book: &RoleBook,
    users: &[Option<UserId>],
) -> Result<HashMap<UserId, Known>, StoreError> {
    let mut sql =
        Sql::new("SELECT m.user_id, m.name, m.email FROM members m WHERE m.company_id = ").bind(company);
    sql = sql.push(" AND m.user_id IN (NULL");
    for user in users.iter().flatten() {
        sql = sql.push(", ").bind(*user);
    }
    let (text, values) = sql.push(")").build();
    let mut conn = center.db().read().await?;
    let rows = conn.all(text, values).await?;
    let ids = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let roles = roles_of(&mut conn, book, company, &ids).await?;
    let known = |((row, user), roles): ((&Row, UserId), _)| -> Result<_, StoreError> {
        Ok((user, Known { name: row.get("name")?, email: row.get("email")?, roles }))
    };
    rows.iter().zip(ids).zip(roles).map(known).collect()
}
