//! Texts of the Back Office, a file per area.

mod customers;
mod entry;
mod rights;

pub use customers::customer_access_text;
pub use entry::staff_role_name;
pub use rights::office_right_text;
