//! What has ended is cleared away in its time, and nothing else.

use std::collections::BTreeMap;

use center::drafts::{self, Whose};
use center::{Token, accounts, jobs, users};
use model::{Draft, ErrorCode, Role};

use crate::support::*;

/// How many rows there are, by table.
async fn rows(portal: &Portal) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for (table, sql) in [
        ("sessions", "SELECT count(*) AS n FROM sessions"),
        ("drafts", "SELECT count(*) AS n FROM drafts"),
        ("attempts", "SELECT count(*) AS n FROM attempts"),
        ("tried_accounts", "SELECT count(*) AS n FROM tried_accounts"),
        ("activations", "SELECT count(*) AS n FROM activations"),
        ("known_networks", "SELECT count(*) AS n FROM known_networks"),
        ("links", "SELECT count(*) AS n FROM links"),
        ("link_tokens", "SELECT count(*) AS n FROM link_tokens"),
        ("outbox", "SELECT count(*) AS n FROM outbox"),
        ("mail_bodies", "SELECT count(*) AS n FROM mail_bodies"),
    ] {
        counts.insert(table, portal.count(sql, vec![]).await);
    }
    counts
}

async fn swept(portal: &Portal, by: center::Instant) -> BTreeMap<&'static str, i64> {
    portal.clock.advance(by);
    jobs::sweep(&portal.center).await.unwrap();
    rows(portal).await
}

#[tokio::test]
async fn everything_goes_in_its_time() {
    both(async |portal| {
        let bau = portal.bau().await;
        let owner = Token::new(&center::SystemEntropy);
        let draft = Draft::new("/api/users/request", vec![], ErrorCode::NotFound.into());
        drafts::save(&portal.center, &Whose::Anybody, &owner, &draft).await.unwrap();
        portal.sign_in(&at("198.51.100.1"), "nobody@bau-partner.example", PASSWORD).await.unwrap_err();
        let facts = [SOLO, SOLO_INVOICE, RITA];
        center::activation::start(&portal.center, &anybody(), facts[0], facts[1], facts[2]).await.unwrap();
        // An invitation that was sent, and one whose mail never leaves.
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        assert_eq!(portal.mails().await.len(), 1);
        let form = input("Kim", "kim@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        portal
            .execute("UPDATE outbox SET state = 'dead', reason = 'refused' WHERE state = 'pending'", vec![])
            .await;

        let start = rows(portal).await;
        assert!(start.values().all(|n| *n > 0), "{start:?}");
        let mut expected = swept(portal, 0).await;
        assert_eq!(expected, start, "nothing has ended yet");
        let mut goes = |tables: &[(&'static str, i64)]| {
            for (table, left) in tables {
                expected.insert(table, *left);
            }
            expected.clone()
        };
        assert_eq!(swept(portal, 30 * MINUTE).await, goes(&[("sessions", 0)]));
        assert_eq!(swept(portal, 30 * MINUTE - 1).await, goes(&[]));
        assert_eq!(swept(portal, 1).await, goes(&[("drafts", 0)]));
        assert_eq!(swept(portal, 23 * HOUR - 1).await, goes(&[]));
        assert_eq!(swept(portal, 1).await, goes(&[("attempts", 0), ("tried_accounts", 0)]));
        // An activation lives for two hours.
        assert_eq!(swept(portal, 2 * HOUR).await, goes(&[("activations", 0)]));
        // A month after they were asked for, three days after its end.
        assert_eq!(swept(portal, 29 * DAY - 2 * HOUR - 1).await, goes(&[]));
        assert_eq!(
            swept(portal, 1).await,
            goes(&[("known_networks", 0), ("links", 1), ("link_tokens", 1), ("mail_bodies", 0)])
        );
        assert_eq!(swept(portal, 3 * DAY).await, goes(&[("links", 0), ("link_tokens", 0)]));
        assert_eq!(swept(portal, 57 * DAY - 1).await, goes(&[]));
        assert_eq!(swept(portal, 1).await, goes(&[("outbox", 0)]));
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_waits_is_never_cleared_away() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        assert_eq!(swept(portal, 400 * DAY).await["outbox"], 1);
        // Its link ended long ago, and it goes nowhere.
        assert_eq!(portal.mails().await.len(), 0);
        assert_eq!(swept(portal, 0).await["outbox"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_was_used_or_revoked_stays_a_month_from_its_request() {
    both(async |portal| {
        portal.bau().await;
        for _ in 0..2 {
            accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
            let link = one(&portal.settled_mails().await, "password_reset").token();
            accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD)
                .await
                .unwrap();
            portal.clock.advance(20 * DAY);
        }
        assert_eq!(swept(portal, 0).await["links"], 1);
        assert_eq!(swept(portal, 10 * DAY).await["links"], 0);
    })
    .await;
}
