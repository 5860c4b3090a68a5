//! Texts of the templates of mails.

use model::{TemplateFault, TemplatePart, TemplateSample};

use crate::i18n::Text;

texts! {
    templates: "Email templates", "E-Mail-Vorlagen";
    templates_lead: "Every mail of the portal in each language. Without a template of your own the standard wording is used.",
        "Alle E-Mails des Portals in jeder Sprache. Ohne eigene Vorlage gilt der Standardtext.";
    templates_table: "Mails by kind and language", "E-Mails nach Art und Sprache";
    col_mail: "Mail", "E-Mail";
    col_state: "State", "Stand";
    state_standard: "Standard", "Standard";
    state_customised: "Customised", "Angepasst";
    state_broken: "Broken: the standard wording is used", "Fehlerhaft: Der Standardtext wird verwendet";
    state_draft: "Draft", "Entwurf";
    edit_template: "Edit", "Bearbeiten";
    show_template: "Show", "Ansehen";
    template_subject: "Subject", "Betreff";
    template_preheader: "Preview line", "Vorschauzeile";
    template_preheader_hint: "Mailboxes show it beside the subject.", "Postfächer zeigen sie neben dem Betreff.";
    template_html: "HTML source", "HTML-Quelltext";
    template_html_hint: "What stands in the mail’s sheet. Layout, shop and footer come by themselves.",
        "Was im Blatt der E-Mail steht. Layout, Shop und Fußzeile kommen von selbst.";
    template_text: "Plain text", "Nur-Text-Fassung";
    template_text_hint: "For readers without HTML. Leave it empty to have it made of the HTML each time.",
        "Für Leser ohne HTML. Leer gelassen entsteht sie jedes Mal aus dem HTML.";
    template_save: "Save draft", "Entwurf speichern";
    template_preview: "Preview", "Vorschau";
    template_publish: "Publish", "Veröffentlichen";
    template_test: "Send test to me", "Test an mich senden";
    template_test_hint(email: &str): "Tests go to {email} and to nobody else.", "Tests gehen an {email} und an niemand anderen.";
    template_import: "Import names", "Namen übernehmen";
    template_import_hint: "Names of another system, such as ${companyInformation.loginUrl}, also work as they are. “Import names” writes them as ours; what can’t be mapped is listed.",
        "Namen eines anderen Systems wie ${companyInformation.loginUrl} gelten auch so. „Namen übernehmen“ schreibt sie in unsere um; was sich nicht zuordnen lässt, wird aufgeführt.";
    template_make_text: "Make plain text of the HTML", "Nur-Text-Fassung aus dem HTML erzeugen";
    template_standard: "Back to standard", "Zurück zum Standard";
    template_standard_hint: "Mails are written in the standard wording again. Versions and draft stay.",
        "E-Mails werden wieder mit dem Standardtext geschrieben. Versionen und Entwurf bleiben.";
    template_discard: "Discard draft", "Entwurf verwerfen";
    template_variables: "Variables", "Variablen";
    template_variables_hint: "Write them as shown, or insert one where the cursor is. After {{ those that fit are offered.",
        "Schreiben Sie sie wie gezeigt, oder fügen Sie eine an der Schreibmarke ein. Nach {{ werden die passenden angeboten.";
    template_offered(count: usize): "Variables: {count}. Arrow keys choose, Enter inserts.", "Variablen: {count}. Pfeiltasten wählen, Enter fügt ein.";
    template_insert: "Insert", "Einfügen";
    template_required: "required", "erforderlich";
    template_findings: "Findings", "Befunde";
    template_no_findings: "Nothing was found.", "Keine Befunde.";
    template_line(part: &str, line: u32): "{part}, line {line}", "{part}, Zeile {line}";
    template_error: "Error", "Fehler";
    template_note: "Note", "Hinweis";
    template_versions: "Versions", "Versionen";
    template_no_versions: "Nothing was published yet.", "Noch wurde nichts veröffentlicht.";
    template_version(version: i64): "Version {version}", "Version {version}";
    template_published(who: &str, when: &str): "published by {who}, {when}", "veröffentlicht von {who}, {when}";
    template_in_use: "in use", "in Verwendung";
    template_compare: "Compare", "Vergleichen";
    template_diff_lead: "From this version (−) to what is in the editor now (+).",
        "Von dieser Version (−) zu dem, was jetzt im Editor steht (+).";
    template_diff_same: "Both are the same.", "Beide sind gleich.";
    template_restore: "Restore as draft", "Als Entwurf wiederherstellen";
    template_sample: "Sample record", "Beispieldaten";
    template_show: "Show", "Anzeigen";
    sample_usual: "Usual", "Üblich";
    sample_long: "Long names", "Lange Namen";
    sample_sparse: "Own roles, little else", "Eigene Rollen, sonst wenig";
    view_desktop: "Desktop", "Desktop";
    view_phone: "Phone", "Telefon";
    view_dark: "Dark", "Dunkel";
    view_text: "Text", "Text";
    preview_of(subject: &str): "Preview of “{subject}”", "Vorschau von „{subject}“";
    preview_broken: "The mail can’t be written like this. See the findings.", "So lässt sich die E-Mail nicht schreiben. Sehen Sie die Befunde an.";

    mail_preferences: "Email preferences", "E-Mail-Einstellungen";
    mail_preferences_lead: "From whom mails come, how they end, and which have words of their own.",
        "Von wem E-Mails kommen, wie sie enden und welche eigene Texte haben.";
    sender_name: "Sender’s name", "Name des Absenders";
    sender_name_hint(shop: &str): "Empty for {shop}. The address is part of the portal’s configuration, because mail servers check it (SPF, DKIM).",
        "Leer für {shop}. Die Adresse gehört zur Konfiguration des Portals, weil Mailserver sie prüfen (SPF, DKIM).";
    reply_to: "Answers go to", "Antworten gehen an";
    reply_to_hint: "Empty for the sender’s address.", "Leer für die Adresse des Absenders.";
    footer_in_english: "Footer of English mails", "Fußzeile englischer E-Mails";
    footer_in_german: "Footer of German mails", "Fußzeile deutscher E-Mails";
    own_templates: "Mails with a template of their own", "E-Mails mit eigener Vorlage";
    no_own_templates: "None. All mails have the standard wording.", "Keine. Alle E-Mails haben den Standardtext.";

    done_draft_saved: "Draft saved", "Entwurf gespeichert";
    done_draft_discarded: "Draft discarded", "Entwurf verworfen";
    done_published: "Published. Mails are written with it from now on", "Veröffentlicht. E-Mails werden ab jetzt damit geschrieben";
    done_test_sent: "Test sent to your address", "Test an Ihre Adresse gesendet";
    done_imported: "Names taken over. What can’t be mapped is listed below the editor",
        "Namen übernommen. Was sich nicht zuordnen lässt, steht unter dem Editor";
    done_text_made: "Plain text made of the HTML and kept in the draft", "Nur-Text-Fassung aus dem HTML erzeugt und im Entwurf gespeichert";
    done_standard: "The standard wording is used again", "Der Standardtext wird wieder verwendet";
    done_restored: "The version is the draft now. Publish it to use it", "Die Version ist jetzt der Entwurf. Veröffentlichen Sie ihn, um ihn zu verwenden";
    done_mail_preferences: "Preferences saved", "Einstellungen gespeichert";

    fault_empty: "Nothing is there.", "Hier steht nichts.";
    fault_unknown(name: &str): "This mail has no variable “{name}”.", "Diese E-Mail hat keine Variable „{name}“.";
    fault_missing(name: &str): "The variable “{name}” has to be there.", "Die Variable „{name}“ muss vorkommen.";
    fault_misplaced(name: &str): "The variable “{name}” can’t stand here. In tags only a link may lead to an address variable, and secrets stay out of the subject.",
        "Die Variable „{name}“ kann hier nicht stehen. In Tags darf nur ein Link auf eine Adressvariable führen, und Geheimes gehört nicht in den Betreff.";
    fault_unclosed(tag: &str): "<{tag}> does not end.", "<{tag}> endet nicht.";
    fault_stray(tag: &str): "</{tag}> ends what was not begun.", "</{tag}> beendet etwas, das nicht begonnen hat.";
    fault_tag(tag: &str): "<{tag}> is left out.", "<{tag}> wird weggelassen.";
    fault_attribute(name: &str): "The attribute “{name}” is left out.", "Das Attribut „{name}“ wird weggelassen.";
    fault_address(address: &str): "The link to “{address}” is left out.", "Der Link auf „{address}“ wird weggelassen.";
    fault_image: "Pictures are left out: mailboxes block them, and they tell who reads.",
        "Bilder werden weggelassen: Postfächer sperren sie, und sie verraten, wer liest.";
    fault_long_line: "The line is longer than mail servers allow.", "Die Zeile ist länger, als Mailserver erlauben.";
    fault_literal(sign: &str): "“{sign}” means nothing here and is shown as it is.", "„{sign}“ bedeutet hier nichts und wird so gezeigt, wie es dasteht.";
    fault_foreign(host: &str): "A link leads to {host}.", "Ein Link führt zu {host}.";
}

/// A finding in words.
pub fn fault_text(t: Text, fault: &TemplateFault) -> String {
    use TemplateFault as F;
    match fault {
        F::Empty => t.fault_empty().to_owned(),
        F::UnknownVariable(name) => t.fault_unknown(name),
        F::MissingVariable(name) => t.fault_missing(name),
        F::MisplacedVariable(name) => t.fault_misplaced(name),
        F::UnclosedTag(tag) => t.fault_unclosed(tag),
        F::StrayEnd(tag) => t.fault_stray(tag),
        F::ForbiddenTag(tag) => t.fault_tag(tag),
        F::ForbiddenAttribute(name) => t.fault_attribute(name),
        F::ForbiddenAddress(address) => t.fault_address(address),
        F::RemoteImage => t.fault_image().to_owned(),
        F::LongLine => t.fault_long_line().to_owned(),
        F::Literal(sign) => t.fault_literal(sign),
        F::ForeignLink(host) => t.fault_foreign(host),
    }
}

/// The name of a part of a template.
pub const fn part_text(t: Text, part: TemplatePart) -> &'static str {
    match part {
        TemplatePart::Subject => t.template_subject(),
        TemplatePart::Preheader => t.template_preheader(),
        TemplatePart::Html => t.template_html(),
        TemplatePart::Text => t.template_text(),
    }
}

/// The name of a made up record.
pub const fn sample_text(t: Text, sample: TemplateSample) -> &'static str {
    match sample {
        TemplateSample::Usual => t.sample_usual(),
        TemplateSample::Long => t.sample_long(),
        TemplateSample::Sparse => t.sample_sparse(),
    }
}
