//! Texts of getting into the Back Office, and of its frame.

use model::StaffRole;

use crate::i18n::Text;

texts! {
    office: "Back Office", "Back Office";
    office_of(shop: &str): "{shop} Back Office", "{shop} Back Office";
    office_dashboard: "Dashboard", "Übersicht";
    office_customers_group: "Customers", "Kunden";
    office_mails_group: "Emails", "E-Mails";
    office_running_group: "Operation", "Betrieb";
    office_settings_group: "Settings", "Einstellungen";
    office_staff: "Staff", "Mitarbeiter";
    office_welcome(name: &str): "Welcome, {name}", "Willkommen, {name}";
    office_lead(shop: &str): "What runs the Customer Center of {shop}.", "Womit das Customer Center von {shop} betrieben wird.";

    office_sign_in_title: "Sign in to the Back Office", "Im Back Office anmelden";
    office_sign_in_lead: "For the merchant’s staff. Customers sign in elsewhere.",
        "Für die Mitarbeiter des Händlers. Kunden melden sich an anderer Stelle an.";
    office_password_lost: "Forgot your password? An administrator can send you a link to set a new one.",
        "Passwort vergessen? Ein Administrator kann Ihnen einen Link zum Setzen eines neuen senden.";
    office_to_customers: "Sign in as a customer", "Als Kunde anmelden";
    office_set_password_lead: "Choose the password that you will sign in to the Back Office with. You are signed out everywhere.",
        "Wählen Sie das Passwort, mit dem Sie sich im Back Office anmelden. Sie werden überall abgemeldet.";
    office_link_refused: "Ask an administrator of the Back Office for a new link.",
        "Bitten Sie einen Administrator des Back Office um einen neuen Link.";

    second_step_title: "Second step", "Zweiter Schritt";
    second_step_lead: "Enter the code that your app shows for this account.",
        "Geben Sie den Code ein, den Ihre App für dieses Konto zeigt.";
    second_step_code: "Code", "Code";
    second_step_recovery: "Your app is lost? Enter one of your recovery codes instead. Each works once.",
        "Sie haben die App nicht mehr? Geben Sie stattdessen einen Ihrer Wiederherstellungscodes ein. Jeder gilt einmal.";
    second_step_go_on: "Go on", "Weiter";
    second_step_set_up_title: "Set up the second step", "Zweiten Schritt einrichten";
    second_step_set_up_lead: "A password alone opens nothing here. Scan this picture with an app for codes, then enter the code that it shows.",
        "Ein Passwort allein öffnet hier nichts. Scannen Sie dieses Bild mit einer App für Codes und geben Sie dann den Code ein, den sie zeigt.";
    second_step_picture: "QR code with the secret for the app", "QR-Code mit dem Geheimnis für die App";
    second_step_typed: "If you can’t scan it, type this into the app", "Wenn Sie nicht scannen können, tippen Sie dies in die App";
    second_step_kinds: "Type: time-based, six digits", "Art: zeitbasiert, sechs Ziffern";
    second_step_set_up: "Set up", "Einrichten";
    keep_codes_title: "Keep your recovery codes", "Wiederherstellungscodes aufbewahren";
    keep_codes_lead: "With each of these you can get in once if you lose your app. Print them or write them down; they are not shown again.",
        "Mit jedem davon kommen Sie einmal hinein, wenn Sie die App verlieren. Drucken oder notieren Sie sie; sie werden nicht noch einmal gezeigt.";
    keep_codes: "I have kept them", "Ich habe sie aufbewahrt";

    staff_administrator: "Administrator", "Administrator";
    staff_service: "Service", "Service";
    staff_editor: "Editor", "Redaktion";
    staff_auditor: "Auditor", "Prüfung";
}

/// The name of a role of the staff.
pub const fn staff_role_name(t: Text, role: StaffRole) -> &'static str {
    match role {
        StaffRole::Administrator => t.staff_administrator(),
        StaffRole::Service => t.staff_service(),
        StaffRole::Editor => t.staff_editor(),
        StaffRole::Auditor => t.staff_auditor(),
    }
}
