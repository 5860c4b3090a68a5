use std::collections::HashSet;

use model::{ErrorCode, FieldIssue, MANY_MAX, ReviewId, ReviewedUser, RoleRef, UserId};

use super::state::{open_review, progress};
use crate::access::{self, Actor, Held, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{StoreError, Tx, args};
use crate::users::guard::lock_company;
use crate::users::roles::{RoleBook, roles_of};
use crate::users::switch::switch_off;
use crate::{Center, Error};

/// What came of confirming several users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// So many are confirmed.
    pub confirmed: usize,
    /// So many were changed or switched off since they were shown, and stay open.
    pub changed: usize,
}

/// Confirms that users have the access that was shown. Begins the company's review if none is open.
///
/// # Errors
/// The field `users` (none, or more than [`MANY_MAX`]); when nobody can be confirmed: `NotFound` for
/// users that the company does not have, `Conflict` for users that were changed since
pub async fn confirm_access(
    center: &Center,
    actor: &Actor,
    shown: &[ReviewedUser],
) -> Result<Confirmed, Error> {
    let held = access::in_company(actor, Operation::UsersConfirmAccess)?;
    if shown.is_empty() {
        return Err(Error::field("users", FieldIssue::Required));
    }
    if shown.len() > MANY_MAX {
        return Err(Error::field("users", FieldIssue::TooMany { max: MANY_MAX }));
    }
    let mut named = HashSet::new();
    let shown: Vec<_> = shown.iter().filter(|shown| named.insert(shown.user)).collect();
    let mut tx = center.db().write().await?;
    // Roles and budgets change under the company's lock only, so what is noted is what is there.
    lock_company(&mut tx, held.company).await?;
    let review = begun(center, &mut tx, &held).await?;
    let users: Vec<UserId> = shown.iter().map(|shown| shown.user).collect();
    let book = RoleBook::of(&mut tx, held.company).await?;
    let roles = roles_of(&mut tx, &book, held.company, &users).await?;
    let mut confirmed = 0;
    for (shown, roles) in shown.iter().zip(&roles) {
        let may = written(&book, roles);
        let noted =
            note(center, &mut tx, &held, review, shown.user, may, ("confirmed", Some(shown.version))).await?;
        confirmed += usize::from(noted);
    }
    if confirmed == 0 {
        let [ReviewedUser { user, .. }, ..] = shown.as_slice() else {
            return Err(ErrorCode::NotFound.into());
        };
        let sql = "SELECT 1 AS n FROM members WHERE company_id = $1 AND user_id = $2";
        let known = tx.optional(sql, args![held.company, *user]).await?.is_some();
        return Err(if known { ErrorCode::Conflict } else { ErrorCode::NotFound }.into());
    }
    let count = i64::try_from(confirmed).unwrap_or(i64::MAX);
    let entry = Entry::by(actor, Event::AccessConfirmed).fact(Fact::Entries, count);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(Confirmed { confirmed, changed: shown.len() - confirmed })
}

/// Switches a user off in the course of a review, which notes it.
///
/// # Errors
/// As [`crate::users::deactivate`]
pub async fn deactivate_reviewed(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersDeactivateReviewed)?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    let roles = roles_of(&mut tx, &book, held.company, &[user]).await?.concat();
    switch_off(center, &mut tx, actor, &held, user).await?;
    let review = begun(center, &mut tx, &held).await?;
    note(center, &mut tx, &held, review, user, written(&book, &roles), ("deactivated", None)).await?;
    Ok(tx.commit().await?)
}

/// Finishes the review: everybody who is enabled is confirmed as the user stands. What was decided is kept.
///
/// # Errors
/// `ReviewIncomplete`, `WrongState` when no review is open
pub async fn finish_review(center: &Center, actor: &Actor) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersFinishReview)?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let review = open_review(&mut tx, held.company).await?.ok_or(ErrorCode::WrongState)?;
    let state = progress(&mut tx, held.company).await?;
    if state.confirmed < state.total {
        return Err(ErrorCode::ReviewIncomplete.into());
    }
    tx.execute(
        "UPDATE access_reviews SET finished_at = $3, finished_by = $4, finished_by_name = $5
         WHERE company_id = $1 AND id = $2 AND finished_at IS NULL",
        args![held.company, review, center.now(), held.user, &held.who.name],
    )
    .await?;
    let sql = "SELECT count(*) AS n FROM access_review_entries WHERE review_id = $1";
    let users: i64 = tx.value(sql, args![review]).await?;
    let entry = Entry::by(actor, Event::AccessReviewed).fact(Fact::Entries, users);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// The open review, begun now if there is none. Under the company's lock.
async fn begun(center: &Center, tx: &mut Tx, held: &Held<'_>) -> Result<ReviewId, StoreError> {
    if let Some(review) = open_review(tx, held.company).await? {
        return Ok(review);
    }
    let review = ReviewId(center.new_id());
    tx.execute(
        "INSERT INTO access_reviews (id, company_id, begun_at) VALUES ($1, $2, $3)",
        args![review, held.company, center.now()],
    )
    .await?;
    Ok(review)
}

/// Roles as the evidence keeps them. No role's name has a comma.
fn written(book: &RoleBook, roles: &[RoleRef]) -> String {
    book.labels(roles).iter().map(audit::written_role).collect::<Vec<_>>().join(",")
}

/// Notes a decision with what the user may do. One that names a version counts for no other, nor for who is
/// switched off. Answers whether it was noted.
async fn note(
    center: &Center,
    tx: &mut Tx,
    held: &Held<'_>,
    review: ReviewId,
    user: UserId,
    roles: String,
    (decision, version): (&'static str, Option<i64>),
) -> Result<bool, StoreError> {
    let noted = tx
        .execute(
            "INSERT INTO access_review_entries (review_id, company_id, user_id, decision, name, email, roles, budget_order,
                 budget_month, last_seen_at, version, decided_at, decided_by, decided_by_name)
             SELECT v.id, m.company_id, m.user_id, $4, m.name, m.email, $5, m.budget_order, m.budget_month, m.last_seen_at,
                 m.version, $6, $7, $8
             FROM access_reviews v JOIN members m ON m.company_id = v.company_id
             WHERE v.id = $1 AND m.company_id = $2 AND m.user_id = $3
               AND ($9 IS NULL OR (m.version = $9 AND m.deactivated_at IS NULL))
             ON CONFLICT (review_id, user_id) DO UPDATE SET decision = excluded.decision, name = excluded.name,
                 email = excluded.email, roles = excluded.roles, budget_order = excluded.budget_order,
                 budget_month = excluded.budget_month, last_seen_at = excluded.last_seen_at, version = excluded.version,
                 decided_at = excluded.decided_at, decided_by = excluded.decided_by,
                 decided_by_name = excluded.decided_by_name",
            args![
                review,
                held.company,
                user,
                decision,
                roles,
                center.now(),
                held.user,
                &held.who.name,
                version
            ],
        )
        .await?;
    Ok(noted > 0)
}
