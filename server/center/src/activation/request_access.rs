use model::{ACCESS_MESSAGE_MAX, Email, ErrorCode, FieldError, FieldIssue, PersonName, several_lines};

use super::row::{Activation, company_of, company_off};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::clock::DAY;
use crate::erp::ErpError;
use crate::store::args;
use crate::throttle::{self, ACCESS_ADDRESS, ACCESS_CUSTOMER, ACCESS_MAILBOX};
use crate::{Center, Error, Instant};

/// A request ends undecided after this time.
const LIFE: Instant = 30 * DAY;

/// What somebody sends who asks for access.
pub struct Asking<'a> {
    /// Full name
    pub name: &'a str,
    /// Where the answer goes
    pub email: &'a str,
    /// For the main contacts; may be empty.
    pub message: &'a str,
}

/// Asks the main contacts of a company for access. Only for a browser that has proven customer
/// number and invoice number, and was sent to the administrator. The answer is the same, and takes
/// the same work, whether the address has an account, was asked for before, or is new; the main
/// contacts are mailed later, by a job.
///
/// # Errors
/// `FeatureOff`, `LinkInvalid` when the activation has ended, `WrongState` when nobody has activated the company,
/// the fields to correct, `TooManyRequests`, [`Error::Store`]
pub async fn request_access(
    center: &Center,
    actor: &Actor,
    browser: &str,
    form: Asking<'_>,
) -> Result<(), Error> {
    access::authorize(actor, Operation::ActivationRequestAccess)?;
    let mut conn = center.db().read().await?;
    let row = Activation::of_browser(&mut conn, center, browser)
        .await?
        .filter(|row| row.state == "ineligible")
        .ok_or(ErrorCode::LinkInvalid)?;
    let company = company_of(&mut conn, &row.customer_number).await?.ok_or(ErrorCode::WrongState)?;
    if let Some(feature) =
        Operation::ActivationRequestAccess.spec().closed_by(company_off(&mut conn, company).await?)
    {
        return Err(ErrorCode::FeatureOff { feature }.into());
    }
    drop(conn);

    let mut errors: Vec<FieldError> = Vec::new();
    let mut note =
        |field: &str, issue: FieldIssue| errors.push(FieldError { field: field.to_owned(), issue });
    let name = PersonName::parse(form.name).map_err(|e| note("name", e)).ok();
    let email = Email::parse(form.email).map_err(|e| note("email", e.into())).ok();
    let message =
        several_lines(form.message, ACCESS_MESSAGE_MAX as usize).map_err(|e| note("message", e)).ok();
    let (Some(name), Some(email), Some(message)) = (name, email, message) else {
        return Err(errors.into());
    };

    let client = actor.client();
    let customer = row.customer_number.key();
    throttle::spend(center, ACCESS_ADDRESS, &client.source()).await?;
    throttle::spend(center, ACCESS_CUSTOMER, &customer).await?;
    // Above this limit the answer stays the same and nothing is kept, so that nobody learns whether
    // the address was asked for before.
    let (count, _) = throttle::count(center, ACCESS_MAILBOX, &format!("{customer} {email}")).await?;
    let contact = match center.erp().contacts(&row.customer_number).await {
        Ok(contacts) => contacts.into_iter().find(|contact| contact.email.as_ref() == Some(&email)),
        Err(ErpError::Unavailable(reason)) => {
            tracing::warn!(event = "erp_unavailable", %reason);
            None
        }
        Err(error) => return Err(error.into()),
    };
    let (contact_number, contact_name) =
        contact.map(|contact| (contact.number.to_string(), contact.name)).unwrap_or_default();

    let now = center.now();
    let mut tx = center.db().write().await?;
    // An open request is changed. One that has ended but was not cleared away yet begins anew.
    let kept = tx
        .execute(
            "INSERT INTO access_requests (id, company_id, name, email, message, locale, contact_number, contact_name,
                 created_at, ends_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 WHERE $11
             ON CONFLICT (company_id, email) WHERE decided_at IS NULL DO UPDATE SET
                 name = excluded.name, message = excluded.message, locale = excluded.locale,
                 contact_number = excluded.contact_number, contact_name = excluded.contact_name,
                 created_at = CASE WHEN access_requests.ends_at <= excluded.created_at THEN excluded.created_at
                     ELSE access_requests.created_at END,
                 told_at = CASE WHEN access_requests.ends_at <= excluded.created_at THEN NULL
                     ELSE access_requests.told_at END,
                 ends_at = excluded.ends_at",
            args![
                center.new_id(),
                company,
                &name,
                &email,
                message,
                client.locale,
                contact_number,
                contact_name,
                now,
                now + LIFE,
                count <= ACCESS_MAILBOX.allowed
            ],
        )
        .await?;
    if kept > 0 {
        let entry = Entry::from_browser(client, Event::AccessRequested)
            .company(Some(company))
            .fact(Fact::Name, name.as_str())
            .fact(Fact::Email, email.as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    Ok(tx.commit().await?)
}
