use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{PersonPage, UserStatus, VIEW_REASON_MAX};

use super::use_person;
use crate::form::{PostForm, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Actions, Banner, Button, CheckField, Choice, ErrorSummary, Hint, LinkButton, Look, Narrow, Notice,
    PageHead, PageTitle, SelectField, Stack, TextArea,
};

/// *View as*: why, and whether changes are allowed.
#[component]
pub fn OfficeViewAs() -> impl IntoView {
    let page = use_person();
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: PersonPage) -> AnyView {
    view! { <ViewForm page/> }.into_any()
}

#[component]
fn ViewForm(page: PersonPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/users_view_as");
    let back = format!("/office/users/{}", page.id);
    let cancel = back.clone();
    let open = page.places.iter().filter(|place| {
        place.open && !page.erased && matches!(place.status, UserStatus::Active | UserStatus::Locked)
    });
    let company = |place: &model::PersonPlace| place.company.map(|id| id.to_string()).unwrap_or_default();
    let places: Vec<Choice> = open.map(|place| Choice::new(company(place), place.name.clone())).collect();
    let wanted = use_query_map().with_untracked(|q| q.get("company")).unwrap_or_default();
    let title = t.view_title(&page.name);
    let fields = if places.is_empty() {
        view! { <Banner kind=Notice::Info>{t.view_nowhere()}</Banner> }.into_any()
    } else {
        view! {
            <PostForm form>
                <Stack>
                    <input type="hidden" name="person" value=page.id.to_string()/>
                    <SelectField name="company" label=t.view_for() options=places value=form.value("company", wanted)/>
                    <TextArea
                        name="reason"
                        label=t.view_reason()
                        hint=t.view_reason_hint()
                        limit=VIEW_REASON_MAX
                        value=form.value("reason", "")
                        error=form.error("reason")
                    />
                    <CheckField
                        name="acts"
                        label=t.view_acts()
                        hint=t.view_acts_hint()
                        checked=form.ticked("acts", "true", false)
                    />
                    <Hint>{t.view_replaces()}</Hint>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.view_begin()}</Button>
                        <LinkButton href=cancel look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <Narrow>
            <PageTitle text=title.clone() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=title lead=t.view_lead() parent=(back, page.name)/>
            {fields}
        </Narrow>
    }
    .into_any()
}
