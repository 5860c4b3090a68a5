use model::{
    AccessInput, CompanyId, Email, ErrorCode, FieldError, FieldIssue, MANY_MAX, PersonName, Role, RoleRef,
    Salutation, UserId,
};

use super::mails::{Place, mail_access_in};
use super::people::{Company, Person, business_users, members};
use super::{customer, known_by_nobody};
use crate::access::{self, Actor, Operation, StaffSignedIn};
use crate::activation::{leave_business, open_company};
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::{ErpContact, ErpCustomer};
use crate::office::joining::{Joined, Joining};
use crate::store::{Tx, args};
use crate::throttle::{self, OFFICE_ACCESS};
use crate::users::RoleBook;
use crate::{Center, Error};

/// The longest name of a person, in characters; the ERP's may be longer.
const NAME: usize = 50;

/// What *Give access* did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Who has access now.
    pub users: Vec<UserId>,
    /// So many of them sign in with the login and password that they had.
    pub reused: usize,
}

/// *Give access*: makes people of a customer users of its company, which is made if it is not there yet or
/// opened if it was closed, or business users where the customer has no Customer center. Whoever has a login
/// keeps it with its password; the others are invited. Nobody of the staff ever knows a password.
///
/// # Errors
/// The fields to correct: `boxes` when nobody is ticked or the company would be without a main contact, and
/// `names-n`, `emails-n`, `roles-n` of the n-th box; `NotFound`, `TooManyRequests`, `ErpUnavailable`, [`Error::Store`]
pub async fn give(
    center: &Center,
    actor: &Actor,
    number: &str,
    notify: bool,
    inputs: &[AccessInput],
) -> Result<Given, Error> {
    let who = access::office(actor, Operation::OfficeCustomersGive)?;
    give_to(center, actor, who, number, notify, inputs).await
}

/// Refuses what giving access would refuse now. Changes nothing.
pub(super) async fn check(
    center: &Center,
    customer: &ErpCustomer,
    contacts: &[ErpContact],
    inputs: &[AccessInput],
) -> Result<(), Error> {
    let mut conn = center.db().read().await?;
    let company = Company::of(&mut conn, &customer.number).await?;
    let plans = plan(customer, contacts, inputs, customer.customer_center || company.is_some())?;
    let people = match &company {
        Some(company) => {
            let book = RoleBook::of(&mut conn, company.id).await?;
            for plan in &plans {
                if book.check("roles", plan.role.as_slice()).is_err() {
                    return Err(plan.wrong("roles", FieldIssue::UnknownChoice));
                }
            }
            members(&mut conn, company.id, &book, center.now()).await?
        }
        None => business_users(&mut conn, &customer.number, center.now()).await?,
    };
    let has = |plan: &&Plan| {
        let same = |person: &Person| person.has_access() && person.email == plan.email;
        people.iter().any(same)
    };
    plans.iter().find(has).map_or(Ok(()), |plan| Err(plan.wrong("emails", FieldIssue::HasAccess)))
}

/// As [`give`], for whoever was found to hold the right.
pub(super) async fn give_to(
    center: &Center,
    actor: &Actor,
    who: &StaffSignedIn,
    number: &str,
    notify: bool,
    inputs: &[AccessInput],
) -> Result<Given, Error> {
    let customer = customer(center, number).await?;
    let contacts = center.erp().contacts(&customer.number).await?;
    let company = Company::of(&mut center.db().read().await?, &customer.number).await?;
    let in_company = customer.customer_center || company.is_some();
    let mut plans = plan(&customer, &contacts, inputs, in_company)?;
    for _ in &plans {
        throttle::spend(center, OFFICE_ACCESS, &who.staff.to_string()).await?;
    }
    // People are locked in one order, so that no two of the staff wait for each other.
    plans.sort_by(|a, b| a.email.as_str().cmp(b.email.as_str()));
    let mut tx = center.db().write().await?;
    let given = if in_company {
        to_company(center, &mut tx, actor, &customer, &plans, notify).await?
    } else {
        to_business_users(center, &mut tx, actor, &customer, &plans, notify).await?
    };
    tx.commit().await?;
    Ok(given)
}

/// Somebody who is to have access.
struct Plan {
    /// Which box it was
    at: usize,
    name: PersonName,
    salutation: Salutation,
    email: Email,
    contact: Option<ErpContact>,
    /// `None` for business users.
    role: Option<RoleRef>,
}

impl Plan {
    fn wrong(&self, field: &str, issue: FieldIssue) -> Error {
        Error::field(&format!("{field}-{}", self.at), issue)
    }

    fn contact_number(&self) -> String {
        self.contact.as_ref().map(|contact| contact.number.to_string()).unwrap_or_default()
    }
}

/// Everything that is wrong with the boxes at once, or who is to have access. Contacts are the ERP's, never
/// the form's.
fn plan(
    customer: &ErpCustomer,
    contacts: &[ErpContact],
    inputs: &[AccessInput],
    in_company: bool,
) -> Result<Vec<Plan>, Error> {
    let ticked: Vec<_> = inputs.iter().enumerate().filter(|(_, input)| input.ticked).collect();
    match ticked.len() {
        0 => return Err(Error::field("boxes", FieldIssue::Required)),
        n if n > MANY_MAX => return Err(Error::field("boxes", FieldIssue::TooMany { max: MANY_MAX })),
        _ => {}
    }
    let mut errors = Vec::new();
    let mut plans: Vec<Plan> = Vec::new();
    for (at, input) in ticked {
        let mut note = |field: &str, issue| errors.push(FieldError { field: format!("{field}-{at}"), issue });
        let contact = contacts.iter().find(|contact| contact.number.as_str() == input.contact_number);
        let name = match contact {
            Some(contact) => PersonName::parse(&contact.name.chars().take(NAME).collect::<String>()),
            None => PersonName::parse(&input.name),
        };
        let email = Email::parse(&input.email).map_err(FieldIssue::from);
        let role = RoleRef::from_key(&input.role).filter(|_| in_company);
        if let (Err(issue), None) = (&name, contact) {
            note("names", *issue);
        }
        if in_company && role.is_none() {
            note("roles", FieldIssue::UnknownChoice);
        }
        match &email {
            Err(issue) => note("emails", *issue),
            // Whoever is no contact of the customer is only let in as its administrator, or where the ERP knows nobody.
            Ok(email)
                if contact.is_none()
                    && customer.administrator.as_ref() != Some(email)
                    && !known_by_nobody(customer, contacts) =>
            {
                note("emails", FieldIssue::ContactUnknown);
            }
            Ok(email) if plans.iter().any(|plan| plan.email == *email) => {
                note("emails", FieldIssue::EmailTaken);
            }
            Ok(_) => {}
        }
        if let (Ok(name), Ok(email)) = (name, email) {
            let salutation = contact.map(|contact| contact.salutation).unwrap_or_default();
            plans.push(Plan { at, name, salutation, email, contact: contact.cloned(), role });
        }
    }
    if errors.is_empty() { Ok(plans) } else { Err(errors.into()) }
}

async fn to_company(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    customer: &ErpCustomer,
    plans: &[Plan],
    notify: bool,
) -> Result<Given, Error> {
    let sql = "UPDATE companies SET active = TRUE WHERE customer_key = $1 AND NOT active";
    let reopened = tx.execute(sql, args![customer.number.key()]).await? > 0;
    let joined = open_company(center, actor, tx, customer).await?;
    let company = joined.id;
    let made = match (joined.is_new, reopened) {
        (true, _) => Some(Event::CompanyCreated),
        (false, true) => Some(Event::CompanyReopened),
        (false, false) => None,
    };
    if let Some(event) = made {
        let entry =
            Entry::by(actor, event).company(Some(company)).fact(Fact::Customer, customer.number.as_str());
        audit::append(center, tx, entry).await?;
    }
    let book = RoleBook::of(tx, company).await?;
    let mut given = Given::default();
    for plan in plans {
        let Some(role) = plan.role else { return Err(plan.wrong("roles", FieldIssue::UnknownChoice)) };
        if book.check("roles", &[role]).is_err() {
            return Err(plan.wrong("roles", FieldIssue::UnknownChoice));
        }
        let login = Login::of(center, tx, plan, customer).await?;
        let joining = Joining {
            user: login.user,
            name: &login.name,
            email: &plan.email,
            has_password: login.has_password,
            contact: plan.contact.as_ref(),
        };
        // Somebody who acts under the same contact is this very person.
        if joining.join(center, tx, company, &[role], false).await? != Joined::Done {
            return Err(plan.wrong("emails", FieldIssue::HasAccess));
        }
        leave_business(center, tx, &customer.number, login.user).await?;
        if notify {
            mail_access_in(center, tx, Place::Company(company), login.user).await?;
        }
        let entry = Entry::by(actor, Event::AccessGiven)
            .company(Some(company))
            .subject(login.user)
            .fact(Fact::Email, plan.email.as_str())
            .fact(Fact::Roles, book.labels(&[role]))
            .fact(Fact::Contact, plan.contact.as_ref().map(|contact| contact.number.as_str()));
        audit::append(center, tx, entry).await?;
        given.reused += usize::from(login.has_password);
        given.users.push(login.user);
    }
    if !has_main_contact(tx, company).await? {
        return Err(Error::field("boxes", FieldIssue::MainContactRequired));
    }
    Ok(given)
}

/// Whether somebody is a main contact of the company, active or invited.
pub(super) async fn has_main_contact(tx: &mut Tx, company: CompanyId) -> Result<bool, Error> {
    let sql = "SELECT 1 AS n FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
         WHERE r.company_id = $1 AND r.role = $2 AND m.deactivated_at IS NULL LIMIT 1";
    Ok(tx.optional(sql, args![company, Role::MainContact]).await?.is_some())
}

/// A person's login, locked.
struct Login {
    user: UserId,
    name: String,
    has_password: bool,
}

impl Login {
    /// The login of the address, made if there is none. One that there is stays as it is.
    async fn of(center: &Center, tx: &mut Tx, plan: &Plan, customer: &ErpCustomer) -> Result<Self, Error> {
        let user = UserId(center.new_id());
        let sql = "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (email) DO NOTHING";
        let values = args![user, &plan.email, plan.salutation, &plan.name, customer.locale, center.now()];
        tx.execute(sql, values).await?;
        let sql = "UPDATE users SET locale = locale WHERE email = $1
             RETURNING id, name, password_hash IS NOT NULL AS has_password";
        let row = tx.one(sql, args![&plan.email]).await?;
        Ok(Self { user: row.get("id")?, name: row.get("name")?, has_password: row.get("has_password")? })
    }
}

async fn to_business_users(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    customer: &ErpCustomer,
    plans: &[Plan],
    notify: bool,
) -> Result<Given, Error> {
    let mut given = Given::default();
    for plan in plans {
        let login = Login::of(center, tx, plan, customer).await?;
        let added = tx
            .execute(
                "INSERT INTO business_users (user_id, customer_key, customer_number, customer_name, currency, contact_number, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (user_id) DO UPDATE SET deactivated_at = NULL
                     WHERE business_users.customer_key = $2 AND business_users.deactivated_at IS NOT NULL",
                args![
                    login.user,
                    customer.number.key(),
                    &customer.number,
                    customer.name.as_str(),
                    customer.currency.code(),
                    plan.contact_number(),
                    center.now()
                ],
            )
            .await?;
        if added == 0 {
            let sql = "SELECT 1 AS n FROM business_users WHERE user_id = $1 AND customer_key = $2";
            let here = tx.optional(sql, args![login.user, customer.number.key()]).await?.is_some();
            // A login is a business user of one customer only.
            let issue = if here { FieldIssue::HasAccess } else { FieldIssue::EmailTaken };
            return Err(plan.wrong("emails", issue));
        }
        if notify {
            mail_access_in(center, tx, Place::Business, login.user).await?;
        }
        let entry = Entry::by(actor, Event::AccessGiven)
            .subject(login.user)
            .fact(Fact::Email, plan.email.as_str())
            .fact(Fact::Customer, customer.number.as_str());
        audit::append(center, tx, entry).await?;
        given.reused += usize::from(login.has_password);
        given.users.push(login.user);
    }
    if given.users.is_empty() { Err(ErrorCode::Invalid.into()) } else { Ok(given) }
}
