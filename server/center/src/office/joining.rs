//! Making somebody a user of a company, as the staff does it.

use model::{CompanyId, Email, RoleRef, UserId};

use crate::erp::ErpContact;
use crate::store::{Tx, args};
use crate::users::{name_key, roles};
use crate::{Center, Error};

/// Somebody who is to be a user of a company, with the login locked.
pub(super) struct Joining<'a> {
    pub(super) user: UserId,
    pub(super) name: &'a str,
    pub(super) email: &'a Email,
    /// Who has none is invited; everybody else is a user at once.
    pub(super) has_password: bool,
    /// Whom the ERP knows the person as
    pub(super) contact: Option<&'a ErpContact>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joined {
    /// The person is a user of the company now, or again.
    Done,
    /// The person is one already.
    HasAccess,
    /// Somebody else who is switched on stands under this contact.
    ContactActs,
}

impl Joining<'_> {
    /// Makes the person a member with these roles, or again the member that the person was. `shares`: also
    /// if a colleague stands under the same contact, who then keeps its number. Nothing is written unless
    /// it is done.
    pub(super) async fn join(
        &self,
        center: &Center,
        tx: &mut Tx,
        company: CompanyId,
        roles: &[RoleRef],
        shares: bool,
    ) -> Result<Joined, Error> {
        let now = center.now();
        let sql =
            "SELECT deactivated_at IS NOT NULL AS off FROM members WHERE company_id = $1 AND user_id = $2";
        if let Some(row) = tx.optional(sql, args![company, self.user]).await? {
            if !row.get::<bool>("off")? {
                return Ok(Joined::HasAccess);
            }
            let sql =
                "UPDATE members SET deactivated_at = NULL, invitation_ends_at = NULL, version = version + 1,
                     accepted_at = COALESCE(accepted_at, $3) WHERE company_id = $1 AND user_id = $2";
            let accepted = self.has_password.then_some(now);
            tx.execute(sql, args![company, self.user, accepted]).await?;
            roles::replace(tx, company, self.user, roles).await?;
            return Ok(Joined::Done);
        }
        let contact_key = self.contact.map(|contact| contact.number.key());
        let sql = "SELECT deactivated_at IS NOT NULL AS off FROM members WHERE company_id = $1 AND contact_key = $2";
        let colleague = match &contact_key {
            Some(key) => tx.optional(sql, args![company, key.as_str()]).await?,
            None => None,
        };
        // The number stays with whoever stands under it.
        let contact_key = match colleague.map(|row| row.get::<bool>("off")).transpose()? {
            Some(false) if !shares => return Ok(Joined::ContactActs),
            Some(_) => None,
            None => contact_key,
        };
        tx.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, contact_key, contact_number, accepted_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![
                company,
                self.user,
                self.name,
                name_key(self.name),
                self.email,
                contact_key,
                self.contact.map(|contact| contact.number.to_string()).unwrap_or_default(),
                self.has_password.then_some(now),
                now
            ],
        )
        .await?;
        roles::give(tx, company, self.user, roles).await?;
        Ok(Joined::Done)
    }
}
