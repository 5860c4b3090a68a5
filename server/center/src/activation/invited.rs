use model::{CompanyId, CustomerNumber, Email, ErrorCode, UserId};

use super::row::Activation;
use crate::access::{self, Actor, Operation};
use crate::store::{Conn, StoreError, args};
use crate::throttle::{self, INVITE_AGAIN_ADDRESS, INVITE_AGAIN_MAILBOX};
use crate::{Center, Error};

/// The account of this address, if it waits for accepting an invitation of the customer's company:
/// neither signing in nor a new password helps then, only the link.
pub(super) async fn waiting_invitation(
    conn: &mut Conn,
    customer: &CustomerNumber,
    email: &Email,
) -> Result<Option<(CompanyId, UserId)>, StoreError> {
    let row = conn
        .optional(
            "SELECT m.company_id, m.user_id FROM members m JOIN companies c ON c.id = m.company_id
             WHERE c.customer_key = $1 AND c.active AND m.email = $2
               AND m.accepted_at IS NULL AND m.deactivated_at IS NULL",
            args![customer.key(), email],
        )
        .await?;
    row.map(|row| Ok((row.get("company_id")?, row.get("user_id")?))).transpose()
}

/// Mails the invitation again to somebody who has proven customer number and invoice number with
/// the invited address. The answer is the same whether or not the invitation still waits.
///
/// # Errors
/// `LinkInvalid` when the activation has ended, `TooManyRequests`, [`Error::Store`]
pub async fn resend_invitation(center: &Center, actor: &Actor, browser: &str) -> Result<(), Error> {
    access::authorize(actor, Operation::ActivationInviteAgain)?;
    let mut conn = center.db().read().await?;
    let row = Activation::of_browser(&mut conn, center, browser)
        .await?
        .filter(|row| row.state == "already_active")
        .ok_or(ErrorCode::LinkInvalid)?;
    let found = waiting_invitation(&mut conn, &row.customer_number, &row.email).await?;
    drop(conn);
    throttle::spend(center, INVITE_AGAIN_ADDRESS, &actor.client().source()).await?;
    let (count, _) = throttle::count(center, INVITE_AGAIN_MAILBOX, row.email.as_str()).await?;
    match found {
        Some((company, user)) if count <= INVITE_AGAIN_MAILBOX.allowed => {
            crate::users::invite_again(center, company, user).await
        }
        _ => Ok(()),
    }
}
