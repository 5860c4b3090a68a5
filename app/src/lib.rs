//! m

pub mod i18n;
pub mod ui;
pub mod pages;
