use std::sync::Arc;

use model::{CompanyId, Email, ErrorCode, Role, RoleRef, UserId};

use super::guard::{lock_person, may_grant};
use super::roles::{RoleBook, roles_of};
use crate::Error;
use crate::access::Held;
use crate::store::{Sql, StoreError, Tx};

/// The role that a company can't be without.
pub(super) const MAIN_CONTACT: RoleRef = RoleRef::BuiltIn(Role::MainContact);

/// A member as the transaction finds it.
pub(crate) struct Found {
    pub name: String,
    pub email: Email,
    pub salutation: model::Salutation,
    pub locale: model::Locale,
    pub deactivated: bool,
    pub accepted: bool,
    pub budgets: (Option<i64>, Option<i64>),
    pub version: i64,
    pub roles: Vec<RoleRef>,
    /// All roles of the company.
    pub book: Arc<RoleBook>,
}

impl Found {
    pub(crate) fn is_main_contact(&self) -> bool {
        self.roles.contains(&MAIN_CONTACT)
    }

    /// Whether the member is one of those of whom the company can't be without.
    pub(super) fn manages(&self) -> bool {
        self.is_main_contact() && self.accepted && !self.deactivated
    }

    /// Whether the member may change what others may do.
    pub(super) fn administers(&self) -> bool {
        self.book.administer(&self.roles)
    }
}

/// Locks company and person and reads the member; refuses to touch anybody who has rights that the
/// person asking lacks.
pub(super) async fn lock_member(tx: &mut Tx, held: &Held<'_>, user: UserId) -> Result<Found, Error> {
    let found = lock_found(tx, held.company, user).await?;
    may_grant(held, &found.book, &found.roles)?;
    Ok(found)
}

/// As [`lock_member`], whatever rights the member has: for the staff, who give none.
///
/// # Errors
/// `NotFound` when the company has no such user; [`Error::Store`]
pub(crate) async fn lock_found(tx: &mut Tx, company: CompanyId, user: UserId) -> Result<Found, Error> {
    lock_person(tx, company, user).await?;
    let found = find(tx, company, &[user]).await?.pop().map(|(_, found)| found);
    found.ok_or_else(|| ErrorCode::NotFound.into())
}

/// Those of these users whom the company has. The transaction has locked them. Some hundreds at a time, as the
/// statements list them.
pub(super) async fn find(
    tx: &mut Tx,
    company: CompanyId,
    users: &[UserId],
) -> Result<Vec<(UserId, Found)>, StoreError> {
    let sql = Sql::new(
        "SELECT m.user_id, m.name, m.email, m.deactivated_at, m.accepted_at, m.budget_order, m.budget_month, m.version,
             u.salutation, COALESCE(m.locale, u.locale) AS locale
         FROM members m JOIN users u ON u.id = m.user_id WHERE m.company_id = ",
    );
    let sql = sql.bind(company).push(" AND u.erased_at IS NULL AND u.merged_into IS NULL AND m.user_id IN ");
    let (text, values) = sql.list(users.iter().copied()).build();
    let rows = tx.all(text, values).await?;
    let ids = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let book = Arc::new(RoleBook::of(tx, company).await?);
    let roles = roles_of(tx, &book, company, &ids).await?;
    let found = rows.iter().zip(ids).zip(roles).map(|((row, user), roles)| {
        let found = Found {
            name: row.get("name")?,
            email: row.get("email")?,
            salutation: row.get("salutation")?,
            locale: row.get("locale")?,
            deactivated: row.get::<Option<i64>>("deactivated_at")?.is_some(),
            accepted: row.get::<Option<i64>>("accepted_at")?.is_some(),
            budgets: (row.get("budget_order")?, row.get("budget_month")?),
            version: row.get("version")?,
            roles,
            book: Arc::clone(&book),
        };
        Ok((user, found))
    });
    found.collect()
}
