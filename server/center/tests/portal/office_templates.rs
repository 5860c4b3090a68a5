//! Templates of mails: who may, what is published, what mails are written with, and the way back.

use center::access::Actor;
use center::mail::MailKind;
use center::office::templates::{self, Edited, Which};
use model::{
    ErrorCode, Locale, MailPreferences, StaffRole, TemplateFault, TemplateSample, TemplateSource,
    TemplateState,
};

use super::support::*;

const WHICH: Which = Which { kind: MailKind::PasswordReset, locale: Locale::En };

fn edited(revision: i64, html: &str) -> Edited {
    let source = TemplateSource {
        subject: "Set it for {{ name }}".to_owned(),
        html: html.to_owned(),
        ..TemplateSource::default()
    };
    Edited { which: WHICH, revision, source }
}

const GOOD: &str = "<p>{{ greeting }} here: <a href=\"{{ link }}\">Our own words</a></p>";

async fn reset_mail(portal: &Portal) -> Letter {
    center::accounts::forgot_password(&portal.center, &anybody(), MARTA).await.unwrap();
    let mails = portal.settled_mails().await;
    one(&mails, "password_reset").clone()
}

fn code(error: center::Error) -> ErrorCode {
    error.code().unwrap_or_else(|| panic!("{error}")).clone()
}

#[tokio::test]
async fn mails_are_written_with_what_was_published_until_it_is_taken_back() {
    both(async |portal| {
        portal.bau().await;
        let staff = portal.staff(StaffRole::Editor).await;
        let center = &portal.center;
        assert!(!reset_mail(portal).await.text.contains("Our own words"));

        templates::save(center, &staff, &edited(0, GOOD)).await.unwrap();
        let page = templates::editor(center, &staff, WHICH).await.unwrap();
        assert_eq!((page.row.draft, page.row.state, page.revision), (true, TemplateState::Standard, 1));
        assert!(!reset_mail(portal).await.text.contains("Our own words"), "a draft is no template");

        templates::publish(center, &staff, &edited(1, GOOD)).await.unwrap();
        let page = templates::editor(center, &staff, WHICH).await.unwrap();
        assert_eq!((page.row.draft, page.row.state), (false, TemplateState::Customised));
        assert_eq!((page.row.in_use, page.versions.len()), (Some(1), 1));
        portal.clock.advance(HOUR);
        let mail = reset_mail(portal).await;
        assert!(mail.text.contains("Our own words:\r\nhttps://portal.example:8443/link/"), "{}", mail.text);
        assert!(mail.text.contains("Marta"), "{}", mail.text);
        // The link is the real one.
        assert_eq!(mail.token().len(), 64);

        templates::publish(center, &staff, &edited(2, &GOOD.replace("own", "other"))).await.unwrap();
        let compared = templates::version(center, &staff, WHICH, 1).await.unwrap();
        assert_eq!(compared.parts.len(), 1, "{compared:?}");
        templates::restore(center, &staff, WHICH, 3, 1).await.unwrap();
        let page = templates::editor(center, &staff, WHICH).await.unwrap();
        assert_eq!((page.row.draft, page.row.in_use), (true, Some(2)));
        assert!(page.source.html.contains("Our own words"));
        templates::discard(center, &staff, WHICH, 4).await.unwrap();
        assert_eq!(
            code(templates::discard(center, &staff, WHICH, 5).await.unwrap_err()),
            ErrorCode::WrongState
        );

        templates::standard(center, &staff, WHICH, 5).await.unwrap();
        assert_eq!(
            code(templates::standard(center, &staff, WHICH, 6).await.unwrap_err()),
            ErrorCode::WrongState
        );
        portal.clock.advance(HOUR);
        let mail = reset_mail(portal).await;
        assert!(!mail.text.contains("Our o"), "{}", mail.text);
        let events = portal.events().await;
        for event in ["template_saved", "template_published", "template_discarded", "template_standard"] {
            assert!(events.iter().any(|e| e == event), "{event} in {events:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_without_its_link_is_published_and_two_editors_notice_each_other() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Administrator).await;
        let center = &portal.center;
        for html in [
            "<p>No link</p>",
            "<p>{{ link }} {{ nobody }}</p>",
            "<a href=\"https://evil.example/{{ link }}\">x</a>",
        ] {
            let refused = code(templates::publish(center, &staff, &edited(0, html)).await.unwrap_err());
            let ErrorCode::TemplateRefused { findings } = refused else { panic!("{refused:?}") };
            let findings = findings.get().unwrap();
            assert!(findings[0].fault.refuses(), "{html}");
        }
        let refused = code(templates::publish(center, &staff, &edited(0, "<p>x</p>")).await.unwrap_err());
        let ErrorCode::TemplateRefused { findings } = refused else { panic!("{refused:?}") };
        let findings = findings.get().unwrap();
        assert!(findings.iter().any(|f| f.fault == TemplateFault::MissingVariable("link".to_owned())));
        assert_eq!(portal.count("SELECT count(*) AS n FROM mail_templates", vec![]).await, 0);

        templates::save(center, &staff, &edited(0, "<p>mine")).await.unwrap();
        for lost in [
            templates::save(center, &staff, &edited(0, "<p>yours")).await,
            templates::publish(center, &staff, &edited(0, GOOD)).await,
            templates::standard(center, &staff, WHICH, 0).await,
        ] {
            assert_eq!(code(lost.unwrap_err()), ErrorCode::Conflict);
        }
    })
    .await;
}

#[tokio::test]
async fn tests_go_to_who_asks_and_carry_no_secret() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Editor).await;
        let Actor::Staff(who) = &staff else { panic!("no staff") };
        templates::test(&portal.center, &staff, &edited(0, GOOD), "long").await.unwrap();
        let mails = portal.mails().await;
        let mail = one(&mails, "password_reset");
        assert_eq!(mail.to, who.email.to_string());
        assert!(mail.text.contains("Our own words:") && mail.text.contains("Freifrau"), "{}", mail.text);
        assert!(mail.text.contains(&"0".repeat(64)), "{}", mail.text);
        assert_eq!(portal.count("SELECT count(*) AS n FROM link_tokens", vec![]).await, 0);
        // It was kept as it was typed, and not published.
        let page = templates::editor(&portal.center, &staff, WHICH).await.unwrap();
        assert_eq!((page.source.html.as_str(), page.row.in_use), (GOOD, None));
        let lost = templates::test(&portal.center, &staff, &edited(0, GOOD), "long").await.unwrap_err();
        assert_eq!(code(lost), ErrorCode::Conflict);
    })
    .await;
}

#[tokio::test]
async fn a_broken_template_gives_way_to_the_standard_one() {
    both(async |portal| {
        portal.bau().await;
        let staff = portal.staff(StaffRole::Editor).await;
        templates::publish(&portal.center, &staff, &edited(0, GOOD)).await.unwrap();
        // As after a change of the portal that took a variable away.
        portal
            .execute("UPDATE mail_template_versions SET html = '<p>{{ gone }} {{ link }}</p>'", vec![])
            .await;
        let rows = templates::list(&portal.center, &staff).await.unwrap();
        let broken: Vec<_> = rows.iter().filter(|row| row.state == TemplateState::Broken).collect();
        assert_eq!(broken.len(), 1);
        let mail = reset_mail(portal).await;
        assert!(mail.text.contains("A new password was requested"), "{}", mail.text);
        let shown = templates::preview(&portal.center, &staff, WHICH, TemplateSample::Usual).await.unwrap();
        assert_eq!(shown, None);
    })
    .await;
}

#[tokio::test]
async fn names_are_imported_and_texts_made() {
    both(async |portal| {
        let staff = portal.staff(StaffRole::Editor).await;
        let html = "<a href=\"${companyInformation.loginUrl}\">${user.resetUrl}</a> ${no.such}";
        templates::import(&portal.center, &staff, &edited(0, html)).await.unwrap();
        let page = templates::editor(&portal.center, &staff, WHICH).await.unwrap();
        assert_eq!(page.source.html, "<a href=\"{{ sign_in_url }}\">{{ link }}</a> ${no.such}");
        assert!(
            page.findings.iter().any(|f| f.fault == TemplateFault::UnknownVariable("no.such".to_owned()))
        );
        templates::make_text(&portal.center, &staff, &edited(1, GOOD)).await.unwrap();
        let page = templates::editor(&portal.center, &staff, WHICH).await.unwrap();
        assert_eq!(page.source.text, "{{ greeting }} here: Our own words:\n{{ link }}");
    })
    .await;
}

#[tokio::test]
async fn preferences_are_checked_and_count_for_every_mail() {
    both(async |portal| {
        portal.bau().await;
        let staff = portal.staff(StaffRole::Editor).await;
        let center = &portal.center;
        let typed = MailPreferences {
            sender_name: "Nordholz Service".to_owned(),
            reply_to: "desk@nordholz.example".to_owned(),
            footer_en: "Nordholz GmbH\nAmtsgericht Kiel".to_owned(),
            footer_de: String::new(),
        };
        templates::save_preferences(center, &staff, 1, &typed).await.unwrap();
        assert_eq!(templates::preferences(center, &staff).await.unwrap().preferences, typed);
        for own in [false, true] {
            if own {
                templates::save(center, &staff, &edited(0, GOOD)).await.unwrap();
            }
            let mail =
                templates::preview(center, &staff, WHICH, TemplateSample::Usual).await.unwrap().unwrap();
            assert!(mail.text.trim_end().ends_with("Nordholz GmbH\nAmtsgericht Kiel"), "{:?}", mail.text);
            assert!(mail.html.contains("<br />Nordholz GmbH<br />Amtsgericht Kiel"), "{}", mail.html);
        }
        let german = Which { locale: Locale::De, ..WHICH };
        let mail = templates::preview(center, &staff, german, TemplateSample::Usual).await.unwrap().unwrap();
        assert!(!mail.text.contains("Kiel"), "{}", mail.text);
        for wrong in [
            MailPreferences { sender_name: "a\r\nBcc: b".to_owned(), ..typed.clone() },
            MailPreferences { reply_to: "nobody".to_owned(), ..typed.clone() },
            MailPreferences { footer_de: "x".repeat(601), ..typed.clone() },
        ] {
            let refused = templates::save_preferences(center, &staff, 2, &wrong).await.unwrap_err();
            assert_eq!(code(refused), ErrorCode::Invalid);
        }
        let late = templates::save_preferences(center, &staff, 1, &typed).await.unwrap_err();
        assert_eq!(code(late), ErrorCode::Conflict);
    })
    .await;
}

#[tokio::test]
async fn only_those_with_the_right_change_or_see_templates() {
    both(async |portal| {
        let center = &portal.center;
        let auditor = portal.staff(StaffRole::Auditor).await;
        templates::list(center, &auditor).await.unwrap();
        templates::editor(center, &auditor, WHICH).await.unwrap();
        templates::preview(center, &auditor, WHICH, TemplateSample::Usual).await.unwrap().unwrap();
        for refused in [
            templates::save(center, &auditor, &edited(0, GOOD)).await,
            templates::publish(center, &auditor, &edited(0, GOOD)).await,
            templates::test(center, &auditor, &edited(0, GOOD), "").await,
            templates::standard(center, &auditor, WHICH, 0).await,
            templates::save_preferences(center, &auditor, 1, &MailPreferences::default()).await,
        ] {
            assert!(matches!(refused, Err(center::Error::OfficeLacks(_))), "{refused:?}");
        }
        let service = portal.staff(StaffRole::Service).await;
        assert!(matches!(templates::list(center, &service).await, Err(center::Error::OfficeLacks(_))));
    })
    .await;
}
