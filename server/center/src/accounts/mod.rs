//! A person's login: signing in and out, passwords, sessions, links by mail, the own profile.

mod authenticate;
mod common;
mod context;
mod email_change;
mod guesses;
pub(crate) mod handover;
mod language;
pub mod links;
mod notices;
mod passwords;
mod pending;
mod places;
mod profile;
mod reauthentication;
mod reset;
mod second_step;
pub mod sessions;
mod sign_in;
mod switch;
pub(crate) mod zones;

pub use email_change::{cancel_email_change, change_email, confirm_email};
pub use handover::use_code;
pub use passwords::Passwords;
pub use pending::{second_step, second_step_page};
pub use places::choices;
pub use profile::{choose_language, edit_profile, moved_to, profile, profile_form, sign_in_page};
pub use reauthentication::{confirm_password, type_again};
pub use reset::{Used, change_password, forgot_password, set_password};
pub use second_step::{
    begin_second_step, end_second_step, keep_recovery_codes, my_second_step, new_recovery_codes,
    set_up_second_step,
};
pub use sign_in::{Entered, sign_in};
pub use switch::switch_company;

pub(crate) use authenticate::{Verdict, authenticate};
pub(crate) use context::judge_password;
pub(crate) use email_change::request_change;
pub(crate) use guesses::Realm;
pub(crate) use notices::wants;
pub(crate) use places::{belongs_elsewhere, only_acting_here};
pub(crate) use reauthentication::{is_late, lately, typed_lately};
pub(crate) use reset::{send_reset, settle_requests, told};
