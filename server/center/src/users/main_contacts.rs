use model::{CompanyId, Email, Locale, Notice, Role, UserId};

use super::guard::lock_company;
use crate::accounts;
use crate::clock::HOUR;
use crate::mail::{self, Mail, MailKind};
use crate::store::{Conn, StoreError, args};
use crate::{Center, Error, Instant};

/// So many requests for access a company's main contacts are mailed about in an hour. Further ones
/// stand in the list at once and are mailed later, so that nobody floods their mailboxes.
const TOLD_IN_AN_HOUR: i64 = 3;

/// An active main contact, as mails address it.
pub(crate) struct MainContact {
    pub user: UserId,
    pub email: Email,
    pub name: String,
    pub locale: Locale,
}

/// The active main contacts of a company.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn main_contacts(
    conn: &mut Conn,
    company: CompanyId,
) -> Result<Vec<MainContact>, StoreError> {
    let rows = conn
        .all(
            "SELECT u.id, u.email, u.name, COALESCE(m.locale, u.locale) AS locale FROM members m
             JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id
             JOIN users u ON u.id = m.user_id
             WHERE m.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL",
            args![company, Role::MainContact],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(MainContact {
                user: row.get("id")?,
                email: row.get("email")?,
                name: row.get("name")?,
                locale: row.get("locale")?,
            })
        })
        .collect()
}

/// Mails the main contacts about requests for access that they were not told of yet. Answers how
/// many requests that were.
///
/// # Errors
/// [`Error::Store`]
pub(crate) async fn tell_main_contacts(center: &Center) -> Result<usize, Error> {
    let now = center.now();
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT r.id, r.company_id FROM access_requests r JOIN companies c ON c.id = r.company_id
             WHERE r.told_at IS NULL AND r.decided_at IS NULL AND r.ends_at > $1 AND c.active
               AND (SELECT count(*) FROM access_requests t WHERE t.company_id = r.company_id AND t.told_at > $2) < $3
             ORDER BY r.created_at, r.id LIMIT 20",
            args![now, now - HOUR, TOLD_IN_AN_HOUR],
        )
        .await?;
    let mut told = 0;
    for row in &rows {
        let company: CompanyId = row.get("company_id")?;
        told += usize::from(tell(center, row.get("id")?, company, now).await?);
    }
    Ok(told)
}

/// Of several nodes that tell of a request at once exactly one does.
async fn tell(
    center: &Center,
    request: model::AccessRequestId,
    company: CompanyId,
    now: Instant,
) -> Result<bool, StoreError> {
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, company).await?;
    let claimed = tx
        .optional(
            "UPDATE access_requests SET told_at = $3
             WHERE company_id = $1 AND id = $2 AND told_at IS NULL AND decided_at IS NULL AND ends_at > $3
               AND (SELECT count(*) FROM access_requests t WHERE t.company_id = $1 AND t.told_at > $4) < $5
             RETURNING name, email, message",
            args![company, request, now, now - HOUR, TOLD_IN_AN_HOUR],
        )
        .await?;
    let Some(asked) = claimed else { return Ok(false) };
    let company_name: String = {
        let row = tx.one("SELECT name FROM companies WHERE id = $1", args![company]).await?;
        row.get("name")?
    };
    let (name, email, message): (String, Email, String) =
        (asked.get("name")?, asked.get("email")?, asked.get("message")?);
    for contact in main_contacts(&mut tx, company).await? {
        if !accounts::wants(&mut tx, contact.user, Notice::AccessRequested).await? {
            continue;
        }
        let mail = Mail::new(MailKind::AccessRequested, contact.email, contact.locale)
            .fact("name", contact.name)
            .fact("asked_name", name.as_str())
            .fact("asked_email", email.as_str())
            .fact("company", company_name.as_str())
            .fact("message", message.as_str())
            .about(contact.user, Some(company));
        mail::enqueue(center, &mut tx, mail).await?;
    }
    tx.commit().await?;
    Ok(true)
}
