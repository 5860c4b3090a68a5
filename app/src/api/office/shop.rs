//! Enable features, and Company information.

use leptos::prelude::*;
use model::{AddressPage, FeaturesPage, Go, ShopPage};

use crate::api::Failure;

/// The switches of the shop, or of one company.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`
#[server(endpoint = "office/features_page")]
pub async fn office_features_page(
    #[server(default)] company: String,
    #[server(default)] q: String,
) -> Result<FeaturesPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let company = company_of(&company)?;
        center::office::shop::features_page(&r.center, &r.actor, company, &q).await
    })
    .await?)
}

/// Switches features on and off.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`, `Conflict`
#[server(endpoint = "office/features_switch")]
pub async fn office_features_switch(
    #[server(default)] company: String,
    #[server(default)] on: Vec<String>,
    #[server(default)] before: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = company_of(&company)?;
        center::office::shop::switch_features(&r.center, &r.actor, id, &on, &before).await?;
        let mut pairs = vec![("done", "switched".to_owned())];
        pairs.extend(id.map(|_| ("company", company)));
        Ok(Go::to(crate::address::address("/office/features", &pairs)))
    })
    .await?)
}

/// The data of the shop.
///
/// # Errors
/// `OfficeForbidden`
#[server(endpoint = "office/shop_page")]
pub async fn office_shop_page() -> Result<ShopPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| center::office::shop::shop_page(&r.center, &r.actor).await).await?)
}

/// Saves the data of the shop.
///
/// # Errors
/// `OfficeForbidden`, fields to correct, `Conflict`
#[server(endpoint = "office/shop_edit")]
pub async fn office_shop_edit(
    #[server(default)] shop_name: String,
    #[server(default)] contact: String,
    #[server(default)] address: String,
    #[server(default)] locale: String,
    #[server(default)] time_zone: String,
    #[server(default)] version: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let form = model::ShopInput { name: shop_name, contact, address, locale, time_zone };
        center::office::shop::edit_shop(&r.center, &r.actor, &form, &version).await?;
        Ok(Go::anew("/office/shop?done=saved"))
    })
    .await?)
}

/// Saves the hue of the brand.
///
/// # Errors
/// `OfficeForbidden`, the field `hue`, `Conflict`
#[server(endpoint = "office/brand_edit")]
pub async fn office_brand_edit(
    #[server(default)] hue: String,
    #[server(default)] version: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        center::office::shop::edit_brand(&r.center, &r.actor, &hue, &version).await?;
        Ok(Go::anew("/office/shop?done=saved"))
    })
    .await?)
}

/// Shows a hue without saving it.
///
/// # Errors
/// `OfficeForbidden`, the field `hue`
#[server(endpoint = "office/brand_preview")]
pub async fn office_brand_preview(
    #[server(default)] hue: String,
    #[server(default)] version: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    // The form sends it whichever of its buttons is used.
    drop(version);
    Ok(submit(async |r| {
        let hue = center::office::shop::preview_brand(&r.actor, &hue)?;
        Ok(Go::to(format!("/office/shop?hue={hue}")))
    })
    .await?)
}

/// Takes the logo of the shop away, or that of a company.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`
#[server(endpoint = "office/logo_remove")]
pub async fn office_logo_remove(#[server(default)] company: String) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = company_of(&company)?;
        center::office::shop::remove_logo(&r.center, &r.actor, id).await?;
        let page =
            id.map_or_else(|| "/office/shop".to_owned(), |id| format!("/office/companies/{id}/address"));
        Ok(Go::anew(format!("{page}?done=logo_removed")))
    })
    .await?)
}

/// The sign-in address of a company.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`
#[server(endpoint = "office/address_page")]
pub async fn office_address_page(#[server(default)] company: String) -> Result<AddressPage, Failure> {
    use crate::host::run;
    Ok(run(async |r| {
        let company = company_of(&company)?.ok_or(model::ErrorCode::NotFound)?;
        center::office::shop::address_page(&r.center, &r.actor, company).await
    })
    .await?)
}

/// Gives a company another sign-in address.
///
/// # Errors
/// `OfficeForbidden`, `NotFound`, the field `slug`, `Conflict`
#[server(endpoint = "office/address_move")]
pub async fn office_address_move(
    #[server(default)] company: String,
    #[server(default)] slug: String,
    #[server(default)] before: String,
) -> Result<Go, Failure> {
    use crate::host::submit;
    Ok(submit(async |r| {
        let id = company_of(&company)?.ok_or(model::ErrorCode::NotFound)?;
        center::office::shop::move_address(&r.center, &r.actor, id, &slug, &before).await?;
        Ok(Go::to(format!("/office/companies/{id}/address?done=moved")))
    })
    .await?)
}

/// The company of a form; none for an empty field.
#[cfg(feature = "ssr")]
fn company_of(id: &str) -> Result<Option<model::CompanyId>, center::Error> {
    if id.is_empty() {
        return Ok(None);
    }
    Ok(Some(id.parse().map_err(|_| model::ErrorCode::NotFound)?))
}
