use leptos::prelude::*;
use model::StaffRole;

use super::roles;
use crate::form::{PostForm, use_form};
use crate::frame::{OfficeFrame, PasswordAgain};
use crate::i18n::use_text;
use crate::ui::{
    Actions, Button, ErrorSummary, LinkButton, Look, Narrow, PageHead, PageTitle, SelectField, Stack,
    TextField,
};

/// Invites a colleague.
#[component]
pub fn OfficeStaffNew() -> impl IntoView {
    view! { <OfficeFrame><Invite/></OfficeFrame> }
}

#[component]
fn Invite() -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/staff_invite");
    view! {
        <Narrow>
            <PageTitle text=t.staff_invite() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead
                title=t.staff_invite()
                lead=t.staff_invite_lead()
                parent=("/office/staff".to_owned(), t.office_staff().to_owned())
            />
            <PostForm form>
                <Stack>
                    <TextField name="name" label=t.full_name() autocomplete="off" maxlength=50 value=form.value("name", "") error=form.error("name")/>
                    <TextField name="email" label=t.work_email() kind="email" autocomplete="off" value=form.value("email", "") error=form.error("email")/>
                    <SelectField name="role" label=t.role() options=roles(t) value=form.value("role", StaffRole::Service.key()) error=form.error("role")/>
                    <PasswordAgain form/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.send_invitation()}</Button>
                        <LinkButton href="/office/staff" look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}
