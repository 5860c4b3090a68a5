use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    ErrorCode, SUBJECT_MAX, TemplatePage, TemplateRow, TemplateSample, TemplateVariable, TemplateVersion,
};
use wasm_bindgen::JsCast;

use super::findings::Findings;
use super::{StateMarks, address_of, may_manage, title_of, words};
use crate::address::address;
use crate::api::office::templates::OfficeTemplatesGet;
use crate::form::{Form, PostForm, errors_of, use_form, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, sample_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, Choice, ErrorSummary, Fact, Facts, Hint, LinkButton, LivingOnly, Look, MailFrame,
    PageHead, PageTitle, Section, SelectField, SourceText, Stack, Tab, Tabs, TextArea, TextField, TextLink,
    UnsavedGuard,
};

const SAVE: &str = "/api/office/templates_save";
const IMPORT: &str = "/api/office/templates_import";
const MAKE_TEXT: &str = "/api/office/templates_text";
const PUBLISH: &str = "/api/office/templates_publish";
const TEST: &str = "/api/office/templates_test";

/// The editor of one mail in one language.
#[component]
pub fn OfficeTemplate() -> impl IntoView {
    let params = use_params_map();
    let part = move |name: &str| params.with(|p| p.get(name).unwrap_or_default());
    let page = use_data(
        move || [part("kind"), part("locale")].join(" "),
        move || OfficeTemplatesGet { mail_kind: part("kind"), mail_locale: part("locale") },
    );
    say_done(words);
    view! {
        <OfficeFrame>
            <DoneNotice words=words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(page: TemplatePage) -> impl IntoView {
    let t = use_text();
    let form = use_form_of(SAVE, &[IMPORT, MAKE_TEXT, PUBLISH, TEST]);
    let standard = use_form("/api/office/templates_standard");
    let discard = use_form("/api/office/templates_discard");
    let sample = use_query_map().with_untracked(|q| q.get("sample")).unwrap_or_default();
    let sample = TemplateSample::from_key(&sample);
    let title = title_of(&page.row);
    let manage = may_manage();
    let found = page.findings.clone();
    // What a refusal found counts for what was typed.
    let refusal = form.refusal();
    let findings = Signal::derive(move || match refusal.get().map(|error| error.code) {
        Some(ErrorCode::TemplateRefused { findings }) => findings.get().unwrap_or_default(),
        _ => found.clone(),
    });
    let source = if manage { fields(t, form, &page, sample) } else { read_only(t, &page) };
    let ends = manage.then(|| ends(t, &page, standard, discard));
    view! {
        <PageTitle text=format!("{title} · {}", t.templates()) error=form.failed()/>
        <ErrorSummary errors=errors_of(vec![form, standard, discard])/>
        <PageHead title=title parent=("/office/templates".to_owned(), t.templates().to_owned())/>
        <Stack>
            <p><StateMarks row=page.row.clone()/></p>
            {source}
            <Findings findings/>
            {preview(t, &page, sample)}
            {versions(t, &page.row, page.versions)}
            {ends}
        </Stack>
    }
    .into_any()
}

/// Names the template, as it was read.
fn names(row: &TemplateRow, revision: String) -> impl IntoView + use<> {
    let (kind, locale) = (row.kind.clone(), row.locale.tag());
    view! {
        <input type="hidden" name="mail_kind" value=kind/>
        <input type="hidden" name="mail_locale" value=locale/>
        <input type="hidden" name="revision" value=revision/>
    }
}

fn fields(t: Text, form: Form, page: &TemplatePage, sample: TemplateSample) -> AnyView {
    let source = page.source.clone();
    let [subject, preheader] = [("subject", source.subject), ("preheader", source.preheader)]
        .map(|(name, value)| form.value(name, value));
    let [html, text] =
        [("html", source.html), ("text", source.text)].map(|(name, value)| form.value(name, value));
    let last = RwSignal::new("html".to_owned());
    let variables = variables(t, page.variables.clone(), last);
    let tests = t.template_test_hint(&page.own_email);
    let samples =
        TemplateSample::ALL.map(|sample| Choice::new(sample.key(), sample_text(t, sample))).to_vec();
    let maxlength = u32::try_from(SUBJECT_MAX).unwrap_or(u32::MAX);
    // A refused form keeps the revision that it was typed for.
    let names = names(&page.row, form.value("revision", page.revision.to_string()));
    view! {
        <PostForm form>
            <div on:focusin=move |event| remember(last, &event)>
                <Stack>
                    {names}
                    <TextField name="subject" label=t.template_subject() autocomplete="off" maxlength=maxlength value=subject error=form.error("subject")/>
                    <TextField name="preheader" label=t.template_preheader() hint=t.template_preheader_hint() autocomplete="off" maxlength=maxlength optional=true value=preheader error=form.error("preheader")/>
                    <TextArea name="html" label=t.template_html() hint=t.template_html_hint() rows=22 code=true value=html error=form.error("html")/>
                    <TextArea name="text" label=t.template_text() hint=t.template_text_hint() rows=12 code=true optional=true value=text error=form.error("text")/>
                    {variables}
                    <SelectField name="sample" label=t.template_sample() options=samples value=form.value("sample", sample.key())/>
                    <Actions>
                        <Button busy=form.busy()>{t.template_save()}</Button>
                        <Button formaction=SAVE>{t.template_preview()}</Button>
                        <Button formaction=TEST>{t.template_test()}</Button>
                        <Button look=Look::Primary formaction=PUBLISH>{t.template_publish()}</Button>
                    </Actions>
                    <Hint>{tests}</Hint>
                    <UnsavedGuard/>
                    <Actions>
                        <Button look=Look::Quiet formaction=IMPORT>{t.template_import()}</Button>
                        <Button look=Look::Quiet formaction=MAKE_TEXT>{t.template_make_text()}</Button>
                    </Actions>
                    <Hint>{t.template_import_hint()}</Hint>
                </Stack>
            </div>
        </PostForm>
    }
    .into_any()
}

/// Notes which field was used last, for variables to go there.
fn remember(last: RwSignal<String>, event: &web_sys::FocusEvent) {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if let Some(id) = element.map(|element| element.id())
        && matches!(id.as_str(), "subject" | "preheader" | "html" | "text")
    {
        last.set(id);
    }
}

fn variables(t: Text, list: Vec<TemplateVariable>, last: RwSignal<String>) -> AnyView {
    let rows = list.into_iter().map(move |variable| {
        let written = format!("{{{{ {} }}}}", variable.name);
        let required = variable.required.then(|| format!(" ({})", t.template_required()));
        let inserted = written.clone();
        view! {
            <Fact term=written>
                {variable.words}
                {required}
                " "
                <LivingOnly>
                    <span on:click=move |_| insert(&last.get_untracked(), &inserted)>
                        <Button look=Look::Quiet plain=true about=variable.name>{t.template_insert()}</Button>
                    </span>
                </LivingOnly>
            </Fact>
        }
    });
    view! {
        <Section title=t.template_variables() lead=t.template_variables_hint()>
            <Facts>{rows.collect_view()}</Facts>
        </Section>
    }
    .into_any()
}

/// Puts a variable where the cursor of a field is, and the cursor behind it.
fn insert(field: &str, variable: &str) {
    let Some(element) = document().get_element_by_id(field) else { return };
    // Names of variables are of one code unit a sign.
    let length = u32::try_from(variable.len()).unwrap_or_default();
    let element = match element.dyn_into::<web_sys::HtmlTextAreaElement>() {
        Ok(area) => {
            let behind = area.selection_start().ok().flatten().unwrap_or_default() + length;
            _ = area.set_range_text(variable);
            _ = area.set_selection_range(behind, behind);
            _ = area.focus();
            return;
        }
        Err(element) => element,
    };
    if let Ok(input) = element.dyn_into::<web_sys::HtmlInputElement>() {
        let behind = input.selection_start().ok().flatten().unwrap_or_default() + length;
        _ = input.set_range_text(variable);
        _ = input.set_selection_range(behind, behind);
        _ = input.focus();
    }
}

/// For those who may look only.
fn read_only(t: Text, page: &TemplatePage) -> AnyView {
    let source = page.source.clone();
    view! {
        <Facts>
            <Fact term=t.template_subject()>{source.subject}</Fact>
            <Fact term=t.template_preheader()>{source.preheader}</Fact>
        </Facts>
        <SourceText label=t.template_html() text=source.html/>
        <SourceText label=t.template_text() text=source.text/>
    }
    .into_any()
}

/// How the mail looks: on a desk, on a phone, in the dark, as text.
fn preview(t: Text, page: &TemplatePage, sample: TemplateSample) -> AnyView {
    let query = use_query_map();
    let view = query.with_untracked(|q| q.get("view")).unwrap_or_default();
    let base = address_of(&page.row);
    let views =
        [("", t.view_desktop()), ("phone", t.view_phone()), ("dark", t.view_dark()), ("text", t.view_text())];
    let shown = views.iter().map(|(key, _)| *key).find(|key| *key == view).unwrap_or_default();
    let tab = |(key, words): (&str, &str)| {
        let pairs = [("sample", sample.key().to_owned()), ("view", key.to_owned())];
        Tab::new(words, format!("{}#preview", address(&base, &pairs))).current(key == shown)
    };
    let tabs: Vec<Tab> = views.into_iter().map(tab).collect();
    let samples = TemplateSample::ALL.map(|other| {
        let pairs = [("sample", other.key().to_owned()), ("view", shown.to_owned())];
        (other, format!("{}#preview", address(&base, &pairs)))
    });
    let samples = samples.into_iter().map(move |(other, href)| {
        view! { <TextLink href=href external=true>{sample_text(t, other)}</TextLink> " " }
    });
    let src = address(
        &format!("{base}/preview"),
        &[
            ("sample", sample.key().to_owned()),
            ("view", if shown == "text" { "text" } else { "html" }.to_owned()),
            ("dark", if shown == "dark" { "1" } else { "0" }.to_owned()),
        ],
    );
    let title = t.preview_of(&page.source.subject);
    view! {
        <Section id="preview" title=t.template_preview()>
            <Stack>
                <Tabs label=t.template_preview() tabs=tabs external=true/>
                <p>{t.template_sample()} ": " {samples.collect_view()}</p>
                <MailFrame src=src title=title phone=shown == "phone"/>
            </Stack>
        </Section>
    }
    .into_any()
}

fn versions(t: Text, row: &TemplateRow, versions: Vec<TemplateVersion>) -> AnyView {
    let base = address_of(row);
    let in_use = row.in_use;
    let none = versions.is_empty().then(|| view! { <Hint>{t.template_no_versions()}</Hint> });
    let rows = versions.into_iter().map(move |version| {
        let used = (in_use == Some(version.version)).then(|| format!(" – {}", t.template_in_use()));
        let name = t.template_version(version.version);
        let href = format!("{base}/versions/{}", version.version);
        view! {
            <Fact term=name.clone()>
                {t.template_published(&version.who, &version.when)}
                {used}
                " "
                <LinkButton href=href look=Look::Quiet about=name>{t.template_compare()}</LinkButton>
            </Fact>
        }
    });
    view! {
        <Section title=t.template_versions()>
            {none}
            <Facts>{rows.collect_view()}</Facts>
        </Section>
    }
    .into_any()
}

/// Ways out: of the draft, and of having a template at all.
fn ends(t: Text, page: &TemplatePage, standard: Form, discard: Form) -> AnyView {
    let revision = page.revision.to_string();
    let discarding = page.row.draft.then(|| {
        let names = names(&page.row, revision.clone());
        view! { <PostForm form=discard>{names}<Button busy=discard.busy()>{t.template_discard()}</Button></PostForm> }
    });
    let back = page.row.in_use.is_some().then(|| {
        let names = names(&page.row, revision.clone());
        view! {
            <PostForm form=standard>
                {names}
                <Hint>{t.template_standard_hint()}</Hint>
                <Button busy=standard.busy()>{t.template_standard()}</Button>
            </PostForm>
        }
    });
    view! { <Stack>{discarding}{back}</Stack> }.into_any()
}
