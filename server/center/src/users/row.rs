use model::{Budgets, CompanyId, Count, Money, RoleLabel, UserCounts, UserId, UserRow, UserStatus};

use crate::access::{Held, Member};
use crate::store::{Conn, Row, Sql, StoreError, args};
use crate::words::Times;
use crate::{Center, Instant};

/// No list waits for a count above this.
const COUNT_LIMIT: i64 = 1_000;

macro_rules! fields {
    () => {
        "SELECT m.user_id, m.name, m.name_key, m.email, m.contact_number, m.deactivated_at, m.accepted_at,
    m.invitation_ends_at, m.locked_until, m.budget_order, m.budget_month, m.last_seen_at"
    };
}

/// The columns that [`Reader::user_row`] reads, of an `m`.
pub(super) const FIELDS: &str = fields!();
/// The same of `members m`.
pub(super) const COLUMNS: &str = concat!(fields!(), " FROM members m");

/// The one status of a member.
pub(crate) fn status(row: &Row, now: Instant) -> Result<UserStatus, StoreError> {
    Ok(if row.get::<Option<Instant>>("deactivated_at")?.is_some() {
        UserStatus::Deactivated
    } else if row.get::<Option<Instant>>("accepted_at")?.is_none() {
        match row.get::<Option<Instant>>("invitation_ends_at")? {
            Some(end) if end <= now => UserStatus::InvitationExpired,
            _ => UserStatus::Invited,
        }
    } else if row.get::<Instant>("locked_until")? > now {
        UserStatus::Locked
    } else {
        UserStatus::Active
    })
}

/// The condition that the status of `members m` is this one. Says the same as [`status`].
pub(super) fn where_status(sql: Sql, status: UserStatus, now: Instant) -> Sql {
    match status {
        UserStatus::Deactivated => sql.push(" AND m.deactivated_at IS NOT NULL"),
        UserStatus::Invited => sql
            .push(" AND m.deactivated_at IS NULL AND m.accepted_at IS NULL AND (m.invitation_ends_at IS NULL OR m.invitation_ends_at > ")
            .bind(now)
            .push(")"),
        UserStatus::InvitationExpired => {
            sql.push(" AND m.deactivated_at IS NULL AND m.accepted_at IS NULL AND m.invitation_ends_at <= ").bind(now)
        }
        UserStatus::Locked => {
            sql.push(" AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND m.locked_until > ").bind(now)
        }
        UserStatus::Active => {
            sql.push(" AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND m.locked_until <= ").bind(now)
        }
    }
}

/// Writes members for one reader.
pub(super) struct Reader<'a> {
    held: Held<'a>,
    times: Times,
    now: Instant,
}

impl<'a> Reader<'a> {
    pub(super) fn new(center: &Center, held: Held<'a>) -> Self {
        Self { held, times: Times::new(center, held.who), now: center.now() }
    }

    pub(super) fn times(&self) -> &Times {
        &self.times
    }

    pub(super) fn user_row(&self, row: &Row, roles: Vec<RoleLabel>) -> Result<UserRow, StoreError> {
        let id: UserId = row.get("user_id")?;
        Ok(UserRow {
            id,
            name: row.get("name")?,
            email: row.get("email")?,
            contact_number: row.get("contact_number")?,
            status: status(row, self.now)?,
            roles,
            budgets: Budgets {
                per_order: self.money(row.get("budget_order")?),
                per_month: self.money(row.get("budget_month")?),
            },
            last_seen: self.times.seen(row.get("last_seen_at")?),
            you: id == self.held.user,
        })
    }

    fn money(&self, minor: Option<i64>) -> Option<String> {
        minor.map(|minor| {
            Money { minor, currency: self.held.member.currency }.format(self.held.who.client.locale)
        })
    }
}

/// A count that stopped at the limit.
pub(crate) fn count(n: i64) -> Count {
    Count { n: u32::try_from(n.min(COUNT_LIMIT)).unwrap_or_default(), more: n > COUNT_LIMIT }
}

/// How many rows the statement finds, at most one above the limit.
pub(crate) async fn count_of(conn: &mut Conn, found: Sql) -> Result<Count, StoreError> {
    let (text, values) = found.push(" LIMIT ").bind(COUNT_LIMIT + 1).push(") AS found").build();
    Ok(count(conn.value(text, values).await?))
}

/// The numbers on the tabs, each from the end of one index.
pub(super) async fn counts(
    conn: &mut Conn,
    company: CompanyId,
    contacts: usize,
    now: Instant,
) -> Result<UserCounts, StoreError> {
    let row = conn
        .one(
            "SELECT (SELECT count(*) FROM (SELECT 1 FROM members WHERE company_id = $1 LIMIT $2) AS a) AS everyone,
                    (SELECT count(*) FROM (SELECT 1 FROM members WHERE company_id = $1 AND deactivated_at IS NULL
                        AND accepted_at IS NOT NULL LIMIT $2) AS b) AS active,
                    (SELECT count(*) FROM (SELECT 1 FROM members WHERE company_id = $1 AND deactivated_at IS NULL
                        AND accepted_at IS NULL LIMIT $2) AS c) AS invited,
                    (SELECT count(*) FROM (SELECT 1 FROM access_requests WHERE company_id = $1 AND decided_at IS NULL
                        AND ends_at > $3 LIMIT $2) AS d) AS requests",
            args![company, COUNT_LIMIT + 1, now],
        )
        .await?;
    Ok(UserCounts {
        all: count(row.get("everyone")?),
        active: count(row.get("active")?),
        invitations: count(row.get("invited")?),
        requests: count(row.get("requests")?),
        contacts: u32::try_from(contacts).unwrap_or(u32::MAX),
        differences: Count::default(),
    })
}

/// Whether this member may change users: a courtesy for buttons.
pub(super) fn can_manage(member: &Member) -> bool {
    member.grants.allow(model::Permission::UsersManage, model::Scope::Company)
}
