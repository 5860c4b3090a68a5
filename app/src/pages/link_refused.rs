//! The page that stands in for one whose mailed link can't be used.

use leptos::prelude::*;
use model::{AppError, ErrorCode};

use crate::api::accounts::{Link, LinkView};
use crate::i18n::use_text;
use crate::load::{Data, use_data};
use crate::ui::{Actions, Hint, LinkButton, Look, PageTitle, TextLink, WizardCard};

/// The link that this browser followed.
pub(super) fn use_link() -> Data<LinkView> {
    use_data(String::new, || Link {})
}

/// [`LinkRefused`] for a password link that can't be used any more.
pub(super) fn password_link_refused(error: &AppError) -> Option<AnyView> {
    (error.code == ErrorCode::LinkInvalid).then(|| view! { <LinkRefused/> }.into_any())
}

/// [`LinkRefused`] for a link to confirm an address that can't be used any more.
pub(super) fn email_link_refused(error: &AppError) -> Option<AnyView> {
    (error.code == ErrorCode::LinkInvalid).then(|| view! { <LinkRefused email=true/> }.into_any())
}

/// Says that the link can't be used, and how to get a new one: for a password, or for a new
/// email address.
#[component]
pub(super) fn LinkRefused(
    /// The link was to confirm an address.
    #[prop(optional)]
    email: bool,
) -> impl IntoView {
    let t = use_text();
    let ways = if email {
        view! {
            <p>{t.link_refused_email()}</p>
            <Actions><LinkButton href="/profile/email" look=Look::Primary>{t.change_email()}</LinkButton></Actions>
        }
        .into_any()
    } else {
        view! {
            <p>{t.link_refused_forgot()}</p>
            <Actions>
                <LinkButton href="/forgot-password" look=Look::Primary>{t.ask_for_new_link()}</LinkButton>
            </Actions>
            <p>{t.link_refused_invited()}</p>
        }
        .into_any()
    };
    view! {
        <PageTitle text=t.title_link() error=true/>
        <WizardCard title=t.title_link() lead=t.err_link()>
            {ways}
            <Hint><TextLink href="/sign-in">{t.back_to_sign_in()}</TextLink></Hint>
        </WizardCard>
    }
    .into_any()
}
