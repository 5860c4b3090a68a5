//! The merchant's own people. They are recorded on the command line; where they sign in is the
//! Back Office.

use model::{Email, PersonName};

use crate::audit::{self, Entry, Event, Fact};
use crate::store::args;
use crate::{Center, Error};

/// Roles of staff (product reference, §3).
const ROLES: [&str; 4] = ["administrator", "service", "editor", "auditor"];

/// Records a person.
///
/// # Errors
/// [`Error::Fault`] saying what is wrong with which value, or that the address is recorded already.
pub async fn create(center: &Center, email: &str, name: &str, role: &str) -> Result<(), Error> {
    let wrong = |what: &str| Error::Fault(what.to_owned());
    let email = Email::parse(email).map_err(|_| wrong("the email has to look like name@example.com"))?;
    let name =
        PersonName::parse(name).map_err(|_| wrong("the name has to have 1 to 50 characters on one line"))?;
    if !ROLES.contains(&role) {
        return Err(Error::Fault(format!("the role has to be one of {}", ROLES.join(", "))));
    }
    let mut tx = center.db().write().await?;
    let made = tx
        .execute(
            "INSERT INTO staff (id, email, name, role, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING",
            args![center.new_id(), &email, &name, role, center.now()],
        )
        .await?;
    if made == 0 {
        return Err(Error::Fault(format!("{email} is recorded already")));
    }
    let entry =
        Entry::system(Event::StaffCreated).fact(Fact::Email, email.as_str()).fact(Fact::StaffRole, role);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
