//! What the Back Office shares with the host: the merchant's people and their rights.

mod shop;
mod staff;

pub use shop::{
    AddressPage, CompanySwitches, FeatureRow, FeaturesPage, ShopInput, ShopPage, ValidShop, checked_hue,
};
pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
