use model::{CompanyId, Email, ErrorCode, Locale, UserId};

use crate::access::{self, Actor, Operation};
use crate::accounts::{links, send_reset, sessions, told};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::office::typed_lately;
use crate::second_step::Holder;
use crate::store::{Conn, StoreError, Tx, args};
use crate::throttle::{self, INVITATIONS};
use crate::users::{self, Inviter, lock_company, lock_found, others_manage};
use crate::{Center, Error};

/// Switches a person off in a company or, without one, as a business user: sessions, links and queued mails
/// end in the same transaction. `alone`: even if the company is then without a main contact.
///
/// # Errors
/// `NotFound`, `WrongState` when it is off already, `LastMainContact`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn deactivate(
    center: &Center,
    actor: &Actor,
    user: UserId,
    company: Option<CompanyId>,
    alone: bool,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeUsersDeactivate)?;
    let mut tx = center.db().write().await?;
    let Some(company) = company else {
        switch_business(center, &mut tx, actor, user, false).await?;
        return Ok(tx.commit().await?);
    };
    let found = lock_found(&mut tx, company, user).await?;
    if found.deactivated {
        return Err(ErrorCode::WrongState.into());
    }
    if found.is_main_contact() && found.accepted && !others_manage(&mut tx, company, user).await? {
        if !alone {
            return Err(ErrorCode::LastMainContact.into());
        }
        let sql = "UPDATE companies SET left_alone_at = $2 WHERE id = $1";
        tx.execute(sql, args![company, center.now()]).await?;
    }
    let by = Inviter::shop(center, &mut tx, company).await?;
    users::off(center, &mut tx, actor, &by, &[(user, &found)]).await?;
    Ok(tx.commit().await?)
}

/// Switches a person on again, in a company or as a business user. Who never accepted an invitation gets a
/// new one.
///
/// # Errors
/// `NotFound`, `WrongState` when it is on already, erased or merged into another one, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn activate(
    center: &Center,
    actor: &Actor,
    user: UserId,
    company: Option<CompanyId>,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeUsersActivate)?;
    let mut tx = center.db().write().await?;
    let sql = "SELECT 1 AS n FROM users WHERE id = $1 AND (erased_at IS NOT NULL OR merged_into IS NOT NULL)";
    if tx.optional(sql, args![user]).await?.is_some() {
        return Err(ErrorCode::WrongState.into());
    }
    let Some(company) = company else {
        switch_business(center, &mut tx, actor, user, true).await?;
        return Ok(tx.commit().await?);
    };
    let found = lock_found(&mut tx, company, user).await?;
    if !found.deactivated {
        return Err(ErrorCode::WrongState.into());
    }
    let by = Inviter::shop(center, &mut tx, company).await?;
    users::on(center, &mut tx, actor, &by, user, &found).await?;
    Ok(tx.commit().await?)
}

/// Switches a business user on or off, and tells so by mail.
async fn switch_business(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    user: UserId,
    on: bool,
) -> Result<(), Error> {
    let person = locked(tx, user).await?;
    let sql =
        "SELECT customer_name, deactivated_at IS NOT NULL AS is_off FROM business_users WHERE user_id = $1";
    let row = tx.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
    if row.get::<bool>("is_off")? != on {
        return Err(ErrorCode::WrongState.into());
    }
    let (at, kind, event) = if on {
        (None, MailKind::Reactivated, Event::UserActivatedAgain)
    } else {
        (Some(center.now()), MailKind::Deactivated, Event::UserDeactivated)
    };
    tx.execute("UPDATE business_users SET deactivated_at = $2 WHERE user_id = $1", args![user, at]).await?;
    if !on {
        let sql = "DELETE FROM sessions WHERE user_id = $1 AND company_id IS NULL";
        tx.execute(sql, args![user]).await?;
        end_unused_links(center, tx, user).await?;
    }
    let mail = Mail::new(kind, person.email, person.locale)
        .fact("name", person.name)
        .fact("company", row.get::<String>("customer_name")?)
        .fact("by_name", "")
        .about(user, None);
    mail::enqueue(center, tx, mail).await?;
    audit::append(center, tx, Entry::by(actor, event).subject(user)).await?;
    Ok(())
}

/// A person as the transaction finds it, with the row locked.
struct Locked {
    name: String,
    email: Email,
    locale: Locale,
    has_password: bool,
}

async fn locked(tx: &mut Tx, user: UserId) -> Result<Locked, Error> {
    let sql = "UPDATE users SET locale = locale WHERE id = $1
         RETURNING name, email, locale, password_hash IS NOT NULL AS has_password";
    let row = tx.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
    Ok(Locked {
        name: row.get("name")?,
        email: row.get("email")?,
        locale: row.get("locale")?,
        has_password: row.get("has_password")?,
    })
}

/// Ends links to a new password or address, and what waits to be mailed, of somebody who can act nowhere.
async fn end_unused_links(center: &Center, tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    if can_act(tx, user).await? {
        return Ok(());
    }
    links::revoke(center, tx, user, None, None).await?;
    mail::cancel_for_user(tx, user, None, "user deactivated").await
}

/// Whether a person can act anywhere: has accepted, is switched on, and the company is open.
pub(super) async fn can_act(conn: &mut Conn, user: UserId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n WHERE EXISTS (SELECT 1 FROM members m JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active)
         OR EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = $1 AND b.deactivated_at IS NULL)";
    Ok(conn.optional(sql, args![user]).await?.is_some())
}

/// The company in which the trail keeps what concerns the whole account: the one visited last.
pub(super) async fn home_of(tx: &mut Tx, user: UserId) -> Result<Option<CompanyId>, StoreError> {
    let sql =
        "SELECT company_id FROM members WHERE user_id = $1 ORDER BY last_seen_at DESC, company_id LIMIT 1";
    tx.optional(sql, args![user]).await?.map(|row| row.get("company_id")).transpose()
}

/// Mails a person who can act somewhere a link to set a new password. Nobody else ever sets it.
///
/// # Errors
/// `NotFound`, `WrongState` unless the person has a password and can act, `TooManyRequests`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn send_password_link(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeUsersPasswordLink)?;
    throttle::spend(center, INVITATIONS, &who.staff.to_string()).await?;
    let mut tx = center.db().write().await?;
    let person = locked(&mut tx, user).await?;
    if !person.has_password || !can_act(&mut tx, user).await? {
        return Err(ErrorCode::WrongState.into());
    }
    send_reset(center, &mut tx, user, &person.email, &person.name, person.locale).await?;
    let company = home_of(&mut tx, user).await?;
    let entry = Entry::by(actor, Event::PasswordLinkSent).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Signs a person out in all browsers.
///
/// # Errors
/// `NotFound`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn end_sessions(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    access::office(actor, Operation::OfficeUsersEndSessions)?;
    let mut tx = center.db().write().await?;
    locked(&mut tx, user).await?;
    sessions::end_all(&mut tx, user, None).await?;
    let company = home_of(&mut tx, user).await?;
    let entry = Entry::by(actor, Event::SessionsEnded).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes back a person's second step, for who lost both app and recovery codes. All sessions end; the person is
/// told.
///
/// # Errors
/// `NotFound`, `WrongState` when none is set up, `ReauthRequired`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn reset_second_step(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeUsersResetSecondStep)?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    locked(&mut tx, user).await?;
    if !Holder::User(user).take_back(&mut tx).await? {
        return Err(ErrorCode::WrongState.into());
    }
    sessions::end_all(&mut tx, user, None).await?;
    let shop = &who.client.shop;
    // Who of the staff did it is the shop's own business.
    told(center, &mut tx, MailKind::SecondStepReset, user, &shop.time_zone, Some(&shop.name)).await?;
    let company = home_of(&mut tx, user).await?;
    let entry = Entry::by(actor, Event::SecondStepReset).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Closes a company: nobody can act for it. Its sessions, links and queued mails end in the same
/// transaction; its users stay as they are.
///
/// # Errors
/// `NotFound`, `WrongState` when it is closed already, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn close_company(center: &Center, actor: &Actor, company: CompanyId) -> Result<(), Error> {
    access::office(actor, Operation::OfficeUsersCloseCompany)?;
    let mut tx = center.db().write().await?;
    let sql = "UPDATE companies SET active = $2, version = version + 1 WHERE id = $1 AND active";
    switched(&mut tx, sql, company, false).await?;
    end_all_of(center, &mut tx, company).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::CompanyClosed).company(Some(company))).await?;
    Ok(tx.commit().await?)
}

/// Ends what can be done for a company that is closed: its sessions, links and queued mails.
pub(crate) async fn end_all_of(center: &Center, tx: &mut Tx, company: CompanyId) -> Result<(), StoreError> {
    let now = center.now();
    tx.execute("DELETE FROM sessions WHERE company_id = $1", args![company]).await?;
    // Links to a new password name no company: they end with the last place of their owner.
    tx.execute(
        "UPDATE links SET revoked_at = $2 WHERE consumed_at IS NULL AND revoked_at IS NULL AND (company_id = $1
             OR (company_id IS NULL AND user_id IN (SELECT m.user_id FROM members m WHERE m.company_id = $1)
                 AND NOT EXISTS (SELECT 1 FROM members o JOIN companies c ON c.id = o.company_id
                     WHERE o.user_id = links.user_id AND o.deactivated_at IS NULL AND o.accepted_at IS NOT NULL AND c.active)
                 AND NOT EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = links.user_id AND b.deactivated_at IS NULL)))",
        args![company, now],
    )
    .await?;
    tx.execute(
        "UPDATE outbox SET state = 'cancelled', reason = 'company closed' WHERE state = 'pending' AND (company_id = $1
             OR link_id IN (SELECT l.id FROM links l JOIN members m ON m.user_id = l.user_id
                 WHERE m.company_id = $1 AND l.revoked_at = $2))",
        args![company, now],
    )
    .await?;
    Ok(())
}

/// Opens a company again: its users can sign in as before. One that has no active main contact is left so.
///
/// # Errors
/// `NotFound`, `WrongState` when it is open already, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn open_company(center: &Center, actor: &Actor, company: CompanyId) -> Result<(), Error> {
    access::office(actor, Operation::OfficeUsersOpenCompany)?;
    let mut tx = center.db().write().await?;
    let sql = "UPDATE companies SET active = $2, version = version + 1 WHERE id = $1 AND NOT active";
    switched(&mut tx, sql, company, true).await?;
    // No user has this id, so that all of them are looked at.
    if !others_manage(&mut tx, company, UserId(uuid::Uuid::nil())).await? {
        let sql = "UPDATE companies SET left_alone_at = $2 WHERE id = $1";
        tx.execute(sql, args![company, center.now()]).await?;
    }
    audit::append(center, &mut tx, Entry::by(actor, Event::CompanyReopened).company(Some(company))).await?;
    Ok(tx.commit().await?)
}

async fn switched(tx: &mut Tx, sql: &'static str, company: CompanyId, active: bool) -> Result<(), Error> {
    lock_company(tx, company).await?;
    if tx.execute(sql, args![company, active]).await? > 0 {
        return Ok(());
    }
    let known = tx.optional("SELECT 1 AS n FROM companies WHERE id = $1", args![company]).await?;
    Err(if known.is_some() { ErrorCode::WrongState } else { ErrorCode::NotFound }.into())
}
