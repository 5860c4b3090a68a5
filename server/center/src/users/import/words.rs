//! How people name columns, roles and salutations in a sheet, in English and German.

use model::{Role, RoleInput, RoleLabel, Salutation, UserColumn};

use crate::users::name_key;

/// What stands at the head of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A column of an import.
    Column(UserColumn),
    /// A column that an export or an earlier import has added.
    Ignored,
    /// Nothing.
    Nameless,
    /// None of ours.
    Unknown,
}

/// Letters and digits in lower case: what spellings of one word have in common.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads the name of a column.
pub(super) fn read_head(name: &str) -> Head {
    use UserColumn as C;
    Head::Column(match bare(name).as_str() {
        "" => return Head::Nameless,
        "name" | "fullname" | "vollständigername" => C::Name,
        "email" | "mail" | "emailaddress" | "workemail" | "emailadresse" | "geschäftlicheemail" => C::Email,
        "salutation" | "anrede" => C::Salutation,
        "roles" | "role" | "rollen" | "rolle" => C::Roles,
        "budgetorder" | "budgetperorder" | "budgetbestellung" | "budgetjebestellung" => C::BudgetOrder,
        "budgetmonth" | "budgetpermonth" | "budgetmonat" | "budgetjemonat" => C::BudgetMonth,
        "contactnumber" | "contactno" | "kontaktnummer" | "kontaktnr" => C::ContactNumber,
        "problem" | "status" | "lastseen" | "zuletztgesehen" => return Head::Ignored,
        _ => return Head::Unknown,
    })
}

/// The keys of the roles in a cell, which stand between semicolons, bars or commas; `own` are those of the
/// company, known by their names. What is no role stays as it is, for the form to refuse.
pub fn read_roles(cell: &str, own: &[RoleLabel]) -> Vec<String> {
    let named = cell.split(RoleInput::SEPARATORS).map(str::trim).filter(|name| !name.is_empty());
    let key = |name: &str| match role(name) {
        Some(role) => role.key().to_owned(),
        None => {
            let folded = name_key(&name.split_whitespace().collect::<Vec<_>>().join(" "));
            let found = own.iter().find(|label| name_key(&label.own_name) == folded);
            found.map_or_else(|| name.to_owned(), |label| label.role.key())
        }
    };
    named.map(key).collect()
}

/// Whether a sheet would take this for the name of a built-in role, in whatever language.
pub(in crate::users) fn is_built_in(name: &str) -> bool {
    role(name).is_some()
}

fn role(name: &str) -> Option<Role> {
    Some(match bare(name).as_str() {
        "maincontact" | "hauptkontakt" => Role::MainContact,
        "approver" | "freigabe" => Role::Approver,
        "buyer" | "einkauf" => Role::Buyer,
        "accountant" | "buchhaltung" => Role::Accountant,
        "viewer" | "lesezugriff" => Role::Viewer,
        _ => return None,
    })
}

/// The key of a salutation; an empty cell is none. What is no salutation stays as it is, for the
/// form to refuse.
pub(super) fn read_salutation(cell: &str) -> String {
    let salutation = match bare(cell).as_str() {
        "" | "none" | "nosalutation" | "keine" | "keineanrede" => Salutation::None,
        "ms" | "mrs" | "frau" => Salutation::Ms,
        "mr" | "herr" => Salutation::Mr,
        _ => return cell.to_owned(),
    };
    salutation.key().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Locale;

    #[test]
    fn every_column_is_known_by_its_names() {
        for column in UserColumn::ALL {
            for locale in Locale::ALL {
                assert_eq!(read_head(column.name(locale)), Head::Column(column));
            }
        }
        assert_eq!(read_head("Zuletzt gesehen"), Head::Ignored);
        assert_eq!(read_head(" "), Head::Nameless);
        assert_eq!(read_head("password"), Head::Unknown);
    }

    #[test]
    fn roles_are_known_by_key_and_name() {
        assert_eq!(read_roles("buyer; Main contact|FREIGABE", &[]), ["buyer", "main_contact", "approver"]);
        assert_eq!(read_roles(" ; ", &[]), Vec::<String>::new());
        assert_eq!(read_roles("owner", &[]), ["owner"]);
        for role in Role::ALL {
            assert_eq!(read_roles(role.key(), &[]), [role.key()]);
        }
    }

    #[test]
    fn own_roles_are_known_by_name() {
        let id = "01970000-0000-7000-8000-00000000000a";
        let role = model::RoleRef::from_key(id).unwrap();
        let own = [RoleLabel { role, own_name: "Büro Süd".to_owned() }];
        assert_eq!(read_roles("BÜRO  süd; buyer; Büro", &own), [id, "buyer", "Büro"]);
        assert!(is_built_in("Main-Contact") && is_built_in("einkauf") && !is_built_in("Büro"));
    }

    #[test]
    fn salutations_are_known_in_both_languages() {
        assert_eq!(["Frau", "Mr.", "", "Dr."].map(read_salutation), ["ms", "mr", "none", "Dr."]);
    }
}
