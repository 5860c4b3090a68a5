use model::{
    ActivationStep, ActivationView, AskingForAccess, CustomerNumber, Eligibility, Email, ErrorCode,
    FieldError, FieldIssue, InvoiceNumber, PersonName, Salutation,
};

use super::account::{Finished, create_account};
use super::decide::{DecideError, Decision, Match, decide};
use super::invited::waiting_invitation;
use super::login::own_session;
use super::row::{Activation, Addressee, Facts, Prefill, insert};
use crate::access::{self, Actor, Operation};
use crate::accounts::judge_password;
use crate::audit::{self, Entry, Event, Fact};
use crate::clock::MINUTE;
use crate::mail::{self, Mail, MailKind};
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, ACTIVATION_ADDRESS, ACTIVATION_CUSTOMER, CODES_DAY, CODES_HOUR};
use crate::{Center, Error, Token};

/// A code is valid this long after it was sent.
const CODE_LIFE: i64 = 10 * MINUTE;
/// How often a code may be tried.
const CODE_TRIES: i64 = 5;

/// Where a step leads.
pub enum Outcome {
    /// The next step, for this browser's cookie where a new one is needed.
    Next(ActivationStep, Option<Token>),
    /// The account is made: the session's token, and whether it acts for a company.
    Done(Token, bool),
    /// The login that there was opens a further place, and signs in with the password that it has.
    Joined {
        /// Of the company's own sign-in address, if it is a company.
        slug: Option<String>,
    },
}

/// Step one: customer number, invoice number and email are compared with the ERP.
///
/// # Errors
/// The fields to correct, `NoMatch`, `TooManyRequests`, [`Error::Store`]
pub async fn start(
    center: &Center,
    actor: &Actor,
    customer: &str,
    invoice: &str,
    email: &str,
) -> Result<Outcome, Error> {
    access::authorize(actor, Operation::ActivationStart)?;
    let mut errors = Vec::new();
    let mut note =
        |field: &str, issue: FieldIssue| errors.push(FieldError { field: field.to_owned(), issue });
    let number = CustomerNumber::parse(customer).map_err(|e| note("customer_number", e.into())).ok();
    let invoice = InvoiceNumber::parse(invoice).map_err(|e| note("invoice_number", e.into())).ok();
    let email = Email::parse(email).map_err(|e| note("email", e.into())).ok();
    let (Some(number), Some(invoice), Some(email)) = (number, invoice, email) else {
        return Err(errors.into());
    };

    // Counted first and given back when the facts were right: parallel guesses all count.
    let client = actor.client();
    let address = client.source();
    throttle::spend(center, ACTIVATION_ADDRESS, &address).await?;
    throttle::spend(center, ACTIVATION_CUSTOMER, &number.key()).await?;
    let facts = Facts { number: &number, invoice: &invoice, email: &email, locale: client.locale };
    let decided = decide(center, &number, &invoice, &email).await;

    let mut tx = center.db().write().await?;
    let (step, token, counts) = match decided {
        Err(DecideError::Store(error)) => return Err(error.into()),
        Err(DecideError::Erp(error)) => {
            tracing::warn!(event = "erp_unavailable", %error);
            let token = insert(center, &mut tx, "parked", &facts, Prefill::default()).await?;
            (ActivationStep::Parked, token, true)
        }
        Ok(Decision::NoMatch) => {
            let entry = Entry::from_browser(client, Event::ActivationMismatch)
                .fact(Fact::Customer, number.key().as_str());
            audit::append(center, &mut tx, entry).await?;
            tx.commit().await?;
            return Err(ErrorCode::NoMatch.into());
        }
        Ok(Decision::Ineligible { administrator }) => {
            // It names a person to whoever holds an invoice, so it is traced and counts as a mismatch.
            let entry = Entry::from_browser(client, Event::ActivationIneligible)
                .fact(Fact::Customer, number.key().as_str());
            audit::append(center, &mut tx, entry).await?;
            let prefill = Prefill { administrator: Some(administrator), ..Prefill::default() };
            (ActivationStep::Ineligible, insert(center, &mut tx, "ineligible", &facts, prefill).await?, true)
        }
        Ok(Decision::AlreadyActive) => (
            ActivationStep::AlreadyActive,
            insert(center, &mut tx, "already_active", &facts, Prefill::default()).await?,
            false,
        ),
        Ok(Decision::Administrator(found) | Decision::BusinessUser(found)) => {
            (ActivationStep::You, insert(center, &mut tx, "you", &facts, prefill(&found)).await?, false)
        }
    };
    if !counts {
        throttle::give_back_in(&mut tx, ACTIVATION_ADDRESS, &address).await?;
        throttle::give_back_in(&mut tx, ACTIVATION_CUSTOMER, &number.key()).await?;
    }
    tx.commit().await?;
    Ok(Outcome::Next(step, Some(token)))
}

/// What the ERP knows about the person, for the second step.
pub(super) fn prefill(found: &Match) -> Prefill {
    let contact = found.contact.as_ref();
    let name = contact.map_or("", |c| c.name.as_str());
    let (first, last) = name.rsplit_once(' ').unwrap_or(("", name));
    Prefill {
        salutation: contact.map_or(Salutation::None, |c| c.salutation),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        contact_number: contact.map(|c| c.number.to_string()).unwrap_or_default(),
        company_name: found.customer.name.clone(),
        administrator: None,
    }
}

/// What the pages of this browser's activation show; `None` when it has none under way.
///
/// # Errors
/// [`Error::Store`]
pub async fn view(center: &Center, actor: &Actor, browser: &str) -> Result<Option<ActivationView>, Error> {
    access::authorize(actor, Operation::ActivationGet)?;
    let mut conn = center.db().read().await?;
    let Some(row) = Activation::of_browser(&mut conn, center, browser).await? else { return Ok(None) };
    let own_login = own_session(actor, &row).is_some();
    let step = match row.state.as_str() {
        "you" | "resumed" => ActivationStep::You,
        "code" => ActivationStep::Code,
        "parked" => ActivationStep::Parked,
        "ineligible" => ActivationStep::Ineligible,
        _ => match waiting_invitation(&mut conn, &row.customer_number, &row.email).await? {
            Some(_) => ActivationStep::Invited,
            None => ActivationStep::AlreadyActive,
        },
    };
    let addressee = Addressee::of(&mut conn, &row.customer_number).await?;
    let off = actor.client().off.and(addressee.off(&mut conn).await?);
    let asking = match (Operation::ActivationRequestAccess.spec().closed_by(off), addressee) {
        (Some(_), _) => AskingForAccess::Off,
        (None, Addressee::Company(_)) => AskingForAccess::Open,
        (None, Addressee::Early) => AskingForAccess::Early,
        (None, Addressee::Nobody) => AskingForAccess::Nobody,
    };
    let eligibility =
        row.administrator.map(|administrator_email| Eligibility { administrator_email, asking });
    Ok(Some(ActivationView {
        step,
        customer_number: row.customer_number.to_string(),
        invoice_number: row.invoice_number.to_string(),
        email: row.email.to_string(),
        salutation: row.salutation,
        first_name: row.first_name,
        last_name: row.last_name,
        contact_number: row.contact_number,
        company_name: row.company_name,
        confirm_email: center.settings().confirm_email && row.state != "resumed",
        own_login,
        eligibility,
    }))
}

/// What the second step sends.
pub struct You<'a> {
    /// Key of the salutation
    pub salutation: &'a str,
    /// First name
    pub first_name: &'a str,
    /// Last name
    pub last_name: &'a str,
    /// The password chosen
    pub password: &'a str,
    /// Once more
    pub repeat: &'a str,
}

/// Step two: who the person is and which password it wants. Mails the code, or, where the
/// mailbox is proven or need not be, makes the account. A login that there is is touched by nobody but who
/// has proven its mailbox, or is signed in with it: then nothing is asked at all.
///
/// # Errors
/// `LinkInvalid` when the activation has ended, the fields to correct, `TooManyRequests`
pub async fn you(center: &Center, actor: &Actor, browser: &str, form: You<'_>) -> Result<Outcome, Error> {
    access::authorize(actor, Operation::ActivationYou)?;
    let row = Activation::of_browser(&mut center.db().read().await?, center, browser)
        .await?
        .filter(|row| matches!(row.state.as_str(), "you" | "code" | "resumed"))
        .ok_or(ErrorCode::LinkInvalid)?;
    let settings = center.settings();
    if let Some(who) = own_session(actor, &row) {
        if !settings.confirm_email || row.state == "resumed" {
            return finish(center, actor, browser, row.state == "resumed").await;
        }
        return ask_code(center, &row, &who.name).await;
    }

    let mut errors: Vec<FieldError> = Vec::new();
    let mut note =
        |field: &str, issue: FieldIssue| errors.push(FieldError { field: field.to_owned(), issue });
    let salutation = Salutation::from_key(form.salutation)
        .ok_or(FieldIssue::UnknownChoice)
        .map_err(|e| note("salutation", e))
        .ok();
    let first = PersonName::parse(form.first_name).map_err(|e| note("first_name", e)).ok();
    let last = PersonName::parse(form.last_name).map_err(|e| note("last_name", e)).ok();
    if let (Some(first), Some(last)) = (&first, &last)
        && PersonName::parse(&format!("{first} {last}")).is_err()
    {
        note("last_name", FieldIssue::TooLong { max: PersonName::MAX - 1 - first.as_str().chars().count() });
    }
    let context = [form.first_name, form.last_name, row.email.local_part(), row.company_name.as_str()];
    if let Err(issues) = judge_password(&actor.client().shop, form.password, form.repeat, &context) {
        errors.extend(issues);
    }
    let (Some(salutation), Some(first), Some(last), true) = (salutation, first, last, errors.is_empty())
    else {
        return Err(errors.into());
    };

    let proven = row.state == "resumed";
    let needs_code = settings.confirm_email && !proven;
    if needs_code {
        allow_code(center, &row).await?;
    }
    let hash = center.passwords().hash(form.password.to_owned()).await?;
    let mut tx = center.db().write().await?;
    let kept = tx
        .execute(
            "UPDATE activations SET salutation = $2, first_name = $3, last_name = $4, password_hash = $5
             WHERE id = $1 AND state IN ('you', 'code', 'resumed')",
            args![row.id.0, salutation, &first, &last, hash],
        )
        .await?;
    if kept == 0 {
        return Err(ErrorCode::LinkInvalid.into());
    }
    if needs_code {
        mail_code(center, &mut tx, &row, &format!("{first} {last}")).await?;
        tx.commit().await?;
        return Ok(Outcome::Next(ActivationStep::Code, None));
    }
    tx.commit().await?;
    finish(center, actor, browser, proven).await
}

/// A new code; the old one is dead.
///
/// # Errors
/// `LinkInvalid` when the activation has ended, `TooManyRequests`
pub async fn resend_code(center: &Center, actor: &Actor, browser: &str) -> Result<(), Error> {
    access::authorize(actor, Operation::ActivationResend)?;
    let row = Activation::of_browser(&mut center.db().read().await?, center, browser)
        .await?
        .filter(|row| row.state == "code")
        .ok_or(ErrorCode::LinkInvalid)?;
    ask_code(center, &row, &format!("{} {}", row.first_name, row.last_name)).await?;
    Ok(())
}

/// Mails a code by itself.
async fn ask_code(center: &Center, row: &Activation, name: &str) -> Result<Outcome, Error> {
    allow_code(center, row).await?;
    let mut tx = center.db().write().await?;
    mail_code(center, &mut tx, row, name).await?;
    tx.commit().await?;
    Ok(Outcome::Next(ActivationStep::Code, None))
}

async fn allow_code(center: &Center, row: &Activation) -> Result<(), Error> {
    throttle::spend(center, CODES_HOUR, &row.customer_number.key()).await?;
    throttle::spend(center, CODES_DAY, &row.customer_number.key()).await
}

/// The worker makes the code when it sends the mail; until then no code is right.
async fn mail_code(center: &Center, tx: &mut Tx, row: &Activation, name: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE outbox SET state = 'cancelled', reason = 'newer code' WHERE state = 'pending' AND activation_id = $1",
        args![row.id.0],
    )
    .await?;
    tx.execute(
        "UPDATE activations SET state = 'code', code_hash = NULL, code_sent_at = NULL, code_attempts = 0 WHERE id = $1",
        args![row.id.0],
    )
    .await?;
    let mut mail = Mail::new(MailKind::ActivationCode, row.email.clone(), row.locale).fact("name", name);
    mail.activation = Some(row.id);
    mail::enqueue(center, tx, mail).await?;
    Ok(())
}

/// Step three: the code from the mail makes the account and signs in.
///
/// # Errors
/// `LinkInvalid` when the activation has ended, the field `code` to correct, `CodeExpired`, and
/// those of making the account.
pub async fn confirm(center: &Center, actor: &Actor, browser: &str, code: &str) -> Result<Outcome, Error> {
    access::authorize(actor, Operation::ActivationConfirm)?;
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').take(20).collect();
    if code.is_empty() {
        return Err(Error::field("code", FieldIssue::Required));
    }
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::field("code", FieldIssue::CodeMalformed));
    }
    let row = Activation::of_browser(&mut center.db().read().await?, center, browser)
        .await?
        .filter(|row| row.state == "code")
        .ok_or(ErrorCode::LinkInvalid)?;
    // The try is counted before the code is looked at, so that parallel guesses all count.
    let mut tx = center.db().write().await?;
    let counted = tx
        .optional(
            "UPDATE activations SET code_attempts = code_attempts + 1
             WHERE id = $1 AND state = 'code' AND code_attempts < $2 AND code_hash IS NOT NULL AND code_sent_at > $3
             RETURNING code_hash",
            args![row.id.0, CODE_TRIES, center.now() - CODE_LIFE],
        )
        .await?;
    let stored: Option<String> = counted.map(|row| row.get("code_hash")).transpose()?;
    tx.commit().await?;
    let Some(stored) = stored else { return Err(ErrorCode::CodeExpired.into()) };
    let (fits, _) = center.passwords().verify(code, Some(stored)).await?;
    if !fits {
        tracing::info!(event = "authn_login_fail", step = "activation_code");
        return Err(Error::field("code", FieldIssue::CodeWrong));
    }
    finish(center, actor, browser, true).await
}

async fn finish(center: &Center, actor: &Actor, browser: &str, proven: bool) -> Result<Outcome, Error> {
    let row = Activation::of_browser(&mut center.db().read().await?, center, browser)
        .await?
        .ok_or(ErrorCode::LinkInvalid)?;
    Ok(match create_account(center, actor, &row, proven).await? {
        Finished::SignedIn(token, company) => Outcome::Done(token, company.is_some()),
        Finished::Joined { slug } => Outcome::Joined { slug },
        Finished::AlreadyActive => Outcome::Next(ActivationStep::AlreadyActive, None),
        // Also where no code is mailed otherwise.
        Finished::Unproven => {
            ask_code(center, &row, &format!("{} {}", row.first_name, row.last_name)).await?
        }
    })
}

/// The browser that followed the link of a parked activation goes on with it.
///
/// # Errors
/// `LinkInvalid` when it has ended, [`Error::Store`]
pub async fn resume(center: &Center, actor: &Actor, browser: &str) -> Result<(), Error> {
    access::authorize(actor, Operation::ResumeActivation)?;
    let row = Activation::of_browser(&mut center.db().read().await?, center, browser).await?;
    row.filter(|row| row.state == "resumed").ok_or(ErrorCode::LinkInvalid)?;
    Ok(())
}
