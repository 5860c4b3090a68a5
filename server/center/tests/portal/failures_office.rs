//! As [`failures`](super::failures), over what the shop's staff do in the Back Office.

use center::mail::MailKind;
use center::office::customers as access;
use center::office::templates::{self, Edited, Which};
use center::office::{self as entry, shop as office, staff, users as people};
use image::ImageFormat;
use model::{AccessInput, Feature, Locale, Role, ShopInput, StaffInput, StaffRole, TemplateSource, UserId};

use super::failures::{contents, nothing_by_halves};
use super::office_passkeys::{Device, half, set_up};
use super::office_shop::picture;
use crate::support::*;

const ANNA: &str = "anna.berger@bau-partner.example";
const KIM: &str = "kim@bau-partner.example";

fn tick(contact: &str, email: &str, role: Role) -> AccessInput {
    AccessInput {
        ticked: true,
        contact_number: contact.to_owned(),
        name: String::new(),
        email: email.to_owned(),
        role: role.key().to_owned(),
    }
}

#[tokio::test]
async fn access_is_given_told_of_and_taken_wholly_or_not_at_all() {
    both(async |portal| {
        let shop = portal.staff(StaffRole::Service).await;
        let center = &portal.center;
        let both_of_them = [tick("KT-1", MARTA, Role::MainContact), tick("KT-2", ANNA, Role::Buyer)];
        let given = nothing_by_halves(portal, "give", contents, async || {
            access::give(center, &shop, BAU, false, &both_of_them).await
        })
        .await;
        // In the order of their addresses.
        let [anna, marta]: [UserId; 2] = given.users.try_into().unwrap();
        for user in [anna, marta] {
            nothing_by_halves(portal, "mail", contents, async || {
                access::mail_access(center, &shop, BAU, user).await
            })
            .await;
        }
        nothing_by_halves(portal, "take", contents, async || {
            access::revoke(center, &shop, BAU, anna, false).await
        })
        .await;
        // The company has nobody left and is closed with it.
        let closed = nothing_by_halves(portal, "close", contents, async || {
            access::revoke(center, &shop, BAU, marta, true).await
        })
        .await;
        assert!(closed);
        nothing_by_halves(portal, "give again", contents, async || {
            access::give(center, &shop, BAU, true, &both_of_them[..1]).await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_shop_manages_people_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let kim = portal.person(bau.company, "Kim", KIM, &[Role::Buyer]).await;
        let shop = portal.staff(StaffRole::Administrator).await;
        let (center, company) = (&portal.center, Some(bau.company));
        portal.enter(KIM).await;
        nothing_by_halves(portal, "link", contents, async || {
            people::send_password_link(center, &shop, kim).await
        })
        .await;
        nothing_by_halves(portal, "view", contents, async || {
            people::view_as(center, &shop, kim, company, "A question", true).await.map(drop)
        })
        .await;
        nothing_by_halves(portal, "sessions", contents, async || {
            people::end_sessions(center, &shop, kim).await
        })
        .await;
        nothing_by_halves(portal, "off", contents, async || {
            people::deactivate(center, &shop, kim, company, false).await
        })
        .await;
        nothing_by_halves(portal, "on", contents, async || {
            people::activate(center, &shop, kim, company).await
        })
        .await;
        nothing_by_halves(portal, "close", contents, async || {
            people::close_company(center, &shop, bau.company).await
        })
        .await;
        nothing_by_halves(portal, "open", contents, async || {
            people::open_company(center, &shop, bau.company).await
        })
        .await;
        // In a company of her own too.
        let second = portal.company_named("30-1").await;
        portal.person(second, "Lena Roth", "lena@zweite.example", &[Role::MainContact]).await;
        let too = portal.person(second, "Kim", "kim.too@bau-partner.example", &[Role::Buyer]).await;
        portal.joins(too, bau.company, &[Role::Viewer]).await;
        portal.enter("kim.too@bau-partner.example").await;
        let page = people::merge_page(center, &shop, kim, "kim.too@bau-partner.example", false).await;
        let plan = page.unwrap().plan.unwrap();
        nothing_by_halves(portal, "merge", contents, async || {
            people::merge(center, &shop, kim, too, &plan.seen).await
        })
        .await;
        nothing_by_halves(portal, "erase", contents, async || {
            people::erase(center, &shop, kim, KIM, "").await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn the_shop_is_changed_wholly_or_not_at_all() {
    both(async |portal| {
        let bau = portal.bau().await;
        let shop = portal.staff(StaffRole::Administrator).await;
        let center = &portal.center;
        for company in [None, Some(bau.company)] {
            let page = office::features_page(center, &shop, company, "").await.unwrap();
            let on = page.features.iter().filter(|row| row.feature != Feature::AccessRequests);
            let on: Vec<String> = on.map(|row| row.feature.key().to_owned()).collect();
            nothing_by_halves(portal, "features", contents, async || {
                office::switch_features(center, &shop, company, &on, &page.before).await
            })
            .await;
        }
        let version = async || office::shop_page(center, &shop).await.unwrap().version.to_string();
        let form = ShopInput {
            name: "Werkzeug Wien".to_owned(),
            contact: "hilfe@werkzeug.example".to_owned(),
            address: "Ring 1, 1010 Wien".to_owned(),
            locale: "de".to_owned(),
            time_zone: "Europe/Vienna".to_owned(),
        };
        let now = version().await;
        nothing_by_halves(portal, "company information", contents, async || {
            office::edit_shop(center, &shop, &form, &now).await
        })
        .await;
        let now = version().await;
        nothing_by_halves(portal, "colour", contents, async || {
            office::edit_brand(center, &shop, "25", &now).await
        })
        .await;
        for company in [None, Some(bau.company)] {
            nothing_by_halves(portal, "logo", contents, async || {
                office::upload_logo(center, &shop, company, picture(ImageFormat::Png)).await
            })
            .await;
        }
        nothing_by_halves(portal, "no logo", contents, async || {
            office::remove_logo(center, &shop, Some(bau.company)).await
        })
        .await;
        nothing_by_halves(portal, "address", contents, async || {
            office::move_address(center, &shop, bau.company, "bau", "bau-partner-gmbh").await
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn staff_are_invited_and_changed_wholly_or_not_at_all() {
    both(async |portal| {
        let chief = portal.staff(StaffRole::Administrator).await;
        let other = portal.staff(StaffRole::Editor).await.staff().unwrap().staff;
        let center = &portal.center;
        let form = StaffInput {
            name: "Ines Shop".to_owned(),
            email: "ines@nordholz.example".to_owned(),
            role: "editor".to_owned(),
        };
        let ines = nothing_by_halves(portal, "invite", contents, async || {
            staff::invite(center, &chief, &form).await
        })
        .await;
        nothing_by_halves(portal, "link", contents, async || staff::send_link(center, &chief, ines).await)
            .await;
        nothing_by_halves(portal, "role", contents, async || {
            staff::set_role(center, &chief, other, "auditor").await
        })
        .await;
        nothing_by_halves(portal, "second step", contents, async || {
            staff::reset_second_step(center, &chief, other).await
        })
        .await;
        nothing_by_halves(portal, "off", contents, async || staff::deactivate(center, &chief, other).await)
            .await;
        nothing_by_halves(portal, "on", contents, async || staff::activate(center, &chief, other).await)
            .await;
    })
    .await;
}

#[tokio::test]
async fn templates_are_saved_published_and_taken_back_wholly_or_not_at_all() {
    both(async |portal| {
        let shop = portal.staff(StaffRole::Editor).await;
        let center = &portal.center;
        let which = Which { kind: MailKind::PasswordReset, locale: Locale::En };
        let edited = |revision, words: &str| Edited {
            which,
            revision,
            source: TemplateSource {
                subject: "Set it for {{ name }}".to_owned(),
                html: format!("<p>{words} <a href=\"{{{{ link }}}}\">Go on</a></p>"),
                ..TemplateSource::default()
            },
        };
        nothing_by_halves(portal, "save", contents, async || {
            templates::save(center, &shop, &edited(0, "First")).await
        })
        .await;
        for revision in [1, 2] {
            nothing_by_halves(portal, "publish", contents, async || {
                templates::publish(center, &shop, &edited(revision, &format!("Words {revision}"))).await
            })
            .await;
        }
        nothing_by_halves(portal, "restore", contents, async || {
            templates::restore(center, &shop, which, 3, 1).await
        })
        .await;
        nothing_by_halves(portal, "discard", contents, async || {
            templates::discard(center, &shop, which, 4).await
        })
        .await;
        nothing_by_halves(portal, "standard", contents, async || {
            templates::standard(center, &shop, which, 5).await
        })
        .await;
    })
    .await;
}

/// As [`contents`], without sessions: a question is asked there, and used up by whatever answers it.
async fn but_questions(portal: &Portal) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut found = contents(portal).await;
    found.remove("staff_sessions");
    found
}

#[tokio::test]
async fn passkeys_come_are_used_and_go_wholly_or_not_at_all() {
    both(async |portal| {
        let (center, (_, actor)) = (&portal.center, set_up(portal).await);
        let laptop = Device::new(7);
        nothing_by_halves(portal, "begin", contents, async || {
            entry::begin_passkey(center, &actor, "Laptop").await
        })
        .await;
        nothing_by_halves(portal, "add", but_questions, async || {
            entry::begin_passkey(center, &actor, "Laptop").await?;
            let offer = entry::passkey_page(center, &actor).await?.unwrap();
            entry::add_passkey(center, &actor, &laptop.make(&offer.options)).await
        })
        .await;
        let half_way = half(portal).await;
        nothing_by_halves(portal, "step", but_questions, async || {
            let options = entry::passkey_question(center, &half_way).await?;
            entry::passkey_step(center, &half_way, &laptop.sign(&options, 1)).await.map(drop)
        })
        .await;
        let kept = entry::me(center, &actor).await.unwrap().passkeys.unwrap()[0].id;
        nothing_by_halves(portal, "remove", contents, async || {
            entry::remove_passkey(center, &actor, kept).await
        })
        .await;
    })
    .await;
}
