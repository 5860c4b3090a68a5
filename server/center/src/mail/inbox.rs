use std::path::Path;

use model::{ErrorCode, InboxMail, InboxRow};

use super::files::{kept_mail, kept_mails};
use crate::access::{self, Actor, Client, Operation};
use crate::words::Times;
use crate::{Center, Error};

/// The folder of kept mails, where the inbox is on: in the demo, and nowhere else.
fn folder(center: &Center) -> Result<&Path, Error> {
    let settings = center.settings();
    settings.mail_dir.as_deref().filter(|_| settings.inbox).ok_or_else(|| ErrorCode::NotFound.into())
}

fn times(center: &Center, client: &Client) -> Times {
    Times::at(center.now(), &client.shop.time_zone, client.locale)
}

/// The demo's inbox: every mail that the portal would have sent, the latest first.
///
/// # Errors
/// `NotFound` outside of the demo.
pub async fn inbox(center: &Center, actor: &Actor) -> Result<Vec<InboxRow>, Error> {
    access::authorize(actor, Operation::InboxList)?;
    let mails = kept_mails(folder(center)?)
        .await
        .map_err(|e| Error::Fault(format!("the kept mails can't be read: {e}")))?;
    let times = times(center, actor.client());
    let row = |mail: super::KeptMail| InboxRow {
        id: mail.id,
        to: mail.to,
        subject: mail.subject,
        sent: times.moment(mail.at),
    };
    Ok(mails.into_iter().take(100).map(row).collect())
}

/// One mail of the demo's inbox, as text.
///
/// # Errors
/// `NotFound` outside of the demo, or when there is no such mail.
pub async fn inbox_mail(center: &Center, actor: &Actor, id: &str) -> Result<InboxMail, Error> {
    access::authorize(actor, Operation::InboxGet)?;
    let found = kept_mail(folder(center)?, id)
        .await
        .map_err(|e| Error::Fault(format!("a kept mail can't be read: {e}")))?;
    let mail = found.ok_or(ErrorCode::NotFound)?;
    Ok(InboxMail {
        to: mail.mail.to,
        subject: mail.mail.subject,
        sent: times(center, actor.client()).moment(mail.mail.at),
        text: mail.text,
    })
}
