use leptos::prelude::*;
use model::{AppError, ErrorCode};

use crate::api::accounts::LinkView;
use crate::api::office::entry::OfficeLink;
use crate::form::{PostForm, use_form};
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::pages::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::ui::{
    Button, EmailText, ErrorSummary, Fact, Facts, Look, PageTitle, Stack, WizardAfter, WizardCard,
};

/// Sets the password of the person of the staff whose link this browser followed.
#[component]
pub fn OfficeSetPassword() -> impl IntoView {
    let link = use_data(String::new, || OfficeLink {});
    view! {
        <PlainFrame>
            <Loaded data=link render=page refused=refused/>
        </PlainFrame>
    }
}

fn refused(error: &AppError) -> Option<AnyView> {
    let t = use_text();
    (error.code == ErrorCode::LinkInvalid).then(|| {
        view! {
            <PageTitle text=t.title_link() error=true/>
            <WizardCard title=t.title_link() lead=t.err_link()>{t.office_link_refused()}</WizardCard>
        }
        .into_any()
    })
}

fn page(link: LinkView) -> AnyView {
    view! { <SetPasswordForm link/> }.into_any()
}

#[component]
fn SetPasswordForm(link: LinkView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/set_password");
    let context = vec![link.name.clone(), local_part(&link.email)];
    let login = link.email.clone();
    let refusal = form.refusal();
    let gone = move || refusal.with(|error| error.as_ref().is_some_and(|e| e.code == ErrorCode::LinkInvalid));
    view! {
        <PageTitle text=t.set_password_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.set_password_title() lead=t.office_set_password_lead()>
            <Facts>
                <Fact term=t.account_of()>{link.name}</Fact>
                <Fact term=t.login()><EmailText address=login/></Fact>
            </Facts>
            <PostForm form>
                <Stack>
                    <LoginOfPassword login=link.email/>
                    <NewPassword form label=t.new_password() context=context/>
                    <Button look=Look::Primary wide=true busy=form.busy()>{t.set_password()}</Button>
                </Stack>
            </PostForm>
        </WizardCard>
        {move || gone().then(|| view! { <WizardAfter>{t.office_link_refused()}</WizardAfter> })}
    }
    .into_any()
}
