use model::{CompanyId, Email, ErrorCode, FieldIssue, UserId};
use serde_json::{Map, Value, json};

use crate::access::{self, Actor, Operation};
use crate::accounts::{links, sessions};
use crate::audit::{self, Entry, Event};
use crate::office::reauthentication::{check_current, typed_lately};
use crate::second_step::Holder;
use crate::store::{Conn, Row, StoreError, Tx, args};
use crate::throttle::{self, EXPORTS};
use crate::users::{lock_company, others_manage};
use crate::words::utc;
use crate::{Center, Error, Instant};

/// An export holds at most this many mails and this many entries of the trail, the latest.
const MOST: i64 = 10_000;

/// Everything that is kept of a person, as JSON: never a password, token or code, nor their hashes.
///
/// # Errors
/// `NotFound`, `ReauthRequired`, `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn export(center: &Center, actor: &Actor, user: UserId) -> Result<String, Error> {
    let who = access::office(actor, Operation::OfficeUserData)?;
    typed_lately(center, who)?;
    throttle::spend(center, EXPORTS, &who.staff.to_string()).await?;
    let mut conn = center.db().read().await?;
    let mut all = kept_of(&mut conn, user).await?;
    let mut merged = Vec::new();
    for account in merged_into(&mut conn, user).await? {
        merged.push(Value::Object(kept_of(&mut conn, account).await?));
    }
    all.insert("merged_accounts".to_owned(), Value::Array(merged));
    drop(conn);
    let companies = companies_of(&mut center.db().read().await?, user).await?;
    let mut tx = center.db().write().await?;
    for company in in_each(&companies) {
        let entry = Entry::by(actor, Event::PersonExported).company(company).subject(user);
        audit::append(center, &mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(format!("{:#}", json!(all)))
}

/// What is kept of one account.
async fn kept_of(conn: &mut Conn, user: UserId) -> Result<Map<String, Value>, Error> {
    let sql =
        "SELECT id, email, salutation, name, locale, time_zone, shortcuts, created_at, password_changed_at,
             password_hash IS NOT NULL AS has_password, totp_set_up_at, erased_at FROM users WHERE id = $1";
    let row = conn.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
    let email: Email = row.get("email")?;
    let mut all = Map::new();
    all.insert(
        "person".to_owned(),
        object(
            &row,
            &[
                Column::Id("id"),
                Column::Text("email"),
                Column::Text("salutation"),
                Column::Text("name"),
                Column::Text("locale"),
                Column::Text("time_zone"),
                Column::Yes("shortcuts"),
                Column::Time("created_at"),
                Column::Time("password_changed_at"),
                Column::Yes("has_password"),
                Column::Time("totp_set_up_at"),
                Column::Time("erased_at"),
            ],
        )?,
    );
    for part in PARTS {
        let rows = conn.all(part.sql, args![user, &email, MOST]).await?;
        let rows =
            rows.iter().map(|row| object(row, part.columns)).collect::<Result<Vec<_>, StoreError>>()?;
        all.insert(part.name.to_owned(), Value::Array(rows));
    }
    Ok(all)
}

/// The accounts that were merged into this one: what is kept of them is of the same person.
async fn merged_into(conn: &mut Conn, user: UserId) -> Result<Vec<UserId>, StoreError> {
    let sql = "SELECT id FROM users WHERE merged_into = $1 ORDER BY id";
    conn.all(sql, args![user]).await?.iter().map(|row| row.get("id")).collect()
}

/// How a column is written.
#[derive(Clone, Copy)]
enum Column {
    Text(&'static str),
    Number(&'static str),
    Yes(&'static str),
    Id(&'static str),
    /// An instant, as RFC 3339.
    Time(&'static str),
    /// Text that is JSON itself.
    Json(&'static str),
}

/// A list of rows about a person. Its statement is given the id, the login, and the most rows.
struct Part {
    name: &'static str,
    sql: &'static str,
    columns: &'static [Column],
}

const PARTS: &[Part] = &[
    Part {
        name: "memberships",
        sql: "SELECT c.name AS company, c.customer_number, m.contact_number, m.created_at, m.invited_at, m.accepted_at,
                  m.deactivated_at, m.last_seen_at, m.budget_order, m.budget_month
              FROM members m JOIN companies c ON c.id = m.company_id WHERE m.user_id = $1 AND $2 IS NOT NULL
              ORDER BY m.created_at LIMIT $3",
        columns: &[
            Column::Text("company"),
            Column::Text("customer_number"),
            Column::Text("contact_number"),
            Column::Time("created_at"),
            Column::Time("invited_at"),
            Column::Time("accepted_at"),
            Column::Time("deactivated_at"),
            Column::Time("last_seen_at"),
            Column::Number("budget_order"),
            Column::Number("budget_month"),
        ],
    },
    Part {
        name: "roles",
        sql: "SELECT c.name AS company, r.role FROM member_roles r JOIN companies c ON c.id = r.company_id
              WHERE r.user_id = $1 AND $2 IS NOT NULL
              UNION ALL SELECT c.name, o.name FROM member_company_roles g JOIN companies c ON c.id = g.company_id
              JOIN company_roles o ON o.company_id = g.company_id AND o.id = g.role_id WHERE g.user_id = $1 LIMIT $3",
        columns: &[Column::Text("company"), Column::Text("role")],
    },
    Part {
        name: "business_user",
        sql: "SELECT customer_name, customer_number, contact_number, created_at, deactivated_at, last_seen_at
              FROM business_users WHERE user_id = $1 AND $2 IS NOT NULL LIMIT $3",
        columns: &[
            Column::Text("customer_name"),
            Column::Text("customer_number"),
            Column::Text("contact_number"),
            Column::Time("created_at"),
            Column::Time("deactivated_at"),
            Column::Time("last_seen_at"),
        ],
    },
    Part {
        name: "sessions",
        sql: "SELECT created_at, last_seen_at, ends_at, address, device FROM sessions
              WHERE user_id = $1 AND view_id IS NULL AND $2 IS NOT NULL ORDER BY created_at LIMIT $3",
        columns: &[
            Column::Time("created_at"),
            Column::Time("last_seen_at"),
            Column::Time("ends_at"),
            Column::Text("address"),
            Column::Text("device"),
        ],
    },
    Part {
        name: "recovery_codes",
        sql: "SELECT place, used_at FROM recovery_codes WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY place LIMIT $3",
        columns: &[Column::Number("place"), Column::Time("used_at")],
    },
    Part {
        name: "waiting_sign_ins",
        sql: "SELECT created_at, ends_at FROM pending_sign_ins
              WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY created_at LIMIT $3",
        columns: &[Column::Time("created_at"), Column::Time("ends_at")],
    },
    Part {
        name: "networks",
        sql: "SELECT network, seen_at FROM known_networks WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY seen_at LIMIT $3",
        columns: &[Column::Text("network"), Column::Time("seen_at")],
    },
    Part {
        name: "links",
        sql: "SELECT purpose, email, requested_at, ends_at, consumed_at, revoked_at FROM links
              WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY requested_at LIMIT $3",
        columns: &[
            Column::Text("purpose"),
            Column::Text("email"),
            Column::Time("requested_at"),
            Column::Time("ends_at"),
            Column::Time("consumed_at"),
            Column::Time("revoked_at"),
        ],
    },
    Part {
        name: "declined_mails",
        sql: "SELECT notice FROM declined_notices WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY notice LIMIT $3",
        columns: &[Column::Text("notice")],
    },
    Part {
        name: "access_requests",
        sql: "SELECT c.name AS company, r.name, r.email, r.message, r.contact_number, r.contact_name, r.created_at,
                  r.decided_at, r.decision FROM access_requests r JOIN companies c ON c.id = r.company_id
              WHERE r.user_id = $1 OR r.email = $2 ORDER BY r.created_at LIMIT $3",
        columns: &[
            Column::Text("company"),
            Column::Text("name"),
            Column::Text("email"),
            Column::Text("message"),
            Column::Text("contact_number"),
            Column::Text("contact_name"),
            Column::Time("created_at"),
            Column::Time("decided_at"),
            Column::Text("decision"),
        ],
    },
    Part {
        name: "early_access_requests",
        sql: "SELECT customer_key, name, email, message, contact_number, contact_name, created_at, ends_at
              FROM early_access_requests WHERE $1 IS NOT NULL AND email = $2 ORDER BY created_at LIMIT $3",
        columns: &[
            Column::Text("customer_key"),
            Column::Text("name"),
            Column::Text("email"),
            Column::Text("message"),
            Column::Text("contact_number"),
            Column::Text("contact_name"),
            Column::Time("created_at"),
            Column::Time("ends_at"),
        ],
    },
    Part {
        name: "mails",
        sql: "SELECT o.kind, o.recipient, o.locale, o.state, o.created_at, o.sent_at, o.data, b.subject, b.body AS text
              FROM outbox o LEFT JOIN mail_bodies b ON b.mail_id = o.id
              WHERE o.user_id = $1 OR o.recipient = $2 ORDER BY o.created_at DESC LIMIT $3",
        columns: &[
            Column::Text("kind"),
            Column::Text("recipient"),
            Column::Text("locale"),
            Column::Text("state"),
            Column::Time("created_at"),
            Column::Time("sent_at"),
            Column::Json("data"),
            Column::Text("subject"),
            Column::Text("text"),
        ],
    },
    Part {
        name: "mails_that_came_back",
        sql: "SELECT address, note, noted_at FROM mail_bounces
              WHERE $1 IS NOT NULL AND address = $2 ORDER BY noted_at LIMIT $3",
        columns: &[Column::Text("address"), Column::Text("note"), Column::Time("noted_at")],
    },
    Part {
        name: "access_reviews",
        sql: "SELECT decision, name, email, roles, decided_at FROM access_review_entries
              WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY decided_at LIMIT $3",
        columns: &[
            Column::Text("decision"),
            Column::Text("name"),
            Column::Text("email"),
            Column::Text("roles"),
            Column::Time("decided_at"),
        ],
    },
    Part {
        name: "views_by_staff",
        sql: "SELECT reason, acts, began_at, ends_at, ended_at FROM views
              WHERE user_id = $1 AND $2 IS NOT NULL ORDER BY began_at LIMIT $3",
        columns: &[
            Column::Text("reason"),
            Column::Yes("acts"),
            Column::Time("began_at"),
            Column::Time("ends_at"),
            Column::Time("ended_at"),
        ],
    },
    Part {
        name: "done_by_the_person",
        sql: "SELECT at, event, subject_id, data FROM audit
              WHERE actor_id = $1 AND $2 IS NOT NULL ORDER BY seq DESC LIMIT $3",
        columns: &[Column::Time("at"), Column::Text("event"), Column::Id("subject_id"), Column::Json("data")],
    },
    Part {
        name: "done_to_the_person",
        sql: "SELECT at, event, actor_kind, data FROM audit
              WHERE subject_id = $1 AND $2 IS NOT NULL ORDER BY seq DESC LIMIT $3",
        columns: &[Column::Time("at"), Column::Text("event"), Column::Text("actor_kind"), Column::Json("data")],
    },
];

fn object(row: &Row, columns: &[Column]) -> Result<Value, StoreError> {
    let mut object = Map::new();
    for column in columns {
        let (name, value) = match *column {
            Column::Text(name) => (name, row.get::<Option<String>>(name)?.map(Value::from)),
            Column::Number(name) => (name, row.get::<Option<i64>>(name)?.map(Value::from)),
            Column::Yes(name) => (name, row.get::<Option<bool>>(name)?.map(Value::from)),
            Column::Id(name) => (name, row.get::<Option<uuid::Uuid>>(name)?.map(|id| id.to_string().into())),
            Column::Time(name) => {
                let at = row.get::<Option<Instant>>(name)?.filter(|at| *at > 0);
                (name, at.map(|at| utc(at).into()))
            }
            Column::Json(name) => {
                let text: Option<String> = row.get(name)?;
                (name, text.and_then(|text| serde_json::from_str(&text).ok()))
            }
        };
        object.insert(name.to_owned(), value.unwrap_or(Value::Null));
    }
    Ok(Value::Object(object))
}

/// The companies that the person is a user of, in the order in which they are locked.
async fn companies_of(conn: &mut Conn, user: UserId) -> Result<Vec<CompanyId>, StoreError> {
    let sql = "SELECT company_id FROM members WHERE user_id = $1 ORDER BY company_id";
    conn.all(sql, args![user]).await?.iter().map(|row| row.get("company_id")).collect()
}

/// Where the trail keeps something about a person: in each company or, without any, in none.
fn in_each(companies: &[CompanyId]) -> Vec<Option<CompanyId>> {
    if companies.is_empty() { vec![None] } else { companies.iter().copied().map(Some).collect() }
}

/// Erases what is kept of a person, with the accounts that were merged into this one. The row stays under a
/// pseudonym, switched off everywhere, for what refers to it; nobody can get in with it any more. `typed` is the
/// login, to be sure; `current` the password of the person of the staff, unless it was typed lately.
///
/// # Errors
/// The fields `typed` and `current` to correct, `NotFound`, `WrongState` when it is done already or the account
/// was merged into another one, with which it is erased, `LastMainContact` of a company that is open,
/// `ReauthRequired`, `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn erase(
    center: &Center,
    actor: &Actor,
    user: UserId,
    typed: &str,
    current: &str,
) -> Result<(), Error> {
    let who = access::office(actor, Operation::OfficeUsersErase)?;
    if current.is_empty() {
        typed_lately(center, who)?;
    } else {
        check_current(center, who, current).await?;
    }
    let mut tx = center.db().write().await?;
    let companies = companies_of(&mut tx, user).await?;
    for company in &companies {
        lock_company(&mut tx, *company).await?;
    }
    let sql = "UPDATE users SET locale = locale WHERE id = $1
             RETURNING email, (erased_at IS NOT NULL OR merged_into IS NOT NULL) AS gone";
    let row = tx.optional(sql, args![user]).await?.ok_or(ErrorCode::NotFound)?;
    let email: Email = row.get("email")?;
    if row.get::<bool>("gone")? {
        return Err(ErrorCode::WrongState.into());
    }
    if typed.trim().to_lowercase() != email.as_str() {
        return Err(Error::field("typed", FieldIssue::TypedOtherwise));
    }
    for company in &companies {
        // A company is left without a main contact by switching off, which asks for that in so many words.
        let sql = "SELECT 1 AS n FROM companies c JOIN members m ON m.company_id = c.id
                 JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id AND r.role = 'main_contact'
             WHERE c.id = $1 AND m.user_id = $2 AND c.active AND c.left_alone_at IS NULL
               AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL";
        let manages = tx.optional(sql, args![*company, user]).await?.is_some();
        if manages && !others_manage(&mut tx, *company, user).await? {
            return Err(ErrorCode::LastMainContact.into());
        }
    }
    forget(center, &mut tx, user, &email).await?;
    for account in merged_into(&mut tx, user).await? {
        let row = tx.one("SELECT email FROM users WHERE id = $1", args![account]).await?;
        forget(center, &mut tx, account, &row.get("email")?).await?;
    }
    for company in in_each(&companies) {
        let entry = Entry::by(actor, Event::PersonErased).company(company).subject(user);
        audit::append(center, &mut tx, entry).await?;
    }
    Ok(tx.commit().await?)
}

/// Puts pseudonyms in place of what says who somebody is, and takes away what only that person needs.
async fn forget(center: &Center, tx: &mut Tx, user: UserId, email: &Email) -> Result<(), StoreError> {
    let now = center.now();
    // Reserved, so that no mail ever gets anywhere.
    let login = format!("erased-{user}@erased.invalid");
    let text = user.to_string();
    // The end of the id is chance, its beginning the time.
    let name = format!("Erased user {}", text.get(text.len() - 6..).unwrap_or_default());
    sessions::end_all(tx, user, None).await?;
    Holder::User(user).take_back(tx).await?;
    links::revoke(center, tx, user, None, None).await?;
    tx.execute(
        "UPDATE users SET email = $2, name = $3, salutation = 'none', time_zone = NULL, password_hash = NULL,
             password_changed_at = NULL, erased_at = $4 WHERE id = $1",
        args![user, login.as_str(), name.as_str(), now],
    )
    .await?;
    tx.execute(
        "UPDATE members SET email = $2, name = $3, name_key = lower($3), contact_key = NULL, contact_number = '',
             accepted_at = NULL, deactivated_at = COALESCE(deactivated_at, $4), budget_order = NULL, budget_month = NULL,
             invitation_ends_at = NULL, version = version + 1 WHERE user_id = $1",
        args![user, login.as_str(), name.as_str(), now],
    )
    .await?;
    tx.execute(
        "UPDATE business_users SET contact_number = '', deactivated_at = COALESCE(deactivated_at, $2) WHERE user_id = $1",
        args![user, now],
    )
    .await?;
    for gone in [
        "DELETE FROM member_roles WHERE user_id = $1",
        "DELETE FROM member_company_roles WHERE user_id = $1",
        "DELETE FROM link_tokens WHERE link_id IN (SELECT id FROM links WHERE user_id = $1)",
        "DELETE FROM known_networks WHERE user_id = $1",
        "DELETE FROM declined_notices WHERE user_id = $1",
        "DELETE FROM ignored_differences WHERE user_id = $1",
        "DELETE FROM bulk_results WHERE user_id = $1",
        "UPDATE views SET reason = '' WHERE user_id = $1",
    ] {
        tx.execute(gone, args![user]).await?;
    }
    for gone in [
        "DELETE FROM reset_requests WHERE email = $1",
        "DELETE FROM activations WHERE email = $1",
        "DELETE FROM early_access_requests WHERE email = $1",
    ] {
        tx.execute(gone, args![email]).await?;
    }
    tx.execute("UPDATE links SET email = $2 WHERE user_id = $1", args![user, login.as_str()]).await?;
    tx.execute(
        "UPDATE access_requests SET decision = 'expired', decided_at = $2 WHERE email = $1 AND decided_at IS NULL",
        args![email, now],
    )
    .await?;
    tx.execute(
        "UPDATE access_requests SET name = $3, email = $4, message = '', contact_number = '', contact_name = ''
         WHERE user_id = $1 OR email = $2",
        args![user, email, name.as_str(), login.as_str()],
    )
    .await?;
    tx.execute(
        "UPDATE outbox SET state = 'cancelled', reason = 'person erased'
         WHERE state = 'pending' AND (user_id = $1 OR recipient = $2)",
        args![user, email],
    )
    .await?;
    tx.execute(
        "UPDATE outbox SET recipient = $3, data = '{}' WHERE user_id = $1 OR recipient = $2",
        args![user, email, login.as_str()],
    )
    .await?;
    tx.execute(
        "DELETE FROM mail_bodies WHERE mail_id IN (SELECT id FROM outbox WHERE user_id = $1 OR recipient = $2)",
        args![user, login.as_str()],
    )
    .await?;
    tx.execute("DELETE FROM mail_bounces WHERE address = $1", args![email]).await?;
    tx.execute(
        "UPDATE access_review_entries SET name = $2, email = $3 WHERE user_id = $1",
        args![user, name.as_str(), login.as_str()],
    )
    .await?;
    let sql = "UPDATE access_review_entries SET decided_by_name = $2 WHERE decided_by = $1";
    tx.execute(sql, args![user, name.as_str()]).await?;
    let sql = "UPDATE access_reviews SET finished_by_name = $2 WHERE finished_by = $1";
    tx.execute(sql, args![user, name.as_str()]).await?;
    Ok(())
}
