//! Changes of main contacts want a password that was typed lately.

use center::access::Actor;
use center::{Error, accounts, activity, users};
use model::{ActivityQuery, ErrorCode, FieldIssue, Role, UserId, UsersQuery};

use crate::support::*;

const LATELY: center::Instant = 5 * MINUTE;
const SECOND_CHIEF: &str = "second@bau-partner.example";
const KIM: &str = "kim@bau-partner.example";

/// The people whom changes are tried on.
struct People {
    bau: Bau,
    second: UserId,
    kim: UserId,
    off: UserId,
    invited: UserId,
}

async fn people(portal: &Portal) -> People {
    let bau = portal.bau().await;
    let second = portal.person(bau.company, "Second", SECOND_CHIEF, &[Role::MainContact]).await;
    let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
    let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::MainContact]).await;
    portal.execute("UPDATE members SET deactivated_at = 1 WHERE user_id = $1", vec![off.into()]).await;
    let form = input("Ines", "ines@bau-partner.example", &[Role::MainContact]);
    let invited = users::request(&portal.center, &bau.chief, &form).await.unwrap();
    People { bau, second, kim, off, invited }
}

async fn edit(
    portal: &Portal,
    actor: &Actor,
    user: UserId,
    email: &str,
    roles: &[Role],
) -> Result<(), Error> {
    let version = users::get(&portal.center, actor, user).await.unwrap().version;
    users::edit(&portal.center, actor, user, version, &input("Renamed", email, roles)).await.map(|_| ())
}

const MAIN: &[Role] = &[Role::MainContact];

/// Everything that makes, unmakes or moves a main contact, by its name.
async fn changes(portal: &Portal, actor: &Actor, people: &People) -> Vec<(&'static str, Result<(), Error>)> {
    let center = &portal.center;
    let mona = input("Mona", "mona@bau-partner.example", MAIN);
    let anna = input("Anna", "anna.berger@bau-partner.example", &[Role::Buyer, Role::MainContact]);
    vec![
        ("request", users::request(center, actor, &mona).await.map(drop)),
        ("add contact", users::add_contact(center, actor, "KT-2", &anna).await.map(drop)),
        ("give the role", edit(portal, actor, people.kim, KIM, &[Role::Buyer, Role::MainContact]).await),
        ("move the address", edit(portal, actor, people.second, "2@bau-partner.example", MAIN).await),
        ("take the role", edit(portal, actor, people.second, SECOND_CHIEF, &[Role::Buyer]).await),
        ("activate", users::activate(center, actor, people.off).await),
        ("deactivate", users::deactivate(center, actor, people.off).await),
        ("revoke an invitation", users::revoke_invitation(center, actor, people.invited).await),
    ]
}

async fn written(portal: &Portal) -> Vec<i64> {
    let mut counts = Vec::new();
    for sql in [
        "SELECT count(*) AS n FROM users",
        "SELECT count(*) AS n FROM member_roles",
        "SELECT count(*) AS n FROM links",
        "SELECT count(*) AS n FROM outbox",
        "SELECT count(*) AS n FROM audit",
        "SELECT CAST(sum(version) AS BIGINT) AS n FROM members",
        "SELECT CAST(sum(version) AS BIGINT) AS n FROM companies",
        "SELECT CAST(sum(count) AS BIGINT) AS n FROM attempts",
    ] {
        counts.push(portal.count(sql, vec![]).await);
    }
    counts
}

fn asks_again(answer: Result<(), Error>) -> bool {
    let Err(Error::Refused(refusal)) = answer else { return false };
    refusal.code == ErrorCode::ReauthRequired
        && refusal.fields.len() == 1
        && refusal.issue("current") == Some(FieldIssue::PasswordAgain)
}

#[tokio::test]
async fn five_minutes_after_the_password_main_contacts_are_changed_no_more() {
    both(async |portal| {
        let mut people = people(portal).await;
        portal.clock.advance(LATELY + 1);
        let before = written(portal).await;
        for (change, answer) in changes(portal, &people.bau.chief, &people).await {
            // Who is on can't be activated; who is off can't be deactivated.
            if change == "deactivate" {
                assert_eq!(refused(answer), ErrorCode::WrongState);
            } else {
                assert!(asks_again(answer), "{change}");
            }
        }
        let deactivate = users::deactivate(&portal.center, &people.bau.chief, people.second).await;
        assert!(asks_again(deactivate));
        assert_eq!(written(portal).await, before, "nothing is written");

        people.bau.chief = portal.enter(MARTA).await;
        portal.clock.advance(LATELY);
        for (change, answer) in changes(portal, &people.bau.chief, &people).await {
            answer.unwrap_or_else(|e| panic!("{change}: {e}"));
        }
    })
    .await;
}

#[tokio::test]
async fn everything_else_goes_on_without_the_password() {
    both(async |portal| {
        let people = people(portal).await;
        let chief = &people.bau.chief;
        portal.clock.advance(20 * MINUTE);
        let form = input("Nora", "nora@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, chief, &form).await.unwrap();
        edit(portal, chief, people.kim, "kim2@bau-partner.example", &[Role::Approver]).await.unwrap();
        edit(portal, chief, people.second, SECOND_CHIEF, MAIN).await.unwrap();
        users::deactivate(&portal.center, chief, people.kim).await.unwrap();
        users::activate(&portal.center, chief, people.kim).await.unwrap();
        users::resend_invitation(&portal.center, chief, people.invited).await.unwrap();
        users::send_password_link(&portal.center, chief, people.second).await.unwrap();
        // What is refused anyway asks for nothing.
        let yourself = edit(portal, chief, people.bau.marta, MARTA, &[Role::Buyer]).await;
        assert_eq!(refused(yourself), ErrorCode::Yourself);
        edit(portal, chief, people.off, "new@bau-partner.example", MAIN).await.unwrap_err();
        let taken = input("Mona", KIM, &[Role::Buyer]);
        assert_eq!(issue(users::request(&portal.center, chief, &taken).await).1, FieldIssue::EmailTaken);
    })
    .await;
}

#[tokio::test]
async fn the_right_password_counts_for_its_session_and_no_other() {
    both(async |portal| {
        let people = people(portal).await;
        let mine = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let other = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        portal.clock.advance(LATELY + 1);
        let late = portal.holding(&mine).await.unwrap();
        let fresh = accounts::type_again(&portal.center, &late, PASSWORD).await.unwrap();
        users::deactivate(&portal.center, &fresh, people.second).await.unwrap();
        // The next request finds it in the session.
        let next = portal.holding(&mine).await.unwrap();
        assert_eq!(who(&next).password_checked_at, portal.center.now());
        users::activate(&portal.center, &next, people.second).await.unwrap();
        let other = portal.holding(&other).await.unwrap();
        assert!(asks_again(users::deactivate(&portal.center, &other, people.second).await));
        // Changing the own password or address is typing it, too.
        portal.clock.advance(LATELY + 1);
        let late = portal.holding(&mine).await.unwrap();
        accounts::change_email(&portal.center, &late, "m.lind@bau-partner.example", PASSWORD).await.unwrap();
        let next = portal.holding(&mine).await.unwrap();
        users::deactivate(&portal.center, &next, people.second).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_changes_nothing_and_counts_like_one_at_sign_in() {
    both(async |portal| {
        let people = people(portal).await;
        portal.clock.advance(LATELY + 1);
        let chief = &people.bau.chief;
        let type_again = async |password| accounts::type_again(&portal.center, chief, password).await;
        for _ in 0..9 {
            let wrong = type_again("a wrong password").await;
            assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong));
            assert!(is_limited(type_again(PASSWORD).await), "a pause follows");
            let sql = "UPDATE attempts SET count = count - 1 WHERE bucket LIKE 'sign_in.%' AND count > 0";
            portal.execute(sql, vec![]).await;
            portal.clock.advance(10 * SECOND);
        }
        issue(type_again("a wrong password").await);
        portal.clock.advance(10 * SECOND);
        assert!(is_limited(type_again(PASSWORD).await));
        let stopped = portal.sign_in(&anybody(), MARTA, PASSWORD).await;
        assert_eq!(refused(stopped), ErrorCode::SignInFailed, "the same limits");
        assert!(asks_again(users::deactivate(&portal.center, chief, people.second).await));
        assert_eq!(portal.events().await.iter().filter(|e| *e == "user_deactivated").count(), 0);
    })
    .await;
}

#[tokio::test]
async fn who_brings_no_password_stays_who_he_is() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.clock.advance(LATELY);
        // It is not late yet, so that nothing is judged.
        let same = accounts::type_again(&portal.center, &bau.chief, "a wrong password").await.unwrap();
        assert_eq!(who(&same).password_checked_at, who(&bau.chief).password_checked_at);
        portal.clock.advance(1);
        let same = accounts::type_again(&portal.center, &bau.chief, "").await.unwrap();
        assert_eq!(who(&same).password_checked_at, who(&bau.chief).password_checked_at);
        let nobody = accounts::type_again(&portal.center, &anybody(), PASSWORD).await.unwrap();
        assert!(nobody.signed_in().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_leaves_the_portal_as_a_whole_wants_the_password_too() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let exports = async |actor: &Actor| {
            let users = users::export(center, actor, &UsersQuery::default()).await.map(drop);
            let activity = activity::export(center, actor, &ActivityQuery::default()).await.map(drop);
            [users, activity]
        };
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        portal.clock.advance(LATELY);
        let chief = portal.holding(&token).await.unwrap();
        for answer in exports(&chief).await {
            answer.unwrap();
        }
        portal.clock.advance(1);
        let chief = portal.holding(&token).await.unwrap();
        let before = written(portal).await;
        for answer in exports(&chief).await {
            assert!(asks_again(answer));
        }
        assert_eq!(written(portal).await, before, "nothing is written");

        let empty = accounts::confirm_password(center, &chief, "").await;
        assert_eq!(issue(empty), ("current".to_owned(), FieldIssue::Required));
        let wrong = accounts::confirm_password(center, &chief, "wrong").await;
        assert_eq!(issue(wrong), ("current".to_owned(), FieldIssue::PasswordWrong));
        let nobody = accounts::confirm_password(center, &anybody(), PASSWORD).await;
        assert_eq!(refused(nobody), ErrorCode::Unauthenticated);
        portal.clock.advance(2 * SECOND);
        accounts::confirm_password(center, &chief, PASSWORD).await.unwrap();
        // For this session alone.
        let chief = portal.holding(&token).await.unwrap();
        for answer in exports(&chief).await {
            answer.unwrap();
        }
        for answer in exports(&bau.chief).await {
            assert!(asks_again(answer));
        }
    })
    .await;
}
