//! Whether a mail still makes sense: what it speaks of has to hold at the moment at which it is sent again.

use model::{CompanyId, Email, MailState, Role, UserId};
use serde::{Deserialize, Serialize};

use super::stored::Stored;
use crate::clock::MINUTE;
use crate::mail::{self, MailKind};
use crate::store::{Conn, StoreError, args};
use crate::users::review_is_due;
use crate::{Center, Instant};

/// Why a mail can't be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// It is on its way, or waits.
    OnItsWay,
    /// It was not sent, for a reason that holds on.
    Dropped,
    /// It was given up: that very mail can be taken up again.
    GivenUp,
    /// It was not given up.
    NotGivenUp,
    /// Another version of the portal wrote it.
    Unknown,
    /// A test of a template.
    Trial,
    /// What was kept of the person was erased.
    Erased,
    /// A code: only who types it can ask for one.
    Code,
    /// A link of a colleague: that is sent from the colleague's page.
    Colleague,
    /// The account is not active.
    NotActive,
    /// The account is active again.
    ActiveAgain,
    /// The person has another address now.
    OtherAddress,
    /// The link was used.
    LinkUsed,
    /// A newer link took its place, or it was taken back.
    LinkReplaced,
    /// The addressee is no main contact any more.
    NoMainContact,
    /// The request was decided or has ended.
    Decided,
    /// The review was finished.
    Reviewed,
    /// The activation has ended.
    ActivationOver,
    /// The view has ended.
    ViewOver,
    /// What it says is not so any more.
    Otherwise,
    /// There is no such mail.
    Missing,
    /// Too many were sent within the hour, or the portal could not do it just now.
    NotDone,
}

/// What stands in the way of sending a fresh mail like this one.
pub(super) async fn of_resending(
    center: &Center,
    conn: &mut Conn,
    mail: &Stored,
) -> Result<Option<Obstacle>, StoreError> {
    Ok(match mail.state {
        MailState::Waiting | MailState::Sending | MailState::Failed => Some(Obstacle::OnItsWay),
        MailState::Dropped => Some(Obstacle::Dropped),
        MailState::Dead => Some(Obstacle::GivenUp),
        MailState::Sent if is_being_repeated(conn, mail).await? => Some(Obstacle::OnItsWay),
        MailState::Sent => match mail.kind {
            Some(MailKind::ActivationCode) => Some(Obstacle::Code),
            Some(MailKind::StaffInvitation | MailKind::StaffPasswordLink) => Some(Obstacle::Colleague),
            _ => of_its_reason(center, conn, mail).await?,
        },
    })
}

/// Whether a repetition still waits, so that nobody gets the same twice for a click too many.
async fn is_being_repeated(conn: &mut Conn, mail: &Stored) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n FROM outbox WHERE repeats = $1 AND state = 'pending' LIMIT 1";
    Ok(conn.optional(sql, args![mail.id]).await?.is_some())
}

/// What stands in the way of taking up a mail that was given up.
pub(super) async fn of_retrying(
    center: &Center,
    conn: &mut Conn,
    mail: &Stored,
) -> Result<Option<Obstacle>, StoreError> {
    if mail.state != MailState::Dead {
        return Ok(Some(Obstacle::NotGivenUp));
    }
    of_its_reason(center, conn, mail).await
}

/// Whether what the mail speaks of holds. Whatever is secret in it is decided once more when it is sent.
async fn of_its_reason(
    center: &Center,
    conn: &mut Conn,
    mail: &Stored,
) -> Result<Option<Obstacle>, StoreError> {
    let now = center.now();
    let Some(kind) = mail.kind else { return Ok(Some(Obstacle::Unknown)) };
    if mail.trial.is_some() {
        return Ok(Some(Obstacle::Trial));
    }
    if mail.facts.is_empty() {
        return Ok(Some(Obstacle::Erased));
    }
    if mail.staff.is_some() {
        return colleague(conn, mail).await;
    }
    let Some(user) = mail.user else {
        return Ok(match kind {
            MailKind::ActivationCode if now - mail.created_at < kind.validity().unwrap_or_default() => {
                activation(conn, mail, "code", now).await?
            }
            MailKind::ActivationCode => Some(Obstacle::Code),
            MailKind::ActivationResumed => activation(conn, mail, "resumed", now).await?,
            MailKind::AccessDeclined => declined(conn, mail).await?,
            _ => Some(Obstacle::Unknown),
        });
    };
    if let Some(obstacle) = person(conn, kind, user, mail).await? {
        return Ok(Some(obstacle));
    }
    let company = mail.company;
    let main_contact = match company {
        Some(company) => is_main_contact(conn, company, &mail.recipient).await?,
        None => false,
    };
    let holds = |holds: bool, otherwise| (!holds).then_some(otherwise);
    Ok(match (kind, company) {
        (MailKind::AccountCreated | MailKind::PasswordReset | MailKind::EmailChangeConfirm, _) => {
            link(conn, mail).await?
        }
        (MailKind::EmailChangeNotice, _) => {
            let sql =
                "SELECT 1 AS n FROM links WHERE user_id = $1 AND purpose = 'email_change' AND email = $2
                 AND consumed_at IS NULL AND revoked_at IS NULL";
            let waits = conn.optional(sql, args![user, mail.fact("new_email")]).await?.is_some();
            holds(waits, Obstacle::LinkReplaced)
        }
        (MailKind::FurtherAdministrator | MailKind::AccessRequested | MailKind::AccessReviewDue, Some(_))
            if !main_contact =>
        {
            Some(Obstacle::NoMainContact)
        }
        (MailKind::FurtherAdministrator, Some(company)) => {
            let joined = is_main_contact(conn, company, mail.fact("new_email")).await?;
            holds(joined, Obstacle::Otherwise)
        }
        (MailKind::AccessRequested, Some(company)) => {
            let sql = "SELECT 1 AS n FROM access_requests WHERE company_id = $1 AND email = $2 AND decided_at IS NULL AND ends_at > $3";
            let open = conn.optional(sql, args![company, mail.fact("asked_email"), now]).await?.is_some();
            holds(open, Obstacle::Decided)
        }
        (MailKind::AccessReviewDue, Some(company)) => {
            holds(review_is_due(center, conn, company).await?, Obstacle::Reviewed)
        }
        (MailKind::ViewBegan, _) => {
            // The mail was asked for together with the view.
            let sql = "SELECT 1 AS n FROM views WHERE ended_at IS NULL AND ends_at > $3 AND began_at >= $4 AND began_at <= $5
                 AND (company_id = $1 OR ($1 IS NULL AND user_id = $2))";
            let (from, to) = (mail.created_at - MINUTE, mail.created_at + MINUTE);
            let open = conn.optional(sql, args![company, user, now, from, to]).await?.is_some();
            holds(open, Obstacle::ViewOver)
        }
        _ => None,
    })
}

/// Whether the person is switched on, or off where that is what the mail says, and still has the address.
async fn person(
    conn: &mut Conn,
    kind: MailKind,
    user: UserId,
    mail: &Stored,
) -> Result<Option<Obstacle>, StoreError> {
    let acts = mail::can_act(conn, user, mail.company).await?;
    if kind == MailKind::Deactivated && acts {
        return Ok(Some(Obstacle::ActiveAgain));
    }
    if kind != MailKind::Deactivated && !acts {
        return Ok(Some(Obstacle::NotActive));
    }
    let Some(row) = conn.optional("SELECT email FROM users WHERE id = $1", args![user]).await? else {
        return Ok(Some(Obstacle::NotActive));
    };
    let login: Email = row.get("email")?;
    let same = match kind {
        // Its link says whose the address is.
        MailKind::EmailChangeConfirm => true,
        // Told to the old address too.
        MailKind::EmailChanged => mail.fact("new_email") == login.as_str(),
        _ => mail.recipient == login.as_str(),
    };
    Ok((!same).then_some(Obstacle::OtherAddress))
}

async fn colleague(conn: &mut Conn, mail: &Stored) -> Result<Option<Obstacle>, StoreError> {
    let sql = "SELECT email, deactivated_at IS NOT NULL AS off FROM staff WHERE id = $1";
    let Some(row) = conn.optional(sql, args![mail.staff]).await? else {
        return Ok(Some(Obstacle::NotActive));
    };
    if row.get("off")? {
        return Ok(Some(Obstacle::NotActive));
    }
    if row.get::<String>("email")? != mail.recipient {
        return Ok(Some(Obstacle::OtherAddress));
    }
    let Some(link) = mail.link else { return Ok(None) };
    let sql = "SELECT consumed_at IS NOT NULL AS used, revoked_at IS NOT NULL AS replaced FROM staff_links WHERE id = $1";
    Ok(match conn.optional(sql, args![link]).await? {
        None => Some(Obstacle::LinkReplaced),
        Some(row) if row.get("used")? => Some(Obstacle::LinkUsed),
        Some(row) if row.get("replaced")? => Some(Obstacle::LinkReplaced),
        Some(_) => None,
    })
}

async fn link(conn: &mut Conn, mail: &Stored) -> Result<Option<Obstacle>, StoreError> {
    let sql = "SELECT email, consumed_at IS NOT NULL AS used, revoked_at IS NOT NULL AS replaced FROM links WHERE id = $1";
    Ok(match conn.optional(sql, args![mail.link]).await? {
        None => Some(Obstacle::LinkReplaced),
        Some(row) if row.get("used")? => Some(Obstacle::LinkUsed),
        Some(row) if row.get("replaced")? => Some(Obstacle::LinkReplaced),
        Some(row) if row.get::<String>("email")? != mail.recipient => Some(Obstacle::OtherAddress),
        Some(_) => None,
    })
}

async fn activation(
    conn: &mut Conn,
    mail: &Stored,
    state: &'static str,
    now: Instant,
) -> Result<Option<Obstacle>, StoreError> {
    let sql = "SELECT 1 AS n FROM activations WHERE id = $1 AND state = $2 AND ends_at > $3";
    let waits = conn.optional(sql, args![mail.activation.map(|id| id.0), state, now]).await?.is_some();
    Ok((!waits).then_some(Obstacle::ActivationOver))
}

/// The request is still declined, and nobody let the person in meanwhile.
async fn declined(conn: &mut Conn, mail: &Stored) -> Result<Option<Obstacle>, StoreError> {
    let sql = "SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM access_requests r WHERE r.email = $1 AND r.decision = 'declined')
         AND NOT EXISTS (SELECT 1 FROM users u WHERE u.email = $1)
         AND NOT EXISTS (SELECT 1 FROM access_requests r WHERE r.email = $1 AND r.decided_at IS NULL)";
    let holds = conn.optional(sql, args![mail.recipient.as_str()]).await?.is_some();
    Ok((!holds).then_some(Obstacle::Otherwise))
}

async fn is_main_contact(conn: &mut Conn, company: CompanyId, email: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n FROM members m JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id
         WHERE m.company_id = $1 AND m.email = $2 AND r.role = $3 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL";
    Ok(conn.optional(sql, args![company, email, Role::MainContact]).await?.is_some())
}
