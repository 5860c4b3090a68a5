use async_trait::async_trait;
use lettre::Message;
use model::MailId;
use thiserror::Error;

use crate::Instant;

/// A mail on its way out.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The row of the outbox
    pub id: MailId,
    /// When it is sent
    pub at: Instant,
    /// The whole mail, the same Message-ID at every attempt.
    pub message: Message,
}

/// Why a mail was not sent. Its text is for operators, never for customers.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// No mail can be sent at all right now: the server can't be reached or turns everybody away.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// No mail can be sent before an operator mends the settings: the password, the certificate
    /// or the sender's address is refused, or the server offers no encryption.
    #[error("the settings of the mail server need an operator: {0}")]
    Misconfigured(String),
    /// This mail can't be sent now; whether the server has kept it may be unknown.
    #[error("deferred: {0}")]
    Deferred(String),
    /// This mail will never be taken.
    #[error("refused: {0}")]
    Refused(String),
}

/// Where mails go.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends a mail, within a minute.
    ///
    /// # Errors
    /// [`SendError`] says whether and when it makes sense to try again.
    async fn send(&self, mail: &Outgoing) -> Result<(), SendError>;

    /// Nothing is waiting: gives back what was kept open between mails.
    async fn rest(&self) {}
}
