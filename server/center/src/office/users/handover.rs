//! Codes on paper, for handing over in person to somebody whose mailbox can't be used.

use model::{CodePage, CodePlace, CompanyId, Email, ErrorCode, LinkId, Locale, PrintedCode, StaffId, UserId};
use zeroize::Zeroizing;

use super::manage::{can_act, home_of};
use crate::access::{self, Actor, Operation};
use crate::accounts::handover::{LIFE, end_codes};
use crate::accounts::links::{self, Purpose};
use crate::audit::{self, Entry, Event};
use crate::mail::{self, Mail, MailKind};
use crate::office::{times, typed_lately};
use crate::store::{Conn, Row, StoreError, Tx, args};
use crate::throttle::{self, STAFF_LINKS};
use crate::users::lock_company;
use crate::words::Times;
use crate::{Center, Error, Instant, paper};

/// Makes a code that the person can set a password with: a new one, or the first one where the person is
/// invited, then for this company or, without one, as a business user. Earlier codes and links of the same
/// kind end. Whoever has a password is told by mail that there is a code. The code is shown once, by
/// [`code_page`], to the same person of the staff.
///
/// # Errors
/// `NotFound`, `WrongState` unless the person can act or is invited there, `ReauthRequired`,
/// `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Busy`], [`Error::Store`]
pub async fn make_code(
    center: &Center,
    actor: &Actor,
    user: UserId,
    company: Option<CompanyId>,
) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeUsersMakeCode)?;
    Person::of(&mut center.db().read().await?, user).await?.way(company)?;
    typed_lately(center, who)?;
    throttle::spend(center, STAFF_LINKS, &who.staff.to_string()).await?;
    let code = paper::fresh(center.entropy());
    let hash = center.passwords().hash(code.to_string()).await?;
    let now = center.now();
    let ends = now + LIFE;
    let mut tx = center.db().write().await?;
    if let Some(company) = company {
        lock_company(&mut tx, company).await?;
    }
    tx.execute("UPDATE users SET locale = locale WHERE id = $1", args![user]).await?;
    let person = Person::of(&mut tx, user).await?;
    let (purpose, company) = person.way(company)?;
    end_codes(&mut tx, user).await?;
    let link = links::request(center, &mut tx, purpose, user, company, &person.email).await?;
    tx.execute("UPDATE links SET ends_at = $2 WHERE id = $1", args![link, ends]).await?;
    if let Some(company) = company {
        let sql = "UPDATE members SET invited_at = $3, invited_by = NULL, invitation_ends_at = $4
             WHERE company_id = $1 AND user_id = $2";
        tx.execute(sql, args![company, user, now, ends]).await?;
    }
    let sealed = center.seal().seal(center.entropy(), &sealed_for(who.staff, user), code.as_bytes());
    tx.execute(
        "INSERT INTO handover_codes (link_id, staff_id, code_hash, sealed, ends_at) VALUES ($1, $2, $3, $4, $5)",
        args![link, who.staff, hash, sealed, ends],
    )
    .await?;
    if purpose == Purpose::Reset {
        person.tell(center, &mut tx, user, &who.client.shop.time_zone).await?;
    }
    let company = match company {
        Some(company) => Some(company),
        None => home_of(&mut tx, user).await?,
    };
    let entry = Entry::by(actor, Event::HandoverCodeMade).company(company).subject(user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}

/// The page of a code: whom it can be made for, and right after it was made the code itself, once.
///
/// # Errors
/// `NotFound`, `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn code_page(center: &Center, actor: &Actor, user: UserId) -> Result<CodePage, Error> {
    let who = access::office(actor, Operation::OfficeUsersCodePage)?;
    let person = Person::of(&mut center.db().read().await?, user).await?;
    let code = unseal(center, who.staff, user).await?.map(|(code, ends)| PrintedCode {
        code: paper::written(&code),
        until: times(center, who).moment(ends),
        address: format!("{}/code", center.settings().public_url),
    });
    Ok(CodePage {
        id: user,
        name: person.name,
        email: person.email.to_string(),
        resets: person.acts,
        places: if person.has_password { Vec::new() } else { person.invited },
        code,
    })
}

/// The code that this person of the staff made and has not seen yet. It can't be read again.
async fn unseal(
    center: &Center,
    staff: StaffId,
    user: UserId,
) -> Result<Option<(Zeroizing<String>, Instant)>, Error> {
    let mut tx = center.db().write().await?;
    let sql = "SELECT h.link_id, h.sealed, h.ends_at FROM handover_codes h JOIN links l ON l.id = h.link_id
         WHERE l.user_id = $1 AND h.staff_id = $2 AND h.sealed IS NOT NULL AND h.ends_at > $3
           AND l.revoked_at IS NULL AND l.consumed_at IS NULL";
    let Some(row) = tx.optional(sql, args![user, staff, center.now()]).await? else { return Ok(None) };
    let link: LinkId = row.get("link_id")?;
    let sql = "UPDATE handover_codes SET sealed = NULL WHERE link_id = $1 AND sealed IS NOT NULL";
    let first = tx.execute(sql, args![link]).await? == 1;
    tx.commit().await?;
    let sealed: Vec<u8> = row.get("sealed")?;
    let code = center.seal().open(&sealed_for(staff, user), &sealed).filter(|_| first);
    let code = code.and_then(|code| String::from_utf8(code.to_vec()).ok()).map(Zeroizing::new);
    Ok(code.map(|code| Ok::<_, StoreError>((code, row.get("ends_at")?))).transpose()?)
}

fn sealed_for(staff: StaffId, user: UserId) -> String {
    format!("handover code {} {}", staff.0, user.0)
}

/// Somebody who may need a code.
struct Person {
    name: String,
    email: Email,
    locale: Locale,
    has_password: bool,
    /// Has a password and can act somewhere.
    acts: bool,
    /// Where the person is invited to.
    invited: Vec<CodePlace>,
}

impl Person {
    async fn of(conn: &mut Conn, user: UserId) -> Result<Self, Error> {
        let sql = "SELECT name, email, locale, password_hash IS NOT NULL AS has_password FROM users
             WHERE id = $1 AND erased_at IS NULL AND merged_into IS NULL";
        let row = conn.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
        let has_password: bool = row.get("has_password")?;
        let sql = "SELECT c.id, c.name FROM members m JOIN companies c ON c.id = m.company_id
             WHERE m.user_id = $1 AND m.accepted_at IS NULL AND m.deactivated_at IS NULL AND c.active
             UNION ALL SELECT NULL AS id, customer_name AS name FROM business_users
             WHERE user_id = $1 AND deactivated_at IS NULL
             ORDER BY 2 LIMIT 50";
        let rows = conn.all(sql, args![user]).await?;
        let place = |row: &Row| -> Result<_, StoreError> {
            Ok(CodePlace { company: row.get("id")?, name: row.get("name")? })
        };
        Ok(Self {
            name: row.get("name")?,
            email: row.get("email")?,
            locale: row.get("locale")?,
            has_password,
            acts: has_password && can_act(conn, user).await?,
            invited: rows.iter().map(place).collect::<Result<_, _>>()?,
        })
    }

    /// What a code stands for: a new password, or the invitation to this place.
    fn way(&self, company: Option<CompanyId>) -> Result<(Purpose, Option<CompanyId>), Error> {
        if self.acts {
            return Ok((Purpose::Reset, None));
        }
        let invited = !self.has_password && self.invited.iter().any(|place| place.company == company);
        if invited { Ok((Purpose::Invitation, company)) } else { Err(ErrorCode::WrongState.into()) }
    }

    async fn tell(&self, center: &Center, tx: &mut Tx, user: UserId, zone: &str) -> Result<(), StoreError> {
        let times = Times::at(center.now(), zone, self.locale);
        let mail = Mail::new(MailKind::HandoverCodeMade, self.email.clone(), self.locale)
            .fact("name", self.name.as_str())
            .fact("when", times.moment(center.now()))
            .fact("until", times.moment(center.now() + LIFE))
            .about(user, None);
        mail::enqueue(center, tx, mail).await?;
        Ok(())
    }
}
