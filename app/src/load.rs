//! Pages that need data: while it comes, when it is there, and when it can't be had.

use leptos::either::Either;
use leptos::prelude::*;
use model::{AppError, ErrorCode};

use crate::api::Failure;
use crate::form::of_this_version;
use crate::i18n::{error_text, error_title, use_text};
use crate::ui::{Empty, EmptyState, Hint, LinkButton, Look, PageHead, PageTitle, SkeletonText};

/// Shows `render` of the data once it is there, and a page that says why when it can't be had.
#[component]
pub(crate) fn Loaded<T, V>(
    /// The data
    data: Resource<Result<T, Failure>>,
    /// What to show
    render: fn(T) -> V,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    view! {
        <Transition fallback=|| view! { <SkeletonText lines=6 label=use_text().loading()/> }>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(value) => Either::Left(render(value).into_any()),
                    Err(Failure(error)) => Either::Right(view! { <Refused error/> }),
                }
            })}
        </Transition>
    }
}

/// The page that stands in for one that can't be shown: what is missing and the way on.
#[component]
pub(crate) fn Refused(
    /// Why
    error: AppError,
) -> impl IntoView {
    let t = use_text();
    let error = of_this_version(error);
    if error.code == ErrorCode::Unauthenticated {
        // Only in the browser: the host leads to sign-in before a page is rendered.
        Effect::new(|_| to_sign_in());
    }
    let title = error_title(t, &error.code);
    let way_on = match &error.code {
        ErrorCode::Unauthenticated => {
            view! { <LinkButton href="/sign-in" look=Look::Primary external=true>{t.sign_in()}</LinkButton> }
        }
        code => {
            // Past the router: a new version has to be loaded.
            let external = *code == ErrorCode::Outdated;
            view! { <LinkButton href="/" look=Look::Secondary external=external>{t.to_the_start_page()}</LinkButton> }
        }
    };
    let text = error_text(t, &error);
    let reference = (matches!(error.code, ErrorCode::Internal) && !error.request_id.is_empty())
        .then(|| view! { <Hint>{t.reference(error.request_id.clone())}</Hint> });
    view! {
        <PageTitle text=title error=true/>
        <PageHead title=title/>
        <EmptyState kind=Empty::Unavailable title=title text=text>
            {way_on}
            {reference}
        </EmptyState>
    }
    .into_any()
}

/// Loads the sign-in page, which comes back here afterwards; nothing of the ended session stays.
fn to_sign_in() {
    let location = leptos_router::hooks::use_location();
    let here = location.pathname.get_untracked();
    if let Some(window) = web_sys::window() {
        // A failure would leave the page that says so, with its link.
        _ = window.location().assign(&format!("/sign-in?next={}", js_sys::encode_uri_component(&here)));
    }
}
