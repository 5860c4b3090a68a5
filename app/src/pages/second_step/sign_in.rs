use leptos::prelude::*;

use super::cards::code_sheet;
use crate::api::second_step::SecondStepPage;
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{Actions, LinkButton, Look, PageTitle, TextLink, WizardAfter, WizardCard};

/// The second step of signing in.
#[component]
pub fn SecondStep() -> impl IntoView {
    let page = use_data(String::new, || SecondStepPage {});
    view! { <PlainFrame><Loaded data=page render=shown/></PlainFrame> }
}

fn shown(waits: bool) -> AnyView {
    let t = use_text();
    if !waits {
        return view! {
            <PageTitle text=t.second_step_over()/>
            <WizardCard title=t.second_step_over() lead=t.second_step_over_lead()>
                <Actions><LinkButton href="/sign-in" look=Look::Primary>{t.sign_in()}</LinkButton></Actions>
            </WizardCard>
        }
        .into_any();
    }
    view! {
        {code_sheet("/api/accounts/second_step", Some(t.second_step_lost()), None)}
        <WizardAfter><TextLink href="/sign-in">{t.second_step_start_again()}</TextLink></WizardAfter>
    }
    .into_any()
}
