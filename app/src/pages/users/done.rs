use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use crate::form::{PostForm, use_form};
use crate::frame::{DoneNotice, SendAgain, say_done};
use crate::i18n::{Text, use_text};
use crate::ui::{Button, ErrorSummary, Look, Stack};

/// What was done to a user just before, and Undo where it can be taken back.
#[component]
pub(super) fn UserDone() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    let location = use_location();
    let undo = Callback::new(move |code: String| {
        if !matches!(code.as_str(), "deactivated" | "revoked") {
            return None;
        }
        let user = query.with(|q| q.get("user"))?;
        let back = location.pathname.get_untracked();
        let form = use_form("/api/users/activate");
        Some(
            view! {
                <Stack>
                    <ErrorSummary errors=form.errors()/>
                    <SendAgain form/>
                    <PostForm form>
                        <input type="hidden" name="user" value=user/>
                        <input type="hidden" name="back" value=back/>
                        <Button look=Look::Secondary busy=form.busy()>{t.undo()}</Button>
                    </PostForm>
                </Stack>
            }
            .into_any(),
        )
    });
    say_done(words);
    view! { <DoneNotice words=words undo=undo/> }
}

fn words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "activated" => Some(t.done_activated()),
        "company_activated" => Some(t.done_company_activated()),
        "deactivated" => Some(t.done_deactivated()),
        "declined" => Some(t.done_declined()),
        "invited" => Some(t.done_invited()),
        "resent" => Some(t.done_resent()),
        "revoked" => Some(t.done_revoked()),
        "taken_over" => Some(t.done_taken_over()),
        "told" => Some(t.done_told()),
        "ignored" => Some(t.done_ignored()),
        "confirmed" => Some(t.done_confirmed()),
        "confirmed_some" => Some(t.done_confirmed_some()),
        "review_finished" => Some(t.done_review_finished()),
        "recalled" => Some(t.done_recalled()),
        "password_link_sent" => Some(t.done_password_link()),
        "role_created" => Some(t.done_role_created()),
        "role_saved" => Some(t.done_role_saved()),
        "role_deleted" => Some(t.done_role_deleted()),
        "saved" => Some(t.done_saved()),
        "email_waits" => Some(t.done_email_waits()),
        _ => None,
    }
}
