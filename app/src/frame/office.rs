use leptos::prelude::*;
use model::OfficeRight;

use super::{PlainFrame, use_viewer};
use crate::address::address;
use crate::form::{PostForm, use_form};
use crate::i18n::{Text, staff_role_name, use_text};
use crate::ui::{Button, LinkButton, Look, NavGroup, NavLink, Shell};

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
    let mut groups = vec![NavGroup::plain(vec![NavLink::new(t.office_dashboard(), "/office").exact()])];
    for (group, title) in [
        (Group::Customers, t.office_customers_group()),
        (Group::Mails, t.office_mails_group()),
        (Group::Running, t.office_running_group()),
        (Group::Settings, t.office_settings_group()),
    ] {
        let open = places(t).into_iter().filter(|place| place.0 == group && staff.role.allows(place.1));
        let links: Vec<NavLink> = open.map(|(_, _, words, path)| NavLink::new(words, path)).collect();
        if !links.is_empty() {
            groups.push(NavGroup::named(title, links));
        }
    }
    groups.push(NavGroup::plain(vec![NavLink::new(t.office_me(), "/office/me")]));
    let form = use_form("/api/office/sign_out");
    view! {
        <Shell
            brand=t.office_of(&viewer.shop)
            logo=viewer.logo.clone()
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

/// A link to what the audit tells of a person or company, for who may read it: which filter, and what it looks for.
pub(crate) fn link_to_audit(filter: &str, sought: &str) -> Option<AnyView> {
    let reads = use_viewer().office.is_some_and(|staff| staff.role.allows(OfficeRight::AuditView));
    reads.then(|| {
        let href = address("/office/audit", &[(filter, sought.to_owned())]);
        view! { <LinkButton href=href>{use_text().audit_show()}</LinkButton> }.into_any()
    })
}

/// What belongs together in the navigation.
#[derive(Clone, Copy, PartialEq)]
enum Group {
    Customers,
    Mails,
    Running,
    Settings,
}

/// The places of the Back Office: where they stand, the right to see them, words and path.
fn places(t: Text) -> Vec<(Group, OfficeRight, &'static str, &'static str)> {
    use OfficeRight as R;
    vec![
        (Group::Mails, R::MailView, t.mails(), "/office/mail"),
        (Group::Mails, R::TemplatesView, t.templates(), "/office/templates"),
        (Group::Settings, R::ShopView, t.office_features(), "/office/features"),
        (Group::Settings, R::ShopView, t.office_shop(), "/office/shop"),
        (Group::Customers, R::UsersView, t.office_users(), "/office/users"),
        (Group::Customers, R::CustomersView, t.customers(), "/office/customers"),
        (Group::Running, R::AuditView, t.audit(), "/office/audit"),
        (Group::Running, R::ErpView, t.erp(), "/office/erp"),
        (Group::Settings, R::StaffView, t.office_staff(), "/office/staff"),
    ]
}
