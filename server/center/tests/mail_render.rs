//! Every mail in every language, as people get it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod mail_support;

use std::collections::BTreeMap;
use std::path::Path;

use center::mail::{Inset, Logo, MailKind, Rendered, Templates, Wording};
use mail_support::{PUBLIC_URL, fact, settings};
use model::{Locale, TemplateSource};

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn inset(kind: MailKind) -> Inset<'static> {
    match kind {
        MailKind::ActivationCode => Inset::Code("042917"),
        kind if kind.validity().is_some() => Inset::Token(TOKEN),
        _ => Inset::Nothing,
    }
}

fn facts(kind: MailKind, value: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    std::iter::once(&"name").chain(kind.facts()).map(|name| ((*name).to_owned(), value(name))).collect()
}

fn each(mut then: impl FnMut(MailKind, Locale)) {
    for kind in MailKind::ALL {
        for locale in Locale::ALL {
            then(kind, locale);
        }
    }
}

/// What a reader sees of an HTML mail: the words between the tags of its body, one line per text.
fn visible(html: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1;
    let texts = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim());
    let plain = |text: &str| {
        let text =
            text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        text.replace("&amp;", "&")
    };
    texts.filter(|text| !text.is_empty()).map(plain).collect()
}

/// The tags of a document by name, in order.
fn tags(html: &str) -> Vec<&str> {
    let name = |piece: &'_ str| {
        piece.split(|c: char| c.is_whitespace() || c == '>').next().map(str::len).unwrap_or_default()
    };
    html.split('<').skip(1).map(|piece| &piece[..name(piece)]).collect()
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.match_indices(&start).map(|(at, _)| html[at + start.len()..].split('"').next().unwrap()).collect()
}

fn honest(templates: &Templates, kind: MailKind, locale: Locale) -> Rendered {
    templates
        .render(kind, locale, &facts(kind, |name| fact(name).to_owned()), &settings(), inset(kind))
        .unwrap()
}

/// Compares with a file; `UPDATE_MAILS=1` writes it anew.
fn compare(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mails").join(name);
    if std::env::var_os("UPDATE_MAILS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == found,
        "{name} differs from its file. If it is meant to, run with UPDATE_MAILS=1. It is now:\n{found}"
    );
}

#[test]
fn every_mail_reads_as_agreed() {
    let templates = Templates::load().unwrap();
    each(|kind, locale| {
        let mail = honest(&templates, kind, locale);
        compare(
            &format!("{}/{}.txt", locale.tag(), kind.key()),
            &format!("{}\n\n{}\n", mail.subject, mail.text),
        );
        if kind == MailKind::AccountCreated && locale == Locale::En {
            compare("en/account_created.html", &mail.html);
        }
    });
}

#[test]
fn both_forms_say_the_same() {
    let templates = Templates::load().unwrap();
    each(|kind, locale| {
        let mail = honest(&templates, kind, locale);
        let html = visible(&mail.html);
        for line in mail
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && *line != "--" && !line.starts_with("http"))
        {
            let words = line.strip_suffix(':').unwrap_or(line);
            let found = html.iter().any(|text| text == line || text == words)
                || line
                    .split_once(": ")
                    .is_some_and(|(term, value)| html.windows(2).any(|two| two == [term, value]));
            assert!(found, "{} {}: {line} is missing in {html:#?}", kind.key(), locale.tag());
        }
    });
}

#[test]
fn every_link_leads_to_the_portal() {
    let templates = Templates::load().unwrap();
    each(|kind, locale| {
        let mail = honest(&templates, kind, locale);
        let what = format!("{} {}", kind.key(), locale.tag());
        let links = attributes(&mail.html, "href");
        assert!(links.iter().all(|link| link.starts_with(&format!("{PUBLIC_URL}/"))), "{what}: {links:?}");
        let none = [
            MailKind::ActivationCode,
            MailKind::Deactivated,
            MailKind::AccessDeclined,
            MailKind::StaffPasswordChanged,
            MailKind::StaffPasskeyAdded,
            MailKind::StaffPasskeyRemoved,
        ];
        let buttons = if none.contains(&kind) { 0 } else { 1 };
        assert_eq!(links.len(), buttons, "{what}: {links:?}");
        for (at, _) in mail.text.match_indices("://") {
            let start = mail.text[..at].rfind(|c: char| !c.is_ascii_lowercase()).map_or(0, |at| at + 1);
            assert!(
                mail.text[start..].starts_with(&format!("{PUBLIC_URL}/")),
                "{what}: {}",
                &mail.text[start..]
            );
        }
        // Nothing is fetched when a mail is opened.
        for foreign in [" src=", "url(", "@import", "<link", "<img", "<script", "<form"] {
            assert!(!mail.html.contains(foreign), "{what}: {foreign}");
        }
        if let Inset::Token(token) = inset(kind) {
            let path = match kind {
                MailKind::ActivationResumed => "activate/resume",
                MailKind::StaffInvitation | MailKind::StaffPasswordLink => "office/link",
                _ => "link",
            };
            let link = format!("{PUBLIC_URL}/{path}/{token}");
            assert_eq!(links, [link.as_str()], "{what}");
            assert!(mail.text.contains(&format!("\n{link}\n")), "{what}");
        }
        assert_eq!(mail.text.contains("042917"), kind == MailKind::ActivationCode, "{what}");
        assert!(!mail.subject.contains("042917"), "{what}");
    });
}

/// A picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00,
    0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x60, 0x60, 0xf8, 0x0f, 0x00, 0x01,
    0x04, 0x01, 0x00, 0x5f, 0xe5, 0xc3, 0x4b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];

#[test]
fn the_logo_comes_with_the_mail_and_from_nowhere_else() {
    let templates = Templates::load().unwrap();
    let logo = Logo::new("ab".repeat(32), PIXEL.to_vec());
    let named = TemplateSource {
        subject: "S".to_owned(),
        html: "<p>{{ name }}</p><img src=\"cid:x\">".to_owned(),
        ..TemplateSource::default()
    };
    each(|kind, locale| {
        let facts = facts(kind, |name| fact(name).to_owned());
        for own in [None, Some(named.clone())] {
            let wording = Wording { own, logo: logo.clone(), ..Wording::default() };
            let mail = templates.write(kind, locale, &facts, &settings(), inset(kind), &wording).unwrap();
            let what = format!("{} {}", kind.key(), locale.tag());
            let pictures: Vec<_> = mail.html.match_indices("<img").collect();
            assert_eq!(pictures.len(), 1, "{what}: {}", mail.html);
            assert_eq!(attributes(&mail.html, "src"), [format!("cid:{}@logo", "ab".repeat(32))], "{what}");
            assert_eq!(attributes(&mail.html, "alt"), ["Nordholz &amp; Söhne"], "{what}");
            // The name stands where it stood without one: below the mail, and in the text.
            assert!(mail.html.contains("Nordholz &amp; Söhne<br />"), "{what}: {}", mail.html);
            let without = Wording { logo: None, ..wording };
            let plain = templates.write(kind, locale, &facts, &settings(), inset(kind), &without).unwrap();
            assert_eq!((mail.subject, mail.text), (plain.subject, plain.text), "{what}");
            assert!(!plain.html.contains("<img") && !plain.html.contains("cid:"), "{what}");
        }
    });
}

#[test]
fn times_of_validity_are_the_real_ones() {
    let templates = Templates::load().unwrap();
    for (kind, en, de) in [
        (MailKind::ActivationCode, "10 minutes", "10 Minuten"),
        (MailKind::ActivationResumed, "72 hours", "72 Stunden"),
        (MailKind::AccountCreated, "72 hours", "72 Stunden"),
        (MailKind::PasswordReset, "30 minutes", "30 Minuten"),
        (MailKind::EmailChangeConfirm, "24 hours", "24 Stunden"),
    ] {
        assert!(honest(&templates, kind, Locale::En).text.contains(en), "{}", kind.key());
        assert!(honest(&templates, kind, Locale::De).text.contains(de), "{}", kind.key());
    }
}

#[test]
fn the_voice_is_calm_and_mails_are_complete() {
    let templates = Templates::load().unwrap();
    each(|kind, locale| {
        let mail = honest(&templates, kind, locale);
        let all = format!("{}\n{}", mail.subject, mail.text);
        for bad in ["!", "please", "Please", "{{", "{%", "[["] {
            assert!(!all.contains(bad), "{} {}: {bad}", kind.key(), locale.tag());
        }
        assert!(mail.html.contains(r#"name="color-scheme" content="light dark""#));
        assert!(mail.html.contains(&format!("<html lang=\"{}\"", locale.tag())));
        for part in ["Nordholz & Söhne", "service@nordholz.example", "Anna Berger"] {
            assert!(mail.text.contains(part), "{} {}: {part}", kind.key(), locale.tag());
        }
    });
}

#[test]
fn optional_facts_leave_no_gap() {
    let templates = Templates::load().unwrap();
    each(|kind, locale| {
        let optional = |name: &str| {
            matches!(
                name,
                "company"
                    | "by_name"
                    | "budget_order"
                    | "budget_month"
                    | "roles"
                    | "name"
                    | "message"
                    | "reason"
            )
        };
        let facts = facts(kind, |name| if optional(name) { String::new() } else { fact(name).to_owned() });
        let mail = templates.render(kind, locale, &facts, &settings(), inset(kind)).unwrap();
        assert!(!mail.text.contains("\n\n\n") && !mail.text.contains(" ,"), "{}", mail.text);
    });
    let activated = templates.render(
        MailKind::AccountActivated,
        Locale::En,
        &facts(MailKind::AccountActivated, |name| {
            if name == "roles" || name == "company" { String::new() } else { fact(name).to_owned() }
        }),
        &settings(),
        Inset::Nothing,
    );
    let text = activated.unwrap().text;
    assert!(
        !text.contains("colleagues") && !text.contains("Company:") && text.contains("Sign in:\n"),
        "{text}"
    );
}

#[test]
fn hostile_text_stays_text() {
    let templates = Templates::load().unwrap();
    let plain = |kind, locale| {
        let facts = facts(kind, |name| if name == "roles" { String::new() } else { "x".to_owned() });
        templates.render(kind, locale, &facts, &settings(), inset(kind)).unwrap()
    };
    let hostile = [
        "{{7*191}}",
        "{% for x in roles %}{{ x }}{% endfor %}",
        "{# x #}",
        "${companyInformation.loginUrl}",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title></textarea></style><svg onload=alert(1)>",
        "--><![endif]-->",
        "]]>&lt;&amp;#60;",
        "[[body]]",
        "javascript:alert(1)",
    ];
    for value in hostile {
        each(|kind, locale| {
            let facts = facts(kind, |name| if name == "roles" { String::new() } else { value.to_owned() });
            let mail = templates.render(kind, locale, &facts, &settings(), inset(kind)).unwrap();
            let what = format!("{} {} {value}", kind.key(), locale.tag());
            assert!(mail.text.contains(value), "{what}: {}", mail.text);
            assert!(visible(&mail.html).iter().any(|text| text.contains(value)), "{what}: {}", mail.html);
            assert!(!mail.text.contains("1337"), "{what}");
            let plain = plain(kind, locale);
            assert_eq!(tags(&mail.html), tags(&plain.html), "{what}");
            assert_eq!(attributes(&mail.html, "href"), attributes(&plain.html, "href"), "{what}");
        });
    }
}

#[test]
fn line_breaks_and_marks_of_direction_become_spaces() {
    let templates = Templates::load().unwrap();
    for value in [
        "Eve\r\nBcc: x@evil.example",
        "Eve\u{2028}Bcc:",
        "Eve\u{202e}gro",
        "Eve\0",
        "Eve\u{85}x",
        "Eve\u{feff}",
    ] {
        each(|kind, locale| {
            let facts = facts(kind, |name| if name == "roles" { String::new() } else { value.to_owned() });
            let mail = templates.render(kind, locale, &facts, &settings(), inset(kind)).unwrap();
            let bad = |c: char| (c.is_control() && c != '\n') || "\u{2028}\u{202e}\u{feff}".contains(c);
            assert!(!mail.subject.contains(|c| bad(c) || c == '\n'), "{}: {:?}", kind.key(), mail.subject);
            assert!(!mail.text.contains(bad) && !mail.html.contains(bad), "{} {value:?}", kind.key());
            assert!(!mail.text.contains("\nBcc") && !mail.html.contains("\nBcc"), "{} {value:?}", kind.key());
        });
    }
}

#[test]
fn no_mail_grows_beyond_bounds() {
    let templates = Templates::load().unwrap();
    let huge = "x".repeat(1 << 20);
    assert!(
        templates
            .render(
                MailKind::PasswordChanged,
                Locale::En,
                &facts(MailKind::PasswordChanged, |_| huge.clone()),
                &settings(),
                Inset::Nothing
            )
            .is_err()
    );
}
