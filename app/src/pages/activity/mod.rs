//! What people did: a company's activity, and the own.

mod company;
pub(super) mod list;
mod mine;

pub use company::CompanyActivity;
pub use mine::ProfileActivity;
