use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ActivityRow, Page};

use super::list::{Entries, count_text};
use crate::address::address;
use crate::api::activity::Mine;
use crate::frame::{Frame, use_viewer};
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{Card, Empty, EmptyState, Hint, PageHead, PageTitle, Pager, Stack};

/// What the person did, and what was done to the person's account.
#[component]
pub fn ProfileActivity() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|q| (q.get("after").unwrap_or_default(), q.get("before").unwrap_or_default()))
    });
    let key = move || asked.with(|(after, before)| [after, "/", before].concat());
    let page = use_data(key, move || {
        let (after, before) = asked.get_untracked();
        Mine { after, before }
    });
    view! {
        <Frame>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: Page<ActivityRow>) -> AnyView {
    let t = use_text();
    let Page { rows, total, before, after } = page;
    let link = |name, cursor: Option<String>| cursor.map(|c| address("/profile/activity", &[(name, c)]));
    let (previous, next) = (link("before", before), link("after", after));
    let list = if rows.is_empty() {
        view! { <EmptyState kind=Empty::Nothing title=t.nothing_done_title()/> }.into_any()
    } else {
        view! {
            <Entries rows/>
            <Pager summary=count_text(t, total) previous next/>
        }
        .into_any()
    };
    let several = use_viewer().user.filter(|user| !user.places.is_empty());
    let several =
        several.map(|user| view! { <Hint>{t.my_activity_one_company(&user.acts_for)}</Hint> }.into_any());
    view! {
        <PageTitle text=t.my_activity()/>
        <PageHead
            title=t.my_activity()
            lead=t.my_activity_lead()
            parent=("/profile".to_owned(), t.nav_profile().to_owned())
        />
        <Stack>
            <Card flush=true>{list}</Card>
            {several}
            <Hint>{t.my_activity_hint()}</Hint>
        </Stack>
    }
    .into_any()
}
