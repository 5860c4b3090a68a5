//! Pages of the Back Office, a file or folder for each screen.

mod customers;
mod dashboard;
mod second_step;
mod set_password;
mod shop;
mod sign_in;
mod users;

pub use customers::{
    OfficeCustomer, OfficeCustomerAccess, OfficeCustomerInvoices, OfficeCustomers, OfficeCustomersMany,
    OfficeCustomersResult,
};
pub use dashboard::Office;
pub use second_step::OfficeSecondStep;
pub use set_password::OfficeSetPassword;
pub use shop::{OfficeAddress, OfficeFeatures, OfficeShop};
pub use sign_in::OfficeSignIn;
pub use users::{OfficeCompany, OfficeConfirmPassword, OfficeErase, OfficeUser, OfficeUsers, OfficeViewAs};
