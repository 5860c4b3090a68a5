//! Words that mails put together from facts, by language.

use model::{CompanyId, Grants, Locale, Permission, Role, RoleLabel, RoleRef, Scope, UserId};
use serde::Serialize;

use crate::store::{Conn, StoreError};
use crate::users::{RoleBook, roles_of};

/// A role as a mail tells it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct RoleWords {
    pub(super) name: String,
    /// One sentence
    pub(super) can: String,
}

/// How a mail begins. Somebody whose name is not known yet is greeted without one.
pub(super) fn greeting(name: &str, locale: Locale) -> String {
    let hello = match locale {
        Locale::En => "Hello",
        Locale::De => "Guten Tag",
    };
    if name.is_empty() { format!("{hello},") } else { format!("{hello} {name},") }
}

/// Stands between the name of a company's own role and what it allows. No name has it, nor a comma.
const ALLOWS: char = '|';

/// A role as an entry of the list that is the fact `roles`: a built-in one by its key, one of the company's own
/// by its name and what it allows, since it may be another by the time the mail is written.
fn role_fact(label: &RoleLabel, grants: &Grants) -> String {
    match label.role {
        RoleRef::BuiltIn(role) => role.key().to_owned(),
        RoleRef::Own(_) => format!("{}{ALLOWS}{}", label.own_name, grants.keys().join(" ")),
    }
}

/// The fact `roles` of a company's user, as the roles stand.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn roles_fact(
    conn: &mut Conn,
    company: CompanyId,
    user: UserId,
) -> Result<String, StoreError> {
    let book = RoleBook::of(conn, company).await?;
    let held = roles_of(conn, &book, company, &[user]).await?.pop().unwrap_or_default();
    let told = held.iter().map(|role| role_fact(&book.label(*role), &book.grants_of(*role)));
    Ok(told.collect::<Vec<_>>().join(","))
}

/// Stands before the subject of a test, in every language.
pub(crate) const TRIAL: &str = "[Test] ";

/// What staff can do while they see the portal as a user.
pub(super) const fn acts(acts: bool, locale: Locale) -> &'static str {
    match (acts, locale) {
        (true, Locale::En) => "look, and make changes that have nothing to do with how anybody signs in",
        (true, Locale::De) => "lesen und Änderungen, die nichts mit der Anmeldung von jemandem zu tun haben",
        (false, Locale::En) => "look, and change nothing",
        (false, Locale::De) => "lesen, nichts ändern",
    }
}

/// Stands for a budget that is not limited.
pub(super) const fn no_limit(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "no limit",
        Locale::De => "kein Limit",
    }
}

/// The roles of a comma-separated list, the built-in ones first, in the order in which people choose them.
pub(super) fn roles(list: &str, locale: Locale) -> Vec<RoleWords> {
    let given = |role: &Role| list.split(',').any(|key| key.trim() == role.key());
    let built_in = Role::ALL.into_iter().filter(given).map(|role| role_words(role, locale));
    let own = list.split(',').filter_map(|entry| entry.split_once(ALLOWS));
    built_in.chain(own.map(|(name, rights)| own_role_words(name, rights, locale))).collect()
}

fn own_role_words(name: &str, rights: &str, locale: Locale) -> RoleWords {
    let grants = Grants::read(rights.split(' '));
    let listed: Vec<String> = grants
        .iter()
        .map(|(permission, scope)| {
            let words = right_words(permission, locale);
            match (scope, locale) {
                (Scope::Company, _) => words.to_owned(),
                (Scope::Own, Locale::En) => format!("{words} (own only)"),
                (Scope::Own, Locale::De) => format!("{words} (nur eigene)"),
            }
        })
        .collect();
    let listed = listed.join(", ");
    let can = match locale {
        Locale::En => format!("You can {listed}."),
        Locale::De => format!("Sie können {listed}."),
    };
    RoleWords { name: name.to_owned(), can }
}

/// A right, as the end of "You can …".
const fn right_words(permission: Permission, locale: Locale) -> &'static str {
    use Permission as P;
    let (en, de) = match permission {
        P::UsersView => ("see the company’s users", "die Benutzer der Firma sehen"),
        P::UsersManage => ("manage users", "Benutzer verwalten"),
        P::RolesManage => ("manage roles", "Rollen verwalten"),
        P::BudgetsManage => ("set budgets", "Budgets festlegen"),
        P::CatalogView => ("see the catalog", "den Katalog sehen"),
        P::PricesView => ("see prices", "Preise sehen"),
        P::OrdersPlace => ("place orders", "bestellen"),
        P::OrdersView => ("see orders", "Bestellungen sehen"),
        P::OrdersApprove => ("approve orders", "Bestellungen freigeben"),
        P::InvoicesView => ("see invoices", "Rechnungen sehen"),
        P::InvoicesPay => ("pay invoices", "Rechnungen bezahlen"),
        P::StatementView => ("see the statement of account", "den Kontoauszug sehen"),
        P::CompanyManage => ("change the company’s data", "Firmendaten ändern"),
        P::AuditView => ("see the activity log", "das Protokoll sehen"),
    };
    match locale {
        Locale::En => en,
        Locale::De => de,
    }
}

fn role_words(role: Role, locale: Locale) -> RoleWords {
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
    RoleWords { name: name.to_owned(), can: can.to_owned() }
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
    fn own_roles_are_told_by_name_with_all_that_they_allow() {
        let role = RoleRef::from_key("01970000-0000-7000-8000-00000000000a").unwrap();
        let label = RoleLabel { role, own_name: "main_contact".to_owned() };
        let grants = [(Permission::OrdersView, Scope::Own), (Permission::InvoicesView, Scope::Company)];
        let fact = role_fact(&label, &grants.into_iter().collect());
        let list = [fact, role_fact(&Role::Viewer.into(), &Role::Viewer.grants())].join(",");
        let told: Vec<_> = roles(&list, Locale::En).into_iter().map(|r| (r.name, r.can)).collect();
        assert_eq!(told[0].0, "Viewer");
        assert_eq!(
            told[1],
            ("main_contact".to_owned(), "You can see orders (own only), see invoices.".to_owned())
        );
        let german = roles(&list, Locale::De).pop().unwrap().can;
        assert_eq!(german, "Sie können Bestellungen sehen (nur eigene), Rechnungen sehen.");
    }

    #[test]
    fn nobody_is_greeted_by_an_empty_name() {
        assert_eq!(greeting("", Locale::En), "Hello,");
        assert_eq!(greeting("Anna Berger", Locale::De), "Guten Tag Anna Berger,");
    }
}
