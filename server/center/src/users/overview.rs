use model::{UserStatus, UsersPage, UsersQuery};

use super::list;
use super::row::can_manage;
use crate::access::{self, Actor, Operation};
use crate::{Center, Error};

/// What waits for this person on the start page: for those who manage users, the invitations that ended unused and
/// what else Users management counts; for others nothing. Everybody asks, so that the page is refused as any other
/// once the session has ended.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn overview(center: &Center, actor: &Actor) -> Result<Option<UsersPage>, Error> {
    access::authorize(actor, Operation::Overview)?;
    if !access::in_company(actor, Operation::UsersList).is_ok_and(|held| can_manage(held.member)) {
        return Ok(None);
    }
    let ended = UsersQuery { status: Some(UserStatus::InvitationExpired), ..UsersQuery::default() };
    list(center, actor, &ended).await.map(Some)
}
