use model::{Locale, TemplatePage, TemplateRow, TemplateSource, TemplateVariable};

use super::{Stored, Which, versions};
use crate::access::{self, Actor, Operation};
use crate::mail::MailKind;
use crate::mail::own::{lint, required, start, variables};
use crate::store::Conn;
use crate::{Center, Error};

/// Every mail in every language. Words for the kinds are the caller's.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor) -> Result<Vec<TemplateRow>, Error> {
    access::office(actor, Operation::OfficeTemplates)?;
    rows(&mut center.db().read().await?).await
}

/// The editor of one mail. Words for the kind and the variables are the caller's.
///
/// # Errors
/// As [`list`]
pub async fn editor(center: &Center, actor: &Actor, which: Which) -> Result<TemplatePage, Error> {
    let who = access::office(actor, Operation::OfficeTemplate)?;
    let mut conn = center.db().read().await?;
    let stored = Stored::find(&mut conn, which).await?;
    let row = stored.row(which);
    let source = shown(&stored, which);
    let needed = required(which.kind);
    let variable = |name: &'static str| TemplateVariable {
        name: name.to_owned(),
        words: String::new(),
        required: needed.contains(&name),
    };
    Ok(TemplatePage {
        revision: stored.revision,
        variables: variables(which.kind).into_iter().map(variable).collect(),
        findings: lint(which.kind, &source),
        versions: versions::latest(center, &mut conn, which, who.client.locale).await?,
        own_email: who.email.to_string(),
        row,
        source,
    })
}

/// What the editor shows: the draft, else what is in use, else what the portal's wording begins with.
pub(super) fn shown(stored: &Stored, which: Which) -> TemplateSource {
    let source = stored.draft.clone().or_else(|| stored.published.clone());
    source.unwrap_or_else(|| start(which.kind, which.locale))
}

/// All rows, in the order of the kinds.
pub(super) async fn rows(conn: &mut Conn) -> Result<Vec<TemplateRow>, Error> {
    let mut rows = Vec::new();
    for kind in MailKind::ALL {
        for locale in Locale::ALL {
            let which = Which { kind, locale };
            rows.push(Stored::find(conn, which).await?.row(which));
        }
    }
    Ok(rows)
}
