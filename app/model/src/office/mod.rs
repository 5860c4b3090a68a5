//! What the Back Office shares with the host: the merchant's people and their rights.

mod staff;
mod team;

pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
pub use team::{OfficeMe, StaffDetail, StaffInput, StaffList, StaffRow, StaffStatus, ValidStaff};
