//! The second step of signing in.

mod cards;
mod mine;
mod sign_in;

pub(super) use cards::{app_secret, code_form, code_sheet, codes_to_keep, next};
pub use mine::ProfileSecondStep;
pub use sign_in::SecondStep;
