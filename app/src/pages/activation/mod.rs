//! Activating an account: company, person, code, and where else it can lead.

mod code;
mod company;
mod outcome;
mod trouble;
mod you;

pub use code::ActivateCode;
pub use company::Activate;
pub use outcome::ActivateResult;

use leptos::prelude::*;
use model::ActivationView;
pub use you::ActivateYou;

use crate::api::activation;
use crate::i18n::use_text;
use crate::load::{Data, use_data};
use crate::ui::Steps;

/// This browser's activation, if it has one under way.
fn use_activation() -> Data<Option<ActivationView>> {
    use_data(String::new, || activation::Get {})
}

/// The steps above each page.
#[component]
fn ActivationSteps(
    /// The one on screen, from 0
    current: usize,
    /// A code is mailed. The first page can't know yet and shows the usual way.
    with_code: bool,
) -> impl IntoView {
    let t = use_text();
    let mut steps = vec![t.activation_step_company().to_owned(), t.activation_step_you().to_owned()];
    if with_code {
        steps.push(t.activation_step_code().to_owned());
    }
    view! { <Steps label=t.activation() steps=steps current=current/> }
}
