use async_trait::async_trait;
use model::{ContactNumber, CustomerNumber, ErpAdapter, InvoiceNumber};

use super::{Erp, ErpContact, ErpCustomer, ErpError, ErpInvoice};

/// Stands in while the ERP is being worked on: every question is answered "not available", so
/// that people see what the portal does without its ERP and nothing half-migrated is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Maintenance;

fn away<T>() -> Result<T, ErpError> {
    Err(ErpError::Unavailable("set to maintenance".to_owned()))
}

#[async_trait]
impl Erp for Maintenance {
    fn adapter(&self) -> ErpAdapter {
        ErpAdapter::Maintenance
    }

    async fn customer(&self, _: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError> {
        away()
    }
    async fn has_invoice(&self, _: &CustomerNumber, _: &InvoiceNumber) -> Result<bool, ErpError> {
        away()
    }
    async fn contacts(&self, _: &CustomerNumber) -> Result<Vec<ErpContact>, ErpError> {
        away()
    }
    async fn contact(&self, _: &CustomerNumber, _: &ContactNumber) -> Result<Option<ErpContact>, ErpError> {
        away()
    }
    async fn invoices(&self, _: &CustomerNumber) -> Result<Vec<ErpInvoice>, ErpError> {
        away()
    }
}
