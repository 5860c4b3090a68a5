use leptos::prelude::*;
use model::UserFormPage;

use super::fields::UserFields;
use crate::api::users::NewForm;
use crate::form::{PostForm, use_form};
use crate::frame::Frame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, Stack};

/// *Request new user*
#[component]
pub fn UsersNew() -> impl IntoView {
    let page = use_data(String::new, || NewForm {});
    view! { <Frame><Loaded data=page render=shown/></Frame> }
}

fn shown(start: UserFormPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/users/request");
    view! {
        <Narrow>
            <PageTitle text=t.request_user() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=t.request_user() lead=t.request_lead() parent=("/users".to_owned(), t.nav_users().to_owned())/>
            <PostForm form>
                <Stack>
                    <UserFields form start/>
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
