//! The login at the end of an activation: a new one, or the one that the address has.

use model::{ErrorCode, Locale, PersonName, UserId};

use super::row::Activation;
use crate::access::{Actor, SignedIn};
use crate::store::{StoreError, Tx, args};
use crate::{Center, Error};

/// A login, locked.
pub(super) struct Login {
    pub user: UserId,
    /// Full name
    pub name: String,
    /// It was made just now.
    pub is_new: bool,
    locale: Locale,
}

/// The session of the browser, if it is one of the login that the activation is about.
pub(super) fn own_session<'a>(actor: &'a Actor, row: &Activation) -> Option<&'a SignedIn> {
    actor.signed_in().filter(|who| who.email == row.email)
}

impl Login {
    /// The login of the activation's address, made of what was typed if there is none. One that there
    /// is stays as it is: nothing of what was typed reaches it.
    pub(super) async fn of(center: &Center, tx: &mut Tx, row: &Activation) -> Result<Self, Error> {
        if let Some(hash) = &row.password_hash {
            let name = PersonName::parse(&format!("{} {}", row.first_name, row.last_name))
                .map_err(|e| Error::field("last_name", e))?;
            let user = UserId(center.new_id());
            let made = tx
                .execute(
                    "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (email) DO NOTHING",
                    args![user, &row.email, row.salutation, &name, row.locale, hash.as_str(), center.now()],
                )
                .await?;
            if made == 1 {
                return Ok(Self { user, name: name.to_string(), is_new: true, locale: row.locale });
            }
        }
        let sql = "UPDATE users SET locale = locale WHERE email = $1 RETURNING id, name, locale";
        let found = tx.optional(sql, args![&row.email]).await?.ok_or(ErrorCode::LinkInvalid)?;
        Ok(Self {
            user: found.get("id")?,
            name: found.get("name")?,
            is_new: false,
            locale: found.get("locale")?,
        })
    }

    /// The password that was chosen becomes the login's if it has none yet: somebody was invited and has
    /// never followed the link. To be called only when the mailbox is proven. Answers whether it did.
    pub(super) async fn set_first_password(
        &self,
        center: &Center,
        tx: &mut Tx,
        row: &Activation,
    ) -> Result<bool, StoreError> {
        let Some(hash) = &row.password_hash else { return Ok(false) };
        let sql = "UPDATE users SET password_hash = $2, password_changed_at = $3 WHERE id = $1 AND password_hash IS NULL";
        Ok(tx.execute(sql, args![self.user, hash.as_str(), center.now()]).await? == 1)
    }

    /// The language of the activation, where the login has another: then it is kept for the company.
    pub(super) fn other_language(&self, row: &Activation) -> Option<Locale> {
        Some(row.locale).filter(|locale| *locale != self.locale)
    }
}
