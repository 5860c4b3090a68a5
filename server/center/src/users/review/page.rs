use model::{Page, PastReview, ReviewPage, ReviewRow, ReviewedUser, SideList, SortKey, UserCounts, UserId};

use super::state::{due_at, progress};
use crate::access::{self, Actor, Operation};
use crate::store::{Conn, Row, Sql, StoreError, args};
use crate::users::contacts::WithoutAccess;
use crate::users::order::{Place, position, rows_from};
use crate::users::roles::{RoleBook, roles_of};
use crate::users::row::{Reader, can_manage, count_of, counts};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// Rows of a page.
const ROWS: usize = 25;

/// The members of a company with what the open review says of them. It says nothing of who was changed
/// since.
const MEMBERS: &str =
    " FROM members m LEFT JOIN access_reviews v ON v.company_id = m.company_id AND v.finished_at IS NULL
     LEFT JOIN access_review_entries e ON e.review_id = v.id AND e.user_id = m.user_id AND e.version = m.version
         AND e.decision = 'confirmed'
     WHERE m.deactivated_at IS NULL AND m.company_id = ";

/// What the list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewQuery {
    /// The page after this user; empty for the first.
    pub after: String,
    /// The page before this user.
    pub before: String,
    /// Only those who are not confirmed.
    pub open: bool,
}

/// The page *Access review*: enabled users with what they may do, and the reviews of the past, at most
/// forty.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn review(
    center: &Center,
    actor: &Actor,
    query: &ReviewQuery,
) -> Result<SideList<ReviewPage>, Error> {
    let held = access::in_company(actor, Operation::UsersReview)?;
    let contacts = WithoutAccess::of(center, &held).await?;
    let now = center.now();
    let reader = Reader::new(center, held);
    let mut conn = center.db().read().await?;
    let counts = counts(&mut conn, held.company, contacts.count(), now).await?;
    let due = due_at(center, &mut conn, held.company).await?;
    let progress = progress(&mut conn, held.company).await?;

    let cursor = if query.after.is_empty() { &query.before } else { &query.after };
    let cursor = position(&mut conn, held.company.0, SortKey::Name, cursor).await?;
    let from_start = cursor.is_none();
    let backwards = !from_start && query.after.is_empty();
    let mut page = members(&mut conn, held.company.0, query.open, cursor, backwards).await?;
    if page.rows.is_empty() && !from_start {
        // What stood here was confirmed meanwhile.
        page = members(&mut conn, held.company.0, query.open, None, false).await?;
    } else if !from_start {
        page.turn(backwards);
    }

    let ids = page.rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let roles = roles_of(&mut conn, &book, held.company, &ids).await?;
    let mut rows = Vec::with_capacity(ids.len());
    for (row, roles) in page.rows.iter().zip(roles) {
        let user = reader.user_row(row, book.labels(&roles))?;
        rows.push(ReviewRow {
            shown: ReviewedUser { user: user.id, version: row.get("version")? }.to_string(),
            confirmed: confirmed(row, reader.times())?,
            user,
        });
    }
    let listed = Sql::new("SELECT count(*) AS n FROM (SELECT 1").push(MEMBERS).bind(held.company);
    let total = count_of(&mut conn, only_open(listed, query.open)).await?;
    let edge = |id: Option<&UserId>, more: bool| id.filter(|_| more).map(ToString::to_string);
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: UserCounts { differences: contacts.differences, ..counts },
        list: ReviewPage {
            progress,
            due: due.is_some_and(|due| due <= now),
            day: due.map(|due| reader.times().date(due)).unwrap_or_default(),
            users: Page {
                total,
                before: edge(ids.first(), page.before),
                after: edge(ids.last(), page.after),
                rows,
            },
            open: query.open,
            past: past(&mut conn, held.company.0, reader.times()).await?,
        },
        can_manage: can_manage(held.member),
    })
}

/// Rows of the list, and whether there are more on either side.
struct Stretch {
    rows: Vec<Row>,
    before: bool,
    after: bool,
}

impl Stretch {
    /// The stretch begins behind a cursor, on whose other side there is more.
    fn turn(&mut self, backwards: bool) {
        if backwards {
            self.rows.reverse();
            (self.before, self.after) = (self.after, true);
        } else {
            self.before = true;
        }
    }
}

fn only_open(sql: Sql, open: bool) -> Sql {
    sql.when(open.then_some(()), |sql, ()| sql.push(" AND e.user_id IS NULL"))
}

async fn members(
    conn: &mut Conn,
    company: uuid::Uuid,
    open: bool,
    cursor: Option<Place>,
    descending: bool,
) -> Result<Stretch, StoreError> {
    let sql = Sql::new(
        "SELECT m.user_id, m.name, m.name_key, m.email, m.contact_number, m.deactivated_at, m.accepted_at,
             m.invitation_ends_at, m.locked_until, m.budget_order, m.budget_month, m.last_seen_at, m.version,
             e.decided_at, e.decided_by_name",
    )
    .push(MEMBERS)
    .bind(company);
    let order = (SortKey::Name, descending);
    let mut rows = rows_from(conn, only_open(sql, open), order, cursor, ROWS + 1).await?;
    let after = rows.len() > ROWS;
    rows.truncate(ROWS);
    Ok(Stretch { rows, before: false, after })
}

/// `today, 09:12 · Marta Lind`; empty while the user is not confirmed.
fn confirmed(row: &Row, times: &Times) -> Result<String, StoreError> {
    let at: Option<Instant> = row.get("decided_at")?;
    let by: Option<String> = row.get("decided_by_name")?;
    Ok(match (at, by) {
        (Some(at), Some(by)) => format!("{} · {by}", times.moment(at)),
        _ => String::new(),
    })
}

async fn past(conn: &mut Conn, company: uuid::Uuid, times: &Times) -> Result<Vec<PastReview>, StoreError> {
    let rows = conn
        .all(
            "SELECT v.id, v.finished_at, v.finished_by_name,
                 (SELECT count(*) FROM access_review_entries e WHERE e.review_id = v.id) AS users
             FROM access_reviews v WHERE v.company_id = $1 AND v.finished_at IS NOT NULL
             ORDER BY v.finished_at DESC, v.id DESC LIMIT 40",
            args![company],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(PastReview {
                id: row.get("id")?,
                finished: times.full(row.get("finished_at")?),
                by: row.get("finished_by_name")?,
                users: u32::try_from(row.get::<i64>("users")?).unwrap_or(u32::MAX),
            })
        })
        .collect()
}
