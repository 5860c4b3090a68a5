//! What the Back Office shares with the host: the merchant's people and their rights.

mod customers;
mod staff;

pub use customers::{
    AccessBox, AccessInput, AccessLine, AccessPage, AccessPerson, AccessResult, CustomerAccess,
    CustomerContact, CustomerHead, CustomerInvoice, CustomerInvoices, CustomerRecord, CustomerRow,
    CustomersPage, CustomersQuery,
};
pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
