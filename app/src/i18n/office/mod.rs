//! Texts of the Back Office, a file per area.

mod audit;
mod customers;
mod entry;
mod rights;
mod shop;
mod staff;
#[cfg(feature = "ssr")]
mod template_words;
mod templates;
mod users;

pub use audit::doer_kind_text;
pub use customers::customer_access_text;
pub use entry::staff_role_name;
pub use rights::office_right_text;
pub use shop::{feature_hint, feature_name, feature_off_text};
pub use staff::{staff_role_summary, staff_status_text};
#[cfg(feature = "ssr")]
pub use template_words::{mail_name, variable_words};
pub use templates::{fault_text, part_text, sample_text};
pub use users::people_list_name;
