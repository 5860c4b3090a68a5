//! Mail: rows of the outbox are written in the business transaction; a worker renders and sends them.

mod kind;
mod outbox;

pub use kind::MailKind;
pub use outbox::{Mail, cancel_for_user, enqueue};
