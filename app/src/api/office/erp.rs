//! How the ERP does, and imports into the embedded one.

use leptos::prelude::*;
use model::{ErpCalls, ErpCallsQuery, ErpImportPage, ErpImportsPage, ErpStatus, Go};

use crate::api::Failure;

/// How the ERP does.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/erp_status")]
pub async fn office_erp_status() -> Result<ErpStatus, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::erp::status(&r.center, &r.actor).await).await?)
}

/// What the ERP was asked, by what the page's address asks for.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/erp_calls")]
pub async fn office_erp_calls(
    #[server(default)] operation: String,
    #[server(default)] outcome: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<ErpCalls, Failure> {
    use crate::host::run;
    let query = ErpCallsQuery::read(|name| {
        Some(match name {
            "operation" => operation.clone(),
            "outcome" => outcome.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| center::office::erp::calls(&r.center, &r.actor, &query).await).await?)
}

impl OfficeErpCalls {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &ErpCallsQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            operation: get("operation"),
            outcome: get("outcome"),
            after: get("after"),
            before: get("before"),
        }
    }
}

/// The latest imports.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/erp_imports")]
pub async fn office_erp_imports() -> Result<ErpImportsPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::erp::imports(&r.center, &r.actor).await).await?)
}

/// An import.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`
#[server(endpoint = "office/erp_import")]
pub async fn office_erp_import(#[server(default)] import: String) -> Result<ErpImportPage, Failure> {
    use crate::host::run;
    use crate::i18n::Text;
    Ok(run(async |r| {
        let found = center::office::erp::import(&r.center, &r.actor, import_id(&import)?).await?;
        Ok(crate::imports::page(Text(r.client().locale), found))
    })
    .await?)
}

/// Checks the files of an import.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`, `WrongState`
#[server(endpoint = "office/erp_check")]
pub async fn office_erp_check(#[server(default)] import: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = import_id(&import)?;
        center::office::erp::begin(&r.center, &r.actor, id, center::office::erp::Work::Check).await?;
        Ok(Go::to(format!("/office/erp/imports/{id}")))
    })
    .await?)
}

/// Writes the files of an import.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`, `WrongState`
#[server(endpoint = "office/erp_write")]
pub async fn office_erp_write(#[server(default)] import: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = import_id(&import)?;
        center::office::erp::begin(&r.center, &r.actor, id, center::office::erp::Work::Write).await?;
        Ok(Go::to(format!("/office/erp/imports/{id}")))
    })
    .await?)
}

/// Throws the files of an import away.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`, `WrongState`
#[server(endpoint = "office/erp_discard")]
pub async fn office_erp_discard(#[server(default)] import: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = import_id(&import)?;
        center::office::erp::discard(&r.center, &r.actor, id).await?;
        Ok(Go::to(format!("/office/erp/imports/{id}")))
    })
    .await?)
}

#[cfg(feature = "ssr")]
fn import_id(text: &str) -> Result<model::ErpImportId, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::NotFound.into())
}
