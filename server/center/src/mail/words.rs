//! Words that mails put together from facts, by language.

use model::{Locale, Role};
use serde::Serialize;

/// A role as a mail tells it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct RoleWords {
    pub(super) name: &'static str,
    /// One sentence
    pub(super) can: &'static str,
}

/// How a mail begins. Somebody whose name is not known yet is greeted without one.
pub(super) fn greeting(name: &str, locale: Locale) -> String {
    let hello = match locale {
        Locale::En => "Hello",
        Locale::De => "Guten Tag",
    };
    if name.is_empty() { format!("{hello},") } else { format!("{hello} {name},") }
}

/// The roles of a comma-separated list of keys, in the order in which people choose them.
pub(super) fn roles(keys: &str, locale: Locale) -> Vec<RoleWords> {
    let given = |role: &Role| keys.split(',').any(|key| key.trim() == role.key());
    Role::ALL.into_iter().filter(given).map(|role| role_words(role, locale)).collect()
}

const fn role_words(role: Role, locale: Locale) -> RoleWords {
    let (name, can) = match (role, locale) {
        (Role::Buyer, Locale::En) => ("Buyer", "You order within your budgets and see your own orders."),
        (Role::Buyer, Locale::De) => {
            ("Einkauf", "Sie bestellen im Rahmen Ihrer Budgets und sehen Ihre eigenen Bestellungen.")
        }
        (Role::Approver, Locale::En) => {
            ("Approver", "You see your company’s orders and approve those above a budget.")
        }
        (Role::Approver, Locale::De) => {
            ("Freigabe", "Sie sehen die Bestellungen Ihrer Firma und geben solche über dem Budget frei.")
        }
        (Role::Accountant, Locale::En) => {
            ("Accountant", "You see and pay invoices and see the statement of account.")
        }
        (Role::Accountant, Locale::De) => {
            ("Buchhaltung", "Sie sehen und bezahlen Rechnungen und sehen den Kontoauszug.")
        }
        (Role::Viewer, Locale::En) => ("Viewer", "You see the catalog and your company’s orders."),
        (Role::Viewer, Locale::De) => {
            ("Lesezugriff", "Sie sehen den Katalog und die Bestellungen Ihrer Firma.")
        }
        (Role::MainContact, Locale::En) => (
            "Main contact",
            "You manage your company’s users, roles and budgets and may do everything else in it.",
        ),
        (Role::MainContact, Locale::De) => (
            "Hauptkontakt",
            "Sie verwalten Benutzer, Rollen und Budgets Ihrer Firma und dürfen dort auch alles andere.",
        ),
    };
    RoleWords { name, can }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_told_once_and_in_order() {
        let names: Vec<_> =
            roles("main_contact, buyer,buyer,unknown", Locale::En).into_iter().map(|r| r.name).collect();
        assert_eq!(names, ["Buyer", "Main contact"]);
        assert!(roles("", Locale::De).is_empty());
    }

    #[test]
    fn nobody_is_greeted_by_an_empty_name() {
        assert_eq!(greeting("", Locale::En), "Hello,");
        assert_eq!(greeting("Anna Berger", Locale::De), "Guten Tag Anna Berger,");
    }
}
