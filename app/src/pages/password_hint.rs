//! The two fields of a new password, and how good it is while it is typed.

use leptos::prelude::*;
use model::{PASSWORD_MIN_CHARS, PasswordIssue, check_password_shape};

use crate::form::Form;
use crate::frame::use_viewer;
use crate::i18n::{Text, use_text};
use crate::ui::{PasswordField, Strength};

/// The fields `password` and `repeat` of a form. The rating below the first one is a courtesy
/// of the browser; the host alone decides.
#[component]
pub(super) fn NewPassword(
    /// The form that they belong to
    form: Form,
    /// The words above the first field
    #[prop(into)]
    label: String,
    /// Names and logins that attackers try first; of an address only the part before the "@".
    #[prop(into)]
    context: Signal<Vec<String>>,
) -> impl IntoView {
    let t = use_text();
    let shop = use_viewer().shop;
    let typed = RwSignal::new(String::new());
    let rating = Memo::new(move |_| {
        context.with(|context| {
            let mut words: Vec<&str> = context.iter().map(String::as_str).collect();
            words.extend([shop.as_str(), "customer center", "customercenter"]);
            typed.with(|password| rate(password, &words))
        })
    });
    view! {
        <PasswordField
            name="password"
            label=label
            autocomplete="new-password"
            hint=t.password_rule(PASSWORD_MIN_CHARS)
            error=form.error("password")
            live=typed
        >
            <Strength
                score=Signal::derive(move || rating.get().score())
                text=Signal::derive(move || rating.get().words(t))
            />
        </PasswordField>
        <PasswordField name="repeat" label=t.repeat_password() autocomplete="new-password" error=form.error("repeat")/>
    }
    .into_any()
}

/// Tells password managers whose password the form holds; nobody sees it and it is not sent.
#[component]
pub(super) fn LoginOfPassword(
    /// The address that the person signs in with
    #[prop(into)]
    login: String,
) -> impl IntoView {
    view! { <input type="text" autocomplete="username" value=login readonly hidden/> }
}

/// The part of an address that may not carry a password.
pub(super) fn local_part(address: &str) -> String {
    address.rsplit_once('@').map_or(address, |(local, _)| local).to_owned()
}

/// How good a password is, as far as a browser can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rating {
    Untyped,
    Refused(PasswordIssue),
    Repetitive,
    Fair,
    Strong,
    VeryStrong,
}

impl Rating {
    const fn score(self) -> u8 {
        match self {
            Self::Untyped | Self::Refused(PasswordIssue::TooShort | PasswordIssue::TooLong) => 0,
            Self::Refused(PasswordIssue::Common | PasswordIssue::Context) | Self::Repetitive => 1,
            Self::Fair => 2,
            Self::Strong => 3,
            Self::VeryStrong => 4,
        }
    }

    fn words(self, t: Text) -> String {
        match self {
            Self::Untyped => String::new(),
            Self::Refused(PasswordIssue::TooShort) => t.strength_short(PASSWORD_MIN_CHARS),
            Self::Refused(PasswordIssue::TooLong) => t.strength_long().to_owned(),
            Self::Refused(PasswordIssue::Common | PasswordIssue::Context) => t.strength_context().to_owned(),
            Self::Repetitive => t.strength_repetitive().to_owned(),
            Self::Fair => t.strength_fair().to_owned(),
            Self::Strong => t.strength_strong().to_owned(),
            Self::VeryStrong => t.strength_very_strong().to_owned(),
        }
    }
}

fn rate(password: &str, context: &[&str]) -> Rating {
    if password.is_empty() {
        return Rating::Untyped;
    }
    if let Err(issue) = check_password_shape(password, context) {
        return Rating::Refused(issue);
    }
    let mut different: Vec<char> = password.chars().collect();
    let length = different.len();
    different.sort_unstable();
    different.dedup();
    match (length, different.len()) {
        (_, ..=5) => Rating::Repetitive,
        (..=14, _) => Rating::Fair,
        (..=19, _) => Rating::Strong,
        _ => Rating::VeryStrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_rated_as_the_host_judges_it() {
        let context = ["Anna Berger", "anna.berger", "Northwind"];
        assert_eq!(rate("", &context), Rating::Untyped);
        assert_eq!(rate("short", &context), Rating::Refused(PasswordIssue::TooShort));
        assert_eq!(rate("Northwind-2026", &context), Rating::Refused(PasswordIssue::Context));
        assert_eq!(rate("aaaaaaaaaaaaaaaaaaaaaaaa", &context), Rating::Repetitive);
        assert_eq!(rate("bread at dawn", &context), Rating::Fair);
        assert_eq!(rate("bread at dawn 17", &context), Rating::Strong);
        assert_eq!(rate("ships bread at dawn, daily", &context), Rating::VeryStrong);
    }

    #[test]
    fn the_login_counts_without_its_domain() {
        assert_eq!(local_part("anna.berger@northwind.example"), "anna.berger");
        assert_eq!(local_part("anna"), "anna");
    }
}
