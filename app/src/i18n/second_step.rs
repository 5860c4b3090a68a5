//! Texts of the second step of signing in, for users of the portal.

use model::ColleagueStep;

use super::Text;

texts! {
    two_step: "Two-step sign-in", "Anmeldung in zwei Schritten";
    two_step_lead: "After your password a code is asked for that only an app on your phone knows. A stolen password then opens nothing.",
        "Nach Ihrem Passwort wird nach einem Code gefragt, den nur eine App auf Ihrem Telefon kennt. Ein gestohlenes Passwort öffnet dann nichts.";
    two_step_is_on: "On", "An";
    two_step_is_off: "Off", "Aus";
    two_step_on_since(day: &str): "On since {day}", "An seit {day}";
    two_step_required(companies: &str): "Required by {companies}", "Verlangt von {companies}";
    two_step_set_it_up: "Set it up to go on. Until then nothing else opens.",
        "Richten Sie sie ein, um fortzufahren. Bis dahin öffnet sich nichts anderes.";
    two_step_needs: "You need an app for codes on your phone, such as the one that your company recommends. It takes a minute.",
        "Sie brauchen eine App für Codes auf Ihrem Telefon, etwa die, die Ihre Firma empfiehlt. Es dauert eine Minute.";
    two_step_begin: "Set up two-step sign-in", "Anmeldung in zwei Schritten einrichten";
    two_step_scan_lead: "Scan this picture with the app, then enter the code that it shows. All other browsers are signed out.",
        "Scannen Sie dieses Bild mit der App und geben Sie dann den Code ein, den sie zeigt. Alle anderen Browser werden abgemeldet.";
    two_step_again_hint: "This changes how you get in, so we make sure that it is you.",
        "Das ändert, wie Sie hineinkommen. Deshalb vergewissern wir uns, dass Sie es sind.";
    two_step_codes: "Recovery codes", "Wiederherstellungscodes";
    two_step_codes_left(n: u32): "Recovery codes that were not used: {n}", "Unbenutzte Wiederherstellungscodes: {n}";
    two_step_codes_hint: "New ones replace the ones that you have.", "Neue ersetzen die, die Sie haben.";
    two_step_new_codes: "Make new codes", "Neue Codes erzeugen";
    two_step_end: "Switch off", "Ausschalten";
    two_step_end_hint: "Your password alone is enough then. Your app and your recovery codes are forgotten.",
        "Dann genügt Ihr Passwort allein. App und Wiederherstellungscodes werden vergessen.";
    two_step_end_refused(companies: &str): "You can’t switch it off: {companies} asks for it.",
        "Sie können sie nicht ausschalten: {companies} verlangt sie.";
    done_second_step_off: "Two-step sign-in is off.", "Die Anmeldung in zwei Schritten ist aus.";

    second_step_lost: "Both are lost? Ask the main contact of your company to take your two-step sign-in back.",
        "Sie haben beides nicht mehr? Bitten Sie den Hauptkontakt Ihrer Firma, Ihre Anmeldung in zwei Schritten zurückzusetzen.";
    second_step_over: "Sign in again", "Melden Sie sich noch einmal an";
    second_step_over_lead: "There are ten minutes between the password and the code. They are over.",
        "Zwischen Passwort und Code liegen höchstens zehn Minuten. Sie sind vorbei.";
    second_step_start_again: "Sign in as somebody else", "Als jemand anderes anmelden";
    done_too_late: "Too much time has passed since you typed your password. Sign in again.",
        "Seit der Eingabe Ihres Passworts ist zu viel Zeit vergangen. Melden Sie sich noch einmal an.";

    users_settings: "Settings", "Einstellungen";
    users_settings_lead(company: &str): "What counts for all users of {company}.", "Was für alle Benutzer von {company} gilt.";
    require_second_step: "Require two-step sign-in", "Anmeldung in zwei Schritten verlangen";
    require_second_step_hint: "Who has not set it up is led there before anything else, from the next click on.",
        "Wer sie nicht eingerichtet hat, wird ab dem nächsten Klick zuerst dorthin geführt.";
    require_you_too: "You have not set it up yourself: you are led there first.",
        "Sie haben sie selbst nicht eingerichtet: Sie werden zuerst dorthin geführt.";
    without_second_step(n: String): "Active users who have not set it up: {n}", "Aktive Benutzer, die sie nicht eingerichtet haben: {n}";
    done_settings_saved: "Saved", "Gespeichert";

    colleague_step_reset: "Take back two-step sign-in", "Anmeldung in zwei Schritten zurücksetzen";
    colleague_step_reset_hint: "For who lost both app and recovery codes. The person is signed out everywhere, is told by email, and can set it up again after signing in with the password.",
        "Für den Fall, dass App und Wiederherstellungscodes verloren sind. Die Person wird überall abgemeldet, bekommt eine E-Mail und kann sie nach der Anmeldung mit dem Passwort neu einrichten.";
    colleague_step_others: "This login opens other companies too, so only the shop can take it back.",
        "Dieses Konto öffnet auch andere Firmen, deshalb kann nur der Shop sie zurücksetzen.";
    colleague_step_own: "You change it in your profile.", "Sie ändern sie in Ihrem Profil.";
    done_second_step_reset: "Two-step sign-in taken back", "Anmeldung in zwei Schritten zurückgesetzt";
}

/// Whether somebody has it.
pub const fn colleague_step_text(t: Text, step: ColleagueStep) -> &'static str {
    match step {
        ColleagueStep::Off => t.two_step_is_off(),
        ColleagueStep::On | ColleagueStep::OfOthersToo | ColleagueStep::Own => t.two_step_is_on(),
    }
}
