use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::MySecondStep;

use super::cards::{app_secret, code_form, codes_to_keep, next};
use crate::api::second_step::MySecondStep as Mine;
use crate::form::{Form, PostForm, on_repeat, use_form, use_form_of};
use crate::frame::{CurrentPassword, DoneNotice, Frame, say_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, ErrorSummary, Fact, Facts, Hint, Look, Narrow, Notice, PageHead,
    PageTitle, Stack,
};

/// The own second step of signing in: switching it on and off, and recovery codes.
#[component]
pub fn ProfileSecondStep() -> impl IntoView {
    let query = use_query_map();
    // What was done just before has changed the page.
    let page = use_data(move || query.with(|q| q.to_query_string()), || Mine {});
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <Frame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "second_step_off").then(|| t.done_second_step_off())
}

fn shown(page: MySecondStep) -> AnyView {
    match page {
        MySecondStep::Off { required_by } => off(&required_by),
        MySecondStep::SetUp { size, path, secret } => set_up(size, path, secret),
        MySecondStep::Keep { codes } => keep(codes),
        MySecondStep::On { since, codes_left, required_by } => on(since, codes_left, &required_by),
    }
}

fn page(form: Form, title: &'static str, lead: &'static str, body: AnyView) -> AnyView {
    let t = use_text();
    view! {
        <PageTitle text=title error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <Narrow>
            <PageHead title=title lead=lead parent=("/profile".to_owned(), t.nav_profile().to_owned())/>
            {body}
        </Narrow>
    }
    .into_any()
}

/// The password, once the form was refused because it was typed too long ago.
fn again(form: Form) -> AnyView {
    let t = use_text();
    let asks = form.asks_password();
    let field = move || asks.get().then(|| view! { <CurrentPassword form hint=t.two_step_again_hint()/> });
    view! { {field} }.into_any()
}

fn off(required_by: &[String]) -> AnyView {
    let t = use_text();
    let form = use_form("/api/accounts/begin_second_step");
    let required = (!required_by.is_empty()).then(|| {
        let title = t.two_step_required(&required_by.join(", "));
        view! { <Banner kind=Notice::Warn title=title>{t.two_step_set_it_up()}</Banner> }
    });
    let body = view! {
        <Stack>
            {required}
            <Card>
                <PostForm form>
                    <Stack>
                        <input type="hidden" name="next" value=next()/>
                        <Hint>{t.two_step_needs()}</Hint>
                        {again(form)}
                        <Actions><Button look=Look::Primary busy=form.busy()>{t.two_step_begin()}</Button></Actions>
                    </Stack>
                </PostForm>
            </Card>
        </Stack>
    };
    page(form, t.two_step(), t.two_step_lead(), body.into_any())
}

fn set_up(size: u32, path: String, secret: String) -> AnyView {
    let t = use_text();
    let form = use_form("/api/accounts/set_up_second_step");
    let body = view! {
        <Card>
            <Stack>
                {app_secret(size, path, secret)}
                {code_form(form, t.second_step_set_up(), again(form))}
            </Stack>
        </Card>
    };
    page(form, t.two_step_begin(), t.two_step_scan_lead(), body.into_any())
}

fn keep(codes: Vec<String>) -> AnyView {
    let t = use_text();
    let form = use_form("/api/accounts/keep_recovery_codes");
    let body = view! { <Card><Stack>{codes_to_keep(form, codes)}</Stack></Card> };
    page(form, t.keep_codes_title(), t.keep_codes_lead(), body.into_any())
}

fn on(since: String, codes_left: u32, required_by: &[String]) -> AnyView {
    let t = use_text();
    let form = use_form_of("/api/accounts/new_recovery_codes", &["/api/accounts/end_second_step"]);
    let (end, hint) = if required_by.is_empty() {
        let end = view! {
            <Button look=Look::Danger formaction="/api/accounts/end_second_step">{t.two_step_end()}</Button>
        };
        (Some(end), t.two_step_end_hint().to_owned())
    } else {
        (None, t.two_step_end_refused(&required_by.join(", ")))
    };
    let body = view! {
        <Card>
            <PostForm form>
                <Stack>
                    <Facts>
                        <Fact term=t.status()>{t.two_step_on_since(&since)}</Fact>
                        <Fact term=t.two_step_codes()>{t.two_step_codes_left(codes_left)}</Fact>
                    </Facts>
                    {again(form)}
                    <Hint>{t.two_step_codes_hint()}</Hint>
                    <Hint>{hint}</Hint>
                    <Actions>
                        <Button busy=form.busy()>{t.two_step_new_codes()}</Button>
                        {end}
                    </Actions>
                </Stack>
            </PostForm>
        </Card>
    };
    page(form, t.two_step(), t.two_step_lead(), body.into_any())
}
