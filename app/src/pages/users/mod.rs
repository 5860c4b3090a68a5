//! Users management.

mod contact;
mod contacts;
mod done;
mod fields;
mod invitations;
mod list;
mod new;
mod table;
mod tabs;
mod user;

pub use contact::UsersContact;
pub use contacts::UsersContacts;
pub use invitations::UsersInvitations;
pub use list::Users;
pub use new::UsersNew;
pub use user::UsersUser;
