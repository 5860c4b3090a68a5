use model::{Page, UserCounts, UserId, UsersPage, UsersQuery};

use super::contacts::WithoutAccess;
use super::order::position;
use super::review;
use super::roles::{RoleBook, roles_of};
use super::row::{Reader, can_manage, counts};
use super::search::Filter;
use crate::access::{self, Actor, Operation};
use crate::{Center, Error};

/// Rows of a page.
const ROWS: usize = 25;
/// Contacts shown under the shop users.
const FIRST_CONTACTS: usize = 5;

/// The page *Users management*: shop users by the query, and the first ERP contacts without access.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor, query: &UsersQuery) -> Result<UsersPage, Error> {
    let held = access::in_company(actor, Operation::UsersList)?;
    let contacts = WithoutAccess::of(center, &held).await?;
    let reader = Reader::new(center, held);
    let mut conn = center.db().read().await?;

    let cursor = match query.after.as_ref().or(query.before.as_ref()) {
        Some(cursor) => position(&mut conn, held.company.0, query.sort, cursor).await?,
        None => None,
    };
    let from_start = cursor.is_none();
    // A cursor that stands nowhere counts as not given, in either direction.
    let backwards = !from_start && query.after.is_none();
    // Reading towards the start turns the order round, and the rows back again afterwards.
    let descending = query.descending != backwards;
    let counts = counts(&mut conn, held.company, contacts.count(), center.now()).await?;
    let counts = UserCounts { differences: contacts.differences, ..counts };
    let (filter, total) = match query.is_filtered() {
        true => Filter::of(&mut conn, held.company, query, center.now()).await?,
        false => (Filter::all(held.company, query, center.now()), counts.all),
    };
    let mut found = filter.rows(&mut conn, total, (query.sort, descending), cursor, ROWS + 1).await?;
    let beyond = found.len() > ROWS;
    found.truncate(ROWS);
    if backwards {
        found.reverse();
    }

    let ids = found.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let roles = roles_of(&mut conn, &book, held.company, &ids).await?;
    let rows = found
        .iter()
        .zip(roles)
        .map(|(row, roles)| reader.user_row(row, book.labels(&roles)))
        .collect::<Result<Vec<_>, _>>()?;
    let (more_before, more_after) = if backwards { (beyond, true) } else { (!from_start, beyond) };
    let edge = |row: Option<&model::UserRow>, more: bool| row.filter(|_| more).map(|row| row.id.to_string());
    let (before, after) = (edge(rows.first(), more_before), edge(rows.last(), more_after));
    Ok(UsersPage {
        company: held.member.company_name.clone(),
        users: Page { rows, total, before, after },
        counts,
        contacts: contacts.block(reader.times(), FIRST_CONTACTS),
        own_roles: book.own_labels(),
        review: review::waiting(center, &mut conn, &held).await?,
        can_manage: can_manage(held.member),
    })
}
