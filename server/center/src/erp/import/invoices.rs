use model::{CustomerNumber, InvoiceNumber};

use super::fields::Fields;
use super::reader::{Claim, Row};
use super::{ImportFile, Kind};
use crate::store::args;

pub(super) static KIND: Kind = Kind {
    file: ImportFile::Invoices,
    columns: &["customer_number", "invoice_number", "date", "currency", "total"],
    table: "erp_invoices",
    keys: &["customer_key", "invoice_key"],
    facts: &["invoice_number", "date", "currency", "total_minor"],
    of_customer: true,
    read,
};

fn read(fields: &mut Fields<'_>) -> Row {
    let customer = fields.number(CustomerNumber::parse);
    let number = fields.number(InvoiceNumber::parse);
    let date = fields.date();
    let currency = fields.currency();
    let total = fields.amount(currency);

    let claims = number.iter().map(|number| Claim::new("invoice_number", &number.key())).collect();
    let values = || {
        let number = number.as_ref()?;
        Some(args![customer.as_ref()?.key(), number.key(), number, date?, currency?.code(), total?])
    };
    let values = values();
    Row { customer, claims, values }
}
