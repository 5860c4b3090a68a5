//! Texts of activating an account.

texts! {
    activation: "Activation", "Aktivierung";
    activation_step_company: "Company", "Firma";
    activation_step_you: "You", "Sie";
    activation_step_code: "Code", "Code";
    activation_continue: "Continue", "Weiter";
    activation_busy: "One moment…", "Einen Moment…";

    activation_title: "Activate your account", "Aktivieren Sie Ihr Konto";
    activation_lead(shop: &str): "Both numbers stand on every invoice from {shop}. Spaces and hyphens do not matter.",
        "Beide Nummern stehen auf jeder Rechnung von {shop}. Leerzeichen und Bindestriche spielen keine Rolle.";
    invoice_number: "Invoice number", "Rechnungsnummer";
    invoice_number_hint: "Of any invoice that you have received.", "Einer beliebigen Rechnung, die Sie erhalten haben.";
    activation_email_hint(shop: &str): "The address that {shop} has for you.", "Die Adresse, die {shop} von Ihnen hat.";
    already_activated: "Already activated?", "Schon aktiviert?";
    where_numbers_title: "Where to find the details", "Wo Sie die Angaben finden";
    where_numbers_text: "Customer number and invoice number stand together at the top of every invoice. The email address has to be the one that the shop has for your company.",
        "Kundennummer und Rechnungsnummer stehen zusammen oben auf jeder Rechnung. Die E-Mail-Adresse muss die sein, die der Shop für Ihre Firma hat.";
    still_no_match(contact: &str): "Still no match? {contact}", "Es passt noch immer nicht? {contact}";

    activation_ended: "This activation has ended. Start again with your customer number.",
        "Diese Aktivierung ist abgelaufen. Beginnen Sie noch einmal mit Ihrer Kundennummer.";
    activation_again: "Start again", "Neu beginnen";

    activation_you_title: "About you", "Zu Ihrer Person";
    activation_you_lead: "Check your name and choose the password that you will sign in with.",
        "Prüfen Sie Ihren Namen und wählen Sie das Passwort, mit dem Sie sich anmelden.";
    activation_company_name: "Company name", "Firmenname";
    activation_login(email: &str): "You will sign in with {email}.", "Sie melden sich mit {email} an.";
    activation_known_login: "If this address has a login at the shop already, its name and password stay as they are: you keep signing in as before.",
        "Wenn es zu dieser Adresse im Shop schon ein Konto gibt, bleiben dessen Name und Passwort, wie sie sind: Sie melden sich weiter an wie bisher.";
    activation_own_title: "One login for several companies", "Ein Konto für mehrere Firmen";
    activation_own_lead(email: &str): "You are signed in with {email}. This login will open the company too; its password stays as it is.",
        "Sie sind mit {email} angemeldet. Dieses Konto öffnet dann auch diese Firma; sein Passwort bleibt, wie es ist.";
    first_name: "First name", "Vorname";
    last_name: "Last name", "Nachname";

    activation_code_title: "Enter the code", "Geben Sie den Code ein";
    activation_code_lead(email: &str): "We mailed six digits to {email}. The code is valid for 10 minutes.",
        "Wir haben sechs Ziffern an {email} gesendet. Der Code gilt 10 Minuten.";
    activation_code: "Code", "Code";
    activation_code_missing: "Nothing arrived? Look in the spam folder, or send a new code. The old one then no longer works.",
        "Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder fordern Sie einen neuen Code an. Der alte gilt dann nicht mehr.";
    send_new_code: "Send new code", "Neuen Code senden";
    done_code_sent: "A new code is on its way.", "Ein neuer Code ist unterwegs.";
    back_to_you: "Back to your details", "Zurück zu Ihren Angaben";

    ineligible_title: "Ask your administrator for access", "Bitten Sie Ihre Administration um Zugang";
    ineligible_before: "Your company is using a Customer center. Please contact your shop administrator ",
        "Ihre Firma nutzt ein Customer Center. Wenden Sie sich an Ihre Shop-Administration ";
    ineligible_after: " for activating an account.", ", um ein Konto zu aktivieren.";
    request_access: "Request access", "Zugang anfordern";
    request_access_text: "You can also ask here. Your company's main contacts get your request by email and decide about it.",
        "Sie können auch hier fragen. Die Hauptkontakte Ihrer Firma erhalten Ihre Anfrage per E-Mail und entscheiden darüber.";
    request_access_early: "You can also ask here. Nobody has activated your company's account yet; as soon as somebody has, its main contacts get your request by email and decide about it.",
        "Sie können auch hier fragen. Das Konto Ihrer Firma hat noch niemand aktiviert; sobald es aktiviert ist, erhalten die Hauptkontakte Ihre Anfrage per E-Mail und entscheiden darüber.";
    request_access_message: "Message to your main contacts", "Nachricht an Ihre Hauptkontakte";
    access_sent_title: "Your request is on its way", "Ihre Anfrage ist unterwegs";
    access_sent_text: "Your company's main contacts decide about it. You get an email either way.",
        "Die Hauptkontakte Ihrer Firma entscheiden darüber. Sie erhalten in jedem Fall eine E-Mail.";
    access_sent_early: "As soon as somebody has activated your company's account, its main contacts decide about it and you get an email.",
        "Sobald das Konto Ihrer Firma aktiviert ist, entscheiden die Hauptkontakte darüber, und Sie erhalten eine E-Mail.";
    access_sent_hint: "You need not ask again: a request stays open for 30 days.",
        "Sie müssen nicht noch einmal fragen: Eine Anfrage bleibt 30 Tage offen.";
    use_other_details: "Use other details", "Andere Angaben verwenden";

    already_active_title: "Your account is active already", "Ihr Konto ist schon aktiv";
    already_active_text(email: &str): "Sign in with {email}, or set a new password if you do not know yours.",
        "Melden Sie sich mit {email} an, oder setzen Sie ein neues Passwort, wenn Sie Ihres nicht kennen.";
    invited_title: "You are invited already", "Sie sind schon eingeladen";
    invited_text(email: &str): "We have sent an invitation to {email}. Its link sets your password and activates your account.",
        "Wir haben eine Einladung an {email} gesendet. Mit ihrem Link setzen Sie Ihr Passwort und aktivieren Ihr Konto.";
    invited_hint: "Not found? Look in the spam folder, or send it again. The old link then no longer works.",
        "Nicht gefunden? Sehen Sie im Spam-Ordner nach, oder senden Sie sie erneut. Der alte Link gilt dann nicht mehr.";
    done_invitation_again: "If your invitation is still open, it is on its way again.",
        "Wenn Ihre Einladung noch offen ist, ist sie wieder unterwegs.";
    set_new_password: "Set new password", "Neues Passwort setzen";

    parked_title: "We can't check your details right now", "Wir können Ihre Angaben gerade nicht prüfen";
    parked_text: "The ERP is not answering. Your details are kept, and you need not enter them again.",
        "Das ERP antwortet nicht. Ihre Angaben sind gespeichert, und Sie müssen sie nicht noch einmal eingeben.";
    parked_mail(email: &str): "As soon as it is back and the details match, we mail a link to {email} that continues here.",
        "Sobald es wieder antwortet und die Angaben passen, senden wir einen Link an {email}, mit dem es hier weitergeht.";
    parked_kept: "What is kept", "Was gespeichert ist";

    not_under_way_title: "No activation is under way", "Es läuft keine Aktivierung";
    not_under_way_text: "It has ended, is finished, or was begun in another browser.",
        "Sie ist abgelaufen, abgeschlossen oder wurde in einem anderen Browser begonnen.";
    unfinished_title: "Your activation is not finished", "Ihre Aktivierung ist noch nicht abgeschlossen";
    unfinished_text: "What you entered is kept.", "Ihre Eingaben sind gespeichert.";
    start_activation: "Start activation", "Aktivierung beginnen";
    continue_activation: "Continue activation", "Aktivierung fortsetzen";
}
