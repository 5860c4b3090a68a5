//! Many users at once: actions on ticked rows, and the import.

use leptos::prelude::*;
use model::{Go, ImportPage, MatchingPage, ResultPage, UsersQuery};

use super::Failure;

/// Does one thing to the ticked users. `all` stands for the box that ticks the whole page,
/// whose users are `on_page`.
///
/// # Errors
/// The fields `action`, `users`, `bulk_role`; `ReauthRequired`
#[server(endpoint = "users/bulk")]
pub async fn bulk(
    #[server(default)] action: String,
    #[server(default)] users: Vec<String>,
    #[server(default)] all: String,
    #[server(default)] on_page: Vec<String>,
    #[server(default)] bulk_role: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    use center::users::BulkInput;
    let users = if all.is_empty() { users } else { on_page };
    let input = BulkInput { action, role: bulk_role, users, back };
    Ok(submit(async |r| {
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let result = center::users::bulk(&r.center, &actor, &input).await?;
        Ok(Go::to(format!("/users/results/{result}")))
    })
    .await?)
}

/// *All matching users*: everybody whom the filter of the list finds.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/matching_form")]
pub async fn matching_form(
    #[server(default)] q: String,
    #[server(default)] status: String,
    #[server(default)] role: String,
) -> Result<MatchingPage, Failure> {
    use crate::host::run;
    let query = query(q, status, role);
    Ok(run(async |r| center::users::matching_form(&r.center, &r.actor, &query).await).await?)
}

impl MatchingForm {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &UsersQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self { q: get("q"), status: get("status"), role: get("role") }
    }
}

/// Does one thing to everybody whom the filter finds, if these are `count`.
///
/// # Errors
/// The fields `action`, `bulk_role`; `Conflict`, `ReauthRequired`
#[server(endpoint = "users/start_matching")]
pub async fn start_matching(
    #[server(default)] q: String,
    #[server(default)] status: String,
    #[server(default)] role: String,
    #[server(default)] count: String,
    #[server(default)] action: String,
    #[server(default)] bulk_role: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    use center::users::MatchingInput;
    let query = query(q, status, role);
    let back = crate::address::address("/users", &query.pairs());
    let input = MatchingInput { query, action, role: bulk_role, count, back };
    Ok(submit(async |r| {
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let result = center::users::start_matching(&r.center, &actor, &input).await?;
        Ok(Go::to(format!("/users/results/{result}")))
    })
    .await?)
}

/// Goes on with what was begun for everybody whom a filter found.
///
/// # Errors
/// `NotFound`, `ReauthRequired`
#[server(endpoint = "users/go_on_matching")]
pub async fn go_on_matching(
    #[server(default)] result: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let id = id(&result)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::go_on_matching(&r.center, &actor, id).await?;
        Ok(Go::to(format!("/users/results/{id}")))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn query(q: String, status: String, role: String) -> UsersQuery {
    UsersQuery::read(|name| match name {
        "q" => Some(q.clone()),
        "status" => Some(status.clone()),
        "role" => Some(role.clone()),
        _ => None,
    })
}

/// The page *Import users*.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/import_form")]
pub async fn import_form() -> Result<ImportPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::import_form(&r.actor)).await?)
}

/// Looks what would come of each row of a sheet.
///
/// # Errors
/// The field `csv`
#[server(endpoint = "users/check_import")]
pub async fn check_import(#[server(default)] csv: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let result = center::users::check_import(&r.center, &r.actor, &csv).await?;
        Ok(Go::to(format!("/users/results/{result}")))
    })
    .await?)
}

/// Adds the rows of a checked sheet that can be added.
///
/// # Errors
/// `NotFound`, `ReauthRequired`
#[server(endpoint = "users/add_imported")]
pub async fn add_imported(
    #[server(default)] result: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let id = id(&result)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::add_imported(&r.center, &actor, id).await?;
        Ok(Go::to(format!("/users/results/{id}?done=added")))
    })
    .await?)
}

/// What came of many at once.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "users/result")]
pub async fn show_result(#[server(default)] result: String) -> Result<ResultPage, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    Ok(run(async |r| {
        let outcome = center::users::result(&r.center, &r.actor, id(&result)?).await?;
        Ok(crate::results::page(Text(r.client().locale), outcome))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn id(text: &str) -> Result<model::ResultId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}
