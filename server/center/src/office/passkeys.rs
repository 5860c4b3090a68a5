//! The own passkeys: what can do the second step in place of a code of the app.

use model::{
    ErrorCode, FieldIssue, PASSKEY_NAME_MAX, PasskeyId, PasskeyOffer, PasskeyRow, StaffId, single_line,
};

use super::{times, typed_lately};
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::second_step::passkey;
use crate::store::{Conn, StoreError, Tx, args};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// How many passkeys a person may have.
const MOST: usize = 10;

/// The person's passkeys, for the own page. `None` where there can be none.
pub(super) async fn rows(
    center: &Center,
    conn: &mut Conn,
    staff: StaffId,
    times: &Times,
) -> Result<Option<Vec<PasskeyRow>>, StoreError> {
    let Some(host) = passkey::host(center) else { return Ok(None) };
    let sql = "SELECT id, name, host, created_at, last_used_at FROM staff_passkeys WHERE staff_id = $1
         ORDER BY created_at, id";
    let rows = conn.all(sql, args![staff]).await?;
    let row = |row: &crate::store::Row| {
        let made_for: String = row.get("host")?;
        Ok(PasskeyRow {
            id: row.get("id")?,
            name: row.get("name")?,
            elsewhere: if made_for == host { String::new() } else { made_for },
            added: times.date(row.get("created_at")?),
            last_used: times.seen(row.get::<Option<Instant>>("last_used_at")?.unwrap_or_default()),
        })
    };
    rows.iter().map(row).collect::<Result<_, StoreError>>().map(Some)
}

/// The page *Add passkey*: what the device is asked, once a name was given.
///
/// # Errors
/// `Unauthenticated`, `NotFound` where there can be no passkeys, [`Error::Store`]
pub async fn passkey_page(center: &Center, actor: &Actor) -> Result<Option<PasskeyOffer>, Error> {
    let who = access::office(actor, Operation::OfficePasskeyPage)?;
    passkey::host(center).ok_or(ErrorCode::NotFound)?;
    let offer = passkey::offer(center, &mut center.db().read().await?, who.session).await?;
    Ok(offer.map(|(name, options)| PasskeyOffer { name, options }))
}

/// Asks for a new passkey of this name. The page then shows what the device is asked.
///
/// # Errors
/// The field `name`, `NotFound` where there can be no passkeys, `ReauthRequired`, [`Error::Store`]
pub async fn begin_passkey(center: &Center, actor: &Actor, name: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficePasskeyBegin)?;
    passkey::host(center).ok_or(ErrorCode::NotFound)?;
    let name = single_line(name, PASSKEY_NAME_MAX).map_err(|issue| Error::field("name", issue))?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    has_room(&mut tx, who.staff).await?;
    let whose = (who.staff, who.email.as_str(), &who.client);
    passkey::ask_to_make(center, &mut tx, who.session, whose, name).await?;
    Ok(tx.commit().await?)
}

async fn has_room(tx: &mut Tx, staff: StaffId) -> Result<(), Error> {
    let sql = "SELECT count(*) AS n FROM staff_passkeys WHERE staff_id = $1";
    let there: i64 = tx.value(sql, args![staff]).await?;
    if usize::try_from(there).is_ok_and(|there| there < MOST) {
        return Ok(());
    }
    Err(Error::field("name", FieldIssue::TooMany { max: MOST }))
}

/// Keeps the passkey that a device made. The person is told. The password was typed lately when the question was
/// asked, minutes ago.
///
/// # Errors
/// `WrongState` when nothing was asked or the answer does not fit, the field `name` when there are too many,
/// `Unauthenticated` when the session ended meanwhile, [`Error::Store`]
pub async fn add_passkey(center: &Center, actor: &Actor, answer: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficePasskeyAdd)?;
    let made = passkey::made(center, who.session, &who.client, answer).await?.ok_or(ErrorCode::WrongState)?;
    let mut tx = center.db().write().await?;
    // The person's row comes first, as everywhere: a second step that is taken back meanwhile ends this.
    let sql = "UPDATE staff SET version = version + 1 WHERE id = $1 AND totp_set_up_at IS NOT NULL
         AND EXISTS (SELECT 1 FROM staff_sessions s WHERE s.id = $2 AND s.staff_id = staff.id)";
    if tx.execute(sql, args![who.staff, who.session]).await? == 0 {
        return Err(ErrorCode::Unauthenticated.into());
    }
    has_room(&mut tx, who.staff).await?;
    let sql = "INSERT INTO staff_passkeys (id, staff_id, name, host, credential_id, passkey, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING";
    let values = args![
        center.new_id(),
        who.staff,
        made.name.as_str(),
        made.host,
        made.credential,
        made.text,
        center.now()
    ];
    if tx.execute(sql, values).await? == 0 {
        return Err(ErrorCode::WrongState.into());
    }
    told(center, &mut tx, actor, who, MailKind::StaffPasskeyAdded, &made.name).await?;
    Ok(tx.commit().await?)
}

/// Removes one of the own passkeys: nothing is done with it any more. The person is told. Sessions go on, and so do
/// app and recovery codes, without which there is no passkey.
///
/// # Errors
/// `NotFound` when it is not the person's, `ReauthRequired`, [`Error::Store`]
pub async fn remove_passkey(center: &Center, actor: &Actor, passkey: PasskeyId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficePasskeyRemove)?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    let sql = "DELETE FROM staff_passkeys WHERE id = $1 AND staff_id = $2 RETURNING name";
    let row = tx.optional(sql, args![passkey, who.staff]).await?.ok_or(ErrorCode::NotFound)?;
    let name: String = row.get("name")?;
    told(center, &mut tx, actor, who, MailKind::StaffPasskeyRemoved, &name).await?;
    Ok(tx.commit().await?)
}

/// Tells the person and the trail of a passkey that came or went.
async fn told(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    who: &StaffSignedIn,
    kind: MailKind,
    name: &str,
) -> Result<(), StoreError> {
    let mail = Mail::new(kind, who.email.clone(), who.client.locale)
        .fact("name", who.name.clone())
        .fact("passkey", name)
        .fact("when", times(center, who).moment(center.now()))
        .about_staff(who.staff);
    mail::enqueue(center, tx, mail).await?;
    let event = if kind == MailKind::StaffPasskeyAdded {
        Event::StaffPasskeyAdded
    } else {
        Event::StaffPasskeyRemoved
    };
    audit::append(center, tx, Entry::by(actor, event).about_staff(who.staff).fact(Fact::Passkey, name))
        .await?;
    Ok(())
}
