use model::{ErrorCode, SessionId, StaffId};

use super::typed_lately;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::second_step::{RecoveryCode, fresh_codes};
use crate::store::{Conn, StoreError, Tx, args};
use crate::{Center, Error};

/// Recovery codes that were made just now, with what is kept of them.
pub(super) struct Fresh {
    /// As people read them, a line each
    list: String,
    /// Place and hash
    hashes: Vec<(i64, String)>,
}

impl Fresh {
    /// Ten of them. Hashing takes its time, so it is done before the transaction.
    pub(super) async fn make(center: &Center) -> Result<Self, Error> {
        let codes = fresh_codes(center.entropy());
        let mut hashes = Vec::with_capacity(codes.len());
        for code in &codes {
            hashes.push((code.place, center.passwords().hash(code.secret.to_string()).await?));
        }
        let list = codes.iter().map(RecoveryCode::text).collect::<Vec<_>>().join("\n");
        Ok(Self { list, hashes })
    }

    /// Keeps them in place of earlier ones. They can be read in this session until the person says that they
    /// are kept.
    pub(super) async fn store(
        self,
        center: &Center,
        tx: &mut Tx,
        staff: StaffId,
        session: SessionId,
    ) -> Result<(), StoreError> {
        forget(tx, staff).await?;
        for (place, hash) in self.hashes {
            let sql = "INSERT INTO staff_recovery_codes (staff_id, place, code_hash) VALUES ($1, $2, $3)";
            tx.execute(sql, args![staff, place, hash]).await?;
        }
        let sealed = center.seal().seal(center.entropy(), &sealed_for(staff), self.list.as_bytes());
        let sql = "UPDATE staff_sessions SET codes_sealed = $2 WHERE id = $1";
        tx.execute(sql, args![session, sealed]).await?;
        Ok(())
    }
}

/// None of the person's codes works any more, nor is any shown in another session.
pub(super) async fn forget(tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM staff_recovery_codes WHERE staff_id = $1", args![staff]).await?;
    tx.execute("UPDATE staff_sessions SET codes_sealed = NULL WHERE staff_id = $1", args![staff]).await?;
    Ok(())
}

fn sealed_for(staff: StaffId) -> String {
    format!("recovery codes of staff {staff}")
}

/// The codes that were made in this session and are not kept yet.
pub(super) async fn shown(
    conn: &mut Conn,
    center: &Center,
    staff: StaffId,
    session: SessionId,
) -> Result<Option<Vec<String>>, StoreError> {
    let sql = "SELECT codes_sealed FROM staff_sessions WHERE id = $1";
    let sealed: Option<Vec<u8>> = conn.one(sql, args![session]).await?.get("codes_sealed")?;
    let codes = sealed.and_then(|sealed| center.seal().open(&sealed_for(staff), &sealed));
    Ok(codes.map(|codes| String::from_utf8_lossy(&codes).lines().map(str::to_owned).collect()))
}

/// Makes new recovery codes; the earlier ones work no more. The page of the second step shows them.
///
/// # Errors
/// `ReauthRequired`, `Unauthenticated`, [`Error::Busy`], [`Error::Store`]
pub async fn new_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeNewCodes)?;
    typed_lately(center, who)?;
    let fresh = Fresh::make(center).await?;
    let mut tx = center.db().write().await?;
    // The person's row comes first, as everywhere: a second step that is taken back meanwhile ends this.
    let sql = "UPDATE staff SET version = version + 1 WHERE id = $1 AND totp_set_up_at IS NOT NULL
             AND EXISTS (SELECT 1 FROM staff_sessions s WHERE s.id = $2 AND s.staff_id = staff.id)";
    if tx.execute(sql, args![who.staff, who.session]).await? == 0 {
        return Err(ErrorCode::Unauthenticated.into());
    }
    fresh.store(center, &mut tx, who.staff, who.session).await?;
    let entry = Entry::by(actor, Event::StaffRecoveryCodesMade).about_staff(who.staff);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
