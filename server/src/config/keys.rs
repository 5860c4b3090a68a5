use std::fmt::Write as _;

/// A setting.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name in the file. The environment writes `CC_` and the name in capitals, the command
    /// line the name with hyphens.
    pub name: &'static str,
    /// Its value when nobody sets it; empty means unset.
    pub default: &'static str,
    /// Whether it may hold a password: then it can also be read from a file, named by the
    /// environment variable with `_FILE` at its end.
    pub secret: bool,
    /// What it is for.
    pub meaning: &'static str,
}

impl Key {
    /// Its name in the environment.
    pub fn variable(&self) -> String {
        format!("CC_{}", self.name.to_ascii_uppercase())
    }

    /// Its name on the command line, without the two hyphens.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }
}

const fn key(name: &'static str, default: &'static str, meaning: &'static str) -> Key {
    Key { name, default, secret: false, meaning }
}

const fn secret(name: &'static str, default: &'static str, meaning: &'static str) -> Key {
    Key { name, default, secret: true, meaning }
}

/// All settings, in the order in which they are explained.
pub const KEYS: &[Key] = &[
    secret(
        "database_url",
        "sqlite:data/customer-center.sqlite",
        "Where everything is kept: sqlite:FILE for one process, postgres://USER:PASSWORD@HOST/DATABASE for several nodes.",
    ),
    key(
        "listen",
        "127.0.0.1:3000",
        "Address and port that the portal listens on. TLS ends at the proxy in front.",
    ),
    key(
        "metrics_listen",
        "127.0.0.1:9464",
        "Address and port of the metrics (Prometheus). Empty: off. Never open it to the internet.",
    ),
    key(
        "public_url",
        "",
        "The address under which people reach the portal, such as https://portal.example. Needed by serve; plain http only on this computer. Every link in a mail begins with it.",
    ),
    secret(
        "secret_key",
        "",
        "A random text of at least 32 characters, such as openssl rand -hex 32 prints, that seals the secrets of two-step sign-in in the database. Needed by serve, the same on all nodes; whoever loses it has to set up all second steps anew.",
    ),
    secret(
        "smtp_url",
        "",
        "The mail server: smtp://USER:PASSWORD@HOST:587 (STARTTLS, always demanded) or smtps://USER:PASSWORD@HOST:465. Empty: mails are kept as files in mail_dir.",
    ),
    key(
        "smtp_ca_file",
        "",
        "A certificate (PEM) that the mail server's may be signed with, beside those of the system.",
    ),
    key(
        "mail_from",
        "",
        "Address that all mails come from, such as portal@shop.example; the name beside it is shop_name. Needed with smtp_url.",
    ),
    key("mail_dir", "data/mail", "Folder that keeps mails as .eml files while smtp_url is empty."),
    key(
        "trusted_proxies",
        "",
        "Addresses or networks (10.0.0.0/8) of the proxies in front, separated by commas. Only their X-Forwarded-For is believed.",
    ),
    key(
        "erp",
        "embedded",
        "Where customers, contacts and invoices come from: embedded (own tables, filled by import) or maintenance (no ERP answers).",
    ),
    key("log", "info", "What is logged, such as info or info,center=debug."),
    key("log_format", "json", "How log lines look: json or text."),
    key("shop_name", "Customer Center", "The merchant's name, on pages and in mails."),
    key(
        "shop_contact",
        "",
        "How to reach the merchant, in one line, such as +49 40 123456 · service@shop.example.",
    ),
    key(
        "activation_confirm_email",
        "true",
        "Whether an activation has to be confirmed by a code that is mailed. Without it, whoever holds an invoice can activate.",
    ),
    key("default_locale", "en", "Language of mails to people who never chose one: en or de."),
    key(
        "default_time_zone",
        "UTC",
        "Time zone of new companies, such as Europe/Berlin; their budget months follow it.",
    ),
    key(
        "access_review_days",
        "90",
        "Days after which a company's main contacts are to review who has access, 7 to 3650. 0: never.",
    ),
    key(
        "view_as_mail",
        "true",
        "Whether main contacts are mailed when somebody of the staff begins to see the portal as one of their users. Their Activity tells it in any case.",
    ),
];

/// All settings with variable, flag, default and meaning, as text for people.
pub fn explain() -> String {
    let mut text = String::from(
        "Settings are read from the file named by --config or CC_CONFIG (TOML, key = value), over it from\n\
         the environment, over it from the command line. A setting that may hold a password can also be read\n\
         from a file, named by its variable with _FILE at the end.\n",
    );
    for key in KEYS {
        let default = if key.default.is_empty() { "(not set)" } else { key.default };
        let file = if key.secret { format!("   {}_FILE", key.variable()) } else { String::new() };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n{}\n    {}{file}   --{}\n    default: {default}\n",
            key.name,
            key.variable(),
            key.flag()
        );
        for line in wrap(key.meaning, 96) {
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let full = lines
            .last()
            .is_some_and(|line| !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
