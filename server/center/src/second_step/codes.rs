use model::SessionId;

use super::{Holder, RecoveryCode, fresh_codes};
use crate::store::{Conn, Sql, StoreError, Tx};
use crate::{Center, Error};

/// What recovery codes are sealed as, until the person says that they are kept.
const SEALED: &str = "recovery codes";

/// Recovery codes that were made just now, with what is kept of them.
pub(crate) struct FreshCodes {
    /// As people read them, a line each
    list: String,
    /// Place and hash
    hashes: Vec<(i64, String)>,
}

impl FreshCodes {
    /// Ten of them. Hashing takes its time, so it is done before the transaction.
    ///
    /// # Errors
    /// [`Error::Busy`]
    pub(crate) async fn make(center: &Center) -> Result<Self, Error> {
        let codes = fresh_codes(center.entropy());
        let mut hashes = Vec::with_capacity(codes.len());
        for code in &codes {
            hashes.push((code.place, center.passwords().hash(code.secret.to_string()).await?));
        }
        let list = codes.iter().map(RecoveryCode::text).collect::<Vec<_>>().join("\n");
        Ok(Self { list, hashes })
    }
}

impl Holder {
    /// Keeps codes in place of earlier ones. They can be read in this session until the person says that they
    /// are kept.
    pub(crate) async fn keep(
        self,
        center: &Center,
        tx: &mut Tx,
        session: SessionId,
        codes: FreshCodes,
    ) -> Result<(), StoreError> {
        self.forget_codes(tx).await?;
        let tables = self.tables();
        for (place, hash) in codes.hashes {
            let (sql, values) = Sql::new("INSERT INTO ")
                .push(tables.codes)
                .push(" (")
                .push(tables.owner)
                .push(", place, code_hash) VALUES (")
                .bind(self.id())
                .push(", ")
                .bind(place)
                .push(", ")
                .bind(hash)
                .push(")")
                .build();
            tx.execute(sql, values).await?;
        }
        let sealed = center.seal().seal(center.entropy(), &self.sealed_for(SEALED), codes.list.as_bytes());
        let (sql, values) = Sql::new("UPDATE ")
            .push(tables.sessions)
            .push(" SET codes_sealed = ")
            .bind(sealed)
            .push(" WHERE id = ")
            .bind(session)
            .build();
        tx.execute(sql, values).await?;
        Ok(())
    }

    /// As [`Holder::keep`], for somebody whose app is set up and who still holds this session: `false`
    /// otherwise, and then nothing is done. A second step that is taken back meanwhile ends this.
    pub(crate) async fn replace_codes(
        self,
        center: &Center,
        tx: &mut Tx,
        session: SessionId,
        codes: FreshCodes,
    ) -> Result<bool, StoreError> {
        let tables = self.tables();
        // The person's row comes first, as everywhere.
        let (sql, values) = Sql::new("UPDATE ")
            .push(tables.accounts)
            .push(" SET totp_step = totp_step WHERE id = ")
            .bind(self.id())
            .push(" AND totp_set_up_at IS NOT NULL AND EXISTS (SELECT 1 FROM ")
            .push(tables.sessions)
            .push(" s WHERE s.id = ")
            .bind(session)
            .push(" AND s.")
            .push(tables.owner)
            .push(" = ")
            .bind(self.id())
            .push(")")
            .build();
        if tx.execute(sql, values).await? == 0 {
            return Ok(false);
        }
        self.keep(center, tx, session, codes).await?;
        Ok(true)
    }

    /// None of the person's codes works any more, nor is any shown in a session.
    pub(super) async fn forget_codes(self, tx: &mut Tx) -> Result<(), StoreError> {
        let tables = self.tables();
        let (sql, values) = Sql::new("DELETE FROM ")
            .push(tables.codes)
            .push(" WHERE ")
            .push(tables.owner)
            .push(" = ")
            .bind(self.id())
            .build();
        tx.execute(sql, values).await?;
        let (sql, values) = Sql::new("UPDATE ")
            .push(tables.sessions)
            .push(" SET codes_sealed = NULL WHERE ")
            .push(tables.owner)
            .push(" = ")
            .bind(self.id())
            .build();
        tx.execute(sql, values).await?;
        Ok(())
    }

    /// The person has the codes of this session: they are shown no more.
    pub(crate) async fn kept(self, tx: &mut Tx, session: SessionId) -> Result<(), StoreError> {
        let (sql, values) = Sql::new("UPDATE ")
            .push(self.tables().sessions)
            .push(" SET codes_sealed = NULL WHERE id = ")
            .bind(session)
            .build();
        tx.execute(sql, values).await?;
        Ok(())
    }

    /// The codes that were made in this session and are not kept yet.
    pub(crate) async fn shown_codes(
        self,
        center: &Center,
        conn: &mut Conn,
        session: SessionId,
    ) -> Result<Option<Vec<String>>, StoreError> {
        let (sql, values) = Sql::new("SELECT codes_sealed FROM ")
            .push(self.tables().sessions)
            .push(" WHERE id = ")
            .bind(session)
            .build();
        let sealed: Option<Vec<u8>> = conn.one(sql, values).await?.get("codes_sealed")?;
        let codes = sealed.and_then(|sealed| center.seal().open(&self.sealed_for(SEALED), &sealed));
        Ok(codes.map(|codes| String::from_utf8_lossy(&codes).lines().map(str::to_owned).collect()))
    }

    /// How many codes were not used.
    pub(crate) async fn codes_left(self, conn: &mut Conn) -> Result<u32, StoreError> {
        let tables = self.tables();
        let (sql, values) = Sql::new("SELECT count(*) AS n FROM ")
            .push(tables.codes)
            .push(" WHERE ")
            .push(tables.owner)
            .push(" = ")
            .bind(self.id())
            .push(" AND used_at IS NULL")
            .build();
        let left: i64 = conn.value(sql, values).await?;
        Ok(u32::try_from(left).unwrap_or_default())
    }
}
