//! Texts of the own profile's form.

use model::Notice;

use super::Text;

texts! {
    profile_belongs: "Where you act", "Wo Sie handeln";
    language_hint: "Of pages and of mails to you.", "Der Seiten und der E-Mails an Sie.";
    language_hint_company(company: &str): "Of pages and of mails to you about {company}. Your other companies keep theirs.",
        "Der Seiten und der E-Mails an Sie zu {company}. Ihre anderen Firmen behalten ihre.";
    time_zone: "Time zone", "Zeitzone";
    time_zone_hint: "For all times that you see.", "Für alle Zeiten, die Sie sehen.";
    zone_of_company(zone: &str): "As the company: {zone}", "Wie die Firma: {zone}";
    zone_of_shop(zone: &str): "As the shop: {zone}", "Wie der Shop: {zone}";
    notices: "Mails to you", "E-Mails an Sie";
    notice_further_administrator: "Tell me when a further main contact joins", "Mitteilen, wenn ein weiterer Hauptkontakt dazukommt";
    notice_further_administrator_hint: "Comes when the shop's records name a new administrator.",
        "Kommt, wenn die Daten des Shops eine neue Administration nennen.";
    notice_access_requested: "Tell me when somebody asks for access", "Mitteilen, wenn jemand um Zugang bittet";
    notice_access_requested_hint: "The request stands in Users management in any case.",
        "Die Anfrage steht auf jeden Fall in der Benutzerverwaltung.";
    notice_security: "Tell me when my password or email was changed", "Mitteilen, wenn mein Passwort oder meine E-Mail-Adresse geändert wurde";
    notice_security_hint: "Always on, so that nobody changes them unseen.", "Immer an, damit niemand sie unbemerkt ändert.";
    shortcuts: "Keyboard shortcuts", "Tastenkürzel";
    shortcuts_hint: "Ctrl K or ? opens the list of places and keys. Keys do nothing while you type in a field.",
        "Strg K oder ? öffnet die Liste der Ziele und Tasten. Während Sie in ein Feld schreiben, tun die Tasten nichts.";
    done_profile_saved: "Your profile is saved.", "Ihr Profil ist gespeichert.";
}

/// What ticking a mail means, beside its box; also its name where it is listed.
pub const fn notice_text(t: Text, notice: Notice) -> &'static str {
    match notice {
        Notice::FurtherAdministrator => t.notice_further_administrator(),
        Notice::AccessRequested => t.notice_access_requested(),
    }
}

/// When such a mail comes.
pub const fn notice_hint(t: Text, notice: Notice) -> &'static str {
    match notice {
        Notice::FurtherAdministrator => t.notice_further_administrator_hint(),
        Notice::AccessRequested => t.notice_access_requested_hint(),
    }
}
