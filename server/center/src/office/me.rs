use model::{ErrorCode, OfficeMe, SessionId, SessionRow};

use super::reauthentication::check_current;
use super::{links, passkeys, sessions, times};
use crate::access::{self, Actor, Operation};
use crate::accounts::judge_password;
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::second_step::Holder;
use crate::store::args;
use crate::{Center, Error, Token, words};

/// The own page: who one is, how many recovery codes are left, where one is signed in.
///
/// # Errors
/// `Unauthenticated`, `SecondStepRequired`, [`Error::Store`]
pub async fn me(center: &Center, actor: &Actor) -> Result<OfficeMe, Error> {
    let who = access::office(actor, Operation::OfficeMe)?;
    let mut conn = center.db().read().await?;
    let codes_left = Holder::Staff(who.staff).codes_left(&mut conn).await?;
    let now = center.now();
    let sql = "SELECT id, created_at, last_seen_at, address, device FROM staff_sessions
         WHERE staff_id = $1 AND verified_at IS NOT NULL AND last_seen_at > $2 AND ends_at > $3
         ORDER BY last_seen_at DESC, id LIMIT 20";
    let rows = conn.all(sql, args![who.staff, now - sessions::IDLE, now]).await?;
    let when = times(center, who);
    let passkeys = passkeys::rows(center, &mut conn, who.staff, &when).await?;
    let sessions = rows.iter().map(|row| {
        let id: SessionId = row.get("id")?;
        Ok::<_, Error>(SessionRow {
            acts_for: String::new(),
            id,
            device: words::device(&row.get::<String>("device")?),
            address: row.get("address")?,
            started: when.moment(row.get("created_at")?),
            last_seen: when.moment(row.get("last_seen_at")?),
            current: id == who.session,
        })
    });
    Ok(OfficeMe {
        name: who.name.clone(),
        email: who.email.to_string(),
        role: who.role,
        codes_left,
        passkeys,
        sessions: sessions.collect::<Result<_, _>>()?,
    })
}

/// Changes the own password. All other sessions end; the one in use gets a new token. The second step stays.
///
/// # Errors
/// The fields to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn change_password(
    center: &Center,
    actor: &Actor,
    current: &str,
    password: &str,
    repeat: &str,
) -> Result<Token, Error> {
    let who = access::office(actor, Operation::OfficeChangePassword)?;
    check_current(center, who, current).await?;
    judge_password(&who.client.shop, password, repeat, &[&who.name, who.email.local_part()])?;
    let hash = center.passwords().hash(password.to_owned()).await?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    let sql = "UPDATE staff SET password_hash = $2, password_changed_at = $3, version = version + 1
         WHERE id = $1 AND deactivated_at IS NULL";
    tx.execute(sql, args![who.staff, hash, now]).await?;
    // The session in use is proof of both steps only while nobody has ended it.
    let replaces = Some(who.session);
    let (token, session) = sessions::begin(center, &mut tx, who.staff, &who.client, true, replaces).await?;
    sessions::end_others(&mut tx, who.staff, session).await?;
    links::revoke(center, &mut tx, who.staff).await?;
    let when = times(center, who).moment(now);
    let mail = Mail::new(MailKind::StaffPasswordChanged, who.email.clone(), who.client.locale)
        .fact("name", who.name.clone())
        .fact("when", when)
        .about_staff(who.staff);
    mail::enqueue(center, &mut tx, mail).await?;
    let entry = Entry::by(actor, Event::StaffPasswordChanged).about_staff(who.staff);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(token)
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// `NotFound` when it is not the person's, or ended already.
pub async fn revoke_session(center: &Center, actor: &Actor, session: SessionId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeRevokeSession)?;
    let mut tx = center.db().write().await?;
    let sql = "DELETE FROM staff_sessions WHERE id = $1 AND staff_id = $2";
    if tx.execute(sql, args![session, who.staff]).await? == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    let entry = Entry::by(actor, Event::StaffSessionRevoked).about_staff(who.staff);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Ends all of the person's sessions but the one in use.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn revoke_other_sessions(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeRevokeOtherSessions)?;
    let mut tx = center.db().write().await?;
    sessions::end_others(&mut tx, who.staff, who.session).await?;
    let entry = Entry::by(actor, Event::StaffOtherSessionsRevoked).about_staff(who.staff);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
