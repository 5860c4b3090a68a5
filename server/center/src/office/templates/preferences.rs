use model::{
    Email, ErrorCode, FOOTER_MAX, FieldError, FieldIssue, MailPreferences, MailPreferencesPage,
    TemplateState, several_lines, single_line,
};

use super::read::rows;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::store::args;
use crate::{Center, Error};

/// The longest name of a sender, in characters.
const SENDER_MAX: usize = 80;

/// From whom mails come, how they end, and which have words of their own.
///
/// # Errors
/// As [`super::list`]
pub async fn preferences(center: &Center, actor: &Actor) -> Result<MailPreferencesPage, Error> {
    access::office(actor, Operation::OfficeMailPreferences)?;
    let mut conn = center.db().read().await?;
    let sql =
        "SELECT revision, sender_name, reply_to, footer_en, footer_de FROM mail_preferences WHERE id = 1";
    let row = conn.one(sql, args![]).await?;
    let customised = rows(&mut conn).await?.into_iter().filter(|row| row.state != TemplateState::Standard);
    let shop = crate::shop::read_in(center, &mut conn).await?.name;
    Ok(MailPreferencesPage {
        preferences: MailPreferences {
            sender_name: row.get("sender_name")?,
            reply_to: row.get::<Option<String>>("reply_to")?.unwrap_or_default(),
            footer_en: row.get("footer_en")?,
            footer_de: row.get("footer_de")?,
        },
        revision: row.get("revision")?,
        shop,
        published: customised.collect(),
    })
}

/// Changes them.
///
/// # Errors
/// The fields, `Conflict`; as [`super::list`]
pub async fn save_preferences(
    center: &Center,
    actor: &Actor,
    revision: i64,
    typed: &MailPreferences,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeMailPreferencesSave)?;
    let mut wrong = Vec::new();
    let mut note = |field: &str, issue| wrong.push(FieldError { field: field.to_owned(), issue });
    let sender = match single_line(&typed.sender_name, SENDER_MAX) {
        Err(FieldIssue::Required) => String::new(),
        Err(issue) => {
            note("sender_name", issue);
            String::new()
        }
        Ok(name) => name,
    };
    let reply_to = match typed.reply_to.trim() {
        "" => None,
        text => Email::parse(text).map_err(|_| note("reply_to", FieldIssue::EmailMalformed)).ok(),
    };
    let mut footer = |field, text: &str| several_lines(text, FOOTER_MAX).map_err(|issue| note(field, issue));
    let (footer_en, footer_de) =
        (footer("footer_en", &typed.footer_en), footer("footer_de", &typed.footer_de));
    let (Ok(footer_en), Ok(footer_de)) = (footer_en, footer_de) else { return Err(wrong.into()) };
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let mut tx = center.db().write().await?;
    let sql = "UPDATE mail_preferences SET revision = revision + 1, sender_name = $2, reply_to = $3, footer_en = $4, footer_de = $5
         WHERE id = 1 AND revision = $1";
    let values = args![revision, sender, reply_to.as_ref().map(Email::as_str), footer_en, footer_de];
    if tx.execute(sql, values).await? == 0 {
        return Err(ErrorCode::Conflict.into());
    }
    audit::append(center, &mut tx, Entry::by(actor, Event::MailPreferencesChanged)).await?;
    tx.commit().await?;
    Ok(())
}
