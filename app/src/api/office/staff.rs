//! The staff.

use leptos::prelude::*;
use model::{Go, StaffDetail, StaffList};

use crate::api::Failure;

/// The staff, by name.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/staff_list")]
pub async fn office_staff_list() -> Result<StaffList, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::staff::list(&r.center, &r.actor).await).await?)
}

/// One person of the staff.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`
#[server(endpoint = "office/staff_get")]
pub async fn office_staff_get(#[server(default)] staff: String) -> Result<StaffDetail, Failure> {
    use crate::host::run;
    use model::ErrorCode;
    Ok(run(async |r| {
        let staff = staff.parse().map_err(|_| ErrorCode::NotFound)?;
        center::office::staff::get(&r.center, &r.actor, staff).await
    })
    .await?)
}

/// Invites a colleague.
///
/// # Errors
/// The fields `name`, `email` and `role`, `ReauthRequired`
#[server(endpoint = "office/staff_invite")]
pub async fn office_staff_invite(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let input = model::StaffInput { name, email, role };
    Ok(submit(async |r| {
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::staff::invite(&r.center, &actor, &input).await?;
        Ok(Go::to("/office/staff?done=invited"))
    })
    .await?)
}

/// Changes something of a colleague, whose page then says what was done. The password is typed again first.
#[cfg(feature = "ssr")]
async fn change(
    staff: &str,
    current: &str,
    done: &str,
    work: impl AsyncFnOnce(&center::Center, &center::access::Actor, model::StaffId) -> Result<(), center::Error>,
) -> Result<Go, Failure> {
    Ok(crate::host::submit(async |r| {
        let id = staff.parse().map_err(|_| model::ErrorCode::NotFound)?;
        let actor = center::office::type_again(&r.center, &r.actor, current).await?;
        work(&r.center, &actor, id).await?;
        Ok(Go::to(format!("/office/staff/{id}?done={done}")))
    })
    .await?)
}

/// Gives a colleague another role.
///
/// # Errors
/// The field `role`, `WrongState`, `LastAdministrator`, `ReauthRequired`
#[server(endpoint = "office/staff_set_role")]
pub async fn office_staff_set_role(
    #[server(default)] staff: String,
    #[server(default)] role: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    change(&staff, &current, "role", async |center, actor, id| {
        center::office::staff::set_role(center, actor, id, &role).await
    })
    .await
}

/// Sends a colleague a link: the invitation again, or one for a new password.
///
/// # Errors
/// `WrongState`, `ReauthRequired`, `TooManyRequests`
#[server(endpoint = "office/staff_send_link")]
pub async fn office_staff_send_link(
    #[server(default)] staff: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    change(&staff, &current, "link", center::office::staff::send_link).await
}

/// Switches a colleague off.
///
/// # Errors
/// `WrongState`, `LastAdministrator`, `ReauthRequired`
#[server(endpoint = "office/staff_deactivate")]
pub async fn office_staff_deactivate(
    #[server(default)] staff: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    change(&staff, &current, "deactivated", center::office::staff::deactivate).await
}

/// Switches a colleague on again.
///
/// # Errors
/// `WrongState`, `ReauthRequired`
#[server(endpoint = "office/staff_activate")]
pub async fn office_staff_activate(
    #[server(default)] staff: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    change(&staff, &current, "activated", center::office::staff::activate).await
}

/// Takes back a colleague's second step.
///
/// # Errors
/// `WrongState`, `ReauthRequired`
#[server(endpoint = "office/staff_reset_second_step")]
pub async fn office_staff_reset_second_step(
    #[server(default)] staff: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    change(&staff, &current, "reset", center::office::staff::reset_second_step).await
}
