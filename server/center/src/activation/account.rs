use model::{CompanyId, Email, ErrorCode, Notice, PersonName, Role, UserId};

use super::decide::{Decision, Match, decide};
use super::row::Activation;
use crate::access::Actor;
use crate::accounts::{self, sessions};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::ErpCustomer;
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, Tx, args};
use crate::users::{main_contacts, name_key};
use crate::{Center, Error, Token};

/// Makes the account in one transaction and signs in. The ERP is asked once more, so that what
/// changed since the first step counts. `None` when the address has got an account meanwhile.
pub(super) async fn create_account(
    center: &Center,
    actor: &Actor,
    row: &Activation,
) -> Result<Option<(Token, Option<CompanyId>)>, Error> {
    let (found, administrates) =
        match decide(center, &row.customer_number, &row.invoice_number, &row.email).await? {
            Decision::Administrator(found) => (found, true),
            Decision::BusinessUser(found) => (found, false),
            Decision::AlreadyActive => return already_active(center, row).await,
            Decision::NoMatch | Decision::Ineligible { .. } => return Err(ErrorCode::NoMatch.into()),
        };
    let name = PersonName::parse(&format!("{} {}", row.first_name, row.last_name))
        .map_err(|e| Error::field("last_name", e))?;
    let hash = row.password_hash.clone().ok_or(ErrorCode::LinkInvalid)?;
    let now = center.now();
    let mut tx = center.db().write().await?;
    // Of several that finish at once exactly one goes on.
    let sql = "UPDATE activations SET state = 'done', password_hash = NULL WHERE id = $1 AND state IN ('you', 'code', 'resumed')";
    if tx.execute(sql, args![row.id.0]).await? == 0 {
        return Err(ErrorCode::LinkInvalid.into());
    }
    // The company before the person, as everywhere, so that no two wait for each other: a colleague
    // may be inviting this very address.
    let joined =
        if administrates { Some(open_company(center, &mut tx, &found.customer).await?) } else { None };
    let user = UserId(center.new_id());
    let inserted = tx
        .execute(
            "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (email) DO NOTHING",
            args![user, &row.email, row.salutation, &name, row.locale, hash, now],
        )
        .await?;
    if inserted == 0 {
        drop(tx);
        return already_active(center, row).await;
    }
    if let Some(joined) = &joined {
        add_main_contact(center, &mut tx, &found, joined, user, &name, row).await?;
    } else {
        tx.execute(
            "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, contact_number, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![
                user,
                found.customer.number.key(),
                &found.customer.number,
                &found.customer.name,
                found.customer.currency.code(),
                contact_number(&found),
                now
            ],
        )
        .await?;
    }
    let company = joined.as_ref().map(|joined| joined.id);
    let roles = if administrates { Role::MainContact.key() } else { "" };
    let mail = Mail::new(MailKind::AccountActivated, row.email.clone(), row.locale)
        .fact("name", name.as_str())
        .fact("company", if administrates { found.customer.name.as_str() } else { "" })
        .fact("customer_number", found.customer.number.as_str())
        .fact("login", row.email.as_str())
        .fact("roles", roles)
        .about(user, company);
    let replaces = actor.signed_in().map(|who| who.session);
    let token = sessions::begin(center, &mut tx, user, company, actor.client(), replaces).await?;
    mail::enqueue(center, &mut tx, mail).await?;
    if joined.is_some_and(|joined| joined.is_new) {
        let entry = Entry::system(Event::CompanyCreated)
            .company(company)
            .fact(Fact::Customer, found.customer.number.as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    let entry = Entry::from_browser(actor.client(), Event::UserActivated).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(Some((token, company)))
}

async fn already_active<T>(center: &Center, row: &Activation) -> Result<Option<T>, Error> {
    let mut tx = center.db().write().await?;
    tx.execute("UPDATE activations SET state = 'already_active', password_hash = NULL WHERE id = $1 AND state <> 'done'", args![row.id.0]).await?;
    tx.commit().await?;
    Ok(None)
}

fn contact_number(found: &Match) -> String {
    found.contact.as_ref().map(|c| c.number.to_string()).unwrap_or_default()
}

/// A company that somebody joins.
pub(crate) struct Joined {
    pub(crate) id: CompanyId,
    /// It was made just now.
    pub(crate) is_new: bool,
}

/// The company of the customer, made if it is not there yet, and locked.
pub(crate) async fn open_company(
    center: &Center,
    tx: &mut Tx,
    customer: &ErpCustomer,
) -> Result<Joined, Error> {
    let slug = slug(&customer.name);
    let mut created = 0;
    let mut attempt = 0;
    loop {
        let candidate = if attempt == 0 { slug.clone() } else { format!("{slug}-{}", attempt + 1) };
        // Conflicts on the customer number (it was activated before) and on the slug (another
        // company is called the same) both do nothing; which one it was shows below.
        created += tx
            .execute(
                "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                args![
                    center.new_id(),
                    customer.number.key(),
                    &customer.number,
                    &customer.name,
                    candidate,
                    customer.currency.code(),
                    center.settings().time_zone.as_str(),
                    center.now()
                ],
            )
            .await?;
        let sql = "UPDATE companies SET version = version + 1 WHERE customer_key = $1 RETURNING id, active";
        if let Some(company) = tx.optional(sql, args![customer.number.key()]).await? {
            if !company.get::<bool>("active")? {
                return Err(ErrorCode::NoMatch.into());
            }
            return Ok(Joined { id: company.get("id")?, is_new: created > 0 });
        }
        attempt += 1;
        if attempt > 1_000 {
            return Err(Error::Fault(format!("no free address for a company named {}", customer.name)));
        }
    }
}

/// Makes the user a main contact of the company, and tells those who were it before.
async fn add_main_contact(
    center: &Center,
    tx: &mut Tx,
    found: &Match,
    joined: &Joined,
    user: UserId,
    name: &PersonName,
    row: &Activation,
) -> Result<(), StoreError> {
    let (company, now) = (joined.id, center.now());
    if !joined.is_new {
        tell_main_contacts(center, tx, company, &found.customer.name, name, &row.email).await?;
    }
    let contact_key = found.contact.as_ref().map(|c| c.number.key());
    // A colleague may stand under this contact already; then the number stays with the colleague.
    let sql = "SELECT 1 AS n FROM members WHERE company_id = $1 AND contact_key = $2";
    let contact_key = match &contact_key {
        Some(key) if tx.optional(sql, args![company, key.as_str()]).await?.is_some() => None,
        _ => contact_key,
    };
    tx.execute(
        "INSERT INTO members (company_id, user_id, name, name_key, email, contact_key, contact_number, accepted_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        args![company, user, name, name_key(name.as_str()), &row.email, contact_key, contact_number(found), now],
    )
    .await?;
    let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
    tx.execute(sql, args![company, user, Role::MainContact]).await?;
    Ok(())
}

async fn tell_main_contacts(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    company_name: &str,
    new_name: &PersonName,
    new_email: &Email,
) -> Result<(), StoreError> {
    for contact in main_contacts(tx, company).await? {
        if !accounts::wants(tx, contact.user, Notice::FurtherAdministrator).await? {
            continue;
        }
        let mail = Mail::new(MailKind::FurtherAdministrator, contact.email, contact.locale)
            .fact("name", contact.name)
            .fact("new_name", new_name.as_str())
            .fact("new_email", new_email.as_str())
            .fact("company", company_name)
            .about(contact.user, Some(company));
        mail::enqueue(center, tx, mail).await?;
    }
    Ok(())
}

/// The part of a company's own sign-in address: letters, digits and hyphens of its name.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name_key(name).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug: String = slug.chars().take(60).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "company".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Müller & Söhne GmbH"), "muller-sohne-gmbh");
        assert_eq!(slug("  \"A\" Bike-Store!"), "a-bike-store");
        assert_eq!(slug("株式会社"), "company");
    }
}
