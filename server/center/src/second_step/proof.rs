use super::holder::State;
use super::passkey::Signed;
use super::{Holder, RecoveryCode};
use crate::store::{Sql, StoreError, Tx};
use crate::{Center, Error};

/// What proved that it is the person. It is worth something once it was used up.
pub(crate) enum Proof {
    /// A code of the app
    App {
        /// Of this period
        period: i64,
        /// The app was set up before.
        set_up: bool,
    },
    /// A recovery code
    Paper {
        /// Which of the ten
        place: i64,
    },
    /// A passkey
    Passkey(Signed),
}

impl Holder {
    /// Judges what was typed: a code of the app or, once the app is set up, a recovery code. `None` for
    /// anything else. To be counted before.
    ///
    /// # Errors
    /// [`Error::Fault`] when the secret does not open; [`Error::Busy`], [`Error::Store`]
    pub(crate) async fn judge(
        self,
        center: &Center,
        state: &State,
        typed: &str,
    ) -> Result<Option<Proof>, Error> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).take(64).collect();
        let secret = self.secret(center, state)?;
        if let Some(period) = secret.period(&code, center.now(), state.used)? {
            return Ok(Some(Proof::App { period, set_up: state.set_up }));
        }
        match RecoveryCode::parse(&code) {
            Some(code) if state.set_up && self.has_code(center, &code).await? => {
                Ok(Some(Proof::Paper { place: code.place }))
            }
            _ => Ok(None),
        }
    }

    /// Whether this is one of the person's codes that was not used. Takes one verification whatever was typed.
    async fn has_code(self, center: &Center, code: &RecoveryCode) -> Result<bool, Error> {
        let tables = self.tables();
        let (sql, values) = Sql::new("SELECT code_hash FROM ")
            .push(tables.codes)
            .push(" WHERE ")
            .push(tables.owner)
            .push(" = ")
            .bind(self.id())
            .push(" AND place = ")
            .bind(code.place)
            .push(" AND used_at IS NULL")
            .build();
        let row = center.db().read().await?.optional(sql, values).await?;
        let stored: Option<String> = row.map(|row| row.get("code_hash")).transpose()?;
        Ok(center.passwords().verify(code.secret.to_string(), stored).await?.0)
    }

    /// Uses a proof up, under the lock of the person's row. Of several that use the same one at once one gets
    /// `true`.
    pub(crate) async fn use_up(
        self,
        center: &Center,
        tx: &mut Tx,
        proof: &Proof,
    ) -> Result<bool, StoreError> {
        let (tables, id, now) = (self.tables(), self.id(), center.now());
        let sql = match proof {
            &Proof::App { period, set_up } => Sql::new("UPDATE ")
                .push(tables.accounts)
                .push(" SET totp_step = ")
                .bind(period)
                .push(", totp_set_up_at = COALESCE(totp_set_up_at, ")
                .bind(now)
                .push(") WHERE id = ")
                .bind(id)
                .push(" AND totp_step < ")
                .bind(period)
                .push(" AND (totp_set_up_at IS NOT NULL) = ")
                .bind(set_up),
            &Proof::Paper { place } => {
                self.lock(tx).await?;
                Sql::new("UPDATE ")
                    .push(tables.codes)
                    .push(" SET used_at = ")
                    .bind(now)
                    .push(" WHERE ")
                    .push(tables.owner)
                    .push(" = ")
                    .bind(id)
                    .push(" AND place = ")
                    .bind(place)
                    .push(" AND used_at IS NULL")
            }
            // Only staff have passkeys. Its question was taken away before; a key that counts has signed more often
            // than ever, or there are two of it.
            Proof::Passkey(Signed { id: passkey, text, counter }) => {
                self.lock(tx).await?;
                Sql::new("UPDATE staff_passkeys SET passkey = ")
                    .bind(text.as_str())
                    .push(", counter = ")
                    .bind(*counter)
                    .push(", last_used_at = ")
                    .bind(now)
                    .push(" WHERE staff_id = ")
                    .bind(id)
                    .push(" AND id = ")
                    .bind(*passkey)
                    .push(" AND (counter < ")
                    .bind(*counter)
                    .push(" OR (counter = 0 AND ")
                    .bind(*counter)
                    .push(" = 0))")
            }
        };
        let (sql, values) = sql.build();
        Ok(tx.execute(sql, values).await? == 1)
    }

    /// Holds the person's row. It comes first, as everywhere, so that no two wait for each other.
    async fn lock(self, tx: &mut Tx) -> Result<(), StoreError> {
        let (sql, values) = Sql::new("UPDATE ")
            .push(self.tables().accounts)
            .push(" SET totp_step = totp_step WHERE id = ")
            .bind(self.id())
            .build();
        tx.execute(sql, values).await?;
        Ok(())
    }
}
