//! Texts of users management, and roles in words.

use model::{FixedRole, Role, UserStatus};

use super::Text;

texts! {
    users_lead(company: &str): "Who can act for {company} in the shop, and what they may do.",
        "Wer im Shop für {company} handeln darf, und wie weit.";
    tab_users: "Shop users", "Shop-Benutzer";
    tab_contacts: "ERP contacts", "ERP-Kontakte";
    tab_requests: "Access requests", "Zugangsanfragen";
    tab_invitations: "Invitations", "Einladungen";
    user_lists: "User lists", "Benutzerlisten";
    stat_active: "Active users", "Aktive Benutzer";
    stat_waiting: "Waiting for acceptance", "Warten auf Annahme";
    stat_contacts: "ERP contacts without access", "ERP-Kontakte ohne Zugang";
    request_user: "Request new user", "Neuen Benutzer anfordern";

    search_users: "Search name or email", "Name oder E-Mail suchen";
    filter_users: "Search and filter users", "Benutzer suchen und filtern";
    status: "Status", "Status";
    any_status: "Any status", "Jeder Status";
    role: "Role", "Rolle";
    any_role: "Any role", "Jede Rolle";
    chip_search(q: &str): "Search: {q}", "Suche: {q}";
    chip_status(status: &str): "Status: {status}", "Status: {status}";
    chip_role(role: &str): "Role: {role}", "Rolle: {role}";
    one_user: "1 user", "1 Benutzer";
    users_count(count: String): "{count} users", "{count} Benutzer";

    users_table_by_name: "Shop users, sorted by name", "Shop-Benutzer, nach Name sortiert";
    users_table_by_email: "Shop users, sorted by email", "Shop-Benutzer, nach E-Mail sortiert";
    users_table_by_seen: "Shop users, sorted by last visit", "Shop-Benutzer, nach letztem Besuch sortiert";
    col_user: "User", "Benutzer";
    col_email: "Email", "E-Mail";
    col_roles: "Roles", "Rollen";
    col_budgets: "Budgets", "Budgets";
    col_last_seen: "Last seen", "Zuletzt gesehen";
    col_actions: "Actions", "Aktionen";
    col_name: "Name", "Name";
    col_contact_number: "Contact number", "Kontaktnummer";
    sort_by_email: "Email", "E-Mail";
    never_seen: "never", "nie";
    budget_order(amount: &str): "{amount} per order", "{amount} je Bestellung";
    budget_month(amount: &str): "{amount} per month", "{amount} je Monat";
    actions_for(name: &str): "Actions for {name}", "Aktionen für {name}";
    edit_user: "Edit roles and budgets", "Rollen und Budgets ändern";
    view_user: "Open", "Öffnen";
    send_password_link: "Send password link", "Passwort-Link senden";
    deactivate: "Deactivate", "Deaktivieren";
    activate: "Activate", "Aktivieren";
    resend_invitation: "Resend invitation", "Einladung erneut senden";
    revoke_invitation: "Revoke invitation", "Einladung zurückziehen";
    undo: "Undo", "Rückgängig";
    no_match_title: "No user matches", "Kein Benutzer passt";
    no_match_text: "Nobody fits the search and filters. Words are found by their beginnings.",
        "Auf Suche und Filter passt niemand. Wörter werden an ihrem Anfang gefunden.";
    clear_filters: "Clear filters", "Filter entfernen";

    contacts_lead: "Already known to the shop. Adding one needs no typing.",
        "Dem Shop schon bekannt. Hinzufügen geht ohne Tippen.";
    contacts_table: "ERP contacts without access", "ERP-Kontakte ohne Zugang";
    show_all_contacts(count: u32): "Show all {count}", "Alle {count} anzeigen";
    add_to_shop: "Add to shop", "Zum Shop hinzufügen";
    no_email_in_erp: "No email in the ERP", "Keine E-Mail im ERP";
    contacts_unavailable: "The ERP is not answering. Its contacts can't be shown right now; the shop users above are complete.",
        "Das ERP antwortet nicht. Seine Kontakte lassen sich gerade nicht anzeigen; die Shop-Benutzer sind vollständig.";
    contacts_as_of(time: &str): "The ERP is not answering: showing its contacts of {time}. Adding one is possible as soon as it answers again.",
        "Das ERP antwortet nicht: Gezeigt sind seine Kontakte, Stand {time}. Hinzufügen geht wieder, sobald es antwortet.";
    no_contacts_left: "Every ERP contact has access", "Alle ERP-Kontakte haben Zugang";

    requests_table: "Access requests, the oldest first", "Zugangsanfragen, die ältesten zuerst";
    col_asked: "Asked", "Angefragt";
    col_message: "Message", "Nachricht";
    col_erp_contact: "ERP contact", "ERP-Kontakt";
    erp_contact_unknown: "No contact with this address", "Kein Kontakt mit dieser Adresse";
    erp_contact_unavailable: "The ERP is not answering", "Das ERP antwortet nicht";
    has_account: "Is a shop user already", "Ist schon Shop-Benutzer";
    grant_access: "Grant access", "Zugang gewähren";
    decline_request: "Decline request", "Anfrage ablehnen";
    no_requests: "No access request waits", "Keine Zugangsanfrage wartet";
    no_requests_text: "Colleagues without an account can ask for one when they activate.",
        "Kolleginnen und Kollegen ohne Konto können bei der Aktivierung darum bitten.";
    decline_lead: "The person gets an email that says so. No account is made.",
        "Die Person erhält eine E-Mail darüber. Es entsteht kein Konto.";
    decline_reason: "Reason", "Grund";
    decline_reason_hint: "It stands in the email.", "Er steht in der E-Mail.";
    invitations_table: "Invitations that wait or have ended", "Offene und abgelaufene Einladungen";
    col_invited_by: "Invited by", "Eingeladen von";
    col_sent: "Sent", "Gesendet";
    col_expires: "Ends", "Endet";
    waiting_to_send: "is being sent", "wird gesendet";
    no_invitations: "No invitation waits", "Keine Einladung wartet";
    no_invitations_text: "Everybody who was invited has set a password.", "Alle Eingeladenen haben ein Passwort gesetzt.";

    tab_differences: "Differences", "Unterschiede";
    differences_table: "Differences between shop users and ERP contacts", "Unterschiede zwischen Shop-Benutzern und ERP-Kontakten";
    differences_ignored_table: "Ignored differences", "Ignorierte Unterschiede";
    differences_hint: "What is ignored comes back as soon as one of its values changes.",
        "Was ignoriert wird, erscheint wieder, sobald sich einer der Werte ändert.";
    differences_unavailable: "The ERP is not answering. Its contacts can't be compared with the shop users right now.",
        "Das ERP antwortet nicht. Seine Kontakte lassen sich gerade nicht mit den Shop-Benutzern vergleichen.";
    no_differences: "Shop and ERP agree", "Shop und ERP stimmen überein";
    no_differences_text: "Every user stands in the ERP with the same name and email, or the difference is ignored.",
        "Alle Benutzer stehen mit gleichem Namen und gleicher E-Mail im ERP, oder der Unterschied wird ignoriert.";
    no_differences_ignored: "No difference is ignored", "Kein Unterschied wird ignoriert";
    show_ignored: "Show ignored differences", "Ignorierte Unterschiede anzeigen";
    show_open: "Show open differences", "Offene Unterschiede anzeigen";
    col_difference: "Difference", "Unterschied";
    col_in_shop: "In the shop", "Im Shop";
    col_in_erp: "In the ERP", "Im ERP";
    difference_name: "Other name", "Anderer Name";
    difference_email: "Other email", "Andere E-Mail";
    difference_unlinked: "Not linked to the contact with this email", "Nicht mit dem Kontakt dieser E-Mail verknüpft";
    difference_no_contact: "No ERP contact", "Kein ERP-Kontakt";
    difference_gone: "Gone from the ERP", "Nicht mehr im ERP";
    take_over: "Take over from ERP", "Aus dem ERP übernehmen";
    link_contact: "Link contact", "Kontakt verknüpfen";
    write_to_erp: "Write to ERP", "Ins ERP schreiben";
    ignore_difference: "Ignore", "Ignorieren";
    recall_difference: "List again", "Wieder anzeigen";
    own_email_change: "Change email in your profile", "E-Mail in Ihrem Profil ändern";
    done_taken_over: "Taken over from the ERP", "Aus dem ERP übernommen";
    done_told: "Written to the ERP", "Ins ERP geschrieben";
    done_ignored: "Difference ignored", "Unterschied ignoriert";
    done_recalled: "Difference is listed again", "Unterschied wird wieder angezeigt";

    tab_review: "Access review", "Zugangsprüfung";
    review_access: "Review access", "Zugang prüfen";
    review_due(day: &str): "The access review is due since {day}", "Die Zugangsprüfung steht seit {day} an";
    review_next(day: &str): "The next access review is due on {day}. You can do it earlier",
        "Die nächste Zugangsprüfung steht am {day} an. Sie können sie früher erledigen";
    review_never_due: "Access reviews are never due here. You can do one at any time",
        "Zugangsprüfungen stehen hier nie an. Sie können jederzeit eine erledigen";
    review_progress(confirmed: u32, total: u32): "{confirmed} of {total} confirmed", "{confirmed} von {total} bestätigt";
    review_table: "Enabled users and what they may do", "Aktive Benutzer und was sie dürfen";
    review_show_open: "Show only those to confirm", "Nur die noch zu bestätigenden zeigen";
    review_show_all: "Show all users", "Alle Benutzer zeigen";
    review_all_confirmed: "Everybody is confirmed", "Alle sind bestätigt";
    col_review: "Review", "Prüfung";
    confirm_access: "Confirm", "Bestätigen";
    confirm_all_shown: "Confirm all shown", "Alle gezeigten bestätigen";
    access_confirmed: "Confirmed", "Bestätigt";
    finish_review: "Finish review", "Prüfung abschließen";
    past_reviews: "Finished reviews", "Abgeschlossene Prüfungen";
    col_finished: "Finished", "Abgeschlossen";
    col_finished_by: "Finished by", "Abgeschlossen von";
    done_confirmed: "Confirmed", "Bestätigt";
    done_confirmed_some: "Confirmed. Users who were changed in the meantime stay open",
        "Bestätigt. Inzwischen geänderte Benutzer bleiben offen";
    done_review_finished: "Review finished. Its result is kept below", "Prüfung abgeschlossen. Das Ergebnis steht unten";

    request_lead: "They receive an email with their account data and a link to set a password.",
        "Die Person erhält eine E-Mail mit ihren Kontodaten und einem Link zum Setzen des Passworts.";
    add_contact_title: "Add user from ERP", "Benutzer aus dem ERP hinzufügen";
    customer_number: "Customer number", "Kundennummer";
    contact_number: "Contact number", "Kontaktnummer";
    erp_hint: "Taken from the ERP", "Aus dem ERP übernommen";
    salutation: "Salutation", "Anrede";
    salutation_none: "No salutation", "Keine Anrede";
    salutation_ms: "Ms", "Frau";
    salutation_mr: "Mr", "Herr";
    full_name: "Full name", "Vollständiger Name";
    work_email: "Work email", "Geschäftliche E-Mail";
    email_missing_hint: "The ERP has no email for this contact. Type one.",
        "Das ERP kennt für diesen Kontakt keine E-Mail. Geben Sie eine ein.";
    email_change_hint: "A new address counts once its owner has confirmed it.",
        "Eine neue Adresse gilt, sobald ihr Besitzer sie bestätigt hat.";
    send_invitation: "Send invitation", "Einladung senden";
    sending: "Sending…", "Wird gesendet…";
    cancel: "Cancel", "Abbrechen";
    together: "Together: ", "Zusammen: ";
    last_seen_at(when: &str): "Last seen {when}", "Zuletzt gesehen {when}";
    created_at(when: &str): "Created {when}", "Angelegt {when}";
    pending_email(email: &str): "Waiting for confirmation of {email}.", "Die Bestätigung von {email} steht noch aus.";
    details: "Details", "Angaben";

    done_invited: "Invitation is on its way", "Einladung ist unterwegs";
    done_activated: "User activated", "Benutzer aktiviert";
    done_deactivated: "User deactivated", "Benutzer deaktiviert";
    done_declined: "Request declined. The person gets an email", "Anfrage abgelehnt. Die Person erhält eine E-Mail";
    done_resent: "Invitation sent again. The old link no longer works",
        "Einladung erneut gesendet. Der alte Link gilt nicht mehr";
    done_revoked: "Invitation revoked", "Einladung zurückgezogen";
    done_password_link: "Password link is on its way", "Passwort-Link ist unterwegs";
    done_saved: "Changes saved", "Änderungen gespeichert";
    done_email_waits: "Changes saved. The new address counts once its owner has confirmed it",
        "Änderungen gespeichert. Die neue Adresse gilt, sobald ihr Besitzer sie bestätigt hat";
    done_company_activated: "Your account is active. Add your colleagues from the ERP contacts below, or request new users",
        "Ihr Konto ist aktiv. Fügen Sie Kolleginnen und Kollegen aus den ERP-Kontakten unten hinzu, oder fordern Sie neue Benutzer an";
    done_business_activated: "Your account is active", "Ihr Konto ist aktiv";

    role_main_contact: "Main contact", "Hauptkontakt";
    role_approver: "Approver", "Freigabe";
    role_buyer: "Buyer", "Einkauf";
    role_accountant: "Accountant", "Buchhaltung";
    role_viewer: "Viewer", "Lesezugriff";
    summary_main_contact: "Runs the company: users, roles and budgets.", "Leitet die Firma: Benutzer, Rollen und Budgets.";
    summary_approver: "Releases orders that exceed a budget.", "Gibt Bestellungen über dem Budget frei.";
    summary_buyer: "Places orders up to the budget.", "Bestellt im Rahmen des Budgets.";
    summary_accountant: "Sees and pays invoices.", "Sieht und bezahlt Rechnungen.";
    summary_viewer: "Reads the company's orders.", "Sieht die Bestellungen der Firma.";
    note_main_contact: "Can manage users and give rights, also to others.", "Kann Benutzer verwalten und Rechte vergeben.";
    can_place: "Place orders", "Bestellen";
    can_see_own: "See own orders", "Eigene Bestellungen sehen";
    can_see_all: "See all orders", "Alle Bestellungen sehen";
    can_approve: "Approve orders", "Bestellungen freigeben";
    can_invoices: "See and pay invoices", "Rechnungen sehen und bezahlen";
    can_manage_users: "Manage users", "Benutzer verwalten";
    can_budgets: "Set budgets", "Budgets festlegen";
    fixed_lacking: "You lack a right in this role.", "Ihnen fehlt ein Recht dieser Rolle.";
    fixed_own: "Your own roles are changed by another main contact.", "Ihre eigenen Rollen ändert ein anderer Hauptkontakt.";
    fixed_last: "The company needs a main contact: this is the last one.", "Die Firma braucht einen Hauptkontakt: Das ist der letzte.";

    status_active: "Active", "Aktiv";
    status_invited: "Invited", "Eingeladen";
    status_expired: "Invitation expired", "Einladung abgelaufen";
    status_deactivated: "Deactivated", "Deaktiviert";
    status_locked: "Locked", "Gesperrt";

    overview_welcome(name: &str): "Welcome, {name}", "Willkommen, {name}";
    overview_lead(place: &str): "You act for {place}.", "Sie handeln für {place}.";
    overview_waiting: "Waiting for you", "Wartet auf Sie";
    overview_requests: "Colleagues ask for access", "Kolleginnen und Kollegen bitten um Zugang";
    overview_expired_invitations: "Invitations have ended unused", "Einladungen sind ungenutzt abgelaufen";
    overview_contacts: "Colleagues in the ERP have no access yet", "Kolleginnen und Kollegen im ERP haben noch keinen Zugang";
    overview_review: "An access review is due", "Eine Zugangsprüfung steht an";
    overview_differences: "Shop and ERP differ", "Shop und ERP unterscheiden sich";
    overview_nothing: "Nothing waits for you", "Nichts wartet auf Sie";
    overview_nothing_text: "You are up to date.", "Sie sind auf dem neuesten Stand.";
}

/// A role's name.
pub const fn role_name(t: Text, role: Role) -> &'static str {
    match role {
        Role::MainContact => t.role_main_contact(),
        Role::Approver => t.role_approver(),
        Role::Buyer => t.role_buyer(),
        Role::Accountant => t.role_accountant(),
        Role::Viewer => t.role_viewer(),
    }
}

/// What a role is for, in one sentence.
pub const fn role_summary(t: Text, role: Role) -> &'static str {
    match role {
        Role::MainContact => t.summary_main_contact(),
        Role::Approver => t.summary_approver(),
        Role::Buyer => t.summary_buyer(),
        Role::Accountant => t.summary_accountant(),
        Role::Viewer => t.summary_viewer(),
    }
}

/// Why a role can't be changed.
pub const fn fixed_text(t: Text, why: FixedRole) -> &'static str {
    match why {
        FixedRole::Lacking => t.fixed_lacking(),
        FixedRole::Own => t.fixed_own(),
        FixedRole::LastMainContact => t.fixed_last(),
    }
}

/// A status in one or two words.
pub const fn status_text(t: Text, status: UserStatus) -> &'static str {
    match status {
        UserStatus::Active => t.status_active(),
        UserStatus::Invited => t.status_invited(),
        UserStatus::InvitationExpired => t.status_expired(),
        UserStatus::Deactivated => t.status_deactivated(),
        UserStatus::Locked => t.status_locked(),
    }
}
