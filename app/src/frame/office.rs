use leptos::prelude::*;

use super::{PlainFrame, use_viewer};
use crate::form::{PostForm, use_form};
use crate::i18n::{staff_role_name, use_text};
use crate::ui::{Button, Look, NavGroup, NavLink, Shell};

/// The frame of the Back Office's pages. Without a session it is the plain one, around the page that
/// says so.
#[component]
pub(crate) fn OfficeFrame(
    /// The page
    children: ChildrenFn,
) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let Some(staff) = viewer.office.clone() else {
        return view! { <PlainFrame>{children()}</PlainFrame> }.into_any();
    };
    let first = vec![NavLink::new(t.office_dashboard(), "/office").exact()];
    let groups = vec![NavGroup::plain(first)];
    let form = use_form("/api/office/sign_out");
    view! {
        <Shell
            brand=t.office_of(&viewer.shop)
            home="/office"
            groups=groups
            person=staff.name
            organisation=staff_role_name(t, staff.role)
            sign_out=move || view! { <PostForm form><Button look=Look::Quiet>{t.sign_out()}</Button></PostForm> }
        >
            {children()}
        </Shell>
    }
    .into_any()
}
