//! Texts of the outbox and the archive of mails.

use model::MailState;

use crate::i18n::Text;

texts! {
    mails: "Mail", "E-Mails";
    mails_lead: "What waits, was sent or was given up, for ninety days. Links and codes are masked.",
        "Was wartet, gesendet oder aufgegeben wurde, neunzig Tage lang. Links und Codes sind verdeckt.";
    mails_filter: "Search mails", "E-Mails suchen";
    mails_search: "Search recipient, company or customer number", "Empfänger, Firma oder Kundennummer suchen";
    mails_any_state: "Any state", "Jeder Stand";
    mails_any_kind: "Any mail", "Jede E-Mail";
    mails_any_address: "Any address", "Jede Adresse";
    mails_bouncing: "Addresses that send mails back", "Adressen, von denen E-Mails zurückkommen";
    mails_table: "Mails, the latest first", "E-Mails, die neuesten zuerst";
    mails_one: "1 mail", "1 E-Mail";
    mails_count(n: String): "{n} mails", "{n} E-Mails";
    mails_none: "No mail found", "Keine E-Mail gefunden";
    mails_none_text: "No mail fits what you are looking for.", "Keine E-Mail passt zu dem, was Sie suchen.";
    mails_col_recipient: "Recipient", "Empfänger";
    mails_col_company: "Company", "Firma";
    mails_col_asked: "Asked for", "Veranlasst";
    mails_select(mail: &str, to: &str): "Select “{mail}” to {to}", "„{mail}“ an {to} auswählen";
    mails_choose: "Select at least one mail that was given up.", "Wählen Sie mindestens eine aufgegebene E-Mail aus.";
    mails_retry: "Retry", "Erneut versuchen";
    mails_retry_all: "Retry all that were given up", "Alle aufgegebenen erneut versuchen";
    mail_bounces: "Comes back", "Kommt zurück";

    mail_state_waiting: "Waiting", "Wartet";
    mail_state_sending: "Being sent", "Wird gesendet";
    mail_state_failed: "Failed, tried again", "Fehlgeschlagen, wird wiederholt";
    mail_state_sent: "Sent", "Gesendet";
    mail_state_dead: "Given up", "Aufgegeben";
    mail_state_dropped: "Not sent", "Nicht gesendet";

    mail_facts: "Facts", "Angaben";
    mail_language: "Language", "Sprache";
    mail_reason: "Reason", "Grund";
    mail_attempts: "Attempts", "Versuche";
    mail_sent: "Sent", "Gesendet";
    mail_next: "Tried next", "Nächster Versuch";
    mail_person: "User", "Benutzer";
    mail_colleague: "Colleague", "Kollege";
    mail_repeats: "Repeats", "Wiederholt";
    mail_repeated: "Sent again as", "Erneut gesendet als";
    mail_another: "another mail", "eine andere E-Mail";
    mail_content: "Content", "Inhalt";
    mail_as_sent: "As it was sent. Links and codes are masked: what stands here opens nothing.",
        "So, wie sie gesendet wurde. Links und Codes sind verdeckt: Was hier steht, öffnet nichts.";
    mail_as_it_would: "It was not sent. This is how it would be written now, with links and codes masked.",
        "Sie wurde nicht gesendet. So würde sie jetzt geschrieben, mit verdeckten Links und Codes.";
    mail_gone: "What it said is not kept any more, or can’t be shown.",
        "Was in ihr stand, ist nicht mehr gespeichert oder lässt sich nicht zeigen.";
    mail_frame(subject: &str): "Mail “{subject}”", "E-Mail „{subject}“";
    mail_again: "Send again", "Erneut senden";
    mail_resend_hint: "A fresh mail is sent, with what holds now. Links in the first one stop working.",
        "Es wird eine neue E-Mail gesendet, mit dem, was jetzt gilt. Links der ersten gelten nicht mehr.";
    mail_retry_hint: "The same mail is tried again from now on.", "Dieselbe E-Mail wird ab jetzt wieder versucht.";
    mail_address: "Address", "Adresse";
    mail_bounced(who: &str, when: &str): "Mails to this address come back: noted by {who}, {when}",
        "E-Mails an diese Adresse kommen zurück: vermerkt von {who}, {when}";
    mail_bounce_lead: "Note here that a mail came back and what the other mail server said. The note is shown wherever this address stands; mails go on being sent.",
        "Vermerken Sie hier, dass eine E-Mail zurückkam und was der andere Mailserver sagte. Der Vermerk steht überall bei dieser Adresse; E-Mails werden weiter gesendet.";
    mail_bounce_note: "What came back", "Was zurückkam";
    mail_bounce_save: "Note that it came back", "Rückläufer vermerken";
    mail_bounce_forget: "Remove the note", "Vermerk löschen";
    mails_of_person: "Mails to this user", "E-Mails an diesen Benutzer";

    mails_result_title: "Mails tried again", "E-Mails erneut versucht";
    mails_result_lines: "What came of each mail", "Was aus jeder E-Mail wurde";
    mails_mark_taken: "Tried again", "Wird erneut versucht";
    mails_mark_kept: "Left alone", "Unverändert";

    done_mail_resent: "Mail is on its way again", "E-Mail ist erneut unterwegs";
    done_mail_retried: "Mail is tried again", "E-Mail wird erneut versucht";
    done_bounce_noted: "Note kept", "Vermerk gespeichert";
    done_bounce_forgotten: "Note removed", "Vermerk gelöscht";
}

/// How a mail stands.
pub const fn mail_state_text(t: Text, state: MailState) -> &'static str {
    match state {
        MailState::Waiting => t.mail_state_waiting(),
        MailState::Sending => t.mail_state_sending(),
        MailState::Failed => t.mail_state_failed(),
        MailState::Sent => t.mail_state_sent(),
        MailState::Dead => t.mail_state_dead(),
        MailState::Dropped => t.mail_state_dropped(),
    }
}
