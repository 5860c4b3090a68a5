use model::TemplateSample;

use super::samples::facts;
use super::{Stored, Which};
use crate::access::{self, Actor, Operation};
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
    let mut conn = center.db().read().await?;
    let settings = shop::read_in(center, &mut conn).await?.over(center.settings());
    let stored = Stored::find(&mut conn, which).await?;
    let used = wording(&mut conn, which.kind, which.locale).await?;
    let wording = Wording { own: stored.draft.or_else(|| used.own.clone()), ..used };
    let facts = facts(which.kind, which.locale, sample);
    let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let inset = sample_inset(which.kind);
    let written = mail::templates()?.write(which.kind, which.locale, &facts, &settings, inset, &wording);
    Ok(written.ok().map(|mail| seen(mail, wording.logo.as_ref())))
}
