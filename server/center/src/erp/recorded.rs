use std::sync::Arc;

use async_trait::async_trait;
use model::{ContactNumber, Count, CustomerNumber, ErpAdapter, ErpOperation, ErpOutcome, InvoiceNumber};
use tokio::time::Instant;

use super::calls::{Call, Calls};
use super::remembered::Remembered;
use super::{
    ContactWriter, CustomerQuery, CustomerSearch, Erp, ErpContact, ErpCustomer, ErpError, ErpInvoice,
};
use crate::Clock;

/// Stands before the ERP and notes how each question was answered: never what it was about, nor what was said.
pub(crate) struct Recorded {
    erp: Arc<dyn Erp>,
    clock: Arc<dyn Clock>,
    calls: Calls,
    remembered: Remembered,
}

/// A number that no ERP gives a customer. That there is none is an answer.
const NOBODY: &str = "0";

impl Recorded {
    pub(crate) fn new(erp: Arc<dyn Erp>, clock: Arc<dyn Clock>) -> Self {
        Self { erp, clock, calls: Calls::default(), remembered: Remembered::default() }
    }

    /// What was noted and is not stored yet.
    pub(crate) const fn calls(&self) -> &Calls {
        &self.calls
    }

    /// The people at a customer as the ERP named them last, and when, if this is remembered.
    pub(crate) fn last_contacts(
        &self,
        customer: &CustomerNumber,
    ) -> Option<(crate::Instant, Vec<ErpContact>)> {
        self.remembered.get(customer).map(|seen| (seen.0, seen.1.clone()))
    }

    /// Asks whether the ERP answers at all. It is no question of anybody's, so the log does not list it.
    pub(crate) async fn look(&self) {
        let Ok(nobody) = CustomerNumber::parse(NOBODY) else { return };
        let answer = self.erp.customer(&nobody).await;
        self.calls.seen(self.clock.now(), outcome(&answer) == ErpOutcome::Answered);
    }

    /// Waits for the answer to a question and notes it.
    async fn asked<T>(
        &self,
        operation: ErpOperation,
        question: impl Future<Output = Result<T, ErpError>>,
        entries: fn(&T) -> usize,
    ) -> Result<T, ErpError> {
        let begun = Instant::now();
        let answer = question.await;
        self.calls.note(Call {
            at: self.clock.now(),
            operation,
            outcome: outcome(&answer),
            took: i64::try_from(begun.elapsed().as_micros()).unwrap_or(i64::MAX),
            entries: answer.as_ref().ok().map(|found| i64::try_from(entries(found)).unwrap_or(i64::MAX)),
        });
        answer
    }
}

const fn outcome<T>(answer: &Result<T, ErpError>) -> ErpOutcome {
    match answer {
        Ok(_) => ErpOutcome::Answered,
        Err(ErpError::Unavailable(_)) => ErpOutcome::Unavailable,
        Err(ErpError::Store(_)) => ErpOutcome::Failed,
    }
}

fn one<T>(found: &Option<T>) -> usize {
    usize::from(found.is_some())
}

#[async_trait]
impl Erp for Recorded {
    fn adapter(&self) -> ErpAdapter {
        self.erp.adapter()
    }

    async fn customer(&self, number: &CustomerNumber) -> Result<Option<ErpCustomer>, ErpError> {
        self.asked(ErpOperation::Customer, self.erp.customer(number), one).await
    }

    async fn has_invoice(
        &self,
        customer: &CustomerNumber,
        invoice: &InvoiceNumber,
    ) -> Result<bool, ErpError> {
        let question = self.erp.has_invoice(customer, invoice);
        self.asked(ErpOperation::HasInvoice, question, |is| usize::from(*is)).await
    }

    async fn contacts(&self, customer: &CustomerNumber) -> Result<Vec<ErpContact>, ErpError> {
        let contacts = self.asked(ErpOperation::Contacts, self.erp.contacts(customer), Vec::len).await?;
        self.remembered.keep(customer, &contacts, self.clock.now());
        Ok(contacts)
    }

    async fn contact(
        &self,
        customer: &CustomerNumber,
        number: &ContactNumber,
    ) -> Result<Option<ErpContact>, ErpError> {
        self.asked(ErpOperation::Contact, self.erp.contact(customer, number), one).await
    }

    async fn invoices(&self, customer: &CustomerNumber) -> Result<Vec<ErpInvoice>, ErpError> {
        self.asked(ErpOperation::Invoices, self.erp.invoices(customer), Vec::len).await
    }

    fn contact_writer(&self) -> Option<&dyn ContactWriter> {
        self.erp.contact_writer().map(|_| self as _)
    }

    fn customer_search(&self) -> Option<&dyn CustomerSearch> {
        self.erp.customer_search().map(|_| self as _)
    }
}

/// It was there when the portal asked for it.
fn gone() -> ErpError {
    ErpError::Unavailable("it does this no more".to_owned())
}

#[async_trait]
impl ContactWriter for Recorded {
    async fn change_contact(
        &self,
        customer: &CustomerNumber,
        before: &ErpContact,
        after: &ErpContact,
    ) -> Result<bool, ErpError> {
        let change = async {
            self.erp.contact_writer().ok_or_else(gone)?.change_contact(customer, before, after).await
        };
        self.asked(ErpOperation::ChangeContact, change, |did| usize::from(*did)).await
    }
}

#[async_trait]
impl CustomerSearch for Recorded {
    async fn find_customers(&self, query: &CustomerQuery) -> Result<Vec<ErpCustomer>, ErpError> {
        let question = async { self.erp.customer_search().ok_or_else(gone)?.find_customers(query).await };
        self.asked(ErpOperation::FindCustomers, question, Vec::len).await
    }

    async fn count_customers(&self, query: &CustomerQuery) -> Result<Count, ErpError> {
        let question = async { self.erp.customer_search().ok_or_else(gone)?.count_customers(query).await };
        self.asked(ErpOperation::CountCustomers, question, |count| count.n as usize).await
    }
}
