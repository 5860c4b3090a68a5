//! Between the password and the second step of signing in there is no session: only a secret of the browser, with
//! which the step can be done and nothing else.

use model::{CompanyId, ErrorCode, FieldIssue, SessionId, UserId};

use super::sign_in::enter;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::clock::MINUTE;
use crate::second_step::{Holder, Proof};
use crate::store::{Conn, StoreError, Tx, args};
use crate::throttle::{self, SECOND_STEP};
use crate::{Center, Error, Instant, Token};

/// How long there is for the second step.
const TIME: Instant = 10 * MINUTE;
/// How many a user may have waiting; the oldest goes when there are more.
const MOST: i64 = 5;

/// Notes that the password was right. A session that this browser has ends, whoever's it is.
pub(super) async fn begin(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    replaces: Option<SessionId>,
) -> Result<Token, StoreError> {
    let (id, token, now) = (center.new_id(), Token::new(center.entropy()), center.now());
    if let Some(old) = replaces {
        tx.execute("DELETE FROM sessions WHERE id = $1", args![old]).await?;
    }
    tx.execute(
        "INSERT INTO pending_sign_ins (id, token_hash, user_id, company_id, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, token.hash(), user, company, now, now + TIME],
    )
    .await?;
    tx.execute(
        "DELETE FROM pending_sign_ins WHERE user_id = $1 AND id <> $2 AND id NOT IN
             (SELECT id FROM pending_sign_ins WHERE user_id = $1 AND id <> $2 ORDER BY created_at DESC, id DESC LIMIT $3)",
        args![user, id, MOST - 1],
    )
    .await?;
    Ok(token)
}

struct Waiting {
    user: UserId,
    company: Option<CompanyId>,
}

async fn find(conn: &mut Conn, center: &Center, token: &str) -> Result<Option<Waiting>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let sql = "SELECT p.user_id, p.company_id FROM pending_sign_ins p JOIN users u ON u.id = p.user_id
         WHERE p.token_hash = $1 AND p.ends_at > $2 AND u.totp_set_up_at IS NOT NULL";
    let row = conn.optional(sql, args![token.hash(), center.now()]).await?;
    row.map(|row| Ok(Waiting { user: row.get("user_id")?, company: row.get("company_id")? })).transpose()
}

/// Whether a second step of this browser waits.
///
/// # Errors
/// [`Error::Store`]
pub async fn second_step_page(center: &Center, actor: &Actor, token: &str) -> Result<bool, Error> {
    access::authorize(actor, Operation::SecondStepPage)?;
    Ok(find(&mut center.db().read().await?, center, token).await?.is_some())
}

/// The second step of signing in: a code of the app, or one of the recovery codes. Whoever has passed it is signed
/// in where the first step led.
///
/// # Errors
/// The field `code` to correct, `TooManyRequests`, `Unauthenticated` when the first step is too long ago or was
/// undone meanwhile, `Deactivated`, [`Error::Busy`], [`Error::Store`]
pub async fn second_step(center: &Center, actor: &Actor, token: &str, code: &str) -> Result<Token, Error> {
    access::authorize(actor, Operation::SecondStep)?;
    let mut conn = center.db().read().await?;
    let Waiting { user, company } =
        find(&mut conn, center, token).await?.ok_or(ErrorCode::Unauthenticated)?;
    drop(conn);
    throttle::spend(center, SECOND_STEP, &user.to_string()).await?;
    let holder = Holder::User(user);
    let state = holder.state(&mut center.db().read().await?).await?;
    if !state.set_up {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let wrong = || Error::field("code", FieldIssue::SecondStepWrong);
    let Some(proof) = holder.judge(center, &state, code).await? else {
        tracing::info!(event = "authn_login_fail", step = 2);
        return Err(wrong());
    };
    let token = Token::parse(token).ok_or(ErrorCode::Unauthenticated)?;
    let mut tx = center.db().write().await?;
    if !holder.use_up(center, &mut tx, &proof).await? {
        return Err(wrong());
    }
    // What ends all sessions holds the person's row too, so that nothing of the first step outlives it.
    let sql = "DELETE FROM pending_sign_ins WHERE token_hash = $1";
    if tx.execute(sql, args![token.hash()]).await? == 0 {
        return Err(ErrorCode::Unauthenticated.into());
    }
    throttle::give_back_in(&mut tx, SECOND_STEP, &user.to_string()).await?;
    let client = actor.client();
    if matches!(proof, Proof::Paper { .. }) {
        let entry = Entry::from_browser(client, Event::RecoveryCodeUsed).company(company).subject(user);
        audit::append(center, &mut tx, entry).await?;
    }
    let replaces = actor.signed_in().map(|who| who.session);
    let token = enter(center, &mut tx, user, company, client, replaces).await?;
    tx.commit().await?;
    Ok(token)
}
