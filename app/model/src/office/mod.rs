//! What the Back Office shares with the host: the merchant's people and their rights.

mod staff;

pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
