//! What the merchant decides: features that are off, data of the shop, its logo, and sign-in addresses.

use std::io::Cursor;
use std::sync::Arc;

use center::access::{Actor, Client, authorize, table};
use center::activation::{self, Asking, Outcome, You};
use center::office::shop as office;
use center::{Error, accounts, shop, users};
use image::{DynamicImage, ImageFormat};
use model::{
    AskingForAccess, CompanyId, ErrorCode, Feature, FieldIssue, OfficeRight, Role, ShopInput, StaffRole,
    UsersQuery,
};

use crate::support::*;

/// A browser whose next request comes now, as the host makes it.
async fn next_request(portal: &Portal) -> Actor {
    let shop = Arc::new(shop::read(&portal.center).await.unwrap());
    Actor::Anonymous(Client { off: shop.off, shop, ..anybody().client().clone() })
}

/// The next request with this session.
async fn next_of(portal: &Portal, token: &str) -> Actor {
    let now = next_request(portal).await;
    let found = accounts::sessions::resolve(&portal.center, token, now.client()).await.unwrap();
    Actor::User(Box::new(found.expect("the session stays")))
}

/// Switches off these features alone.
async fn off(portal: &Portal, staff: &Actor, company: Option<CompanyId>, features: &[Feature]) {
    let page = office::features_page(&portal.center, staff, company, "").await.unwrap();
    let on = page.features.iter().filter(|row| !features.contains(&row.feature));
    let on: Vec<String> = on.map(|row| row.feature.key().to_owned()).collect();
    office::switch_features(&portal.center, staff, company, &on, &page.before).await.unwrap();
}

fn closed<T>(result: Result<T, Error>) -> Feature {
    match refused(result) {
        ErrorCode::FeatureOff { feature } => feature,
        other => panic!("refused for another reason: {other:?}"),
    }
}

#[tokio::test]
async fn without_customer_access_nothing_is_done_and_all_of_it_again_once_it_is_on() {
    both(async |portal| {
        let center = &portal.center;
        portal.bau().await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let token = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        users::list(center, &next_of(portal, &token).await, &UsersQuery::default()).await.unwrap();

        off(portal, &staff, None, &[Feature::CustomerAccess]).await;
        let (user, nobody) = (next_of(portal, &token).await, next_request(portal).await);
        let access = Feature::CustomerAccess;
        assert_eq!(closed(users::list(center, &user, &UsersQuery::default()).await), access);
        assert_eq!(closed(accounts::profile(center, &user).await), access);
        assert_eq!(closed(portal.sign_in(&nobody, MARTA, PASSWORD).await), access);
        assert_eq!(closed(accounts::forgot_password(center, &nobody, MARTA).await), access);
        assert_eq!(closed(accounts::sign_in_page(center, &nobody, "").await), access);
        let start = activation::start(center, &nobody, BAU, BAU_INVOICE, "new@bau-partner.example").await;
        assert_eq!(closed(start), access);
        for spec in table().iter().filter(|spec| spec.features().contains(&access)) {
            assert_eq!(spec.closed_by(user.client().off), Some(access), "{}", spec.name);
        }
        // Who signs out, does.
        assert!(authorize(&user, center::access::Operation::SignOut).is_ok());
        office::features_page(center, &staff, None, "").await.unwrap();

        off(portal, &staff, None, &[]).await;
        users::list(center, &next_of(portal, &token).await, &UsersQuery::default()).await.unwrap();
        portal.sign_in(&next_request(portal).await, MARTA, PASSWORD).await.unwrap();
        let events = portal.events().await;
        assert_eq!(events.iter().filter(|event| *event == "features_switched").count(), 2);
        let rows = portal
            .rows("SELECT data FROM audit WHERE event = 'features_switched' ORDER BY seq", vec![])
            .await;
        let data: Vec<String> = rows.iter().map(|row| row.get("data").unwrap()).collect();
        assert!(
            data[0].contains(r#""after":{"features_off":["customer_access"]},"before":{"features_off":[]}"#),
            "{data:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_company_can_be_switched_off_alone() {
    both(async |portal| {
        let center = &portal.center;
        let bau = portal.bau().await;
        let other = portal.company_named("77-1").await;
        portal.person(other, "Otto Other", "otto@other.example", &[Role::MainContact]).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let marta = portal.sign_in(&anybody(), MARTA, PASSWORD).await.unwrap();
        let otto = portal.sign_in(&anybody(), "otto@other.example", PASSWORD).await.unwrap();

        off(portal, &staff, Some(bau.company), &[Feature::CustomerAccess]).await;
        let access = Feature::CustomerAccess;
        assert_eq!(
            closed(users::list(center, &next_of(portal, &marta).await, &UsersQuery::default()).await),
            access
        );
        users::list(center, &next_of(portal, &otto).await, &UsersQuery::default()).await.unwrap();
        let nobody = next_request(portal).await;
        assert_eq!(closed(accounts::sign_in_page(center, &nobody, "bau-partner-gmbh").await), access);
        accounts::sign_in_page(center, &nobody, "77-1").await.unwrap();
        // Signing in tells who is asked to wait, not strangers.
        portal.sign_in(&nobody, MARTA, PASSWORD).await.unwrap();

        let page = office::features_page(center, &staff, None, "").await.unwrap();
        assert_eq!(page.companies.iter().map(|row| row.id).collect::<Vec<_>>(), [bau.company]);
        for (search, found) in [("PARTNER", 1), (BAU, 1), ("102", 0), ("%", 0), ("77", 1), ("nobody", 0)] {
            let page = office::features_page(center, &staff, None, search).await.unwrap();
            assert_eq!(page.companies.len(), found, "{search}");
        }
        let events = portal
            .rows("SELECT company_id FROM audit WHERE event = 'company_features_switched'", vec![])
            .await;
        assert_eq!(events[0].get::<CompanyId>("company_id").unwrap(), bau.company);
        off(portal, &staff, Some(bau.company), &[]).await;
        users::list(center, &next_of(portal, &marta).await, &UsersQuery::default()).await.unwrap();
        let none = office::features_page(center, &staff, Some(CompanyId(center.new_id())), "").await;
        assert_eq!(refused(none), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test]
async fn activations_and_requests_for_access_end_alone() {
    both(async |portal| {
        let center = &portal.center;
        let bau = portal.bau().await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let begun =
            activation::start(center, &anybody(), BAU, BAU_INVOICE, "anna.berger@bau-partner.example").await;
        let Ok(Outcome::Next(_, Some(browser))) = begun else { panic!("no activation is under way") };
        let browser = browser.text();
        let ask = async |from: &Actor| {
            let form = Asking { name: "Kim Novak", email: "kim@elsewhere.example", message: "" };
            activation::request_access(center, from, &browser, form).await
        };
        let view = async |from: &Actor| {
            let view = activation::view(center, from, &browser).await.unwrap().unwrap();
            view.eligibility.unwrap().asking
        };
        assert_eq!(view(&next_request(portal).await).await, AskingForAccess::Open);

        for company in [None, Some(bau.company)] {
            off(portal, &staff, company, &[Feature::AccessRequests]).await;
            let nobody = next_request(portal).await;
            assert_eq!(view(&nobody).await, AskingForAccess::Off);
            assert_eq!(closed(ask(&nobody).await), Feature::AccessRequests);
            off(portal, &staff, company, &[]).await;
        }
        off(portal, &staff, None, &[Feature::SelfActivation]).await;
        let nobody = next_request(portal).await;
        assert_eq!(closed(activation::view(center, &nobody, &browser).await), Feature::SelfActivation);
        assert_eq!(closed(ask(&nobody).await), Feature::SelfActivation);
        let again = activation::start(center, &nobody, BAU, BAU_INVOICE, "x@bau-partner.example").await;
        assert_eq!(closed(again), Feature::SelfActivation);
        portal.sign_in(&nobody, MARTA, PASSWORD).await.unwrap();
        off(portal, &staff, None, &[]).await;
        let nobody = next_request(portal).await;
        assert_eq!(view(&nobody).await, AskingForAccess::Open);
        ask(&nobody).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_who_may_switches_and_nobody_undoes_what_somebody_else_did() {
    both(async |portal| {
        let center = &portal.center;
        let admin = portal.staff(StaffRole::Administrator).await;
        let on: Vec<String> = vec!["self_activation".to_owned()];
        for role in [StaffRole::Service, StaffRole::Editor, StaffRole::Auditor] {
            let other = portal.staff(role).await;
            office::features_page(center, &other, None, "").await.unwrap();
            office::shop_page(center, &other).await.unwrap();
            let lacks = |result: Result<(), Error>| {
                assert!(matches!(result, Err(Error::OfficeLacks(OfficeRight::ShopManage))), "{role:?}");
            };
            lacks(office::switch_features(center, &other, None, &on, "").await);
            lacks(office::edit_shop(center, &other, &data(), "1").await);
            lacks(office::edit_brand(center, &other, "20", "1").await);
            lacks(office::upload_logo(center, &other, None, picture(ImageFormat::Png)).await);
            lacks(office::remove_logo(center, &other, None).await);
            lacks(office::move_address(center, &other, CompanyId(center.new_id()), "abc", "").await);
        }
        let user = portal.bau().await.chief;
        assert_eq!(
            refused(office::switch_features(center, &user, None, &on, "").await),
            ErrorCode::Unauthenticated
        );

        let unknown = vec!["online_payments".to_owned()];
        let result = office::switch_features(center, &admin, None, &unknown, "").await;
        assert_eq!(issue(result), ("on".to_owned(), FieldIssue::UnknownChoice));
        office::switch_features(center, &admin, None, &on, "").await.unwrap();
        let late = office::switch_features(center, &admin, None, &[], "").await;
        assert_eq!(refused(late), ErrorCode::Conflict);
        // The same once more changes nothing and tells nothing.
        office::switch_features(center, &admin, None, &on, "customer_access access_requests").await.unwrap();
        assert_eq!(portal.events().await.iter().filter(|event| *event == "features_switched").count(), 1);
    })
    .await;
}

fn data() -> ShopInput {
    ShopInput {
        name: "Werkzeug Wien".to_owned(),
        contact: "+43 1 2345 · hilfe@werkzeug.example".to_owned(),
        address: "Ring 1, 1010 Wien".to_owned(),
        locale: "de".to_owned(),
        time_zone: "europe/vienna".to_owned(),
    }
}

#[tokio::test]
async fn what_is_saved_of_the_shop_holds_at_once_on_all_nodes_and_in_mails() {
    both(async |portal| {
        let center = &portal.center;
        portal.bau().await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let other_node = portal.restarted();
        assert_eq!(shop::read(&other_node).await.unwrap().name, "Nordholz & Söhne", "as the settings say");

        let page = office::shop_page(center, &staff).await.unwrap();
        assert_eq!(page.sign_in_url, format!("{PUBLIC_URL}/sign-in"));
        let version = page.version.to_string();
        office::edit_shop(center, &staff, &data(), &version).await.unwrap();
        let shop = shop::read(&other_node).await.unwrap();
        assert_eq!((shop.name.as_str(), shop.time_zone.as_str()), ("Werkzeug Wien", "Europe/Vienna"));
        assert_eq!(refused(office::edit_shop(center, &staff, &data(), &version).await), ErrorCode::Conflict);
        let wrong = ShopInput { time_zone: "Mars/Olympus".to_owned(), ..data() };
        let current = shop.version.to_string();
        let result = office::edit_shop(center, &staff, &wrong, &current).await;
        assert_eq!(issue(result), ("time_zone".to_owned(), FieldIssue::UnknownChoice));

        accounts::forgot_password(center, &next_request(portal).await, MARTA).await.unwrap();
        let mail = portal.settled_mails().await.remove(0);
        assert!(mail.text.contains("your account at Werkzeug Wien"), "{}", mail.text);
        assert!(!mail.text.contains("Nordholz &"), "{}", mail.text);

        for bad in ["", "360", "-1", "1.5", "red"] {
            let result = office::edit_brand(center, &staff, bad, &current).await;
            assert_eq!(issue(result), ("hue".to_owned(), FieldIssue::HueMalformed), "{bad}");
        }
        office::edit_brand(center, &staff, "25", &current).await.unwrap();
        assert_eq!(shop::read(&other_node).await.unwrap().hue, Some(25));
        let rows =
            portal.rows("SELECT data FROM audit WHERE event = 'shop_changed' ORDER BY seq", vec![]).await;
        let told: String = rows[0].get("data").unwrap();
        assert!(told.contains("Nordholz & Söhne") && told.contains("Werkzeug Wien"), "{told}");
        assert_eq!(rows.len(), 2);
    })
    .await;
}

/// A picture of that format.
pub(super) fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 32).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn a_logo_is_shown_under_its_hash_until_another_takes_its_place() {
    both(async |portal| {
        let center = &portal.center;
        let staff = portal.staff(StaffRole::Administrator).await;
        let path = async || shop::read(center).await.unwrap().logo_path();
        let get = async |path: &str| shop::logo(center, &anybody(), path.trim_start_matches("/brand/")).await;
        assert_eq!(path().await, None);
        let mut polyglot = picture(ImageFormat::Png);
        polyglot.extend_from_slice(b"<script>alert(1)</script>");
        office::upload_logo(center, &staff, None, polyglot).await.unwrap();
        let first = path().await.unwrap();
        let png = get(&first).await.unwrap();
        assert!(png.starts_with(b"\x89PNG") && !png.windows(7).any(|part| part == b"<script"));

        let cut = picture(ImageFormat::Jpeg)[..200].to_vec();
        let hostile: [(&[u8], FieldIssue); 4] = [
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", FieldIssue::PictureUnknown),
            (&cut, FieldIssue::PictureBroken),
            (&[0x89; 1024 * 1024 + 1], FieldIssue::PictureTooLarge),
            (b"", FieldIssue::Required),
        ];
        for (file, what) in hostile {
            let result = office::upload_logo(center, &staff, None, file.to_vec()).await;
            assert_eq!(issue(result), ("logo".to_owned(), what));
        }
        assert_eq!(path().await.as_deref(), Some(first.as_str()), "the one before stays");

        office::upload_logo(center, &staff, None, picture(ImageFormat::Jpeg)).await.unwrap();
        let second = path().await.unwrap();
        // Black is black, in whichever format it came.
        if second != first {
            assert_eq!(refused(get(&first).await), ErrorCode::NotFound);
        }
        get(&second).await.unwrap();
        for none in ["x.png", &format!("{}.png", "0".repeat(64)), "../shop.png", &second[7..71]] {
            assert_eq!(refused(get(none).await), ErrorCode::NotFound, "{none}");
        }
        office::remove_logo(center, &staff, None).await.unwrap();
        office::remove_logo(center, &staff, None).await.unwrap();
        assert_eq!(path().await, None);
        assert_eq!(portal.count("SELECT count(*) AS n FROM logos", vec![]).await, 0);
        assert_eq!(portal.events().await.iter().filter(|event| *event == "shop_logo_removed").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_company_has_a_logo_of_its_own_at_its_own_address_alone() {
    both(async |portal| {
        let center = &portal.center;
        let bau = portal.bau().await.company;
        let other = portal.company_named("77-1").await;
        portal.person(other, "Otto Other", "otto@other.example", &[Role::MainContact]).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let shown = async |slug: &str| {
            accounts::sign_in_page(center, &anybody(), slug).await.unwrap().company.unwrap().logo
        };
        let kept = async || portal.count("SELECT count(*) AS n FROM logos", vec![]).await;
        let put = async |company, format| office::upload_logo(center, &staff, company, picture(format)).await;

        let nobodys = CompanyId(center.new_id());
        assert_eq!(refused(put(Some(nobodys), ImageFormat::Png).await), ErrorCode::NotFound);
        assert_eq!(refused(office::remove_logo(center, &staff, Some(nobodys)).await), ErrorCode::NotFound);
        assert_eq!(kept().await, 0, "nothing stays of a picture that nobody has");
        let svg = office::upload_logo(center, &staff, Some(bau), b"<svg/>".to_vec()).await;
        assert_eq!(issue(svg), ("logo".to_owned(), FieldIssue::PictureUnknown));

        put(Some(bau), ImageFormat::Png).await.unwrap();
        put(Some(bau), ImageFormat::Png).await.unwrap();
        let path = shown("bau-partner-gmbh").await.unwrap();
        assert_eq!(shown("77-1").await, None, "another company shows its name alone");
        assert_eq!(shop::read(center).await.unwrap().logo, None, "nor does the shop show it");
        let page = office::address_page(center, &staff, bau).await.unwrap();
        assert_eq!(page.logo.as_deref(), Some(path.as_str()));
        // Who is not signed in gets the picture, which says of nobody whose it is.
        let get = async || shop::logo(center, &anybody(), path.trim_start_matches("/brand/")).await;
        assert!(get().await.unwrap().starts_with(b"\x89PNG"));

        // The same picture in three places is kept until the last of them has another or none.
        put(Some(other), ImageFormat::Png).await.unwrap();
        put(None, ImageFormat::Png).await.unwrap();
        assert_eq!(kept().await, 1);
        office::remove_logo(center, &staff, None).await.unwrap();
        office::remove_logo(center, &staff, Some(bau)).await.unwrap();
        office::remove_logo(center, &staff, Some(bau)).await.unwrap();
        assert_eq!((shown("bau-partner-gmbh").await, shown("77-1").await), (None, Some(path.clone())));
        get().await.unwrap();
        office::remove_logo(center, &staff, Some(other)).await.unwrap();
        assert_eq!(refused(get().await), ErrorCode::NotFound);
        assert_eq!(kept().await, 0);

        let told = |events: &[String], name: &str| events.iter().filter(|event| *event == name).count();
        let events = portal.events().await;
        assert_eq!((told(&events, "company_logo_changed"), told(&events, "company_logo_removed")), (2, 2));
        let sql = "SELECT count(*) AS n FROM audit WHERE event LIKE 'company_logo_%' AND company_id = $1";
        assert_eq!(portal.count(sql, vec![bau.into()]).await, 2);

        // A company that is closed shows nothing, as if it had never been.
        put(Some(other), ImageFormat::Png).await.unwrap();
        portal.execute("UPDATE companies SET active = FALSE WHERE id = $1", vec![other.into()]).await;
        let closed = accounts::sign_in_page(center, &anybody(), "77-1").await;
        let never = accounts::sign_in_page(center, &anybody(), "never").await;
        assert_eq!((refused(closed), refused(never)), (ErrorCode::NotFound, ErrorCode::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_company_moves_and_its_former_address_leads_to_it() {
    both(async |portal| {
        let center = &portal.center;
        let bau = portal.bau().await;
        let other = portal.company_named("77-1").await;
        portal.person(other, "Otto Other", "otto@other.example", &[Role::MainContact]).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        let go = async |company, slug: &str, before: &str| {
            office::move_address(center, &staff, company, slug, before).await
        };
        let first = "bau-partner-gmbh";
        go(bau.company, "bau", first).await.unwrap();
        go(bau.company, "bau", "bau").await.unwrap();
        assert_eq!(accounts::moved_to(center, first).await.unwrap().as_deref(), Some("bau"));
        assert_eq!(accounts::moved_to(center, "bau").await.unwrap(), None);
        let page = accounts::sign_in_page(center, &anybody(), first).await.unwrap();
        assert_eq!(page.company.unwrap().slug, "bau");
        // A form that was opened before still signs in.
        accounts::sign_in(center, &anybody(), MARTA, PASSWORD, first).await.unwrap();
        accounts::sign_in(center, &anybody(), MARTA, PASSWORD, "bau").await.unwrap();

        let taken = ("slug".to_owned(), FieldIssue::SlugTaken);
        for not_free in ["bau", first, "office"] {
            assert_eq!(issue(go(other, not_free, "77-1").await), taken, "{not_free}");
        }
        for bad in ["ab", "Bau", "b au", "bau/../x"] {
            assert_eq!(issue(go(other, bad, "77-1").await).1, FieldIssue::SlugMalformed, "{bad}");
        }
        assert_eq!(refused(go(bau.company, "bau-2", first).await), ErrorCode::Conflict);
        assert_eq!(refused(go(CompanyId(center.new_id()), "bau-3", "").await), ErrorCode::NotFound);

        // Back again: what was former is today's, and today's is former.
        go(bau.company, first, "bau").await.unwrap();
        assert_eq!(accounts::moved_to(center, first).await.unwrap(), None);
        assert_eq!(accounts::moved_to(center, "bau").await.unwrap().as_deref(), Some(first));
        let page = office::address_page(center, &staff, bau.company).await.unwrap();
        assert_eq!(page.former, ["bau"]);
        assert_eq!(portal.events().await.iter().filter(|event| *event == "sign_in_address_moved").count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_new_company_never_gets_an_address_that_another_had() {
    both_with(Variant { one_step: true, ..Variant::default() }, async |portal| {
        let center = &portal.center;
        let other = portal.company_named("77-1").await;
        portal.person(other, "Otto Other", "otto@other.example", &[Role::MainContact]).await;
        let staff = portal.staff(StaffRole::Administrator).await;
        office::move_address(center, &staff, other, "bau-partner-gmbh", "77-1").await.unwrap();
        office::move_address(center, &staff, other, "elsewhere", "bau-partner-gmbh").await.unwrap();
        let begun = activation::start(center, &anybody(), BAU, BAU_INVOICE, MARTA).await;
        let Ok(Outcome::Next(_, Some(browser))) = begun else { panic!("no activation is under way") };
        let form = You {
            salutation: "ms",
            first_name: "Marta",
            last_name: "Lind",
            password: PASSWORD,
            repeat: PASSWORD,
        };
        let done = activation::you(center, &anybody(), &browser.text(), form).await.unwrap();
        assert!(matches!(done, Outcome::Done(..)));
        let rows =
            portal.rows("SELECT slug FROM companies WHERE customer_number = $1", vec![BAU.into()]).await;
        assert_eq!(rows[0].get::<String>("slug").unwrap(), "bau-partner-gmbh-2");
    })
    .await;
}
