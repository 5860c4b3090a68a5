//! The start page of the Back Office.

use leptos::prelude::*;
use model::Dashboard;

use crate::api::Failure;

/// How things stand, as far as the reader may see it.
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "office/dashboard")]
pub async fn office_dashboard() -> Result<Dashboard, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::dashboard(&r.center, &r.actor).await).await?)
}
