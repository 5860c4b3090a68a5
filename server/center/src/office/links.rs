use model::{Email, ErrorCode, StaffId};
use uuid::Uuid;

use super::sessions;
use crate::access::{self, Actor, Operation};
use crate::accounts::judge_password;
use crate::audit::{self, Entry, Event};
use crate::clock::HOUR;
use crate::store::{Conn, StoreError, Tx, args};
use crate::{Center, Error, Instant, Token};

/// A link to set a password is good for this long.
const VALID: Instant = 72 * HOUR;

/// A link with which somebody of the staff sets a password.
#[derive(Clone, Debug)]
pub struct Link {
    id: Uuid,
    staff: StaffId,
    /// Whose it is
    pub name: String,
    /// The login
    pub email: Email,
}

/// What this token stands for, if it can still be used.
///
/// # Errors
/// [`Error::Store`]
pub async fn follow_link(center: &Center, actor: &Actor, token: &str) -> Result<Option<Link>, Error> {
    access::authorize(actor, Operation::FollowOfficeLink)?;
    Ok(find(&mut center.db().read().await?, center, token).await?)
}

/// What the link that this browser followed is good for.
///
/// # Errors
/// `LinkInvalid`, [`Error::Store`]
pub async fn link(center: &Center, actor: &Actor, token: &str) -> Result<Link, Error> {
    access::authorize(actor, Operation::OfficeLink)?;
    let found = find(&mut center.db().read().await?, center, token).await?;
    found.ok_or_else(|| ErrorCode::LinkInvalid.into())
}

async fn find(conn: &mut Conn, center: &Center, token: &str) -> Result<Option<Link>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let sql =
        "SELECT l.id, p.id AS staff_id, p.name, p.email FROM staff_links l JOIN staff p ON p.id = l.staff_id
         WHERE l.token_hash = $1 AND l.consumed_at IS NULL AND l.revoked_at IS NULL AND l.ends_at > $2
           AND p.deactivated_at IS NULL";
    let row = conn.optional(sql, args![token.hash(), center.now()]).await?;
    row.map(|row| {
        Ok(Link {
            id: row.get("id")?,
            staff: row.get("staff_id")?,
            name: row.get("name")?,
            email: row.get("email")?,
        })
    })
    .transpose()
}

/// Makes a link; earlier ones are revoked. With a token it can be used at once, without one it is made
/// when its mail is sent.
pub(super) async fn request(
    center: &Center,
    tx: &mut Tx,
    staff: StaffId,
    token: Option<&Token>,
) -> Result<Uuid, StoreError> {
    revoke(center, tx, staff).await?;
    let (id, now) = (center.new_id(), center.now());
    tx.execute(
        "INSERT INTO staff_links (id, staff_id, token_hash, requested_at, ends_at) VALUES ($1, $2, $3, $4, $5)",
        args![id, staff, token.map(|token| token.hash().to_vec()), now, token.map(|_| now + VALID)],
    )
    .await?;
    Ok(id)
}

/// Revokes what is open for a person.
pub(super) async fn revoke(center: &Center, tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE staff_links SET revoked_at = $2 WHERE staff_id = $1 AND consumed_at IS NULL AND revoked_at IS NULL",
        args![staff, center.now()],
    )
    .await?;
    tx.execute(
        "UPDATE outbox SET state = 'cancelled', reason = 'link revoked' WHERE state = 'pending' AND link_id IN
             (SELECT id FROM staff_links WHERE staff_id = $1)",
        args![staff],
    )
    .await?;
    Ok(())
}

/// Sets the password by a link. Does not sign in; the second step stays as it is.
///
/// # Errors
/// `LinkInvalid`, the fields `password` and `repeat` to correct, [`Error::Busy`], [`Error::Store`]
pub async fn set_password(
    center: &Center,
    actor: &Actor,
    token: &str,
    password: &str,
    repeat: &str,
) -> Result<(), Error> {
    access::authorize(actor, Operation::OfficeSetPassword)?;
    let found = find(&mut center.db().read().await?, center, token).await?;
    let link = found.ok_or(ErrorCode::LinkInvalid)?;
    judge_password(&actor.client().shop, password, repeat, &[&link.name, link.email.local_part()])?;
    let hash = center.passwords().hash(password.to_owned()).await?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    // The person before the link, as everywhere. Of several that use the link at once one gets it.
    let sql = "UPDATE staff SET password_hash = $2, password_changed_at = $3, version = version + 1
         WHERE id = $1 AND deactivated_at IS NULL";
    if tx.execute(sql, args![link.staff, hash, now]).await? == 0 {
        return Err(ErrorCode::LinkInvalid.into());
    }
    let sql = "UPDATE staff_links SET consumed_at = $2
         WHERE id = $1 AND consumed_at IS NULL AND revoked_at IS NULL AND ends_at > $2";
    if tx.execute(sql, args![link.id, now]).await? == 0 {
        return Err(ErrorCode::LinkInvalid.into());
    }
    sessions::end_all(&mut tx, link.staff).await?;
    let entry = Entry::from_browser(actor.client(), Event::StaffPasswordSet).about_staff(link.staff);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
