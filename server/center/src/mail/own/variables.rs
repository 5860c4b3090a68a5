use std::collections::BTreeMap;

use model::Locale;

use crate::Settings;
use crate::mail::render::{Inset, RenderError, one_line, values};
use crate::mail::{MailKind, words};

/// What stands for a variable in one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::mail) enum Filling {
    /// One line
    Text(String),
    /// An address of the portal
    Address(String),
    /// Several lines
    Lines(Vec<String>),
}

/// Variables that hold an address of the portal; only they can stand in links.
pub(super) const ADDRESSES: [&str; 3] = ["link", "sign_in_url", "public_url"];
/// Variables that only the mail itself may carry, so that no list of subjects shows them.
pub(super) const SECRETS: [&str; 2] = ["link", "code"];

/// The secret of this mail, by the name of its variable.
const fn secret(kind: MailKind) -> Option<&'static str> {
    match kind {
        MailKind::ActivationCode => Some("code"),
        kind if kind.validity().is_some() => Some("link"),
        _ => None,
    }
}

/// The variables that the template of this mail may name.
pub(crate) fn variables(kind: MailKind) -> Vec<&'static str> {
    let mut names = vec!["greeting", "name"];
    names.extend(secret(kind));
    names.extend(kind.facts());
    if kind.validity().is_some() {
        names.extend(["valid_minutes", "valid_hours"]);
    }
    names.extend(["sign_in_url", "public_url", "shop", "shop_contact"]);
    names
}

/// Those without which nothing is published.
pub(crate) fn required(kind: MailKind) -> Vec<&'static str> {
    let signs_in = matches!(
        kind,
        MailKind::AccountActivated
            | MailKind::AccountCreated
            | MailKind::AccessAdded
            | MailKind::CompanyJoined
            | MailKind::MovedToCompany
            | MailKind::AccountsMerged
            | MailKind::Reactivated
    );
    secret(kind).into_iter().chain(signs_in.then_some("sign_in_url")).collect()
}

/// What stands for each of them in this mail.
pub(in crate::mail) fn fillings(
    kind: MailKind,
    locale: Locale,
    facts: &BTreeMap<String, String>,
    settings: &Settings,
    inset: Inset<'_>,
) -> Result<BTreeMap<&'static str, Filling>, RenderError> {
    let values = values(kind, locale, facts, settings, inset)?;
    let mut fillings = BTreeMap::new();
    for name in variables(kind) {
        let fact = || facts.get(name).map(|value| one_line(value)).unwrap_or_default();
        let filling = match name {
            "name" => Filling::Text(fact()),
            "roles" => Filling::Lines(
                words::roles(&fact(), locale)
                    .into_iter()
                    .map(|role| [role.name, role.can].join(": "))
                    .collect(),
            ),
            "budget_order" | "budget_month" if fact().is_empty() => {
                Filling::Text(words::no_limit(locale).to_owned())
            }
            "acts" => Filling::Text(words::acts(!fact().is_empty(), locale).to_owned()),
            name => {
                let value = values.get(name).ok_or(RenderError::Fact(name))?.to_string();
                if ADDRESSES.contains(&name) { Filling::Address(value) } else { Filling::Text(value) }
            }
        };
        fillings.insert(name, filling);
    }
    Ok(fillings)
}
