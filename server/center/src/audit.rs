//! The audit trail: append-only and hash-chained, one entry per change of state, written in the
//! transaction of the change. Event names follow the OWASP logging vocabulary where it has one.

use model::{CompanyId, UserId};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::Actor;
use crate::store::{StoreError, Tx, args};
use crate::{Center, Instant};

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    event: &'static str,
    actor: Option<UserId>,
    company: Option<CompanyId>,
    subject: Option<UserId>,
    data: Value,
}

impl Entry {
    /// Something that `actor` did.
    pub fn by(actor: &Actor, event: &'static str) -> Self {
        Self { actor: actor.signed_in().map(|who| who.user), ..Self::system(event) }
    }

    /// Something that the portal did by itself.
    pub const fn system(event: &'static str) -> Self {
        Self { event, actor: None, company: None, subject: None, data: Value::Null }
    }

    /// In which company
    #[must_use]
    pub const fn company(mut self, company: Option<CompanyId>) -> Self {
        self.company = company;
        self
    }

    /// To whom
    #[must_use]
    pub const fn subject(mut self, user: UserId) -> Self {
        self.subject = Some(user);
        self
    }

    /// Details, such as what was before and after. Never a secret.
    #[must_use]
    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }
}

/// Appends an entry to the chain.
///
/// # Errors
/// [`StoreError`]
pub async fn append(center: &Center, tx: &mut Tx, entry: Entry) -> Result<(), StoreError> {
    // Taking the head's row lock first makes appends of several nodes follow one another.
    let head =
        tx.one("UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash", args![]).await?;
    let seq: i64 = head.get("seq")?;
    let at = center.now();
    let data = if entry.data.is_null() { "{}".to_owned() } else { entry.data.to_string() };
    let kind = if entry.actor.is_some() { "user" } else { "system" };
    let ids = [entry.actor.map(|u| u.0), entry.company.map(|c| c.0), entry.subject.map(|u| u.0)];
    let hash = link_hash(&head.get::<[u8; 32]>("hash")?, seq, at, entry.event, kind, ids, &data);
    tx.execute(
        "INSERT INTO audit (seq, at, event, actor_kind, actor_id, company_id, subject_id, data, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![seq, at, entry.event, kind, ids[0], ids[1], ids[2], data, hash],
    )
    .await?;
    tx.execute("UPDATE audit_head SET hash = $1 WHERE id = 1", args![hash]).await?;
    Ok(())
}

/// The hash of an entry covers the one before it and every column, each with its length.
pub(crate) fn link_hash(
    before: &[u8; 32],
    seq: i64,
    at: Instant,
    event: &str,
    kind: &str,
    ids: [Option<Uuid>; 3],
    data: &str,
) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update(seq.to_be_bytes());
    hasher.update(at.to_be_bytes());
    for text in [event, kind, data] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    for id in ids {
        hasher.update(id.unwrap_or_default().as_bytes());
    }
    hasher.finalize().into()
}
