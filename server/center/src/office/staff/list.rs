use model::{ErrorCode, OfficeRight, StaffDetail, StaffId, StaffList, StaffRow, StaffStatus};

use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::office::times;
use crate::store::{Row, StoreError, args};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// How many the list shows; no shop has more.
const MOST: usize = 500;

/// The staff, by name.
///
/// # Errors
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor) -> Result<StaffList, Error> {
    let who = access::office(actor, Operation::OfficeStaffList)?;
    let sql = "SELECT id, name, email, role, deactivated_at, password_hash IS NOT NULL AS has_password,
             totp_set_up_at IS NOT NULL AS second_step, last_seen_at FROM staff ORDER BY name, id LIMIT $1";
    let rows = center.db().read().await?.all(sql, args![i64::try_from(MOST + 1).unwrap_or(i64::MAX)]).await?;
    let when = times(center, who);
    let mut found = rows.iter().map(|row| person(row, who, &when)).collect::<Result<Vec<_>, _>>()?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    Ok(StaffList { rows: found, more, can_manage: who.role.allows(OfficeRight::StaffManage) })
}

/// One person of the staff.
///
/// # Errors
/// `NotFound`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn get(center: &Center, actor: &Actor, staff: StaffId) -> Result<StaffDetail, Error> {
    let who = access::office(actor, Operation::OfficeStaffGet)?;
    let sql =
        "SELECT p.id, p.name, p.email, p.role, p.deactivated_at, p.password_hash IS NOT NULL AS has_password,
             p.totp_set_up_at IS NOT NULL AS second_step, p.last_seen_at, p.created_at, i.name AS invited_by,
             l.id IS NOT NULL AS has_link, l.ends_at
         FROM staff p LEFT JOIN staff i ON i.id = p.invited_by
             LEFT JOIN staff_links l ON l.staff_id = p.id AND l.consumed_at IS NULL AND l.revoked_at IS NULL
                 AND (l.ends_at IS NULL OR l.ends_at > $2)
         WHERE p.id = $1 ORDER BY l.requested_at DESC LIMIT 1";
    let row = center.db().read().await?.optional(sql, args![staff, center.now()]).await?;
    let row = row.ok_or(ErrorCode::NotFound)?;
    let when = times(center, who);
    let link_ends: Option<Instant> = row.get("ends_at")?;
    let row_of = person(&row, who, &when)?;
    Ok(StaffDetail {
        created: when.moment(row.get("created_at")?),
        invited_by: row.get::<Option<String>>("invited_by")?.unwrap_or_default(),
        link_waits: row.get("has_link")? && link_ends.is_none(),
        link_ends: link_ends.map(|ends| when.moment(ends)).unwrap_or_default(),
        can_manage: who.role.allows(OfficeRight::StaffManage) && !row_of.you,
        row: row_of,
    })
}

fn person(row: &Row, who: &StaffSignedIn, when: &Times) -> Result<StaffRow, StoreError> {
    let id: StaffId = row.get("id")?;
    let last_seen: Instant = row.get("last_seen_at")?;
    let status = if row.get::<Option<Instant>>("deactivated_at")?.is_some() {
        StaffStatus::Deactivated
    } else if row.get("has_password")? {
        StaffStatus::Active
    } else {
        StaffStatus::Invited
    };
    Ok(StaffRow {
        id,
        name: row.get("name")?,
        email: row.get("email")?,
        role: row.get("role")?,
        status,
        second_step: row.get("second_step")?,
        last_seen: if last_seen > 0 { when.moment(last_seen) } else { String::new() },
        you: id == who.staff,
    })
}
