use async_trait::async_trait;
use model::{ContactNumber, CustomerNumber, Email, InvoiceNumber};

use super::{ContactWriter, Erp, ErpContact, ErpCustomer, ErpError, MAX_CONTACTS};
use crate::store::{Db, Row, StoreError, args};

/// The ERP tables of the portal's own database, filled by [`super::import`].
#[derive(Clone)]
pub struct EmbeddedErp(Db);

impl EmbeddedErp {
    /// On this database.
    pub const fn new(db: Db) -> Self {
        Self(db)
    }
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
    async fn customer(&self, number: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError> {
        let row = self
            .0
            .read()
            .await?
            .optional(
                "SELECT customer_number, name, currency, language, customer_center, administrator_email
                 FROM erp_customers WHERE customer_key = $1",
                args![number.key()],
            )
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(ErpCustomer {
            number: row.get("customer_number")?,
            name: row.get("name")?,
            currency: row.get("currency")?,
            locale: row.get("language")?,
            customer_center: row.get("customer_center")?,
            administrator: row.get("administrator_email")?,
        }))
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

    fn contact_writer(&self) -> Option<&dyn ContactWriter> {
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
        tx.commit().await?;
        Ok(changed > 0)
    }
}
