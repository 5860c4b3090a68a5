//! The whole trail in the Back Office.

#![allow(clippy::too_many_arguments, reason = "one argument for each filter of the address")]

use leptos::prelude::*;
use model::{AuditPage, AuditQuery, ChainPage, Go};

use crate::api::Failure;

/// *Audit*, by what the page's address asks for.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/audit_list")]
pub async fn office_audit_list(
    #[server(default)] event: String,
    #[server(default)] without: String,
    #[server(default)] by: String,
    #[server(default)] company: String,
    #[server(default)] person: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] after: String,
    #[server(default)] before: String,
) -> Result<AuditPage, Failure> {
    use crate::host::run;
    use crate::i18n::{Text, event_words, sentence};
    let query = AuditQuery::read(|name| {
        Some(match name {
            "event" => event.clone(),
            "without" => without.clone(),
            "by" => by.clone(),
            "company" => company.clone(),
            "person" => person.clone(),
            "from" => from.clone(),
            "to" => to.clone(),
            "after" => after.clone(),
            _ => before.clone(),
        })
    });
    Ok(run(async |r| {
        let listed = center::office::audit::list(&r.center, &r.actor, &query).await?;
        let t = Text(r.client().locale);
        let model::Page { rows, total, before, after } = listed.entries;
        let rows = rows.into_iter().map(|happening| {
            let event = happening.event.map(|event| event.key().to_owned()).unwrap_or_default();
            model::ActivityRow { event, ..sentence(t, happening) }
        });
        let entries = model::Page { rows: rows.collect(), total, before, after };
        let words = |event: &center::audit::Event| model::AuditEvent {
            key: event.key().to_owned(),
            words: event_words(t, *event),
        };
        let mut events: Vec<_> = listed.events.iter().map(words).collect();
        events.sort_by_cached_key(|event| event.words.to_lowercase());
        Ok(AuditPage { entries, events, too_many: listed.too_many })
    })
    .await?)
}

impl OfficeAuditList {
    /// The question for what a page's address asks for.
    pub(crate) fn of(query: &AuditQuery) -> Self {
        let pairs = query.pairs();
        let get = |name| crate::address::value(&pairs, name);
        Self {
            event: get("event"),
            without: get("without"),
            by: get("by"),
            company: get("company"),
            person: get("person"),
            from: get("from"),
            to: get("to"),
            after: get("after"),
            before: get("before"),
        }
    }
}

/// *Chain and retention*
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/audit_chain")]
pub async fn office_audit_chain_page() -> Result<ChainPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::audit::chain(&r.center, &r.actor).await).await?)
}

/// Checks a part of the chain, from its beginning if `anew` is not empty.
///
/// # Errors
/// `OfficeForbidden`, `Conflict`
#[server(endpoint = "office/audit_check")]
pub async fn office_audit_check(#[server(default)] anew: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::audit::check_chain(&r.center, &r.actor, !anew.is_empty()).await?;
        Ok(Go::to("/office/audit/chain?done=checked"))
    })
    .await?)
}

/// Chooses how long entries are kept.
///
/// # Errors
/// `OfficeForbidden`, the fields `years` and `current`, `Conflict`
#[server(endpoint = "office/audit_retention")]
pub async fn office_audit_retention(
    #[server(default)] years: String,
    #[server(default)] before: String,
    #[server(default)] current: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let actor = center::office::type_again(&r.center, &r.actor, &current).await?;
        center::office::audit::set_retention(&r.center, &actor, &years, &before).await?;
        Ok(Go::to("/office/audit/chain?done=kept"))
    })
    .await?)
}

/// An export of the trail as a file for spreadsheet programs: the file's name and its content. `query` looks the
/// parameters of the address up.
///
/// # Errors
/// As [`office_audit_list`]; `ReauthRequired`, `TooManyRequests`
#[cfg(feature = "ssr")]
pub async fn export(
    request: &crate::host::Request,
    query: impl Fn(&str) -> Option<String>,
) -> Result<(String, String), center::Error> {
    let query = AuditQuery::read(query);
    let export = center::office::audit::export(&request.center, &request.actor, &query).await?;
    let t = crate::i18n::Text(request.client().locale);
    Ok((format!("{}-{}.csv", t.export_audit_file(), export.day), crate::sheets::activity(t, export, true)))
}

/// As [`export`], for programs.
///
/// # Errors
/// As [`export`]
#[cfg(feature = "ssr")]
pub async fn export_json(
    request: &crate::host::Request,
    query: impl Fn(&str) -> Option<String>,
) -> Result<(String, String), center::Error> {
    let query = AuditQuery::read(query);
    let export = center::office::audit::export_json(&request.center, &request.actor, &query).await?;
    let t = crate::i18n::Text(request.client().locale);
    Ok((format!("{}-{}.json", t.export_audit_file(), export.day), crate::sheets::activity_json(t, export)))
}
