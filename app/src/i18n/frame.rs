//! Texts of the frame around every page.

texts! {
    site_suffix(shop: &str): "{shop} Customer Center", "{shop} Customer Center";
    nav_overview: "Overview", "Übersicht";
    nav_my_profile: "My profile", "Mein Profil";
    nav_profile: "Profile", "Profil";
    nav_users: "Users management", "Benutzerverwaltung";
    nav_inbox: "Demo inbox", "Demo-Postfach";
    sign_out: "Sign out", "Abmelden";
    language: "Language", "Sprache";
    appearance: "Appearance", "Darstellung";
    theme_system: "System", "System";
    theme_light: "Light", "Hell";
    theme_dark: "Dark", "Dunkel";
    business_user_of(customer: &str): "Business user of {customer}", "Geschäftskunde: {customer}";
    need_help(contact: &str): "Help: {contact}", "Hilfe: {contact}";
}
