use crate::Instant;
use crate::clock::{DAY, HOUR, MINUTE};

/// The mails of the portal: a closed set, each with a template per language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// The six digits that prove an address during an activation.
    ActivationCode,
    /// The ERP is back: a link that goes on with a parked activation.
    ActivationResumed,
    /// Told to the person whose account was made by activation.
    AccountActivated,
    /// Told to the person whose login opens a further company, or customer.
    CompanyJoined,
    /// Told to the company's main contacts when a further administrator joined.
    FurtherAdministrator,
    /// Told to the company's main contacts: somebody without an account asks for access.
    AccessRequested,
    /// Told to the company's main contacts: it is time to review who has access.
    AccessReviewDue,
    /// Told to who asked for access: the company declined.
    AccessDeclined,
    /// An invitation: everything needed to get in, with a link to set the password.
    AccountCreated,
    /// The shop gave access to somebody who has a login already: that one opens the customer too.
    AccessAdded,
    /// A business user acts in the company of its customer now.
    MovedToCompany,
    /// Told to the company's main contacts: the shop moved a business user into the company.
    ColleagueMoved,
    /// The staff made a code on paper with which the password can be set anew.
    HandoverCodeMade,
    /// To both addresses: two accounts of the person are one now.
    AccountsMerged,
    /// A link to set a new password.
    PasswordReset,
    /// To the new address: a link that confirms it.
    EmailChangeConfirm,
    /// To the old address: a change was asked for.
    EmailChangeNotice,
    /// To both addresses: the change is done.
    EmailChanged,
    /// The password was changed.
    PasswordChanged,
    /// The second step of signing in was switched on.
    SecondStepOn,
    /// It was switched off.
    SecondStepOff,
    /// A colleague or the staff took it back.
    SecondStepReset,
    /// The account was switched off.
    Deactivated,
    /// The account was switched on again.
    Reactivated,
    /// Told to the company's main contacts, or to a business user: the staff sees the portal as a user.
    ViewBegan,
    /// To somebody of the staff: an invitation with a link to set the password.
    StaffInvitation,
    /// To somebody of the staff: a link to set a new password.
    StaffPasswordLink,
    /// To somebody of the staff: the password was changed.
    StaffPasswordChanged,
    /// To somebody of the staff: a passkey was added.
    StaffPasskeyAdded,
    /// To somebody of the staff: a passkey was removed.
    StaffPasskeyRemoved,
    /// To somebody of the staff: a colleague took the second step back.
    StaffSecondStepReset,
}

impl MailKind {
    /// All kinds.
    pub const ALL: [Self; 31] = [
        Self::ActivationCode,
        Self::ActivationResumed,
        Self::AccountActivated,
        Self::CompanyJoined,
        Self::FurtherAdministrator,
        Self::AccessRequested,
        Self::AccessReviewDue,
        Self::AccessDeclined,
        Self::AccountCreated,
        Self::AccessAdded,
        Self::MovedToCompany,
        Self::ColleagueMoved,
        Self::HandoverCodeMade,
        Self::AccountsMerged,
        Self::PasswordReset,
        Self::EmailChangeConfirm,
        Self::EmailChangeNotice,
        Self::EmailChanged,
        Self::PasswordChanged,
        Self::SecondStepOn,
        Self::SecondStepOff,
        Self::SecondStepReset,
        Self::Deactivated,
        Self::Reactivated,
        Self::ViewBegan,
        Self::StaffInvitation,
        Self::StaffPasswordLink,
        Self::StaffPasswordChanged,
        Self::StaffPasskeyAdded,
        Self::StaffPasskeyRemoved,
        Self::StaffSecondStepReset,
    ];

    /// The name in the outbox and of the template's files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ActivationCode => "activation_code",
            Self::ActivationResumed => "activation_resumed",
            Self::AccountActivated => "account_activated",
            Self::CompanyJoined => "company_joined",
            Self::FurtherAdministrator => "further_administrator",
            Self::AccessRequested => "access_requested",
            Self::AccessReviewDue => "access_review_due",
            Self::AccessDeclined => "access_declined",
            Self::AccountCreated => "account_created",
            Self::AccessAdded => "access_added",
            Self::MovedToCompany => "moved_to_company",
            Self::ColleagueMoved => "colleague_moved",
            Self::HandoverCodeMade => "handover_code_made",
            Self::AccountsMerged => "accounts_merged",
            Self::PasswordReset => "password_reset",
            Self::EmailChangeConfirm => "email_change_confirm",
            Self::EmailChangeNotice => "email_change_notice",
            Self::EmailChanged => "email_changed",
            Self::PasswordChanged => "password_changed",
            Self::SecondStepOn => "second_step_on",
            Self::SecondStepOff => "second_step_off",
            Self::SecondStepReset => "second_step_reset",
            Self::Deactivated => "deactivated",
            Self::Reactivated => "reactivated",
            Self::ViewBegan => "view_began",
            Self::StaffInvitation => "staff_invitation",
            Self::StaffPasswordLink => "staff_password_link",
            Self::StaffPasswordChanged => "staff_password_changed",
            Self::StaffPasskeyAdded => "staff_passkey_added",
            Self::StaffPasskeyRemoved => "staff_passkey_removed",
            Self::StaffSecondStepReset => "staff_second_step_reset",
        }
    }

    /// Reads a name from the outbox.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }

    /// The facts that the outbox row has to carry, beside the addressee's `name`. The template
    /// sees these and nothing else of the row.
    pub const fn facts(self) -> &'static [&'static str] {
        match self {
            Self::ActivationCode | Self::PasswordReset => &[],
            Self::ActivationResumed => &["company"],
            Self::AccountActivated | Self::CompanyJoined | Self::AccessAdded | Self::MovedToCompany => {
                &["company", "customer_number", "login", "roles"]
            }
            Self::FurtherAdministrator | Self::ColleagueMoved => &["new_name", "new_email", "company"],
            Self::AccessRequested => &["asked_name", "asked_email", "company", "message"],
            Self::AccessReviewDue => &["company", "confirmed", "total"],
            Self::AccessDeclined => &["company", "reason"],
            Self::AccountCreated => &[
                "login",
                "company",
                "customer_number",
                "created_by_name",
                "created_by_email",
                "roles",
                "budget_order",
                "budget_month",
            ],
            Self::EmailChangeConfirm | Self::EmailChangeNotice => &["new_email"],
            Self::EmailChanged => &["old_email", "new_email"],
            Self::PasswordChanged | Self::StaffPasswordChanged | Self::SecondStepOn | Self::SecondStepOff => {
                &["when"]
            }
            Self::AccountsMerged => &["login", "old_email"],
            Self::HandoverCodeMade => &["when", "until"],
            Self::ViewBegan => &["company", "viewed_name", "when", "until", "reason", "acts"],
            Self::StaffInvitation => &["login", "by_name"],
            Self::StaffPasskeyAdded | Self::StaffPasskeyRemoved => &["passkey", "when"],
            Self::StaffPasswordLink => &["by_name"],
            Self::SecondStepReset | Self::StaffSecondStepReset => &["by_name", "when"],
            Self::Deactivated | Self::Reactivated => &["company", "by_name"],
        }
    }

    /// How long the code or link in the mail is good for, counted from sending; `None` when the
    /// mail carries neither.
    pub const fn validity(self) -> Option<Instant> {
        match self {
            Self::ActivationCode => Some(10 * MINUTE),
            Self::ActivationResumed | Self::AccountCreated | Self::StaffInvitation => Some(72 * HOUR),
            Self::PasswordReset => Some(30 * MINUTE),
            Self::EmailChangeConfirm | Self::StaffPasswordLink => Some(DAY),
            _ => None,
        }
    }
}
