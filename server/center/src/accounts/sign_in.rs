use model::{CompanyId, Email, ErrorCode, SessionId, UserId};

use super::authenticate::{Verdict, authenticate};
use super::guesses::Realm;
use super::pending;
use super::places::{self, Landing};
use super::profile::moved_to;
use super::sessions;
use crate::access::{self, Actor, Client, Operation};
use crate::audit::{self, Entry, Event};
use crate::store::{Tx, args};
use crate::{Center, Error, Token};

/// A person whose password was right.
pub struct Entered {
    /// For the cookie: of the session or, with `second_step`, of what waits for that step.
    pub token: Token,
    /// The second step is missing: there is no session yet.
    pub second_step: bool,
    /// Where the session acts; `None` for a business user.
    pub company: Option<CompanyId>,
}

/// Email and password. `slug` is that of a company's own sign-in address. Who has set up a second step is not signed
/// in by it: see [`super::second_step`].
///
/// Unknown, wrong, invited, limited and deactivated accounts get the same answer after the same
/// work; only who typed the right password is told that the account is deactivated.
///
/// # Errors
/// `SignInFailed`, `Deactivated`, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub async fn sign_in(
    center: &Center,
    actor: &Actor,
    email: &str,
    password: &str,
    slug: &str,
) -> Result<Entered, Error> {
    access::authorize(actor, Operation::SignIn)?;
    let client = actor.client();
    let typed = Email::parse(email).ok();
    // A text that is no address goes the same way as an unknown one.
    let account = typed.as_ref().map_or("-", Email::as_str);
    let verdict = authenticate(center, client, Realm::Portal, account, password).await?;
    let (Verdict::Right { id, weak, set_at }, Some(email)) = (verdict, typed) else {
        return Err(ErrorCode::SignInFailed.into());
    };
    let user = UserId(id);

    let places = places::places(center, &email).await?;
    // A page that was opened before the company's address was changed still has the old one.
    let moved = if slug.is_empty() { None } else { moved_to(center, slug).await? };
    let place = choose(places, moved.as_deref().unwrap_or(slug))?;

    let upgraded = if weak { Some(center.passwords().hash(password.to_owned()).await?) } else { None };
    let mut tx = center.db().write().await?;
    // A password that was changed since it was judged opens no session any more.
    let sql = "UPDATE users SET password_hash = COALESCE($2, password_hash)
         WHERE id = $1 AND COALESCE(password_changed_at, 0) = $3 RETURNING totp_set_up_at IS NOT NULL AS second_step";
    let row = tx.optional(sql, args![user, upgraded, set_at]).await?.ok_or(ErrorCode::SignInFailed)?;
    let second_step: bool = row.get("second_step")?;
    let replaces = actor.signed_in().map(|who| who.session);
    let token = if second_step {
        pending::begin(center, &mut tx, user, place.company, replaces).await?
    } else {
        enter(center, &mut tx, user, place.company, client, replaces).await?
    };
    tx.commit().await?;
    Ok(Entered { token, second_step, company: place.company })
}

/// Lets somebody in who has done every step of signing in.
pub(super) async fn enter(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    client: &Client,
    replaces: Option<SessionId>,
) -> Result<Token, Error> {
    tx.execute(
        "INSERT INTO known_networks (user_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, network) DO UPDATE SET seen_at = $3",
        args![user, client.network(), center.now()],
    )
    .await?;
    let token = sessions::begin(center, tx, user, company, client, replaces).await?;
    let entry = Entry::from_browser(client, Event::SignedIn).company(company).subject(user);
    audit::append(center, tx, entry).await?;
    Ok(token)
}

/// Where the session will act: at a company's own address only that company counts.
fn choose(places: Vec<Landing>, slug: &str) -> Result<Landing, ErrorCode> {
    let mut refusal = ErrorCode::SignInFailed;
    for place in places {
        if slug.is_empty() || place.slug.as_deref() == Some(slug) {
            if place.open {
                return Ok(place);
            }
            refusal = ErrorCode::Deactivated;
        }
    }
    Err(refusal)
}
