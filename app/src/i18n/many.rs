//! Texts of many users at once: actions on ticked rows, import, export, and what came of them.

texts! {
    select_user(name: &str): "Select {name}", "{name} auswählen";
    select_page: "Select all on this page", "Alle auf dieser Seite auswählen";
    deactivate_ask: "Deactivate…", "Deaktivieren…";
    deactivate_title: "Deactivate the selected users?", "Die ausgewählten Benutzer deaktivieren?";
    deactivate_text: "They are signed out everywhere and can't sign in until they are activated again. Their open invitations and links end.",
        "Sie werden überall abgemeldet und können sich erst nach erneuter Aktivierung wieder anmelden. Offene Einladungen und Links enden.";
    deactivate_keep: "Keep active", "Aktiv lassen";
    deactivate_users: "Deactivate users", "Benutzer deaktivieren";
    revoke_invitations: "Revoke invitations", "Einladungen zurückziehen";
    revoke_ask: "Revoke…", "Zurückziehen…";
    revoke_title: "Revoke the selected invitations?", "Die ausgewählten Einladungen zurückziehen?";
    revoke_text: "Their links stop working at once. The people stay in the list of users as deactivated.",
        "Ihre Links gelten sofort nicht mehr. Die Personen bleiben als deaktiviert in der Liste der Benutzer.";
    revoke_keep: "Keep them", "Behalten";
    resend_invitations: "Resend invitations", "Einladungen erneut senden";
    bulk_role: "Role to add or remove", "Rolle zum Geben oder Nehmen";
    add_role: "Add role", "Rolle geben";
    remove_role: "Remove role", "Rolle nehmen";
    all_matching: "All matching users…", "Alle passenden Benutzer…";

    matching_title: "All matching users", "Alle passenden Benutzer";
    one_matching: "1 matching user", "1 passender Benutzer";
    matching_users(count: u32): "{count} matching users", "{count} passende Benutzer";
    matching_everybody: "No filter: everybody in your company", "Kein Filter: alle Benutzer Ihrer Firma";
    matching_lead: "What you choose is done to all of them. You yourself, the last main contact and users with rights that you lack are kept as they are. Afterwards you see the numbers, and who was kept and why.",
        "Was Sie wählen, geschieht mit allen. Sie selbst, der letzte Hauptkontakt und Benutzer mit Rechten, die Ihnen fehlen, bleiben unverändert. Danach sehen Sie die Zahlen, und wer warum unverändert blieb.";
    matching_changed: "The list has changed: other users match now than when you looked. Check the number, and choose again.",
        "Die Liste hat sich geändert: Jetzt passen andere Benutzer als vorhin. Prüfen Sie die Anzahl, und wählen Sie noch einmal.";
    deactivate_all_title(count: u32): "Deactivate {count} users?", "{count} Benutzer deaktivieren?";

    waits(done: u32, all: u32): "{done} of {all} users are done. The rest waits for you to go on, for an hour.",
        "{done} von {all} Benutzern sind erledigt. Die übrigen warten eine Stunde lang, bis Sie fortsetzen.";
    go_on: "Go on", "Fortsetzen";
    going_on: "Working…", "Wird ausgeführt…";
    more_kept(count: u32): "{count} more are in the file.", "{count} weitere stehen in der Datei.";
    download_kept: "Download users that were kept", "Unveränderte Benutzer herunterladen";

    import_users: "Import users", "Benutzer importieren";
    import_lead: "Paste rows from a spreadsheet or choose a file. You first see what would come of each row.",
        "Fügen Sie Zeilen aus einer Tabelle ein oder wählen Sie eine Datei. Sie sehen zuerst, was aus jeder Zeile würde.";
    import_file: "CSV file", "CSV-Datei";
    import_file_too_large: "Choose a smaller file, or paste a part of its rows", "Wählen Sie eine kleinere Datei, oder fügen Sie einen Teil ihrer Zeilen ein";
    import_rows: "Rows", "Zeilen";
    import_columns: "The first row names the columns, in any order: name, email and roles; if you need them also salutation and contact_number.",
        "Die erste Zeile nennt die Spalten, in beliebiger Reihenfolge: name, e-mail und rollen; bei Bedarf auch anrede und kontaktnummer.";
    import_columns_budgets: "The first row names the columns, in any order: name, email and roles; if you need them also salutation, budget_order, budget_month and contact_number.",
        "Die erste Zeile nennt die Spalten, in beliebiger Reihenfolge: name, e-mail und rollen; bei Bedarf auch anrede, budget_bestellung, budget_monat und kontaktnummer.";
    import_limit(rows: usize, characters: usize): "At most {rows} rows and {characters} characters.", "Höchstens {rows} Zeilen und {characters} Zeichen.";
    import_sample: "Download a sample file", "Beispieldatei herunterladen";
    check_rows: "Check rows", "Zeilen prüfen";
    checking_rows: "Checking…", "Wird geprüft…";
    back_to_users: "Back to users", "Zurück zu den Benutzern";

    result_lines: "Result for each user", "Ergebnis für jeden Benutzer";
    result_rows: "Result for each row", "Ergebnis für jede Zeile";
    col_line: "Line", "Zeile";
    col_result: "Result", "Ergebnis";
    add_one_user: "Add 1 user", "1 Benutzer anlegen";
    add_users(count: usize): "Add {count} users", "{count} Benutzer anlegen";
    adding_users: "Adding…", "Wird angelegt…";
    being_added: "These users are being added at this moment. Load the page again to see the result.",
        "Diese Benutzer werden gerade angelegt. Laden Sie die Seite neu, um das Ergebnis zu sehen.";
    rows_to_correct: "Rows to correct", "Zu korrigierende Zeilen";
    rows_to_correct_lead: "Correct them here and check them again, or download them.",
        "Korrigieren Sie sie hier und prüfen Sie sie noch einmal, oder laden Sie sie herunter.";
    download_rows: "Download rows to correct", "Zu korrigierende Zeilen herunterladen";
}

#[cfg(feature = "ssr")]
texts! {
    title_activate: "Activate users", "Benutzer aktivieren";
    title_deactivate: "Deactivate users", "Benutzer deaktivieren";
    title_resend: "Resend invitations", "Einladungen erneut senden";
    title_revoke: "Revoke invitations", "Einladungen zurückziehen";
    title_add_role(role: &str): "Add role: {role}", "Rolle geben: {role}";
    title_remove_role(role: &str): "Remove role: {role}", "Rolle nehmen: {role}";
    sum_activated(count: usize): "{count} activated", "{count} aktiviert";
    sum_deactivated(count: usize): "{count} deactivated", "{count} deaktiviert";
    sum_resent(count: usize): "{count} invited again", "{count} erneut eingeladen";
    sum_revoked(count: usize): "{count} revoked", "{count} zurückgezogen";
    sum_changed(count: usize): "{count} changed", "{count} geändert";
    nothing_done: "Nothing done yet", "Noch nichts geschehen";
    sum_kept(count: usize): "{count} kept", "{count} unverändert";
    sum_added(count: usize): "{count} added", "{count} angelegt";
    sum_ready(count: usize): "{count} can be added", "{count} können angelegt werden";
    sum_correct(count: usize): "{count} to correct", "{count} zu korrigieren";
    mark_activated: "Activated", "Aktiviert";
    mark_deactivated: "Deactivated", "Deaktiviert";
    mark_resent: "Invited again", "Erneut eingeladen";
    mark_revoked: "Revoked", "Zurückgezogen";
    mark_changed: "Changed", "Geändert";
    mark_kept: "Kept", "Unverändert";
    mark_added: "Invited", "Eingeladen";
    mark_ready: "Can be added", "Kann angelegt werden";
    mark_correct: "To correct", "Zu korrigieren";
    unknown_user: "Unknown user", "Unbekannter Benutzer";
    nameless_row: "No name", "Ohne Namen";

    kept_yourself: "Yourself", "Sie selbst";
    kept_last_main: "Last main contact", "Letzter Hauptkontakt";
    kept_grant: "Has or would get a right that you lack", "Hat oder erhielte ein Recht, das Ihnen fehlt";
    kept_active: "Already active", "Schon aktiv";
    kept_deactivated: "Already deactivated", "Schon deaktiviert";
    kept_not_invited: "No open invitation", "Keine offene Einladung";
    kept_has_role: "Has this role already", "Hat diese Rolle schon";
    kept_lacks_role: "Does not have this role", "Hat diese Rolle nicht";
    kept_only_role: "Only role: add another one first", "Einzige Rolle: Geben Sie zuerst eine andere";
    kept_unknown: "Not a user of your company", "Kein Benutzer Ihrer Firma";
    kept_too_many: "Too many invitations within the hour. Try again later",
        "Zu viele Einladungen in dieser Stunde. Versuchen Sie es später wieder";
    kept_not_done: "Could not be done just now. Try again", "Ging gerade nicht. Versuchen Sie es noch einmal";

    cell_roles(names: &str): "Use one or more of: {names}, or roles of your company", "Verwenden Sie eine oder mehrere von: {names}, oder Rollen Ihrer Firma";
    cell_salutation: "Use Ms or Mr, or leave it empty", "Verwenden Sie Frau oder Herr, oder lassen Sie die Zelle leer";
    sheet_problem: "problem", "problem";
    sheet_status: "status", "status";
    sheet_decision: "decision", "entscheidung";
    sheet_currency: "currency", "waehrung";
    sheet_reviewed_by: "reviewed_by", "geprueft_von";
    sheet_reviewed_at: "reviewed_at", "geprueft_am";
    sheet_finished_by: "finished_by", "abgeschlossen_von";
    sheet_finished_at: "finished_at", "abgeschlossen_am";
    sheet_last_seen: "last_seen", "zuletzt_gesehen";
    sample_email: "otto.lund@company.example", "otto.lund@firma.example";
    sample_second_email: "ines.moreau@company.example", "ines.moreau@firma.example";
}
