//! What the host itself answers when it doesn't let a request through: a typed answer for
//! programs, a plain page in the reader's language for browsers.

use std::any::Any;

use axum::body::Body;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use model::{AppError, ErrorCode, Locale};

/// Why a request is not let through. As a response it has no body yet: the outermost layer
/// writes it, in the form and language that the caller understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not understood.
    BadRequest,
    /// Comes from another site.
    CrossSite,
    /// For lack of a right.
    Forbidden,
    /// For lack of a right in the Back Office.
    OfficeForbidden,
    /// Nothing is here.
    NotFound,
    /// There is no such function, as a page of an earlier version may still think.
    UnknownFunction,
    /// Not with this method.
    MethodNotAllowed,
    /// The body took too long to arrive.
    TooSlow,
    /// The body has no stated length.
    LengthRequired,
    /// The body is too large.
    TooLarge,
    /// Meant for another host.
    Misdirected,
    /// Asked for too often by this person.
    TooOften {
        /// Seconds after which it may be asked again.
        retry_after: u32,
    },
    /// A fault of the portal.
    Internal,
    /// Too much is under way, or the answer took too long.
    Busy,
}

/// Seconds after which a busy host may be asked again.
pub(crate) const RETRY_SECONDS: u16 = 2;

impl Refusal {
    /// The HTTP status.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::CrossSite | Self::Forbidden | Self::OfficeForbidden => StatusCode::FORBIDDEN,
            Self::NotFound | Self::UnknownFunction => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::LengthRequired => StatusCode::LENGTH_REQUIRED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// For an answer that an extractor or the router gave with nothing but a status.
    const fn for_status(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::FORBIDDEN => Self::CrossSite,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::REQUEST_TIMEOUT => Self::TooSlow,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            status if status.as_u16() >= 500 => Self::Internal,
            status if status.as_u16() >= 400 => Self::BadRequest,
            _ => return None,
        })
    }

    const fn code(self) -> ErrorCode {
        match self {
            Self::CrossSite | Self::Forbidden | Self::OfficeForbidden => {
                ErrorCode::Forbidden { missing: None, granted_by: Vec::new() }
            }
            Self::NotFound => ErrorCode::NotFound,
            Self::TooOften { retry_after } => ErrorCode::TooManyRequests { retry_after },
            Self::Internal => ErrorCode::Internal,
            Self::Busy => ErrorCode::Busy,
            Self::BadRequest
            | Self::UnknownFunction
            | Self::MethodNotAllowed
            | Self::TooSlow
            | Self::LengthRequired
            | Self::TooLarge
            | Self::Misdirected => ErrorCode::BadRequest,
        }
    }

    /// Heading and explanation.
    const fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match (self, locale) {
            (
                Self::BadRequest | Self::UnknownFunction | Self::MethodNotAllowed | Self::LengthRequired,
                Locale::En,
            ) => ("Request not understood", "Go back, reload the page and try again."),
            (
                Self::BadRequest | Self::UnknownFunction | Self::MethodNotAllowed | Self::LengthRequired,
                Locale::De,
            ) => (
                "Anfrage nicht verstanden",
                "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
            ),
            (Self::CrossSite, Locale::En) => (
                "Request refused",
                "It came from another website. Open the portal itself and try again there.",
            ),
            (Self::CrossSite, Locale::De) => (
                "Anfrage abgelehnt",
                "Sie kam von einer anderen Website. Öffnen Sie das Portal selbst und versuchen Sie es dort noch einmal.",
            ),
            (Self::Forbidden, Locale::En) => (
                "You can't open this",
                "You lack the right to it. A main contact of your company can give it to you.",
            ),
            (Self::OfficeForbidden, Locale::En) => (
                "You can't open this",
                "You lack the right to it. An administrator of the Back Office can give it to you.",
            ),
            (Self::OfficeForbidden, Locale::De) => (
                "Das können Sie nicht öffnen",
                "Ihnen fehlt das Recht dazu. Ein Administrator des Back Office kann es Ihnen geben.",
            ),
            (Self::Forbidden, Locale::De) => (
                "Das können Sie nicht öffnen",
                "Ihnen fehlt das Recht dazu. Ein Hauptkontakt Ihrer Firma kann es Ihnen geben.",
            ),
            (Self::NotFound, Locale::En) => {
                ("Page not found", "Check the address, or begin at the start page.")
            }
            (Self::NotFound, Locale::De) => {
                ("Seite nicht gefunden", "Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.")
            }
            (Self::TooSlow, Locale::En) => ("Not received", "Your connection was too slow. Try again."),
            (Self::TooSlow, Locale::De) => {
                ("Nicht angekommen", "Ihre Verbindung war zu langsam. Versuchen Sie es noch einmal.")
            }
            (Self::TooLarge, Locale::En) => ("Too large", "Send less at once."),
            (Self::TooLarge, Locale::De) => ("Zu groß", "Senden Sie weniger auf einmal."),
            (Self::Misdirected, Locale::En) => (
                "Wrong address",
                "The portal is not reached under this name. Use the address you were given.",
            ),
            (Self::Misdirected, Locale::De) => (
                "Falsche Adresse",
                "Unter diesem Namen ist das Portal nicht zu erreichen. Verwenden Sie die Adresse, die Sie erhalten haben.",
            ),
            (Self::TooOften { .. }, Locale::En) => {
                ("Too often", "Go back to the page and try again in an hour at the latest.")
            }
            (Self::TooOften { .. }, Locale::De) => (
                "Zu oft",
                "Gehen Sie zurück zur Seite und versuchen Sie es spätestens in einer Stunde noch einmal.",
            ),
            (Self::Internal, Locale::En) => {
                ("Something went wrong", "The fault is ours and has been recorded. Try again in a moment.")
            }
            (Self::Internal, Locale::De) => (
                "Etwas ist schiefgegangen",
                "Der Fehler liegt bei uns und ist festgehalten. Versuchen Sie es gleich noch einmal.",
            ),
            (Self::Busy, Locale::En) => {
                ("Very busy", "The portal has too much to do right now. Try again in a moment.")
            }
            (Self::Busy, Locale::De) => (
                "Stark ausgelastet",
                "Das Portal hat gerade zu viel zu tun. Versuchen Sie es gleich noch einmal.",
            ),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        match self {
            Self::Busy => response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS)),
            Self::TooOften { retry_after } => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(retry_after))
            }
            _ => None,
        };
        // What is left of the body is not read, so nothing else can follow on this connection.
        if matches!(self, Self::TooSlow | Self::TooLarge | Self::LengthRequired) {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

/// The answer after a panic. The panic itself was logged by the hook of [`crate::log`].
pub fn after_panic(_: Box<dyn Any + Send>) -> Response {
    Refusal::Internal.into_response()
}

/// What the caller understands, noted before the request is consumed.
pub(super) struct Caller {
    html: bool,
    locale: Locale,
}

impl Caller {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let text =
            |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        Self { html: text(ACCEPT).contains("text/html"), locale: Locale::negotiate(text(ACCEPT_LANGUAGE)) }
    }
}

/// Marks an answer that is nothing but its status on purpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bare;

/// Writes the body of a refusal. Any other answer passes unchanged.
pub(super) fn write_body(response: Response, caller: &Caller, request_id: &str) -> Response {
    let bare = response.headers().get(CONTENT_TYPE).is_none()
        && response.extensions().get::<Bare>().is_none()
        && is_empty(response.body());
    let refusal = match response.extensions().get::<Refusal>() {
        Some(refusal) => *refusal,
        None if bare => match Refusal::for_status(response.status()) {
            Some(refusal) => refusal,
            None => return response,
        },
        None => return response,
    };
    let (mut parts, _) = response.into_parts();
    let body = if caller.html {
        page(refusal, caller.locale, request_id).into_response()
    } else {
        let error = AppError { code: refusal.code(), fields: Vec::new(), request_id: request_id.to_owned() };
        // A closed set of plain values always has a form in JSON.
        ([(CONTENT_TYPE, "application/json")], serde_json::to_string(&error).unwrap_or_default())
            .into_response()
    };
    let (body_parts, body) = body.into_parts();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    parts.headers.extend(body_parts.headers);
    Response::from_parts(parts, body)
}

fn is_empty(body: &Body) -> bool {
    axum::body::HttpBody::size_hint(body).exact() == Some(0)
}

fn page(refusal: Refusal, locale: Locale, request_id: &str) -> axum::response::Html<String> {
    let (heading, text) = refusal.words(locale);
    let (home, number) = match locale {
        Locale::En => ("Go to the start page", "Request number"),
        Locale::De => ("Zur Startseite", "Nummer der Anfrage"),
    };
    let lang = locale.tag();
    // No text from outside stands in it, so there is nothing to escape.
    axum::response::Html(format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{heading}</title></head>\
         <body><main><h1>{heading}</h1><p>{text}</p><p><a href=\"/\">{home}</a></p>\
         <p><small>{number}: {request_id}</small></p></main></body></html>\n"
    ))
}
