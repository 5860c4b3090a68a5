use model::{
    ACCESS_MESSAGE_MAX, AccessRequestId, CompanyId, Email, ErrorCode, FieldError, FieldIssue, Locale,
    PersonName, several_lines,
};

use super::row::{Activation, Addressee};
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::clock::DAY;
use crate::erp::ErpError;
use crate::store::{StoreError, Value, args};
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
/// contacts are mailed later, by a job. `false` while nobody has activated the company: the request waits for that.
///
/// # Errors
/// `FeatureOff`, `LinkInvalid` when the activation has ended, `WrongState` when the company is switched off,
/// the fields to correct, `TooManyRequests`, [`Error::Store`]
pub async fn request_access(
    center: &Center,
    actor: &Actor,
    browser: &str,
    form: Asking<'_>,
) -> Result<bool, Error> {
    access::authorize(actor, Operation::ActivationRequestAccess)?;
    let mut conn = center.db().read().await?;
    let row = Activation::of_browser(&mut conn, center, browser)
        .await?
        .filter(|row| row.state == "ineligible")
        .ok_or(ErrorCode::LinkInvalid)?;
    let addressee = Addressee::of(&mut conn, &row.customer_number).await?;
    if matches!(addressee, Addressee::Nobody) {
        return Err(ErrorCode::WrongState.into());
    }
    if let Some(feature) =
        Operation::ActivationRequestAccess.spec().closed_by(addressee.off(&mut conn).await?)
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
    let (sql, whose, company) = match addressee {
        Addressee::Company(company) => (KEEP, Value::from(company), Some(company)),
        Addressee::Early | Addressee::Nobody => (KEEP_EARLY, Value::from(customer), None),
    };
    let mut tx = center.db().write().await?;
    let kept = tx
        .execute(
            sql,
            args![
                center.new_id(),
                whose,
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
        let mut entry = Entry::from_browser(client, Event::AccessRequested)
            .company(company)
            .fact(Fact::Name, name.as_str())
            .fact(Fact::Email, email.as_str());
        if company.is_none() {
            entry = entry.fact(Fact::Customer, row.customer_number.as_str());
        }
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(company.is_some())
}

/// An open request is changed. One that has ended but was not cleared away yet begins anew.
const KEEP: &str =
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
         ends_at = excluded.ends_at";

/// The same for a company that is still to be activated; nobody was told of these.
const KEEP_EARLY: &str = "INSERT INTO early_access_requests (id, customer_key, name, email, message, locale, contact_number,
         contact_name, created_at, ends_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 WHERE $11
     ON CONFLICT (customer_key, email) DO UPDATE SET
         name = excluded.name, message = excluded.message, locale = excluded.locale,
         contact_number = excluded.contact_number, contact_name = excluded.contact_name, ends_at = excluded.ends_at";

/// Hands requests that waited for a company to it, once somebody has activated it.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn hand_over_early_requests(center: &Center) -> Result<(), StoreError> {
    let waiting = "SELECT w.id, c.id AS company_id FROM early_access_requests w
         JOIN companies c ON c.customer_key = w.customer_key WHERE w.ends_at > $1
         ORDER BY w.created_at, w.id LIMIT 100";
    let rows = center.db().read().await?.all(waiting, args![center.now()]).await?;
    for row in rows {
        hand_over(center, row.get("id")?, row.get("company_id")?).await?;
    }
    Ok(())
}

/// Nothing where another node was quicker, where the person has asked the company itself meanwhile, or is one of its
/// users by now.
async fn hand_over(center: &Center, id: AccessRequestId, company: CompanyId) -> Result<(), StoreError> {
    let mut tx = center.db().write().await?;
    // What is taken away is what is handed over, whatever was asked for once more in between.
    let sql = "DELETE FROM early_access_requests WHERE id = $1
         RETURNING name, email, message, locale, contact_number, contact_name, created_at";
    let Some(asked) = tx.optional(sql, args![id]).await? else { return Ok(()) };
    let (name, email): (String, Email) = (asked.get("name")?, asked.get("email")?);
    let now = center.now();
    let kept = tx
        .execute(
            "INSERT INTO access_requests (id, company_id, name, email, message, locale, contact_number, contact_name,
                 created_at, ends_at)
             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
             WHERE NOT EXISTS (SELECT 1 FROM members WHERE company_id = $2 AND email = $4) ON CONFLICT DO NOTHING",
            args![
                id,
                company,
                &name,
                &email,
                asked.get::<String>("message")?,
                asked.get::<Locale>("locale")?,
                asked.get::<String>("contact_number")?,
                asked.get::<String>("contact_name")?,
                asked.get::<Instant>("created_at")?,
                now + LIFE
            ],
        )
        .await?;
    if kept > 0 {
        let entry = Entry::system(Event::AccessRequested)
            .company(Some(company))
            .fact(Fact::Name, name.as_str())
            .fact(Fact::Email, email.as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await
}
