//! The audit trail: append-only and hash-chained, one entry per change of state, written in the
//! transaction of the change.

pub(crate) mod chain;
mod event;
mod fact;
pub(crate) mod retention;

pub use event::Event;
pub(crate) use fact::written_role;
pub use fact::{Changed, Fact, FactValue, own_role, read};

use model::{CompanyId, StaffId, UserId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::access::{Actor, Client};
use crate::store::{ROWS_OF_STATEMENT, Sql, StoreError, Tx, args};
use crate::{Center, Instant};

/// Who did something, as the trail keeps it.
#[derive(Clone, Copy, Debug)]
enum Doer {
    System,
    User(UserId),
    Staff(StaffId),
}

impl Doer {
    const fn kind(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User(_) => "user",
            Self::Staff(_) => "staff",
        }
    }

    const fn id(self) -> Option<Uuid> {
        match self {
            Self::System => None,
            Self::User(user) => Some(user.0),
            Self::Staff(staff) => Some(staff.0),
        }
    }
}

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    event: Event,
    by: Doer,
    company: Option<CompanyId>,
    subject: Option<Uuid>,
    changes: Vec<Changed>,
    network: Option<String>,
}

impl Entry {
    /// Something that `actor` did, in the company that the session acts for. Somebody who is not
    /// signed in did it as the [`Entry::subject`], by a password, a link or a code.
    pub fn by(actor: &Actor, event: Event) -> Self {
        let (by, company) = match actor {
            Actor::Anonymous(_) => (Doer::System, None),
            Actor::User(who) => match who.view {
                // Whoever sees the portal as somebody is the one who did it.
                Some(view) => {
                    let entry = Self::from_browser(actor.client(), event).company(who.company());
                    let entry = Self { by: Doer::Staff(view.staff), ..entry };
                    return entry.fact(Fact::OnBehalfOf, who.user.to_string().as_str());
                }
                None => (Doer::User(who.user), who.company()),
            },
            Actor::Staff(who) => (Doer::Staff(who.staff), None),
        };
        Self { by, company, ..Self::from_browser(actor.client(), event) }
    }

    /// As [`Entry::by`], whoever may be signed in in this browser.
    pub fn from_browser(client: &Client, event: Event) -> Self {
        Self { network: Some(client.network()), ..Self::system(event) }
    }

    /// Something that somebody of the staff did, where no request says from where.
    pub const fn by_staff(staff: StaffId, event: Event) -> Self {
        let mut entry = Self::system(event);
        entry.by = Doer::Staff(staff);
        entry
    }

    /// Something that the portal did by itself.
    pub const fn system(event: Event) -> Self {
        Self { event, by: Doer::System, company: None, subject: None, changes: Vec::new(), network: None }
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
        self.subject = Some(user.0);
        self
    }

    /// To whom of the staff
    #[must_use]
    pub const fn about_staff(mut self, staff: StaffId) -> Self {
        self.subject = Some(staff.0);
        self
    }

    /// A fact of something new. Never a secret.
    #[must_use]
    pub fn fact(mut self, fact: Fact, value: impl Into<FactValue>) -> Self {
        self.changes.push(Changed { fact, before: None, after: Some(value.into()) });
        self
    }

    /// A fact as it was and as it is. One that stays the same is left out.
    #[must_use]
    pub fn change(mut self, fact: Fact, before: impl Into<FactValue>, after: impl Into<FactValue>) -> Self {
        let (before, after) = (Some(before.into()), Some(after.into()));
        if before != after {
            self.changes.push(Changed { fact, before, after });
        }
        self
    }

    /// Whether it tells of anything that is different now.
    pub fn tells_nothing(&self) -> bool {
        self.changes.iter().all(|change| change.fact == Fact::OnBehalfOf)
    }
}

/// Appends an entry to the chain.
///
/// # Errors
/// [`StoreError`]
pub async fn append(center: &Center, tx: &mut Tx, entry: Entry) -> Result<(), StoreError> {
    append_all(center, tx, vec![entry]).await
}

/// Appends entries to the chain, in their order.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn append_all(center: &Center, tx: &mut Tx, entries: Vec<Entry>) -> Result<(), StoreError> {
    // Taking the head's row lock first makes appends of several nodes follow one another.
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let sql = "UPDATE audit_head SET seq = seq + $1 WHERE id = 1 RETURNING seq, hash";
    let head = tx.one(sql, args![count]).await?;
    let mut seq = head.get::<i64>("seq")? - count;
    let mut hash = head.get::<[u8; 32]>("hash")?;
    let at = center.now();
    let rows: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            seq += 1;
            let event = entry.event.key();
            let data = fact::write(entry.changes, entry.network);
            let kind = entry.by.kind();
            let ids = [entry.by.id(), entry.company.map(|c| c.0), entry.subject];
            hash = link_hash(&hash, seq, at, event, kind, ids, &data);
            args![seq, at, event, kind, ids[0], ids[1], ids[2], data, hash]
        })
        .collect();
    for rows in rows.chunks(ROWS_OF_STATEMENT) {
        let sql = Sql::new(
            "INSERT INTO audit (seq, at, event, actor_kind, actor_id, company_id, subject_id, data, hash) VALUES ",
        );
        let (text, values) = rows
            .iter()
            .enumerate()
            .fold(sql, |sql, (at, row)| sql.push(if at == 0 { "" } else { ", " }).list(row.iter().cloned()))
            .build();
        tx.execute(text, values).await?;
    }
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
