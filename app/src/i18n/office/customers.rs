//! Texts of *Customers* and *Access*.

use model::CustomerAccess;

use crate::i18n::Text;

texts! {
    customers: "Customers", "Kunden";
    customers_lead: "The customers of the ERP, and who of them can sign in.",
        "Die Kunden des ERP und wer von ihnen sich anmelden kann.";
    customers_search: "Number, name, contact or email", "Nummer, Name, Kontakt oder E-Mail";
    customers_filter: "Filter customers", "Kunden filtern";
    customers_any_center: "With and without Customer center", "Mit und ohne Customer Center";
    customers_with_center: "With Customer center", "Mit Customer Center";
    customers_without_center: "Without Customer center", "Ohne Customer Center";
    customers_any_access: "With and without access", "Mit und ohne Zugang";
    customers_with_access: "With access", "Mit Zugang";
    customers_without_access: "Without access", "Ohne Zugang";
    customers_company: "Company in the portal", "Firma im Portal";
    customers_any_company: "With and without a company in the portal", "Mit und ohne Firma im Portal";
    customers_with_company: "With a company in the portal", "Mit Firma im Portal";
    customers_without_company: "Without a company in the portal", "Ohne Firma im Portal";
    customers_table: "Customers by number", "Kunden nach Nummer";
    customers_count(n: String): "{n} customers", "{n} Kunden";
    customers_one: "1 customer", "1 Kunde";
    customers_none: "No customer matches", "Kein Kunde passt";
    customers_none_text: "Search for the beginning of a word: of the number, the name, a contact or an email.",
        "Suchen Sie nach dem Anfang eines Wortes: der Nummer, des Namens, eines Kontakts oder einer E-Mail-Adresse.";
    customers_by_number: "This ERP can’t be searched. Enter a whole customer number.",
        "Dieses ERP kann nicht durchsucht werden. Geben Sie eine ganze Kundennummer ein.";
    customers_col: "Customer", "Kunde";
    customers_col_center: "Customer center", "Customer Center";
    customers_col_administrator: "Administrator", "Administrator";
    customers_col_access: "Access", "Zugang";
    customers_center_on: "On", "An";
    customers_center_off: "Off", "Aus";
    customers_give: "Give access", "Zugang geben";
    customers_many: "Access for many", "Zugang für viele";

    customer_access_no: "No access", "Kein Zugang";
    customer_access_yes: "Has access", "Hat Zugang";
    customer_access_closed: "Closed", "Geschlossen";
    customer_tabs: "Customer", "Kunde";
    customer_tab_record: "Overview", "Übersicht";
    customer_tab_access: "Access", "Zugang";
    customer_tab_invoices: "Invoices", "Rechnungen";
    customer_people(n: usize): "{n} people", "{n} Personen";
    customer_one_person: "1 person", "1 Person";
    customer_sign_in: "Sign-in page", "Anmeldeseite";
    customer_currency: "Currency", "Währung";
    customer_contacts: "Contacts in the ERP", "Kontakte im ERP";
    customer_contacts_none: "The ERP has no contacts of this customer", "Das ERP hat keine Kontakte zu diesem Kunden";
    customer_main_contact: "Main contact in the ERP", "Hauptkontakt im ERP";
    customer_no_email: "no email", "keine E-Mail";
    customer_invoices_table: "Invoices, the latest first", "Rechnungen, die neuesten zuerst";
    customer_invoices_none: "No invoices", "Keine Rechnungen";
    customer_invoices_none_text: "The ERP has no invoices of this customer.", "Das ERP hat keine Rechnungen zu diesem Kunden.";
    customer_invoice: "Invoice", "Rechnung";
    customer_invoice_date: "Date", "Datum";
    customer_company: "Company and its users", "Firma und ihre Benutzer";
    customer_invoice_total: "Total", "Summe";

    access_people: "People with access", "Personen mit Zugang";
    access_people_none: "Nobody of this customer has access", "Niemand von diesem Kunden hat Zugang";
    access_give_title: "Give access", "Zugang geben";
    access_give_lead: "Tick who gets access. People set their password themselves; nobody else ever knows it.",
        "Kreuzen Sie an, wer Zugang bekommt. Jeder legt sein Passwort selbst fest; niemand sonst kennt es.";
    access_cut: "Only the first hundred are shown. The company’s main contacts manage all of them; its users stand under Users.",
        "Gezeigt werden nur die ersten hundert. Alle verwalten die Hauptkontakte der Firma; ihre Benutzer stehen unter Benutzer.";
    access_unknown_person: "Somebody whom the ERP does not know", "Jemand, den das ERP nicht kennt";
    access_nobody_left: "Every contact of this customer has access.", "Alle Kontakte dieses Kunden haben Zugang.";
    access_closed: "This company is closed: nobody can sign in. Giving a main contact access opens it again, also for everybody else who had access.",
        "Diese Firma ist geschlossen: Niemand kann sich anmelden. Wenn Sie einem Hauptkontakt Zugang geben, ist sie wieder offen, auch für alle anderen, die Zugang hatten.";
    access_needs_main: "A company needs a main contact, who manages the others.", "Eine Firma braucht einen Hauptkontakt, der die anderen verwaltet.";
    access_business: "This customer has no Customer center: people get access as business users and manage nobody.",
        "Dieser Kunde hat kein Customer Center: Personen bekommen Zugang als Geschäftskunden und verwalten niemanden.";
    access_administrator: "Administrator, no contact in the ERP", "Administrator, kein Kontakt im ERP";
    access_reused: "Has a login already, which keeps its password.", "Hat schon ein Konto; das Passwort bleibt.";
    access_notify: "Send email notification", "E-Mail-Benachrichtigung senden";
    access_notify_hint: "Whoever has a login is told that it opens this customer too; everybody else gets a link to set a password, valid for 72 hours.",
        "Wer schon ein Konto hat, erfährt, dass es auch diesen Kunden öffnet; alle anderen bekommen einen Link zum Festlegen eines Passworts, der 72 Stunden gilt.";
    access_send: "Send", "Senden";
    access_mail: "Send email", "E-Mail senden";
    access_revoke: "Revoke access", "Zugang entziehen";
    access_revoke_open: "Revoke access…", "Zugang entziehen …";
    access_revoke_title(name: &str): "Revoke the access of {name}?", "{name} den Zugang entziehen?";
    access_revoke_text: "Sessions, links and mails that wait end at once.", "Sitzungen, Links und wartende E-Mails enden sofort.";
    access_revoke_keep: "Keep access", "Zugang behalten";
    access_meant: "Close the company: nobody of it can sign in then", "Firma schließen: Dann kann sich niemand von ihr anmelden";
    access_last: "The only main contact", "Der einzige Hauptkontakt";
    access_invitation(when: &str): "Invitation until {when}", "Einladung bis {when}";
    access_invitation_waits: "Invitation is being sent", "Einladung wird gesendet";
    access_not_invited: "No invitation sent yet", "Noch keine Einladung gesendet";

    access_done_given: "Access is given. The mails are on their way.", "Der Zugang ist gegeben. Die E-Mails sind unterwegs.";
    access_done_given_reused: "Access is given. Whoever has a login already keeps it with its password. The mails are on their way.",
        "Der Zugang ist gegeben. Wer schon ein Konto hat, behält es mit seinem Passwort. Die E-Mails sind unterwegs.";
    access_done_given_silent: "Access is given. No mail was sent; you can send it later.",
        "Der Zugang ist gegeben. Es wurde keine E-Mail gesendet; Sie können sie später senden.";
    access_done_given_reused_silent: "Access is given. Whoever has a login already keeps it with its password. No mail was sent; you can send it later.",
        "Der Zugang ist gegeben. Wer schon ein Konto hat, behält es mit seinem Passwort. Es wurde keine E-Mail gesendet; Sie können sie später senden.";
    access_done_revoked: "The access is revoked.", "Der Zugang ist entzogen.";
    access_done_closed: "The access is revoked and the company closed: nobody can sign in.",
        "Der Zugang ist entzogen und die Firma geschlossen: Niemand kann sich anmelden.";
    access_done_mailed: "The mail is on its way.", "Die E-Mail ist unterwegs.";

    access_many_lead: "First you see what would come of each customer; nothing is done before you confirm it.",
        "Zuerst sehen Sie, was bei jedem Kunden geschähe; getan wird erst etwas, wenn Sie es bestätigen.";
    access_all_title: "Administrators of customers without access", "Administratoren von Kunden ohne Zugang";
    access_all_lead(max: usize): "Takes the first {max} customers with Customer center of whom nobody has access, each with its administrator as main contact.",
        "Nimmt die ersten {max} Kunden mit Customer Center, von denen niemand Zugang hat, jeweils mit ihrem Administrator als Hauptkontakt.";
    access_all_q: "Only customers found by", "Nur Kunden, gefunden mit";
    access_all_check: "Show customers", "Kunden zeigen";
    access_sheet_title: "From a sheet", "Aus einer Tabelle";
    access_sheet_rows: "Rows", "Zeilen";
    access_sheet_hint(max: usize, chars: usize): "Customer number; contact number or email; role (may be empty). At most {max} rows and {chars} characters.",
        "Kundennummer; Kontaktnummer oder E-Mail; Rolle (kann leer sein). Höchstens {max} Zeilen und {chars} Zeichen.";
    access_result_title: "Access for many", "Zugang für viele";
    access_result_lines: "Result, customer by customer", "Ergebnis, Kunde für Kunde";
    access_col_line: "Line", "Zeile";
    access_col_person: "Person", "Person";
    access_working: "These rows are being worked on. Reload the page to see how far it is.",
        "An diesen Zeilen wird gerade gearbeitet. Laden Sie die Seite neu, um zu sehen, wie weit es ist.";
    access_give_one: "Give 1 person access", "1 Person Zugang geben";
    access_give_n(n: usize): "Give {n} people access", "{n} Personen Zugang geben";
    access_giving: "Giving access…", "Zugang wird gegeben …";
    access_sum_given(n: usize): "{n} given access", "{n} haben Zugang bekommen";
    access_sum_ready(n: usize): "{n} can be given access", "{n} können Zugang bekommen";
    access_sum_kept(n: usize): "{n} to correct", "{n} zu korrigieren";
    access_mark_ready: "Ready", "Bereit";
    access_mark_given: "Given", "Gegeben";
    access_mark_kept: "To correct", "Zu korrigieren";
    access_contact_without_email: "The contact has no email in the ERP.", "Der Kontakt hat im ERP keine E-Mail-Adresse.";

    field_has_access: "This person has access already.", "Diese Person hat schon Zugang.";
    field_main_contact_required: "Make one of them the main contact: the company has none.",
        "Machen Sie eine Person zum Hauptkontakt: Die Firma hat keinen.";
    field_closes_company: "This is the only main contact. Confirm that the company is to be closed.",
        "Das ist der einzige Hauptkontakt. Bestätigen Sie, dass die Firma geschlossen werden soll.";
    field_customer_unknown: "The ERP has no such customer.", "Das ERP hat keinen solchen Kunden.";
    field_boxes_required: "Tick at least one person.", "Kreuzen Sie mindestens eine Person an.";
}

/// Whether somebody can sign in, in words.
pub const fn customer_access_text(t: Text, access: CustomerAccess) -> &'static str {
    match access {
        CustomerAccess::No => t.customer_access_no(),
        CustomerAccess::Yes => t.customer_access_yes(),
        CustomerAccess::Closed => t.customer_access_closed(),
    }
}
