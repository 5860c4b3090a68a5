//! Fills the demo the way people would: imports the sample, activates, invites, follows the
//! links in the mails. Nothing is written past the use cases.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use center::access::{Actor, Client};
use center::accounts::sessions;
use center::activation::{self, Outcome, You};
use center::erp::{ImportOptions, ImportSource};
use center::mail::{Worker, kept_mail, kept_mails};
use center::shop::Shop;
use center::store::Db;
use center::{Center, accounts, office, users};
use model::{BudgetInput, Locale, Role, Theme, UserId, UserInput};

use super::people::{COMPANIES, DemoCompany, DemoStaff, DemoUser, PASSWORD, STAFF};
use crate::commands::{Failure, center};
use crate::config::Config;
use crate::host::{file_transport, sender};

/// Imports the sample and makes the people of the demo.
pub(super) async fn fill(config: &Config, db: Db, public_url: &str) -> Result<(), Failure> {
    let sample = ImportSource::Bytes {
        customers: Cow::Borrowed(include_bytes!("../../../../demo/import/customers.csv")),
        contacts: Cow::Borrowed(include_bytes!("../../../../demo/import/contacts.csv")),
        invoices: Cow::Borrowed(include_bytes!("../../../../demo/import/invoices.csv")),
    };
    // Nobody is there to type the mailed codes.
    let center = Arc::new(center(config, db, public_url, false, true)?);
    office::erp::import_from(&center, &sample, ImportOptions::default(), |_| {}).await?;
    let worker = Worker::new(Arc::clone(&center), Arc::new(file_transport(config)?), &sender(config)?)?;
    let mut administrators: HashMap<&str, Actor> = HashMap::new();
    for company in COMPANIES {
        // Who administers another company already activates this one while signed in.
        let email = company.administrator.email;
        let from = administrators.remove(email).unwrap_or_else(|| Actor::Anonymous(client(&center)));
        let administrator = activate(&center, &from, company).await?;
        let mut invited = Vec::new();
        for person in company.people {
            invited.push((person, invite(&center, &administrator, person).await?));
        }
        worker.drain_once().await?;
        for (person, user) in invited {
            if person.signs_in {
                accept(&center, &config.mail_dir, person).await?;
            }
            if person.deactivated {
                users::deactivate(&center, &administrator, user).await?;
            }
        }
        administrators.insert(email, administrator);
    }
    for administrator in administrators.values() {
        sessions::sign_out(&center, administrator).await?;
    }
    for person in STAFF {
        record(&center, person).await?;
    }
    Ok(())
}

fn client(center: &Center) -> Client {
    let shop = Shop::configured(center.settings());
    Client {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: "demo".to_owned(),
        locale: Locale::En,
        theme: Theme::System,
        off: shop.off,
        shop: Arc::new(shop),
    }
}

async fn activate(center: &Center, from: &Actor, company: &DemoCompany) -> Result<Actor, Failure> {
    let who = &company.administrator;
    let begun = activation::start(center, from, company.customer, company.invoice, who.email).await?;
    let Outcome::Next(_, Some(browser)) = begun else { return Err(unexpected(company.name)) };
    let form = You {
        salutation: who.salutation,
        first_name: who.first_name,
        last_name: who.last_name,
        password: PASSWORD,
        repeat: PASSWORD,
    };
    let Outcome::Done(session, _) = activation::you(center, from, &browser.text(), form).await? else {
        return Err(unexpected(company.name));
    };
    let signed_in = sessions::resolve(center, &session.text(), &client(center)).await?;
    signed_in.map(|who| Actor::User(Box::new(who))).ok_or_else(|| unexpected(company.name))
}

async fn invite(center: &Center, administrator: &Actor, person: &DemoUser) -> Result<UserId, Failure> {
    let input = UserInput {
        salutation: person.salutation.to_owned(),
        name: person.name.to_owned(),
        email: person.email.to_owned(),
        roles: person.roles.iter().copied().map(Role::key).map(str::to_owned).collect(),
        budgets: BudgetInput { order: person.per_order.to_owned(), month: person.per_month.to_owned() },
    };
    Ok(users::add_contact(center, administrator, person.contact, &input).await?)
}

/// Somebody of the shop: recorded, with a password, and with an app whose secret everybody knows.
async fn record(center: &Center, person: &DemoStaff) -> Result<(), Failure> {
    let nobody = Actor::Anonymous(client(center));
    let link = office::create(center, person.email, person.name, person.role.key()).await?;
    office::set_password(center, &nobody, &link.text(), PASSWORD, PASSWORD).await?;
    Ok(office::set_up_known_app(center, person.email, person.app).await?)
}

/// Follows the link in the person's latest mail.
async fn accept(center: &Center, folder: &Path, person: &DemoUser) -> Result<(), Failure> {
    let unreadable = || Failure::system(format!("{} can't be read", folder.display()));
    for mail in kept_mails(folder).await.map_err(unreadable())? {
        if !mail.to.contains(person.email) {
            continue;
        }
        let body = kept_mail(folder, &mail.id).await.map_err(unreadable())?;
        let Some(token) = body.as_ref().and_then(|body| token(&body.text)) else { continue };
        let nobody = Actor::Anonymous(client(center));
        accounts::set_password(center, &nobody, token, PASSWORD, PASSWORD).await?;
        return Ok(());
    }
    Err(unexpected(person.name))
}

/// The token at the end of a link.
fn token(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| center::Token::parse(word).is_some())
}

fn unexpected(what: &str) -> Failure {
    Failure::Unfit(format!(
        "the demo can't be filled: {what} does not come to be; remove its database and start again"
    ))
}
