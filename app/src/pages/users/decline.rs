use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{AccessRequestPage, DECLINE_REASON_MAX};

use super::requests::RequestFacts;
use crate::api::users::AccessRequest;
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, Stack, TextArea,
};

/// *Decline request*: with a reason, if one is to be given.
#[component]
pub fn UsersDecline() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = use_data(move || id.get(), move || AccessRequest { request: id.get_untracked() });
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(page: AccessRequestPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/decline_access");
    let id = page.request.id.to_string();
    view! {
        <Narrow>
            <PageTitle text=t.decline_request() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=t.decline_request() lead=t.decline_lead() parent=("/users/requests".to_owned(), t.tab_requests().to_owned())/>
            <Stack>
                <RequestFacts row=page.request/>
                <PostForm form>
                    <Stack>
                        <input type="hidden" name="request" value=id/>
                        <TextArea
                            name="reason"
                            label=t.decline_reason()
                            hint=t.decline_reason_hint()
                            optional=true
                            limit=DECLINE_REASON_MAX
                            value=form.value("reason", "")
                            error=form.error("reason")
                        />
                        <Actions>
                            <Button look=Look::Danger busy=form.busy() busy_label=t.sending()>{t.decline_request()}</Button>
                            <LinkButton href="/users/requests" look=Look::Quiet>{t.cancel()}</LinkButton>
                        </Actions>
                    </Stack>
                </PostForm>
            </Stack>
        </Narrow>
    }
    .into_any()
}
