use model::{StaffId, UserId};
use uuid::Uuid;

use super::AppSecret;
use crate::store::{Conn, Sql, StoreError, Tx, args};
use crate::{Center, Error, Instant};

/// Whose second step it is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holder {
    /// Somebody of the staff
    Staff(StaffId),
    /// A user of the portal
    User(UserId),
}

/// Where the second steps of one kind of people stand.
pub(super) struct Tables {
    pub(super) accounts: &'static str,
    pub(super) codes: &'static str,
    pub(super) sessions: &'static str,
    /// The column of codes and sessions that says whose they are.
    pub(super) owner: &'static str,
}

/// How far somebody is.
pub(crate) struct State {
    /// The app is set up: it counts.
    pub(crate) set_up: bool,
    /// The latest period whose code was used.
    pub(super) used: i64,
    sealed: Option<Vec<u8>>,
}

impl Holder {
    pub(super) const fn id(self) -> Uuid {
        match self {
            Self::Staff(staff) => staff.0,
            Self::User(user) => user.0,
        }
    }

    pub(super) const fn tables(self) -> Tables {
        match self {
            Self::Staff(_) => Tables {
                accounts: "staff",
                codes: "staff_recovery_codes",
                sessions: "staff_sessions",
                owner: "staff_id",
            },
            Self::User(_) => {
                Tables { accounts: "users", codes: "recovery_codes", sessions: "sessions", owner: "user_id" }
            }
        }
    }

    /// For whom a secret is sealed.
    pub(super) fn sealed_for(self, what: &str) -> String {
        match self {
            Self::Staff(staff) => format!("{what} of staff {staff}"),
            Self::User(user) => format!("{what} of user {user}"),
        }
    }

    /// A secret for an app, sealed for this person.
    pub(crate) fn seal(self, center: &Center, secret: &AppSecret) -> Vec<u8> {
        center.seal().seal(center.entropy(), &self.sealed_for("second step"), secret.bytes())
    }

    /// A secret that was sealed for this person.
    ///
    /// # Errors
    /// [`Error::Fault`] when it does not open
    pub(crate) fn open(self, center: &Center, sealed: Option<&[u8]>) -> Result<AppSecret, Error> {
        let opened = sealed.and_then(|sealed| center.seal().open(&self.sealed_for("second step"), sealed));
        opened.map(AppSecret::kept).ok_or_else(|| {
            Error::Fault("the secret of a second step can't be opened; was secret_key changed?".to_owned())
        })
    }

    /// How far the person is.
    pub(crate) async fn state(self, conn: &mut Conn) -> Result<State, StoreError> {
        let (sql, values) =
            Sql::new("SELECT totp_sealed, totp_set_up_at IS NOT NULL AS set_up, totp_step FROM ")
                .push(self.tables().accounts)
                .push(" WHERE id = ")
                .bind(self.id())
                .build();
        let row = conn.one(sql, values).await?;
        Ok(State { set_up: row.get("set_up")?, used: row.get("totp_step")?, sealed: row.get("totp_sealed")? })
    }

    /// The secret of the person's app.
    ///
    /// # Errors
    /// [`Error::Fault`] when it does not open
    pub(crate) fn secret(self, center: &Center, state: &State) -> Result<AppSecret, Error> {
        self.open(center, state.sealed.as_deref())
    }

    /// Gives the person an app that is set up: from now on it counts. `false` when there is one already.
    pub(crate) async fn put(
        self,
        tx: &mut Tx,
        sealed: Vec<u8>,
        period: i64,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let (sql, values) = Sql::new("UPDATE ")
            .push(self.tables().accounts)
            .push(" SET totp_sealed = ")
            .bind(sealed)
            .push(", totp_step = ")
            .bind(period)
            .push(", totp_set_up_at = ")
            .bind(now)
            .push(" WHERE id = ")
            .bind(self.id())
            .push(" AND totp_set_up_at IS NULL")
            .build();
        Ok(tx.execute(sql, values).await? == 1)
    }

    /// The person has no second step any more, nor any codes or passkeys. `false` when none was set up.
    pub(crate) async fn take_back(self, tx: &mut Tx) -> Result<bool, StoreError> {
        let (sql, values) = Sql::new("UPDATE ")
            .push(self.tables().accounts)
            .push(" SET totp_sealed = NULL, totp_set_up_at = NULL, totp_step = 0 WHERE id = ")
            .bind(self.id())
            .push(" AND totp_set_up_at IS NOT NULL")
            .build();
        if tx.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        self.forget_codes(tx).await?;
        if let Self::Staff(staff) = self {
            tx.execute("DELETE FROM staff_passkeys WHERE staff_id = $1", args![staff]).await?;
        }
        Ok(true)
    }
}
