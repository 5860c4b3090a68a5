use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{CodePage, PrintedCode};

use crate::api::office::users::OfficeUsersCodePage;
use crate::form::{Form, PostForm, use_form};
use crate::frame::{OfficeFrame, PasswordAgain};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, Choice, CodeText, ErrorSummary, Fact, Facts, Hint, LinkButton, Look,
    Narrow, Notice, PageHead, PageTitle, SelectField, Stack,
};

/// *One-time code*: what it is, and once it was made the sheet to print.
#[component]
pub fn OfficeCode() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || OfficeUsersCodePage { person: id.get_untracked() });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: CodePage) -> AnyView {
    view! { <Code page/> }.into_any()
}

#[component]
fn Code(page: CodePage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/users_make_code");
    let made = use_query_map().with_untracked(|q| q.get("done")).as_deref() == Some("made");
    let title = t.handover_title(&page.name);
    let back = format!("/office/users/{}", page.id);
    let body = match &page.code {
        Some(code) => sheet(t, &page, code),
        None => explained(t, form, &page, made && !form.failed().get_untracked()),
    };
    let lead = page.code.is_none().then(|| t.handover_lead().to_owned());
    view! {
        <Narrow>
            <PageTitle text=title.clone() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=title lead=lead parent=(back, page.name)/>
            {body}
        </Narrow>
    }
    .into_any()
}

/// What the person gets.
fn sheet(t: Text, page: &CodePage, code: &PrintedCode) -> AnyView {
    // Without script the button could do nothing, so that it is not there.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let print = move || {
        alive.get().then(|| {
            view! { <Button look=Look::Primary plain=true on:click=|_| _ = window().print()>{t.handover_print()}</Button> }
        })
    };
    let (address, email, code_text) = (code.address.clone(), page.email.clone(), code.code.clone());
    let until = t.handover_until(&code.until);
    view! {
        <Card title=t.handover_sheet()>
            <Stack>
                <Facts>
                    <Fact term=t.handover_address()><CodeText text=address/></Fact>
                    <Fact term=t.handover_login()><CodeText text=email/></Fact>
                    <Fact term=t.handover_code()><CodeText text=code_text/></Fact>
                </Facts>
                <Hint>{until}</Hint>
                <Actions>{print}</Actions>
            </Stack>
        </Card>
    }
    .into_any()
}

fn explained(t: Text, form: Form, page: &CodePage, seen: bool) -> AnyView {
    if !page.resets && page.places.is_empty() {
        return view! { <Banner kind=Notice::Info>{t.handover_none()}</Banner> }.into_any();
    }
    let place = |place: &model::CodePlace| {
        Choice::new(place.company.map(|id| id.to_string()).unwrap_or_default(), place.name.clone())
    };
    let places: Vec<Choice> = page.places.iter().map(place).collect();
    let first = places.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let company = (!places.is_empty()).then(|| {
        let value = form.value("company", first);
        view! { <SelectField name="company" label=t.handover_for() options=places value=value/> }
    });
    let told = if page.resets { t.handover_told() } else { t.handover_traced() };
    let effects = [t.handover_once(), t.handover_prove(), told];
    let effects = effects.map(|effect| view! { <li>{effect}</li> }).collect_view();
    let person = page.id.to_string();
    let back = format!("/office/users/{person}");
    view! {
        <Stack>
            {seen.then(|| view! { <Banner kind=Notice::Warn>{t.handover_shown()}</Banner> })}
            <Card title=t.handover_effects()><ul>{effects}</ul></Card>
            <PostForm form>
                <Stack>
                    <input type="hidden" name="person" value=person/>
                    {company}
                    <PasswordAgain form/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.handover_do()}</Button>
                        <LinkButton href=back look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Stack>
    }
    .into_any()
}
