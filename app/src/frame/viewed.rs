use leptos::prelude::*;

use super::use_viewer;
use crate::form::{PostForm, use_form};
use crate::i18n::use_text;
use crate::ui::{Banner, Button, Notice};

/// Says that somebody of the staff sees the portal as its user, and ends that. It can't be closed.
#[component]
pub(super) fn ViewBanner() -> impl IntoView {
    let t = use_text();
    let Some((name, view)) = use_viewer().user.and_then(|user| Some((user.name, user.view?))) else {
        return ().into_any();
    };
    let form = use_form("/api/accounts/end_view");
    let words = if view.acts { t.view_banner_acts(&view.until) } else { t.view_banner_reads(&view.until) };
    let end = move || {
        view! { <PostForm form><Button busy=form.busy()>{t.view_end()}</Button></PostForm> }.into_any()
    };
    view! { <Banner kind=Notice::Warn title=t.view_banner(&name) action=end>{words}</Banner> }.into_any()
}
