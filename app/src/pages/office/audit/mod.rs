//! *Audit*: everything that was done, and the chain that shows whether nobody changed it.

mod chain;
mod list;

pub use chain::OfficeAuditChain;
pub use list::OfficeAudit;
