//! The values of a form that was refused without JavaScript, kept for its next showing: the
//! address then carries only the draft's id.

use model::{Draft, DraftId};
use sha2::{Digest, Sha256};

use crate::access::Actor;
use crate::clock::HOUR;
use crate::store::{StoreError, args};
use crate::{Center, Token};

/// Whose a draft is: the browser's by its own secret and, of somebody signed in, only while this person
/// acts for the same company, or in the Back Office.
fn owner_hash(owner: &Token, actor: &Actor) -> [u8; 32] {
    let whose = match actor {
        Actor::Anonymous(_) => return owner.hash(),
        Actor::User(who) => who.acting(),
        Actor::Staff(who) => format!("staff {}", who.staff),
    };
    Sha256::digest([&owner.hash()[..], whose.as_bytes()].concat()).into()
}

/// Keeps a draft for an hour. `owner` is the browser's own secret: nobody else can read it.
///
/// # Errors
/// [`StoreError`]
pub async fn save(
    center: &Center,
    actor: &Actor,
    owner: &Token,
    draft: &Draft,
) -> Result<DraftId, StoreError> {
    let id = DraftId(center.new_id());
    let data = serde_json::to_string(draft).unwrap_or_default();
    let mut tx = center.db().write().await?;
    tx.execute(
        "INSERT INTO drafts (id, owner_hash, data, ends_at) VALUES ($1, $2, $3, $4)",
        args![id, owner_hash(owner, actor), data, center.now() + HOUR],
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
            args![id, owner_hash(owner, actor), center.now()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(serde_json::from_str(&row.get::<String>("data")?).ok())
}
