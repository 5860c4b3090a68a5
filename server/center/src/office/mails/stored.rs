use std::collections::BTreeMap;

use model::{ActivationId, CompanyId, LinkId, Locale, MailId, MailState, OfficeRight, StaffId, UserId};

use crate::Instant;
use crate::access::StaffSignedIn;
use crate::mail::MailKind;
use crate::store::{Conn, Row, StoreError, args};

/// A mail of the archive.
pub(super) struct Stored {
    pub(super) id: MailId,
    /// The kind's name, also where this version does not know it.
    pub(super) key: String,
    pub(super) kind: Option<MailKind>,
    pub(super) recipient: String,
    pub(super) locale: Locale,
    /// What the mail is written from; nothing of a person who was erased.
    pub(super) facts: BTreeMap<String, String>,
    pub(super) user: Option<UserId>,
    pub(super) company: Option<CompanyId>,
    pub(super) staff: Option<StaffId>,
    pub(super) link: Option<LinkId>,
    pub(super) activation: Option<ActivationId>,
    pub(super) state: MailState,
    pub(super) reason: String,
    pub(super) attempts: i64,
    pub(super) not_before: Instant,
    pub(super) created_at: Instant,
    pub(super) sent_at: Option<Instant>,
    pub(super) repeats: Option<MailId>,
    /// What a test of a template is written from.
    pub(super) trial: Option<String>,
}

impl Stored {
    /// The mail, if there is one that this person may see.
    pub(super) async fn find(
        conn: &mut Conn,
        who: &StaffSignedIn,
        id: MailId,
        now: Instant,
    ) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT kind, recipient, locale, data, user_id, company_id, staff_id, link_id, activation_id, state, reason,
                 attempts, not_before, lease_until, created_at, sent_at, repeats, trial
             FROM outbox WHERE id = $1 AND ($2 OR staff_id IS NULL)";
        let Some(row) = conn.optional(sql, args![id, sees_staff(who)]).await? else { return Ok(None) };
        let key: String = row.get("kind")?;
        Ok(Some(Self {
            id,
            kind: MailKind::from_key(&key),
            key,
            recipient: row.get("recipient")?,
            locale: row.get("locale")?,
            // Facts that can't be read are as good as none.
            facts: serde_json::from_str(&row.get::<String>("data")?).unwrap_or_default(),
            user: row.get("user_id")?,
            company: row.get("company_id")?,
            staff: row.get("staff_id")?,
            link: row.get("link_id")?,
            activation: row.get("activation_id")?,
            state: state(&row, now)?,
            reason: row.get("reason")?,
            attempts: row.get("attempts")?,
            not_before: row.get("not_before")?,
            created_at: row.get("created_at")?,
            sent_at: row.get("sent_at")?,
            repeats: row.get("repeats")?,
            trial: row.get("trial")?,
        }))
    }

    pub(super) fn fact(&self, name: &str) -> &str {
        self.facts.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// Mails to colleagues are for those who may see colleagues.
pub(in crate::office) fn sees_staff(who: &StaffSignedIn) -> bool {
    who.role.allows(OfficeRight::StaffView)
}

/// How a mail stands, from its columns.
pub(super) fn state(row: &Row, now: Instant) -> Result<MailState, StoreError> {
    let state: String = row.get("state")?;
    Ok(match state.as_str() {
        "sent" => MailState::Sent,
        "dead" => MailState::Dead,
        "pending" if row.get::<Instant>("lease_until")? > now => MailState::Sending,
        "pending" if row.get::<String>("reason")?.is_empty() => MailState::Waiting,
        "pending" => MailState::Failed,
        _ => MailState::Dropped,
    })
}
