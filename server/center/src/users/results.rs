//! What came of many at once: for the person who did it, for an hour. The page that shows it
//! has an address of its own, so that it is there without JavaScript too.

use model::{BulkAction, ErrorCode, ResultId, RoleLabel, RoleRef, UserId};
use serde::{Deserialize, Serialize};

use super::bulk::Kept;
use super::import::{ImportRow, RowState};
use super::matching::{MatchingWork, Progress, kept_lines, progress};
use crate::access::{self, Actor, Held, Operation};
use crate::clock::{HOUR, MINUTE};
use crate::store::{Tx, args};
use crate::{Center, Error, Instant};

/// How many results of one person are there at a time; the oldest goes.
const KEPT_RESULTS: i64 = 20;
/// How long the adding of rows may take before somebody else may go on with it, in µs. Longer than
/// any request lives.
const LEASE: Instant = MINUTE;

/// Something done to many at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// An action on several users.
    Action(ActionWork),
    /// Something done to everybody whom a filter finds.
    Matching(MatchingWork),
    /// Rows of an import, checked or added.
    Import(Vec<ImportRow>),
}

/// An action on several users, carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionWork {
    /// What was done
    pub action: BulkAction,
    /// The role, for actions with one.
    pub role: Option<RoleRef>,
    /// Its name if it is one of the company's own, as it was when this was done.
    #[serde(default)]
    pub role_name: String,
    /// The list that it was done from.
    pub back: String,
    /// One for each user, in the order in which they were named.
    pub lines: Vec<ActionLine>,
}

impl ActionWork {
    /// The role with its name, for actions with one.
    pub fn label(&self) -> Option<RoleLabel> {
        self.role.map(|role| RoleLabel { role, own_name: self.role_name.clone() })
    }
}

/// What came of one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionLine {
    /// The user; `None` when the company has no such user.
    pub user: Option<UserId>,
    /// Full name
    pub name: String,
    /// Login
    pub email: String,
    /// Why nothing was done to this user, if so.
    pub kept: Option<Kept>,
}

/// A result as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its id
    pub id: ResultId,
    /// What was done
    pub work: Work,
    /// Rows of an import are being added at this moment.
    pub adding: bool,
    /// How far it is, of what is done to everybody whom a filter finds.
    pub progress: Progress,
}

/// What can be taken home of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowsLeft {
    /// Rows of an import that were not added, or can't be.
    Import(Vec<ImportRow>),
    /// Users to whom nothing was done.
    Users(Vec<ActionLine>),
}

/// Keeps a result for an hour.
pub(super) async fn save(center: &Center, held: &Held<'_>, work: &Work) -> Result<ResultId, Error> {
    let mut tx = center.db().write().await?;
    let id = save_in(center, &mut tx, held, work).await?;
    tx.commit().await?;
    Ok(id)
}

/// As [`save`], in a unit of work.
pub(super) async fn save_in(
    center: &Center,
    tx: &mut Tx,
    held: &Held<'_>,
    work: &Work,
) -> Result<ResultId, Error> {
    let id = ResultId(center.new_id());
    tx.execute(
        "INSERT INTO bulk_results (id, company_id, user_id, data, ends_at) VALUES ($1, $2, $3, $4, $5)",
        args![id, held.company, held.user, text(work)?, center.now() + HOUR],
    )
    .await?;
    tx.execute(
        "DELETE FROM bulk_results WHERE company_id = $1 AND user_id = $2 AND id NOT IN
             (SELECT id FROM bulk_results WHERE company_id = $1 AND user_id = $2 ORDER BY ends_at DESC, id DESC LIMIT $3)",
        args![held.company, held.user, KEPT_RESULTS],
    )
    .await?;
    Ok(id)
}

/// A result of this person.
///
/// # Errors
/// `NotFound` when there is none, it has ended, or somebody else did it.
pub async fn result(center: &Center, actor: &Actor, id: ResultId) -> Result<Outcome, Error> {
    let held = access::in_company(actor, Operation::UsersResult)?;
    load(center, &held, id).await
}

/// The rows of an import that were not added, or can't be; the users to whom nothing was done of all whom a
/// filter found.
///
/// # Errors
/// As [`result`]; `NotFound` too when there are none.
pub async fn rows_left(center: &Center, actor: &Actor, id: ResultId) -> Result<RowsLeft, Error> {
    let held = access::in_company(actor, Operation::UsersResultRows)?;
    let (left, none) = match load(center, &held, id).await?.work {
        Work::Import(mut rows) => {
            rows.retain(|row| matches!(row.state, RowState::Kept(_)));
            let none = rows.is_empty();
            (RowsLeft::Import(rows), none)
        }
        Work::Matching(_) => {
            let lines = kept_lines(&mut center.db().read().await?, &held, id).await?;
            let none = lines.is_empty();
            (RowsLeft::Users(lines), none)
        }
        Work::Action(_) => return Err(ErrorCode::NotFound.into()),
    };
    if none { Err(ErrorCode::NotFound.into()) } else { Ok(left) }
}

/// The rows of an import of this person.
pub(super) async fn rows(center: &Center, held: &Held<'_>, id: ResultId) -> Result<Vec<ImportRow>, Error> {
    match load(center, held, id).await?.work {
        Work::Import(rows) => Ok(rows),
        Work::Action(_) | Work::Matching(_) => Err(ErrorCode::NotFound.into()),
    }
}

pub(super) async fn load(center: &Center, held: &Held<'_>, id: ResultId) -> Result<Outcome, Error> {
    let now = center.now();
    let mut conn = center.db().read().await?;
    let row = conn
        .optional(
            "SELECT data, taken_at FROM bulk_results WHERE id = $1 AND company_id = $2 AND user_id = $3 AND ends_at > $4",
            args![id, held.company, held.user, now],
        )
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let taken: Option<Instant> = row.get("taken_at")?;
    let work = read(&row.get::<String>("data")?)?;
    let progress = match work {
        Work::Matching(_) => progress(&mut conn, held, id).await?,
        Work::Action(_) | Work::Import(_) => Progress::default(),
    };
    Ok(Outcome { id, work, adding: taken.is_some_and(|at| at > now - LEASE), progress })
}

/// Rows of an import that this request, and no other, may add.
pub(super) struct Taken {
    /// The rows
    pub(super) rows: Vec<ImportRow>,
    id: ResultId,
    at: Instant,
}

/// Takes the rows of a checked import; `None` when another request is adding them.
pub(super) async fn take(center: &Center, held: &Held<'_>, id: ResultId) -> Result<Option<Taken>, Error> {
    let at = center.now();
    let mut tx = center.db().write().await?;
    let row = tx
        .optional(
            "UPDATE bulk_results SET taken_at = $4 WHERE id = $1 AND company_id = $2 AND user_id = $3 AND ends_at > $4
                 AND (taken_at IS NULL OR taken_at <= $5) RETURNING data",
            args![id, held.company, held.user, at, at - LEASE],
        )
        .await?;
    let Some(row) = row else {
        drop(tx);
        load(center, held, id).await?;
        return Ok(None);
    };
    let Work::Import(rows) = read(&row.get::<String>("data")?)? else {
        return Err(ErrorCode::NotFound.into());
    };
    tx.commit().await?;
    Ok(Some(Taken { rows, id, at }))
}

/// Keeps what came of the rows, and lets go of them.
pub(super) async fn finish(center: &Center, taken: Taken) -> Result<(), Error> {
    let Taken { rows, id, at } = taken;
    let mut tx = center.db().write().await?;
    tx.execute(
        "UPDATE bulk_results SET data = $3, taken_at = NULL, ends_at = $4 WHERE id = $1 AND taken_at = $2",
        args![id, at, text(&Work::Import(rows))?, center.now() + HOUR],
    )
    .await?;
    Ok(tx.commit().await?)
}

fn text(work: &Work) -> Result<String, Error> {
    serde_json::to_string(work).map_err(|error| Error::Fault(error.to_string()))
}

fn read(text: &str) -> Result<Work, Error> {
    serde_json::from_str(text).map_err(|_| Error::Fault("a stored result is damaged".to_owned()))
}
