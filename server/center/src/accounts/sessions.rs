//! Signed-in browsers. A cookie holds a random token, the database its hash; nothing about a
//! session is remembered between requests, so that a change of rights counts at once.

use std::sync::Arc;

use model::{
    CompanyId, ErrorCode, FeaturesOff, Grants, OfficeRight, Role, RoleId, RoleLabel, RoleRef, SessionId,
    SessionRow, StaffId, StaffRole, UserId, ViewId,
};

use crate::access::{self, Actor, Client, Member, Operation, Place, SignedIn, View};
use crate::audit::{self, Entry, Event};
use crate::clock::{HOUR, MINUTE};
use crate::store::{Row, Sql, StoreError, Tx, args};
use crate::{Center, Error, Instant, Token, shop, words};

/// A session ends after this long without a request.
pub const IDLE: Instant = 30 * MINUTE;
/// A session ends after this long in any case.
pub const ABSOLUTE: Instant = 12 * HOUR;
/// How many sessions a user may have; the oldest goes when there are more.
const MOST: i64 = 10;
/// The last use is written at most this often, so that reading pages stays reading.
const TOUCH_EVERY: Instant = MINUTE;

/// Who holds this token. `None` when it is unknown, idle or too old, or when the user or the
/// company has been switched off since.
///
/// # Errors
/// [`StoreError`]
pub async fn resolve(center: &Center, token: &str, client: &Client) -> Result<Option<SignedIn>, StoreError> {
    let Some((who, seen)) = find(center, token, client).await? else { return Ok(None) };
    let now = center.now();
    // A view is no sign of life of the user, and ends when it was to end.
    if seen + TOUCH_EVERY <= now && who.view.is_none() {
        touch(center, &who, now).await?;
    }
    Ok(Some(who))
}

/// As [`resolve`], for what a page asks by itself: it does not keep the session alive, so that a
/// browser left alone is signed out in time.
///
/// # Errors
/// [`StoreError`]
pub async fn resolve_unseen(
    center: &Center,
    token: &str,
    client: &Client,
) -> Result<Option<SignedIn>, StoreError> {
    Ok(find(center, token, client).await?.map(|(who, _)| who))
}

/// Who holds the session now that this person held when it was resolved; `None` once it has ended.
pub(crate) async fn still(center: &Center, who: &SignedIn) -> Result<Option<SignedIn>, StoreError> {
    let shop = Arc::new(shop::read(center).await?);
    let client = Client { off: shop.off, shop, ..who.client.clone() };
    let found = holder(center, Sql::new(HELD).push(" WHERE s.id = ").bind(who.session), &client).await?;
    Ok(found.map(|(who, _)| who))
}

async fn find(
    center: &Center,
    token: &str,
    client: &Client,
) -> Result<Option<(SignedIn, Instant)>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    holder(center, Sql::new(HELD).push(" WHERE s.token_hash = ").bind(token.hash()), client).await
}

/// A session with whoever holds it, once for each role.
const HELD: &str =
    "SELECT s.id, s.last_seen_at, s.password_checked_at, s.company_id, u.id AS user_id, u.name, u.email,
            u.totp_set_up_at IS NOT NULL AS second_step, c.second_step_required,
            COALESCE(m.locale, u.locale) AS locale,
            u.time_zone AS own_time_zone, u.shortcuts,
            c.name AS company_name, c.customer_number, c.currency, c.time_zone, c.features_off, r.role,
            o.id AS own_role, o.name AS own_role_name, o.rights AS own_role_rights,
            b.customer_number AS business_number, b.customer_name AS business_name,
            (EXISTS (SELECT 1 FROM members x JOIN companies y ON y.id = x.company_id AND y.active
                     WHERE x.user_id = s.user_id AND x.company_id IS DISTINCT FROM s.company_id
                         AND x.deactivated_at IS NULL AND x.accepted_at IS NOT NULL)
             OR (s.company_id IS NOT NULL AND EXISTS (SELECT 1 FROM business_users x
                     WHERE x.user_id = s.user_id AND x.deactivated_at IS NULL))) AS elsewhere,
            v.id AS view_id, v.acts, v.ends_at AS view_ends_at, f.id AS staff_id, f.role AS staff_role
     FROM sessions s
     JOIN users u ON u.id = s.user_id
     LEFT JOIN members m ON m.company_id = s.company_id AND m.user_id = s.user_id AND m.deactivated_at IS NULL
     LEFT JOIN companies c ON c.id = m.company_id AND c.active
     LEFT JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id
     LEFT JOIN member_company_roles g ON g.company_id = m.company_id AND g.user_id = m.user_id
     LEFT JOIN company_roles o ON o.company_id = g.company_id AND o.id = g.role_id
     LEFT JOIN business_users b ON b.user_id = s.user_id AND s.company_id IS NULL AND b.deactivated_at IS NULL
     LEFT JOIN views v ON v.id = s.view_id
     LEFT JOIN staff f ON f.id = v.staff_id AND v.ended_at IS NULL AND f.deactivated_at IS NULL";

/// The holder of the one session that `held` asks for, and when it was used last.
async fn holder(
    center: &Center,
    held: Sql,
    client: &Client,
) -> Result<Option<(SignedIn, Instant)>, StoreError> {
    let now = center.now();
    let held = held
        .push(" AND s.last_seen_at > ")
        .bind(now - IDLE)
        .push(" AND s.ends_at > ")
        .bind(now)
        .push(" ORDER BY o.name_key");
    let (text, values) = held.build();
    let rows = center.db().read().await?.all(text, values).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(view) = view(row)? else { return Ok(None) };
    let place = if let Some(company) = row.get::<Option<CompanyId>>("company_id")? {
        let Some(company_name) = row.get("company_name")? else { return Ok(None) };
        let (roles, grants) = roles(&rows)?;
        Place::Company(Member {
            company,
            company_name,
            customer_number: row.get("customer_number")?,
            currency: row.get("currency")?,
            time_zone: row.get("time_zone")?,
            second_step_required: row.get("second_step_required")?,
            roles,
            grants,
        })
    } else {
        let (Some(customer_number), Some(customer_name)) =
            (row.get("business_number")?, row.get("business_name")?)
        else {
            return Ok(None);
        };
        Place::Business { customer_number, customer_name }
    };
    let locale = row.get("locale")?;
    let company_off: Option<String> = row.get("features_off")?;
    let off = client.off.and(FeaturesOff::read(&company_off.unwrap_or_default()));
    let who = SignedIn {
        user: row.get("user_id")?,
        name: row.get("name")?,
        email: row.get("email")?,
        locale,
        time_zone: row.get("own_time_zone")?,
        shortcuts: row.get("shortcuts")?,
        session: row.get("id")?,
        password_checked_at: row.get("password_checked_at")?,
        second_step: row.get("second_step")?,
        place,
        elsewhere: row.get("elsewhere")?,
        view,
        // Pages are in the person's language, whatever this browser showed before.
        client: Client { locale, off, ..client.clone() },
    };
    Ok(Some((who, row.get("last_seen_at")?)))
}

/// The view that the session belongs to, if to one; `None` when it has ended, or when whoever looks may
/// not any more.
fn view(row: &Row) -> Result<Option<Option<View>>, StoreError> {
    let Some(id) = row.get::<Option<ViewId>>("view_id")? else { return Ok(Some(None)) };
    let role: Option<StaffRole> = row.get("staff_role")?;
    let Some(staff) = row.get::<Option<StaffId>>("staff_id")? else { return Ok(None) };
    if !role.is_some_and(|role| role.allows(OfficeRight::UsersImpersonate)) {
        return Ok(None);
    }
    Ok(Some(Some(View { id, staff, acts: row.get("acts")?, ends_at: row.get("view_ends_at")? })))
}

/// The roles in these rows, each in one or several of them, and what they allow together.
fn roles(rows: &[Row]) -> Result<(Vec<RoleLabel>, Grants), StoreError> {
    let mut built_in = Vec::new();
    let mut own: Vec<RoleLabel> = Vec::new();
    let mut grants = Grants::default();
    for row in rows {
        built_in.extend(row.get::<Option<Role>>("role")?);
        let Some(id) = row.get::<Option<RoleId>>("own_role")? else { continue };
        let role = RoleRef::Own(id);
        if own.iter().all(|label| label.role != role) {
            own.push(RoleLabel { role, own_name: row.get("own_role_name")? });
            grants = grants.iter().chain(row.get::<Grants>("own_role_rights")?.iter()).collect();
        }
    }
    let built_in: Vec<Role> = Role::ALL.into_iter().filter(|role| built_in.contains(role)).collect();
    let grants = grants.iter().chain(Role::together(&built_in).iter()).collect();
    Ok((built_in.into_iter().map(RoleLabel::from).chain(own).collect(), grants))
}

async fn touch(center: &Center, who: &SignedIn, now: Instant) -> Result<(), StoreError> {
    let mut tx = center.db().write().await?;
    // The person's row before the session's, as everywhere, so that no two wait for each other.
    match &who.place {
        Place::Company(member) => {
            let sql = "UPDATE members SET last_seen_at = $3 WHERE company_id = $1 AND user_id = $2";
            tx.execute(sql, args![member.company, who.user, now]).await?
        }
        Place::Business { .. } => {
            tx.execute("UPDATE business_users SET last_seen_at = $2 WHERE user_id = $1", args![who.user, now])
                .await?
        }
    };
    tx.execute("UPDATE sessions SET last_seen_at = $2 WHERE id = $1", args![who.session, now]).await?;
    tx.commit().await
}

/// Notes that the user is here, or refuses because the user was switched off in between. To be
/// called before sessions are touched: the row's lock makes this and switching off follow one
/// another, so that no session is left to somebody who is off.
///
/// # Errors
/// `Deactivated`, [`Error::Store`]
pub(crate) async fn arrive(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
) -> Result<(), Error> {
    let now = center.now();
    let here = match company {
        Some(company) => {
            let sql = "UPDATE members SET last_seen_at = $3 WHERE company_id = $1 AND user_id = $2
                 AND deactivated_at IS NULL AND accepted_at IS NOT NULL
                 AND EXISTS (SELECT 1 FROM companies c WHERE c.id = $1 AND c.active)";
            tx.execute(sql, args![company, user, now]).await?
        }
        None => {
            let sql =
                "UPDATE business_users SET last_seen_at = $2 WHERE user_id = $1 AND deactivated_at IS NULL";
            tx.execute(sql, args![user, now]).await?
        }
    };
    if here == 0 { Err(ErrorCode::Deactivated.into()) } else { Ok(()) }
}

/// Begins a session; one of the few places that do. The password was typed just now.
/// Whoever replaces a session ends the old one with `replaces`.
///
/// # Errors
/// As [`arrive`].
pub(crate) async fn begin(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    client: &Client,
    replaces: Option<SessionId>,
) -> Result<Token, Error> {
    arrive(center, tx, user, company).await?;
    let token = Token::new(center.entropy());
    let session = SessionId(center.new_id());
    let now = center.now();
    if let Some(old) = replaces {
        tx.execute("DELETE FROM sessions WHERE id = $1", args![old]).await?;
    }
    tx.execute(
        "INSERT INTO sessions (id, token_hash, user_id, company_id, created_at, last_seen_at, ends_at, password_checked_at, address, device)
         VALUES ($1, $2, $3, $4, $5, $5, $6, $5, $7, $8)",
        args![
            session,
            token.hash(),
            user,
            company,
            now,
            now + ABSOLUTE,
            client.address.to_string(),
            &client.device
        ],
    )
    .await?;
    tx.execute(
        "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 AND view_id IS NULL AND id NOT IN
             (SELECT id FROM sessions WHERE user_id = $1 AND id <> $2 AND view_id IS NULL ORDER BY created_at DESC, id DESC LIMIT $3)",
        args![user, session, MOST - 1],
    )
    .await?;
    Ok(token)
}

/// Goes on with the session in use, perhaps at another place, under a new token: the old one is dead. When it
/// ends, when the password was typed last, on which device, and recovery codes that are not kept yet stay as they
/// were.
///
/// # Errors
/// As [`arrive`]; `ViewRefuses` in a view; `Unauthenticated` when the session has ended meanwhile.
pub(crate) async fn carry(
    center: &Center,
    tx: &mut Tx,
    who: &SignedIn,
    company: Option<CompanyId>,
) -> Result<(Token, SessionId), Error> {
    access::never_in_a_view(who)?;
    arrive(center, tx, who.user, company).await?;
    let (token, session) = (Token::new(center.entropy()), SessionId(center.new_id()));
    tx.execute(
        "INSERT INTO sessions (id, token_hash, user_id, company_id, created_at, last_seen_at, ends_at, password_checked_at, address, device, codes_sealed)
         SELECT $1, $2, user_id, $3, created_at, $4, ends_at, password_checked_at, $5, device, codes_sealed
         FROM sessions WHERE id = $6 AND user_id = $7",
        args![
            session,
            token.hash(),
            company,
            center.now(),
            who.client.address.to_string(),
            who.session,
            who.user
        ],
    )
    .await?;
    // Of several that go on with it at once exactly one gets it.
    if tx.execute("DELETE FROM sessions WHERE id = $1", args![who.session]).await? == 0 {
        return Err(ErrorCode::Unauthenticated.into());
    }
    Ok((token, session))
}

/// Begins the session of a view: somebody of the staff sees the portal as this user. The user's row is
/// locked, so that this and switching off follow one another.
///
/// # Errors
/// `WrongState` when the user can't act there; [`Error::Store`]
pub(crate) async fn begin_view(
    center: &Center,
    tx: &mut Tx,
    user: UserId,
    company: Option<CompanyId>,
    view: &View,
    client: &Client,
) -> Result<Token, Error> {
    let here = match company {
        Some(company) => {
            let sql = "UPDATE members SET last_seen_at = last_seen_at WHERE company_id = $1 AND user_id = $2
                 AND deactivated_at IS NULL AND accepted_at IS NOT NULL
                 AND EXISTS (SELECT 1 FROM companies c WHERE c.id = $1 AND c.active)";
            tx.execute(sql, args![company, user]).await?
        }
        None => {
            let sql = "UPDATE business_users SET last_seen_at = last_seen_at
                 WHERE user_id = $1 AND deactivated_at IS NULL
                     AND EXISTS (SELECT 1 FROM users u WHERE u.id = $1 AND u.password_hash IS NOT NULL)";
            tx.execute(sql, args![user]).await?
        }
    };
    if here == 0 {
        return Err(ErrorCode::WrongState.into());
    }
    let token = Token::new(center.entropy());
    // The password of the user was never typed in it.
    tx.execute(
        "INSERT INTO sessions (id, token_hash, user_id, company_id, created_at, last_seen_at, ends_at, password_checked_at, address, device, view_id)
         VALUES ($1, $2, $3, $4, $5, $5, $6, 0, $7, $8, $9)",
        args![
            center.new_id(),
            token.hash(),
            user,
            company,
            center.now(),
            view.ends_at,
            client.address.to_string(),
            &client.device,
            view.id
        ],
    )
    .await?;
    Ok(token)
}

/// Notes that the password was typed just now in this session.
pub(super) async fn renew(center: &Center, session: SessionId) -> Result<(), StoreError> {
    let mut tx = center.db().write().await?;
    let sql = "UPDATE sessions SET password_checked_at = $2 WHERE id = $1";
    tx.execute(sql, args![session, center.now()]).await?;
    tx.commit().await
}

/// Ends all sessions of a user, and sign-ins whose second step is missing; with `keep` all sessions but one.
pub(crate) async fn end_all(tx: &mut Tx, user: UserId, keep: Option<SessionId>) -> Result<(), StoreError> {
    let sql = "DELETE FROM sessions WHERE user_id = $1 AND ($2 IS NULL OR id <> $2)";
    tx.execute(sql, args![user, keep]).await?;
    tx.execute("DELETE FROM pending_sign_ins WHERE user_id = $1", args![user]).await?;
    Ok(())
}

/// Ends the sessions in which these users act for a company, and sign-ins to it whose second step is missing.
pub(crate) async fn end_in_company(
    tx: &mut Tx,
    company: CompanyId,
    users: &[UserId],
) -> Result<(), StoreError> {
    for table in ["sessions", "pending_sign_ins"] {
        let sql = Sql::new("DELETE FROM ").push(table).push(" WHERE company_id = ").bind(company);
        let (text, values) = sql.push(" AND user_id IN ").list(users.iter().copied()).build();
        tx.execute(text, values).await?;
    }
    Ok(())
}

/// Ends the session in use. Signing out while signed out is no error.
///
/// # Errors
/// [`Error::Store`]
pub async fn sign_out(center: &Center, actor: &Actor) -> Result<(), Error> {
    access::authorize(actor, Operation::SignOut)?;
    if let Some(who) = actor.signed_in() {
        let mut tx = center.db().write().await?;
        if let Some(view) = who.view {
            crate::office::close_view(center, &mut tx, view.id).await?;
            return Ok(tx.commit().await?);
        }
        tx.execute("DELETE FROM sessions WHERE id = $1", args![who.session]).await?;
        audit::append(center, &mut tx, Entry::by(actor, Event::SessionEnded).subject(who.user)).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// *My sessions*: the browsers that the person is signed in with, the latest first.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn list(center: &Center, actor: &Actor) -> Result<Vec<SessionRow>, Error> {
    let who = access::signed_in(actor, Operation::Sessions)?;
    let now = center.now();
    let rows = center
        .db()
        .read()
        .await?
        .all(
            "SELECT s.id, s.created_at, s.last_seen_at, s.address, s.device, COALESCE(c.name, b.customer_name, '') AS acts_for
             FROM sessions s LEFT JOIN companies c ON c.id = s.company_id
             LEFT JOIN business_users b ON b.user_id = s.user_id AND s.company_id IS NULL
             WHERE s.user_id = $1 AND s.view_id IS NULL AND s.last_seen_at > $2 AND s.ends_at > $3 ORDER BY s.last_seen_at DESC, s.id LIMIT 20",
            args![who.user, now - IDLE, now],
        )
        .await?;
    let when = words::Times::new(center, who);
    rows.iter()
        .map(|row| {
            let id: SessionId = row.get("id")?;
            Ok(SessionRow {
                id,
                device: words::device(&row.get::<String>("device")?),
                acts_for: row.get("acts_for")?,
                address: row.get("address")?,
                started: when.moment(row.get("created_at")?),
                last_seen: when.moment(row.get("last_seen_at")?),
                current: id == who.session,
            })
        })
        .collect()
}

/// Ends one of the person's own sessions.
///
/// # Errors
/// `NotFound` when it is not the person's, or ended already.
pub async fn revoke(center: &Center, actor: &Actor, session: SessionId) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::RevokeSession)?;
    let mut tx = center.db().write().await?;
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
    if tx.execute(sql, args![session, who.user]).await? == 0 {
        return Err(ErrorCode::NotFound.into());
    }
    audit::append(center, &mut tx, Entry::by(actor, Event::SessionRevoked).subject(who.user)).await?;
    Ok(tx.commit().await?)
}

/// Ends all of the person's sessions but the one in use.
///
/// # Errors
/// `Unauthenticated`, [`Error::Store`]
pub async fn revoke_others(center: &Center, actor: &Actor) -> Result<(), Error> {
    let who = access::signed_in(actor, Operation::RevokeOtherSessions)?;
    let mut tx = center.db().write().await?;
    end_all(&mut tx, who.user, Some(who.session)).await?;
    let entry = Entry::by(actor, Event::OtherSessionsRevoked).subject(who.user);
    audit::append(center, &mut tx, entry).await?;
    Ok(tx.commit().await?)
}
