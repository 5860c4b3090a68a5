//! *Enable features* and *Company information*.

mod address;
mod brand;
mod features;
mod info;
mod logo;

pub use address::OfficeAddress;
pub use features::OfficeFeatures;
pub use info::OfficeShop;

use model::OfficeRight;

use crate::frame::use_viewer;

/// Whether who looks may change the shop's settings. A courtesy; the use cases decide.
fn may_change() -> bool {
    use_viewer().office.is_some_and(|staff| staff.role.allows(OfficeRight::ShopManage))
}
