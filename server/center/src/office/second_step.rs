use model::{ErrorCode, FieldIssue, SecondStepPage};

use super::{sessions, typed_lately};
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event};
use crate::second_step::{FreshCodes, Holder, Proof, passkey};
use crate::store::args;
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
    let holder = Holder::Staff(who.staff);
    let mut conn = center.db().read().await?;
    if who.verified {
        let codes = holder.shown_codes(center, &mut conn, who.session).await?;
        return Ok(SecondStepPage::Keep { codes: codes.ok_or(ErrorCode::WrongState)? });
    }
    let state = holder.state(&mut conn).await?;
    if state.set_up {
        let passkey = passkey::is_there(center, &mut conn, who.staff).await?;
        return Ok(SecondStepPage::Code { passkey });
    }
    let shown = holder.secret(center, &state)?.set_up(&who.client.shop.name, who.email.as_str())?;
    Ok(SecondStepPage::SetUp { size: shown.size, path: shown.path, secret: shown.typed })
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
    let holder = Holder::Staff(who.staff);
    let state = holder.state(&mut center.db().read().await?).await?;
    match holder.judge(center, &state, code).await? {
        Some(proof) => passed(center, actor, who, &proof).await,
        None => Err(not_proved(code_wrong())),
    }
}

fn code_wrong() -> Error {
    Error::field("code", FieldIssue::SecondStepWrong)
}

fn not_proved(error: Error) -> Error {
    tracing::info!(event = "authn_login_fail", step = 2);
    error
}

/// Asks the person's passkeys, in place of whatever this session asked before. The question, as JSON for the browser.
///
/// # Errors
/// `WrongState` when there is none or the step is done, `Unauthenticated`, [`Error::Store`]
pub async fn passkey_question(center: &Center, actor: &Actor) -> Result<String, Error> {
    let who = access::office(actor, Operation::OfficePasskeyQuestion)?;
    if who.verified {
        return Err(ErrorCode::WrongState.into());
    }
    let mut tx = center.db().write().await?;
    let question = passkey::ask_to_sign(center, &mut tx, who.session, (who.staff, &who.client)).await?;
    tx.commit().await?;
    Ok(question.ok_or(ErrorCode::WrongState)?)
}

/// The second step by a passkey. The session gets a new token.
///
/// # Errors
/// `WrongState` when nothing was asked or the answer does not fit, `TooManyRequests`, `Unauthenticated` when the
/// first step was undone meanwhile, [`Error::Store`]
pub async fn passkey_step(center: &Center, actor: &Actor, answer: &str) -> Result<Passed, Error> {
    let who = access::office(actor, Operation::OfficePasskeyStep)?;
    if who.verified {
        return Err(ErrorCode::WrongState.into());
    }
    throttle::spend(center, STAFF_SECOND_STEP, &who.staff.to_string()).await?;
    match passkey::signed(center, who.session, (who.staff, &who.client), answer).await? {
        Some(signed) => passed(center, actor, who, &Proof::Passkey(signed)).await,
        None => Err(not_proved(ErrorCode::WrongState.into())),
    }
}

async fn passed(center: &Center, actor: &Actor, who: &StaffSignedIn, proof: &Proof) -> Result<Passed, Error> {
    let holder = Holder::Staff(who.staff);
    let (fresh, event) = match proof {
        Proof::App { set_up: false, .. } => {
            (Some(FreshCodes::make(center).await?), Some(Event::StaffSecondStepSetUp))
        }
        Proof::App { set_up: true, .. } | Proof::Passkey(_) => (None, None),
        Proof::Paper { .. } => (None, Some(Event::StaffRecoveryCodeUsed)),
    };
    let mut tx = center.db().write().await?;
    if !holder.use_up(center, &mut tx, proof).await? {
        let error =
            if matches!(proof, Proof::Passkey(_)) { ErrorCode::WrongState.into() } else { code_wrong() };
        return Err(not_proved(error));
    }
    let (token, session) =
        sessions::begin(center, &mut tx, who.staff, &who.client, true, Some(who.session)).await?;
    let codes_to_keep = fresh.is_some();
    if let Some(fresh) = fresh {
        holder.keep(center, &mut tx, session, fresh).await?;
    }
    tx.execute(
        "INSERT INTO known_staff_networks (staff_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (staff_id, network) DO UPDATE SET seen_at = $3",
        args![who.staff, who.client.network(), center.now()],
    )
    .await?;
    throttle::give_back_in(&mut tx, STAFF_SECOND_STEP, &who.staff.to_string()).await?;
    for event in event.into_iter().chain([Event::StaffSignedIn]) {
        audit::append(center, &mut tx, Entry::by(actor, event).about_staff(who.staff)).await?;
    }
    tx.commit().await?;
    Ok(Passed { token, codes_to_keep })
}

/// Makes new recovery codes; the earlier ones work no more. The page of the second step shows them.
///
/// # Errors
/// `ReauthRequired`, `Unauthenticated`, [`Error::Busy`], [`Error::Store`]
pub async fn new_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeNewCodes)?;
    typed_lately(center, who)?;
    let fresh = FreshCodes::make(center).await?;
    let mut tx = center.db().write().await?;
    if !Holder::Staff(who.staff).replace_codes(center, &mut tx, who.session, fresh).await? {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let entry = Entry::by(actor, Event::StaffRecoveryCodesMade).about_staff(who.staff);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// The person has the recovery codes: they are shown no more.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn keep_codes(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeKeepCodes)?;
    let mut tx = center.db().write().await?;
    Holder::Staff(who.staff).kept(&mut tx, who.session).await?;
    Ok(tx.commit().await?)
}
