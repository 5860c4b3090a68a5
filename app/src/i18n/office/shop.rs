//! Texts of *Enable features* and *Company information*, and of what is switched off.

use model::Feature;

use crate::i18n::Text;

texts! {
    title_feature_off: "This is switched off", "Das ist abgeschaltet";
    feature_off_reach(contact: &str): "You can reach the shop here: {contact}", "So erreichen Sie den Shop: {contact}";
    feature_off_try_again: "Try again", "Erneut versuchen";
    feature_off_access: "The shop has switched off its Customer Center for now. Nothing is lost: accounts and data stay as they are.",
        "Der Shop hat sein Customer Center vorübergehend abgeschaltet. Es geht nichts verloren: Konten und Daten bleiben, wie sie sind.";
    feature_off_activation: "Accounts can’t be activated here at the moment. Ask the shop for access.",
        "Konten lassen sich hier zurzeit nicht aktivieren. Bitten Sie den Shop um Zugang.";
    feature_off_requests: "Access can’t be asked for here at the moment. Ask your company’s administrator.",
        "Zugang kann hier zurzeit nicht angefragt werden. Wenden Sie sich an die Administration Ihrer Firma.";

    feature_access: "Customer access", "Kundenzugang";
    feature_access_hint: "Customers can sign in. Off, they get a page that says so and how to reach you; accounts, sessions and data stay.",
        "Kunden können sich anmelden. Abgeschaltet erhalten sie eine Seite, die das sagt und wie Sie zu erreichen sind; Konten, Sitzungen und Daten bleiben.";
    feature_activation: "Self-activation", "Selbst-Aktivierung";
    feature_activation_hint: "Customers can activate an account with their customer number and an invoice. Off, only invitations lead to an account.",
        "Kunden können mit Kundennummer und Rechnung ein Konto aktivieren. Abgeschaltet führen nur Einladungen zu einem Konto.";
    feature_requests: "Access requests", "Zugangsanfragen";
    feature_requests_hint: "Who can’t activate an account can ask the company’s main contacts for access. Off, nobody can ask anew; what was asked before can still be decided.",
        "Wer kein Konto aktivieren kann, kann die Hauptkontakte der Firma um Zugang bitten. Abgeschaltet gibt es keine neuen Anfragen; über frühere kann noch entschieden werden.";

    office_features: "Enable features", "Funktionen";
    office_features_lead: "What customers can do. A change counts at once.", "Was Kunden tun können. Eine Änderung gilt sofort.";
    office_features_of(company: &str): "Features for {company}", "Funktionen für {company}";
    office_features_company_lead: "What is off for the whole shop is off here too.", "Was für den ganzen Shop abgeschaltet ist, ist es auch hier.";
    feature_shop_off: "Off for the whole shop at the moment.", "Zurzeit für den ganzen Shop abgeschaltet.";
    features_for_company: "For one company", "Für eine Firma";
    features_companies_lead: "Find a company to switch features for it alone, or to change its sign-in address.",
        "Suchen Sie eine Firma, um nur für sie Funktionen zu schalten oder ihre Anmeldeadresse zu ändern.";
    features_search: "Company or customer number", "Firma oder Kundennummer";
    features_none_off: "Nothing is switched off for one company alone.", "Für keine Firma ist etwas eigens abgeschaltet.";
    features_none_found: "No company is called like this or has this number.", "Keine Firma heißt so oder hat diese Nummer.";
    features_more: "There are more. Type more of the name.", "Es gibt weitere. Geben Sie mehr vom Namen ein.";
    features_all_on: "Everything on", "Alles an";
    features_switched_off: "Switched off", "Abgeschaltet";
    features_table: "Companies and what is switched off for them", "Firmen und was für sie abgeschaltet ist";
    company: "Company", "Firma";
    features_saved: "Saved. It counts from now on.", "Gespeichert. Es gilt ab jetzt.";
    office_read_only: "You can see this and not change it. An administrator can.", "Sie können das sehen und nicht ändern. Administratoren können es.";

    office_shop: "Company information", "Firmenangaben";
    office_shop_lead: "How the shop appears to customers, on pages and in mails.", "Wie der Shop Kunden gegenüber auftritt, auf Seiten und in E-Mails.";
    shop_url_title: "Customer center login URL", "Anmeldeadresse des Customer Centers";
    shop_url_hint: "Every customer of your shop signs in here. Mails lead to it by themselves.",
        "Hier melden sich alle Kunden Ihres Shops an. E-Mails führen von selbst dorthin.";
    shop_copy: "Copy", "Kopieren";
    shop_copied: "The address is copied.", "Die Adresse ist kopiert.";
    shop_not_copied: "Not copied. Select the address and copy it by hand.", "Nicht kopiert. Markieren Sie die Adresse und kopieren Sie sie von Hand.";
    shop_data: "Data of the shop", "Angaben des Shops";
    shop_name: "Name of the shop", "Name des Shops";
    shop_contact: "How customers reach you", "Wie Kunden Sie erreichen";
    shop_contact_hint: "One line, such as a telephone number and an email address. It stands below every page and every mail.",
        "Eine Zeile, etwa Telefonnummer und E-Mail-Adresse. Sie steht unter jeder Seite und jeder E-Mail.";
    shop_address: "Postal address", "Anschrift";
    shop_address_hint: "One line. It stands on the page that customers get while Customer access is off.",
        "Eine Zeile. Sie steht auf der Seite, die Kunden erhalten, solange der Kundenzugang abgeschaltet ist.";
    shop_language_hint: "For people who never chose one.", "Für Personen, die nie eine gewählt haben.";
    shop_zone_hint: "For new companies, and for people without a company.", "Für neue Firmen und für Personen ohne Firma.";
    shop_logo: "Logo", "Logo";
    shop_logo_lead: "Shown above every page and within every mail.", "Steht über jeder Seite und in jeder E-Mail.";
    shop_logo_file: "Picture", "Bild";
    shop_logo_hint: "PNG or JPEG, at most 1 MB and 4 megapixels. It is shown 32 pixels high.",
        "PNG oder JPEG, höchstens 1 MB und 4 Megapixel. Es wird 32 Pixel hoch gezeigt.";
    shop_logo_now(shop: &str): "Logo of {shop}", "Logo von {shop}";
    shop_logo_upload: "Upload logo", "Logo hochladen";
    shop_logo_remove: "Remove logo", "Logo entfernen";
    shop_brand: "Brand colour", "Markenfarbe";
    shop_brand_lead: "Of the colour you choose the hue only: lightness is set so that everybody can read it.",
        "Von der Farbe wählen Sie nur den Farbton: Die Helligkeit ist so gewählt, dass alle sie lesen können.";
    shop_hue: "Hue in degrees", "Farbton in Grad";
    shop_hue_hint: "0 to 359: 25 is red, 95 yellow, 142 green, 230 blue, 300 violet.",
        "0 bis 359: 25 ist Rot, 95 Gelb, 142 Grün, 230 Blau, 300 Violett.";
    shop_brand_show: "Show preview", "Vorschau zeigen";
    shop_brand_save: "Save colour", "Farbe speichern";
    brand_light: "Light", "Hell";
    brand_dark: "Dark", "Dunkel";
    brand_preview(sheet: &str): "Preview: {sheet}", "Vorschau: {sheet}";
    brand_button: "Button", "Schaltfläche";
    brand_link: "Link", "Link";
    brand_text: "Text", "Text";
    brand_ratios(button: &str, link: &str): "Contrast: button {button} : 1, link {link} : 1", "Kontrast: Schaltfläche {button} : 1, Link {link} : 1";
    shop_saved: "Saved. It counts from now on.", "Gespeichert. Es gilt ab jetzt.";
    shop_logo_saved: "The logo is shown from now on.", "Das Logo wird ab jetzt gezeigt.";
    shop_logo_removed: "The logo is removed.", "Das Logo ist entfernt.";

    address_title: "Sign-in address", "Anmeldeadresse";
    address_title_of(company: &str): "Sign-in address of {company}", "Anmeldeadresse von {company}";
    address_lead: "The company’s own page for signing in, with its name and logo.", "Die eigene Anmeldeseite der Firma, mit ihrem Namen und Logo.";
    address_logo: "The company’s logo", "Logo der Firma";
    address_logo_lead: "Shown on the company’s own page for signing in.", "Steht auf der eigenen Anmeldeseite der Firma.";
    address_now: "Address", "Adresse";
    address_slug: "Last part of the address", "Letzter Teil der Adresse";
    address_slug_hint: "3 to 40 small letters, digits and hyphens. The address before still leads here.",
        "3 bis 40 Kleinbuchstaben, Ziffern und Bindestriche. Die bisherige Adresse führt weiterhin hierher.";
    address_former: "Former addresses", "Frühere Adressen";
    address_former_lead: "They lead to the address of today.", "Sie führen zur heutigen Adresse.";
    address_saved: "The address is changed. The one before leads to it.", "Die Adresse ist geändert. Die bisherige führt zu ihr.";

    field_hue: "Enter a whole number from 0 to 359", "Geben Sie eine ganze Zahl von 0 bis 359 ein";
    field_slug(min: usize, max: usize): "Use {min} to {max} small letters, digits and single hyphens between them",
        "Verwenden Sie {min} bis {max} Kleinbuchstaben, Ziffern und einzelne Bindestriche dazwischen";
    field_slug_taken: "Use another address: a company has or had this one, or the portal needs it",
        "Verwenden Sie eine andere Adresse: Eine Firma hat oder hatte diese, oder das Portal braucht sie";
    field_picture_unknown: "Choose a picture in the format PNG or JPEG", "Wählen Sie ein Bild im Format PNG oder JPEG";
    field_picture_large: "Choose a picture of at most 1 MB and 4 megapixels", "Wählen Sie ein Bild von höchstens 1 MB und 4 Megapixeln";
    field_picture_broken: "Save the picture again and choose it anew: it is not whole",
        "Speichern Sie das Bild noch einmal und wählen Sie es neu: Es ist nicht vollständig";
    field_shop_name_required: "Enter the name of the shop", "Geben Sie den Namen des Shops ein";
    field_logo_required: "Choose a picture", "Wählen Sie ein Bild";
}

/// The name of a feature.
pub const fn feature_name(t: Text, feature: Feature) -> &'static str {
    match feature {
        Feature::CustomerAccess => t.feature_access(),
        Feature::SelfActivation => t.feature_activation(),
        Feature::AccessRequests => t.feature_requests(),
    }
}

/// What changes for customers.
pub const fn feature_hint(t: Text, feature: Feature) -> &'static str {
    match feature {
        Feature::CustomerAccess => t.feature_access_hint(),
        Feature::SelfActivation => t.feature_activation_hint(),
        Feature::AccessRequests => t.feature_requests_hint(),
    }
}

/// What customers are told while it is off.
pub const fn feature_off_text(t: Text, feature: Feature) -> &'static str {
    match feature {
        Feature::CustomerAccess => t.feature_off_access(),
        Feature::SelfActivation => t.feature_off_activation(),
        Feature::AccessRequests => t.feature_off_requests(),
    }
}
