//! Entries of the activity in words.

use center::activity::{InCompany, ToldRole};
use model::{CompanyId, Locale, Notice, Role, StaffId, UserId};

use super::*;

/// What the reader reads first: who did what to whom.
fn read(t: Text, happening: Happening) -> String {
    let row = sentence(t, happening);
    let person = row.person.map(|person| person.name).unwrap_or_default();
    format!("{} {}{person}{}", row.who, row.before, row.after)
}

fn happening(event: Event, by: Doer, whom: Option<&str>) -> Happening {
    Happening {
        event: Some(event),
        by,
        whom: whom.map(|name| (name.to_owned(), None)),
        whom_you: false,
        changes: Vec::new(),
        at: String::new(),
        when: String::new(),
        sortable: String::new(),
        network: String::new(),
        by_page: None,
        company: None,
        undo: None,
    }
}

/// A line each: event; who did it, to whom (`-`: the portal, nobody); in English; in German.
const SENTENCES: &str = include_str!("sentences.txt");

#[test]
fn every_event_has_its_sentence_in_both_languages() {
    let mut told = Vec::new();
    for line in SENTENCES.lines() {
        let Ok([key, by, whom, en, de]) = <[&str; 5]>::try_from(line.split(" | ").collect::<Vec<_>>()) else {
            panic!("not a sentence: {line}");
        };
        let event = Event::from_key(key).unwrap();
        let by = if by == "-" { Doer::Portal } else { Doer::Person(by.to_owned()) };
        let whom = Some(whom).filter(|whom| *whom != "-");
        for (locale, expected) in [(Locale::En, en), (Locale::De, de)] {
            assert_eq!(read(Text(locale), happening(event, by.clone(), whom)), expected);
        }
        told.push(event);
    }
    assert_eq!(told, Event::ALL);
}

#[test]
fn the_reader_is_spoken_to() {
    let to_you = |event, locale| {
        let by = Doer::Person("Mary".to_owned());
        read(Text(locale), Happening { whom_you: true, ..happening(event, by, Some("John")) })
    };
    for (event, en, de) in [
        (Event::UserCreated, "Mary invited you", "Mary hat Sie eingeladen"),
        (
            Event::InvitationResent,
            "Mary sent you the invitation again",
            "Mary hat Ihnen die Einladung erneut gesendet",
        ),
        (Event::InvitationRevoked, "Mary revoked your invitation", "Mary hat Ihre Einladung zurückgezogen"),
        (Event::UserDeactivated, "Mary deactivated your account", "Mary hat Ihr Konto deaktiviert"),
        (
            Event::UserActivatedAgain,
            "Mary activated your account again",
            "Mary hat Ihr Konto wieder aktiviert",
        ),
        (
            Event::PasswordLinkSent,
            "Mary sent you a link to set a new password",
            "Mary hat Ihnen einen Link zum Setzen eines neuen Passworts gesendet",
        ),
        (Event::UserUpdated, "Mary changed your data", "Mary hat Ihre Angaben geändert"),
        (Event::PermissionsChanged, "Mary changed your roles", "Mary hat Ihre Rollen geändert"),
    ] {
        assert_eq!((to_you(event, Locale::En), to_you(event, Locale::De)), (en.to_owned(), de.to_owned()));
    }
    let by_staff = |locale| {
        let by = Doer::Staff("Nordholz".to_owned());
        read(Text(locale), happening(Event::UserDeactivated, by, Some("John")))
    };
    assert_eq!(by_staff(Locale::En), "Staff of Nordholz deactivated John");
    assert_eq!(by_staff(Locale::De), "Das Team von Nordholz hat John deaktiviert");
    let by_you = |whom, locale| read(Text(locale), happening(Event::UserDeactivated, Doer::You, whom));
    assert_eq!(by_you(Some("John"), Locale::En), "You deactivated John");
    assert_eq!(by_you(Some("John"), Locale::De), "Sie haben John deaktiviert");
    assert_eq!(by_you(None, Locale::En), "You deactivated somebody");
    let again = |by| read(Text(Locale::De), happening(Event::InvitationResent, by, None));
    assert_eq!(again(Doer::You), "Sie haben die Einladung noch einmal angefordert");
}

#[test]
fn values_are_told_before_and_after() {
    let budget = |from, to| ToldChange {
        fact: Fact::BudgetMonth,
        from: Some(Told::Limit(from)),
        to: Some(Told::Limit(to)),
    };
    let change = |change| {
        let by = Doer::Person("Mary".to_owned());
        let row = sentence(
            Text(Locale::De),
            Happening { changes: vec![change], ..happening(Event::UserUpdated, by, Some("John")) },
        );
        let line = row.changes[0].clone();
        (row.before, line.what, line.from.unwrap_or_default(), line.to.unwrap_or_default())
    };
    let told = |a: &str, b: &str, c: &str, d: &str| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned());
    assert_eq!(
        change(budget(None, Some("5.000,00 €".to_owned()))),
        told("hat die Budgets von ", "Budget je Monat", "unbegrenzt", "5.000,00 €")
    );
    assert_eq!(
        change(ToldChange {
            fact: Fact::Roles,
            from: Some(Told::Roles(vec![Role::Buyer.into()])),
            to: Some(Told::Roles(vec![Role::Buyer.into(), ToldRole::Own("Team".to_owned())])),
        }),
        told("hat die Angaben zu ", "Rollen", "Einkauf", "Einkauf, Team")
    );
    assert_eq!(
        change(ToldChange {
            fact: Fact::TimeZone,
            from: Some(Told::Zone(None)),
            to: Some(Told::Zone(Some("Asia/Tokyo".to_owned()))),
        }),
        told("hat die Angaben zu ", "Zeitzone", "die der Firma", "Asia/Tokyo")
    );
    assert_eq!(
        change(ToldChange {
            fact: Fact::Shortcuts,
            from: Some(Told::Switch(true)),
            to: Some(Told::Switch(false)),
        }),
        told("hat die Angaben zu ", "Tastenkürzel", "an", "aus")
    );
    assert_eq!(
        change(ToldChange {
            fact: Fact::DeclinedNotices,
            from: Some(Told::Notices(vec![Notice::FurtherAdministrator])),
            to: Some(Told::Notices(Vec::new())),
        }),
        told(
            "hat die Angaben zu ",
            "Abbestellte E-Mails",
            "Mitteilen, wenn ein weiterer Hauptkontakt dazukommt",
            "keine"
        )
    );
}

#[test]
fn a_role_is_named_in_the_sentence_and_its_rights_before_and_after() {
    let rights = |scope| Some(Told::Rights([(model::Permission::OrdersView, scope)].into_iter().collect()));
    let text = |text: &str| Some(Told::Text(text.to_owned()));
    let changes = vec![
        ToldChange { fact: Fact::Name, from: text("Team"), to: text("Lead") },
        ToldChange { fact: Fact::OwnRole, from: None, to: text("Team") },
        ToldChange { fact: Fact::Rights, from: rights(model::Scope::Company), to: rights(model::Scope::Own) },
    ];
    let by = Doer::Person("Mary".to_owned());
    let row = sentence(Text(Locale::En), Happening { changes, ..happening(Event::RoleChanged, by, None) });
    assert_eq!(row.before, "changed the role “Team”");
    let told: Vec<_> = row.changes.iter().map(|c| (c.what.as_str(), c.to.as_deref())).collect();
    assert_eq!(told, [("Name", Some("Lead")), ("Rights", Some("see orders (own only)"))]);
}

#[test]
fn the_staff_are_led_to_the_records() {
    let kim = Some(("Kim".to_owned(), Some(Record::OfficeUser(UserId(Default::default())))));
    let company = InCompany {
        id: CompanyId(Default::default()),
        name: "Bau & Söhne".to_owned(),
        number: "10402-0".to_owned(),
    };
    let by = Doer::Person("Petra".to_owned());
    let row = sentence(
        Text(Locale::En),
        Happening {
            by_page: Some(Record::Staff(StaffId(Default::default()))),
            whom: kim,
            company: Some(company),
            ..happening(Event::UserDeactivated, by, None)
        },
    );
    let id = "00000000-0000-0000-0000-000000000000";
    assert_eq!(row.who_page, Some(format!("/office/staff/{id}")));
    assert_eq!(row.person.unwrap().page, Some(format!("/office/users/{id}")));
    let place = row.place.unwrap();
    assert_eq!((place.name.as_str(), place.number.as_str()), ("Bau & Söhne", "10402-0"));
    assert_eq!(place.page, format!("/office/companies/{id}"));
    let words = |event, locale| event_words(Text(locale), event);
    assert_eq!(words(Event::UserDeactivated, Locale::En), "deactivated somebody");
    assert_eq!(words(Event::UserDeactivated, Locale::De), "jemand deaktiviert");
    assert_eq!(words(Event::StaffSignedIn, Locale::En), "signed in (staff)");
}

#[test]
fn names_are_text_wherever_they_stand() {
    let hostile = "<script>{whom}";
    let row = sentence(
        Text(Locale::En),
        Happening {
            whom: Some((hostile.to_owned(), Some(Record::User(UserId(Default::default()))))),
            changes: vec![
                ToldChange { fact: Fact::Name, from: None, to: Some(Told::Text(hostile.to_owned())) },
                ToldChange { fact: Fact::Email, from: None, to: Some(Told::Text("j@b.example".to_owned())) },
            ],
            ..happening(Event::UserCreated, Doer::Person(hostile.to_owned()), None)
        },
    );
    assert_eq!((row.who.as_str(), row.before.as_str(), row.after.as_str()), (hostile, "invited ", ""));
    assert_eq!(row.person.unwrap().name, hostile);
    // The name stands in the sentence, so it is not told again.
    assert_eq!(row.changes.len(), 1);
    let unknown = Happening { event: None, ..happening(Event::SignedIn, Doer::Portal, Some("John")) };
    let row = sentence(Text(Locale::En), unknown);
    assert_eq!((row.before.as_str(), row.person), (Text(Locale::En).act_unknown(), None));
}
