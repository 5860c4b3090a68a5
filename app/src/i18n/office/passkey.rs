//! Texts of passkeys.

texts! {
    passkeys: "Passkeys", "Passkeys";
    passkeys_lead: "A passkey takes the place of the code at sign-in: your device signs once it has recognised you. Your app and your recovery codes go on working.",
        "Ein Passkey ersetzt bei der Anmeldung den Code: Ihr Gerät unterschreibt, sobald es Sie erkannt hat. Ihre App und Ihre Wiederherstellungscodes gelten weiter.";
    passkeys_none: "You have none.", "Sie haben keinen.";
    passkey_times(added: &str, last: &str): "Added {added} · last used {last}", "Hinzugefügt {added} · zuletzt benutzt {last}";
    passkey_added_only(added: &str): "Added {added} · never used", "Hinzugefügt {added} · nie benutzt";
    passkey_elsewhere(host: &str): "Made for {host}, where this portal is not any more. It can’t be used here.",
        "Erzeugt für {host}; dort ist dieses Portal nicht mehr. Hier kann er nicht benutzt werden.";
    passkey_add: "Add passkey", "Passkey hinzufügen";
    passkey_remove: "Remove", "Entfernen";
    passkey_lead: "Give it a name by which you know the device again, then let the device make it.",
        "Geben Sie ihm einen Namen, an dem Sie das Gerät wiedererkennen, und lassen Sie ihn dann vom Gerät erzeugen.";
    passkey_name: "Name of the passkey", "Name des Passkeys";
    passkey_name_hint: "For example: laptop, key on the ring", "Zum Beispiel: Laptop, Stick am Schlüsselbund";
    passkey_go_on: "Go on", "Weiter";
    passkey_make: "Make it on this device", "Auf diesem Gerät erzeugen";
    passkey_another: "Begin with another name", "Mit anderem Namen beginnen";
    passkey_use: "Use a passkey", "Passkey benutzen";
    passkey_failed: "The device did not answer. Try again or go another way.",
        "Das Gerät hat nicht geantwortet. Versuchen Sie es noch einmal oder nehmen Sie einen anderen Weg.";
    passkey_refused: "This answer could not be accepted, or came too late. Begin again or go another way.",
        "Diese Antwort konnte nicht angenommen werden oder kam zu spät. Beginnen Sie noch einmal oder nehmen Sie einen anderen Weg.";
    passkey_needs_script: "To add one, use a browser that runs scripts and has passkeys.",
        "Zum Hinzufügen brauchen Sie einen Browser, der Skripte ausführt und Passkeys kennt.";
    done_passkey_added: "The passkey is added.", "Der Passkey ist hinzugefügt.";
    done_passkey_removed: "The passkey is removed.", "Der Passkey ist entfernt.";
}
