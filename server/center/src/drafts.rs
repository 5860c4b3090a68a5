//! The values of a form that was refused without JavaScript, kept for its next showing: the
//! address then carries only the draft's id.

use model::{Draft, DraftId};

use crate::clock::HOUR;
use crate::store::{StoreError, args};
use crate::{Center, Token};

/// Keeps a draft for an hour. `owner` is the browser's own secret: nobody else can read it.
///
/// # Errors
/// [`StoreError`]
pub async fn save(center: &Center, owner: &Token, draft: &Draft) -> Result<DraftId, StoreError> {
    let id = DraftId(center.new_id());
    let data = serde_json::to_string(draft).unwrap_or_default();
    let mut tx = center.db().write().await?;
    tx.execute(
        "INSERT INTO drafts (id, owner_hash, data, ends_at) VALUES ($1, $2, $3, $4)",
        args![id, owner.hash(), data, center.now() + HOUR],
    )
    .await?;
    tx.commit().await?;
    Ok(id)
}

/// A draft of this browser that has not ended.
///
/// # Errors
/// [`StoreError`]
pub async fn load(center: &Center, owner: &Token, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row = center
        .db()
        .read()
        .await?
        .optional(
            "SELECT data FROM drafts WHERE id = $1 AND owner_hash = $2 AND ends_at > $3",
            args![id, owner.hash(), center.now()],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(serde_json::from_str(&row.get::<String>("data")?).ok())
}
