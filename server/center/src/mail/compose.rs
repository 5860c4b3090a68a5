use std::time::{Duration, UNIX_EPOCH};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use model::{Email, MailId};

use super::logo::Logo;
use super::render::{Rendered, one_line};
use super::transport::Outgoing;
use super::wording::Wording;
use crate::{Error, Instant, Settings};

/// Puts rendered mails into envelopes.
#[derive(Debug)]
pub(super) struct Composer {
    from: Address,
    /// The right side of Message-IDs
    host: String,
}

impl Composer {
    /// Mails come from this address.
    pub(super) fn new(settings: &Settings, from: &Email) -> Result<Self, Error> {
        Ok(Self { from: address(from).map_err(Error::Fault)?, host: host(&settings.public_url).to_owned() })
    }

    /// The mail as it goes out, in the shop's name. Its Message-ID rests on the outbox row alone, so that a mail that
    /// is sent twice is seen as one.
    pub(super) fn compose(
        &self,
        id: MailId,
        at: Instant,
        to: &Email,
        shop: &str,
        rendered: Rendered,
        wording: &Wording,
    ) -> Result<Outgoing, String> {
        let date = UNIX_EPOCH + Duration::from_micros(u64::try_from(at).unwrap_or_default());
        let name = if wording.sender_name.is_empty() { shop } else { &wording.sender_name };
        // Built from parts: no name can add an address.
        let mut message = Message::builder().from(Mailbox::new(Some(one_line(name)), self.from.clone()));
        if let Some(reply_to) = &wording.reply_to {
            message = message.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        let message = message
            .to(Mailbox::new(None, address(to)?))
            .subject(rendered.subject)
            .date(date)
            .message_id(Some(format!("<{}@{}>", id.0, self.host)))
            // Nobody's holiday notice should answer it (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(body(rendered.text, rendered.html, wording.logo.as_ref())?)
            .map_err(|e| e.to_string())?;
        Ok(Outgoing { id, at, message })
    }
}

/// Plain text, else HTML: with the logo beside it, where there is one.
fn body(text: String, html: String, logo: Option<&Logo>) -> Result<MultiPart, String> {
    let Some(logo) = logo else {
        return Ok(MultiPart::alternative_plain_html(text, html));
    };
    let png = ContentType::parse("image/png").map_err(|e| e.to_string())?;
    let picture = Attachment::new_inline(logo.content_id()).body(logo.png(), png);
    let html = MultiPart::related().singlepart(SinglePart::html(html)).singlepart(picture);
    Ok(MultiPart::alternative().singlepart(SinglePart::plain(text)).multipart(html))
}

fn address(email: &Email) -> Result<Address, String> {
    email.as_str().parse().map_err(|e| format!("not an address that mail can be sent to: {e}"))
}

/// The host of an address such as `https://portal.example:8443`.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_answers_are_the_merchants_and_no_header_more() {
        let settings = Settings {
            shop_name: "Nordholz".to_owned(),
            shop_contact: String::new(),
            public_url: "https://portal.example".to_owned(),
            confirm_email: true,
            time_zone: "UTC".to_owned(),
            locale: model::Locale::En,
            access_review_days: 0,
            mail_dir: None,
            inbox: false,
            view_as_mail: true,
        };
        let composer = Composer::new(&settings, &Email::parse("shop@portal.example").unwrap()).unwrap();
        let head = |wording: &Wording| {
            let rendered =
                Rendered { subject: "S".to_owned(), html: "<p>h</p>".to_owned(), text: "t".to_owned() };
            let to = Email::parse("anna@sample.example").unwrap();
            let mail =
                composer.compose(MailId(uuid::Uuid::nil()), 0, &to, "Nordholz", rendered, wording).unwrap();
            let raw = String::from_utf8(mail.message.formatted()).unwrap();
            raw.split("\r\n\r\n").next().unwrap().to_owned()
        };
        let usual = head(&Wording::default());
        assert!(
            usual.contains("From: Nordholz <shop@portal.example>") && !usual.contains("Reply-To"),
            "{usual}"
        );
        let own = head(&Wording {
            sender_name: "Desk\r\nBcc: eve@evil.example".to_owned(),
            reply_to: Some(Email::parse("desk@portal.example").unwrap()),
            ..Wording::default()
        });
        assert!(own.contains("Reply-To: desk@portal.example"), "{own}");
        assert!(!own.lines().any(|line| line.starts_with("Bcc")), "{own}");
        assert!(own.contains("<shop@portal.example>"), "{own}");
    }

    #[test]
    fn the_host_is_found() {
        assert_eq!(host("https://portal.example"), "portal.example");
        assert_eq!(host("http://127.0.0.1:3000"), "127.0.0.1");
        assert_eq!(host("https://portal.example/shop"), "portal.example");
        assert_eq!(host("http://[::1]:3000"), "[::1]");
    }
}
