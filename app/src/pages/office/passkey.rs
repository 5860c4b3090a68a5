//! Passkeys: what needs the browser's own part.

use leptos::prelude::*;
use model::PasskeyOffer;

use crate::api::office::me::OfficePasskeyPage;
use crate::form::{Form, PostForm, on_repeat, use_form};
use crate::frame::{OfficeFrame, PasswordAgain};
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, ErrorSummary, Fact, Facts, Hint, LinkButton, Look, Narrow, Notice,
    PageHead, PageTitle, Stack, TextField, use_announcer,
};

/// What a device is asked for.
#[derive(Clone)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser asks"))]
pub(super) enum Ask {
    /// A new key: the question, JSON
    Make(String),
    /// A signature; where it leads on to
    Sign(String),
}

/// Whether this browser can ask devices. Nothing is offered before that is known, so that nothing is without script.
pub(super) fn use_devices() -> RwSignal<bool> {
    let there = RwSignal::new(false);
    Effect::new(move |_| there.set(device::is_there()));
    there
}

/// Adds a passkey to the own account.
#[component]
pub fn OfficePasskey() -> impl IntoView {
    let page = use_data(String::new, || OfficePasskeyPage {});
    on_repeat(move || page.refetch());
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(offer: Option<PasskeyOffer>) -> AnyView {
    let t = use_text();
    let begin = use_form("/api/office/me_passkey_begin");
    let there = use_devices();
    let body = move || {
        if !there.get() {
            return view! { <Card><Hint>{t.passkey_needs_script()}</Hint></Card> }.into_any();
        }
        match offer.clone() {
            None => view! { <Card>{naming(begin)}</Card> }.into_any(),
            Some(PasskeyOffer { name, options }) => view! {
                <Card>
                    <Stack>
                        <Facts><Fact term=t.passkey_name()>{name}</Fact></Facts>
                        <AskDevice ask=Ask::Make(options) words=t.passkey_make()/>
                    </Stack>
                </Card>
                <Card title=t.passkey_another()>{naming(begin)}</Card>
            }
            .into_any(),
        }
    };
    view! {
        <PageTitle text=t.passkey_add() error=begin.failed()/>
        <ErrorSummary errors=begin.errors()/>
        <Narrow>
            <PageHead
                title=t.passkey_add()
                lead=t.passkey_lead()
                parent=("/office/me".to_owned(), t.office_me().to_owned())
            />
            <Stack>{body}</Stack>
        </Narrow>
    }
    .into_any()
}

fn naming(form: Form) -> AnyView {
    let t = use_text();
    view! {
        <PostForm form>
            <Stack>
                <TextField
                    name="name"
                    label=t.passkey_name()
                    hint=t.passkey_name_hint()
                    value=form.value("name", "")
                    error=form.error("name")
                    autocomplete="off"
                />
                <PasswordAgain form/>
                <Actions>
                    <Button look=Look::Primary busy=form.busy()>{t.passkey_go_on()}</Button>
                    <LinkButton href="/office/me" look=Look::Quiet>{t.cancel()}</LinkButton>
                </Actions>
            </Stack>
        </PostForm>
    }
    .into_any()
}

/// The button that has a device answer, and takes the answer to the host. Only where [`use_devices`] says so.
#[component]
pub(super) fn AskDevice(
    ask: Ask,
    /// The words of the button
    words: &'static str,
) -> impl IntoView {
    let (t, announcer) = (use_text(), use_announcer());
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let ask = StoredValue::new(ask);
    let failed = Callback::new(move |words: String| {
        problem.set(Some(words.clone()));
        announcer.say(words);
    });
    let press = move |_| {
        problem.set(None);
        device::answer(t, ask.get_value(), busy, failed);
    };
    view! {
        <Stack>
            {move || problem.get().map(|words| view! { <Banner kind=Notice::Warn>{words}</Banner> })}
            <Button wide=true plain=true busy=busy on:click=press>{words}</Button>
        </Stack>
    }
    .into_any()
}

#[cfg(not(feature = "hydrate"))]
mod device {
    use leptos::prelude::*;

    use super::Ask;
    use crate::i18n::Text;

    pub(super) const fn is_there() -> bool {
        false
    }

    pub(super) fn answer(_: Text, _: Ask, _: RwSignal<bool>, _: Callback<String>) {}
}

/// The way to the devices. What they are asked and what they answer are plain objects on the way from and to JSON.
#[cfg(feature = "hydrate")]
mod device {
    use js_sys::{Function, JSON, Promise, Reflect, encode_uri_component};
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use model::{AppError, ErrorCode, Go};
    use wasm_bindgen::{JsCast, JsValue};

    use super::Ask;
    use crate::api::office::entry::OfficePasskeyQuestion;
    use crate::form::follow;
    use crate::i18n::{Text, error_text};
    use crate::load::read;
    use crate::send::post;

    /// Whether the browser has passkeys and speaks of them in JSON.
    pub(super) fn is_there() -> bool {
        class().and_then(|class| function(&class, "parseRequestOptionsFromJSON")).is_ok()
    }

    /// Asks, and goes on with the answer.
    pub(super) fn answer(t: Text, ask: Ask, busy: RwSignal<bool>, failed: Callback<String>) {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let owner = Owner::current();
        spawn_local(async move {
            let answer = answered(t, ask).await;
            if busy.try_set(false).is_some() {
                // The page is gone.
                return;
            }
            match (answer, owner) {
                (Ok(go), Some(owner)) => owner.with(|| follow(&go)),
                (Ok(go), None) => follow(&go),
                (Err(words), _) => failed.run(words),
            }
        });
    }

    /// Where it leads; why it does not, in words.
    async fn answered(t: Text, ask: Ask) -> Result<Go, String> {
        let told = |error: AppError| match error.code {
            ErrorCode::WrongState => t.passkey_refused().to_owned(),
            _ => error_text(t, &error),
        };
        // Whoever closes the device's question, or has no device, tries again or goes another way.
        let silent = |_| t.passkey_failed().to_owned();
        let text = match ask {
            Ask::Make(question) => {
                let answer = asked("parseCreationOptionsFromJSON", "create", &question).await;
                let fields = format!("answer={}", encoded(&answer.map_err(silent)?));
                post("/api/office/me_passkey_add", fields).await.map_err(told)?
            }
            Ask::Sign(next) => {
                let question = read(OfficePasskeyQuestion {}).await.map_err(|failure| told(failure.0))?;
                let answer = asked("parseRequestOptionsFromJSON", "get", &question).await;
                let fields = format!("answer={}&next={}", encoded(&answer.map_err(silent)?), encoded(&next));
                post("/api/office/passkey_step", fields).await.map_err(told)?
            }
        };
        serde_json::from_str(&text).map_err(|_| told(ErrorCode::Outdated.into()))
    }

    fn encoded(text: &str) -> String {
        encode_uri_component(text).into()
    }

    async fn asked(parse: &str, method: &str, question: &str) -> Result<String, JsValue> {
        let argument = JSON::parse(question)?;
        let options = get(&argument, "publicKey")?;
        let class = class()?;
        let options = function(&class, parse)?.call1(&class, &options)?;
        Reflect::set(&argument, &"publicKey".into(), &options)?;
        let credentials = get(&get(&js_sys::global(), "navigator")?, "credentials")?;
        let promise: Promise = function(&credentials, method)?.call1(&credentials, &argument)?.dyn_into()?;
        let credential = promise.await?;
        let plain = function(&credential, "toJSON")?.call0(&credential)?;
        Ok(JSON::stringify(&plain)?.into())
    }

    fn class() -> Result<JsValue, JsValue> {
        get(&js_sys::global(), "PublicKeyCredential")
    }

    fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
        Reflect::get(of, &name.into())
    }

    fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
        get(of, name)?.dyn_into()
    }
}
