//! Setting a password by a mailed link: the first one, or a new one. Or, where an invited login has one,
//! accepting the invitation.

use leptos::prelude::*;
use model::ErrorCode;

use super::link_refused::{LinkRefused, password_link_refused, use_link};
use super::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::api::accounts::LinkView;
use crate::form::{PostForm, use_form};
use crate::frame::{PlainFrame, use_viewer};
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Button, EmailText, ErrorSummary, Fact, Facts, Look, PageTitle, Stack, TextLink, WizardAfter, WizardCard,
};

/// Sets the password of the person whose link this browser followed.
#[component]
pub fn SetPassword() -> impl IntoView {
    let link = use_link();
    view! {
        <PlainFrame>
            <Loaded data=link render=page refused=password_link_refused/>
        </PlainFrame>
    }
}

fn page(link: LinkView) -> AnyView {
    if link.purpose == "email_change" {
        view! { <LinkRefused/> }.into_any()
    } else if let Some(company) = link.joins.clone() {
        view! { <AcceptForm link company/> }.into_any()
    } else {
        view! { <SetPasswordForm link/> }.into_any()
    }
}

/// The login has a password: the invitation opens a further company for it, and that is all.
#[component]
fn AcceptForm(link: LinkView, company: String) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/accounts/set_password");
    view! {
        <PageTitle text=t.accept_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.accept_title() lead=t.accept_lead(&company)>
            <Facts>
                <Fact term=t.account_of()>{link.name}</Fact>
                <Fact term=t.login()><EmailText address=link.email/></Fact>
            </Facts>
            <PostForm form>
                <Button look=Look::Primary wide=true busy=form.busy()>{t.accept()}</Button>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn SetPasswordForm(link: LinkView) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let form = use_form("/api/accounts/set_password");
    let (title, lead) = if link.purpose == "invitation" {
        (t.set_password_title(), t.set_password_lead(&viewer.shop))
    } else {
        (t.reset_password_title(), t.reset_password_lead().to_owned())
    };
    let context = vec![link.name.clone(), local_part(&link.email)];
    let login = link.email.clone();
    let refusal = form.refusal();
    let gone = move || refusal.with(|error| error.as_ref().is_some_and(|e| e.code == ErrorCode::LinkInvalid));
    view! {
        <PageTitle text=title error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=title lead=lead>
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
        {move || {
            gone().then(|| view! { <WizardAfter><TextLink href="/forgot-password">{t.ask_for_new_link()}</TextLink></WizardAfter> })
        }}
    }
    .into_any()
}
