//! The roles of a company.

use leptos::prelude::*;
use model::{Go, RolePage, RoleRow, SideList};

use super::Failure;

/// *Roles*: the built-in ones and the company's own.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "roles/list")]
pub async fn list() -> Result<SideList<Vec<RoleRow>>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::roles::list(&r.center, &r.actor).await).await?)
}

/// One role; with an empty `role` a new one, which starts as a copy of `copy`.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "roles/form")]
pub async fn form(
    #[server(default)] role: String,
    #[server(default)] copy: String,
) -> Result<RolePage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::roles::form(&r.center, &r.actor, &role, &copy).await).await?)
}

/// *New role*
///
/// # Errors
/// The fields, `GrantLacking`, `TooManyRoles`
#[server(endpoint = "roles/create")]
pub async fn create(
    #[server(default)] role_name: String,
    #[server(default)] rights: Vec<String>,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let input = model::RoleInput { name: role_name, rights };
    Ok(submit(async |r| {
        let id = center::users::roles::create(&r.center, &r.actor, &input).await?;
        Ok(Go::to(format!("/users/roles/{id}?done=role_created")))
    })
    .await?)
}

/// *Edit role*. `shown` stands for the losses that were shown and are confirmed by it.
///
/// # Errors
/// The fields, `NotFound`, `Conflict`, `GrantLacking`, `Yourself`, `LossesUnconfirmed`, `ReauthRequired`
#[server(endpoint = "roles/edit")]
pub async fn edit(
    #[server(default)] role: String,
    #[server(default)] version: String,
    #[server(default)] role_name: String,
    #[server(default)] rights: Vec<String>,
    #[server(default)] shown: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    use model::ErrorCode;
    let input = model::RoleInput { name: role_name, rights };
    Ok(submit(async |r| {
        let version = version.parse().map_err(|_| ErrorCode::Conflict)?;
        let id = id(&role)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::roles::edit(&r.center, &actor, id, version, &input, &shown).await?;
        Ok(Go::to(format!("/users/roles/{id}?done=role_saved")))
    })
    .await?)
}

/// *Delete role*
///
/// # Errors
/// `NotFound`, `Conflict`, `GrantLacking`, `RoleInUse`
#[server(endpoint = "roles/delete")]
pub async fn delete(
    #[server(default)] role: String,
    #[server(default)] version: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::ErrorCode;
    Ok(submit(async |r| {
        let version = version.parse().map_err(|_| ErrorCode::Conflict)?;
        center::users::roles::delete(&r.center, &r.actor, id(&role)?, version).await?;
        Ok(Go::to("/users/roles?done=role_deleted"))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn id(text: &str) -> Result<model::RoleId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}
