//! The invariants that hold at every moment (`docs/architecture.md`, "What always holds"). Run
//! after every test of a whole use case, and by `customer-center verify`.

use model::{OWN_ROLES_MAX, RoleId, RoleInput};
use uuid::Uuid;

use crate::Center;
use crate::audit::chain;
use crate::store::{Backend, Conn, StoreError, args};

/// Checks all invariants; answers a sentence for each breach, none when all is well.
///
/// # Errors
/// [`StoreError`] when the database can't be read.
pub async fn verify(center: &Center) -> Result<Vec<String>, StoreError> {
    let mut conn = center.db().read().await?;
    let mut breaches = Vec::new();
    let now = center.now();

    let counted: [(&'static str, &str); 23] = [
        (
            "SELECT count(*) AS n FROM sessions s WHERE s.company_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM members m
                 JOIN companies c ON c.id = m.company_id WHERE m.company_id = s.company_id AND m.user_id = s.user_id
                   AND m.deactivated_at IS NULL AND m.accepted_at IS NOT NULL AND c.active)",
            "sessions belong to users who can't act for their company",
        ),
        (
            "SELECT count(*) AS n FROM sessions s WHERE s.company_id IS NULL AND NOT EXISTS
                 (SELECT 1 FROM business_users b WHERE b.user_id = s.user_id AND b.deactivated_at IS NULL)",
            "sessions belong to business users who are switched off",
        ),
        (
            "SELECT count(*) AS n FROM links l JOIN members m ON m.company_id = l.company_id AND m.user_id = l.user_id
             WHERE m.deactivated_at IS NOT NULL AND l.consumed_at IS NULL AND l.revoked_at IS NULL",
            "links of deactivated users can still be used",
        ),
        (
            "SELECT count(*) AS n FROM companies c WHERE c.active AND c.left_alone_at IS NULL AND NOT EXISTS (SELECT 1 FROM members m
                 JOIN member_roles r ON r.company_id = m.company_id AND r.user_id = m.user_id AND r.role = 'main_contact'
                 WHERE m.company_id = c.id AND m.deactivated_at IS NULL)",
            "companies have no main contact who is active or invited",
        ),
        (
            "SELECT count(*) AS n FROM members m WHERE m.deactivated_at IS NULL AND NOT EXISTS
                 (SELECT 1 FROM member_roles r WHERE r.company_id = m.company_id AND r.user_id = m.user_id)
                 AND NOT EXISTS (SELECT 1 FROM member_company_roles g WHERE g.company_id = m.company_id AND g.user_id = m.user_id)",
            "enabled users have no role",
        ),
        (
            "SELECT count(*) AS n FROM member_company_roles g WHERE NOT EXISTS (SELECT 1 FROM company_roles o
                 WHERE o.id = g.role_id AND o.company_id = g.company_id)
                 OR NOT EXISTS (SELECT 1 FROM members m WHERE m.company_id = g.company_id AND m.user_id = g.user_id)",
            "roles are held by people outside of their company",
        ),
        (
            "SELECT count(*) AS n FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.accepted_at IS NOT NULL AND u.password_hash IS NULL",
            "users count as active but have no password",
        ),
        (
            "SELECT count(*) AS n FROM members m JOIN users u ON u.id = m.user_id WHERE m.email <> u.email OR m.name <> u.name",
            "members differ from their user in name or email",
        ),
        (
            "SELECT count(*) AS n FROM users u WHERE u.password_hash IS NOT NULL AND u.password_hash NOT LIKE '$argon2id$%'",
            "passwords are not hashed by Argon2id",
        ),
        (
            "SELECT count(*) AS n FROM users u WHERE u.merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id)
                 AND NOT EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = u.id)",
            "users belong to nobody",
        ),
        (
            "SELECT count(*) AS n FROM users u JOIN users k ON k.id = u.merged_into WHERE k.merged_into IS NOT NULL
                 OR u.password_hash IS NOT NULL OR u.totp_set_up_at IS NOT NULL
                 OR EXISTS (SELECT 1 FROM members m WHERE m.user_id = u.id AND m.deactivated_at IS NULL)
                 OR EXISTS (SELECT 1 FROM business_users b WHERE b.user_id = u.id)",
            "accounts can be used although they were merged into others",
        ),
        (
            "SELECT count(*) AS n FROM outbox WHERE (state = 'sent') <> (sent_at IS NOT NULL)
                 OR (state IN ('dead', 'cancelled', 'expired') AND reason = '')",
            "mails ended without a time or a reason",
        ),
        (
            "SELECT count(*) AS n FROM mail_bodies b JOIN outbox o ON o.id = b.mail_id WHERE o.state <> 'sent' OR o.data = '{}'",
            "texts are kept of mails that were not sent, or of erased people",
        ),
        (
            "SELECT count(*) AS n FROM erp_import_parts p JOIN erp_imports i ON i.id = p.import_id
             WHERE i.state IN ('refused', 'done', 'discarded')",
            "files are kept of imports that have ended",
        ),
        (
            "SELECT count(*) AS n FROM (SELECT customer_key FROM companies GROUP BY customer_key HAVING count(*) > 1) AS twice",
            "customer numbers have several companies",
        ),
        (
            "SELECT count(*) AS n FROM access_requests WHERE (decision IS NULL) <> (decided_at IS NULL)
                 OR (decision IS NULL AND (decided_by IS NOT NULL OR user_id IS NOT NULL))
                 OR (decision = 'granted' AND (decided_by IS NULL OR user_id IS NULL))
                 OR (decision = 'declined' AND (decided_by IS NULL OR user_id IS NOT NULL))
                 OR (decision = 'expired' AND (decided_by IS NOT NULL OR user_id IS NOT NULL))
                 OR ends_at <= created_at",
            "access requests have a decision or an end that does not fit",
        ),
        (
            "SELECT count(*) AS n FROM access_requests r WHERE r.user_id = r.decided_by
                 OR EXISTS (SELECT 1 FROM access_requests o WHERE o.user_id = r.user_id AND o.id <> r.id)",
            "access requests share their user with another one, or with who granted it",
        ),
        (
            "SELECT count(*) AS n FROM staff_sessions s JOIN staff p ON p.id = s.staff_id
             WHERE p.deactivated_at IS NOT NULL OR p.password_hash IS NULL
                 OR (s.verified_at IS NOT NULL AND p.totp_set_up_at IS NULL)",
            "sessions belong to staff who can't have them",
        ),
        (
            "SELECT count(*) AS n FROM staff_links l JOIN staff p ON p.id = l.staff_id
             WHERE p.deactivated_at IS NOT NULL AND l.consumed_at IS NULL AND l.revoked_at IS NULL",
            "links of deactivated staff can still be used",
        ),
        (
            "SELECT count(*) AS n FROM staff_passkeys k JOIN staff p ON p.id = k.staff_id WHERE p.totp_set_up_at IS NULL",
            "passkeys belong to staff without a second step",
        ),
        (
            "SELECT count(*) AS n FROM users u WHERE (u.totp_set_up_at IS NULL) <> (u.totp_sealed IS NULL)
                 OR (u.totp_set_up_at IS NULL AND EXISTS (SELECT 1 FROM recovery_codes c WHERE c.user_id = u.id))",
            "users have half of a second step",
        ),
        (
            "SELECT count(*) AS n FROM pending_sign_ins p JOIN users u ON u.id = p.user_id WHERE u.totp_set_up_at IS NULL",
            "sign-ins wait for a second step that is not there",
        ),
        (
            "SELECT count(*) AS n FROM logos l WHERE NOT EXISTS (SELECT 1 FROM shop s WHERE s.logo = l.hash)
                 AND NOT EXISTS (SELECT 1 FROM companies c WHERE c.logo = l.hash)",
            "logos are kept that nobody shows",
        ),
    ];
    for (sql, what) in counted {
        let n: i64 = conn.value(sql, args![]).await?;
        if n > 0 {
            breaches.push(format!("{n} {what}"));
        }
    }
    breaches.extend(own_roles(&mut conn).await?);
    breaches.extend(words(&mut conn).await?);
    breaches.extend(audit_chain(&mut conn).await?);
    if center.db().backend() == Backend::Sqlite {
        let found: String =
            conn.value("SELECT integrity_check AS n FROM pragma_integrity_check", args![]).await?;
        if found != "ok" {
            breaches.push(format!("the database file is damaged: {found}"));
        }
        let orphans: i64 = conn.value("SELECT count(*) AS n FROM pragma_foreign_key_check", args![]).await?;
        if orphans > 0 {
            breaches.push(format!("{orphans} rows refer to rows that are not there"));
        }
    }
    let future: i64 =
        conn.value("SELECT count(*) AS n FROM audit WHERE at > $1", args![now + 60_000_000]).await?;
    if future > 0 {
        breaches.push(format!("{future} audit entries are from the future: the clock was set back"));
    }
    Ok(breaches)
}

/// A search finds every member by name, email and contact number, and nobody by others. Company by company: all
/// at once would be longer than a statement may take.
async fn words(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut breaches = 0_i64;
    let mut last = Uuid::nil();
    loop {
        let sql = "SELECT id FROM companies WHERE id > $1 ORDER BY id LIMIT 1000";
        let rows = conn.all(sql, args![last]).await?;
        for row in &rows {
            last = row.get("id")?;
            let sql = "SELECT (SELECT count(*) FROM (SELECT word, name_key, user_id FROM words_of_members WHERE company_id = $1
                    EXCEPT SELECT word, name_key, user_id FROM member_words WHERE company_id = $1) AS missing)
                + (SELECT count(*) FROM (SELECT word, name_key, user_id FROM member_words WHERE company_id = $1
                    EXCEPT SELECT word, name_key, user_id FROM words_of_members WHERE company_id = $1) AS wrong) AS n";
            breaches += conn.value::<i64>(sql, args![last]).await?;
        }
        if rows.is_empty() {
            break;
        }
    }
    Ok(if breaches == 0 {
        Vec::new()
    } else {
        vec![format!("{breaches} words by which members are found are missing or wrong")]
    })
}

/// Companies' own roles have a free name, allow something that is written in the one way, and are not too many.
async fn own_roles(conn: &mut Conn) -> Result<Vec<String>, StoreError> {
    let mut breaches = Vec::new();
    let mut damaged = 0;
    let mut last = None;
    loop {
        let rows = match last {
            None => {
                let sql = "SELECT id, name, name_key, rights FROM company_roles ORDER BY id LIMIT 1000";
                conn.all(sql, args![]).await?
            }
            Some(id) => {
                let sql = "SELECT id, name, name_key, rights FROM company_roles WHERE id > $1 ORDER BY id LIMIT 1000";
                conn.all(sql, args![id]).await?
            }
        };
        let Some(end) = rows.last() else { break };
        last = Some(end.get::<RoleId>("id")?);
        for row in &rows {
            let (name, key, text): (String, String, String) =
                (row.get("name")?, row.get("name_key")?, row.get("rights")?);
            let form = RoleInput { name: name.clone(), rights: text.split(' ').map(str::to_owned).collect() };
            let sound =
                form.check().is_ok_and(|role| role.name == name && role.grants.keys().join(" ") == text);
            damaged += usize::from(!sound || !crate::users::is_free_role_name(&name, &key));
        }
    }
    if damaged > 0 {
        breaches.push(format!("{damaged} roles of companies have a damaged name or damaged rights"));
    }
    let sql = "SELECT count(*) AS n FROM (SELECT company_id FROM company_roles GROUP BY company_id HAVING count(*) > $1) AS full_up";
    let full: i64 = conn.value(sql, args![i64::try_from(OWN_ROLES_MAX).unwrap_or(i64::MAX)]).await?;
    if full > 0 {
        breaches.push(format!("{full} companies have more roles than they can have"));
    }
    Ok(breaches)
}

/// The chain has no gap from its seal to its end, and the trail tells of the seal.
async fn audit_chain(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    let seal = chain::beginning(conn).await?;
    let end = chain::end(conn).await?;
    let mut last = seal.link;
    loop {
        let part = chain::follow(conn, last, 1_000, |_| true).await?;
        if let Some(broken) = part.broken {
            return Ok(Some(broken.to_string()));
        }
        if last.seq < end.seq && part.last.seq >= end.seq {
            // What was written since the end was read is seen by the next check.
            let row = conn.optional("SELECT hash FROM audit WHERE seq = $1", args![end.seq]).await?;
            let whole = row.map(|row| row.get::<[u8; 32]>("hash")).transpose()? == Some(end.hash);
            if !whole {
                return Ok(Some(CUT_OFF.to_owned()));
            }
        }
        if part.entries == 0 {
            break;
        }
        last = part.last;
    }
    if last.seq < end.seq {
        return Ok(Some(CUT_OFF.to_owned()));
    }
    // One statement sees both at one moment.
    let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM audit WHERE seq > (SELECT seq FROM audit_head WHERE id = 1) LIMIT 1) AS beyond";
    if conn.value::<i64>(sql, args![]).await? > 0 {
        return Ok(Some(CUT_OFF.to_owned()));
    }
    let sql = "SELECT count(*) AS n FROM (SELECT 1 FROM audit WHERE seq <= (SELECT seq FROM audit_seal WHERE id = 1) LIMIT 1) AS left_over";
    if conn.value::<i64>(sql, args![]).await? > 0 {
        return Ok(Some("the audit trail has entries from before its seal".to_owned()));
    }
    let told = chain::tells_of(conn, &seal).await?;
    Ok((!told).then(|| "the audit trail was cut away by something else than its retention".to_owned()))
}

const CUT_OFF: &str = "the end of the audit trail was cut off";
