//! Files that people save: lists and rows for spreadsheet programs.

use std::sync::Arc;

use app::ACTING_FIELD;
use app::host::Request as HostRequest;
use app::i18n::Text;
use app::sheets;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::Error;
use center::access::{Operation, authorize, explain};
use center::users::RowsLeft;
use model::{ErrorCode, ResultId, ReviewId, UsersQuery};

use super::Portal;
use super::pages::{see_other, set_status, to_sign_in};
use super::request::of_office;
use crate::web::refusal::Refusal;

/// The shop users that the address asks for.
pub(super) async fn users(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let query = UsersQuery::read(|name| {
        form_urlencoded::parse(query).find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
    });
    portal
        .download(&parts, "users.csv", async |host, t| {
            Ok(sheets::users(t, &center::users::export(&host.center, &host.actor, &query).await?))
        })
        .await
}

/// How the rows of an import are written.
pub(super) async fn import_sample(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, _) = request.into_parts();
    portal
        .download(&parts, "users-sample.csv", async |host, t| {
            authorize(&host.actor, Operation::UsersImportSample)?;
            Ok(sheets::sample(t))
        })
        .await
}

/// The rows of an import, or the users, that were kept back, with the reason of each.
pub(super) async fn result_rows(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    portal
        .download(&parts, "rows-to-correct.csv", async |host, t| {
            authorize(&host.actor, Operation::UsersResultRows)?;
            let id: ResultId = id.parse().map_err(|_| ErrorCode::NotFound)?;
            Ok(match center::users::rows_left(&host.center, &host.actor, id).await? {
                RowsLeft::Import(rows) => sheets::rows_to_correct(t, &rows),
                RowsLeft::Users(lines) => sheets::kept_users(t, &lines),
            })
        })
        .await
}

/// A finished access review.
pub(super) async fn review(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    portal
        .download(&parts, "access-review.csv", async |host, t| {
            authorize(&host.actor, Operation::UsersReviewEvidence)?;
            let id: ReviewId = id.parse().map_err(|_| ErrorCode::NotFound)?;
            Ok(sheets::evidence(t, &center::users::review_evidence(&host.center, &host.actor, id).await?))
        })
        .await
}

impl Portal {
    /// Hands out what `work` writes as a file of this name.
    pub(super) async fn download(
        &self,
        parts: &Parts,
        name: &'static str,
        work: impl AsyncFnOnce(&HostRequest, Text) -> Result<String, Error>,
    ) -> Response {
        let host = match self.request(parts).await {
            Ok(host) => host,
            Err(error) => {
                tracing::error!(event = "sys_database", %error);
                return Refusal::Busy.into_response();
            }
        };
        let done = match of_its_page(&host, parts) {
            Ok(()) => work(&host, Text(host.client().locale)).await,
            Err(error) => Err(error),
        };
        let response = match done {
            Ok(text) => file(name, Kind::Csv, text),
            Err(error) => refused(&host, parts, error).await,
        };
        self.answer(response, &host.reply)
    }
}

/// Refuses a file of the company acted for now to a page of another: its link says for whom it was loaded.
///
/// # Errors
/// `ActsElsewhere`
pub(super) fn of_its_page(host: &HostRequest, parts: &Parts) -> Result<(), Error> {
    let Some(who) = host.actor.signed_in() else { return Ok(()) };
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let mut pairs = form_urlencoded::parse(query).filter(|(name, _)| name == ACTING_FIELD);
    let now = who.acting();
    if pairs.any(|(_, acting)| acting != now) { Err(ErrorCode::ActsElsewhere.into()) } else { Ok(()) }
}

/// What a file holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A table for spreadsheet programs
    Csv,
    /// Data for other programs
    Json,
}

/// A file to be kept by the reader alone and not shown.
pub(super) fn file(name: &str, kind: Kind, text: String) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    let kind = match kind {
        Kind::Csv => "text/csv; charset=utf-8",
        Kind::Json => "application/json",
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

/// Programs are told as by a server function. People are led to sign-in or get a page that says so.
pub(super) async fn refused(host: &HostRequest, parts: &Parts, error: Error) -> Response {
    let mut refused = explain(&host.center, &host.actor, error).await;
    refused.request_id.clone_from(&host.id);
    let html =
        parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    if !html {
        // A closed set of plain values always has a form in JSON.
        let text = serde_json::to_string(&refused).unwrap_or_default();
        let mut response = ([(CONTENT_TYPE, "application/json")], text).into_response();
        set_status(&mut response, &refused);
        return response;
    }
    match refused.code {
        // Of a company that wants a second step the page to set it up follows.
        ErrorCode::SecondStepRequired if host.actor.signed_in().is_some() => see_other("/"),
        ErrorCode::Unauthenticated | ErrorCode::SecondStepRequired => {
            to_sign_in(parts.uri.path_and_query().map_or("/", |p| p.as_str()))
        }
        ErrorCode::ReauthRequired => {
            let asked = parts.uri.path_and_query().map_or("/", |p| p.as_str());
            let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
            let office = if of_office(parts.uri.path()) { "/office" } else { "" };
            see_other(&format!("{office}/confirm-password?next={next}"))
        }
        ErrorCode::Forbidden { .. } | ErrorCode::ViewRefuses { .. } => Refusal::Forbidden.into_response(),
        ErrorCode::OfficeForbidden { .. } => Refusal::OfficeForbidden.into_response(),
        ErrorCode::ActsElsewhere => see_other("/?done=acts_elsewhere"),
        // Its page says so.
        ErrorCode::FeatureOff { .. } => see_other("/"),
        ErrorCode::NotFound => Refusal::NotFound.into_response(),
        ErrorCode::TooManyRequests { retry_after } => Refusal::TooOften { retry_after }.into_response(),
        ErrorCode::Busy => Refusal::Busy.into_response(),
        _ => Refusal::Internal.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::header::COOKIE;
    use axum::http::{HeaderMap, StatusCode};
    use tower::ServiceExt;

    use super::super::rights::World;
    use super::*;

    async fn get(world: &World, path: &str, cookie: &str, accept: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(path).header(COOKIE, cookie).header(ACCEPT, accept).body(Body::empty());
        let response = world.router.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, 1_000_000).await.unwrap().to_vec()).unwrap();
        (parts.status, parts.headers, text)
    }

    #[tokio::test]
    async fn the_users_are_handed_out_as_a_file_that_nobody_keeps() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        world.member(world.company_a, &["buyer"], false, false).await;
        world.member(world.company_b, &["buyer"], true, false).await;
        let (status, headers, text) =
            get(&world, "/users/export.csv?status=invited", &chief, "text/html").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[CONTENT_TYPE], "text/csv; charset=utf-8");
        assert_eq!(headers[CONTENT_DISPOSITION], "attachment; filename=\"users.csv\"");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].starts_with("\u{feff}\"name\",\"email\",\"contact_number\",\"status\""), "{text}");
        assert!(lines[1].contains("\"Invited\",\"Buyer\""), "{text}");
        let (.., everybody) = get(&world, "/users/export.csv?status=nonsense", &chief, "*/*").await;
        assert_eq!(everybody.lines().count(), 3, "{everybody}");
        for _ in 0..18 {
            assert_eq!(get(&world, "/users/export.csv", &chief, "*/*").await.0, StatusCode::OK);
        }
        for accept in ["text/html", "application/json"] {
            let (status, headers, _) = get(&world, "/users/export.csv", &chief, accept).await;
            assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
            assert!(headers.contains_key("retry-after"), "{headers:?}");
        }
    }

    #[tokio::test]
    async fn exports_want_a_password_typed_lately() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        world.sql("UPDATE sessions SET password_checked_at = 0", vec![]).await;
        let hash = world.center.passwords().hash("drei Hasen im Lagerregal".to_owned()).await.unwrap();
        world.sql("UPDATE users SET password_hash = $1", vec![hash.into()]).await;
        let files = [
            "/users/export.csv?q=a&role=buyer",
            "/company/activity.csv",
            "/company/activity.json?kind=people",
        ];
        for path in files {
            let (status, headers, _) = get(&world, path, &chief, "text/html").await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
            let next: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            assert_eq!(headers["location"], format!("/confirm-password?next={next}"));
            let (status, _, text) = get(&world, path, &chief, "*/*").await;
            assert_eq!((status, text.contains("reauth_required")), (StatusCode::FORBIDDEN, true), "{text}");
            let (status, _, page) =
                get(&world, headers["location"].to_str().unwrap(), &chief, "text/html").await;
            assert_eq!(status, StatusCode::OK);
            assert!(page.contains(&format!("value=\"{}\"", path.replace('&', "&amp;"))), "{page}");
        }
        let confirm = async |current: &str, next: &str| {
            let body = form_urlencoded::Serializer::new(String::new())
                .append_pair("current", current)
                .append_pair("next", next)
                .finish();
            let request = Request::post("/api/accounts/confirm_password")
                .header(COOKIE, &chief)
                .header(ACCEPT, "text/html")
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body));
            let response = world.router.clone().oneshot(request.unwrap()).await.unwrap();
            assert_eq!(response.status(), StatusCode::SEE_OTHER);
            response.headers()["location"].to_str().unwrap().to_owned()
        };
        assert!(confirm("wrong", files[0]).await.contains("draft="));
        assert_eq!(get(&world, files[0], &chief, "*/*").await.0, StatusCode::FORBIDDEN);
        world.sql("UPDATE attempts SET paused_until = 0", vec![]).await;
        for path in files {
            assert_eq!(confirm("drei Hasen im Lagerregal", path).await, path);
            assert_eq!(get(&world, path, &chief, "text/html").await.0, StatusCode::OK);
        }
        for elsewhere in
            ["", "/users", "//evil.example", "https://evil.example/users/export.csv", "/users/export.csv/.."]
        {
            assert_eq!(confirm("drei Hasen im Lagerregal", elsewhere).await, "/", "{elsewhere}");
        }
    }

    #[tokio::test]
    async fn activity_can_be_had_as_json() {
        let world = World::new().await;
        let chief = world.actor_named("main contact").await;
        get(&world, "/users/export.csv", &chief, "*/*").await;
        let (status, headers, text) = get(&world, "/company/activity.json", &chief, "text/html").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[CONTENT_TYPE], "application/json");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        let name = headers[CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"") && name.ends_with(".json\""), "{name}");
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let entries = file["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 1, "{text}");
        assert_eq!(entries[0]["event"], "users_exported");
        assert_eq!(entries[0]["who"], "Somebody");
        assert!(entries[0]["at"].as_str().unwrap().ends_with('Z'), "{text}");
        assert_eq!(entries[0]["changes"][0]["to"], "1");
        let buyer = world.actor_named("buyer").await;
        let (status, _, text) = get(&world, "/company/activity.json", &buyer, "*/*").await;
        assert_eq!((status, text.contains("users_exported")), (StatusCode::FORBIDDEN, false));
    }

    #[tokio::test]
    async fn files_are_for_those_with_the_right() {
        let world = World::new().await;
        let nobody = StatusCode::SEE_OTHER;
        for path in ["/users/export.csv?q=a", "/users/import/sample.csv"] {
            let (status, headers, _) = get(&world, path, "", "text/html").await;
            assert_eq!(status, nobody);
            assert!(
                headers["location"].to_str().unwrap().starts_with("/sign-in?next=%2Fusers%2F"),
                "{headers:?}"
            );
            let (status, _, text) = get(&world, path, "", "application/json").await;
            assert_eq!((status, text.contains("unauthenticated")), (StatusCode::UNAUTHORIZED, true));
            let buyer = world.actor_named("buyer").await;
            assert_eq!(get(&world, path, &buyer, "text/html").await.0, StatusCode::FORBIDDEN);
            let (status, _, text) = get(&world, path, &buyer, "application/json").await;
            assert_eq!((status, text.contains("users.")), (StatusCode::FORBIDDEN, true), "{text}");
        }
        let chief = world.actor_named("main contact").await;
        for id in ["01970000-0000-7000-8000-000000000001", "nonsense"] {
            for path in [format!("/users/results/{id}/rows.csv"), format!("/users/review/{id}/evidence.csv")]
            {
                assert_eq!(get(&world, &path, &chief, "text/html").await.0, StatusCode::NOT_FOUND);
            }
        }
        let (status, _, sample) = get(&world, "/users/import/sample.csv", &chief, "*/*").await;
        assert_eq!((status, sample.lines().count()), (StatusCode::OK, 3));
    }
}
