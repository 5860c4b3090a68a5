//! Pages of the Back Office, a file or folder for each screen.

mod dashboard;
mod second_step;
mod set_password;
mod sign_in;
mod templates;

pub use dashboard::Office;
pub use second_step::OfficeSecondStep;
pub use set_password::OfficeSetPassword;
pub use sign_in::OfficeSignIn;
pub use templates::{OfficeMailPreferences, OfficeTemplate, OfficeTemplateVersion, OfficeTemplates};
