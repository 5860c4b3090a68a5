//! Configuration: a file, over it the environment (`CC_…`), over it the command line. Every key
//! stands once in [`KEYS`], with its default and its explanation.

mod addresses;
mod keys;
mod sources;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use model::{Email, Locale};
use thiserror::Error;

pub(crate) use addresses::is_loopback_host;
pub use addresses::{Network, PublicUrl};
pub use keys::{KEYS, Key, explain};
pub use sources::{Sources, Values};

/// Which ERP the portal asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErpChoice {
    /// The portal's own tables, filled by `import`.
    Embedded,
    /// None: every look-up says that the ERP does not answer.
    Maintenance,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// One line of text each, for people.
    Text,
}

/// A value that must not be seen in logs: prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// Wraps a value.
    pub const fn new(value: String) -> Self {
        Self(value)
    }

    /// The value itself, for the one place that uses it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// The configuration, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address of the database; may hold a password.
    pub database_url: Hidden,
    /// Where the portal listens.
    pub listen: SocketAddr,
    /// Where metrics are read; `None` when switched off.
    pub metrics_listen: Option<SocketAddr>,
    /// Where people reach the portal. Only [`Config::public`] gives it out.
    public_url: Option<PublicUrl>,
    /// Seals secrets in the database. Only [`Config::secret_key`] gives it out.
    secret_key: Option<Hidden>,
    /// The mail server; may hold a password. `None`: mails are kept as files.
    pub smtp_url: Option<Hidden>,
    /// A certificate to trust beside the system's, in PEM.
    pub smtp_ca_file: Option<PathBuf>,
    /// Sender of all mails; needed with a mail server.
    pub mail_from: Option<Email>,
    /// Where mails are kept as files when no mail server is set.
    pub mail_dir: PathBuf,
    /// Proxies whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Network>,
    /// Which ERP to ask.
    pub erp: ErpChoice,
    /// What is logged, a tracing filter.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// The merchant's name.
    pub shop_name: String,
    /// How to reach the merchant, in one line.
    pub shop_contact: String,
    /// Whether an activation mails a code before it makes the account.
    pub activation_confirm_email: bool,
    /// Language of mails to people who never chose one.
    pub default_locale: Locale,
    /// Time zone of new companies, an IANA name.
    pub default_time_zone: String,
    /// Days from one review of a company's access to the next; 0 for never.
    pub access_review_days: u32,
    /// Whether main contacts are mailed when the staff sees the portal as one of their users.
    pub view_as_mail: bool,
}

/// What is wrong with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key, and where its value came from.
    pub setting: String,
    /// What is wrong and what to write instead. Never repeats a secret.
    pub text: String,
}

/// The configuration can't be used. Names every wrong setting at once.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration can't be used:")?;
        for problem in &self.0 {
            write!(f, "\n  {}: {}", problem.setting, problem.text)?;
        }
        Ok(())
    }
}

impl Config {
    /// Reads and checks the sources.
    ///
    /// # Errors
    /// [`ConfigError`] with every setting that can't be used.
    pub fn load(sources: &Sources) -> Result<Self, ConfigError> {
        let mut values = sources.read()?;
        let smtp_url = values.optional("smtp_url", smtp_url);
        let config = Self {
            database_url: Hidden(values.checked("database_url", database_url)),
            listen: values.parsed("listen", socket),
            metrics_listen: values.optional("metrics_listen", socket),
            public_url: values.optional("public_url", PublicUrl::parse),
            secret_key: values.optional("secret_key", secret_key),
            mail_from: match &smtp_url {
                // Mails that stay in a folder need no real sender.
                None => values.optional("mail_from", mail_from),
                Some(_) => values.needed("mail_from", mail_from),
            },
            smtp_url,
            smtp_ca_file: values.optional("smtp_ca_file", |path| Ok(PathBuf::from(path))),
            mail_dir: PathBuf::from(values.checked("mail_dir", not_empty)),
            trusted_proxies: values.list("trusted_proxies", Network::parse),
            erp: values.parsed("erp", erp),
            log: values.checked("log", log_filter),
            log_format: values.parsed("log_format", log_format),
            shop_name: values.checked("shop_name", |text| not_empty(text).and(one_line(text))),
            shop_contact: values.checked("shop_contact", one_line),
            activation_confirm_email: values.parsed("activation_confirm_email", flag),
            default_locale: values.parsed("default_locale", locale),
            default_time_zone: values.checked("default_time_zone", time_zone),
            access_review_days: values.parsed("access_review_days", review_days),
            view_as_mail: values.parsed("view_as_mail", flag),
        };
        values.finish()?;
        Ok(config)
    }

    /// Where people reach the portal.
    ///
    /// # Errors
    /// [`ConfigError`] naming the setting when it is missing.
    pub fn public(&self) -> Result<&PublicUrl, ConfigError> {
        self.public_url.as_ref().ok_or_else(|| {
            ConfigError(vec![Problem {
                setting: "public_url (CC_PUBLIC_URL)".to_owned(),
                text: "is missing. Set the address under which people reach the portal, such as \
                       https://portal.example; every link in a mail begins with it"
                    .to_owned(),
            }])
        })
    }

    /// What seals secrets in the database.
    ///
    /// # Errors
    /// [`ConfigError`] naming the setting when it is missing, or when it is the one that everybody knows.
    pub fn secret_key(&self) -> Result<&Hidden, ConfigError> {
        let known = |key: &&Hidden| key.reveal() != DEMO_SECRET_KEY;
        self.secret_key.as_ref().filter(known).ok_or_else(|| {
            ConfigError(vec![Problem {
                setting: "secret_key (CC_SECRET_KEY)".to_owned(),
                text: "is missing or the demo's. Set a random text of your own, such as openssl rand -hex 32 prints, \
                       and keep it: it seals the secrets of two-step sign-in"
                    .to_owned(),
            }])
        })
    }

    /// As [`Config::secret_key`], for the demo and for commands that seal nothing; empty when it is missing.
    pub(crate) fn any_secret_key(&self) -> &str {
        self.secret_key.as_ref().map_or("", Hidden::reveal)
    }
}

/// The key of the demo, which seals nothing from anybody.
pub(crate) const DEMO_SECRET_KEY: &str = "everybody knows the key of the demo";
/// The shortest key, in characters: 128 bits as hexadecimal digits.
const SECRET_KEY_MIN: usize = 32;

/// Why a value can't be used, for the person who wrote it.
pub(crate) type Refused = String;

fn database_url(text: &str) -> Result<(), Refused> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme)) {
        Ok(())
    } else {
        Err("has to be sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE".to_owned())
    }
}

fn socket(text: &str) -> Result<SocketAddr, Refused> {
    text.parse().map_err(|_| format!("“{text}” is no address and port, such as 127.0.0.1:3000"))
}

/// Mail always goes over TLS, so `?tls=required`, which other programs want, says nothing new.
fn smtp_url(text: &str) -> Result<Hidden, Refused> {
    let address = text.strip_suffix("?tls=required").unwrap_or(text);
    center::mail::SmtpTransport::new(address, None)
        .map(|_| Hidden(address.to_owned()))
        .map_err(|error| error.to_string())
}

fn secret_key(text: &str) -> Result<Hidden, Refused> {
    let different: std::collections::HashSet<char> = text.chars().collect();
    if text.chars().count() < SECRET_KEY_MIN || different.len() < 8 {
        return Err(format!(
            "has to be random and {SECRET_KEY_MIN} characters or longer; openssl rand -hex 32 prints one"
        ));
    }
    Ok(Hidden(text.to_owned()))
}

fn mail_from(text: &str) -> Result<Email, Refused> {
    Email::parse(text).map_err(|_| format!("“{text}” is no address, such as portal@shop.example"))
}

fn erp(text: &str) -> Result<ErpChoice, Refused> {
    match text {
        "embedded" => Ok(ErpChoice::Embedded),
        "maintenance" => Ok(ErpChoice::Maintenance),
        _ => Err(format!("“{text}” is not known; write embedded or maintenance")),
    }
}

fn log_filter(text: &str) -> Result<(), Refused> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(|_| ())
        .map_err(|_| format!("“{text}” is no filter, such as info or info,center=debug"))
}

fn log_format(text: &str) -> Result<LogFormat, Refused> {
    match text {
        "json" => Ok(LogFormat::Json),
        "text" => Ok(LogFormat::Text),
        _ => Err(format!("“{text}” is not known; write json or text")),
    }
}

fn flag(text: &str) -> Result<bool, Refused> {
    match text {
        "true" | "yes" | "on" | "1" => Ok(true),
        "false" | "no" | "off" | "0" => Ok(false),
        _ => Err(format!("“{text}” is neither true nor false")),
    }
}

fn locale(text: &str) -> Result<Locale, Refused> {
    Locale::ALL
        .into_iter()
        .find(|locale| locale.tag() == text)
        .ok_or_else(|| format!("“{text}” is not spoken by the portal; write en or de"))
}

fn review_days(text: &str) -> Result<u32, Refused> {
    // Reminders come once a week, so that a review is never due more often.
    text.parse()
        .ok()
        .filter(|days| *days == 0 || (7..=3_650).contains(days))
        .ok_or_else(|| format!("“{text}” is no number of days; write 0 for never, or 7 to 3650"))
}

fn time_zone(text: &str) -> Result<(), Refused> {
    jiff::tz::TimeZone::get(text)
        .map(|_| ())
        .map_err(|_| format!("“{text}” is no time zone, such as Europe/Berlin"))
}

fn not_empty(text: &str) -> Result<(), Refused> {
    if text.trim().is_empty() { Err("must not be empty".to_owned()) } else { Ok(()) }
}

fn one_line(text: &str) -> Result<(), Refused> {
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        Err("has to be one line".to_owned())
    } else {
        Ok(())
    }
}
