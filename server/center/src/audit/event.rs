use model::ActivityKind;

macro_rules! events {
    ($( $(#[$doc:meta])* $name:ident = $key:literal, $kind:ident; )*) => {
        /// What an entry of the trail is about: a closed set. The names follow the OWASP logging
        /// vocabulary where it has one. Each has a sentence in `app/src/i18n/sentences/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Event { $( $(#[$doc])* $name, )* }

        impl Event {
            /// All events.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name in the trail.
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )* }
            }

            /// Under which kind lists show it.
            pub const fn kind(self) -> ActivityKind {
                match self { $( Self::$name => ActivityKind::$kind, )* }
            }
        }
    };
}

events! {
    /// The first administrator made the company by activating it.
    CompanyCreated = "company_created", Company;
    /// Somebody activated an account.
    UserActivated = "user_activated", People;
    /// The facts of an activation matched nothing.
    ActivationMismatch = "activation_mismatch", Company;
    /// The facts were right, but somebody else administers the company.
    ActivationIneligible = "activation_ineligible", Company;
    /// Somebody asked for access.
    AccessRequested = "access_requested", People;
    /// A request for access was granted.
    AccessGranted = "access_granted", People;
    /// A request for access was declined.
    AccessDeclined = "access_declined", People;
    /// Somebody of the staff gave a person access.
    AccessGiven = "access_given", People;
    /// Somebody of the staff took a person's access back.
    AccessTaken = "access_taken", People;
    /// Somebody of the staff had the mail about the access sent again.
    AccessMailed = "access_mailed", People;
    /// Somebody of the staff moved a business user into the company of its customer.
    UserMoved = "user_moved", People;
    /// Somebody of the staff merged two accounts of one person.
    UsersMerged = "users_merged", People;
    /// A closed company was opened again.
    CompanyReopened = "company_reopened", Company;
    /// A user was added and invited.
    UserCreated = "user_created", People;
    /// An invited user set a password.
    UserAcceptedInvitation = "user_accepted_invitation", People;
    /// An invitation was sent again.
    InvitationResent = "invitation_resent", People;
    /// An invitation was taken back.
    InvitationRevoked = "invitation_revoked", People;
    /// A user was switched off.
    UserDeactivated = "user_deactivated", People;
    /// A user was switched on again.
    UserActivatedAgain = "user_activated_again", People;
    /// A user was mailed a link to set a new password.
    PasswordLinkSent = "password_link_sent", People;
    /// Data or budgets of a user were changed.
    UserUpdated = "user_updated", Changes;
    /// Roles of a user were changed, perhaps with other data.
    PermissionsChanged = "privilege_permissions_changed", Changes;
    /// The company made a role.
    RoleCreated = "role_created", Changes;
    /// A role of the company was renamed or allows something else.
    RoleChanged = "role_changed", Changes;
    /// A role of the company that nobody had is gone.
    RoleDeleted = "role_deleted", Changes;
    /// What the ERP says of a user was taken over.
    DifferenceTaken = "difference_taken", Changes;
    /// What the shop says of a user was written into the ERP.
    DifferenceTold = "difference_told", Changes;
    /// A difference between shop and ERP is left as it is.
    DifferenceIgnored = "difference_ignored", Changes;
    /// A difference that was left as it is waits again.
    DifferenceRecalled = "difference_recalled", Changes;
    /// Somebody changed the own profile.
    ProfileUpdated = "profile_updated", Changes;
    /// Somebody signed in.
    SignedIn = "authn_login_success", SigningIn;
    /// Somebody signed out.
    SessionEnded = "session_ended", SigningIn;
    /// Somebody of several companies went on for this one.
    CompanySwitched = "company_switched", SigningIn;
    /// Somebody signed out one of the own browsers.
    SessionRevoked = "session_revoked", SigningIn;
    /// Somebody signed out all own browsers but one.
    OtherSessionsRevoked = "other_sessions_revoked", SigningIn;
    /// Somebody changed the own password.
    PasswordChanged = "authn_password_change", SigningIn;
    /// Somebody set a new password by a mailed link.
    PasswordReset = "authn_password_reset", SigningIn;
    /// Somebody switched the second step of signing in on.
    SecondStepSetUp = "second_step_set_up", SigningIn;
    /// Somebody switched it off.
    SecondStepEnded = "second_step_ended", SigningIn;
    /// A colleague or the staff took somebody's second step back.
    SecondStepReset = "second_step_reset", People;
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed = "recovery_code_used", SigningIn;
    /// Somebody made new recovery codes.
    RecoveryCodesMade = "recovery_codes_made", SigningIn;
    /// The company wants a second step of its users, or does no more.
    CompanySignInChanged = "company_sign_in_changed", Company;
    /// Somebody asked for a new login address.
    EmailChangeRequested = "user_email_change_requested", SigningIn;
    /// Somebody gave up a change of the address.
    EmailChangeCancelled = "user_email_change_cancelled", SigningIn;
    /// A new login address was confirmed.
    EmailChanged = "user_email_changed", SigningIn;
    /// The staff closed the company, or took back the access of its last main contact: nobody can act for it.
    CompanyClosed = "company_closed", Company;
    /// The staff ended all sessions of a user.
    SessionsEnded = "sessions_ended", SigningIn;
    /// Somebody of the staff made a code on paper with which a person sets a password.
    HandoverCodeMade = "handover_code_made", SigningIn;
    /// A code on paper was typed.
    HandoverCodeUsed = "handover_code_used", SigningIn;
    /// Somebody of the staff began to see the portal as a user.
    ViewBegan = "view_began", SigningIn;
    /// Somebody of the staff no longer sees the portal as a user.
    ViewEnded = "view_ended", SigningIn;
    /// What is kept of a person was handed out.
    PersonExported = "person_exported", People;
    /// What was kept of a person was erased.
    PersonErased = "person_erased", People;
    /// The list of users was exported.
    UsersExported = "users_exported", Company;
    /// The list of activity was exported.
    ActivityExported = "activity_exported", Company;
    /// Somebody confirmed in a review that users have the access that they have.
    AccessConfirmed = "access_confirmed", Company;
    /// A review of who has access was finished.
    AccessReviewed = "access_reviewed", Company;
    /// A finished review of access was exported.
    AccessReviewExported = "access_review_exported", Company;
    /// A draft of a mail's template was kept.
    TemplateSaved = "template_saved", Changes;
    /// The draft of a mail's template was thrown away.
    TemplateDiscarded = "template_discarded", Changes;
    /// A version of a mail's template was published.
    TemplatePublished = "template_published", Changes;
    /// A mail is written in the portal's own words again.
    TemplateStandard = "template_standard", Changes;
    /// Somebody mailed a test of a template to the own address.
    TemplateTested = "template_tested", Changes;
    /// From whom mails come or how they end was changed.
    MailPreferencesChanged = "mail_preferences_changed", Changes;
    /// The staff had a mail sent again.
    MailResent = "mail_resent", People;
    /// The staff had a mail tried again that was given up.
    MailRetried = "mail_retried", People;
    /// The staff noted that mails to an address come back.
    BounceNoted = "mail_bounce_noted", People;
    /// The staff took back the note that mails to an address come back.
    BounceForgotten = "mail_bounce_forgotten", People;
    /// Files for the embedded ERP were uploaded.
    ErpFilesUploaded = "erp_files_uploaded", Changes;
    /// Uploaded files were checked; nothing was written.
    ErpImportChecked = "erp_import_checked", Changes;
    /// Uploaded files were written into the embedded ERP.
    ErpImported = "erp_imported", Changes;
    /// Checking or writing uploaded files broke off; nothing was written.
    ErpImportFailed = "erp_import_failed", Changes;
    /// Uploaded files were thrown away.
    ErpFilesDiscarded = "erp_files_discarded", Changes;
    /// Somebody of the merchant's staff was recorded.
    StaffCreated = "staff_created", Company;
    /// The list of the whole trail was exported.
    AuditExported = "audit_exported", Company;
    /// The chain of the trail was checked and is in order.
    AuditChecked = "audit_checked", Company;
    /// A check of the trail found an entry missing or changed.
    AuditBroken = "audit_broken", Company;
    /// How long entries of the trail are kept was changed.
    AuditRetentionChanged = "audit_retention_changed", Company;
    /// Entries that are kept no longer were cut away from the beginning of the trail.
    AuditCut = "audit_cut", Company;
    /// Features of the portal were switched on or off for everybody.
    FeaturesSwitched = "features_switched", Company;
    /// Features of the portal were switched on or off for one company.
    CompanyFeaturesSwitched = "company_features_switched", Company;
    /// Data of the shop were changed.
    ShopChanged = "shop_changed", Company;
    /// The shop has another logo.
    LogoChanged = "shop_logo_changed", Company;
    /// The shop has no logo any more.
    LogoRemoved = "shop_logo_removed", Company;
    /// A company has another logo of its own.
    CompanyLogoChanged = "company_logo_changed", Company;
    /// A company has no logo of its own any more.
    CompanyLogoRemoved = "company_logo_removed", Company;
    /// A company has another sign-in address.
    SignInAddressMoved = "sign_in_address_moved", Company;
    /// Somebody of the staff signed in, with both steps.
    StaffSignedIn = "staff_authn_login_success", SigningIn;
    /// Somebody of the staff signed out.
    StaffSessionEnded = "staff_session_ended", SigningIn;
    /// Somebody of the staff set a password by a link.
    StaffPasswordSet = "staff_authn_password_reset", SigningIn;
    /// Somebody of the staff set up the second step.
    StaffSecondStepSetUp = "staff_second_step_set_up", SigningIn;
    /// Somebody of the staff used a recovery code.
    StaffRecoveryCodeUsed = "staff_recovery_code_used", SigningIn;
    /// Somebody of the staff added a passkey.
    StaffPasskeyAdded = "staff_passkey_added", SigningIn;
    /// Somebody of the staff removed a passkey.
    StaffPasskeyRemoved = "staff_passkey_removed", SigningIn;
    /// Somebody of the staff was invited.
    StaffInvited = "staff_invited", People;
    /// Somebody of the staff was mailed a link to set the password.
    StaffLinkSent = "staff_password_link_sent", People;
    /// Somebody of the staff got another role.
    StaffRoleChanged = "staff_privilege_permissions_changed", Changes;
    /// Somebody of the staff was switched off.
    StaffDeactivated = "staff_deactivated", People;
    /// Somebody of the staff was switched on again.
    StaffActivatedAgain = "staff_activated_again", People;
    /// A colleague took back the second step of somebody of the staff.
    StaffSecondStepReset = "staff_second_step_reset", People;
    /// Somebody of the staff made new recovery codes.
    StaffRecoveryCodesMade = "staff_recovery_codes_made", SigningIn;
    /// Somebody of the staff changed the own password.
    StaffPasswordChanged = "staff_authn_password_change", SigningIn;
    /// Somebody of the staff signed out another browser.
    StaffSessionRevoked = "staff_session_revoked", SigningIn;
    /// Somebody of the staff signed out all other browsers.
    StaffOtherSessionsRevoked = "staff_other_sessions_revoked", SigningIn;
}

impl Event {
    /// Reads a name of the trail. `None` for one that a newer version has written.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_event_has_its_own_name_and_reads_back() {
        let names: HashSet<_> = Event::ALL.iter().map(|event| event.key()).collect();
        assert_eq!(names.len(), Event::ALL.len());
        for event in Event::ALL {
            assert_eq!(Event::from_key(event.key()), Some(*event));
        }
        assert_eq!(Event::from_key("from_the_future"), None);
    }
}
