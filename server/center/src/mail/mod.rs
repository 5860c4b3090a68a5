//! Mail: rows of the outbox are written in the business transaction; a worker decides whether
//! each may still be sent, makes its secret, puts it into words and hands it to a transport.

mod compose;
mod eml;
mod figures;
mod files;
mod inbox;
mod kind;
mod letter;
mod outage;
mod outbox;
pub(crate) mod own;
mod permit;
mod render;
mod secret;
mod smtp;
mod transport;
mod wake;
mod wording;
mod words;
mod worker;

pub use figures::{MailFigures, figures};
pub use files::{FileTransport, KeptMail, KeptMailBody, kept_mail, kept_mails};
pub use inbox::{inbox, inbox_mail};
pub use kind::MailKind;
pub(crate) use outbox::cancel_for_staff;
pub use outbox::{Mail, cancel_for_user, enqueue};
pub use render::{Inset, RenderError, Rendered, Templates};
pub(crate) use secret::sample_inset;
pub use smtp::{SmtpSettingsError, SmtpTransport};
pub use transport::{Outgoing, SendError, Transport};
pub use wake::Wake;
pub use wording::Wording;
pub(crate) use wording::{template, wording};
pub(crate) use words::roles_fact;
pub use worker::{Drained, Worker};
