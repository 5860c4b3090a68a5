//! Sessions: how long they live, whose they are, and how their owner ends them.

use center::accounts::sessions;
use model::{ErrorCode, Role, SessionId};

use crate::support::*;

#[tokio::test]
async fn a_session_ends_half_an_hour_after_its_last_use() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        portal.clock.advance(30 * MINUTE - SECOND);
        assert!(portal.holding(&token).await.is_some());
        portal.clock.advance(30 * MINUTE - SECOND);
        assert!(portal.holding(&token).await.is_some(), "use prolongs it");
        portal.clock.advance(30 * MINUTE);
        assert!(portal.holding(&token).await.is_none());
        center::jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM sessions", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_it_is_used() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        for _ in 0..35 {
            portal.clock.advance(20 * MINUTE);
            assert!(portal.holding(&token).await.is_some());
        }
        portal.clock.advance(20 * MINUTE);
        assert!(portal.holding(&token).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_eleventh_session_ends_the_first() {
    both(async |portal| {
        let company = portal.company(BAU).await;
        portal.person(company, "Marta Lind", MARTA, &[Role::MainContact]).await;
        let mut tokens = Vec::new();
        for _ in 0..11 {
            portal.clock.advance(SECOND);
            tokens.push(portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap());
        }
        assert!(portal.holding(&tokens[0]).await.is_none());
        for token in &tokens[1..] {
            assert!(portal.holding(token).await.is_some());
        }
    })
    .await;
}

#[tokio::test]
async fn altered_tokens_open_nothing() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let mut altered = vec![
            String::new(),
            token[1..].to_owned(),
            token[..63].to_owned(),
            format!("{token}0"),
            format!(" {token}"),
            format!("{token}\n"),
            "0".repeat(64),
            "é".repeat(32),
        ];
        for i in 0..64 {
            let mut digits = token.clone().into_bytes();
            digits[i] = if digits[i] == b'0' { b'1' } else { b'0' };
            altered.push(String::from_utf8(digits).unwrap());
        }
        // What the database keeps opens nothing either.
        let rows = portal.rows("SELECT token_hash FROM sessions", vec![]).await;
        for row in rows {
            let hash: Vec<u8> = row.get("token_hash").unwrap();
            altered.push(hash.iter().map(|b| format!("{b:02x}")).collect());
        }
        for text in altered {
            assert!(portal.holding(&text).await.is_none(), "{text:?}");
        }
        assert!(portal.holding(&token).await.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_change_of_rights_counts_at_the_very_next_request() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::MainContact]).await;
        let token = portal.sign_in(&anybody(), "kim@bau-partner.example", PASSWORD).await.unwrap();
        let version = center::users::get(&portal.center, &bau.chief, kim).await.unwrap().version;
        let form = input("Kim", "kim@bau-partner.example", &[Role::Buyer]);
        center::users::edit(&portal.center, &bau.chief, kim, version, &form).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        let refused = center::users::list(&portal.center, &actor, &model::UsersQuery::default()).await;
        assert!(matches!(refused, Err(center::Error::Lacks(model::Permission::UsersView))));
    })
    .await;
}

#[tokio::test]
async fn my_sessions_are_listed_and_ended_one_by_one() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let kim = portal.enter("kim@bau-partner.example").await;
        portal.clock.advance(SECOND);
        let other = portal.sign_in(&at("203.0.113.5"), MARTA, PASSWORD).await.unwrap();
        let list = sessions::list(&portal.center, &bau.chief).await.unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!((list[0].address.as_str(), list[0].current), ("203.0.113.5", false));
        assert_eq!((list[1].address.as_str(), list[1].current), ("192.0.2.10", true));
        assert_eq!(list[0].device, "Firefox · Linux");

        let foreign = sessions::revoke(&portal.center, &kim, list[0].id).await;
        let random = sessions::revoke(&portal.center, &kim, SessionId(portal.center.new_id())).await;
        assert_eq!((refused(foreign), refused(random)), (ErrorCode::NotFound, ErrorCode::NotFound));
        assert!(portal.holding(&other).await.is_some());

        sessions::revoke(&portal.center, &bau.chief, list[0].id).await.unwrap();
        assert!(portal.holding(&other).await.is_none());
        assert_eq!(
            refused(sessions::revoke(&portal.center, &bau.chief, list[0].id).await),
            ErrorCode::NotFound
        );
        assert_eq!(portal.events().await.last().unwrap(), "session_revoked");
        assert_eq!(refused(sessions::list(&portal.center, &anybody()).await), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn all_other_sessions_end_at_once_and_nobody_else_s() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let kim = portal.sign_in(&anybody(), "kim@bau-partner.example", PASSWORD).await.unwrap();
        let mine = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let others = [
            portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap(),
            portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap(),
        ];
        let actor = portal.holding(&mine).await.unwrap();
        sessions::revoke_others(&portal.center, &actor).await.unwrap();
        for other in &others {
            assert!(portal.holding(other).await.is_none());
        }
        assert!(portal.holding(&mine).await.is_some() && portal.holding(&kim).await.is_some());
        assert_eq!(sessions::list(&portal.center, &actor).await.unwrap().len(), 1);
    })
    .await;
}
