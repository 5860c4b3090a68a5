use model::{CompanyId, Email, ErrorCode, UserId};

use super::authenticate::{Verdict, authenticate};
use super::guesses::Realm;
use super::places::{self, Landing};
use super::profile::moved_to;
use super::sessions;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::store::args;
use crate::{Center, Error, Token};

/// A person who got in.
pub struct Entered {
    /// For the cookie
    pub token: Token,
    /// Where the session acts; `None` for a business user.
    pub company: Option<CompanyId>,
}

/// Email and password. `slug` is that of a company's own sign-in address.
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
    let now = center.now();
    let mut tx = center.db().write().await?;
    // A password that was changed since it was judged opens no session any more.
    let sql = "UPDATE users SET password_hash = COALESCE($2, password_hash)
         WHERE id = $1 AND COALESCE(password_changed_at, 0) = $3";
    if tx.execute(sql, args![user, upgraded, set_at]).await? == 0 {
        return Err(ErrorCode::SignInFailed.into());
    }
    tx.execute(
        "INSERT INTO known_networks (user_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, network) DO UPDATE SET seen_at = $3",
        args![user, client.network(), now],
    )
    .await?;
    let replaces = actor.signed_in().map(|who| who.session);
    let token = sessions::begin(center, &mut tx, user, place.company, client, replaces).await?;
    let entry = Entry::from_browser(client, Event::SignedIn).company(place.company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(Entered { token, company: place.company })
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
