//! The lists of *Users management*: shop users, ERP contacts, invitations.

use center::access::Actor;
use center::store::Value;
use center::users;
use model::{ContactsBlock, Role, SortKey, UserId, UserRow, UserStatus, UsersPage, UsersQuery};

use crate::support::*;

async fn page(portal: &Portal, actor: &Actor, query: &UsersQuery) -> UsersPage {
    users::list(&portal.center, actor, query).await.unwrap()
}

async fn names(portal: &Portal, actor: &Actor, query: &UsersQuery) -> Vec<String> {
    let page = page(portal, actor, query).await;
    assert_eq!(page.users.total.n as usize, page.users.rows.len());
    page.users.rows.into_iter().map(|row| row.name).collect()
}

fn search(q: &str) -> UsersQuery {
    UsersQuery { q: q.to_owned(), ..UsersQuery::default() }
}

#[tokio::test]
async fn a_search_finds_names_addresses_and_contact_numbers() {
    both(async |portal| {
        let bau = portal.bau().await;
        for (name, email) in [
            ("Zoë Özgür", "zoe@bau-partner.example"),
            ("Zoe Strauß", "z.strauss@bau-partner.example"),
            ("100% Bau_Team", "team@bau-partner.example"),
            ("100 Bau Team", "b_u@bau-partner.example"),
            (r"Back\slash", "back@bau-partner.example"),
        ] {
            portal.person(bau.company, name, email, &[Role::Viewer]).await;
        }
        let found = async |q| names(portal, &bau.chief, &search(q)).await;
        // Accents and case matter on neither side.
        assert_eq!(found("zoe").await, ["Zoë Özgür", "Zoe Strauß"]);
        assert_eq!(found("ZOË").await, ["Zoë Özgür", "Zoe Strauß"]);
        assert_eq!(found("strauss").await, ["Zoe Strauß"]);
        assert_eq!(found("ozgur").await, ["Zoë Özgür"]);
        // Signs with a meaning to the database are plain signs.
        assert_eq!(found("%").await, ["100% Bau_Team"]);
        assert_eq!(found("u_t").await, ["100% Bau_Team"]);
        assert_eq!(found("b_u@").await, ["100 Bau Team"]);
        assert_eq!(found("\\").await, [r"Back\slash"]);
        assert_eq!(found("' OR '1'='1").await, [""; 0]);
        // Addresses from each of their words on, numbers from their beginning.
        assert_eq!(found("Z.Strauss@").await, ["Zoe Strauß"]);
        assert_eq!(found("strauss@bau-p").await, ["Zoe Strauß"]);
        assert_eq!(found("bau-partner.example").await.len(), 6);
        assert_eq!(found("kt 1").await, ["Marta Lind"]);
        assert_eq!(found("kt1").await, ["Marta Lind"]);
        // What begins words goes before what stands within them.
        assert_eq!(found("trau").await, ["Zoe Strauß"]);
        assert_eq!(found("arta.l").await, ["Marta Lind"]);
        assert_eq!(found("eam").await, ["100 Bau Team", "100% Bau_Team"]);
        assert_eq!(found("KT-12").await, [""; 0]);
        assert_eq!(found("nobody").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_large_company_is_searched_without_reading_all_of_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let mut tx = portal.center.db().write().await.unwrap();
        for i in 0..5_000 {
            let id = UserId(portal.center.new_id());
            let (name, email) = (format!("Lena Moser {i:04}"), format!("lena{i:04}@bau-partner.example"));
            tx.execute(
                "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, 'none', $3, 'en', 1)",
                vec![id.into(), email.clone().into(), name.clone().into()],
            )
            .await
            .unwrap();
            tx.execute(
                "INSERT INTO members (company_id, user_id, name, name_key, email, created_at) VALUES ($1, $2, $3, $4, $5, 1)",
                vec![bau.company.into(), id.into(), name.clone().into(), name.to_lowercase().into(), email.into()],
            )
            .await
            .unwrap();
            tx.execute(
                "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, 'buyer')",
                vec![bau.company.into(), id.into()],
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let found = async |q| names(portal, &bau.chief, &search(q)).await;
        assert_eq!(found("lena moser 0007").await, ["Lena Moser 0007"]);
        assert_eq!(found("moser 0007").await, ["Lena Moser 0007"]);
        // After its first word a text goes on with whole ones.
        assert_eq!(found("ena moser 0007").await, ["Lena Moser 0007"]);
        assert_eq!(found("ena0007@bau").await, [""; 0], "everybody has the rest of it");
        assert_eq!(found("arta lind").await, ["Marta Lind"]);
        assert_eq!(found("rta.lind@").await, ["Marta Lind"]);
        assert_eq!(found("lena moser 7").await, [""; 0]);
        // Numbers are found without their signs when they are whole.
        assert_eq!(found("kt1").await, ["Marta Lind"]);
        assert_eq!(found("KT 1").await, ["Marta Lind"]);
        assert_eq!(found("oser").await, [""; 0]);
        assert_eq!(found("%").await, [""; 0]);
        let query = UsersQuery { status: Some(UserStatus::Active), ..search("arta lind") };
        assert_eq!(names(portal, &bau.chief, &query).await, ["Marta Lind"]);
        let query = UsersQuery { role: Some(Role::Buyer.into()), ..search("arta lind") };
        assert_eq!(names(portal, &bau.chief, &query).await, [""; 0]);
        // Somebody fewer, and all of them are read.
        portal.execute("DELETE FROM member_roles WHERE user_id IN (SELECT user_id FROM members WHERE name = 'Lena Moser 0000')", vec![]).await;
        portal.execute("DELETE FROM members WHERE name = 'Lena Moser 0000'", vec![]).await;
        portal.execute("DELETE FROM users WHERE name = 'Lena Moser 0000'", vec![]).await;
        assert_eq!(found("ser 0007").await, ["Lena Moser 0007"]);
        assert_eq!(found("arta").await, ["Marta Lind"]);
    })
    .await;
}

/// A company with one person of each status; each is called by it.
async fn everybody(portal: &Portal) -> Bau {
    let bau = portal.bau().await;
    for (name, set) in [
        ("Invited", "UPDATE members SET accepted_at = NULL, invitation_ends_at = $2 WHERE user_id = $1"),
        ("Expired", "UPDATE members SET accepted_at = NULL, invitation_ends_at = $2 - 1 WHERE user_id = $1"),
        ("Deactivated", "UPDATE members SET deactivated_at = $2 WHERE user_id = $1"),
        ("Revoked", "UPDATE members SET accepted_at = NULL, deactivated_at = $2 WHERE user_id = $1"),
        ("Locked", "UPDATE members SET locked_until = $2 WHERE user_id = $1"),
    ] {
        let email = format!("{}@bau-partner.example", name.to_lowercase());
        let user = portal.person(bau.company, name, &email, &[Role::Buyer, Role::Viewer]).await;
        portal.execute(set, vec![user.into(), (portal.center.now() + 1).into()]).await;
    }
    // Waits in the outbox: has not ended, because it has not begun.
    let user = portal.person(bau.company, "Waiting", "waiting@bau-partner.example", &[Role::Approver]).await;
    portal.execute("UPDATE members SET accepted_at = NULL WHERE user_id = $1", vec![user.into()]).await;
    bau
}

#[tokio::test]
async fn filters_show_those_of_the_status_and_role() {
    both(async |portal| {
        let bau = everybody(portal).await;
        let with = async |status| {
            let query = UsersQuery { status: Some(status), ..UsersQuery::default() };
            let page = page(portal, &bau.chief, &query).await;
            assert!(page.users.rows.iter().all(|row| row.status == status));
            page.users.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(with(UserStatus::Active).await, ["Marta Lind"]);
        assert_eq!(with(UserStatus::Invited).await, ["Invited", "Waiting"]);
        assert_eq!(with(UserStatus::InvitationExpired).await, ["Expired"]);
        assert_eq!(with(UserStatus::Deactivated).await, ["Deactivated", "Revoked"]);
        assert_eq!(with(UserStatus::Locked).await, ["Locked"]);
        let mut all = 0;
        for status in UserStatus::ALL {
            all += with(status).await.len();
        }
        assert_eq!(all, 7, "everybody has one status");

        let of = async |role| {
            names(portal, &bau.chief, &UsersQuery { role: Some(role), ..UsersQuery::default() }).await
        };
        assert_eq!(of(Role::MainContact.into()).await, ["Marta Lind"]);
        assert_eq!(of(Role::Approver.into()).await, ["Waiting"]);
        assert_eq!(of(Role::Buyer.into()).await, ["Deactivated", "Expired", "Invited", "Locked", "Revoked"]);
        assert_eq!(of(Role::Accountant.into()).await, [""; 0]);
        let both = UsersQuery {
            q: "in".into(),
            status: Some(UserStatus::Invited),
            role: Some(Role::Approver.into()),
            ..UsersQuery::default()
        };
        assert_eq!(names(portal, &bau.chief, &both).await, ["Waiting"]);
        let counts = page(portal, &bau.chief, &UsersQuery::default()).await.counts;
        assert_eq!((counts.all.n, counts.active.n, counts.invitations.n, counts.contacts), (7, 2, 3, 2));
    })
    .await;
}

/// A company of sixty with names, addresses and times in different orders, some alike.
async fn sixty(portal: &Portal) -> Bau {
    let bau = portal.bau().await;
    for i in 0..59_i64 {
        let email = format!("p{:02}@bau-partner.example", (i * 23) % 59);
        let user = portal.person(bau.company, &format!("Person {}", i % 20), &email, &[Role::Buyer]).await;
        portal
            .execute(
                "UPDATE members SET last_seen_at = $2 WHERE user_id = $1",
                vec![user.into(), ((i * 7) % 10).into()],
            )
            .await;
    }
    bau
}

#[tokio::test]
async fn pages_forwards_and_backwards_lose_and_double_nobody() {
    both(async |portal| {
        let bau = sixty(portal).await;
        for sort in SortKey::ALL {
            for descending in [false, true] {
                let mut query = UsersQuery { sort, descending, ..UsersQuery::default() };
                let mut forwards: Vec<Vec<UserRow>> = Vec::new();
                loop {
                    let page = page(portal, &bau.chief, &query).await;
                    assert_eq!((page.users.total.n, page.users.total.more), (60, false));
                    assert_eq!(page.users.before.is_some(), !forwards.is_empty());
                    forwards.push(page.users.rows);
                    query.after = page.users.after;
                    if query.after.is_none() {
                        break;
                    }
                }
                assert_eq!(forwards.iter().map(Vec::len).collect::<Vec<_>>(), [25, 25, 10]);
                let all: Vec<&UserRow> = forwards.iter().flatten().collect();
                let mut ids: Vec<UserId> = all.iter().map(|row| row.id).collect();
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), 60);
                let keys: Vec<String> = all
                    .iter()
                    .map(|row| match sort {
                        SortKey::Name => users::name_key(&row.name),
                        _ => row.email.clone(),
                    })
                    .collect();
                if sort != SortKey::LastSeen {
                    let sorted = if descending { keys.is_sorted_by(|a, b| a >= b) } else { keys.is_sorted() };
                    assert!(sorted, "{sort:?} {descending} {keys:?}");
                }

                // Back from the last page, the same pages come.
                let mut query = UsersQuery { sort, descending, ..UsersQuery::default() };
                query.before = Some(forwards[2][0].id.to_string());
                let middle = page(portal, &bau.chief, &query).await.users;
                assert_eq!(middle.rows, forwards[1]);
                assert!(middle.after.is_some());
                query.before = middle.before;
                let first = page(portal, &bau.chief, &query).await.users;
                assert_eq!(first.rows, forwards[0]);
                assert_eq!(first.before, None);
                assert_eq!(first.after, Some(forwards[0][24].id.to_string()));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn last_seen_sorts_by_time() {
    both(async |portal| {
        let bau = sixty(portal).await;
        let query = UsersQuery { sort: SortKey::LastSeen, descending: true, ..UsersQuery::default() };
        let rows = page(portal, &bau.chief, &query).await.users.rows;
        assert!(rows[0].you && rows[0].last_seen.starts_with("today"));
        let mut times = Vec::new();
        for row in &rows {
            let sql = "SELECT last_seen_at AS n FROM members WHERE user_id = $1";
            times.push(portal.count(sql, vec![row.id.into()]).await);
        }
        assert!(times.is_sorted_by(|a, b| a >= b), "{times:?}");
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_search_stay_within_it() {
    both(async |portal| {
        let bau = sixty(portal).await;
        let mut query = search("person 1");
        let mut found = 0;
        loop {
            let page = page(portal, &bau.chief, &query).await.users;
            assert!(page.rows.iter().all(|row| row.name.starts_with("Person 1")));
            assert_eq!(page.total.n, 32);
            found += page.rows.len();
            query.after = page.after;
            if query.after.is_none() {
                break;
            }
        }
        assert_eq!(found, 32);
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_members_keeps_their_words() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand-Kern", "kim@bau-partner.example", &[Role::Buyer]).await;
        let found = async |q| names(portal, &bau.chief, &search(q)).await;
        assert_eq!(found("brand k").await, ["Kim Brand-Kern"]);
        portal
            .execute("UPDATE members SET name_key = 'kim stein' WHERE user_id = $1", vec![kim.into()])
            .await;
        assert_eq!(found("brand").await, [""; 0]);
        assert_eq!(found("stein").await, ["Kim Brand-Kern"]);
        let sql = "UPDATE members SET email = 'k.stein@bau-partner.example', contact_number = 'X-77' WHERE user_id = $1";
        portal.execute(sql, vec![kim.into()]).await;
        assert_eq!(found("kim@b").await, [""; 0]);
        assert_eq!(found("k.st").await, ["Kim Brand-Kern"]);
        assert_eq!(found("x-7").await, ["Kim Brand-Kern"]);
        let sql = "UPDATE users SET email = 'k.stein@bau-partner.example' WHERE id = $1";
        portal.execute(sql, vec![kim.into()]).await;
    })
    .await;
}

#[tokio::test]
async fn many_with_the_same_word_are_found_in_order() {
    both(async |portal| {
        let bau = portal.bau().await;
        // The Zoes are many and stand together at the end; the Kerns are everywhere.
        for i in 0..1_200_i64 {
            let first = if i < 100 { "Anna" } else { "Zoe" };
            let (name, email) = (format!("{first} Kern {i:04}"), format!("p{i:04}@bau-partner.example"));
            let user = UserId(portal.center.new_id());
            portal
                .execute(
                    "INSERT INTO users (id, email, salutation, name, locale, password_hash, created_at)
                     VALUES ($1, $2, 'none', $3, 'en', '$argon2id$', 1)",
                    vec![user.into(), email.as_str().into(), name.as_str().into()],
                )
                .await;
            portal
                .execute(
                    "INSERT INTO members (company_id, user_id, name, name_key, email, accepted_at, last_seen_at, created_at)
                     VALUES ($1, $2, $3, $4, $5, 1, $6, 1)",
                    vec![
                        bau.company.into(),
                        user.into(),
                        name.as_str().into(),
                        name.to_lowercase().into(),
                        email.as_str().into(),
                        (1_200 - i).into(),
                    ],
                )
                .await;
            let sql = "INSERT INTO member_roles (company_id, user_id, role) VALUES ($1, $2, $3)";
            let role = if i % 100 == 0 { Role::Approver } else { Role::Buyer };
            portal.execute(sql, vec![bau.company.into(), user.into(), role.into()]).await;
        }
        let asked = async |query: UsersQuery| {
            let found = page(portal, &bau.chief, &query).await.users;
            let names: Vec<_> = found.rows.iter().map(|row| row.name.clone()).collect();
            (names, found.total.to_string(), found.after)
        };
        let (names, total, after) = asked(search("zoe")).await;
        assert_eq!((names[0].as_str(), names[24].as_str()), ("Zoe Kern 0100", "Zoe Kern 0124"));
        assert_eq!((names.len(), total.as_str()), (25, "1000+"));
        let (names, ..) = asked(UsersQuery { after, ..search("zoe") }).await;
        assert_eq!(names[0], "Zoe Kern 0125");
        let (names, total, _) = asked(search("kern")).await;
        assert_eq!((names[0].as_str(), total.as_str()), ("Anna Kern 0000", "1000+"));
        let by_seen = UsersQuery { sort: SortKey::LastSeen, ..search("zoe") };
        assert_eq!(asked(by_seen.clone()).await.0[0], "Zoe Kern 1199");
        assert_eq!(asked(UsersQuery { descending: true, ..by_seen }).await.0[0], "Zoe Kern 0100");
        let approvers = UsersQuery { role: Some(Role::Approver.into()), ..search("zoe") };
        let (names, total, _) = asked(approvers).await;
        assert_eq!((names.len(), names[0].as_str(), total.as_str()), (11, "Zoe Kern 0100", "11"));
        let (names, total, _) = asked(search("anna")).await;
        assert_eq!((names.len(), names[24].as_str(), total.as_str()), (25, "Anna Kern 0024", "100"));
        let role = |role: Role| UsersQuery { role: Some(role.into()), ..UsersQuery::default() };
        assert_eq!(asked(role(Role::Approver)).await.1, "12");
        assert_eq!(asked(role(Role::Buyer)).await.1, "1000+");
    })
    .await;
}

#[tokio::test]
async fn words_that_lead_to_the_wrong_people_are_told() {
    both(async |portal| {
        let bau = portal.bau().await;
        let wrong = "UPDATE member_words SET word = 'somebody' WHERE user_id = $1 AND word LIKE 'lind marta%'";
        assert_eq!(portal.execute(wrong, vec![bau.marta.into()]).await, 1);
        let told = portal.breaches().await;
        assert_eq!(told, ["2 words by which members are found are missing or wrong"]);
        let right = "DELETE FROM member_words WHERE user_id = $1 AND word = 'somebody'";
        portal.execute(right, vec![bau.marta.into()]).await;
        let missing = "INSERT INTO member_words (company_id, word, name_key, user_id) SELECT company_id, word, name_key, user_id
             FROM words_of_members WHERE user_id = $1 AND word LIKE 'lind marta%'";
        portal.execute(missing, vec![bau.marta.into()]).await;
    })
    .await;
}

#[tokio::test]
async fn a_cursor_that_means_nothing_shows_the_first_page() {
    both(async |portal| {
        let bau = sixty(portal).await;
        let other = portal.company(SOLO).await;
        let foreign = portal.person(other, "Person 7", RITA, &[Role::MainContact]).await;
        let first = page(portal, &bau.chief, &UsersQuery::default()).await.users;
        for cursor in
            [foreign.to_string(), UserId(portal.center.new_id()).to_string(), "x' OR 1=1".to_owned()]
        {
            let after = UsersQuery { after: Some(cursor.clone()), ..UsersQuery::default() };
            assert_eq!(page(portal, &bau.chief, &after).await.users, first);
            let before = UsersQuery { before: Some(cursor), ..UsersQuery::default() };
            assert_eq!(page(portal, &bau.chief, &before).await.users, first);
        }
    })
    .await;
}

#[tokio::test]
async fn a_company_sees_its_own_people_alone() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        portal.business_user("paul.kern@solo.example").await;
        let rita = portal.enter(RITA).await;
        assert_eq!(names(portal, &bau.chief, &UsersQuery::default()).await, ["Marta Lind"]);
        assert_eq!(names(portal, &rita, &UsersQuery::default()).await, ["Rita Kern"]);
        assert_eq!(names(portal, &rita, &search("marta")).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn contacts_who_are_users_already_are_not_listed() {
    both(async |portal| {
        let bau = portal.bau().await;
        let listed = async || match users::contacts(&portal.center, &bau.chief).await.unwrap().list {
            ContactsBlock::Fresh(rows) => rows.into_iter().map(|row| row.contact_number).collect::<Vec<_>>(),
            block => panic!("{block:?}"),
        };
        // Marta stands under her contact.
        assert_eq!(listed().await, ["KT-2", "KT-3"]);
        // Who was requested with the contact's address is that contact, too.
        let form = input("Anna B.", "anna.berger@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        assert_eq!(listed().await, ["KT-3"]);
        let form = input("Zoë Özgür", "zoe@bau-partner.example", &[Role::Buyer]);
        users::add_contact(&portal.center, &bau.chief, "KT-3", &form).await.unwrap();
        assert_eq!(listed().await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn while_the_erp_is_down_its_contacts_are_shown_as_it_named_them_last() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.erp.set_down(true);
        // Nobody has looked at them yet.
        let down = users::contacts(&portal.center, &bau.chief).await.unwrap();
        assert_eq!((down.list, down.counts.contacts), (ContactsBlock::Unavailable, 0));
        portal.erp.set_down(false);
        let seen = users::contacts(&portal.center, &bau.chief).await.unwrap();
        assert_eq!(seen.counts.contacts, 2);
        portal.erp.set_down(true);
        portal.clock.advance(3 * MINUTE);
        let form = input("Anna B.", "anna.berger@bau-partner.example", &[Role::Buyer]);
        users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let stale = |block| match block {
            ContactsBlock::Stale { as_of, rows } => {
                (as_of, rows.into_iter().map(|row| row.contact_number).collect::<Vec<_>>())
            }
            block => panic!("{block:?}"),
        };
        let down = users::contacts(&portal.center, &bau.chief).await.unwrap();
        assert_eq!(down.counts.contacts, 1);
        let (as_of, rows) = stale(down.list);
        assert_eq!(rows, ["KT-3"]);
        let page = page(portal, &bau.chief, &UsersQuery::default()).await;
        assert_eq!(page.users.rows.len(), 2);
        assert_eq!(stale(page.contacts), (as_of.clone(), rows));
        portal.clock.advance(24 * HOUR);
        let (later, _) = stale(users::contacts(&portal.center, &bau.chief).await.unwrap().list);
        assert!(as_of.starts_with("today, ") && later.starts_with("yesterday, "), "{as_of} {later}");
        // Another company's are not taken for its own.
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let rita = portal.enter(RITA).await;
        let theirs = users::contacts(&portal.center, &rita).await.unwrap();
        assert_eq!(theirs.list, ContactsBlock::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn the_company_s_own_record_is_no_contact() {
    both_with(Variant { embedded: true, one_step: false }, async |portal| {
        let bau = portal.bau().await;
        let yes = || Value::Bool(true);
        let no = || Value::Bool(false);
        portal
            .execute(
                "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
                 VALUES ('1040200001', '10-4020-0001', 'Bau-Partner GmbH', 'EUR', 'en', $1)",
                vec![yes()],
            )
            .await;
        let sql = "INSERT INTO erp_contacts (customer_key, contact_key, contact_number, salutation, name, email, is_main, is_company)
             VALUES ('1040200001', $1, $1, 'none', $2, NULL, $3, $4)";
        portal.execute(sql, vec!["FIRMA".into(), "Bau-Partner GmbH".into(), no(), yes()]).await;
        portal.execute(sql, vec!["KT3".into(), "Zoë Özgür".into(), no(), no()]).await;
        portal.execute(sql, vec!["KT1".into(), "Marta Lind".into(), yes(), no()]).await;
        let list = users::contacts(&portal.center, &bau.chief).await.unwrap();
        let ContactsBlock::Fresh(rows) = list.list else { panic!() };
        assert_eq!(rows.iter().map(|r| r.contact_number.as_str()).collect::<Vec<_>>(), ["KT3"]);
        assert_eq!(list.counts.contacts, 1);
        let form = input("Bau-Partner GmbH", "office@bau-partner.example", &[Role::Buyer]);
        let added = users::add_contact(&portal.center, &bau.chief, "FIRMA", &form).await;
        assert_eq!(refused(added), model::ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn invitations_show_when_they_were_sent_and_end() {
    both(async |portal| {
        let bau = portal.bau().await;
        let form = input("Ines Moreau", "ines@bau-partner.example", &[Role::Buyer]);
        let user = users::request(&portal.center, &bau.chief, &form).await.unwrap();
        let row = async |actor| users::invitations(&portal.center, actor).await.unwrap().list.remove(0);
        let waiting = row(&bau.chief).await;
        assert_eq!((waiting.user, waiting.invited_by.as_str()), (user, "Marta Lind"));
        assert_eq!((waiting.sent.as_str(), waiting.expires.as_str(), waiting.expired), ("", "", false));
        portal.mails().await;
        let sent = row(&bau.chief).await;
        assert!(sent.sent.starts_with("today") && !sent.expires.is_empty() && !sent.expired);
        portal.clock.advance(3 * DAY);
        let chief = portal.enter(MARTA).await;
        assert!(row(&chief).await.expired);
    })
    .await;
}
