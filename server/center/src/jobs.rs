//! What the portal does by itself, now and then: requests that wait are settled, what has
//! ended is cleared away. Every job may run on several nodes at once.

use crate::clock::DAY;
use crate::store::{StoreError, args};
use crate::{Center, Error, Instant};

/// Settles what people asked for and were answered before it was done: links to set a new
/// password, activations that waited for the ERP, and requests for access that the main contacts
/// have to be told of. Answers how many were settled.
///
/// # Errors
/// [`Error::Store`]
pub async fn settle(center: &Center) -> Result<usize, Error> {
    let resets = crate::accounts::settle_requests(center).await?;
    let parked = crate::activation::settle_parked(center).await?;
    crate::activation::hand_over_early_requests(center).await?;
    let told = crate::users::tell_main_contacts(center).await?;
    crate::office::close_views(center).await?;
    crate::erp::renew_waiting(center.db()).await?;
    Ok(resets + parked + told)
}

/// Looks after the ERP: whether it answers, how it was asked, how far an import is that this node carries out.
///
/// # Errors
/// [`StoreError`]
pub async fn watch(center: &Center) -> Result<(), StoreError> {
    crate::office::erp::beat(center).await?;
    crate::erp::write_down(center).await
}

/// Reminds main contacts of reviews of access that are due. Answers how many companies that were.
///
/// # Errors
/// [`Error::Store`]
pub async fn remind(center: &Center) -> Result<usize, Error> {
    crate::users::remind_of_reviews(center).await
}

/// Questions to the ERP are listed so long, and no more than the latest so many of them.
const CALLS_KEPT: Instant = 7 * DAY;
const CALLS_LISTED: i64 = 10_000;
/// Their counts by the hour are kept so long.
const HOURS_KEPT: Instant = 31 * DAY;
/// Mails that have ended are kept this long: address, names and facts, never a secret.
const MAILS_KEPT: Instant = 90 * DAY;
/// What mails said is kept this long, with secrets masked.
const BODIES_KEPT: Instant = 30 * DAY;
/// Notes that an address does not take mails are kept this long.
const BOUNCES_KEPT: Instant = 365 * DAY;

/// Clears away what has ended: sessions at once, drafts, results and counters after their time, activations
/// after a day, links that can't be used any more, decided requests for access and known networks
/// after thirty days, what mails said after thirty and mails after ninety, notes of addresses that take no mails
/// after a year, entries of the trail after the years that the staff chose; and of the ERP the log, its counts and
/// the files of imports. Nothing rests on this having run: every use compares the end by itself.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(center: &Center) -> Result<(), StoreError> {
    let now = center.now();
    let month = now - 30 * DAY;
    let mut tx = center.db().write().await?;
    let idle = now - crate::accounts::sessions::IDLE;
    tx.execute("DELETE FROM sessions WHERE ends_at <= $1 OR last_seen_at <= $2", args![now, idle]).await?;
    let idle = now - crate::office::sessions::IDLE;
    tx.execute("DELETE FROM staff_sessions WHERE ends_at <= $1 OR last_seen_at <= $2", args![now, idle])
        .await?;
    tx.execute("DELETE FROM pending_sign_ins WHERE ends_at <= $1", args![now]).await?;
    tx.execute("DELETE FROM drafts WHERE ends_at <= $1", args![now]).await?;
    tx.execute("DELETE FROM bulk_results WHERE ends_at <= $1", args![now]).await?;
    tx.execute("DELETE FROM office_results WHERE ends_at <= $1", args![now]).await?;
    tx.execute("DELETE FROM erp_calls WHERE at <= $1", args![now - CALLS_KEPT]).await?;
    tx.execute(
        "DELETE FROM erp_calls WHERE id <= (SELECT id FROM erp_calls ORDER BY id DESC LIMIT 1 OFFSET $1)",
        args![CALLS_LISTED],
    )
    .await?;
    tx.execute("DELETE FROM erp_hours WHERE hour <= $1", args![now - HOURS_KEPT]).await?;
    crate::office::erp::sweep(center, &mut tx).await?;
    tx.execute("DELETE FROM attempts WHERE started_at <= $1", args![now - DAY]).await?;
    tx.execute("DELETE FROM tried_accounts WHERE tried_at <= $1", args![now - DAY]).await?;
    tx.execute("DELETE FROM activations WHERE ends_at <= $1", args![now - DAY]).await?;
    tx.execute("DELETE FROM known_networks WHERE seen_at <= $1", args![month]).await?;
    tx.execute("DELETE FROM known_staff_networks WHERE seen_at <= $1", args![month]).await?;
    tx.execute(
        "DELETE FROM staff_links WHERE requested_at <= $1 AND (consumed_at IS NOT NULL OR revoked_at IS NOT NULL OR ends_at IS NULL OR ends_at <= $1)",
        args![month],
    )
    .await?;
    let sql = "UPDATE access_requests SET decided_at = $1, decision = 'expired' WHERE decided_at IS NULL AND ends_at <= $1";
    tx.execute(sql, args![now]).await?;
    tx.execute("DELETE FROM access_requests WHERE decided_at <= $1", args![month]).await?;
    tx.execute("DELETE FROM early_access_requests WHERE ends_at <= $1", args![now]).await?;
    tx.execute(
        "DELETE FROM link_tokens WHERE link_id IN (SELECT id FROM links WHERE requested_at <= $1
             AND (consumed_at IS NOT NULL OR revoked_at IS NOT NULL OR ends_at IS NULL OR ends_at <= $1))",
        args![month],
    )
    .await?;
    tx.execute(
        "DELETE FROM links WHERE requested_at <= $1 AND NOT EXISTS (SELECT 1 FROM link_tokens t WHERE t.link_id = links.id)
             AND (consumed_at IS NOT NULL OR revoked_at IS NOT NULL OR ends_at IS NULL OR ends_at <= $1)",
        args![month],
    )
    .await?;
    tx.execute("DELETE FROM mail_bodies WHERE kept_at <= $1", args![now - BODIES_KEPT]).await?;
    tx.execute("DELETE FROM mail_bounces WHERE noted_at <= $1", args![now - BOUNCES_KEPT]).await?;
    tx.execute("DELETE FROM outbox WHERE state <> 'pending' AND created_at <= $1", args![now - MAILS_KEPT])
        .await?;
    tx.commit().await?;
    crate::audit::retention::cut(center).await
}
