//! What people did, as the audit trail keeps it: a company's part for those who may see it, and
//! everybody's own. The staff read the whole trail, which `office::audit` lists. The words are the application's.

mod company;
mod entry;
mod export;
mod mine;
pub(crate) mod pages;

pub use company::company;
pub(crate) use entry::{COLUMNS, Reader};
pub use entry::{Doer, Happening, InCompany, Record, Told, ToldChange, ToldRole};
pub(crate) use export::{AT_ONCE, gather};
pub use export::{Export, export};
pub use mine::mine;
