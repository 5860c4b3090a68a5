//! The roles of a company: the built-in ones, and those that it makes itself (product reference, §3).

mod book;
mod given;
mod list;
mod losses;
mod write;

pub(crate) use book::RoleBook;
pub(crate) use given::{give, replace, roles_of};
pub use list::{form, list};
pub(crate) use write::is_free_role_name;
pub use write::{create, delete, edit};
