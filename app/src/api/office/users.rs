//! Companies and users in the Back Office.

use leptos::prelude::*;
use model::{CodePage, Go, MergePage, MovePage, OfficeCompanyPage, PeoplePage, PeopleQuery, PersonPage};

use crate::api::Failure;

/// One of the lists, by what the page's address asks for.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/users_list")]
pub async fn office_users_list(
    #[server(default)] list: String,
    #[server(default)] q: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<PeoplePage, Failure> {
    use crate::host::run;
    let query = PeopleQuery::read(|name| {
        Some(match name {
            "list" => list.clone(),
            "q" => q.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| center::office::users::list(&r.center, &r.actor, &query).await).await?)
}

impl OfficeUsersList {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &PeopleQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self { list: get("list"), q: get("q"), after: get("after"), before: get("before") }
    }
}

/// One company with its users.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/users_company")]
pub async fn office_users_company(
    #[server(default)] company: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<OfficeCompanyPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let (after, before) = (after.parse().ok(), before.parse().ok());
        center::office::users::company(&r.center, &r.actor, known(&company)?, after, before).await
    })
    .await?)
}

/// One person.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/users_person")]
pub async fn office_users_person(#[server(default)] person: String) -> Result<PersonPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::users::person(&r.center, &r.actor, known(&person)?).await).await?)
}

/// *Close company*
///
/// # Errors
/// `NotFound`, `WrongState`
#[server(endpoint = "office/users_close_company")]
pub async fn office_users_close_company(#[server(default)] company: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&company)?;
        center::office::users::close_company(&r.center, &r.actor, id).await?;
        Ok(Go::to(format!("/office/companies/{id}?done=closed")))
    })
    .await?)
}

/// *Open company*
///
/// # Errors
/// `NotFound`, `WrongState`
#[server(endpoint = "office/users_open_company")]
pub async fn office_users_open_company(#[server(default)] company: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&company)?;
        center::office::users::open_company(&r.center, &r.actor, id).await?;
        Ok(Go::to(format!("/office/companies/{id}?done=opened")))
    })
    .await?)
}

/// *Activate* in a company or, without one, as a business user.
///
/// # Errors
/// `NotFound`, `WrongState`
#[server(endpoint = "office/users_activate")]
pub async fn office_users_activate(
    #[server(default)] person: String,
    #[server(default)] company: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        center::office::users::activate(&r.center, &r.actor, id, place(&company)?).await?;
        Ok(Go::to(format!("/office/users/{id}?done=activated")))
    })
    .await?)
}

/// *Deactivate*
///
/// # Errors
/// `NotFound`, `WrongState`, `LastMainContact`
#[server(endpoint = "office/users_deactivate")]
pub async fn office_users_deactivate(
    #[server(default)] person: String,
    #[server(default)] company: String,
    #[server(default)] alone: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        let alone = alone == "true";
        center::office::users::deactivate(&r.center, &r.actor, id, place(&company)?, alone).await?;
        Ok(Go::to(format!("/office/users/{id}?done=deactivated")))
    })
    .await?)
}

/// *Send password link*
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "office/users_password_link")]
pub async fn office_users_password_link(#[server(default)] person: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        center::office::users::send_password_link(&r.center, &r.actor, id).await?;
        Ok(Go::to(format!("/office/users/{id}?done=link_sent")))
    })
    .await?)
}

/// *Sign out everywhere*
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/users_end_sessions")]
pub async fn office_users_end_sessions(#[server(default)] person: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        center::office::users::end_sessions(&r.center, &r.actor, id).await?;
        Ok(Go::to(format!("/office/users/{id}?done=signed_out")))
    })
    .await?)
}

/// *Take back the two-step sign-in*
///
/// # Errors
/// `NotFound`, `WrongState`, `ReauthRequired`
#[server(endpoint = "office/users_reset_second_step")]
pub async fn office_users_reset_second_step(
    #[server(default)] person: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::users::reset_second_step(&r.center, &actor, id).await?;
        Ok(Go::to(format!("/office/users/{id}?done=second_step_reset")))
    })
    .await?)
}

/// *View as*: this browser's session in the portal is the view's from now on.
///
/// # Errors
/// The field `reason`, `NotFound`, `WrongState`
#[server(endpoint = "office/users_view_as")]
pub async fn office_users_view_as(
    #[server(default)] person: String,
    #[server(default)] company: String,
    #[server(default)] reason: String,
    #[server(default)] acts: String,
) -> Result<Go, Failure> {
    use crate::host::{Cookie, submit};
    Ok(submit(async |r| {
        let (user, company) = (known(&person)?, place(&company)?);
        let acts = acts == "true";
        let token = center::office::users::view_as(&r.center, &r.actor, user, company, &reason, acts).await?;
        r.reply.set(Cookie::Session, token.text());
        Ok(Go::anew("/"))
    })
    .await?)
}

/// The page of a code on paper, with the code right after it was made.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/users_code_page")]
pub async fn office_users_code_page(#[server(default)] person: String) -> Result<CodePage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::users::code_page(&r.center, &r.actor, known(&person)?).await).await?)
}

/// *One-time code*
///
/// # Errors
/// The field `current`, `NotFound`, `WrongState`, `ReauthRequired`, `TooManyRequests`
#[server(endpoint = "office/users_make_code")]
pub async fn office_users_make_code(
    #[server(default)] person: String,
    #[server(default)] company: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let (id, company) = (known(&person)?, place(&company)?);
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::users::make_code(&r.center, &actor, id, company).await?;
        Ok(Go::to(format!("/office/users/{id}/code?done=made")))
    })
    .await?)
}

/// What merging a person's account with another one would do.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/users_merge_page")]
pub async fn office_users_merge_page(
    #[server(default)] person: String,
    #[server(default)] with: String,
    #[server(default)] swapped: String,
) -> Result<MergePage, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let (user, swapped) = (known(&person)?, swapped == "true");
        center::office::users::merge_page(&r.center, &r.actor, user, &with, swapped).await
    })
    .await?)
}

/// *Merge accounts*
///
/// # Errors
/// The field `current`, `NotFound`, `Conflict`, `WrongState`, `ReauthRequired`
#[server(endpoint = "office/users_merge")]
pub async fn office_users_merge(
    #[server(default)] kept: String,
    #[server(default)] other: String,
    #[server(default)] seen: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let (kept, other) = (known(&kept)?, known(&other)?);
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::users::merge(&r.center, &actor, kept, other, &seen).await?;
        Ok(Go::to(format!("/office/users/{kept}?done=merged")))
    })
    .await?)
}

/// Where a business user can be moved.
///
/// # Errors
/// `NotFound`, `ErpUnavailable`
#[server(endpoint = "office/users_move_page")]
pub async fn office_users_move_page(#[server(default)] person: String) -> Result<MovePage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::users::move_page(&r.center, &r.actor, known(&person)?).await).await?)
}

/// *Move into the company*
///
/// # Errors
/// The field `roles`, `NotFound`, `Conflict`, `WrongState`, `TooManyRequests`, `ErpUnavailable`
#[server(endpoint = "office/users_move")]
pub async fn office_users_move(
    #[server(default)] person: String,
    #[server(default)] customer: String,
    #[server(default)] roles: Vec<String>,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::{FieldIssue, RoleRef};
    Ok(submit(async |r| {
        let id = known(&person)?;
        let roles: Option<Vec<_>> = roles.iter().map(|role| RoleRef::from_key(role)).collect();
        let roles = roles.ok_or(center::Error::field("roles", FieldIssue::UnknownChoice))?;
        center::office::users::move_into_company(&r.center, &r.actor, id, &customer, &roles).await?;
        Ok(Go::to(format!("/office/users/{id}?done=moved")))
    })
    .await?)
}

/// *Erase personal data*
///
/// # Errors
/// The fields `typed` and `current`, `NotFound`, `WrongState`, `LastMainContact`, `ReauthRequired`
#[server(endpoint = "office/users_erase")]
pub async fn office_users_erase(
    #[server(default)] person: String,
    #[server(default)] typed: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = known(&person)?;
        center::office::users::erase(&r.center, &r.actor, id, &typed, &current).await?;
        Ok(Go::to(format!("/office/users/{id}?done=erased")))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn known<T: std::str::FromStr>(id: &str) -> Result<T, model::ErrorCode> {
    id.parse().map_err(|_| model::ErrorCode::NotFound)
}

/// The company of a place; empty for the customer of a business user.
#[cfg(feature = "ssr")]
fn place(company: &str) -> Result<Option<model::CompanyId>, model::ErrorCode> {
    if company.is_empty() { Ok(None) } else { known(company).map(Some) }
}
