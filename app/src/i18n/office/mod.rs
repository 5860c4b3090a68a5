//! Texts of the Back Office, a file per area.

mod audit;
mod customers;
mod dashboard;
mod entry;
mod erp;
#[cfg(feature = "ssr")]
mod erp_problems;
#[cfg(feature = "ssr")]
mod mail_reasons;
mod mails;
mod passkey;
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
pub use erp::{
    erp_import_state, erp_import_text, erp_name, erp_operation_text, erp_outcome_text, took_text,
    unanswered_share,
};
#[cfg(feature = "ssr")]
pub use erp_problems::row_error;
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
