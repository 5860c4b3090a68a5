use model::{ErrorCode, PlaceId};

use super::sessions;
use crate::access::{self, Actor, Operation};
use crate::audit::{self, Entry, Event};
use crate::{Center, Error, Token};

/// Acts for another of the person's companies from now on. The session goes on under a new token, the old
/// one is dead; everything else that this browser has open is told so when it asks next.
///
/// The trail of the company left says nothing: to whom else somebody belongs is none of its business.
///
/// # Errors
/// `NotFound` for a company that is not there, is switched off or where the person can't act: all look
/// alike; `Unauthenticated`, [`Error::Store`]
pub async fn switch_company(center: &Center, actor: &Actor, to: PlaceId) -> Result<Token, Error> {
    let who = access::signed_in(actor, Operation::SwitchCompany)?;
    let company = match to {
        PlaceId::Company(company) => Some(company),
        PlaceId::Business => None,
    };
    let mut tx = center.db().write().await?;
    let (token, _) = match sessions::carry(center, &mut tx, who, company).await {
        Err(Error::Refused(refusal)) if refusal.code == ErrorCode::Deactivated => {
            return Err(ErrorCode::NotFound.into());
        }
        other => other?,
    };
    let entry = Entry::by(actor, Event::CompanySwitched).company(company).subject(who.user);
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(token)
}
