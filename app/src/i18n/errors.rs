//! Refusals and failures in words. Each says what to do.

use model::{AppError, ErrorCode, FieldIssue, PasswordIssue, Permission};

use super::Text;

texts! {
    sign_in: "Sign in", "Anmelden";
    to_the_start_page: "Go to the start page", "Zur Startseite";
    loading: "Loading", "Wird geladen";
    reference(id: String): "Reference number: {id}", "Referenznummer: {id}";

    title_signed_out: "You are signed out", "Sie sind abgemeldet";
    title_forbidden: "You can't open this", "Das können Sie nicht öffnen";
    title_not_found: "Page not found", "Seite nicht gefunden";
    title_link: "This link can't be used", "Dieser Link ist nicht gültig";
    title_decided: "This request is decided", "Über diese Anfrage ist entschieden";
    title_erp: "The ERP is not answering", "Das ERP antwortet nicht";
    title_slow_down: "Too many attempts", "Zu viele Versuche";
    title_failed: "Something went wrong", "Etwas ist schiefgegangen";

    err_invalid: "Correct the marked fields", "Korrigieren Sie die markierten Felder";
    err_unauthenticated: "Sign in to go on. What you typed is still here if you sign in in another tab.",
        "Melden Sie sich an, um fortzufahren. Ihre Eingaben bleiben erhalten, wenn Sie sich in einem anderen Tab anmelden.";
    err_forbidden_nobody: "This page is for members of a company with a Customer Center.",
        "Diese Seite ist für Mitglieder einer Firma mit Customer Center.";
    err_forbidden(right: &str): "You need the right to {right}.", "Ihnen fehlt das Recht: {right}.";
    err_ask(names: String): "These people can give it to you: {names}.", "Diese Personen können es Ihnen geben: {names}.";
    err_second_step: "Do the second step of signing in first.", "Erledigen Sie zuerst den zweiten Schritt der Anmeldung.";
    err_not_found: "It does not exist, or it is not for you.", "Es gibt sie nicht, oder sie ist nicht für Sie bestimmt.";
    err_sign_in: "Email or password is wrong. Check both, or set a new password.",
        "E-Mail oder Passwort ist falsch. Prüfen Sie beides oder setzen Sie ein neues Passwort.";
    err_deactivated: "Your account is deactivated. Ask your company's main contact to activate it, or the shop.",
        "Ihr Konto ist deaktiviert. Bitten Sie den Hauptkontakt Ihrer Firma oder den Shop, es zu aktivieren.";
    err_link: "The link was used before, has ended, or a newer one was sent. Ask for a new one.",
        "Der Link wurde schon benutzt, ist abgelaufen, oder es gibt einen neueren. Fordern Sie einen neuen an.";
    err_no_match: "The details don't match. Check the customer number, the invoice number and the email address.",
        "Die Angaben passen nicht zusammen. Prüfen Sie Kundennummer, Rechnungsnummer und E-Mail-Adresse.";
    err_code_wrong: "The code is wrong. Check the latest email.", "Der Code ist falsch. Prüfen Sie die neueste E-Mail.";
    err_code_expired: "The code has ended or was tried too often. Send a new code.",
        "Der Code ist abgelaufen oder wurde zu oft versucht. Fordern Sie einen neuen Code an.";
    err_wait_second: "Try again in a second.", "Versuchen Sie es in einer Sekunde wieder.";
    err_wait_seconds(seconds: u32): "Try again in {seconds} seconds.", "Versuchen Sie es in {seconds} Sekunden wieder.";
    err_wait_minutes(minutes: u32): "Try again in {minutes} minutes.", "Versuchen Sie es in {minutes} Minuten wieder.";
    err_reauth: "Type your password again to go on.", "Geben Sie Ihr Passwort noch einmal ein, um fortzufahren.";
    err_view: "You see the portal as somebody else and can only look. End the view to change anything, or begin one that allows changes.",
        "Sie sehen das Portal als jemand anderes und können nur lesen. Beenden Sie die Ansicht, um etwas zu ändern, oder beginnen Sie eine, die Änderungen erlaubt.";
    err_view_acts: "This is not possible while you act for somebody else: it concerns how the person gets in, or data that leave the portal.",
        "Das geht nicht, während Sie für jemand anderen handeln: Es betrifft den Zugang der Person oder Daten, die das Portal verlassen.";
    err_yourself: "You can't deactivate yourself or change your own roles: ask another main contact. Your address is changed in your profile.",
        "Sie können sich nicht selbst deaktivieren und Ihre eigenen Rollen nicht ändern: Bitten Sie einen anderen Hauptkontakt. Ihre Adresse ändern Sie in Ihrem Profil.";
    err_last_main: "This is the last active main contact. Make somebody else a main contact first.",
        "Das ist der letzte aktive Hauptkontakt. Machen Sie zuerst jemand anderen zum Hauptkontakt.";
    err_last_administrator: "This is the last active administrator. Make somebody else an administrator first.",
        "Das ist der letzte aktive Administrator. Machen Sie zuerst jemand anderen zum Administrator.";
    err_grant(right: &str): "This touches a right that you don't have yourself: {right}.",
        "Das betrifft ein Recht, das Sie selbst nicht haben: {right}.";
    err_conflict: "Somebody else saved this in the meantime. Load the page again and repeat your change.",
        "Jemand anderes hat das inzwischen gespeichert. Laden Sie die Seite neu und wiederholen Sie Ihre Änderung.";
    err_acts_elsewhere: "You act for another company now, chosen in another tab. Nothing was done. Load the page again.",
        "Sie handeln inzwischen für eine andere Firma, gewählt in einem anderen Tab. Es wurde nichts ausgeführt. Laden Sie die Seite neu.";
    err_too_many_roles(max: usize): "Your company has {max} roles of its own, which is the most. Delete one first.",
        "Ihre Firma hat {max} eigene Rollen, mehr gehen nicht. Löschen Sie zuerst eine.";
    err_losses: "People would lose rights by this change. Read who loses what above the Save button, then confirm it.",
        "Durch diese Änderung würden Personen Rechte verlieren. Lesen Sie über der Schaltfläche „Speichern“, wer was verliert, und bestätigen Sie es dann.";
    err_state: "This was done already. Load the page again to see how things stand.",
        "Das ist schon geschehen. Laden Sie die Seite neu, um den Stand zu sehen.";
    err_decided: "This request was decided or has ended in the meantime. Nothing was changed. The list shows what is still open.",
        "Über diese Anfrage wurde inzwischen entschieden, oder sie ist abgelaufen. Es wurde nichts geändert. Die Liste zeigt, was noch offen ist.";
    err_difference: "This difference has changed or is settled. Nothing was changed. The list shows how things stand once you load it again.",
        "Dieser Unterschied hat sich geändert oder ist erledigt. Es wurde nichts geändert. Die Liste zeigt den Stand, wenn Sie sie neu laden.";
    err_template: "Not done: the template has faults. They are listed below the editor, each with its line.",
        "Nicht ausgeführt: Die Vorlage hat Fehler. Sie stehen unter dem Editor, jeder mit seiner Zeile.";
    err_review: "Somebody is not confirmed yet. Confirm, change or deactivate everybody first.",
        "Jemand ist noch nicht bestätigt. Bestätigen, ändern oder deaktivieren Sie zuerst alle.";
    err_erp: "We can't reach the ERP right now. Try again in a few minutes.",
        "Wir erreichen das ERP gerade nicht. Versuchen Sie es in einigen Minuten wieder.";
    err_busy: "Too much is going on right now. Try again in a moment.",
        "Gerade ist zu viel los. Versuchen Sie es gleich noch einmal.";
    err_bad_request: "The portal did not understand this request. Load the page again.",
        "Das Portal hat diese Anfrage nicht verstanden. Laden Sie die Seite neu.";
    err_internal: "The portal made a mistake. Nothing was changed. Try again, and tell us the reference number if it stays.",
        "Dem Portal ist ein Fehler unterlaufen. Es wurde nichts geändert. Versuchen Sie es noch einmal, und nennen Sie uns die Referenznummer, wenn es dabei bleibt.";
    err_not_sent: "Not sent: the portal can't be reached. Check your connection and try again.",
        "Nicht gesendet: Das Portal ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.";
    err_session_ended: "Nothing was saved: your session had ended. Check what you typed and send it again.",
        "Es wurde nichts gespeichert: Ihre Sitzung war beendet. Prüfen Sie Ihre Eingaben und senden Sie sie noch einmal.";
    err_outdated: "A new version of the portal is available. Load the page again.",
        "Es gibt eine neue Version des Portals. Laden Sie die Seite neu.";

    field_required: "Fill in this field", "Füllen Sie dieses Feld aus";
    field_name_required: "Enter the full name", "Geben Sie den vollständigen Namen ein";
    field_first_name_required: "Enter the first name", "Geben Sie den Vornamen ein";
    field_last_name_required: "Enter the last name", "Geben Sie den Nachnamen ein";
    field_email_required: "Enter an email address", "Geben Sie eine E-Mail-Adresse ein";
    field_password_required: "Enter a password", "Geben Sie ein Passwort ein";
    field_customer_required: "Enter the customer number", "Geben Sie die Kundennummer ein";
    field_invoice_required: "Enter an invoice number", "Geben Sie eine Rechnungsnummer ein";
    field_too_long(max: usize): "Use at most {max} characters", "Verwenden Sie höchstens {max} Zeichen";
    field_one_line: "Use one line without special characters", "Verwenden Sie eine Zeile ohne Sonderzeichen";
    field_email: "Enter an email address like name@example.com", "Geben Sie eine E-Mail-Adresse ein wie name@example.com";
    field_email_taken: "Enter an email address that is not used by another shop user",
        "Geben Sie eine E-Mail-Adresse ein, die kein anderer Shop-Benutzer verwendet";
    field_only_the_user: "Only this user can change it, in the own profile: the login is used for other companies too",
        "Das kann nur dieser Benutzer selbst im eigenen Profil ändern: Das Konto gilt auch für andere Firmen";
    field_unchanged: "This is the address you use now. Enter a new one", "Das ist Ihre jetzige Adresse. Geben Sie eine neue ein";
    field_user_deactivated: "Activate this user before you change the address",
        "Aktivieren Sie diesen Benutzer, bevor Sie die Adresse ändern";
    field_number: "Use letters and digits as printed on the invoice", "Verwenden Sie Buchstaben und Ziffern wie auf der Rechnung";
    field_role: "Select at least one role", "Wählen Sie mindestens eine Rolle";
    field_role_name_required: "Enter a name for the role", "Geben Sie einen Namen für die Rolle ein";
    field_role_taken: "Use another name: a role of your company or a built-in one has this one",
        "Verwenden Sie einen anderen Namen: Eine Rolle Ihrer Firma oder eine eingebaute heißt schon so";
    field_role_separator: "Leave out commas, semicolons and bars: they separate roles in imported sheets",
        "Lassen Sie Komma, Semikolon und senkrechten Strich weg: Sie trennen Rollen in importierten Tabellen";
    field_right: "Choose at least one right", "Wählen Sie mindestens ein Recht";
    field_choice: "Choose one of the options", "Wählen Sie eine der Möglichkeiten";
    field_amount: "Enter an amount like 1500 or 1500.50", "Geben Sie einen Betrag ein wie 1500 oder 1500,50";
    field_amount_negative: "Enter an amount of 0 or more", "Geben Sie einen Betrag ab 0 ein";
    field_amount_large: "Enter a smaller amount", "Geben Sie einen kleineren Betrag ein";
    field_password_short(min: usize): "Use at least {min} characters", "Verwenden Sie mindestens {min} Zeichen";
    field_password_long: "Use a shorter password", "Verwenden Sie ein kürzeres Passwort";
    field_password_common: "Choose a password that is harder to guess: this one is common or made of common words",
        "Wählen Sie ein Passwort, das schwerer zu erraten ist: Dieses ist verbreitet oder besteht aus gängigen Wörtern";
    field_password_context: "Choose a password that is not built from your name, address or company",
        "Wählen Sie ein Passwort, das nicht aus Ihrem Namen, Ihrer Adresse oder Firma besteht";
    field_passwords_differ: "Type the same password twice", "Geben Sie zweimal dasselbe Passwort ein";
    field_password_again: "Type your password again", "Geben Sie Ihr Passwort noch einmal ein";
    field_password_wrong: "Enter your current password", "Geben Sie Ihr jetziges Passwort ein";
    field_typed: "Type the email address exactly as it stands above", "Geben Sie die E-Mail-Adresse genau so ein, wie sie oben steht";
    field_code: "Enter the six digits from the email", "Geben Sie die sechs Ziffern aus der E-Mail ein";
    field_code_wrong: "The code is wrong. Check the latest email", "Der Code ist falsch. Prüfen Sie die neueste E-Mail";

    field_handover: "This code does not fit this email address, was used, or has ended. Check both, or ask for a new code",
        "Dieser Code passt nicht zu dieser E-Mail-Adresse, wurde benutzt oder ist abgelaufen. Prüfen Sie beides oder lassen Sie sich einen neuen geben";
    field_second_step: "Enter the six digits that the app shows now, each of them once, or a recovery code that was not used",
        "Geben Sie die sechs Ziffern ein, die die App jetzt zeigt, jede Folge nur einmal, oder einen unbenutzten Wiederherstellungscode";
    field_users_required: "Select at least one user", "Wählen Sie mindestens einen Benutzer";
    field_csv_required: "Paste rows or choose a file", "Fügen Sie Zeilen ein oder wählen Sie eine Datei";
    field_too_many(max: usize): "Take at most {max} at once", "Nehmen Sie höchstens {max} auf einmal";
    field_column_missing(column: &str): "Add a column named {column}. The first row holds the names of the columns",
        "Ergänzen Sie eine Spalte namens {column}. In der ersten Zeile stehen die Namen der Spalten";
    field_column_twice(column: &str): "Name only one column {column}", "Nennen Sie nur eine Spalte {column}";
    field_column_unknown(place: usize): "Remove or rename column {place}: its name is not known",
        "Entfernen oder benennen Sie Spalte {place}: Ihr Name ist nicht bekannt";
    field_rows_missing: "Add at least one row below the names of the columns",
        "Ergänzen Sie mindestens eine Zeile unter den Namen der Spalten";
    field_cells: "Put cells that hold a separator into quotes: this row has more cells than there are columns",
        "Setzen Sie Zellen mit Trennzeichen in Anführungszeichen: Diese Zeile hat mehr Zellen als Spalten";
    field_repeated(line: u64): "Remove one of the two: line {line} has the same", "Entfernen Sie eine von beiden: In Zeile {line} steht dasselbe";
    field_contact: "Enter the number of an ERP contact of your company that is not a user yet",
        "Geben Sie die Nummer eines ERP-Kontakts Ihrer Firma ein, der noch kein Benutzer ist";

    right_users_view: "see the company's users", "die Benutzer der Firma sehen";
    right_users_manage: "manage users", "Benutzer verwalten";
    right_roles_manage: "manage roles", "Rollen verwalten";
    right_budgets_manage: "set budgets", "Budgets festlegen";
    right_catalog_view: "see the catalog", "den Katalog sehen";
    right_prices_view: "see prices", "Preise sehen";
    right_orders_place: "place orders", "bestellen";
    right_orders_view: "see orders", "Bestellungen sehen";
    right_orders_approve: "approve orders", "Bestellungen freigeben";
    right_invoices_view: "see invoices", "Rechnungen sehen";
    right_invoices_pay: "pay invoices", "Rechnungen bezahlen";
    right_statement_view: "see the statement of account", "den Kontoauszug sehen";
    right_company_manage: "change the company's data", "Firmendaten ändern";
    right_audit_view: "see the activity log", "das Protokoll sehen";
}

/// A right in words, as the end of "You need the right to …".
pub fn permission_text(t: Text, permission: Permission) -> &'static str {
    use Permission as P;
    match permission {
        P::UsersView => t.right_users_view(),
        P::UsersManage => t.right_users_manage(),
        P::RolesManage => t.right_roles_manage(),
        P::BudgetsManage => t.right_budgets_manage(),
        P::CatalogView => t.right_catalog_view(),
        P::PricesView => t.right_prices_view(),
        P::OrdersPlace => t.right_orders_place(),
        P::OrdersView => t.right_orders_view(),
        P::OrdersApprove => t.right_orders_approve(),
        P::InvoicesView => t.right_invoices_view(),
        P::InvoicesPay => t.right_invoices_pay(),
        P::StatementView => t.right_statement_view(),
        P::CompanyManage => t.right_company_manage(),
        P::AuditView => t.right_audit_view(),
    }
}

/// The heading of the page that stands in for a refused one.
pub const fn error_title(t: Text, code: &ErrorCode) -> &'static str {
    match code {
        ErrorCode::Unauthenticated
        | ErrorCode::SecondStepRequired
        | ErrorCode::SignInFailed
        | ErrorCode::ReauthRequired => t.title_signed_out(),
        ErrorCode::Forbidden { .. }
        | ErrorCode::OfficeForbidden { .. }
        | ErrorCode::GrantLacking { .. }
        | ErrorCode::ViewRefuses { .. }
        | ErrorCode::Deactivated => t.title_forbidden(),
        ErrorCode::NotFound => t.title_not_found(),
        ErrorCode::FeatureOff { .. } => t.title_feature_off(),
        ErrorCode::LinkInvalid => t.title_link(),
        ErrorCode::AlreadyDecided => t.title_decided(),
        ErrorCode::ErpUnavailable => t.title_erp(),
        ErrorCode::TooManyRequests { .. } => t.title_slow_down(),
        _ => t.title_failed(),
    }
}

/// A refusal or failure in words.
pub fn error_text(t: Text, error: &AppError) -> String {
    match &error.code {
        ErrorCode::Invalid => t.err_invalid().to_owned(),
        ErrorCode::Unauthenticated => t.err_unauthenticated().to_owned(),
        ErrorCode::Forbidden { missing: None, .. } => t.err_forbidden_nobody().to_owned(),
        ErrorCode::Forbidden { missing: Some(right), granted_by } => {
            asking(t, t.err_forbidden(permission_text(t, *right)), granted_by)
        }
        ErrorCode::OfficeForbidden { missing, granted_by } => {
            asking(t, t.err_forbidden(super::office_right_text(t, *missing)), granted_by)
        }
        ErrorCode::SecondStepRequired => t.err_second_step().to_owned(),
        ErrorCode::NotFound => t.err_not_found().to_owned(),
        ErrorCode::SignInFailed => t.err_sign_in().to_owned(),
        ErrorCode::Deactivated => t.err_deactivated().to_owned(),
        ErrorCode::LinkInvalid => t.err_link().to_owned(),
        ErrorCode::NoMatch => t.err_no_match().to_owned(),
        ErrorCode::CodeWrong => t.err_code_wrong().to_owned(),
        ErrorCode::CodeExpired => t.err_code_expired().to_owned(),
        ErrorCode::TooManyRequests { retry_after: 0..=1 } => t.err_wait_second().to_owned(),
        ErrorCode::TooManyRequests { retry_after } if *retry_after <= 90 => t.err_wait_seconds(*retry_after),
        ErrorCode::TooManyRequests { retry_after } => t.err_wait_minutes(retry_after.div_ceil(60)),
        ErrorCode::ReauthRequired => t.err_reauth().to_owned(),
        ErrorCode::ViewRefuses { acts: false } => t.err_view().to_owned(),
        ErrorCode::ViewRefuses { acts: true } => t.err_view_acts().to_owned(),
        ErrorCode::Yourself => t.err_yourself().to_owned(),
        ErrorCode::LastMainContact => t.err_last_main().to_owned(),
        ErrorCode::LastAdministrator => t.err_last_administrator().to_owned(),
        ErrorCode::GrantLacking { missing, granted_by } => {
            asking(t, t.err_grant(permission_text(t, *missing)), granted_by)
        }
        ErrorCode::RoleInUse { users } => super::in_use_text(t, *users),
        ErrorCode::TooManyRoles { max } => t.err_too_many_roles(*max),
        ErrorCode::LossesUnconfirmed { .. } => t.err_losses().to_owned(),
        ErrorCode::FeatureOff { feature } => super::feature_off_text(t, *feature).to_owned(),
        ErrorCode::Conflict => t.err_conflict().to_owned(),
        ErrorCode::ActsElsewhere => t.err_acts_elsewhere().to_owned(),
        ErrorCode::WrongState => t.err_state().to_owned(),
        ErrorCode::AlreadyDecided => t.err_decided().to_owned(),
        ErrorCode::DifferenceChanged => t.err_difference().to_owned(),
        ErrorCode::TemplateRefused { .. } => t.err_template().to_owned(),
        ErrorCode::ReviewIncomplete => t.err_review().to_owned(),
        ErrorCode::ErpUnavailable => t.err_erp().to_owned(),
        ErrorCode::Busy => t.err_busy().to_owned(),
        ErrorCode::BadRequest => t.err_bad_request().to_owned(),
        ErrorCode::Internal => t.err_internal().to_owned(),
        ErrorCode::NotSent => t.err_not_sent().to_owned(),
        ErrorCode::SessionEnded => t.err_session_ended().to_owned(),
        ErrorCode::Outdated => t.err_outdated().to_owned(),
    }
}

/// What is refused, and who can help.
fn asking(t: Text, what: String, granted_by: &[String]) -> String {
    if granted_by.is_empty() { what } else { format!("{what} {}", t.err_ask(granted_by.join(", "))) }
}

/// What to enter into a field that was left empty.
fn required_text(t: Text, field: &str) -> &'static str {
    // Fields of several people at once are numbered.
    match field.split_once('-').map_or(field, |(name, _)| name) {
        "name" | "names" => t.field_name_required(),
        "role_name" => t.field_role_name_required(),
        "first_name" => t.field_first_name_required(),
        "last_name" => t.field_last_name_required(),
        "email" | "emails" => t.field_email_required(),
        "password" => t.field_password_required(),
        "current" => t.field_password_wrong(),
        "code" => t.field_code(),
        "customer_number" => t.field_customer_required(),
        "invoice_number" => t.field_invoice_required(),
        "users" => t.field_users_required(),
        "csv" => t.field_csv_required(),
        "shop_name" => t.field_shop_name_required(),
        "logo" => t.field_logo_required(),
        "boxes" => t.field_boxes_required(),
        _ => t.field_required(),
    }
}

/// What is wrong with a field, in words.
pub fn field_text(t: Text, field: &str, issue: FieldIssue) -> String {
    match issue {
        FieldIssue::Required => required_text(t, field).to_owned(),
        FieldIssue::TooLong { max } => t.field_too_long(max),
        FieldIssue::NotOneLine => t.field_one_line().to_owned(),
        FieldIssue::EmailMalformed => t.field_email().to_owned(),
        FieldIssue::OnlyTheUser => t.field_only_the_user().to_owned(),
        FieldIssue::EmailTaken => t.field_email_taken().to_owned(),
        FieldIssue::Unchanged => t.field_unchanged().to_owned(),
        FieldIssue::UserDeactivated => t.field_user_deactivated().to_owned(),
        FieldIssue::NumberMalformed => t.field_number().to_owned(),
        FieldIssue::RoleRequired => t.field_role().to_owned(),
        FieldIssue::RoleNameTaken => t.field_role_taken().to_owned(),
        FieldIssue::RoleNameSeparator => t.field_role_separator().to_owned(),
        FieldIssue::RightRequired => t.field_right().to_owned(),
        FieldIssue::UnknownChoice => t.field_choice().to_owned(),
        FieldIssue::AmountMalformed => t.field_amount().to_owned(),
        FieldIssue::AmountNegative => t.field_amount_negative().to_owned(),
        FieldIssue::AmountTooLarge => t.field_amount_large().to_owned(),
        FieldIssue::Password(PasswordIssue::TooShort) => t.field_password_short(model::PASSWORD_MIN_CHARS),
        FieldIssue::Password(PasswordIssue::TooLong) => t.field_password_long().to_owned(),
        FieldIssue::Password(PasswordIssue::Common) => t.field_password_common().to_owned(),
        FieldIssue::Password(PasswordIssue::Context) => t.field_password_context().to_owned(),
        FieldIssue::PasswordsDiffer => t.field_passwords_differ().to_owned(),
        FieldIssue::TypedOtherwise => t.field_typed().to_owned(),
        FieldIssue::PasswordWrong => t.field_password_wrong().to_owned(),
        FieldIssue::PasswordAgain => t.field_password_again().to_owned(),
        FieldIssue::CodeMalformed => t.field_code().to_owned(),
        FieldIssue::CodeWrong => t.field_code_wrong().to_owned(),
        FieldIssue::HandoverWrong => t.field_handover().to_owned(),
        FieldIssue::SecondStepWrong => t.field_second_step().to_owned(),
        FieldIssue::TooMany { max } => t.field_too_many(max),
        FieldIssue::ColumnMissing(column) => t.field_column_missing(column.name(t.0)),
        FieldIssue::ColumnTwice(column) => t.field_column_twice(column.name(t.0)),
        FieldIssue::ColumnUnknown { place } => t.field_column_unknown(place),
        FieldIssue::RowsMissing => t.field_rows_missing().to_owned(),
        FieldIssue::CellsTooMany => t.field_cells().to_owned(),
        FieldIssue::Repeated { line } => t.field_repeated(line),
        FieldIssue::HueMalformed => t.field_hue().to_owned(),
        FieldIssue::SlugMalformed => t.field_slug(model::Slug::MIN, model::Slug::MAX),
        FieldIssue::SlugTaken => t.field_slug_taken().to_owned(),
        FieldIssue::PictureUnknown => t.field_picture_unknown().to_owned(),
        FieldIssue::PictureTooLarge => t.field_picture_large().to_owned(),
        FieldIssue::PictureBroken => t.field_picture_broken().to_owned(),
        FieldIssue::ContactUnknown => t.field_contact().to_owned(),
        FieldIssue::HasAccess => t.field_has_access().to_owned(),
        FieldIssue::MainContactRequired => t.field_main_contact_required().to_owned(),
        FieldIssue::ClosesCompany => t.field_closes_company().to_owned(),
        FieldIssue::CustomerUnknown => t.field_customer_unknown().to_owned(),
    }
}
