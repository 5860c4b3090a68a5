//! What people did, in the reader's words.

use leptos::prelude::*;
use model::{ActivityPage, ActivityQuery, ActivityRow, Page};

use super::Failure;

/// *My activity*
///
/// # Errors
/// `Unauthenticated`
#[server(endpoint = "activity/mine")]
pub async fn mine(
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<Page<ActivityRow>, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        let (after, before) = (given(after), given(before));
        let page = center::activity::mine(&r.center, &r.actor, after.as_deref(), before.as_deref()).await?;
        Ok(in_words(r, page))
    })
    .await?)
}

/// *Activity* of the company, by what the page's address asks for.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`
#[server(endpoint = "activity/company")]
pub async fn company(
    #[server(default)] person: String,
    #[server(default)] kind: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<ActivityPage, Failure> {
    use crate::host::run;
    let query = ActivityQuery::read(|name| {
        Some(match name {
            "person" => person.clone(),
            "kind" => kind.clone(),
            "from" => from.clone(),
            "to" => to.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| {
        let (company, page) = center::activity::company(&r.center, &r.actor, &query).await?;
        Ok(ActivityPage { company, entries: in_words(r, page) })
    })
    .await?)
}

impl Company {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &ActivityQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            person: get("person"),
            kind: get("kind"),
            from: get("from"),
            to: get("to"),
            after: get("after"),
            before: get("before"),
        }
    }
}

#[cfg(feature = "ssr")]
fn in_words(request: &crate::host::Request, page: Page<center::activity::Happening>) -> Page<ActivityRow> {
    let t = crate::i18n::Text(request.client().locale);
    let Page { rows, total, before, after } = page;
    Page { rows: rows.into_iter().map(|row| crate::i18n::sentence(t, row)).collect(), total, before, after }
}

/// An export of the company's activity as a file for spreadsheet programs: the file's name and
/// its content. `query` looks the parameters of the address up.
///
/// # Errors
/// As [`company`]; `ReauthRequired`, `TooManyRequests`
#[cfg(feature = "ssr")]
pub async fn export(
    request: &crate::host::Request,
    query: impl Fn(&str) -> Option<String>,
) -> Result<(String, String), center::Error> {
    let query = ActivityQuery::read(query);
    let export = center::activity::export(&request.center, &request.actor, &query).await?;
    let t = crate::i18n::Text(request.client().locale);
    Ok((format!("{}-{}.csv", t.export_file(), export.day), crate::sheets::activity(t, export, false)))
}

/// As [`export`], for programs: JSON with times in UTC and the events by their names.
///
/// # Errors
/// As [`export`]
#[cfg(feature = "ssr")]
pub async fn export_json(
    request: &crate::host::Request,
    query: impl Fn(&str) -> Option<String>,
) -> Result<(String, String), center::Error> {
    center::access::authorize(&request.actor, center::access::Operation::ActivityExportJson)?;
    let query = ActivityQuery::read(query);
    let export = center::activity::export(&request.center, &request.actor, &query).await?;
    let t = crate::i18n::Text(request.client().locale);
    Ok((format!("{}-{}.json", t.export_file(), export.day), crate::sheets::activity_json(t, export)))
}
