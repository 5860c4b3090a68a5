use model::{CompanyId, ErrorCode, UserId};

use super::found::{Found, lock_member};
use super::guard::{may_grant, others_manage};
use super::invite::{Inviter, mail_invitation_of};
use crate::access::{self, Actor, Held, Operation};
use crate::accounts::{self, links, sessions, typed_lately};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::store::{Sql, StoreError, Tx, args};
use crate::{Center, Error};

/// Switches a user off: sessions, links and queued mails end in the same transaction.
///
/// # Errors
/// `NotFound`, `Yourself`, `LastMainContact`, `GrantLacking`, `WrongState` when it is off already,
/// `ReauthRequired` for who administers users or roles
pub async fn deactivate(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersDeactivate)?;
    let mut tx = center.db().write().await?;
    switch_off(center, &mut tx, actor, &held, user).await?;
    Ok(tx.commit().await?)
}

/// Ends memberships, with the sessions, links and queued mails of them. Some hundreds at a time, as the statements
/// list them.
pub(crate) async fn end_access(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    users: &[UserId],
) -> Result<(), StoreError> {
    let sql = Sql::new("UPDATE members SET version = version + 1, deactivated_at = ").bind(center.now());
    let sql = sql.push(" WHERE company_id = ").bind(company).push(" AND user_id IN ");
    let (text, values) = sql.list(users.iter().copied()).build();
    tx.execute(text, values).await?;
    sessions::end_in_company(tx, company, users).await?;
    // What is about the login itself goes on where the person acts elsewhere with it.
    let only_here = accounts::only_acting_here(tx, users, company).await?;
    links::revoke_in_company(center, tx, company, users, &only_here).await?;
    mail::cancel_in_company(tx, company, users, &only_here, "user deactivated").await
}

/// As [`deactivate`], in a unit of work.
pub(super) async fn switch_off(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), Error> {
    let found = lock_member(tx, held, user).await?;
    let others_manage = others_manage(tx, held.company, user).await?;
    may_switch_off(center, held, user, &found, others_manage)?;
    Ok(off(center, tx, actor, &Inviter::of(held), &[(user, &found)]).await?)
}

/// Refuses to switch off somebody whom the person asking must not. `others_manage` says whether the company has
/// another active main contact.
pub(super) fn may_switch_off(
    center: &Center,
    held: &Held<'_>,
    user: UserId,
    found: &Found,
    others_manage: bool,
) -> Result<(), Error> {
    may_grant(held, &found.book, &found.roles)?;
    if user == held.user {
        return Err(ErrorCode::Yourself.into());
    }
    if found.deactivated {
        return Err(ErrorCode::WrongState.into());
    }
    if found.manages() && !others_manage {
        return Err(ErrorCode::LastMainContact.into());
    }
    if found.administers() {
        typed_lately(center, held.who)?;
    }
    Ok(())
}

/// What switching users off takes with it, once it was found to be allowed. Some hundreds at a time, as the
/// statements list them.
pub(crate) async fn off(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    by: &Inviter,
    users: &[(UserId, &Found)],
) -> Result<(), StoreError> {
    let ids: Vec<UserId> = users.iter().map(|(user, _)| *user).collect();
    end_access(center, tx, by.company, &ids).await?;
    let accepted = users.iter().filter(|(_, found)| found.accepted);
    let mails = accepted.map(|(user, found)| told(by, *user, found, MailKind::Deactivated));
    mail::enqueue_all(center, tx, mails).await?;
    let entry = |user| Entry::by(actor, Event::UserDeactivated).company(Some(by.company)).subject(user);
    audit::append_all(center, tx, ids.into_iter().map(entry).collect()).await
}

/// Switches a user on again, with login and password as before; who never accepted an
/// invitation gets a new one. Ended sessions stay ended.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `WrongState` when it is on already, `ReauthRequired` for who administers users or roles
pub async fn activate(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersActivate)?;
    let mut tx = center.db().write().await?;
    switch_on(center, &mut tx, actor, &held, user).await?;
    Ok(tx.commit().await?)
}

/// As [`activate`], in a unit of work.
pub(super) async fn switch_on(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), Error> {
    let found = lock_member(tx, held, user).await?;
    if !found.deactivated {
        return Err(ErrorCode::WrongState.into());
    }
    if found.administers() {
        typed_lately(center, held.who)?;
    }
    Ok(on(center, tx, actor, &Inviter::of(held), user, &found).await?)
}

/// What switching a user on again brings, once it was found to be allowed.
pub(crate) async fn on(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    by: &Inviter,
    user: UserId,
    found: &Found,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE members SET deactivated_at = NULL, version = version + 1 WHERE company_id = $1 AND user_id = $2",
        args![by.company, user],
    )
    .await?;
    if found.accepted {
        mail::enqueue(center, tx, told(by, user, found, MailKind::Reactivated)).await?;
    } else {
        mail_invitation_of(center, tx, by, user).await?;
    }
    if found.accepted && found.is_main_contact() {
        // The company has somebody again.
        tx.execute("UPDATE companies SET left_alone_at = NULL WHERE id = $1", args![by.company]).await?;
    }
    let entry = Entry::by(actor, Event::UserActivatedAgain).company(Some(by.company)).subject(user);
    audit::append(center, tx, entry).await
}

/// The mail that tells a user of being switched on or off.
fn told(by: &Inviter, user: UserId, found: &Found, kind: MailKind) -> Mail {
    Mail::new(kind, found.email.clone(), found.locale)
        .fact("name", found.name.as_str())
        .fact("company", by.company_name.as_str())
        .fact("by_name", by.name.as_str())
        .about(user, Some(by.company))
}
