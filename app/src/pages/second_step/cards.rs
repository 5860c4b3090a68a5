//! What staff and users see alike.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::form::{Form, PostForm, use_form};
use crate::i18n::use_text;
use crate::ui::{
    Button, CodeList, CodeText, ErrorSummary, Hint, Look, PageTitle, QrCode, Stack, TextField, WizardCard,
};

/// Where the way leads on to.
pub(in crate::pages) fn next() -> String {
    use_query_map().with_untracked(|q| q.get("next")).unwrap_or_default()
}

/// The sheet that asks for a code at sign-in. `action` is the address of the form, `lost` what helps without app and
/// codes, `instead` another way.
pub(in crate::pages) fn code_sheet(
    action: &'static str,
    lost: Option<&'static str>,
    instead: Option<AnyView>,
) -> AnyView {
    let t = use_text();
    let form = use_form(action);
    view! {
        <PageTitle text=t.second_step_title() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <WizardCard title=t.second_step_title() lead=t.second_step_lead()>
            {code_form(form, t.second_step_go_on(), ().into_any())}
            {instead}
            <Hint>{t.second_step_recovery()}</Hint>
            {lost.map(|lost| view! { <Hint>{lost}</Hint> })}
        </WizardCard>
    }
    .into_any()
}

/// What an app scans, or what is typed into it.
pub(in crate::pages) fn app_secret(size: u32, path: String, secret: String) -> AnyView {
    let t = use_text();
    view! {
        <QrCode size path label=t.second_step_picture()/>
        <Hint>{t.second_step_typed()} ": "</Hint>
        <CodeText text=secret/>
        <Hint>{t.second_step_kinds()}</Hint>
    }
    .into_any()
}

/// The form for a code, with what else it asks for and the words of its button.
pub(in crate::pages) fn code_form(form: Form, words: &'static str, further: AnyView) -> AnyView {
    let t = use_text();
    view! {
        <PostForm form>
            <Stack>
                <input type="hidden" name="next" value=next()/>
                <TextField name="code" label=t.second_step_code() autocomplete="one-time-code" autofocus=true error=form.error("code")/>
                {further}
                <Button look=Look::Primary wide=true busy=form.busy()>{words}</Button>
            </Stack>
        </PostForm>
    }
    .into_any()
}

/// Recovery codes, and the button that puts them away.
pub(in crate::pages) fn codes_to_keep(form: Form, codes: Vec<String>) -> AnyView {
    let t = use_text();
    view! {
        <CodeList codes/>
        <PostForm form>
            <input type="hidden" name="next" value=next()/>
            <Button look=Look::Primary wide=true busy=form.busy()>{t.keep_codes()}</Button>
        </PostForm>
    }
    .into_any()
}
