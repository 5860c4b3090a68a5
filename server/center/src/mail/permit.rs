//! Whether a mail may still be sent, and the traces that sending it leaves: the hash of its
//! secret, and until when that is good.

use model::{ActivationId, CompanyId, Email, LinkId, Locale, MailId, StaffId, UserId};

use super::MailKind;
use super::secret::Secret;
use crate::Instant;
use crate::store::{Conn, StoreError, Tx, args};

/// A row of the outbox.
pub(super) struct Waiting {
    pub(super) id: MailId,
    pub(super) kind: MailKind,
    pub(super) recipient: Email,
    pub(super) locale: Locale,
    pub(super) data: String,
    pub(super) user: Option<UserId>,
    pub(super) company: Option<CompanyId>,
    pub(super) link: Option<LinkId>,
    pub(super) activation: Option<ActivationId>,
    pub(super) staff: Option<StaffId>,
    pub(super) attempts: i64,
    pub(super) created_at: Instant,
    /// Since when it is tried: from the beginning, or since it was taken up again.
    pub(super) since: Instant,
    /// What a test of a template is written from.
    pub(super) trial: Option<String>,
}

impl Waiting {
    /// The row, if it still waits and is of a kind that this version knows.
    pub(super) async fn find(conn: &mut Conn, id: MailId) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT kind, recipient, locale, data, user_id, company_id, link_id, activation_id, staff_id, attempts, created_at,
                 COALESCE(retried_at, created_at) AS since, trial
             FROM outbox WHERE id = $1 AND state = 'pending'";
        let Some(row) = conn.optional(sql, args![id]).await? else { return Ok(None) };
        let Some(kind) = MailKind::from_key(&row.get::<String>("kind")?) else { return Ok(None) };
        Ok(Some(Self {
            id,
            kind,
            recipient: row.get("recipient")?,
            locale: row.get("locale")?,
            data: row.get("data")?,
            user: row.get("user_id")?,
            company: row.get("company_id")?,
            link: row.get("link_id")?,
            activation: row.get("activation_id")?,
            staff: row.get("staff_id")?,
            attempts: row.get("attempts")?,
            created_at: row.get("created_at")?,
            since: row.get("since")?,
            trial: row.get("trial")?,
        }))
    }
}

/// What became of a mail that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permit {
    /// It may be sent.
    Granted,
    /// The secret that was remembered is not the one the database knows: a new one is needed.
    Stale,
    /// Its reason is gone.
    Cancelled(&'static str),
    /// Its time is over.
    Expired(&'static str),
    /// It was never complete: a fault of the portal.
    Broken(&'static str),
}

/// Decides about a mail and writes down its secret, which is to be kept only when the permit is
/// granted. `fresh`: the secret was made just now.
///
/// Rows of the mail's subject are touched before its row in the outbox, as everywhere, so that
/// no two transactions wait for each other.
pub(super) async fn permit(
    tx: &mut Tx,
    mail: &Waiting,
    secret: &Secret,
    fresh: bool,
    now: Instant,
) -> Result<Permit, StoreError> {
    if let Some(user) = mail.user
        && mail.kind != MailKind::Deactivated
        && !can_act(tx, user, mail.company).await?
    {
        return Ok(Permit::Cancelled("the account is not active"));
    }
    if let Some(staff) = mail.staff
        && !is_switched_on(tx, staff).await?
    {
        return Ok(Permit::Cancelled("the account is not active"));
    }
    let ends = now + mail.kind.validity().unwrap_or_default();
    match secret {
        Secret::Nothing => Ok(Permit::Granted),
        Secret::Code { hash, .. } => code(tx, mail, hash, fresh, now).await,
        Secret::Token { hash, .. } if mail.kind == MailKind::ActivationResumed => {
            resumed(tx, mail, hash, fresh, now, ends).await
        }
        Secret::Token { hash, .. } if mail.staff.is_some() => staff_link(tx, mail, hash, ends).await,
        Secret::Token { hash, .. } => link(tx, mail, hash, now, ends).await,
    }
}

/// Whether a user is switched on: in this company or, without one, anywhere.
pub(crate) async fn can_act(
    conn: &mut Conn,
    user: UserId,
    company: Option<CompanyId>,
) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n WHERE EXISTS (
             SELECT 1 FROM members m JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND ($2 IS NULL OR m.company_id = $2) AND m.deactivated_at IS NULL AND c.active)
         OR ($2 IS NULL AND EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = $1 AND b.deactivated_at IS NULL))";
    Ok(conn.optional(sql, args![user, company]).await?.is_some())
}

async fn link(
    tx: &mut Tx,
    mail: &Waiting,
    hash: &[u8; 32],
    now: Instant,
    ends: Instant,
) -> Result<Permit, StoreError> {
    let Some(id) = mail.link else { return Ok(Permit::Broken("the link is missing")) };
    let sql = "SELECT user_id, company_id, email, purpose, consumed_at, revoked_at FROM links WHERE id = $1";
    let Some(row) = tx.optional(sql, args![id]).await? else {
        return Ok(Permit::Cancelled("the link is gone"));
    };
    if row.get::<Option<i64>>("consumed_at")?.is_some() {
        return Ok(Permit::Cancelled("the link was used"));
    }
    if row.get::<Option<i64>>("revoked_at")?.is_some() {
        return Ok(Permit::Cancelled("the link was revoked"));
    }
    // Using the link proves this address, so it must reach no other.
    if row.get::<Email>("email")? != mail.recipient {
        return Ok(Permit::Broken("the link belongs to another address"));
    }
    if row.get::<String>("purpose")? == "invitation" {
        tx.execute(
            "UPDATE members SET invitation_ends_at = $3 WHERE company_id = $1 AND user_id = $2",
            args![row.get::<Option<CompanyId>>("company_id")?, row.get::<UserId>("user_id")?, ends],
        )
        .await?;
    }
    let sql = "UPDATE links SET ends_at = $2 WHERE id = $1 AND consumed_at IS NULL AND revoked_at IS NULL";
    if tx.execute(sql, args![id, ends]).await? == 0 {
        return Ok(Permit::Cancelled("the link was revoked"));
    }
    tx.execute(
        "INSERT INTO link_tokens (token_hash, link_id, created_at) VALUES ($1, $2, $3) ON CONFLICT (token_hash) DO NOTHING",
        args![hash, id, now],
    )
    .await?;
    Ok(Permit::Granted)
}

async fn is_switched_on(conn: &mut Conn, staff: StaffId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n FROM staff WHERE id = $1 AND deactivated_at IS NULL";
    Ok(conn.optional(sql, args![staff]).await?.is_some())
}

/// A link of the Back Office has one secret: the one that was mailed last.
async fn staff_link(
    tx: &mut Tx,
    mail: &Waiting,
    hash: &[u8; 32],
    ends: Instant,
) -> Result<Permit, StoreError> {
    let Some(id) = mail.link else { return Ok(Permit::Broken("the link is missing")) };
    let sql = "UPDATE staff_links SET token_hash = $3, ends_at = $4
         WHERE id = $1 AND consumed_at IS NULL AND revoked_at IS NULL
             AND staff_id = (SELECT id FROM staff WHERE email = $2)";
    let touched = tx.execute(sql, args![id, &mail.recipient, hash, ends]).await?;
    Ok(if touched == 0 { Permit::Cancelled("the link can't be used any more") } else { Permit::Granted })
}

async fn code(
    tx: &mut Tx,
    mail: &Waiting,
    hash: &str,
    fresh: bool,
    now: Instant,
) -> Result<Permit, StoreError> {
    let Some(id) = mail.activation else { return Ok(Permit::Broken("the activation is missing")) };
    if now - mail.created_at >= mail.kind.validity().unwrap_or_default() {
        return Ok(Permit::Expired("the code came too late"));
    }
    let touched = if fresh {
        let sql = "UPDATE activations SET code_hash = $2, code_sent_at = $3, code_attempts = 0
             WHERE id = $1 AND state = 'code' AND ends_at > $3";
        tx.execute(sql, args![id.0, hash, now]).await?
    } else {
        let sql = "UPDATE activations SET code_sent_at = $3 WHERE id = $1 AND state = 'code' AND ends_at > $3 AND code_hash = $2";
        tx.execute(sql, args![id.0, hash, now]).await?
    };
    Ok(match (touched, fresh) {
        (1.., _) => Permit::Granted,
        (0, false) => Permit::Stale,
        (0, true) => Permit::Cancelled("the activation waits for no code"),
    })
}

async fn resumed(
    tx: &mut Tx,
    mail: &Waiting,
    hash: &[u8; 32],
    fresh: bool,
    now: Instant,
    ends: Instant,
) -> Result<Permit, StoreError> {
    let Some(id) = mail.activation else { return Ok(Permit::Broken("the activation is missing")) };
    let touched = if fresh {
        let sql = "UPDATE activations SET browser_hash = $2, ends_at = $4 WHERE id = $1 AND state = 'resumed' AND ends_at > $3";
        tx.execute(sql, args![id.0, hash, now, ends]).await?
    } else {
        let sql = "UPDATE activations SET ends_at = $4
             WHERE id = $1 AND state = 'resumed' AND ends_at > $3 AND browser_hash = $2";
        tx.execute(sql, args![id.0, hash, now, ends]).await?
    };
    Ok(match (touched, fresh) {
        (1.., _) => Permit::Granted,
        (0, false) => Permit::Stale,
        (0, true) => Permit::Cancelled("the activation is not waiting"),
    })
}
