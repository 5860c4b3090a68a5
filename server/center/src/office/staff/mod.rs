//! The merchant's people: who they are, who comes and goes, and what each may do.

mod change;
mod invite;
mod list;

pub use change::{activate, deactivate, reset_second_step, set_role};
pub use invite::{invite, send_link};
pub use list::{get, list};

use model::{Email, PersonName, StaffId, StaffRole};

use super::links;
use crate::audit::{self, Entry, Event, Fact};
use crate::store::args;
use crate::{Center, Error, Token};

/// Records a person from the command line, as the first administrator has to be. Answers the token of the
/// link with which the person sets a password, which nobody else ever knows.
///
/// # Errors
/// [`Error::Fault`] saying what is wrong with which value, or that the address is recorded already.
pub async fn create(center: &Center, email: &str, name: &str, role: &str) -> Result<Token, Error> {
    let wrong = |what: &str| Error::Fault(what.to_owned());
    let email = Email::parse(email).map_err(|_| wrong("the email has to look like name@example.com"))?;
    let name =
        PersonName::parse(name).map_err(|_| wrong("the name has to have 1 to 50 characters on one line"))?;
    let role = StaffRole::from_key(role)
        .ok_or_else(|| wrong("the role has to be administrator, service, editor or auditor"))?;
    let staff = StaffId(center.new_id());
    let locale = crate::shop::read(center).await?.locale;
    let mut tx = center.db().write().await?;
    let made = tx
        .execute(
            "INSERT INTO staff (id, email, name, role, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (email) DO NOTHING",
            args![staff, &email, &name, role, locale, center.now()],
        )
        .await?;
    if made == 0 {
        return Err(Error::Fault(format!("{email} is recorded already")));
    }
    let token = Token::new(center.entropy());
    links::request(center, &mut tx, staff, Some(&token)).await?;
    let entry = Entry::system(Event::StaffCreated)
        .about_staff(staff)
        .fact(Fact::Email, email.as_str())
        .fact(Fact::StaffRole, role.key());
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(token)
}
