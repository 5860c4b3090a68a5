use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::Feature;

use super::{PlainFrame, use_viewer};
use crate::form::{PostForm, use_form};
use crate::i18n::{feature_off_text, use_text};
use crate::ui::{Button, Empty, EmptyState, LinkButton, Look, PageHead, PageTitle};

/// The page of what the shop has switched off.
#[component]
pub(crate) fn ClosedPage(
    /// What is off
    feature: Feature,
) -> impl IntoView {
    view! { <PlainFrame><ClosedText feature/></PlainFrame> }
}

/// Says what is switched off and how to reach the shop. What is read again is read from the host: it may
/// be on by then.
#[component]
pub(crate) fn ClosedText(
    /// What is off
    feature: Feature,
) -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let lines = [viewer.shop.clone(), viewer.shop_contact.clone(), viewer.shop_address.clone()];
    let reach: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let reach = t.feature_off_reach(&reach.join(" · "));
    let text = format!("{} {reach}", feature_off_text(t, feature));
    let here = use_location().pathname.get_untracked();
    let form = use_form("/api/accounts/sign_out");
    let sign_out = viewer.user.map(|_| {
        view! { <PostForm form><Button look=Look::Quiet>{t.sign_out()}</Button></PostForm> }.into_any()
    });
    // All links lead past the router, which knows nothing of what is on by now.
    let away = (feature != Feature::CustomerAccess)
        .then(|| view! { <LinkButton href="/sign-in" external=true>{t.sign_in()}</LinkButton> }.into_any());
    view! {
        <PageTitle text=t.title_feature_off() error=true/>
        <PageHead title=t.title_feature_off()/>
        <EmptyState kind=Empty::Unavailable title=t.title_feature_off() text=text>
            <LinkButton href=here external=true>{t.feature_off_try_again()}</LinkButton>
            {away}
            {sign_out}
        </EmptyState>
    }
    .into_any()
}
