//! As [`failures`](super::failures), over what a company does with its people beside inviting and editing them.

use center::store::faults::{Fault, failing};
use center::users::{self, BulkInput, DifferencesQuery, ReviewQuery, roles};
use center::{Error, accounts, activation};
use model::{BulkAction, DifferenceKind, DifferencesBlock, ErrorCode, Role, RoleInput};

use super::failures::{contents, forget_attempts, nothing_by_halves};
use crate::support::*;

const ANNA: &str = "anna.berger@bau-partner.example";
const KIM: &str = "kim@bau-partner.example";

fn role(rights: &[&str]) -> RoleInput {
    RoleInput {
        name: "Team lead".to_owned(),
        rights: rights.iter().map(|right| (*right).to_owned()).collect(),
    }
}

#[tokio::test]
async fn own_roles_are_made_changed_and_deleted_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let wide = role(&["orders.view=company", "orders.place=own"]);
        let id =
            nothing_by_halves(portal, "create", contents, async || roles::create(center, chief, &wide).await)
                .await;
        let form = model::UserInput { roles: vec![id.to_string()], ..input("Kim", KIM, &[]) };
        let kim = users::request(center, chief, &form).await.unwrap();
        let narrow = role(&["orders.view=company"]);
        let Err(Error::Refused(refused)) = roles::edit(center, chief, id, 1, &narrow, "").await else {
            panic!()
        };
        let ErrorCode::LossesUnconfirmed { shown, .. } = refused.code else { panic!("{refused:?}") };
        nothing_by_halves(portal, "edit", contents, async || {
            roles::edit(center, chief, id, 1, &narrow, &shown).await
        })
        .await;
        nothing_by_halves(portal, "give", contents, async || {
            users::change_role(center, chief, kim, Role::Buyer.into(), true).await
        })
        .await;
        nothing_by_halves(portal, "take", contents, async || {
            users::change_role(center, chief, kim, model::RoleRef::Own(id), false).await
        })
        .await;
        nothing_by_halves(portal, "delete", contents, async || roles::delete(center, chief, id, 2).await)
            .await;
    })
    .await;
}

#[tokio::test]
async fn differences_are_settled_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let anna = portal.person(bau.company, "Anna Berger", ANNA, &[Role::Buyer]).await;
        let gone = portal.person(bau.company, "Gerd Weg", "gerd@bau-partner.example", &[Role::Buyer]).await;
        for (user, number) in [(anna, "2"), (gone, "77")] {
            let sql = "UPDATE members SET contact_key = 'KT' || $2, contact_number = 'KT-' || $2 WHERE user_id = $1";
            portal.execute(sql, vec![user.into(), number.into()]).await;
        }
        portal.erp.change(BAU, |known| {
            known.contacts[1].email = model::Email::parse("a.berger@bau-partner.example").ok();
            known.contacts[1].name = "Anna Berger-Kern".to_owned();
        });
        let named = async |user, kind| {
            let page = users::differences(center, chief, &DifferencesQuery::default()).await.unwrap();
            let DifferencesBlock::Fresh { rows, .. } = page.list else { panic!() };
            let row = rows.iter().find(|row| row.user == user && row.kind == kind);
            row.unwrap_or_else(|| panic!("no {kind:?} among {rows:?}")).difference.parse().unwrap()
        };
        let name = named(anna, DifferenceKind::Name).await;
        nothing_by_halves(portal, "ignore", contents, async || {
            users::ignore_difference(center, chief, &name).await
        })
        .await;
        nothing_by_halves(portal, "recall", contents, async || {
            users::recall_difference(center, chief, &name).await
        })
        .await;
        for (user, kind) in [
            (anna, DifferenceKind::Name),
            (anna, DifferenceKind::Email),
            (gone, DifferenceKind::Gone),
        ] {
            let name = named(user, kind).await;
            nothing_by_halves(portal, "take over", contents, async || {
                users::take_difference(center, chief, &name).await
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_review_is_done_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let page = users::review(center, chief, &ReviewQuery::default()).await.unwrap().list;
        let shown: Vec<model::ReviewedUser> =
            page.users.rows.iter().map(|row| row.shown.parse().unwrap()).collect();
        nothing_by_halves(portal, "confirm", contents, async || {
            users::confirm_access(center, chief, &shown).await
        })
        .await;
        nothing_by_halves(portal, "deactivate", contents, async || {
            users::deactivate_reviewed(center, chief, kim).await
        })
        .await;
        nothing_by_halves(portal, "finish", contents, async || users::finish_review(center, chief).await)
            .await;
    })
    .await;
}

#[tokio::test]
async fn requests_for_access_are_made_and_decided_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let started = activation::start(center, &anybody(), BAU, BAU_INVOICE, ANNA).await.unwrap();
        let activation::Outcome::Next(_, Some(browser)) = started else { panic!() };
        let browser = browser.text();
        for (email, grants) in [(KIM, true), (ANNA, false)] {
            nothing_by_halves(portal, "ask", contents, async || {
                let form = activation::Asking { name: "Kim", email, message: "" };
                activation::request_access(center, &anybody(), &browser, form).await
            })
            .await;
            let open = users::access_requests(center, chief).await.unwrap().list;
            let id = open[0].id;
            if grants {
                let form = input("Kim", email, &[Role::Buyer]);
                nothing_by_halves(portal, "grant", contents, async || {
                    users::grant_access(center, chief, id, &form).await
                })
                .await;
            } else {
                nothing_by_halves(portal, "decline", contents, async || {
                    users::decline_access(center, chief, id, "").await
                })
                .await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn people_change_their_own_account_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let new = "m.lind@bau-partner.example";
        nothing_by_halves(portal, "change the address", contents, async || {
            accounts::change_email(center, chief, new, PASSWORD).await
        })
        .await;
        nothing_by_halves(portal, "cancel", contents, async || {
            accounts::cancel_email_change(center, chief).await
        })
        .await;
        accounts::change_email(center, chief, new, PASSWORD).await.unwrap();
        let link = one(&portal.mails().await, "email_change_confirm").token();
        nothing_by_halves(portal, "confirm", contents, async || {
            accounts::confirm_email(center, &anybody(), &link).await
        })
        .await;
    })
    .await;
}

/// Each user is done wholly or not at all, whatever fails; the result says to whom it was done, or there is none.
#[tokio::test]
async fn each_of_several_is_switched_off_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let (center, chief) = (&portal.center, &bau.chief);
        let mut ids = Vec::new();
        for n in 0..3 {
            let email = format!("kim{n}@bau-partner.example");
            ids.push(portal.person(bau.company, "Kim", &email, &[Role::Buyer]).await.to_string());
        }
        let form =
            BulkInput { action: BulkAction::Deactivate.key().to_owned(), users: ids, ..BulkInput::default() };
        for n in 1.. {
            forget_attempts(portal).await;
            // Of results the oldest goes.
            portal.clock.advance(SECOND);
            portal.execute("UPDATE members SET deactivated_at = NULL", vec![]).await;
            let count = async |sql| portal.count(sql, vec![]).await;
            let events = "SELECT count(*) AS n FROM audit WHERE event = 'user_deactivated'";
            let mails = "SELECT count(*) AS n FROM outbox WHERE kind = 'deactivated'";
            let before = (count(events).await, count(mails).await);
            let (answer, struck) = failing(Fault::Use(n), Box::pin(users::bulk(center, chief, &form))).await;
            let off = count("SELECT count(*) AS n FROM members WHERE deactivated_at IS NOT NULL").await;
            assert_eq!(
                (count(events).await - before.0, count(mails).await - before.1),
                (off, off),
                "use {n}"
            );
            if let Ok(id) = answer {
                let users::Work::Action(work) = users::result(center, chief, id).await.unwrap().work else {
                    panic!()
                };
                let done = work.lines.iter().filter(|line| line.kept.is_none()).count();
                assert_eq!(i64::try_from(done).unwrap(), off, "use {n}");
            }
            if !struck {
                assert_eq!(off, 3);
                break;
            }
        }
    })
    .await;
}
