use leptos::prelude::*;
use model::{Permission, Scope, UserCounts};

use crate::frame::use_viewer;
use crate::i18n::use_text;
use crate::ui::{LinkButton, Look, PageHead, StatCard, Stats, Tab, Tabs};

/// Which of the lists is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Users,
    Contacts,
    Requests,
    Invitations,
    Differences,
    Review,
    Roles,
}

/// Heading, the primary button and the tabs that the lists share.
#[component]
pub(super) fn UsersHead(
    shown: Shown,
    company: String,
    counts: UserCounts,
    can_manage: bool,
    /// Where the list can be had as a file
    #[prop(optional, into)]
    export: Option<String>,
) -> impl IntoView {
    let t = use_text();
    let size = |n: u32| usize::try_from(n).unwrap_or_default();
    let mut tabs =
        vec![Tab::new(t.tab_users(), "/users").count(size(counts.all.n)).current(shown == Shown::Users)];
    if counts.contacts > 0 || shown == Shown::Contacts {
        tabs.push(
            Tab::new(t.tab_contacts(), "/users/contacts")
                .count(size(counts.contacts))
                .current(shown == Shown::Contacts),
        );
    }
    if counts.requests.n > 0 || shown == Shown::Requests {
        let tab = Tab::new(t.tab_requests(), "/users/requests").count(size(counts.requests.n));
        tabs.push(tab.current(shown == Shown::Requests));
    }
    if counts.invitations.n > 0 || shown == Shown::Invitations {
        let tab = Tab::new(t.tab_invitations(), "/users/invitations").count(size(counts.invitations.n));
        tabs.push(tab.current(shown == Shown::Invitations));
    }
    if can_manage {
        let mut tab = Tab::new(t.tab_differences(), "/users/differences");
        if counts.differences.n > 0 {
            tab = tab.count(size(counts.differences.n));
        }
        tabs.push(tab.current(shown == Shown::Differences));
        tabs.push(Tab::new(t.tab_review(), "/users/review").current(shown == Shown::Review));
    }
    let user = use_viewer().user;
    if user.is_some_and(|user| user.grants.allow(Permission::RolesManage, Scope::Company)) {
        tabs.push(Tab::new(t.tab_roles(), "/users/roles").current(shown == Shown::Roles));
    }
    let stats = vec![
        StatCard::new(t.stat_active(), counts.active.to_string()).href("/users?status=active"),
        StatCard::new(t.stat_waiting(), counts.invitations.to_string()).href("/users/invitations"),
        StatCard::new(t.stat_contacts(), counts.contacts.to_string()).href("/users/contacts"),
    ];
    let actions = move || {
        let export = export.map(|href| {
            view! { <LinkButton href=href external=true>{t.export_csv()}</LinkButton> }.into_any()
        });
        let role = (shown == Shown::Roles).then(|| {
            view! { <LinkButton href="/users/roles/new" look=Look::Primary>{t.new_role()}</LinkButton> }
                .into_any()
        });
        let add = (can_manage && shown != Shown::Roles).then(|| {
            view! {
                <LinkButton href="/users/import">{t.import_users()}</LinkButton>
                <LinkButton href="/users/new" look=Look::Primary>{t.request_user()}</LinkButton>
            }
            .into_any()
        });
        view! { {export} {add} {role} }.into_any()
    };
    view! {
        <PageHead title=t.nav_users() lead=t.users_lead(&company) actions=actions/>
        <Stats cards=stats/>
        <Tabs label=t.user_lists() tabs=tabs/>
    }
    .into_any()
}
