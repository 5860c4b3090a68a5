//! Templates of mails, and from whom mails come.
#![allow(
    clippy::too_many_arguments,
    reason = "the fields of a form are the arguments of its server function"
)]

use leptos::prelude::*;
use model::{Go, MailPreferencesPage, TemplateFinding, TemplatePage, TemplateRow, TemplateVersionPage};

use crate::api::Failure;

/// Every mail in every language.
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/templates_list")]
pub async fn office_templates_list() -> Result<Vec<TemplateRow>, Failure> {
    use crate::host::run;
    Ok(run(async |r| Ok(named(r, center::office::templates::list(&r.center, &r.actor).await?))).await?)
}

/// The editor of one mail.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/templates_get")]
pub async fn office_templates_get(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
) -> Result<TemplatePage, Failure> {
    use crate::host::run;
    use crate::i18n::{Text, variable_words};
    use center::office::templates::{Which, editor};
    Ok(run(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeTemplate)?;
        let mut page = editor(&r.center, &r.actor, Which::read(&mail_kind, &mail_locale)?).await?;
        name(r, &mut page.row);
        for variable in &mut page.variables {
            variable.words = variable_words(Text(r.client().locale), &variable.name).to_owned();
        }
        Ok(page)
    })
    .await?)
}

/// What is wrong with what stands in the editor and is not saved.
///
/// # Errors
/// The fields, `NotFound`
#[server(endpoint = "office/templates_lint")]
pub async fn office_templates_lint(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
    #[server(default)] subject: String,
    #[server(default)] preheader: String,
    #[server(default)] html: String,
    #[server(default)] text: String,
) -> Result<Vec<TemplateFinding>, Failure> {
    use crate::host::run;
    use center::office::templates::{Which, lint_typed};
    let typed = model::TemplateSource { subject, preheader, html, text };
    Ok(run(async |r| lint_typed(&r.actor, Which::read(&mail_kind, &mail_locale)?, &typed)).await?)
}

/// A published version beside what is in the editor.
///
/// # Errors
/// `NotFound`
#[server(endpoint = "office/templates_version")]
pub async fn office_templates_version(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
    #[server(default)] version: String,
) -> Result<TemplateVersionPage, Failure> {
    use crate::host::run;
    use center::office::templates::{Which, version as compared};
    Ok(run(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeTemplateVersion)?;
        let version = version.parse().map_err(|_| model::ErrorCode::NotFound)?;
        let mut page = compared(&r.center, &r.actor, Which::read(&mail_kind, &mail_locale)?, version).await?;
        name(r, &mut page.row);
        Ok(page)
    })
    .await?)
}

/// What a form of the editor holds.
#[cfg(feature = "ssr")]
struct Typed {
    mail_kind: String,
    mail_locale: String,
    revision: String,
    source: model::TemplateSource,
    sample: String,
}

#[cfg(feature = "ssr")]
impl Typed {
    fn edited(&self) -> Result<center::office::templates::Edited, center::Error> {
        Ok(center::office::templates::Edited {
            which: center::office::templates::Which::read(&self.mail_kind, &self.mail_locale)?,
            revision: revision(&self.revision)?,
            source: self.source.clone(),
        })
    }

    /// The editor again, with what was done, showing the same record.
    fn back(&self, done: &str) -> Go {
        let page = format!("/office/templates/{}/{}", self.mail_kind, self.mail_locale);
        let sample = model::TemplateSample::from_key(&self.sample).key().to_owned();
        Go::anew(crate::address::address(&page, &[("sample", sample), ("done", done.to_owned())]))
    }
}

#[cfg(feature = "ssr")]
fn revision(text: &str) -> Result<i64, center::Error> {
    text.parse().map_err(|_| model::ErrorCode::Conflict.into())
}

#[cfg(feature = "ssr")]
fn named(r: &crate::host::Request, mut rows: Vec<TemplateRow>) -> Vec<TemplateRow> {
    rows.iter_mut().for_each(|row| name(r, row));
    rows
}

#[cfg(feature = "ssr")]
fn name(r: &crate::host::Request, row: &mut TemplateRow) {
    let kind = center::mail::MailKind::from_key(&row.kind);
    let words = kind.map(|kind| crate::i18n::mail_name(crate::i18n::Text(r.client().locale), kind));
    words.unwrap_or_default().clone_into(&mut row.name);
}

macro_rules! edits {
    ($( $(#[$doc:meta])* $name:ident, $endpoint:literal, $operation:ident, $done:literal, |$r:ident, $edited:ident, $sample:ident| $work:expr; )*) => { $(
        $(#[$doc])*
        #[server(endpoint = $endpoint)]
        pub async fn $name(
            #[server(default)] mail_kind: String,
            #[server(default)] mail_locale: String,
            #[server(default)] revision: String,
            #[server(default)] subject: String,
            #[server(default)] preheader: String,
            #[server(default)] html: String,
            #[server(default)] text: String,
            #[server(default)] sample: String,
        ) -> Result<Go, Failure> {
            use crate::host::submit;
            let source = model::TemplateSource { subject, preheader, html, text };
            let typed = Typed { mail_kind, mail_locale, revision, source, sample };
            Ok(submit(async |$r| {
                center::access::office(&$r.actor, center::access::Operation::$operation)?;
                let $edited = &typed.edited()?;
                let $sample = &typed.sample;
                $work.await?;
                Ok(typed.back($done))
            })
            .await?)
        }
    )* };
}

edits! {
    /// *Save draft*, also what *Preview* does first.
    ///
    /// # Errors
    /// The fields, `Conflict`
    office_templates_save, "office/templates_save", OfficeTemplateSave, "draft_saved",
        |r, edited, _sample| center::office::templates::save(&r.center, &r.actor, edited);
    /// *Import names*
    ///
    /// # Errors
    /// The fields, `Conflict`
    office_templates_import, "office/templates_import", OfficeTemplateImport, "imported",
        |r, edited, _sample| center::office::templates::import(&r.center, &r.actor, edited);
    /// *Make plain text of the HTML*
    ///
    /// # Errors
    /// The fields, `Conflict`
    office_templates_text, "office/templates_text", OfficeTemplateText, "text_made",
        |r, edited, _sample| center::office::templates::make_text(&r.center, &r.actor, edited);
    /// *Publish*
    ///
    /// # Errors
    /// The fields, `TemplateRefused`, `Conflict`
    office_templates_publish, "office/templates_publish", OfficeTemplatePublish, "published",
        |r, edited, _sample| center::office::templates::publish(&r.center, &r.actor, edited);
    /// *Send test to me*
    ///
    /// # Errors
    /// The fields, `TemplateRefused`, `TooManyRequests`
    office_templates_test, "office/templates_test", OfficeTemplateTest, "test_sent",
        |r, edited, sample| center::office::templates::test(&r.center, &r.actor, edited, sample);
}

/// *Back to standard*
///
/// # Errors
/// `Conflict`, `WrongState`
#[server(endpoint = "office/templates_standard")]
pub async fn office_templates_standard(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
    #[server(default)] revision: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let typed = Typed { mail_kind, mail_locale, revision, source: Default::default(), sample: String::new() };
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeTemplateStandard)?;
        let edited = typed.edited()?;
        center::office::templates::standard(&r.center, &r.actor, edited.which, edited.revision).await?;
        Ok(typed.back("standard"))
    })
    .await?)
}

/// *Discard draft*
///
/// # Errors
/// `Conflict`, `WrongState`
#[server(endpoint = "office/templates_discard")]
pub async fn office_templates_discard(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
    #[server(default)] revision: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let typed = Typed { mail_kind, mail_locale, revision, source: Default::default(), sample: String::new() };
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeTemplateDiscard)?;
        let edited = typed.edited()?;
        center::office::templates::discard(&r.center, &r.actor, edited.which, edited.revision).await?;
        Ok(typed.back("draft_discarded"))
    })
    .await?)
}

/// *Restore as draft*
///
/// # Errors
/// `NotFound`, `Conflict`
#[server(endpoint = "office/templates_restore")]
pub async fn office_templates_restore(
    #[server(default)] mail_kind: String,
    #[server(default)] mail_locale: String,
    #[server(default)] revision: String,
    #[server(default)] version: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    let typed = Typed { mail_kind, mail_locale, revision, source: Default::default(), sample: String::new() };
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeTemplateRestore)?;
        let edited = typed.edited()?;
        let version = version.parse().map_err(|_| model::ErrorCode::NotFound)?;
        center::office::templates::restore(&r.center, &r.actor, edited.which, edited.revision, version)
            .await?;
        Ok(typed.back("restored"))
    })
    .await?)
}

/// The page *Email preferences*
///
/// # Errors
/// `Unauthenticated`, `OfficeForbidden`
#[server(endpoint = "office/templates_preferences")]
pub async fn office_templates_preferences() -> Result<MailPreferencesPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let mut page = center::office::templates::preferences(&r.center, &r.actor).await?;
        page.published = named(r, page.published);
        Ok(page)
    })
    .await?)
}

/// Changes the preferences.
///
/// # Errors
/// The fields, `Conflict`
#[server(endpoint = "office/templates_save_preferences")]
pub async fn office_templates_save_preferences(
    #[server(default)] revision: String,
    #[server(default)] sender_name: String,
    #[server(default)] reply_to: String,
    #[server(default)] footer_en: String,
    #[server(default)] footer_de: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    use center::office::templates::save_preferences;
    let typed = model::MailPreferences { sender_name, reply_to, footer_en, footer_de };
    Ok(submit(async |r| {
        center::access::office(&r.actor, center::access::Operation::OfficeMailPreferencesSave)?;
        save_preferences(&r.center, &r.actor, self::revision(&revision)?, &typed).await?;
        Ok(Go::to("/office/templates/preferences?done=mail_preferences"))
    })
    .await?)
}
