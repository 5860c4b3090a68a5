//! Texts of companies and users in the Back Office, and of seeing the portal as one of them.

use model::PeopleList;

use crate::i18n::Text;

texts! {
    office_users: "Users", "Benutzer";
    office_users_lead: "Companies with a Customer Center, and everybody who has an account.",
        "Firmen mit Customer Center und alle, die ein Konto haben.";
    office_user_lists: "Lists of companies and users", "Listen von Firmen und Benutzern";
    people_companies: "Companies", "Firmen";
    people_business: "Business users", "Business-Benutzer";
    people_all: "All users", "Alle Benutzer";
    people_filter: "Search companies and users", "Firmen und Benutzer suchen";
    people_search_companies: "Search name or customer number", "Name oder Kundennummer suchen";
    people_search_users: "Search name or email", "Name oder E-Mail suchen";
    one_company: "1 company", "1 Firma";
    companies_count(n: String): "{n} companies", "{n} Firmen";
    people_none: "Nothing found", "Nichts gefunden";
    people_none_text: "Nothing begins with what you searched for.", "Nichts beginnt mit dem, was Sie gesucht haben.";
    company_open: "Open", "Offen";
    company_closed: "Closed", "Geschlossen";
    col_places: "Acts for", "Handelt für";
    no_place: "nobody", "niemanden";

    company_facts: "Company", "Firma";
    company_users: "Users of the company", "Benutzer der Firma";
    company_address: "Own sign-in address", "Eigene Anmeldeadresse";
    company_customer: "Customer in the ERP", "Kunde im ERP";
    company_since: "Set up", "Eingerichtet";
    company_currency: "Currency", "Währung";
    close_company: "Close company", "Firma schließen";
    close_company_title: "Close this company?", "Diese Firma schließen?";
    close_company_text: "All its users are signed out at once, links and emails on their way end, and nobody can act for it until you open it again.",
        "Alle Benutzer werden sofort abgemeldet, Links und unterwegs befindliche E-Mails enden, und niemand kann für sie handeln, bis Sie sie wieder öffnen.";
    keep_company: "Keep open", "Offen lassen";
    open_company: "Open company", "Firma öffnen";
    company_is_closed: "This company is closed: nobody can act for it.", "Diese Firma ist geschlossen: Niemand kann für sie handeln.";
    company_unmanaged: "This company has no active main contact.", "Diese Firma hat keinen aktiven Hauptkontakt.";
    done_company_closed: "Company closed", "Firma geschlossen";
    done_company_opened: "Company opened", "Firma geöffnet";

    person_facts: "Account", "Konto";
    person_sessions: "Signed in", "Angemeldet";
    person_browsers(n: u32): "in {n} browsers", "in {n} Browsern";
    person_no_browser: "nowhere", "nirgends";
    person_password: "Password", "Passwort";
    person_password_set: "set", "gesetzt";
    person_password_none: "not set", "nicht gesetzt";
    person_since: "Since", "Seit";
    person_places: "Acts for", "Handelt für";
    person_erased: "What was kept of this person was erased.", "Was zu dieser Person gespeichert war, wurde gelöscht.";
    person_activate(place: &str): "Activate for {place}", "Für {place} aktivieren";
    person_deactivate(place: &str): "Deactivate for {place}", "Für {place} deaktivieren";
    person_view(place: &str): "View as, for {place}", "Ansehen als, für {place}";
    leave_alone: "Leave the company without a main contact", "Die Firma ohne Hauptkontakt lassen";
    leave_alone_hint: "This is the last active main contact. Without one nobody in the company can manage users.",
        "Das ist der letzte aktive Hauptkontakt. Ohne ihn kann in der Firma niemand Benutzer verwalten.";
    person_code: "One-time code…", "Einmalcode…";
    handover_title(name: &str): "One-time code for {name}", "Einmalcode für {name}";
    handover_lead: "For somebody whose mailbox can’t be used: a code on paper, handed over in person, with which the person sets a password.",
        "Für jemanden, dessen Postfach nicht benutzbar ist: ein Code auf Papier, persönlich übergeben, mit dem die Person ein Passwort setzt.";
    handover_effects: "Before you print it", "Bevor Sie ihn drucken";
    handover_once: "The code is shown once, works once and for an hour. Links that were mailed before end.",
        "Der Code wird einmal angezeigt, gilt einmal und eine Stunde lang. Zuvor gesendete Links enden.";
    handover_prove: "Make sure that the person in front of you is this person. Never type the code yourself.",
        "Vergewissern Sie sich, dass die Person vor Ihnen diese Person ist. Geben Sie den Code nie selbst ein.";
    handover_told: "The activity keeps that you made it, and an email goes to the person’s address.",
        "Die Aktivität behält, dass Sie ihn erstellt haben, und an die Adresse der Person geht eine E-Mail.";
    handover_traced: "The activity keeps that you made it.", "Die Aktivität behält, dass Sie ihn erstellt haben.";
    handover_for: "Invited by", "Eingeladen von";
    handover_do: "Show a code to print", "Code zum Drucken zeigen";
    handover_shown: "The code was shown already and can’t be shown again. If it is lost, make a new one.",
        "Der Code wurde schon gezeigt und kann nicht noch einmal gezeigt werden. Ist er verloren, erstellen Sie einen neuen.";
    handover_none: "This person has no access that a password could be set for.",
        "Diese Person hat keinen Zugang, für den sich ein Passwort setzen ließe.";
    handover_sheet: "Set your password", "So setzen Sie Ihr Passwort";
    handover_address: "1. Open this address", "1. Öffnen Sie diese Adresse";
    handover_login: "2. Type your email address", "2. Geben Sie Ihre E-Mail-Adresse ein";
    handover_code: "3. Type this code", "3. Geben Sie diesen Code ein";
    handover_until(when: &str): "The code can be used once, until {when}.", "Der Code gilt einmal, bis {when}.";
    handover_print: "Print", "Drucken";
    person_merge: "Merge with another account…", "Mit einem anderen Konto zusammenführen…";
    merge_title(name: &str): "Merge {name} with another account", "{name} mit einem anderen Konto zusammenführen";
    merge_lead: "For one person with two accounts: one of them stays, and takes over what the other one opened.",
        "Für eine Person mit zwei Konten: Eines bleibt und übernimmt, was das andere geöffnet hat.";
    merge_with: "Email of the other account", "E-Mail des anderen Kontos";
    merge_look: "Show what would happen", "Zeigen, was geschehen würde";
    merge_unknown: "No account has this email address.", "Kein Konto hat diese E-Mail-Adresse.";
    merge_accounts: "The two accounts", "Die zwei Konten";
    merge_stays: "Stays", "Bleibt";
    merge_ends: "Ends", "Endet";
    merge_swap: "Keep the other one instead", "Stattdessen das andere behalten";
    merge_places: "Companies and customers", "Firmen und Kunden";
    merge_place_stays: "as before", "wie bisher";
    merge_place_comes: "comes from the account that ends", "kommt vom Konto, das endet";
    merge_place_joins: "both have it: the roles come together, with the stricter budgets", "beide haben es: Die Rollen kommen zusammen, mit den strengeren Budgets";
    merge_place_ends: "ends: it could not be used, or is not needed beside a company", "endet: Es war nicht nutzbar oder ist neben einer Firma nicht nötig";
    merge_roles_kept: "Roles of the account that stays", "Rollen des Kontos, das bleibt";
    merge_roles_other: "Roles of the account that ends", "Rollen des Kontos, das endet";
    merge_roles_then: "Roles afterwards", "Rollen danach";
    merge_effects: "What follows", "Was folgt";
    merge_effect_login: "Nobody can sign in with the account that ends; its sessions and links end, and its address is free.",
        "Mit dem Konto, das endet, kann sich niemand mehr anmelden; seine Sitzungen und Links enden, und seine Adresse wird frei.";
    merge_effect_settings: "Password, second step, language and choices of mails stay those of the account that stays.",
        "Passwort, zweiter Schritt, Sprache und Auswahl der E-Mails bleiben die des Kontos, das bleibt.";
    merge_effect_invited: "Where the account that ends was only invited, the one that stays gets an invitation.",
        "Wo das Konto, das endet, nur eingeladen war, bekommt das Konto, das bleibt, eine Einladung.";
    merge_effect_history: "What was done with it stays in the activity under its own name.",
        "Was damit getan wurde, bleibt unter seinem eigenen Namen in der Aktivität.";
    merge_effect_mails: "The person is told at both addresses. This can’t be taken back.",
        "Die Person erfährt es an beiden Adressen. Das lässt sich nicht rückgängig machen.";
    merge_do: "Merge accounts", "Konten zusammenführen";
    merge_same: "This is the same account. Type the address of the other one.", "Das ist dasselbe Konto. Geben Sie die Adresse des anderen ein.";
    merge_gone: "One of the two accounts was erased or merged already.", "Eines der zwei Konten wurde schon gelöscht oder zusammengeführt.";
    merge_keep_other: "Only the account that would end has a password. Keep that one.", "Nur das Konto, das enden würde, hat ein Passwort. Behalten Sie dieses.";
    merge_never_used: "Nobody has signed in with either account yet. Deactivate the one that is not needed.",
        "Mit keinem der zwei Konten hat sich schon jemand angemeldet. Deaktivieren Sie das, das nicht gebraucht wird.";
    merge_keep_safer: "Only the account that would end has two-step sign-in. Keep that one, so that nothing is protected less than before.",
        "Nur das Konto, das enden würde, hat die Anmeldung in zwei Schritten. Behalten Sie dieses, damit nichts schwächer geschützt ist als vorher.";
    merge_no_main_contact(company: &str): "{company} would be left without a main contact. Make somebody else its main contact first.",
        "{company} bliebe ohne Hauptkontakt. Machen Sie zuerst jemand anderen dazu.";
    merge_two_customers: "The two accounts are business users of two customers, and an account is one of a single customer. Deactivate one of them first.",
        "Die zwei Konten sind Business-Benutzer zweier Kunden, und ein Konto ist es nur für einen. Deaktivieren Sie zuerst eines davon.";
    person_merged: "This account was merged into another one of the same person:", "Dieses Konto wurde in ein anderes derselben Person überführt:";
    done_person_merged: "Accounts merged", "Konten zusammengeführt";
    place_moves: "Customer Center now", "Jetzt Customer Center";
    place_moves_text: "The ERP says that this customer has a Customer Center now. Until the person is moved into its company, the person acts as before.",
        "Laut ERP hat dieser Kunde jetzt ein Customer Center. Bis die Person in die Firma übernommen ist, handelt sie wie bisher.";
    place_move(place: &str): "Move into the company {place}…", "In die Firma {place} übernehmen…";
    move_title(name: &str): "Move {name} into the company", "{name} in die Firma übernehmen";
    move_lead(company: &str): "{company} has a Customer Center now.", "{company} hat jetzt ein Customer Center.";
    move_effects: "What follows", "Was folgt";
    move_login: "The login and its password stay as they are; what the person did stays in the activity.",
        "Anmeldename und Passwort bleiben, wie sie sind; was die Person getan hat, bleibt in der Aktivität.";
    move_sessions: "Browsers that are signed in for this customer are signed out; those of other companies go on.",
        "Browser, die für diesen Kunden angemeldet sind, werden abgemeldet; die für andere Firmen bleiben.";
    move_mails: "The person and the company’s main contacts are told by email.",
        "Die Person und die Hauptkontakte der Firma erfahren es per E-Mail.";
    move_new: "The company is set up, and this person becomes its main contact, as the ERP’s administrator.",
        "Die Firma wird eingerichtet, und diese Person wird als Administrator laut ERP ihr Hauptkontakt.";
    move_roles(company: &str): "Roles in {company}", "Rollen in {company}";
    move_do: "Move into the company", "In die Firma übernehmen";
    move_only(email: &str): "There is no company yet, and the ERP names {email} as its administrator. That person has to activate the account first, or be given access under Customers.",
        "Es gibt noch keine Firma, und das ERP nennt {email} als Administrator. Diese Person muss zuerst das Konto aktivieren oder unter Kunden Zugang bekommen.";
    move_nobody: "There is no company yet, and the ERP names nobody who would manage it. Enter an administrator or a main contact with an email there first.",
        "Es gibt noch keine Firma, und das ERP nennt niemanden, der sie verwalten würde. Tragen Sie dort zuerst einen Administrator oder einen Hauptkontakt mit E-Mail ein.";
    move_closed: "The company of this customer is closed. Open it first.", "Die Firma dieses Kunden ist geschlossen. Öffnen Sie sie zuerst.";
    move_no_center: "According to the ERP this customer has no Customer Center.", "Laut ERP hat dieser Kunde kein Customer Center.";
    move_off: "This person is switched off. Activate the person first.", "Diese Person ist deaktiviert. Aktivieren Sie sie zuerst.";
    move_customer: "Open the customer’s access", "Zugang des Kunden öffnen";
    done_person_moved: "User moved into the company", "Benutzer in die Firma übernommen";
    person_password_link: "Send password link", "Passwort-Link senden";
    person_sign_out: "Sign out everywhere", "Überall abmelden";
    person_data: "Personal data", "Personenbezogene Daten";
    person_data_lead: "Everything that is kept of this person, as a file, or erased on request.",
        "Alles, was zu dieser Person gespeichert ist, als Datei oder auf Wunsch gelöscht.";
    person_export: "Export personal data", "Personenbezogene Daten exportieren";
    person_erase: "Erase personal data…", "Personenbezogene Daten löschen…";
    done_person_activated: "User activated", "Benutzer aktiviert";
    done_person_deactivated: "User deactivated", "Benutzer deaktiviert";
    done_person_link: "Password link sent", "Passwort-Link gesendet";
    done_person_signed_out: "User signed out everywhere", "Benutzer überall abgemeldet";
    done_person_erased: "Personal data erased", "Personenbezogene Daten gelöscht";
    done_view_ended: "View ended", "Ansicht beendet";

    view_title(name: &str): "View the portal as {name}", "Das Portal als {name} ansehen";
    view_lead: "For half an hour you see what this person sees. The company’s activity and, unless switched off, an email to its main contacts say so, with your reason.",
        "Eine halbe Stunde lang sehen Sie, was diese Person sieht. Die Aktivität der Firma und, wenn nicht abgeschaltet, eine E-Mail an die Hauptkontakte sagen das, mit Ihrer Begründung.";
    view_replaces: "If you are signed in to the portal as a user in this browser, the view takes the place of that session.",
        "Wenn Sie in diesem Browser im Portal als Benutzer angemeldet sind, tritt die Ansicht an die Stelle dieser Sitzung.";
    view_for: "For", "Für";
    view_reason: "Reason", "Begründung";
    view_reason_hint: "What the company reads, such as the question that you are answering.",
        "Das liest die Firma, etwa die Frage, die Sie beantworten.";
    view_acts: "Allow changes", "Änderungen erlauben";
    view_acts_hint: "Without this you can only look. Changes stand in the activity as done by you on this person’s behalf. Passwords, email addresses and sessions can’t be changed in any case.",
        "Ohne dies können Sie nur lesen. Änderungen stehen in der Aktivität als von Ihnen im Namen dieser Person getan. Passwörter, E-Mail-Adressen und Sitzungen lassen sich in keinem Fall ändern.";
    view_begin: "View as this person", "Als diese Person ansehen";
    view_nowhere: "This person can act nowhere at the moment.", "Diese Person kann zurzeit nirgends handeln.";
    view_banner(name: &str): "You see the portal as {name}", "Sie sehen das Portal als {name}";
    view_banner_reads(until: &str): "You can look and change nothing. The view ends {until}.", "Sie können lesen und nichts ändern. Die Ansicht endet {until}.";
    view_banner_acts(until: &str): "What you change is done on this person’s behalf. The view ends {until}.", "Was Sie ändern, geschieht im Namen dieser Person. Die Ansicht endet {until}.";
    view_end: "End view", "Ansicht beenden";

    erase_title(name: &str): "Erase the personal data of {name}?", "Die personenbezogenen Daten von {name} löschen?";
    erase_lead: "This can’t be taken back.", "Das lässt sich nicht rückgängig machen.";
    erase_effects: "What follows", "Was folgt";
    erase_login: "Nobody can sign in with this account any more; all sessions and links end.",
        "Mit diesem Konto kann sich niemand mehr anmelden; alle Sitzungen und Links enden.";
    erase_pseudonym: "Name and email are replaced by a pseudonym everywhere, also in access reviews.",
        "Name und E-Mail werden überall durch ein Pseudonym ersetzt, auch in Zugangsprüfungen.";
    erase_mails: "What mails to this person said is erased; waiting ones are not sent.",
        "Was in E-Mails an diese Person stand, wird gelöscht; wartende werden nicht gesendet.";
    erase_trail: "The activity keeps that something was done, and shows no personal values any more.",
        "Die Aktivität behält, dass etwas getan wurde, und zeigt keine persönlichen Angaben mehr.";
    erase_typed(email: &str): "Type {email} to confirm", "Geben Sie zur Bestätigung {email} ein";
    erase_keep: "Keep the data", "Daten behalten";
    erase_do: "Erase personal data", "Personenbezogene Daten löschen";
    office_password_lead: "This file holds personal data. Type your password again to get it.",
        "Diese Datei enthält personenbezogene Daten. Geben Sie Ihr Passwort noch einmal ein, um sie zu erhalten.";
}

/// The name of a list.
pub const fn people_list_name(t: Text, list: PeopleList) -> &'static str {
    match list {
        PeopleList::Companies => t.people_companies(),
        PeopleList::Business => t.people_business(),
        PeopleList::All => t.people_all(),
    }
}
