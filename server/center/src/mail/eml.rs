//! Reads back the mails that the portal wrote itself: headers and the two alternatives of the
//! body. Not a reader for mail from elsewhere.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quoted_printable::ParseMode;

/// A mail as it was kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Eml {
    pub(super) headers: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) html: String,
}

impl Eml {
    /// Reads a mail. What is missing stays empty.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let whole = String::from_utf8_lossy(bytes);
        let (headers, body) = split(&whole);
        let mut eml = Self { headers, ..Self::default() };
        let kind = eml.header("Content-Type").to_owned();
        eml.take(&kind, body);
        eml
    }

    /// Takes the parts of a body of this type, and theirs.
    fn take(&mut self, kind: &str, body: &str) {
        let boundary = kind.split_once("boundary=\"").and_then(|(_, rest)| rest.split_once('"'));
        let Some((boundary, _)) = boundary else { return };
        let delimiter = format!("--{boundary}");
        for part in body.split(&delimiter).skip(1).take_while(|part| !part.starts_with("--")) {
            let (headers, content) = split(part.trim_start_matches("\r\n"));
            let header = |name| find(&headers, name);
            let (kind, encoding) = (header("Content-Type"), header("Content-Transfer-Encoding"));
            match kind.split(';').next().unwrap_or_default() {
                "text/html" => self.html = decode(encoding, content),
                "text/plain" => self.text = decode(encoding, content),
                _ => self.take(kind, content),
            }
        }
    }

    /// A header's value; empty when it is not there.
    pub(super) fn header(&self, name: &str) -> &str {
        find(&self.headers, name)
    }
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
}

fn split(entity: &str) -> (Vec<(String, String)>, &str) {
    let (head, body) = entity.split_once("\r\n\r\n").unwrap_or((entity, ""));
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let headers = unfolded
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(n, v)| (n.to_owned(), words(v)))
        .collect();
    (headers, body)
}

fn decode(encoding: &str, content: &str) -> String {
    let content = content.strip_suffix("\r\n").unwrap_or(content);
    let bytes = match encoding {
        "base64" => STANDARD.decode(content.replace("\r\n", "")).unwrap_or_default(),
        "quoted-printable" => quoted_printable::decode(content, ParseMode::Robust).unwrap_or_default(),
        _ => content.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
}

/// Decodes `=?utf-8?b?…?=`; the space between two such words belongs to neither.
fn words(value: &str) -> String {
    let mut decoded = String::new();
    let mut after_encoded = false;
    for (index, word) in value.split(' ').enumerate() {
        let inner = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
        let bytes = inner.and_then(|inner| STANDARD.decode(inner).ok());
        if index > 0 && !(after_encoded && bytes.is_some()) {
            decoded.push(' ');
        }
        after_encoded = bytes.is_some();
        match bytes {
            Some(bytes) => decoded.push_str(&String::from_utf8_lossy(&bytes)),
            None => decoded.push_str(word),
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use lettre::message::header::ContentType;
    use lettre::message::{Attachment, MultiPart, SinglePart};

    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let long = "Geschäft für größere Öfen und Käseglocken, ".repeat(4);
        let subject = format!("Ihr Konto bei {long}");
        let text = format!("Guten Tag Jürgen,\n\n{long}\n.\n--boundary\nEnde = ende\n");
        let html = format!("<p title=\"=3D\">{long}</p>\n<p>日本語</p>");
        let message = lettre::Message::builder()
            .from("\"Öfen & Käse\" <shop@portal.example>".parse().unwrap())
            .to("anna@bau-partner.example".parse().unwrap())
            .subject(&subject)
            .multipart(MultiPart::alternative_plain_html(text.clone(), html.clone()))
            .unwrap();
        let eml = Eml::read(&message.formatted());
        assert_eq!(eml.header("to"), "anna@bau-partner.example");
        assert_eq!(eml.header("Subject"), subject);
        assert_eq!(eml.text, text);
        assert_eq!(eml.html, html);
    }

    #[test]
    fn html_with_a_picture_beside_it_reads_back() {
        let png = ContentType::parse("image/png").unwrap();
        let picture = Attachment::new_inline("a@logo".to_owned()).body(vec![0x89, 0x50, 0xff], png);
        let html = MultiPart::related().singlepart(SinglePart::html("<p>h</p>".to_owned()));
        let message = lettre::Message::builder()
            .from("shop@portal.example".parse().unwrap())
            .to("anna@bau-partner.example".parse().unwrap())
            .multipart(
                MultiPart::alternative()
                    .singlepart(SinglePart::plain("t".to_owned()))
                    .multipart(html.singlepart(picture)),
            )
            .unwrap();
        let eml = Eml::read(&message.formatted());
        assert_eq!((eml.text.as_str(), eml.html.as_str()), ("t", "<p>h</p>"));
    }

    #[test]
    fn damaged_mails_stay_empty() {
        assert_eq!(Eml::read(b""), Eml::default());
        assert_eq!(Eml::read(b"Content-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x").text, "");
    }
}
