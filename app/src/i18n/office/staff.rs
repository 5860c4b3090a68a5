//! Texts of the staff and of the own page in the Back Office.

use model::{StaffRole, StaffStatus};

use crate::i18n::Text;

texts! {
    staff_lead: "Who runs the Customer Center, and what each of them may do.",
        "Wer das Customer Center betreibt und wer davon was darf.";
    staff_table: "Staff", "Mitarbeiter";
    staff_invite: "Invite colleague", "Kollegen einladen";
    staff_invite_lead: "The colleague gets an email with a link to set a password. It is valid for 72 hours.",
        "Die Person erhält eine E-Mail mit einem Link zum Setzen des Passworts. Er gilt 72 Stunden.";
    staff_more: "There are more than this list shows.", "Es gibt mehr, als diese Liste zeigt.";
    col_second_step: "Second step", "Zweiter Schritt";
    staff_second_step_yes: "Set up", "Eingerichtet";
    staff_second_step_no: "Not set up", "Nicht eingerichtet";
    staff_never_seen: "Never", "Nie";
    staff_status_invited: "Invited", "Eingeladen";
    staff_status_active: "Active", "Aktiv";
    staff_status_deactivated: "Deactivated", "Deaktiviert";
    staff_recorded: "Recorded", "Erfasst";
    staff_invited_by: "Invited by", "Eingeladen von";
    staff_by_command: "the command line", "der Kommandozeile";
    staff_link: "Link to set the password", "Link zum Setzen des Passworts";
    staff_link_waits: "waits to be sent", "wartet auf den Versand";
    staff_link_until(when: &str): "valid until {when}", "gültig bis {when}";
    staff_link_none: "none", "keiner";
    staff_account: "Account", "Konto";
    staff_send_invitation: "Send invitation again", "Einladung erneut senden";
    staff_send_link: "Send link for a new password", "Link für neues Passwort senden";
    staff_reset_second_step: "Take back second step", "Zweiten Schritt zurücksetzen";
    staff_reset_hint: "For somebody who lost the app and the recovery codes: the person is signed out, told by email, and sets up the second step again when signing in next.",
        "Für jemanden, der die App und die Wiederherstellungscodes verloren hat: Die Person wird abgemeldet, per E-Mail benachrichtigt und richtet den zweiten Schritt bei der nächsten Anmeldung neu ein.";
    staff_deactivate: "Deactivate", "Deaktivieren";
    staff_activate: "Activate", "Aktivieren";
    staff_this_is_you: "This is you. Your own account is on", "Das sind Sie. Ihr eigenes Konto finden Sie unter";
    office_me: "My account", "Mein Konto";
    office_codes_left(n: u32): "Recovery codes that were not used: {n}", "Unbenutzte Wiederherstellungscodes: {n}";
    office_new_codes: "Make new recovery codes", "Neue Wiederherstellungscodes erzeugen";
    office_new_codes_hint: "The earlier ones work no more. If you lose your phone and the codes, an administrator can take back your second step.",
        "Die bisherigen gelten dann nicht mehr. Wenn Sie Telefon und Codes verlieren, kann ein Administrator Ihren zweiten Schritt zurücksetzen.";
    done_staff_invited: "The invitation is on its way.", "Die Einladung ist unterwegs.";
    done_staff_link: "The link is on its way.", "Der Link ist unterwegs.";
    done_staff_role: "The role is changed.", "Die Rolle ist geändert.";
    done_staff_deactivated: "The account is deactivated; the person is signed out everywhere.",
        "Das Konto ist deaktiviert, die Person überall abgemeldet.";
    done_staff_activated: "The account is active again.", "Das Konto ist wieder aktiv.";
    done_staff_reset: "The second step is taken back; the person is told by email.",
        "Der zweite Schritt ist zurückgesetzt, die Person wird per E-Mail benachrichtigt.";
    done_office_password: "Your password is changed. All other browsers are signed out.",
        "Ihr Passwort ist geändert. Alle anderen Browser sind abgemeldet.";
    staff_can_administrator: "Everything, also who else may what", "Alles, auch wer sonst was darf";
    staff_can_service: "Companies, users and mails", "Firmen, Benutzer und E-Mails";
    staff_can_editor: "Templates of emails", "E-Mail-Vorlagen";
    staff_can_auditor: "Sees everything, changes nothing", "Sieht alles, ändert nichts";
}

/// What a role of the staff allows, in a few words.
pub const fn staff_role_summary(t: Text, role: StaffRole) -> &'static str {
    match role {
        StaffRole::Administrator => t.staff_can_administrator(),
        StaffRole::Service => t.staff_can_service(),
        StaffRole::Editor => t.staff_can_editor(),
        StaffRole::Auditor => t.staff_can_auditor(),
    }
}

/// Where somebody of the staff stands.
pub const fn staff_status_text(t: Text, status: StaffStatus) -> &'static str {
    match status {
        StaffStatus::Invited => t.staff_status_invited(),
        StaffStatus::Active => t.staff_status_active(),
        StaffStatus::Deactivated => t.staff_status_deactivated(),
    }
}
