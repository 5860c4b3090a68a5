//! What stands around the pages: one frame for people who are signed in, one for the others.

mod again;
mod closed;
mod done;
mod office;
mod places;
mod preferences;
mod viewed;

pub(crate) use again::{CurrentPassword, PasswordAgain, SendAgain};
pub(crate) use closed::{ClosedPage, ClosedText};
pub(crate) use done::{DoneNotice, say_done, use_done};
use leptos::children::ViewFnOnce;
use leptos::prelude::*;
use model::{Permission, Scope, Viewer};
pub(crate) use office::{OfficeFrame, link_to_audit};
pub(crate) use places::{SwitchForm, SwitchRefused};
pub(crate) use preferences::{Appearance, Preferences};
use viewed::ViewBanner;

use crate::form::{PostForm, use_form};
use crate::i18n::{Text, use_text};
use crate::ui::{Button, Hint, Look, NavGroup, NavLink, PlainShell, Shell};

/// What the shell knows about the person looking.
pub(crate) fn use_viewer() -> Viewer {
    expect_context::<Viewer>()
}

/// The frame of the signed-in pages. Without a session it is the plain one, around the page
/// that says so.
#[component]
pub(crate) fn Frame(
    /// The page
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let Some(user) = viewer.user.clone() else {
        return view! { <PlainFrame>{children()}</PlainFrame> }.into_any();
    };
    let mut mine = vec![NavLink::new(t.nav_profile(), "/profile").key("p")];
    if user.grants.allow(Permission::UsersView, Scope::Company) {
        mine.push(NavLink::new(t.nav_users(), "/users").key("u"));
    } else if user.grants.allow(Permission::RolesManage, Scope::Company) {
        mine.push(NavLink::new(t.tab_roles(), "/users/roles"));
    }
    let mut first = vec![NavLink::new(t.nav_overview(), "/").exact().key("o")];
    if viewer.inbox {
        first.push(NavLink::new(t.nav_inbox(), "/inbox").key("i"));
    }
    let mut groups = vec![NavGroup::plain(first), NavGroup::named(t.nav_my_profile(), mine)];
    if user.grants.allow(Permission::AuditView, Scope::Company) {
        groups.push(NavGroup::named(
            t.nav_company(),
            vec![NavLink::new(t.nav_activity(), "/company/activity").key("a")],
        ));
    }
    let form = use_form("/api/accounts/sign_out");
    let switch = use_form("/api/accounts/switch_company");
    provide_context(SwitchForm(switch));
    let switcher = (!user.places.is_empty()).then(|| places::switcher(&user, switch));
    let notice = user.view.is_some().then(|| ViewFnOnce::from(|| view! { <ViewBanner/> }.into_any()));
    view! {
        <Shell
            brand=viewer.shop.clone()
            logo=viewer.logo.clone()
            home="/"
            groups=groups
            person=user.name
            organisation=user.acts_for
            help=help(t, &viewer)
            shortcuts=user.shortcuts
            switcher=move || switcher
            notice=notice
            sign_out=move || view! { <PostForm form><Button look=Look::Quiet>{t.sign_out()}</Button></PostForm> }
        >
            <SwitchRefused form=switch/>
            {children()}
        </Shell>
    }
    .into_any()
}

/// How to reach the shop, if it says so.
fn help(t: Text, viewer: &Viewer) -> Option<String> {
    (!viewer.shop_contact.is_empty()).then(|| t.need_help(&viewer.shop_contact))
}

/// The frame of the pages for everybody.
#[component]
pub(crate) fn PlainFrame(
    /// Room for a picture beside the form
    #[prop(optional)]
    wide: bool,
    /// The page
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let help = help(t, &viewer).map(|help| view! { <Hint>{help}</Hint> });
    view! {
        <PlainShell
            brand=viewer.shop.clone()
            logo=viewer.logo.clone()
            home="/sign-in"
            wide=wide
            footer=move || view! { <Preferences/>{help} }
        >
            <ViewBanner/>
            {children()}
        </PlainShell>
    }
    .into_any()
}
