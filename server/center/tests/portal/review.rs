//! Access review: who is confirmed by whom, what makes it due, when it can be finished, and what is kept of it.

use std::sync::Arc;

use center::access::Actor;
use center::activity::ToldRole;
use center::users::{self, Confirmed, Decision, ReviewQuery};
use center::{Error, accounts, jobs};
use model::{
    ErrorCode, FieldIssue, MANY_MAX, ReviewId, ReviewPage, ReviewProgress, ReviewedUser, Role, UserId,
    UsersQuery,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";
const ANNA: &str = "anna.berger@bau-partner.example";

async fn page(portal: &Portal, actor: &Actor, query: ReviewQuery) -> ReviewPage {
    users::review(&portal.center, actor, &query).await.unwrap().list
}

async fn progress(portal: &Portal, actor: &Actor) -> (u32, u32) {
    let ReviewProgress { confirmed, total } = page(portal, actor, ReviewQuery::default()).await.progress;
    (confirmed, total)
}

/// Everybody on the first page, as shown.
async fn shown(portal: &Portal, actor: &Actor) -> Vec<ReviewedUser> {
    let rows = page(portal, actor, ReviewQuery::default()).await.users.rows;
    rows.iter().map(|row| row.shown.parse().unwrap()).collect()
}

async fn shown_as(portal: &Portal, actor: &Actor, user: UserId) -> ReviewedUser {
    shown(portal, actor).await.into_iter().find(|shown| shown.user == user).unwrap()
}

async fn waiting(portal: &Portal, actor: &Actor) -> Option<ReviewProgress> {
    users::list(&portal.center, actor, &UsersQuery::default()).await.unwrap().review
}

/// Marta's company with Kim, who buys, and Anna, who approves.
async fn company(portal: &Portal) -> (Bau, UserId, UserId) {
    let bau = portal.bau().await;
    let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
    let anna = portal.person(bau.company, "Anna Berger", ANNA, &[Role::Approver, Role::Viewer]).await;
    let sql = "UPDATE members SET budget_order = 50000, last_seen_at = 1795200000000000 WHERE user_id = $1";
    portal.execute(sql, vec![kim.into()]).await;
    (bau, kim, anna)
}

#[tokio::test]
async fn everybody_is_confirmed_and_the_result_is_kept() {
    both(async |portal| {
        let (bau, kim, _) = company(portal).await;
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        portal.execute("UPDATE members SET deactivated_at = 1 WHERE user_id = $1", vec![off.into()]).await;
        let first = page(portal, &bau.chief, ReviewQuery::default()).await;
        let names: Vec<_> = first.users.rows.iter().map(|row| row.user.name.as_str()).collect();
        assert_eq!(names, ["Anna Berger", "Kim Brand", "Marta Lind"]);
        assert_eq!((first.progress.confirmed, first.progress.total, first.users.total.n), (0, 3, 3));
        assert!(!first.due && !first.day.is_empty() && first.past.is_empty());
        assert_eq!(refused(users::finish_review(&portal.center, &bau.chief).await), ErrorCode::WrongState);

        let one = shown_as(portal, &bau.chief, kim).await;
        let done = users::confirm_access(&portal.center, &bau.chief, &[one, one]).await.unwrap();
        assert_eq!(done, Confirmed { confirmed: 1, changed: 0 });
        assert_eq!(progress(portal, &bau.chief).await, (1, 3));
        assert_eq!(
            refused(users::finish_review(&portal.center, &bau.chief).await),
            ErrorCode::ReviewIncomplete
        );
        let open = page(portal, &bau.chief, ReviewQuery { open: true, ..ReviewQuery::default() }).await;
        assert_eq!((open.users.rows.len(), open.users.total.n), (2, 2));
        // It is the company's review: another session goes on with it.
        let later = portal.enter(MARTA).await;
        assert_eq!(progress(portal, &later).await, (1, 3));
        let rest: Vec<_> = open.users.rows.iter().map(|row| row.shown.parse().unwrap()).collect();
        users::confirm_access(&portal.center, &later, &rest).await.unwrap();
        let all = page(portal, &later, ReviewQuery::default()).await.users.rows;
        assert!(all.iter().all(|row| row.confirmed.ends_with(" · Marta Lind")), "{all:?}");
        users::finish_review(&portal.center, &later).await.unwrap();
        assert_eq!(portal.events().await.last().unwrap(), "access_reviewed");
        assert_eq!(refused(users::finish_review(&portal.center, &later).await), ErrorCode::WrongState);

        // What was true then stays, whatever becomes of the users.
        let form = model::UserInput {
            budgets: model::BudgetInput { order: "7".to_owned(), month: String::new() },
            ..input("Kim Other", KIM, &[Role::Viewer])
        };
        let version = users::get(&portal.center, &later, kim).await.unwrap().version;
        users::edit(&portal.center, &later, kim, version, &form).await.unwrap();
        let past = page(portal, &later, ReviewQuery::default()).await.past;
        assert_eq!((past.len(), past[0].users, past[0].by.as_str()), (1, 3, "Marta Lind"));
        let kept = users::review_evidence(&portal.center, &later, past[0].id).await.unwrap();
        assert_eq!(kept.finished_by, "Marta Lind");
        let names: Vec<_> = kept.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Anna Berger", "Kim Brand", "Marta Lind"]);
        let row = &kept.rows[1];
        assert_eq!(
            (row.roles.as_slice(), row.decision),
            ([Role::Buyer.into()].as_slice(), Decision::Confirmed)
        );
        assert_eq!((row.budget_order.as_str(), row.budget_month.as_str()), ("500", ""));
        assert!(row.last_seen.ends_with('Z') && row.decided_at.ends_with('Z'));
        assert_eq!(kept.rows[0].roles, [Role::Approver, Role::Viewer].map(ToldRole::from));
        assert_eq!(portal.events().await.last().unwrap(), "access_review_exported");
        // The next one begins anew.
        assert_eq!(progress(portal, &later).await, (0, 3));
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_confirmed_as_not_seen() {
    both(async |portal| {
        let (bau, kim, anna) = company(portal).await;
        let all = shown(portal, &bau.chief).await;
        users::change_role(&portal.center, &bau.chief, kim, Role::Approver.into(), true).await.unwrap();
        let stale = *all.iter().find(|shown| shown.user == kim).unwrap();
        let late = users::confirm_access(&portal.center, &bau.chief, &[stale]).await;
        assert_eq!(refused(late), ErrorCode::Conflict);
        let done = users::confirm_access(&portal.center, &bau.chief, &all).await.unwrap();
        assert_eq!(done, Confirmed { confirmed: 2, changed: 1 });
        let again = shown_as(portal, &bau.chief, kim).await;
        users::confirm_access(&portal.center, &bau.chief, &[again]).await.unwrap();
        assert_eq!(progress(portal, &bau.chief).await, (3, 3));
        // Changed after it was confirmed: open again. Who comes in is open too.
        users::change_role(&portal.center, &bau.chief, anna, Role::Viewer.into(), false).await.unwrap();
        assert_eq!(progress(portal, &bau.chief).await, (2, 3));
        let form = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        assert_eq!(progress(portal, &bau.chief).await, (2, 4));
        assert_eq!(
            refused(users::finish_review(&portal.center, &bau.chief).await),
            ErrorCode::ReviewIncomplete
        );
        let done = users::confirm_access(&portal.center, &bau.chief, &shown(portal, &bau.chief).await).await;
        assert_eq!(done.unwrap().confirmed, 4);
        users::finish_review(&portal.center, &bau.chief).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_switched_off_in_a_review_stands_in_its_result() {
    both(async |portal| {
        let (bau, kim, anna) = company(portal).await;
        let own = users::deactivate_reviewed(&portal.center, &bau.chief, bau.marta).await;
        assert_eq!(refused(own), ErrorCode::Yourself);
        let session = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        users::deactivate_reviewed(&portal.center, &bau.chief, kim).await.unwrap();
        assert!(portal.holding(&session).await.is_none());
        assert_eq!(portal.events().await.last().unwrap(), "user_deactivated");
        assert_eq!(one(&portal.mails().await, "deactivated").to, KIM);
        let again = users::deactivate_reviewed(&portal.center, &bau.chief, kim).await;
        assert_eq!(refused(again), ErrorCode::WrongState);
        // A main contact wants the password; nothing of it is noted before.
        users::change_role(&portal.center, &bau.chief, anna, Role::MainContact.into(), true).await.unwrap();
        portal.clock.advance(6 * MINUTE);
        let late = users::deactivate_reviewed(&portal.center, &bau.chief, anna).await;
        assert!(matches!(refused(late), ErrorCode::ReauthRequired));
        let typed = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        users::deactivate_reviewed(&portal.center, &typed, anna).await.unwrap();
        users::confirm_access(&portal.center, &bau.chief, &shown(portal, &bau.chief).await).await.unwrap();
        users::finish_review(&portal.center, &bau.chief).await.unwrap();
        let past = page(portal, &bau.chief, ReviewQuery::default()).await.past;
        let late = users::review_evidence(&portal.center, &bau.chief, past[0].id).await;
        assert!(matches!(refused(late), ErrorCode::ReauthRequired));
        let kept = users::review_evidence(&portal.center, &typed, past[0].id).await.unwrap();
        let told: Vec<_> = kept.rows.iter().map(|row| (row.name.as_str(), row.decision)).collect();
        assert_eq!(
            told,
            [
                ("Anna Berger", Decision::Deactivated),
                ("Kim Brand", Decision::Deactivated),
                ("Marta Lind", Decision::Confirmed),
            ]
        );
        assert_eq!(kept.rows[1].roles, [Role::Buyer.into()]);
        // Back again, a user has to be confirmed like everybody.
        users::activate(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(progress(portal, &bau.chief).await, (0, 2));
    })
    .await;
}

#[tokio::test]
async fn a_review_is_due_once_a_quarter() {
    both(async |portal| {
        let (bau, ..) = company(portal).await;
        assert_eq!(waiting(portal, &bau.chief).await, None);
        portal.clock.advance(90 * DAY - SECOND);
        let chief = portal.enter(MARTA).await;
        assert_eq!(waiting(portal, &chief).await, None);
        assert_eq!(jobs::remind(&portal.center).await.unwrap(), 0);
        portal.clock.advance(SECOND);
        assert_eq!(waiting(portal, &chief).await, Some(ReviewProgress { confirmed: 0, total: 3 }));
        assert!(page(portal, &chief, ReviewQuery::default()).await.due);
        // Who can't do it is not bothered.
        portal.person(bau.company, "Lia", "lia@bau-partner.example", &[Role::Viewer]).await;
        let off = portal.with_settings(|settings| settings.access_review_days = 0);
        assert_eq!(users::list(&off, &chief, &UsersQuery::default()).await.unwrap().review, None);
        assert_eq!(jobs::remind(&off).await.unwrap(), 0);
        let never = users::review(&off, &chief, &ReviewQuery::default()).await.unwrap().list;
        assert!(!never.due && never.day.is_empty());

        users::confirm_access(&portal.center, &chief, &shown(portal, &chief).await).await.unwrap();
        users::finish_review(&portal.center, &chief).await.unwrap();
        assert_eq!(waiting(portal, &chief).await, None);
        assert_eq!(jobs::remind(&portal.center).await.unwrap(), 0);
        portal.clock.advance(90 * DAY);
        let chief = portal.enter(MARTA).await;
        assert!(waiting(portal, &chief).await.is_some());
        assert!(portal.mails().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn main_contacts_are_reminded_when_it_is_due_and_once_a_week_after_that() {
    both(async |portal| {
        let (bau, kim, anna) = company(portal).await;
        let german = "UPDATE users SET locale = 'de' WHERE id = $1";
        portal.execute(german, vec![anna.into()]).await;
        let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, 'main_contact')";
        portal.execute(sql, vec![bau.company.into(), anna.into()]).await;
        portal.clock.advance(90 * DAY);
        // Of several nodes that do it at once one does.
        let tasks = (0..4).map(|_| {
            let center = Arc::clone(&portal.center);
            async move { jobs::remind(&center).await.unwrap() }
        });
        let reminded: usize = portal.together(tasks.collect()).await.into_iter().sum();
        assert_eq!(reminded, 1);
        let mails = portal.mails().await;
        assert_eq!(addressed(&mails), [("access_review_due", ANNA), ("access_review_due", MARTA)]);
        let text = |to| &mails.iter().find(|mail| mail.to == to).unwrap().text;
        assert!(text(MARTA).contains("Confirmed: 0 of 3"), "{}", text(MARTA));
        assert!(text(MARTA).contains(&format!("{PUBLIC_URL}/users/review")));
        assert!(text(ANNA).contains("Bestätigt: 0 von 3"), "{}", text(ANNA));

        let chief = portal.enter(MARTA).await;
        let one = shown_as(portal, &chief, kim).await;
        users::confirm_access(&portal.center, &chief, &[one]).await.unwrap();
        portal.clock.advance(7 * DAY - SECOND);
        assert_eq!(jobs::remind(&portal.center).await.unwrap(), 0);
        portal.clock.advance(SECOND);
        assert_eq!(jobs::remind(&portal.center).await.unwrap(), 1);
        let mails = portal.mails().await;
        assert_eq!(mails.len(), 2);
        assert!(mails.iter().any(|mail| mail.text.contains("Confirmed: 1 of 3")));
        // A company that is not active any more is left alone.
        portal.execute("UPDATE companies SET active = (1 = 0)", vec![]).await;
        portal.execute("DELETE FROM sessions", vec![]).await;
        portal.clock.advance(8 * DAY);
        assert_eq!(jobs::remind(&portal.center).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_wrongly_is_refused() {
    both(async |portal| {
        let (bau, ..) = company(portal).await;
        let none = users::confirm_access(&portal.center, &bau.chief, &[]).await;
        assert_eq!(issue(none), ("users".to_owned(), FieldIssue::Required));
        let many = vec![ReviewedUser { user: bau.marta, version: 1 }; MANY_MAX + 1];
        let many = users::confirm_access(&portal.center, &bau.chief, &many).await;
        assert_eq!(issue(many), ("users".to_owned(), FieldIssue::TooMany { max: MANY_MAX }));
        let kim = portal.enter(KIM).await;
        assert!(matches!(
            users::review(&portal.center, &kim, &ReviewQuery::default()).await,
            Err(Error::Lacks(_))
        ));
        assert!(matches!(users::finish_review(&portal.center, &kim).await, Err(Error::Lacks(_))));
        assert_eq!(waiting(portal, &bau.chief).await, None);
    })
    .await;
}

#[tokio::test]
async fn other_companies_look_like_unknown_ones() {
    both(async |portal| {
        let (bau, ..) = company(portal).await;
        let other = portal.company(SOLO).await;
        let rita = portal.person(other, "Rita", RITA, &[Role::MainContact]).await;
        let rita_chief = portal.enter(RITA).await;
        let real = shown_as(portal, &rita_chief, rita).await;
        users::confirm_access(&portal.center, &rita_chief, &[real]).await.unwrap();
        users::finish_review(&portal.center, &rita_chief).await.unwrap();
        let review = page(portal, &rita_chief, ReviewQuery::default()).await.past[0].id;
        let center = &portal.center;
        for (user, review) in [(rita, review), (UserId(center.new_id()), ReviewId(center.new_id()))] {
            let shown = ReviewedUser { user, version: real.version };
            let confirmed = users::confirm_access(center, &bau.chief, &[shown]).await;
            assert_eq!(refused(confirmed), ErrorCode::NotFound);
            let off = users::deactivate_reviewed(center, &bau.chief, user).await;
            assert_eq!(refused(off), ErrorCode::NotFound);
            assert_eq!(
                refused(users::review_evidence(center, &bau.chief, review).await),
                ErrorCode::NotFound
            );
        }
        // Nothing of it has begun a review.
        assert_eq!(portal.count("SELECT count(*) AS n FROM access_reviews", vec![]).await, 1);
        assert!(page(portal, &bau.chief, ReviewQuery::default()).await.past.is_empty());
        // One that is still open is no evidence yet.
        let own = shown(portal, &bau.chief).await;
        users::confirm_access(center, &bau.chief, &own[..1]).await.unwrap();
        let rows = portal.rows("SELECT id FROM access_reviews WHERE finished_at IS NULL", vec![]).await;
        let open = users::review_evidence(center, &bau.chief, rows[0].get("id").unwrap()).await;
        assert_eq!(refused(open), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_review_is_begun_and_finished_once() {
    both(async |portal| {
        let (bau, ..) = company(portal).await;
        let all = shown(portal, &bau.chief).await;
        let tasks = all.iter().map(|one| {
            let (center, chief, one) = (Arc::clone(&portal.center), bau.chief.clone(), *one);
            async move { users::confirm_access(&center, &chief, &[one]).await.unwrap().confirmed }
        });
        assert_eq!(portal.together(tasks.collect()).await, [1, 1, 1]);
        assert_eq!(portal.count("SELECT count(*) AS n FROM access_reviews", vec![]).await, 1);
        let tasks = (0..3).map(|_| {
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            async move { users::finish_review(&center, &chief).await }
        });
        let done = portal.together(tasks.collect()).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "access_reviewed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn pages_lead_on_and_back() {
    both(async |portal| {
        let bau = portal.bau().await;
        for n in 0..59 {
            let email = format!("p{n}@bau-partner.example");
            portal.person(bau.company, &format!("Person {n:02}"), &email, &[Role::Buyer]).await;
        }
        let first = page(portal, &bau.chief, ReviewQuery::default()).await;
        assert_eq!((first.users.rows.len(), first.users.before.clone()), (25, None));
        let at = |after: Option<String>| ReviewQuery { after: after.unwrap(), ..ReviewQuery::default() };
        let second = page(portal, &bau.chief, at(first.users.after.clone())).await;
        let third = page(portal, &bau.chief, at(second.users.after.clone())).await;
        assert_eq!((second.users.rows.len(), third.users.rows.len()), (25, 10));
        assert_eq!(third.users.after, None);
        let back = ReviewQuery { before: third.users.before.unwrap(), ..ReviewQuery::default() };
        let again = page(portal, &bau.chief, back).await;
        assert_eq!(again.users.rows, second.users.rows);
        assert!(again.users.before.is_some() && again.users.after.is_some());
        // All that stood behind a place is confirmed: what is open shows from its beginning.
        let rest: Vec<_> = second.users.rows.iter().chain(&third.users.rows).collect();
        let rest: Vec<_> = rest.iter().map(|row| row.shown.parse().unwrap()).collect();
        users::confirm_access(&portal.center, &bau.chief, &rest).await.unwrap();
        let behind = ReviewQuery { open: true, ..at(first.users.after) };
        let open = page(portal, &bau.chief, behind).await;
        assert_eq!((open.users.rows.len(), open.users.before, open.users.after), (25, None, None));
    })
    .await;
}
