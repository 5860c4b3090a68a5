//! Differences between the ERP's contacts and the shop users.

use leptos::prelude::*;
use model::{DifferencesBlock, Go, SideList};

use super::Failure;

/// *Differences*: those that wait or, with `ignored`, those that somebody left as they are.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/differences")]
pub async fn differences(
    #[server(default)] after: String,
    #[server(default)] before: String,
    #[server(default)] ignored: String,
) -> Result<SideList<DifferencesBlock>, Failure> {
    use crate::host::run;
    use center::users::DifferencesQuery;
    let query = DifferencesQuery { after, before, ignored: ignored == "true" };
    Ok(run(async |r| center::users::differences(&r.center, &r.actor, &query).await).await?)
}

/// Makes the shop agree with the ERP.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `WrongState`, `Yourself`, `LastMainContact`, `GrantLacking`,
/// `ReauthRequired`, `ErpUnavailable`, the fields `name` and `email`
#[server(endpoint = "users/take_difference")]
pub async fn take_difference(
    #[server(default)] difference: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use super::users::done;
    use crate::host::submit;
    use center::accounts::type_again;
    use center::users::TakenOver;
    Ok(submit(async |r| {
        let name = name(&difference)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let what = match center::users::take_difference(&r.center, &actor, &name).await? {
            TakenOver::Saved => "taken_over",
            TakenOver::EmailWaits => "email_waits",
            TakenOver::Deactivated => "deactivated",
        };
        Ok(done(&back, what, name.user))
    })
    .await?)
}

/// Makes the ERP agree with the shop.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `WrongState`, `GrantLacking`, `ReauthRequired`, `ErpUnavailable`
#[server(endpoint = "users/tell_difference")]
pub async fn tell_difference(
    #[server(default)] difference: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use super::users::done;
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let name = name(&difference)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::tell_difference(&r.center, &actor, &name).await?;
        Ok(done(&back, "told", name.user))
    })
    .await?)
}

/// Leaves a difference as it is until its values change.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `ErpUnavailable`
#[server(endpoint = "users/ignore_difference")]
pub async fn ignore_difference(
    #[server(default)] difference: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use super::users::done;
    use crate::host::submit;
    Ok(submit(async |r| {
        let name = name(&difference)?;
        center::users::ignore_difference(&r.center, &r.actor, &name).await?;
        Ok(done(&back, "ignored", name.user))
    })
    .await?)
}

/// Lists an ignored difference again.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`
#[server(endpoint = "users/recall_difference")]
pub async fn recall_difference(
    #[server(default)] difference: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use super::users::done;
    use crate::host::submit;
    Ok(submit(async |r| {
        let name = name(&difference)?;
        center::users::recall_difference(&r.center, &r.actor, &name).await?;
        Ok(done(&back, "recalled", name.user))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn name(text: &str) -> Result<model::DifferenceName, center::Error> {
    text.parse().map_err(|()| model::ErrorCode::NotFound.into())
}
