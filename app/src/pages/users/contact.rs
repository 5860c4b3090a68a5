use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::ContactPage;

use super::fields::UserFields;
use crate::api::users::ContactForm;
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, Pair, ReadOnlyField, Stack,
};

/// *Add user from ERP*
#[component]
pub fn UsersContact() -> impl IntoView {
    let params = use_params_map();
    let number = Memo::new(move |_| params.with(|p| p.get("number").unwrap_or_default()));
    let page = use_data(move || number.get(), move || ContactForm { contact_number: number.get_untracked() });
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(page: ContactPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/add_contact");
    let hint = page.form.email.is_empty().then(|| t.email_missing_hint().to_owned());
    view! {
        <Narrow>
            <PageTitle text=t.add_contact_title() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=t.add_contact_title() lead=t.request_lead() parent=("/users".to_owned(), t.nav_users().to_owned())/>
            <PostForm form>
                <Stack>
                    <input type="hidden" name="contact_number" value=page.contact_number.clone()/>
                    <Pair>
                        <ReadOnlyField id="customer-number" label=t.customer_number() value=page.customer_number hint=t.erp_hint()/>
                        <ReadOnlyField id="contact-number" label=t.contact_number() value=page.contact_number hint=t.erp_hint()/>
                    </Pair>
                    <UserFields form start=page.form email_hint=hint/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.send_invitation()}</Button>
                        <LinkButton href="/users" look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
