//! One thing done to everybody whom a filter of the list finds.

use std::sync::Arc;

use center::access::{Actor, Place};
use center::users::{self, Kept, MatchingInput, Progress, RowsLeft, Work};
use center::{Error, accounts};
use model::{
    BulkAction, CompanyId, ErrorCode, FieldIssue, Permission, ResultId, Role, Scope, UserId, UserStatus,
    UsersQuery,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

fn everybody() -> UsersQuery {
    UsersQuery::default()
}

fn searched(text: &str) -> UsersQuery {
    UsersQuery { q: text.to_owned(), ..UsersQuery::default() }
}

fn with_status(status: UserStatus) -> UsersQuery {
    UsersQuery { status: Some(status), ..UsersQuery::default() }
}

fn form(action: BulkAction, role: Option<Role>, query: &UsersQuery, count: u32) -> MatchingInput {
    MatchingInput {
        query: query.clone(),
        action: action.key().to_owned(),
        role: role.map(Role::key).unwrap_or_default().to_owned(),
        count: count.to_string(),
        back: "/users?q=k".to_owned(),
    }
}

/// Does it to as many as the page tells.
async fn begin(
    portal: &Portal,
    actor: &Actor,
    action: BulkAction,
    role: Option<Role>,
    query: &UsersQuery,
) -> Result<ResultId, Error> {
    let count = users::matching_form(&portal.center, actor, query).await?.count;
    users::start_matching(&portal.center, actor, &form(action, role, query, count)).await
}

async fn progress(portal: &Portal, actor: &Actor, id: ResultId) -> Progress {
    let outcome = users::result(&portal.center, actor, id).await.unwrap();
    assert!(matches!(outcome.work, Work::Matching(_)));
    outcome.progress
}

/// How many it was done to, and who was kept with the reason, by name.
async fn came_of(
    portal: &Portal,
    actor: &Actor,
    action: BulkAction,
    role: Option<Role>,
    query: &UsersQuery,
) -> (u32, Vec<(String, Kept)>) {
    let id = begin(portal, actor, action, role, query).await.unwrap();
    let found = progress(portal, actor, id).await;
    assert_eq!((found.waiting, found.kept as usize), (0, found.lines.len()));
    (found.done, found.lines.into_iter().map(|line| (line.name, line.kept.unwrap())).collect())
}

async fn status(portal: &Portal, chief: &Actor, user: UserId) -> UserStatus {
    users::get(&portal.center, chief, user).await.unwrap().row.status
}

/// The same person with all rights, as an own role of a company may give them.
fn with_all_rights(actor: &Actor) -> Actor {
    let mut who = who(actor).clone();
    let Place::Company(member) = &mut who.place else { panic!() };
    member.grants = Permission::ALL.iter().map(|right| (*right, Scope::Company)).collect();
    Actor::User(Box::new(who))
}

/// So many active buyers called *Crowd*.
pub(crate) async fn crowd(portal: &Portal, company: CompanyId, count: usize) {
    let mut tx = portal.center.db().write().await.unwrap();
    for i in 0..count {
        let id = UserId(portal.center.new_id());
        let email = format!("crowd{i:05}@bau-partner.example");
        tx.execute(
            "INSERT INTO users (id, email, salutation, name, locale, password_hash, password_changed_at, created_at)
             SELECT $1, $2, 'none', 'Crowd', 'en', password_hash, 1, 1 FROM users WHERE email = $3",
            vec![id.into(), email.clone().into(), MARTA.into()],
        )
        .await
        .unwrap();
        tx.execute(
            "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, created_at)
             VALUES ($1, $2, 'Crowd', 'crowd', $3, 1, 1)",
            vec![company.into(), id.into(), email.into()],
        )
        .await
        .unwrap();
        tx.execute(
            "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, 'buyer')",
            vec![company.into(), id.into()],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn deactivations(portal: &Portal) -> u32 {
    let sql = "SELECT count(*) AS n FROM audit WHERE event = 'user_deactivated'";
    portal.count(sql, vec![]).await.try_into().unwrap()
}

#[tokio::test]
async fn everybody_whom_the_filter_finds_is_switched_off_and_the_rest_is_kept_with_the_reason() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let kilo = portal.person(bau.company, "Kilo", "kilo@bau-partner.example", &[Role::Viewer]).await;
        let vera = portal.person(bau.company, "Vera", "vera@bau-partner.example", &[Role::Viewer]).await;
        let off = portal.person(bau.company, "Kit Off", "off@bau-partner.example", &[Role::Buyer]).await;
        users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        let other = portal.company(SOLO).await;
        let rita = portal.person(other, "Kira Foreign", RITA, &[Role::MainContact]).await;
        // Kilo acts for the other company too, and goes on there.
        portal.joins(kilo, other, &[Role::Buyer]).await;
        let session = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        portal.mails().await;

        let found = users::matching_form(&portal.center, &bau.chief, &searched("ki")).await.unwrap();
        assert_eq!(found.count, 3);
        let (done, kept) = came_of(portal, &bau.chief, BulkAction::Deactivate, None, &searched("ki")).await;
        assert_eq!((done, kept), (2, vec![("Kit Off".to_owned(), Kept::AlreadyDeactivated)]));
        for user in [kim, kilo] {
            assert_eq!(status(portal, &bau.chief, user).await, UserStatus::Deactivated);
        }
        assert_eq!(status(portal, &bau.chief, vera).await, UserStatus::Active);
        assert!(portal.holding(&session).await.is_none());
        let told = portal.mails().await;
        assert_eq!(addressed(&told), [("deactivated", "kilo@bau-partner.example"), ("deactivated", KIM)]);
        assert_eq!(deactivations(portal).await, 3);
        portal.enter("kilo@bau-partner.example").await;
        let foreign = portal.enter(RITA).await;
        assert_eq!(status(portal, &foreign, rita).await, UserStatus::Active);

        // Nobody does it to himself.
        let (done, kept) = came_of(portal, &bau.chief, BulkAction::Deactivate, None, &everybody()).await;
        assert_eq!(done, 1);
        assert!(kept.contains(&("Marta Lind".to_owned(), Kept::Yourself)), "{kept:?}");
        let query = with_status(UserStatus::Deactivated);
        assert_eq!(came_of(portal, &bau.chief, BulkAction::Activate, None, &query).await, (4, vec![]));
    })
    .await;
}

#[tokio::test]
async fn a_company_keeps_its_last_main_contact_whoever_is_found() {
    both(async |portal| {
        let bau = portal.bau().await;
        for name in ["Second", "Third"] {
            let email = format!("{name}@bau-partner.example").to_lowercase();
            portal.person(bau.company, name, &email, &[Role::MainContact]).await;
        }
        portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let kim = with_all_rights(&portal.enter(KIM).await);
        let chiefs = UsersQuery { role: Some(Role::MainContact.into()), ..UsersQuery::default() };
        let (done, kept) = came_of(portal, &kim, BulkAction::Deactivate, None, &chiefs).await;
        assert_eq!((done, kept.len()), (2, 1));
        assert_eq!(kept[0].1, Kept::LastMainContact);
        came_of(portal, &kim, BulkAction::Activate, None, &chiefs).await;
        came_of(portal, &kim, BulkAction::AddRole, Some(Role::Buyer), &chiefs).await;
        let (done, kept) =
            came_of(portal, &kim, BulkAction::RemoveRole, Some(Role::MainContact), &chiefs).await;
        assert_eq!((done, kept.len(), kept[0].1), (2, 1, Kept::LastMainContact));
    })
    .await;
}

#[tokio::test]
async fn it_is_done_only_to_as_many_as_were_confirmed() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let center = &portal.center;
        for (query, count) in
            [(everybody(), 1), (everybody(), 3), (searched("nobody"), 0), (searched("kim"), 0)]
        {
            let input = form(BulkAction::Deactivate, None, &query, count);
            assert_eq!(refused(users::start_matching(center, &bau.chief, &input).await), ErrorCode::Conflict);
        }
        let odd =
            MatchingInput { count: "all".into(), ..form(BulkAction::Deactivate, None, &everybody(), 2) };
        assert_eq!(refused(users::start_matching(center, &bau.chief, &odd).await), ErrorCode::Conflict);
        let field = |name: &str| (name.to_owned(), FieldIssue::UnknownChoice);
        let none = MatchingInput { action: "erase".into(), ..odd.clone() };
        assert_eq!(issue(users::start_matching(center, &bau.chief, &none).await), field("action"));
        for role in ["", "owner"] {
            let input =
                MatchingInput { role: role.into(), ..form(BulkAction::AddRole, None, &everybody(), 2) };
            assert_eq!(issue(users::start_matching(center, &bau.chief, &input).await), field("bulk_role"));
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_results", vec![]).await, 0);
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_rows", vec![]).await, 0);
        // A list of another site is none of ours.
        let input = MatchingInput {
            back: "https://evil.example".into(),
            ..form(BulkAction::Activate, None, &everybody(), 2)
        };
        let id = users::start_matching(center, &bau.chief, &input).await.unwrap();
        let Work::Matching(work) = users::result(center, &bau.chief, id).await.unwrap().work else {
            panic!()
        };
        assert_eq!(work.back, "/users");
    })
    .await;
}

#[tokio::test]
async fn invitations_are_sent_again_until_the_hour_s_are_used_up_or_taken_back() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ask = async |name: &str| {
            let email = format!("{name}@bau-partner.example");
            users::request(&portal.center, &bau.chief, &input(name, &email, &[Role::Buyer])).await.unwrap()
        };
        let ines = ask("ines").await;
        ask("otto").await;
        portal.mails().await;
        portal.execute("UPDATE attempts SET count = 199 WHERE bucket = 'users.invitations'", vec![]).await;
        let invited = with_status(UserStatus::Invited);
        let (done, kept) = came_of(portal, &bau.chief, BulkAction::ResendInvitation, None, &invited).await;
        // Both were made in one moment, so either may be the first.
        assert_eq!((done, kept.len(), kept[0].1), (1, 1, Kept::TooMany));
        let mails = portal.mails().await;
        let sent = one(&mails, "account_created");
        assert!(!sent.to.starts_with(kept[0].0.as_str()), "{kept:?}");
        let (done, kept) =
            came_of(portal, &bau.chief, BulkAction::RevokeInvitation, None, &everybody()).await;
        assert_eq!((done, kept), (2, vec![("Marta Lind".to_owned(), Kept::NotInvited)]));
        assert_eq!(status(portal, &bau.chief, ines).await, UserStatus::Deactivated);
    })
    .await;
}

#[tokio::test]
async fn administrators_among_them_want_a_password_typed_lately() {
    both(async |portal| {
        let bau = portal.bau().await;
        let second =
            portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        portal.clock.advance(5 * MINUTE + 1);
        let main = Some(Role::MainContact);
        for (action, role) in [
            (BulkAction::Deactivate, None),
            (BulkAction::Activate, None),
            (BulkAction::AddRole, main),
            (BulkAction::RemoveRole, main),
        ] {
            let answer = begin(portal, &bau.chief, action, role, &everybody()).await;
            assert_eq!(asked_for_password(answer), ErrorCode::ReauthRequired);
        }
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_rows", vec![]).await, 0);
        // What changes nobody else who administers goes on without.
        assert_eq!(
            came_of(portal, &bau.chief, BulkAction::Deactivate, None, &searched("kim")).await,
            (1, vec![])
        );
        let (done, _) = came_of(portal, &bau.chief, BulkAction::Deactivate, None, &searched("marta")).await;
        assert_eq!(done, 0);
        let fresh = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        came_of(portal, &fresh, BulkAction::Deactivate, None, &everybody()).await;
        for user in [second, kim] {
            assert_eq!(status(portal, &fresh, user).await, UserStatus::Deactivated);
        }
    })
    .await;
}

#[tokio::test]
async fn a_result_is_for_the_person_who_did_it_with_those_kept_as_a_file() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        let center = &portal.center;
        let id = begin(portal, &bau.chief, BulkAction::Activate, None, &everybody()).await.unwrap();
        let RowsLeft::Users(left) = users::rows_left(center, &bau.chief, id).await.unwrap() else { panic!() };
        assert_eq!(left, progress(portal, &bau.chief, id).await.lines);
        let told: Vec<_> = left.iter().map(|line| (line.email.as_str(), line.kept)).collect();
        let active = Some(Kept::AlreadyActive);
        assert_eq!(told, [(MARTA, active), ("second@bau-partner.example", active)]);
        let stranger = portal.enter("second@bau-partner.example").await;
        for id in [id, ResultId(center.new_id())] {
            assert_eq!(refused(users::result(center, &stranger, id).await), ErrorCode::NotFound);
            assert_eq!(refused(users::rows_left(center, &stranger, id).await), ErrorCode::NotFound);
            assert_eq!(refused(users::go_on_matching(center, &stranger, id).await), ErrorCode::NotFound);
        }
        assert_eq!(refused(users::add_imported(center, &bau.chief, id).await), ErrorCode::NotFound);
        let second = searched("second");
        let done = begin(portal, &bau.chief, BulkAction::AddRole, Some(Role::Buyer), &second).await.unwrap();
        assert_eq!(refused(users::rows_left(center, &bau.chief, done).await), ErrorCode::NotFound);
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        assert_eq!(refused(users::go_on_matching(center, &chief, id).await), ErrorCode::NotFound);
        center::jobs::sweep(center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_rows", vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn more_than_a_step_takes_are_done_and_each_is_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        // 10,000 in `make soak`.
        let many = rounds(12) * 100;
        crowd(portal, bau.company, many).await;
        let before = tokio::time::Instant::now();
        let id = begin(portal, &bau.chief, BulkAction::Deactivate, None, &everybody()).await.unwrap();
        let took = before.elapsed();
        eprintln!("{many} users deactivated in {} ms", took.as_millis());
        let found = progress(portal, &bau.chief, id).await;
        let all = u32::try_from(many).unwrap();
        assert_eq!((found.done, found.waiting, found.kept), (all, 0, 1));
        assert_eq!(found.lines[0].kept, Some(Kept::Yourself));
        assert!(many < 10_000 || took.as_secs() < 5, "{took:?}");
        assert_eq!(deactivations(portal).await, all);
        let sql = "SELECT count(DISTINCT user_id) AS n FROM outbox WHERE kind = 'deactivated'";
        assert_eq!(portal.count(sql, vec![]).await, i64::from(all));
        // A role is given one by one.
        let few = searched("crowd000");
        let (done, _) = came_of(portal, &bau.chief, BulkAction::AddRole, Some(Role::Viewer), &few).await;
        assert_eq!(done, 100);
    })
    .await;
}

#[cfg(debug_assertions)]
#[tokio::test]
async fn what_is_broken_off_goes_on_where_it_ended() {
    use center::store::faults::{Fault, failing};
    both(async |portal| {
        let bau = portal.bau().await;
        crowd(portal, bau.company, 510).await;
        let center = &portal.center;
        let input = form(BulkAction::Deactivate, None, &searched("crowd"), 510);
        let (mut nothing, mut part) = (0, 0);
        for n in (1..).step_by(3) {
            let off = "UPDATE members SET deactivated_at = NULL WHERE name = 'Crowd'";
            portal.execute(off, vec![]).await;
            portal.execute("DELETE FROM bulk_results", vec![]).await;
            let told = deactivations(portal).await;
            let start = Box::pin(users::start_matching(center, &bau.chief, &input));
            let (answer, struck) = failing(Fault::Use(n), start).await;
            let Ok(id) = answer else {
                assert_eq!(deactivations(portal).await, told, "use {n}");
                assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_rows", vec![]).await, 0, "use {n}");
                nothing += 1;
                continue;
            };
            // A step is done with all that belongs to it, or not at all.
            let found = progress(portal, &bau.chief, id).await;
            assert_eq!(deactivations(portal).await - told, found.done, "use {n}");
            part += u32::from(found.waiting > 0 && found.done > 0);
            users::go_on_matching(center, &bau.chief, id).await.unwrap();
            let found = progress(portal, &bau.chief, id).await;
            assert_eq!((found.done, found.waiting, found.kept), (510, 0, 0), "use {n}");
            assert_eq!(deactivations(portal).await - told, 510, "use {n}");
            if !struck {
                break;
            }
        }
        assert!(nothing > 2 && part > 3, "{nothing} {part}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn gone_on_with_five_times_at_once_it_is_done_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        crowd(portal, bau.company, 700).await;
        let center = &portal.center;
        let id = begin(portal, &bau.chief, BulkAction::Deactivate, None, &searched("crowd")).await.unwrap();
        // As it stands when it was broken off before its first step.
        portal.execute("UPDATE members SET deactivated_at = NULL WHERE name = 'Crowd'", vec![]).await;
        portal.execute("UPDATE bulk_rows SET came_of = NULL", vec![]).await;
        let told = deactivations(portal).await;
        let tasks = (0..5).map(|_| {
            let (center, chief) = (Arc::clone(center), bau.chief.clone());
            async move { users::go_on_matching(&center, &chief, id).await }
        });
        for answer in portal.together(tasks.collect()).await {
            answer.unwrap();
        }
        let found = progress(portal, &bau.chief, id).await;
        assert_eq!((found.done, found.waiting, found.kept), (700, 0, 0));
        assert_eq!(deactivations(portal).await - told, 700);
    })
    .await;
}

/// The code of a refusal that asks for the password.
fn asked_for_password<T: std::fmt::Debug>(answer: Result<T, Error>) -> ErrorCode {
    let Err(Error::Refused(refusal)) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.issue("current"), Some(FieldIssue::PasswordAgain));
    refusal.code.clone()
}
