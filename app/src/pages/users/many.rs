use leptos::prelude::*;
use model::{BulkAction, Role, RoleLabel, UserId};

use super::list::role_choices;
use crate::form::{Form, PostForm};
use crate::i18n::{Text, use_text};
use crate::ui::{BulkBar, Button, Dialog, FilterSelect, LinkButton, Look};

/// The form around a table with boxes to tick: what can be done to the ticked rows stands above it.
#[component]
pub(super) fn ManyForm(
    form: Form,
    /// Everybody on the page, for the box that stands for all.
    on_page: Vec<UserId>,
    /// The list as it is shown
    #[prop(into)]
    back: String,
    /// What can be done
    actions: AnyView,
    /// The table, and the questions that the actions ask
    children: Children,
) -> impl IntoView {
    let on_page = on_page
        .into_iter()
        .map(|id| view! { <input type="hidden" name="on_page" value=id.to_string()/> }.into_any())
        .collect_view();
    view! {
        <PostForm form>
            <input type="hidden" name="back" value=back/>
            {on_page}
            <BulkBar>{actions}</BulkBar>
            {children()}
        </PostForm>
    }
    .into_any()
}

/// The button for one of the things that can be done.
pub(super) fn act(action: BulkAction, words: &'static str) -> impl IntoView {
    view! { <Button name="action" value=action.key()>{words}</Button> }
}

/// What can be done to users, but for switching them off, which is asked for by the dialog [`DEACTIVATE`].
pub(super) fn user_actions(t: Text, own_roles: &[RoleLabel], role: String) -> AnyView {
    let roles = role_choices(t, own_roles).collect();
    view! {
        // The first button is also the one that Enter presses: one that Undo follows.
        {act(BulkAction::Activate, t.activate())}
        {act(BulkAction::ResendInvitation, t.resend_invitations())}
        <FilterSelect name="bulk_role" label=t.bulk_role() options=roles value=role/>
        {act(BulkAction::AddRole, t.add_role())}
        {act(BulkAction::RemoveRole, t.remove_role())}
        <Button opens=DEACTIVATE>{t.deactivate_ask()}</Button>
    }
    .into_any()
}

/// The button that switches users off.
pub(super) fn deactivate(t: Text) -> impl IntoView {
    view! { <Button look=Look::Danger name="action" value=BulkAction::Deactivate.key()>{t.deactivate_users()}</Button> }
}

/// What can be done to the ticked users, around their table.
#[component]
pub(super) fn ManyUsers(
    form: Form,
    /// Everybody on the page, for the box that stands for all.
    on_page: Vec<UserId>,
    /// The list as it is shown
    back: String,
    /// The page on which the same can be done to all whom the list finds.
    all: String,
    /// The roles that the company made itself.
    own_roles: Vec<RoleLabel>,
    /// The table
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let actions = view! {
        {user_actions(t, &own_roles, Role::Buyer.key().to_owned())}
        <LinkButton href=all>{t.all_matching()}</LinkButton>
    };
    view! {
        <ManyForm form on_page back actions=actions.into_any()>
            {children()}
            <Dialog id=DEACTIVATE title=t.deactivate_title() keep=t.deactivate_keep() actions=move || deactivate(t)>
                {t.deactivate_text()}
            </Dialog>
        </ManyForm>
    }
    .into_any()
}

/// The question before several people are switched off.
pub(super) const DEACTIVATE: &str = "deactivate-users";
