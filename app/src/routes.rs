//! The pages by their addresses, and the parts of the program that hold them. The browser fetches a
//! part when the first of its pages is opened, so that no page waits for the code of all.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::components::{Route, Routes};
use leptos_router::{ChooseView, SsrMode, path};

use crate::pages;

/// Pages that are fetched together, as one part of the program of that name.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident, $name:ident, $load:ident: $($page:ident),+) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
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
                leptos::prefetch_lazy_fn_on_server(stringify!($name));
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
    SignIn, CompanySignIn, ForgotPassword, SetPassword, ConfirmEmail, Activate, ActivateYou, ActivateCode, ActivateResult
);

part!(
    /// What is about oneself and the own company.
    Own, own, load_own:
    Overview, Profile, ProfilePassword, ProfileEmail, ProfileSessions, ProfileActivity, CompanyActivity
);

part!(
    /// The lists of users management.
    Lists, lists, load_lists:
    Users, UsersContacts, UsersRequests, UsersInvitations, UsersDifferences, UsersReview
);

part!(
    /// What is done in users management.
    Forms, forms, load_forms:
    UsersContact, UsersRequest, UsersDecline, UsersImport, UsersResult, UsersNew, UsersUser
);

part!(
    /// Mails of the demo, and the components.
    Developers, developers, load_developers:
    Inbox, InboxMail, Gallery
);

/// A part can't be fetched: the network is gone, or the host has a newer version. A page that is already
/// there stays as the host rendered it, which works without script; a page that was asked for is
/// loaded as a whole.
async fn without_this_part() {
    let hydrating = Owner::current_shared_context().is_some_and(|context| context.get_is_hydrating());
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
        <Route path=path!("/") view=Own::Overview ssr=SsrMode::Async/>
        <Route path=path!("/sign-in") view=Entry::SignIn ssr=SsrMode::Async/>
        <Route path=path!("/c/:slug") view=Entry::CompanySignIn ssr=SsrMode::Async/>
        <Route path=path!("/forgot-password") view=Entry::ForgotPassword ssr=SsrMode::Async/>
        <Route path=path!("/set-password") view=Entry::SetPassword ssr=SsrMode::Async/>
        <Route path=path!("/confirm-email") view=Entry::ConfirmEmail ssr=SsrMode::Async/>
        <Route path=path!("/activate") view=Entry::Activate ssr=SsrMode::Async/>
        <Route path=path!("/activate/you") view=Entry::ActivateYou ssr=SsrMode::Async/>
        <Route path=path!("/activate/code") view=Entry::ActivateCode ssr=SsrMode::Async/>
        <Route path=path!("/activate/result") view=Entry::ActivateResult ssr=SsrMode::Async/>
        <Route path=path!("/profile") view=Own::Profile ssr=SsrMode::Async/>
        <Route path=path!("/profile/password") view=Own::ProfilePassword ssr=SsrMode::Async/>
        <Route path=path!("/profile/email") view=Own::ProfileEmail ssr=SsrMode::Async/>
        <Route path=path!("/profile/sessions") view=Own::ProfileSessions ssr=SsrMode::Async/>
        <Route path=path!("/profile/activity") view=Own::ProfileActivity ssr=SsrMode::Async/>
        <Route path=path!("/company/activity") view=Own::CompanyActivity ssr=SsrMode::Async/>
        <Route path=path!("/users") view=Lists::Users ssr=SsrMode::Async/>
        <Route path=path!("/users/contacts") view=Lists::UsersContacts ssr=SsrMode::Async/>
        <Route path=path!("/users/contacts/:number") view=Forms::UsersContact ssr=SsrMode::Async/>
        <Route path=path!("/users/requests") view=Lists::UsersRequests ssr=SsrMode::Async/>
        <Route path=path!("/users/requests/:id") view=Forms::UsersRequest ssr=SsrMode::Async/>
        <Route path=path!("/users/requests/:id/decline") view=Forms::UsersDecline ssr=SsrMode::Async/>
        <Route path=path!("/users/invitations") view=Lists::UsersInvitations ssr=SsrMode::Async/>
        <Route path=path!("/users/differences") view=Lists::UsersDifferences ssr=SsrMode::Async/>
        <Route path=path!("/users/review") view=Lists::UsersReview ssr=SsrMode::Async/>
        <Route path=path!("/users/import") view=Forms::UsersImport ssr=SsrMode::Async/>
        <Route path=path!("/users/results/:id") view=Forms::UsersResult ssr=SsrMode::Async/>
        <Route path=path!("/users/new") view=Forms::UsersNew ssr=SsrMode::Async/>
        <Route path=path!("/users/:id") view=Forms::UsersUser ssr=SsrMode::Async/>
        <Route path=path!("/inbox") view=Developers::Inbox ssr=SsrMode::Async/>
        <Route path=path!("/inbox/:id") view=Developers::InboxMail ssr=SsrMode::Async/>
        <Route path=path!("/gallery") view=Developers::Gallery ssr=SsrMode::Async/>
    </Routes>
    }
}
