//! Many users at once: actions on several, the import, the export, and whose results they are.

use std::sync::Arc;

use center::access::{Actor, Place};
use center::users::{self, ActionLine, BulkInput, ImportRow, Kept, RowState, RowsLeft, Work};
use center::{Error, accounts};
use model::{
    AppError, BulkAction, ErrorCode, FieldIssue, Grants, IMPORT_MAX_CHARS, MANY_MAX, Permission, ResultId,
    Role, Scope, SortKey, UserColumn, UserId, UserStatus, UsersQuery,
};

use crate::support::*;

const KIM: &str = "kim@bau-partner.example";

/// The same person with these rights and no others, as own roles of a company may give them.
fn with_rights(actor: &Actor, rights: &[Permission]) -> Actor {
    let mut who = who(actor).clone();
    let Place::Company(member) = &mut who.place else { panic!() };
    member.grants = rights.iter().map(|right| (*right, Scope::Company)).collect::<Grants>();
    Actor::User(Box::new(who))
}

fn form(action: BulkAction, role: Option<Role>, ids: &[UserId]) -> BulkInput {
    BulkInput {
        action: action.key().to_owned(),
        role: role.map(Role::key).unwrap_or_default().to_owned(),
        users: ids.iter().map(ToString::to_string).collect(),
        back: "/users?q=k".to_owned(),
    }
}

async fn lines(portal: &Portal, actor: &Actor, form: &BulkInput) -> Vec<ActionLine> {
    let result = users::bulk(&portal.center, actor, form).await.unwrap();
    let Work::Action(work) = users::result(&portal.center, actor, result).await.unwrap().work else {
        panic!()
    };
    assert_eq!((work.action.key(), work.back.as_str()), (form.action.as_str(), form.back.as_str()));
    work.lines
}

/// What an action on these users comes to.
async fn kept(
    portal: &Portal,
    actor: &Actor,
    action: BulkAction,
    role: Option<Role>,
    ids: &[UserId],
) -> Vec<Option<Kept>> {
    lines(portal, actor, &form(action, role, ids)).await.into_iter().map(|line| line.kept).collect()
}

async fn status(portal: &Portal, chief: &Actor, user: UserId) -> UserStatus {
    users::get(&portal.center, chief, user).await.unwrap().row.status
}

async fn roles(portal: &Portal, chief: &Actor, user: UserId) -> Vec<model::RoleLabel> {
    users::get(&portal.center, chief, user).await.unwrap().row.roles
}

async fn count_users(portal: &Portal) -> i64 {
    portal.count("SELECT count(*) AS n FROM users", vec![]).await
}

#[tokio::test]
async fn several_are_switched_off_and_the_rest_is_kept_with_the_reason() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        let vera = portal.person(bau.company, "Vera", "vera@bau-partner.example", &[Role::Viewer]).await;
        let off = portal.person(bau.company, "Off", "off@bau-partner.example", &[Role::Buyer]).await;
        users::deactivate(&portal.center, &bau.chief, off).await.unwrap();
        let other = portal.company(SOLO).await;
        let rita = portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let session = portal.sign_in(&anybody(), KIM, PASSWORD).await.unwrap();
        portal.mails().await;

        let ids = [kim, bau.marta, off, rita, vera, kim];
        let found = lines(portal, &bau.chief, &form(BulkAction::Deactivate, None, &ids)).await;
        let told: Vec<_> = found.iter().map(|line| (line.name.as_str(), line.kept)).collect();
        assert_eq!(
            told,
            [
                ("Kim Brand", None),
                ("Marta Lind", Some(Kept::Yourself)),
                ("Off", Some(Kept::AlreadyDeactivated)),
                // Another company's user has neither name nor id here.
                ("", Some(Kept::Unknown)),
                ("Vera", None)
            ]
        );
        assert_eq!((found[3].user, found[3].email.as_str()), (None, ""));
        assert_eq!(status(portal, &bau.chief, kim).await, UserStatus::Deactivated);
        assert!(portal.holding(&session).await.is_none());
        assert_eq!(
            addressed(&portal.mails().await),
            [("deactivated", KIM), ("deactivated", "vera@bau-partner.example")]
        );
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "user_deactivated").count(), 3);
        // The other company's user works on.
        portal.enter(RITA).await;

        let again = kept(portal, &bau.chief, BulkAction::Activate, None, &[kim, vera, bau.marta]).await;
        assert_eq!(again, [None, None, Some(Kept::AlreadyActive)]);
        portal.enter(KIM).await;
    })
    .await;
}

#[tokio::test]
async fn a_company_keeps_its_last_main_contact_whoever_is_ticked() {
    both(async |portal| {
        let bau = portal.bau().await;
        let second =
            portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        // Somebody else with all rights, as an own role may give them.
        let kim = with_rights(&portal.enter(KIM).await, Permission::ALL);
        let both_of_them = [second, bau.marta];
        let off = kept(portal, &kim, BulkAction::Deactivate, None, &both_of_them).await;
        assert_eq!(off, [None, Some(Kept::LastMainContact)]);
        users::activate(&portal.center, &kim, second).await.unwrap();
        kept(portal, &kim, BulkAction::AddRole, Some(Role::Buyer), &both_of_them).await;
        let demoted =
            kept(portal, &kim, BulkAction::RemoveRole, Some(Role::MainContact), &both_of_them).await;
        assert_eq!(demoted, [None, Some(Kept::LastMainContact)]);
    })
    .await;
}

#[tokio::test]
async fn roles_are_given_and_taken_one_by_one() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let vera = portal.person(bau.company, "Vera", "vera@bau-partner.example", &[Role::Viewer]).await;
        let all = [kim, vera, bau.marta];
        let version = users::get(&portal.center, &bau.chief, kim).await.unwrap().version;

        let added = kept(portal, &bau.chief, BulkAction::AddRole, Some(Role::Viewer), &all).await;
        assert_eq!(added, [None, Some(Kept::HasRole), Some(Kept::Yourself)]);
        assert_eq!(roles(portal, &bau.chief, kim).await, [Role::Buyer, Role::Viewer]);
        assert_eq!(portal.events().await.last().unwrap(), "privilege_permissions_changed");
        // Nobody overwrites it with a form filled in before.
        let late = input("Kim", KIM, &[Role::Buyer]);
        assert_eq!(
            refused(users::edit(&portal.center, &bau.chief, kim, version, &late).await),
            ErrorCode::Conflict
        );

        let removed = kept(portal, &bau.chief, BulkAction::RemoveRole, Some(Role::Viewer), &all).await;
        assert_eq!(removed, [None, Some(Kept::OnlyRole), Some(Kept::LacksRole)]);
        assert_eq!(roles(portal, &bau.chief, kim).await, [Role::Buyer]);
        assert_eq!(roles(portal, &bau.chief, vera).await, [Role::Viewer]);

        let manager = with_rights(
            &bau.chief,
            &[
                Permission::UsersView,
                Permission::UsersManage,
                Permission::CatalogView,
                Permission::OrdersView,
            ],
        );
        let raised = kept(portal, &manager, BulkAction::AddRole, Some(Role::MainContact), &[vera]).await;
        assert_eq!(raised, [Some(Kept::GrantLacking)]);
        let touched = kept(portal, &manager, BulkAction::Deactivate, None, &[kim]).await;
        assert_eq!(touched, [Some(Kept::GrantLacking)]);
        assert_eq!(roles(portal, &bau.chief, vera).await, [Role::Viewer]);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_sent_again_until_the_hour_s_are_used_up() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ask = async |name: &str| {
            let email = format!("{name}@bau-partner.example");
            users::request(&portal.center, &bau.chief, &input(name, &email, &[Role::Buyer])).await.unwrap()
        };
        let (ines, otto) = (ask("ines").await, ask("otto").await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        portal.mails().await;
        let resent = kept(portal, &bau.chief, BulkAction::ResendInvitation, None, &[ines, kim]).await;
        assert_eq!(resent, [None, Some(Kept::NotInvited)]);
        assert_eq!(addressed(&portal.mails().await), [("account_created", "ines@bau-partner.example")]);
        portal.execute("UPDATE attempts SET count = 199 WHERE bucket = 'users.invitations'", vec![]).await;
        let rationed = kept(portal, &bau.chief, BulkAction::ResendInvitation, None, &[ines, otto]).await;
        assert_eq!(rationed, [None, Some(Kept::TooMany)]);
    })
    .await;
}

#[tokio::test]
async fn invitations_are_taken_back_together_and_their_links_end() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ask = async |name: &str, role| {
            let email = format!("{name}@bau-partner.example");
            users::request(&portal.center, &bau.chief, &input(name, &email, &[role])).await.unwrap()
        };
        let (ines, otto) = (ask("ines", Role::Buyer).await, ask("otto", Role::MainContact).await);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let links: Vec<String> = portal.mails().await.iter().map(|mail| mail.token()).collect();
        assert_eq!(links.len(), 2);
        let all = [ines, otto, kim];
        let revoked = kept(portal, &bau.chief, BulkAction::RevokeInvitation, None, &all).await;
        assert_eq!(revoked, [None, None, Some(Kept::NotInvited)]);
        for link in &links {
            assert!(accounts::links::inspect(&portal.center, link).await.unwrap().is_none());
        }
        let again = kept(portal, &bau.chief, BulkAction::RevokeInvitation, None, &[ines]).await;
        assert_eq!(again, [Some(Kept::NotInvited)]);
    })
    .await;
}

#[tokio::test]
async fn an_action_names_users_and_what_to_do_at_most_two_hundred_at_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ask = async |form: BulkInput| issues(users::bulk(&portal.center, &bau.chief, &form).await);
        let field = |name: &str, issue| (name.to_owned(), issue);
        assert_eq!(
            ask(BulkInput::default()).await,
            [field("users", FieldIssue::Required), field("action", FieldIssue::UnknownChoice)]
        );
        let nobody: Vec<_> = (0..=MANY_MAX).map(|_| UserId(portal.center.new_id())).collect();
        let too_many = form(BulkAction::Activate, None, &nobody);
        assert_eq!(ask(too_many).await, [field("users", FieldIssue::TooMany { max: 200 })]);
        for role in ["", "owner"] {
            let form = BulkInput { role: role.to_owned(), ..form(BulkAction::AddRole, None, &[bau.marta]) };
            assert_eq!(ask(form).await, [field("bulk_role", FieldIssue::UnknownChoice)]);
        }
        // What is no id names nobody; a list of another site is none of ours.
        let odd = BulkInput {
            users: vec!["<b>".into(), bau.marta.to_string().to_uppercase(), bau.marta.to_string()],
            back: "https://evil.example".into(),
            ..form(BulkAction::Activate, None, &[])
        };
        let result = users::bulk(&portal.center, &bau.chief, &odd).await.unwrap();
        let Work::Action(work) = users::result(&portal.center, &bau.chief, result).await.unwrap().work else {
            panic!()
        };
        let found: Vec<_> = work.lines.iter().map(|line| line.kept).collect();
        assert_eq!(found, [Some(Kept::Unknown), Some(Kept::AlreadyActive)]);
        assert_eq!(work.back, "/users");
        let most = kept(portal, &bau.chief, BulkAction::Activate, None, &nobody[..MANY_MAX]).await;
        assert_eq!(most, vec![Some(Kept::Unknown); MANY_MAX]);
    })
    .await;
}

#[tokio::test]
async fn a_result_is_for_the_person_who_did_it_for_an_hour() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let action = users::bulk(&portal.center, &bau.chief, &form(BulkAction::Activate, None, &[bau.marta]))
            .await
            .unwrap();
        let import = check(
            portal,
            &bau.chief,
            "name,email,roles\nInes,ines,buyer\nOtto,otto@bau-partner.example,buyer",
        )
        .await;
        let before = count_users(portal).await;
        for stranger in ["second@bau-partner.example", RITA] {
            let stranger = portal.enter(stranger).await;
            for id in [action, import, ResultId(portal.center.new_id())] {
                let center = &portal.center;
                assert_eq!(refused(users::result(center, &stranger, id).await), ErrorCode::NotFound);
                assert_eq!(refused(users::rows_left(center, &stranger, id).await), ErrorCode::NotFound);
                assert_eq!(refused(users::add_imported(center, &stranger, id).await), ErrorCode::NotFound);
            }
        }
        assert_eq!(count_users(portal).await, before);
        // An action has no rows to add or to correct.
        assert_eq!(
            refused(users::add_imported(&portal.center, &bau.chief, action).await),
            ErrorCode::NotFound
        );
        assert_eq!(refused(users::rows_left(&portal.center, &bau.chief, action).await), ErrorCode::NotFound);
        let left = users::rows_left(&portal.center, &bau.chief, import).await.unwrap();
        assert!(matches!(left, RowsLeft::Import(rows) if rows.len() == 1));

        // Another person's results are not pushed out; the own oldest one is.
        for _ in 0..20 {
            portal.clock.advance(SECOND);
            users::bulk(&portal.center, &bau.chief, &form(BulkAction::Activate, None, &[bau.marta]))
                .await
                .unwrap();
        }
        assert_eq!(refused(users::result(&portal.center, &bau.chief, action).await), ErrorCode::NotFound);
        let last = users::bulk(&portal.center, &bau.chief, &form(BulkAction::Activate, None, &[bau.marta]))
            .await
            .unwrap();
        users::result(&portal.center, &bau.chief, last).await.unwrap();
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        assert_eq!(refused(users::result(&portal.center, &chief, last).await), ErrorCode::NotFound);
        center::jobs::sweep(&portal.center).await.unwrap();
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_results", vec![]).await, 0);
    })
    .await;
}

async fn check(portal: &Portal, actor: &Actor, text: &str) -> ResultId {
    users::check_import(&portal.center, actor, text).await.unwrap()
}

async fn rows(portal: &Portal, actor: &Actor, id: ResultId) -> Vec<ImportRow> {
    let Work::Import(rows) = users::result(&portal.center, actor, id).await.unwrap().work else { panic!() };
    rows
}

/// The fields of a row that was kept back.
fn wrong(row: &ImportRow) -> Vec<(&str, FieldIssue)> {
    let RowState::Kept(error) = &row.state else { panic!("{row:?}") };
    assert_eq!(error.code, ErrorCode::Invalid);
    error.fields.iter().map(|f| (f.field.as_str(), f.issue)).collect()
}

#[tokio::test]
async fn a_checked_import_changes_nothing_until_its_rows_are_added() {
    both(async |portal| {
        let bau = portal.bau().await;
        let text = "\u{feff}E-Mail;Name;Rollen;Anrede;budget_bestellung;Budget Monat;Kontaktnummer\r\n\
            ines@bau-partner.example;Ines Moreau;Einkauf | Buchhaltung;Frau;1.500,00;;\r\n\
            anna@bau-partner.example;Anna Berger;viewer;;;;kt 2\r\n";
        let id = check(portal, &bau.chief, text).await;
        let found = rows(portal, &bau.chief, id).await;
        assert_eq!(
            found.iter().map(|row| (row.line, &row.state)).collect::<Vec<_>>(),
            [(2, &RowState::Ready), (3, &RowState::Ready)]
        );
        assert_eq!(count_users(portal).await, 1);
        assert!(portal.mails().await.is_empty());

        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        let found = rows(portal, &bau.chief, id).await;
        let ids: Vec<_> = found
            .iter()
            .map(|row| match row.state {
                RowState::Added(user) => user,
                _ => panic!("{row:?}"),
            })
            .collect();
        let ines = users::get(&portal.center, &bau.chief, ids[0]).await.unwrap();
        assert_eq!((ines.row.name.as_str(), ines.row.status), ("Ines Moreau", UserStatus::Invited));
        assert_eq!(ines.row.roles, [Role::Buyer, Role::Accountant]);
        assert_eq!((ines.form.salutation.key(), ines.form.budget_order.as_str()), ("ms", "1500"));
        let anna = users::get(&portal.center, &bau.chief, ids[1]).await.unwrap();
        assert_eq!(anna.row.contact_number, "KT-2");
        assert_eq!(anna.row.roles, [Role::Viewer]);
        let mails = portal.mails().await;
        assert_eq!(
            addressed(&mails),
            [
                ("account_created", "anna@bau-partner.example"),
                ("account_created", "ines@bau-partner.example")
            ]
        );
        let link = mails.iter().find(|mail| mail.to == "ines@bau-partner.example").unwrap().token();
        accounts::set_password(&portal.center, &anybody(), &link, NEW_PASSWORD, NEW_PASSWORD).await.unwrap();

        // Asked again it adds nobody and takes nothing back.
        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        assert_eq!(rows(portal, &bau.chief, id).await, found);
        assert_eq!(count_users(portal).await, 3);
        // The same rows once more are all known.
        let again = check(portal, &bau.chief, text).await;
        for row in rows(portal, &bau.chief, again).await {
            assert_eq!(wrong(&row), [("email", FieldIssue::EmailTaken)]);
        }
    })
    .await;
}

#[tokio::test]
async fn every_wrong_row_says_what_is_wrong_and_keeps_no_other_from_being_added() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Rita Kern", RITA, &[Role::MainContact]).await;
        let text = format!(
            "name,email,roles,salutation,budget_order,budget_month,contact_number\n\
             ,ines,boss,Dr,lots,-5,\n\
             Marta Again,{MARTA},buyer,,,,\n\
             Otto Lund,otto@bau-partner.example,buyer,,,,\n\
             Otto Twice,OTTO@bau-partner.example,buyer,,,,\n\
             Nobody,nobody@bau-partner.example,buyer,,,,KT-9\n\
             Odd,odd@bau-partner.example,buyer,,,,<b>\n\
             Anna,anna@bau-partner.example,buyer,,,,KT-2\n\
             Anna Twice,anna2@bau-partner.example,buyer,,,,kt2\n\
             More,more@bau-partner.example,buyer,,,,,beyond\n\
             Rita,{RITA},buyer,,,,\n"
        );
        let id = check(portal, &bau.chief, &text).await;
        let found = rows(portal, &bau.chief, id).await;
        use FieldIssue as I;
        assert_eq!(
            wrong(&found[0]),
            [
                ("salutation", I::UnknownChoice),
                ("name", I::Required),
                ("email", I::EmailMalformed),
                ("roles", I::UnknownChoice),
                ("budget_order", I::AmountMalformed),
                ("budget_month", I::AmountNegative)
            ]
        );
        assert_eq!(wrong(&found[1]), [("email", I::EmailTaken)]);
        assert_eq!(wrong(&found[3]), [("email", I::Repeated { line: 4 })]);
        assert_eq!(wrong(&found[4]), [("contact_number", I::ContactUnknown)]);
        assert_eq!(wrong(&found[5]), [("contact_number", I::NumberMalformed)]);
        assert_eq!(wrong(&found[7]), [("contact_number", I::Repeated { line: 8 })]);
        assert_eq!(wrong(&found[8]), [("row", I::CellsTooMany)]);
        // Whether somebody of another company has an address is not told by looking.
        let ready: Vec<_> =
            found.iter().filter(|row| row.state == RowState::Ready).map(|row| row.line).collect();
        assert_eq!(ready, [4, 8, 11]);

        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        let found = rows(portal, &bau.chief, id).await;
        let added: Vec<_> =
            found.iter().filter(|row| matches!(row.state, RowState::Added(_))).map(|row| row.line).collect();
        assert_eq!(added, [4, 8]);
        assert_eq!(wrong(&found[9]), [("email", I::EmailTaken)]);
        let left = users::rows_left(&portal.center, &bau.chief, id).await.unwrap();
        let RowsLeft::Import(left) = left else { panic!() };
        assert_eq!(left.len(), 8);
        assert_eq!(left[0].cell(UserColumn::Roles), "boss");
    })
    .await;
}

#[tokio::test]
async fn an_import_gives_no_right_that_its_sender_lacks() {
    both(async |portal| {
        let bau = portal.bau().await;
        let manager = with_rights(
            &bau.chief,
            &[
                Permission::UsersView,
                Permission::UsersManage,
                Permission::CatalogView,
                Permission::OrdersView,
            ],
        );
        assert!(!users::import_form(&manager).unwrap().budgets_editable);
        assert!(users::import_form(&bau.chief).unwrap().budgets_editable);
        let text = "name,email,roles,budget_order\n\
            A,a@bau-partner.example,main contact,\n\
            B,b@bau-partner.example,viewer,10\n\
            C,c@bau-partner.example,viewer,0\n";
        let id = check(portal, &manager, text).await;
        let codes = |rows: &[ImportRow]| -> Vec<Option<ErrorCode>> {
            let code = |row: &ImportRow| match &row.state {
                RowState::Kept(AppError { code, .. }) => Some(code.clone()),
                _ => None,
            };
            rows.iter().map(code).collect()
        };
        let lacks = ErrorCode::Forbidden {
            missing: Some(Permission::BudgetsManage),
            granted_by: vec!["Marta Lind".to_owned()],
        };
        let touches = ErrorCode::GrantLacking {
            missing: Permission::RolesManage,
            granted_by: vec!["Marta Lind".to_owned()],
        };
        let expected = [Some(touches), Some(lacks), None];
        assert_eq!(codes(&rows(portal, &manager, id).await), expected);
        // Rights are asked again when rows are added: meanwhile they may be gone.
        let id = check(portal, &bau.chief, text).await;
        assert_eq!(codes(&rows(portal, &bau.chief, id).await), [None, None, None]);
        users::add_imported(&portal.center, &manager, id).await.unwrap();
        assert_eq!(codes(&rows(portal, &bau.chief, id).await), expected);
        assert_eq!(count_users(portal).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_silent_erp_keeps_back_only_the_rows_that_need_it() {
    both(async |portal| {
        let bau = portal.bau().await;
        let text = "name,email,roles,contact_number\n\
            Anna,anna@bau-partner.example,buyer,KT-2\n\
            Otto,otto@bau-partner.example,buyer,\n\
            Zoe,zoe@bau-partner.example,buyer,KT-3\n";
        let heard = check(portal, &bau.chief, text).await;
        portal.erp.set_down(true);
        let silent = ErrorCode::ErpUnavailable;
        let id = check(portal, &bau.chief, text).await;
        let states: Vec<_> = rows(portal, &bau.chief, id).await.into_iter().map(|row| row.state).collect();
        assert_eq!(
            states,
            [RowState::Kept(silent.clone().into()), RowState::Ready, RowState::Kept(silent.clone().into())]
        );
        // It may also fall silent before the rows are added.
        users::add_imported(&portal.center, &bau.chief, heard).await.unwrap();
        let states: Vec<_> = rows(portal, &bau.chief, heard).await.into_iter().map(|row| row.state).collect();
        assert_eq!(
            (&states[0], &states[2]),
            (&RowState::Kept(silent.clone().into()), &RowState::Kept(silent.into()))
        );
        assert!(matches!(states[1], RowState::Added(_)));
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_no_sheet_is_refused_as_a_whole() {
    both(async |portal| {
        let bau = portal.bau().await;
        let ask = async |text: &str| issue(users::check_import(&portal.center, &bau.chief, text).await);
        let field = |issue| ("csv".to_owned(), issue);
        assert_eq!(ask("").await, field(FieldIssue::Required));
        assert_eq!(
            ask("name,email\nA,a@x.example").await,
            field(FieldIssue::ColumnMissing(UserColumn::Roles))
        );
        assert_eq!(ask(&"x".repeat(IMPORT_MAX_CHARS + 1)).await, field(FieldIssue::TooLong { max: 20_000 }));
        let rows = format!("name,email,roles\n{}", "A,a@x.example,buyer\n".repeat(MANY_MAX + 1));
        assert_eq!(ask(&rows).await, field(FieldIssue::TooMany { max: 200 }));
        assert_eq!(portal.count("SELECT count(*) AS n FROM bulk_results", vec![]).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_added_five_times_at_once_are_added_once() {
    both(async |portal| {
        let bau = portal.bau().await;
        let rows_of =
            (0..10).map(|i| format!("Person {i},p{i}@bau-partner.example,buyer\n")).collect::<String>();
        let id = check(portal, &bau.chief, &format!("name,email,roles\n{rows_of}")).await;
        let tasks = (0..5).map(|_| {
            let (center, chief) = (Arc::clone(&portal.center), bau.chief.clone());
            async move { users::add_imported(&center, &chief, id).await }
        });
        for answer in portal.together(tasks.collect()).await {
            answer.unwrap();
        }
        assert_eq!(count_users(portal).await, 11);
        let found = rows(portal, &bau.chief, id).await;
        assert!(found.iter().all(|row| matches!(row.state, RowState::Added(_))), "{found:?}");
        assert_eq!(portal.mails().await.len(), 10);
        let spent = "SELECT count(*) AS n FROM attempts WHERE bucket = 'users.email_taken'";
        assert_eq!(portal.count(spent, vec![]).await, 0);
    })
    .await;
}

#[tokio::test]
async fn rows_whose_adding_broke_off_are_free_again_after_a_minute() {
    both(async |portal| {
        let bau = portal.bau().await;
        let text = "name,email,roles\nA,a@bau-partner.example,buyer\nB,b@bau-partner.example,buyer";
        let id = check(portal, &bau.chief, text).await;
        // As a request leaves it that ended after its first row.
        portal.execute("UPDATE bulk_results SET taken_at = $1", vec![portal.center.now().into()]).await;
        users::request(&portal.center, &bau.chief, &input("A", "a@bau-partner.example", &[Role::Buyer]))
            .await
            .unwrap();
        assert!(users::result(&portal.center, &bau.chief, id).await.unwrap().adding);
        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        assert_eq!(count_users(portal).await, 2, "somebody else is still adding them");
        portal.clock.advance(MINUTE);
        assert!(!users::result(&portal.center, &bau.chief, id).await.unwrap().adding);
        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        let found = rows(portal, &bau.chief, id).await;
        assert_eq!(wrong(&found[0]), [("email", FieldIssue::EmailTaken)]);
        assert!(matches!(found[1].state, RowState::Added(_)));
    })
    .await;
}

#[tokio::test]
async fn an_import_beyond_the_hour_s_invitations_says_which_rows_wait() {
    both(async |portal| {
        let bau = portal.bau().await;
        users::request(&portal.center, &bau.chief, &input("Z", "z@bau-partner.example", &[Role::Buyer]))
            .await
            .unwrap();
        portal.execute("UPDATE attempts SET count = 199 WHERE bucket = 'users.invitations'", vec![]).await;
        let text = "name,email,roles\nA,a@bau-partner.example,buyer\nB,b@bau-partner.example,buyer";
        let id = check(portal, &bau.chief, text).await;
        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
        let found = rows(portal, &bau.chief, id).await;
        assert!(matches!(found[0].state, RowState::Added(_)));
        let RowState::Kept(error) = &found[1].state else { panic!("{found:?}") };
        assert!(matches!(error.code, ErrorCode::TooManyRequests { .. }));
    })
    .await;
}

#[tokio::test]
async fn an_export_holds_the_filtered_list_of_one_company_and_is_written_down() {
    both(async |portal| {
        let bau = portal.bau().await;
        let other = portal.company(SOLO).await;
        portal.person(other, "Kilian Foreign", RITA, &[Role::MainContact]).await;
        let kim = portal.person(bau.company, "Kim Brand", KIM, &[Role::Buyer]).await;
        portal
            .execute(
                "UPDATE members SET budget_order = 150050, last_seen_at = $2, deactivated_at = 1 WHERE user_id = $1",
                vec![kim.into(), (1_795_300_000 * SECOND).into()],
            )
            .await;
        portal.person(bau.company, "Kilo", "kilo@bau-partner.example", &[Role::Viewer, Role::Approver]).await;
        let export = async |query: UsersQuery| users::export(&portal.center, &bau.chief, &query).await.unwrap();
        let query = UsersQuery { q: "ki".into(), after: Some("nonsense".into()), ..UsersQuery::default() };
        let found = export(query.clone()).await;
        let names: Vec<_> = found.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Kilo", "Kim Brand"]);
        let kim = &found[1];
        assert_eq!((kim.email.as_str(), kim.status), (KIM, UserStatus::Deactivated));
        assert_eq!((kim.budget_order.as_str(), kim.budget_month.as_str()), ("1500.50", ""));
        assert_eq!(kim.last_seen, "2026-11-21T22:26:40Z");
        assert_eq!(found[0].last_seen, "");
        assert_eq!(found[0].roles, [Role::Approver, Role::Viewer]);
        let last = portal.rows("SELECT event, data, company_id FROM audit ORDER BY seq DESC LIMIT 1", vec![]).await;
        assert_eq!(last[0].get::<String>("event").unwrap(), "users_exported");
        let data: serde_json::Value = serde_json::from_str(&last[0].get::<String>("data").unwrap()).unwrap();
        assert_eq!(data["after"], serde_json::json!({ "entries": 2, "filter": "q=ki" }));
        assert_eq!(last[0].get::<model::CompanyId>("company_id").unwrap(), bau.company);

        let sorted = async |sort, descending| {
            let rows = export(UsersQuery { sort, descending, ..query.clone() }).await;
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(sorted(SortKey::Email, false).await, ["Kilo", "Kim Brand"]);
        assert_eq!(sorted(SortKey::LastSeen, true).await, ["Kim Brand", "Kilo"]);
        let role = UsersQuery { role: Some(Role::Viewer.into()), ..UsersQuery::default() };
        assert_eq!(export(role).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn twenty_exports_an_hour_are_enough() {
    both(async |portal| {
        let bau = portal.bau().await;
        let export = async || users::export(&portal.center, &bau.chief, &UsersQuery::default()).await;
        for _ in 0..20 {
            export().await.unwrap();
        }
        assert!(is_limited(export().await));
        portal.clock.advance(HOUR);
        let chief = portal.enter(MARTA).await;
        users::export(&portal.center, &chief, &UsersQuery::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_export_reaches_beyond_what_is_read_at_a_time() {
    both(async |portal| {
        let bau = portal.bau().await;
        let mut tx = portal.center.db().write().await.unwrap();
        for i in 0..1_001 {
            let id = UserId(portal.center.new_id());
            let email = format!("p{i:04}@bau-partner.example");
            tx.execute(
                "INSERT INTO users (id, email, salutation, name, locale, created_at) VALUES ($1, $2, 'none', 'Same Name', 'en', 1)",
                vec![id.into(), email.clone().into()],
            )
            .await
            .unwrap();
            tx.execute(
                "INSERT INTO members (company_id, user_id, name, name_key, email, created_at)
                 VALUES ($1, $2, 'Same Name', 'same name', $3, 1)",
                vec![bau.company.into(), id.into(), email.into()],
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
        let query = UsersQuery { sort: SortKey::Email, ..UsersQuery::default() };
        let found = users::export(&portal.center, &bau.chief, &query).await.unwrap();
        assert_eq!(found.len(), 1_002);
        assert!(found.windows(2).all(|pair| pair[0].email < pair[1].email));
    })
    .await;
}

#[tokio::test]
async fn only_who_may_see_the_users_exports_them() {
    both(async |portal| {
        let bau = portal.bau().await;
        portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let kim = portal.enter(KIM).await;
        let before = portal.events().await.len();
        let query = UsersQuery::default();
        assert!(matches!(
            users::export(&portal.center, &kim, &query).await,
            Err(Error::Lacks(Permission::UsersView))
        ));
        let looking = with_rights(&kim, &[Permission::UsersView]);
        assert_eq!(users::export(&portal.center, &looking, &query).await.unwrap().len(), 2);
        assert_eq!(portal.events().await.len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn main_contacts_among_many_want_a_password_typed_lately() {
    both(async |portal| {
        let bau = portal.bau().await;
        let second =
            portal.person(bau.company, "Second", "second@bau-partner.example", &[Role::MainContact]).await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        portal.clock.advance(5 * MINUTE + 1);
        let main = Some(Role::MainContact);
        for late in [
            form(BulkAction::Deactivate, None, &[kim, second]),
            form(BulkAction::Activate, None, &[second]),
            form(BulkAction::AddRole, main, &[kim]),
            form(BulkAction::RemoveRole, main, &[kim, second]),
        ] {
            let answer = users::bulk(&portal.center, &bau.chief, &late).await;
            assert_eq!(asked_for_password(answer), ErrorCode::ReauthRequired);
        }
        assert_eq!(status(portal, &bau.chief, kim).await, UserStatus::Active, "nothing was done to anybody");
        // What changes no main contact goes on without.
        let own = kept(portal, &bau.chief, BulkAction::Deactivate, None, &[bau.marta, kim]).await;
        assert_eq!(own, [Some(Kept::Yourself), None]);
        kept(portal, &bau.chief, BulkAction::Activate, None, &[kim]).await;
        let added = kept(portal, &bau.chief, BulkAction::AddRole, Some(Role::Viewer), &[kim, second]).await;
        assert_eq!(added, [None, None]);
        let has = kept(portal, &bau.chief, BulkAction::AddRole, main, &[second]).await;
        assert_eq!(has, [Some(Kept::HasRole)]);

        let fresh = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        let off = kept(portal, &fresh, BulkAction::Deactivate, None, &[kim, second]).await;
        assert_eq!(off, [None, None]);
    })
    .await;
}

#[tokio::test]
async fn rows_of_main_contacts_wait_for_a_password_typed_lately() {
    both(async |portal| {
        let bau = portal.bau().await;
        let text = "name,email,roles\nA,a@bau-partner.example,buyer\nB,b@bau-partner.example,Hauptkontakt";
        let id = check(portal, &bau.chief, text).await;
        portal.clock.advance(5 * MINUTE + 1);
        let answer = users::add_imported(&portal.center, &bau.chief, id).await;
        assert_eq!(asked_for_password(answer), ErrorCode::ReauthRequired);
        assert_eq!(count_users(portal).await, 1);
        let found = rows(portal, &bau.chief, id).await;
        assert!(found.iter().all(|row| row.state == RowState::Ready), "{found:?}");
        assert!(!users::result(&portal.center, &bau.chief, id).await.unwrap().adding);

        let fresh = accounts::type_again(&portal.center, &bau.chief, PASSWORD).await.unwrap();
        users::add_imported(&portal.center, &fresh, id).await.unwrap();
        let found = rows(portal, &bau.chief, id).await;
        assert!(found.iter().all(|row| matches!(row.state, RowState::Added(_))), "{found:?}");
        // Nothing is left to add, so nothing asks.
        portal.clock.advance(5 * MINUTE + 1);
        users::add_imported(&portal.center, &bau.chief, id).await.unwrap();
    })
    .await;
}

/// The code of a refusal that asks for the password.
fn asked_for_password<T: std::fmt::Debug>(answer: Result<T, Error>) -> ErrorCode {
    let Err(Error::Refused(refusal)) = answer else { panic!("{answer:?}") };
    assert_eq!(refusal.issue("current"), Some(FieldIssue::PasswordAgain));
    refusal.code.clone()
}
