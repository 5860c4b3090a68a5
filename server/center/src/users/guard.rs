//! What nobody may do to a company's users, checked inside the transaction that would do it.

use model::{
    CompanyId, ErrorCode, FieldError, FieldIssue, Grants, Permission, Role, RoleRef, Scope, UserId, ValidUser,
};

use super::found::Found;
use super::roles::RoleBook;
use crate::access::Held;
use crate::store::{StoreError, Tx, args};
use crate::{Error, accounts};

/// Makes changes of who is in the company follow one another: on both databases the row stays
/// locked until the transaction ends.
pub(crate) async fn lock_company(tx: &mut Tx, company: CompanyId) -> Result<(), StoreError> {
    tx.execute("UPDATE companies SET version = version + 1 WHERE id = $1", args![company]).await?;
    Ok(())
}

/// As [`lock_company`], and locks the person too: accepting an invitation, which knows of no
/// company's lock, then comes before or after.
///
/// # Errors
/// `NotFound` when the company has no such user.
pub(crate) async fn lock_person(tx: &mut Tx, company: CompanyId, user: UserId) -> Result<(), Error> {
    lock_company(tx, company).await?;
    let sql = "UPDATE users SET locale = locale WHERE id = $2
         AND EXISTS (SELECT 1 FROM members m WHERE m.company_id = $1 AND m.user_id = users.id)";
    if tx.execute(sql, args![company, user]).await? == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    Ok(())
}

/// Whether somebody other than this user is an active main contact.
pub(crate) async fn others_manage(tx: &mut Tx, company: CompanyId, user: UserId) -> Result<bool, StoreError> {
    let row = tx
        .optional(
            "SELECT 1 AS n FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
             WHERE r.company_id = $1 AND r.role = $2 AND r.user_id <> $3
               AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL LIMIT 1",
            args![company, Role::MainContact, user],
        )
        .await?;
    Ok(row.is_some())
}

/// Refuses roles that carry a right which the person giving them lacks.
pub(super) fn may_grant(held: &Held<'_>, book: &RoleBook, roles: &[RoleRef]) -> Result<(), Error> {
    may_hold(held, &book.grants(roles))
}

/// Refuses rights that the person giving or taking them lacks.
pub(super) fn may_hold(held: &Held<'_>, grants: &Grants) -> Result<(), Error> {
    match held.member.grants.lacking(grants) {
        None => Ok(()),
        // Who can grant it is said where the refusal leaves the host.
        Some(missing) => Err(ErrorCode::GrantLacking { missing, granted_by: Vec::new() }.into()),
    }
}

/// Refuses budgets set by somebody without the right to set them.
pub(super) fn may_set_budgets(
    held: &Held<'_>,
    before: (Option<i64>, Option<i64>),
    form: &ValidUser,
) -> Result<(), Error> {
    let changed = before != (form.budget_order, form.budget_month);
    if changed && !held.member.grants.allow(Permission::BudgetsManage, Scope::Company) {
        return Err(Error::Lacks(Permission::BudgetsManage));
    }
    Ok(())
}

/// Refuses to change whatever belongs to the login when it opens other places than this company too: by
/// another address somebody would get into those.
pub(super) async fn only_own_login(
    tx: &mut Tx,
    held: &Held<'_>,
    user: UserId,
    found: &Found,
    form: &ValidUser,
) -> Result<(), Error> {
    let changed = [
        ("salutation", form.salutation != found.salutation),
        ("name", form.name.as_str() != found.name),
        ("email", form.email != found.email),
    ];
    let fields: Vec<_> = changed
        .into_iter()
        .filter(|(_, changes)| *changes)
        .map(|(field, _)| FieldError { field: field.to_owned(), issue: FieldIssue::OnlyTheUser })
        .collect();
    if user == held.user || fields.is_empty() || !accounts::belongs_elsewhere(tx, user, held.company).await? {
        return Ok(());
    }
    Err(fields.into())
}
