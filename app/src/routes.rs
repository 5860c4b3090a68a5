//! The pages by their addresses, and the parts of the program that hold them. The browser fetches a
//! part when the first of its pages is opened, so that no page waits for the code of all. The list of
//! users comes with the program itself: most of the program is what the list needs, and files compress
//! better as one. Parts are few for the same reason: what two of them share becomes a file of its own.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::components::{Route, Routes};
use leptos_router::{ChooseView, SsrMode, path};

use crate::pages;

/// Pages that are fetched together, as one part of the program of that name.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident, $name:ident, $load:ident: $($page:ident),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        #[allow(clippy::enum_variant_names, reason = "pages are named by their area")]
        enum $part {
            $($page),+
        }

        #[wasm_split($name, wasm_split_path = leptos::wasm_split, preload($load), fallible)]
        fn $name(page: $part) -> Result<AnyView, SplitLoaderError> {
            Ok(match page {
                $($part::$page => view! { <pages::$page/> }.into_any()),+
            })
        }

        impl ChooseView for $part {
            async fn choose(self) -> AnyView {
                #[cfg(feature = "ssr")]
                fetch_ahead(stringify!($name));
                $name(self).await.unwrap_or_else(|_| ().into_any())
            }

            async fn preload(&self) {
                if $load().await.is_err() {
                    without_this_part().await;
                }
            }
        }
    };
}

part!(
    /// Getting in: sign-in, passwords and activation.
    Entry, entry, load_entry:
    SignIn, CompanySignIn, SecondStep, ForgotPassword, UseCode, SetPassword, ConfirmEmail, Activate, ActivateYou, ActivateCode, ActivateResult
);

part!(
    /// What those who are signed in see beside the list of users.
    Inside, inside, load_inside:
    Overview, Profile, ProfilePassword, ProfileEmail, ProfileSessions, ProfileSecondStep, ProfileActivity, ConfirmPassword, CompanyActivity, UsersContacts, UsersRequests, UsersInvitations, UsersContact, UsersRequest, UsersDecline, UsersImport, UsersMatching, UsersResult, UsersNew, UsersUser, UsersRoles, UsersRole, UsersDifferences, UsersReview, UsersSettings
);

part!(
    /// The Back Office's people: its own staff, customers and users.
    Office, office, load_office:
    Office,
    OfficeCustomer,
    OfficeCustomerAccess,
    OfficeCustomerInvoices,
    OfficeCustomers,
    OfficeCustomersMany,
    OfficeCustomersResult,
    OfficeConfirmPassword,
    OfficeMyPassword,
    OfficeOwnAccount,
    OfficePasskey,
    OfficeStaff,
    OfficeStaffNew,
    OfficeStaffPerson,
    OfficeSecondStep,
    OfficeSetPassword,
    OfficeSignIn,
    OfficeUsers,
    OfficeCompany,
    OfficeUser,
);

part!(
    /// What the shop's people seldom do to somebody's account.
    People, people, load_people:
    OfficeViewAs, OfficeErase, OfficeMove, OfficeMerge, OfficeCode
);

part!(
    /// What the shop's people set in the Back Office.
    Settings, settings, load_settings:
    OfficeFeatures, OfficeShop, OfficeAddress, OfficeTemplates, OfficeTemplate, OfficeTemplateVersion, OfficeMailPreferences
);

part!(
    /// What has happened: mails, the ERP, the audit.
    Records, records, load_records:
    OfficeMail,
    OfficeMailRecord,
    OfficeMailResult,
    OfficeAudit,
    OfficeAuditChain,
    OfficeErp,
    OfficeErpImport,
    OfficeErpImports,
    OfficeErpRequests,
);

part!(
    /// Mails of the demo, and the components.
    Developers, developers, load_developers:
    Inbox, InboxMail, Gallery
);

/// Tells the browser to fetch the files of a part together with the program, not when that asks for them.
#[cfg(feature = "ssr")]
fn fetch_ahead(part: &str) {
    use leptos_meta::Meta;
    let Some(files) = use_context::<crate::Files>() else { return };
    for file in files.parts.get(part).into_iter().flatten() {
        // Writing it out only hands it to the document's head, where `app::START` finds it.
        _ = view! { <Meta name="part" content=file.clone()/> }.to_html();
    }
}

/// A part can't be fetched: the network is gone, or the host has a newer version. A page that is already
/// there stays as the host rendered it, which works without script; a page that was asked for is
/// loaded as a whole.
async fn without_this_part() {
    let hydrating = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    if !hydrating {
        let url = leptos_router::hooks::use_url().get_untracked();
        _ = window().location().set_href(&[url.path(), "?", url.search()].concat());
    }
    std::future::pending::<()>().await;
}

/// The page of the address.
#[component]
pub fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=pages::NotFound>
        <Route path=path!("/") view=Inside::Overview ssr=SsrMode::Async/>
        <Route path=path!("/sign-in") view=Entry::SignIn ssr=SsrMode::Async/>
        <Route path=path!("/sign-in/second-step") view=Entry::SecondStep ssr=SsrMode::Async/>
        <Route path=path!("/c/:slug") view=Entry::CompanySignIn ssr=SsrMode::Async/>
        <Route path=path!("/forgot-password") view=Entry::ForgotPassword ssr=SsrMode::Async/>
        <Route path=path!("/code") view=Entry::UseCode ssr=SsrMode::Async/>
        <Route path=path!("/set-password") view=Entry::SetPassword ssr=SsrMode::Async/>
        <Route path=path!("/confirm-email") view=Entry::ConfirmEmail ssr=SsrMode::Async/>
        <Route path=path!("/activate") view=Entry::Activate ssr=SsrMode::Async/>
        <Route path=path!("/activate/you") view=Entry::ActivateYou ssr=SsrMode::Async/>
        <Route path=path!("/activate/code") view=Entry::ActivateCode ssr=SsrMode::Async/>
        <Route path=path!("/activate/result") view=Entry::ActivateResult ssr=SsrMode::Async/>
        <Route path=path!("/profile") view=Inside::Profile ssr=SsrMode::Async/>
        <Route path=path!("/profile/password") view=Inside::ProfilePassword ssr=SsrMode::Async/>
        <Route path=path!("/profile/email") view=Inside::ProfileEmail ssr=SsrMode::Async/>
        <Route path=path!("/profile/sessions") view=Inside::ProfileSessions ssr=SsrMode::Async/>
        <Route path=path!("/profile/second-step") view=Inside::ProfileSecondStep ssr=SsrMode::Async/>
        <Route path=path!("/profile/activity") view=Inside::ProfileActivity ssr=SsrMode::Async/>
        <Route path=path!("/confirm-password") view=Inside::ConfirmPassword ssr=SsrMode::Async/>
        <Route path=path!("/company/activity") view=Inside::CompanyActivity ssr=SsrMode::Async/>
        <Route path=path!("/users") view=pages::Users ssr=SsrMode::Async/>
        <Route path=path!("/users/contacts") view=Inside::UsersContacts ssr=SsrMode::Async/>
        <Route path=path!("/users/contacts/:number") view=Inside::UsersContact ssr=SsrMode::Async/>
        <Route path=path!("/users/requests") view=Inside::UsersRequests ssr=SsrMode::Async/>
        <Route path=path!("/users/requests/:id") view=Inside::UsersRequest ssr=SsrMode::Async/>
        <Route path=path!("/users/requests/:id/decline") view=Inside::UsersDecline ssr=SsrMode::Async/>
        <Route path=path!("/users/invitations") view=Inside::UsersInvitations ssr=SsrMode::Async/>
        <Route path=path!("/users/differences") view=Inside::UsersDifferences ssr=SsrMode::Async/>
        <Route path=path!("/users/review") view=Inside::UsersReview ssr=SsrMode::Async/>
        <Route path=path!("/users/matching") view=Inside::UsersMatching ssr=SsrMode::Async/>
        <Route path=path!("/users/import") view=Inside::UsersImport ssr=SsrMode::Async/>
        <Route path=path!("/users/results/:id") view=Inside::UsersResult ssr=SsrMode::Async/>
        <Route path=path!("/users/new") view=Inside::UsersNew ssr=SsrMode::Async/>
        <Route path=path!("/users/roles") view=Inside::UsersRoles ssr=SsrMode::Async/>
        <Route path=path!("/users/roles/new") view=Inside::UsersRole ssr=SsrMode::Async/>
        <Route path=path!("/users/roles/:id") view=Inside::UsersRole ssr=SsrMode::Async/>
        <Route path=path!("/users/settings") view=Inside::UsersSettings ssr=SsrMode::Async/>
        <Route path=path!("/users/:id") view=Inside::UsersUser ssr=SsrMode::Async/>
        <Route path=path!("/office") view=Office::Office ssr=SsrMode::Async/>
        <Route path=path!("/office/erp") view=Records::OfficeErp ssr=SsrMode::Async/>
        <Route path=path!("/office/erp/imports") view=Records::OfficeErpImports ssr=SsrMode::Async/>
        <Route path=path!("/office/erp/imports/:id") view=Records::OfficeErpImport ssr=SsrMode::Async/>
        <Route path=path!("/office/erp/requests") view=Records::OfficeErpRequests ssr=SsrMode::Async/>
        <Route path=path!("/office/features") view=Settings::OfficeFeatures ssr=SsrMode::Async/>
        <Route path=path!("/office/shop") view=Settings::OfficeShop ssr=SsrMode::Async/>
        <Route path=path!("/office/companies/:id/address") view=Settings::OfficeAddress ssr=SsrMode::Async/>
        <Route path=path!("/office/sign-in") view=Office::OfficeSignIn ssr=SsrMode::Async/>
        <Route path=path!("/office/me") view=Office::OfficeOwnAccount ssr=SsrMode::Async/>
        <Route path=path!("/office/me/password") view=Office::OfficeMyPassword ssr=SsrMode::Async/>
        <Route path=path!("/office/me/passkey") view=Office::OfficePasskey ssr=SsrMode::Async/>
        <Route path=path!("/office/confirm-password") view=Office::OfficeConfirmPassword ssr=SsrMode::Async/>
        <Route path=path!("/office/staff") view=Office::OfficeStaff ssr=SsrMode::Async/>
        <Route path=path!("/office/staff/new") view=Office::OfficeStaffNew ssr=SsrMode::Async/>
        <Route path=path!("/office/staff/:id") view=Office::OfficeStaffPerson ssr=SsrMode::Async/>
        <Route path=path!("/office/set-password") view=Office::OfficeSetPassword ssr=SsrMode::Async/>
        <Route path=path!("/office/customers") view=Office::OfficeCustomers ssr=SsrMode::Async/>
        <Route path=path!("/office/customers/many") view=Office::OfficeCustomersMany ssr=SsrMode::Async/>
        <Route path=path!("/office/customers/results/:id") view=Office::OfficeCustomersResult ssr=SsrMode::Async/>
        <Route path=path!("/office/customers/:number") view=Office::OfficeCustomer ssr=SsrMode::Async/>
        <Route path=path!("/office/customers/:number/access") view=Office::OfficeCustomerAccess ssr=SsrMode::Async/>
        <Route path=path!("/office/customers/:number/invoices") view=Office::OfficeCustomerInvoices ssr=SsrMode::Async/>
        <Route path=path!("/office/mail") view=Records::OfficeMail ssr=SsrMode::Async/>
        <Route path=path!("/office/mail/results/:id") view=Records::OfficeMailResult ssr=SsrMode::Async/>
        <Route path=path!("/office/mail/:id") view=Records::OfficeMailRecord ssr=SsrMode::Async/>
        <Route path=path!("/office/second-step") view=Office::OfficeSecondStep ssr=SsrMode::Async/>
        <Route path=path!("/office/templates") view=Settings::OfficeTemplates ssr=SsrMode::Async/>
        <Route path=path!("/office/templates/preferences") view=Settings::OfficeMailPreferences ssr=SsrMode::Async/>
        <Route path=path!("/office/templates/:kind/:locale") view=Settings::OfficeTemplate ssr=SsrMode::Async/>
        <Route path=path!("/office/templates/:kind/:locale/versions/:version") view=Settings::OfficeTemplateVersion ssr=SsrMode::Async/>
        <Route path=path!("/office/users") view=Office::OfficeUsers ssr=SsrMode::Async/>
        <Route path=path!("/office/companies/:id") view=Office::OfficeCompany ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id") view=Office::OfficeUser ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id/view") view=People::OfficeViewAs ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id/erase") view=People::OfficeErase ssr=SsrMode::Async/>
        <Route path=path!("/office/audit") view=Records::OfficeAudit ssr=SsrMode::Async/>
        <Route path=path!("/office/audit/chain") view=Records::OfficeAuditChain ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id/move") view=People::OfficeMove ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id/code") view=People::OfficeCode ssr=SsrMode::Async/>
        <Route path=path!("/office/users/:id/merge") view=People::OfficeMerge ssr=SsrMode::Async/>
        <Route path=path!("/inbox") view=Developers::Inbox ssr=SsrMode::Async/>
        <Route path=path!("/inbox/:id") view=Developers::InboxMail ssr=SsrMode::Async/>
        <Route path=path!("/gallery") view=Developers::Gallery ssr=SsrMode::Async/>
    </Routes>
    }
}
