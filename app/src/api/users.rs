//! Users management.

use leptos::prelude::*;
use model::{
    AccessRequestPage, AccessRequestRow, ContactPage, ContactsBlock, Go, InvitationRow, SideList, UserDetail,
    UserFormPage, UsersPage, UsersQuery,
};

use super::Failure;

/// What waits for somebody on the start page.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "overview")]
pub async fn overview() -> Result<Option<UsersPage>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::overview(&r.center, &r.actor).await).await?)
}

/// *Shop users*, by what the page's address asks for.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/list")]
pub async fn list(
    #[server(default)] q: String,
    #[server(default)] status: String,
    #[server(default)] role: String,
    #[server(default)] sort: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<UsersPage, Failure> {
    use crate::host::run;
    let query = UsersQuery::read(|name| {
        Some(match name {
            "q" => q.clone(),
            "status" => status.clone(),
            "role" => role.clone(),
            "sort" => sort.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| center::users::list(&r.center, &r.actor, &query).await).await?)
}

impl List {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &UsersQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            q: get("q"),
            status: get("status"),
            role: get("role"),
            sort: get("sort"),
            after: get("after"),
            before: get("before"),
        }
    }
}

/// One user.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "users/get")]
pub async fn get(#[server(default)] user: String) -> Result<UserDetail, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::get(&r.center, &r.actor, id(&user)?).await).await?)
}

/// *ERP contacts* that are not users yet.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/contacts")]
pub async fn contacts() -> Result<SideList<ContactsBlock>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::contacts(&r.center, &r.actor).await).await?)
}

/// *Invitations*, open and ended.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/invitations")]
pub async fn invitations() -> Result<SideList<Vec<InvitationRow>>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::invitations(&r.center, &r.actor).await).await?)
}

/// *Access requests* that are open.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/access_requests")]
pub async fn access_requests() -> Result<SideList<Vec<AccessRequestRow>>, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::access_requests(&r.center, &r.actor).await).await?)
}

/// One request for access, with the form that grants it.
///
/// # Errors
/// `NotFound`, `AlreadyDecided`
#[server(endpoint = "users/access_request")]
pub async fn access_request(#[server(default)] request: String) -> Result<AccessRequestPage, Failure> {
    use crate::host::run;
    use model::ErrorCode;
    Ok(run(async |r| {
        let id = request.parse().map_err(|_| ErrorCode::NotFound)?;
        center::users::access_request(&r.center, &r.actor, id).await
    })
    .await?)
}

/// *Grant access*
///
/// # Errors
/// The fields, `GrantLacking`, `ReauthRequired`, `NotFound`, `AlreadyDecided`
#[server(endpoint = "users/grant_access")]
pub async fn grant_access(
    #[server(default)] request: String,
    #[server(default)] salutation: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] budget_order: String,
    #[server(default)] budget_month: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    use model::ErrorCode;
    let input = input(salutation, name, email, roles, budget_order, budget_month);
    Ok(submit(async |r| {
        let id = request.parse().map_err(|_| ErrorCode::NotFound)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::grant_access(&r.center, &actor, id, &input).await?;
        Ok(Go::to("/users/requests?done=invited"))
    })
    .await?)
}

/// *Decline request*
///
/// # Errors
/// The field `reason`, `NotFound`, `AlreadyDecided`
#[server(endpoint = "users/decline_access")]
pub async fn decline_access(
    #[server(default)] request: String,
    #[server(default)] reason: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::ErrorCode;
    Ok(submit(async |r| {
        let id = request.parse().map_err(|_| ErrorCode::NotFound)?;
        center::users::decline_access(&r.center, &r.actor, id, &reason).await?;
        Ok(Go::to("/users/requests?done=declined"))
    })
    .await?)
}

/// The form *Request new user*.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "users/new_form")]
pub async fn new_form() -> Result<UserFormPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::new_form(&r.center, &r.actor).await).await?)
}

/// The form *Add user from ERP*.
///
/// # Errors
/// `NotFound`, `ErpUnavailable`
#[server(endpoint = "users/contact_form")]
pub async fn contact_form(#[server(default)] contact_number: String) -> Result<ContactPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::users::contact_form(&r.center, &r.actor, &contact_number).await).await?)
}

/// *Request new user*
///
/// # Errors
/// The fields, `GrantLacking`, `ReauthRequired`
#[server(endpoint = "users/request")]
pub async fn request(
    #[server(default)] salutation: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] budget_order: String,
    #[server(default)] budget_month: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    let input = input(salutation, name, email, roles, budget_order, budget_month);
    Ok(submit(async |r| {
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let user = center::users::request(&r.center, &actor, &input).await?;
        Ok(Go::to(format!("/users?done=invited&user={user}")))
    })
    .await?)
}

/// *Add to shop*
///
/// # Errors
/// The fields, `GrantLacking`, `ReauthRequired`, `NotFound`, `ErpUnavailable`
#[server(endpoint = "users/add_contact")]
pub async fn add_contact(
    #[server(default)] contact_number: String,
    #[server(default)] salutation: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] budget_order: String,
    #[server(default)] budget_month: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    let input = input(salutation, name, email, roles, budget_order, budget_month);
    Ok(submit(async |r| {
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let user = center::users::add_contact(&r.center, &actor, &contact_number, &input).await?;
        Ok(Go::to(format!("/users?done=invited&user={user}")))
    })
    .await?)
}

/// *Edit user*
///
/// # Errors
/// The fields, `Conflict`, `Yourself`, `LastMainContact`, `GrantLacking`, `ReauthRequired`, `NotFound`
#[server(endpoint = "users/edit")]
pub async fn edit(
    #[server(default)] user: String,
    #[server(default)] version: String,
    #[server(default)] salutation: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] roles: Vec<String>,
    #[server(default)] budget_order: String,
    #[server(default)] budget_month: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    use center::users::Edited;
    use model::ErrorCode;
    let input = input(salutation, name, email, roles, budget_order, budget_month);
    Ok(submit(async |r| {
        let version = version.parse().map_err(|_| ErrorCode::Conflict)?;
        let id = id(&user)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        let done = match center::users::edit(&r.center, &actor, id, version, &input).await? {
            Edited::Saved => "saved",
            Edited::EmailWaits => "email_waits",
        };
        Ok(Go::to(format!("/users/{id}?done={done}")))
    })
    .await?)
}

/// Switches a user on.
///
/// # Errors
/// `NotFound`, `WrongState`, `GrantLacking`, `ReauthRequired`
#[server(endpoint = "users/activate")]
pub async fn activate(
    #[server(default)] user: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let user = id(&user)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::activate(&r.center, &actor, user).await?;
        Ok(done(&back, "activated", user))
    })
    .await?)
}

/// Switches a user off.
///
/// # Errors
/// `NotFound`, `WrongState`, `Yourself`, `LastMainContact`, `GrantLacking`, `ReauthRequired`
#[server(endpoint = "users/deactivate")]
pub async fn deactivate(
    #[server(default)] user: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let user = id(&user)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::deactivate(&r.center, &actor, user).await?;
        Ok(done(&back, "deactivated", user))
    })
    .await?)
}

/// Sends an invitation again.
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "users/resend_invitation")]
pub async fn resend_invitation(
    #[server(default)] user: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let user = id(&user)?;
        center::users::resend_invitation(&r.center, &r.actor, user).await?;
        Ok(done(&back, "resent", user))
    })
    .await?)
}

/// Takes an invitation back.
///
/// # Errors
/// `NotFound`, `WrongState`, `GrantLacking`, `ReauthRequired`
#[server(endpoint = "users/revoke_invitation")]
pub async fn revoke_invitation(
    #[server(default)] user: String,
    #[server(default)] back: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::accounts::type_again;
    Ok(submit(async |r| {
        let user = id(&user)?;
        let actor = type_again(&r.center, &r.actor, &current).await?;
        center::users::revoke_invitation(&r.center, &actor, user).await?;
        Ok(done(&back, "revoked", user))
    })
    .await?)
}

/// Mails an active user a link to set a new password.
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "users/send_password_link")]
pub async fn send_password_link(
    #[server(default)] user: String,
    #[server(default)] back: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let user = id(&user)?;
        center::users::send_password_link(&r.center, &r.actor, user).await?;
        Ok(done(&back, "password_link_sent", user))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn input(
    salutation: String,
    name: String,
    email: String,
    roles: Vec<String>,
    order: String,
    month: String,
) -> model::UserInput {
    model::UserInput { salutation, name, email, roles, budgets: model::BudgetInput { order, month } }
}

#[cfg(feature = "ssr")]
fn id(text: &str) -> Result<model::UserId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}

/// Back to the list as it stood, with a note of what was done to whom.
#[cfg(feature = "ssr")]
pub(super) fn done(back: &str, what: &str, user: model::UserId) -> Go {
    Go::to(format!("{}&user={user}", noted(back, what)))
}

/// The address of the list as it stood, with a note of what was done.
#[cfg(feature = "ssr")]
pub(super) fn noted(back: &str, what: &str) -> String {
    let back = super::viewer::back_or(back, "/users");
    let (path, query) = back.split_once('?').unwrap_or((&back, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("done=") && !pair.starts_with("user="));
    let kept: String = kept.map(|pair| format!("{pair}&")).collect();
    format!("{path}?{kept}done={what}")
}
