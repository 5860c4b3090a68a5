use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value};
use model::Locale;
use mrml::prelude::render::RenderOptions;
use thiserror::Error;

use super::MailKind;
use super::letter::{LAYOUT_HTML, Letter};
use super::own::{self, Frame};
use super::wording::Wording;
use super::words;
use crate::clock::{HOUR, MINUTE};
use crate::{Error, Settings};

/// Instructions that one rendering may take; the longest letter takes under a thousand.
const FUEL: u64 = 20_000;
/// The longest mail, in bytes.
pub(super) const MAX_LEN: usize = 1 << 20;

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line
    pub subject: String,
    /// A whole document
    pub html: String,
    /// The same for readers of plain text
    pub text: String,
}

/// The secret that only the mail itself carries.
#[derive(Clone, Copy)]
pub enum Inset<'a> {
    /// None
    Nothing,
    /// The token of a link
    Token(&'a str),
    /// Six digits
    Code(&'a str),
}

/// Why a mail could not be put into words: a fault of the portal.
#[derive(Debug, Error)]
pub enum RenderError {
    /// A letter or the layout is damaged.
    #[error("template {0}: {1}")]
    Letter(&'static str, String),
    /// A template uses something it was not given.
    #[error("template: {0}")]
    Template(#[from] minijinja::Error),
    /// The outbox row lacks a fact.
    #[error("the fact {0} is missing")]
    Fact(&'static str),
    /// A template of the merchant names what this mail does not have.
    #[error("the template names {0}, which this mail does not have")]
    Unknown(String),
    /// The result is longer than 1 MiB.
    #[error("the mail is too long")]
    TooLong,
}

macro_rules! sources {
    ($( $kind:ident: $file:literal ),* $(,)?) => {
        /// A letter as it is written.
        pub(super) const fn source(kind: MailKind, locale: Locale) -> &'static str {
            match (kind, locale) {
                $(
                    (MailKind::$kind, Locale::En) => include_str!(concat!("../../templates/en/", $file, ".txt")),
                    (MailKind::$kind, Locale::De) => include_str!(concat!("../../templates/de/", $file, ".txt")),
                )*
            }
        }
    };
}

sources! {
    ActivationCode: "activation_code",
    ActivationResumed: "activation_resumed",
    AccountActivated: "account_activated",
    CompanyJoined: "company_joined",
    FurtherAdministrator: "further_administrator",
    AccessRequested: "access_requested",
    AccessReviewDue: "access_review_due",
    AccessDeclined: "access_declined",
    AccountCreated: "account_created",
    AccessAdded: "access_added",
    MovedToCompany: "moved_to_company",
    ColleagueMoved: "colleague_moved",
    HandoverCodeMade: "handover_code_made",
    AccountsMerged: "accounts_merged",
    PasswordReset: "password_reset",
    EmailChangeConfirm: "email_change_confirm",
    EmailChangeNotice: "email_change_notice",
    EmailChanged: "email_changed",
    PasswordChanged: "password_changed",
    SecondStepOn: "second_step_on",
    SecondStepOff: "second_step_off",
    SecondStepReset: "second_step_reset",
    Deactivated: "deactivated",
    Reactivated: "reactivated",
    ViewBegan: "view_began",
    StaffInvitation: "staff_invitation",
    StaffPasswordLink: "staff_password_link",
    StaffPasswordChanged: "staff_password_changed",
    StaffPasskeyAdded: "staff_passkey_added",
    StaffPasskeyRemoved: "staff_passkey_removed",
    StaffSecondStepReset: "staff_second_step_reset",
}

/// The templates of all mails, ready to be filled in.
///
/// They are part of the program. What people typed is filled in as a value and never read as a
/// template. There are no filters, functions or includes; a name that is not given is an error.
#[derive(Debug)]
pub struct Templates {
    letters: Environment<'static>,
    /// The layout around the merchant's own templates, for each language.
    frames: Vec<(Locale, Frame)>,
}

impl Templates {
    /// Reads the letters and turns their MJML into HTML.
    ///
    /// # Errors
    /// [`RenderError::Letter`] or [`RenderError::Template`] when a letter is damaged.
    pub fn load() -> Result<Self, RenderError> {
        let mut env = Environment::empty();
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|name| {
            if name.ends_with(".html") { AutoEscape::Html } else { AutoEscape::None }
        });
        env.set_formatter(write_value);
        env.set_fuel(Some(FUEL));
        for kind in MailKind::ALL {
            for locale in Locale::ALL {
                let wrong = |what: String| RenderError::Letter(kind.key(), what);
                let letter = Letter::read(source(kind, locale), locale.tag()).map_err(wrong)?;
                let html = to_html(&letter.mjml).map_err(wrong)?;
                env.add_template_owned(name(kind, locale, "subject"), letter.subject)?;
                env.add_template_owned(name(kind, locale, "html"), html)?;
                env.add_template_owned(name(kind, locale, "text"), letter.text)?;
            }
        }
        let frame = |locale: Locale| {
            let frame = Frame::read(LAYOUT_HTML, locale).map_err(|e| RenderError::Letter("layout", e))?;
            Ok((locale, frame))
        };
        let frames = Locale::ALL.into_iter().map(frame).collect::<Result<_, RenderError>>()?;
        Ok(Self { letters: env, frames })
    }

    /// Writes a mail as the merchant wants it. The one way for mails that are meant, tests and previews.
    ///
    /// # Errors
    /// As [`Templates::render`]; [`RenderError::Unknown`] when the merchant's template is broken.
    pub fn write(
        &self,
        kind: MailKind,
        locale: Locale,
        facts: &BTreeMap<String, String>,
        settings: &Settings,
        inset: Inset<'_>,
        wording: &Wording,
    ) -> Result<Rendered, RenderError> {
        match (&wording.own, self.frames.iter().find(|(of, _)| *of == locale)) {
            (Some(own), Some((_, frame))) => {
                own::fill(own, frame, &own::fillings(kind, locale, facts, settings, inset)?, wording)
            }
            _ => self.standard(kind, locale, facts, settings, inset, wording),
        }
    }

    /// Fills in a mail. `facts` are those of [`MailKind::facts`] and `name`; others are ignored.
    ///
    /// # Errors
    /// [`RenderError::Fact`] when one is missing, [`RenderError::Template`] when the secret is of
    /// the wrong sort, [`RenderError::TooLong`].
    pub fn render(
        &self,
        kind: MailKind,
        locale: Locale,
        facts: &BTreeMap<String, String>,
        settings: &Settings,
        inset: Inset<'_>,
    ) -> Result<Rendered, RenderError> {
        self.standard(kind, locale, facts, settings, inset, &Wording::default())
    }

    fn standard(
        &self,
        kind: MailKind,
        locale: Locale,
        facts: &BTreeMap<String, String>,
        settings: &Settings,
        inset: Inset<'_>,
        wording: &Wording,
    ) -> Result<Rendered, RenderError> {
        let mut values = values(kind, locale, facts, settings, inset)?;
        values.insert("footer", Value::from_serialize(&wording.footer));
        let logo = wording.logo.as_ref().map(|logo| logo.tag(&one_line(&settings.shop_name)));
        values.insert("logo", logo.map_or(Value::from(()), Value::from_safe_string));
        let fill = |part| -> Result<String, RenderError> {
            let text = self.letters.get_template(&name(kind, locale, part))?.render(&values)?;
            if text.len() > MAX_LEN { Err(RenderError::TooLong) } else { Ok(text) }
        };
        Ok(Rendered { subject: fill("subject")?, html: fill("html")?, text: fill("text")? })
    }
}

static TEMPLATES: LazyLock<Result<Templates, String>> =
    LazyLock::new(|| Templates::load().map_err(|e| e.to_string()));

/// The templates, for those who show mails and send none.
///
/// # Errors
/// [`Error::Fault`] when a letter is damaged.
pub(crate) fn templates() -> Result<&'static Templates, Error> {
    TEMPLATES.as_ref().map_err(|e| Error::Fault(e.clone()))
}

fn name(kind: MailKind, locale: Locale, part: &str) -> String {
    format!("{}.{}.{part}", kind.key(), locale.tag())
}

fn to_html(mjml: &str) -> Result<String, String> {
    let parsed = mrml::parse(mjml).map_err(|e| e.to_string())?;
    // Without fonts of its own, so that no mail makes its reader's program fetch anything.
    let options = RenderOptions { fonts: std::collections::HashMap::new(), ..RenderOptions::default() };
    parsed.element.render(&options).map_err(|e| e.to_string())
}

/// Everything the template of this mail may name.
pub(super) fn values(
    kind: MailKind,
    locale: Locale,
    facts: &BTreeMap<String, String>,
    settings: &Settings,
    inset: Inset<'_>,
) -> Result<BTreeMap<&'static str, Value>, RenderError> {
    let fact = |name| facts.get(name).map(|value| one_line(value)).ok_or(RenderError::Fact(name));
    let base = settings.public_url.as_str();
    let mut values = BTreeMap::from([
        ("shop", Value::from(one_line(&settings.shop_name))),
        ("shop_contact", Value::from(one_line(&settings.shop_contact))),
        ("public_url", Value::from(base)),
        ("sign_in_url", Value::from(format!("{base}/sign-in"))),
        ("greeting", Value::from(words::greeting(&fact("name")?, locale))),
    ]);
    for name in kind.facts() {
        let value = fact(name)?;
        if *name == "roles" {
            let main_contact = model::Role::MainContact.key();
            values.insert("main_contact", Value::from(value.split(',').any(|key| key == main_contact)));
            values.insert("roles", Value::from_serialize(words::roles(&value, locale)));
        } else {
            values.insert(name, Value::from(value));
        }
    }
    if let Some(validity) = kind.validity() {
        values.insert("valid_minutes", Value::from(validity / MINUTE));
        values.insert("valid_hours", Value::from(validity / HOUR));
    }
    match inset {
        Inset::Nothing => {}
        Inset::Code(code) => {
            values.insert("code", Value::from(code));
        }
        Inset::Token(token) => {
            let path = match kind {
                MailKind::ActivationResumed => "activate/resume",
                MailKind::StaffInvitation | MailKind::StaffPasswordLink => "office/link",
                _ => "link",
            };
            values.insert("link", Value::from(format!("{base}/{path}/{token}")));
        }
    }
    Ok(values)
}

/// Facts are single lines. Whatever could begin a new line or turn the reading direction becomes
/// a space, so that no name makes a header or pretends to be another.
pub(super) fn one_line(text: &str) -> String {
    let breaks = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.replace(breaks, " ")
}

/// Writes a value, in HTML with everything escaped that could end a text or an attribute, unless it is HTML of the
/// portal's own.
/// Slashes stay as they are: spam filters distrust addresses with escaped ones.
fn write_value(out: &mut Output<'_>, state: &State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let text = value.to_string();
    let written = match state.auto_escape() {
        AutoEscape::Html if !value.is_safe() => text.chars().try_for_each(|c| match c {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            c => out.write_char(c),
        }),
        _ => out.write_str(&text),
    };
    written.map_err(minijinja::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            shop_name: "Nordholz & Co".to_owned(),
            shop_contact: "service@nordholz.example".to_owned(),
            public_url: "https://portal.example".to_owned(),
            confirm_email: true,
            time_zone: "UTC".to_owned(),
            locale: Locale::En,
            access_review_days: 90,
            mail_dir: None,
            inbox: false,
            view_as_mail: true,
        }
    }

    #[test]
    fn a_missing_fact_or_secret_is_an_error() {
        let templates = Templates::load().unwrap();
        let mut facts = BTreeMap::from([("name".to_owned(), "Anna".to_owned())]);
        let render = |kind, facts: &_, inset| templates.render(kind, Locale::En, facts, &settings(), inset);
        assert!(matches!(
            render(MailKind::PasswordChanged, &facts, Inset::Nothing),
            Err(RenderError::Fact("when"))
        ));
        assert!(matches!(
            render(MailKind::PasswordReset, &facts, Inset::Nothing),
            Err(RenderError::Template(_))
        ));
        facts.clear();
        assert!(matches!(
            render(MailKind::PasswordReset, &facts, Inset::Token("t")),
            Err(RenderError::Fact("name"))
        ));
    }

    #[test]
    fn endless_templates_run_dry() {
        let mut env = Templates::load().unwrap().letters;
        env.add_template(
            "x.html",
            "{% for a in l %}{% for b in l %}{% for c in l %}x{% endfor %}{% endfor %}{% endfor %}",
        )
        .unwrap();
        let list = BTreeMap::from([("l", vec![0; 1000])]);
        assert_eq!(
            env.get_template("x.html").unwrap().render(list).unwrap_err().kind(),
            minijinja::ErrorKind::OutOfFuel
        );
    }
}
