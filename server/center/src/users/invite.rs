use model::{
    CompanyId, Currency, Email, ErrorCode, FieldIssue, InvitationRow, MailId, Money, SideList, UserCounts,
    UserId, UserInput, ValidUser,
};

use super::access_requests::{OpenRequest, grant_open};
use super::contacts::{WithoutAccess, free_contact};
use super::guard::{lock_company, lock_person, may_grant, may_set_budgets};
use super::name_key;
use super::roles::{self, RoleBook, roles_of};
use super::row::{Reader, can_manage, counts};
use crate::access::{self, Actor, Held, Operation};
use crate::accounts::links::{self, Purpose};
use crate::accounts::typed_lately;
use crate::audit::{self, Entry, Event, Fact};
use crate::erp::ErpContact;
use crate::mail::{self, Mail, MailKind};
use crate::shop;
use crate::store::{StoreError, Tx, args};
use crate::throttle::{self, EMAIL_TAKEN, INVITATIONS};
use crate::{Center, Error};

/// *Request new user*: makes an invited user from a filled-in form.
///
/// # Errors
/// The fields to correct, `GrantLacking`, [`Error::Lacks`], `ReauthRequired` for who may then change what
/// others may do, such as a main contact, `TooManyRequests`, [`Error::Store`]
pub async fn request(center: &Center, actor: &Actor, input: &UserInput) -> Result<UserId, Error> {
    let held = access::in_company(actor, Operation::UsersRequest)?;
    let form = input.check(held.member.currency)?;
    invite(center, actor, &held, &form, None, None).await
}

/// *Add to shop*: makes an invited user from an ERP contact. Customer and contact number come
/// from the ERP, asked anew, never from the form.
///
/// # Errors
/// As [`request`]; `NotFound` when the customer has no such contact or it is a user already,
/// `ErpUnavailable`.
pub async fn add_contact(
    center: &Center,
    actor: &Actor,
    contact_number: &str,
    input: &UserInput,
) -> Result<UserId, Error> {
    let held = access::in_company(actor, Operation::UsersAddContact)?;
    let contact = free_contact(center, &held, contact_number).await?;
    let form = input.check(held.member.currency)?;
    invite(center, actor, &held, &form, Some(&contact), None).await
}

/// Makes an invited user: from an ERP contact, as the answer to a request for access, both or neither.
pub(super) async fn invite(
    center: &Center,
    actor: &Actor,
    held: &Held<'_>,
    form: &ValidUser,
    contact: Option<&ErpContact>,
    asked: Option<&OpenRequest>,
) -> Result<UserId, Error> {
    let book = RoleBook::of(&mut center.db().read().await?, held.company).await?;
    book.check("roles", &form.roles)?;
    may_grant(held, &book, &form.roles)?;
    may_set_budgets(held, (None, None), form)?;
    if book.administer(&form.roles) {
        typed_lately(center, held.who)?;
    }
    throttle::spend(center, INVITATIONS, &held.user.to_string()).await?;
    let now = center.now();
    let user = UserId(center.new_id());
    let locale = asked.map_or(held.who.client.locale, |asked| asked.locale);
    let mut tx = center.db().write().await?;
    lock_company(&mut tx, held.company).await?;
    // Own roles may have changed since they were looked at above; now they can't any more.
    let book = RoleBook::of(&mut tx, held.company).await?;
    book.check("roles", &form.roles)?;
    may_grant(held, &book, &form.roles)?;
    if let Some(asked) = asked {
        // First, so that of several who decide at once the others hear that it is decided.
        asked.close(center, &mut tx, held, "granted").await?;
    }
    let inserted = tx
        .execute(
            "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (email) DO NOTHING",
            args![user, &form.email, form.salutation, &form.name, locale, now],
        )
        .await?;
    if inserted == 0 {
        drop(tx);
        // The refusal tells that the address exists in the shop, so it is rationed.
        throttle::spend(center, EMAIL_TAKEN, &held.user.to_string()).await?;
        return Err(Error::field("email", FieldIssue::EmailTaken));
    }
    let inserted = tx
        .execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, contact_key, contact_number, invited_at, invited_by,
                 budget_order, budget_month, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $8) ON CONFLICT DO NOTHING",
            args![
                held.company,
                user,
                &form.name,
                name_key(form.name.as_str()),
                &form.email,
                contact.map(|c| c.number.key()),
                contact.map(|c| c.number.to_string()).unwrap_or_default(),
                now,
                held.user,
                form.budget_order,
                form.budget_month
            ],
        )
        .await?;
    if inserted == 0 {
        // Somebody else added this contact in between.
        return Err(ErrorCode::NotFound.into());
    }
    roles::give(&mut tx, held.company, user, &form.roles).await?;
    mail_invitation(center, &mut tx, held, user).await?;
    let entry = Entry::by(actor, Event::UserCreated)
        .subject(user)
        .fact(Fact::Name, form.name.as_str())
        .fact(Fact::Email, form.email.as_str())
        .fact(Fact::Roles, book.labels(&form.roles))
        .fact(Fact::Contact, contact.map(|c| c.number.as_str()))
        .fact(Fact::BudgetOrder, form.budget_order)
        .fact(Fact::BudgetMonth, form.budget_month);
    audit::append(center, &mut tx, entry).await?;
    match asked {
        Some(asked) => asked.granted(center, &mut tx, actor, held, user).await?,
        None => grant_open(center, &mut tx, actor, held, (user, &form.email)).await?,
    }
    tx.commit().await?;
    Ok(user)
}

/// Puts an invitation into the outbox, from what the database holds now. An earlier one is dead.
pub(super) async fn mail_invitation(
    center: &Center,
    tx: &mut Tx,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), StoreError> {
    mail_invitation_of(center, tx, &Inviter::of(held), user).await?;
    Ok(())
}

/// Who invites people or switches them on and off, and in which company: what mails say of it.
pub(crate) struct Inviter {
    pub(crate) company: CompanyId,
    pub(crate) company_name: String,
    pub(crate) customer_number: String,
    pub(crate) currency: Currency,
    /// `None` for the staff.
    pub(crate) user: Option<UserId>,
    pub(crate) name: String,
    /// How to reach whoever invites.
    pub(crate) email: String,
}

impl Inviter {
    /// The shop, for what its staff do in this company. Who of them does it is the shop's own business.
    pub(crate) async fn shop(center: &Center, tx: &mut Tx, company: CompanyId) -> Result<Self, StoreError> {
        let sql = "SELECT name, customer_number, currency FROM companies WHERE id = $1";
        let row = tx.one(sql, args![company]).await?;
        let shop = shop::read_in(center, tx).await?;
        Ok(Self {
            company,
            company_name: row.get("name")?,
            customer_number: row.get("customer_number")?,
            currency: row.get("currency")?,
            user: None,
            name: shop.name,
            email: shop.contact,
        })
    }

    pub(super) fn of(held: &Held<'_>) -> Self {
        Self {
            company: held.company,
            company_name: held.member.company_name.clone(),
            customer_number: held.member.customer_number.clone(),
            currency: held.member.currency,
            user: Some(held.user),
            name: held.who.name.clone(),
            email: held.who.email.to_string(),
        }
    }
}

/// As [`mail_invitation`], whoever invites.
pub(crate) async fn mail_invitation_of(
    center: &Center,
    tx: &mut Tx,
    inviter: &Inviter,
    user: UserId,
) -> Result<MailId, StoreError> {
    let company = inviter.company;
    let row = tx
        .one(
            "SELECT u.email, u.name, COALESCE(m.locale, u.locale) AS locale, m.budget_order, m.budget_month FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.company_id = $1 AND m.user_id = $2",
            args![company, user],
        )
        .await?;
    let email: Email = row.get("email")?;
    let locale = row.get("locale")?;
    let roles = mail::roles_fact(tx, company, user).await?;
    let money =
        |minor: Option<i64>| minor.map(|minor| Money { minor, currency: inviter.currency }.format(locale));
    let link = links::request(center, tx, Purpose::Invitation, user, Some(company), &email).await?;
    tx.execute(
        "UPDATE members SET invited_at = $3, invited_by = $4, invitation_ends_at = NULL WHERE company_id = $1 AND user_id = $2",
        args![company, user, center.now(), inviter.user],
    )
    .await?;
    let mut mail = Mail::new(MailKind::AccountCreated, email.clone(), locale)
        .fact("name", row.get::<String>("name")?)
        .fact("login", email.as_str())
        .fact("company", inviter.company_name.as_str())
        .fact("customer_number", inviter.customer_number.as_str())
        .fact("created_by_name", inviter.name.as_str())
        .fact("created_by_email", inviter.email.as_str())
        .fact("roles", roles)
        .fact("budget_order", money(row.get("budget_order")?).unwrap_or_default())
        .fact("budget_month", money(row.get("budget_month")?).unwrap_or_default())
        .about(user, Some(company));
    mail.link = Some(link);
    mail::enqueue(center, tx, mail).await
}

/// Sends an invitation again; the old link is dead.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `WrongState` when the user has accepted or is deactivated, `TooManyRequests`
pub async fn resend_invitation(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersResend)?;
    throttle::spend(center, INVITATIONS, &held.user.to_string()).await?;
    let mut tx = center.db().write().await?;
    invited(&mut tx, &held, user).await?;
    send_again(center, &mut tx, actor, &held, user).await?;
    Ok(tx.commit().await?)
}

/// As [`resend_invitation`], in a unit of work. It counts among the invitations of the hour only if it is sent.
pub(super) async fn send_again_in(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), Error> {
    invited(tx, held, user).await?;
    throttle::spend_in(tx, center.now(), INVITATIONS, &held.user.to_string()).await?;
    Ok(send_again(center, tx, actor, held, user).await?)
}

async fn send_again(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), StoreError> {
    mail_invitation(center, tx, held, user).await?;
    audit::append(center, tx, Entry::by(actor, Event::InvitationResent).subject(user)).await
}

/// Sends an invitation again because the invited person asks for it, in the name of whoever invited.
/// Does nothing when the invitation was accepted or taken back meanwhile.
pub(crate) async fn invite_again(center: &Center, company: CompanyId, user: UserId) -> Result<(), Error> {
    let mut tx = center.db().write().await?;
    match lock_person(&mut tx, company, user).await {
        Err(Error::Refused(_)) => return Ok(()),
        other => other?,
    }
    let Some(inviter) = inviter_of(center, &mut tx, company, user).await? else { return Ok(()) };
    mail_invitation_of(center, &mut tx, &inviter, user).await?;
    let entry = Entry::system(Event::InvitationResent).company(Some(company)).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// Who invited somebody who has not accepted yet; `None` when nobody waits for that any more.
pub(crate) async fn inviter_of(
    center: &Center,
    tx: &mut Tx,
    company: CompanyId,
    user: UserId,
) -> Result<Option<Inviter>, StoreError> {
    let row = tx
        .optional(
            "SELECT i.id, i.name, i.email FROM members m
             JOIN companies c ON c.id = m.company_id LEFT JOIN users i ON i.id = m.invited_by
             WHERE m.company_id = $1 AND m.user_id = $2 AND m.accepted_at IS NULL AND m.deactivated_at IS NULL AND c.active",
            args![company, user],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let mut inviter = Inviter::shop(center, tx, company).await?;
    if let Some(colleague) = row.get::<Option<UserId>>("id")? {
        (inviter.user, inviter.name, inviter.email) = (Some(colleague), row.get("name")?, row.get("email")?);
    }
    Ok(Some(inviter))
}

/// Takes an invitation back: its link is dead and the user counts as deactivated. Activating
/// the user sends a new one.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `WrongState` when the user has accepted or is deactivated,
/// `ReauthRequired` for a main contact
pub async fn revoke_invitation(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersRevoke)?;
    let mut tx = center.db().write().await?;
    take_back(center, &mut tx, actor, &held, user).await?;
    Ok(tx.commit().await?)
}

/// As [`revoke_invitation`], in a unit of work.
pub(super) async fn take_back(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
) -> Result<(), Error> {
    if invited(tx, held, user).await? {
        typed_lately(center, held.who)?;
    }
    tx.execute(
        "UPDATE members SET deactivated_at = $3, version = version + 1 WHERE company_id = $1 AND user_id = $2",
        args![held.company, user, center.now()],
    )
    .await?;
    links::revoke(center, tx, user, Some(held.company), None).await?;
    mail::cancel_for_user(tx, user, Some(held.company), "invitation revoked").await?;
    let entry = Entry::by(actor, Event::InvitationRevoked).subject(user);
    Ok(audit::append(center, tx, entry).await?)
}

/// Refuses unless the user waits for accepting an invitation of this company. Answers whether the user may
/// then change what others may do.
async fn invited(tx: &mut Tx, held: &Held<'_>, user: UserId) -> Result<bool, Error> {
    lock_person(tx, held.company, user).await?;
    let sql = "SELECT (accepted_at IS NULL AND deactivated_at IS NULL) AS n FROM members WHERE company_id = $1 AND user_id = $2";
    let row = tx.optional(sql, args![held.company, user]).await?.ok_or(ErrorCode::NotFound)?;
    let book = RoleBook::of(tx, held.company).await?;
    let roles = roles_of(tx, &book, held.company, &[user]).await?.pop().unwrap_or_default();
    may_grant(held, &book, &roles)?;
    if row.get::<bool>("n")? { Ok(book.administer(&roles)) } else { Err(ErrorCode::WrongState.into()) }
}

/// The page *Invitations*: open and ended ones by name, at most a hundred.
///
/// # Errors
/// `Unauthenticated`, `Forbidden`, [`Error::Store`]
pub async fn invitations(center: &Center, actor: &Actor) -> Result<SideList<Vec<InvitationRow>>, Error> {
    let held = access::in_company(actor, Operation::UsersInvitations)?;
    let contacts = WithoutAccess::of(center, &held).await?;
    let reader = Reader::new(center, held);
    let mut conn = center.db().read().await?;
    let rows = conn
        .all(
            "SELECT m.user_id, m.name, m.email, m.invited_at, m.invitation_ends_at, i.name AS invited_by FROM members m
             LEFT JOIN users i ON i.id = m.invited_by
             WHERE m.company_id = $1 AND m.accepted_at IS NULL AND m.deactivated_at IS NULL
             ORDER BY m.name_key, m.user_id LIMIT 100",
            args![held.company],
        )
        .await?;
    let now = center.now();
    let list = rows
        .iter()
        .map(|row| {
            let ends: Option<i64> = row.get("invitation_ends_at")?;
            let invited: Option<i64> = row.get("invited_at")?;
            Ok(InvitationRow {
                user: row.get("user_id")?,
                name: row.get("name")?,
                email: row.get("email")?,
                invited_by: row
                    .get::<Option<String>>("invited_by")?
                    .unwrap_or_else(|| held.who.client.shop.name.clone()),
                sent: ends.and(invited).map(|at| reader.times().moment(at)).unwrap_or_default(),
                expires: ends.map(|at| reader.times().moment(at)).unwrap_or_default(),
                expired: ends.is_some_and(|at| at <= now),
            })
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(SideList {
        company: held.member.company_name.clone(),
        counts: UserCounts {
            differences: contacts.differences,
            ..counts(&mut conn, held.company, contacts.count(), now).await?
        },
        list,
        can_manage: can_manage(held.member),
    })
}
