//! Open lists of users hear of changes, whoever made them, for as long as their reader may see them.

use std::time::Duration;

use center::access::Actor;
use center::accounts::{self, sessions};
use center::live::{Listener, Told, listen, look};
use center::{Center, Error, users};
use model::{CompanyId, ErrorCode, ProfileInput, Role};
use tokio::time::timeout;

use crate::support::*;

const VERA: &str = "vera@bau-partner.example";

/// What the listener has heard once everything written so far is told; `None` for nothing at all.
async fn heard(center: &Center, listener: &mut Listener) -> Option<Told> {
    look(center).await.unwrap();
    timeout(Duration::from_millis(200), listener.next(center)).await.ok()
}

/// A second main contact, signed in.
async fn another(portal: &Portal, company: CompanyId, email: &str) -> Actor {
    portal.person(company, "Vera", email, &[Role::MainContact]).await;
    let actor = portal.enter(email).await;
    // Late enough that nothing of before counts as missed.
    portal.clock.advance(2 * MINUTE);
    actor
}

#[tokio::test]
async fn whoever_changes_a_user_the_company_hears_of_it_and_no_other() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        let vera = another(portal, bau.company, VERA).await;
        let foreign = portal.company_named("30-1").await;
        let stranger = another(portal, foreign, "stranger@other.example").await;
        let center = &portal.center;
        let mut own = listen(center, &bau.chief, None).await.unwrap();
        let mut hers = listen(center, &vera, None).await.unwrap();
        let mut elsewhere = listen(center, &stranger, None).await.unwrap();
        assert_eq!(heard(center, &mut own).await, None);

        users::activate(center, &bau.chief, kim).await.unwrap_err();
        assert_eq!(heard(center, &mut hers).await, None, "nothing was done");
        users::deactivate(center, &bau.chief, kim).await.unwrap();
        assert_eq!(heard(center, &mut own).await, Some(Told::Changed));
        assert_eq!(heard(center, &mut hers).await, Some(Told::Changed));
        assert_eq!(heard(center, &mut elsewhere).await, None);

        // What somebody changes of the own account shows in the list too.
        let input = ProfileInput {
            salutation: "none".to_owned(),
            name: "Vera Neu".to_owned(),
            locale: "en".to_owned(),
            ..ProfileInput::default()
        };
        accounts::edit_profile(center, &vera, &input).await.unwrap();
        assert_eq!(heard(center, &mut own).await, Some(Told::Changed));

        // Signing in changes nothing.
        portal.enter(VERA).await;
        assert_eq!(heard(center, &mut own).await, Some(Told::Nothing));
        assert_eq!(heard(center, &mut elsewhere).await, None);
    })
    .await;
}

#[tokio::test]
async fn other_nodes_hear_of_it_from_the_database() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        portal.clock.advance(2 * MINUTE);
        let node = portal.restarted();
        let mut listener = listen(&node, &bau.chief, None).await.unwrap();
        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(heard(&node, &mut listener).await, Some(Told::Changed));
        assert_eq!(heard(&node, &mut listener).await, None, "once");
    })
    .await;
}

#[tokio::test]
async fn what_changed_just_before_is_told_at_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        let center = &portal.center;
        let changed = center.now();
        let mut listener = listen(center, &bau.chief, None).await.unwrap();
        assert_eq!(listener.next(center).await, Told::Changed);
        assert_eq!(heard(center, &mut listener).await, None);
        portal.clock.advance(20 * MINUTE);
        assert_eq!(heard(center, &mut listen(center, &bau.chief, None).await.unwrap()).await, None);
        // A connection that breaks comes back with the moment of which it heard last.
        let mut back = listen(center, &bau.chief, Some(changed - MINUTE)).await.unwrap();
        assert_eq!(heard(center, &mut back).await, Some(Told::Changed));
        let mut back = listen(center, &bau.chief, Some(changed + MINUTE)).await.unwrap();
        assert_eq!(heard(center, &mut back).await, None);
        for nonsense in [i64::MIN, i64::MAX] {
            listen(center, &bau.chief, Some(nonsense)).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_see_the_list_may_not_listen() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        assert_eq!(refused(listen(center, &anybody(), None).await), ErrorCode::Unauthenticated);
        portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer, Role::Viewer]).await;
        let kim = portal.enter("kim@bau-partner.example").await;
        assert!(matches!(listen(center, &kim, None).await, Err(Error::Lacks(_))));
        portal.business_user(RITA).await;
        let rita = portal.enter(RITA).await;
        assert!(matches!(refused(listen(center, &rita, None).await), ErrorCode::Forbidden { .. }));
    })
    .await;
}

#[tokio::test]
async fn listening_ends_with_the_session_and_with_the_right() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let vera = another(portal, bau.company, VERA).await;
        let user = who(&vera).user;

        // Signed out in this browser, while another one of hers stays.
        let second = portal.enter(VERA).await;
        portal.clock.advance(2 * MINUTE);
        let mut gone = listen(center, &vera, None).await.unwrap();
        let mut stays = listen(center, &second, None).await.unwrap();
        sessions::sign_out(center, &vera).await.unwrap();
        assert_eq!(heard(center, &mut gone).await, Some(Told::Over));
        assert_eq!(heard(center, &mut stays).await, Some(Told::Nothing));

        // Without the role.
        users::change_role(center, &bau.chief, user, Role::Buyer.into(), true).await.unwrap();
        assert_eq!(heard(center, &mut stays).await, Some(Told::Changed));
        users::change_role(center, &bau.chief, user, Role::MainContact.into(), false).await.unwrap();
        assert_eq!(heard(center, &mut stays).await, Some(Told::Over));

        // Switched off.
        users::change_role(center, &bau.chief, user, Role::MainContact.into(), true).await.unwrap();
        let mut off = listen(center, &second, None).await.unwrap();
        assert_eq!(off.next(center).await, Told::Changed);
        users::deactivate(center, &bau.chief, user).await.unwrap();
        assert_eq!(heard(center, &mut off).await, Some(Told::Over));
    })
    .await;
}

#[tokio::test]
async fn listening_does_not_keep_a_session_alive() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let kim = portal.person(bau.company, "Kim", "kim@bau-partner.example", &[Role::Buyer]).await;
        portal.person(bau.company, "Vera", VERA, &[Role::MainContact]).await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let marta = portal.holding(&token).await.unwrap();
        let mut listener = listen(center, &marta, None).await.unwrap();
        // Somebody else goes on working meanwhile.
        for _ in 0..3 {
            portal.clock.advance(9 * MINUTE);
            assert!(sessions::resolve_unseen(center, &token, anybody().client()).await.unwrap().is_some());
            let vera = portal.enter(VERA).await;
            users::deactivate(center, &vera, kim).await.unwrap();
            assert_eq!(heard(center, &mut listener).await, Some(Told::Nothing), "signing in");
            assert_eq!(heard(center, &mut listener).await, Some(Told::Changed));
            users::activate(center, &vera, kim).await.unwrap();
            assert_eq!(heard(center, &mut listener).await, Some(Told::Changed));
        }
        portal.clock.advance(4 * MINUTE);
        portal.enter(VERA).await;
        assert_eq!(heard(center, &mut listener).await, Some(Told::Over));
    })
    .await;
}

#[tokio::test]
async fn there_is_an_end_to_the_pages_of_one_person() {
    both(async |portal| {
        let bau = portal.bau().await;
        let vera = another(portal, bau.company, VERA).await;
        let center = &portal.center;
        let mut open = Vec::new();
        for _ in 0..5 {
            open.push(listen(center, &bau.chief, None).await.unwrap());
        }
        assert!(is_limited(listen(center, &bau.chief, None).await));
        listen(center, &vera, None).await.unwrap();
        open.pop();
        open.push(listen(center, &bau.chief, None).await.unwrap());

        center.live().end();
        for mut listener in open {
            assert_eq!(listener.next(center).await, Told::Over);
        }
        assert!(matches!(listen(center, &bau.chief, None).await, Err(Error::Busy)));
    })
    .await;
}
