use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{Locale, Theme};

use super::use_viewer;
use crate::form::{PostForm, use_form};
use crate::i18n::use_text;
use crate::ui::{Actions, Button, Look};

/// Language and look: plain buttons that come back to the same page.
#[component]
pub(crate) fn Preferences() -> impl IntoView {
    let viewer = use_viewer();
    let languages = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != viewer.locale)
        .map(|locale| view! { <Button look=Look::Quiet name="locale" value=locale.tag() attr:lang=locale.tag()>{locale.own_name()}</Button> }.into_any())
        .collect_view();
    view! {
        <Actions>
            <PostForm form=use_form("/api/viewer/set_language")>
                <input type="hidden" name="back" value=here()/>
                {languages}
            </PostForm>
            <Appearance/>
        </Actions>
    }
    .into_any()
}

/// Light, dark, or as the system: plain buttons that come back to the same page.
#[component]
pub(crate) fn Appearance() -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let themes =
        [(Theme::System, t.theme_system()), (Theme::Light, t.theme_light()), (Theme::Dark, t.theme_dark())];
    let themes = themes
        .into_iter()
        .filter(|(theme, _)| *theme != viewer.theme)
        .map(|(theme, words)| {
            view! { <Button look=Look::Quiet name="theme" value=theme.key()>{words}</Button> }.into_any()
        })
        .collect_view();
    view! {
        <PostForm form=use_form("/api/viewer/set_theme")>
            <input type="hidden" name="back" value=here()/>
            {themes}
        </PostForm>
    }
    .into_any()
}

/// The address of the page that is shown, also when it changes.
fn here() -> impl Fn() -> String + Clone {
    let location = use_location();
    move || {
        format!(
            "{}{}",
            location.pathname.get(),
            location.search.with(|s| if s.is_empty() {
                String::new()
            } else {
                format!("?{}", s.trim_start_matches('?'))
            })
        )
    }
}
