//! Mails as they will look, for a frame that can do nothing.

use std::sync::Arc;

use app::host::Request as HostRequest;
use app::i18n::Text;
use axum::body::Body;
use axum::extract::{Form, FromRequest, Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::Error;
use center::access::{Operation, office};
use center::mail::Rendered;
use center::office::mails::said;
use center::office::templates::{Which, preview, preview_typed};
use model::{ErrorCode, TemplateSample, TemplateSource};
use serde::Deserialize;

use super::Portal;
use super::downloads::refused;
use crate::web::refusal::Refusal;

/// Nothing runs, nothing is sent, nothing is fetched, and only the portal may show it in a frame.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; \
                      base-uri 'none'; frame-ancestors 'self'; sandbox";

/// The media query with which a mail asks for the dark.
const DARK: &str = "@media (prefers-color-scheme: dark)";

/// The draft of a template, else what is in use, about a made up record.
pub(super) async fn template(
    State(portal): State<Arc<Portal>>,
    Path((kind, locale)): Path<(String, String)>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let host = match opened(&portal, &parts).await {
        Ok(host) => host,
        Err(refusal) => return refusal.into_response(),
    };
    let sample = TemplateSample::from_key(&asked(&parts, "sample"));
    let work = async {
        office(&host.actor, Operation::OfficeTemplatePreview)?;
        preview(&host.center, &host.actor, Which::read(&kind, &locale)?, sample).await
    };
    let found = work.await;
    let response = shown(&host, &parts, found, Text(host.client().locale).preview_broken()).await;
    portal.answer(response, &host.reply)
}

/// What stands in the editor's form, and is not saved, about a made up record.
pub(super) async fn typed(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let host = match opened(&portal, &parts).await {
        Ok(host) => host,
        Err(refusal) => return refusal.into_response(),
    };
    // Of whoever may not do it nothing is read.
    let found = match office(&host.actor, Operation::OfficeTemplateTyped) {
        Err(error) => Err(error),
        Ok(_) => {
            let Ok(Form(form)) =
                Form::<Typed>::from_request(Request::from_parts(parts.clone(), body), &()).await
            else {
                return Refusal::BadRequest.into_response();
            };
            let Typed { mail_kind, mail_locale, subject, preheader, html, text, sample } = form;
            let source = TemplateSource { subject, preheader, html, text };
            let sample = TemplateSample::from_key(&sample);
            async {
                let which = Which::read(&mail_kind, &mail_locale)?;
                preview_typed(&host.center, &host.actor, which, sample, &source).await
            }
            .await
        }
    };
    let response = shown(&host, &parts, found, Text(host.client().locale).preview_broken()).await;
    portal.answer(response, &host.reply)
}

/// The fields of the editor's form that make the mail.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Typed {
    mail_kind: String,
    mail_locale: String,
    subject: String,
    preheader: String,
    html: String,
    text: String,
    sample: String,
}

/// A mail of the archive, its secrets masked.
pub(super) async fn mail(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let host = match opened(&portal, &parts).await {
        Ok(host) => host,
        Err(refusal) => return refusal.into_response(),
    };
    let work = async {
        office(&host.actor, Operation::OfficeMailBody)?;
        said(&host.center, &host.actor, id.parse().map_err(|_| ErrorCode::NotFound)?).await
    };
    let found = work.await;
    let response = shown(&host, &parts, found, Text(host.client().locale).mail_gone()).await;
    portal.answer(response, &host.reply)
}

/// Who asks.
async fn opened(portal: &Portal, parts: &Parts) -> Result<HostRequest, Refusal> {
    portal.request(parts).await.map_err(|error| {
        tracing::error!(event = "sys_database", %error);
        Refusal::Busy
    })
}

/// A value of the query; empty where it is not given.
fn asked(parts: &Parts, name: &str) -> String {
    form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
        .find(|(n, _)| n == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

/// The mail as the query asks for it; `none` says that there is nothing to show.
async fn shown(
    host: &HostRequest,
    parts: &Parts,
    found: Result<Option<Rendered>, Error>,
    none: &str,
) -> Response {
    match found {
        Ok(Some(mail)) if asked(parts, "view") == "text" => {
            document(&plain(&format!("{}\n\n{}", mail.subject, mail.text)))
        }
        Ok(Some(mail)) => document(&in_light(&mail.html, asked(parts, "dark") == "1")),
        Ok(None) => document(&plain(none)),
        Err(error) => refused(host, parts, error).await,
    }
}

/// Whatever the reader's own screen prefers.
fn in_light(html: &str, dark: bool) -> String {
    html.replace(DARK, if dark { "@media all" } else { "@media not all" })
}

fn plain(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<!doctype html><html><head><title>Text</title></head><body><pre style=\"white-space:pre-wrap\">{text}</pre></body></html>"
    )
}

fn document(html: &str) -> Response {
    let mut response = html.to_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::header::COOKIE;
    use axum::http::{HeaderMap, StatusCode};
    use tower::ServiceExt;

    use super::super::rights::World;
    use super::*;

    async fn get(world: &World, path: &str, cookie: &str) -> (StatusCode, HeaderMap, String) {
        let request =
            Request::get(path).header(COOKIE, cookie).header("accept", "text/html").body(Body::empty());
        let response = world.router.clone().oneshot(request.unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, 1_000_000).await.unwrap().to_vec()).unwrap();
        (parts.status, parts.headers, text)
    }

    #[tokio::test]
    async fn previews_have_a_policy_of_their_own_and_are_for_staff_only() {
        let world = World::new().await;
        let editor = world.staff("editor", true).await;
        let path = "/office/templates/password_reset/en/preview";
        let (status, headers, html) = get(&world, path, &editor).await;
        assert_eq!(status, StatusCode::OK);
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in ["default-src 'none'", "sandbox", "frame-ancestors 'self'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("script-src") && !policy.contains("allow-"), "{policy}");
        assert!(html.contains("@media not all") && !html.contains("prefers-color-scheme: dark"), "{html}");
        let (_, _, dark) = get(&world, &format!("{path}?dark=1"), &editor).await;
        assert!(dark.contains("@media all"), "{dark}");
        let (_, _, text) = get(&world, &format!("{path}?view=text"), &editor).await;
        assert!(text.contains("<pre") && text.contains("Set new password:"), "{text}");
        assert_eq!(get(&world, path, "").await.0, StatusCode::SEE_OTHER);
        let service = world.staff("service", true).await;
        assert_eq!(get(&world, path, &service).await.0, StatusCode::FORBIDDEN);
        let nothing = get(&world, "/office/templates/nothing/en/preview", &editor).await;
        assert_eq!(nothing.0, StatusCode::NOT_FOUND);
    }

    #[tokio::test]
    async fn what_stands_in_the_editor_is_shown_and_kept_nowhere() {
        let world = World::new().await;
        let typed = async |cookie: &str, html: &str| {
            let fields = [
                ("mail_kind", "password_reset"),
                ("mail_locale", "en"),
                ("subject", "Typed"),
                ("html", html),
            ];
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            let request = Request::post("/office/templates/preview?view=html&dark=1")
                .header(COOKIE, cookie)
                .header("accept", "text/html")
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(body));
            let response = world.router.clone().oneshot(request.unwrap()).await.unwrap();
            let (parts, body) = response.into_parts();
            let text = String::from_utf8(to_bytes(body, 1_000_000).await.unwrap().to_vec()).unwrap();
            (parts.status, parts.headers, text)
        };
        let editor = world.staff("editor", true).await;
        let source = "<p>Typed now</p><script>alert(1)</script>";
        let (status, headers, html) = typed(&editor, source).await;
        assert_eq!(status, StatusCode::OK);
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("sandbox"));
        assert!(html.contains("<p>Typed now</p>") && html.contains("@media all"), "{html}");
        assert!(!html.contains("<script"), "{html}");
        let (_, _, saved) = get(&world, "/office/templates/password_reset/en/preview", &editor).await;
        assert!(!saved.contains("Typed now"), "{saved}");
        // What can't be a mail says so in the frame.
        let (status, _, html) = typed(&editor, &"x".repeat(200_000)).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("be written like this"), "{html}");
        assert_eq!(typed("", source).await.0, StatusCode::SEE_OTHER);
        let auditor = world.staff("auditor", true).await;
        assert_eq!(typed(&auditor, source).await.0, StatusCode::FORBIDDEN);
    }

    #[tokio::test]
    async fn mails_of_the_archive_are_shown_in_the_same_frame_to_those_who_may_see_them() {
        let world = World::new().await;
        let id = world.center.new_id();
        world
            .sql(
                "INSERT INTO outbox (id, kind, recipient, locale, data, state, not_before, created_at, sent_at)
                 VALUES ($1, 'password_changed', 'anna@sample.example', 'en', '{\"name\":\"Anna\",\"when\":\"today\"}', 'sent', 0, 0, 0)",
                vec![id.into()],
            )
            .await;
        world
            .sql(
                "INSERT INTO mail_bodies (mail_id, subject, html, body, kept_at)
                 VALUES ($1, 'Subject', '<p>Kept</p><script>alert(1)</script>', 'Kept <text>', 0)",
                vec![id.into()],
            )
            .await;
        let path = format!("/office/mail/{id}/body");
        let service = world.staff("service", true).await;
        let (status, headers, html) = get(&world, &path, &service).await;
        assert_eq!(status, StatusCode::OK);
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("sandbox") && !policy.contains("script-src"), "{policy}");
        assert!(html.contains("<p>Kept</p>"), "{html}");
        let (_, _, text) = get(&world, &format!("{path}?view=text"), &service).await;
        assert!(text.contains("Subject\n\nKept &lt;text&gt;"), "{text}");
        assert_eq!(get(&world, &path, "").await.0, StatusCode::SEE_OTHER);
        let editor = world.staff("editor", true).await;
        assert_eq!(get(&world, &path, &editor).await.0, StatusCode::FORBIDDEN);
        for nothing in [world.center.new_id().to_string(), "nothing".to_owned()] {
            let (status, ..) = get(&world, &format!("/office/mail/{nothing}/body"), &service).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
        }
        // The record's own document may hold the frame, and no other page of the archive.
        let frames = async |path: &str| {
            let request = Request::get(path).header(COOKIE, &service).header("accept", "text/html");
            let response = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            response.extensions().get::<crate::web::headers::ShowsFrame>().is_some()
        };
        assert!(frames(&format!("/office/mail/{id}")).await);
        assert!(!frames("/office/mail").await);
    }

    #[test]
    fn text_stays_text() {
        assert!(plain("</pre><script>").contains("&lt;/pre&gt;&lt;script&gt;"));
    }
}
