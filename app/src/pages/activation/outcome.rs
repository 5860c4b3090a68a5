use leptos::prelude::*;
use model::{ActivationStep, ActivationView};

use super::use_activation;
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Actions, Drawing, EmailText, Fact, Facts, Lead, LinkButton, Look, PageTitle, Scene, TextLink, WizardCard,
};

/// Where an activation leads when it does not simply go on.
#[component]
pub fn ActivateResult() -> impl IntoView {
    let activation = use_activation();
    view! {
        <PlainFrame wide=true>
            <Loaded data=activation render=where_it_stands/>
        </PlainFrame>
    }
}

/// How an activation stands, with the way on; `None` when none is under way. Stands in for a
/// step that is not its turn.
pub(super) fn where_it_stands(activation: Option<ActivationView>) -> AnyView {
    let Some(view) = activation else { return view! { <NotUnderWay/> }.into_any() };
    match view.step {
        ActivationStep::Company | ActivationStep::You => {
            view! { <Unfinished href="/activate/you"/> }.into_any()
        }
        ActivationStep::Code => view! { <Unfinished href="/activate/code"/> }.into_any(),
        ActivationStep::Parked => view! { <Parked kept=view/> }.into_any(),
        ActivationStep::AlreadyActive => view! { <AlreadyActive email=view.email/> }.into_any(),
        ActivationStep::Ineligible => {
            let administrator = view.eligibility.map(|e| e.administrator_email).unwrap_or_default();
            view! { <Ineligible administrator/> }.into_any()
        }
    }
}

#[component]
fn NotUnderWay() -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.not_under_way_title()/>
        <WizardCard title=t.not_under_way_title() lead=t.not_under_way_text()>
            <Actions>
                <LinkButton href="/activate" look=Look::Primary>{t.start_activation()}</LinkButton>
                <LinkButton href="/sign-in">{t.sign_in()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn Unfinished(href: &'static str) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.unfinished_title()/>
        <WizardCard title=t.unfinished_title() lead=t.unfinished_text()>
            <Actions>
                <LinkButton href=href look=Look::Primary>{t.continue_activation()}</LinkButton>
                <LinkButton href="/activate">{t.activation_again()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn Parked(kept: ActivationView) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.parked_title()/>
        <WizardCard title=t.parked_title() lead=t.parked_text() picture=|| view! { <Drawing of=Scene::Plug/> }>
            <p>{t.parked_mail(&kept.email)}</p>
            <h2>{t.parked_kept()}</h2>
            <Facts>
                <Fact term=t.customer_number()>{kept.customer_number}</Fact>
                <Fact term=t.invoice_number()>{kept.invoice_number}</Fact>
                <Fact term=t.email()><EmailText address=kept.email/></Fact>
            </Facts>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn AlreadyActive(email: String) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.already_active_title()/>
        <WizardCard
            title=t.already_active_title()
            lead=t.already_active_text(&email)
            picture=|| view! { <Drawing of=Scene::Done/> }
        >
            <Actions>
                <LinkButton href="/sign-in" look=Look::Primary>{t.sign_in()}</LinkButton>
                <LinkButton href="/forgot-password">{t.set_new_password()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn Ineligible(administrator: String) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.ineligible_title()/>
        <WizardCard title=t.ineligible_title() picture=|| view! { <Drawing of=Scene::Key/> }>
            <Lead>
                {t.ineligible_before()}
                <TextLink href=mailto(&administrator) external=true><EmailText address=administrator/></TextLink>
                {t.ineligible_after()}
            </Lead>
            <Actions>
                <LinkButton href="/activate">{t.use_other_details()}</LinkButton>
                <LinkButton href="/sign-in" look=Look::Quiet>{t.back_to_sign_in()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}

/// The address as a link: what could end it or begin a header is written as percent signs.
fn mailto(address: &str) -> String {
    let mut link = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_+~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            link.push_str(&format!("%{byte:02X}"));
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::mailto;

    #[test]
    fn an_address_stays_an_address() {
        assert_eq!(mailto("anna.berger+shop@northwind.example"), "mailto:anna.berger+shop@northwind.example");
        assert_eq!(mailto("a?cc=b&c%@x.example"), "mailto:a%3Fcc%3Db%26c%25@x.example");
        assert_eq!(mailto("jürgen@x.example"), "mailto:j%C3%BCrgen@x.example");
    }
}

#[cfg(all(test, feature = "ssr"))]
mod page_tests {
    use leptos_meta::{ServerMetaContext, provide_meta_context};
    use model::{Eligibility, Locale, Salutation};

    use super::*;
    use crate::i18n::Text;

    /// The words of the page, without its tags.
    fn words(locale: Locale, step: ActivationStep) -> String {
        let html = Owner::new().with(|| {
            let (meta, _output) = ServerMetaContext::new();
            provide_context(meta);
            provide_meta_context();
            provide_context(Text(locale));
            where_it_stands(Some(ActivationView {
                step,
                customer_number: "C10001".to_owned(),
                invoice_number: "INV-000001".to_owned(),
                email: "me@northwind.example".to_owned(),
                salutation: Salutation::None,
                first_name: String::new(),
                last_name: String::new(),
                contact_number: String::new(),
                company_name: String::new(),
                confirm_email: true,
                eligibility: Some(Eligibility {
                    administrator_email: "anna.berger@northwind.example".to_owned(),
                }),
            }))
            .to_html()
        });
        let mut inside = false;
        html.chars()
            .filter(|c| {
                let tag = inside || *c == '<';
                inside = tag && *c != '>';
                !tag
            })
            .collect()
    }

    #[tokio::test]
    async fn the_ineligible_are_told_whom_to_ask() {
        _ = any_spawner::Executor::init_tokio();
        let english = words(Locale::En, ActivationStep::Ineligible);
        let sentence = "Your company is using a Customer center. Please contact your shop administrator anna.berger@northwind.example for activating an account.";
        assert!(english.contains(sentence), "{english}");
        let german = words(Locale::De, ActivationStep::Ineligible);
        assert!(german.contains("anna.berger@northwind.example, um ein Konto zu aktivieren."), "{german}");
    }

    #[tokio::test]
    async fn what_was_typed_is_kept_in_view_while_the_erp_is_down() {
        _ = any_spawner::Executor::init_tokio();
        let page = words(Locale::En, ActivationStep::Parked);
        for kept in ["C10001", "INV-000001", "me@northwind.example"] {
            assert!(page.contains(kept), "{page}");
        }
        // Nothing about the company was told, because nothing was checked.
        assert!(!page.contains("anna.berger"), "{page}");
    }
}
