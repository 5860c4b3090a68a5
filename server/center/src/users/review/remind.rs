use model::CompanyId;

use super::state::{period, progress};
use crate::clock::DAY;
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, args};
use crate::users::guard::lock_company;
use crate::users::main_contacts;
use crate::{Center, Error, Instant};

/// So long after a reminder there is another one, while the review stays due.
const AGAIN: Instant = 7 * DAY;
/// Companies reminded at a time.
const AT_A_TIME: i64 = 100;

/// Mails the main contacts of companies whose review is due: when it becomes due, and once a week after
/// that. Answers how many companies that were.
///
/// # Errors
/// [`Error::Store`]
pub(crate) async fn remind_of_reviews(center: &Center) -> Result<usize, Error> {
    let Some(period) = period(center) else { return Ok(0) };
    let now = center.now();
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT c.id FROM companies c WHERE c.active AND (c.review_told_at IS NULL OR c.review_told_at <= $1)
               AND coalesce((SELECT max(v.finished_at) FROM access_reviews v WHERE v.company_id = c.id), c.created_at) <= $2
             ORDER BY c.id LIMIT $3",
            args![now - AGAIN, now - period, AT_A_TIME],
        )
        .await?;
    let mut reminded = 0;
    for row in &rows {
        reminded += usize::from(remind(center, row.get("id")?, now, period).await?);
    }
    Ok(reminded)
}

/// Of several nodes that remind a company at once exactly one does.
async fn remind(
    center: &Center,
    company: CompanyId,
    now: Instant,
    period: Instant,
) -> Result<bool, StoreError> {
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, company).await?;
    let claimed = tx
        .optional(
            "UPDATE companies SET review_told_at = $2
             WHERE id = $1 AND active AND (review_told_at IS NULL OR review_told_at <= $3)
               AND coalesce((SELECT max(v.finished_at) FROM access_reviews v WHERE v.company_id = companies.id), created_at) <= $4
             RETURNING name",
            args![company, now, now - AGAIN, now - period],
        )
        .await?;
    let Some(claimed) = claimed else { return Ok(false) };
    let name: String = claimed.get("name")?;
    let state = progress(&mut tx, company).await?;
    for contact in main_contacts(&mut tx, company).await? {
        let mail = Mail::new(MailKind::AccessReviewDue, contact.email, contact.locale)
            .fact("name", contact.name)
            .fact("company", name.as_str())
            .fact("confirmed", state.confirmed.to_string())
            .fact("total", state.total.to_string())
            .about(contact.user, Some(company));
        mail::enqueue(center, &mut tx, mail).await?;
    }
    tx.commit().await?;
    Ok(true)
}
