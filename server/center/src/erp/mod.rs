//! The port to the merchant's ERP, the system of record for customers, contacts and invoices.

mod calls;
mod embedded;
mod import;
mod maintenance;
mod recorded;
mod remembered;
mod search;
mod words;

use async_trait::async_trait;
use model::{
    ContactNumber, Currency, CustomerNumber, Email, ErpAdapter, InvoiceNumber, Locale, Money, Salutation,
};
use thiserror::Error;

use crate::store::StoreError;

pub(crate) use calls::{Calls, hour, write_down};
pub use embedded::EmbeddedErp;
pub use import::{
    FileReport, ImportError, ImportFile, ImportOptions, ImportProblem, ImportProgress, ImportReport,
    ImportSource, RowError,
};
pub(crate) use import::{ImportInput, Records, Running, busy, header_of, import_into};
pub use maintenance::Maintenance;
pub(crate) use recorded::Recorded;
pub use search::{Beside, CustomerQuery, CustomerSearch};
pub(crate) use words::renew_waiting;

/// Why the ERP gave no answer. "Not found" is an answer, not an error.
#[derive(Debug, Error)]
pub enum ErpError {
    /// It does not answer, or what it answers can't be understood.
    #[error("the ERP does not answer: {0}")]
    Unavailable(String),
    /// The tables of the embedded ERP can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A customer record of the ERP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErpCustomer {
    /// As the ERP writes it.
    pub number: CustomerNumber,
    /// Company name
    pub name: String,
    /// Currency of its prices and budgets.
    pub currency: Currency,
    /// Language of the company's correspondence.
    pub locale: Locale,
    /// Whether the customer's people are managed by the customer itself.
    pub customer_center: bool,
    /// Who manages them.
    pub administrator: Option<Email>,
}

/// A person at an ERP customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErpContact {
    /// As the ERP writes it.
    pub number: ContactNumber,
    /// How to address the person.
    pub salutation: Salutation,
    /// Full name
    pub name: String,
    /// May be missing.
    pub email: Option<Email>,
    /// Main contact of the customer.
    pub is_main: bool,
}

/// An invoice of the ERP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErpInvoice {
    /// As the ERP writes it.
    pub number: InvoiceNumber,
    /// The day on it, as `2026-11-22`.
    pub date: String,
    /// What is to be paid, gross.
    pub total: Money,
}

/// What the portal asks of an ERP. All lists leave out the company's own record.
#[async_trait]
pub trait Erp: Send + Sync {
    /// Which it is.
    fn adapter(&self) -> ErpAdapter;

    /// A customer by its number.
    async fn customer(&self, number: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError>;

    /// Whether the invoice is one of the customer's. Asked for unknown customers too, so that
    /// both questions always cost the same.
    async fn has_invoice(&self, customer: &CustomerNumber, invoice: &InvoiceNumber)
    -> Result<bool, ErpError>;

    /// The people at a customer by name, at most [`MAX_CONTACTS`].
    async fn contacts(&self, customer: &CustomerNumber) -> Result<Vec<ErpContact>, ErpError>;

    /// One person at a customer.
    async fn contact(
        &self,
        customer: &CustomerNumber,
        number: &ContactNumber,
    ) -> Result<Option<ErpContact>, ErpError>;

    /// A customer's invoices, the latest first, at most [`MAX_INVOICES`].
    async fn invoices(&self, customer: &CustomerNumber) -> Result<Vec<ErpInvoice>, ErpError>;

    /// What changes contacts, for an ERP that lets the portal do so.
    fn contact_writer(&self) -> Option<&dyn ContactWriter> {
        None
    }

    /// What looks for customers, for an ERP that can be searched.
    fn customer_search(&self) -> Option<&dyn CustomerSearch> {
        None
    }
}

/// An ERP that takes changes of its contacts.
#[async_trait]
pub trait ContactWriter: Send + Sync {
    /// Gives a contact the name and email of `after`, unless it is not as `before` any more. Answers
    /// whether it did. Asked twice, it does nothing the second time.
    async fn change_contact(
        &self,
        customer: &CustomerNumber,
        before: &ErpContact,
        after: &ErpContact,
    ) -> Result<bool, ErpError>;
}

/// The most people of one customer that a list holds.
pub const MAX_CONTACTS: usize = 1_000;
/// The most invoices of one customer that a list holds.
pub const MAX_INVOICES: usize = 100;
