//! Users management.

mod contact;
mod contacts;
mod decline;
mod done;
mod fields;
mod invitations;
mod list;
mod new;
mod request;
mod requests;
mod table;
mod tabs;
mod user;

pub use contact::UsersContact;
pub use contacts::UsersContacts;
pub use decline::UsersDecline;
pub use invitations::UsersInvitations;
pub use list::Users;
pub use new::UsersNew;
pub use request::UsersRequest;
pub use requests::UsersRequests;
pub use user::UsersUser;
