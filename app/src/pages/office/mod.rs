//! Pages of the Back Office, a file or folder for each screen.

mod confirm_password;
mod dashboard;
mod me;
mod second_step;
mod set_password;
mod sign_in;
mod staff;

pub use confirm_password::OfficeConfirmPassword;
pub use dashboard::Office;
pub use me::{OfficeMyPassword, OfficeOwnAccount};
pub use second_step::OfficeSecondStep;
pub use set_password::OfficeSetPassword;
pub use sign_in::OfficeSignIn;
pub use staff::{OfficeStaff, OfficeStaffNew, OfficeStaffPerson};
