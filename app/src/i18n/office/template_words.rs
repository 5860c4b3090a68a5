//! Names of mails and of what their templates may name. Only the host needs them.

use center::mail::MailKind;

use crate::i18n::Text;

texts! {
    mail_activation_code: "Activation code", "Aktivierungscode";
    mail_activation_resumed: "Activation can go on", "Aktivierung kann weitergehen";
    mail_account_activated: "Account activated", "Konto aktiviert";
    mail_further_administrator: "Further main contact", "Weiterer Hauptkontakt";
    mail_access_requested: "Access requested", "Zugang angefragt";
    mail_access_review_due: "Access review due", "Zugangsprüfung fällig";
    mail_access_declined: "Access declined", "Zugang abgelehnt";
    mail_account_created: "Invitation", "Einladung";
    mail_password_reset: "Set a new password", "Neues Passwort setzen";
    mail_email_confirm: "Confirm a new email address", "Neue E-Mail-Adresse bestätigen";
    mail_email_notice: "Notice of a new email address", "Hinweis auf eine neue E-Mail-Adresse";
    mail_email_changed: "Email address changed", "E-Mail-Adresse geändert";
    mail_password_changed: "Password changed", "Passwort geändert";
    mail_second_step_on: "Two-step sign-in switched on", "Anmeldung in zwei Schritten eingeschaltet";
    mail_second_step_off: "Two-step sign-in switched off", "Anmeldung in zwei Schritten ausgeschaltet";
    mail_second_step_reset: "Two-step sign-in taken back", "Anmeldung in zwei Schritten zurückgesetzt";
    mail_deactivated: "Account deactivated", "Konto deaktiviert";
    mail_reactivated: "Account active again", "Konto wieder aktiv";
    mail_company_joined: "Login opens a further company", "Anmeldung öffnet eine weitere Firma";
    mail_access_added: "Access to a further company", "Zugang zu einer weiteren Firma";
    mail_moved_to_company: "Moved into the Customer Center", "Ins Customer Center übernommen";
    mail_colleague_moved: "Business user moved into the company", "Business-Benutzer in die Firma übernommen";
    mail_handover_code: "One-time code handed out", "Einmalcode ausgegeben";
    mail_accounts_merged: "Accounts merged", "Konten zusammengeführt";
    mail_view_began: "Staff see the portal as a user", "Mitarbeiter sehen das Portal als ein Benutzer";
    mail_staff_invitation: "Staff: invitation", "Mitarbeiter: Einladung";
    mail_staff_password_link: "Staff: link for a new password", "Mitarbeiter: Link für ein neues Passwort";
    mail_staff_password_changed: "Staff: password changed", "Mitarbeiter: Passwort geändert";
    mail_staff_passkey_added: "Staff: passkey added", "Mitarbeiter: Passkey hinzugefügt";
    mail_staff_passkey_removed: "Staff: passkey removed", "Mitarbeiter: Passkey entfernt";
    mail_staff_second_step_reset: "Staff: second step taken back", "Mitarbeiter: zweiter Schritt zurückgesetzt";

    var_greeting: "Greeting with the addressee’s name", "Anrede mit dem Namen der Person";
    var_name: "The addressee’s name", "Name der Person";
    var_link: "The mail’s own link", "Der Link dieser E-Mail";
    var_code: "The six digits", "Die sechs Ziffern";
    var_company: "Company, may be empty", "Firma, kann leer sein";
    var_customer_number: "Customer number", "Kundennummer";
    var_login: "Login", "Anmeldename";
    var_roles: "Roles, a line for each", "Rollen, je eine Zeile";
    var_new_name: "Name of the new main contact", "Name des neuen Hauptkontakts";
    var_new_email: "New email address", "Neue E-Mail-Adresse";
    var_old_email: "Old email address", "Alte E-Mail-Adresse";
    var_asked_name: "Name of the person who asks", "Name der anfragenden Person";
    var_asked_email: "Email of the person who asks", "E-Mail der anfragenden Person";
    var_message: "Message, may be empty", "Nachricht, kann leer sein";
    var_reason: "Reason, may be empty", "Begründung, kann leer sein";
    var_confirmed: "Users confirmed so far", "Bisher bestätigte Benutzer";
    var_total: "All users of the review", "Alle Benutzer der Prüfung";
    var_created_by_name: "Who created the account", "Wer das Konto angelegt hat";
    var_created_by_email: "Email of that person", "E-Mail dieser Person";
    var_budget_order: "Budget per order", "Budget je Bestellung";
    var_budget_month: "Budget per month", "Budget je Monat";
    var_passkey: "Name of the passkey", "Name des Passkeys";
    var_when: "When it happened", "Wann es geschah";
    var_viewed_name: "As whom the portal is seen", "Als wer das Portal gesehen wird";
    var_until: "Until when at the latest", "Bis wann spätestens";
    var_acts: "What staff can do meanwhile", "Was Mitarbeiter dabei können";
    var_by_name: "Who did it, may be empty", "Wer es getan hat, kann leer sein";
    var_valid_minutes: "Validity in minutes", "Gültigkeit in Minuten";
    var_valid_hours: "Validity in hours", "Gültigkeit in Stunden";
    var_sign_in_url: "Sign-in address", "Anmeldeadresse";
    var_public_url: "Address of the portal", "Adresse des Portals";
    var_shop: "The shop’s name", "Name des Shops";
    var_shop_contact: "How to reach the shop", "Kontakt des Shops";
}

/// The name of a mail.
pub const fn mail_name(t: Text, kind: MailKind) -> &'static str {
    match kind {
        MailKind::ActivationCode => t.mail_activation_code(),
        MailKind::ActivationResumed => t.mail_activation_resumed(),
        MailKind::AccountActivated => t.mail_account_activated(),
        MailKind::FurtherAdministrator => t.mail_further_administrator(),
        MailKind::AccessRequested => t.mail_access_requested(),
        MailKind::AccessReviewDue => t.mail_access_review_due(),
        MailKind::AccessDeclined => t.mail_access_declined(),
        MailKind::AccountCreated => t.mail_account_created(),
        MailKind::PasswordReset => t.mail_password_reset(),
        MailKind::EmailChangeConfirm => t.mail_email_confirm(),
        MailKind::EmailChangeNotice => t.mail_email_notice(),
        MailKind::EmailChanged => t.mail_email_changed(),
        MailKind::PasswordChanged => t.mail_password_changed(),
        MailKind::SecondStepOn => t.mail_second_step_on(),
        MailKind::SecondStepOff => t.mail_second_step_off(),
        MailKind::SecondStepReset => t.mail_second_step_reset(),
        MailKind::Deactivated => t.mail_deactivated(),
        MailKind::Reactivated => t.mail_reactivated(),
        MailKind::CompanyJoined => t.mail_company_joined(),
        MailKind::AccessAdded => t.mail_access_added(),
        MailKind::MovedToCompany => t.mail_moved_to_company(),
        MailKind::ColleagueMoved => t.mail_colleague_moved(),
        MailKind::HandoverCodeMade => t.mail_handover_code(),
        MailKind::AccountsMerged => t.mail_accounts_merged(),
        MailKind::ViewBegan => t.mail_view_began(),
        MailKind::StaffInvitation => t.mail_staff_invitation(),
        MailKind::StaffPasswordLink => t.mail_staff_password_link(),
        MailKind::StaffPasswordChanged => t.mail_staff_password_changed(),
        MailKind::StaffPasskeyAdded => t.mail_staff_passkey_added(),
        MailKind::StaffPasskeyRemoved => t.mail_staff_passkey_removed(),
        MailKind::StaffSecondStepReset => t.mail_staff_second_step_reset(),
    }
}

/// What stands for a variable; its own name where there are no words.
pub fn variable_words(t: Text, name: &str) -> &str {
    match name {
        "greeting" => t.var_greeting(),
        "name" => t.var_name(),
        "link" => t.var_link(),
        "code" => t.var_code(),
        "company" => t.var_company(),
        "customer_number" => t.var_customer_number(),
        "login" => t.var_login(),
        "roles" => t.var_roles(),
        "new_name" => t.var_new_name(),
        "new_email" => t.var_new_email(),
        "old_email" => t.var_old_email(),
        "asked_name" => t.var_asked_name(),
        "asked_email" => t.var_asked_email(),
        "message" => t.var_message(),
        "reason" => t.var_reason(),
        "confirmed" => t.var_confirmed(),
        "total" => t.var_total(),
        "created_by_name" => t.var_created_by_name(),
        "created_by_email" => t.var_created_by_email(),
        "budget_order" => t.var_budget_order(),
        "budget_month" => t.var_budget_month(),
        "passkey" => t.var_passkey(),
        "when" => t.var_when(),
        "viewed_name" => t.var_viewed_name(),
        "until" => t.var_until(),
        "acts" => t.var_acts(),
        "by_name" => t.var_by_name(),
        "valid_minutes" => t.var_valid_minutes(),
        "valid_hours" => t.var_valid_hours(),
        "sign_in_url" => t.var_sign_in_url(),
        "public_url" => t.var_public_url(),
        "shop" => t.var_shop(),
        "shop_contact" => t.var_shop_contact(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use model::Locale;

    use super::*;

    #[test]
    fn every_fact_of_every_mail_has_words() {
        for kind in MailKind::ALL {
            for fact in kind.facts() {
                assert_ne!(variable_words(Text(Locale::De), fact), *fact, "{}", kind.key());
            }
        }
    }
}
