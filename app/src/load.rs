//! Pages that need data: while it comes, when it is there, and when it can't be had.

use std::convert::Infallible;
use std::fmt::{Display, Formatter};
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use leptos::server_fn::ServerFn;
use model::{AppError, ErrorCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::Failure;
use crate::form::{SENT_FORMS, begin_anew};
use crate::frame::ClosedText;
use crate::i18n::{error_text, error_title, use_text};
use crate::ui::{Empty, EmptyState, Hint, LinkButton, Look, PageHead, PageTitle, SkeletonText};

/// A server function that reads. Its fields are all text.
pub(crate) trait Read:
    ServerFn<Error = Failure, Output: Clone + Serialize + DeserializeOwned + Send + Sync + 'static>
    + Serialize
    + 'static
{
}

impl<F> Read for F where
    F: ServerFn<Error = Failure, Output: Clone + Serialize + DeserializeOwned + Send + Sync + 'static>
        + Serialize
        + 'static
{
}

/// The data of a page. The host reads them and sends them with the page; the browser reads them
/// when a link leads to the page, and when the key changes.
///
/// Behind it is one resource for all types: the framework makes some twenty kilobytes of wasm
/// of each type of resource, and five of each function that is called in its way.
pub(crate) struct Data<T>(Resource<Answer, FromToStringCodec>, PhantomData<fn() -> T>);

impl<T> Clone for Data<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Data<T> {}

impl<T> Data<T> {
    /// Reads the data anew; the old ones stay on show until then.
    pub(crate) fn refetch(self) {
        self.0.refetch();
    }
}

/// What the server function answers, asked anew whenever `key` is another.
pub(crate) fn use_data<F: Read>(
    key: impl Fn() -> String + Send + Sync + 'static,
    ask: impl Fn() -> F + Send + Sync + 'static,
) -> Data<F::Output> {
    Data(resource(Box::new(key), Box::new(move || reading(ask(), false))), PhantomData)
}

/// What the server function answers now.
pub(crate) async fn read<F: Read>(ask: F) -> Result<F::Output, Failure> {
    reading(ask, false).await.into_result()
}

/// As [`read`], for what nobody did anything for: the session does not live longer by it.
pub(crate) async fn read_by_itself<F: Read>(ask: F) -> Result<F::Output, Failure> {
    reading(ask, true).await.into_result()
}

/// A list that follows the address of its page: what is on show, for what it was asked, and why what was asked for
/// last can't be shown.
pub(crate) struct Following<Q: Send + Sync + 'static, P: Send + Sync + 'static> {
    /// What is on show. It stays until what was asked for last is there.
    pub(crate) page: RwSignal<P>,
    /// What that was asked by
    pub(crate) shown: RwSignal<Q>,
    /// For the page's error summary
    pub(crate) failure: RwSignal<Vec<(String, String)>>,
}

/// Follows what the page's address asks for, from what it was loaded with. Later answers replace that in place, so
/// that filters keep what is being typed.
pub(crate) fn follow<Q, F>(asked: Memo<Q>, first: F::Output, ask: fn(&Q) -> F) -> Following<Q, F::Output>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    F: Read,
{
    let t = use_text();
    let page = RwSignal::new(first);
    let shown = RwSignal::new(asked.get_untracked());
    let failure = RwSignal::new(Vec::new());
    Effect::new(move |before: Option<Q>| {
        let now = asked.get();
        if before.is_some_and(|before| before != now) {
            let wanted = now.clone();
            leptos::task::spawn_local(async move {
                let answer = read(ask(&wanted)).await;
                if asked.try_get_untracked().as_ref() != Some(&wanted) {
                    return;
                }
                match answer {
                    Ok(rows) => {
                        failure.set(Vec::new());
                        shown.set(wanted);
                        page.set(rows);
                    }
                    Err(Failure(error)) => failure.set(vec![(String::new(), error_text(t, &error))]),
                }
            });
        }
        now
    });
    Following { page, shown, failure }
}

type Reading = Pin<Box<dyn Future<Output = Answer> + Send>>;

fn resource(
    key: Box<dyn Fn() -> String + Send + Sync>,
    read: Box<dyn Fn() -> Reading + Send + Sync>,
) -> Resource<Answer, FromToStringCodec> {
    Resource::new_str(key, move |_| read())
}

/// On the host a server function is called as it is.
#[cfg(feature = "ssr")]
fn reading<F: Read>(ask: F, _by_itself: bool) -> Reading {
    Box::pin(async move {
        let text: fn(&Value) -> String = |value| match value.downcast_ref::<Result<F::Output, Failure>>() {
            Some(Ok(data)) => carried(true, data),
            Some(Err(failure)) => carried(false, failure),
            None => String::new(),
        };
        Answer::Read { value: Arc::new(ask.run_body().await), text }
    })
}

/// The browser asks the host.
#[cfg(not(feature = "ssr"))]
fn reading<F: Read>(ask: F, by_itself: bool) -> Reading {
    let fields = serde_json::to_string(&ask).unwrap_or_default();
    Box::pin(send_wrapper::SendWrapper::new(async move {
        Answer::Carried(crate::send::ask(F::PATH, &fields, by_itself).await.map(Into::into))
    }))
}

/// What a server function answered, of whatever type.
#[derive(Clone)]
enum Answer {
    /// Read on the host: a `Result<F::Output, Failure>`, and how the page carries it to the browser.
    #[cfg(feature = "ssr")]
    Read { value: Arc<Value>, text: fn(&Value) -> String },
    /// Came as text
    Carried(Result<Arc<str>, AppError>),
}

#[cfg(feature = "ssr")]
type Value = dyn std::any::Any + Send + Sync;

impl Answer {
    fn into_result<T: Clone + DeserializeOwned + 'static>(self) -> Result<T, Failure> {
        match self {
            #[cfg(feature = "ssr")]
            Self::Read { value, .. } => match value.downcast_ref::<Result<T, Failure>>() {
                Some(answer) => answer.clone(),
                None => Err(outdated()),
            },
            Self::Carried(Ok(json)) => serde_json::from_str(&json).map_err(|_| outdated()),
            Self::Carried(Err(error)) => Err(Failure(error)),
        }
    }
}

/// The host speaks another version of the pages than this one.
fn outdated() -> Failure {
    Failure(ErrorCode::Outdated.into())
}

/// What a carried answer begins with when it holds data and no failure.
const DATA: &str = "+";

#[cfg(feature = "ssr")]
fn carried(data: bool, value: &impl Serialize) -> String {
    // View types have no maps with other keys than text, which is all that JSON can't hold.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("{}{json}", if data { DATA } else { "-" })
}

impl Display for Answer {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            #[cfg(feature = "ssr")]
            Self::Read { value, text } => f.write_str(&text(&**value)),
            // What came as text is carried no further.
            Self::Carried(_) => f.write_str(""),
        }
    }
}

impl FromStr for Answer {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::Carried(match text.split_at_checked(1) {
            Some((DATA, json)) => Ok(json.into()),
            Some((_, json)) => Err(serde_json::from_str(json).unwrap_or_else(|_| outdated().0)),
            None => Err(outdated().0),
        }))
    }
}

/// Shows `render` of the data once it is there, and a page that says why when it can't be had.
#[component]
pub(crate) fn Loaded<T, V>(
    /// The data
    data: Data<T>,
    /// What to show
    render: fn(T) -> V,
    /// The page's own words for a failure, if it has any
    #[prop(optional)]
    refused: Option<fn(&AppError) -> Option<AnyView>>,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
{
    shown(
        data.0,
        Arc::new(move |answer| match answer.into_result::<T>() {
            Ok(value) => render(value).into_any(),
            Err(Failure(error)) => refused
                .and_then(|refused| refused(&error))
                .unwrap_or_else(|| view! { <Refused error/> }.into_any()),
        }),
    )
}

fn shown(
    data: Resource<Answer, FromToStringCodec>,
    render: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    forget_typed(data);
    view! {
        <Transition fallback=|| view! { <SkeletonText lines=6 label=use_text().loading()/> }>
            {move || {
                let render = Arc::clone(&render);
                Suspend::new(async move { render(data.await) })
            }}
        </Transition>
    }
    .into_any()
}

/// New data are written into the fields that are there, and a browser keeps what was typed or ticked in them. So an
/// accepted form begins anew with them unless something was typed since, and all forms when the page has become that of
/// another record: nothing that was meant for one is sent for the next.
fn forget_typed(data: Resource<Answer, FromToStringCodec>) {
    let location = leptos_router::hooks::use_location();
    Effect::new(move |before: Option<String>| {
        data.track();
        let here = location.pathname.get_untracked();
        if let Some(before) = before {
            let forms = if before == here { SENT_FORMS } else { "main form" };
            // They show the new data by then.
            request_animation_frame(move || begin_anew(forms));
        }
        here
    });
}

/// The page that stands in for one that can't be shown: what is missing and the way on.
#[component]
pub(crate) fn Refused(
    /// Why
    error: AppError,
) -> impl IntoView {
    let t = use_text();
    if matches!(error.code, ErrorCode::Unauthenticated | ErrorCode::SecondStepRequired) {
        // Only in the browser: the host leads to sign-in before a page is rendered.
        Effect::new(|_| to_sign_in());
    }
    if let ErrorCode::FeatureOff { feature } = error.code {
        return view! { <ClosedText feature/> }.into_any();
    }
    let title = error_title(t, &error.code);
    let way_on = match &error.code {
        ErrorCode::Unauthenticated => {
            view! { <LinkButton href="/sign-in" look=Look::Primary external=true>{t.sign_in()}</LinkButton> }
        }
        code => {
            // Past the router: a new version, or the pages of another company, have to be loaded.
            let external = matches!(code, ErrorCode::Outdated | ErrorCode::ActsElsewhere);
            view! { <LinkButton href="/" look=Look::Secondary external=external>{t.to_the_start_page()}</LinkButton> }
        }
    };
    let text = error_text(t, &error);
    let reference = (matches!(error.code, ErrorCode::Internal) && !error.request_id.is_empty())
        .then(|| view! { <Hint>{t.reference(error.request_id.clone())}</Hint> }.into_any());
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
        let page = if here.starts_with("/office") { "/office/sign-in" } else { "/sign-in" };
        // A failure would leave the page that says so, with its link.
        _ = window.location().assign(&format!("{page}?next={}", js_sys::encode_uri_component(&here)));
    }
}
