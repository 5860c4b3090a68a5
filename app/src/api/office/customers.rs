//! Customers of the ERP and the access that the shop gives them.

use leptos::prelude::*;
use model::{AccessPage, AccessResult, CustomerInvoices, CustomerRecord, CustomersPage, CustomersQuery, Go};

use crate::api::Failure;

/// *Customers*, by what the page's address asks for.
///
/// # Errors
/// `OfficeForbidden`, `ErpUnavailable`
#[server(endpoint = "office/customers_list")]
pub async fn office_customers_list(
    #[server(default)] q: String,
    #[server(default)] center: String,
    #[server(default)] access: String,
    #[server(default)] company: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<CustomersPage, Failure> {
    use crate::host::run;
    let query = CustomersQuery::read(|name| {
        Some(match name {
            "q" => q.clone(),
            "center" => center.clone(),
            "access" => access.clone(),
            "company" => company.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| ::center::office::customers::list(&r.center, &r.actor, &query).await).await?)
}

impl OfficeCustomersList {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &CustomersQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            q: get("q"),
            center: get("center"),
            access: get("access"),
            company: get("company"),
            after: get("after"),
            before: get("before"),
        }
    }
}

/// A customer's own page.
///
/// # Errors
/// `NotFound`, `OfficeForbidden`, `ErpUnavailable`
#[server(endpoint = "office/customers_get")]
pub async fn office_customers_get(#[server(default)] customer: String) -> Result<CustomerRecord, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::customers::record(&r.center, &r.actor, &customer).await).await?)
}

/// A customer's invoices.
///
/// # Errors
/// `NotFound`, `OfficeForbidden`, `ErpUnavailable`
#[server(endpoint = "office/customers_invoices")]
pub async fn office_customers_invoices(
    #[server(default)] customer: String,
) -> Result<CustomerInvoices, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::customers::invoices(&r.center, &r.actor, &customer).await).await?)
}

/// *Access* of a customer.
///
/// # Errors
/// `NotFound`, `OfficeForbidden`, `ErpUnavailable`
#[server(endpoint = "office/customers_access")]
pub async fn office_customers_access(#[server(default)] customer: String) -> Result<AccessPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::customers::access_page(&r.center, &r.actor, &customer).await).await?)
}

/// *Give access* to those whose box is ticked. `boxes` names the ticked ones by their place; the other lists
/// have an entry for each box.
///
/// # Errors
/// The fields `boxes`, `names-n`, `emails-n`, `roles-n`; `BadRequest` for lists of different lengths
#[server(endpoint = "office/customers_give")]
pub async fn office_customers_give(
    #[server(default)] customer: String,
    #[server(default)] boxes: Vec<String>,
    #[server(default)] contacts: Vec<String>,
    #[server(default)] names: Vec<String>,
    #[server(default)] emails: Vec<String>,
    #[server(default)] roles: Vec<String>,
    #[server(default)] notify: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use model::{AccessInput, ErrorCode};
    Ok(submit(async |r| {
        let all = contacts.len();
        if [names.len(), emails.len(), roles.len()].iter().any(|count| *count != all) {
            return Err(ErrorCode::BadRequest.into());
        }
        let rows = contacts.into_iter().zip(names).zip(emails.into_iter().zip(roles)).enumerate();
        let inputs: Vec<_> = rows
            .map(|(at, ((contact_number, name), (email, role)))| AccessInput {
                ticked: boxes.contains(&at.to_string()),
                contact_number,
                name,
                email,
                role,
            })
            .collect();
        let notify = !notify.is_empty();
        let given = center::office::customers::give(&r.center, &r.actor, &customer, notify, &inputs).await?;
        let done = match (given.reused > 0, notify) {
            (true, true) => "given_reused",
            (true, false) => "given_reused_silent",
            (false, true) => "given",
            (false, false) => "given_silent",
        };
        Ok(Go::to(access_address(&customer, done)))
    })
    .await?)
}

/// Takes a person's access back.
///
/// # Errors
/// The field `meant`, `NotFound`, `WrongState`
#[server(endpoint = "office/customers_revoke")]
pub async fn office_customers_revoke(
    #[server(default)] customer: String,
    #[server(default)] user: String,
    #[server(default)] meant: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let (user, meant) = (id(&user)?, !meant.is_empty());
        let closed = center::office::customers::revoke(&r.center, &r.actor, &customer, user, meant).await?;
        Ok(Go::to(access_address(&customer, if closed { "closed" } else { "revoked" })))
    })
    .await?)
}

/// Mails a person about the access.
///
/// # Errors
/// `NotFound`, `WrongState`, `TooManyRequests`
#[server(endpoint = "office/customers_mail")]
pub async fn office_customers_mail(
    #[server(default)] customer: String,
    #[server(default)] user: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let user = id(&user)?;
        center::office::customers::mail_access(&r.center, &r.actor, &customer, user).await?;
        Ok(Go::to(access_address(&customer, "mailed")))
    })
    .await?)
}

/// The page *Access for many*.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/customers_many")]
pub async fn office_customers_many() -> Result<(), Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::customers::many(&r.actor)).await?)
}

/// Takes customers without access, each with its administrator.
///
/// # Errors
/// The field `all`
#[server(endpoint = "office/customers_check_all")]
pub async fn office_customers_check_all(#[server(default)] q: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let result = center::office::customers::check_all(&r.center, &r.actor, &q).await?;
        Ok(Go::to(format!("/office/customers/results/{result}")))
    })
    .await?)
}

/// Looks what would come of each row of a sheet.
///
/// # Errors
/// The field `csv`
#[server(endpoint = "office/customers_check_sheet")]
pub async fn office_customers_check_sheet(#[server(default)] csv: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let result = center::office::customers::check_sheet(&r.center, &r.actor, &csv).await?;
        Ok(Go::to(format!("/office/customers/results/{result}")))
    })
    .await?)
}

/// Gives access to the rows that can be given it.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/customers_give_many")]
pub async fn office_customers_give_many(
    #[server(default)] result: String,
    #[server(default)] notify: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = result_id(&result)?;
        center::office::customers::give_many(&r.center, &r.actor, id, !notify.is_empty()).await?;
        Ok(Go::to(format!("/office/customers/results/{id}?done=given")))
    })
    .await?)
}

/// What came of many.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/customers_result")]
pub async fn office_customers_result(#[server(default)] result: String) -> Result<AccessResult, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    Ok(run(async |r| {
        let outcome = center::office::customers::result(&r.center, &r.actor, result_id(&result)?).await?;
        Ok(crate::customers::result(Text(r.client().locale), outcome))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn access_address(customer: &str, done: &str) -> String {
    let path = crate::customers::path(customer) + "/access";
    crate::address::address(&path, &[("done", done.to_owned())])
}

#[cfg(feature = "ssr")]
fn id(text: &str) -> Result<model::UserId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}

#[cfg(feature = "ssr")]
fn result_id(text: &str) -> Result<model::ResultId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}
