//! Users management.

mod contact;
mod contacts;
mod decline;
mod differences;
mod done;
mod fields;
mod import;
mod invitations;
mod list;
mod many;
mod matching;
mod new;
mod request;
mod requests;
mod result;
mod review;
mod role;
mod roles;
mod settings;
mod table;
mod tabs;
mod user;

pub use contact::UsersContact;
pub use contacts::UsersContacts;
pub use decline::UsersDecline;
pub use differences::UsersDifferences;
pub use import::UsersImport;
pub use invitations::UsersInvitations;
pub use list::Users;
pub use matching::UsersMatching;
pub use new::UsersNew;
pub use request::UsersRequest;
pub use requests::UsersRequests;
pub use result::UsersResult;
pub use review::UsersReview;
pub use role::UsersRole;
pub use roles::UsersRoles;
pub use settings::UsersSettings;
pub(crate) use table::shape as users_status;
pub use user::UsersUser;

pub(in crate::pages) use list::count_text;
pub(in crate::pages) use table::shape;
