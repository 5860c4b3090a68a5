//! Mails as they will look, for a frame that can do nothing.

use std::sync::Arc;

use app::i18n::Text;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, Request};
use axum::response::{IntoResponse, Response};
use center::access::{Operation, office};
use center::office::templates::{Which, preview};
use model::TemplateSample;

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
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let asked = |name: &str| {
        form_urlencoded::parse(query)
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    let sample = TemplateSample::from_key(&asked("sample"));
    let work = async {
        office(&host.actor, Operation::OfficeTemplatePreview)?;
        preview(&host.center, &host.actor, Which::read(&kind, &locale)?, sample).await
    };
    let response = match work.await {
        Ok(Some(mail)) if asked("view") == "text" => {
            document(&plain(&format!("{}\n\n{}", mail.subject, mail.text)))
        }
        Ok(Some(mail)) => document(&in_light(&mail.html, asked("dark") == "1")),
        Ok(None) => document(&plain(Text(host.client().locale).preview_broken())),
        Err(error) => refused(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
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

    #[test]
    fn text_stays_text() {
        assert!(plain("</pre><script>").contains("&lt;/pre&gt;&lt;script&gt;"));
    }
}
