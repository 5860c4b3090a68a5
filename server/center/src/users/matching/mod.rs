//! One thing done to everybody whom a filter of the list finds. Whom that means is written down first, and is as
//! many as the person confirmed; then steps do it, each a unit of work with what came of its users, so that what
//! was broken off goes on where it ended.

mod outcome;
mod step;

use model::{
    BulkAction, ErrorCode, MatchingPage, ResultId, Role, RoleId, RoleRef, UserId, UsersQuery, is_local_path,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::bulk::checked_action;
use super::results::{self, Work};
use super::roles::RoleBook;
use super::search::Filter;
use crate::access::{self, Actor, Held, Operation, explain};
use crate::accounts::typed_lately;
use crate::clock::SECOND;
use crate::store::{Conn, Sql, StoreError, Tx, args};
use crate::{Center, Error, Instant};

pub use outcome::Progress;
pub(super) use outcome::{kept_lines, progress};

/// A request does steps for so long, in µs; the person sees how far it is and goes on.
const PATIENCE: Instant = 5 * SECOND;

/// Something done to everybody whom a filter finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MatchingWork {
    /// What is done
    pub action: BulkAction,
    /// The role, for actions with one.
    pub role: Option<RoleRef>,
    /// Its name if it is one of the company's own, as it was when this began.
    pub role_name: String,
    /// The list that it is done from.
    pub back: String,
}

/// The form of the page *All matching users* as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatchingInput {
    /// Whom it means
    pub query: UsersQuery,
    /// Key of the action
    pub action: String,
    /// Key of the role, for actions with one.
    pub role: String,
    /// How many users that were, as the page showed it.
    pub count: String,
    /// The list that it is done from.
    pub back: String,
}

/// The page *All matching users*: how many a filter finds, and what can be done to them.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn matching_form(
    center: &Center,
    actor: &Actor,
    query: &UsersQuery,
) -> Result<MatchingPage, Error> {
    let held = access::in_company(actor, Operation::UsersMatchingForm)?;
    let mut conn = center.db().read().await?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let (filter, _) = Filter::of(&mut conn, held.company, query, center.now()).await?;
    let (text, values) = filter.narrow(Sql::new("SELECT count(*) AS n FROM members m")).build();
    let count: i64 = conn.value(text, values).await?;
    Ok(MatchingPage { count: small(count), own_roles: book.own_labels() })
}

/// Begins to do something to everybody whom the filter finds, and does as much of it as a request has time for.
/// Answers the result, which says how far it is.
///
/// # Errors
/// The fields `action`, `bulk_role`; `Conflict` when it is nobody, or not as many as were confirmed;
/// `ReauthRequired` when it would change people who administer users or roles, or make some, before anything is
/// done; [`Error::Store`]
pub async fn start_matching(
    center: &Center,
    actor: &Actor,
    input: &MatchingInput,
) -> Result<ResultId, Error> {
    let held = access::in_company(actor, Operation::UsersStartMatching)?;
    let (action, role) = checked_action(&input.action, &input.role)?;
    let mut tx = center.db().write().await?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    book.check("bulk_role", role.as_slice())?;
    let role_name = role.map(|role| book.label(role).own_name).unwrap_or_default();
    let back = if is_local_path(&input.back) { input.back.clone() } else { "/users".to_owned() };
    let work = Work::Matching(MatchingWork { action, role, role_name, back });
    let id = results::save_in(center, &mut tx, &held, &work).await?;
    let (filter, _) = Filter::of(&mut tx, held.company, &input.query, center.now()).await?;
    let sql = Sql::new("INSERT INTO bulk_rows (result_id, user_id) SELECT ").bind(id);
    let (text, values) = filter.narrow(sql.push(", m.user_id FROM members m")).build();
    let found = tx.execute(text, values).await?;
    if found == 0 || input.count != found.to_string() {
        return Err(ErrorCode::Conflict.into());
    }
    let administration = match action {
        BulkAction::ResendInvitation => false,
        BulkAction::AddRole | BulkAction::RemoveRole => book.administer(role.as_slice()),
        BulkAction::Activate | BulkAction::Deactivate | BulkAction::RevokeInvitation => {
            book.administer(&roles_of_others(&mut tx, &held, id).await?)
        }
    };
    if administration {
        typed_lately(center, held.who)?;
    }
    tx.commit().await?;
    if let Err(error) = go_on(center, actor, &held, id).await {
        // What was begun is there, and the result says how far it is; only the log has to hear why.
        explain(center, actor, error).await;
    }
    Ok(id)
}

/// Goes on with what was begun and broken off, as far as a request has time for.
///
/// # Errors
/// `NotFound` when there is no such result, it has ended, or somebody else did it; `ReauthRequired` when it would
/// change people who administer users or roles; [`Error::Store`]
pub async fn go_on_matching(center: &Center, actor: &Actor, id: ResultId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersGoOnMatching)?;
    go_on(center, actor, &held, id).await
}

async fn go_on(center: &Center, actor: &Actor, held: &Held<'_>, id: ResultId) -> Result<(), Error> {
    let Work::Matching(work) = results::load(center, held, id).await?.work else {
        return Err(ErrorCode::NotFound.into());
    };
    let until = center.now() + PATIENCE;
    let mut after = UserId(Uuid::nil());
    while let Some(last) = step::next(center, actor, held, id, &work, after).await? {
        if center.now() >= until {
            break;
        }
        after = last;
    }
    Ok(())
}

/// All roles that those have who are meant, but for whoever does it: nobody does it to himself.
async fn roles_of_others(tx: &mut Tx, held: &Held<'_>, id: ResultId) -> Result<Vec<RoleRef>, StoreError> {
    let built_in = "SELECT DISTINCT r.role FROM bulk_rows b JOIN member_roles r ON r.user_id = b.user_id
         WHERE b.result_id = $1 AND r.company_id = $2 AND b.user_id <> $3";
    let own =
        "SELECT DISTINCT r.role_id FROM bulk_rows b JOIN member_company_roles r ON r.user_id = b.user_id
         WHERE b.result_id = $1 AND r.company_id = $2 AND b.user_id <> $3";
    let conn: &mut Conn = tx;
    let values = args![id, held.company, held.user];
    let mut roles = Vec::new();
    for row in conn.all(built_in, values.clone()).await? {
        roles.push(RoleRef::BuiltIn(row.get::<Role>("role")?));
    }
    for row in conn.all(own, values).await? {
        roles.push(RoleRef::Own(row.get::<RoleId>("role_id")?));
    }
    Ok(roles)
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
