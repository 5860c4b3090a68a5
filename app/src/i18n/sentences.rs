//! The entries of the activity as sentences. Only the host needs them: pages get the words.
//!
//! A sentence begins with who did it. The German ones stand without the auxiliary, which depends on
//! whether that is the reader.

use center::activity::{Doer, Happening, Record, Told, ToldChange, ToldRole};
use center::audit::{Event, Fact};
use model::{ActivityChange, ActivityPerson, ActivityPlace, ActivityRow, Notice};

use super::{Text, feature_name, mail_name, notice_text, rights_text, role_name, salutation_name};

texts! {
    act_portal: "The portal", "Das Portal";
    act_you: "You", "Sie";
    act_staff_of(shop: &str): "Staff of {shop}", "Das Team von {shop}";
    act_does: "", "hat ";
    act_do: "", "haben ";
    act_by_staff(event: &str): "{event} (staff)", "{event} (Mitarbeiter)";
    act_somebody: "somebody", "jemand";

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
    fact_merged_login: "Login in place of another", "Anmeldename statt eines anderen";
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

    fact_new_email: "New email, not confirmed yet", "Neue E-Mail, noch nicht bestätigt";
    fact_budget_order: "Budget per order", "Budget je Bestellung";
    fact_budget_month: "Budget per month", "Budget je Monat";
    fact_declined: "Mails not wanted", "Abbestellte E-Mails";
    fact_in_shop: "In the shop", "Im Shop";
    fact_in_erp: "In the ERP", "Im ERP";
    fact_template: "Template", "Vorlage";
    fact_template_version: "Version", "Version";
    fact_features_off: "Switched off", "Abgeschaltet";
    fact_shop_contact: "Contact", "Kontakt";
    fact_shop_address: "Postal address", "Anschrift";
    fact_brand_hue: "Brand hue", "Farbton";
    fact_sign_in_address: "Sign-in address", "Anmeldeadresse";
    fact_second_step_required: "Two-step sign-in required", "Anmeldung in zwei Schritten verlangt";
    fact_erp_import: "Import", "Import";
    fact_records_new: "New records", "Neue Datensätze";
    fact_records_changed: "Changed records", "Geänderte Datensätze";
    fact_errors: "Errors", "Fehler";
    fact_reason: "Reason", "Begründung";
    fact_behalf: "On behalf of", "Im Namen von";
    fact_view_acts: "Changes allowed", "Änderungen erlaubt";
    told_erased: "erased", "gelöscht";
    fact_entries: "Entries", "Einträge";
    fact_filter: "Filter", "Filter";
    fact_kept_years: "Entries are kept", "Einträge bleiben";
    fact_trail_entry: "Entry of the trail", "Eintrag des Protokolls";
    fact_trail_hash: "Its hash", "Sein Hash";
    no_limit: "no limit", "unbegrenzt";
    usual_zone: "the company's", "die der Firma";
    switched_on: "on", "an";
    switched_off: "off", "aus";
    nothing: "none", "keine";

    export_file: "activity", "aktivitaet";
    export_time(zone: &str): "Time ({zone})", "Zeit ({zone})";
    export_who: "Person", "Person";
    export_what: "Activity", "Aktivität";
    export_changes: "Changes", "Änderungen";
    export_network: "Network", "Netz";
    export_event: "Event", "Ereignis";
    export_company: "Company", "Firma";
    export_audit_file: "audit", "protokoll";
}

/// Stands for the person in a sentence until it is known where the person stands. No name has it.
const GAP: &str = "\u{1}";

/// Whom a sentence is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    /// Nobody else than who did it.
    Own,
    /// The reader
    You,
    /// Somebody with a name
    Other,
}

/// An entry in words.
pub fn sentence(t: Text, happening: Happening) -> ActivityRow {
    let whom = match &happening.whom {
        None => Whom::Own,
        Some(_) if happening.whom_you => Whom::You,
        Some(_) => Whom::Other,
    };
    let said = match happening.event {
        Some(event) => said(t, event, whom, &happening.changes),
        None => t.act_unknown().to_owned(),
    };
    let (who, auxiliary) = match happening.by {
        Doer::Portal => (t.act_portal().to_owned(), t.act_does()),
        Doer::You => (t.act_you().to_owned(), t.act_do()),
        Doer::Person(name) => (name, t.act_does()),
        Doer::Staff(shop) => (t.act_staff_of(&shop), t.act_does()),
    };
    let (before, after) = said.split_once(GAP).unwrap_or((&said, ""));
    let person = happening.whom.filter(|_| said.contains(GAP));
    let person = person.map(|(name, record)| ActivityPerson { name, page: record.map(path) });
    let is_known = |change: &ToldChange| {
        // The names of a role and of a new user stand in the sentence already.
        if change.fact == Fact::OwnRole {
            return true;
        }
        let name = person.as_ref().map(|person| Told::Text(person.name.clone()));
        happening.event == Some(Event::UserCreated) && change.fact == Fact::Name && change.to == name
    };
    let changes = happening.changes.iter().filter(|change| !is_known(change));
    ActivityRow {
        at: happening.at,
        when: happening.when,
        who,
        who_page: happening.by_page.map(path),
        before: [auxiliary, before].concat(),
        changes: changes.map(|change| change_words(t, change)).collect(),
        person,
        after: after.to_owned(),
        network: happening.network,
        place: happening.company.map(|company| ActivityPlace {
            page: format!("/office/companies/{}", company.id),
            name: company.name,
            number: company.number,
        }),
        event: String::new(),
        undo: happening.undo,
    }
}

/// The path of somebody's page.
fn path(record: Record) -> String {
    match record {
        Record::User(user) => format!("/users/{user}"),
        Record::OfficeUser(user) => format!("/office/users/{user}"),
        Record::Staff(staff) => format!("/office/staff/{staff}"),
    }
}

/// What an event is, without who did it to whom.
pub fn event_words(t: Text, event: Event) -> String {
    let words = said(t, event, Whom::Other, &[]).replace(GAP, t.act_somebody());
    // Some of what staff do to their own accounts reads as what users do.
    if event.key().starts_with("staff_") { t.act_by_staff(&words) } else { words }
}

fn said(t: Text, event: Event, whom: Whom, changes: &[ToldChange]) -> String {
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

fn change_words(t: Text, change: &ToldChange) -> ActivityChange {
    let words = |told: &Option<Told>| told.as_ref().map(|told| told_words(t, told));
    ActivityChange {
        what: fact_name(t, change.fact).to_owned(),
        from: words(&change.from),
        to: words(&change.to),
    }
}

const fn fact_name(t: Text, fact: Fact) -> &'static str {
    match fact {
        Fact::Salutation => t.salutation(),
        Fact::Name => t.col_name(),
        Fact::Email => t.email(),
        Fact::NewEmail => t.fact_new_email(),
        Fact::MergedLogin => t.fact_merged_login(),
        Fact::OwnRole => t.role(),
        Fact::Rights => t.role_rights(),
        Fact::Roles => t.col_roles(),
        Fact::BudgetOrder => t.fact_budget_order(),
        Fact::BudgetMonth => t.fact_budget_month(),
        Fact::Language => t.language(),
        Fact::TimeZone => t.time_zone(),
        Fact::DeclinedNotices => t.fact_declined(),
        Fact::Shortcuts => t.shortcuts(),
        Fact::Contact => t.contact_number(),
        Fact::InShop => t.fact_in_shop(),
        Fact::InErp => t.fact_in_erp(),
        Fact::Customer => t.customer_number(),
        Fact::FeaturesOff => t.fact_features_off(),
        Fact::ShopContact => t.fact_shop_contact(),
        Fact::ShopAddress => t.fact_shop_address(),
        Fact::BrandHue => t.fact_brand_hue(),
        Fact::SignInAddress => t.fact_sign_in_address(),
        Fact::SecondStepRequired => t.fact_second_step_required(),
        Fact::Passkey => t.passkey_name(),
        Fact::StaffRole => t.role(),
        Fact::Template => t.fact_template(),
        Fact::TemplateVersion => t.fact_template_version(),
        Fact::Mail => t.col_mail(),
        Fact::ErpImport => t.fact_erp_import(),
        Fact::RecordsNew => t.fact_records_new(),
        Fact::RecordsChanged => t.fact_records_changed(),
        Fact::Errors => t.fact_errors(),
        Fact::Reason => t.fact_reason(),
        Fact::OnBehalfOf => t.fact_behalf(),
        Fact::ViewActs => t.fact_view_acts(),
        Fact::Entries => t.fact_entries(),
        Fact::Filter => t.fact_filter(),
        Fact::KeptYears => t.fact_kept_years(),
        Fact::TrailEntry => t.fact_trail_entry(),
        Fact::TrailHash => t.fact_trail_hash(),
    }
}

/// The names of roles that somebody had.
pub fn told_roles(t: Text, roles: &[ToldRole]) -> Vec<&str> {
    let names = roles.iter().map(|role| match role {
        ToldRole::BuiltIn(role) => role_name(t, *role),
        ToldRole::Own(name) => name.as_str(),
    });
    names.collect()
}

fn told_words(t: Text, told: &Told) -> String {
    let listed = |words: Vec<&str>| if words.is_empty() { t.nothing().to_owned() } else { words.join(", ") };
    match told {
        Told::Text(text) | Told::Limit(Some(text)) | Told::Zone(Some(text)) => text.clone(),
        Told::Erased => t.told_erased().to_owned(),
        Told::Limit(None) => t.no_limit().to_owned(),
        Told::Zone(None) => t.usual_zone().to_owned(),
        Told::Roles(roles) => listed(told_roles(t, roles)),
        Told::Rights(grants) => listed(rights_text(t, grants).iter().map(String::as_str).collect()),
        Told::Salutation(salutation) => salutation_name(t, *salutation).to_owned(),
        Told::Language(locale) => locale.own_name().to_owned(),
        Told::Years(years) => t.audit_years(years.and_then(|years| u32::try_from(years).ok())),
        Told::Switch(on) => if *on { t.switched_on() } else { t.switched_off() }.to_owned(),
        Told::Mail(kind) => mail_name(t, *kind).to_owned(),
        Told::Features(features) => listed(features.iter().map(|f| feature_name(t, *f)).collect()),
        Told::Notices(notices) => {
            listed(notices.iter().map(|notice: &Notice| notice_text(t, *notice)).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use center::activity::InCompany;
    use model::{CompanyId, Locale, Role, StaffId, UserId};

    use super::*;

    /// What the reader reads first: who did what to whom.
    fn read(t: Text, happening: Happening) -> String {
        let row = sentence(t, happening);
        let person = row.person.map(|person| person.name).unwrap_or_default();
        format!("{} {}{person}{}", row.who, row.before, row.after)
    }

    fn happening(event: Event, by: Doer, whom: Option<&str>) -> Happening {
        Happening {
            event: Some(event),
            by,
            whom: whom.map(|name| (name.to_owned(), None)),
            whom_you: false,
            changes: Vec::new(),
            at: String::new(),
            when: String::new(),
            sortable: String::new(),
            network: String::new(),
            by_page: None,
            company: None,
            undo: None,
        }
    }

    /// Event; who did it to whom; in English; in German.
    type Sentence = (Event, Option<&'static str>, Option<&'static str>, &'static str, &'static str);

    const SENTENCES: &[Sentence] = &[
        (
            Event::CompanyCreated,
            None,
            None,
            "The portal set up the company",
            "Das Portal hat die Firma eingerichtet",
        ),
        (
            Event::UserActivated,
            Some("Mary"),
            None,
            "Mary activated the account",
            "Mary hat das Konto aktiviert",
        ),
        (
            Event::ActivationMismatch,
            None,
            None,
            "The portal refused an activation whose details did not match",
            "Das Portal hat eine Aktivierung abgelehnt, deren Angaben nicht passten",
        ),
        (
            Event::ActivationIneligible,
            None,
            None,
            "The portal referred an activation to the company's administrator",
            "Das Portal hat eine Aktivierung an die Administration der Firma verwiesen",
        ),
        (
            Event::AccessRequested,
            None,
            None,
            "The portal noted a request for access",
            "Das Portal hat eine Anfrage um Zugang vermerkt",
        ),
        (
            Event::AccessGranted,
            Some("Mary"),
            Some("John"),
            "Mary granted John the access asked for",
            "Mary hat John den erbetenen Zugang gewährt",
        ),
        (
            Event::AccessDeclined,
            Some("Mary"),
            None,
            "Mary declined a request for access",
            "Mary hat eine Anfrage um Zugang abgelehnt",
        ),
        (
            Event::AccessGiven,
            Some("Mary"),
            Some("John"),
            "Mary gave John access",
            "Mary hat John Zugang gegeben",
        ),
        (
            Event::AccessTaken,
            Some("Mary"),
            Some("John"),
            "Mary took the access of John back",
            "Mary hat John den Zugang entzogen",
        ),
        (
            Event::AccessMailed,
            Some("Mary"),
            Some("John"),
            "Mary mailed John about the access",
            "Mary hat John die E-Mail zum Zugang gesendet",
        ),
        (
            Event::UserMoved,
            Some("Mary"),
            Some("John"),
            "Mary moved John into the company",
            "Mary hat John in die Firma übernommen",
        ),
        (
            Event::SessionsEnded,
            Some("Mary"),
            Some("John"),
            "Mary signed out John everywhere",
            "Mary hat John überall abgemeldet",
        ),
        (
            Event::HandoverCodeMade,
            Some("Mary"),
            Some("John"),
            "Mary made a one-time code for John",
            "Mary hat einen Einmalcode für John erstellt",
        ),
        (
            Event::HandoverCodeUsed,
            Some("John"),
            None,
            "John used a one-time code",
            "John hat einen Einmalcode benutzt",
        ),
        (
            Event::UsersMerged,
            Some("Mary"),
            Some("John"),
            "Mary merged two accounts of John",
            "Mary hat zwei Konten von John zusammengeführt",
        ),
        (
            Event::ViewBegan,
            Some("Mary"),
            Some("John"),
            "Mary began to see the portal as John",
            "Mary hat begonnen, das Portal als John zu sehen",
        ),
        (
            Event::ViewEnded,
            Some("Mary"),
            Some("John"),
            "Mary ended the view of the portal as John",
            "Mary hat die Ansicht des Portals als John beendet",
        ),
        (
            Event::PersonExported,
            Some("Mary"),
            Some("John"),
            "Mary exported the personal data of John",
            "Mary hat die personenbezogenen Daten von John exportiert",
        ),
        (
            Event::PersonErased,
            Some("Mary"),
            None,
            "Mary erased the personal data of a user",
            "Mary hat die personenbezogenen Daten eines Benutzers gelöscht",
        ),
        (
            Event::UsersExported,
            Some("Mary"),
            None,
            "Mary exported the users",
            "Mary hat die Benutzer exportiert",
        ),
        (
            Event::ActivityExported,
            Some("Mary"),
            None,
            "Mary exported the activity",
            "Mary hat die Aktivität exportiert",
        ),
        (
            Event::AccessReviewed,
            Some("Mary"),
            None,
            "Mary finished the access review",
            "Mary hat die Zugangsprüfung abgeschlossen",
        ),
        (
            Event::AccessReviewExported,
            Some("Mary"),
            None,
            "Mary exported an access review",
            "Mary hat eine Zugangsprüfung exportiert",
        ),
        (
            Event::TemplateSaved,
            Some("Mary"),
            None,
            "Mary saved a draft of an email template",
            "Mary hat einen Entwurf einer E-Mail-Vorlage gespeichert",
        ),
        (
            Event::TemplateDiscarded,
            Some("Mary"),
            None,
            "Mary discarded a draft of an email template",
            "Mary hat einen Entwurf einer E-Mail-Vorlage verworfen",
        ),
        (
            Event::TemplatePublished,
            Some("Mary"),
            None,
            "Mary published an email template",
            "Mary hat eine E-Mail-Vorlage veröffentlicht",
        ),
        (
            Event::TemplateStandard,
            Some("Mary"),
            None,
            "Mary took an email back to the standard wording",
            "Mary hat eine E-Mail auf den Standardtext zurückgesetzt",
        ),
        (
            Event::TemplateTested,
            Some("Mary"),
            None,
            "Mary sent a test of an email template to the own address",
            "Mary hat einen Test einer E-Mail-Vorlage an die eigene Adresse gesendet",
        ),
        (
            Event::MailResent,
            Some("Mary"),
            Some("John"),
            "Mary sent John an email again",
            "Mary hat John eine E-Mail erneut gesendet",
        ),
        (
            Event::MailRetried,
            Some("Mary"),
            Some("John"),
            "Mary had an email to John tried again",
            "Mary hat eine E-Mail an John erneut versuchen lassen",
        ),
        (
            Event::BounceNoted,
            Some("Mary"),
            Some("John"),
            "Mary noted that emails to John come back",
            "Mary hat vermerkt, dass E-Mails an John zurückkommen",
        ),
        (
            Event::BounceForgotten,
            Some("Mary"),
            Some("John"),
            "Mary took back the note that emails to John come back",
            "Mary hat den Vermerk gelöscht, dass E-Mails an John zurückkommen",
        ),
        (
            Event::MailPreferencesChanged,
            Some("Mary"),
            None,
            "Mary changed the email preferences",
            "Mary hat die E-Mail-Einstellungen geändert",
        ),
        (
            Event::ErpFilesUploaded,
            Some("Petra"),
            None,
            "Petra uploaded files for the ERP",
            "Petra hat Dateien für das ERP hochgeladen",
        ),
        (
            Event::ErpImportChecked,
            Some("Petra"),
            None,
            "Petra checked uploaded files for the ERP",
            "Petra hat hochgeladene Dateien für das ERP geprüft",
        ),
        (
            Event::ErpImported,
            Some("Petra"),
            None,
            "Petra imported files into the ERP",
            "Petra hat Dateien in das ERP importiert",
        ),
        (
            Event::ErpImportFailed,
            Some("Petra"),
            None,
            "Petra did not come to the end of an import into the ERP",
            "Petra hat einen Import in das ERP nicht zu Ende gebracht",
        ),
        (
            Event::ErpFilesDiscarded,
            Some("Petra"),
            None,
            "Petra discarded uploaded files for the ERP",
            "Petra hat hochgeladene Dateien für das ERP verworfen",
        ),
        (
            Event::StaffCreated,
            None,
            None,
            "The portal recorded a member of staff",
            "Das Portal hat eine Person im Shop erfasst",
        ),
        (
            Event::FeaturesSwitched,
            Some("Kim"),
            None,
            "Kim switched features of the portal",
            "Kim hat Funktionen des Portals geschaltet",
        ),
        (
            Event::CompanyFeaturesSwitched,
            Some("Kim"),
            None,
            "Kim switched features of the portal for the company",
            "Kim hat Funktionen des Portals für die Firma geschaltet",
        ),
        (
            Event::ShopChanged,
            Some("Kim"),
            None,
            "Kim changed the shop's data",
            "Kim hat die Angaben des Shops geändert",
        ),
        (
            Event::AccessConfirmed,
            Some("Mary"),
            None,
            "Mary confirmed the access of users in an access review",
            "Mary hat in einer Zugangsprüfung den Zugang von Benutzern bestätigt",
        ),
        (
            Event::AuditExported,
            Some("Mary"),
            None,
            "Mary exported the audit trail",
            "Mary hat das Protokoll exportiert",
        ),
        (
            Event::AuditChecked,
            Some("Mary"),
            None,
            "Mary checked the audit trail and found it whole",
            "Mary hat das Protokoll geprüft und unversehrt gefunden",
        ),
        (
            Event::AuditBroken,
            Some("Mary"),
            None,
            "Mary checked the audit trail and found an entry missing or changed",
            "Mary hat das Protokoll geprüft und einen fehlenden oder geänderten Eintrag gefunden",
        ),
        (
            Event::AuditRetentionChanged,
            Some("Mary"),
            None,
            "Mary changed how long entries of the audit trail are kept",
            "Mary hat geändert, wie lange Einträge des Protokolls bleiben",
        ),
        (
            Event::AuditCut,
            None,
            None,
            "The portal removed entries of the audit trail that are kept no longer",
            "Das Portal hat Einträge des Protokolls entfernt, deren Frist abgelaufen ist",
        ),
        (
            Event::LogoChanged,
            Some("Kim"),
            None,
            "Kim changed the shop's logo",
            "Kim hat das Logo des Shops geändert",
        ),
        (
            Event::LogoRemoved,
            Some("Kim"),
            None,
            "Kim removed the shop's logo",
            "Kim hat das Logo des Shops entfernt",
        ),
        (
            Event::CompanyLogoChanged,
            Some("Kim"),
            None,
            "Kim changed the company's logo",
            "Kim hat das Logo der Firma geändert",
        ),
        (
            Event::CompanyLogoRemoved,
            Some("Kim"),
            None,
            "Kim removed the company's logo",
            "Kim hat das Logo der Firma entfernt",
        ),
        (
            Event::SignInAddressMoved,
            Some("Kim"),
            None,
            "Kim changed the company's sign-in address",
            "Kim hat die Anmeldeadresse der Firma geändert",
        ),
        (Event::StaffSignedIn, Some("John"), None, "John signed in", "John hat sich angemeldet"),
        (Event::StaffSessionEnded, Some("John"), None, "John signed out", "John hat sich abgemeldet"),
        (
            Event::StaffPasswordSet,
            Some("John"),
            None,
            "John set a new password by a mailed link",
            "John hat über einen Link aus einer E-Mail ein neues Passwort gesetzt",
        ),
        (
            Event::StaffSecondStepSetUp,
            Some("John"),
            None,
            "John set up the second step of signing in",
            "John hat den zweiten Schritt der Anmeldung eingerichtet",
        ),
        (
            Event::StaffRecoveryCodeUsed,
            Some("John"),
            None,
            "John used a recovery code",
            "John hat einen Wiederherstellungscode benutzt",
        ),
        (
            Event::StaffPasskeyAdded,
            Some("John"),
            None,
            "John added a passkey",
            "John hat einen Passkey hinzugefügt",
        ),
        (
            Event::StaffPasskeyRemoved,
            Some("John"),
            None,
            "John removed a passkey",
            "John hat einen Passkey entfernt",
        ),
        (Event::StaffInvited, Some("Mary"), Some("John"), "Mary invited John", "Mary hat John eingeladen"),
        (
            Event::StaffLinkSent,
            Some("Mary"),
            Some("John"),
            "Mary sent John a link to set a new password",
            "Mary hat John einen Link zum Setzen eines neuen Passworts gesendet",
        ),
        (
            Event::StaffRoleChanged,
            Some("Mary"),
            Some("John"),
            "Mary changed the role of John",
            "Mary hat die Rolle von John geändert",
        ),
        (
            Event::StaffDeactivated,
            Some("Mary"),
            Some("John"),
            "Mary deactivated John",
            "Mary hat John deaktiviert",
        ),
        (
            Event::StaffActivatedAgain,
            Some("Mary"),
            Some("John"),
            "Mary activated John again",
            "Mary hat John wieder aktiviert",
        ),
        (
            Event::StaffSecondStepReset,
            Some("Mary"),
            Some("John"),
            "Mary took back the second step of John",
            "Mary hat den zweiten Schritt von John zurückgesetzt",
        ),
        (
            Event::StaffRecoveryCodesMade,
            Some("John"),
            None,
            "John made new recovery codes",
            "John hat neue Wiederherstellungscodes erzeugt",
        ),
        (
            Event::StaffPasswordChanged,
            Some("John"),
            None,
            "John changed the own password",
            "John hat das eigene Passwort geändert",
        ),
        (
            Event::StaffSessionRevoked,
            Some("John"),
            None,
            "John signed out another browser",
            "John hat einen anderen Browser abgemeldet",
        ),
        (
            Event::StaffOtherSessionsRevoked,
            Some("John"),
            None,
            "John signed out all other browsers",
            "John hat alle anderen Browser abgemeldet",
        ),
        (
            Event::CompanyClosed,
            Some("Mary"),
            None,
            "Mary closed the company",
            "Mary hat die Firma geschlossen",
        ),
        (
            Event::CompanyReopened,
            Some("Mary"),
            None,
            "Mary opened the company again",
            "Mary hat die Firma wieder geöffnet",
        ),
        (
            Event::CompanySwitched,
            Some("John"),
            None,
            "John switched to this company",
            "John hat zu dieser Firma gewechselt",
        ),
        (
            Event::DifferenceIgnored,
            Some("Mary"),
            Some("John"),
            "Mary left a difference between shop and ERP for John as it is",
            "Mary hat einen Unterschied zwischen Shop und ERP bei John so gelassen",
        ),
        (
            Event::DifferenceRecalled,
            Some("Mary"),
            Some("John"),
            "Mary listed an ignored difference between shop and ERP for John again",
            "Mary hat einen ignorierten Unterschied zwischen Shop und ERP bei John wieder anzeigen lassen",
        ),
        (
            Event::DifferenceTaken,
            Some("Mary"),
            Some("John"),
            "Mary took over from the ERP what it says of John",
            "Mary hat aus dem ERP übernommen, was es zu John sagt",
        ),
        (
            Event::DifferenceTold,
            Some("Mary"),
            Some("John"),
            "Mary wrote into the ERP what the shop says of John",
            "Mary hat ins ERP geschrieben, was der Shop zu John sagt",
        ),
        (
            Event::EmailChangeCancelled,
            Some("John"),
            None,
            "John cancelled the change of the email address",
            "John hat die Änderung der E-Mail-Adresse zurückgezogen",
        ),
        (
            Event::SecondStepSetUp,
            Some("John"),
            None,
            "John switched two-step sign-in on",
            "John hat die Anmeldung in zwei Schritten eingeschaltet",
        ),
        (
            Event::SecondStepEnded,
            Some("John"),
            None,
            "John switched two-step sign-in off",
            "John hat die Anmeldung in zwei Schritten ausgeschaltet",
        ),
        (
            Event::SecondStepReset,
            Some("Mary"),
            Some("John"),
            "Mary took back the two-step sign-in of John",
            "Mary hat die Anmeldung in zwei Schritten von John zurückgesetzt",
        ),
        (
            Event::RecoveryCodeUsed,
            Some("John"),
            None,
            "John used a recovery code",
            "John hat einen Wiederherstellungscode benutzt",
        ),
        (
            Event::RecoveryCodesMade,
            Some("John"),
            None,
            "John made new recovery codes",
            "John hat neue Wiederherstellungscodes erzeugt",
        ),
        (
            Event::CompanySignInChanged,
            Some("Mary"),
            None,
            "Mary changed how the company's users sign in",
            "Mary hat geändert, wie sich die Benutzer der Firma anmelden",
        ),
        (
            Event::EmailChangeRequested,
            Some("John"),
            None,
            "John asked for a new email address",
            "John hat eine neue E-Mail-Adresse angefordert",
        ),
        (
            Event::EmailChanged,
            Some("John"),
            None,
            "John confirmed a new email address",
            "John hat eine neue E-Mail-Adresse bestätigt",
        ),
        (
            Event::InvitationResent,
            Some("Mary"),
            Some("John"),
            "Mary sent John the invitation again",
            "Mary hat John die Einladung erneut gesendet",
        ),
        (
            Event::InvitationRevoked,
            Some("Mary"),
            Some("John"),
            "Mary revoked the invitation of John",
            "Mary hat die Einladung von John zurückgezogen",
        ),
        (
            Event::OtherSessionsRevoked,
            Some("John"),
            None,
            "John signed out all other browsers",
            "John hat alle anderen Browser abgemeldet",
        ),
        (
            Event::PasswordChanged,
            Some("John"),
            None,
            "John changed the own password",
            "John hat das eigene Passwort geändert",
        ),
        (
            Event::PasswordLinkSent,
            Some("Mary"),
            Some("John"),
            "Mary sent John a link to set a new password",
            "Mary hat John einen Link zum Setzen eines neuen Passworts gesendet",
        ),
        (
            Event::PasswordReset,
            Some("John"),
            None,
            "John set a new password by a mailed link",
            "John hat über einen Link aus einer E-Mail ein neues Passwort gesetzt",
        ),
        (
            Event::PermissionsChanged,
            Some("Mary"),
            Some("John"),
            "Mary changed the roles of John",
            "Mary hat die Rollen von John geändert",
        ),
        (
            Event::ProfileUpdated,
            Some("John"),
            None,
            "John changed the own profile",
            "John hat das eigene Profil geändert",
        ),
        (
            Event::RoleChanged,
            Some("Mary"),
            None,
            "Mary changed the role “…”",
            "Mary hat die Rolle „…“ geändert",
        ),
        (
            Event::RoleCreated,
            Some("Mary"),
            None,
            "Mary created the role “…”",
            "Mary hat die Rolle „…“ angelegt",
        ),
        (
            Event::RoleDeleted,
            Some("Mary"),
            None,
            "Mary deleted the role “…”",
            "Mary hat die Rolle „…“ gelöscht",
        ),
        (Event::SessionEnded, Some("John"), None, "John signed out", "John hat sich abgemeldet"),
        (
            Event::SessionRevoked,
            Some("John"),
            None,
            "John signed out another browser",
            "John hat einen anderen Browser abgemeldet",
        ),
        (Event::SignedIn, Some("John"), None, "John signed in", "John hat sich angemeldet"),
        (
            Event::UserAcceptedInvitation,
            Some("John"),
            None,
            "John accepted the invitation",
            "John hat die Einladung angenommen",
        ),
        (
            Event::UserActivatedAgain,
            Some("Mary"),
            Some("John"),
            "Mary activated John again",
            "Mary hat John wieder aktiviert",
        ),
        (Event::UserCreated, Some("Mary"), Some("John"), "Mary invited John", "Mary hat John eingeladen"),
        (
            Event::UserDeactivated,
            Some("Mary"),
            Some("John"),
            "Mary deactivated John",
            "Mary hat John deaktiviert",
        ),
        (
            Event::UserUpdated,
            Some("Mary"),
            Some("John"),
            "Mary changed the data of John",
            "Mary hat die Angaben zu John geändert",
        ),
    ];

    #[test]
    fn every_event_has_its_sentence_in_both_languages() {
        for (event, by, whom, en, de) in SENTENCES {
            let by = by.map_or(Doer::Portal, |name| Doer::Person(name.to_owned()));
            for (locale, expected) in [(Locale::En, en), (Locale::De, de)] {
                assert_eq!(read(Text(locale), happening(*event, by.clone(), *whom)), *expected);
            }
        }
        let told: Vec<Event> = SENTENCES.iter().map(|(event, ..)| *event).collect();
        assert_eq!(told.len(), Event::ALL.len());
        assert!(Event::ALL.iter().all(|event| told.contains(event)));
    }

    #[test]
    fn the_reader_is_spoken_to() {
        let to_you = |event, locale| {
            let by = Doer::Person("Mary".to_owned());
            read(Text(locale), Happening { whom_you: true, ..happening(event, by, Some("John")) })
        };
        for (event, en, de) in [
            (Event::UserCreated, "Mary invited you", "Mary hat Sie eingeladen"),
            (
                Event::InvitationResent,
                "Mary sent you the invitation again",
                "Mary hat Ihnen die Einladung erneut gesendet",
            ),
            (
                Event::InvitationRevoked,
                "Mary revoked your invitation",
                "Mary hat Ihre Einladung zurückgezogen",
            ),
            (Event::UserDeactivated, "Mary deactivated your account", "Mary hat Ihr Konto deaktiviert"),
            (
                Event::UserActivatedAgain,
                "Mary activated your account again",
                "Mary hat Ihr Konto wieder aktiviert",
            ),
            (
                Event::PasswordLinkSent,
                "Mary sent you a link to set a new password",
                "Mary hat Ihnen einen Link zum Setzen eines neuen Passworts gesendet",
            ),
            (Event::UserUpdated, "Mary changed your data", "Mary hat Ihre Angaben geändert"),
            (Event::PermissionsChanged, "Mary changed your roles", "Mary hat Ihre Rollen geändert"),
        ] {
            assert_eq!(
                (to_you(event, Locale::En), to_you(event, Locale::De)),
                (en.to_owned(), de.to_owned())
            );
        }
        let by_staff = |locale| {
            let by = Doer::Staff("Nordholz".to_owned());
            read(Text(locale), happening(Event::UserDeactivated, by, Some("John")))
        };
        assert_eq!(by_staff(Locale::En), "Staff of Nordholz deactivated John");
        assert_eq!(by_staff(Locale::De), "Das Team von Nordholz hat John deaktiviert");
        let by_you = |whom, locale| read(Text(locale), happening(Event::UserDeactivated, Doer::You, whom));
        assert_eq!(by_you(Some("John"), Locale::En), "You deactivated John");
        assert_eq!(by_you(Some("John"), Locale::De), "Sie haben John deaktiviert");
        assert_eq!(by_you(None, Locale::En), "You deactivated somebody");
        let again = |by| read(Text(Locale::De), happening(Event::InvitationResent, by, None));
        assert_eq!(again(Doer::You), "Sie haben die Einladung noch einmal angefordert");
    }

    #[test]
    fn values_are_told_before_and_after() {
        let budget = |from, to| ToldChange {
            fact: Fact::BudgetMonth,
            from: Some(Told::Limit(from)),
            to: Some(Told::Limit(to)),
        };
        let change = |change| {
            let by = Doer::Person("Mary".to_owned());
            let row = sentence(
                Text(Locale::De),
                Happening { changes: vec![change], ..happening(Event::UserUpdated, by, Some("John")) },
            );
            let line = row.changes[0].clone();
            (row.before, line.what, line.from.unwrap_or_default(), line.to.unwrap_or_default())
        };
        let told =
            |a: &str, b: &str, c: &str, d: &str| (a.to_owned(), b.to_owned(), c.to_owned(), d.to_owned());
        assert_eq!(
            change(budget(None, Some("5.000,00 €".to_owned()))),
            told("hat die Budgets von ", "Budget je Monat", "unbegrenzt", "5.000,00 €")
        );
        assert_eq!(
            change(ToldChange {
                fact: Fact::Roles,
                from: Some(Told::Roles(vec![Role::Buyer.into()])),
                to: Some(Told::Roles(vec![Role::Buyer.into(), ToldRole::Own("Team".to_owned())])),
            }),
            told("hat die Angaben zu ", "Rollen", "Einkauf", "Einkauf, Team")
        );
        assert_eq!(
            change(ToldChange {
                fact: Fact::TimeZone,
                from: Some(Told::Zone(None)),
                to: Some(Told::Zone(Some("Asia/Tokyo".to_owned()))),
            }),
            told("hat die Angaben zu ", "Zeitzone", "die der Firma", "Asia/Tokyo")
        );
        assert_eq!(
            change(ToldChange {
                fact: Fact::Shortcuts,
                from: Some(Told::Switch(true)),
                to: Some(Told::Switch(false)),
            }),
            told("hat die Angaben zu ", "Tastenkürzel", "an", "aus")
        );
        assert_eq!(
            change(ToldChange {
                fact: Fact::DeclinedNotices,
                from: Some(Told::Notices(vec![Notice::FurtherAdministrator])),
                to: Some(Told::Notices(Vec::new())),
            }),
            told(
                "hat die Angaben zu ",
                "Abbestellte E-Mails",
                "Mitteilen, wenn ein weiterer Hauptkontakt dazukommt",
                "keine"
            )
        );
    }

    #[test]
    fn a_role_is_named_in_the_sentence_and_its_rights_before_and_after() {
        let rights =
            |scope| Some(Told::Rights([(model::Permission::OrdersView, scope)].into_iter().collect()));
        let text = |text: &str| Some(Told::Text(text.to_owned()));
        let changes = vec![
            ToldChange { fact: Fact::Name, from: text("Team"), to: text("Lead") },
            ToldChange { fact: Fact::OwnRole, from: None, to: text("Team") },
            ToldChange {
                fact: Fact::Rights,
                from: rights(model::Scope::Company),
                to: rights(model::Scope::Own),
            },
        ];
        let by = Doer::Person("Mary".to_owned());
        let row =
            sentence(Text(Locale::En), Happening { changes, ..happening(Event::RoleChanged, by, None) });
        assert_eq!(row.before, "changed the role “Team”");
        let told: Vec<_> = row.changes.iter().map(|c| (c.what.as_str(), c.to.as_deref())).collect();
        assert_eq!(told, [("Name", Some("Lead")), ("Rights", Some("see orders (own only)"))]);
    }

    #[test]
    fn the_staff_are_led_to_the_records() {
        let kim = Some(("Kim".to_owned(), Some(Record::OfficeUser(UserId(Default::default())))));
        let company = InCompany {
            id: CompanyId(Default::default()),
            name: "Bau & Söhne".to_owned(),
            number: "10402-0".to_owned(),
        };
        let by = Doer::Person("Petra".to_owned());
        let row = sentence(
            Text(Locale::En),
            Happening {
                by_page: Some(Record::Staff(StaffId(Default::default()))),
                whom: kim,
                company: Some(company),
                ..happening(Event::UserDeactivated, by, None)
            },
        );
        let id = "00000000-0000-0000-0000-000000000000";
        assert_eq!(row.who_page, Some(format!("/office/staff/{id}")));
        assert_eq!(row.person.unwrap().page, Some(format!("/office/users/{id}")));
        let place = row.place.unwrap();
        assert_eq!((place.name.as_str(), place.number.as_str()), ("Bau & Söhne", "10402-0"));
        assert_eq!(place.page, format!("/office/companies/{id}"));
        let words = |event, locale| event_words(Text(locale), event);
        assert_eq!(words(Event::UserDeactivated, Locale::En), "deactivated somebody");
        assert_eq!(words(Event::UserDeactivated, Locale::De), "jemand deaktiviert");
        assert_eq!(words(Event::StaffSignedIn, Locale::En), "signed in (staff)");
    }

    #[test]
    fn names_are_text_wherever_they_stand() {
        let hostile = "<script>{whom}";
        let row = sentence(
            Text(Locale::En),
            Happening {
                whom: Some((hostile.to_owned(), Some(Record::User(UserId(Default::default()))))),
                changes: vec![
                    ToldChange { fact: Fact::Name, from: None, to: Some(Told::Text(hostile.to_owned())) },
                    ToldChange {
                        fact: Fact::Email,
                        from: None,
                        to: Some(Told::Text("j@b.example".to_owned())),
                    },
                ],
                ..happening(Event::UserCreated, Doer::Person(hostile.to_owned()), None)
            },
        );
        assert_eq!((row.who.as_str(), row.before.as_str(), row.after.as_str()), (hostile, "invited ", ""));
        assert_eq!(row.person.unwrap().name, hostile);
        // The name stands in the sentence, so it is not told again.
        assert_eq!(row.changes.len(), 1);
        let unknown = Happening { event: None, ..happening(Event::SignedIn, Doer::Portal, Some("John")) };
        let row = sentence(Text(Locale::En), unknown);
        assert_eq!((row.before.as_str(), row.person), (Text(Locale::En).act_unknown(), None));
    }
}
