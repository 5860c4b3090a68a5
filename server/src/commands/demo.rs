//! A trial portal on this computer, with sample data and people to sign in as.

mod people;
mod seed;

use super::{Failure, center, database};
use crate::config::{Config, DEMO_SECRET_KEY, Sources};
use crate::host::Host;
use crate::log;
use people::{ACTIVATE, COMPANIES, PASSWORD, STAFF};

/// What the demo sets where nobody sets anything else.
const SETTINGS: &[(&str, &str)] = &[
    ("database_url", "sqlite:data/demo.sqlite"),
    ("mail_dir", "data/demo-mail"),
    ("metrics_listen", ""),
    ("secret_key", DEMO_SECRET_KEY),
    ("log", "warn"),
    ("log_format", "text"),
    ("shop_name", "Adventure Works"),
    ("shop_contact", "+1 555 0100 · service@adventure-works.example"),
];

/// Serves the trial portal until the process is told to end.
pub(crate) async fn demo(mut sources: Sources) -> Result<(), Failure> {
    sources.base = SETTINGS.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let listen = Config::load(&sources)?.listen;
    // Whoever sets an address of his own is served under it.
    sources.base.push(("public_url", format!("http://{listen}")));
    let config = Config::load(&sources)?;
    let public = config.public()?.clone();
    if !listen.ip().is_loopback() || !public.is_loopback() {
        let text = "the demo has passwords that everybody knows, so it only serves this computer: \
                    leave listen and public_url at 127.0.0.1";
        return Err(Failure::Unfit(text.to_owned()));
    }
    log::start(&config.log, config.log_format);
    let db = database(&config).await?;
    let companies: i64 = db.read().await?.value("SELECT count(*) AS n FROM companies", Vec::new()).await?;
    if companies == 0 {
        println!("Fills the database with sample data …");
        seed::fill(&config, db.clone(), public.origin()).await?;
    }
    let center = center(&config, db, public.origin(), config.activation_confirm_email, true)?;
    let host = Host::prepare(&config, public.clone(), center).await?;
    let mails = match config.smtp_url {
        None => format!("{}/inbox", public.origin()),
        Some(_) => "sent by the mail server of smtp_url".to_owned(),
    };
    println!("{}", welcome(public.origin(), &mails));
    host.run().await;
    Ok(())
}

/// Where to sign in, as whom, and where mails are.
fn welcome(address: &str, mails: &str) -> String {
    let mut lines = vec![
        String::new(),
        format!("  Open        {address}"),
        format!("  Password    {PASSWORD}  (everybody's)"),
        String::new(),
    ];
    for company in COMPANIES {
        lines.push(format!("  {}", company.name));
        lines.push(format!("    {:<44} {}", company.administrator.email, "Main contact"));
        for person in company.people.iter().filter(|person| person.signs_in) {
            lines.push(format!("    {:<44} {}", person.email, person.words));
        }
        lines.push(String::new());
    }
    lines.push("  Not activated yet".to_owned());
    for (customer, invoice, email, what) in ACTIVATE {
        lines.push(format!("    customer {customer}, invoice {invoice}, {email}: {what}"));
    }
    lines.push(String::new());
    lines.push(format!("  Back Office {address}/office, with the code of an app that has this secret"));
    for person in STAFF {
        lines.push(format!("    {:<44} {:<14} {}", person.email, person.words, person.app));
    }
    lines.extend([String::new(), format!("  Mails       {mails}"), "  Stop        Ctrl+C".to_owned()]);
    lines.join("\n")
}
