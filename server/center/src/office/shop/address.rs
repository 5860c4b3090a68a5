use model::{AddressPage, CompanyId, ErrorCode, FieldIssue, Slug};

use super::features::company_switches;
use super::info::in_turn;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event, Fact};
use crate::shop::logo_path;
use crate::store::args;
use crate::{Center, Error};

/// Former addresses that the page lists.
const LISTED: i64 = 20;

/// The sign-in address of a company.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `NotFound`, [`Error::Store`]
pub async fn address_page(center: &Center, actor: &Actor, company: CompanyId) -> Result<AddressPage, Error> {
    access::office(actor, Operation::OfficeAddressPage)?;
    let mut conn = center.db().read().await?;
    let company = company_switches(&mut conn, company).await?;
    let sql = "SELECT slug FROM former_slugs WHERE company_id = $1 ORDER BY until DESC, slug LIMIT $2";
    let rows = conn.all(sql, args![company.id, LISTED]).await?;
    let former = rows.iter().map(|row| row.get("slug")).collect::<Result<_, _>>()?;
    let row = conn.one("SELECT logo FROM companies WHERE id = $1", args![company.id]).await?;
    let logo = row.get::<Option<String>>("logo")?.as_deref().map(logo_path);
    Ok(AddressPage { company, base: format!("{}/c/", center.settings().public_url), former, logo })
}

/// Gives a company another sign-in address. The one before, which the form names in `before`, leads to it
/// from then on, and no other company can have it.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], `NotFound`, the field `slug` to correct, `Conflict` when
/// somebody else changed the address meanwhile, [`Error::Store`]
pub async fn move_address(
    center: &Center,
    actor: &Actor,
    company: CompanyId,
    slug: &str,
    before: &str,
) -> Result<(), Error> {
    access::office(actor, Operation::OfficeAddressMove)?;
    let slug = Slug::parse(slug).map_err(|issue| Error::field("slug", issue))?;
    let taken = || Error::field("slug", FieldIssue::SlugTaken);
    let mut tx = center.db().write().await?;
    // Changes of addresses follow one another, so that no two companies get one that was free a moment ago.
    in_turn(&mut tx).await?;
    let sql = "UPDATE companies SET version = version + 1 WHERE id = $1 RETURNING slug";
    let row = tx.optional(sql, args![company]).await?.ok_or(ErrorCode::NotFound)?;
    let was: String = row.get("slug")?;
    if was != before {
        return Err(ErrorCode::Conflict.into());
    }
    if was == slug.as_str() {
        return Ok(());
    }
    let sql = "SELECT 1 AS n FROM companies WHERE slug = $1
         UNION ALL SELECT 1 FROM former_slugs WHERE slug = $1 AND company_id <> $2";
    if tx.optional(sql, args![slug.as_str(), company]).await?.is_some() {
        return Err(taken());
    }
    tx.execute("DELETE FROM former_slugs WHERE slug = $1", args![slug.as_str()]).await?;
    let sql = "INSERT INTO former_slugs (slug, company_id, until) VALUES ($1, $2, $3)";
    tx.execute(sql, args![&was, company, center.now()]).await?;
    let moved =
        tx.execute("UPDATE companies SET slug = $2 WHERE id = $1", args![company, slug.as_str()]).await;
    match moved {
        // A company that was activated at this very moment was faster.
        Err(error) if error.is_unique_violation() => return Err(taken()),
        moved => moved?,
    };
    let entry = Entry::by(actor, Event::SignInAddressMoved).company(Some(company)).change(
        Fact::SignInAddress,
        was.as_str(),
        slug.as_str(),
    );
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
