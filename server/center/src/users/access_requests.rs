use model::{
    AccessRequestId, AccessRequestPage, AccessRequestRow, AskingContact, CompanyId, Count, Email, ErrorCode,
    Locale, SideList, UserCounts, UserId,
};

use super::contacts::{all, last_choice, taken, without_access};
use super::differences;
use super::form::{Start, form};
use super::roles::RoleBook;
use super::row::{Reader, can_manage, counts};
use crate::access::{self, Actor, Held, Operation};
use crate::audit::{self, Entry, Event};
use crate::erp::ErpContact;
use crate::store::{Conn, Row, StoreError, Tx, args};
use crate::words::Times;
use crate::{Center, Error, Instant};

/// A request for access that nobody has decided and that has not ended.
pub(super) struct OpenRequest {
    pub id: AccessRequestId,
    /// As the person typed it.
    pub name: String,
    pub email: Email,
    pub locale: Locale,
    message: String,
    created_at: Instant,
    contact_number: String,
    contact_name: String,
    /// The company's user with this address.
    user: Option<UserId>,
}

impl OpenRequest {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            locale: row.get("locale")?,
            message: row.get("message")?,
            created_at: row.get("created_at")?,
            contact_number: row.get("contact_number")?,
            contact_name: row.get("contact_name")?,
            user: row.get("member_id")?,
        })
    }

    /// The company's request with this id.
    ///
    /// # Errors
    /// `NotFound`, `AlreadyDecided`
    pub(super) async fn find(
        conn: &mut Conn,
        company: CompanyId,
        id: AccessRequestId,
        now: Instant,
    ) -> Result<Self, Error> {
        let row = conn
            .optional(
                "SELECT r.id, r.name, r.email, r.locale, r.message, r.created_at, r.contact_number, r.contact_name,
                     r.decided_at, r.ends_at, m.user_id AS member_id FROM access_requests r
                 LEFT JOIN members m ON m.company_id = r.company_id AND m.email = r.email
                 WHERE r.company_id = $1 AND r.id = $2",
                args![company, id],
            )
            .await?
            .ok_or(ErrorCode::NotFound)?;
        if row.get::<Option<Instant>>("decided_at")?.is_some() || row.get::<Instant>("ends_at")? <= now {
            return Err(ErrorCode::AlreadyDecided.into());
        }
        Ok(Self::read(&row)?)
    }

    /// Decides it, unless somebody else has: of several exactly one does.
    ///
    /// # Errors
    /// `AlreadyDecided`, [`Error::Store`]
    pub(super) async fn close(
        &self,
        center: &Center,
        tx: &mut Tx,
        held: &Held<'_>,
        decision: &'static str,
    ) -> Result<(), Error> {
        let closed = tx
            .execute(
                "UPDATE access_requests SET decided_at = $3, decision = $4, decided_by = $5
                 WHERE company_id = $1 AND id = $2 AND decided_at IS NULL AND ends_at > $3",
                args![held.company, self.id, center.now(), decision, held.user],
            )
            .await?;
        if closed == 0 { Err(ErrorCode::AlreadyDecided.into()) } else { Ok(()) }
    }

    /// Notes the user that granting it has made.
    pub(super) async fn granted(
        &self,
        center: &Center,
        tx: &mut Tx,
        actor: &Actor,
        held: &Held<'_>,
        user: UserId,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE access_requests SET user_id = $3 WHERE company_id = $1 AND id = $2";
        tx.execute(sql, args![held.company, self.id, user]).await?;
        let entry = Entry::by(actor, Event::AccessGranted).subject(user);
        audit::append(center, tx, entry).await
    }

    /// Whether the ERP knows the person. While it does not answer, what it said when access was
    /// asked for.
    fn contact(&self, contacts: Option<&[ErpContact]>) -> AskingContact {
        let known = |name: &str, number: &str| AskingContact::Known {
            name: name.to_owned(),
            number: number.to_owned(),
        };
        match contacts {
            Some(contacts) => match contacts.iter().find(|c| c.email.as_ref() == Some(&self.email)) {
                Some(contact) => known(&contact.name, contact.number.as_str()),
                None => AskingContact::Unknown,
            },
            None if self.contact_number.is_empty() => AskingContact::Unavailable,
            None => known(&self.contact_name, &self.contact_number),
        }
    }

    fn row(&self, times: &Times, contacts: Option<&[ErpContact]>) -> AccessRequestRow {
        AccessRequestRow {
            id: self.id,
            name: self.name.clone(),
            email: self.email.to_string(),
            message: self.message.clone(),
            asked: times.moment(self.created_at),
            contact: self.contact(contacts),
            user: self.user,
        }
    }

    /// The ERP contact with the person's address, if nobody stands under it yet. None while the ERP
    /// does not answer: access can be granted all the same.
    pub(super) async fn contact_to_add(
        &self,
        center: &Center,
        held: &Held<'_>,
        contacts: Option<Vec<ErpContact>>,
    ) -> Result<Option<ErpContact>, StoreError> {
        let contact = contacts.into_iter().flatten().find(|c| c.email.as_ref() == Some(&self.email));
        let Some(contact) = contact else { return Ok(None) };
        Ok(if taken(center, held, std::slice::from_ref(&contact)).await?.has_number(&contact) {
            None
        } else {
            Some(contact)
        })
    }
}

/// Somebody who had asked for access was made a user another way: that grants what was asked for.
pub(super) async fn grant_open(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    (user, email): (UserId, &Email),
) -> Result<(), StoreError> {
    let granted = tx
        .execute(
            "UPDATE access_requests SET decided_at = $3, decision = 'granted', decided_by = $4, user_id = $5
             WHERE company_id = $1 AND email = $2 AND decided_at IS NULL AND ends_at > $3",
            args![held.company, email, center.now(), held.user, user],
        )
        .await?;
    if granted == 0 {
        return Ok(());
    }
    audit::append(center, tx, Entry::by(actor, Event::AccessGranted).subject(user)).await
}

/// The page *Access requests*: open ones, the oldest first, at most a hundred.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn access_requests(
    center: &Center,
    actor: &Actor,
) -> Result<SideList<Vec<AccessRequestRow>>, Error> {
    let held = access::in_company(actor, Operation::UsersAccessRequests)?;
    let contacts = all(center, &held).await?;
    let without_access = without_access(center, &held, contacts.as_deref()).await?;
    let differences = match &contacts {
        Some(contacts) => differences::count(center, &held, contacts).await?,
        None => Count::default(),
    };
    let reader = Reader::new(center, held);
    let now = center.now();
    let mut conn = center.db().read().await?;
    let rows = conn
        .all(
            "SELECT r.id, r.name, r.email, r.locale, r.message, r.created_at, r.contact_number, r.contact_name,
                 m.user_id AS member_id FROM access_requests r
             LEFT JOIN members m ON m.company_id = r.company_id AND m.email = r.email
             WHERE r.company_id = $1 AND r.decided_at IS NULL AND r.ends_at > $2
             ORDER BY r.created_at, r.id LIMIT 100",
            args![held.company, now],
        )
        .await?;
    let list = rows
        .iter()
        .map(|row| Ok(OpenRequest::read(row)?.row(reader.times(), contacts.as_deref())))
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: UserCounts { differences, ..counts(&mut conn, held.company, without_access, now).await? },
        list,
        can_manage: can_manage(held.member),
    })
}

/// The pages *Grant access*, with the form of the new user, and *Decline request*. The form is
/// prefilled from the ERP contact with the person's address, else from what the person typed.
///
/// # Errors
/// `NotFound`, `AlreadyDecided`, [`Error::Store`]
pub async fn access_request(
    center: &Center,
    actor: &Actor,
    id: AccessRequestId,
) -> Result<AccessRequestPage, Error> {
    let held = access::in_company(actor, Operation::UsersAccessRequest)?;
    let request = OpenRequest::find(&mut center.db().read().await?, held.company, id, center.now()).await?;
    let contacts = all(center, &held).await?;
    let row = request.row(Reader::new(center, held).times(), contacts.as_deref());
    let contact = request.contact_to_add(center, &held, contacts).await?;
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    let roles = last_choice(center, &held, &book).await?;
    let start = match &contact {
        Some(contact) => {
            Start { salutation: contact.salutation, name: contact.name.clone(), ..Start::default() }
        }
        None => Start { name: request.name.clone(), ..Start::default() },
    };
    let start = Start { email: request.email.to_string(), roles, ..start };
    Ok(AccessRequestPage {
        request: row,
        customer_number: held.member.customer_number.clone(),
        contact_number: contact.map(|contact| contact.number.to_string()).unwrap_or_default(),
        form: form(&held, &book, &start),
    })
}
