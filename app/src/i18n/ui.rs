//! Texts of the shared components.

texts! {
    skip_to_content: "Skip to content", "Zum Inhalt springen";
    skip_filters: "Skip filters", "Filter überspringen";
    skip_to_table: "Skip to table", "Zur Tabelle springen";
    page_notice: "Notice", "Hinweis";
    main_navigation: "Main", "Hauptnavigation";
    open_menu: "Menu", "Menü";
    close_note: "Close", "Schließen";
    close_menu: "Close menu", "Menü schließen";

    palette_title: "Go to", "Gehe zu";
    palette_filter: "Filter places", "Ziele filtern";
    palette_nothing: "No place matches", "Kein Ziel passt";
    palette_close: "Close", "Schließen";
    key_search: "Search on this page", "Auf dieser Seite suchen";
    key_palette: "Show this list", "Diese Liste zeigen";
    key_names: "Ctrl K", "Strg K";

    there_is_a_problem: "There is a problem", "Es gibt ein Problem";
    error_prefix: "Error: ", "Fehler: ";
    optional_mark: "(optional)", "(optional)";
    show_password: "Show password", "Passwort anzeigen";
    hide_password: "Hide password", "Passwort verbergen";
    password_strength: "Password strength", "Passwortstärke";
    characters_left(count: u32): "Characters left: {count}", "Verbleibende Zeichen: {count}";
    characters_over(count: u32): "Characters too many: {count}", "Zeichen zu viel: {count}";
    choose_file_sample: "Sample file", "Beispieldatei";

    roles_legend: "Roles", "Rollen";
    role_can: "Can: ", "Darf: ";
    role_cannot: "Cannot: ", "Darf nicht: ";
    budget_per_order(currency: &str): "Budget per order in {currency}", "Budget je Bestellung in {currency}";
    budget_per_month(currency: &str): "Budget per month in {currency}", "Budget je Monat in {currency}";
    budget_hint: "Leave empty for no limit. Orders above a budget go to an approver.",
        "Leer lassen für unbegrenzt. Bestellungen über dem Budget gehen an eine freigebende Person.";

    unsaved_changes: "Unsaved changes", "Nicht gespeicherte Änderungen";
    discard_changes: "Discard", "Verwerfen";
    save_changes: "Save", "Speichern";
    saving_changes: "Saving…", "Wird gespeichert…";

    apply_filters: "Apply", "Anwenden";
    remove_filter: "Remove filter", "Filter entfernen";
    clear_all_filters: "Clear all", "Alle entfernen";
    previous_page: "Previous", "Zurück";
    next_page: "Next", "Weiter";
    list_pages: "Pages", "Seiten";
    rows_selected(count: usize): "{count} selected", "{count} ausgewählt";
    with_selected: "Selected rows", "Ausgewählte Zeilen";
    bulk_actions: "Actions for the selected rows", "Aktionen für die ausgewählten Zeilen";
    table_scrollable(name: &str): "{name}, scrollable", "{name}, verschiebbar";
    you_mark: "You", "Sie";
    contact_number_label: "contact number", "Kontaktnummer";

    meter_of: "of", "von";
    meter_used(used: &str, limit: &str): "{used} of {limit} used", "{used} von {limit} verbraucht";
    meter_over(used: &str, limit: &str): "{used} of {limit} used, over budget", "{used} von {limit} verbraucht, über dem Budget";
    no_limit_set: "No limit set", "Kein Limit";

    notifications: "Notifications", "Meldungen";
    dismiss_notification: "Dismiss", "Ausblenden";
    this_device: "This device", "Dieses Gerät";
    unread_mark: "Unread", "Ungelesen";
    on_behalf_of: "on behalf of", "im Namen von";
    changed_to: "to", "zu";
    step_done: "done", "erledigt";
    moment_now: "now", "jetzt";
    moment_next: "still to come", "steht noch aus";

    picture_customer_number: "Customer no.", "Kundennr.";
    picture_invoice_number: "Invoice no.", "Rechnungsnr.";
    picture_invoice: "INVOICE", "RECHNUNG";
    picture_caption: "Both numbers stand at the top of every invoice.", "Beide Nummern stehen oben auf jeder Rechnung.";
}
