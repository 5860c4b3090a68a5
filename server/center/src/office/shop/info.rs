use model::{ErrorCode, FieldIssue, ShopInput, ShopPage, checked_hue};

use crate::access::{self, Actor, Operation};
use crate::accounts::zones;
use crate::audit::{self, Entry, Event, Fact, FactValue};
use crate::shop::{self, Shop};
use crate::store::{Tx, args};
use crate::{Center, Error};

/// *Company information*.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn shop_page(center: &Center, actor: &Actor) -> Result<ShopPage, Error> {
    access::office(actor, Operation::OfficeShopPage)?;
    let shop = shop::read(center).await?;
    Ok(ShopPage {
        sign_in_url: format!("{}/sign-in", center.settings().public_url),
        logo: shop.logo_path(),
        name: shop.name,
        contact: shop.contact,
        address: shop.address,
        locale: shop.locale,
        zones: zones::offered(Some(&shop.time_zone), center.now()),
        time_zone: shop.time_zone,
        hue: shop.hue.unwrap_or(model::BRAND_HUE),
        version: shop.version,
    })
}

/// Saves the data of the shop. They hold from the next request and the next mail, on all nodes, and stand
/// over the settings from now on.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], the fields to correct, `Conflict` when somebody else changed
/// the shop since `version`, [`Error::Store`]
pub async fn edit_shop(center: &Center, actor: &Actor, form: &ShopInput, version: &str) -> Result<(), Error> {
    access::office(actor, Operation::OfficeShopEdit)?;
    let valid = form.check()?;
    let zone =
        zones::known(&valid.time_zone).ok_or_else(|| Error::field("time_zone", FieldIssue::UnknownChoice))?;
    let mut tx = center.db().write().await?;
    lock(&mut tx, version).await?;
    let was = shop::read_in(center, &mut tx).await?;
    let entry = Entry::by(actor, Event::ShopChanged)
        .change(Fact::Name, was.name.as_str(), valid.name.as_str())
        .change(Fact::ShopContact, was.contact.as_str(), valid.contact.as_str())
        .change(Fact::ShopAddress, was.address.as_str(), valid.address.as_str())
        .change(Fact::Language, was.locale.tag(), valid.locale.tag())
        .change(Fact::TimeZone, was.time_zone.as_str(), zone.as_str());
    if entry.tells_nothing() {
        return Ok(());
    }
    tx.execute(
        "UPDATE shop SET name = $1, contact = $2, address = $3, locale = $4, time_zone = $5 WHERE id = 1",
        args![valid.name, valid.contact, valid.address, valid.locale, zone],
    )
    .await?;
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Saves the hue of the brand.
///
/// # Errors
/// As [`edit_shop`]; the field `hue` to correct.
pub async fn edit_brand(center: &Center, actor: &Actor, hue: &str, version: &str) -> Result<(), Error> {
    access::office(actor, Operation::OfficeBrandEdit)?;
    let hue = i64::from(checked_hue(hue).map_err(|error| vec![error])?);
    let mut tx = center.db().write().await?;
    lock(&mut tx, version).await?;
    let was = shop::read_in(center, &mut tx).await?;
    let before = was.hue.map_or(FactValue::NONE, |hue| i64::from(hue).into());
    let entry = Entry::by(actor, Event::ShopChanged).change(Fact::BrandHue, before, hue);
    if entry.tells_nothing() {
        return Ok(());
    }
    tx.execute("UPDATE shop SET brand_hue = $1 WHERE id = 1", args![hue]).await?;
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Reads a hue that is to be looked at before it is saved.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], the field `hue` to correct.
pub fn preview_brand(actor: &Actor, hue: &str) -> Result<u16, Error> {
    access::office(actor, Operation::OfficeBrandPreview)?;
    Ok(checked_hue(hue).map_err(|error| vec![error])?)
}

/// Locks the shop's row, which makes changes follow one another, and raises its version.
async fn lock(tx: &mut Tx, version: &str) -> Result<(), Error> {
    // A text that is no number is no version either.
    let version: i64 = version.parse().unwrap_or_default();
    let sql = "UPDATE shop SET version = version + 1 WHERE id = 1 AND version = $1";
    if tx.execute(sql, args![version]).await? == 0 { Err(ErrorCode::Conflict.into()) } else { Ok(()) }
}

/// Locks the shop's row and leaves it as it is, for what is to be changed by one after another.
pub(super) async fn in_turn(tx: &mut Tx) -> Result<(), Error> {
    tx.execute("UPDATE shop SET features_off = features_off WHERE id = 1", args![]).await?;
    Ok(())
}

/// As [`lock`], for what stands in no form.
pub(super) async fn lock_as_it_is(center: &Center, tx: &mut Tx) -> Result<Shop, Error> {
    tx.execute("UPDATE shop SET version = version + 1 WHERE id = 1", args![]).await?;
    Ok(shop::read_in(center, tx).await?)
}
