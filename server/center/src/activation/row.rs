use model::{ActivationId, CompanyId, CustomerNumber, Email, FeaturesOff, InvoiceNumber, Locale, Salutation};

use crate::clock::{DAY, HOUR};
use crate::store::{Conn, Row, StoreError, Tx, args};
use crate::{Center, Token};

/// How long an activation may take from its first step.
const LIFE: i64 = 2 * HOUR;
/// How long one waits for an ERP that is down.
const PARKED_LIFE: i64 = 14 * DAY;

/// An activation under way.
pub(super) struct Activation {
    pub id: ActivationId,
    pub state: String,
    pub customer_number: CustomerNumber,
    pub invoice_number: InvoiceNumber,
    pub email: Email,
    pub salutation: Salutation,
    pub first_name: String,
    pub last_name: String,
    pub contact_number: String,
    pub company_name: String,
    pub administrator: Option<String>,
    pub locale: Locale,
    pub password_hash: Option<String>,
}

impl Activation {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            state: row.get("state")?,
            customer_number: row.get("customer_number")?,
            invoice_number: row.get("invoice_number")?,
            email: row.get("email")?,
            salutation: row.get("salutation")?,
            first_name: row.get("first_name")?,
            last_name: row.get("last_name")?,
            contact_number: row.get("contact_number")?,
            company_name: row.get("company_name")?,
            administrator: row.get("administrator")?,
            locale: row.get("locale")?,
            password_hash: row.get("password_hash")?,
        })
    }

    /// The one of this browser, unless it has ended or is done.
    pub(super) async fn of_browser(
        conn: &mut Conn,
        center: &Center,
        token: &str,
    ) -> Result<Option<Self>, StoreError> {
        let Some(token) = Token::parse(token) else { return Ok(None) };
        conn.optional(
            "SELECT id, state, customer_number, invoice_number, email, salutation, first_name, last_name,
                contact_number, company_name, administrator, locale, password_hash FROM activations
             WHERE browser_hash = $1 AND ends_at > $2 AND state <> 'done'",
            args![token.hash(), center.now()],
        )
        .await?
        .as_ref()
        .map(Self::read)
        .transpose()
    }
}

/// Where a request for access goes.
pub(super) enum Addressee {
    /// To the main contacts of the company.
    Company(CompanyId),
    /// To those of the company that is still to be activated.
    Early,
    /// To nobody: the company is switched off.
    Nobody,
}

impl Addressee {
    pub(super) async fn of(conn: &mut Conn, customer: &CustomerNumber) -> Result<Self, StoreError> {
        let sql = "SELECT id, active FROM companies WHERE customer_key = $1";
        Ok(match conn.optional(sql, args![customer.key()]).await? {
            Some(row) if row.get("active")? => Self::Company(row.get("id")?),
            Some(_) => Self::Nobody,
            None => Self::Early,
        })
    }

    /// What is switched off for it alone.
    pub(super) async fn off(&self, conn: &mut Conn) -> Result<FeaturesOff, StoreError> {
        match self {
            Self::Company(company) => {
                let sql = "SELECT features_off AS n FROM companies WHERE id = $1";
                Ok(FeaturesOff::read(&conn.value::<String>(sql, args![*company]).await?))
            }
            Self::Early | Self::Nobody => Ok(FeaturesOff::default()),
        }
    }
}

/// The first step's facts.
pub(super) struct Facts<'a> {
    pub number: &'a CustomerNumber,
    pub invoice: &'a InvoiceNumber,
    pub email: &'a Email,
    pub locale: Locale,
}

/// What the ERP told, to prefill the second step.
#[derive(Default)]
pub(super) struct Prefill {
    pub salutation: Salutation,
    pub first_name: String,
    pub last_name: String,
    pub contact_number: String,
    pub company_name: String,
    pub administrator: Option<Email>,
}

/// Begins an activation in this state; answers the browser's secret.
pub(super) async fn insert(
    center: &Center,
    tx: &mut Tx,
    state: &'static str,
    facts: &Facts<'_>,
    prefill: Prefill,
) -> Result<Token, StoreError> {
    let token = Token::new(center.entropy());
    let now = center.now();
    let life = if state == "parked" { PARKED_LIFE } else { LIFE };
    tx.execute(
        "INSERT INTO activations (id, browser_hash, state, customer_key, customer_number, invoice_number, email, salutation,
             first_name, last_name, contact_number, company_name, administrator, locale, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        args![
            center.new_id(),
            token.hash(),
            state,
            facts.number.key(),
            facts.number,
            facts.invoice,
            facts.email,
            prefill.salutation,
            prefill.first_name,
            prefill.last_name,
            prefill.contact_number,
            prefill.company_name,
            prefill.administrator.as_ref(),
            facts.locale,
            now,
            now + life
        ],
    )
    .await?;
    Ok(token)
}
