//! Signing in, shop-wide and at a company's own address.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{CompanyBrand, Feature, SignInPage};

use crate::api::accounts;
use crate::form::{PostForm, use_form};
use crate::frame::{DoneNotice, PlainFrame, use_viewer};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Button, ErrorSummary, Look, PageTitle, PasswordField, Stack, TextField, TextLink, WizardAfter, WizardCard,
};

/// Sign in, shop-wide.
#[component]
pub fn SignIn() -> impl IntoView {
    view! { <PlainFrame><SignInForm company=None/></PlainFrame> }
}

/// Sign in at a company's own address.
#[component]
pub fn CompanySignIn() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|p| p.get("slug").unwrap_or_default()));
    let page = use_data(move || slug.get(), move || accounts::SignInPage { slug: slug.get_untracked() });
    view! {
        <PlainFrame>
            <Loaded data=page render=|page: SignInPage| view! { <SignInForm company=page.company/> }/>
        </PlainFrame>
    }
}

#[component]
fn SignInForm(company: Option<CompanyBrand>) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let form = use_form("/api/accounts/sign_in");
    let query = use_query_map();
    let next = query.with_untracked(|q| q.get("next")).unwrap_or_default();
    let lead = if next.is_empty() { t.sign_in_lead(&viewer.shop) } else { t.sign_in_first().to_owned() };
    let title = company.as_ref().map_or_else(|| t.sign_in_title().to_owned(), |c| t.sign_in_company(&c.name));
    let activate = (!viewer.off.has(Feature::SelfActivation)).then(|| {
        view! {
            <WizardAfter>
                {t.no_account_yet()} " " <TextLink href="/activate">{t.activate_account()}</TextLink>
            </WizardAfter>
        }
    });
    let logo = company.as_ref().and_then(|c| {
        let src = c.logo.clone()?;
        Some(view! { <p class="plain-logo"><img src=src alt=t.shop_logo_now(&c.name)/></p> })
    });
    let slug = company.map(|c| c.slug).unwrap_or_default();
    view! {
        <PageTitle text=title.clone() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <DoneNotice words=done_words/>
        {logo}
        <WizardCard title=title lead>
            <PostForm form>
                <Stack>
                    <input type="hidden" name="slug" value=slug/>
                    <input type="hidden" name="next" value=next/>
                    <TextField name="email" label=t.email() kind="email" autocomplete="username" value=form.value("email", "") error=form.error("email")/>
                    <PasswordField name="password" label=t.password() autocomplete="current-password" error=form.error("password")/>
                    <Button look=Look::Primary wide=true busy=form.busy()>{t.sign_in()}</Button>
                    <TextLink href="/forgot-password">{t.forgot_password_link()}</TextLink>
                </Stack>
            </PostForm>
        </WizardCard>
        {activate}
    }
    .into_any()
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "signed_out" => Some(t.done_signed_out()),
        "password_set" => Some(t.done_password_set()),
        "company_joined" => Some(t.done_company_joined()),
        "too_late" => Some(t.done_too_late()),
        "email_changed" => Some(t.done_email_changed()),
        _ => None,
    }
}
