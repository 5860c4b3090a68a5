//! Why mails stand as they do, and why they can't be sent again. Only the host needs the words.

use center::office::mails::Obstacle;

use crate::i18n::Text;

texts! {
    reason_not_active: "The account is not active.", "Das Konto ist nicht aktiv.";
    reason_link_used: "The link was used.", "Der Link wurde benutzt.";
    reason_link_revoked: "The link was replaced or taken back.", "Der Link wurde ersetzt oder zurückgezogen.";
    reason_late: "The code would have come too late.", "Der Code wäre zu spät gekommen.";
    reason_newer_code: "A newer code was asked for.", "Ein neuerer Code wurde angefordert.";
    reason_no_activation: "The activation does not wait for it any more.", "Die Aktivierung wartet nicht mehr darauf.";
    reason_company_closed: "The company was closed.", "Die Firma wurde geschlossen.";
    reason_access_taken: "The access was taken back.", "Der Zugang wurde entzogen.";
    reason_invitation_taken: "The invitation was taken back.", "Die Einladung wurde zurückgezogen.";
    reason_deactivated: "The user was deactivated.", "Der Benutzer wurde deaktiviert.";
    reason_erased: "What was kept of the person was erased.", "Was zur Person gespeichert war, wurde gelöscht.";
    reason_merged: "The account was merged into another one.", "Das Konto wurde in ein anderes überführt.";
    reason_restored: "It waited when the database was restored from a backup.",
        "Sie wartete, als die Datenbank aus einer Sicherung wiederhergestellt wurde.";

    obstacle_on_its_way: "It is on its way already.", "Sie ist schon unterwegs.";
    obstacle_dropped: "It was not sent, and what kept it back still holds.",
        "Sie wurde nicht gesendet, und der Grund dafür gilt weiterhin.";
    obstacle_given_up: "It was given up: retry it instead.", "Sie wurde aufgegeben: Versuchen Sie sie stattdessen erneut.";
    obstacle_not_given_up: "It was not given up.", "Sie wurde nicht aufgegeben.";
    obstacle_unknown: "This version of the portal does not know such mails.", "Diese Version des Portals kennt solche E-Mails nicht.";
    obstacle_trial: "It is a test of a template: send another one from the editor.",
        "Sie ist der Test einer Vorlage: Senden Sie im Editor einen neuen.";
    obstacle_code: "It carries a code. Only the person can ask for another one, where the code is typed.",
        "Sie enthält einen Code. Nur die Person selbst kann einen neuen anfordern, dort, wo er eingegeben wird.";
    obstacle_colleague: "It carries a colleague’s link. Send a new one from the colleague’s page.",
        "Sie enthält den Link eines Kollegen. Senden Sie einen neuen auf der Seite des Kollegen.";
    obstacle_active_again: "The account is active again.", "Das Konto ist wieder aktiv.";
    obstacle_other_address: "The person has another address now.", "Die Person hat inzwischen eine andere Adresse.";
    obstacle_no_main_contact: "The recipient is no main contact any more.", "Der Empfänger ist kein Hauptkontakt mehr.";
    obstacle_decided: "The request was decided or has ended.", "Über die Anfrage wurde entschieden, oder sie ist beendet.";
    obstacle_reviewed: "No review is due any more.", "Es ist keine Prüfung mehr fällig.";
    obstacle_view_over: "The view has ended.", "Die Ansicht ist beendet.";
    obstacle_otherwise: "What it says is not so any more.", "Was in ihr steht, gilt nicht mehr.";
    obstacle_missing: "There is no such mail.", "Diese E-Mail gibt es nicht.";
    obstacle_not_done: "It could not be done just now. Try again later.", "Das ging gerade nicht. Versuchen Sie es später noch einmal.";

    mail_unknown: "Unknown mail", "Unbekannte E-Mail";
    mail_trial(name: &str): "Test: {name}", "Test: {name}";
    mails_sum_taken(n: usize): "{n} tried again", "Erneut versucht: {n}";
    mails_sum_kept(n: usize): "{n} left alone", "Unverändert: {n}";
}

/// Why a mail stands as it does. What a mail server said stays as it is.
pub fn mail_reason_text(t: Text, reason: &str) -> String {
    match reason {
        "the account is not active" | "the account was deactivated" => t.reason_not_active(),
        "the link was used" => t.reason_link_used(),
        "link revoked" | "the link was revoked" | "the link is gone" | "the link can't be used any more" => {
            t.reason_link_revoked()
        }
        "the code came too late" => t.reason_late(),
        "newer code" => t.reason_newer_code(),
        "the activation waits for no code" | "the activation is not waiting" => t.reason_no_activation(),
        "company closed" => t.reason_company_closed(),
        "access taken back" => t.reason_access_taken(),
        "invitation revoked" => t.reason_invitation_taken(),
        "user deactivated" => t.reason_deactivated(),
        "person erased" => t.reason_erased(),
        "account merged" => t.reason_merged(),
        "waited when the database was restored" | "restored from a backup" => t.reason_restored(),
        other => other,
    }
    .to_owned()
}

/// Why a mail can't be sent again.
pub const fn obstacle_text(t: Text, obstacle: Obstacle) -> &'static str {
    use Obstacle as O;
    match obstacle {
        O::OnItsWay => t.obstacle_on_its_way(),
        O::Dropped => t.obstacle_dropped(),
        O::GivenUp => t.obstacle_given_up(),
        O::NotGivenUp => t.obstacle_not_given_up(),
        O::Unknown => t.obstacle_unknown(),
        O::Trial => t.obstacle_trial(),
        O::Erased => t.reason_erased(),
        O::Code => t.obstacle_code(),
        O::Colleague => t.obstacle_colleague(),
        O::NotActive => t.reason_not_active(),
        O::ActiveAgain => t.obstacle_active_again(),
        O::OtherAddress => t.obstacle_other_address(),
        O::LinkUsed => t.reason_link_used(),
        O::LinkReplaced => t.reason_link_revoked(),
        O::NoMainContact => t.obstacle_no_main_contact(),
        O::Decided => t.obstacle_decided(),
        O::Reviewed => t.obstacle_reviewed(),
        O::ActivationOver => t.reason_no_activation(),
        O::ViewOver => t.obstacle_view_over(),
        O::Otherwise => t.obstacle_otherwise(),
        O::Missing => t.obstacle_missing(),
        O::NotDone => t.obstacle_not_done(),
    }
}
