use super::decide::{DecideError, Decision, decide};
use super::row::Activation;
use super::steps::prefill;
use crate::clock::DAY;
use crate::mail::{self, Mail, MailKind};
use crate::store::args;
use crate::{Center, Error, Token};

/// A resumed activation may be finished this long after its mail.
const RESUMED_LIFE: i64 = 3 * DAY;

/// Goes on with activations that waited for the ERP: those whose facts match get a mail with a
/// link; the rest end without a word, because nothing is known of their address.
/// Answers how many were settled.
///
/// # Errors
/// [`Error::Store`]
pub(crate) async fn settle_parked(center: &Center) -> Result<usize, Error> {
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT id, state, customer_number, invoice_number, email, salutation, first_name, last_name,
                contact_number, company_name, administrator, locale, password_hash FROM activations
             WHERE state = 'parked' AND ends_at > $1 ORDER BY created_at LIMIT 20",
            args![center.now()],
        )
        .await?;
    let mut settled = 0;
    for row in &rows {
        let row = Activation::read(row)?;
        let found = match decide(center, &row.customer_number, &row.invoice_number, &row.email).await {
            Err(DecideError::Erp(_)) => return Ok(settled),
            Err(DecideError::Store(error)) => return Err(error.into()),
            Ok(Decision::Administrator(found) | Decision::BusinessUser(found)) => Some(found),
            Ok(_) => None,
        };
        let mut tx = center.db().write().await?;
        settled += 1;
        let Some(found) = found else {
            tx.execute("DELETE FROM activations WHERE id = $1 AND state = 'parked'", args![row.id.0]).await?;
            tx.commit().await?;
            continue;
        };
        let known = prefill(&found);
        // The browser's old secret dies here; the one in the mail proves the mailbox.
        let unused = Token::new(center.entropy()).hash();
        let claimed = tx
            .execute(
                "UPDATE activations SET state = 'resumed', browser_hash = $2, ends_at = $3, salutation = $4, first_name = $5,
                     last_name = $6, contact_number = $7, company_name = $8 WHERE id = $1 AND state = 'parked'",
                args![
                    row.id.0,
                    unused,
                    center.now() + RESUMED_LIFE,
                    known.salutation,
                    known.first_name.as_str(),
                    known.last_name.as_str(),
                    known.contact_number,
                    known.company_name.as_str()
                ],
            )
            .await?;
        if claimed == 1 {
            let mut mail = Mail::new(MailKind::ActivationResumed, row.email.clone(), row.locale)
                .fact("name", format!("{} {}", known.first_name, known.last_name).trim())
                .fact("company", known.company_name.as_str());
            mail.activation = Some(row.id);
            mail::enqueue(center, &mut tx, mail).await?;
        }
        tx.commit().await?;
    }
    Ok(settled)
}
