//! The values of a form that was refused without JavaScript, kept for its next showing: the
//! address then carries only the draft's id.

use model::{Draft, DraftId};
use sha2::{Digest, Sha256};

use crate::access::Actor;
use crate::clock::HOUR;
use crate::store::{StoreError, args};
use crate::{Center, Token};

/// Who may see a draft in the browser that sent it: while somebody is signed in only this person, acting
/// for the same company, or in the Back Office.
pub enum Whose {
    /// Nobody was signed in.
    Anybody,
    /// Who acts so; see [`crate::access::SignedIn::acting`].
    Acting(String),
}

impl Whose {
    /// Of whoever asks.
    pub fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Anonymous(_) => Self::Anybody,
            Actor::User(who) => Self::Acting(who.acting()),
            Actor::Staff(who) => Self::Acting(format!("staff {}", who.staff)),
        }
    }

    fn hash(&self, owner: &Token) -> [u8; 32] {
        match self {
            Self::Anybody => owner.hash(),
            Self::Acting(whose) => Sha256::digest([&owner.hash()[..], whose.as_bytes()].concat()).into(),
        }
    }
}

/// Keeps a draft for an hour. `owner` is the browser's own secret: nobody else can read it.
///
/// # Errors
/// [`StoreError`]
pub async fn save(
    center: &Center,
    whose: &Whose,
    owner: &Token,
    draft: &Draft,
) -> Result<DraftId, StoreError> {
    let id = DraftId(center.new_id());
    let data = serde_json::to_string(draft).unwrap_or_default();
    let mut tx = center.db().write().await?;
    tx.execute(
        "INSERT INTO drafts (id, owner_hash, data, ends_at) VALUES ($1, $2, $3, $4)",
        args![id, whose.hash(owner), data, center.now() + HOUR],
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// A draft of this browser, of the person and the company acted for, that has not ended.
///
/// # Errors
/// [`StoreError`]
pub async fn load(
    center: &Center,
    actor: &Actor,
    owner: &Token,
    id: DraftId,
) -> Result<Option<Draft>, StoreError> {
    let row = center
        .db()
        .read()
        .await?
        .optional(
            "SELECT data FROM drafts WHERE id = $1 AND owner_hash = $2 AND ends_at > $3",
            args![id, Whose::of(actor).hash(owner), center.now()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(serde_json::from_str(&row.get::<String>("data")?).ok())
}
