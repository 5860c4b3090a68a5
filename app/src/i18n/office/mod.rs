//! Texts of the Back Office, a file per area.

mod entry;
mod rights;
#[cfg(feature = "ssr")]
mod template_words;
mod templates;

pub use entry::staff_role_name;
pub use rights::office_right_text;
#[cfg(feature = "ssr")]
pub use template_words::{mail_name, variable_words};
pub use templates::{fault_text, part_text, sample_text};
