use model::{CompanyId, ReviewId, ReviewProgress};

use crate::access::Held;
use crate::clock::DAY;
use crate::store::{Conn, StoreError, args};
use crate::users::row::can_manage;
use crate::{Center, Instant};

/// Time between reviews, in µs; `None` when they are never due.
pub(super) fn period(center: &Center) -> Option<Instant> {
    match center.settings().access_review_days {
        0 => None,
        days => Some(Instant::from(days) * DAY),
    }
}

/// When the company's next review is due: a period after the last one, or after the company was made.
pub(super) async fn due_at(
    center: &Center,
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Option<Instant>, StoreError> {
    let Some(period) = period(center) else { return Ok(None) };
    let last: Instant = conn
        .value(
            "SELECT coalesce((SELECT max(v.finished_at) FROM access_reviews v WHERE v.company_id = c.id), c.created_at) AS n
             FROM companies c WHERE c.id = $1",
            args![company],
        )
        .await?;
    Ok(Some(last + period))
}

/// Whether the company's review is due.
pub(crate) async fn review_is_due(
    center: &Center,
    conn: &mut Conn,
    company: CompanyId,
) -> Result<bool, StoreError> {
    Ok(due_at(center, conn, company).await?.is_some_and(|due| due <= center.now()))
}

/// How far the open review is; nobody is confirmed while there is none.
pub(super) async fn progress(conn: &mut Conn, company: CompanyId) -> Result<ReviewProgress, StoreError> {
    let row = conn
        .one(
            "SELECT (SELECT count(*) FROM members m WHERE m.company_id = $1 AND m.deactivated_at IS NULL) AS everyone,
                    (SELECT count(*) FROM access_reviews v
                         JOIN access_review_entries e ON e.review_id = v.id AND e.decision = 'confirmed'
                         JOIN members m ON m.company_id = v.company_id AND m.user_id = e.user_id AND m.version = e.version
                     WHERE v.company_id = $1 AND v.finished_at IS NULL AND m.deactivated_at IS NULL) AS confirmed",
            args![company],
        )
        .await?;
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(ReviewProgress { confirmed: number(row.get("confirmed")?), total: number(row.get("everyone")?) })
}

/// The progress of a review that is due, for who can do it.
pub(in crate::users) async fn waiting(
    center: &Center,
    conn: &mut Conn,
    held: &Held<'_>,
) -> Result<Option<ReviewProgress>, StoreError> {
    if !can_manage(held.member) {
        return Ok(None);
    }
    match due_at(center, conn, held.company).await? {
        Some(due) if due <= center.now() => progress(conn, held.company).await.map(Some),
        _ => Ok(None),
    }
}

/// The open review, if there is one.
pub(super) async fn open_review(conn: &mut Conn, company: CompanyId) -> Result<Option<ReviewId>, StoreError> {
    let sql = "SELECT id FROM access_reviews WHERE company_id = $1 AND finished_at IS NULL";
    conn.optional(sql, args![company]).await?.map(|row| row.get("id")).transpose()
}
