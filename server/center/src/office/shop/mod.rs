//! *Enable features* and *Company information*: what the merchant decides about the portal.

mod address;
mod features;
mod info;
mod logo;
mod picture;

pub use address::{address_page, move_address};
pub use features::{features_page, switch_features};
pub use info::{edit_brand, edit_shop, preview_brand, shop_page};
pub use logo::{PICTURE_MAX_BYTES, remove_logo, upload_logo};
