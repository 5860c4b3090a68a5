use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ErrorCode, MatchingPage, Role, UsersQuery};

use super::list::{address, chip_role};
use super::many::{DEACTIVATE, deactivate, user_actions};
use crate::api::many::MatchingForm;
use crate::form::{PostForm, use_form};
use crate::frame::{Frame, SendAgain};
use crate::i18n::{Text, status_text, use_text};
use crate::load::{Loaded, read, use_data};
use crate::ui::{
    Actions, Banner, Card, Dialog, Empty, EmptyState, ErrorSummary, Hint, LinkButton, Notice, PageHead,
    PageTitle, Stack,
};

/// What can be done to everybody whom the list finds: the filter stands in the address, and the number of users
/// that the page shows is sent along.
#[component]
pub fn UsersMatching() -> impl IntoView {
    let asked = asked();
    let page = use_data(String::new, move || MatchingForm::of(&asked));
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

/// Whom the page's address means.
fn asked() -> UsersQuery {
    let query = use_query_map().with_untracked(|q| UsersQuery::read(|name| q.get(name)));
    UsersQuery { after: None, before: None, ..query }
}

fn shown(page: MatchingPage) -> AnyView {
    let t = use_text();
    let query = asked();
    let form = use_form("/api/users/start_matching");
    let count = RwSignal::new(page.count);
    let refusal = form.refusal();
    let changed = move || refusal.with(|e| e.as_ref().is_some_and(|e| e.code == ErrorCode::Conflict));
    let ask = query.clone();
    // Without script the page was loaded anew.
    Effect::new(move |_| {
        if changed() {
            let ask = MatchingForm::of(&ask);
            leptos::task::spawn_local(async move {
                if let Ok(page) = read(ask).await {
                    count.try_set(page.count);
                }
            });
        }
    });
    let title = Signal::derive(move || match count.get() {
        1 => t.one_matching().to_owned(),
        count => t.matching_users(count),
    });
    let lead = filter_text(t, &query, &page);
    let back = address(&query);
    let head = view! { <PageHead title=title lead=lead parent=(back.clone(), t.nav_users().to_owned())/> };
    if page.count == 0 {
        return view! {
            <PageTitle text=t.matching_title()/>
            {head}
            <Card>
                <EmptyState kind=Empty::NoMatch title=t.no_match_title() text=t.no_match_text()>
                    <LinkButton href=back>{t.back_to_users()}</LinkButton>
                </EmptyState>
            </Card>
        }
        .into_any();
    }
    let fields = MatchingForm::of(&query);
    let role = form.value("bulk_role", Role::Buyer.key());
    view! {
        <PageTitle text=t.matching_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <SendAgain form/>
        {head}
        {move || changed().then(|| view! { <Banner kind=Notice::Warn>{t.matching_changed()}</Banner> }.into_any())}
        <Card>
            <PostForm form>
                <Stack>
                    <Hint>{t.matching_lead()}</Hint>
                    <input type="hidden" name="q" value=fields.q/>
                    <input type="hidden" name="status" value=fields.status/>
                    <input type="hidden" name="role" value=fields.role/>
                    <input type="hidden" name="count" prop:value=move || count.get().to_string() value=page.count.to_string()/>
                    <Actions>{user_actions(t, &page.own_roles, role)}</Actions>
                </Stack>
                <Question count/>
            </PostForm>
        </Card>
    }
    .into_any()
}

/// The question before they are switched off.
#[component]
fn Question(count: RwSignal<u32>) -> impl IntoView {
    let t = use_text();
    move || {
        view! {
            <Dialog id=DEACTIVATE title=t.deactivate_all_title(count.get()) keep=t.deactivate_keep() actions=move || deactivate(t)>
                {t.deactivate_text()}
            </Dialog>
        }
    }
}

/// The filter in words.
fn filter_text(t: Text, query: &UsersQuery, page: &MatchingPage) -> String {
    let search = (!query.q.is_empty()).then(|| t.chip_search(&query.q));
    let status = query.status.map(|status| t.chip_status(status_text(t, status)));
    let role = query.role.map(|role| chip_role(t, role, &page.own_roles));
    let parts: Vec<_> = [search, status, role].into_iter().flatten().collect();
    if parts.is_empty() { t.matching_everybody().to_owned() } else { parts.join(" · ") }
}
