use std::fmt::Write as _;

use model::FieldIssue;
use sha2::{Digest, Sha256};

use super::info::lock_as_it_is;
use super::picture::written_anew;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::store::args;
use crate::{Center, Error};

/// The largest file that is taken for a logo, in bytes.
pub const PICTURE_MAX_BYTES: usize = 1024 * 1024;

/// Makes a picture, a PNG or JPEG by its content, the shop's logo.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], the field `logo` when it is no such picture or too large,
/// [`Error::Store`]
pub async fn upload_logo(center: &Center, actor: &Actor, file: Vec<u8>) -> Result<(), Error> {
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
    let was = lock_as_it_is(center, &mut tx).await?;
    if was.logo.as_ref() == Some(&hash) {
        return Ok(());
    }
    let sql = "INSERT INTO logos (hash, png, created_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING";
    tx.execute(sql, args![&hash, png, center.now()]).await?;
    tx.execute("UPDATE shop SET logo = $1 WHERE id = 1", args![&hash]).await?;
    tx.execute("DELETE FROM logos WHERE hash = $1", args![was.logo]).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::LogoChanged)).await?;
    Ok(tx.commit().await?)
}

/// Takes the shop's logo away. Without one nothing is done.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn remove_logo(center: &Center, actor: &Actor) -> Result<(), Error> {
    access::office(actor, Operation::OfficeLogoRemove)?;
    let mut tx = center.db().write().await?;
    let was = lock_as_it_is(center, &mut tx).await?;
    let Some(hash) = was.logo else { return Ok(()) };
    tx.execute("UPDATE shop SET logo = NULL WHERE id = 1", args![]).await?;
    tx.execute("DELETE FROM logos WHERE hash = $1", args![hash]).await?;
    audit::append(center, &mut tx, Entry::by(actor, Event::LogoRemoved)).await?;
    Ok(tx.commit().await?)
}
