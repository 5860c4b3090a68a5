//! Mail: rows of the outbox are written in the business transaction; a worker decides whether
//! each may still be sent, makes its secret, puts it into words and hands it to a transport.

mod archive;
mod compose;
mod eml;
mod figures;
mod files;
mod inbox;
mod kind;
mod letter;
mod logo;
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

pub(crate) use archive::archived;
pub use figures::{MailFigures, figures};
pub use files::{FileTransport, KeptMail, KeptMailBody, kept_mail, kept_mails};
pub use inbox::{inbox, inbox_mail};
pub use kind::MailKind;
pub use logo::Logo;
pub(crate) use logo::{logo, seen};
pub use outbox::{Mail, cancel_for_user, enqueue};
pub(crate) use outbox::{cancel_for_staff, cancel_in_company, enqueue_all};
pub(crate) use permit::can_act;
pub(crate) use render::templates;
pub use render::{Inset, RenderError, Rendered, Templates};
pub(crate) use secret::{masked_inset, sample_inset};
pub use smtp::{SmtpSettingsError, SmtpTransport};
pub use transport::{Outgoing, SendError, Transport};
pub use wake::Wake;
pub use wording::Wording;
pub(crate) use wording::{template, wording};
pub(crate) use words::{TRIAL, roles_fact};
pub use worker::{Drained, Worker};
