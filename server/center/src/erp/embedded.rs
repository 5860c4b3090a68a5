use async_trait::async_trait;
use model::{ContactNumber, CustomerNumber, Email, ErpAdapter, InvoiceNumber, Money};

use super::{
    ContactWriter, CustomerSearch, Erp, ErpContact, ErpCustomer, ErpError, ErpInvoice, MAX_CONTACTS,
    MAX_INVOICES, words,
};
use crate::store::{Db, Row, Sql, StoreError, args};

/// The ERP tables of the portal's own database, filled by [`super::import`].
#[derive(Clone)]
pub struct EmbeddedErp(Db);

impl EmbeddedErp {
    /// On this database.
    pub const fn new(db: Db) -> Self {
        Self(db)
    }

    pub(super) const fn db(&self) -> &Db {
        &self.0
    }
}

/// The columns that [`customer`] reads.
pub(super) const CUSTOMER: &str = "SELECT customer_number, name, currency, language, customer_center, administrator_email FROM erp_customers";

pub(super) fn customer(row: &Row) -> Result<ErpCustomer, StoreError> {
    Ok(ErpCustomer {
        number: row.get("customer_number")?,
        name: row.get("name")?,
        currency: row.get("currency")?,
        locale: row.get("language")?,
        customer_center: row.get("customer_center")?,
        administrator: row.get("administrator_email")?,
    })
}

fn contact(row: &Row) -> Result<ErpContact, StoreError> {
    Ok(ErpContact {
        number: row.get("contact_number")?,
        salutation: row.get("salutation")?,
        name: row.get("name")?,
        email: row.get("email")?,
        is_main: row.get("is_main")?,
    })
}

#[async_trait]
impl Erp for EmbeddedErp {
    fn adapter(&self) -> ErpAdapter {
        ErpAdapter::Embedded
    }

    async fn customer(&self, number: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError> {
        let (sql, values) = Sql::new(CUSTOMER).push(" WHERE customer_key = ").bind(number.key()).build();
        let row = self.0.read().await?.optional(sql, values).await?;
        Ok(row.as_ref().map(customer).transpose()?)
    }

    async fn has_invoice(
        &self,
        customer: &CustomerNumber,
        invoice: &InvoiceNumber,
    ) -> Result<bool, ErpError> {
        let sql = "SELECT 1 AS n FROM erp_invoices WHERE customer_key = $1 AND invoice_key = $2";
        let row = self.0.read().await?.optional(sql, args![customer.key(), invoice.key()]).await?;
        Ok(row.is_some())
    }

    async fn contacts(&self, customer: &CustomerNumber) -> Result<Vec<ErpContact>, ErpError> {
        let limit = i64::try_from(MAX_CONTACTS).unwrap_or(i64::MAX);
        let rows = self
            .0
            .read()
            .await?
            .all(
                "SELECT contact_number, salutation, name, email, is_main FROM erp_contacts
                 WHERE customer_key = $1 AND NOT is_company ORDER BY name, contact_key LIMIT $2",
                args![customer.key(), limit],
            )
            .await?;
        Ok(rows.iter().map(contact).collect::<Result<_, _>>()?)
    }

    async fn contact(
        &self,
        customer: &CustomerNumber,
        number: &ContactNumber,
    ) -> Result<Option<ErpContact>, ErpError> {
        let row = self
            .0
            .read()
            .await?
            .optional(
                "SELECT contact_number, salutation, name, email, is_main FROM erp_contacts
                 WHERE customer_key = $1 AND contact_key = $2 AND NOT is_company",
                args![customer.key(), number.key()],
            )
            .await?;
        Ok(row.as_ref().map(contact).transpose()?)
    }

    async fn invoices(&self, customer: &CustomerNumber) -> Result<Vec<ErpInvoice>, ErpError> {
        let sql = "SELECT invoice_number, date, currency, total_minor FROM erp_invoices
             WHERE customer_key = $1 ORDER BY date DESC, invoice_key DESC LIMIT $2";
        let limit = i64::try_from(MAX_INVOICES).unwrap_or(i64::MAX);
        let rows = self.0.read().await?.all(sql, args![customer.key(), limit]).await?;
        let invoice = |row: &Row| -> Result<_, StoreError> {
            Ok(ErpInvoice {
                number: row.get("invoice_number")?,
                date: row.get("date")?,
                total: Money { minor: row.get("total_minor")?, currency: row.get("currency")? },
            })
        };
        Ok(rows.iter().map(invoice).collect::<Result<_, _>>()?)
    }

    fn contact_writer(&self) -> Option<&dyn ContactWriter> {
        Some(self)
    }

    fn customer_search(&self) -> Option<&dyn CustomerSearch> {
        Some(self)
    }
}

#[async_trait]
impl ContactWriter for EmbeddedErp {
    async fn change_contact(
        &self,
        customer: &CustomerNumber,
        before: &ErpContact,
        after: &ErpContact,
    ) -> Result<bool, ErpError> {
        let mut tx = self.0.write().await?;
        let changed = tx
            .execute(
                "UPDATE erp_contacts SET name = $5, email = $6 WHERE customer_key = $1 AND contact_key = $2 AND name = $3
                     AND coalesce(email, '') = $4 AND NOT is_company",
                args![
                    customer.key(),
                    before.number.key(),
                    &before.name,
                    before.email.as_ref().map(Email::as_str).unwrap_or_default(),
                    &after.name,
                    after.email.as_ref()
                ],
            )
            .await?;
        if changed > 0 {
            words::outdated(&mut tx, [customer.key().as_str()]).await?;
            words::renew_all(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(changed > 0)
    }
}
