//! The audit trail: one entry per change of state, and no entry that can be changed unseen.

use center::access::Actor;
use center::accounts::{self, sessions};
use center::{activity, users};
use model::{Role, UserId};

use crate::support::*;

/// The entries written since there were this many.
async fn since(portal: &Portal, before: usize) -> Vec<String> {
    portal.events().await.split_off(before)
}

#[tokio::test]
async fn every_change_of_state_leaves_one_entry() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let chief = &bau.chief;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let mut seen = portal.events().await.len();
        let mut next = async |event: &str| {
            let found = since(portal, seen).await;
            assert_eq!(found, [event]);
            seen += 1;
        };
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        let ines = users::request(center, chief, &form).await.unwrap();
        next("user_created").await;
        users::resend_invitation(center, chief, ines).await.unwrap();
        next("invitation_resent").await;
        users::revoke_invitation(center, chief, ines).await.unwrap();
        next("invitation_revoked").await;
        users::activate(center, chief, ines).await.unwrap();
        next("user_activated_again").await;
        let link = one(&portal.mails().await, "account_created").token();
        accounts::set_password(center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        next("user_accepted_invitation").await;
        users::edit(center, chief, kim, 1, &input("Kim B.", "kim@bau-partner.example", &[Role::Buyer]))
            .await
            .unwrap();
        next("user_updated").await;
        users::edit(center, chief, kim, 2, &input("Kim B.", "kim@bau-partner.example", &[Role::Viewer]))
            .await
            .unwrap();
        next("privilege_permissions_changed").await;
        users::send_password_link(center, chief, kim).await.unwrap();
        next("password_link_sent").await;
        users::deactivate(center, chief, kim).await.unwrap();
        next("user_deactivated").await;
        users::activate(center, chief, kim).await.unwrap();
        next("user_activated_again").await;
        let actor = portal.enter("kim@bau-partner.example").await;
        next("authn_login_success").await;
        accounts::change_email(center, &actor, "kim2@bau-partner.example", PASSWORD).await.unwrap();
        next("user_email_change_requested").await;
        accounts::cancel_email_change(center, &actor).await.unwrap();
        next("user_email_change_cancelled").await;
        accounts::change_email(center, &actor, "kim3@bau-partner.example", PASSWORD).await.unwrap();
        next("user_email_change_requested").await;
        let link = one(&portal.mails().await, "email_change_confirm").token();
        accounts::confirm_email(center, &anybody(), &link).await.unwrap();
        next("user_email_changed").await;
        let actor = portal.enter("kim3@bau-partner.example").await;
        next("authn_login_success").await;
        sessions::revoke_others(center, &actor).await.unwrap();
        next("other_sessions_revoked").await;
        let profile = model::ProfileInput {
            salutation: "ms".to_owned(),
            name: "Kim Brand".to_owned(),
            locale: "en".to_owned(),
            ..model::ProfileInput::default()
        };
        accounts::edit_profile(center, &actor, &profile).await.unwrap();
        next("profile_updated").await;
        accounts::choose_language(center, &actor, model::Locale::De).await.unwrap();
        next("profile_updated").await;
        activity::export(center, chief, &model::ActivityQuery::default()).await.unwrap();
        next("activity_exported").await;
        let token =
            accounts::change_password(center, &actor, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        next("authn_password_change").await;
        let actor = portal.holding(&token.text()).await.unwrap();
        sessions::revoke(center, &actor, who(&actor).session).await.unwrap();
        next("session_revoked").await;

        // What was refused leaves none.
        let before = portal.events().await.len();
        assert!(users::deactivate(center, chief, bau.marta).await.is_err());
        assert!(users::activate(center, chief, kim).await.is_err());
        assert!(users::edit(center, chief, kim, 1, &form).await.is_err());
        assert!(accounts::edit_profile(center, chief, &model::ProfileInput::default()).await.is_err());
        assert!(activity::export(center, &anybody(), &model::ActivityQuery::default()).await.is_err());
        assert!(accounts::set_password(center, &anybody(), &link, PASSWORD, PASSWORD).await.is_err());
        assert!(portal.sign_in(&anybody(), MARTA, "wrong").await.is_err());
        assert_eq!(since(portal, before).await, [""; 0]);
        sessions::sign_out(center, chief).await.unwrap();
        next("session_ended").await;
    })
    .await;
}

#[tokio::test]
async fn an_entry_says_who_did_what_to_whom_and_where() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let form = input("Kim Brand", "kim@bau-partner.example", &[Role::Buyer, Role::Approver]);
        users::edit(&portal.center, &bau.chief, kim, 1, &form).await.unwrap();
        let rows = portal
            .rows(
                "SELECT at, actor_kind, actor_id, company_id, subject_id, data FROM audit
                 WHERE event = 'privilege_permissions_changed'",
                vec![],
            )
            .await;
        let row = &rows[0];
        assert_eq!(row.get::<i64>("at").unwrap(), portal.center.now());
        assert_eq!(row.get::<String>("actor_kind").unwrap(), "user");
        assert_eq!(row.get::<UserId>("actor_id").unwrap(), bau.marta);
        assert_eq!(row.get::<model::CompanyId>("company_id").unwrap(), bau.company);
        assert_eq!(row.get::<UserId>("subject_id").unwrap(), kim);
        let data: serde_json::Value = serde_json::from_str(&row.get::<String>("data").unwrap()).unwrap();
        assert_eq!(data["before"]["roles"], serde_json::json!(["buyer"]));
        assert_eq!(data["after"]["roles"], serde_json::json!(["buyer", "approver"]));
        assert_eq!((&data["before"]["name"], &data["after"]["name"]), (&"Kim".into(), &"Kim Brand".into()));
    })
    .await;
}

/// A few entries.
async fn history(portal: &Portal) -> Actor {
    let bau = portal.bau().await;
    for _ in 0..4 {
        portal.enter(MARTA).await;
    }
    bau.chief
}

#[tokio::test]
async fn the_database_refuses_changes_of_the_trail() {
    both(async |portal| {
        history(portal).await;
        for sql in ["UPDATE audit SET data = '{}' WHERE seq = 2", "DELETE FROM audit WHERE seq = 5"] {
            let mut tx = portal.center.db().write().await.unwrap();
            assert!(tx.execute(sql, vec![]).await.is_err(), "{sql}");
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM audit", vec![]).await, 5);
    })
    .await;
}

#[tokio::test]
async fn the_trail_can_t_be_emptied_at_one_blow() {
    both(async |portal| {
        history(portal).await;
        for sql in
            ["TRUNCATE audit", "TRUNCATE audit CASCADE", "TRUNCATE sessions, audit", "DELETE FROM audit"]
        {
            let mut tx = portal.center.db().write().await.unwrap();
            let emptied = tx.execute(sql, vec![]).await;
            // SQLite doesn't know the word.
            let told =
                if portal.is_sqlite() && sql.starts_with("TRUNCATE") { "syntax" } else { "append-only" };
            assert!(emptied.as_ref().is_err_and(|e| e.to_string().contains(told)), "{sql}: {emptied:?}");
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM audit", vec![]).await, 5);
    })
    .await;
}

#[tokio::test]
async fn tampering_with_the_trail_is_seen() {
    both(async |portal| {
        history(portal).await;
        let triggers = if portal.is_sqlite() {
            ["DROP TRIGGER audit_is_append_only_update", "DROP TRIGGER audit_is_append_only_delete"]
                .as_slice()
        } else {
            ["ALTER TABLE audit DISABLE TRIGGER USER"].as_slice()
        };
        for sql in triggers {
            portal.execute(sql, vec![]).await;
        }
        portal.execute("CREATE TABLE kept AS SELECT * FROM audit", vec![]).await;
        portal.execute("CREATE TABLE kept_head AS SELECT * FROM audit_head", vec![]).await;
        for (tampering, seen) in [
            (&["UPDATE audit SET data = '{\"x\":1}' WHERE seq = 2"][..], "changed at entry 2"),
            (&["UPDATE audit SET at = at + 1 WHERE seq = 1"], "changed at entry 1"),
            (&["UPDATE audit SET event = 'session_ended' WHERE seq = 5"], "changed at entry 5"),
            (&["UPDATE audit SET actor_kind = 'user' WHERE seq = 3"], "changed at entry 3"),
            (&["UPDATE audit SET subject_id = NULL WHERE seq = 3"], "changed at entry 3"),
            (&["UPDATE audit SET company_id = NULL WHERE seq = 4"], "changed at entry 4"),
            (&["UPDATE audit SET actor_id = subject_id WHERE seq = 4"], "changed at entry 4"),
            (&["DELETE FROM audit WHERE seq = 3"], "misses entry 3"),
            (
                &[
                    "DELETE FROM audit WHERE seq = 3",
                    "UPDATE audit SET seq = seq - 1 WHERE seq = 4",
                    "UPDATE audit SET seq = seq - 1 WHERE seq = 5",
                ],
                "changed at entry 3",
            ),
            (&["DELETE FROM audit WHERE seq = 5"], "cut off"),
            (&["DELETE FROM audit"], "cut off"),
            (&["UPDATE audit_head SET seq = 4"], "cut off"),
        ] {
            for sql in tampering {
                portal.execute(sql, vec![]).await;
            }
            let breaches = portal.breaches().await;
            assert!(breaches.len() == 1 && breaches[0].contains(seen), "{tampering:?}: {breaches:?}");
            for sql in [
                "DELETE FROM audit",
                "INSERT INTO audit SELECT * FROM kept",
                "DELETE FROM audit_head",
                "INSERT INTO audit_head SELECT * FROM kept_head",
            ] {
                portal.execute(sql, vec![]).await;
            }
            assert_eq!(portal.breaches().await, Vec::<String>::new());
        }
    })
    .await;
}
