//! What people did, as the audit trail keeps it: a company's part for those who may see it, and
//! everybody's own. The words are the application's.

mod company;
mod entry;
mod export;
mod mine;
mod pages;

pub use company::company;
pub use entry::{Doer, Happening, Told, ToldChange, ToldRole};
pub use export::{Export, export};
pub use mine::mine;
