use std::collections::HashMap;
use std::sync::Arc;

use app::host::{Cookie, Request as HostRequest};
use app::{ACTING_FIELD, ACTING_HEADER};
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, REFERER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use center::access::{Kind, Needs, Operation, Spec, explain, table, within_view};
use center::drafts::Whose;
use center::store::StoreError;
use center::throttle::{self, ENDED_SESSIONS};
use leptos::prelude::provide_context;
use model::{AppError, Draft, ErrorCode};

use super::Portal;
use super::pages::{see_other, set_status, to_sign_in};
use crate::web::refusal::Refusal;
use crate::web::router::largest;

/// Runs a server function. Programs get its answer as JSON; a plain form of a page is led on to
/// where it goes, or back to its page with what was typed and what is wrong.
pub(super) async fn call(State(portal): State<Arc<Portal>>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(spec) = table().iter().find(|spec| spec.kind == Kind::Function && spec.path == parts.uri.path())
    else {
        return Refusal::UnknownFunction.into_response();
    };
    let Ok(bytes) = to_bytes(body, largest(spec.path)).await else {
        return Refusal::TooLarge.into_response();
    };
    let Some(sent) = fields(&parts, &bytes, spec) else { return Refusal::BadRequest.into_response() };
    let Sent { values, .. } = &sent;
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    // Before the function runs, whatever it asks: a view of the portal does nothing that is not open to it.
    let closed = match within_view(&host.actor, spec) {
        Ok(()) => None,
        Err(error) => Some(explain(&host.center, &host.actor, error).await),
    };
    let html =
        parts.headers.get(ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    if acts_elsewhere(&host, &parts, spec, &sent) {
        return portal.answer(not_for_this_company(html), &host.reply);
    }
    let page = portal.page_of(&parts);
    // The framework is always asked for JSON: what a plain form is answered is decided below.
    parts.headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    parts.headers.remove(CONTENT_LENGTH);
    let call = Request::from_parts(parts.clone(), Body::from(canonical(spec, values)));
    let context = {
        let host = host.clone();
        move || provide_context(host.clone())
    };
    let mut response = match &closed {
        None => leptos_axum::handle_server_fns_with_context(context, call).await.into_response(),
        // A closed set of plain values always has a form in JSON.
        Some(refused) => {
            let text = serde_json::to_string(refused).unwrap_or_default();
            ([(CONTENT_TYPE, "application/json")], text).into_response()
        }
    };
    let mut outcome = host.reply.parts();
    outcome.refused = outcome.refused.or(closed);
    if response.status().is_server_error() && outcome.refused.is_none() {
        // The framework could not read the arguments.
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    if let (false, Some(refused)) = (html, &outcome.refused) {
        set_status(&mut response, refused);
    }
    if html {
        response = match (outcome.refused, outcome.go) {
            (Some(refused), _) if refused.code == ErrorCode::Unauthenticated => {
                portal.sign_in_first(&host, &parts, spec, sent, &page).await
            }
            // Too busy to do it is too busy to keep it; loading the answer again sends the form again.
            (Some(refused), _) if refused.code == ErrorCode::Busy => Refusal::Busy.into_response(),
            (Some(refused), _) => portal.show_again(&host, &parts, spec, sent.values, refused, &page).await,
            (None, Some(go)) => see_other(&go.to),
            (None, None) => response,
        };
    }
    portal.answer(response, &host.reply)
}

/// A form as it was sent.
struct Sent {
    /// Its fields
    values: Vec<(String, String)>,
    /// For whom its page was loaded, as often as it says so.
    acting: Vec<String>,
}

/// Whether the page that asks was loaded while the session acted for another company. Signing out,
/// switching and what is the same for everybody go on.
fn acts_elsewhere(host: &HostRequest, parts: &Parts, spec: &Spec, sent: &Sent) -> bool {
    let Some(who) = host.actor.signed_in() else { return false };
    if spec.needs == Needs::Anyone || spec.path == Operation::SwitchCompany.spec().path {
        return false;
    }
    let now = who.acting();
    let asked = parts.headers.get(ACTING_HEADER).and_then(|value| value.to_str().ok());
    sent.acting.iter().map(String::as_str).chain(asked).any(|acting| acting != now)
}

/// Nothing is done and nothing of the other company is shown.
fn not_for_this_company(html: bool) -> Response {
    if html {
        return see_other("/?done=acts_elsewhere");
    }
    let refused = AppError::new(ErrorCode::ActsElsewhere);
    let mut response = Json(&refused).into_response();
    set_status(&mut response, &refused);
    response
}

/// The form's fields, if it has only ones that the function knows, and each as often as it may.
fn fields(parts: &Parts, bytes: &Bytes, spec: &Spec) -> Option<Sent> {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let form = kind
        .split(';')
        .next()
        .is_some_and(|k| k.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"));
    if !form && !bytes.is_empty() {
        return None;
    }
    let mut values: Vec<(String, String)> = Vec::new();
    let mut acting = Vec::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        if name == ACTING_FIELD {
            acting.push(value.into_owned());
            continue;
        }
        let name = plain_name(&name);
        let known = spec.args.iter().find(|arg| arg.trim_end_matches("[]") == name)?;
        if !known.ends_with("[]") && values.iter().any(|(seen, _)| seen == name) {
            return None;
        }
        values.push((name.to_owned(), value.into_owned()));
    }
    Some(Sent { values, acting })
}

/// `roles`, `roles[]` and `roles[3]` are one field.
fn plain_name(name: &str) -> &str {
    match name.split_once('[') {
        Some((plain, rest))
            if rest.ends_with(']') && rest[..rest.len() - 1].bytes().all(|b| b.is_ascii_digit()) =>
        {
            plain
        }
        _ => name,
    }
}

/// The one way in which the framework reads lists.
fn canonical(spec: &Spec, values: &[(String, String)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    let mut counts = HashMap::new();
    for (name, value) in values {
        if spec.args.iter().any(|arg| arg.strip_suffix("[]") == Some(name)) {
            let index = counts.entry(name).or_insert(0);
            form.append_pair(&format!("{name}[{index}]"), value);
            *index += 1;
        } else {
            form.append_pair(name, value);
        }
    }
    form.finish()
}

impl Portal {
    /// The page that a form stands on, from its Referer. Foreign ones were stripped before.
    pub(super) fn page_of(&self, parts: &Parts) -> String {
        let referer = parts.headers.get(REFERER).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let path = referer.strip_prefix(&self.origin).unwrap_or_default();
        let path = path.split('#').next().unwrap_or_default();
        if model::is_local_path(path) { path.to_owned() } else { "/".to_owned() }
    }

    /// Back to the page, which shows what was typed and what is wrong.
    pub(super) async fn show_again(
        &self,
        host: &HostRequest,
        parts: &Parts,
        spec: &Spec,
        values: Vec<(String, String)>,
        refused: AppError,
        page: &str,
    ) -> Response {
        let draft = Draft::new(spec.path, values, refused);
        match self.with_draft(host, parts, &Whose::of(&host.actor), &draft, page).await {
            Ok(page) => see_other(&page),
            Err(error) => {
                tracing::error!(event = "sys_database", %error);
                Refusal::Busy.into_response()
            }
        }
    }

    /// To sign-in, and back to the page. What was typed there is shown again to whom the page was loaded for: pages
    /// name those who act for a company, in 32 digits. Nobody has to have signed in to get here, so no more is kept
    /// than people send.
    async fn sign_in_first(
        &self,
        host: &HostRequest,
        parts: &Parts,
        spec: &Spec,
        sent: Sent,
        page: &str,
    ) -> Response {
        let of_company = matches!(spec.needs, Needs::SignedIn | Needs::Right(..));
        let acting = sent.acting.into_iter().next().filter(|acting| {
            of_company && acting.len() == 32 && acting.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let Some(acting) = acting else { return to_sign_in(page) };
        let draft = Draft::new(spec.path, sent.values, AppError::new(ErrorCode::SessionEnded));
        let kept = async {
            let (count, _) = throttle::count(&self.center, ENDED_SESSIONS, &host.client().source()).await?;
            if count > ENDED_SESSIONS.allowed {
                return Ok(page.to_owned());
            }
            self.with_draft(host, parts, &Whose::Acting(acting), &draft, page).await
        };
        match kept.await {
            Ok(page) => to_sign_in(&page),
            Err(error) => {
                tracing::error!(event = "sys_database", %error);
                to_sign_in(page)
            }
        }
    }

    /// Keeps the draft; the address of the page with it.
    async fn with_draft(
        &self,
        host: &HostRequest,
        parts: &Parts,
        whose: &Whose,
        draft: &Draft,
        page: &str,
    ) -> Result<String, StoreError> {
        let owner = center::Token::parse(&self.cookie(&parts.headers, Cookie::Form)).unwrap_or_else(|| {
            let owner = center::Token::new(self.center.entropy());
            host.reply.set(Cookie::Form, owner.text());
            owner
        });
        let id = center::drafts::save(&self.center, whose, &owner, draft).await?;
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let kept = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("draft=") && !pair.starts_with("done="));
        let kept: String = kept.map(|pair| format!("{pair}&")).collect();
        Ok(format!("{path}?{kept}draft={id}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Vec<(String, String)>> {
        let request =
            Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(()).unwrap();
        let parts = request.into_parts().0;
        let sent = fields(&parts, &Bytes::from(body.to_owned()), Operation::UsersRequest.spec())?;
        Some(sent.values)
    }

    #[test]
    fn lists_are_read_in_every_spelling() {
        let values = read("name=A+B&roles=buyer&roles[]=viewer&roles[7]=approver").unwrap();
        let body = canonical(Operation::UsersRequest.spec(), &values);
        assert_eq!(body, "name=A+B&roles%5B0%5D=buyer&roles%5B1%5D=viewer&roles%5B2%5D=approver");
    }

    #[test]
    fn each_list_is_counted_by_itself() {
        let values = [("users", "a"), ("on_page", "a"), ("users", "b"), ("on_page", "b")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let body = canonical(Operation::UsersBulk.spec(), &values);
        assert_eq!(body, "users%5B0%5D=a&on_page%5B0%5D=a&users%5B1%5D=b&on_page%5B1%5D=b");
    }

    #[test]
    fn unknown_and_repeated_fields_are_refused() {
        for bad in [
            "password=x",
            "email=a&email=b",
            "email[]=a&email[]=b",
            "user[admin]=1",
            "roles[x]=buyer",
            "company_id=1",
        ] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
