//! Texts of the demo's inbox.

texts! {
    inbox_lead: "Every email that the portal would have sent. This page exists in the demo only.",
        "Alle E-Mails, die das Portal verschickt hätte. Diese Seite gibt es nur in der Demo.";
    inbox_empty: "No email yet", "Noch keine E-Mail";
    inbox_empty_text: "Activate an account or invite somebody.", "Aktivieren Sie ein Konto oder laden Sie jemanden ein.";
    inbox_to(to: &str): "To {to}", "An {to}";
}
