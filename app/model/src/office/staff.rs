use serde::{Deserialize, Serialize};

macro_rules! rights {
    ($( $(#[$doc:meta])* $name:ident = $key:literal; )*) => {
        /// What a person of the merchant's staff may do in the Back Office: a closed set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum OfficeRight { $( $(#[$doc])* #[serde(rename = $key)] $name, )* }

        impl OfficeRight {
            /// All rights.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the rights table, in logs and in the matrix.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }
        }
    };
}

rights! {
    /// See the shop's data and which features are on.
    ShopView = "office.shop.view";
    /// Change the shop's data, switch features on and off.
    ShopManage = "office.shop.manage";
    /// See the ERP's customers.
    CustomersView = "office.customers.view";
    /// Give customers access and take it back.
    AccessManage = "office.access.manage";
    /// See companies and users.
    UsersView = "office.users.view";
    /// Change companies and users.
    UsersManage = "office.users.manage";
    /// See the portal as one of its users.
    UsersImpersonate = "office.users.impersonate";
    /// Hand out and erase what is kept of a person.
    PrivacyManage = "office.privacy.manage";
    /// See the templates of mails.
    TemplatesView = "office.templates.view";
    /// Change the templates of mails.
    TemplatesManage = "office.templates.manage";
    /// See mails that wait or were sent.
    MailView = "office.mail.view";
    /// Send mails again.
    MailManage = "office.mail.manage";
    /// See how the ERP does.
    ErpView = "office.erp.view";
    /// Import into the ERP.
    ErpManage = "office.erp.manage";
    /// See and export the audit trail.
    AuditView = "office.audit.view";
    /// See colleagues.
    StaffView = "office.staff.view";
    /// Invite colleagues, change their roles, switch them off.
    StaffManage = "office.staff.manage";
}

/// What a person of the merchant's staff is (product reference, §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// Everything
    Administrator,
    /// Companies, users, mail, seeing the portal as a user does.
    Service,
    /// Templates of mails
    Editor,
    /// Reads everything, changes nothing.
    Auditor,
}

impl StaffRole {
    /// All roles, in the order in which people choose them.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Service, Self::Editor, Self::Auditor];

    /// The name in forms and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Service => "service",
            Self::Editor => "editor",
            Self::Auditor => "auditor",
        }
    }

    /// Reads a form's or the database's value.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Whether the role has this right.
    pub const fn allows(self, right: OfficeRight) -> bool {
        use OfficeRight as R;
        match self {
            Self::Administrator => true,
            Self::Service => matches!(
                right,
                R::ShopView
                    | R::CustomersView
                    | R::AccessManage
                    | R::UsersView
                    | R::UsersManage
                    | R::UsersImpersonate
                    | R::MailView
                    | R::MailManage
                    | R::ErpView
            ),
            Self::Editor => matches!(right, R::ShopView | R::TemplatesView | R::TemplatesManage),
            Self::Auditor => matches!(
                right,
                R::ShopView
                    | R::CustomersView
                    | R::UsersView
                    | R::TemplatesView
                    | R::MailView
                    | R::ErpView
                    | R::AuditView
                    | R::StaffView
            ),
        }
    }
}

/// The signed-in person of the staff, as the frame of the Back Office shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeViewer {
    /// Full name
    pub name: String,
    /// What the person may do. A courtesy to hide what would be refused.
    pub role: StaffRole,
}

/// What the page of the second step of signing in shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondStepPage {
    /// A code of the app that was set up, or a passkey.
    Code {
        /// The person has a passkey that can be used instead.
        passkey: bool,
    },
    /// No app is set up yet: what to scan, or to type.
    SetUp {
        /// Side of the QR code in modules, with its margin.
        size: u32,
        /// The dark modules as the path of an SVG picture of that size.
        path: String,
        /// The same secret for typing, in groups of four.
        secret: String,
    },
    /// Codes for the day on which the app is lost, shown this once.
    Keep {
        /// Each can be used once.
        codes: Vec<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_read_back_and_only_administrators_manage_staff() {
        for role in StaffRole::ALL {
            assert_eq!(StaffRole::from_key(role.key()), Some(role));
            assert_eq!(role.allows(OfficeRight::StaffManage), role == StaffRole::Administrator);
        }
        assert_eq!(StaffRole::from_key("main_contact"), None);
    }

    #[test]
    fn an_auditor_changes_nothing() {
        for right in OfficeRight::ALL.iter().filter(|right| StaffRole::Auditor.allows(**right)) {
            assert!(right.key().ends_with(".view"), "{}", right.key());
        }
    }
}
