use model::{CompanyId, CustomerNumber, Email, ErrorCode, Locale, Notice, Role, UserId};

use super::decide::{Decision, Match, decide};
use super::login::{Login, own_session};
use super::row::Activation;
use crate::access::Actor;
use crate::accounts::{self, links, sessions};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::ErpCustomer;
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, Tx, args};
use crate::users::{main_contacts, name_key};
use crate::{Center, Error, Token};

/// What came of finishing an activation.
pub(super) enum Finished {
    /// Signed in: the session's token, and the company that it acts for.
    SignedIn(Token, Option<CompanyId>),
    /// The login that there was opens this place too. Whoever it is signs in with the password that it has.
    Joined {
        /// Of the company's own sign-in address; `None` for a customer without company.
        slug: Option<String>,
    },
    /// The address has an account for this customer.
    AlreadyActive,
    /// The address has a login, which nobody gets at without proving the mailbox. Nothing was done.
    Unproven,
}

/// Makes the account in one transaction and signs in; a login that there is gets a further place and
/// keeps its password. The ERP is asked once more, so that what changed since the first step counts.
/// `proven`: the mailbox is, by a code or a link.
pub(super) async fn create_account(
    center: &Center,
    actor: &Actor,
    row: &Activation,
    proven: bool,
) -> Result<Finished, Error> {
    let (found, administrates) =
        match decide(center, &row.customer_number, &row.invoice_number, &row.email).await? {
            Decision::Administrator(found) => (found, true),
            Decision::BusinessUser(found) => (found, false),
            Decision::AlreadyActive => return already_active(center, row).await,
            Decision::NoMatch | Decision::Ineligible { .. } => return Err(ErrorCode::NoMatch.into()),
        };
    let own = own_session(actor, row);
    let mut tx = center.db().write().await?;
    // Of several that finish at once exactly one goes on.
    let sql = "UPDATE activations SET state = 'done', password_hash = NULL WHERE id = $1 AND state IN ('you', 'code', 'resumed')";
    if tx.execute(sql, args![row.id.0]).await? == 0 {
        return Err(ErrorCode::LinkInvalid.into());
    }
    // The company before the person, as everywhere, so that no two wait for each other: a colleague
    // may be inviting this very address.
    let joined =
        if administrates { Some(open_company(center, actor, &mut tx, &found.customer).await?) } else { None };
    let login = Login::of(center, &mut tx, row).await?;
    let user = login.user;
    let company = joined.as_ref().map(|joined| joined.id);
    let added = match &joined {
        Some(joined) => add_main_contact(center, &mut tx, &found, joined, &login, row).await?,
        None => add_business_user(center, &mut tx, &found, user).await?,
    };
    if !added {
        drop(tx);
        return already_active(center, row).await;
    }
    if !login.is_new && !proven && own.is_none() {
        return Ok(Finished::Unproven);
    }
    let first_password = !login.is_new && login.set_first_password(center, &mut tx, row).await?;
    if login.is_new {
        told(center, &mut tx, MailKind::AccountActivated, &found, &login, row, company).await?;
    } else {
        told(center, &mut tx, MailKind::CompanyJoined, &found, &login, row, company).await?;
    }
    let replaces = actor.signed_in().map(|who| who.session);
    let token = match own {
        Some(who) => Some(sessions::carry(center, &mut tx, who, company).await?.0),
        None if login.is_new || first_password => {
            Some(sessions::begin(center, &mut tx, user, company, actor.client(), replaces).await?)
        }
        // A code proves the mailbox, but does not stand for the password.
        None => {
            tx.execute("DELETE FROM sessions WHERE id = $1", args![replaces]).await?;
            None
        }
    };
    if joined.is_some() {
        leave_business(center, &mut tx, &found.customer.number, user).await?;
    }
    if joined.as_ref().is_some_and(|joined| joined.is_new) {
        let entry = Entry::system(Event::CompanyCreated)
            .company(company)
            .fact(Fact::Customer, found.customer.number.as_str());
        audit::append(center, &mut tx, entry).await?;
    }
    let entry = Entry::from_browser(actor.client(), Event::UserActivated).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(match token {
        Some(token) => Finished::SignedIn(token, company),
        None => Finished::Joined { slug: joined.map(|joined| joined.slug) },
    })
}

async fn already_active(center: &Center, row: &Activation) -> Result<Finished, Error> {
    let mut tx = center.db().write().await?;
    tx.execute("UPDATE activations SET state = 'already_active', password_hash = NULL WHERE id = $1 AND state <> 'done'", args![row.id.0]).await?;
    tx.commit().await?;
    Ok(Finished::AlreadyActive)
}

/// Tells the person what came of it.
async fn told(
    center: &Center,
    tx: &mut Tx,
    kind: MailKind,
    found: &Match,
    login: &Login,
    row: &Activation,
    company: Option<CompanyId>,
) -> Result<(), StoreError> {
    // A further place is always named; who has only this one has no company to name.
    let named = company.is_some() || kind == MailKind::CompanyJoined;
    let mail = Mail::new(kind, row.email.clone(), row.locale)
        .fact("name", login.name.as_str())
        .fact("company", if named { found.customer.name.as_str() } else { "" })
        .fact("customer_number", found.customer.number.as_str())
        .fact("login", row.email.as_str())
        .fact("roles", if company.is_some() { Role::MainContact.key() } else { "" })
        .about(login.user, company);
    mail::enqueue(center, tx, mail).await?;
    Ok(())
}

fn contact_number(found: &Match) -> String {
    found.contact.as_ref().map(|c| c.number.to_string()).unwrap_or_default()
}

/// Whether the person became a business user of the customer; a login is one of a single customer.
async fn add_business_user(
    center: &Center,
    tx: &mut Tx,
    found: &Match,
    user: UserId,
) -> Result<bool, StoreError> {
    let added = tx
        .execute(
            "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, contact_number,
                 last_seen_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $7) ON CONFLICT (user_id) DO NOTHING",
            args![
                user,
                found.customer.number.key(),
                &found.customer.number,
                &found.customer.name,
                found.customer.currency.code(),
                contact_number(found),
                center.now()
            ],
        )
        .await?;
    Ok(added == 1)
}

/// A business user whose customer has a company now acts for that, and nowhere beside it.
pub(crate) async fn leave_business(
    center: &Center,
    tx: &mut Tx,
    customer: &CustomerNumber,
    user: UserId,
) -> Result<(), StoreError> {
    let sql = "DELETE FROM business_users WHERE user_id = $1 AND customer_key = $2";
    if tx.execute(sql, args![user, customer.key()]).await? == 1 {
        tx.execute("DELETE FROM sessions WHERE user_id = $1 AND company_id IS NULL", args![user]).await?;
        links::revoke_of_business(center, tx, user).await?;
    }
    Ok(())
}

/// A company that somebody joins.
pub(crate) struct Joined {
    pub(crate) id: CompanyId,
    /// Of its own sign-in address
    slug: String,
    /// It was made just now.
    pub(crate) is_new: bool,
}

/// The company of the customer, made if it is not there yet, and locked.
pub(crate) async fn open_company(
    center: &Center,
    actor: &Actor,
    tx: &mut Tx,
    customer: &ErpCustomer,
) -> Result<Joined, Error> {
    let slug = slug(&customer.name);
    let mut created = 0;
    let mut attempt = 0;
    loop {
        let candidate = if attempt == 0 { slug.clone() } else { format!("{slug}-{}", attempt + 1) };
        // An address that another company had before still leads there.
        // Conflicts on the customer number (it was activated before) and on the slug (another
        // company is called the same) both do nothing; which one it was shows below.
        created += tx
            .execute(
                "INSERT INTO companies (id, customer_key, customer_number, name, slug, currency, time_zone, created_at)
                 SELECT $1, $2, $3, $4, $5, $6, $7, $8
                 WHERE NOT EXISTS (SELECT 1 FROM former_slugs WHERE slug = $5) ON CONFLICT DO NOTHING",
                args![
                    center.new_id(),
                    customer.number.key(),
                    &customer.number,
                    &customer.name,
                    candidate,
                    customer.currency.code(),
                    actor.client().shop.time_zone.as_str(),
                    center.now()
                ],
            )
            .await?;
        let sql =
            "UPDATE companies SET version = version + 1 WHERE customer_key = $1 RETURNING id, slug, active";
        if let Some(company) = tx.optional(sql, args![customer.number.key()]).await? {
            if !company.get::<bool>("active")? {
                return Err(ErrorCode::NoMatch.into());
            }
            return Ok(Joined { id: company.get("id")?, slug: company.get("slug")?, is_new: created > 0 });
        }
        attempt += 1;
        if attempt > 1_000 {
            return Err(Error::Fault(format!("no free address for a company named {}", customer.name)));
        }
    }
}

/// Makes the person a main contact of the company, and tells those who were it before. `false` when the
/// person is a user of the company already.
async fn add_main_contact(
    center: &Center,
    tx: &mut Tx,
    found: &Match,
    joined: &Joined,
    login: &Login,
    row: &Activation,
) -> Result<bool, StoreError> {
    let (company, user, now) = (joined.id, login.user, center.now());
    let contact_key = found.contact.as_ref().map(|c| c.number.key());
    // A colleague may stand under this contact already; then the number stays with the colleague.
    let sql = "SELECT 1 AS n FROM members WHERE company_id = $1 AND contact_key = $2";
    let contact_key = match &contact_key {
        Some(key) if tx.optional(sql, args![company, key.as_str()]).await?.is_some() => None,
        _ => contact_key,
    };
    let added = tx
        .execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, contact_key, contact_number, locale, accepted_at,
                 last_seen_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $9) ON CONFLICT (company_id, user_id) DO NOTHING",
            args![
                company,
                user,
                login.name.as_str(),
                name_key(&login.name),
                &row.email,
                contact_key,
                contact_number(found),
                login.other_language(row).map(Locale::tag),
                now
            ],
        )
        .await?;
    if added == 0 {
        return Ok(false);
    }
    if !joined.is_new {
        tell_main_contacts(center, tx, company, &found.customer.name, login, &row.email).await?;
    }
    let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
    tx.execute(sql, args![company, user, Role::MainContact]).await?;
    Ok(true)
}

async fn tell_main_contacts(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    company_name: &str,
    new: &Login,
    new_email: &Email,
) -> Result<(), StoreError> {
    for contact in main_contacts(tx, company).await? {
        if !accounts::wants(tx, contact.user, Notice::FurtherAdministrator).await? {
            continue;
        }
        let mail = Mail::new(MailKind::FurtherAdministrator, contact.email, contact.locale)
            .fact("name", contact.name)
            .fact("new_name", new.name.as_str())
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
