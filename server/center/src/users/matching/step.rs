//! A step of something done to many: the next users, in one unit of work with what came of them.

use std::collections::{BTreeMap, HashMap};

use model::{BulkAction, ErrorCode, ResultId, Role, UserId};

use super::MatchingWork;
use super::outcome::{DONE, key};
use crate::access::{Actor, Held};
use crate::clock::HOUR;
use crate::store::{Sql, StoreError, Tx, args};
use crate::users::bulk::Kept;
use crate::users::found::find;
use crate::users::guard::lock_company;
use crate::users::invite::{Inviter, send_again_in, take_back};
use crate::users::manage::set_role;
use crate::users::switch::{may_switch_off, off, switch_on};
use crate::{Center, Error};

/// So many users are switched off by a step, which takes them by the hundred.
const TOGETHER: i64 = 500;
/// So many users are done by other steps, one after the other: others who change the company's users wait for it.
const ONE_BY_ONE: i64 = 100;

/// What came of users, in any order: why nothing was done, if so.
type CameOf = Vec<(UserId, Option<Kept>)>;

/// Does the next users who wait behind `after`. Answers the last of them; `None` when nobody waits.
pub(super) async fn next(
    center: &Center,
    actor: &Actor,
    held: &Held<'_>,
    id: ResultId,
    work: &MatchingWork,
    after: UserId,
) -> Result<Option<UserId>, Error> {
    let mut tx = center.db().write().await?;
    // Requests that go on with the same result follow one another here, and see what the other did.
    lock_company(&mut tx, held.company).await?;
    let most = if work.action == BulkAction::Deactivate { TOGETHER } else { ONE_BY_ONE };
    let sql = "SELECT user_id FROM bulk_rows WHERE result_id = $1 AND user_id > $2 AND came_of IS NULL
         ORDER BY user_id LIMIT $3";
    let rows = tx.all(sql, args![id, after, most]).await?;
    let users = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let Some(last) = users.last().copied() else { return Ok(None) };
    let came_of = match work.action {
        BulkAction::Deactivate => switch_off(center, &mut tx, actor, held, users).await?,
        _ => one_by_one(center, &mut tx, actor, held, work, users).await?,
    };
    note(&mut tx, id, &came_of).await?;
    let sql = "UPDATE bulk_results SET ends_at = $2 WHERE id = $1";
    tx.execute(sql, args![id, center.now() + HOUR]).await?;
    tx.commit().await?;
    Ok(Some(last))
}

/// Switches users off together, each with the guards of the use case for one.
async fn switch_off(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    users: Vec<UserId>,
) -> Result<CameOf, Error> {
    let sql = Sql::new("UPDATE users SET locale = locale WHERE id IN ").list(users.iter().copied());
    let (text, values) = sql.build();
    tx.execute(text, values).await?;
    let found: HashMap<_, _> = find(tx, held.company, &users).await?.into_iter().collect();
    let mut managers: i64 = tx
        .value(
            "SELECT count(*) AS n FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
             WHERE r.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL",
            args![held.company, Role::MainContact],
        )
        .await?;
    let mut came_of = CameOf::with_capacity(users.len());
    let mut allowed = Vec::with_capacity(users.len());
    for user in users {
        let Some(found) = found.get(&user) else {
            came_of.push((user, Some(Kept::Unknown)));
            continue;
        };
        let kept = kept(BulkAction::Deactivate, may_switch_off(center, held, user, found, managers > 1))?;
        if kept.is_none() {
            managers -= i64::from(found.manages());
            allowed.push((user, found));
        }
        came_of.push((user, kept));
    }
    if !allowed.is_empty() {
        off(center, tx, actor, &Inviter::of(held), &allowed).await?;
    }
    Ok(came_of)
}

async fn one_by_one(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    work: &MatchingWork,
    users: Vec<UserId>,
) -> Result<CameOf, Error> {
    let mut came_of = CameOf::with_capacity(users.len());
    for user in users {
        // Each refuses before it writes anything.
        let answer = match (work.action, work.role) {
            (BulkAction::Activate, _) => switch_on(center, tx, actor, held, user).await,
            (BulkAction::ResendInvitation, _) => send_again_in(center, tx, actor, held, user).await,
            (BulkAction::RevokeInvitation, _) => take_back(center, tx, actor, held, user).await,
            (BulkAction::AddRole, Some(role)) => set_role(center, tx, actor, held, user, (role, true)).await,
            (BulkAction::RemoveRole, Some(role)) => {
                set_role(center, tx, actor, held, user, (role, false)).await
            }
            (BulkAction::Deactivate | BulkAction::AddRole | BulkAction::RemoveRole, _) => {
                Err(Error::Fault("a step without its role".to_owned()))
            }
        };
        came_of.push((user, kept(work.action, answer)?));
    }
    Ok(came_of)
}

/// Why nothing was done to one user. What concerns more than this user ends the step.
fn kept(action: BulkAction, answer: Result<(), Error>) -> Result<Option<Kept>, Error> {
    match answer {
        Ok(()) => Ok(None),
        Err(Error::Refused(refused)) if refused.code != ErrorCode::ReauthRequired => {
            Ok(Some(Kept::because(action, &refused.code)))
        }
        Err(error) => Err(error),
    }
}

async fn note(tx: &mut Tx, id: ResultId, came_of: &CameOf) -> Result<(), StoreError> {
    let mut users: BTreeMap<&str, Vec<UserId>> = BTreeMap::new();
    for (user, kept) in came_of {
        users.entry(kept.map_or(DONE, key)).or_default().push(*user);
    }
    for (came_of, users) in users {
        let sql =
            Sql::new("UPDATE bulk_rows SET came_of = ").bind(came_of).push(" WHERE result_id = ").bind(id);
        let (text, values) = sql.push(" AND user_id IN ").list(users).build();
        tx.execute(text, values).await?;
    }
    Ok(())
}
