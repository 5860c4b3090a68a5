use model::{
    CompanyId, ErrorCode, FieldIssue, Locale, StaffId, UserId, VIEW_REASON_MAX, ViewId, ViewedAs,
    several_lines,
};

use crate::access::{self, Actor, Operation, SignedIn, StaffSignedIn, View};
use crate::accounts::sessions;
use crate::audit::{self, Entry, Event, Fact};
use crate::clock::MINUTE;
use crate::mail::{self, Mail, MailKind};
use crate::store::{Row, StoreError, Tx, args};
use crate::users::main_contacts;
use crate::words::Times;
use crate::{Center, Error, Instant, Token};

/// A view ends after this long in any case.
const LONGEST: Instant = 30 * MINUTE;

/// Begins to see the portal as this user, in a company or as a business user. It ends after half an hour,
/// when it is ended, or when the person of the staff signs out or is switched off. `acts`: changes are
/// allowed that have nothing to do with how the user gets in. An earlier view of the same person ends.
///
/// # Errors
/// The field `reason` to fill in, `NotFound`, `WrongState` when the user can't act there,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn view_as(
    center: &Center,
    actor: &Actor,
    user: UserId,
    company: Option<CompanyId>,
    reason: &str,
    acts: bool,
) -> Result<Token, Error> {
    let who = access::office(actor, Operation::OfficeUsersViewAs)?;
    let reason =
        several_lines(reason, VIEW_REASON_MAX as usize).map_err(|issue| Error::field("reason", issue))?;
    if reason.is_empty() {
        return Err(Error::field("reason", FieldIssue::Required));
    }
    let now = center.now();
    let view = View { id: ViewId(center.new_id()), staff: who.staff, acts, ends_at: now + LONGEST };
    let mut tx = center.db().write().await?;
    let row = tx.optional("SELECT name, email, locale FROM users WHERE id = $1", args![user]).await?;
    let viewed = row.ok_or(ErrorCode::NotFound)?;
    // Begins with the user's row, as everywhere.
    tx.execute(
        "INSERT INTO views (id, staff_id, user_id, company_id, reason, acts, began_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![view.id, who.staff, user, company, reason.as_str(), acts, now, view.ends_at],
    )
    .await?;
    let token = sessions::begin_view(center, &mut tx, user, company, &view, &who.client).await?;
    let sql = "SELECT id FROM views WHERE staff_id = $1 AND ended_at IS NULL AND id <> $2";
    let earlier = tx.all(sql, args![who.staff, view.id]).await?;
    for row in &earlier {
        close_view(center, &mut tx, row.get("id")?).await?;
    }
    let entry = Entry::by(actor, Event::ViewBegan)
        .company(company)
        .subject(user)
        .fact(Fact::Reason, reason.as_str())
        .fact(Fact::ViewActs, acts);
    audit::append(center, &mut tx, entry).await?;
    if center.settings().view_as_mail {
        tell(center, &mut tx, who, &view, user, company, &viewed, &reason).await?;
    }
    tx.commit().await?;
    Ok(token)
}

/// Mails the company's main contacts or, without a company, the user.
#[allow(clippy::too_many_arguments, reason = "each is a part of what the mail says")]
async fn tell(
    center: &Center,
    tx: &mut Tx,
    who: &StaffSignedIn,
    view: &View,
    user: UserId,
    company: Option<CompanyId>,
    viewed: &Row,
    reason: &str,
) -> Result<(), StoreError> {
    let name: String = viewed.get("name")?;
    let mut told = Vec::new();
    let mut company_name = String::new();
    if let Some(company) = company {
        let row = tx.one("SELECT name FROM companies WHERE id = $1", args![company]).await?;
        company_name = row.get("name")?;
        for contact in main_contacts(tx, company).await? {
            told.push((contact.user, contact.email, contact.name, contact.locale));
        }
    } else {
        told.push((user, viewed.get("email")?, name.clone(), viewed.get::<Locale>("locale")?));
    }
    tracing::info!(event = "view_began", staff = %who.staff.0, user = %user.0);
    for (to, email, to_name, locale) in told {
        let times = Times::at(center.now(), &center.settings().time_zone, locale);
        let mail = Mail::new(MailKind::ViewBegan, email, locale)
            .fact("name", to_name)
            .fact("company", company_name.as_str())
            .fact("viewed_name", name.as_str())
            .fact("when", times.moment(center.now()))
            .fact("until", times.moment(view.ends_at))
            .fact("reason", reason)
            .fact("acts", if view.acts { "yes" } else { "" })
            .about(to, company);
        mail::enqueue(center, tx, mail).await?;
    }
    Ok(())
}

/// What the banner of a view says; `None` for users themselves.
pub fn viewed_as(center: &Center, who: &SignedIn) -> Option<ViewedAs> {
    let view = who.view?;
    let times = Times::at(center.now(), &center.settings().time_zone, who.client.locale);
    Some(ViewedAs { acts: view.acts, until: times.moment(view.ends_at) })
}

/// Ends the view that this session belongs to. Answers whom it showed.
///
/// # Errors
/// `WrongState` when it is the session of a user, `Unauthenticated`, [`Error::Store`]
pub async fn end_view(center: &Center, actor: &Actor) -> Result<UserId, Error> {
    let who = access::signed_in(actor, Operation::EndView)?;
    let view = who.view.ok_or(ErrorCode::WrongState)?;
    let mut tx = center.db().write().await?;
    close_view(center, &mut tx, view.id).await?;
    tx.commit().await?;
    Ok(who.user)
}

/// Ends a view and tells the trail. Of several that end it at once one tells.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn close_view(center: &Center, tx: &mut Tx, view: ViewId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE view_id = $1", args![view]).await?;
    let sql = "UPDATE views SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL
         RETURNING staff_id, user_id, company_id";
    let Some(row) = tx.optional(sql, args![view, center.now()]).await? else { return Ok(()) };
    let entry = Entry::by_staff(row.get("staff_id")?, Event::ViewEnded)
        .company(row.get("company_id")?)
        .subject(row.get("user_id")?);
    audit::append(center, tx, entry).await
}

/// Ends all views of a person of the staff.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn close_views_of(center: &Center, tx: &mut Tx, staff: StaffId) -> Result<(), StoreError> {
    let rows = tx.all("SELECT id FROM views WHERE staff_id = $1 AND ended_at IS NULL", args![staff]).await?;
    for row in &rows {
        close_view(center, tx, row.get("id")?).await?;
    }
    Ok(())
}

/// Ends the views whose time is over, and tells the trail of those whose session ended by something else.
///
/// # Errors
/// [`Error::Store`]
pub(crate) async fn close_views(center: &Center) -> Result<(), Error> {
    let sql = "SELECT v.id FROM views v WHERE v.ended_at IS NULL AND (v.ends_at <= $1
         OR NOT EXISTS (SELECT 1 FROM sessions s WHERE s.view_id = v.id)) LIMIT 100";
    let rows = center.db().read().await?.all(sql, args![center.now()]).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut tx = center.db().write().await?;
    for row in &rows {
        close_view(center, &mut tx, row.get("id")?).await?;
    }
    Ok(tx.commit().await?)
}
