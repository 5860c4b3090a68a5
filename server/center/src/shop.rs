//! The shop as staff set it up in the Back Office. What they did not decide is as the settings say. It is
//! read anew for each request and each mail, so that a change counts at once, on all nodes.

use model::{ErrorCode, FeaturesOff, Locale};

use crate::access::{self, Actor, Operation};
use crate::store::{Conn, StoreError, args};
use crate::{Center, Error, Settings};

/// What holds for the shop right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The merchant's name
    pub name: String,
    /// How to reach the merchant, as one line; may be empty.
    pub contact: String,
    /// The merchant's postal address, as one line; may be empty.
    pub address: String,
    /// Language of mails to people who never chose one.
    pub locale: Locale,
    /// Time zone of new companies and of whoever has none, an IANA name.
    pub time_zone: String,
    /// Hue of the brand in degrees; `None` is the portal's own.
    pub hue: Option<u16>,
    /// SHA-256 of the logo, as hexadecimal digits.
    pub logo: Option<String>,
    /// The features that are off for everybody.
    pub off: FeaturesOff,
    /// Raised by each change of anything but the features.
    pub version: i64,
}

impl Shop {
    /// The shop as long as staff have decided nothing.
    pub fn configured(settings: &Settings) -> Self {
        Self {
            name: settings.shop_name.clone(),
            contact: settings.shop_contact.clone(),
            address: String::new(),
            locale: settings.locale,
            time_zone: settings.time_zone.clone(),
            hue: None,
            logo: None,
            off: FeaturesOff::default(),
            version: 1,
        }
    }

    /// Where the logo is to be had: a path that never changes its content.
    pub fn logo_path(&self) -> Option<String> {
        self.logo.as_deref().map(logo_path)
    }

    /// The settings with what staff decided over them, for mails.
    pub(crate) fn over(&self, settings: &Settings) -> Settings {
        Settings {
            shop_name: self.name.clone(),
            shop_contact: self.contact.clone(),
            time_zone: self.time_zone.clone(),
            locale: self.locale,
            ..settings.clone()
        }
    }
}

/// Where the logo with this hash is to be had.
pub(crate) fn logo_path(hash: &str) -> String {
    format!("/brand/{hash}.png")
}

/// Reads the shop: one row by its key.
///
/// # Errors
/// [`StoreError`]
pub async fn read(center: &Center) -> Result<Shop, StoreError> {
    read_in(center, &mut center.db().read().await?).await
}

/// As [`read`], within a transaction.
pub(crate) async fn read_in(center: &Center, conn: &mut Conn) -> Result<Shop, StoreError> {
    let sql = "SELECT name, contact, address, locale, time_zone, brand_hue, logo, features_off, version FROM shop WHERE id = 1";
    let row = conn.one(sql, args![]).await?;
    let configured = Shop::configured(center.settings());
    Ok(Shop {
        name: row.get::<Option<String>>("name")?.unwrap_or(configured.name),
        contact: row.get::<Option<String>>("contact")?.unwrap_or(configured.contact),
        address: row.get::<Option<String>>("address")?.unwrap_or_default(),
        locale: row.get::<Option<Locale>>("locale")?.unwrap_or(configured.locale),
        time_zone: row.get::<Option<String>>("time_zone")?.unwrap_or(configured.time_zone),
        hue: row.get::<Option<i64>>("brand_hue")?.and_then(|hue| u16::try_from(hue).ok()),
        logo: row.get("logo")?,
        off: FeaturesOff::read(&row.get::<String>("features_off")?),
        version: row.get("version")?,
    })
}

/// The logo of this name, `{hash}.png`, as a PNG: the shop's or a company's, which nobody can tell from it.
///
/// # Errors
/// `NotFound` when there is none or no longer one, [`Error::Store`]
pub async fn logo(center: &Center, actor: &Actor, name: &str) -> Result<Vec<u8>, Error> {
    access::authorize(actor, Operation::ShopLogo)?;
    let hash = name.strip_suffix(".png").filter(|hash| hash.len() == 64).ok_or(ErrorCode::NotFound)?;
    let found =
        center.db().read().await?.optional("SELECT png FROM logos WHERE hash = $1", args![hash]).await?;
    Ok(found.ok_or(ErrorCode::NotFound)?.get("png")?)
}
