use leptos::prelude::*;
use model::{BulkAction, Role, RoleLabel, UserId};

use super::list::role_choices;
use crate::form::{Form, PostForm};
use crate::i18n::use_text;
use crate::ui::{BulkBar, Button, Dialog, FilterSelect, Look};

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

/// What can be done to the ticked users, around their table.
#[component]
pub(super) fn ManyUsers(
    form: Form,
    /// Everybody on the page, for the box that stands for all.
    on_page: Vec<UserId>,
    /// The list as it is shown
    back: String,
    /// The roles that the company made itself.
    own_roles: Vec<RoleLabel>,
    /// The table
    children: Children,
) -> impl IntoView {
    let t = use_text();
    let roles = role_choices(t, &own_roles).collect();
    let confirmed = move || {
        view! { <Button look=Look::Danger name="action" value=BulkAction::Deactivate.key()>{t.deactivate_users()}</Button> }.into_any()
    };
    let actions = view! {
        // The first button is also the one that Enter presses: one that Undo follows.
        {act(BulkAction::Activate, t.activate())}
        {act(BulkAction::ResendInvitation, t.resend_invitations())}
        <FilterSelect name="bulk_role" label=t.bulk_role() options=roles value=Role::Buyer.key()/>
        {act(BulkAction::AddRole, t.add_role())}
        {act(BulkAction::RemoveRole, t.remove_role())}
        <Button opens=DEACTIVATE>{t.deactivate_ask()}</Button>
    };
    view! {
        <ManyForm form on_page back actions=actions.into_any()>
            {children()}
            <Dialog id=DEACTIVATE title=t.deactivate_title() keep=t.deactivate_keep() actions=confirmed>
                {t.deactivate_text()}
            </Dialog>
        </ManyForm>
    }
    .into_any()
}

/// The question before several people are switched off.
const DEACTIVATE: &str = "deactivate-users";
