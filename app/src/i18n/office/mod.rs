//! Texts of the Back Office, a file per area.

mod entry;
mod rights;

pub use entry::staff_role_name;
pub use rights::office_right_text;
