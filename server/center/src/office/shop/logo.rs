use std::fmt::Write as _;

use model::{CompanyId, ErrorCode, FieldIssue};
use sha2::{Digest, Sha256};

use super::info::{in_turn, lock_as_it_is};
use super::picture::written_anew;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::store::{Tx, args};
use crate::{Center, Error};

/// The largest file that is taken for a logo, in bytes.
pub const PICTURE_MAX_BYTES: usize = 1024 * 1024;

/// Makes a picture, a PNG or JPEG by its content, the logo of a company, or the shop's.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], the field `logo` when it is no such picture or too large,
/// `NotFound`, [`Error::Store`]
pub async fn upload_logo(
    center: &Center,
    actor: &Actor,
    company: Option<CompanyId>,
    file: Vec<u8>,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeLogoUpload)?;
    let wrong = |issue| Error::field("logo", issue);
    if file.is_empty() {
        return Err(wrong(FieldIssue::Required));
    }
    if file.len() > PICTURE_MAX_BYTES {
        return Err(wrong(FieldIssue::PictureTooLarge));
    }
    let png = tokio::task::spawn_blocking(move || written_anew(&file)).await;
    let png = png.map_err(|error| Error::Fault(format!("a picture could not be decoded: {error}")))?;
    let png = png.map_err(wrong)?;
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(&png) {
        // Writing to a String cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    let mut tx = center.db().write().await?;
    let was = lock(center, &mut tx, company).await?;
    if was.as_ref() == Some(&hash) {
        return Ok(());
    }
    let sql = "INSERT INTO logos (hash, png, created_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
    tx.execute(sql, args![&hash, png, center.now()]).await?;
    replace(&mut tx, company, was, Some(hash)).await?;
    let entry = match company {
        Some(_) => Entry::by(actor, Event::CompanyLogoChanged).company(company),
        None => Entry::by(actor, Event::LogoChanged),
    };
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Takes the logo of a company away, or the shop's. Without one nothing is done.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `NotFound`, [`Error::Store`]
pub async fn remove_logo(center: &Center, actor: &Actor, company: Option<CompanyId>) -> Result<(), Error> {
    access::office(actor, Operation::OfficeLogoRemove)?;
    let mut tx = center.db().write().await?;
    let Some(was) = lock(center, &mut tx, company).await? else { return Ok(()) };
    replace(&mut tx, company, Some(was), None).await?;
    let entry = match company {
        Some(_) => Entry::by(actor, Event::CompanyLogoRemoved).company(company),
        None => Entry::by(actor, Event::LogoRemoved),
    };
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// The hash of the logo as it is, until the end of the transaction. Changes of logos follow one another, also
/// those of several companies: the picture that one gives up may be what another has just chosen.
async fn lock(center: &Center, tx: &mut Tx, company: Option<CompanyId>) -> Result<Option<String>, Error> {
    let Some(company) = company else { return Ok(lock_as_it_is(center, tx).await?.logo) };
    in_turn(tx).await?;
    let sql = "UPDATE companies SET version = version + 1 WHERE id = $1 RETURNING logo";
    Ok(tx.optional(sql, args![company]).await?.ok_or(ErrorCode::NotFound)?.get("logo")?)
}

/// Puts a logo in the place of another, which goes when nobody shows it any more.
async fn replace(
    tx: &mut Tx,
    company: Option<CompanyId>,
    was: Option<String>,
    hash: Option<String>,
) -> Result<(), Error> {
    match company {
        Some(company) => {
            tx.execute("UPDATE companies SET logo = $2 WHERE id = $1", args![company, hash]).await?;
        }
        None => {
            tx.execute("UPDATE shop SET logo = $1 WHERE id = 1", args![hash]).await?;
        }
    }
    let sql = "DELETE FROM logos WHERE hash = $1 AND NOT EXISTS (SELECT 1 FROM shop WHERE logo = $1)
         AND NOT EXISTS (SELECT 1 FROM companies WHERE logo = $1)";
    tx.execute(sql, args![was]).await?;
    Ok(())
}
