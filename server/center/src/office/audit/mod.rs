//! The whole trail in the Back Office: what was done, by whom, at which company, and whether nobody has changed it
//! since.

mod chain;
mod export;
mod list;
mod parts;

pub use chain::{chain, check_chain, set_retention};
pub use export::{export, export_json};
pub use list::{Listed, list};
