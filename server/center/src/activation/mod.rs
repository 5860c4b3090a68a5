//! A customer activates its account: three facts of the ERP, a code by mail, and a company or
//! a business user comes to be (product reference, §2).

mod account;
mod decide;
mod invited;
mod login;
mod parked;
mod request_access;
mod row;
mod steps;

pub(crate) use account::{leave_business, open_company};
pub(crate) use decide::administrator;
pub use invited::resend_invitation;
pub(crate) use parked::settle_parked;
pub(crate) use request_access::hand_over_early_requests;
pub use request_access::{Asking, request_access};
pub use steps::{Outcome, You, confirm, resend_code, resume, start, view, you};
