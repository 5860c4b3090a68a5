//! The wording of mails: templates with drafts and published versions, and from whom mails come.

mod change;
mod preferences;
mod preview;
mod read;
mod samples;
mod versions;

pub use change::{Edited, discard, import, make_text, publish, save, standard, test};
pub use preferences::{preferences, save_preferences};
pub use preview::{lint_typed, preview, preview_typed};
pub use read::{editor, list};
pub use versions::{restore, version};

use model::{ErrorCode, Locale, TemplateRow, TemplateSource, TemplateState};

use crate::Error;
use crate::mail::own::lint;
use crate::mail::{MailKind, template};
use crate::store::{Conn, Row, StoreError, args};

/// Which mail in which language, as addresses name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Which mail
    pub kind: MailKind,
    /// In which language
    pub locale: Locale,
}

impl Which {
    /// Reads the parts of an address.
    ///
    /// # Errors
    /// `NotFound`
    pub fn read(kind: &str, locale: &str) -> Result<Self, Error> {
        let kind = MailKind::from_key(kind).ok_or(ErrorCode::NotFound)?;
        let locale = Locale::ALL.into_iter().find(|l| l.tag() == locale).ok_or(ErrorCode::NotFound)?;
        Ok(Self { kind, locale })
    }

    /// As the trail names it.
    fn name(self) -> String {
        [self.kind.key(), self.locale.tag()].join(".")
    }
}

/// A template as it stands.
#[derive(Clone, Debug, Default)]
struct Stored {
    revision: i64,
    in_use: Option<i64>,
    draft: Option<TemplateSource>,
    published: Option<TemplateSource>,
}

impl Stored {
    async fn find(conn: &mut Conn, which: Which) -> Result<Self, StoreError> {
        let sql = "SELECT revision, in_use, subject, preheader, html, body FROM mail_templates WHERE kind = $1 AND locale = $2";
        let Some(row) = conn.optional(sql, args![which.kind.key(), which.locale]).await? else {
            return Ok(Self::default());
        };
        let in_use: Option<i64> = row.get("in_use")?;
        let published = match in_use {
            Some(version) => versions::find(conn, which, version).await?,
            None => None,
        };
        Ok(Self { revision: row.get("revision")?, in_use, draft: draft(&row)?, published })
    }

    /// As the list shows it.
    fn row(&self, which: Which) -> TemplateRow {
        let state = match &self.published {
            None => TemplateState::Standard,
            Some(own) if lint(which.kind, own).iter().any(|f| f.fault.refuses()) => TemplateState::Broken,
            Some(_) => TemplateState::Customised,
        };
        TemplateRow {
            kind: which.kind.key().to_owned(),
            name: String::new(),
            locale: which.locale,
            state,
            in_use: self.in_use,
            draft: self.draft.is_some(),
        }
    }
}

/// The draft in a row's columns, if there is one.
fn draft(row: &Row) -> Result<Option<TemplateSource>, StoreError> {
    if row.get::<Option<String>>("html")?.is_some() { template(row).map(Some) } else { Ok(None) }
}
