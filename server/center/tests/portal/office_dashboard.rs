//! The start page of the Back Office: how things stand, for whoever may read it.

use center::{accounts, jobs, office};
use model::{Dashboard, Role, StaffRole};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

async fn seen_by(portal: &Portal, role: StaffRole) -> Dashboard {
    let staff = portal.staff(role).await;
    office::dashboard(&portal.center, &staff).await.unwrap()
}

#[tokio::test]
async fn what_happened_is_counted_by_the_shop_s_days() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim Park", KIM, &[Role::Buyer]).await;
        // 23:26 in the shop: the next sign-in is on another day.
        portal.clock.advance(HOUR);
        portal.enter(KIM).await;
        portal.enter(KIM).await;
        let (id, now) = (portal.center.new_id(), portal.center.now());
        portal
            .execute(
                "INSERT INTO access_requests (id, company_id, name, email, locale, created_at, ends_at)
                 VALUES ($1, $2, 'Nora Neu', 'nora@bau-partner.example', 'en', $3, $4)",
                vec![id.into(), bau.company.into(), now.into(), (now + DAY).into()],
            )
            .await;
        let people = seen_by(portal, StaffRole::Auditor).await.people.unwrap();
        let days = people.sign_ins.0;
        assert_eq!(days.len(), 30);
        assert_eq!(days[28..], [("21 Nov".to_owned(), 1), ("22 Nov".to_owned(), 2)]);
        assert_eq!((people.active.n, people.activations.sum()), (2, 0));
        assert_eq!((people.requests.n, people.requested.most()), (1, 1));
        assert_eq!(people.oldest_request, "today, 00:26");
        assert_eq!(people.asked, [(bau.company, "Bau-Partner GmbH".to_owned(), 1)]);
        // An accepted invitation is an activation too.
        center::users::request(
            &portal.center,
            &bau.chief,
            &input("Ines", "ines@bau.example", &[Role::Buyer]),
        )
        .await
        .unwrap();
        let token = one(&portal.mails().await, "account_created").token();
        accounts::set_password(&portal.center, &anybody(), &token, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let people = seen_by(portal, StaffRole::Auditor).await.people.unwrap();
        assert_eq!(people.activations.0[29], ("22 Nov".to_owned(), 1));
        // What was a month ago is not counted any more, and nobody was seen since.
        portal.clock.advance(31 * DAY);
        let people = seen_by(portal, StaffRole::Auditor).await.people.unwrap();
        assert_eq!((people.sign_ins.sum(), people.active.n, people.requests.n), (0, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn the_queue_s_age_dead_letters_and_the_erp_are_told() {
    both(async |portal| {
        portal.bau().await;
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        jobs::settle(&portal.center).await.unwrap();
        portal.clock.advance(90 * MINUTE);
        let page = seen_by(portal, StaffRole::Service).await;
        let mails = page.mails.unwrap();
        assert_eq!(
            (mails.waiting.n, mails.oldest_minutes, mails.dead.n, mails.sent.sum()),
            (1, Some(90), 0, 0)
        );
        assert!(page.erp.unwrap().answers);
        assert_eq!(portal.mails().await.len(), 1);
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        jobs::settle(&portal.center).await.unwrap();
        portal
            .execute("UPDATE outbox SET state = 'dead', reason = 'x' WHERE state = 'pending'", vec![])
            .await;
        portal.erp.set_down(true);
        center::activation::start(&portal.center, &anybody(), SOLO, SOLO_INVOICE, RITA).await.unwrap();
        let page = seen_by(portal, StaffRole::Service).await;
        let mails = page.mails.unwrap();
        assert_eq!((mails.waiting.n, mails.oldest_minutes, mails.dead.n, mails.sent.sum()), (0, None, 1, 1));
        let erp = page.erp.unwrap();
        assert_eq!((erp.answers, erp.parked.n), (false, 1));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_shown_what_he_may_not_read() {
    both(async |portal| {
        let shown = async |role| {
            let page = seen_by(portal, role).await;
            (page.people.is_some(), page.mails.is_some(), page.erp.is_some())
        };
        assert_eq!(shown(StaffRole::Administrator).await, (true, true, true));
        assert_eq!(shown(StaffRole::Service).await, (true, true, true));
        assert_eq!(shown(StaffRole::Auditor).await, (true, true, true));
        assert_eq!(shown(StaffRole::Editor).await, (false, false, false));
        assert!(office::dashboard(&portal.center, &anybody()).await.is_err());
    })
    .await;
}
