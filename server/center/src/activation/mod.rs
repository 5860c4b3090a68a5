//! A customer activates its account: three facts of the ERP, a code by mail, and a company or
//! a business user comes to be (product reference, §2).

mod account;
mod decide;
mod parked;
mod row;
mod steps;

pub(crate) use parked::settle_parked;
pub use steps::{Outcome, You, confirm, resend_code, resume, start, view, you};
