use model::{ErrorCode, FieldIssue, Role, RoleRef, UserDetail, UserId, UserInput, ValidUser};

use super::form::{Start, form};
use super::found::{Found, MAIN_CONTACT, lock_member};
use super::guard::{may_grant, may_set_budgets, only_own_login, others_manage};
use super::invite::mail_invitation;
use super::name_key;
use super::roles::{self, RoleBook, roles_of};
use super::row::{Reader, can_manage};
use super::second_step::step_of;
use crate::access::{self, Actor, Held, Operation};
use crate::accounts::{self, typed_lately};
use crate::audit::{self, Entry, Event, Fact};
use crate::store::{Tx, args};
use crate::throttle::{self, EMAIL_TAKEN, INVITATIONS};
use crate::{Center, Error};

/// The page of one user.
///
/// # Errors
/// `NotFound` when the company has no such user.
pub async fn get(center: &Center, actor: &Actor, user: UserId) -> Result<UserDetail, Error> {
    let held = access::in_company(actor, Operation::UsersGet)?;
    let reader = Reader::new(center, held);
    let mut tx = center.db().read().await?;
    let row = tx
        .optional(
            "SELECT m.user_id, m.name, m.email, m.contact_number, m.deactivated_at, m.accepted_at, m.invitation_ends_at,
                 m.locked_until, m.budget_order, m.budget_month, m.last_seen_at, m.version, m.created_at, u.salutation,
                 u.totp_set_up_at IS NOT NULL AS second_step,
                 i.name AS invited_by,
                 (SELECT l.email FROM links l WHERE l.user_id = m.user_id AND l.purpose = 'email_change'
                     AND l.consumed_at IS NULL AND l.revoked_at IS NULL AND (l.ends_at IS NULL OR l.ends_at > $3)) AS pending_email
             FROM members m JOIN users u ON u.id = m.user_id LEFT JOIN users i ON i.id = m.invited_by
             WHERE m.company_id = $1 AND m.user_id = $2",
            args![held.company, user, center.now()],
        )
        .await?
        .ok_or(ErrorCode::NotFound)?;
    let book = RoleBook::of(&mut tx, held.company).await?;
    let roles = roles_of(&mut tx, &book, held.company, &[user]).await?.pop().unwrap_or_default();
    let managers: i64 = tx
        .value(
            "SELECT count(*) AS n FROM member_roles r JOIN members m ON m.company_id = r.company_id AND m.user_id = r.user_id
             WHERE r.company_id = $1 AND r.role = $2 AND r.user_id <> $3 AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL",
            args![held.company, Role::MainContact, user],
        )
        .await?;
    let start = Start {
        salutation: row.get("salutation")?,
        name: row.get("name")?,
        email: row.get("email")?,
        roles: roles.clone(),
        budget_order: row.get("budget_order")?,
        budget_month: row.get("budget_month")?,
        own: user == held.user,
        last_main_contact: roles.contains(&MAIN_CONTACT) && managers == 0,
    };
    let created = reader.times().date(row.get("created_at")?);
    Ok(UserDetail {
        form: form(&held, &book, &start),
        pending_email: row.get("pending_email")?,
        version: row.get("version")?,
        created: match row.get::<Option<String>>("invited_by")? {
            Some(by) => format!("{created} · {by}"),
            None => created,
        },
        can_manage: can_manage(held.member),
        second_step: step_of(&mut tx, &held, user, row.get("second_step")?).await?,
        row: reader.user_row(&row, book.labels(&roles))?,
    })
}

/// Refuses roles that this person may not give, or that leave the company without a main contact.
async fn may_change_roles(
    tx: &mut Tx,
    held: &Held<'_>,
    user: UserId,
    found: &Found,
    roles: &[RoleRef],
) -> Result<(), Error> {
    if user == held.user {
        return Err(ErrorCode::Yourself.into());
    }
    may_grant(held, &found.book, roles)?;
    let demoted = found.is_main_contact() && !roles.contains(&MAIN_CONTACT);
    if demoted && found.accepted && !found.deactivated && !others_manage(tx, held.company, user).await? {
        return Err(ErrorCode::LastMainContact.into());
    }
    Ok(())
}

/// What an edit did besides saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// Saved
    Saved,
    /// Saved, but for the address: it counts once its link was used.
    EmailWaits,
}

/// *Edit user*. `version` is the one that the form was filled in on.
///
/// # Errors
/// The fields to correct, `NotFound`, `Conflict`, `Yourself` for own roles, `LastMainContact`,
/// `GrantLacking`, [`Error::Lacks`], `ReauthRequired` for giving or taking a role that administers
/// users or roles and for readdressing who has one, `TooManyRequests`
pub async fn edit(
    center: &Center,
    actor: &Actor,
    user: UserId,
    version: i64,
    input: &UserInput,
) -> Result<Edited, Error> {
    let held = access::in_company(actor, Operation::UsersEdit)?;
    let mut form = input.check(held.member.currency)?;
    let change = |found: &Found| -> Result<ValidUser, Error> {
        if found.version != version {
            return Err(ErrorCode::Conflict.into());
        }
        found.book.check("roles", &form.roles)?;
        form.roles = found.book.ordered(&form.roles);
        Ok(form)
    };
    save(center, actor, &held, user, None, change).await
}

/// Saves what `change` makes of a user as found under lock, with all guards of [`edit`]. The trail
/// names `event` or, without one, what it amounts to.
pub(super) async fn save(
    center: &Center,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
    event: Option<Event>,
    change: impl FnOnce(&Found) -> Result<ValidUser, Error>,
) -> Result<Edited, Error> {
    let mut tx = center.db().write().await?;
    let found = lock_member(&mut tx, held, user).await?;
    let form = change(&found)?;
    let roles_change = form.roles != found.roles;
    if roles_change {
        may_change_roles(&mut tx, held, user, &found, &form.roles).await?;
    }
    may_set_budgets(held, found.budgets, &form)?;
    only_own_login(&mut tx, held, user, &found, &form).await?;
    let email_changes = form.email != found.email;
    if email_changes {
        access::never_in_a_view(held.who)?;
    }
    if email_changes && user == held.user {
        // The profile asks for the password first; an open session alone must not move the login.
        return Err(ErrorCode::Yourself.into());
    }
    if email_changes && found.accepted && found.deactivated {
        return Err(Error::field("email", FieldIssue::UserDeactivated));
    }
    // A new address is a new way in, so that of somebody who administers counts as much as the role.
    if found.book.changes_administration(&found.roles, &form.roles) || (email_changes && found.administers())
    {
        typed_lately(center, held.who)?;
    }
    if email_changes {
        let sql = "SELECT 1 AS n FROM users WHERE email = $1";
        if tx.optional(sql, args![&form.email]).await?.is_some() {
            drop(tx);
            throttle::spend(center, EMAIL_TAKEN, &held.user.to_string()).await?;
            return Err(Error::field("email", FieldIssue::EmailTaken));
        }
    }
    tx.execute(
        "UPDATE users SET name = $2, salutation = $3 WHERE id = $1",
        args![user, &form.name, form.salutation],
    )
    .await?;
    tx.execute(
        "UPDATE members SET name = $2, name_key = $3 WHERE user_id = $1",
        args![user, &form.name, name_key(form.name.as_str())],
    )
    .await?;
    tx.execute(
        "UPDATE members SET budget_order = $3, budget_month = $4, version = version + 1 WHERE company_id = $1 AND user_id = $2",
        args![held.company, user, form.budget_order, form.budget_month],
    )
    .await?;
    if roles_change {
        roles::replace(&mut tx, held.company, user, &form.roles).await?;
    }
    let mut outcome = Edited::Saved;
    if email_changes && found.accepted {
        accounts::request_change(
            center,
            &mut tx,
            user,
            &found.email,
            &form.email,
            form.name.as_str(),
            found.locale,
        )
        .await?;
        outcome = Edited::EmailWaits;
    } else if email_changes {
        // Nobody has used the old address to get in, so the invitation just goes to the new one.
        let changed = tx.execute("UPDATE users SET email = $2 WHERE id = $1", args![user, &form.email]).await;
        match changed {
            // Somebody else got the address since it was looked for above.
            Err(error) if error.is_unique_violation() => {
                return Err(Error::field("email", FieldIssue::EmailTaken));
            }
            other => other?,
        };
        tx.execute("UPDATE members SET email = $2 WHERE user_id = $1", args![user, &form.email]).await?;
        if !found.deactivated {
            mail_invitation(center, &mut tx, held, user).await?;
        }
    }
    let amounts_to = if roles_change { Event::PermissionsChanged } else { Event::UserUpdated };
    let event = event.unwrap_or(amounts_to);
    let entry = Entry::by(actor, event)
        .subject(user)
        .change(Fact::Salutation, found.salutation.key(), form.salutation.key())
        .change(Fact::Name, found.name.as_str(), form.name.as_str())
        .change(Fact::Roles, found.book.labels(&found.roles), found.book.labels(&form.roles))
        .change(Fact::BudgetOrder, found.budgets.0, form.budget_order)
        .change(Fact::BudgetMonth, found.budgets.1, form.budget_month);
    let entry = match outcome {
        Edited::EmailWaits => entry.fact(Fact::NewEmail, form.email.as_str()),
        Edited::Saved => entry.change(Fact::Email, found.email.as_str(), form.email.as_str()),
    };
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Gives a role to a user, or takes it away; the other roles stay.
///
/// # Errors
/// `NotFound`, `WrongState` when nothing would change, the field `roles` when it is the only one,
/// `Yourself`, `LastMainContact`, `GrantLacking`, `ReauthRequired` for a role that
/// administers users or roles
pub async fn change_role(
    center: &Center,
    actor: &Actor,
    user: UserId,
    role: RoleRef,
    give: bool,
) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersEdit)?;
    let mut tx = center.db().write().await?;
    set_role(center, &mut tx, actor, &held, user, (role, give)).await?;
    Ok(tx.commit().await?)
}

/// As [`change_role`], in a unit of work.
pub(super) async fn set_role(
    center: &Center,
    tx: &mut Tx,
    actor: &Actor,
    held: &Held<'_>,
    user: UserId,
    (role, give): (RoleRef, bool),
) -> Result<(), Error> {
    let found = lock_member(tx, held, user).await?;
    if found.roles.contains(&role) == give {
        return Err(ErrorCode::WrongState.into());
    }
    let after = |r: &RoleRef| if *r == role { give } else { found.roles.contains(r) };
    found.book.check("roles", &[role])?;
    let roles: Vec<RoleRef> = found.book.all().into_iter().filter(after).collect();
    if roles.is_empty() {
        return Err(Error::field("roles", FieldIssue::RoleRequired));
    }
    may_change_roles(tx, held, user, &found, &roles).await?;
    if found.book.changes_administration(&found.roles, &roles) {
        typed_lately(center, held.who)?;
    }
    roles::replace(tx, held.company, user, &roles).await?;
    tx.execute(
        "UPDATE members SET version = version + 1 WHERE company_id = $1 AND user_id = $2",
        args![held.company, user],
    )
    .await?;
    let entry = Entry::by(actor, Event::PermissionsChanged).subject(user).change(
        Fact::Roles,
        found.book.labels(&found.roles),
        found.book.labels(&roles),
    );
    Ok(audit::append(center, tx, entry).await?)
}

/// Mails an active user a link to set a new password. Nobody else ever sets it.
///
/// # Errors
/// `NotFound`, `GrantLacking`, `WrongState` unless the user is active, `TooManyRequests`
pub async fn send_password_link(center: &Center, actor: &Actor, user: UserId) -> Result<(), Error> {
    let held = access::in_company(actor, Operation::UsersPasswordLink)?;
    throttle::spend(center, INVITATIONS, &held.user.to_string()).await?;
    let mut tx = center.db().write().await?;
    let found = lock_member(&mut tx, &held, user).await?;
    if found.deactivated || !found.accepted {
        return Err(ErrorCode::WrongState.into());
    }
    accounts::send_reset(center, &mut tx, user, &found.email, &found.name, found.locale).await?;
    let entry = Entry::by(actor, Event::PasswordLinkSent).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
