use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::UsersSettings as Page;

use crate::api::second_step::Settings;
use crate::form::{PostForm, on_repeat, use_form};
use crate::frame::{DoneNotice, Frame, PasswordAgain, say_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{Card, CheckField, ErrorSummary, Hint, Narrow, PageHead, PageTitle, SaveBar, Stack};

/// What counts for all users of the company.
#[component]
pub fn UsersSettings() -> impl IntoView {
    let query = use_query_map();
    // What was done just before has changed the page.
    let page = use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || Settings {});
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <Frame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "settings_saved").then(|| t.done_settings_saved())
}

fn shown(page: Page) -> AnyView {
    let t = use_text();
    let form = use_form("/api/users/require_second_step");
    let required = form.ticked("required", "true", page.second_step_required);
    let you_too = (page.you_too && !page.second_step_required)
        .then(|| view! { <Hint>{t.require_you_too()}</Hint> }.into_any());
    view! {
        <Narrow>
            <PageTitle text=format!("{} · {}", t.users_settings(), t.nav_users()) error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead
                title=t.users_settings()
                lead=t.users_settings_lead(&page.company)
                parent=("/users".to_owned(), t.nav_users().to_owned())
            />
            <PostForm form>
                <Stack>
                    <Card title=t.two_step()>
                        <Stack>
                            <CheckField
                                name="required"
                                label=t.require_second_step()
                                hint=t.require_second_step_hint()
                                checked=required
                                switch=true
                            />
                            <Hint>{t.without_second_step(page.without.to_string())}</Hint>
                            {you_too}
                            <PasswordAgain form/>
                        </Stack>
                    </Card>
                    <SaveBar discard="/users/settings" busy=form.busy()/>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
