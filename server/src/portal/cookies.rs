use app::host::Cookie;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::Portal;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Days in seconds.
const DAY: u32 = 86_400;

const fn name(cookie: Cookie) -> &'static str {
    match cookie {
        Cookie::Session => "cc_session",
        Cookie::Office => "cc_office",
        Cookie::SignIn => "cc_sign_in",
        Cookie::Link => "cc_link",
        Cookie::Activation => "cc_activation",
        Cookie::Form => "cc_form",
        Cookie::Locale => "cc_locale",
        Cookie::Theme => "cc_theme",
    }
}

/// How long the browser keeps it, in seconds; a session ends with the browser at the latest.
const fn max_age(cookie: Cookie) -> Option<u32> {
    match cookie {
        Cookie::Session | Cookie::Office => None,
        Cookie::SignIn => Some(10 * 60),
        Cookie::Link => Some(30 * 60),
        Cookie::Form => Some(60 * 60),
        Cookie::Activation => Some(14 * DAY),
        Cookie::Locale | Cookie::Theme => Some(365 * DAY),
    }
}

impl Portal {
    /// Over https the prefix makes browsers refuse a cookie that another host or path planted.
    fn cookie_name(&self, cookie: Cookie) -> String {
        if self.secure { format!("__Host-{}", name(cookie)) } else { name(cookie).to_owned() }
    }

    /// A cookie's value; empty when there is none. Of several of one name, none counts.
    pub(super) fn cookie(&self, headers: &HeaderMap, cookie: Cookie) -> String {
        let wanted = self.cookie_name(cookie);
        let mut found = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(name, _)| *name == wanted);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => value.to_owned(),
            _ => String::new(),
        }
    }

    /// Sets or removes a cookie on an answer.
    pub(super) fn set_cookie(&self, headers: &mut HeaderMap, cookie: Cookie, value: Option<&str>) {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = match (value, max_age(cookie)) {
            (None, _) => "; Max-Age=0".to_owned(),
            (Some(_), Some(seconds)) => format!("; Max-Age={seconds}"),
            (Some(_), None) => String::new(),
        };
        let text = format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax{age}{secure}",
            self.cookie_name(cookie),
            value.unwrap_or_default()
        );
        if value.is_none() && matches!(cookie, Cookie::Session | Cookie::Office) {
            // What the browser keeps of the session's pages goes with it.
            headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
        }
        // Values are tokens and tags of our own making; anything else is not sent at all.
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.append(SET_COOKIE, value);
        }
    }
}
