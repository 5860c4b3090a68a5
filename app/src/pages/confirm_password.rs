use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::form::{PostForm, use_form};
use crate::frame::{CurrentPassword, Frame};
use crate::i18n::use_text;
use crate::ui::{
    Actions, Banner, Button, ErrorSummary, LinkButton, Look, Narrow, Notice, PageHead, PageTitle, Stack,
};

/// Asks for the password again before a file is handed out. The file follows in this place; the page
/// that it belongs to is one link away.
#[component]
pub fn ConfirmPassword() -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    view! { <Frame><Ask next=next.clone()/></Frame> }
}

#[component]
fn Ask(
    /// The address of the file
    next: String,
) -> impl IntoView {
    let t = use_text();
    let (back, place) = if next.starts_with("/users") {
        ("/users", t.nav_users())
    } else {
        ("/company/activity", t.nav_activity())
    };
    let form = use_form("/api/accounts/confirm_password");
    let accepted = RwSignal::new(false);
    form.on_accepted(move || accepted.set(true));
    view! {
        <PageTitle text=t.confirm_password() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        {move || accepted.get().then(|| view! { <Banner kind=Notice::Ok>{t.file_on_its_way()}</Banner> }.into_any())}
        <PageHead
            title=t.confirm_password()
            lead=t.confirm_password_lead()
            parent=(back.to_owned(), place.to_owned())
        />
        <Narrow>
            <PostForm form>
                <input type="hidden" name="next" value=next/>
                <Stack>
                    <CurrentPassword form hint=t.confirm_password_hint()/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.activation_continue()}</Button>
                        <LinkButton href=back look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
