//! What was done to whom, an event's words.

use center::activity::{Told, ToldChange};
use center::audit::{Event, Fact};

use crate::i18n::Text;

texts! {
    act_company_created: "set up the company", "die Firma eingerichtet";
    act_user_activated: "activated the account", "das Konto aktiviert";
    act_activation_mismatch: "refused an activation whose details did not match", "eine Aktivierung abgelehnt, deren Angaben nicht passten";
    act_activation_ineligible: "referred an activation to the company's administrator", "eine Aktivierung an die Administration der Firma verwiesen";
    act_access_requested: "noted a request for access", "eine Anfrage um Zugang vermerkt";
    act_access_granted(whom: &str): "granted {whom} the access asked for", "{whom} den erbetenen Zugang gewährt";
    act_access_granted_you: "granted you the access you asked for", "Ihnen den erbetenen Zugang gewährt";
    act_access_declined: "declined a request for access", "eine Anfrage um Zugang abgelehnt";
    act_access_given(whom: &str): "gave {whom} access", "{whom} Zugang gegeben";
    act_access_given_you: "gave you access", "Ihnen Zugang gegeben";
    act_access_taken(whom: &str): "took the access of {whom} back", "{whom} den Zugang entzogen";
    act_access_taken_you: "took your access back", "Ihnen den Zugang entzogen";
    act_access_mailed(whom: &str): "mailed {whom} about the access", "{whom} die E-Mail zum Zugang gesendet";
    act_access_mailed_you: "mailed you about your access", "Ihnen die E-Mail zu Ihrem Zugang gesendet";
    act_moved(whom: &str): "moved {whom} into the company", "{whom} in die Firma übernommen";
    act_moved_you: "moved you into the company", "Sie in die Firma übernommen";
    act_company_closed: "closed the company", "die Firma geschlossen";
    act_company_reopened: "opened the company again", "die Firma wieder geöffnet";
    act_invited(whom: &str): "invited {whom}", "{whom} eingeladen";
    act_invited_you: "invited you", "Sie eingeladen";
    act_accepted: "accepted the invitation", "die Einladung angenommen";
    act_resent(whom: &str): "sent {whom} the invitation again", "{whom} die Einladung erneut gesendet";
    act_resent_you: "sent you the invitation again", "Ihnen die Einladung erneut gesendet";
    act_resent_own: "asked for the invitation again", "die Einladung noch einmal angefordert";
    act_revoked(whom: &str): "revoked the invitation of {whom}", "die Einladung von {whom} zurückgezogen";
    act_revoked_you: "revoked your invitation", "Ihre Einladung zurückgezogen";
    act_deactivated(whom: &str): "deactivated {whom}", "{whom} deaktiviert";
    act_deactivated_you: "deactivated your account", "Ihr Konto deaktiviert";
    act_activated_again(whom: &str): "activated {whom} again", "{whom} wieder aktiviert";
    act_activated_again_you: "activated your account again", "Ihr Konto wieder aktiviert";
    act_password_link(whom: &str): "sent {whom} a link to set a new password", "{whom} einen Link zum Setzen eines neuen Passworts gesendet";
    act_password_link_you: "sent you a link to set a new password", "Ihnen einen Link zum Setzen eines neuen Passworts gesendet";
    act_password_link_own: "asked for a link to set a new password", "einen Link zum Setzen eines neuen Passworts angefordert";
    act_updated(whom: &str): "changed the data of {whom}", "die Angaben zu {whom} geändert";
    act_updated_you: "changed your data", "Ihre Angaben geändert";
    act_updated_own: "changed the own data", "die eigenen Angaben geändert";
    act_budgets(whom: &str): "changed the budgets of {whom}", "die Budgets von {whom} geändert";
    act_budgets_you: "changed your budgets", "Ihre Budgets geändert";
    act_budgets_own: "changed the own budgets", "die eigenen Budgets geändert";
    act_roles(whom: &str): "changed the roles of {whom}", "die Rollen von {whom} geändert";
    act_roles_you: "changed your roles", "Ihre Rollen geändert";
    act_role_created(role: &str): "created the role “{role}”", "die Rolle „{role}“ angelegt";
    act_role_changed(role: &str): "changed the role “{role}”", "die Rolle „{role}“ geändert";
    act_role_deleted(role: &str): "deleted the role “{role}”", "die Rolle „{role}“ gelöscht";
    act_taken(whom: &str): "took over from the ERP what it says of {whom}", "aus dem ERP übernommen, was es zu {whom} sagt";
    act_taken_you: "took over from the ERP what it says of you", "aus dem ERP übernommen, was es zu Ihnen sagt";
    act_taken_own: "took over from the ERP what it says of the own account", "aus dem ERP übernommen, was es zum eigenen Konto sagt";
    act_told(whom: &str): "wrote into the ERP what the shop says of {whom}", "ins ERP geschrieben, was der Shop zu {whom} sagt";
    act_told_you: "wrote into the ERP what the shop says of you", "ins ERP geschrieben, was der Shop zu Ihnen sagt";
    act_told_own: "wrote into the ERP what the shop says of the own account", "ins ERP geschrieben, was der Shop zum eigenen Konto sagt";
    act_ignored(whom: &str): "left a difference between shop and ERP for {whom} as it is", "einen Unterschied zwischen Shop und ERP bei {whom} so gelassen";
    act_ignored_you: "left a difference between shop and ERP for you as it is", "einen Unterschied zwischen Shop und ERP bei Ihnen so gelassen";
    act_ignored_own: "left a difference between shop and ERP for the own account as it is", "einen Unterschied zwischen Shop und ERP beim eigenen Konto so gelassen";
    act_recalled(whom: &str): "listed an ignored difference between shop and ERP for {whom} again", "einen ignorierten Unterschied zwischen Shop und ERP bei {whom} wieder anzeigen lassen";
    act_recalled_you: "listed an ignored difference between shop and ERP for you again", "einen ignorierten Unterschied zwischen Shop und ERP bei Ihnen wieder anzeigen lassen";
    act_recalled_own: "listed an ignored difference between shop and ERP for the own account again", "einen ignorierten Unterschied zwischen Shop und ERP beim eigenen Konto wieder anzeigen lassen";
    act_profile: "changed the own profile", "das eigene Profil geändert";
    act_signed_in: "signed in", "sich angemeldet";
    act_signed_out: "signed out", "sich abgemeldet";
    act_switched: "switched to this company", "zu dieser Firma gewechselt";
    act_browser_signed_out: "signed out another browser", "einen anderen Browser abgemeldet";
    act_browsers_signed_out: "signed out all other browsers", "alle anderen Browser abgemeldet";
    act_password_changed: "changed the own password", "das eigene Passwort geändert";
    act_password_reset: "set a new password by a mailed link", "über einen Link aus einer E-Mail ein neues Passwort gesetzt";
    act_two_step_on: "switched two-step sign-in on", "die Anmeldung in zwei Schritten eingeschaltet";
    act_two_step_off: "switched two-step sign-in off", "die Anmeldung in zwei Schritten ausgeschaltet";
    act_two_step_reset(whom: &str): "took back the two-step sign-in of {whom}", "die Anmeldung in zwei Schritten von {whom} zurückgesetzt";
    act_two_step_reset_you: "took back your two-step sign-in", "Ihre Anmeldung in zwei Schritten zurückgesetzt";
    act_sign_in_rules: "changed how the company's users sign in", "geändert, wie sich die Benutzer der Firma anmelden";
    act_email_requested: "asked for a new email address", "eine neue E-Mail-Adresse angefordert";
    act_email_cancelled: "cancelled the change of the email address", "die Änderung der E-Mail-Adresse zurückgezogen";
    act_email_changed: "confirmed a new email address", "eine neue E-Mail-Adresse bestätigt";
    act_sessions_ended(whom: &str): "signed out {whom} everywhere", "{whom} überall abgemeldet";
    act_sessions_ended_you: "signed you out everywhere", "Sie überall abgemeldet";
    act_code_made(whom: &str): "made a one-time code for {whom}", "einen Einmalcode für {whom} erstellt";
    act_code_made_you: "made a one-time code for you", "einen Einmalcode für Sie erstellt";
    act_code_used: "used a one-time code", "einen Einmalcode benutzt";
    act_merged(whom: &str): "merged two accounts of {whom}", "zwei Konten von {whom} zusammengeführt";
    act_merged_you: "merged two accounts of yours", "zwei Konten von Ihnen zusammengeführt";
    act_view_began(whom: &str): "began to see the portal as {whom}", "begonnen, das Portal als {whom} zu sehen";
    act_view_began_you: "began to see the portal as you", "begonnen, das Portal wie Sie zu sehen";
    act_view_ended(whom: &str): "ended the view of the portal as {whom}", "die Ansicht des Portals als {whom} beendet";
    act_view_ended_you: "ended the view of the portal as you", "die Ansicht des Portals als Sie beendet";
    act_person_exported(whom: &str): "exported the personal data of {whom}", "die personenbezogenen Daten von {whom} exportiert";
    act_person_exported_you: "exported your personal data", "Ihre personenbezogenen Daten exportiert";
    act_person_erased: "erased the personal data of a user", "die personenbezogenen Daten eines Benutzers gelöscht";
    act_users_exported: "exported the users", "die Benutzer exportiert";
    act_exported: "exported the activity", "die Aktivität exportiert";
    act_confirmed: "confirmed the access of users in an access review", "in einer Zugangsprüfung den Zugang von Benutzern bestätigt";
    act_reviewed: "finished the access review", "die Zugangsprüfung abgeschlossen";
    act_review_exported: "exported an access review", "eine Zugangsprüfung exportiert";
    act_template_saved: "saved a draft of an email template", "einen Entwurf einer E-Mail-Vorlage gespeichert";
    act_template_discarded: "discarded a draft of an email template", "einen Entwurf einer E-Mail-Vorlage verworfen";
    act_template_published: "published an email template", "eine E-Mail-Vorlage veröffentlicht";
    act_template_standard: "took an email back to the standard wording", "eine E-Mail auf den Standardtext zurückgesetzt";
    act_template_tested: "sent a test of an email template to the own address", "einen Test einer E-Mail-Vorlage an die eigene Adresse gesendet";
    act_mail_resent(whom: &str): "sent {whom} an email again", "{whom} eine E-Mail erneut gesendet";
    act_mail_resent_you: "sent you an email again", "Ihnen eine E-Mail erneut gesendet";
    act_mail_retried(whom: &str): "had an email to {whom} tried again", "eine E-Mail an {whom} erneut versuchen lassen";
    act_mail_retried_you: "had an email to you tried again", "eine E-Mail an Sie erneut versuchen lassen";
    act_bounce_noted(whom: &str): "noted that emails to {whom} come back", "vermerkt, dass E-Mails an {whom} zurückkommen";
    act_bounce_noted_you: "noted that emails to you come back", "vermerkt, dass E-Mails an Sie zurückkommen";
    act_bounce_forgotten(whom: &str): "took back the note that emails to {whom} come back", "den Vermerk gelöscht, dass E-Mails an {whom} zurückkommen";
    act_bounce_forgotten_you: "took back the note that emails to you come back", "den Vermerk gelöscht, dass E-Mails an Sie zurückkommen";
    act_mail_preferences: "changed the email preferences", "die E-Mail-Einstellungen geändert";
    act_audit_exported: "exported the audit trail", "das Protokoll exportiert";
    act_audit_checked: "checked the audit trail and found it whole", "das Protokoll geprüft und unversehrt gefunden";
    act_audit_broken: "checked the audit trail and found an entry missing or changed", "das Protokoll geprüft und einen fehlenden oder geänderten Eintrag gefunden";
    act_audit_retention: "changed how long entries of the audit trail are kept", "geändert, wie lange Einträge des Protokolls bleiben";
    act_audit_cut: "removed entries of the audit trail that are kept no longer", "Einträge des Protokolls entfernt, deren Frist abgelaufen ist";
    act_erp_uploaded: "uploaded files for the ERP", "Dateien für das ERP hochgeladen";
    act_erp_checked: "checked uploaded files for the ERP", "hochgeladene Dateien für das ERP geprüft";
    act_erp_imported: "imported files into the ERP", "Dateien in das ERP importiert";
    act_erp_import_failed: "did not come to the end of an import into the ERP", "einen Import in das ERP nicht zu Ende gebracht";
    act_erp_discarded: "discarded uploaded files for the ERP", "hochgeladene Dateien für das ERP verworfen";
    act_staff_created: "recorded a member of staff", "eine Person im Shop erfasst";
    act_features: "switched features of the portal", "Funktionen des Portals geschaltet";
    act_company_features: "switched features of the portal for the company", "Funktionen des Portals für die Firma geschaltet";
    act_shop: "changed the shop's data", "die Angaben des Shops geändert";
    act_logo: "changed the shop's logo", "das Logo des Shops geändert";
    act_logo_removed: "removed the shop's logo", "das Logo des Shops entfernt";
    act_company_logo: "changed the company's logo", "das Logo der Firma geändert";
    act_company_logo_removed: "removed the company's logo", "das Logo der Firma entfernt";
    act_address_moved: "changed the company's sign-in address", "die Anmeldeadresse der Firma geändert";
    act_second_step: "set up the second step of signing in", "den zweiten Schritt der Anmeldung eingerichtet";
    act_second_step_reset(whom: &str): "took back the second step of {whom}", "den zweiten Schritt von {whom} zurückgesetzt";
    act_staff_role(whom: &str): "changed the role of {whom}", "die Rolle von {whom} geändert";
    act_recovery_codes: "made new recovery codes", "neue Wiederherstellungscodes erzeugt";
    act_recovery_code: "used a recovery code", "einen Wiederherstellungscode benutzt";
    act_passkey_added: "added a passkey", "einen Passkey hinzugefügt";
    act_passkey_removed: "removed a passkey", "einen Passkey entfernt";
    act_unknown: "did something that this version of the portal has no words for", "etwas getan, wofür diese Version des Portals keine Worte hat";
}

/// Stands for the person in a sentence until it is known where the person stands. No name has it.
pub(super) const GAP: &str = "\u{1}";

/// Whom a sentence is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    /// Nobody else than who did it.
    Own,
    /// The reader
    You,
    /// Somebody with a name
    Other,
}

/// What was done, with [`GAP`] in the place of the person.
pub(super) fn said(t: Text, event: Event, whom: Whom, changes: &[ToldChange]) -> String {
    use Whom::{Other, Own, You};
    // Somebody whose name is not known any more is still somebody.
    let name = if whom == Other { GAP } else { t.act_somebody() };
    // The role that it is about, if it is about one.
    let role = || {
        changes.iter().find(|change| change.fact == Fact::OwnRole).map_or("…", |change| match &change.to {
            Some(Told::Text(name)) => name.as_str(),
            _ => "…",
        })
    };
    let budgets_only = !changes.is_empty()
        && changes.iter().all(|change| matches!(change.fact, Fact::BudgetOrder | Fact::BudgetMonth));
    let plain = match (event, whom) {
        (Event::CompanyCreated, _) => t.act_company_created(),
        (Event::UserActivated, _) => t.act_user_activated(),
        (Event::ActivationMismatch, _) => t.act_activation_mismatch(),
        (Event::ActivationIneligible, _) => t.act_activation_ineligible(),
        (Event::AccessRequested, _) => t.act_access_requested(),
        (Event::AccessGranted, You) => t.act_access_granted_you(),
        (Event::AccessGranted, _) => return t.act_access_granted(name),
        (Event::AccessDeclined, _) => t.act_access_declined(),
        (Event::AccessGiven, You) => t.act_access_given_you(),
        (Event::AccessGiven, _) => return t.act_access_given(name),
        (Event::AccessTaken, You) => t.act_access_taken_you(),
        (Event::AccessTaken, _) => return t.act_access_taken(name),
        (Event::AccessMailed, You) => t.act_access_mailed_you(),
        (Event::AccessMailed, _) => return t.act_access_mailed(name),
        (Event::UserMoved, You) => t.act_moved_you(),
        (Event::UserMoved, _) => return t.act_moved(name),
        (Event::CompanyClosed, _) => t.act_company_closed(),
        (Event::CompanyReopened, _) => t.act_company_reopened(),
        (Event::UserCreated, You) => t.act_invited_you(),
        (Event::UserCreated, _) => return t.act_invited(name),
        (Event::UserAcceptedInvitation, _) => t.act_accepted(),
        (Event::InvitationResent, You) => t.act_resent_you(),
        (Event::InvitationResent, Own) => t.act_resent_own(),
        (Event::InvitationResent, Other) => return t.act_resent(name),
        (Event::InvitationRevoked, You) => t.act_revoked_you(),
        (Event::InvitationRevoked, _) => return t.act_revoked(name),
        (Event::UserDeactivated, You) => t.act_deactivated_you(),
        (Event::UserDeactivated, _) => return t.act_deactivated(name),
        (Event::UserActivatedAgain, You) => t.act_activated_again_you(),
        (Event::UserActivatedAgain, _) => return t.act_activated_again(name),
        (Event::PasswordLinkSent, You) => t.act_password_link_you(),
        (Event::PasswordLinkSent, Own) => t.act_password_link_own(),
        (Event::PasswordLinkSent, Other) => return t.act_password_link(name),
        (Event::UserUpdated, You) if budgets_only => t.act_budgets_you(),
        (Event::UserUpdated, Own) if budgets_only => t.act_budgets_own(),
        (Event::UserUpdated, Other) if budgets_only => return t.act_budgets(name),
        (Event::UserUpdated, You) => t.act_updated_you(),
        (Event::UserUpdated, Own) => t.act_updated_own(),
        (Event::UserUpdated, Other) => return t.act_updated(name),
        (Event::PermissionsChanged, You) => t.act_roles_you(),
        (Event::PermissionsChanged, _) => return t.act_roles(name),
        (Event::RoleCreated, _) => return t.act_role_created(role()),
        (Event::RoleChanged, _) => return t.act_role_changed(role()),
        (Event::RoleDeleted, _) => return t.act_role_deleted(role()),
        (Event::DifferenceTaken, You) => t.act_taken_you(),
        (Event::DifferenceTaken, Own) => t.act_taken_own(),
        (Event::DifferenceTaken, Other) => return t.act_taken(name),
        (Event::DifferenceTold, You) => t.act_told_you(),
        (Event::DifferenceTold, Own) => t.act_told_own(),
        (Event::DifferenceTold, Other) => return t.act_told(name),
        (Event::DifferenceIgnored, You) => t.act_ignored_you(),
        (Event::DifferenceIgnored, Own) => t.act_ignored_own(),
        (Event::DifferenceIgnored, Other) => return t.act_ignored(name),
        (Event::DifferenceRecalled, You) => t.act_recalled_you(),
        (Event::DifferenceRecalled, Own) => t.act_recalled_own(),
        (Event::DifferenceRecalled, Other) => return t.act_recalled(name),
        (Event::ProfileUpdated, _) => t.act_profile(),
        (Event::SignedIn, _) => t.act_signed_in(),
        (Event::SessionEnded, _) => t.act_signed_out(),
        (Event::CompanySwitched, _) => t.act_switched(),
        (Event::SessionRevoked, _) => t.act_browser_signed_out(),
        (Event::OtherSessionsRevoked, _) => t.act_browsers_signed_out(),
        (Event::PasswordChanged, _) => t.act_password_changed(),
        (Event::PasswordReset, _) => t.act_password_reset(),
        (Event::SecondStepSetUp, _) => t.act_two_step_on(),
        (Event::SecondStepEnded, _) => t.act_two_step_off(),
        (Event::SecondStepReset, You) => t.act_two_step_reset_you(),
        (Event::SecondStepReset, _) => return t.act_two_step_reset(name),
        (Event::RecoveryCodeUsed, _) => t.act_recovery_code(),
        (Event::RecoveryCodesMade, _) => t.act_recovery_codes(),
        (Event::CompanySignInChanged, _) => t.act_sign_in_rules(),
        (Event::EmailChangeRequested, _) => t.act_email_requested(),
        (Event::EmailChangeCancelled, _) => t.act_email_cancelled(),
        (Event::EmailChanged, _) => t.act_email_changed(),
        (Event::SessionsEnded, You) => t.act_sessions_ended_you(),
        (Event::SessionsEnded, _) => return t.act_sessions_ended(name),
        (Event::HandoverCodeMade, You) => t.act_code_made_you(),
        (Event::HandoverCodeMade, _) => return t.act_code_made(name),
        (Event::HandoverCodeUsed, _) => t.act_code_used(),
        (Event::UsersMerged, You) => t.act_merged_you(),
        (Event::UsersMerged, _) => return t.act_merged(name),
        (Event::ViewBegan, You) => t.act_view_began_you(),
        (Event::ViewBegan, _) => return t.act_view_began(name),
        (Event::ViewEnded, You) => t.act_view_ended_you(),
        (Event::ViewEnded, _) => return t.act_view_ended(name),
        (Event::PersonExported, You) => t.act_person_exported_you(),
        (Event::PersonExported, _) => return t.act_person_exported(name),
        (Event::PersonErased, _) => t.act_person_erased(),
        (Event::UsersExported, _) => t.act_users_exported(),
        (Event::ActivityExported, _) => t.act_exported(),
        (Event::AccessConfirmed, _) => t.act_confirmed(),
        (Event::AccessReviewed, _) => t.act_reviewed(),
        (Event::AccessReviewExported, _) => t.act_review_exported(),
        (Event::TemplateSaved, _) => t.act_template_saved(),
        (Event::TemplateDiscarded, _) => t.act_template_discarded(),
        (Event::TemplatePublished, _) => t.act_template_published(),
        (Event::TemplateStandard, _) => t.act_template_standard(),
        (Event::TemplateTested, _) => t.act_template_tested(),
        (Event::MailResent, You) => t.act_mail_resent_you(),
        (Event::MailResent, _) => return t.act_mail_resent(name),
        (Event::MailRetried, You) => t.act_mail_retried_you(),
        (Event::MailRetried, _) => return t.act_mail_retried(name),
        (Event::BounceNoted, You) => t.act_bounce_noted_you(),
        (Event::BounceNoted, _) => return t.act_bounce_noted(name),
        (Event::BounceForgotten, You) => t.act_bounce_forgotten_you(),
        (Event::BounceForgotten, _) => return t.act_bounce_forgotten(name),
        (Event::MailPreferencesChanged, _) => t.act_mail_preferences(),
        (Event::AuditExported, _) => t.act_audit_exported(),
        (Event::AuditChecked, _) => t.act_audit_checked(),
        (Event::AuditBroken, _) => t.act_audit_broken(),
        (Event::AuditRetentionChanged, _) => t.act_audit_retention(),
        (Event::AuditCut, _) => t.act_audit_cut(),
        (Event::ErpFilesUploaded, _) => t.act_erp_uploaded(),
        (Event::ErpImportChecked, _) => t.act_erp_checked(),
        (Event::ErpImported, _) => t.act_erp_imported(),
        (Event::ErpImportFailed, _) => t.act_erp_import_failed(),
        (Event::ErpFilesDiscarded, _) => t.act_erp_discarded(),
        (Event::StaffCreated, _) => t.act_staff_created(),
        (Event::FeaturesSwitched, _) => t.act_features(),
        (Event::CompanyFeaturesSwitched, _) => t.act_company_features(),
        (Event::ShopChanged, _) => t.act_shop(),
        (Event::LogoChanged, _) => t.act_logo(),
        (Event::LogoRemoved, _) => t.act_logo_removed(),
        (Event::CompanyLogoChanged, _) => t.act_company_logo(),
        (Event::CompanyLogoRemoved, _) => t.act_company_logo_removed(),
        (Event::SignInAddressMoved, _) => t.act_address_moved(),
        (Event::StaffSignedIn, _) => t.act_signed_in(),
        (Event::StaffSessionEnded, _) => t.act_signed_out(),
        (Event::StaffPasswordSet, _) => t.act_password_reset(),
        (Event::StaffSecondStepSetUp, _) => t.act_second_step(),
        (Event::StaffRecoveryCodeUsed, _) => t.act_recovery_code(),
        (Event::StaffPasskeyAdded, _) => t.act_passkey_added(),
        (Event::StaffPasskeyRemoved, _) => t.act_passkey_removed(),
        (Event::StaffInvited, _) => return t.act_invited(name),
        (Event::StaffLinkSent, _) => return t.act_password_link(name),
        (Event::StaffRoleChanged, _) => return t.act_staff_role(name),
        (Event::StaffDeactivated, _) => return t.act_deactivated(name),
        (Event::StaffActivatedAgain, _) => return t.act_activated_again(name),
        (Event::StaffSecondStepReset, _) => return t.act_second_step_reset(name),
        (Event::StaffRecoveryCodesMade, _) => t.act_recovery_codes(),
        (Event::StaffPasswordChanged, _) => t.act_password_changed(),
        (Event::StaffSessionRevoked, _) => t.act_browser_signed_out(),
        (Event::StaffOtherSessionsRevoked, _) => t.act_browsers_signed_out(),
    };
    plain.to_owned()
}
