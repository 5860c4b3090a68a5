//! *My profile*: name, language, time zone and the mails that a person may do without.

use center::store::Value;
use center::{accounts, users};
use model::{ErrorCode, FieldIssue, Locale, Notice, ProfileInput, Role, UsersQuery};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

fn form(name: &str) -> ProfileInput {
    ProfileInput {
        salutation: "none".to_owned(),
        name: name.to_owned(),
        locale: "en".to_owned(),
        time_zone: String::new(),
        notices: Notice::ALL.map(|notice| notice.key().to_owned()).to_vec(),
        shortcuts: "true".to_owned(),
    }
}

#[tokio::test]
async fn what_is_saved_counts_with_the_next_request() {
    both(async |portal| {
        let bau = portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let marta = portal.holding(&token).await.unwrap();
        let page = accounts::profile_form(&portal.center, &marta).await.unwrap();
        assert_eq!((page.locale, page.time_zone.as_str()), (Locale::En, ""));
        assert_eq!(page.usual_zone, "Europe/Berlin (UTC+01:00)");
        assert!(page.zones.iter().any(|zone| zone.name == "Asia/Tokyo"));
        assert!(page.zones.len() < 80);
        let offered: Vec<_> = page.notices.iter().map(|choice| (choice.notice, choice.wanted)).collect();
        assert_eq!(offered, Notice::ALL.map(|notice| (notice, true)));

        let input = ProfileInput {
            salutation: "ms".to_owned(),
            locale: "de".to_owned(),
            time_zone: "asia/tokyo".to_owned(),
            notices: Vec::new(),
            ..form("  Márta   Lind-Özgür ")
        };
        accounts::edit_profile(&portal.center, &marta, &input).await.unwrap();
        let marta = portal.holding(&token).await.unwrap();
        assert_eq!((who(&marta).name.as_str(), who(&marta).locale), ("Márta Lind-Özgür", Locale::De));
        // Pages are in this language, whatever the browser asked for.
        assert_eq!(marta.client().locale, Locale::De);
        assert_eq!(who(&marta).time_zone.as_deref(), Some("Asia/Tokyo"));
        let page = accounts::profile_form(&portal.center, &marta).await.unwrap();
        assert_eq!((page.time_zone.as_str(), page.locale), ("Asia/Tokyo", Locale::De));
        assert_eq!(page.profile.salutation, model::Salutation::Ms);
        assert!(page.notices.iter().all(|choice| !choice.wanted));
        // It is 22:26 in UTC: the next morning in Tokyo.
        assert_eq!(page.profile.password_changed, "heute, 07:26");
        let query = UsersQuery { q: "ozgur".into(), ..UsersQuery::default() };
        let listed = users::list(&portal.center, &marta, &query);
        let listed = listed.await.unwrap().users.rows;
        assert_eq!(
            (listed[0].name.as_str(), listed[0].last_seen.as_str()),
            ("Márta Lind-Özgür", "heute, 07:26")
        );

        let sql =
            "SELECT data FROM audit WHERE event = 'profile_updated' AND actor_id = $1 AND subject_id = $1
             AND company_id = $2";
        let rows = portal.rows(sql, vec![bau.marta.into(), bau.company.into()]).await;
        assert_eq!(rows.len(), 1);
        let data: serde_json::Value = serde_json::from_str(&rows[0].get::<String>("data").unwrap()).unwrap();
        assert_eq!(data["before"]["name"], "Marta Lind");
        assert_eq!(data["after"]["time_zone"], "Asia/Tokyo");
        assert_eq!(data["before"]["time_zone"], serde_json::Value::Null);
        assert_eq!(
            data["after"]["declined_notices"],
            serde_json::json!(["further_administrator", "access_requested"])
        );
        assert_eq!((&data["before"]["language"], &data["after"]["language"]), (&"en".into(), &"de".into()));
    })
    .await;
}

#[tokio::test]
async fn shortcuts_are_on_until_somebody_switches_them_off() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        for (sent, on) in [("true", true), ("", false), ("maybe", false), ("true", true)] {
            let marta = portal.holding(&token).await.unwrap();
            let input = ProfileInput { shortcuts: sent.to_owned(), ..form("Marta Lind") };
            accounts::edit_profile(&portal.center, &marta, &input).await.unwrap();
            let marta = portal.holding(&token).await.unwrap();
            assert_eq!(who(&marta).shortcuts, on);
            assert_eq!(accounts::profile_form(&portal.center, &marta).await.unwrap().shortcuts, on);
        }
        let rows =
            portal.rows("SELECT data FROM audit WHERE event = 'profile_updated' ORDER BY seq", vec![]).await;
        assert_eq!(rows.len(), 2, "what stays the same leaves no trace");
        let data: serde_json::Value = serde_json::from_str(&rows[0].get::<String>("data").unwrap()).unwrap();
        assert_eq!(
            (&data["before"]["shortcuts"], &data["after"]["shortcuts"]),
            (&true.into(), &false.into())
        );
    })
    .await;
}

#[tokio::test]
async fn saving_the_same_leaves_no_trace() {
    both(async |portal| {
        let bau = portal.bau().await;
        let before = portal.events().await.len();
        accounts::edit_profile(&portal.center, &bau.chief, &form(" Marta  Lind ")).await.unwrap();
        assert_eq!(portal.events().await.len(), before);
        let version = "SELECT version AS n FROM members WHERE user_id = $1";
        assert_eq!(portal.count(version, vec![bau.marta.into()]).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_written() {
    both(async |portal| {
        let bau = portal.bau().await;
        let before = portal.events().await;
        let edit =
            async |input: &ProfileInput| accounts::edit_profile(&portal.center, &bau.chief, input).await;
        let unknown = |field: &str| (field.to_owned(), FieldIssue::UnknownChoice);
        for zone in ["Mars/Olympus", "../../etc/passwd", "Europe/Berlin\n", "CET-1CEST", &"Z".repeat(9_000)] {
            let input = ProfileInput { time_zone: zone.to_owned(), ..form("Marta Lind") };
            assert_eq!(issue(edit(&input).await), unknown("time_zone"));
        }
        assert_eq!(issue(edit(&form("")).await), ("name".to_owned(), FieldIssue::Required));
        assert_eq!(issue(edit(&form("a\nb")).await), ("name".to_owned(), FieldIssue::NotOneLine));
        let long = form(&"ä".repeat(51));
        assert_eq!(issue(edit(&long).await), ("name".to_owned(), FieldIssue::TooLong { max: 50 }));
        let tongue = ProfileInput { locale: "fr".to_owned(), ..form("Marta Lind") };
        assert_eq!(issue(edit(&tongue).await), unknown("locale"));
        let notice = ProfileInput { notices: vec!["spam".to_owned()], ..form("Marta Lind") };
        assert_eq!(issue(edit(&notice).await), unknown("notices"));
        let nobody = accounts::edit_profile(&portal.center, &anybody(), &form("X")).await;
        assert_eq!(refused(nobody), ErrorCode::Unauthenticated);
        assert_eq!(
            refused(accounts::profile_form(&portal.center, &anybody()).await),
            ErrorCode::Unauthenticated
        );
        assert_eq!(portal.events().await, before);
    })
    .await;
}

#[tokio::test]
async fn a_profile_saved_in_between_is_not_overwritten_by_the_company() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let actor = portal.enter(KIM).await;
        let version = users::get(&portal.center, &bau.chief, kim).await.unwrap().version;
        accounts::edit_profile(&portal.center, &actor, &form("Kim Brand")).await.unwrap();
        let late =
            users::edit(&portal.center, &bau.chief, kim, version, &input("Kim", KIM, &[Role::Viewer])).await;
        assert_eq!(refused(late), ErrorCode::Conflict);
        let shown = users::get(&portal.center, &bau.chief, kim).await.unwrap();
        assert_eq!(shown.row.name, "Kim Brand");
        assert_eq!(shown.row.roles, [Role::Buyer]);
    })
    .await;
}

#[tokio::test]
async fn notices_are_offered_to_those_who_get_them_and_nobody_else_chooses() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        portal.business_user(RITA).await;
        let rows = async || portal.count("SELECT count(*) AS n FROM declined_notices", vec![]).await;
        for email in [KIM, RITA] {
            let actor = portal.enter(email).await;
            let page = accounts::profile_form(&portal.center, &actor).await.unwrap();
            assert_eq!(page.notices, []);
            let input = ProfileInput { notices: Vec::new(), ..form("Somebody") };
            accounts::edit_profile(&portal.center, &actor, &input).await.unwrap();
            assert_eq!(rows().await, 0);
        }
        // What was declined in another role stays declined.
        let declined: Vec<Value> = vec![kim.into(), Notice::FurtherAdministrator.key().into()];
        portal.execute("INSERT INTO declined_notices (user_id, notice) VALUES ($1, $2)", declined).await;
        let actor = portal.enter(KIM).await;
        accounts::edit_profile(&portal.center, &actor, &form("Kim B.")).await.unwrap();
        assert_eq!(rows().await, 1);
        let input = ProfileInput { notices: Vec::new(), ..form("Marta Lind") };
        accounts::edit_profile(&portal.center, &bau.chief, &input).await.unwrap();
        assert_eq!(rows().await, 3);
        let input =
            ProfileInput { notices: vec![Notice::AccessRequested.key().to_owned()], ..form("Marta Lind") };
        accounts::edit_profile(&portal.center, &bau.chief, &input).await.unwrap();
        assert_eq!(rows().await, 2);
        accounts::edit_profile(&portal.center, &bau.chief, &form("Marta Lind")).await.unwrap();
        assert_eq!(rows().await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_language_switch_of_a_page_is_kept_for_who_is_signed_in() {
    both(async |portal| {
        portal.bau().await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let marta = portal.holding(&token).await.unwrap();
        let before = portal.events().await.len();
        accounts::choose_language(&portal.center, &marta, Locale::En).await.unwrap();
        accounts::choose_language(&portal.center, &anybody(), Locale::De).await.unwrap();
        assert_eq!(portal.events().await.len(), before);
        accounts::choose_language(&portal.center, &marta, Locale::De).await.unwrap();
        assert_eq!(portal.events().await.split_off(before), ["profile_updated"]);
        assert_eq!(who(&portal.holding(&token).await.unwrap()).locale, Locale::De);
    })
    .await;
}

#[tokio::test]
async fn an_accepted_invitation_takes_the_language_that_it_was_read_in() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ines = input("Ines", "ines@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &ines).await.unwrap();
        let link = one(&portal.mails().await, "account_created").token();
        let center::access::Actor::Anonymous(mut client) = anybody() else { panic!() };
        client.locale = Locale::De;
        let reader = center::access::Actor::Anonymous(client);
        accounts::set_password(&portal.center, &reader, &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();
        let token = portal.sign_in(&anybody(), "ines@bau-partner.example", NEW_PASSWORD).await.unwrap();
        assert_eq!(who(&portal.holding(&token).await.unwrap()).locale, Locale::De);
    })
    .await;
}
