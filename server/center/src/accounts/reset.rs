use model::{Email, ErrorCode, Locale, UserId};

use super::authenticate::check_current;
use super::judge_password;
use super::links::{self, Link, Purpose};
use super::places;
use super::sessions;
use crate::access::{self, Actor, Client, Operation, Place};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, RESET_ADDRESS, RESET_MAIL};
use crate::{Center, Error, Instant, Token, words};

/// Notes that somebody wants a link to set a new password. The answer is the same, and takes
/// equally long, whether or not there is an account; [`settle_requests`] finds that out later.
///
/// # Errors
/// The field `email` to correct, `TooManyRequests`, [`Error::Store`]
pub async fn forgot_password(center: &Center, actor: &Actor, email: &str) -> Result<(), Error> {
    access::authorize(actor, Operation::ForgotPassword)?;
    let email = Email::parse(email).map_err(|e| Error::field("email", e.into()))?;
    throttle::spend(center, RESET_ADDRESS, &actor.client().source()).await?;
    // Above this limit the answer stays the same and nothing is mailed, so that nobody's
    // mailbox is flooded and nobody learns whether the address has an account.
    let (count, _) = throttle::count(center, RESET_MAIL, email.as_str()).await?;
    let mut tx = center.db().write().await?;
    tx.execute(
        "INSERT INTO reset_requests (id, email, created_at) SELECT $1, $2, $3 WHERE $4",
        args![center.new_id(), &email, center.now(), count <= RESET_MAIL.allowed],
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Turns the noted requests into mails for those who have an account with a password that can
/// be used somewhere. A reset never activates an account that was not activated.
///
/// # Errors
/// [`Error::Store`]
pub(crate) async fn settle_requests(center: &Center) -> Result<usize, Error> {
    let mut tx = center.db().write().await?;
    let rows = tx
        .all(
            "SELECT r.id, u.id AS user_id, u.email, u.name, u.locale FROM reset_requests r
             LEFT JOIN users u ON u.email = r.email AND u.password_hash IS NOT NULL AND (
                 EXISTS (SELECT 1 FROM members m JOIN companies c ON c.id = m.company_id
                         WHERE m.user_id = u.id AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active)
                 OR EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = u.id AND b.deactivated_at IS NULL))
             ORDER BY r.created_at, r.id LIMIT 100",
            args![],
        )
        .await?;
    for row in &rows {
        // Of several nodes that settle at once exactly one takes each request.
        let request: uuid::Uuid = row.get("id")?;
        if tx.execute("DELETE FROM reset_requests WHERE id = $1", args![request]).await? == 0 {
            continue;
        }
        if let Some(user) = row.get::<Option<UserId>>("user_id")? {
            let email: Email = row.get("email")?;
            send_reset(center, &mut tx, user, &email, &row.get::<String>("name")?, row.get("locale")?)
                .await?;
            // Whoever asked has not shown to be this person.
            let entry = Entry::system(Event::PasswordLinkSent).subject(user);
            audit::append(center, &mut tx, entry).await?;
        }
    }
    tx.commit().await?;
    Ok(rows.len())
}

/// Puts a mail with a link to set a new password into the outbox.
pub(crate) async fn send_reset(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    email: &Email,
    name: &str,
    locale: Locale,
) -> Result<(), StoreError> {
    let link = links::request(center, tx, Purpose::Reset, user, None, email).await?;
    let mut mail =
        Mail::new(MailKind::PasswordReset, email.clone(), locale).fact("name", name).about(user, None);
    mail.link = Some(link);
    mail::enqueue(center, tx, mail).await?;
    Ok(())
}

/// What a link to set a password did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// The password is set.
    PasswordSet,
    /// The invitation is accepted by a login that has a password, which stays as it is.
    Accepted,
}

/// Sets the password by the link of an invitation or reset. Does not sign in. The invitation of a login
/// that has a password is accepted without touching it.
///
/// # Errors
/// `LinkInvalid`, the fields `password` and `repeat` to correct, [`Error::Busy`], [`Error::Store`]
pub async fn set_password(
    center: &Center,
    actor: &Actor,
    link_token: &str,
    password: &str,
    repeat: &str,
) -> Result<Used, Error> {
    access::authorize(actor, Operation::SetPassword)?;
    let client = actor.client();
    let usable = |purpose| matches!(purpose, Purpose::Invitation | Purpose::Reset);
    let link = links::inspect(center, link_token)
        .await?
        .filter(|l| usable(l.purpose))
        .ok_or(ErrorCode::LinkInvalid)?;
    if link.purpose == Purpose::Invitation && link.has_password {
        accept(center, client, &link, link_token).await?;
        return Ok(Used::Accepted);
    }
    let companies = places::names_of(&mut center.db().read().await?, link.user).await?;
    let mut context = vec![link.name.as_str(), link.login.local_part()];
    context.extend(companies.iter().map(String::as_str));
    judge_password(&client.shop, password, repeat, &context)?;
    let hash = center.passwords().hash(password.to_owned()).await?;

    // The person's rows before the link, as everywhere, so that no two wait for each other. Nothing
    // of it is kept unless the link can be used up.
    let mut tx = center.db().write().await?;
    let now = center.now();
    let invited = link.purpose == Purpose::Invitation;
    let set = tx
        .execute(
            "UPDATE users SET password_hash = $2, password_changed_at = $3
             WHERE id = $1 AND (password_hash IS NULL OR NOT $4)",
            args![link.user, hash, now, invited],
        )
        .await?;
    if set == 0 {
        // It has got a password since it was looked at above.
        return Err(ErrorCode::LinkInvalid.into());
    }
    if invited {
        // Until now the account had the language of whoever invited.
        let sql = "UPDATE users SET locale = $2 WHERE id = $1";
        tx.execute(sql, args![link.user, client.locale]).await?;
        accept_membership(&mut tx, &link, None, now).await?;
    }
    sessions::end_all(&mut tx, link.user, None).await?;
    links::consume(center, &mut tx, link_token).await?.ok_or(ErrorCode::LinkInvalid)?;
    // Any other link to set this password is of no use any more.
    links::revoke(center, &mut tx, link.user, None, Some(Purpose::Reset)).await?;
    if invited {
        audit::append(center, &mut tx, accepted(client, &link)).await?;
    } else {
        told(center, &mut tx, MailKind::PasswordChanged, link.user, &client.shop.time_zone, None).await?;
        let entry = Entry::from_browser(client, Event::PasswordReset)
            .company(places::company_of(&mut tx, link.user).await?)
            .subject(link.user);
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(Used::PasswordSet)
}

/// Accepts an invitation for a login that has a password.
async fn accept(center: &Center, client: &Client, link: &Link, link_token: &str) -> Result<(), Error> {
    let mut tx = center.db().write().await?;
    let sql = "UPDATE users SET locale = locale WHERE id = $1 RETURNING locale";
    let locale: Locale = tx.one(sql, args![link.user]).await?.get("locale")?;
    let other = Some(client.locale).filter(|chosen| *chosen != locale);
    accept_membership(&mut tx, link, other, center.now()).await?;
    links::consume(center, &mut tx, link_token).await?.ok_or(ErrorCode::LinkInvalid)?;
    audit::append(center, &mut tx, accepted(client, link)).await?;
    Ok(tx.commit().await?)
}

/// Makes the invited person a user of the company, with a language of its own where the login has another.
async fn accept_membership(
    tx: &mut Tx,
    link: &Link,
    other_language: Option<Locale>,
    now: Instant,
) -> Result<(), Error> {
    let accepted = match link.company {
        Some(company) => {
            tx.execute(
                "UPDATE members SET accepted_at = $3, locale = $4 WHERE user_id = $1 AND company_id = $2
                   AND accepted_at IS NULL AND deactivated_at IS NULL",
                args![link.user, company, now, other_language.map(Locale::tag)],
            )
            .await?
        }
        // Business users are invited by the shop; that they accepted shows by their password.
        None => {
            let sql = "UPDATE business_users SET last_seen_at = last_seen_at WHERE user_id = $1 AND deactivated_at IS NULL";
            tx.execute(sql, args![link.user]).await?
        }
    };
    if accepted == 0 { Err(ErrorCode::LinkInvalid.into()) } else { Ok(()) }
}

fn accepted(client: &Client, link: &Link) -> Entry {
    Entry::from_browser(client, Event::UserAcceptedInvitation).company(link.company).subject(link.user)
}

/// Changes the own password. All other sessions end; the one in use gets a new token.
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
    let who = access::signed_in(actor, Operation::ChangePassword)?;
    let (company, company_name) = match &who.place {
        Place::Company(member) => (Some(member.company), member.company_name.as_str()),
        Place::Business { customer_name, .. } => (None, customer_name.as_str()),
    };
    check_current(center, who, current).await?;
    judge_password(&who.client.shop, password, repeat, &[&who.name, who.email.local_part(), company_name])?;
    let hash = center.passwords().hash(password.to_owned()).await?;
    let mut tx = center.db().write().await?;
    tx.execute(
        "UPDATE users SET password_hash = $2, password_changed_at = $3 WHERE id = $1",
        args![who.user, hash, center.now()],
    )
    .await?;
    sessions::arrive(center, &mut tx, who.user, company).await?;
    sessions::end_all(&mut tx, who.user, None).await?;
    links::revoke(center, &mut tx, who.user, None, Some(Purpose::Reset)).await?;
    let token = sessions::begin(center, &mut tx, who.user, company, &who.client, None).await?;
    told(center, &mut tx, MailKind::PasswordChanged, who.user, &who.client.shop.time_zone, None).await?;
    let entry = Entry::by(actor, Event::PasswordChanged).subject(who.user);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(token)
}

/// Tells a person that the way in has changed, and when; with `by`, who did it.
pub(crate) async fn told(
    center: &Center,
    tx: &mut Tx,
    kind: MailKind,
    user: UserId,
    usual_zone: &str,
    by: Option<&str>,
) -> Result<(), StoreError> {
    let row = tx.one("SELECT email, name, locale, time_zone FROM users WHERE id = $1", args![user]).await?;
    let locale: Locale = row.get("locale")?;
    let zone: Option<String> = row.get("time_zone")?;
    let zone = zone.as_deref().unwrap_or(usual_zone);
    let when = words::Times::at(center.now(), zone, locale).moment(center.now());
    let mail = Mail::new(kind, row.get("email")?, locale)
        .fact("name", row.get::<String>("name")?)
        .fact("when", when)
        .about(user, None);
    let mail = match by {
        Some(name) => mail.fact("by_name", name),
        None => mail,
    };
    mail::enqueue(center, tx, mail).await?;
    Ok(())
}
