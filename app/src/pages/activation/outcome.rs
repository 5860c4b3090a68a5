use leptos::prelude::*;
use model::{ACCESS_MESSAGE_MAX, ActivationStep, ActivationView, AskingForAccess, Eligibility};

use super::trouble::StepTrouble;
use super::use_activation;
use crate::form::{Form, PostForm, use_form};
use crate::frame::{DoneNotice, PlainFrame, use_done};
use crate::i18n::{Text, use_text};
use crate::load::Loaded;
use crate::ui::{
    Actions, Button, Drawing, EmailText, Fact, Facts, Hint, Lead, LinkButton, Look, PageTitle, Scene, Stack,
    TextArea, TextField, TextLink, WizardCard, use_announcer,
};

/// The form that asks for access, where the page outlives it.
#[derive(Clone, Copy)]
struct Asking(Form);

/// Where an activation leads when it does not simply go on. Once access was asked for, says the
/// same whoever asked.
#[component]
pub fn ActivateResult() -> impl IntoView {
    let t = use_text();
    let activation = use_activation();
    let asking = use_form("/api/activation/request_access");
    provide_context(Asking(asking));
    // The button that had the focus goes with the form: the heading takes it.
    let announcer = use_announcer();
    asking.on_accepted(move || announcer.row_removed());
    let done = use_done();
    let asked = Memo::new(move |_| {
        done.with(|code| match code.as_deref() {
            Some("access_requested") => Some(t.access_sent_text()),
            Some("access_requested_early") => Some(t.access_sent_early()),
            _ => None,
        })
    });
    view! {
        <PlainFrame wide=true>
            <DoneNotice words=done_words/>
            {move || match asked.get() {
                Some(text) => view! { <AccessSent text/> }.into_any(),
                None => view! { <Loaded data=activation render=where_it_stands/> }.into_any(),
            }}
        </PlainFrame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "invitation_sent").then(|| t.done_invitation_again())
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
        ActivationStep::Invited => view! { <Invited email=view.email/> }.into_any(),
        ActivationStep::Ineligible => {
            view! { <Ineligible eligibility=view.eligibility email=view.email/> }.into_any()
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
            <Actions>
                <LinkButton href="/sign-in">{t.back_to_sign_in()}</LinkButton>
            </Actions>
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

/// The account waits for its first password: neither signing in nor a new password helps.
#[component]
fn Invited(email: String) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/activation/resend_invitation");
    let announcer = use_announcer();
    form.on_accepted(move || announcer.say(t.done_invitation_again()));
    view! {
        <PageTitle text=t.invited_title() error=form.failed()/>
        <StepTrouble forms=vec![form]/>
        <WizardCard
            title=t.invited_title()
            lead=t.invited_text(&email)
            picture=|| view! { <Drawing of=Scene::Letter/> }
        >
            <Hint>{t.invited_hint()}</Hint>
            <PostForm form>
                <Actions>
                    <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.resend_invitation()}</Button>
                    <LinkButton href="/sign-in" look=Look::Quiet>{t.back_to_sign_in()}</LinkButton>
                </Actions>
            </PostForm>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn Ineligible(eligibility: Option<Eligibility>, email: String) -> impl IntoView {
    let t = use_text();
    let (administrator, asking) =
        eligibility.map_or((String::new(), AskingForAccess::Off), |e| (e.administrator_email, e.asking));
    let form = match use_context::<Asking>() {
        Some(asking) => asking.0,
        None => use_form("/api/activation/request_access"),
    };
    let who_decides = match asking {
        AskingForAccess::Open => Some(t.request_access_text()),
        AskingForAccess::Early => Some(t.request_access_early()),
        AskingForAccess::Nobody | AskingForAccess::Off => None,
    };
    let ask = who_decides.map(|text| view! { <AskForAccess form email text/> });
    view! {
        <PageTitle text=t.ineligible_title() error=form.failed()/>
        <StepTrouble forms=vec![form]/>
        <WizardCard title=t.ineligible_title() picture=|| view! { <Drawing of=Scene::Key/> }>
            <Lead>
                {t.ineligible_before()}
                <TextLink href=mailto(&administrator) external=true><EmailText address=administrator/></TextLink>
                {t.ineligible_after()}
            </Lead>
            {ask}
            <Actions>
                <LinkButton href="/activate">{t.use_other_details()}</LinkButton>
                <LinkButton href="/sign-in" look=Look::Quiet>{t.back_to_sign_in()}</LinkButton>
            </Actions>
        </WizardCard>
    }
    .into_any()
}

#[component]
fn AskForAccess(form: Form, email: String, text: &'static str) -> impl IntoView {
    let t = use_text();
    view! {
        <h2>{t.request_access()}</h2>
        <p>{text}</p>
        <PostForm form>
            <Stack>
                <TextField
                    name="name"
                    label=t.full_name()
                    autocomplete="name"
                    maxlength=50
                    value=form.value("name", "")
                    error=form.error("name")
                />
                <TextField
                    name="email"
                    label=t.work_email()
                    kind="email"
                    autocomplete="email"
                    value=form.value("email", email)
                    error=form.error("email")
                />
                <TextArea
                    name="message"
                    label=t.request_access_message()
                    optional=true
                    limit=ACCESS_MESSAGE_MAX
                    value=form.value("message", "")
                    error=form.error("message")
                />
                <Button look=Look::Primary busy=form.busy() busy_label=t.sending()>{t.request_access()}</Button>
            </Stack>
        </PostForm>
    }
    .into_any()
}

/// The same for every address: whether it has an account, was asked for before, or is new.
#[component]
fn AccessSent(text: &'static str) -> impl IntoView {
    let t = use_text();
    view! {
        <PageTitle text=t.access_sent_title()/>
        <WizardCard
            title=t.access_sent_title()
            lead=text
            picture=|| view! { <Drawing of=Scene::Letter/> }
        >
            <Hint>{t.access_sent_hint()}</Hint>
            <Actions>
                <LinkButton href="/sign-in">{t.back_to_sign_in()}</LinkButton>
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
    use model::{Locale, Salutation};

    use super::*;
    use crate::i18n::Text;

    /// The words of the page, without its tags.
    fn words(locale: Locale, step: ActivationStep) -> String {
        words_of(locale, step, AskingForAccess::Open)
    }

    fn words_of(locale: Locale, step: ActivationStep, asking: AskingForAccess) -> String {
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
                own_login: false,
                eligibility: Some(Eligibility {
                    administrator_email: "anna.berger@northwind.example".to_owned(),
                    asking,
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
    async fn access_can_be_asked_for_where_somebody_gets_the_request() {
        _ = any_spawner::Executor::init_tokio();
        let page = |asking| words_of(Locale::En, ActivationStep::Ineligible, asking);
        let open = page(AskingForAccess::Open);
        assert!(open.contains("Request access") && !open.contains("Nobody has activated"), "{open}");
        let early = page(AskingForAccess::Early);
        assert!(early.contains("Request access") && early.contains("Nobody has activated"), "{early}");
        // Nobody is blamed for what the shop has switched off.
        for asking in [AskingForAccess::Nobody, AskingForAccess::Off] {
            let closed = page(asking);
            assert!(
                !closed.contains("Request access") && !closed.contains("Nobody has activated"),
                "{closed}"
            );
        }
    }

    #[tokio::test]
    async fn the_invited_are_offered_their_invitation_again() {
        _ = any_spawner::Executor::init_tokio();
        let page = words(Locale::En, ActivationStep::Invited);
        assert!(page.contains("We have sent an invitation to me@northwind.example."), "{page}");
        assert!(page.contains("Resend invitation") && !page.contains("Set new password"), "{page}");
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
