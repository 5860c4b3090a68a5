//! Texts of the Back Office, a file per area.

mod customers;
mod dashboard;
mod entry;
#[cfg(feature = "ssr")]
mod mail_reasons;
mod mails;
mod rights;
mod shop;
mod staff;
#[cfg(feature = "ssr")]
mod template_words;
mod templates;
mod users;

pub use customers::customer_access_text;
pub use entry::staff_role_name;
#[cfg(feature = "ssr")]
pub use mail_reasons::{mail_reason_text, obstacle_text};
pub use mails::mail_state_text;
pub use rights::office_right_text;
pub use shop::{feature_hint, feature_name, feature_off_text};
pub use staff::{staff_role_summary, staff_status_text};
#[cfg(feature = "ssr")]
pub use template_words::{mail_name, variable_words};
pub use templates::{fault_text, part_text, sample_text};
pub use users::people_list_name;
