//! Texts of the pages that show activity. The sentences of their entries are in `sentences`.

use model::{ActivityKind, Day, KindFilter, Locale};

use super::Text;

texts! {
    nav_company: "Company", "Firma";
    nav_activity: "Activity", "Aktivität";
    activity_lead(company: &str): "What was done in {company}, the latest first. Nobody can change it.",
        "Was bei {company} geschehen ist, das Neueste zuerst. Niemand kann es ändern.";
    activity_filter: "Filter activity", "Aktivität filtern";
    activity_person: "Search person by name or email", "Person nach Name oder E-Mail suchen";
    activity_kind: "Kind", "Art";
    any_kind: "Any kind", "Jede Art";
    kind_people: "Access of users", "Zugang von Benutzern";
    kind_changes: "Roles, budgets and data", "Rollen, Budgets und Angaben";
    kind_signing_in: "Signing in", "Anmeldung";
    kind_company: "Company", "Firma";
    kind_without(kind: &str): "Everything but: {kind}", "Alles außer: {kind}";
    day_from: "From", "Von";
    to_day: "To", "Bis";
    chip_person(person: &str): "Person: {person}", "Person: {person}";
    chip_kind(kind: &str): "Kind: {kind}", "Art: {kind}";
    chip_from(day: &str): "From: {day}", "Von: {day}";
    chip_to(day: &str): "To: {day}", "Bis: {day}";
    one_entry: "1 entry", "1 Eintrag";
    entries_count(count: String): "{count} entries", "{count} Einträge";
    no_entry_title: "No entry matches", "Kein Eintrag passt";
    no_entry_text: "Nothing was done that fits the filters.", "Nichts ist geschehen, das auf die Filter passt.";
    nothing_done_title: "Nothing was done yet", "Noch ist nichts geschehen";
    export_csv: "Export CSV", "CSV exportieren";
    export_json: "Export JSON", "JSON exportieren";
    export_hint: "The export holds the entries that the filters leave, at most the latest 10,000.",
        "Der Export enthält die Einträge, die die Filter übrig lassen, höchstens die neuesten 10.000.";

    my_activity: "My activity", "Meine Aktivität";
    my_activity_lead: "What you did, and what was done to your account, the latest first.",
        "Was Sie getan haben und was mit Ihrem Konto geschehen ist, das Neueste zuerst.";
    my_activity_hint: "You see something that was not you? Change your password, then sign out the other browsers.",
        "Sie sehen etwas, das nicht von Ihnen ist? Ändern Sie Ihr Passwort und melden Sie dann die anderen Browser ab.";
    my_activity_one_company(company: &str): "Of your companies it shows {company}, beside what concerns the login itself.",
        "Von Ihren Firmen zeigt sie {company}, daneben alles, was das Konto selbst betrifft.";
    show_my_activity: "Show my activity", "Meine Aktivität zeigen";
}

/// A kind of entry, as the filter names it.
pub const fn kind_text(t: Text, kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::People => t.kind_people(),
        ActivityKind::Changes => t.kind_changes(),
        ActivityKind::SigningIn => t.kind_signing_in(),
        ActivityKind::Company => t.kind_company(),
    }
}

/// A filter by kind in words.
pub fn kind_filter_text(t: Text, filter: KindFilter) -> String {
    let kind = kind_text(t, filter.kind);
    if filter.without { t.kind_without(kind) } else { kind.to_owned() }
}

/// A day as people write it.
pub fn day_text(t: Text, day: &Day) -> String {
    let day = day.as_str();
    match (t.0, day.split('-').collect::<Vec<_>>().as_slice()) {
        (Locale::De, [year, month, day]) => [day, month, year].map(|part| *part).join("."),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_language() {
        let day = Day::parse("2026-11-02").unwrap();
        assert_eq!(day_text(Text(Locale::En), &day), "2026-11-02");
        assert_eq!(day_text(Text(Locale::De), &day), "02.11.2026");
    }
}
