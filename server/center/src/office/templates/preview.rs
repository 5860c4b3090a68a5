use model::{TemplateFinding, TemplateSample, TemplateSource};

use super::samples::facts;
use super::{Stored, Which};
use crate::access::{self, Actor, Operation};
use crate::mail::own::lint;
use crate::mail::{self, Rendered, Wording, sample_inset, seen, wording};
use crate::shop;
use crate::{Center, Error};

/// The mail as it would be, of a made up record: of the draft, else of what is in use. `None` when it can't
/// be written as it is.
///
/// # Errors
/// As [`super::list`]
pub async fn preview(
    center: &Center,
    actor: &Actor,
    which: Which,
    sample: TemplateSample,
) -> Result<Option<Rendered>, Error> {
    access::office(actor, Operation::OfficeTemplatePreview)?;
    written(center, which, sample, None).await
}

/// As [`preview`], of what stands in the editor and is not saved.
///
/// # Errors
/// As [`super::list`]
pub async fn preview_typed(
    center: &Center,
    actor: &Actor,
    which: Which,
    sample: TemplateSample,
    typed: &TemplateSource,
) -> Result<Option<Rendered>, Error> {
    access::office(actor, Operation::OfficeTemplateTyped)?;
    match typed.check() {
        Ok(source) => written(center, which, sample, Some(source)).await,
        Err(_) => Ok(None),
    }
}

/// What is wrong with what stands in the editor and is not saved.
///
/// # Errors
/// The fields; as [`super::list`]
pub fn lint_typed(
    actor: &Actor,
    which: Which,
    typed: &TemplateSource,
) -> Result<Vec<TemplateFinding>, Error> {
    access::office(actor, Operation::OfficeTemplateLint)?;
    Ok(lint(which.kind, &typed.check()?))
}

/// With these words, else with those of the draft, else with those in use.
async fn written(
    center: &Center,
    which: Which,
    sample: TemplateSample,
    typed: Option<TemplateSource>,
) -> Result<Option<Rendered>, Error> {
    let mut conn = center.db().read().await?;
    let settings = shop::read_in(center, &mut conn).await?.over(center.settings());
    let used = wording(&mut conn, which.kind, which.locale).await?;
    let own = match typed {
        Some(source) => Some(source),
        None => Stored::find(&mut conn, which).await?.draft,
    };
    let wording = Wording { own: own.or_else(|| used.own.clone()), ..used };
    let facts = facts(which.kind, which.locale, sample);
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let inset = sample_inset(which.kind);
    let written = mail::templates()?.write(which.kind, which.locale, &facts, &settings, inset, &wording);
    Ok(written.ok().map(|mail| seen(mail, wording.logo.as_ref())))
}
