//! Rights in the Back Office in words.

use model::OfficeRight;

use crate::i18n::Text;

texts! {
    right_shop_view: "see the shop’s settings", "die Einstellungen des Shops sehen";
    right_shop_manage: "change the shop’s settings", "die Einstellungen des Shops ändern";
    right_customers_view: "see customers", "Kunden sehen";
    right_access_manage: "give customers access", "Kunden Zugang geben";
    right_office_users_view: "see companies and users", "Firmen und Benutzer sehen";
    right_office_users_manage: "change companies and users", "Firmen und Benutzer ändern";
    right_impersonate: "see the portal as a user", "das Portal als ein Benutzer sehen";
    right_privacy: "hand out and erase personal data", "personenbezogene Daten herausgeben und löschen";
    right_templates_view: "see email templates", "E-Mail-Vorlagen sehen";
    right_templates_manage: "change email templates", "E-Mail-Vorlagen ändern";
    right_mail_view: "see mails", "E-Mails sehen";
    right_mail_manage: "send mails again", "E-Mails erneut senden";
    right_erp_view: "see the state of the ERP", "den Stand des ERP sehen";
    right_erp_manage: "import into the ERP", "in das ERP importieren";
    right_office_audit: "see the audit trail", "das Protokoll sehen";
    right_staff_view: "see colleagues", "Kollegen sehen";
    right_staff_manage: "manage colleagues", "Kollegen verwalten";
}

/// A right, as the end of "the right to …".
pub const fn office_right_text(t: Text, right: OfficeRight) -> &'static str {
    use OfficeRight as R;
    match right {
        R::ShopView => t.right_shop_view(),
        R::ShopManage => t.right_shop_manage(),
        R::CustomersView => t.right_customers_view(),
        R::AccessManage => t.right_access_manage(),
        R::UsersView => t.right_office_users_view(),
        R::UsersManage => t.right_office_users_manage(),
        R::UsersImpersonate => t.right_impersonate(),
        R::PrivacyManage => t.right_privacy(),
        R::TemplatesView => t.right_templates_view(),
        R::TemplatesManage => t.right_templates_manage(),
        R::MailView => t.right_mail_view(),
        R::MailManage => t.right_mail_manage(),
        R::ErpView => t.right_erp_view(),
        R::ErpManage => t.right_erp_manage(),
        R::AuditView => t.right_office_audit(),
        R::StaffView => t.right_staff_view(),
        R::StaffManage => t.right_staff_manage(),
    }
}
