//! Links that were mailed: what a token stands for, and using it once. Opening a link uses
//! nothing, because mail scanners open links too.

use model::{CompanyId, Email, LinkId, UserId};

use super::places;
use crate::store::{Conn, Row, Sql, StoreError, Tx, args};
use crate::{Center, Token};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sets the first password.
    Invitation,
    /// Sets a new password.
    Reset,
    /// Confirms a new address.
    EmailChange,
}

impl Purpose {
    /// The database's value.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::EmailChange => "email_change",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset, Self::EmailChange].into_iter().find(|p| p.key() == key)
    }
}

/// What a usable token stands for. Everything comes from its row, nothing from the request.
#[derive(Clone, Debug)]
pub struct Link {
    /// Id
    pub id: LinkId,
    /// What it is for
    pub purpose: Purpose,
    /// Whose it is
    pub user: UserId,
    /// The person's name
    pub name: String,
    /// The company of an invitation
    pub company: Option<CompanyId>,
    /// Its name; empty without one.
    pub company_name: String,
    /// Whether the login has a password. An invitation of such a login opens the company and no more.
    pub has_password: bool,
    /// The address that using the link proves
    pub email: Email,
    /// The login as it is now
    pub login: Email,
}

const COLUMNS: &str = "SELECT l.id, l.purpose, l.user_id, l.company_id, l.email, u.name, u.email AS login,
         u.password_hash IS NOT NULL AS has_password, COALESCE(c.name, '') AS company_name
     FROM link_tokens t JOIN links l ON l.id = t.link_id JOIN users u ON u.id = l.user_id
     LEFT JOIN companies c ON c.id = l.company_id
     WHERE t.token_hash = $1 AND l.consumed_at IS NULL AND l.revoked_at IS NULL AND l.ends_at > $2";

fn link(row: &Row) -> Result<Link, StoreError> {
    let purpose: String = row.get("purpose")?;
    Ok(Link {
        id: row.get("id")?,
        purpose: Purpose::from_key(&purpose).ok_or_else(|| StoreError::Column("purpose".to_owned()))?,
        user: row.get("user_id")?,
        name: row.get("name")?,
        company: row.get("company_id")?,
        company_name: row.get("company_name")?,
        has_password: row.get("has_password")?,
        email: row.get("email")?,
        login: row.get("login")?,
    })
}

/// What this token stands for, if it can still be used.
///
/// # Errors
/// [`StoreError`]
pub async fn inspect(center: &Center, token: &str) -> Result<Option<Link>, StoreError> {
    find(&mut center.db().read().await?, center, token).await
}

async fn find(conn: &mut Conn, center: &Center, token: &str) -> Result<Option<Link>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    conn.optional(COLUMNS, args![token.hash(), center.now()]).await?.as_ref().map(link).transpose()
}

/// Uses the link up. Of several that try at once exactly one gets it.
pub(crate) async fn consume(center: &Center, tx: &mut Tx, token: &str) -> Result<Option<Link>, StoreError> {
    let Some(link) = find(tx, center, token).await? else { return Ok(None) };
    let now = center.now();
    let used = tx
        .execute(
            "UPDATE links SET consumed_at = $2
             WHERE id = $1 AND consumed_at IS NULL AND revoked_at IS NULL AND ends_at > $2",
            args![link.id, now],
        )
        .await?;
    Ok((used == 1).then_some(link))
}

/// Makes a link that the outbox will mail. Earlier ones of the same purpose are revoked.
pub(crate) async fn request(
    center: &Center,
    tx: &mut Tx,
    purpose: Purpose,
    user: UserId,
    company: Option<CompanyId>,
    email: &Email,
) -> Result<LinkId, StoreError> {
    revoke(center, tx, user, company, Some(purpose)).await?;
    let id = LinkId(center.new_id());
    tx.execute(
        "INSERT INTO links (id, purpose, user_id, company_id, email, requested_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, purpose.key(), user, company, email, center.now()],
    )
    .await?;
    Ok(id)
}

/// Revokes the open links of these users of a company, with those of `only_here` that are about the login.
pub(crate) async fn revoke_in_company(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    users: &[UserId],
    only_here: &[UserId],
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE links SET revoked_at = ").bind(center.now());
    let sql = sql.push(" WHERE user_id IN ").list(users.iter().copied());
    let sql = sql.push(" AND (company_id = ").bind(company);
    let sql = sql.push(" OR (company_id IS NULL AND user_id IN ").list(only_here.iter().copied());
    let (text, values) = sql.push(")) AND consumed_at IS NULL AND revoked_at IS NULL").build();
    tx.execute(text, values).await?;
    cancel_revoked(tx, users).await
}

/// Revokes the open invitation of somebody who is no business user any more.
pub(crate) async fn revoke_of_business(center: &Center, tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE links SET revoked_at = $2 WHERE user_id = $1 AND company_id IS NULL AND purpose = 'invitation'
           AND consumed_at IS NULL AND revoked_at IS NULL",
        args![user, center.now()],
    )
    .await?;
    cancel_revoked(tx, &[user]).await
}

/// Cancels mails whose links were revoked.
async fn cancel_revoked(tx: &mut Tx, users: &[UserId]) -> Result<(), StoreError> {
    let sql = Sql::new(
        "UPDATE outbox SET state = 'cancelled', reason = 'link revoked' WHERE state = 'pending' AND user_id IN ",
    );
    let sql = sql.list(users.iter().copied());
    let sql = sql.push(" AND link_id IN (SELECT id FROM links WHERE revoked_at IS NOT NULL AND user_id IN ");
    let (text, values) = sql.list(users.iter().copied()).push(")").build();
    tx.execute(text, values).await?;
    Ok(())
}

/// Revokes a user's open links: of one purpose or of all, of one company or of all. With a company those
/// that are about the login itself go too, unless the person acts elsewhere with it.
pub(crate) async fn revoke(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    purpose: Option<Purpose>,
) -> Result<(), StoreError> {
    let about_login = match company {
        Some(company) => !places::acts_elsewhere(tx, user, company).await?,
        None => true,
    };
    tx.execute(
        "UPDATE links SET revoked_at = $4
         WHERE user_id = $1 AND ($2 IS NULL OR company_id = $2 OR (company_id IS NULL AND $5))
           AND ($3 IS NULL OR purpose = $3) AND consumed_at IS NULL AND revoked_at IS NULL",
        args![user, company, purpose.map(Purpose::key), center.now(), about_login],
    )
    .await?;
    cancel_revoked(tx, &[user]).await
}
