//! Merging two accounts of one person: what will come of it, and doing exactly that.

mod plan;

use std::collections::BTreeSet;

use model::{Email, ErrorCode, MergeOutcome, MergePage, UserId};

use self::plan::{Account, Plan, Shared, Stands};
use crate::access::{self, Actor, Operation};
use crate::accounts::{links, sessions};
use crate::activation::leave_business;
use crate::audit;
use crate::mail::{self, Mail, MailKind};
use crate::office::typed_lately;
use crate::second_step::Holder;
use crate::store::{Row, StoreError, Tx, args};
use crate::users::{Inviter, lock_company, mail_invitation_of, name_key, roles};
use crate::{Center, Error, Instant};

/// The page *Merge*: looks for the other account by its address, and says what merging would do. `swapped`:
/// the other one is kept.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn merge_page(
    center: &Center,
    actor: &Actor,
    user: UserId,
    with: &str,
    swapped: bool,
) -> Result<MergePage, Error> {
    access::office(actor, Operation::OfficeUsersMergePage)?;
    let mut conn = center.db().read().await?;
    let this = Account::of(&mut conn, user).await?;
    let other: Option<UserId> = match Email::parse(with) {
        Ok(email) => {
            let row = conn.optional("SELECT id FROM users WHERE email = $1", args![&email]).await?;
            row.map(|row| row.get("id")).transpose()?
        }
        Err(_) => None,
    };
    let plan = match other {
        Some(other) => {
            let (kept, other) = if swapped { (other, user) } else { (user, other) };
            Some(Plan::of(&mut conn, kept, other).await?.told())
        }
        None => None,
    };
    Ok(MergePage { this: this.told(), plan })
}

/// Merges the other account into the kept one, as the page said: what the other opened and the kept one did
/// not is the kept one's; where both act, the roles of both come together, with the stricter budgets. The
/// other account ends with its sessions and links; what it did stays under it. `seen` stands for what the page
/// showed. The person is told at both addresses.
///
/// # Errors
/// `NotFound`, `Conflict` when something has changed since, `WrongState` with an obstacle, `ReauthRequired`,
/// [`Error::OfficeLacks`], [`Error::Store`]
pub async fn merge(
    center: &Center,
    actor: &Actor,
    kept: UserId,
    other: UserId,
    seen: &str,
) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeUsersMerge)?;
    let plan = Plan::of(&mut center.db().read().await?, kept, other).await?;
    // Says also that the companies locked below are those of the plan that is made under their locks.
    if plan.seen() != seen {
        return Err(ErrorCode::Conflict.into());
    }
    if plan.obstacle().is_some() {
        return Err(ErrorCode::WrongState.into());
    }
    typed_lately(center, who)?;
    let mut tx = center.db().write().await?;
    // Companies before people, each in one order, as everywhere.
    for shared in &plan.shared {
        lock_company(&mut tx, shared.company).await?;
    }
    for user in BTreeSet::from([kept.0, other.0]) {
        tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![user]).await?;
    }
    let plan = Plan::of(&mut tx, kept, other).await?;
    if plan.seen() != seen {
        return Err(ErrorCode::Conflict.into());
    }
    for shared in &plan.shared {
        take_over(center, &mut tx, &plan, shared).await?;
    }
    if plan.business_outcome() == Some(MergeOutcome::Comes) {
        take_business(&mut tx, &plan).await?;
    }
    end(center, &mut tx, &plan).await?;
    for email in [&plan.kept.email, &plan.other.email] {
        let mail = Mail::new(MailKind::AccountsMerged, email.clone(), plan.kept.locale)
            .fact("name", plan.kept.name.as_str())
            .fact("login", plan.kept.email.as_str())
            .fact("old_email", plan.other.email.as_str())
            .about(kept, None);
        mail::enqueue(center, &mut tx, mail).await?;
    }
    audit::append_all(center, &mut tx, plan.entries(actor)).await?;
    Ok(tx.commit().await?)
}

/// Gives the kept account what becomes of the two memberships of a company.
async fn take_over(center: &Center, tx: &mut Tx, plan: &Plan, shared: &Shared) -> Result<(), Error> {
    if shared.other.is_none() {
        return Ok(());
    }
    let (company, kept, other) = (shared.company, plan.kept.user, plan.other.user);
    let sql = "SELECT contact_key, contact_number, locale, last_seen_at FROM members WHERE company_id = $1 AND user_id = $2";
    let row: Row = tx.one(sql, args![company, other]).await?;
    let (contact_key, contact_number): (Option<String>, String) =
        (row.get("contact_key")?, row.get("contact_number")?);
    let (locale, last_seen): (Option<String>, Instant) = (row.get("locale")?, row.get("last_seen_at")?);
    let sql =
        "UPDATE members SET contact_key = NULL, contact_number = '' WHERE company_id = $1 AND user_id = $2";
    tx.execute(sql, args![company, other]).await?;
    let (_, becomes) = shared.outcome();
    if let Some(seat) = &becomes {
        tx.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, locale, accepted_at, budget_order, budget_month, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (company_id, user_id) DO UPDATE SET deactivated_at = NULL, accepted_at = $7,
                 budget_order = $8, budget_month = $9, version = members.version + 1",
            args![
                company,
                kept,
                plan.kept.name.as_str(),
                name_key(&plan.kept.name),
                &plan.kept.email,
                locale,
                seat.accepted,
                seat.budgets.0,
                seat.budgets.1,
                center.now()
            ],
        )
        .await?;
        roles::replace(tx, company, kept, &seat.roles).await?;
        leave_business(center, tx, &shared.number, kept).await?;
        if seat.stands == Stands::Invited {
            let inviter = Inviter::shop(center, tx, company).await?;
            mail_invitation_of(center, tx, &inviter, kept).await?;
        }
    }
    // The person is one contact of the ERP, and was seen where either account was.
    if let Some(key) = contact_key {
        let sql = "UPDATE members SET contact_key = $3, contact_number = $4
             WHERE company_id = $1 AND user_id = $2 AND contact_key IS NULL";
        tx.execute(sql, args![company, kept, key, contact_number]).await?;
    }
    let sql =
        "UPDATE members SET last_seen_at = $3 WHERE company_id = $1 AND user_id = $2 AND last_seen_at < $3";
    tx.execute(sql, args![company, kept, last_seen]).await?;
    Ok(())
}

/// Makes the kept account a business user of the customer that the other one was it for.
async fn take_business(tx: &mut Tx, plan: &Plan) -> Result<(), StoreError> {
    tx.execute("DELETE FROM business_users WHERE user_id = $1", args![plan.kept.user]).await?;
    let sql = "UPDATE business_users SET user_id = $1 WHERE user_id = $2";
    tx.execute(sql, args![plan.kept.user, plan.other.user]).await?;
    Ok(())
}

/// Ends the other account: nobody signs in with it, and its address is free.
async fn end(center: &Center, tx: &mut Tx, plan: &Plan) -> Result<(), StoreError> {
    let (user, now) = (plan.other.user, center.now());
    // Reserved, so that no mail ever gets anywhere.
    let login = format!("merged-{user}@merged.invalid");
    tx.execute(
        "UPDATE users SET email = $2, password_hash = NULL, password_changed_at = NULL, merged_into = $3 WHERE id = $1",
        args![user, login.as_str(), plan.kept.user],
    )
    .await?;
    // What was merged into it before is the kept one's now: nobody has to follow a chain.
    tx.execute("UPDATE users SET merged_into = $2 WHERE merged_into = $1", args![user, plan.kept.user])
        .await?;
    Holder::User(user).take_back(tx).await?;
    // Before its sessions, so that none begins meanwhile.
    tx.execute(
        "UPDATE members SET email = $2, accepted_at = NULL, deactivated_at = COALESCE(deactivated_at, $3),
             invitation_ends_at = NULL, budget_order = NULL, budget_month = NULL, version = version + 1 WHERE user_id = $1",
        args![user, login.as_str(), now],
    )
    .await?;
    tx.execute("DELETE FROM business_users WHERE user_id = $1", args![user]).await?;
    sessions::end_all(tx, user, None).await?;
    links::revoke(center, tx, user, None, None).await?;
    mail::cancel_for_user(tx, user, None, "account merged").await?;
    for gone in [
        "DELETE FROM member_roles WHERE user_id = $1",
        "DELETE FROM member_company_roles WHERE user_id = $1",
        "DELETE FROM known_networks WHERE user_id = $1",
        "DELETE FROM declined_notices WHERE user_id = $1",
        "DELETE FROM ignored_differences WHERE user_id = $1",
        "DELETE FROM bulk_results WHERE user_id = $1",
        // A membership stays, switched off, only as long as it says who decided what, and over whom.
        "DELETE FROM members WHERE user_id = $1
           AND NOT EXISTS (SELECT 1 FROM access_requests r WHERE r.company_id = members.company_id
               AND (r.user_id = $1 OR r.decided_by = $1))
           AND NOT EXISTS (SELECT 1 FROM access_reviews v WHERE v.company_id = members.company_id AND v.finished_by = $1)
           AND NOT EXISTS (SELECT 1 FROM access_review_entries e WHERE e.company_id = members.company_id
               AND (e.user_id = $1 OR e.decided_by = $1))
           AND NOT EXISTS (SELECT 1 FROM ignored_differences i WHERE i.company_id = members.company_id AND i.ignored_by = $1)",
    ] {
        tx.execute(gone, args![user]).await?;
    }
    tx.execute("DELETE FROM mail_bounces WHERE address = $1", args![&plan.other.email]).await?;
    Ok(())
}
