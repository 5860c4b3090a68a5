use model::{
    CompanyId, Email, ErrorCode, Locale, OfficeRight, PersonPage, PersonPlace, Role, RoleRef, UserId,
    UserStatus,
};

use super::moving::mark;
use crate::access::{self, Actor, Operation};
use crate::accounts::sessions::IDLE;
use crate::office::mails::bounce_of;
use crate::office::times;
use crate::store::{Conn, StoreError, args};
use crate::users::{RoleBook, roles_of, status};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// The page of one person.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn person(center: &Center, actor: &Actor, user: UserId) -> Result<PersonPage, Error> {
    let who = access::office(actor, Operation::OfficeUsersPerson)?;
    let now = center.now();
    let times = times(center, who);
    let mut conn = center.db().read().await?;
    let row = conn
        .optional(
            "SELECT u.name, u.email, u.locale, u.created_at, u.password_hash IS NOT NULL AS has_password,
                 u.erased_at IS NOT NULL AS erased, u.merged_into, k.name AS kept_name,
                 u.totp_set_up_at IS NOT NULL AS second_step,
                 (SELECT count(*) FROM sessions s WHERE s.user_id = u.id AND s.view_id IS NULL
                     AND s.last_seen_at > $2 AND s.ends_at > $3) AS sessions
             FROM users u LEFT JOIN users k ON k.id = u.merged_into WHERE u.id = $1",
            args![user, now - IDLE, now],
        )
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let allows = |right| who.role.allows(right);
    let email: Email = row.get("email")?;
    let sees_mails = allows(OfficeRight::MailView);
    let bounce = if sees_mails { bounce_of(&mut conn, &times, email.as_str()).await? } else { None };
    let merged_into = match row.get::<Option<UserId>>("merged_into")? {
        Some(kept) => Some((kept, row.get("kept_name")?)),
        None => None,
    };
    // Nobody acts with an account that was merged into another one.
    let there = merged_into.is_none();
    let mut places = places_of(&mut conn, &times, now, user).await?;
    drop(conn);
    mark(center, places.iter_mut()).await?;
    Ok(PersonPage {
        id: user,
        name: row.get("name")?,
        email,
        language: row.get::<Locale>("locale")?.own_name().to_owned(),
        created: times.date(row.get("created_at")?),
        sessions: u32::try_from(row.get::<i64>("sessions")?).unwrap_or(u32::MAX),
        has_password: row.get("has_password")?,
        second_step: row.get("second_step")?,
        erased: row.get("erased")?,
        merged_into,
        places,
        bounce,
        can_see_mails: sees_mails,
        can_manage: allows(OfficeRight::UsersManage) && there,
        can_view: allows(OfficeRight::UsersImpersonate) && there,
        can_privacy: allows(OfficeRight::PrivacyManage),
    })
}

/// Where a person acts: companies by name, then the customer without Customer center.
pub(super) async fn places_of(
    conn: &mut Conn,
    times: &Times,
    now: Instant,
    user: UserId,
) -> Result<Vec<PersonPlace>, StoreError> {
    let rows = conn
        .all(
            "SELECT c.id, c.name AS company_name, c.customer_number, c.active, m.deactivated_at, m.accepted_at,
                 m.invitation_ends_at, m.locked_until, m.last_seen_at,
                 EXISTS (SELECT 1 FROM member_roles r JOIN members o ON o.company_id = r.company_id AND o.user_id = r.user_id
                     WHERE r.company_id = c.id AND r.role = $2 AND r.user_id <> m.user_id AND o.deactivated_at IS NULL
                       AND o.accepted_at IS NOT NULL) AS others_manage
             FROM members m JOIN companies c ON c.id = m.company_id WHERE m.user_id = $1 ORDER BY c.name, c.id LIMIT 50",
            args![user, Role::MainContact],
        )
        .await?;
    let mut places = Vec::with_capacity(rows.len());
    for row in &rows {
        let company: CompanyId = row.get("id")?;
        let book = RoleBook::of(conn, company).await?;
        let roles = roles_of(conn, &book, company, &[user]).await?.pop().unwrap_or_default();
        let status = status(row, now)?;
        let acts = matches!(status, UserStatus::Active | UserStatus::Locked);
        let is_main = roles.contains(&RoleRef::BuiltIn(Role::MainContact));
        places.push(PersonPlace {
            company: Some(company),
            name: row.get("company_name")?,
            number: row.get("customer_number")?,
            open: row.get("active")?,
            status,
            roles: book.labels(&roles),
            last_seen: times.seen(row.get("last_seen_at")?),
            last_main_contact: acts && is_main && !row.get::<bool>("others_manage")?,
            moves: false,
        });
    }
    let sql = "SELECT b.customer_name, b.customer_number, b.deactivated_at, b.last_seen_at,
             u.password_hash IS NOT NULL AS accepted
         FROM business_users b JOIN users u ON u.id = b.user_id WHERE b.user_id = $1";
    if let Some(row) = conn.optional(sql, args![user]).await? {
        let status = match (row.get::<Option<Instant>>("deactivated_at")?, row.get("accepted")?) {
            (Some(_), _) => UserStatus::Deactivated,
            (None, true) => UserStatus::Active,
            (None, false) => UserStatus::Invited,
        };
        places.push(PersonPlace {
            company: None,
            name: row.get("customer_name")?,
            number: row.get("customer_number")?,
            open: true,
            status,
            roles: Vec::new(),
            last_seen: times.seen(row.get("last_seen_at")?),
            last_main_contact: false,
            moves: false,
        });
    }
    Ok(places)
}
