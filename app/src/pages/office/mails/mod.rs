//! Mails that wait, were sent or were given up, a file for each screen.

mod list;
mod record;
mod result;

pub use list::OfficeMail;
pub use record::OfficeMailRecord;
pub use result::OfficeMailResult;

use leptos::prelude::*;
use model::{MailId, MailState};

use crate::i18n::{Text, mail_state_text};
use crate::ui::{Badge, Status};

/// A mail's page. Its frame needs a policy that comes with its own document, so links to it load it as a whole.
fn path(mail: MailId) -> String {
    format!("/office/mail/{mail}")
}

/// How a mail stands, in its shape.
fn state_badge(t: Text, state: MailState) -> AnyView {
    let status = match state {
        MailState::Sent => Status::Good,
        MailState::Sending => Status::Running,
        MailState::Waiting | MailState::Failed => Status::Waiting,
        MailState::Dead => Status::Bad,
        MailState::Dropped => Status::Off,
    };
    view! { <Badge status=status>{mail_state_text(t, state)}</Badge> }.into_any()
}
