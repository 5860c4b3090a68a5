//! Forms: plain HTML forms that post to a server function. In the browser the same form is
//! sent without leaving the page, so that there is one way for both.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{AppError, Draft, Go, Viewer};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use crate::acting::ACTING_FIELD;
use crate::i18n::{error_text, field_text, use_text};

/// The form that was refused before this page was loaded, if any.
#[derive(Clone, Copy)]
pub(crate) struct RefusedForm {
    draft: StoredValue<Option<Draft>>,
    /// The path of its page, once a form has looked for it.
    page: StoredValue<Option<String>>,
}

impl RefusedForm {
    pub(crate) fn new(draft: Option<Draft>) -> Self {
        Self { draft: StoredValue::new(draft), page: StoredValue::new(None) }
    }

    /// The draft, on the page that it belongs to. Another page forgets it: each has a form, if
    /// only the one to sign out.
    fn on_its_page(self) -> Option<Draft> {
        let here = use_location().pathname.get_untracked();
        match self.page.get_value() {
            None => self.page.set_value(Some(here)),
            Some(page) if page != here => self.forget(),
            Some(_) => {}
        }
        self.draft.get_value()
    }

    fn forget(self) {
        self.draft.set_value(None);
    }
}

/// How often an accepted form led to the address that was shown already. The router notices
/// nothing of it, but what the page shows may have changed.
#[derive(Clone, Copy)]
pub(crate) struct Repeats(pub RwSignal<u32>);

/// The count of [`Repeats`], for what has to be read or said again.
pub(crate) fn use_repeats() -> RwSignal<u32> {
    use_context::<Repeats>().map_or_else(|| RwSignal::new(0), |repeats| repeats.0)
}

/// Does something each time that an accepted form led to the address shown already. Only in the
/// browser.
pub(crate) fn on_repeat(work: impl Fn() + 'static) {
    let repeats = use_repeats();
    Effect::new(move |before: Option<()>| {
        repeats.track();
        if before.is_some() {
            work();
        }
    });
}

/// A form on a page: what was typed before, what is wrong, whether it is on its way.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    action: &'static str,
    error: RwSignal<Option<AppError>>,
    busy: RwSignal<bool>,
    /// As it was refused last
    draft: StoredValue<Option<Draft>>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code, reason = "only the browser sends"))]
    refused: Option<RefusedForm>,
}

/// The form that posts to this server function.
pub(crate) fn use_form(action: &'static str) -> Form {
    use_form_of(action, &[])
}

/// As [`use_form`], for a form whose buttons name further server functions.
pub(crate) fn use_form_of(action: &'static str, further: &[&str]) -> Form {
    let refused = use_context::<RefusedForm>();
    let draft = refused
        .and_then(RefusedForm::on_its_page)
        .filter(|draft| draft.form == action || further.contains(&draft.form.as_str()));
    Form {
        action,
        error: RwSignal::new(draft.as_ref().map(|d| d.error.clone())),
        busy: RwSignal::new(false),
        draft: StoredValue::new(draft),
        refused,
    }
}

impl Form {
    /// What a field starts with: what was typed before, else `otherwise`.
    pub(crate) fn value(self, field: &str, otherwise: impl Into<String>) -> String {
        self.draft
            .with_value(|draft| draft.as_ref().map(|d| d.value(field).unwrap_or_default().to_owned()))
            .unwrap_or_else(|| otherwise.into())
    }

    /// As [`Form::value`], of a field that stands several times.
    pub(crate) fn value_at(self, field: &str, place: usize, otherwise: impl Into<String>) -> String {
        self.draft
            .with_value(|draft| {
                draft.as_ref().map(|d| d.all(field).nth(place).unwrap_or_default().to_owned())
            })
            .unwrap_or_else(|| otherwise.into())
    }

    /// Whether a box starts ticked.
    pub(crate) fn ticked(self, field: &str, value: &str, otherwise: bool) -> bool {
        self.draft.with_value(|draft| draft.as_ref().map_or(otherwise, |d| d.all(field).any(|v| v == value)))
    }

    /// What is wrong with a field.
    pub(crate) fn error(self, field: impl Into<Cow<'static, str>>) -> Signal<Option<String>> {
        let t = use_text();
        let (error, field) = (self.error, field.into());
        Signal::derive(move || {
            error.with(|e| e.as_ref().and_then(|e| e.issue(&field)).map(|issue| field_text(t, &field, issue)))
        })
    }

    /// Everything that is wrong, for the error summary.
    pub(crate) fn errors(self) -> Signal<Vec<(String, String)>> {
        let t = use_text();
        let error = self.error;
        Signal::derive(move || {
            error.with(|error| match error {
                None => Vec::new(),
                Some(error) if error.fields.is_empty() => vec![(String::new(), error_text(t, error))],
                Some(error) => {
                    error.fields.iter().map(|f| (f.field.clone(), field_text(t, &f.field, f.issue))).collect()
                }
            })
        })
    }

    /// The code of the refusal.
    pub(crate) fn refusal(self) -> Signal<Option<AppError>> {
        self.error.into()
    }

    /// Whether it was refused because the password was typed too long ago; then it asks for it
    /// until it is accepted.
    pub(crate) fn asks_password(self) -> Memo<bool> {
        let error = self.error;
        Memo::new(move |asked: Option<&bool>| {
            let asked = asked == Some(&true);
            error.with(|e| e.as_ref().is_some_and(|e| asked || e.issue("current").is_some()))
        })
    }

    /// The form as it was refused, if it lacks nothing but the password.
    pub(crate) fn lacks_password(self) -> Signal<Option<Draft>> {
        let Self { error, draft, .. } = self;
        Signal::derive(move || {
            let lacking = error.with(|e| e.as_ref().is_some_and(|e| e.issue("current").is_some()));
            if lacking { draft.get_value() } else { None }
        })
    }

    /// Whether something is wrong.
    pub(crate) fn failed(self) -> Signal<bool> {
        let error = self.error;
        Signal::derive(move || error.with(Option::is_some))
    }

    /// Whether the form is on its way.
    pub(crate) fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Does something each time the form was accepted and the page stays: a form that leads
    /// to the address already shown changes nothing that the router would notice. Only in the
    /// browser.
    pub(crate) fn on_accepted(self, work: impl Fn() + 'static) {
        Effect::new(move |was_busy: Option<bool>| {
            let busy = self.busy.get();
            if was_busy == Some(true) && !busy && self.error.with_untracked(Option::is_none) {
                work();
            }
            busy
        });
    }

    /// Forgets what was wrong, because another form of the page has made it pointless.
    pub(crate) fn forget_error(self) {
        self.error.set(None);
    }
}

/// Everything that is wrong with the forms of a page, for its one error summary.
pub(crate) fn errors_of(forms: Vec<Form>) -> Signal<Vec<(String, String)>> {
    let errors: Vec<_> = forms.into_iter().map(Form::errors).collect();
    Signal::derive(move || errors.iter().flat_map(Get::get).collect())
}

/// The `<form>` of a [`Form`]. Buttons may name another server function by `formaction`.
#[component]
pub(crate) fn PostForm(
    /// The form
    form: Form,
    /// Its id, for buttons that stand outside of it.
    #[prop(optional, into)]
    id: Option<String>,
    /// Fields and buttons
    children: Children,
) -> impl IntoView {
    let acting = use_context::<Viewer>().and_then(|viewer| viewer.user).map(|user| user.acting);
    view! {
        <form method="post" action=form.action id=id novalidate on:submit=move |event| send::submit(form, &event) on:input=|event| typed(&event)>
            {acting.map(|acting| view! { <input type="hidden" name=ACTING_FIELD value=acting/> }.into_any())}
            {children()}
        </form>
    }
}

/// The forms of a page that were sent and whose fields hold what was sent: nothing was typed since.
pub(crate) const SENT_FORMS: &str = "main form[data-sent]";
const SENT: &str = "data-sent";

/// The fields of these forms hold again what the page says.
pub(crate) fn begin_anew(forms: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(forms) = document.and_then(|document| document.query_selector_all(forms).ok()) else { return };
    for form in (0..forms.length()).filter_map(|i| forms.item(i)?.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
        keep_typed(&form);
    }
}

/// What is in the fields stays there.
fn keep_typed(form: &web_sys::Element) {
    // It can only fail for a name that is none.
    _ = form.remove_attribute(SENT);
}

/// What is typed after sending stays there.
fn typed(event: &web_sys::Event) {
    let field = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(form) = field.and_then(|field| field.closest("form").ok().flatten()) {
        keep_typed(&form);
    }
}

/// Goes where an accepted form leads.
#[allow(dead_code, reason = "only the browser follows")]
pub(crate) fn follow(go: &Go) {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if go.reload {
        // A failure would leave the old page standing, which the next click mends.
        _ = location.assign(&go.to);
    } else if go.to == here {
        use_repeats().update(|count| *count += 1);
    } else {
        leptos_router::hooks::use_navigate()(&go.to, leptos_router::NavigateOptions::default());
    }
}

#[cfg(not(feature = "hydrate"))]
mod send {
    pub(super) fn submit(_: super::Form, _: &leptos::ev::SubmitEvent) {}
}

#[cfg(feature = "hydrate")]
mod send {
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use model::{Draft, ErrorCode, Go};
    use wasm_bindgen::JsCast;
    use web_sys::{
        FormData, HtmlButtonElement, HtmlDialogElement, HtmlFormElement, SubmitEvent, UrlSearchParams,
    };

    use super::Form;

    pub(super) fn submit(form: Form, event: &SubmitEvent) {
        if event.default_prevented() {
            return;
        }
        let Some(element) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let button = event.submitter().and_then(|b| b.dyn_into::<HtmlButtonElement>().ok());
        let Some(body) = encode(&element, button.as_ref()) else { return };
        let target = button.as_ref().and_then(|b| b.get_attribute("formaction"));
        let target = target.unwrap_or_else(|| form.action.to_owned());
        // A question that was answered is no longer asked; what follows is told on the page.
        let dialog = button.and_then(|b| b.closest("dialog").ok().flatten());
        if let Some(dialog) = dialog.and_then(|d| d.dyn_into::<HtmlDialogElement>().ok()) {
            dialog.close();
        }
        form.busy.set(true);
        _ = element.set_attribute(super::SENT, "");
        let owner = Owner::current();
        spawn_local(async move {
            let answer = crate::send::post(&target, body.clone())
                .await
                .and_then(|text| serde_json::from_str::<Go>(&text).map_err(|_| ErrorCode::Outdated.into()));
            form.busy.try_set(false);
            match answer {
                Ok(go) => {
                    form.error.try_set(None);
                    if let Some(refused) = form.refused {
                        refused.forget();
                    }
                    match owner {
                        Some(owner) => owner.with(|| super::follow(&go)),
                        None => super::follow(&go),
                    }
                }
                Err(error) => {
                    super::keep_typed(&element);
                    form.draft.try_set_value(Some(Draft::new(&target, values(&body), error.clone())));
                    form.error.try_set(Some(error));
                }
            }
        });
    }

    fn encode(form: &HtmlFormElement, button: Option<&HtmlButtonElement>) -> Option<String> {
        let data = FormData::new_with_form(form).ok()?;
        if let Some(button) = button.filter(|b| !b.name().is_empty()) {
            data.append_with_str(&button.name(), &button.value()).ok()?;
        }
        let params = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
        Some(String::from(params.to_string()))
    }

    /// The fields of a body that [`encode`] made.
    fn values(body: &str) -> Vec<(String, String)> {
        let plain = |text: &str| {
            js_sys::decode_uri_component(&text.replace('+', " ")).map(String::from).unwrap_or_default()
        };
        body.split('&').filter_map(|pair| pair.split_once('=')).map(|(n, v)| (plain(n), plain(v))).collect()
    }
}
