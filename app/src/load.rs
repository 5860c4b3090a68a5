//! Pages that need data: while it comes, when it is there, and when it can't be had.

use std::any::Any;
use std::convert::Infallible;
use std::fmt::{Display, Formatter};
use std::marker::PhantomData;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::server::codee::string::FromToStringCodec;
use model::{AppError, ErrorCode};
use serde::{Serialize, de::DeserializeOwned};

use crate::api::Failure;
use crate::form::of_this_version;
use crate::i18n::{error_text, error_title, use_text};
use crate::ui::{Empty, EmptyState, Hint, LinkButton, Look, PageHead, PageTitle, SkeletonText};

/// The data of a page. The host reads them and sends them with the page; the browser reads them
/// when a link leads to the page, and when `key` changes.
///
/// Behind it is one resource for all types: the framework makes some twenty kilobytes of wasm
/// of each type of resource.
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

/// The data that `read` gives, read anew whenever `key` is another.
pub(crate) fn use_data<T, Reading>(
    key: impl Fn() -> String + Send + Sync + 'static,
    read: impl Fn() -> Reading + Send + Sync + 'static,
) -> Data<T>
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Reading: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let read = move || -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let reading = read();
        Box::pin(async move { Answer::read(reading.await) })
    };
    Data(resource(Box::new(key), Box::new(read)), PhantomData)
}

type Key = Box<dyn Fn() -> String + Send + Sync>;
type Read = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;

fn resource(key: Key, read: Read) -> Resource<Answer, FromToStringCodec> {
    Resource::new_str(key, move |_| read())
}

/// What a server function answered, of whatever type.
#[derive(Clone)]
enum Answer {
    /// Read here
    Read {
        /// A `Result<T, Failure>`
        value: Arc<dyn Any + Send + Sync>,
        /// What the page carries to the browser
        #[cfg(feature = "ssr")]
        text: fn(&(dyn Any + Send + Sync)) -> String,
    },
    /// Carried by the page
    Carried(Arc<str>),
}

impl Answer {
    fn read<T>(answer: Result<T, Failure>) -> Self
    where
        T: Serialize + Send + Sync + 'static,
    {
        Self::Read {
            value: Arc::new(answer),
            #[cfg(feature = "ssr")]
            text: |value| match value.downcast_ref::<Result<T, Failure>>() {
                Some(Ok(data)) => carried(true, data),
                Some(Err(failure)) => carried(false, failure),
                None => String::new(),
            },
        }
    }

    fn into_result<T>(self) -> Result<T, Failure>
    where
        T: Clone + DeserializeOwned + 'static,
    {
        // Neither happens: key and type stand in the same line of the page's code.
        let lost = || Failure(ErrorCode::Outdated.into());
        match self {
            Self::Read { value, .. } => {
                value.downcast_ref::<Result<T, Failure>>().cloned().unwrap_or_else(|| Err(lost()))
            }
            Self::Carried(text) => match text.split_at_checked(1) {
                Some((DATA, json)) => serde_json::from_slice(json.as_bytes()).map_err(|_| lost()),
                Some((_, json)) => Err(serde_json::from_slice(json.as_bytes()).unwrap_or_else(|_| lost())),
                None => Err(lost()),
            },
        }
    }
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
            // The browser carries nothing further.
            #[cfg(not(feature = "ssr"))]
            Self::Read { .. } => Ok(()),
            Self::Carried(text) => f.write_str(text),
        }
    }
}

impl FromStr for Answer {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::Carried(text.into()))
    }
}

/// Shows `render` of the data once it is there, and a page that says why when it can't be had.
#[component]
pub(crate) fn Loaded<T, V>(
    /// The data
    data: Data<T>,
    /// What to show
    render: fn(T) -> V,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
{
    shown(
        data.0,
        Arc::new(move |answer| match answer.into_result::<T>() {
            Ok(value) => render(value).into_any(),
            Err(Failure(error)) => view! { <Refused error/> }.into_any(),
        }),
    )
}

fn shown(
    data: Resource<Answer, FromToStringCodec>,
    render: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
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
