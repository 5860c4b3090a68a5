//! Confirming a new email address by a mailed link.

use leptos::prelude::*;

use super::link_refused::{LinkRefused, email_link_refused, use_link};
use crate::api::accounts::LinkView;
use crate::form::{PostForm, use_form};
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{Button, EmailText, ErrorSummary, Fact, Facts, Look, PageTitle, WizardCard};

/// Confirms the address that the link was mailed to. It takes a button, because mail scanners
/// open links too.
#[component]
pub fn ConfirmEmail() -> impl IntoView {
    let link = use_link();
    view! {
        <PlainFrame>
            <Loaded data=link render=page refused=email_link_refused/>
        </PlainFrame>
    }
}

fn page(link: LinkView) -> AnyView {
    if link.purpose == "email_change" {
        view! { <ConfirmEmailForm link/> }.into_any()
    } else {
        view! { <LinkRefused email=true/> }.into_any()
    }
}

#[component]
fn ConfirmEmailForm(link: LinkView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/accounts/confirm_email");
    view! {
        <PageTitle text=t.confirm_email_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.confirm_email_title() lead=t.confirm_email_lead()>
            <Facts>
                <Fact term=t.account_of()>{link.name}</Fact>
                <Fact term=t.new_email()><EmailText address=link.email/></Fact>
            </Facts>
            <PostForm form>
                <Button look=Look::Primary wide=true busy=form.busy()>{t.confirm_email()}</Button>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}
