//! What was changed, before and after.

use center::activity::{Told, ToldChange, ToldRole};
use center::audit::Fact;
use model::{ActivityChange, Notice};

use crate::i18n::{Text, feature_name, mail_name, notice_text, rights_text, role_name, salutation_name};

texts! {
    fact_new_email: "New email, not confirmed yet", "Neue E-Mail, noch nicht bestätigt";
    fact_merged_login: "Login in place of another", "Anmeldename statt eines anderen";
    fact_budget_order: "Budget per order", "Budget je Bestellung";
    fact_budget_month: "Budget per month", "Budget je Monat";
    fact_declined: "Mails not wanted", "Abbestellte E-Mails";
    fact_in_shop: "In the shop", "Im Shop";
    fact_in_erp: "In the ERP", "Im ERP";
    fact_template: "Template", "Vorlage";
    fact_template_version: "Version", "Version";
    fact_features_off: "Switched off", "Abgeschaltet";
    fact_shop_contact: "Contact", "Kontakt";
    fact_shop_address: "Postal address", "Anschrift";
    fact_brand_hue: "Brand hue", "Farbton";
    fact_sign_in_address: "Sign-in address", "Anmeldeadresse";
    fact_second_step_required: "Two-step sign-in required", "Anmeldung in zwei Schritten verlangt";
    fact_erp_import: "Import", "Import";
    fact_records_new: "New records", "Neue Datensätze";
    fact_records_changed: "Changed records", "Geänderte Datensätze";
    fact_records_removed: "Records taken away", "Entfernte Datensätze";
    fact_errors: "Errors", "Fehler";
    fact_reason: "Reason", "Begründung";
    fact_behalf: "On behalf of", "Im Namen von";
    fact_view_acts: "Changes allowed", "Änderungen erlaubt";
    told_erased: "erased", "gelöscht";
    fact_entries: "Entries", "Einträge";
    fact_filter: "Filter", "Filter";
    fact_kept_years: "Entries are kept", "Einträge bleiben";
    fact_trail_entry: "Entry of the trail", "Eintrag des Protokolls";
    fact_trail_hash: "Its hash", "Sein Hash";
    no_limit: "no limit", "unbegrenzt";
    usual_zone: "the company's", "die der Firma";
    switched_on: "on", "an";
    switched_off: "off", "aus";
    nothing: "none", "keine";
}

/// A change in words.
pub(super) fn change_words(t: Text, change: &ToldChange) -> ActivityChange {
    let words = |told: &Option<Told>| told.as_ref().map(|told| told_words(t, told));
    ActivityChange {
        what: fact_name(t, change.fact).to_owned(),
        from: words(&change.from),
        to: words(&change.to),
    }
}

const fn fact_name(t: Text, fact: Fact) -> &'static str {
    match fact {
        Fact::Salutation => t.salutation(),
        Fact::Name => t.col_name(),
        Fact::Email => t.email(),
        Fact::NewEmail => t.fact_new_email(),
        Fact::MergedLogin => t.fact_merged_login(),
        Fact::OwnRole => t.role(),
        Fact::Rights => t.role_rights(),
        Fact::Roles => t.col_roles(),
        Fact::BudgetOrder => t.fact_budget_order(),
        Fact::BudgetMonth => t.fact_budget_month(),
        Fact::Language => t.language(),
        Fact::TimeZone => t.time_zone(),
        Fact::DeclinedNotices => t.fact_declined(),
        Fact::Shortcuts => t.shortcuts(),
        Fact::Contact => t.contact_number(),
        Fact::InShop => t.fact_in_shop(),
        Fact::InErp => t.fact_in_erp(),
        Fact::Customer => t.customer_number(),
        Fact::FeaturesOff => t.fact_features_off(),
        Fact::ShopContact => t.fact_shop_contact(),
        Fact::ShopAddress => t.fact_shop_address(),
        Fact::BrandHue => t.fact_brand_hue(),
        Fact::SignInAddress => t.fact_sign_in_address(),
        Fact::SecondStepRequired => t.fact_second_step_required(),
        Fact::Passkey => t.passkey_name(),
        Fact::StaffRole => t.role(),
        Fact::Template => t.fact_template(),
        Fact::TemplateVersion => t.fact_template_version(),
        Fact::Mail => t.col_mail(),
        Fact::ErpImport => t.fact_erp_import(),
        Fact::RecordsNew => t.fact_records_new(),
        Fact::RecordsChanged => t.fact_records_changed(),
        Fact::RecordsRemoved => t.fact_records_removed(),
        Fact::Errors => t.fact_errors(),
        Fact::Reason => t.fact_reason(),
        Fact::OnBehalfOf => t.fact_behalf(),
        Fact::ViewActs => t.fact_view_acts(),
        Fact::Entries => t.fact_entries(),
        Fact::Filter => t.fact_filter(),
        Fact::KeptYears => t.fact_kept_years(),
        Fact::TrailEntry => t.fact_trail_entry(),
        Fact::TrailHash => t.fact_trail_hash(),
    }
}

/// The names of roles that somebody had.
pub fn told_roles(t: Text, roles: &[ToldRole]) -> Vec<&str> {
    let names = roles.iter().map(|role| match role {
        ToldRole::BuiltIn(role) => role_name(t, *role),
        ToldRole::Own(name) => name.as_str(),
    });
    names.collect()
}

fn told_words(t: Text, told: &Told) -> String {
    let listed = |words: Vec<&str>| if words.is_empty() { t.nothing().to_owned() } else { words.join(", ") };
    match told {
        Told::Text(text) | Told::Limit(Some(text)) | Told::Zone(Some(text)) => text.clone(),
        Told::Erased => t.told_erased().to_owned(),
        Told::Limit(None) => t.no_limit().to_owned(),
        Told::Zone(None) => t.usual_zone().to_owned(),
        Told::Roles(roles) => listed(told_roles(t, roles)),
        Told::Rights(grants) => listed(rights_text(t, grants).iter().map(String::as_str).collect()),
        Told::Salutation(salutation) => salutation_name(t, *salutation).to_owned(),
        Told::Language(locale) => locale.own_name().to_owned(),
        Told::Years(years) => t.audit_years(years.and_then(|years| u32::try_from(years).ok())),
        Told::Switch(on) => if *on { t.switched_on() } else { t.switched_off() }.to_owned(),
        Told::Mail(kind) => mail_name(t, *kind).to_owned(),
        Told::Features(features) => listed(features.iter().map(|f| feature_name(t, *f)).collect()),
        Told::Notices(notices) => {
            listed(notices.iter().map(|notice: &Notice| notice_text(t, *notice)).collect())
        }
    }
}
