//! Actions on several users at once. Each user is done by the use case for one, in its own
//! transaction and with all its guards; what can't be done to one keeps nobody else from it.

use std::collections::{HashMap, HashSet};

use model::{
    BulkAction, CompanyId, ErrorCode, FieldError, FieldIssue, MANY_MAX, ResultId, Role, UserId, is_local_path,
};
use serde::{Deserialize, Serialize};

use super::invite::resend_invitation;
use super::manage::{activate, change_role, deactivate};
use super::results::{ActionLine, ActionWork, Work, save};
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
    fn because(action: BulkAction, refused: &ErrorCode) -> Self {
        match (refused, action) {
            (ErrorCode::Yourself, _) => Self::Yourself,
            (ErrorCode::LastMainContact, _) => Self::LastMainContact,
            (ErrorCode::GrantLacking, _) => Self::GrantLacking,
            (ErrorCode::NotFound, _) => Self::Unknown,
            (ErrorCode::TooManyRequests { .. }, _) => Self::TooMany,
            (ErrorCode::WrongState, BulkAction::Activate) => Self::AlreadyActive,
            (ErrorCode::WrongState, BulkAction::Deactivate) => Self::AlreadyDeactivated,
            (ErrorCode::WrongState, BulkAction::ResendInvitation) => Self::NotInvited,
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
/// main contacts are among them whom it would change, before anything is done; [`Error::Store`]
pub async fn bulk(center: &Center, actor: &Actor, input: &BulkInput) -> Result<ResultId, Error> {
    let held = access::in_company(actor, Operation::UsersBulk)?;
    let (action, role) = check(input)?;
    let mut named = HashSet::new();
    // What is no id is a user that the company does not have.
    let users = input.users.iter().map(|id| id.parse::<UserId>().ok());
    let users: Vec<_> = users.filter(|user| user.is_none_or(|user| named.insert(user))).collect();
    let known = known(center, held.company, &users).await?;
    // Nobody does it to himself, so that asks for nothing.
    let mut others = known.iter().filter(|(user, _)| **user != held.user).map(|(_, known)| known);
    if others.any(|other| changes_main_contact(action, role, other.main_contact)) {
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
    save(center, &held, &Work::Action(ActionWork { action, role, back, lines })).await
}

fn check(input: &BulkInput) -> Result<(BulkAction, Option<Role>), Error> {
    let mut errors = Vec::new();
    let mut note = |field: &str, issue| errors.push(FieldError { field: field.to_owned(), issue });
    match input.users.len() {
        0 => note("users", FieldIssue::Required),
        n if n > MANY_MAX => note("users", FieldIssue::TooMany { max: MANY_MAX }),
        _ => {}
    }
    let action = BulkAction::from_key(&input.action);
    if action.is_none() {
        note("action", FieldIssue::UnknownChoice);
    }
    let with_role = matches!(action, Some(BulkAction::AddRole | BulkAction::RemoveRole));
    let role = Role::from_key(&input.role).filter(|_| with_role);
    if with_role && role.is_none() {
        note("bulk_role", FieldIssue::UnknownChoice);
    }
    match action {
        Some(action) if errors.is_empty() => Ok((action, role)),
        _ => Err(errors.into()),
    }
}

/// Whether the action makes, unmakes or switches a main contact, done to somebody who is one or not.
fn changes_main_contact(action: BulkAction, role: Option<Role>, is_one: bool) -> bool {
    match action {
        BulkAction::Activate | BulkAction::Deactivate => is_one,
        BulkAction::ResendInvitation => false,
        BulkAction::AddRole => role == Some(Role::MainContact) && !is_one,
        BulkAction::RemoveRole => role == Some(Role::MainContact) && is_one,
    }
}

async fn one(
    center: &Center,
    actor: &Actor,
    action: BulkAction,
    role: Option<Role>,
    user: UserId,
) -> Result<(), Error> {
    match (action, role) {
        (BulkAction::Activate, _) => activate(center, actor, user).await,
        (BulkAction::Deactivate, _) => deactivate(center, actor, user).await,
        (BulkAction::ResendInvitation, _) => resend_invitation(center, actor, user).await,
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
    main_contact: bool,
}

/// Those of these users whom the company has.
async fn known(
    center: &Center,
    company: CompanyId,
    users: &[Option<UserId>],
) -> Result<HashMap<UserId, Known>, StoreError> {
    let columns = "SELECT m.user_id, m.name, m.email, EXISTS (SELECT 1 FROM member_roles r WHERE r.company_id = m.company_id
             AND r.user_id = m.user_id AND r.role = ";
    let mut sql = Sql::new(columns).bind(Role::MainContact).push(") AS main_contact FROM members m");
    sql = sql.push(" WHERE m.company_id = ").bind(company).push(" AND m.user_id IN (NULL");
    for user in users.iter().flatten() {
        sql = sql.push(", ").bind(*user);
    }
    let (text, values) = sql.push(")").build();
    let rows = center.db().read().await?.all(text, values).await?;
    let known = |row: &Row| -> Result<_, StoreError> {
        let (name, email) = (row.get("name")?, row.get("email")?);
        Ok((row.get("user_id")?, Known { name, email, main_contact: row.get("main_contact")? }))
    };
    rows.iter().map(known).collect()
}
