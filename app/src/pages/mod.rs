//! The pages, a file or folder for each screen.

mod activation;
mod activity;
mod code;
mod confirm_email;
mod confirm_password;
mod forgot_password;
#[cfg(feature = "gallery")]
mod gallery;
mod inbox;
mod link_refused;
mod not_found;
mod office;
mod overview;
mod password_hint;
mod profile;
mod second_step;
mod set_password;
mod sign_in;
mod users;

pub use activation::{Activate, ActivateCode, ActivateResult, ActivateYou};
pub use activity::{CompanyActivity, ProfileActivity};
pub use code::UseCode;
pub use confirm_email::ConfirmEmail;
pub use confirm_password::ConfirmPassword;
pub use forgot_password::ForgotPassword;
#[cfg(feature = "gallery")]
pub use gallery::GalleryPage as Gallery;
pub use inbox::{Inbox, InboxMail};
#[cfg(not(feature = "gallery"))]
pub use not_found::NotFound as Gallery;
pub use not_found::NotFound;
pub use office::*;
pub use overview::Overview;
pub use profile::{Profile, ProfileEmail, ProfilePassword, ProfileSessions};
pub use second_step::{ProfileSecondStep, SecondStep};
pub use set_password::SetPassword;
pub use sign_in::{CompanySignIn, SignIn};
pub(crate) use users::users_status;
pub use users::{
    Users, UsersContact, UsersContacts, UsersDecline, UsersDifferences, UsersImport, UsersInvitations,
    UsersMatching, UsersNew, UsersRequest, UsersRequests, UsersResult, UsersReview, UsersRole, UsersRoles,
    UsersSettings, UsersUser,
};
