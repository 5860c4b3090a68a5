use leptos::prelude::*;
use model::{BulkAction, Role, RoleLabel, UserId};

use super::list::role_choices;
use crate::form::{Form, PostForm};
use crate::i18n::use_text;
use crate::ui::{BulkBar, Button, Dialog, FilterSelect, Look};

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
    let on_page = on_page
        .into_iter()
        .map(|id| view! { <input type="hidden" name="on_page" value=id.to_string()/> })
        .collect_view();
    let roles = role_choices(t, &own_roles).collect();
    let act = |action: BulkAction, words: &'static str| {
        view! { <Button name="action" value=action.key()>{words}</Button> }
    };
    let confirmed = move || {
        view! { <Button look=Look::Danger name="action" value=BulkAction::Deactivate.key()>{t.deactivate_users()}</Button> }
    };
    view! {
        <PostForm form>
            <input type="hidden" name="back" value=back/>
            {on_page}
            <BulkBar>
                // The first button is also the one that Enter presses: one that Undo follows.
                {act(BulkAction::Activate, t.activate())}
                {act(BulkAction::ResendInvitation, t.resend_invitations())}
                <FilterSelect name="bulk_role" label=t.bulk_role() options=roles value=Role::Buyer.key()/>
                {act(BulkAction::AddRole, t.add_role())}
                {act(BulkAction::RemoveRole, t.remove_role())}
                <Button opens=DEACTIVATE>{t.deactivate_ask()}</Button>
            </BulkBar>
            {children()}
            <Dialog id=DEACTIVATE title=t.deactivate_title() keep=t.deactivate_keep() actions=confirmed>
                {t.deactivate_text()}
            </Dialog>
        </PostForm>
    }
    .into_any()
}

/// The question before several people are switched off.
const DEACTIVATE: &str = "deactivate-users";
