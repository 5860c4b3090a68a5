use model::{DifferenceKind as Kind, DifferenceName, Email, ErrorCode, PersonName, ValidUser};

use super::compare::{COLUMNS, Contacts, Counterpart, Difference, Person, compare};
use super::page::ask;
use crate::access::{self, Actor, Held, Operation};
use crate::accounts::typed_lately;
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::ErpContact;
use crate::store::{Sql, args};
use crate::users::contacts::{customer_number, taken};
use crate::users::found::{Found, lock_member};
use crate::users::guard::{lock_person, may_grant};
use crate::users::manage::{Edited, save};
use crate::users::roles::{RoleBook, roles_of};
use crate::users::switch::deactivate;
use crate::{Center, Error};

/// A difference that is there, as it was shown.
struct Shown {
    person: Person,
    /// What the ERP has of the person.
    contact: Option<ErpContact>,
    difference: Difference,
}

impl Shown {
    /// Looks for a difference again, in the shop and in the ERP.
    ///
    /// # Errors
    /// `NotFound` when the company has no such user, `DifferenceChanged` when it is not there any more
    /// or has other values, `ErpUnavailable`
    async fn find(center: &Center, held: &Held<'_>, name: &DifferenceName) -> Result<Self, Error> {
        let (text, values) =
            Sql::new(COLUMNS).bind(held.company).push(" AND m.user_id = ").bind(name.user).build();
        let row = center.db().read().await?.optional(text, values).await?.ok_or(ErrorCode::NotFound)?;
        let person = Person::read(&row)?;
        if person.deactivated {
            return Err(ErrorCode::DifferenceChanged.into());
        }
        let (contact, found) = if person.contact_key.is_some() {
            let contact = ask(center, held, &person).await?;
            let found = compare(&person, &contact.as_ref().map_or(Counterpart::Gone, Counterpart::Contact));
            (contact, found)
        } else {
            let contacts = center.erp().contacts(&customer_number(held)?).await?;
            let taken = taken(center, held, &contacts).await?;
            let known = Contacts::new(&contacts, |key| taken.has_key(key));
            match known.counterpart(&person) {
                Some(Counterpart::SameEmail(contact)) => {
                    (Some(contact.clone()), compare(&person, &Counterpart::SameEmail(contact)))
                }
                _ => (None, compare(&person, &Counterpart::Nobody)),
            }
        };
        let shown =
            |difference: &Difference| difference.kind == name.kind && difference.fingerprint() == name.seen;
        let difference = found.into_iter().find(shown).ok_or(ErrorCode::DifferenceChanged)?;
        Ok(Self { person, contact, difference })
    }

    /// Refuses when the user was changed since, now that nobody else can.
    fn stays(&self, found: &Found) -> Result<(), Error> {
        let same = found.name == self.person.name && found.email == self.person.email && !found.deactivated;
        if same { Ok(()) } else { Err(ErrorCode::DifferenceChanged.into()) }
    }
}

/// What came of taking a difference over from the ERP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenOver {
    /// The shop has now what the ERP has.
    Saved,
    /// The new address counts once its owner has confirmed it.
    EmailWaits,
    /// The user, whose contact is gone, was switched off.
    Deactivated,
}

/// Makes the shop agree with the ERP: by its name, its email (to be confirmed, and the old address is
/// told), its contact number; who is gone from it is switched off.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `WrongState` for a kind with nothing to take over, `ErpUnavailable`;
/// for names and emails as [`crate::users::edit`], for leavers as [`crate::users::deactivate`]
pub async fn take_difference(
    center: &Center,
    actor: &Actor,
    name: &DifferenceName,
) -> Result<TakenOver, Error> {
    let held = access::in_company(actor, Operation::UsersTakeDifference)?;
    let shown = Shown::find(center, &held, name).await?;
    let user = name.user;
    match (shown.difference.kind, &shown.contact) {
        (Kind::Gone, _) => {
            deactivate(center, actor, user).await?;
            Ok(TakenOver::Deactivated)
        }
        (Kind::Unlinked, Some(contact)) => {
            link(center, actor, &held, &shown, contact).await?;
            Ok(TakenOver::Saved)
        }
        (Kind::Name | Kind::Email, Some(contact)) => {
            let change = |found: &Found| -> Result<ValidUser, Error> {
                shown.stays(found)?;
                as_in_erp(found, shown.difference.kind, contact)
            };
            let event = Some(Event::DifferenceTaken);
            Ok(match save(center, actor, &held, user, event, change).await? {
                Edited::Saved => TakenOver::Saved,
                Edited::EmailWaits => TakenOver::EmailWaits,
            })
        }
        _ => Err(ErrorCode::WrongState.into()),
    }
}

/// The user as it stands, with one value of the ERP.
fn as_in_erp(found: &Found, kind: Kind, contact: &ErpContact) -> Result<ValidUser, Error> {
    let name = if kind == Kind::Name { &contact.name } else { &found.name };
    let email = if kind == Kind::Email { contact.email.as_ref() } else { None };
    Ok(ValidUser {
        salutation: found.salutation,
        name: PersonName::parse(name).map_err(|issue| Error::field("name", issue))?,
        email: email.unwrap_or(&found.email).clone(),
        roles: found.roles.clone(),
        budget_order: found.budgets.0,
        budget_month: found.budgets.1,
    })
}

/// Puts the user under the contact with the same email.
async fn link(
    center: &Center,
    actor: &Actor,
    held: &Held<'_>,
    shown: &Shown,
    contact: &ErpContact,
) -> Result<(), Error> {
    let user = shown.person.user;
    let mut tx = center.db().write().await?;
    let found = lock_member(&mut tx, held, user).await?;
    shown.stays(&found)?;
    let linked = tx
        .execute(
            "UPDATE members SET contact_key = $3, contact_number = $4, version = version + 1
             WHERE company_id = $1 AND user_id = $2 AND contact_key IS NULL",
            args![held.company, user, contact.number.key(), &contact.number],
        )
        .await;
    match linked {
        Ok(1..) => {}
        Ok(0) => return Err(ErrorCode::DifferenceChanged.into()),
        // Somebody else stands under the contact by now.
        Err(error) if error.is_unique_violation() => return Err(ErrorCode::DifferenceChanged.into()),
        Err(error) => return Err(error.into()),
    }
    let entry = Entry::by(actor, Event::DifferenceTaken).subject(user).change(
        Fact::Contact,
        None::<&str>,
        Some(contact.number.as_str()),
    );
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Makes the ERP agree with the shop, if it lets the portal change contacts.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `WrongState` for a kind or an ERP that takes no change, `GrantLacking`,
/// `ReauthRequired` for the address of a main contact, `ErpUnavailable`
pub async fn tell_difference(center: &Center, actor: &Actor, name: &DifferenceName) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersTellDifference)?;
    let shown = Shown::find(center, &held, name).await?;
    let (Some(writer), Some(before)) = (center.erp().contact_writer(), &shown.contact) else {
        return Err(ErrorCode::WrongState.into());
    };
    let person = &shown.person;
    let (name, email): (&str, Option<&Email>) = match shown.difference.kind {
        Kind::Name => (&person.name, before.email.as_ref()),
        Kind::Email | Kind::EmailMissing => (&before.name, Some(&person.email)),
        Kind::Unlinked | Kind::NoContact | Kind::Gone => return Err(ErrorCode::WrongState.into()),
    };
    let mut conn = center.db().read().await?;
    let book = RoleBook::of(&mut conn, held.company).await?;
    let roles = roles_of(&mut conn, &book, held.company, &[person.user]).await?.concat();
    drop(conn);
    may_grant(&held, &book, &roles)?;
    if email != before.email.as_ref() && book.administer(&roles) {
        typed_lately(center, held.who)?;
    }
    let after = ErpContact { name: name.to_owned(), email: email.cloned(), ..before.clone() };
    // The ERP may be anywhere, so that no transaction spans both; what it took is noted right after.
    if !writer.change_contact(&customer_number(&held)?, before, &after).await? {
        return Err(ErrorCode::DifferenceChanged.into());
    }
    let was = Some(shown.difference.erp.as_str()).filter(|erp| !erp.is_empty());
    let entry = Entry::by(actor, Event::DifferenceTold).subject(person.user).change(
        Fact::InErp,
        was,
        shown.difference.shop.as_str(),
    );
    let mut tx = center.db().write().await?;
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Leaves a difference as it is, until one of the values is another.
///
/// # Errors
/// `NotFound`, `DifferenceChanged`, `ErpUnavailable`
pub async fn ignore_difference(center: &Center, actor: &Actor, name: &DifferenceName) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersIgnoreDifference)?;
    let Shown { difference, .. } = Shown::find(center, &held, name).await?;
    let mut tx = center.db().write().await?;
    lock_person(&mut tx, held.company, name.user).await?;
    let ignored = tx
        .execute(
            "INSERT INTO ignored_differences (company_id, user_id, kind, fingerprint, ignored_at, ignored_by)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (company_id, user_id, kind) DO UPDATE SET fingerprint = excluded.fingerprint,
                 ignored_at = excluded.ignored_at, ignored_by = excluded.ignored_by
             WHERE ignored_differences.fingerprint <> excluded.fingerprint",
            args![held.company, name.user, name.kind.key(), &name.seen, center.now(), held.user],
        )
        .await?;
    if ignored > 0 {
        let entry = told(Entry::by(actor, Event::DifferenceIgnored).subject(name.user), &difference);
        audit::append(center, &mut tx, entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Both sides of a difference, as far as there is anything.
fn told(entry: Entry, difference: &Difference) -> Entry {
    let sides = [(Fact::InShop, &difference.shop), (Fact::InErp, &difference.erp)];
    sides
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .fold(entry, |entry, (fact, value)| entry.fact(fact, value.as_str()))
}

/// Lists an ignored difference again.
///
/// # Errors
/// `NotFound`, `DifferenceChanged` when it is not ignored as it was shown
pub async fn recall_difference(center: &Center, actor: &Actor, name: &DifferenceName) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersRecallDifference)?;
    let mut tx = center.db().write().await?;
    lock_person(&mut tx, held.company, name.user).await?;
    let recalled = tx
        .execute(
            "DELETE FROM ignored_differences WHERE company_id = $1 AND user_id = $2 AND kind = $3 AND fingerprint = $4",
            args![held.company, name.user, name.kind.key(), &name.seen],
        )
        .await?;
    if recalled == 0 {
        return Err(ErrorCode::DifferenceChanged.into());
    }
    let entry = Entry::by(actor, Event::DifferenceRecalled).subject(name.user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
