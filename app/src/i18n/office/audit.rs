//! Texts of the audit in the Back Office. The sentences of its entries are in `sentences`.

use model::{DoerKind, Sought};

use crate::i18n::Text;

texts! {
    audit: "Audit", "Protokoll";
    audit_lead: "Everything that was done, by users, staff and the portal itself, the latest first. Nobody can change it.",
        "Alles, was geschehen ist, durch Benutzer, Mitarbeiter und das Portal selbst, das Neueste zuerst. Niemand kann es ändern.";
    audit_filter: "Filter the audit", "Protokoll filtern";
    audit_person: "Person: name or email", "Person: Name oder E-Mail";
    audit_company: "Company: name or number", "Firma: Name oder Nummer";
    audit_event: "Only", "Nur";
    audit_any_event: "Everything", "Alles";
    audit_without: "Without", "Ohne";
    audit_without_none: "Nothing left out", "Nichts ausgelassen";
    audit_by: "Done by", "Getan von";
    audit_by_anybody: "Done by anybody", "Von irgendwem";
    audit_by_user: "users", "Benutzern";
    audit_by_staff: "staff", "Mitarbeitern";
    audit_by_system: "the portal, or before signing in", "dem Portal oder vor der Anmeldung";
    audit_by_choice(who: &str): "Done by {who}", "Getan von {who}";
    audit_by_others(who: &str): "Not by {who}", "Nicht von {who}";
    audit_filter_hint: "A hyphen before a person or company leaves it out: “-kim@example.com”. Words are found by their beginning.",
        "Ein Bindestrich vor einer Person oder Firma lässt sie weg: „-kim@example.com“. Wörter werden nach ihrem Anfang gefunden.";
    audit_chip_only(event: &str): "Only: {event}", "Nur: {event}";
    audit_chip_without(event: &str): "Without: {event}", "Ohne: {event}";
    audit_chip_company(company: &str): "Company: {company}", "Firma: {company}";
    audit_chip_no_company(company: &str): "Without company: {company}", "Ohne Firma: {company}";
    audit_chip_no_person(person: &str): "Without person: {person}", "Ohne Person: {person}";
    audit_too_many: "More than twenty people or companies fit what you typed. Type more of the name, an email or a customer number.",
        "Mehr als zwanzig Personen oder Firmen passen. Geben Sie mehr vom Namen, eine E-Mail oder eine Kundennummer ein.";
    audit_none_here: "Nothing in this part of the trail. Go on with the next page.",
        "Nichts in diesem Teil des Protokolls. Weiter geht es auf der nächsten Seite.";
    audit_only_these: "Only such entries", "Nur solche Einträge";
    audit_none_of_these: "Without such entries", "Ohne solche Einträge";
    audit_show: "Show in audit", "Im Protokoll zeigen";

    audit_chain: "Chain and retention", "Kette und Aufbewahrung";
    audit_chain_lead: "Each entry carries a hash of the one before it. Changing or removing one breaks the chain.",
        "Jeder Eintrag trägt einen Hash des vorigen. Wer einen ändert oder entfernt, zerreißt die Kette.";
    audit_chain_title: "Chain", "Kette";
    audit_chain_last: "Last entry", "Letzter Eintrag";
    audit_chain_hash: "Its hash", "Sein Hash";
    audit_chain_hash_hint: "Keep this hash somewhere else now and then: with it anybody can tell later whether the trail was written anew.",
        "Bewahren Sie diesen Hash ab und zu anderswo auf: Damit lässt sich später erkennen, ob das Protokoll neu geschrieben wurde.";
    audit_chain_begins: "Beginning", "Anfang";
    audit_chain_uncut: "Nothing was removed yet", "Noch nichts wurde entfernt";
    audit_chain_cut(entry: i64, when: &str): "Entries up to {entry} were removed ({when})", "Einträge bis {entry} wurden entfernt ({when})";
    audit_chain_sealed: "Hash of the last removed entry", "Hash des letzten entfernten Eintrags";
    audit_check: "Last check", "Letzte Prüfung";
    audit_check_never: "Not checked yet", "Noch nicht geprüft";
    audit_check_going(entry: i64, last: i64, when: &str): "In order up to entry {entry} of {last} ({when})", "In Ordnung bis Eintrag {entry} von {last} ({when})";
    audit_check_whole(entry: i64, when: &str): "Whole up to entry {entry} ({when})", "Unversehrt bis Eintrag {entry} ({when})";
    audit_check_broken(entry: i64, when: &str): "Entry {entry} is missing or was changed ({when})", "Eintrag {entry} fehlt oder wurde geändert ({when})";
    audit_check_broken_text: "The audit trail is not in order. Keep a copy of the database as it is and tell whoever runs it.",
        "Das Protokoll ist nicht in Ordnung. Bewahren Sie eine Kopie der Datenbank auf und verständigen Sie den Betrieb.";
    audit_check_anew: "Check from the beginning", "Von Anfang an prüfen";
    audit_check_on: "Check what follows", "Weiter prüfen";
    audit_check_hint: "Each step checks up to 50,000 entries.", "Jeder Schritt prüft bis zu 50.000 Einträge.";
    audit_checked: "A part of the chain was checked.", "Ein Teil der Kette wurde geprüft.";

    audit_retention: "Retention", "Aufbewahrung";
    audit_retention_lead: "Older entries are removed from the beginning of the trail, day by day. What is left can still be checked.",
        "Ältere Einträge werden Tag für Tag vom Anfang des Protokolls entfernt. Was bleibt, lässt sich weiterhin prüfen.";
    audit_keep: "Keep entries", "Einträge aufbewahren";
    audit_keep_hint: "A change counts after seven days. Removed entries can't be brought back; export them before.",
        "Eine Änderung gilt nach sieben Tagen. Entfernte Einträge lassen sich nicht zurückholen; exportieren Sie sie vorher.";
    audit_kept_without_end: "without end", "ohne Ende";
    audit_kept_one: "1 year", "1 Jahr";
    audit_kept_years(n: u32): "{n} years", "{n} Jahre";
    audit_counts_from(when: &str): "Counts from {when}.", "Gilt ab {when}.";
    audit_kept: "The retention was changed.", "Die Aufbewahrung wurde geändert.";
    audit_retention_read_only: "Administrators choose how long entries are kept.", "Administratoren entscheiden, wie lange Einträge bleiben.";
}

impl Text {
    /// For how long entries are kept.
    pub fn audit_years(self, years: Option<u32>) -> String {
        match years {
            None => self.audit_kept_without_end().to_owned(),
            Some(1) => self.audit_kept_one().to_owned(),
            Some(n) => self.audit_kept_years(n),
        }
    }
}

/// A filter by who did it, in words.
pub fn doer_kind_text(t: Text, by: &Sought) -> Option<String> {
    let who = match DoerKind::from_key(&by.text)? {
        DoerKind::User => t.audit_by_user(),
        DoerKind::Staff => t.audit_by_staff(),
        DoerKind::System => t.audit_by_system(),
    };
    Some(if by.without { t.audit_by_others(who) } else { t.audit_by_choice(who) })
}
