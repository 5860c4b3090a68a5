use model::{Locale, TemplateSample};

use crate::mail::MailKind;

/// The facts of a made up record. No real customer is ever shown.
pub(super) fn facts(kind: MailKind, locale: Locale, sample: TemplateSample) -> Vec<(&'static str, String)> {
    let names = std::iter::once("name").chain(kind.facts().iter().copied());
    names.map(|name| (name, fact(name, locale, sample).to_owned())).collect()
}

fn fact(name: &str, locale: Locale, sample: TemplateSample) -> &'static str {
    use TemplateSample::{Long, Sparse, Usual};
    match (name, sample) {
        ("name" | "new_name" | "asked_name", Long) => "Maximiliane Freifrau von Hohenstein-Wolkenburg",
        ("name" | "new_name" | "asked_name", _) => "Anna Sample",
        ("login" | "new_email" | "asked_email", Long) => {
            "maximiliane.von.hohenstein-wolkenburg@purchasing.sample-engineering-group.example"
        }
        ("login" | "new_email" | "asked_email", _) => "anna@sample.example",
        ("old_email", _) => "anna.before@sample.example",
        ("company", Long) => "Muster Maschinen- und Anlagenbau Verwaltungsgesellschaft mbH & Co. KG",
        ("company", Usual) => "Sample Ltd",
        ("company" | "by_name" | "message" | "reason" | "budget_order" | "budget_month", Sparse) => "",
        ("customer_number", _) => "10-0000",
        ("created_by_name" | "by_name", _) => "Mary Sample",
        ("viewed_name", _) => "John Sample",
        ("acts", Sparse) => "",
        ("until", _) => match locale {
            Locale::En => "12 March 2026, 10:00",
            Locale::De => "12. März 2026, 10:00",
        },
        ("created_by_email", _) => "mary@sample.example",
        ("roles", Sparse) => "Warehouse|orders.view=own catalog.view=company,Night shift|orders.place=own",
        ("roles", Long) => "buyer,approver,accountant,viewer,main_contact",
        ("roles", Usual) => "buyer",
        ("budget_order", _) => match locale {
            Locale::En => "€500.00",
            Locale::De => "500,00 €",
        },
        ("budget_month", _) => match locale {
            Locale::En => "€2,000.00",
            Locale::De => "2.000,00 €",
        },
        ("passkey", _) => "Laptop",
        ("confirmed", _) => "2",
        ("total", _) => "5",
        ("when", _) => match locale {
            Locale::En => "12 March 2026, 09:30",
            Locale::De => "12. März 2026, 09:30",
        },
        _ => "Sample",
    }
}
