use model::{ErrorCode, FieldIssue, SecondStepPage, StaffId};

use super::recovery::{self, Fresh};
use super::sessions;
use super::sign_in::sealed_for;
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event};
use crate::second_step::{AppSecret, RecoveryCode};
use crate::store::{Row, args};
use crate::throttle::{self, STAFF_SECOND_STEP};
use crate::{Center, Error, Token};

/// Somebody who passed the second step.
pub struct Passed {
    /// For the cookie, in place of the one of the first step.
    pub token: Token,
    /// The app was set up just now: there are codes to keep.
    pub codes_to_keep: bool,
}

/// What the page of the second step shows.
///
/// # Errors
/// `Unauthenticated`, `WrongState` when the step is done, [`Error::Store`]
pub async fn second_step_page(center: &Center, actor: &Actor) -> Result<SecondStepPage, Error> {
    let who = access::office(actor, Operation::OfficeSecondStepPage)?;
    let mut conn = center.db().read().await?;
    if who.verified {
        let codes = recovery::shown(&mut conn, center, who.staff, who.session).await?;
        return Ok(SecondStepPage::Keep { codes: codes.ok_or(ErrorCode::WrongState)? });
    }
    let row = conn.one(STATE, args![who.staff]).await?;
    if row.get("set_up")? {
        return Ok(SecondStepPage::Code);
    }
    let shown = secret(center, who.staff, &row)?.set_up(&who.client.shop.name, who.email.as_str())?;
    Ok(SecondStepPage::SetUp { size: shown.size, path: shown.path, secret: shown.typed })
}

const STATE: &str =
    "SELECT totp_sealed, totp_set_up_at IS NOT NULL AS set_up, totp_step FROM staff WHERE id = $1";

fn secret(center: &Center, staff: StaffId, row: &Row) -> Result<AppSecret, Error> {
    let sealed: Option<Vec<u8>> = row.get("totp_sealed")?;
    let opened = sealed.and_then(|sealed| center.seal().open(&sealed_for(staff), &sealed));
    opened.map(AppSecret::kept).ok_or_else(|| {
        Error::Fault("the secret of a second step can't be opened; was secret_key changed?".to_owned())
    })
}

/// The second step: a code of the app or, once the app is set up, one of the recovery codes. The first code
/// of the app also sets it up. The session gets a new token.
///
/// # Errors
/// The field `code` to correct, `TooManyRequests`, `Unauthenticated` when the first step was undone
/// meanwhile, [`Error::Busy`], [`Error::Store`]
pub async fn second_step(center: &Center, actor: &Actor, code: &str) -> Result<Passed, Error> {
    let who = access::office(actor, Operation::OfficeSecondStep)?;
    if who.verified {
        return Err(ErrorCode::WrongState.into());
    }
    throttle::spend(center, STAFF_SECOND_STEP, &who.staff.to_string()).await?;
    let row = center.db().read().await?.one(STATE, args![who.staff]).await?;
    let set_up: bool = row.get("set_up")?;
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).take(64).collect();
    let (code, used) = (typed.as_str(), row.get("totp_step")?);
    if let Some(period) = secret(center, who.staff, &row)?.period(code, center.now(), used)? {
        return passed(center, actor, who, &Proof::App { period, set_up }).await;
    }
    if set_up
        && let Some(code) = RecoveryCode::parse(code)
        && recovers(center, who.staff, &code).await?
    {
        return passed(center, actor, who, &Proof::Paper { place: code.place }).await;
    }
    tracing::info!(event = "authn_login_fail", step = 2);
    Err(Error::field("code", FieldIssue::SecondStepWrong))
}

/// What proved that it is the person.
enum Proof {
    App { period: i64, set_up: bool },
    Paper { place: i64 },
}

/// Whether this is one of the person's codes that was not used. Takes one verification whatever was typed.
async fn recovers(center: &Center, staff: StaffId, code: &RecoveryCode) -> Result<bool, Error> {
    let sql =
        "SELECT code_hash FROM staff_recovery_codes WHERE staff_id = $1 AND place = $2 AND used_at IS NULL";
    let row = center.db().read().await?.optional(sql, args![staff, code.place]).await?;
    let stored: Option<String> = row.map(|row| row.get("code_hash")).transpose()?;
    Ok(center.passwords().verify(code.secret.to_string(), stored).await?.0)
}

async fn passed(center: &Center, actor: &Actor, who: &StaffSignedIn, proof: &Proof) -> Result<Passed, Error> {
    let fresh = match proof {
        Proof::App { set_up: false, .. } => Some(Fresh::make(center).await?),
        _ => None,
    };
    let now = center.now();
    let mut tx = center.db().write().await?;
    // Of several that use the same code at once one gets it.
    let (sql, values, event) = match *proof {
        Proof::App { period, set_up } => (
            "UPDATE staff SET totp_step = $2, totp_set_up_at = COALESCE(totp_set_up_at, $3)
             WHERE id = $1 AND totp_step < $2 AND (totp_set_up_at IS NOT NULL) = $4",
            args![who.staff, period, now, set_up],
            (!set_up).then_some(Event::StaffSecondStepSetUp),
        ),
        Proof::Paper { place } => (
            "UPDATE staff_recovery_codes SET used_at = $3 WHERE staff_id = $1 AND place = $2 AND used_at IS NULL",
            args![who.staff, place, now],
            Some(Event::StaffRecoveryCodeUsed),
        ),
    };
    if tx.execute(sql, values).await? == 0 {
        return Err(Error::field("code", FieldIssue::SecondStepWrong));
    }
    let (token, session) =
        sessions::begin(center, &mut tx, who.staff, &who.client, true, Some(who.session)).await?;
    let codes_to_keep = fresh.is_some();
    if let Some(fresh) = fresh {
        fresh.store(center, &mut tx, who.staff, session).await?;
    }
    tx.execute(
        "INSERT INTO known_staff_networks (staff_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id, network) DO UPDATE SET seen_at = $3",
        args![who.staff, who.client.network(), now],
    )
    .await?;
    throttle::give_back_in(&mut tx, STAFF_SECOND_STEP, &who.staff.to_string()).await?;
    for event in event.into_iter().chain([Event::StaffSignedIn]) {
        audit::append(center, &mut tx, Entry::by(actor, event).about_staff(who.staff)).await?;
    }
    tx.commit().await?;
    Ok(Passed { token, codes_to_keep })
}

/// The person has the recovery codes: they are shown no more.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn keep_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeKeepCodes)?;
    let mut tx = center.db().write().await?;
    tx.execute("UPDATE staff_sessions SET codes_sealed = NULL WHERE id = $1", args![who.session]).await?;
    Ok(tx.commit().await?)
}
