//! How far something done to many is, and to whom nothing was done.

use model::ResultId;

use super::small;
use crate::access::Held;
use crate::store::{Conn, Sql, StoreError, args};
use crate::users::bulk::Kept;
use crate::users::results::ActionLine;

/// What came of a user to whom it was done.
pub(super) const DONE: &str = "done";
/// So many of those to whom nothing was done stand on the page; all of them are in the file.
const SHOWN: i64 = 100;

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// To so many it was done.
    pub done: u32,
    /// To so many nothing was done.
    pub kept: u32,
    /// So many are not done yet.
    pub waiting: u32,
    /// The first of those to whom nothing was done, by name.
    pub lines: Vec<ActionLine>,
}

/// How far a result of this company is.
pub(in crate::users) async fn progress(
    conn: &mut Conn,
    held: &Held<'_>,
    id: ResultId,
) -> Result<Progress, StoreError> {
    let row = conn
        .one(
            "SELECT count(*) AS n, count(came_of) AS ended, count(CASE WHEN came_of = $2 THEN 1 END) AS done
             FROM bulk_rows WHERE result_id = $1",
            args![id, DONE],
        )
        .await?;
    let (all, ended, done): (i64, i64, i64) = (row.get("n")?, row.get("ended")?, row.get("done")?);
    Ok(Progress {
        done: small(done),
        kept: small(ended - done),
        waiting: small(all - ended),
        lines: if ended > done { lines(conn, held, id, Some(SHOWN)).await? } else { Vec::new() },
    })
}

/// Those to whom nothing was done, by name.
pub(in crate::users) async fn kept_lines(
    conn: &mut Conn,
    held: &Held<'_>,
    id: ResultId,
) -> Result<Vec<ActionLine>, StoreError> {
    lines(conn, held, id, None).await
}

async fn lines(
    conn: &mut Conn,
    held: &Held<'_>,
    id: ResultId,
    most: Option<i64>,
) -> Result<Vec<ActionLine>, StoreError> {
    let sql = Sql::new(
        "SELECT m.user_id, m.name, m.email, b.came_of FROM bulk_rows b
         LEFT JOIN members m ON m.user_id = b.user_id AND m.company_id = ",
    );
    let sql =
        sql.bind(held.company).push(" WHERE b.result_id = ").bind(id).push(" AND b.came_of <> ").bind(DONE);
    let sql = sql.push(" ORDER BY m.name_key, b.user_id");
    let (text, values) = sql.when(most, |sql, most| sql.push(" LIMIT ").bind(most)).build();
    let line = |row: &crate::store::Row| {
        Ok(ActionLine {
            user: row.get("user_id")?,
            name: row.get::<Option<String>>("name")?.unwrap_or_default(),
            email: row.get::<Option<String>>("email")?.unwrap_or_default(),
            kept: Some(kept(&row.get::<String>("came_of")?)),
        })
    };
    conn.all(text, values).await?.iter().map(line).collect()
}

/// A reason as it is stored.
pub(super) const fn key(kept: Kept) -> &'static str {
    match kept {
        Kept::Yourself => "yourself",
        Kept::LastMainContact => "last_main_contact",
        Kept::GrantLacking => "grant_lacking",
        Kept::AlreadyActive => "already_active",
        Kept::AlreadyDeactivated => "already_deactivated",
        Kept::NotInvited => "not_invited",
        Kept::HasRole => "has_role",
        Kept::LacksRole => "lacks_role",
        Kept::OnlyRole => "only_role",
        Kept::Unknown => "unknown",
        Kept::TooMany => "too_many",
        Kept::NotDone => "not_done",
    }
}

fn kept(stored: &str) -> Kept {
    Kept::ALL.into_iter().find(|kept| key(*kept) == stored).unwrap_or(Kept::NotDone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_back() {
        for reason in Kept::ALL {
            assert_eq!(kept(key(reason)), reason);
        }
    }
}
