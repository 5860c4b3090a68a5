//! Differences between the ERP's contacts and the company's shop users: found anew whenever they are
//! asked for, taken over in either direction, or left as they are until the values change.

mod compare;
mod page;
mod settle;

pub use page::{DifferencesQuery, differences};
pub use settle::{TakenOver, ignore_difference, recall_difference, take_difference, tell_difference};

pub(super) use page::count;
