use std::collections::HashMap;

use model::{DifferenceKind as Kind, Email, UserId};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::erp::{ErpContact, MAX_CONTACTS};
use crate::store::{Row, StoreError};

/// The columns that [`Person::read`] reads, of `members m`.
pub(super) const COLUMNS: &str =
    "SELECT m.user_id, m.name, m.name_key, m.email, m.contact_key, m.contact_number,
    m.deactivated_at FROM members m WHERE m.company_id = ";

/// A user as the shop has it.
pub(super) struct Person {
    pub user: UserId,
    pub name: String,
    pub name_key: String,
    pub email: Email,
    pub contact_key: Option<String>,
    pub contact_number: String,
    pub deactivated: bool,
}

impl Person {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            user: row.get("user_id")?,
            name: row.get("name")?,
            name_key: row.get("name_key")?,
            email: row.get("email")?,
            contact_key: row.get("contact_key")?,
            contact_number: row.get("contact_number")?,
            deactivated: row.get::<Option<i64>>("deactivated_at")?.is_some(),
        })
    }
}

/// What the ERP says of a person.
pub(super) enum Counterpart<'a> {
    /// The contact that the user stands under.
    Contact(&'a ErpContact),
    /// The ERP has no such contact any more.
    Gone,
    /// The user stands under none, but this one has the same email and nobody stands under it.
    SameEmail(&'a ErpContact),
    /// The user stands under none.
    Nobody,
}

/// The contacts of a customer, to be looked up.
pub(super) struct Contacts<'a> {
    by_key: HashMap<String, &'a ErpContact>,
    /// Only those that nobody stands under.
    by_email: HashMap<&'a str, &'a ErpContact>,
    /// No contact is left out, so that one that is not here is gone.
    whole: bool,
}

impl<'a> Contacts<'a> {
    /// `taken` says whether a user stands under a contact.
    pub(super) fn new(contacts: &'a [ErpContact], taken: impl Fn(&str) -> bool) -> Self {
        let by_key: HashMap<_, _> = contacts.iter().map(|contact| (contact.number.key(), contact)).collect();
        let mut by_email = HashMap::new();
        for contact in contacts.iter().filter(|contact| !taken(&contact.number.key())) {
            if let Some(email) = &contact.email {
                by_email.entry(email.as_str()).or_insert(contact);
            }
        }
        Self { by_key, by_email, whole: contacts.len() < MAX_CONTACTS }
    }

    /// What the ERP says of this person; `None` when it has to be asked for the contact.
    pub(super) fn counterpart(&self, person: &Person) -> Option<Counterpart<'a>> {
        let Some(key) = &person.contact_key else {
            let same = self.by_email.get(person.email.as_str()).copied();
            return Some(same.map_or(Counterpart::Nobody, Counterpart::SameEmail));
        };
        match self.by_key.get(key).copied() {
            Some(contact) => Some(Counterpart::Contact(contact)),
            None if self.whole => Some(Counterpart::Gone),
            None => None,
        }
    }
}

/// A difference with the values on either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub kind: Kind,
    /// What the shop has; empty for nothing.
    pub shop: String,
    /// What the ERP has; empty for nothing.
    pub erp: String,
}

impl Difference {
    fn new(kind: Kind, shop: &str, erp: &str) -> Self {
        Self { kind, shop: shop.to_owned(), erp: erp.to_owned() }
    }

    /// The same for the same values on both sides, in 32 hexadecimal digits.
    pub(super) fn fingerprint(&self) -> String {
        let mut hasher = Sha256::new();
        for text in [self.kind.key(), &self.shop, &self.erp] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text);
        }
        hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How a person differs from what the ERP says.
pub(super) fn compare(person: &Person, counterpart: &Counterpart<'_>) -> Vec<Difference> {
    let contact = match counterpart {
        Counterpart::Contact(contact) => contact,
        Counterpart::Gone => return vec![Difference::new(Kind::Gone, &person.contact_number, "")],
        Counterpart::SameEmail(contact) => {
            let erp = format!("{} · {}", contact.number, contact.name);
            return vec![Difference::new(Kind::Unlinked, "", &erp)];
        }
        Counterpart::Nobody => return vec![Difference::new(Kind::NoContact, person.email.as_str(), "")],
    };
    let mut differences = Vec::new();
    if folded(&person.name) != folded(&contact.name) {
        differences.push(Difference::new(Kind::Name, &person.name, &contact.name));
    }
    match &contact.email {
        None => differences.push(Difference::new(Kind::EmailMissing, person.email.as_str(), "")),
        Some(email) if *email != person.email => {
            differences.push(Difference::new(Kind::Email, person.email.as_str(), email.as_str()));
        }
        Some(_) => {}
    }
    differences
}

/// Spaces and the way in which accents are stored are no difference.
fn folded(name: &str) -> String {
    let name: String = name.nfc().collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use model::{ContactNumber, Salutation};

    use super::*;

    fn person(name: &str, email: &str, contact: Option<&str>) -> Person {
        Person {
            user: UserId(uuid::Uuid::nil()),
            name: name.to_owned(),
            name_key: String::new(),
            email: Email::parse(email).unwrap(),
            contact_key: contact.map(str::to_owned),
            contact_number: contact.unwrap_or_default().to_owned(),
            deactivated: false,
        }
    }

    fn contact(number: &str, name: &str, email: Option<&str>) -> ErpContact {
        ErpContact {
            number: ContactNumber::parse(number).unwrap(),
            salutation: Salutation::None,
            name: name.to_owned(),
            email: email.map(|email| Email::parse(email).unwrap()),
            is_main: false,
        }
    }

    fn kinds(person: &Person, contacts: &Contacts<'_>) -> Vec<Kind> {
        let counterpart = contacts.counterpart(person).unwrap();
        compare(person, &counterpart).into_iter().map(|difference| difference.kind).collect()
    }

    #[test]
    fn only_what_differs_is_a_difference() {
        let erp = [
            contact("KT1", "Zoe\u{308}  Lind ", Some("zoe@b.example")),
            contact("KT2", "Kim", None),
            contact("KT3", "Ines", Some("ines@b.example")),
        ];
        let contacts = Contacts::new(&erp, |key| key != "KT3");
        let of = |name, email, number| kinds(&person(name, email, number), &contacts);
        assert_eq!(of("Zoë Lind", "zoe@b.example", Some("KT1")), []);
        assert_eq!(of("Zoe Lind", "z@b.example", Some("KT1")), [Kind::Name, Kind::Email]);
        assert_eq!(of("Kim", "kim@b.example", Some("KT2")), [Kind::EmailMissing]);
        assert_eq!(of("Kim", "kim@b.example", Some("KT9")), [Kind::Gone]);
        assert_eq!(of("Anything", "ines@b.example", None), [Kind::Unlinked]);
        // Somebody stands under that contact already.
        assert_eq!(of("Zoë Lind", "zoe@b.example", None), [Kind::NoContact]);
    }

    #[test]
    fn what_a_cut_list_lacks_is_asked_for() {
        let erp: Vec<_> = (0..MAX_CONTACTS).map(|n| contact(&format!("K{n}"), "Kim", None)).collect();
        let contacts = Contacts::new(&erp, |_| true);
        assert!(contacts.counterpart(&person("Kim", "kim@b.example", Some("KT9"))).is_none());
        assert!(contacts.counterpart(&person("Kim", "kim@b.example", Some("K7"))).is_some());
    }

    #[test]
    fn a_fingerprint_tells_the_sides_apart() {
        let print = |shop, erp| Difference::new(Kind::Name, shop, erp).fingerprint();
        assert_eq!(print("a", "b"), print("a", "b"));
        assert_ne!(print("a", "b"), print("b", "a"));
        assert_ne!(print("ab", ""), print("a", "b"));
        assert_ne!(print("a", "b"), Difference::new(Kind::Email, "a", "b").fingerprint());
        assert_eq!(print("a", "b").len(), 32);
    }
}
