use leptos::prelude::*;
use model::ActivationView;

use super::trouble::DetailsTrouble;
use super::{ActivationSteps, use_activation};
use crate::form::{PostForm, use_form};
use crate::frame::{PlainFrame, use_viewer};
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Button, Look, NumberPicture, PageTitle, Stack, TextField, TextLink, WizardAfter, WizardCard,
};

/// Step one: which company. What this browser typed before is still there.
#[component]
pub fn Activate() -> impl IntoView {
    let activation = use_activation();
    view! {
        <PlainFrame wide=true>
            <Loaded data=activation render=page/>
        </PlainFrame>
    }
}

fn page(before: Option<ActivationView>) -> AnyView {
    view! { <CompanyForm before/> }.into_any()
}

#[component]
fn CompanyForm(before: Option<ActivationView>) -> impl IntoView {
    let t = use_text();
    let shop = use_viewer().shop;
    let form = use_form("/api/activation/start");
    let (customer, invoice, email) =
        before.map(|b| (b.customer_number, b.invoice_number, b.email)).unwrap_or_default();
    view! {
        <PageTitle text=t.activation_title() error=form.failed()/>
        <DetailsTrouble form/>
        <ActivationSteps current=0 with_code=true/>
        <WizardCard
            title=t.activation_title()
            lead=t.activation_lead(&shop)
            picture=|| view! { <NumberPicture/> }
        >
            <PostForm form>
                <Stack>
                    <TextField
                        name="customer_number"
                        label=t.customer_number()
                        autocomplete="off"
                        value=form.value("customer_number", customer)
                        error=form.error("customer_number")
                    />
                    <TextField
                        name="invoice_number"
                        label=t.invoice_number()
                        hint=t.invoice_number_hint()
                        autocomplete="off"
                        value=form.value("invoice_number", invoice)
                        error=form.error("invoice_number")
                    />
                    <TextField
                        name="email"
                        label=t.email()
                        hint=t.activation_email_hint(&shop)
                        kind="email"
                        autocomplete="email"
                        value=form.value("email", email)
                        error=form.error("email")
                    />
                    <Button look=Look::Primary busy=form.busy() busy_label=t.activation_busy()>
                        {t.activation_continue()}
                    </Button>
                </Stack>
            </PostForm>
        </WizardCard>
        <WizardAfter>{t.already_activated()} " " <TextLink href="/sign-in">{t.sign_in()}</TextLink></WizardAfter>
    }
    .into_any()
}
