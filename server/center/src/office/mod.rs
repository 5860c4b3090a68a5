//! The merchant's side: its people, and what they run the portal with. Rights are those of
//! [`model::StaffRole`]; users of the portal are nobody here.

mod links;
mod second_step;
pub mod sessions;
mod sign_in;
mod staff;
pub mod templates;

pub use links::{Link, follow_link, link, set_password};
pub use second_step::{Passed, keep_codes, second_step, second_step_page};
pub use sign_in::{Entered, sign_in};
pub use staff::create;
