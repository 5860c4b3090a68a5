//! What the merchant decided about a mail: the template in use, the sender's name, the footer.

use model::{Email, Locale, TemplateSource};

use super::MailKind;
use super::logo::{Logo, logo};
use crate::store::{Conn, Row, StoreError, args};

/// How one mail is to be written and sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The published template in use; the portal's own wording without one.
    pub own: Option<TemplateSource>,
    /// Lines below the mail
    pub footer: Vec<String>,
    /// The name beside the sender's address; the shop's when it is empty.
    pub sender_name: String,
    /// Where answers go
    pub reply_to: Option<Email>,
    /// The shop's logo, above the mail.
    pub logo: Option<Logo>,
}

/// What stands now.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn wording(conn: &mut Conn, kind: MailKind, locale: Locale) -> Result<Wording, StoreError> {
    let sql = "SELECT p.sender_name, p.reply_to, p.footer_en, p.footer_de, v.version, v.subject, v.preheader, v.html, v.body
         FROM mail_preferences p
         LEFT JOIN mail_templates t ON t.kind = $1 AND t.locale = $2
         LEFT JOIN mail_template_versions v ON v.kind = t.kind AND v.locale = t.locale AND v.version = t.in_use
         WHERE p.id = 1";
    let row = conn.one(sql, args![kind.key(), locale]).await?;
    let footer: String = row.get(match locale {
        Locale::En => "footer_en",
        Locale::De => "footer_de",
    })?;
    Ok(Wording {
        own: if row.get::<Option<i64>>("version")?.is_some() { Some(template(&row)?) } else { None },
        footer: footer.lines().map(str::to_owned).collect(),
        sender_name: row.get("sender_name")?,
        // One that is no address any more is as good as none.
        reply_to: row.get::<Option<String>>("reply_to")?.and_then(|text| Email::parse(&text).ok()),
        logo: logo(conn).await?,
    })
}

/// The template in a row's columns.
pub(crate) fn template(row: &Row) -> Result<TemplateSource, StoreError> {
    Ok(TemplateSource {
        subject: row.get("subject")?,
        preheader: row.get("preheader")?,
        html: row.get("html")?,
        text: row.get("body")?,
    })
}
