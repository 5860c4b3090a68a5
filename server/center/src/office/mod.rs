//! The merchant's side: its people, and what they run the portal with. Rights are those of
//! [`model::StaffRole`]; users of the portal are nobody here.

pub mod audit;
pub mod customers;
mod dashboard;
mod demo;
pub mod erp;
mod joining;
mod links;
pub mod mails;
mod me;
mod passkeys;
mod reauthentication;
mod results;
mod second_step;
pub mod sessions;
pub mod shop;
mod sign_in;
pub mod staff;
pub mod templates;
pub mod users;

pub use dashboard::dashboard;
pub use demo::set_up_known_app;
pub use links::{Link, follow_link, link, set_password};
pub use me::{change_password, me, revoke_other_sessions, revoke_session};
pub use passkeys::{add_passkey, begin_passkey, passkey_page, remove_passkey};
pub use reauthentication::{confirm_password, type_again};
pub use second_step::{
    Passed, keep_codes, new_codes, passkey_question, passkey_step, second_step, second_step_page,
};
pub use sign_in::{Entered, sign_in};
pub use staff::create;

pub(crate) use reauthentication::typed_lately;
pub(crate) use users::{close_view, close_views};

use crate::access::StaffSignedIn;
use crate::words;

/// Writes moments for somebody of the staff: in the shop's time zone and the language of the page.
pub(crate) fn times(center: &crate::Center, who: &StaffSignedIn) -> words::Times {
    words::Times::at(center.now(), &who.client.shop.time_zone, who.client.locale)
}
