use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::AccessRequestPage;

use super::fields::UserFields;
use super::requests::RequestFacts;
use crate::api::users::AccessRequest;
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, Pair, ReadOnlyField, Stack,
};

/// *Grant access*: the form of a new user, prefilled for who asks.
#[component]
pub fn UsersRequest() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = use_data(move || id.get(), move || AccessRequest { request: id.get_untracked() });
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(page: AccessRequestPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/grant_access");
    let id = page.request.id.to_string();
    let decline = format!("/users/requests/{id}/decline");
    let numbers = (!page.contact_number.is_empty()).then(|| {
        view! {
            <Pair>
                <ReadOnlyField id="customer-number" label=t.customer_number() value=page.customer_number hint=t.erp_hint()/>
                <ReadOnlyField id="contact-number" label=t.contact_number() value=page.contact_number hint=t.erp_hint()/>
            </Pair>
        }.into_any()
    });
    view! {
        <Narrow>
            <PageTitle text=t.grant_access() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=t.grant_access() lead=t.request_lead() parent=("/users/requests".to_owned(), t.tab_requests().to_owned())/>
            <Stack>
                <RequestFacts row=page.request/>
                <PostForm form>
                    <Stack>
                        <input type="hidden" name="request" value=id/>
                        {numbers}
                        <UserFields form start=page.form/>
                        <Actions>
                            <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.send_invitation()}</Button>
                            <LinkButton href=decline>{t.decline_request()}</LinkButton>
                            <LinkButton href="/users/requests" look=Look::Quiet>{t.cancel()}</LinkButton>
                        </Actions>
                    </Stack>
                </PostForm>
            </Stack>
        </Narrow>
    }
    .into_any()
}
