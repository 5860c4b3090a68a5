use model::{CustomerNumber, Email};

use super::fields::Fields;
use super::reader::{Claim, Row};
use super::{ImportFile, ImportProblem, Kind};
use crate::store::args;

/// What [`Claim`]s of a customer's number begin with.
pub(super) const NUMBER: &str = "customer_number";

pub(super) static KIND: Kind = Kind {
    file: ImportFile::Customers,
    columns: &[
        NUMBER,
        "name",
        "currency",
        "language",
        "customer_center",
        "administrator_email",
        "street",
        "postal_code",
        "city",
        "country",
        "phone",
    ],
    table: "erp_customers",
    keys: &["customer_key"],
    facts: &[
        "customer_number",
        "name",
        "currency",
        "language",
        "customer_center",
        "administrator_email",
        "street",
        "postal_code",
        "city",
        "country",
        "phone",
    ],
    of_customer: false,
    read,
};

fn read(fields: &mut Fields<'_>) -> Row {
    let number = fields.number(CustomerNumber::parse);
    let claims = number.iter().map(|number| Claim::new(NUMBER, &number.key())).collect();
    let name = fields.required_text(100);
    let currency = fields.currency();
    let language = fields.language();
    let customer_center = fields.flag();
    let administrator = administrator(fields, customer_center);
    let street = fields.text(100);
    let postal_code = fields.text(20);
    let city = fields.text(100);
    let country = fields.country();
    let phone = fields.text(40);
    let values = || {
        let number = number.as_ref()?;
        Some(args![
            number.key(),
            number,
            name?,
            currency?.code(),
            language?,
            customer_center?,
            administrator?.as_ref(),
            street?,
            postal_code?,
            city?,
            country?,
            phone?,
        ])
    };
    Row { customer: None, claims, values: values() }
}

/// Who manages the customer's people: known exactly when the customer does that itself.
fn administrator(fields: &mut Fields<'_>, customer_center: Option<bool>) -> Option<Option<Email>> {
    let administrator = fields.email()?;
    match (customer_center, &administrator) {
        (Some(true), None) => fields.refuse(ImportProblem::AdministratorMissing),
        (Some(false), Some(_)) => fields.refuse(ImportProblem::AdministratorUnexpected),
        _ => Some(administrator),
    }
}
