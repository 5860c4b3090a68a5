//! What a company decides about the second step of signing in: whether its users need one, and that somebody who
//! lost app and codes may set it up anew.

use model::{ColleagueStep, ErrorCode, FieldIssue, UserId, UsersSettings};

use super::found::lock_member;
use super::guard::lock_company;
use crate::access::{self, Actor, Held, Operation};
use crate::accounts::{belongs_elsewhere, sessions, told, typed_lately};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::MailKind;
use crate::second_step::Holder;
use crate::store::{Conn, Sql, StoreError, args};
use crate::users::row::count_of;
use crate::{Center, Error};

/// The page *Settings* of users management.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn settings(center: &Center, actor: &Actor) -> Result<UsersSettings, Error> {
    let held = access::in_company(actor, Operation::UsersSettings)?;
    let mut conn = center.db().read().await?;
    let without = Sql::new(
        "SELECT count(*) AS n FROM (SELECT 1 FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND u.totp_set_up_at IS NULL AND m.company_id = ",
    );
    Ok(UsersSettings {
        company: held.member.company_name.clone(),
        second_step_required: held.member.second_step_required,
        without: count_of(&mut conn, without.bind(held.company)).await?,
        you_too: !held.who.second_step,
    })
}

/// Decides whether the company's users have to sign in with a second step. Who has none sets it up before anything
/// else from the next request on.
///
/// # Errors
/// `ReauthRequired`, `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn require_second_step(center: &Center, actor: &Actor, required: bool) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersRequireSecondStep)?;
    typed_lately(center, held.who)?;
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    let sql = "UPDATE companies SET second_step_required = $2 WHERE id = $1 AND second_step_required <> $2";
    if tx.execute(sql, args![held.company, required]).await? == 0 {
        return Ok(());
    }
    let entry =
        Entry::by(actor, Event::CompanySignInChanged).change(Fact::SecondStepRequired, !required, required);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes back the second step of a colleague, who lost both app and recovery codes. All sessions end; the person
/// is told. Of a login that opens other places too only the shop takes it back: it protects those as well.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `Yourself`, `WrongState` when none is set up, the field `user` when the login belongs
/// to others too, `ReauthRequired`, [`Error::Store`]
pub async fn reset_second_step(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersResetSecondStep)?;
    let mut tx = center.db().write().await?;
    lock_member(&mut tx, &held, user).await?;
    if user == held.user {
        return Err(ErrorCode::Yourself.into());
    }
    if belongs_elsewhere(&mut tx, user, held.company).await? {
        return Err(Error::field("user", FieldIssue::OnlyTheUser));
    }
    typed_lately(center, held.who)?;
    if !Holder::User(user).take_back(&mut tx).await? {
        return Err(ErrorCode::WrongState.into());
    }
    sessions::end_all(&mut tx, user, None).await?;
    let by = Some(held.who.name.as_str());
    told(center, &mut tx, MailKind::SecondStepReset, user, &held.who.client.shop.time_zone, by).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::SecondStepReset).subject(user)).await?;
    Ok(tx.commit().await?)
}

/// How a user's second step stands, for who looks at the user's page.
pub(super) async fn step_of(
    conn: &mut Conn,
    held: &Held<'_>,
    user: UserId,
    set_up: bool,
) -> Result<ColleagueStep, StoreError> {
    Ok(if !set_up {
        ColleagueStep::Off
    } else if user == held.user {
        ColleagueStep::Own
    } else if belongs_elsewhere(conn, user, held.company).await? {
        ColleagueStep::OfOthersToo
    } else {
        ColleagueStep::On
    })
}
