//! What the portal knows of customers and their people.

use std::collections::HashMap;

use model::{
    AccessInvitation, AccessPerson, CompanyId, CustomerAccess, CustomerNumber, Email, RoleRef, UserId,
    UserStatus,
};

use crate::Instant;
use crate::mail::MailKind;
use crate::store::{Conn, Row, Sql, StoreError, args};
use crate::users::{RoleBook, roles_of, status};
use crate::words::Times;

/// People of one customer that a page lists.
pub(super) const LISTED: i64 = 100;

/// Whether somebody of these customers can sign in; those of whom nobody ever could are left out.
pub(super) async fn access_of(
    conn: &mut Conn,
    keys: &[String],
) -> Result<HashMap<String, CustomerAccess>, StoreError> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let listed = |sql: Sql| {
        let listed = keys.iter().enumerate();
        listed.fold(sql, |sql, (i, key)| sql.push(if i == 0 { "" } else { ", " }).bind(key))
    };
    let sql = listed(Sql::new("SELECT customer_key, active FROM companies WHERE customer_key IN ("));
    let sql = sql.push(
        ") UNION ALL SELECT customer_key, deactivated_at IS NULL AS active FROM business_users
         WHERE deactivated_at IS NULL AND customer_key IN (",
    );
    let (text, values) = listed(sql).push(")").build();
    let mut access = HashMap::new();
    for row in conn.all(text, values).await? {
        let found = if row.get("active")? { CustomerAccess::Yes } else { CustomerAccess::Closed };
        let known = access.entry(row.get::<String>("customer_key")?).or_insert(found);
        if found == CustomerAccess::Yes {
            *known = found;
        }
    }
    Ok(access)
}

/// A customer's company.
pub(super) struct Company {
    pub(super) id: CompanyId,
    pub(super) slug: String,
    pub(super) active: bool,
}

impl Company {
    pub(super) async fn of(conn: &mut Conn, number: &CustomerNumber) -> Result<Option<Self>, StoreError> {
        let sql = "SELECT id, slug, active FROM companies WHERE customer_key = $1";
        let read = |row: Row| -> Result<_, StoreError> {
            Ok(Self { id: row.get("id")?, slug: row.get("slug")?, active: row.get("active")? })
        };
        conn.optional(sql, args![number.key()]).await?.map(read).transpose()
    }
}

/// Somebody of a customer, with access or without.
pub(super) struct Person {
    pub(super) user: UserId,
    pub(super) name: String,
    pub(super) email: Email,
    pub(super) contact_number: String,
    pub(super) status: UserStatus,
    /// When an invitation ends or ended
    pub(super) invitation_ends: Option<Instant>,
    /// Whether an invitation is about to be sent
    pub(super) invitation_waits: bool,
    pub(super) roles: Vec<RoleRef>,
}

impl Person {
    pub(super) fn has_access(&self) -> bool {
        self.status != UserStatus::Deactivated
    }

    /// The person as the page shows it.
    pub(super) fn told(self, book: Option<&RoleBook>, times: &Times, last: bool) -> AccessPerson {
        AccessPerson {
            user: self.user,
            name: self.name,
            email: self.email.to_string(),
            status: self.status,
            roles: book.map(|book| book.labels(&self.roles)).unwrap_or_default(),
            invitation: match self.invitation_ends {
                _ if self.invitation_waits => AccessInvitation::Waits,
                Some(at) => AccessInvitation::Until(times.moment(at)),
                None => AccessInvitation::None,
            },
            last,
        }
    }
}

/// Members of the company, those with access first, by name.
pub(super) async fn members(
    conn: &mut Conn,
    company: CompanyId,
    book: &RoleBook,
    now: Instant,
) -> Result<Vec<Person>, StoreError> {
    let rows = conn
        .all(
            "SELECT user_id, name, email, contact_number, deactivated_at, accepted_at, invitation_ends_at, locked_until,
                 EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = m.user_id AND o.company_id = m.company_id
                     AND o.state = 'pending' AND o.kind = $3) AS invitation_waits
             FROM members m WHERE company_id = $1 ORDER BY deactivated_at IS NOT NULL, name_key, user_id LIMIT $2",
            args![company, LISTED, MailKind::AccountCreated.key()],
        )
        .await?;
    let ids = rows.iter().map(|row| row.get("user_id")).collect::<Result<Vec<UserId>, _>>()?;
    let roles = roles_of(conn, book, company, &ids).await?;
    let person = |(row, roles): (&Row, Vec<RoleRef>)| {
        let accepted = row.get::<Option<Instant>>("accepted_at")?.is_some();
        Ok(Person {
            user: row.get("user_id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            contact_number: row.get("contact_number")?,
            status: status(row, now)?,
            invitation_ends: row.get::<Option<Instant>>("invitation_ends_at")?.filter(|_| !accepted),
            invitation_waits: row.get("invitation_waits")?,
            roles,
        })
    };
    rows.iter().zip(roles).map(person).collect()
}

/// Business users of the customer, those with access first, by name.
pub(super) async fn business_users(
    conn: &mut Conn,
    number: &CustomerNumber,
    now: Instant,
) -> Result<Vec<Person>, StoreError> {
    let rows = conn
        .all(
            "SELECT u.id AS user_id, u.name, u.email, b.contact_number, b.deactivated_at, u.password_hash IS NOT NULL AS accepted,
                 (SELECT max(l.ends_at) FROM links l WHERE l.user_id = u.id AND l.company_id IS NULL AND l.purpose = 'invitation'
                     AND l.revoked_at IS NULL AND l.consumed_at IS NULL) AS invitation_ends_at,
                 EXISTS (SELECT 1 FROM outbox o WHERE o.user_id = u.id AND o.company_id IS NULL AND o.state = 'pending'
                     AND o.kind = $3) AS invitation_waits
             FROM business_users b JOIN users u ON u.id = b.user_id WHERE b.customer_key = $1
             ORDER BY b.deactivated_at IS NOT NULL, u.name, u.id LIMIT $2",
            args![number.key(), LISTED, MailKind::AccountCreated.key()],
        )
        .await?;
    let person = |row: &Row| {
        let accepted: bool = row.get("accepted")?;
        let ends = row.get::<Option<Instant>>("invitation_ends_at")?.filter(|_| !accepted);
        let status = match (row.get::<Option<Instant>>("deactivated_at")?, accepted) {
            (Some(_), _) => UserStatus::Deactivated,
            (None, true) => UserStatus::Active,
            (None, false) if ends.is_some_and(|end| end <= now) => UserStatus::InvitationExpired,
            (None, false) => UserStatus::Invited,
        };
        Ok(Person {
            user: row.get("user_id")?,
            name: row.get("name")?,
            email: row.get("email")?,
            contact_number: row.get("contact_number")?,
            status,
            invitation_ends: ends,
            invitation_waits: row.get("invitation_waits")?,
            roles: Vec::new(),
        })
    };
    rows.iter().map(person).collect()
}

/// Which of these addresses are logins.
pub(super) async fn logins(conn: &mut Conn, emails: &[&Email]) -> Result<Vec<Email>, StoreError> {
    let mut found = Vec::new();
    for emails in emails.chunks(150) {
        let sql = Sql::new("SELECT email FROM users WHERE password_hash IS NOT NULL AND email IN (");
        let listed = emails.iter().enumerate();
        let sql = listed.fold(sql, |sql, (i, email)| sql.push(if i == 0 { "" } else { ", " }).bind(*email));
        let (text, values) = sql.push(")").build();
        for row in conn.all(text, values).await? {
            found.push(row.get("email")?);
        }
    }
    Ok(found)
}
