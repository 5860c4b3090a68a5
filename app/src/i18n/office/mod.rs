//! Texts of the Back Office, a file per area.

mod entry;
mod rights;
mod staff;

pub use entry::staff_role_name;
pub use rights::office_right_text;
pub use staff::{staff_role_summary, staff_status_text};
