//! Texts of the start page of the Back Office.

texts! {
    dash_in_days: "in 30 days", "in 30 Tagen";
    dash_activations: "Accounts activated", "Aktivierte Konten";
    dash_active: "Active users", "Aktive Benutzer";
    dash_sign_ins: "Sign-ins", "Anmeldungen";
    dash_requests: "Access requests waiting", "Wartende Zugangsanfragen";
    dash_requests_made: "Access requests", "Zugangsanfragen";
    dash_oldest_request(when: &str): "oldest: {when}", "älteste: {when}";
    dash_asks(company: &str, n: u32): "{company}: {n} waiting", "{company}: {n} wartend";
    dash_mails_waiting: "Mails waiting", "Wartende E-Mails";
    dash_oldest_mail(age: &str): "oldest: {age}", "älteste: {age}";
    dash_mails_dead: "Mails given up", "Aufgegebene E-Mails";
    dash_mails_bouncing: "Addresses that send mails back", "Adressen mit Rückläufern";
    dash_mails_sent: "Mails sent", "Gesendete E-Mails";
    dash_erp: "ERP", "ERP";
    dash_erp_health: "Connection", "Verbindung";
    dash_erp_answers: "Answers", "Antwortet";
    dash_erp_silent: "Does not answer", "Antwortet nicht";
    dash_erp_parked: "Activations waiting for it", "Aktivierungen, die darauf warten";
    dash_chart(sum: u32, most: u32): "{sum} in 30 days, at most {most} on a day", "{sum} in 30 Tagen, höchstens {most} an einem Tag";
    dash_as_table: "As a table", "Als Tabelle";
    dash_day: "Day", "Tag";
    dash_minutes(n: u32): "{n} min", "{n} Min.";
    dash_hours(n: u32): "{n} h", "{n} Std.";
    dash_days(n: u32): "{n} d", "{n} T.";
}
