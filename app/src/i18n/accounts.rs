//! Texts of signing in, passwords and the own profile.

use model::Salutation;

use super::Text;

texts! {
    sign_in_title: "Sign in", "Anmelden";
    sign_in_lead(shop: &str): "To the Customer Center of {shop}.", "Beim Customer Center von {shop}.";
    sign_in_first: "You are not signed in. Sign in to see the page that you asked for.", "Sie sind nicht angemeldet. Melden Sie sich an, um die gewünschte Seite zu sehen.";
    sign_in_company(company: &str): "Sign in to {company}", "Bei {company} anmelden";
    email: "Email", "E-Mail";
    password: "Password", "Passwort";
    forgot_password_link: "Forgot password?", "Passwort vergessen?";
    no_account_yet: "Your company has no account yet?", "Ihre Firma hat noch kein Konto?";
    activate_account: "Activate account", "Konto aktivieren";
    done_signed_out: "You are signed out.", "Sie sind abgemeldet.";
    done_password_set: "Your password is set. Sign in with it.", "Ihr Passwort ist gesetzt. Melden Sie sich damit an.";
    done_company_joined: "Your account opens a further company. Sign in with the password that you have.",
        "Ihr Konto öffnet eine weitere Firma. Melden Sie sich mit dem Passwort an, das Sie haben.";
    done_email_changed: "Your email address is changed. Sign in with the new one.",
        "Ihre E-Mail-Adresse ist geändert. Melden Sie sich mit der neuen an.";

    back_to_sign_in: "Back to sign in", "Zurück zur Anmeldung";
    forgot_title: "Forgot password", "Passwort vergessen";
    forgot_lead: "Enter the email address that you sign in with. We send you a link to set a new password.",
        "Geben Sie die E-Mail-Adresse ein, mit der Sie sich anmelden. Wir senden Ihnen einen Link, mit dem Sie ein neues Passwort setzen.";
    send_link: "Send link", "Link senden";
    forgot_sent_title: "Check your email", "Prüfen Sie Ihr Postfach";
    forgot_sent_text: "If there is an account for this address, we have sent a link to set a new password.",
        "Wenn es zu dieser Adresse ein Konto gibt, haben wir einen Link zum Setzen eines neuen Passworts gesendet.";
    forgot_sent_hint: "It can take a few minutes. Look in the spam folder too.",
        "Das kann einige Minuten dauern. Sehen Sie auch im Spam-Ordner nach.";
    use_another_address: "Use another address", "Andere Adresse verwenden";

    set_password_title: "Set your password", "Passwort setzen";
    set_password_lead(shop: &str): "Your account at {shop} is ready. Choose the password that you will sign in with.",
        "Ihr Konto bei {shop} ist eingerichtet. Wählen Sie das Passwort, mit dem Sie sich anmelden.";
    accept_title: "Accept the invitation", "Einladung annehmen";
    accept_lead(company: &str): "{company} has invited you. Your login is there already, and its password stays as it is.",
        "{company} hat Sie eingeladen. Ihr Konto gibt es schon, und sein Passwort bleibt, wie es ist.";
    accept: "Accept invitation", "Einladung annehmen";
    reset_password_title: "Set a new password", "Neues Passwort setzen";
    reset_password_lead: "The new password replaces the old one. You are signed out everywhere.",
        "Das neue Passwort ersetzt das alte. Sie werden überall abgemeldet.";
    account_of: "Account of", "Konto von";
    login: "Sign-in address", "Anmeldeadresse";
    set_password: "Set password", "Passwort setzen";
    link_refused_forgot: "You forgot your password?", "Sie haben Ihr Passwort vergessen?";
    ask_for_new_link: "Ask for a new link", "Neuen Link anfordern";
    link_refused_invited: "You were invited? Ask the person who invited you to send the invitation again. The name is in the email.",
        "Sie wurden eingeladen? Bitten Sie die Person, die Sie eingeladen hat, die Einladung erneut zu senden. Der Name steht in der E-Mail.";
    link_refused_email: "You wanted to change your email address? Sign in and ask for the change again in your profile.",
        "Sie wollten Ihre E-Mail-Adresse ändern? Melden Sie sich an und fordern Sie die Änderung im Profil noch einmal an.";

    code_title: "Use a one-time code", "Einmalcode benutzen";
    code_lead(shop: &str): "You have a sheet of paper from {shop} with a code. Type it here to choose your password.",
        "Sie haben von {shop} ein Blatt mit einem Code. Geben Sie ihn hier ein, um Ihr Passwort zu wählen.";
    code_label: "One-time code", "Einmalcode";
    code_hint: "Ten letters and digits; hyphens, spaces and small letters don’t matter.",
        "Zehn Buchstaben und Ziffern; Bindestriche, Leerzeichen und Kleinschreibung sind egal.";
    code_do: "Go on", "Weiter";

    confirm_email_title: "Confirm your new email address", "Neue E-Mail-Adresse bestätigen";
    confirm_email_lead: "From then on you sign in with it. You are signed out everywhere.",
        "Danach melden Sie sich mit ihr an. Sie werden überall abgemeldet.";
    new_email: "New email address", "Neue E-Mail-Adresse";
    confirm_email: "Confirm email address", "E-Mail-Adresse bestätigen";

    new_password: "New password", "Neues Passwort";
    repeat_password: "Repeat password", "Passwort wiederholen";
    password_rule(min: usize): "At least {min} characters. Several words in a row are easy to remember and hard to guess.",
        "Mindestens {min} Zeichen. Mehrere Wörter hintereinander sind leicht zu merken und schwer zu erraten.";
    strength_short(min: usize): "Too short: use at least {min} characters", "Zu kurz: Verwenden Sie mindestens {min} Zeichen";
    strength_long: "Too long", "Zu lang";
    strength_context: "Easy to guess: built from a name or an address", "Leicht zu erraten: aus einem Namen oder einer Adresse gebildet";
    strength_repetitive: "Easy to guess: few different characters", "Leicht zu erraten: wenige verschiedene Zeichen";
    strength_fair: "Long enough", "Lang genug";
    strength_strong: "Strong", "Stark";
    strength_very_strong: "Very strong", "Sehr stark";

    profile_lead: "Your data, and how you sign in.", "Ihre Daten und wie Sie sich anmelden.";
    profile_person: "About you", "Zu Ihrer Person";
    profile_company: "Company", "Firma";
    profile_customer: "Customer", "Kunde";
    profile_roles: "Roles", "Rollen";
    profile_business_user: "Business user", "Geschäftskunde";
    profile_managed: "Your company's main contact manages roles and budgets.",
        "Rollen und Budgets verwaltet der Hauptkontakt Ihrer Firma.";
    profile_companies: "Your companies", "Ihre Firmen";
    profile_acting: "You act for it now", "Sie handeln gerade für sie";
    switch_company: "Switch company", "Firma wechseln";
    switch_company_hint: "Roles, language and activity are those of the company you act for. Name, email and password are the same everywhere.",
        "Rollen, Sprache und Aktivität gelten für die Firma, für die Sie handeln. Name, E-Mail-Adresse und Passwort sind überall dieselben.";
    switch_refused: "You can't act for this company any more. Load the page again to see for which ones you can.",
        "Für diese Firma können Sie nicht mehr handeln. Laden Sie die Seite neu, um zu sehen, für welche Sie es können.";
    profile_signing_in: "Signing in", "Anmeldung";
    profile_password_changed: "Password changed", "Passwort geändert";
    profile_password_never: "not yet", "noch nicht";
    email_waits_title: "Your new email address waits for its confirmation", "Ihre neue E-Mail-Adresse ist noch nicht bestätigt";
    email_waits_text(new: &str, old: &str): "We mailed a link to {new}. Until it was used you sign in with {old}.",
        "Wir haben einen Link an {new} gesendet. Bis er benutzt wurde, melden Sie sich mit {old} an.";
    cancel_email_change: "Cancel change", "Änderung zurückziehen";
    done_password_changed: "Your password is changed. All other browsers are signed out.",
        "Ihr Passwort ist geändert. Alle anderen Browser sind abgemeldet.";
    done_email_requested: "We mailed a link to the new address. The address counts once the link was used.",
        "Wir haben einen Link an die neue Adresse gesendet. Die Adresse gilt, sobald er benutzt wurde.";
    done_email_cancelled: "The change is cancelled. Your email address stays as it is.",
        "Die Änderung ist zurückgezogen. Ihre E-Mail-Adresse bleibt, wie sie ist.";

    change_password: "Change password", "Passwort ändern";
    change_password_lead: "All other browsers are signed out.", "Alle anderen Browser werden abgemeldet.";
    current_password: "Current password", "Jetziges Passwort";
    change_email: "Change email", "E-Mail ändern";
    change_email_lead: "We mail a link to the new address. It counts once the link was used; until then nothing changes.",
        "Wir senden einen Link an die neue Adresse. Sie gilt, sobald er benutzt wurde; bis dahin ändert sich nichts.";
    current_email: "Email address now", "Jetzige E-Mail-Adresse";
    password_again_hint: "A main contact decides who can act for the company, so we make sure that it is you.",
        "Ein Hauptkontakt bestimmt, wer für die Firma handelt. Deshalb vergewissern wir uns, dass Sie es sind.";
    current_password_hint: "So that nobody else changes it on an open screen.",
        "Damit niemand anderes sie an einem offenen Bildschirm ändert.";

    confirm_password: "Type your password again", "Passwort noch einmal eingeben";
    confirm_password_lead: "The export leaves the portal with data of your company. Your password was typed more than 5 minutes ago.",
        "Mit dem Export verlassen Daten Ihrer Firma das Portal. Sie haben Ihr Passwort vor mehr als 5 Minuten eingegeben.";
    confirm_password_hint: "So that nobody else exports it on an open screen.",
        "Damit niemand anderes sie an einem offenen Bildschirm exportiert.";
    file_on_its_way: "The file is on its way.", "Die Datei ist unterwegs.";

    my_sessions: "Signed-in browsers", "Angemeldete Browser";
    my_sessions_lead: "Sign out the ones that you do not know, then change your password.",
        "Melden Sie ab, was Sie nicht kennen, und ändern Sie dann Ihr Passwort.";
    show_sessions: "Show signed-in browsers", "Angemeldete Browser zeigen";
    session_times(last: &str, started: &str): "Last used {last} · signed in {started}", "Zuletzt benutzt {last} · angemeldet {started}";
    unknown_browser: "Unknown browser", "Unbekannter Browser";
    end_session: "Sign out", "Abmelden";
    end_other_sessions: "Sign out everywhere else", "Überall sonst abmelden";
    no_other_sessions: "You are signed in nowhere else.", "Sie sind nirgendwo sonst angemeldet.";
    done_session_revoked: "The browser is signed out.", "Der Browser ist abgemeldet.";
    done_sessions_revoked: "You are signed out everywhere else.", "Sie sind überall sonst abgemeldet.";
}

/// How a person is addressed.
pub const fn salutation_name(t: Text, salutation: Salutation) -> &'static str {
    match salutation {
        Salutation::None => t.salutation_none(),
        Salutation::Ms => t.salutation_ms(),
        Salutation::Mr => t.salutation_mr(),
    }
}
