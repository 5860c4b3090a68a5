//! Roles that a company makes itself: making, changing and deleting them, what they allow, and where they
//! are given and shown.

use std::sync::Arc;

use center::access::{Actor, Place};
use center::activity::{Told, ToldRole};
use center::audit::Fact;
use center::users::{self, BulkInput, RowState, Work, roles};
use center::{Error, accounts};
use model::{
    ActivityQuery, ErrorCode, FieldIssue, Grants, OWN_ROLES_MAX, Permission, RightLoss, Role, RoleId,
    RoleInput, RoleLabel, RoleRef, Scope, UserId, UserInput, UsersQuery,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";
const VERA: &str = "vera@bau-partner.example";

fn role(name: &str, rights: &[&str]) -> RoleInput {
    RoleInput { name: name.to_owned(), rights: rights.iter().map(|right| (*right).to_owned()).collect() }
}

/// A form with own roles.
fn own(name: &str, email: &str, roles: &[RoleId]) -> UserInput {
    UserInput { roles: roles.iter().map(ToString::to_string).collect(), ..input(name, email, &[]) }
}

async fn made(portal: &Portal, actor: &Actor, name: &str, rights: &[&str]) -> RoleId {
    roles::create(&portal.center, actor, &role(name, rights)).await.unwrap()
}

async fn version(portal: &Portal, actor: &Actor, id: RoleId) -> i64 {
    roles::form(&portal.center, actor, &id.to_string(), "").await.unwrap().version
}

/// Edits the version that there is.
async fn edit(
    portal: &Portal,
    actor: &Actor,
    id: RoleId,
    form: &RoleInput,
    shown: &str,
) -> Result<(), Error> {
    let version = version(portal, actor, id).await;
    roles::edit(&portal.center, actor, id, version, form, shown).await
}

/// Gives these roles to a user, in place of all others.
async fn give(portal: &Portal, actor: &Actor, user: UserId, form: &UserInput) -> Result<(), Error> {
    let version = users::get(&portal.center, actor, user).await.unwrap().version;
    users::edit(&portal.center, actor, user, version, form).await.map(drop)
}

fn grants(actor: &Actor) -> Grants {
    let Place::Company(member) = &who(actor).place else { panic!("no member") };
    member.grants.clone()
}

/// What would be lost, and what confirms it.
fn losses(answer: Result<(), Error>) -> (Vec<RightLoss>, String) {
    match refused(answer) {
        ErrorCode::LossesUnconfirmed { losses, shown } => (losses.get().unwrap(), shown),
        other => panic!("{other:?}"),
    }
}

/// Somebody with exactly these rights, by a role made for it.
async fn with_rights(portal: &Portal, bau: &Bau, email: &str, rights: &[&str]) -> Actor {
    let id = made(portal, &bau.chief, &format!("Role of {email}"), rights).await;
    let user = portal.person(bau.company, "Somebody", email, &[Role::Viewer]).await;
    give(portal, &bau.chief, user, &own("Somebody", email, &[id])).await.unwrap();
    portal.enter(email).await
}

#[tokio::test]
async fn a_role_is_made_listed_changed_and_deleted() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id =
            made(portal, &bau.chief, "  Team   lead ", &["orders.view=company", "orders.place=own"]).await;
        let page = roles::form(&portal.center, &bau.chief, &id.to_string(), "").await.unwrap();
        assert_eq!(
            (page.own_name.as_str(), page.version, page.users, page.editable),
            ("Team lead", 1, 0, true)
        );
        assert_eq!(page.grants.keys(), ["orders.place=own", "orders.view=company"]);
        let listed = roles::list(&portal.center, &bau.chief).await.unwrap().list;
        let names: Vec<_> = listed.iter().map(|row| (row.label.role.key(), row.users)).collect();
        let mut expected: Vec<_> = Role::ALL.map(|role| (role.key().to_owned(), 0)).to_vec();
        expected[4].1 = 1;
        expected.push((id.to_string(), 0));
        assert_eq!(names, expected);
        let changed = role("Lead", &["orders.view=company", "orders.place=own", "invoices.view=own"]);
        edit(portal, &bau.chief, id, &changed, "").await.unwrap();
        // The same again changes nothing and leaves no trace.
        edit(portal, &bau.chief, id, &changed, "").await.unwrap();
        assert_eq!(version(portal, &bau.chief, id).await, 2);
        let late = roles::edit(&portal.center, &bau.chief, id, 1, &changed, "").await;
        assert_eq!(refused(late), ErrorCode::Conflict);
        assert_eq!(refused(roles::delete(&portal.center, &bau.chief, id, 1).await), ErrorCode::Conflict);
        roles::delete(&portal.center, &bau.chief, id, 2).await.unwrap();
        assert_eq!(refused(roles::delete(&portal.center, &bau.chief, id, 2).await), ErrorCode::NotFound);
        assert_eq!(
            portal.events().await[portal.events().await.len() - 3..],
            ["role_created", "role_changed", "role_deleted"]
        );
    })
    .await;
}

#[tokio::test]
async fn the_activity_tells_what_a_role_was_and_is() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let id = made(portal, &bau.chief, "Team", &["orders.view=company"]).await;
        give(portal, &bau.chief, kim, &own("Kim", KIM, &[id])).await.unwrap();
        edit(portal, &bau.chief, id, &role("Lead", &["orders.view=company", "prices.view=own"]), "")
            .await
            .unwrap();
        let (_, page) =
            center::activity::company(&portal.center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let told = |place: usize, fact: Fact| {
            let change = page.rows[place].changes.iter().find(|change| change.fact == fact).unwrap();
            (change.from.clone(), change.to.clone())
        };
        let text = |text: &str| Some(Told::Text(text.to_owned()));
        let rights = |keys: &[&str]| Some(Told::Rights(Grants::read(keys.iter().copied())));
        assert_eq!(told(0, Fact::Name), (text("Team"), text("Lead")));
        assert_eq!(told(0, Fact::OwnRole), (None, text("Team")));
        let (before, after) = (&["orders.view=company"][..], &["prices.view=own", "orders.view=company"][..]);
        assert_eq!(told(0, Fact::Rights), (rights(before), rights(after)));
        // Whoever had the role keeps its old name in the trail.
        let roles = |role| Some(Told::Roles(vec![role]));
        assert_eq!(
            told(1, Fact::Roles),
            (roles(ToldRole::BuiltIn(Role::Buyer)), roles(ToldRole::Own("Team".to_owned())))
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_role_is_told_at_its_field() {
    both(async |portal| {
        let bau = portal.bau().await;
        made(portal, &bau.chief, "Büro Süd", &["orders.view=own"]).await;
        let id = made(portal, &bau.chief, "Other", &["orders.view=own"]).await;
        let right = &["orders.view=own"][..];
        for (name, rights, field, wrong) in [
            (" ", right, "role_name", FieldIssue::Required),
            (&"x".repeat(51), right, "role_name", FieldIssue::TooLong { max: 50 }),
            ("A\nB", right, "role_name", FieldIssue::NotOneLine),
            ("A; B", right, "role_name", FieldIssue::RoleNameSeparator),
            ("BURO  sud", right, "role_name", FieldIssue::RoleNameTaken),
            ("Main contact", right, "role_name", FieldIssue::RoleNameTaken),
            ("EINKAUF", right, "role_name", FieldIssue::RoleNameTaken),
            ("main_contact", right, "role_name", FieldIssue::RoleNameTaken),
            ("Empty", &["orders.view="], "rights", FieldIssue::RightRequired),
            ("Empty", &[], "rights", FieldIssue::RightRequired),
            ("Odd", &["orders.view=all"], "rights", FieldIssue::UnknownChoice),
            ("Odd", &["boats.sail=own"], "rights", FieldIssue::UnknownChoice),
        ] {
            let form = role(name, rights);
            let expected = (field.to_owned(), wrong);
            assert_eq!(issue(roles::create(&portal.center, &bau.chief, &form).await), expected, "{name}");
            assert_eq!(issue(edit(portal, &bau.chief, id, &form, "").await), expected, "{name}");
        }
        // Its own name is no other role's.
        edit(portal, &bau.chief, id, &role("OTHER", right), "").await.unwrap();
        let unknown =
            UserInput { roles: vec![portal.center.new_id().to_string()], ..input("Ines", VERA, &[]) };
        let answer = users::request(&portal.center, &bau.chief, &unknown).await;
        assert_eq!(issue(answer), ("roles".to_owned(), FieldIssue::UnknownChoice));
    })
    .await;
}

#[tokio::test]
async fn a_company_has_so_many_roles_and_no_more() {
    both(async |portal| {
        let bau = portal.bau().await;
        for number in 1..OWN_ROLES_MAX {
            made(portal, &bau.chief, &format!("Role {number}"), &["orders.view=own"]).await;
        }
        // Of several who make the last one at once, one does.
        let tasks = (0..4).map(|number| {
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            async move {
                roles::create(&center, &chief, &role(&format!("Last {number}"), &["orders.view=own"])).await
            }
        });
        let answers = portal.together(tasks.collect()).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        let more = roles::create(&portal.center, &bau.chief, &role("More", &["orders.view=own"])).await;
        assert_eq!(refused(more), ErrorCode::TooManyRoles { max: OWN_ROLES_MAX });
        assert_eq!(portal.count("SELECT count(*) AS n FROM company_roles", vec![]).await, 50);
    })
    .await;
}

#[tokio::test]
async fn a_role_counts_with_the_next_request() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let token = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        let id = made(portal, &bau.chief, "Team", &["users.view=company", "orders.view=company"]).await;
        let both_roles = UserInput { roles: vec!["buyer".into(), id.to_string()], ..input("Kim", KIM, &[]) };
        give(portal, &bau.chief, kim, &both_roles).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        let Place::Company(member) = &who(&actor).place else { panic!("no member") };
        let label = RoleLabel { role: RoleRef::Own(id), own_name: "Team".to_owned() };
        assert_eq!(member.roles, [RoleLabel::from(Role::Buyer), label.clone()]);
        // They add up, with the wider scope.
        assert!(member.grants.allow(Permission::OrdersView, Scope::Company));
        assert!(member.grants.allow(Permission::OrdersPlace, Scope::Own));
        assert!(users::list(&portal.center, &actor, &UsersQuery::default()).await.is_ok());
        let profile = accounts::profile(&portal.center, &actor).await.unwrap();
        assert_eq!(profile.roles, [RoleLabel::from(Role::Buyer), label]);
        let (_, shown) = losses(edit(portal, &bau.chief, id, &role("Team", &["orders.view=own"]), "").await);
        edit(portal, &bau.chief, id, &role("Team", &["orders.view=own"]), &shown).await.unwrap();
        let actor = portal.holding(&token).await.unwrap();
        assert_eq!(grants(&actor), Role::Buyer.grants());
        let list = users::list(&portal.center, &actor, &UsersQuery::default()).await;
        assert!(matches!(list, Err(Error::Lacks(Permission::UsersView))));
    })
    .await;
}

#[tokio::test]
async fn a_change_that_takes_rights_shows_first_who_loses_what() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Accountant]).await;
        let vera = portal.person(bau.company, "Vera", VERA, &[Role::Viewer]).await;
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Viewer]).await;
        let id = made(portal, &bau.chief, "Office", &["invoices.view=company", "orders.view=company"]).await;
        for (user, name, email) in [(vera, "Vera", VERA), (off, "Off", "off@bau-partner.example")] {
            give(portal, &bau.chief, user, &own(name, email, &[id])).await.unwrap();
        }
        let both_roles =
            UserInput { roles: vec!["accountant".into(), id.to_string()], ..input("Kim", KIM, &[]) };
        give(portal, &bau.chief, kim, &both_roles).await.unwrap();
        users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        let fewer = role("Office", &["orders.view=own"]);
        let (lost, shown) = losses(edit(portal, &bau.chief, id, &fewer, "").await);
        let loss = |permission, left, names: &[&str]| RightLoss {
            permission,
            left,
            users: u32::try_from(names.len()).unwrap(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        // Kim keeps the invoices by the other role; who is deactivated has nothing to lose.
        let expected = [
            loss(Permission::OrdersView, Some(Scope::Own), &["Kim", "Vera"]),
            loss(Permission::InvoicesView, None, &["Vera"]),
        ];
        assert_eq!(lost, expected);
        assert_eq!(version(portal, &bau.chief, id).await, 1);
        // It confirms exactly what was shown: no other change, and no other people.
        let none = role("Office", &["prices.view=own"]);
        assert_ne!(losses(edit(portal, &bau.chief, id, &none, &shown).await).1, shown);
        let renamed = role("Bureau", &["orders.view=own"]);
        assert_ne!(losses(edit(portal, &bau.chief, id, &renamed, &shown).await).1, shown);
        users::activate(&portal.center, &bau.chief, off).await.unwrap();
        let (lost, now) = losses(edit(portal, &bau.chief, id, &fewer, &shown).await);
        assert_eq!((lost[0].users, lost[1].users), (3, 2));
        assert_ne!(now, shown);
        edit(portal, &bau.chief, id, &fewer, &now).await.unwrap();
        assert_eq!(version(portal, &bau.chief, id).await, 2);
        // Giving more asks nobody.
        edit(portal, &bau.chief, id, &role("Office", &["orders.view=company"]), "").await.unwrap();
        // Nothing is lost where another version was shown.
        let (_, shown) = losses(edit(portal, &bau.chief, id, &fewer, "").await);
        edit(portal, &bau.chief, id, &role("Office", &["orders.view=company", "prices.view=own"]), "")
            .await
            .unwrap();
        assert_ne!(losses(edit(portal, &bau.chief, id, &fewer, &shown).await).1, shown);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_somebody_has_stays() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let id = made(portal, &bau.chief, "Team", &["orders.view=own"]).await;
        give(portal, &bau.chief, kim, &own("Kim", KIM, &[id])).await.unwrap();
        users::deactivate(&portal.center, &bau.chief, kim).await.unwrap();
        // Also that of somebody who is deactivated, and of an invited user.
        users::request(&portal.center, &bau.chief, &own("Vera", VERA, &[id])).await.unwrap();
        let answer = roles::delete(&portal.center, &bau.chief, id, 1).await;
        assert_eq!(refused(answer), ErrorCode::RoleInUse { users: 2 });
        let query = UsersQuery { role: Some(RoleRef::Own(id)), ..UsersQuery::default() };
        let page = users::list(&portal.center, &bau.chief, &query).await.unwrap();
        let names: Vec<_> = page.users.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!((names, page.users.total.n), (vec!["Kim", "Vera"], 2));
        assert_eq!(page.own_roles, [RoleLabel { role: RoleRef::Own(id), own_name: "Team".to_owned() }]);
    })
    .await;
}

#[tokio::test]
async fn giving_and_deleting_a_role_at_once_leaves_nobody_with_one_that_is_gone() {
    both(async |portal| {
        let bau = portal.bau().await;
        for round in 0..5 {
            let id = made(portal, &bau.chief, &format!("Team {round}"), &["orders.view=own"]).await;
            let form = own("Ines", &format!("ines{round}@bau-partner.example"), &[id]);
            let tasks = [true, false].map(|gives| {
                let (center, chief, form) = (Arc::clone(&portal.center), bau.chief.clone(), form.clone());
                async move {
                    if gives {
                        users::request(&center, &chief, &form).await.map(drop)
                    } else {
                        roles::delete(&center, &chief, id, 1).await
                    }
                }
            });
            let answers = portal.together(tasks.into()).await;
            assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_gives_a_right_by_a_role_that_he_lacks() {
    both(async |portal| {
        let bau = portal.bau().await;
        let rights =
            &["users.view=company", "users.manage=company", "roles.manage=company", "orders.view=own"];
        let lead = with_rights(portal, &bau, KIM, rights).await;
        let center = &portal.center;
        let vera = portal.person(bau.company, "Vera", VERA, &[Role::Viewer]).await;
        let wide = made(portal, &bau.chief, "Wide", &["orders.view=company"]).await;
        let narrow = made(portal, &lead, "Narrow", &["orders.view=own"]).await;
        // Neither by making nor by changing a role, nor with a wider scope.
        for (rights, right) in [
            (&["orders.view=company"][..], Permission::OrdersView),
            (&["invoices.view=own"], Permission::InvoicesView),
        ] {
            let answer = roles::create(center, &lead, &role("More", rights)).await;
            assert_eq!(refused(answer), lacking(right));
            assert_eq!(
                refused(edit(portal, &lead, narrow, &role("Narrow", rights), "").await),
                lacking(right)
            );
        }
        // What holds more is not touched.
        assert_eq!(
            refused(edit(portal, &lead, wide, &role("Wide", &["orders.view=own"]), "").await),
            lacking(Permission::OrdersView)
        );
        assert_eq!(refused(roles::delete(center, &lead, wide, 1).await), lacking(Permission::OrdersView));
        assert!(!roles::form(center, &lead, &wide.to_string(), "").await.unwrap().editable);
        // Nor given: to a new user, to one that there is, to many.
        let ines = own("Ines", "ines@bau-partner.example", &[wide]);
        assert_eq!(refused(users::request(center, &lead, &ines).await), lacking(Permission::OrdersView));
        let paul = own("Paul", "paul@bau-partner.example", &[narrow]);
        let paul = users::request(center, &lead, &paul).await.unwrap();
        let answer = users::change_role(center, &lead, paul, RoleRef::Own(wide), true).await;
        assert_eq!(refused(answer), lacking(Permission::OrdersView));
        let answer = users::change_role(center, &lead, vera, RoleRef::Own(narrow), true).await;
        assert_eq!(refused(answer), lacking(Permission::CatalogView));
        let form = users::new_form(center, &lead).await.unwrap();
        let open: Vec<_> = form.roles.iter().filter(|r| r.fixed.is_none()).map(|r| r.label.role).collect();
        let owned = |name: &str| form.roles.iter().find(|r| r.label.own_name == name).unwrap().label.role;
        assert_eq!(open, [RoleRef::Own(narrow), owned(&format!("Role of {KIM}"))]);
        // A copy holds no more than the person copying.
        let copy = roles::form(center, &lead, "", "main_contact").await.unwrap();
        assert_eq!(copy.grants, grants(&lead));
        let copy = roles::form(center, &bau.chief, "", &wide.to_string()).await.unwrap();
        assert_eq!((copy.role, copy.grants.keys()), (None, vec!["orders.view=company".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_rights_from_himself_by_a_role() {
    both(async |portal| {
        let bau = portal.bau().await;
        let rights = &["users.view=company", "roles.manage=company", "orders.view=own"];
        let lead = with_rights(portal, &bau, KIM, rights).await;
        let listed = roles::list(&portal.center, &lead).await.unwrap().list;
        let RoleRef::Own(id) = listed.last().unwrap().label.role else { panic!("{listed:?}") };
        let fewer = role("Lead", &["roles.manage=company"]);
        assert_eq!(refused(edit(portal, &lead, id, &fewer, "").await), ErrorCode::Yourself);
        let renamed = role("Lead", rights);
        edit(portal, &lead, id, &renamed, "").await.unwrap();
        // Somebody else can, and is told.
        let (lost, _) = losses(edit(portal, &bau.chief, id, &fewer, "").await);
        assert_eq!(lost.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_own_role_never_makes_a_main_contact() {
    both(async |portal| {
        let bau = portal.bau().await;
        let all: Vec<String> =
            Permission::ALL.iter().map(|right| model::right_key(*right, Scope::Company)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let deputy = with_rights(portal, &bau, KIM, &all).await;
        assert_eq!(grants(&deputy), Role::MainContact.grants());
        let center = &portal.center;
        assert_eq!(refused(users::deactivate(center, &deputy, bau.marta).await), ErrorCode::LastMainContact);
        let demoted = give(portal, &deputy, bau.marta, &input("Marta Lind", MARTA, &[Role::Buyer])).await;
        assert_eq!(refused(demoted), ErrorCode::LastMainContact);
        let taken = users::change_role(center, &deputy, bau.marta, Role::MainContact.into(), false).await;
        assert!(matches!(refused(taken), ErrorCode::Invalid));
    })
    .await;
}

#[tokio::test]
async fn what_gives_power_over_others_asks_for_the_password_again() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let plain = made(portal, &bau.chief, "Plain", &["orders.view=own"]).await;
        let power = made(portal, &bau.chief, "Power", &["users.manage=company", "users.view=company"]).await;
        give(portal, &bau.chief, kim, &own("Kim", KIM, &[plain])).await.unwrap();
        portal.clock.advance(6 * MINUTE);
        let wider = role("Plain", &["orders.view=own", "roles.manage=company"]);
        for answer in [
            edit(portal, &bau.chief, plain, &wider, "").await,
            give(portal, &bau.chief, kim, &own("Kim", KIM, &[power])).await,
            users::change_role(&portal.center, &bau.chief, kim, RoleRef::Own(power), true).await,
            users::request(&portal.center, &bau.chief, &own("Vera", VERA, &[power])).await.map(drop),
        ] {
            assert_eq!(refused(answer), ErrorCode::ReauthRequired);
        }
        // What gives none does not ask.
        edit(portal, &bau.chief, plain, &role("Plain", &["orders.view=own", "prices.view=own"]), "")
            .await
            .unwrap();
        users::change_role(&portal.center, &bau.chief, kim, Role::Buyer.into(), true).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_stranger_s_role_answers_exactly_like_none() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let chief = portal.enter(RITA).await;
        let theirs = made(portal, &chief, "Theirs", &["orders.view=own"]).await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let center = &portal.center;
        for id in [theirs, RoleId(center.new_id())] {
            let form = role("Mine", &["orders.view=own"]);
            assert_eq!(
                refused(roles::form(center, &bau.chief, &id.to_string(), "").await),
                ErrorCode::NotFound
            );
            assert_eq!(
                refused(roles::form(center, &bau.chief, "", &id.to_string()).await),
                ErrorCode::NotFound
            );
            assert_eq!(refused(roles::edit(center, &bau.chief, id, 1, &form, "").await), ErrorCode::NotFound);
            assert_eq!(refused(roles::delete(center, &bau.chief, id, 1).await), ErrorCode::NotFound);
            let unknown = ("roles".to_owned(), FieldIssue::UnknownChoice);
            assert_eq!(issue(give(portal, &bau.chief, kim, &own("Kim", KIM, &[id])).await), unknown);
            let ines = own("Ines", "ines@bau-partner.example", &[id]);
            assert_eq!(issue(users::request(center, &bau.chief, &ines).await), unknown);
            let ticked = BulkInput {
                action: "add_role".into(),
                role: id.to_string(),
                users: vec![kim.to_string()],
                back: String::new(),
            };
            let answer = users::bulk(center, &bau.chief, &ticked).await;
            assert_eq!(issue(answer), ("bulk_role".to_owned(), FieldIssue::UnknownChoice));
            let query = UsersQuery { role: Some(RoleRef::Own(id)), ..UsersQuery::default() };
            assert!(users::list(center, &bau.chief, &query).await.unwrap().users.rows.is_empty());
        }
        // The same name in another company is another role.
        made(portal, &bau.chief, "Theirs", &["orders.view=own"]).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_without_the_right_manages_roles() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = made(portal, &bau.chief, "Team", &["orders.view=own"]).await;
        let manager = with_rights(portal, &bau, KIM, &["users.view=company", "users.manage=company"]).await;
        let center = &portal.center;
        let form = role("Mine", &["users.view=company"]);
        for answer in [
            roles::list(center, &manager).await.map(drop),
            roles::form(center, &manager, "", "").await.map(drop),
            roles::create(center, &manager, &form).await.map(drop),
            roles::edit(center, &manager, id, 1, &form, "").await,
            roles::delete(center, &manager, id, 1).await,
        ] {
            assert!(matches!(answer, Err(Error::Lacks(Permission::RolesManage))), "{answer:?}");
        }
        // Who manages roles and may not see the users is not told how many there are.
        let roles_only = with_rights(portal, &bau, VERA, &["roles.manage=company"]).await;
        let page = roles::list(center, &roles_only).await.unwrap();
        assert_eq!(page.counts, model::UserCounts::default());
    })
    .await;
}

#[tokio::test]
async fn own_roles_stand_wherever_roles_stand() {
    both(async |portal| {
        let bau = portal.bau().await;
        let center = &portal.center;
        let id = made(portal, &bau.chief, "Büro Süd", &["orders.view=company", "orders.place=own"]).await;
        let label = RoleLabel { role: RoleRef::Own(id), own_name: "Büro Süd".to_owned() };
        // The invitation names it and says what it allows.
        let ines = own("Ines", "ines@bau-partner.example", &[id]);
        let ines = users::request(center, &bau.chief, &ines).await.unwrap();
        let letter = one(&portal.mails().await, "account_created").text.clone();
        assert!(letter.contains("Büro Süd: You can place orders (own only), see orders."), "{letter}");
        // The next form starts with it.
        let form = users::contact_form(center, &bau.chief, "KT-2").await.unwrap().form;
        let held: Vec<_> = form.roles.iter().filter(|r| r.held).map(|r| r.label.clone()).collect();
        assert_eq!(held, std::slice::from_ref(&label));
        // Many at once
        let ticked = |action: &str, users: &[UserId]| BulkInput {
            action: action.to_owned(),
            role: id.to_string(),
            users: users.iter().map(ToString::to_string).collect(),
            back: "/users".to_owned(),
        };
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let result = users::bulk(center, &bau.chief, &ticked("add_role", &[kim])).await.unwrap();
        let Work::Action(work) = users::result(center, &bau.chief, result).await.unwrap().work else {
            panic!("no action")
        };
        assert_eq!((work.label(), work.lines[0].kept), (Some(label.clone()), None));
        let found = users::get(center, &bau.chief, kim).await.unwrap();
        assert_eq!(found.row.roles, [RoleLabel::from(Role::Buyer), label.clone()]);
        // Export, of those with the role
        let query = UsersQuery { role: Some(RoleRef::Own(id)), ..UsersQuery::default() };
        let rows = users::export(center, &bau.chief, &query).await.unwrap();
        let names: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.roles.len())).collect();
        assert_eq!(names, [("Ines", 1), ("Kim", 2)]);
        let (_, page) = center::activity::company(center, &bau.chief, &ActivityQuery::default()).await.unwrap();
        let filter = page.rows[0].changes.iter().find(|change| change.fact == Fact::Filter).unwrap();
        assert_eq!(filter.to, Some(Told::Text("role=Büro Süd".to_owned())));
        // Import, by name
        let sheet = "name,email,roles\nVera,vera@bau-partner.example,buero\nOtto,otto@bau-partner.example,BURO SUD | buyer";
        let result = users::check_import(center, &bau.chief, sheet).await.unwrap();
        users::add_imported(center, &bau.chief, result).await.unwrap();
        let Work::Import(rows) = users::result(center, &bau.chief, result).await.unwrap().work else {
            panic!("no import")
        };
        assert!(matches!(&rows[0].state, RowState::Kept(error) if error.issue("roles") == Some(FieldIssue::UnknownChoice)));
        let RowState::Added(otto) = rows[1].state else { panic!("{:?}", rows[1]) };
        let found = users::get(center, &bau.chief, otto).await.unwrap();
        assert_eq!(found.row.roles, [RoleLabel::from(Role::Buyer), label]);
        // The only role stays, be it built in or not.
        let answer = users::change_role(center, &bau.chief, ines, RoleRef::Own(id), false).await;
        assert_eq!(issue(answer), ("roles".to_owned(), FieldIssue::RoleRequired));
    })
    .await;
}

#[tokio::test]
async fn damaged_roles_are_found() {
    both(async |portal| {
        let bau = portal.bau().await;
        let id = made(portal, &bau.chief, "Team", &["orders.view=own"]).await;
        portal
            .execute(
                "UPDATE company_roles SET rights = 'orders.view=own boats.sail=own' WHERE id = $1",
                vec![id.into()],
            )
            .await;
        assert_eq!(portal.breaches().await, ["1 roles of companies have a damaged name or damaged rights"]);
        portal
            .execute(
                "UPDATE company_roles SET rights = 'orders.view=own', name = 'Buyer' WHERE id = $1",
                vec![id.into()],
            )
            .await;
        assert_eq!(portal.breaches().await, ["1 roles of companies have a damaged name or damaged rights"]);
        portal.execute("UPDATE company_roles SET name = 'Team' WHERE id = $1", vec![id.into()]).await;
    })
    .await;
}
