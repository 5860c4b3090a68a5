//! The own second step of signing in: switching it on and off, and codes for the day on which the app is lost.

use model::{ErrorCode, FieldIssue, MySecondStep, UserId};

use super::reset::told;
use super::{sessions, typed_lately};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::mail::MailKind;
use crate::second_step::{AppSecret, FreshCodes, Holder};
use crate::store::{Conn, StoreError, args};
use crate::throttle::{self, RECOVERY_CODES, SECOND_STEP};
use crate::{Center, Error, Instant, Token, words};

/// More companies than this that want it are not named.
const NAMED: i64 = 5;

/// The page *Two-step sign-in*.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn my_second_step(center: &Center, actor: &Actor) -> Result<MySecondStep, Error> {
    let who = access::signed_in(actor, Operation::MySecondStep)?;
    let holder = Holder::User(who.user);
    let mut conn = center.db().read().await?;
    if let Some(codes) = holder.shown_codes(center, &mut conn, who.session).await? {
        return Ok(MySecondStep::Keep { codes });
    }
    let required_by = required_by(&mut conn, who.user).await?;
    let sql = "SELECT u.totp_set_up_at, s.totp_sealed FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1";
    let row = conn.one(sql, args![who.session]).await?;
    if let Some(since) = row.get::<Option<Instant>>("totp_set_up_at")? {
        return Ok(MySecondStep::On {
            since: words::Times::new(center, who).date(since),
            codes_left: holder.codes_left(&mut conn).await?,
            required_by,
        });
    }
    let Some(sealed) = row.get::<Option<Vec<u8>>>("totp_sealed")? else {
        return Ok(MySecondStep::Off { required_by });
    };
    let secret = holder.open(center, Some(&sealed))?;
    let shown = secret.set_up(&who.client.shop.name, who.email.as_str())?;
    Ok(MySecondStep::SetUp { size: shown.size, path: shown.path, secret: shown.typed })
}

/// The companies for which the person can act and that want a second step.
async fn required_by(conn: &mut Conn, user: UserId) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT c.name FROM members m JOIN companies c ON c.id = m.company_id
         WHERE m.user_id = $1 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active
           AND c.second_step_required ORDER BY c.name, c.id LIMIT $2";
    conn.all(sql, args![user, NAMED]).await?.iter().map(|row| row.get("name")).collect()
}

/// Makes the secret of an app. It stays with the session until a code of the app sets it up; nobody else sees it.
///
/// # Errors
/// `WrongState` when a second step is set up, `ReauthRequired`, `ViewRefuses`, [`Error::Store`]
pub async fn begin_second_step(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::BeginSecondStep)?;
    if who.second_step {
        return Err(ErrorCode::WrongState.into());
    }
    typed_lately(center, who)?;
    let sealed = Holder::User(who.user).seal(center, &AppSecret::new(center.entropy()));
    let mut tx = center.db().write().await?;
    tx.execute("UPDATE sessions SET totp_sealed = $2 WHERE id = $1", args![who.session, sealed]).await?;
    Ok(tx.commit().await?)
}

/// Switches the second step on by the first code of the app. All other sessions end, because they were begun by the
/// password alone; the one in use gets a new token. The person is told.
///
/// # Errors
/// The field `code` to correct, `WrongState` when no app waits or one is set up, `ReauthRequired`, `ViewRefuses`,
/// `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn set_up_second_step(center: &Center, actor: &Actor, code: &str) -> Result<Token, Error> {
    let who = access::signed_in(actor, Operation::SetUpSecondStep)?;
    typed_lately(center, who)?;
    let holder = Holder::User(who.user);
    let sql = "SELECT totp_sealed FROM sessions WHERE id = $1";
    let row = center.db().read().await?.optional(sql, args![who.session]).await?;
    let sealed: Option<Vec<u8>> = row.ok_or(ErrorCode::Unauthenticated)?.get("totp_sealed")?;
    let sealed = sealed.filter(|_| !who.second_step).ok_or(ErrorCode::WrongState)?;
    throttle::spend(center, SECOND_STEP, &who.user.to_string()).await?;
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(64).collect();
    let period = holder.open(center, Some(&sealed))?.period(&code, center.now(), 0)?;
    let period = period.ok_or_else(|| Error::field("code", FieldIssue::SecondStepWrong))?;
    throttle::spend(center, RECOVERY_CODES, &who.user.to_string()).await?;
    let fresh = FreshCodes::make(center).await?;
    let mut tx = center.db().write().await?;
    if !holder.put(&mut tx, sealed, period, center.now()).await? {
        return Err(ErrorCode::WrongState.into());
    }
    sessions::end_all(&mut tx, who.user, Some(who.session)).await?;
    let (token, session) = sessions::carry(center, &mut tx, who, who.company()).await?;
    holder.keep(center, &mut tx, session, fresh).await?;
    throttle::give_back_in(&mut tx, SECOND_STEP, &who.user.to_string()).await?;
    told(center, &mut tx, MailKind::SecondStepOn, who.user, &who.client.shop.time_zone, None).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::SecondStepSetUp).subject(who.user)).await?;
    tx.commit().await?;
    Ok(token)
}

/// Switches the second step off. The person is told.
///
/// # Errors
/// `WrongState` when there is none, or when a company wants it; `ReauthRequired`, `ViewRefuses`, [`Error::Store`]
pub async fn end_second_step(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::EndSecondStep)?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    // The person's row comes first, as everywhere.
    if !Holder::User(who.user).take_back(&mut tx).await? || !required_by(&mut tx, who.user).await?.is_empty()
    {
        return Err(ErrorCode::WrongState.into());
    }
    tx.execute("DELETE FROM pending_sign_ins WHERE user_id = $1", args![who.user]).await?;
    told(center, &mut tx, MailKind::SecondStepOff, who.user, &who.client.shop.time_zone, None).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::SecondStepEnded).subject(who.user)).await?;
    Ok(tx.commit().await?)
}

/// Makes new recovery codes; the earlier ones work no more. The page shows them until they are kept.
///
/// # Errors
/// `WrongState` when no second step is set up, `ReauthRequired`, `ViewRefuses`, `TooManyRequests`, [`Error::Busy`],
/// [`Error::Store`]
pub async fn new_recovery_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::NewRecoveryCodes)?;
    if !who.second_step {
        return Err(ErrorCode::WrongState.into());
    }
    typed_lately(center, who)?;
    throttle::spend(center, RECOVERY_CODES, &who.user.to_string()).await?;
    let fresh = FreshCodes::make(center).await?;
    let mut tx = center.db().write().await?;
    if !Holder::User(who.user).replace_codes(center, &mut tx, who.session, fresh).await? {
        return Err(ErrorCode::Unauthenticated.into());
    }
    audit::append(center, &mut tx, Entry::by(actor, Event::RecoveryCodesMade).subject(who.user)).await?;
    Ok(tx.commit().await?)
}

/// The person has the recovery codes: they are shown no more.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn keep_recovery_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::KeepRecoveryCodes)?;
    let mut tx = center.db().write().await?;
    Holder::User(who.user).kept(&mut tx, who.session).await?;
    Ok(tx.commit().await?)
}
