use model::{ContactNumber, CustomerNumber};

use super::fields::Fields;
use super::reader::{Claim, Row};
use super::{ImportFile, Kind};
use crate::store::args;

pub(super) static KIND: Kind = Kind {
    file: ImportFile::Contacts,
    columns: &[
        "customer_number",
        "contact_number",
        "salutation",
        "name",
        "email",
        "phone",
        "is_main",
        "is_company",
    ],
    table: "erp_contacts",
    keys: &["customer_key", "contact_key"],
    facts: &["contact_number", "salutation", "name", "email", "phone", "is_main", "is_company"],
    of_customer: true,
    read,
};

fn read(fields: &mut Fields<'_>) -> Row {
    let customer = fields.number(CustomerNumber::parse);
    let number = fields.number(ContactNumber::parse);
    let salutation = fields.salutation();
    let name = fields.required_text(100);
    let email = fields.email();
    let phone = fields.text(40);
    let is_main = fields.flag();
    let is_company = fields.flag();

    let mut claims: Vec<_> =
        number.iter().map(|number| Claim::new("contact_number", &number.key())).collect();
    if let (Some(customer), Some(Some(email))) = (&customer, &email) {
        claims.push(Claim::within("email", &customer.key(), email.as_str()));
    }
    let values = || {
        let number = number.as_ref()?;
        Some(args![
            customer.as_ref()?.key(),
            number.key(),
            number,
            salutation?,
            name?,
            email?.as_ref(),
            phone?,
            is_main?,
            is_company?,
        ])
    };
    let values = values();
    Row { customer, claims, values }
}
