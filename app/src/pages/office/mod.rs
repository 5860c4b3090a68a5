//! Pages of the Back Office, a file or folder for each screen.

mod audit;
mod confirm_password;
mod customers;
mod dashboard;
mod erp;
mod mails;
mod me;
mod passkey;
mod second_step;
mod set_password;
mod shop;
mod sign_in;
mod staff;
mod templates;
mod users;

pub use audit::{OfficeAudit, OfficeAuditChain};
pub use confirm_password::OfficeConfirmPassword;
pub use customers::{
    OfficeCustomer, OfficeCustomerAccess, OfficeCustomerInvoices, OfficeCustomers, OfficeCustomersMany,
    OfficeCustomersResult,
};
pub use dashboard::Office;
pub use erp::{OfficeErp, OfficeErpImport, OfficeErpImports, OfficeErpRequests};
pub use mails::{OfficeMail, OfficeMailRecord, OfficeMailResult};
pub use me::{OfficeMyPassword, OfficeOwnAccount};
pub use passkey::OfficePasskey;
pub use second_step::OfficeSecondStep;
pub use set_password::OfficeSetPassword;
pub use shop::{OfficeAddress, OfficeFeatures, OfficeShop};
pub use sign_in::OfficeSignIn;
pub use staff::{OfficeStaff, OfficeStaffNew, OfficeStaffPerson};
pub use templates::{OfficeMailPreferences, OfficeTemplate, OfficeTemplateVersion, OfficeTemplates};
pub use users::{
    OfficeCode, OfficeCompany, OfficeErase, OfficeMerge, OfficeMove, OfficeUser, OfficeUsers, OfficeViewAs,
};
