use model::{OfficeRight, Permission, Scope};

/// What kind of address an operation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page of the application.
    Page,
    /// A server function under `/api`.
    Function,
    /// An address that the host answers itself.
    Route,
}

/// What an operation asks of the actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anybody on the network.
    Anyone,
    /// Any signed-in user.
    SignedIn,
    /// This right in the company that the session acts for.
    Right(Permission, Scope),
    /// A person of the staff whose password was right; the second step may be missing.
    SecondStep,
    /// Any signed-in person of the staff.
    Staff,
    /// This right in the Back Office.
    Office(OfficeRight),
}

/// A row of the rights table.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// `area.action`, as logs and the matrix name it.
    pub name: &'static str,
    /// Page, function or route
    pub kind: Kind,
    /// HTTP method
    pub method: &'static str,
    /// Address; `{name}` stands for one part of it.
    pub path: &'static str,
    /// Names of the form fields that are understood; any other is refused.
    pub args: &'static [&'static str],
    /// What it needs
    pub needs: Needs,
}

macro_rules! operations {
    ($( $variant:ident = $name:literal, $kind:ident $method:literal $path:literal [$($arg:literal),*], $needs:expr; )*) => {
        /// Everything that can be asked of the host: a closed set.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the table's name column says what each is")]
        pub enum Operation { $( $variant, )* }

        static TABLE: &[Spec] = &[$(
            Spec { name: $name, kind: Kind::$kind, method: $method, path: $path, args: &[$($arg),*], needs: $needs },
        )*];
    };
}

use Needs::{Anyone, Office, Right, SecondStep, SignedIn, Staff};
use OfficeRight::{AccessManage, CustomersView, ErpManage, ErpView, TemplatesManage, TemplatesView};
use Permission::{AuditView, RolesManage, UsersManage, UsersView};
use Scope::Company;

operations! {
    PageOverview = "page.overview", Page "GET" "/" [], SignedIn;
    PageSignIn = "page.sign_in", Page "GET" "/sign-in" [], Anyone;
    PageSecondStep = "page.second_step", Page "GET" "/sign-in/second-step" [], Anyone;
    PageCompanySignIn = "page.company_sign_in", Page "GET" "/c/{slug}" [], Anyone;
    PageForgot = "page.forgot_password", Page "GET" "/forgot-password" [], Anyone;
    PageSetPassword = "page.set_password", Page "GET" "/set-password" [], Anyone;
    PageCode = "page.code", Page "GET" "/code" [], Anyone;
    PageConfirmEmail = "page.confirm_email", Page "GET" "/confirm-email" [], Anyone;
    PageActivate = "page.activate", Page "GET" "/activate" [], Anyone;
    PageActivateYou = "page.activate.you", Page "GET" "/activate/you" [], Anyone;
    PageActivateCode = "page.activate.code", Page "GET" "/activate/code" [], Anyone;
    PageActivateResult = "page.activate.result", Page "GET" "/activate/result" [], Anyone;
    PageProfile = "page.profile", Page "GET" "/profile" [], SignedIn;
    PageProfilePassword = "page.profile.password", Page "GET" "/profile/password" [], SignedIn;
    PageProfileEmail = "page.profile.email", Page "GET" "/profile/email" [], SignedIn;
    PageProfileSecondStep = "page.profile.second_step", Page "GET" "/profile/second-step" [], SignedIn;
    PageProfileSessions = "page.profile.sessions", Page "GET" "/profile/sessions" [], SignedIn;
    PageProfileActivity = "page.profile.activity", Page "GET" "/profile/activity" [], SignedIn;
    PageConfirmPassword = "page.confirm_password", Page "GET" "/confirm-password" [], SignedIn;
    PageCompanyActivity = "page.company.activity", Page "GET" "/company/activity" [], Right(AuditView, Company);
    PageInbox = "page.inbox", Page "GET" "/inbox" [], Anyone;
    PageInboxMail = "page.inbox.mail", Page "GET" "/inbox/{id}" [], Anyone;
    PageUsers = "page.users", Page "GET" "/users" [], Right(UsersView, Company);
    PageUsersContacts = "page.users.contacts", Page "GET" "/users/contacts" [], Right(UsersView, Company);
    PageUsersContact = "page.users.contact", Page "GET" "/users/contacts/{number}" [], Right(UsersManage, Company);
    PageUsersRequests = "page.users.requests", Page "GET" "/users/requests" [], Right(UsersView, Company);
    PageUsersRequest = "page.users.request", Page "GET" "/users/requests/{id}" [], Right(UsersManage, Company);
    PageUsersDecline = "page.users.decline", Page "GET" "/users/requests/{id}/decline" [], Right(UsersManage, Company);
    PageUsersInvitations = "page.users.invitations", Page "GET" "/users/invitations" [], Right(UsersView, Company);
    PageUsersDifferences = "page.users.differences", Page "GET" "/users/differences" [], Right(UsersManage, Company);
    PageUsersReview = "page.users.review", Page "GET" "/users/review" [], Right(UsersManage, Company);
    PageUsersMatching = "page.users.matching", Page "GET" "/users/matching" [], Right(UsersManage, Company);
    PageUsersImport = "page.users.import", Page "GET" "/users/import" [], Right(UsersManage, Company);
    PageUsersResult = "page.users.result", Page "GET" "/users/results/{id}" [], Right(UsersManage, Company);
    PageUsersSettings = "page.users.settings", Page "GET" "/users/settings" [], Right(UsersManage, Company);
    PageUsersNew = "page.users.new", Page "GET" "/users/new" [], Right(UsersManage, Company);
    PageUsersRoles = "page.users.roles", Page "GET" "/users/roles" [], Right(RolesManage, Company);
    PageUsersRoleNew = "page.users.role_new", Page "GET" "/users/roles/new" [], Right(RolesManage, Company);
    PageUsersRole = "page.users.role", Page "GET" "/users/roles/{id}" [], Right(RolesManage, Company);
    PageUsersUser = "page.users.user", Page "GET" "/users/{id}" [], Right(UsersView, Company);

    FollowLink = "accounts.follow_link", Route "GET" "/link/{token}" [], Anyone;
    ResumeActivation = "activation.resume", Route "GET" "/activate/resume/{token}" [], Anyone;
    ActivityExport = "activity.export", Route "GET" "/company/activity.csv" ["person", "kind", "from", "to"], Right(AuditView, Company);
    ActivityExportJson = "activity.export_json", Route "GET" "/company/activity.json" ["person", "kind", "from", "to"], Right(AuditView, Company);
    UsersExport = "users.export", Route "GET" "/users/export.csv" ["q", "status", "role", "sort"], Right(UsersView, Company);
    UsersImportSample = "users.import_sample", Route "GET" "/users/import/sample.csv" [], Right(UsersManage, Company);
    UsersLive = "users.live", Route "GET" "/users/live" [], Right(UsersView, Company);
    UsersResultRows = "users.result_rows", Route "GET" "/users/results/{id}/rows.csv" [], Right(UsersManage, Company);
    UsersReviewEvidence = "users.review_evidence", Route "GET" "/users/review/{id}/evidence.csv" [], Right(UsersManage, Company);
    HealthLive = "health.live", Route "GET" "/health/live" [], Anyone;
    HealthReady = "health.ready", Route "GET" "/health/ready" [], Anyone;

    SetLanguage = "viewer.set_language", Function "POST" "/api/viewer/set_language" ["locale", "back"], Anyone;
    SetTheme = "viewer.set_theme", Function "POST" "/api/viewer/set_theme" ["theme", "back"], Anyone;

    SignInPage = "accounts.sign_in_page", Function "POST" "/api/accounts/sign_in_page" ["slug"], Anyone;
    SignIn = "accounts.sign_in", Function "POST" "/api/accounts/sign_in" ["email", "password", "slug", "next"], Anyone;
    SecondStepPage = "accounts.second_step_page", Function "POST" "/api/accounts/second_step_page" [], Anyone;
    SecondStep = "accounts.second_step", Function "POST" "/api/accounts/second_step" ["code", "next"], Anyone;
    SignOut = "accounts.sign_out", Function "POST" "/api/accounts/sign_out" [], Anyone;
    SwitchCompany = "accounts.switch_company", Function "POST" "/api/accounts/switch_company" ["place"], SignedIn;
    ForgotPassword = "accounts.forgot_password", Function "POST" "/api/accounts/forgot_password" ["email"], Anyone;
    LinkState = "accounts.link", Function "POST" "/api/accounts/link" [], Anyone;
    UseCode = "accounts.use_code", Function "POST" "/api/accounts/use_code" ["email", "code"], Anyone;
    SetPassword = "accounts.set_password", Function "POST" "/api/accounts/set_password" ["password", "repeat"], Anyone;
    ConfirmEmail = "accounts.confirm_email", Function "POST" "/api/accounts/confirm_email" [], Anyone;
    Profile = "accounts.profile", Function "POST" "/api/accounts/profile" [], SignedIn;
    ProfileForm = "accounts.profile_form", Function "POST" "/api/accounts/profile_form" [], SignedIn;
    EditProfile = "accounts.edit_profile", Function "POST" "/api/accounts/edit_profile" ["salutation", "name", "locale", "time_zone", "notices[]", "shortcuts"], SignedIn;
    ChangePassword = "accounts.change_password", Function "POST" "/api/accounts/change_password" ["current", "password", "repeat"], SignedIn;
    ConfirmPassword = "accounts.confirm_password", Function "POST" "/api/accounts/confirm_password" ["current", "next"], SignedIn;
    ChangeEmail = "accounts.change_email", Function "POST" "/api/accounts/change_email" ["email", "current"], SignedIn;
    CancelEmailChange = "accounts.cancel_email_change", Function "POST" "/api/accounts/cancel_email_change" [], SignedIn;
    MySecondStep = "accounts.my_second_step", Function "POST" "/api/accounts/my_second_step" [], SignedIn;
    BeginSecondStep = "accounts.begin_second_step", Function "POST" "/api/accounts/begin_second_step" ["current", "next"], SignedIn;
    SetUpSecondStep = "accounts.set_up_second_step", Function "POST" "/api/accounts/set_up_second_step" ["code", "current", "next"], SignedIn;
    EndSecondStep = "accounts.end_second_step", Function "POST" "/api/accounts/end_second_step" ["current"], SignedIn;
    NewRecoveryCodes = "accounts.new_recovery_codes", Function "POST" "/api/accounts/new_recovery_codes" ["current"], SignedIn;
    KeepRecoveryCodes = "accounts.keep_recovery_codes", Function "POST" "/api/accounts/keep_recovery_codes" ["next"], SignedIn;
    Sessions = "accounts.sessions", Function "POST" "/api/accounts/sessions" [], SignedIn;
    RevokeSession = "accounts.revoke_session", Function "POST" "/api/accounts/revoke_session" ["session"], SignedIn;
    RevokeOtherSessions = "accounts.revoke_other_sessions", Function "POST" "/api/accounts/revoke_other_sessions" [], SignedIn;

    EndView = "accounts.end_view", Function "POST" "/api/accounts/end_view" [], SignedIn;

    ActivationGet = "activation.get", Function "POST" "/api/activation/get" [], Anyone;
    ActivationStart = "activation.start", Function "POST" "/api/activation/start" ["customer_number", "invoice_number", "email"], Anyone;
    ActivationYou = "activation.you", Function "POST" "/api/activation/you" ["salutation", "first_name", "last_name", "password", "repeat"], Anyone;
    ActivationResend = "activation.resend_code", Function "POST" "/api/activation/resend_code" [], Anyone;
    ActivationConfirm = "activation.confirm", Function "POST" "/api/activation/confirm" ["code"], Anyone;
    ActivationRequestAccess = "activation.request_access", Function "POST" "/api/activation/request_access" ["name", "email", "message"], Anyone;
    ActivationInviteAgain = "activation.resend_invitation", Function "POST" "/api/activation/resend_invitation" [], Anyone;

    ActivityMine = "activity.mine", Function "POST" "/api/activity/mine" ["after", "before"], SignedIn;
    ActivityCompany = "activity.company", Function "POST" "/api/activity/company" ["person", "kind", "from", "to", "after", "before"], Right(AuditView, Company);

    InboxList = "inbox.list", Function "POST" "/api/inbox/list" [], Anyone;
    InboxGet = "inbox.get", Function "POST" "/api/inbox/get" ["mail"], Anyone;

    Overview = "overview", Function "POST" "/api/overview" [], SignedIn;
    UsersList = "users.list", Function "POST" "/api/users/list" ["q", "status", "role", "sort", "after", "before"], Right(UsersView, Company);
    UsersGet = "users.get", Function "POST" "/api/users/get" ["user"], Right(UsersView, Company);
    UsersContacts = "users.contacts", Function "POST" "/api/users/contacts" [], Right(UsersView, Company);
    UsersAccessRequests = "users.access_requests", Function "POST" "/api/users/access_requests" [], Right(UsersView, Company);
    UsersAccessRequest = "users.access_request", Function "POST" "/api/users/access_request" ["request"], Right(UsersManage, Company);
    UsersGrantAccess = "users.grant_access", Function "POST" "/api/users/grant_access" ["request", "salutation", "name", "email", "roles[]", "budget_order", "budget_month", "current"], Right(UsersManage, Company);
    UsersDeclineAccess = "users.decline_access", Function "POST" "/api/users/decline_access" ["request", "reason"], Right(UsersManage, Company);
    UsersInvitations = "users.invitations", Function "POST" "/api/users/invitations" [], Right(UsersView, Company);
    UsersNewForm = "users.new_form", Function "POST" "/api/users/new_form" [], Right(UsersManage, Company);
    UsersContactForm = "users.contact_form", Function "POST" "/api/users/contact_form" ["contact_number"], Right(UsersManage, Company);
    UsersRequest = "users.request", Function "POST" "/api/users/request" ["salutation", "name", "email", "roles[]", "budget_order", "budget_month", "current"], Right(UsersManage, Company);
    UsersAddContact = "users.add_contact", Function "POST" "/api/users/add_contact" ["contact_number", "salutation", "name", "email", "roles[]", "budget_order", "budget_month", "current"], Right(UsersManage, Company);
    UsersEdit = "users.edit", Function "POST" "/api/users/edit" ["user", "version", "salutation", "name", "email", "roles[]", "budget_order", "budget_month", "current"], Right(UsersManage, Company);
    UsersActivate = "users.activate", Function "POST" "/api/users/activate" ["user", "back", "current"], Right(UsersManage, Company);
    UsersDeactivate = "users.deactivate", Function "POST" "/api/users/deactivate" ["user", "back", "current"], Right(UsersManage, Company);
    UsersResend = "users.resend_invitation", Function "POST" "/api/users/resend_invitation" ["user", "back"], Right(UsersManage, Company);
    UsersRevoke = "users.revoke_invitation", Function "POST" "/api/users/revoke_invitation" ["user", "back", "current"], Right(UsersManage, Company);
    UsersPasswordLink = "users.send_password_link", Function "POST" "/api/users/send_password_link" ["user", "back"], Right(UsersManage, Company);
    UsersResetSecondStep = "users.reset_second_step", Function "POST" "/api/users/reset_second_step" ["user", "current"], Right(UsersManage, Company);
    UsersSettings = "users.settings", Function "POST" "/api/users/settings" [], Right(UsersManage, Company);
    UsersRequireSecondStep = "users.require_second_step", Function "POST" "/api/users/require_second_step" ["required", "current"], Right(UsersManage, Company);
    UsersBulk = "users.bulk", Function "POST" "/api/users/bulk" ["action", "users[]", "all", "on_page[]", "bulk_role", "back", "current"], Right(UsersManage, Company);
    UsersMatchingForm = "users.matching_form", Function "POST" "/api/users/matching_form" ["q", "status", "role"], Right(UsersManage, Company);
    UsersStartMatching = "users.start_matching", Function "POST" "/api/users/start_matching" ["q", "status", "role", "count", "action", "bulk_role", "current"], Right(UsersManage, Company);
    UsersGoOnMatching = "users.go_on_matching", Function "POST" "/api/users/go_on_matching" ["result", "current"], Right(UsersManage, Company);
    UsersDifferences = "users.differences", Function "POST" "/api/users/differences" ["after", "before", "ignored"], Right(UsersManage, Company);
    UsersTakeDifference = "users.take_difference", Function "POST" "/api/users/take_difference" ["difference", "back", "current"], Right(UsersManage, Company);
    UsersTellDifference = "users.tell_difference", Function "POST" "/api/users/tell_difference" ["difference", "back", "current"], Right(UsersManage, Company);
    UsersIgnoreDifference = "users.ignore_difference", Function "POST" "/api/users/ignore_difference" ["difference", "back"], Right(UsersManage, Company);
    UsersRecallDifference = "users.recall_difference", Function "POST" "/api/users/recall_difference" ["difference", "back"], Right(UsersManage, Company);
    UsersReview = "users.review", Function "POST" "/api/users/review" ["after", "before", "open"], Right(UsersManage, Company);
    UsersConfirmAccess = "users.confirm_access", Function "POST" "/api/users/confirm_access" ["shown[]", "back"], Right(UsersManage, Company);
    UsersDeactivateReviewed = "users.deactivate_reviewed", Function "POST" "/api/users/deactivate_reviewed" ["user", "back", "current"], Right(UsersManage, Company);
    UsersFinishReview = "users.finish_review", Function "POST" "/api/users/finish_review" [], Right(UsersManage, Company);
    UsersImportForm = "users.import_form", Function "POST" "/api/users/import_form" [], Right(UsersManage, Company);
    UsersCheckImport = "users.check_import", Function "POST" "/api/users/check_import" ["csv"], Right(UsersManage, Company);
    UsersAddImported = "users.add_imported", Function "POST" "/api/users/add_imported" ["result", "current"], Right(UsersManage, Company);
    RolesList = "roles.list", Function "POST" "/api/roles/list" [], Right(RolesManage, Company);
    RolesForm = "roles.form", Function "POST" "/api/roles/form" ["role", "copy"], Right(RolesManage, Company);
    RolesCreate = "roles.create", Function "POST" "/api/roles/create" ["role_name", "rights[]"], Right(RolesManage, Company);
    RolesEdit = "roles.edit", Function "POST" "/api/roles/edit" ["role", "version", "role_name", "rights[]", "shown", "current"], Right(RolesManage, Company);
    RolesDelete = "roles.delete", Function "POST" "/api/roles/delete" ["role", "version"], Right(RolesManage, Company);
    PageOffice = "page.office", Page "GET" "/office" [], Staff;
    PageOfficeSignIn = "page.office.sign_in", Page "GET" "/office/sign-in" [], Anyone;
    PageOfficeSetPassword = "page.office.set_password", Page "GET" "/office/set-password" [], Anyone;
    PageOfficeSecondStep = "page.office.second_step", Page "GET" "/office/second-step" [], SecondStep;
    PageOfficeTemplates = "page.office.templates", Page "GET" "/office/templates" [], Office(TemplatesView);
    PageOfficeMailPreferences = "page.office.mail_preferences", Page "GET" "/office/templates/preferences" [], Office(TemplatesView);
    PageOfficeTemplate = "page.office.template", Page "GET" "/office/templates/{kind}/{locale}" [], Office(TemplatesView);
    PageOfficeTemplateVersion = "page.office.template_version", Page "GET" "/office/templates/{kind}/{locale}/versions/{version}" [], Office(TemplatesView);
    OfficeTemplatePreview = "office.template_preview", Route "GET" "/office/templates/{kind}/{locale}/preview" ["sample", "view", "dark"], Office(TemplatesView);
    OfficeTemplateTyped = "office.template_typed", Route "POST" "/office/templates/preview" ["mail_kind", "mail_locale", "subject", "preheader", "html", "text", "sample", "view", "dark"], Office(TemplatesManage);
    PageOfficeMail = "page.office.mail", Page "GET" "/office/mail" [], Office(OfficeRight::MailView);
    PageOfficeMailResult = "page.office.mail.result", Page "GET" "/office/mail/results/{id}" [], Office(OfficeRight::MailManage);
    PageOfficeMailRecord = "page.office.mail.record", Page "GET" "/office/mail/{id}" [], Office(OfficeRight::MailView);
    OfficeMailBody = "office.mail.body", Route "GET" "/office/mail/{id}/body" ["view", "dark"], Office(OfficeRight::MailView);
    PageOfficeUsers = "page.office.users", Page "GET" "/office/users" [], Office(OfficeRight::UsersView);
    PageOfficeCompany = "page.office.company", Page "GET" "/office/companies/{id}" [], Office(OfficeRight::UsersView);
    PageOfficeUser = "page.office.user", Page "GET" "/office/users/{id}" [], Office(OfficeRight::UsersView);
    PageOfficeViewAs = "page.office.view_as", Page "GET" "/office/users/{id}/view" [], Office(OfficeRight::UsersImpersonate);
    PageOfficeCode = "page.office.code", Page "GET" "/office/users/{id}/code" [], Office(OfficeRight::UsersManage);
    PageOfficeMerge = "page.office.merge", Page "GET" "/office/users/{id}/merge" [], Office(OfficeRight::UsersManage);
    PageOfficeMove = "page.office.move", Page "GET" "/office/users/{id}/move" [], Office(OfficeRight::UsersManage);
    PageOfficeErase = "page.office.erase", Page "GET" "/office/users/{id}/erase" [], Office(OfficeRight::PrivacyManage);
    PageOfficeConfirmPassword = "page.office.confirm_password", Page "GET" "/office/confirm-password" [], Staff;
    OfficeUserData = "office.users.data", Route "GET" "/office/users/{id}/data.json" [], Office(OfficeRight::PrivacyManage);
    PageOfficeStaff = "page.office.staff", Page "GET" "/office/staff" [], Office(OfficeRight::StaffView);
    PageOfficeStaffNew = "page.office.staff_new", Page "GET" "/office/staff/new" [], Office(OfficeRight::StaffManage);
    PageOfficeStaffPerson = "page.office.staff_person", Page "GET" "/office/staff/{id}" [], Office(OfficeRight::StaffView);
    PageOfficeMe = "page.office.me", Page "GET" "/office/me" [], Staff;
    PageOfficePasskey = "page.office.me_passkey", Page "GET" "/office/me/passkey" [], Staff;
    PageOfficeMyPassword = "page.office.me_password", Page "GET" "/office/me/password" [], Staff;
    FollowOfficeLink = "office.follow_link", Route "GET" "/office/link/{token}" [], Anyone;
    PageOfficeFeatures = "page.office.features", Page "GET" "/office/features" [], Office(OfficeRight::ShopView);
    PageOfficeShop = "page.office.shop", Page "GET" "/office/shop" [], Office(OfficeRight::ShopView);
    PageOfficeAddress = "page.office.address", Page "GET" "/office/companies/{id}/address" [], Office(OfficeRight::ShopView);
    ShopLogo = "shop.logo", Route "GET" "/brand/{logo}" [], Anyone;
    OfficeLogoUpload = "office.logo.upload", Route "POST" "/office/shop/logo" ["company", "logo"], Office(OfficeRight::ShopManage);
    OfficeLogoRemove = "office.logo.remove", Function "POST" "/api/office/logo_remove" ["company"], Office(OfficeRight::ShopManage);
    OfficeFeaturesPage = "office.features.page", Function "POST" "/api/office/features_page" ["company", "q"], Office(OfficeRight::ShopView);
    OfficeFeaturesSwitch = "office.features.switch", Function "POST" "/api/office/features_switch" ["company", "on[]", "before"], Office(OfficeRight::ShopManage);
    OfficeShopPage = "office.shop.page", Function "POST" "/api/office/shop_page" [], Office(OfficeRight::ShopView);
    OfficeShopEdit = "office.shop.edit", Function "POST" "/api/office/shop_edit" ["shop_name", "contact", "address", "locale", "time_zone", "version"], Office(OfficeRight::ShopManage);
    OfficeBrandEdit = "office.brand.edit", Function "POST" "/api/office/brand_edit" ["hue", "version"], Office(OfficeRight::ShopManage);
    OfficeBrandPreview = "office.brand.preview", Function "POST" "/api/office/brand_preview" ["hue", "version"], Office(OfficeRight::ShopView);
    OfficeAddressPage = "office.address.page", Function "POST" "/api/office/address_page" ["company"], Office(OfficeRight::ShopView);
    OfficeAddressMove = "office.address.move", Function "POST" "/api/office/address_move" ["company", "slug", "before"], Office(OfficeRight::ShopManage);
    OfficeSignIn = "office.sign_in", Function "POST" "/api/office/sign_in" ["email", "password", "next"], Anyone;
    OfficeSignOut = "office.sign_out", Function "POST" "/api/office/sign_out" [], Anyone;
    OfficeLink = "office.link", Function "POST" "/api/office/link" [], Anyone;
    OfficeSetPassword = "office.set_password", Function "POST" "/api/office/set_password" ["password", "repeat"], Anyone;
    OfficeSecondStepPage = "office.second_step_page", Function "POST" "/api/office/second_step_page" [], SecondStep;
    OfficeSecondStep = "office.second_step", Function "POST" "/api/office/second_step" ["code", "next"], SecondStep;
    OfficePasskeyQuestion = "office.passkey_question", Function "POST" "/api/office/passkey_question" [], SecondStep;
    OfficePasskeyStep = "office.passkey_step", Function "POST" "/api/office/passkey_step" ["answer", "next"], SecondStep;
    OfficeConfirmPassword = "office.confirm_password", Function "POST" "/api/office/confirm_password" ["current", "next"], Staff;
    OfficeUsersList = "office.users.list", Function "POST" "/api/office/users_list" ["list", "q", "after", "before"], Office(OfficeRight::UsersView);
    OfficeUsersCompany = "office.users.company", Function "POST" "/api/office/users_company" ["company", "after", "before"], Office(OfficeRight::UsersView);
    OfficeUsersPerson = "office.users.person", Function "POST" "/api/office/users_person" ["person"], Office(OfficeRight::UsersView);
    OfficeUsersCloseCompany = "office.users.close_company", Function "POST" "/api/office/users_close_company" ["company"], Office(OfficeRight::UsersManage);
    OfficeUsersOpenCompany = "office.users.open_company", Function "POST" "/api/office/users_open_company" ["company"], Office(OfficeRight::UsersManage);
    OfficeUsersActivate = "office.users.activate", Function "POST" "/api/office/users_activate" ["person", "company"], Office(OfficeRight::UsersManage);
    OfficeUsersDeactivate = "office.users.deactivate", Function "POST" "/api/office/users_deactivate" ["person", "company", "alone"], Office(OfficeRight::UsersManage);
    OfficeUsersPasswordLink = "office.users.password_link", Function "POST" "/api/office/users_password_link" ["person"], Office(OfficeRight::UsersManage);
    OfficeUsersEndSessions = "office.users.end_sessions", Function "POST" "/api/office/users_end_sessions" ["person"], Office(OfficeRight::UsersManage);
    OfficeUsersResetSecondStep = "office.users.reset_second_step", Function "POST" "/api/office/users_reset_second_step" ["person", "current"], Office(OfficeRight::UsersManage);
    OfficeUsersViewAs = "office.users.view_as", Function "POST" "/api/office/users_view_as" ["person", "company", "reason", "acts"], Office(OfficeRight::UsersImpersonate);
    OfficeUsersCodePage = "office.users.code_page", Function "POST" "/api/office/users_code_page" ["person"], Office(OfficeRight::UsersManage);
    OfficeUsersMakeCode = "office.users.make_code", Function "POST" "/api/office/users_make_code" ["person", "company", "current"], Office(OfficeRight::UsersManage);
    OfficeUsersMergePage = "office.users.merge_page", Function "POST" "/api/office/users_merge_page" ["person", "with", "swapped"], Office(OfficeRight::UsersManage);
    OfficeUsersMerge = "office.users.merge", Function "POST" "/api/office/users_merge" ["kept", "other", "seen", "current"], Office(OfficeRight::UsersManage);
    OfficeUsersMovePage = "office.users.move_page", Function "POST" "/api/office/users_move_page" ["person"], Office(OfficeRight::UsersManage);
    OfficeUsersMove = "office.users.move", Function "POST" "/api/office/users_move" ["person", "customer", "roles[]"], Office(OfficeRight::UsersManage);
    OfficeUsersErase = "office.users.erase", Function "POST" "/api/office/users_erase" ["person", "typed", "current"], Office(OfficeRight::PrivacyManage);
    OfficeKeepCodes = "office.keep_codes", Function "POST" "/api/office/keep_codes" ["next"], Staff;
    OfficeTemplates = "office.templates", Function "POST" "/api/office/templates_list" [], Office(TemplatesView);
    OfficeTemplate = "office.template", Function "POST" "/api/office/templates_get" ["mail_kind", "mail_locale"], Office(TemplatesView);
    OfficeTemplateVersion = "office.template_version", Function "POST" "/api/office/templates_version" ["mail_kind", "mail_locale", "version"], Office(TemplatesView);
    OfficeTemplateSave = "office.template_save", Function "POST" "/api/office/templates_save" ["mail_kind", "mail_locale", "revision", "subject", "preheader", "html", "text", "sample"], Office(TemplatesManage);
    OfficeTemplateImport = "office.template_import", Function "POST" "/api/office/templates_import" ["mail_kind", "mail_locale", "revision", "subject", "preheader", "html", "text", "sample"], Office(TemplatesManage);
    OfficeTemplateLint = "office.template_lint", Function "POST" "/api/office/templates_lint" ["mail_kind", "mail_locale", "subject", "preheader", "html", "text"], Office(TemplatesManage);
    OfficeTemplateText = "office.template_text", Function "POST" "/api/office/templates_text" ["mail_kind", "mail_locale", "revision", "subject", "preheader", "html", "text", "sample"], Office(TemplatesManage);
    OfficeTemplatePublish = "office.template_publish", Function "POST" "/api/office/templates_publish" ["mail_kind", "mail_locale", "revision", "subject", "preheader", "html", "text", "sample"], Office(TemplatesManage);
    OfficeTemplateTest = "office.template_test", Function "POST" "/api/office/templates_test" ["mail_kind", "mail_locale", "revision", "subject", "preheader", "html", "text", "sample"], Office(TemplatesManage);
    OfficeTemplateStandard = "office.template_standard", Function "POST" "/api/office/templates_standard" ["mail_kind", "mail_locale", "revision"], Office(TemplatesManage);
    OfficeTemplateDiscard = "office.template_discard", Function "POST" "/api/office/templates_discard" ["mail_kind", "mail_locale", "revision"], Office(TemplatesManage);
    OfficeTemplateRestore = "office.template_restore", Function "POST" "/api/office/templates_restore" ["mail_kind", "mail_locale", "revision", "version"], Office(TemplatesManage);
    OfficeMailPreferences = "office.mail_preferences", Function "POST" "/api/office/templates_preferences" [], Office(TemplatesView);
    OfficeMailPreferencesSave = "office.mail_preferences_save", Function "POST" "/api/office/templates_save_preferences" ["revision", "sender_name", "reply_to", "footer_en", "footer_de"], Office(TemplatesManage);
    OfficeDashboard = "office.dashboard", Function "POST" "/api/office/dashboard" [], Staff;
    OfficeMailList = "office.mail.list", Function "POST" "/api/office/mail_list" ["q", "state", "kind", "bounces", "from", "to", "after", "before"], Office(OfficeRight::MailView);
    OfficeMailGet = "office.mail.get", Function "POST" "/api/office/mail_get" ["mail"], Office(OfficeRight::MailView);
    OfficeMailResend = "office.mail.resend", Function "POST" "/api/office/mail_resend" ["mail"], Office(OfficeRight::MailManage);
    OfficeMailRetry = "office.mail.retry", Function "POST" "/api/office/mail_retry" ["mail"], Office(OfficeRight::MailManage);
    OfficeMailRetryMany = "office.mail.retry_many", Function "POST" "/api/office/mail_retry_many" ["mails[]", "all", "on_page[]"], Office(OfficeRight::MailManage);
    OfficeMailRetryAll = "office.mail.retry_all", Function "POST" "/api/office/mail_retry_all" [], Office(OfficeRight::MailManage);
    OfficeMailResults = "office.mail.results", Function "POST" "/api/office/mail_results" ["result"], Office(OfficeRight::MailManage);
    OfficeMailBounce = "office.mail.bounce", Function "POST" "/api/office/mail_bounce" ["mail", "note"], Office(OfficeRight::MailManage);
    OfficeMailBounceForget = "office.mail.bounce_forget", Function "POST" "/api/office/mail_bounce_forget" ["mail"], Office(OfficeRight::MailManage);
    OfficeMe = "office.me", Function "POST" "/api/office/me" [], Staff;
    OfficeChangePassword = "office.me.change_password", Function "POST" "/api/office/me_change_password" ["current", "password", "repeat"], Staff;
    OfficeNewCodes = "office.me.new_codes", Function "POST" "/api/office/me_new_codes" ["current"], Staff;
    OfficePasskeyPage = "office.me.passkey_page", Function "POST" "/api/office/me_passkey_page" [], Staff;
    OfficePasskeyBegin = "office.me.passkey_begin", Function "POST" "/api/office/me_passkey_begin" ["name", "current"], Staff;
    OfficePasskeyAdd = "office.me.passkey_add", Function "POST" "/api/office/me_passkey_add" ["answer"], Staff;
    OfficePasskeyRemove = "office.me.passkey_remove", Function "POST" "/api/office/me_passkey_remove" ["passkey", "current"], Staff;
    OfficeRevokeSession = "office.me.revoke_session", Function "POST" "/api/office/me_revoke_session" ["session"], Staff;
    OfficeRevokeOtherSessions = "office.me.revoke_other_sessions", Function "POST" "/api/office/me_revoke_other_sessions" [], Staff;
    OfficeStaffList = "office.staff.list", Function "POST" "/api/office/staff_list" [], Office(OfficeRight::StaffView);
    OfficeStaffGet = "office.staff.get", Function "POST" "/api/office/staff_get" ["staff"], Office(OfficeRight::StaffView);
    OfficeStaffInvite = "office.staff.invite", Function "POST" "/api/office/staff_invite" ["name", "email", "role", "current"], Office(OfficeRight::StaffManage);
    OfficeStaffSetRole = "office.staff.set_role", Function "POST" "/api/office/staff_set_role" ["staff", "role", "current"], Office(OfficeRight::StaffManage);
    OfficeStaffSendLink = "office.staff.send_link", Function "POST" "/api/office/staff_send_link" ["staff", "current"], Office(OfficeRight::StaffManage);
    OfficeStaffDeactivate = "office.staff.deactivate", Function "POST" "/api/office/staff_deactivate" ["staff", "current"], Office(OfficeRight::StaffManage);
    OfficeStaffActivate = "office.staff.activate", Function "POST" "/api/office/staff_activate" ["staff", "current"], Office(OfficeRight::StaffManage);
    OfficeStaffResetSecondStep = "office.staff.reset_second_step", Function "POST" "/api/office/staff_reset_second_step" ["staff", "current"], Office(OfficeRight::StaffManage);

    PageOfficeErp = "page.office.erp", Page "GET" "/office/erp" [], Office(ErpView);
    PageOfficeErpImport = "page.office.erp.import", Page "GET" "/office/erp/imports/{id}" [], Office(ErpView);
    PageOfficeErpImports = "page.office.erp.imports", Page "GET" "/office/erp/imports" [], Office(ErpView);
    PageOfficeErpRequests = "page.office.erp.requests", Page "GET" "/office/erp/requests" [], Office(ErpView);
    OfficeErpUpload = "office.erp.upload", Route "POST" "/office/erp/upload" ["customers", "contacts", "invoices", "complete"], Office(ErpManage);
    OfficeErpErrors = "office.erp.errors", Route "GET" "/office/erp/imports/{id}/errors.csv" [], Office(ErpView);
    OfficeErpStatus = "office.erp.status", Function "POST" "/api/office/erp_status" [], Office(ErpView);
    OfficeErpCalls = "office.erp.calls", Function "POST" "/api/office/erp_calls" ["operation", "outcome", "after", "before"], Office(ErpView);
    OfficeErpImports = "office.erp.imports", Function "POST" "/api/office/erp_imports" [], Office(ErpView);
    OfficeErpImport = "office.erp.import", Function "POST" "/api/office/erp_import" ["import"], Office(ErpView);
    OfficeErpCheck = "office.erp.check", Function "POST" "/api/office/erp_check" ["import"], Office(ErpManage);
    OfficeErpWrite = "office.erp.write", Function "POST" "/api/office/erp_write" ["import"], Office(ErpManage);
    OfficeErpDiscard = "office.erp.discard", Function "POST" "/api/office/erp_discard" ["import"], Office(ErpManage);

    PageOfficeCustomers = "page.office.customers", Page "GET" "/office/customers" [], Office(CustomersView);
    PageOfficeCustomersBulk = "page.office.customers.many", Page "GET" "/office/customers/many" [], Office(AccessManage);
    PageOfficeCustomersResult = "page.office.customers.result", Page "GET" "/office/customers/results/{id}" [], Office(AccessManage);
    PageOfficeCustomer = "page.office.customer", Page "GET" "/office/customers/{number}" [], Office(CustomersView);
    PageOfficeCustomerAccess = "page.office.customer.access", Page "GET" "/office/customers/{number}/access" [], Office(AccessManage);
    PageOfficeCustomerInvoices = "page.office.customer.invoices", Page "GET" "/office/customers/{number}/invoices" [], Office(CustomersView);
    OfficeCustomersList = "office.customers.list", Function "POST" "/api/office/customers_list" ["q", "center", "access", "company", "after", "before"], Office(CustomersView);
    OfficeCustomersGet = "office.customers.get", Function "POST" "/api/office/customers_get" ["customer"], Office(CustomersView);
    OfficeCustomersInvoices = "office.customers.invoices", Function "POST" "/api/office/customers_invoices" ["customer"], Office(CustomersView);
    OfficeCustomersAccess = "office.customers.access", Function "POST" "/api/office/customers_access" ["customer"], Office(AccessManage);
    OfficeCustomersGive = "office.customers.give", Function "POST" "/api/office/customers_give" ["customer", "boxes[]", "contacts[]", "names[]", "emails[]", "roles[]", "notify"], Office(AccessManage);
    OfficeCustomersRevoke = "office.customers.revoke", Function "POST" "/api/office/customers_revoke" ["customer", "user", "meant"], Office(AccessManage);
    OfficeCustomersMail = "office.customers.mail", Function "POST" "/api/office/customers_mail" ["customer", "user"], Office(AccessManage);
    OfficeCustomersMany = "office.customers.many", Function "POST" "/api/office/customers_many" [], Office(AccessManage);
    OfficeCustomersCheckAll = "office.customers.check_all", Function "POST" "/api/office/customers_check_all" ["q"], Office(AccessManage);
    OfficeCustomersCheckSheet = "office.customers.check_sheet", Function "POST" "/api/office/customers_check_sheet" ["csv"], Office(AccessManage);
    OfficeCustomersGiveMany = "office.customers.give_many", Function "POST" "/api/office/customers_give_many" ["result", "notify"], Office(AccessManage);
    OfficeCustomersResult = "office.customers.result", Function "POST" "/api/office/customers_result" ["result"], Office(AccessManage);

    PageOfficeAudit = "page.office.audit", Page "GET" "/office/audit" [], Office(OfficeRight::AuditView);
    PageOfficeAuditChain = "page.office.audit.chain", Page "GET" "/office/audit/chain" [], Office(OfficeRight::AuditView);
    OfficeAuditExport = "office.audit.export", Route "GET" "/office/audit.csv" ["event", "without", "by", "company", "person", "from", "to"], Office(OfficeRight::AuditView);
    OfficeAuditExportJson = "office.audit.export_json", Route "GET" "/office/audit.json" ["event", "without", "by", "company", "person", "from", "to"], Office(OfficeRight::AuditView);
    OfficeAuditList = "office.audit.list", Function "POST" "/api/office/audit_list" ["event", "without", "by", "company", "person", "from", "to", "after", "before"], Office(OfficeRight::AuditView);
    OfficeAuditChain = "office.audit.chain", Function "POST" "/api/office/audit_chain" [], Office(OfficeRight::AuditView);
    OfficeAuditCheck = "office.audit.check", Function "POST" "/api/office/audit_check" ["anew"], Office(OfficeRight::AuditView);
    OfficeAuditRetention = "office.audit.retention", Function "POST" "/api/office/audit_retention" ["years", "before", "current"], Office(OfficeRight::ShopManage);

    UsersResult = "users.result", Function "POST" "/api/users/result" ["result"], Right(UsersManage, Company);
}

impl Operation {
    /// Its row of the table.
    pub fn spec(self) -> &'static Spec {
        // The enum and the table come from one list, so the index always exists.
        &TABLE[self as usize]
    }
}

/// The whole rights table.
pub const fn table() -> &'static [Spec] {
    TABLE
}

/// Whether the Back Office hands out a file at this path, whose address can't bring a password along.
pub fn is_office_file(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    TABLE
        .iter()
        .filter(|spec| spec.kind == Kind::Route && matches!(spec.needs, Staff | Office(_)))
        .any(|spec| fits(spec.path, &parts))
}

fn fits(pattern: &str, parts: &[&str]) -> bool {
    let pattern: Vec<&str> = pattern.trim_matches('/').split('/').collect();
    pattern.len() == parts.len() && pattern.iter().zip(parts).all(|(p, part)| p.starts_with('{') || p == part)
}

/// The page at this path, if there is one. Fixed parts win over placeholders.
pub fn page_for_path(path: &str) -> Option<&'static Spec> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    TABLE
        .iter()
        .filter(|spec| spec.kind == Kind::Page)
        .filter(|spec| fits(spec.path, &parts))
        .min_by_key(|spec| spec.path.matches('{').count())
}
