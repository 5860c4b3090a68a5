use model::{Email, ErrorCode, FieldIssue, Locale, StaffId, StaffRole};

use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::audit::{self, Entry, Event, Fact};
use crate::mail::{self, Mail, MailKind};
use crate::office::{links, sessions, typed_lately};
use crate::second_step::Holder;
use crate::store::{StoreError, Tx, args};
use crate::{Center, Error, Instant, words};

/// Somebody of the staff who can be changed.
pub(super) struct Colleague {
    pub(super) name: String,
    pub(super) email: Email,
    /// Language of mails
    pub(super) locale: Locale,
    /// Has set a password.
    pub(super) accepted: bool,
}

impl Colleague {
    /// Somebody who is switched on, held until the transaction ends.
    ///
    /// # Errors
    /// `NotFound`, `WrongState` for who is switched off, [`Error::Store`]
    pub(super) async fn lock(tx: &mut Tx, staff: StaffId) -> Result<Self, Error> {
        let sql = "UPDATE staff SET version = version + 1 WHERE id = $1
             RETURNING name, email, locale, password_hash IS NOT NULL AS accepted, deactivated_at";
        let row = tx.optional(sql, args![staff]).await?.ok_or(ErrorCode::NotFound)?;
        if row.get::<Option<Instant>>("deactivated_at")?.is_some() {
            return Err(ErrorCode::WrongState.into());
        }
        Ok(Self {
            name: row.get("name")?,
            email: row.get("email")?,
            locale: row.get("locale")?,
            accepted: row.get("accepted")?,
        })
    }
}

/// What one does to colleagues one does not do to oneself.
///
/// # Errors
/// `Yourself`
pub(super) fn not_oneself(who: &StaffSignedIn, staff: StaffId) -> Result<(), ErrorCode> {
    if who.staff == staff { Err(ErrorCode::Yourself) } else { Ok(()) }
}

/// Makes changes of who administers follow one another on both databases: whoever was recorded first stands
/// for all, because nobody is ever removed.
async fn lock_team(tx: &mut Tx) -> Result<(), StoreError> {
    let sql = "UPDATE staff SET version = version + 1 WHERE id = (SELECT id FROM staff ORDER BY id LIMIT 1)";
    tx.execute(sql, args![]).await?;
    Ok(())
}

/// Refuses to leave nobody who manages the staff. Under [`lock_team`].
async fn another_administrator(tx: &mut Tx, but: StaffId) -> Result<(), Error> {
    let sql = "SELECT 1 AS n FROM staff WHERE role = $1 AND id <> $2 AND deactivated_at IS NULL
         AND password_hash IS NOT NULL LIMIT 1";
    match tx.optional(sql, args![StaffRole::Administrator, but]).await? {
        Some(_) => Ok(()),
        None => Err(ErrorCode::LastAdministrator.into()),
    }
}

/// Gives a colleague another role.
///
/// # Errors
/// The field `role`, `NotFound`, `Yourself`, `WrongState` when nothing changes or the person is switched off,
/// `LastAdministrator`, `ReauthRequired`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn set_role(center: &Center, actor: &Actor, staff: StaffId, role: &str) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeStaffSetRole)?;
    not_oneself(who, staff)?;
    let role = StaffRole::from_key(role).ok_or_else(|| Error::field("role", FieldIssue::UnknownChoice))?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    lock_team(&mut tx).await?;
    let row = tx.optional("SELECT role FROM staff WHERE id = $1", args![staff]).await?;
    let before: StaffRole = row.ok_or(ErrorCode::NotFound)?.get("role")?;
    Colleague::lock(&mut tx, staff).await?;
    if before == role {
        return Err(ErrorCode::WrongState.into());
    }
    if before == StaffRole::Administrator {
        another_administrator(&mut tx, staff).await?;
    }
    tx.execute("UPDATE staff SET role = $2 WHERE id = $1", args![staff, role]).await?;
    let entry = Entry::by(actor, Event::StaffRoleChanged).about_staff(staff).change(
        Fact::StaffRole,
        before.key(),
        role.key(),
    );
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Switches a colleague off: sessions, links and mails that wait end at once.
///
/// # Errors
/// `NotFound`, `Yourself`, `WrongState` when that was done already, `LastAdministrator`, `ReauthRequired`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn deactivate(center: &Center, actor: &Actor, staff: StaffId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeStaffDeactivate)?;
    not_oneself(who, staff)?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    lock_team(&mut tx).await?;
    Colleague::lock(&mut tx, staff).await?;
    let row = tx.one("SELECT role FROM staff WHERE id = $1", args![staff]).await?;
    if row.get::<StaffRole>("role")? == StaffRole::Administrator {
        another_administrator(&mut tx, staff).await?;
    }
    tx.execute("UPDATE staff SET deactivated_at = $2 WHERE id = $1", args![staff, center.now()]).await?;
    sessions::end_all(&mut tx, staff).await?;
    links::revoke(center, &mut tx, staff).await?;
    mail::cancel_for_staff(&mut tx, staff, "the account was deactivated").await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::StaffDeactivated).about_staff(staff)).await?;
    Ok(tx.commit().await?)
}

/// Switches a colleague on again. Password and second step are as they were.
///
/// # Errors
/// `NotFound`, `WrongState` when that was done already, `ReauthRequired`, [`Error::OfficeLacks`],
/// [`Error::Store`]
pub async fn activate(center: &Center, actor: &Actor, staff: StaffId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeStaffActivate)?;
    not_oneself(who, staff)?;
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    let sql = "UPDATE staff SET deactivated_at = NULL, version = version + 1
         WHERE id = $1 AND deactivated_at IS NOT NULL";
    if tx.execute(sql, args![staff]).await? == 0 {
        let known = tx.optional("SELECT 1 AS n FROM staff WHERE id = $1", args![staff]).await?;
        return Err(if known.is_some() { ErrorCode::WrongState } else { ErrorCode::NotFound }.into());
    }
    audit::append(center, &mut tx, Entry::by(actor, Event::StaffActivatedAgain).about_staff(staff)).await?;
    Ok(tx.commit().await?)
}

/// Takes back a colleague's second step, for who lost both app and recovery codes. All sessions end; the
/// next sign-in sets up anew. The person is told.
///
/// # Errors
/// `NotFound`, `Yourself`, `WrongState` when none is set up, `ReauthRequired`, [`Error::OfficeLacks`],
/// [`Error::Store`]
pub async fn reset_second_step(center: &Center, actor: &Actor, staff: StaffId) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeStaffResetSecondStep)?;
    not_oneself(who, staff)?;
    typed_lately(center, who)?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    let colleague = Colleague::lock(&mut tx, staff).await?;
    if !Holder::Staff(staff).take_back(&mut tx).await? {
        return Err(ErrorCode::WrongState.into());
    }
    sessions::end_all(&mut tx, staff).await?;
    let when = words::Times::at(now, &who.client.shop.time_zone, colleague.locale).moment(now);
    let mail = Mail::new(MailKind::StaffSecondStepReset, colleague.email, colleague.locale)
        .fact("name", colleague.name)
        .fact("by_name", who.name.clone())
        .fact("when", when)
        .about_staff(staff);
    mail::enqueue(center, &mut tx, mail).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::StaffSecondStepReset).about_staff(staff)).await?;
    Ok(tx.commit().await?)
}
