use leptos::prelude::*;
use model::{ActivationStep, ActivationView, Salutation};

use super::outcome::where_it_stands;
use super::trouble::StepTrouble;
use super::{ActivationSteps, use_activation};
use crate::form::{PostForm, use_form};
use crate::frame::PlainFrame;
use crate::i18n::{salutation_name, use_text};
use crate::load::Loaded;
use crate::pages::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::ui::{
    Button, Choice, Fact, Facts, Hint, Look, PageTitle, Pair, ReadOnlyField, SelectField, Stack, TextField,
    WizardCard,
};

/// Step two: who the person is, prefilled where the ERP knows it, and the password.
#[component]
pub fn ActivateYou() -> impl IntoView {
    let activation = use_activation();
    view! {
        <PlainFrame wide=true>
            <Loaded data=activation render=page/>
        </PlainFrame>
    }
}

fn page(activation: Option<ActivationView>) -> AnyView {
    match activation {
        Some(known) if !matches!(known.step, ActivationStep::You | ActivationStep::Code) => {
            where_it_stands(Some(known))
        }
        Some(known) if known.own_login => view! { <OwnLogin known/> }.into_any(),
        Some(known) => view! { <YouForm known/> }.into_any(),
        None => where_it_stands(None),
    }
}

/// The browser is signed in with the login of this address: nothing is asked for.
#[component]
fn OwnLogin(known: ActivationView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/activation/you");
    let ActivationView { email, company_name, confirm_email, .. } = known;
    view! {
        <PageTitle text=t.activation_own_title() error=form.failed()/>
        <StepTrouble forms=vec![form]/>
        <ActivationSteps current=1 with_code=confirm_email/>
        <WizardCard title=t.activation_own_title() lead=t.activation_own_lead(&email)>
            <Facts><Fact term=t.activation_company_name()>{company_name}</Fact></Facts>
            <PostForm form>
                <Button look=Look::Primary busy=form.busy() busy_label=t.activation_busy()>
                    {if confirm_email { t.activation_continue() } else { t.activate_account() }}
                </Button>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn YouForm(known: ActivationView) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/activation/you");
    let first = form.value("first_name", known.first_name);
    let last = form.value("last_name", known.last_name);
    let (first_typed, last_typed) = (RwSignal::new(first.clone()), RwSignal::new(last.clone()));
    let context = {
        let (login, company) = (local_part(&known.email), known.company_name.clone());
        Signal::derive(move || vec![first_typed.get(), last_typed.get(), login.clone(), company.clone()])
    };
    let salutations =
        Salutation::ALL.into_iter().map(|s| Choice::new(s.key(), salutation_name(t, s))).collect::<Vec<_>>();
    let fact = |id: &'static str, label: &'static str, value: String| {
        (!value.is_empty())
            .then(|| view! { <ReadOnlyField id=id label=label value=value hint=t.erp_hint()/> })
    };
    let company = fact("company_name", t.activation_company_name(), known.company_name);
    let contact = fact("contact_number", t.contact_number(), known.contact_number);
    let facts = (company.is_some() || contact.is_some()).then(|| view! { <Pair>{company}{contact}</Pair> });
    let login = t.activation_login(&known.email);
    view! {
        <PageTitle text=t.activation_you_title() error=form.failed()/>
        <StepTrouble forms=vec![form]/>
        <ActivationSteps current=1 with_code=known.confirm_email/>
        <WizardCard title=t.activation_you_title() lead=t.activation_you_lead()>
            <PostForm form>
                <Stack>
                    {facts}
                    <SelectField
                        name="salutation"
                        label=t.salutation()
                        options=salutations
                        value=form.value("salutation", known.salutation.key())
                        error=form.error("salutation")
                    />
                    <Pair>
                        <TextField
                            name="first_name"
                            label=t.first_name()
                            autocomplete="given-name"
                            value=first
                            error=form.error("first_name")
                            live=first_typed
                        />
                        <TextField
                            name="last_name"
                            label=t.last_name()
                            autocomplete="family-name"
                            value=last
                            error=form.error("last_name")
                            live=last_typed
                        />
                    </Pair>
                    <Hint>{login}</Hint>
                    <Hint>{t.activation_known_login()}</Hint>
                    <LoginOfPassword login=known.email/>
                    <NewPassword form label=t.password() context=context/>
                    <Button look=Look::Primary busy=form.busy() busy_label=t.activation_busy()>
                        {if known.confirm_email { t.activation_continue() } else { t.activate_account() }}
                    </Button>
                </Stack>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}
