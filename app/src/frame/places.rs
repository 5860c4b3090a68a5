use leptos::prelude::*;
use model::{PlaceChoice, ViewerUser};

use crate::form::{Form, PostForm};
use crate::i18n::use_text;
use crate::ui::{Banner, MenuButton, Notice, Switcher};

/// The form that switches the company: one for the frame and the page in it.
#[derive(Clone, Copy)]
pub(crate) struct SwitchForm(pub Form);

/// The choice of company in the frame.
pub(super) fn switcher(user: &ViewerUser, form: Form) -> AnyView {
    let entry = |other: PlaceChoice| {
        view! { <MenuButton name="place" value=other.place.to_string()>{other.name}</MenuButton> }.into_any()
    };
    let entries = user.places.iter().filter(|place| !place.current).cloned().map(entry).collect_view();
    view! { <Switcher current=user.acts_for.clone()><PostForm form>{entries}</PostForm></Switcher> }
        .into_any()
}

/// Says that the company could not be switched.
#[component]
pub(crate) fn SwitchRefused(form: Form) -> impl IntoView {
    let t = use_text();
    let failed = form.failed();
    move || failed.get().then(|| view! { <Banner kind=Notice::Warn>{t.switch_refused()}</Banner> }.into_any())
}
