use model::{Email, ErrorCode, StaffId};

use super::sessions;
use crate::access::{self, Actor, Operation};
use crate::accounts::{Realm, Verdict, authenticate};
use crate::second_step::{AppSecret, Holder};
use crate::store::args;
use crate::{Center, Error, Token};

/// Somebody of the staff whose password was right.
pub struct Entered {
    /// For the cookie; opens the second step and nothing else.
    pub token: Token,
}

/// The first step of signing in to the Back Office: email and password. Whoever has no app for the second
/// step yet gets a secret to set one up with.
///
/// Unknown, wrong, invited, limited and deactivated accounts get the same answer after the same work.
///
/// # Errors
/// `SignInFailed`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn sign_in(center: &Center, actor: &Actor, email: &str, password: &str) -> Result<Entered, Error> {
    access::authorize(actor, Operation::OfficeSignIn)?;
    let client = actor.client();
    let typed = Email::parse(email).ok();
    // A text that is no address goes the same way as an unknown one.
    let account = typed.as_ref().map_or("-", Email::as_str);
    let verdict = authenticate(center, client, Realm::Office, account, password).await?;
    let Verdict::Right { id, weak, set_at } = verdict else {
        return Err(ErrorCode::SignInFailed.into());
    };
    let staff = StaffId(id);
    let upgraded = if weak { Some(center.passwords().hash(password.to_owned()).await?) } else { None };
    let sealed = Holder::Staff(staff).seal(center, &AppSecret::new(center.entropy()));
    let mut tx = center.db().write().await?;
    // A password that was changed since it was judged opens nothing any more. Until the app is set up its
    // secret is another one at each sign-in, so that none is left lying about.
    let sql = "UPDATE staff SET password_hash = COALESCE($2, password_hash),
             totp_sealed = CASE WHEN totp_set_up_at IS NULL THEN $4 ELSE totp_sealed END
         WHERE id = $1 AND password_changed_at = $3 AND deactivated_at IS NULL";
    if tx.execute(sql, args![staff, upgraded, set_at, sealed]).await? == 0 {
        return Err(ErrorCode::SignInFailed.into());
    }
    let replaces = actor.staff().map(|who| who.session);
    let (token, _) = sessions::begin(center, &mut tx, staff, client, false, replaces).await?;
    tx.commit().await?;
    Ok(Entered { token })
}
