//! The merchant's side: its people, and what they run the portal with. Rights are those of
//! [`model::StaffRole`]; users of the portal are nobody here.

pub mod customers;
mod demo;
mod links;
mod reauthentication;
mod second_step;
pub mod sessions;
pub mod shop;
mod sign_in;
mod staff;
pub mod users;

pub use demo::set_up_known_app;
pub use links::{Link, follow_link, link, set_password};
pub use reauthentication::confirm_password;
pub use second_step::{Passed, keep_codes, second_step, second_step_page};
pub use sign_in::{Entered, sign_in};
pub use staff::create;
pub(crate) use users::{close_view, close_views};
