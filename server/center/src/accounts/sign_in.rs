use model::{CompanyId, Email, ErrorCode, UserId};

use super::sessions::{self, Landing};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::clock::{DAY, MINUTE};
use crate::store::{StoreError, args};
use crate::throttle::{self, SIGN_IN_ACCOUNT, SIGN_IN_ACCOUNT_NETWORK, SIGN_IN_ADDRESS};
use crate::{Center, Error, Token};

/// A network counts as known for this long after the last sign-in from it.
const NETWORK_KNOWN: i64 = 30 * DAY;

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
    throttle::spend(center, SIGN_IN_ADDRESS, &client.address.to_string()).await?;

    let typed = Email::parse(email).ok();
    // A text that is no address goes the same way as an unknown one.
    let account = typed.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let lane = format!("{account} {}", client.network());
    let known = known_network(center, &account, &client.network()).await?;
    let (tries, _) = throttle::count(center, SIGN_IN_ACCOUNT_NETWORK, &lane).await?;
    let (guesses, wait) =
        if known { (0, 0) } else { throttle::count(center, SIGN_IN_ACCOUNT, &account).await? };
    let limited = tries > SIGN_IN_ACCOUNT_NETWORK.allowed || guesses > SIGN_IN_ACCOUNT.allowed;
    if guesses > SIGN_IN_ACCOUNT.allowed {
        show_locked(center, &account, wait).await?;
    }

    let found = lookup(center, &account).await?;
    let stored = found.as_ref().and_then(|user| user.password_hash.clone());
    let too_long = password.len() > model::PASSWORD_MAX_BYTES;
    let secret = if too_long { String::new() } else { password.to_owned() };
    let (fits, weak) = center.passwords().verify(secret, stored).await?;
    let (Some(user), true, false) = (found, fits && !too_long, limited) else {
        tracing::info!(event = "authn_login_fail", limited);
        return Err(ErrorCode::SignInFailed.into());
    };

    throttle::give_back(center, SIGN_IN_ADDRESS, &client.address.to_string()).await?;
    throttle::give_back(center, SIGN_IN_ACCOUNT_NETWORK, &lane).await?;
    if !known {
        throttle::give_back(center, SIGN_IN_ACCOUNT, &account).await?;
    }

    let email = Email::parse(&account).map_err(|_| ErrorCode::SignInFailed)?;
    let places = sessions::places(center, &email).await?;
    let place = choose(places, slug)?;

    let upgraded = if weak { Some(center.passwords().hash(password.to_owned()).await?) } else { None };
    let now = center.now();
    let mut tx = center.db().write().await?;
    if let Some(hash) = upgraded {
        tx.execute("UPDATE users SET password_hash = $2 WHERE id = $1", args![user.id, hash]).await?;
    }
    tx.execute(
        "INSERT INTO known_networks (user_id, network, seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id, network) DO UPDATE SET seen_at = $3",
        args![user.id, client.network(), now],
    )
    .await?;
    let replaces = actor.signed_in().map(|who| who.session);
    let token = sessions::begin(center, &mut tx, user.id, place.company, client, replaces).await?;
    let entry = Entry::from_browser(client, Event::SignedIn).company(place.company).subject(user.id);
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

struct Found {
    id: UserId,
    password_hash: Option<String>,
}

async fn lookup(center: &Center, account: &str) -> Result<Option<Found>, StoreError> {
    let sql = "SELECT id, password_hash FROM users WHERE email = $1";
    let row = center.db().read().await?.optional(sql, args![account]).await?;
    row.map(|row| Ok(Found { id: row.get("id")?, password_hash: row.get("password_hash")? })).transpose()
}

async fn known_network(center: &Center, account: &str, network: &str) -> Result<bool, StoreError> {
    let row = center
        .db()
        .read()
        .await?
        .optional(
            "SELECT 1 AS n FROM known_networks k JOIN users u ON u.id = k.user_id
             WHERE u.email = $1 AND k.network = $2 AND k.seen_at > $3",
            args![account, network, center.now() - NETWORK_KNOWN],
        )
        .await?;
    Ok(row.is_some())
}

/// Shows the company's administrators that somebody guesses. Nothing is refused by this mark.
async fn show_locked(center: &Center, account: &str, seconds: u32) -> Result<(), StoreError> {
    let until = center.now() + i64::from(seconds) * MINUTE / 60;
    let mut tx = center.db().write().await?;
    tx.execute("UPDATE members SET locked_until = $2 WHERE email = $1", args![account, until]).await?;
    tx.commit().await
}

/// Checks the password of the person signed in, under the same limits as signing in.
///
/// # Errors
/// The field `current` to correct, `TooManyRequests`, [`Error::Busy`], [`Error::Store`]
pub(super) async fn check_current(
    center: &Center,
    who: &access::SignedIn,
    current: &str,
) -> Result<(), Error> {
    use model::FieldIssue;
    if current.is_empty() {
        return Err(Error::field("current", FieldIssue::Required));
    }
    let lane = format!("{} {}", who.email, who.client.network());
    throttle::spend(center, SIGN_IN_ACCOUNT_NETWORK, &lane).await?;
    let found = lookup(center, who.email.as_str()).await?;
    let stored = found.and_then(|user| user.password_hash);
    let too_long = current.len() > model::PASSWORD_MAX_BYTES;
    let secret = if too_long { String::new() } else { current.to_owned() };
    let (fits, _) = center.passwords().verify(secret, stored).await?;
    if !fits || too_long {
        tracing::info!(event = "authn_login_fail", step = "current_password");
        return Err(Error::field("current", FieldIssue::PasswordWrong));
    }
    throttle::give_back(center, SIGN_IN_ACCOUNT_NETWORK, &lane).await?;
    Ok(())
}
