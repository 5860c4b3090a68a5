//! One person, several companies: one login, a session for each browser and company, nothing mixed.

use center::access::{Actor, Place};
use center::accounts::{self, choices, sessions};
use center::drafts::{self, Whose};
use center::live::{Told, listen, look};
use center::{Error, SystemEntropy, Token, activity, users};
use model::{
    AppError, CompanyId, Draft, ErrorCode, FieldIssue, Locale, PlaceId, ProfileInput, Role, UserId,
    UsersQuery,
};

use crate::support::*;

const BO: &str = "bo@other.example";
const OTHER: &str = "30-1";
const BAU_SLUG: &str = "bau-partner-gmbh";

/// Marta is main contact of the one and viewer of the other, whose main contact is Bo.
struct Two {
    bau: Bau,
    other: CompanyId,
    bo: UserId,
    boss: Actor,
}

async fn two(portal: &Portal) -> Two {
    let bau = portal.bau().await;
    let other = portal.company_named(OTHER).await;
    let bo = portal.person(other, "Bo Nord", BO, &[Role::MainContact]).await;
    portal.joins(bau.marta, other, &[Role::Viewer]).await;
    Two { bau, other, bo, boss: portal.enter(BO).await }
}

/// Signs Marta in at a company's own address.
async fn marta_at(portal: &Portal, slug: &str) -> (String, Actor) {
    let entered = accounts::sign_in(&portal.center, &anybody(), MARTA, PASSWORD, slug).await.unwrap();
    let token = entered.token.text();
    let actor = portal.holding(&token).await.unwrap();
    (token, actor)
}

fn company(actor: &Actor) -> CompanyId {
    who(actor).company().unwrap()
}

async fn offered(portal: &Portal, actor: &Actor) -> Vec<(String, bool)> {
    let choices = choices(&portal.center, who(actor)).await.unwrap();
    choices.into_iter().map(|choice| (choice.name, choice.current)).collect()
}

async fn switch(portal: &Portal, actor: &Actor, to: PlaceId) -> Result<String, Error> {
    accounts::switch_company(&portal.center, actor, to).await.map(|token| token.text())
}

#[tokio::test]
async fn rights_are_those_of_the_company_that_the_session_acts_for() {
    both(async |portal| {
        let two = two(portal).await;
        let (_, at_bau) = marta_at(portal, BAU_SLUG).await;
        let (_, at_other) = marta_at(portal, OTHER).await;
        assert_eq!((company(&at_bau), company(&at_other)), (two.bau.company, two.other));

        let page = users::list(&portal.center, &at_bau, &UsersQuery::default()).await.unwrap();
        assert_eq!(page.users.rows.len(), 1, "nobody of the other company");
        let refused_here = users::list(&portal.center, &at_other, &UsersQuery::default()).await;
        assert!(matches!(refused_here, Err(Error::Lacks(model::Permission::UsersView))));

        // Whom Marta knows from the other company is here as unknown as anybody.
        let random = UserId(portal.center.new_id());
        for user in [two.bo, random] {
            let found = users::get(&portal.center, &at_bau, user).await;
            assert_eq!(refused(found), ErrorCode::NotFound);
            let off = users::deactivate(&portal.center, &at_bau, user).await;
            assert_eq!(refused(off), ErrorCode::NotFound);
        }
    })
    .await;
}

#[tokio::test]
async fn a_switch_goes_on_under_a_new_token_and_the_old_one_is_dead() {
    both(async |portal| {
        let two = two(portal).await;
        let (old, actor) = marta_at(portal, BAU_SLUG).await;
        assert_eq!(
            offered(portal, &actor).await,
            [(OTHER.to_owned(), false), ("Bau-Partner GmbH".to_owned(), true)]
        );
        portal.clock.advance(10 * MINUTE);
        let new = switch(portal, &actor, PlaceId::Company(two.other)).await.unwrap();
        assert_ne!(old, new);
        assert!(portal.holding(&old).await.is_none());
        let there = portal.holding(&new).await.unwrap();
        assert_eq!(company(&there), two.other);
        assert_eq!(
            offered(portal, &there).await,
            [(OTHER.to_owned(), true), ("Bau-Partner GmbH".to_owned(), false)]
        );
        // It lives no longer by it, and the password counts as typed when it was.
        assert_eq!(who(&there).password_checked_at, who(&actor).password_checked_at);
        assert_ne!(who(&there).session, who(&actor).session);
        let sql = "SELECT count(*) AS n FROM sessions WHERE user_id = $1 AND ends_at - created_at = $2";
        assert_eq!(portal.count(sql, vec![two.bau.marta.into(), (12 * HOUR).into()]).await, 2);

        // The trail of the company left says nothing of it.
        let rows = portal.rows("SELECT company_id FROM audit WHERE event = 'company_switched'", vec![]).await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].get::<CompanyId>("company_id").unwrap(), two.other);

        // What was held before the switch can't switch again.
        let again = switch(portal, &actor, PlaceId::Company(two.bau.company)).await;
        assert_eq!(refused(again), ErrorCode::Unauthenticated);
        let back = switch(portal, &there, PlaceId::Company(two.bau.company)).await.unwrap();
        assert_eq!(company(&portal.holding(&back).await.unwrap()), two.bau.company);
    })
    .await;
}

#[tokio::test]
async fn a_company_where_one_can_t_act_looks_like_one_that_is_not_there() {
    both(async |portal| {
        let two = two(portal).await;
        let foreign = portal.company_named("50-1").await;
        portal.person(foreign, "Ada", "ada@foreign.example", &[Role::MainContact]).await;
        let (token, actor) = marta_at(portal, BAU_SLUG).await;
        assert!(who(&actor).elsewhere);
        let random = CompanyId(portal.center.new_id());
        for place in [PlaceId::Company(foreign), PlaceId::Company(random), PlaceId::Business] {
            assert_eq!(refused(switch(portal, &actor, place).await), ErrorCode::NotFound, "{place:?}");
        }
        for sql in [
            "UPDATE members SET accepted_at = NULL WHERE company_id = $1 AND user_id = $2",
            "UPDATE members SET accepted_at = 1, deactivated_at = 1 WHERE company_id = $1 AND user_id = $2",
            "UPDATE companies SET active = FALSE WHERE id = $1 AND $2 IS NOT NULL",
        ] {
            portal.execute(sql, vec![two.other.into(), two.bau.marta.into()]).await;
            portal.execute("DELETE FROM sessions WHERE company_id = $1", vec![two.other.into()]).await;
            let found = switch(portal, &actor, PlaceId::Company(two.other)).await;
            assert_eq!(refused(found), ErrorCode::NotFound, "{sql}");
            assert_eq!(offered(portal, &actor).await, [("Bau-Partner GmbH".to_owned(), true)], "{sql}");
            assert!(!who(&portal.holding(&token).await.unwrap()).elsewhere, "{sql}");
        }
        assert!(portal.holding(&token).await.is_some(), "a refusal ends nothing");
        assert_eq!(refused(switch(portal, &anybody(), PlaceId::Business).await), ErrorCode::Unauthenticated);
    })
    .await;
}

#[tokio::test]
async fn two_browsers_act_for_two_companies_at_once_and_tell_which() {
    both(async |portal| {
        let two = two(portal).await;
        let (one, at_bau) = marta_at(portal, BAU_SLUG).await;
        let (other, _) = marta_at(portal, OTHER).await;
        for _ in 0..3 {
            portal.clock.advance(2 * MINUTE);
            assert_eq!(company(&portal.holding(&one).await.unwrap()), two.bau.company);
            assert_eq!(company(&portal.holding(&other).await.unwrap()), two.other);
        }
        let list = sessions::list(&portal.center, &at_bau).await.unwrap();
        let mut places: Vec<&str> = list.iter().map(|row| row.acts_for.as_str()).collect();
        places.sort_unstable();
        // The first one is that of the set-up.
        assert_eq!(places, [OTHER, "Bau-Partner GmbH", "Bau-Partner GmbH"]);
        assert_eq!(list.iter().find(|row| row.current).unwrap().acts_for, "Bau-Partner GmbH");
    })
    .await;
}

#[tokio::test]
async fn an_open_list_hears_no_more_once_its_browser_has_switched() {
    both(async |portal| {
        let two = two(portal).await;
        let (_, actor) = marta_at(portal, BAU_SLUG).await;
        portal.clock.advance(2 * MINUTE);
        let mut listener = listen(&portal.center, &actor, None).await.unwrap();
        switch(portal, &actor, PlaceId::Company(two.other)).await.unwrap();
        look(&portal.center).await.unwrap();
        assert_eq!(listener.next(&portal.center).await, Told::Over);
    })
    .await;
}

#[tokio::test]
async fn who_is_deactivated_in_one_company_goes_on_in_the_other() {
    both(async |portal| {
        let two = two(portal).await;
        let (_, at_other) = marta_at(portal, OTHER).await;
        let (here, at_bau) = marta_at(portal, BAU_SLUG).await;
        let (there, _) = marta_at(portal, OTHER).await;
        // A link about the login itself waits in the mailbox.
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        let link = one(&portal.settled_mails().await, "password_reset").token();
        users::deactivate(&portal.center, &two.boss, two.bau.marta).await.unwrap();

        assert!(portal.holding(&there).await.is_none());
        assert!(portal.holding(&here).await.is_some());
        assert_eq!(offered(portal, &at_bau).await, [("Bau-Partner GmbH".to_owned(), true)]);
        assert_eq!(
            refused(switch(portal, &at_other, PlaceId::Company(two.bau.company)).await),
            ErrorCode::Unauthenticated
        );
        let again = accounts::sign_in(&portal.center, &anybody(), MARTA, PASSWORD, OTHER).await;
        assert_eq!(refused(again.map(|_| ())), ErrorCode::Deactivated);
        assert_eq!(company(&portal.enter(MARTA).await), two.bau.company);
        assert!(
            accounts::links::inspect(&portal.center, &link).await.unwrap().is_some(),
            "it is the login's"
        );
        assert_eq!(addressed(&portal.mails().await), [("deactivated", MARTA)]);
    })
    .await;
}

#[tokio::test]
async fn who_is_deactivated_everywhere_has_no_link_any_more() {
    both(async |portal| {
        let two = two(portal).await;
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        let link = one(&portal.settled_mails().await, "password_reset").token();
        portal.person(two.bau.company, "Vera", "vera@bau-partner.example", &[Role::MainContact]).await;
        let vera = portal.enter("vera@bau-partner.example").await;
        users::deactivate(&portal.center, &vera, two.bau.marta).await.unwrap();
        assert!(accounts::links::inspect(&portal.center, &link).await.unwrap().is_some());
        users::deactivate(&portal.center, &two.boss, two.bau.marta).await.unwrap();
        assert!(accounts::links::inspect(&portal.center, &link).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn each_company_has_its_own_language_for_pages_and_mails() {
    both(async |portal| {
        let two = two(portal).await;
        let (here, _) = marta_at(portal, BAU_SLUG).await;
        let (there, at_other) = marta_at(portal, OTHER).await;
        accounts::choose_language(&portal.center, &at_other, Locale::De).await.unwrap();
        assert_eq!(who(&portal.holding(&there).await.unwrap()).locale, Locale::De);
        let at_bau = portal.holding(&here).await.unwrap();
        assert_eq!(who(&at_bau).locale, Locale::En);
        // The profile does the same.
        let form = accounts::profile_form(&portal.center, &at_bau).await.unwrap();
        assert_eq!(form.locale, Locale::En);

        users::deactivate(&portal.center, &two.boss, two.bau.marta).await.unwrap();
        let mails = portal.mails().await;
        assert!(one(&mails, "deactivated").text.contains("Guten Tag Marta Lind"), "{mails:?}");
        accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
        let mails = portal.settled_mails().await;
        assert!(one(&mails, "password_reset").text.contains("Hello Marta Lind"), "{mails:?}");

        let german = ProfileInput {
            salutation: "none".to_owned(),
            name: "Marta Lind".to_owned(),
            locale: "de".to_owned(),
            ..ProfileInput::default()
        };
        accounts::edit_profile(&portal.center, &at_bau, &german).await.unwrap();
        assert_eq!(who(&portal.holding(&here).await.unwrap()).locale, Locale::De);
        // The language of the login is another matter, and Bo's company is her only one.
        accounts::choose_language(&portal.center, &two.boss, Locale::De).await.unwrap();
        let sql = "SELECT count(*) AS n FROM users WHERE locale = 'de'";
        assert_eq!(portal.count(sql, vec![]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_company_changes_neither_name_nor_address_of_a_login_that_opens_others() {
    both(async |portal| {
        let two = two(portal).await;
        let marta = two.bau.marta;
        let version = users::get(&portal.center, &two.boss, marta).await.unwrap().version;
        let edit = async |name: &str, email: &str, roles: &[Role]| {
            users::edit(&portal.center, &two.boss, marta, version, &input(name, email, roles)).await
        };
        // By an address of his own, the main contact of the one would get into the other.
        let found = issues(edit("Somebody Else", "evil@other.example", &[Role::Viewer]).await);
        assert_eq!(
            found,
            [("name".to_owned(), FieldIssue::OnlyTheUser), ("email".to_owned(), FieldIssue::OnlyTheUser)]
        );
        // Not even before the invitation was accepted.
        let sql = "UPDATE members SET accepted_at = NULL WHERE company_id = $1 AND user_id = $2";
        portal.execute(sql, vec![two.other.into(), marta.into()]).await;
        assert_eq!(
            issue(edit("Marta Lind", "evil@other.example", &[Role::Viewer]).await).1,
            FieldIssue::OnlyTheUser
        );
        assert!(portal.mails().await.is_empty());
        edit("Marta Lind", MARTA, &[Role::Buyer]).await.unwrap();
        let sql = "SELECT count(*) AS n FROM users WHERE name = 'Marta Lind' AND email = $1";
        assert_eq!(portal.count(sql, vec![MARTA.into()]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn password_and_address_are_those_of_the_login_everywhere() {
    both(async |portal| {
        two(portal).await;
        let (_, at_bau) = marta_at(portal, BAU_SLUG).await;
        let (there, _) = marta_at(portal, OTHER).await;
        let changed =
            accounts::change_password(&portal.center, &at_bau, PASSWORD, NEW_PASSWORD, NEW_PASSWORD).await;
        assert!(portal.holding(&changed.unwrap().text()).await.is_some());
        assert!(portal.holding(&there).await.is_none());
        let entered = accounts::sign_in(&portal.center, &anybody(), MARTA, NEW_PASSWORD, OTHER).await;
        assert!(entered.is_ok());
    })
    .await;
}

#[tokio::test]
async fn my_activity_shows_the_company_acted_for_and_what_concerns_the_login() {
    both(async |portal| {
        let two = two(portal).await;
        let sql = "UPDATE member_roles SET role = 'main_contact' WHERE company_id = $1 AND user_id = $2";
        portal.execute(sql, vec![two.other.into(), two.bau.marta.into()]).await;
        let (_, at_bau) = marta_at(portal, BAU_SLUG).await;
        let (_, at_other) = marta_at(portal, OTHER).await;
        let form = input("Nora Neu", "nora@other.example", &[Role::Buyer]);
        users::request(&portal.center, &at_other, &form).await.unwrap();
        let told = async |actor: &Actor| {
            let page = activity::mine(&portal.center, actor, None, None).await.unwrap();
            let keys = page.rows.iter().map(|row| row.event.unwrap().key()).collect::<Vec<_>>();
            assert_eq!(usize::try_from(page.total.n).unwrap(), keys.len());
            keys
        };
        assert_eq!(told(&at_other).await.iter().filter(|key| **key == "user_created").count(), 1);
        let here = told(&at_bau).await;
        assert!(!here.contains(&"user_created"), "{here:?}");
        assert_eq!(here.iter().filter(|key| **key == "authn_login_success").count(), 3, "{here:?}");
    })
    .await;
}

#[tokio::test]
async fn a_refused_form_comes_back_only_to_the_company_that_it_was_filled_in_for() {
    both(async |portal| {
        let two = two(portal).await;
        let (_, at_bau) = marta_at(portal, BAU_SLUG).await;
        let owner = Token::new(&SystemEntropy);
        let values = vec![("name".to_owned(), "Nora Neu".to_owned())];
        let draft = Draft::new("/api/users/request", values, AppError::new(ErrorCode::Invalid));
        let id = drafts::save(&portal.center, &Whose::of(&at_bau), &owner, &draft).await.unwrap();
        let loads =
            async |actor: &Actor| drafts::load(&portal.center, actor, &owner, id).await.unwrap().is_some();
        assert!(loads(&at_bau).await);
        let there = switch(portal, &at_bau, PlaceId::Company(two.other)).await.unwrap();
        let there = portal.holding(&there).await.unwrap();
        assert!(!loads(&there).await);
        assert!(!loads(&two.boss).await && !loads(&anybody()).await);
        // It waits meanwhile.
        let back = switch(portal, &there, PlaceId::Company(two.bau.company)).await.unwrap();
        assert!(loads(&portal.holding(&back).await.unwrap()).await);
    })
    .await;
}

#[tokio::test]
async fn a_business_user_of_a_company_too_switches_between_both() {
    both(async |portal| {
        let bau = portal.bau().await;
        let rita = portal.business_user(RITA).await;
        portal.joins(rita, bau.company, &[Role::Buyer]).await;
        let actor = portal.enter(RITA).await;
        let other = match who(&actor).place_id() {
            PlaceId::Business => PlaceId::Company(bau.company),
            PlaceId::Company(_) => PlaceId::Business,
        };
        let token = switch(portal, &actor, other).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        assert_eq!(who(&actor).place_id(), other);
        let token = switch(portal, &actor, PlaceId::Business).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        assert!(matches!(&who(&actor).place, Place::Business { customer_name, .. } if customer_name == "Solo Handel"));
        assert_eq!(
            offered(portal, &actor).await,
            [("Bau-Partner GmbH".to_owned(), false), ("Solo Handel".to_owned(), true)]
        );
        // The language without a company is the login's; the company keeps what it had.
        accounts::choose_language(&portal.center, &actor, Locale::De).await.unwrap();
        let token = switch(portal, &portal.holding(&token).await.unwrap(), PlaceId::Company(bau.company)).await;
        assert_eq!(who(&portal.holding(&token.unwrap()).await.unwrap()).locale, Locale::En);
    })
    .await;
}
