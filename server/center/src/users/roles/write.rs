use model::{Details, ErrorCode, FieldIssue, OWN_ROLES_MAX, RoleId, RoleInput};

use super::RoleBook;
use super::losses::Losses;
use crate::access::{self, Actor, Operation};
use crate::accounts::typed_lately;
use crate::audit::{self, Entry, Event, Fact, FactValue};
use crate::store::args;
use crate::users::guard::{lock_company, may_hold};
use crate::users::import::is_built_in;
use crate::users::name_key;
use crate::{Center, Error};

/// *New role*
///
/// # Errors
/// The fields to correct, `GrantLacking`, `TooManyRoles`, [`Error::Store`]
pub async fn create(center: &Center, actor: &Actor, input: &RoleInput) -> Result<RoleId, Error> {
    let held = access::in_company(actor, Operation::RolesCreate)?;
    let form = input.check()?;
    may_hold(&held, &form.grants)?;
    let id = RoleId(center.new_id());
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    if book.own().len() >= OWN_ROLES_MAX {
        return Err(ErrorCode::TooManyRoles { max: OWN_ROLES_MAX }.into());
    }
    let key = free_name(&book, None, &form.name)?;
    tx.execute(
        "INSERT INTO company_roles (company_id, id, name, name_key, rights, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![held.company, id, &form.name, key, &form.grants, center.now()],
    )
    .await?;
    let entry = Entry::by(actor, Event::RoleCreated)
        .fact(Fact::OwnRole, form.name.as_str())
        .fact(Fact::Rights, &form.grants);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// *Edit role*. `version` is the one that the form was filled in on. A change that takes rights from people
/// is done only when `shown` says that its losses were shown; otherwise the refusal tells them.
///
/// # Errors
/// The fields to correct, `NotFound`, `Conflict`, `GrantLacking`, `Yourself` when the person asking would lose
/// rights by it, `LossesUnconfirmed`, `ReauthRequired` when the role begins or ceases to manage users or
/// roles, [`Error::Store`]
pub async fn edit(
    center: &Center,
    actor: &Actor,
    id: RoleId,
    version: i64,
    input: &RoleInput,
    shown: &str,
) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::RolesEdit)?;
    let form = input.check()?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    let before = book.find(id).ok_or(ErrorCode::NotFound)?;
    if before.version != version {
        return Err(ErrorCode::Conflict.into());
    }
    may_hold(&held, &before.grants)?;
    may_hold(&held, &form.grants)?;
    let key = free_name(&book, Some(id), &form.name)?;
    let losses = Losses::of(&mut tx, &held, &book, id, &form.grants).await?;
    if losses.own {
        return Err(ErrorCode::Yourself.into());
    }
    // First, so that the losses are the last thing to be confirmed.
    if before.grants.administer() != form.grants.administer() {
        typed_lately(center, held.who)?;
    }
    if !losses.list.is_empty() {
        let now = losses.shown(id, version, &form);
        if now != shown {
            return Err(
                ErrorCode::LossesUnconfirmed { losses: Details::new(&losses.list), shown: now }.into()
            );
        }
    }
    let entry = Entry::by(actor, Event::RoleChanged)
        .change(Fact::Name, before.name.as_str(), form.name.as_str())
        .change(Fact::Rights, &before.grants, &form.grants);
    if entry.tells_nothing() {
        return Ok(());
    }
    tx.execute(
        "UPDATE company_roles SET name = $3, name_key = $4, rights = $5, version = version + 1
         WHERE company_id = $1 AND id = $2",
        args![held.company, id, &form.name, key, &form.grants],
    )
    .await?;
    audit::append(center, &mut tx, entry.fact(Fact::OwnRole, before.name.as_str())).await?;
    Ok(tx.commit().await?)
}

/// *Delete role*
///
/// # Errors
/// `NotFound`, `Conflict`, `GrantLacking`, `RoleInUse`, [`Error::Store`]
pub async fn delete(center: &Center, actor: &Actor, id: RoleId, version: i64) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::RolesDelete)?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    let role = book.find(id).ok_or(ErrorCode::NotFound)?;
    if role.version != version {
        return Err(ErrorCode::Conflict.into());
    }
    may_hold(&held, &role.grants)?;
    let sql = "SELECT count(*) AS n FROM member_company_roles WHERE company_id = $1 AND role_id = $2";
    let users: i64 = tx.value(sql, args![held.company, id]).await?;
    if users > 0 {
        return Err(ErrorCode::RoleInUse { users: u32::try_from(users).unwrap_or(u32::MAX) }.into());
    }
    tx.execute("DELETE FROM company_roles WHERE company_id = $1 AND id = $2", args![held.company, id])
        .await?;
    let entry = Entry::by(actor, Event::RoleDeleted)
        .change(Fact::Rights, &role.grants, FactValue::NONE)
        .fact(Fact::OwnRole, role.name.as_str());
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Whether an own role may be called so, and whether `key` is what the name is compared by.
pub(crate) fn is_free_role_name(name: &str, key: &str) -> bool {
    !is_built_in(name) && name_key(name) == key
}

/// What the name is compared by. Refuses one that another role has, built in or not.
fn free_name(book: &RoleBook, id: Option<RoleId>, name: &str) -> Result<String, Error> {
    let key = name_key(name);
    let taken = book.own().iter().any(|role| Some(role.id) != id && role.name_key == key);
    if taken || is_built_in(name) {
        return Err(Error::field("role_name", FieldIssue::RoleNameTaken));
    }
    Ok(key)
}
